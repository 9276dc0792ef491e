"""A case of which nothing changed, by a checklist of which something did: its papers and facts as
they were read, the findings on items that ask the same as they were found, the others judged anew,
and all of them doubted, added up and exported as ever. It is to the byte what judging from the
files comes to.

Kept are the case as it was read and the case as it was judged, each under a digest of all it rests
on; what is damaged, old or missing is worked out from the files.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

from casereview.facts.casefile import CaseFile
from casereview.judging.plausibility import Recognised
from casereview.judging.review import Fresh, review
from casereview.judging.score import Ledger, Row, ledger_of
from casereview.kept import Shelf
from casereview.model import ERROR, Finding
from casereview.papers.house import House
from casereview.papers.vocabulary import Vocabulary
from casereview.reading.intake import CaseRef
from casereview.record.applied import edition_digest
from casereview.record.export import checklist_used, findings_on, scored
from casereview.record.identity import digest
from casereview.record.judged import Judged, from_bytes, to_bytes
from casereview.record.result import CaseResult, FindingResult
from casereview.rules.checklist import Check
from casereview.rules.compiled import UNSOUND, Nouns
from casereview.rules.rulebook import Rules, RuleSet
from casereview.rules.table import Law
from casereview.run.container import asked

READ = Shelf("read", 2_000_000_000)
JUDGED = Shelf("judged", 2_000_000_000)
_VOCABULARY = "vocabulary"  # stands for it in what is kept of a case
_ONCE: dict[tuple[int, ...], tuple[tuple[object, ...], str]] = {}


class _Out(pickle.Pickler):
    """Writes a case without its vocabulary, which belongs to the rules."""

    def persistent_id(self, thing: object) -> str | None:
        """What stands in the place of a noun that is not written."""
        return _VOCABULARY if isinstance(thing, Vocabulary) else None


class _In(Nouns):
    """Reads it back with the vocabulary at hand."""

    def __init__(self, data: bytes, vocabulary: Vocabulary):
        super().__init__(io.BytesIO(data))
        self.vocabulary = vocabulary

    def persistent_load(self, said: object) -> Vocabulary:
        """The noun that was not written."""
        return self.vocabulary


def keep_read(key: str, case: CaseFile) -> None:
    """Keep a case as it was read; one that cannot be written is not kept."""
    out = io.BytesIO()
    with suppress(pickle.PicklingError, TypeError, AttributeError, RecursionError):
        _Out(out, 5).dump(case.state())
        READ.put(key, zlib.compress(out.getvalue(), 1))


def read_before(key: str, ref: CaseRef, vocabulary: Vocabulary) -> CaseFile | None:
    """A case as it was read; None where nothing sound is kept."""
    kept = READ.get(key)
    if kept is None:
        return None
    try:
        return CaseFile.of_state(ref, _In(zlib.decompress(kept), vocabulary).load())
    except (*UNSOUND, zlib.error, ValueError, TypeError):
        return None


def _once(things: tuple[object, ...], say: Callable[[], str]) -> str:
    """A digest of nouns that live as long as the rules."""
    at = tuple(map(id, things))
    known = _ONCE.get(at)
    if known is None:
        if len(_ONCE) > 100_000:
            _ONCE.clear()
        known = _ONCE[at] = things, digest(say())
    return known[1]


def _law(law: Law) -> str:
    """The digest of the numbers of the law as a checklist sees them."""
    return _once((law,), lambda: repr((sorted(law.parameters.items()), law.law_day, law.decisions)))


def asks(check: Check, law: Law) -> str:
    """The digest of what decides an item. What it costs is no part of it."""
    own = check.id, check.kind, check.when, check.since, check.until, check.unread
    return _once((check, law), lambda: f"item/1 {own!r} {_law(law)}")


def standard_of(rules: Rules | RuleSet) -> str:
    """The digest of all by which the standard of a case is chosen, and what a result says of it but
    its items.
    """
    return _once((rules,), lambda: repr((_by_hand(rules), [_chosen_by(r) for r in _every(rules)])))


def _every(rules: Rules | RuleSet) -> tuple[Rules, ...]:
    return rules.every if isinstance(rules, RuleSet) else (rules,)


def _by_hand(rules: Rules | RuleSet) -> str:
    """The procedure that is set for every case; another word for a standard that is named."""
    return rules.procedure if isinstance(rules, RuleSet) else "named"


def _chosen_by(rules: Rules) -> tuple[object, ...]:
    c = rules.checklist
    return c.id, c.title, c.procedure, c.decisions, c.brings, rules.layers.units, _law(rules.law)


@dataclass
class Bench:
    """Judges what no earlier finding answers, and knows what it did. ``earlier``: findings by what
    the item asks; ``read``: gives the case, None where it is not to be had.
    """

    recognised: Recognised
    understood: bool
    earlier: dict[str, Finding]
    read: Callable[[], CaseFile | None]
    asked: list[str] = field(default_factory=list)
    raw: list[Finding] = field(default_factory=list)

    @cached_property
    def case(self) -> CaseFile:
        """The case as it was read. Raises _Gone."""
        case = self.read()
        if case is None:
            raise _Gone
        return case

    def finding(self, check: Check, law: Law) -> Finding:
        """The earlier finding, else the one of now. Raises _Gone."""
        said = asks(check, law)
        found = self.earlier.get(said) or Fresh(self.case).finding(check, law)
        self.asked.append(said)
        self.raw.append(found)
        return found


class _Gone(Exception):
    """What is needed of a case is kept no more."""


def bench_of(case: CaseFile) -> Bench:
    """Where a case is judged for the first time."""
    fresh = Fresh(case)
    return Bench(fresh.recognised, fresh.understood, {}, lambda: case)


def keep_judged(
    key: str,
    rules: Rules | RuleSet,
    chosen: Rules,
    bench: Bench,
    why: str,
    result: CaseResult,
    final: list[Finding],
) -> None:
    """Keep a case as it was judged by the standard ``chosen``."""
    which = [n for n, r in enumerate(_every(rules)) if r.checklist is chosen.checklist]
    if len(which) == 1 and not any(f.verdict.status == ERROR for f in bench.raw):
        judged = Judged(
            standard=standard_of(rules),
            which=which[0],
            seconds=tuple(part.checklist.procedure for part in chosen.seconds),
            recognised=tuple(sorted(bench.recognised)),
            understood=bench.understood,
            why=why,
            asked=tuple(bench.asked),
            raw=tuple(bench.raw),
            doubted=tuple((n, f) for n, f in enumerate(final) if f is not bench.raw[n]),
            result=result,
        )
        JUDGED.put(key, to_bytes(judged))


def judged_again(
    key: str, rules: Rules | RuleSet, house: House, read: Callable[[], CaseFile | None]
) -> CaseResult | None:
    """The result of a case that was judged before by rules of which some items changed; None where
    it must be judged from the start. ``key``: under which it is kept; ``read``: gives the case as
    it was read.
    """
    kept = JUDGED.get(key)
    before = from_bytes(kept) if kept else None
    if before is None or before.standard != standard_of(rules):
        return None
    earlier = dict(zip(before.asked, before.raw, strict=True))
    bench = Bench(frozenset(before.recognised), before.understood, earlier, read)
    try:
        return _again(key, rules, house, before, bench)
    except _Gone:
        return None


def _again(
    key: str, rules: Rules | RuleSet, house: House, before: Judged, bench: Bench
) -> CaseResult:
    chosen = _standard(rules, before)
    seconds = ((part.checklist, part.law) for part in chosen.seconds)
    found = review(bench, chosen.checklist, chosen.law, *seconds)
    used = checklist_used(chosen.checklist, edition_digest(chosen, house))
    if used == before.result.checklist and tuple(bench.asked) == before.asked:
        return before.result
    final = asked(found, before.why) if before.why else found
    ledger = ledger_of(chosen.book, final)
    result = replace(
        before.result,
        checklist=used,
        **scored(ledger),
        findings=_exported(before, bench, final, ledger),
    )
    if tuple(bench.asked) != before.asked:
        keep_judged(key, rules, chosen, bench, before.why, result, final)
    return result


def _standard(rules: Rules | RuleSet, before: Judged) -> Rules:
    """The standard that was chosen, as it is now."""
    one = _every(rules)[before.which]
    brought = [b for b in one.checklist.brings if b.procedure in before.seconds]
    return one.joined(rules.by, brought) if isinstance(rules, RuleSet) else one


def _exported(
    before: Judged, bench: Bench, final: list[Finding], ledger: Ledger
) -> tuple[FindingResult, ...]:
    """The findings as they are exported: those that are what they were with their lines of the
    ledger of now. Raises _Gone.
    """
    then = {**dict(enumerate(before.raw)), **dict(before.doubted)}
    known = {f.check: (then[n], f) for n, f in enumerate(before.result.findings)}
    rows = {row.check: row for row in ledger.rows}
    out: list[FindingResult] = []
    for f in final:
        same, shown = known.get(f.check, (None, None))
        if shown is None or same != f:
            out += findings_on(bench.case, before.result.case_key, [f], ledger)
            continue
        out.append(_with_line(shown, rows[f.check]))
    return tuple(out)


def _with_line(shown: FindingResult, row: Row) -> FindingResult:
    """An exported finding with its line of the ledger as it is now."""
    points, deducted = str(row.points), str(row.deducted)
    if (points, deducted, row.veto) == (shown.points, shown.deducted, shown.veto):
        return shown
    return replace(shown, points=points, deducted=deducted, veto=row.veto)
