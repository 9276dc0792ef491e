"""One line of a ledger: an item of a checklist with what it came to and what it takes, and how it
reads where open items are read as faults or as none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from casereview.model import ERROR, FAIL, MANUAL, PASS, REVIEW, Verdict
from casereview.rules.deduction import Deduction

OPEN = (REVIEW, MANUAL, ERROR)
ZERO = Decimal(0)
ONE_FAULT = Verdict(FAIL)
Points = Mapping[str, Decimal]  # by the id of the item


class Item(Protocol):
    """What adding up asks of an item."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def stage(self) -> str:
        """Its section; caps of deductions are by section."""

    @property
    def points(self) -> Decimal:
        """Its full points."""

    @property
    def veto(self) -> bool:
        """True when failing it vetoes the case."""

    @property
    def bonus(self) -> bool:
        """True when it adds points instead of taking them."""

    @property
    def gravity(self) -> str:
        """How grave a fault is, where grades go by the worst one."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def deduction(self) -> Deduction:
        """How a fault costs points."""

    @property
    def veto_effect(self) -> str:
        """What failing it does to the case; '' for what the scheme says."""


@dataclass(frozen=True)
class Row:
    """One line of the ledger: item, status, full points, points taken off (below zero for points
    added).
    """

    check: str
    status: str
    points: Decimal
    deducted: Decimal
    veto: bool


@dataclass(frozen=True)
class Line:
    """An item with its row of the ledger. ``worst``: what it takes if all that is open about it
    goes against the unit, of a fault and of what is open; ``plain``: it reads the same however open
    items are read.
    """

    item: Item
    row: Row
    worst: Decimal
    plain: bool = False

    @property
    def settled(self) -> bool:
        """True when it is a fault whose points nobody need choose any more."""
        return self.worst == self.row.deducted

    def under(self, reading: str) -> Line | None:
        """The line when an open item is read as ``reading`` ('' leaves it out); None when it is out
        of the sum.
        """
        status = self.row.status
        if status in OPEN:
            found = {FAIL: self.failing, PASS: self.passing}.get(reading)
        elif status == FAIL:
            found = self.failing if reading == FAIL else self
        else:
            found = self.passing if status == PASS else None
        return found

    @cached_property
    def failing(self) -> Line:
        """The line as a fault that takes all that it may."""
        return self._read(FAIL, self.worst)

    @cached_property
    def passing(self) -> Line:
        """The line as one that takes nothing."""
        return self._read(PASS, ZERO)

    def _read(self, status: str, taken: Decimal) -> Line:
        if status == self.row.status and taken == self.row.deducted:
            return self
        row = Row(self.row.check, status, self.row.points, taken, self.row.veto)
        return Line(self.item, row, self.worst)


def line_of(item: Item, status: str, adjusted: Points, found: Points) -> Line:
    """The line of an item; of one that did not fail it is the same for every case."""
    at = id(item), status
    line = _KNOWN.get(at)
    if line is None:
        line = _new_line(item, status, adjusted, found)
        if status != FAIL or item.bonus:
            if len(_KNOWN) >= _MOST:
                _KNOWN.clear()
            _KNOWN[at] = line  # it holds the item, whose id is nobody else's meanwhile
    return line


_KNOWN: dict[tuple[int, str], Line] = {}
_MOST = 10_000


def _new_line(item: Item, status: str, adjusted: Points, found: Points) -> Line:
    if item.bonus:
        gained = -item.points if status == PASS else ZERO
        return Line(item, Row(item.id, status, item.points, gained, item.veto), gained)
    if status != FAIL and status not in OPEN:
        row = Row(item.id, status, item.points, ZERO, item.veto)
        return Line(item, row, ZERO, plain=status == PASS)
    worst, taken = item.deduction.greatest(item.points), ZERO
    if status == FAIL:
        least = item.deduction.taken(item.points, ONE_FAULT)
        taken = adjusted.get(item.id, found.get(item.id, least))
        by_parts = item.id in found and bool(item.deduction.parts)
        certain = item.id in adjusted or by_parts or not item.deduction.chosen
        worst = taken if certain else max(worst, taken)
    return Line(item, Row(item.id, status, item.points, taken, item.veto), worst)
