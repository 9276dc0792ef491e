"""A case as it was judged, item by item, before and after the doubt of the whole: what another
checklist asks in the same way need not be judged again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import msgspec

from casereview.model import Finding
from casereview.record.heads import CaseHead
from casereview.record.patches import LineOf
from casereview.record.result import CaseResult
from casereview.record.rows import opened


@dataclass(frozen=True, kw_only=True)
class Judged:
    """``standard``: digest of all by which its standard was chosen; ``which``: the place of that
    standard in the rules, ``seconds``: the procedures of which items came along; ``recognised``,
    ``understood``: as the doubt of the whole asks; ``why``: why it is no single case, '' for one;
    ``asked``: a digest of what each item asked, in their order; ``raw``: its findings before they
    were doubted; ``doubted``: of those that are others in the result, the place and what they are.
    Of the result: its ``head``, its ``digest``, the ``lines`` of its findings, how many ``pages``
    it has, and itself, ``packed``.
    """

    standard: str
    which: int
    seconds: tuple[str, ...]
    recognised: tuple[tuple[str, int], ...]
    understood: bool
    why: str
    asked: tuple[str, ...]
    raw: tuple[Finding, ...]
    doubted: tuple[tuple[int, Finding], ...]
    head: CaseHead
    digest: str
    lines: tuple[LineOf, ...]
    pages: int
    packed: bytes

    @cached_property
    def result(self) -> CaseResult:
        """The whole result. Raises ValueError."""
        try:
            return opened(self.packed, None)
        except msgspec.DecodeError as e:
            raise ValueError(str(e)) from e

    @property
    def shown(self) -> list[Finding]:
        """The findings as they are in the result."""
        found = list(self.raw)
        for n, f in self.doubted:
            found[n] = f
        return found


_DECODER = msgspec.msgpack.Decoder(Judged)


def to_bytes(judged: Judged) -> bytes:
    """As it is kept."""
    return msgspec.msgpack.encode(judged)


def from_bytes(kept: bytes) -> Judged | None:
    """What was kept; None for what is none."""
    try:
        return _DECODER.decode(kept)
    except (msgspec.DecodeError, ValueError):
        return None
