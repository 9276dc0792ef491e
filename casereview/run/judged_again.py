"""A case of which nothing changed, by a checklist of which something did: its papers and facts as
they were read, the findings on items that ask the same as they were found, the others judged anew,
and all of them doubted, added up and exported as ever. It is to the byte what judging from the
files comes to.

Kept are the case as it was read (``kept_cases``) and the case as it was judged, each under a digest
of all it rests on; what is damaged, old or missing is worked out from the files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from casereview.facts.casefile import CaseFile
from casereview.judging.plausibility import Recognised
from casereview.judging.review import Fresh, review
from casereview.judging.score import Ledger, ledger_of
from casereview.kept import Shelf
from casereview.model import ERROR, Finding
from casereview.papers.house import House
from casereview.record.applied import edition_digest
from casereview.record.export import checklist_used, findings_on, scored
from casereview.record.heads import CaseHead, counted
from casereview.record.identity import digest
from casereview.record.judged import Judged, from_bytes, moved_since, to_bytes, with_moved
from casereview.record.patches import Patch, line_of, patched
from casereview.record.result import CaseResult, ChecklistUsed
from casereview.record.rows import seal_patch
from casereview.rules.checklist import Check
from casereview.rules.rulebook import Rules, RuleSet
from casereview.rules.table import Law
from casereview.run.container import asked
from casereview.run.ended import Ended, ended

_LENGTH = 4  # bytes that say how long a case is as it was kept first
JUDGED = Shelf("judged", 2_000_000_000)
_ONCE: dict[tuple[int, ...], tuple[tuple[object, ...], str]] = {}


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
    known = _ONCE.get((id(check), id(law)))
    return known[1] if known else _once((check, law), lambda: _asks(check, law))


def _asks(check: Check, law: Law) -> str:
    own = check.id, check.kind, check.when, check.since, check.until, check.unread
    return f"item/1 {own!r} {_law(law)}"


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
) -> Ended:
    """Keep a case as it was judged by the standard ``chosen``. Returns it sealed."""
    end = ended(result)
    which = [n for n, r in enumerate(_every(rules)) if r.checklist is chosen.checklist]
    if len(which) == 1 and not _broken(bench):
        judged = Judged(
            standard=standard_of(rules),
            which=which[0],
            seconds=tuple(part.checklist.procedure for part in chosen.seconds),
            recognised=tuple(sorted(bench.recognised)),
            understood=bench.understood,
            why=why,
            asked=tuple(bench.asked),
            raw=tuple(bench.raw),
            doubted=_others(bench.raw, final),
            head=end.sealed.head,
            digest=end.sealed.digest,
            lines=tuple(map(line_of, result.findings)),
            pages=end.pages,
            packed=end.sealed.result,
        )
        JUDGED.put(key, _entry(to_bytes(judged)))
    return end


def _broken(bench: Bench) -> bool:
    """True where the tool failed on an item."""
    return any(f.verdict.status == ERROR for f in bench.raw)


def _others(raw: Sequence[Finding], shown: Sequence[Finding]) -> tuple[tuple[int, Finding], ...]:
    """The findings that are others than before, each with its place."""
    both = enumerate(zip(raw, shown, strict=True))
    return tuple((n, f) for n, (was, f) in both if f is not was)


def judged_again(
    key: str,
    rules: Rules | RuleSet,
    house: House,
    read: Callable[[], CaseFile | None],
    base: str = "",
) -> CaseResult | Ended | None:
    """The result of a case that was judged before by rules of which some items changed; None where
    it must be judged from the start. ``key``: under which it is kept; ``read``: gives the case as
    it was read; ``base``: the digest of a result of the case that is at hand: where it is the one
    that is kept, what moved since is all that is sealed.
    """
    kept, moved = _parts(JUDGED.get(key))
    first = from_bytes(kept) if kept else None
    if first is None or first.standard != standard_of(rules):
        return None
    before = with_moved(first, moved or None)
    earlier = dict(zip(before.asked, before.raw, strict=True))
    bench = Bench(frozenset(before.recognised), before.understood, earlier, read)
    with suppress(_Gone):
        return _again(Kept(key, kept, first, before), rules, house, bench, base)
    return None


class Kept(NamedTuple):
    """A case as it is kept: under which key, as bytes, and as it stood last."""

    key: str
    data: bytes
    first: Judged
    last: Judged


def _entry(judged: bytes, moved: bytes = b"") -> bytes:
    """A case as it was kept first, and what moved since, which is a small part of it: one file."""
    return len(judged).to_bytes(_LENGTH, "big") + judged + moved


def _parts(entry: bytes | None) -> tuple[bytes, bytes]:
    """Both again; nothing of what is none."""
    if entry is None or len(entry) < _LENGTH:
        return b"", b""
    end = _LENGTH + int.from_bytes(entry[:_LENGTH], "big")
    return entry[_LENGTH:end], entry[end:]


def _again(
    kept: Kept, rules: Rules | RuleSet, house: House, bench: Bench, base: str
) -> CaseResult | Ended:
    """The same of a case as it was kept and as it stood last."""
    first, before = kept.first, kept.last
    chosen = _standard(rules, before)
    seconds = ((part.checklist, part.law) for part in chosen.seconds)
    found = review(bench, chosen.checklist, chosen.law, *seconds)
    final = asked(found, before.why) if before.why else found
    used = checklist_used(chosen.checklist, edition_digest(chosen, house))
    ledger = ledger_of(chosen.book, final)
    if [f.check for f in final] != [f.check for f in before.raw]:
        findings = findings_on(bench.case, before.head.case_key, final, ledger)
        result = replace(_result(before), checklist=used, **scored(ledger), findings=findings)
        return keep_judged(kept.key, rules, chosen, bench, before.why, result, final)
    patch = _patch(before, bench, used, final, ledger)
    if tuple(bench.asked) != before.asked and not _broken(bench):
        doubted = _others(bench.raw, before.shown)
        moved = to_bytes(moved_since(first, bench.asked, bench.raw, doubted))
        JUDGED.put(kept.key, _entry(kept.data, moved))
    if base == before.digest:
        return Ended(seal_patch(_head(before, patch, final), patch, base), before.pages, True)
    return patched(_result(before), patch)


def _result(before: Judged) -> CaseResult:
    """The result that is kept. Raises _Gone."""
    try:
        return before.result
    except ValueError as e:
        raise _Gone from e


def _patch(
    before: Judged, bench: Bench, used: ChecklistUsed, final: list[Finding], ledger: Ledger
) -> Patch:
    """What is another than in the result that is kept: findings, or their lines of the ledger.
    Raises _Gone.
    """
    both = zip(before.shown, final, strict=True)
    moved = [f for was, f in both if f is not was and f != was]
    key = before.head.case_key
    own = findings_on(bench.case, key, moved, ledger) if moved else ()
    checks, rows = {f.check for f in moved}, {row.check: row for row in ledger.rows}
    lines = {}
    for f, was in zip(final, before.lines, strict=True):
        row = rows[f.check]
        line = str(row.points), str(row.deducted), row.veto
        if line != was and f.check not in checks:
            lines[f.check] = line
    return Patch(checklist=used, **scored(ledger), findings=own, lines=lines)


def _head(before: Judged, patch: Patch, final: list[Finding]) -> CaseHead:
    """The head of the result that is kept with what moved."""
    statuses = [(f.check, f.verdict.status) for f in final]
    said = {name: getattr(patch, name) for name in ("score", "score_low", "score_high", "grade")}
    return counted(before.head, statuses)._replace(
        card=patch.checklist.card, vetoed=int(patch.vetoed), **said
    )


def _standard(rules: Rules | RuleSet, before: Judged) -> Rules:
    """The standard that was chosen, as it is now."""
    one = _every(rules)[before.which]
    brought = [b for b in one.checklist.brings if b.procedure in before.seconds]
    return one.joined(rules.by, brought) if isinstance(rules, RuleSet) else one
