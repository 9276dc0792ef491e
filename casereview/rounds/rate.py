"""The rectification rate (整改率), in one place: what of the faults of a round is due, and what of
that is done. Every screen, paper and item that names the rate has it from here.

Due is a fault of the earlier round that was looked at again. Done is one that was put right, or,
where it cannot be (不可补正), whose explanation was accepted (已说明). What was waived, what was
objected to and upheld, what only the rule moved, and what cannot be told leave both. A fault that
cannot be put right and is gone all the same is 请核实: due and not done until a person has asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from casereview.model import FAIL
from casereview.record.entries import ExplanationDecided, ObjectionDecided
from casereview.rounds.change import (
    CHECK,
    FIXED,
    NOT_APPLICABLE,
    RULE,
    STILL,
    UNCLAIMED,
    UNTOLD,
    Change,
)
from casereview.rounds.history import History
from casereview.rounds.rulings import WAIVED

ACCEPTED, REJECTED = "采纳", "不采纳"  # of an objection
TAKEN, NOT_TAKEN = "接受", "不接受"  # of an explanation
NAME = "整改率"


@dataclass(frozen=True)
class Rate:
    """Faults of the round before by what became of them."""

    fixed: int = 0
    explained: int = 0
    still: int = 0
    check: int = 0
    waived: int = 0
    upheld: int = 0
    untold: int = 0
    moved: int = 0

    def __add__(self, other: Rate) -> Rate:
        names = [f.name for f in fields(Rate)]
        return Rate(*(getattr(self, n) + getattr(other, n) for n in names))

    @property
    def due(self) -> int:
        """The denominator."""
        return self.done + self.still + self.check

    @property
    def done(self) -> int:
        """The numerator."""
        return self.fixed + self.explained

    @property
    def percent(self) -> Decimal | None:
        """The rate in percent to one place; None where nothing was due."""
        if not self.due:
            return None
        return (Decimal(100 * self.done) / self.due).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def short(self) -> str:
        """'62.5%（5/8）', '—' where nothing was due."""
        return "—" if self.percent is None else f"{self.percent}%（{self.done}/{self.due}）"

    @property
    def parts(self) -> str:
        """Every number but the noughts, those that are not due after 不计."""
        due = _named((FIXED, self.fixed), ("已说明", self.explained), (STILL, self.still))
        due += _named((CHECK, self.check))
        left = _named(("免予整改", self.waived), ("异议采纳", self.upheld))
        left += _named(("标准变化或者不再适用", self.moved), ("未能核实", self.untold))
        said = f"应整改 {self.due} 个" + (f"：{'，'.join(due)}" if due else "")
        return said + (f"；不计：{'，'.join(left)}" if left else "")

    @property
    def says(self) -> str:
        """The rate with its denominator, in one line."""
        return f"{NAME} {self.short}，{self.parts}"


def _named(*parts: tuple[str, int]) -> list[str]:
    return [f"{word} {n} 个" for word, n in parts if n]


def rates(history: History, before: int, after: int) -> dict[str, Rate]:
    """unit -> the rate of a round, seen in the next."""
    taken = accepted(history)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for c in history.compare(before, after).changes:
        if c.case_from and c.status_from in (FAIL, WAIVED):
            found[c.unit][_end(c, taken)] += 1
    for unit, n in _upheld(history, before).items():
        found[unit]["upheld"] += n
    return {unit: Rate(**ends) for unit, ends in found.items()}


def total(of_units: Iterable[Rate]) -> Rate:
    """The rate over several units."""
    return sum(of_units, Rate())


def accepted(history: History) -> set[str]:
    """The findings, by identity, whose explanation was accepted; the last word counts."""
    last = {e.body.identity: e.body.outcome for e in history.journal.entries(ExplanationDecided)}
    return {identity for identity, outcome in last.items() if outcome == TAKEN}


def _end(c: Change, taken: set[str]) -> str:
    """What became of one fault, as ``Rate`` calls it."""
    if WAIVED in (c.status_from, c.status_to):
        return "waived"
    if c.change in (RULE, NOT_APPLICABLE):
        return "moved"
    if c.identity in taken and c.incurable:
        return "explained"
    if c.change in (UNTOLD, UNCLAIMED):
        return "untold"
    if c.word == CHECK:
        return "check"
    return "fixed" if c.change == FIXED else "still"


def _upheld(history: History, before: int) -> dict[str, int]:
    """unit -> findings of a round whose objection was accepted."""
    last = {
        e.body.identity: e.body
        for e in history.journal.entries(ObjectionDecided)
        if e.body.run == before
    }
    out: dict[str, int] = defaultdict(int)
    for body in last.values():
        out[body.unit] += body.outcome == ACCEPTED
    return {unit: n for unit, n in out.items() if n}
