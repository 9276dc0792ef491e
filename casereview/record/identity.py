"""What a case, a finding and a page are known by across rounds (RELIABILITY 4.1): identity free of
place and wording, and evidence.

``fk/1``: case, item, subject. ``ed/1``: status, what was quoted, the numbers of the law that were
used. A finding that rests on an absence quotes only
where it was looked for, so its evidence is the absence itself.
"""

from __future__ import annotations

import hashlib
import re
import struct
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from casereview.chinese import key, number_key
from casereview.chinese.characters import each_replaced
from casereview.facts.procedures import procedure_of
from casereview.model import Finding, SourceFile, is_absence

if TYPE_CHECKING:
    from casereview.facts.casefile import CaseFile

_LOOKALIKE = dict(zip("曰巳已入未土Oo〇○lI|０", "日己己人末士00001110", strict=True))
_WORDS = re.compile(r"\w+")
_UNIT = "单位:"
_ENOUGH = 20  # characters from which the text of a page says which page it is
# of 64 bits: pages whose prints differ by no more carry the same text, misread characters apart
NEAR = 14


def digest(*parts: str) -> str:
    """32 hex digits over the parts."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """A quote for comparing: width, brackets, blanks and characters that recognition takes for each
    other made equal.
    """
    return "".join(_WORDS.findall(each_replaced(key(text), _LOOKALIKE)))


def case_key(case: CaseFile, procedure: str) -> str:
    """What a case is known by across rounds: 文号 of the decision, else of the filing form (the
    papers that the procedure names, 案号文书), else the digests of its files.
    """
    for kind in procedure_of(procedure).numbered:
        f = case.fact(kind, "文号")
        if f:
            return "文号:" + number_key(str(f.value))
    return "文件:" + digest(*sorted(s.sha256 for s in case.sources))


def unit_key(unit: str) -> str:
    """What the list of a unit is known by across rounds."""
    return _UNIT + unit


def is_unit_key(case_key: str) -> bool:
    """True when the list of a unit is meant, not a case."""
    return case_key.startswith(_UNIT)


def identity(case_key: str, finding: Finding) -> str:
    """fk/1: case, item, subject; free of place, file name, page and wording (promise 6)."""
    return digest("fk/1", case_key, finding.check, finding.verdict.subject or "absence")


def evidence_digest(finding: Finding) -> str:
    """ed/1: status, quotes, numbers of the law used. Re-paging, renaming and a gap more or less do
    not change it.
    """
    v = finding.verdict
    quotes = [] if is_absence(v.subject) else sorted({fold(p.quote) for p in v.places})
    return digest(
        "ed/1", v.status, v.subject, *quotes, *(f"{n}={value}" for n, value in finding.parameters)
    )


def text_print(text: str, recognised: bool) -> str:
    """'digest.simhash' of a text, with '.o' behind when it was recognised from an image; '' when it
    is too short to know it by.

    The first part says whether the text is the same to the letter; the second (64 bits over pairs
    of characters) whether it is nearly so.
    """
    folded = fold(text)
    if len(folded) < _ENOUGH:
        return ""
    return _print_of(folded) + (".o" if recognised else "")


@lru_cache(maxsize=512)
def _print_of(folded: str) -> str:
    """Of a paper on one page, the page has the same."""
    return f"{hashlib.sha256(folded.encode()).hexdigest()[:16]}.{_simhash(folded):016x}"


_LANE = 32  # bits in which a bit of the prints of pairs is counted
_SPREAD = [sum(1 << _LANE * i for i in range(8) if byte >> i & 1) for byte in range(256)]


class _Lanes(dict[tuple[str, str], int]):
    """The 64 bits of the print of two characters, each in a lane of its own: all are counted by
    one addition.
    """

    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        found = hashlib.blake2b("".join(pair).encode(), digest_size=8).digest()
        lanes = sum(_SPREAD[byte] << 8 * _LANE * n for n, byte in enumerate(reversed(found)))
        self[pair] = lanes
        return lanes


_MOST_PAIRS = 65536
_lanes_of = _Lanes().__getitem__


def _simhash(text: str) -> int:
    """The bits that most pairs of neighbouring characters have set."""
    counted = sum(map(_lanes_of, pairwise(text))).to_bytes(64 * _LANE // 8, "little")
    most = (len(text) - 1) / 2
    return sum(1 << i for i, n in enumerate(struct.unpack("<64I", counted)) if n > most)


def prints_of(source: SourceFile) -> list[str]:
    """The print of every page of a file."""
    return [text_print("".join(ln.text for ln in p.lines), p.ocr) for p in source.pages]


def same_text(a: str, b: str) -> bool:
    """True when two prints are of the same text, or of texts that differ as two readings of one
    page do.
    """
    if not a or not b:
        return False
    if a[:16] == b[:16]:
        return True
    return (a.endswith(".o") or b.endswith(".o")) and apart(a, b) <= NEAR


def apart(a: str, b: str) -> int:
    """How many of the 64 bits differ."""
    return (int(a[17:33], 16) ^ int(b[17:33], 16)).bit_count()
