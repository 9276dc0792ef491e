"""The brief of a case: its result without what only a look at the case itself needs, so that whole
runs are gone through, compared and listed in a tenth of the time.

What did not fail and is not open stands in it as one line, without message and evidence
(``FindingResult`` with '' and ()); what is open stands without evidence; papers, files, parties,
days and what was said of what is in order are read when they are asked for.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from casereview.errors import StoreUnusable
from casereview.model import FAIL, NA, PASS, Place
from casereview.record.canonical_json import canonical, entry
from casereview.record.identity import digest
from casereview.record.patches import Patch, over
from casereview.record.result import (
    CaseResult,
    ChecklistUsed,
    DocumentResult,
    FactResult,
    FileResult,
    FindingResult,
    to_data,
)

QUIET = (PASS, NA)
LEVEL = 3  # of compression: a fifth of a text remains, in half a millisecond
_KNOWN = 512  # briefs that are read but once while they are looked at from several sides
_HEAD = struct.Struct("<II")  # checksum and length of what is not compressed
_ROOM = 65_536  # bytes into which the compressed texts mostly unpack
_FACTS = ("当事人", "申请人", "日期", "时间")  # ends of the names of facts that a brief keeps
_ANEW = "checklist score score_low score_high grade vetoed".split()  # also in a patch
_CORE = (*_ANEW, *"batch unit case case_key title procedure".split())
_NOWHERE = ("", 0)  # file and page


class PaperSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A paper as a brief tells it: a ``DocumentResult`` without title and grounds, made in a
    quarter of the time.
    """

    file: str
    page_from: int
    page_to: int
    kind: str
    also: tuple[str, ...] = ()
    serves: str = ""
    confidence: float = 1.0
    readable: bool = True
    print: str = ""

    def holds(self, place: Place) -> bool:
        """True when the place stands on a page of this paper."""
        return self.file == place.file and self.page_from <= place.page <= self.page_to


@dataclass(frozen=True, kw_only=True)
class Brief:
    """A case with its findings. ``papers``: digest of its files, whatever their names, and of the
    lists of the unit; ``told``: those of its findings that failed or are open; ``rest``: papers,
    files, parties and days, places and words of what is in order, not read yet; ``patch``: what it
    says otherwise than there.
    """

    batch: str
    unit: str
    checklist: ChecklistUsed
    score: float | None
    score_low: float | None
    score_high: float | None
    grade: str
    case: str
    case_key: str
    title: str
    procedure: str
    vetoed: bool
    findings: tuple[FindingResult, ...]
    papers: str
    told: tuple[FindingResult, ...] = field(default=(), compare=False, repr=False)
    run: int = 0
    rest: bytes = b""
    patch: Patch | None = None

    def file(self, name: str) -> FileResult | None:
        """One of its files."""
        return next((f for f in self.files if f.file == name), None)

    def finding(self, check: str) -> FindingResult | None:
        """The finding on one item."""
        for f in self.findings:
            if f.check == check:
                return f
        return None

    @cached_property
    def _unpacked(self) -> bytes:
        try:
            return zlib.decompress(self.rest, bufsize=_ROOM)
        except zlib.error as e:
            raise StoreUnusable(f"第 {self.run} 次评查里 {self.case} 的简本读不出来：{e}。") from e

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """Where the lines of it end; before the first is -1."""
        text, ends = self._unpacked, [-1]
        while (end := text.find(b"\n", ends[-1] + 1)) >= 0:
            ends.append(end)
        return (*ends, len(text))

    def _part(self, number: int) -> bytes:
        """One of its lines; the others are not copied."""
        return self._unpacked[self._ends[number] + 1 : self._ends[number + 1]]

    def _entry(self, number: int, name: str) -> bytes:
        """What the object in one of its lines has under a name; b"" for nothing."""
        return entry(self._unpacked, name, self._ends[number] + 1, self._ends[number + 1])

    @cached_property
    def documents(self) -> tuple[PaperSeen, ...]:
        """Its papers."""
        return _PAPERS.decode(self._part(0))

    @cached_property
    def files(self) -> tuple[FileResult, ...]:
        """Its files."""
        return msgspec.json.decode(self._part(1), type=tuple[FileResult, ...])

    def place(self, check: str) -> tuple[str, int]:
        """File and page where an item first stands that is in order; '' and 0 for nowhere."""
        if moved := self._moved(check):
            return _places(moved).get(check, _NOWHERE)
        kept = self._entry(3, check)
        return msgspec.json.decode(kept, type=tuple[str, int]) if kept else _NOWHERE

    def said(self, check: str) -> str:
        """What was said of an item that is in order; '' where nothing was."""
        if moved := self._moved(check):
            return _said(moved).get(check, "")
        kept = self._entry(4, check)
        return msgspec.json.decode(kept, type=str) if kept else ""

    def _moved(self, check: str) -> list[FindingResult]:
        """The finding on an item where it is said otherwise than there."""
        return [f for f in self.patch.findings if f.check == check] if self.patch else []

    @cached_property
    def facts(self) -> dict[str, FactResult]:
        """Its parties and days."""
        return msgspec.json.decode(self._part(2), type=dict[str, FactResult])


