"""A file of two procedures: items of the standard of the second beside those of the main one, in
one ledger (附带程序 of a checklist). Each item keeps the day of the law and the deciding papers of
the standard that it comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from casereview.facts.casefile import CaseFile
from casereview.facts.procedures import procedure_of
from casereview.rules.brought import KEY, Brought
from casereview.rules.checklist import Check, Checklist
from casereview.rules.complaints import near
from casereview.rules.condition import holds
from casereview.rules.deduction import Deduction
from casereview.rules.table import Context, Law


def brought_by(checklist: Checklist, law: Law, case: CaseFile) -> list[Brought]:
    """What comes along for a case: of every second procedure that it surely went through; one that
    cannot be told brings nothing.
    """
    ctx = Context(case, law)
    return [b for b in checklist.brings if holds(ctx, b.when).holds]


def choices(checklist: Checklist, known: Collection[str]) -> Iterator[list[Brought]]:
    """Every choice of what may come along, of the procedures that have a standard."""
    brings = [b for b in checklist.brings if b.procedure in known]
    for n in range(1, len(brings) + 1):
        yield from map(list, combinations(brings, n))


def second_of(standard: Checklist, brought: Brought) -> Checklist:
    """The standard of the second procedure with nothing but the items that come along."""
    checks = (c for c in standard.checks if c.id in brought.items)
    return replace(standard, checks=tuple(c if brought.counted else _uncounted(c) for c in checks))


def why_second(procedures: Iterable[str]) -> str:
    """Which procedures came along, for the report; '' where none did."""
    names = (procedure_of(p).name for p in procedures)
    return "".join(f"；卷内还有{name}，附带评查它的项目" for name in names)


def unknown_items(checklist: Checklist, by: Mapping[str, Checklist]) -> list[str]:
    """Complaints about items that the standard of the other procedure does not have."""
    return [
        f"{checklist.title}：{KEY}里的“{item}”，{by[b.procedure].title}没有这一项，"
        f"相近的有 {near(item, [c.id for c in by[b.procedure].checks])}"
        for b in checklist.brings
        if b.procedure in by
        for item in b.items
        if by[b.procedure].get(item) is None
    ]


def _uncounted(check: Check) -> Check:
    """An item that is shown and costs nothing."""
    return replace(
        check, points=Decimal(0), veto=False, veto_effect="", deduction=Deduction(), bonus=False
    )
