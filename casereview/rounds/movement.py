"""Why the score of a case moved between two runs, in steps that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casereview.judging.score import OPEN, score_of
from casereview.model import FAIL
from casereview.record.result import FindingResult
from casereview.rounds.case_changes import CaseChanges
from casereview.rounds.change import Sight
from casereview.rounds.rulings import counted_as

ZERO = Decimal(0)


@dataclass(frozen=True)
class Movement:
    """Why a score moved: what the unit did, what the rule did, what legibility did. ``to - start``
    is their sum.
    """

    start: Decimal
    to: Decimal
    by_unit: Decimal
    by_rule: Decimal
    by_legibility: Decimal


def movement_of(case: CaseChanges) -> Movement | None:
    """The score of a case in steps: first the rule, then legibility, the rest is the unit's doing.
    None where one side has no score or no edition.
    """
    start, to, edition = _score(case.before), _score(case.after), case.after.edition
    if start is None or to is None or edition is None:
        return None
    if case.same:
        return Movement(start, to, ZERO, to - start, ZERO)
    before, after = map(_open, case.outspoken)
    if case.unmoved and before == after and case.old.keys() == case.new.keys():
        return Movement(start, to, to - start, ZERO, ZERO)
    now = {i: counted_as(f.effective) for i, f in case.new.items()}
    speaks = {i: _under_new_rules(case, i) for i in case.new}
    ruled = {i: counted_as(f.effective) for i, f in speaks.items()}
    read = {i: _where_open(now[i], ruled[i]) for i in case.new}
    taken, later = _taken(speaks), _taken(case.new)
    by_rule = _or(score_of(edition, ruled, taken, _mild(speaks)), start)
    both, mild = later | taken, _mild(speaks) | _mild(case.new)
    by_reading = _or(score_of(edition, read, both, mild), by_rule)
    return Movement(start, to, to - by_reading, by_rule - start, by_reading - by_rule)


def _open(findings: Mapping[str, FindingResult]) -> dict[str, str]:
    """What nobody decided."""
    return {i: f.effective for i, f in findings.items() if f.effective in OPEN}


def _taken(findings: Mapping[str, FindingResult]) -> dict[str, Decimal]:
    """What each fault took."""
    faults = {i: f for i, f in findings.items() if counted_as(f.effective) == FAIL}
    return {i: Decimal(f.deducted) for i, f in faults.items()}


def _mild(findings: Mapping[str, FindingResult]) -> set[str]:
    """Items whose fault vetoes nothing."""
    return {i for i, f in findings.items() if f.status == FAIL and not f.veto}


def _or(score: Decimal | None, otherwise: Decimal) -> Decimal:
    return otherwise if score is None else score


def _where_open(now: str, before: str) -> str:
    """The status now where it is open on either side, else the one before."""
    return now if now in OPEN or before in OPEN else before


def _score(side: Sight) -> Decimal | None:
    """The score of a case; None where none was kept that can be added up again."""
    score = side.result.score
    return None if score is None or side.edition is None else Decimal(str(score))


def _under_new_rules(case: CaseChanges, check: str) -> FindingResult:
    """What the papers of the earlier run come to on an item by the rules of the later one."""
    new = case.new[check]
    old = (case.mid or case.old).get(check)
    return new if old is None or (not case.mid and case.moved(old, new)) else old


def mean(movements: list[Movement]) -> Movement | None:
    """The means over cases; None of none."""
    if not movements:
        return None

    def of(values: list[Decimal]) -> Decimal:
        return (sum(values, ZERO) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)

    start = of([m.start for m in movements])
    to = of([m.to for m in movements])
    rule = of([m.by_rule for m in movements])
    legibility = of([m.by_legibility for m in movements])
    return Movement(start, to, to - start - rule - legibility, rule, legibility)
