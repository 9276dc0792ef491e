"""A file of two procedures: items of the standard of the second beside those of the main one, in
one ledger (附带程序 of a checklist). Each item keeps the day of the law and the deciding papers of
the standard that it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from casereview.errors import RulesRefused
from casereview.facts.casefile import CaseFile
from casereview.facts.procedures import procedure_of
from casereview.rules.checklist import Brought, Check
from casereview.rules.complaints import near
from casereview.rules.condition import holds
from casereview.rules.deduction import Deduction
from casereview.rules.table import Context

if TYPE_CHECKING:
    from casereview.rules.rulebook import Rules

Standards = Mapping[str, "Rules"]  # the default one of each procedure


def with_seconds(rules: Rules, by: Standards, case: CaseFile) -> Rules:
    """The rules with the items of every second procedure that the case surely went through too;
    one that cannot be told brings nothing.
    """
    ctx = Context(case, rules.law)
    brought = [b for b in rules.checklist.brings if holds(ctx, b.when).holds]
    return _joined(rules, by, brought) if brought else rules


def why_second(rules: Rules) -> str:
    """Which items came along, for the report; '' where none did."""
    named = (procedure_of(s.checklist.procedure).name for s in rules.seconds)
    return "".join(f"；卷内还有{name}，附带评查它的项目" for name in named)


def variants(rules: Rules, by: Standards) -> Iterator[Rules]:
    """The rules with every choice of second procedures that a case may have."""
    brings = [b for b in rules.checklist.brings if b.procedure in by]
    for n in range(1, len(brings) + 1):
        for some in combinations(brings, n):
            yield _joined(rules, by, list(some))


def refuse_unknown(rules: Rules, by: Standards) -> None:
    """Raises RulesRefused where 附带程序 names an item that its standard does not have."""
    bad = [
        f"{rules.path}：附带程序里的“{item}”，{by[b.procedure].title}没有这一项，"
        f"相近的有 {near(item, [c.id for c in by[b.procedure].checklist.checks])}"
        for b in rules.checklist.brings
        if b.procedure in by
        for item in b.items
        if by[b.procedure].checklist.get(item) is None
    ]
    if bad:
        raise RulesRefused(bad)


def _joined(rules: Rules, by: Standards, brought: list[Brought]) -> Rules:
    seconds = tuple(_second(by[b.procedure], b) for b in brought if b.procedure in by)
    return replace(rules, seconds=seconds)


def _second(standard: Rules, brought: Brought) -> Rules:
    """The standard of the second procedure with nothing but the items that come along."""
    checks = (c for c in standard.checklist.checks if c.id in brought.items)
    own = tuple(c if brought.counted else _uncounted(c) for c in checks)
    return replace(standard, checklist=replace(standard.checklist, checks=own), seconds=())


def _uncounted(check: Check) -> Check:
    """An item that is shown and costs nothing."""
    return replace(
        check, points=Decimal(0), veto=False, veto_effect="", deduction=Deduction(), bonus=False
    )