Seen = CaseResult | Brief  # a case with its findings, read whole or not
Paper = DocumentResult | PaperSeen
_PAPERS = msgspec.json.Decoder(tuple[PaperSeen, ...])


def papers_of(r: Seen) -> str:
    """What the papers of a case are known by: the digests of its files, whatever their names, and
    the lists of the unit.
    """
    if isinstance(r, Brief):
        return r.papers
    return digest(*sorted(f.sha256 for f in r.files), canonical([list(x) for x in r.unit_lists]))


def outspoken(r: Seen) -> Sequence[FindingResult]:
    """Its findings without those, or most of those, that neither failed nor are open."""
    return r.told if isinstance(r, Brief) else r.findings


def first_place(r: Seen, check: str) -> tuple[str, int]:
    """File and page where an item first stands; '' and 0 where it stands nowhere."""
    f = r.finding(check)
    if f and f.evidence:
        return f.evidence[0].file, f.evidence[0].page
    return r.place(check) if isinstance(r, Brief) else _NOWHERE


def said_of(r: Seen, check: str) -> str:
    """What the tool said of an item; '' where it said nothing."""
    f = r.finding(check)
    if f and f.message:
        return f.message
    return r.said(check) if isinstance(r, Brief) else ""


def brief_of(r: CaseResult) -> bytes:
    """The brief of a result, as the store keeps it."""
    return sealed(*texts_of(r))


def sealed(often: str, seldom: str) -> bytes:
    """The texts of a brief: what comparing always reads as it is, with its checksum; what it seldom
    reads compressed.
    """
    first = often.encode()
    head = _HEAD.pack(zlib.crc32(first), len(first))
    return head + first + zlib.compress(seldom.encode(), LEVEL)


def _places(findings: Iterable[FindingResult]) -> dict[str, tuple[str, int]]:
    """File and page of the first place of what is in order."""
    quiet = (f for f in findings if f.status in QUIET and f.evidence)
    return {f.check: (f.evidence[0].file, f.evidence[0].page) for f in quiet}


def _said(findings: Iterable[FindingResult]) -> dict[str, str]:
    """What is said of what is in order."""
    return {f.check: f.message for f in findings if f.status in QUIET and f.message}


def texts_of(r: CaseResult) -> tuple[str, str]:
    """The two texts of which a brief is made: findings; and papers, files, facts, places and what
    was said of what is in order.
    """
    core: dict[str, Any] = {name: to_data(getattr(r, name)) for name in _CORE}
    core["papers"] = papers_of(r)
    core["findings"] = [_short(f) for f in r.findings if f.status not in QUIET]
    documents = _told(r.documents, "title", "why")
    files = _told(r.files, "seconds")
    facts = {n: to_data(f) for n, f in r.facts.items() if n.endswith(_FACTS)}
    lines = (_line(f) if f.status in QUIET else "" for f in r.findings)
    rest = (documents, files, facts, _places(r.findings), _said(r.findings))
    seldom = map(canonical, rest)
    return "\n".join([canonical(core), *lines]), "\n".join(seldom)


