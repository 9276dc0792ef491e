"""Why the score of a case moved between two runs, in steps that add up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from casereview.judging.score import OPEN, add_up
from casereview.model import FAIL
from casereview.rounds.case_changes import CaseChanges
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
    before, after = case.before, case.after
    if before.edition is None or after.edition is None:
        return None
    if before.result.score is None or after.result.score is None:
        return None
    start, to = Decimal(str(before.result.score)), Decimal(str(after.result.score))
    if case.same:
        return Movement(start, to, ZERO, to - start, ZERO)
    base = case.mid or case.old
    now = {i: counted_as(f.effective) for i, f in case.new.items()}
    ruled = {
        i: counted_as(base[i].effective)
        if i in base and (case.mid or not case.moved(base[i], new))
        else now[i]
        for i, new in case.new.items()
    }
    read = {i: now[i] if {now[i], ruled[i]} & set(OPEN) else ruled[i] for i in case.new}
    points = {i: Decimal(f.deducted) for i, f in case.new.items() if now[i] == FAIL}
    by_rule, by_reading = (add_up(after.edition, x, points).score for x in (ruled, read))
    by_rule = start if by_rule is None else by_rule
    by_reading = by_rule if by_reading is None else by_reading
    return Movement(start, to, to - by_reading, by_rule - start, by_reading - by_rule)


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
