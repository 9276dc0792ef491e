"""A case as it was judged, item by item, before and after the doubt of the whole: what another
checklist asks in the same way need not be judged again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from casereview.model import Finding
from casereview.record.heads import CaseHead
from casereview.record.identity import digest
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

    @property
    def mark(self) -> str:
        """What it is told by from another that is kept in its place."""
        return digest(self.digest, *self.asked)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was asked otherwise of a case since it was kept: by the place of an item, the digest of
    what it asks now and its finding. ``of``: the mark of the case that is kept; ``doubted``: as it
    is now.
    """

    of: str
    asked: dict[int, str]
    raw: dict[int, Finding]
    doubted: tuple[tuple[int, Finding], ...]

    def on(self, base: Judged) -> Judged:
        """The case that is kept with what moved."""
        asked, raw = list(base.asked), list(base.raw)
        for n, said in self.asked.items():
            asked[n] = said
        for n, finding in self.raw.items():
            raw[n] = finding
        return replace(base, asked=tuple(asked), raw=tuple(raw), doubted=self.doubted)


def moved_since(
    base: Judged,
    asked: Sequence[str],
    raw: Sequence[Finding],
    doubted: tuple[tuple[int, Finding], ...],
) -> Moved:
    """What is asked and found otherwise than when the case was kept."""
    both = enumerate(zip(base.asked, asked, strict=True))
    anew = {n: now for n, (was, now) in both if was != now}
    return Moved(of=base.mark, asked=anew, raw={n: raw[n] for n in anew}, doubted=doubted)


_DECODER = msgspec.msgpack.Decoder(Judged)
_OF_MOVED = msgspec.msgpack.Decoder(Moved)


def to_bytes(judged: Judged | Moved) -> bytes:
    """As it is kept."""
    return msgspec.msgpack.encode(judged)


def from_bytes(kept: bytes) -> Judged | None:
    """What was kept; None for what is none."""
    try:
        return _DECODER.decode(kept)
    except (msgspec.DecodeError, ValueError):
        return None


def with_moved(base: Judged, kept: bytes | None) -> Judged:
    """A case as it was kept, with what moved since where that is of it."""
    if kept is None:
        return base
    try:
        moved = _OF_MOVED.decode(kept)
        return moved.on(base) if moved.of == base.mark else base
    except (msgspec.DecodeError, ValueError, IndexError):
        return base