def from_brief(kept: bytes, run: int, loud: bool = False, patch: Patch | None = None) -> Brief:
    """Read a brief; ``loud``: of its findings only those that failed or are open; ``patch``: what
    its result says otherwise. Raises msgspec.DecodeError, ValueError.
    """
    if len(kept) < _HEAD.size:
        raise ValueError("简本不全")
    checksum, length = _HEAD.unpack_from(kept)
    often = kept[_HEAD.size : _HEAD.size + length]
    if zlib.crc32(often) != checksum:
        raise ValueError("简本的校验和不符")
    short = _short_of(often)
    told = findings = short.findings
    said: dict[str, Any] = {"run": run, "rest": kept[_HEAD.size + length :]}
    if not loud or patch:
        findings = _all_of(often)
    if patch:
        said |= {"patch": patch, **{name: getattr(patch, name) for name in _ANEW}}
        findings = over(findings, map(_told_of, patch.findings), patch.lines)
        told = tuple(f for f in findings if f.status not in QUIET)
    return _with(short, said | {"told": told, "findings": told if loud else findings})


def _with(brief: Brief, said: dict[str, Any]) -> Brief:
    """``replace`` of a brief of which nothing was asked yet, in a quarter of the time."""
    made = object.__new__(Brief)
    made.__dict__.update(brief.__dict__ | said)
    return made


@lru_cache(maxsize=_KNOWN)
def _short_of(often: bytes) -> Brief:
    """A brief with those findings only that failed or are open."""
    return msgspec.json.decode(often.partition(b"\n")[0], type=Brief)


@lru_cache(maxsize=_KNOWN)
def _all_of(often: bytes) -> tuple[FindingResult, ...]:
    """All findings of a brief, in their order."""
    told, lines = iter(_short_of(often).findings), often.split(b"\n")[1:]
    return tuple([_finding(x) if x else next(told) for x in lines])


def _told_of(f: FindingResult) -> FindingResult:
    """A finding as a brief tells it."""
    if f.status in QUIET:
        return _finding(_line(f).encode())
    return replace(f, working=(), evidence=f.evidence if f.status == FAIL else ())


def _short(f: FindingResult) -> dict[str, Any]:
    """A finding that failed or is open; only what failed has to show where."""
    data: dict[str, Any] = to_data(f)
    return data | {"working": [], "evidence": data["evidence"] if f.status == FAIL else []}


@lru_cache(maxsize=8)
def _silent(kind: type[Any]) -> dict[str, object]:
    """What the parts of a sort say where nothing is said."""
    return {f.name: f.default for f in fields(kind)}


def _told(parts: Sequence[DocumentResult | FileResult], *but: str) -> list[dict[str, Any]]:
    """Parts of a result without what is read as said where nothing is said, and without ``but``."""
    rows = msgspec.to_builtins(parts)
    kind: Any = type(parts[0]) if parts else None
    silent = _silent(kind) if parts else {}
    left = [k for k in silent if k not in but]
    return [{k: row[k] for k in left if row[k] != silent[k] and row[k] != []} for row in rows]


def _line(f: FindingResult) -> str:
    """What did not fail and is not open, in a line."""
    return canonical([f.check, f.status, f.points, f.deducted, f.veto, f.parameters])


@lru_cache(maxsize=100_000)
def _finding(line: bytes) -> FindingResult:
    """The finding of a line; that of an equal line is the same."""
    check, status, points, deducted, veto, parameters = json.loads(line)
    return FindingResult(
        check=check,
        status=status,
        points=points,
        deducted=deducted,
        message="",
        veto=veto,
        parameters=parameters,
    )
