"""The program: a case, a checklist, the law -> findings. One broken check ends only itself (promise
8).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from casereview.facts.casefile import CaseFile
from casereview.judging.gate import held
from casereview.judging.plausibility import Recognised, doubted
from casereview.model import ERROR, FAIL, NA, REVIEW, Finding, Verdict
from casereview.model.nouns import noun
from casereview.rules.checklist import Check, Checklist
from casereview.rules.table import Context, Law, judge_safely

ALONG = "（附带评查的另一程序的项目，本标准不计分，由人决定）"
UNREAD = "（该项的依据待核实，没有读到原文，由人对照本地规定判断）"


class Bench(Protocol):
    """Where a case is judged item by item, or was."""

    @property
    def recognised(self) -> Recognised:
        """(file, page) of the pages read from images."""

    @property
    def understood(self) -> bool:
        """True where every paper of the case is surely known."""

    def finding(self, check: Check, law: Law) -> Finding:
        """The finding on one item, whatever the others come to."""


@noun(frozen=True)
class Fresh:
    """A case that is judged now."""

    case: CaseFile

    @property
    def recognised(self) -> Recognised:
        """The pages that its papers were recognised from."""
        return {(p.doc.file, page) for p in self.case.papers for page in p.recognised}

    @property
    def understood(self) -> bool:
        """As the case says."""
        return self.case.understood

    def finding(self, check: Check, law: Law) -> Finding:
        """Judge one item."""
        return finding_of(check, Context(self.case, law))


def review(
    case: CaseFile | Bench, checklist: Checklist, law: Law, *seconds: tuple[Checklist, Law]
) -> list[Finding]:
    """Judge every item in the order of the checklist, then doubt what fails together. ``seconds``:
    what comes along of the standards of other procedures, each judged and doubted by itself; what
    is not counted of it accuses nobody.
    """
    bench = Fresh(case) if isinstance(case, CaseFile) else case
    out = _judged(bench, checklist, law)
    for second, by in seconds:
        uncounted = {c.id for c in second.checks if not c.points}
        out += [_shown(f) if f.check in uncounted else f for f in _judged(bench, second, by)]
    return out


def _judged(bench: Bench, checklist: Checklist, law: Law) -> list[Finding]:
    """The findings on one standard."""
    findings = [bench.finding(check, law) for check in checklist.checks]
    return doubted(findings, bench.recognised, understood=bench.understood)


def _shown(finding: Finding) -> Finding:
    """A finding of an item that the main standard does not ask for: a fault is for a person."""
    verdict = finding.verdict
    if verdict.status != FAIL:
        return finding
    return replace(
        finding, verdict=replace(verdict, status=REVIEW, message=verdict.message + ALONG)
    )


def finding_of(check: Check, ctx: Context) -> Finding:
    """The finding on one item."""
    ctx.used.clear()
    verdict = judge_item(check, ctx)
    return Finding(check.id, verdict, tuple(sorted(ctx.used.items())))


def judge_item(check: Check, ctx: Context) -> Verdict:
    """Judge one item: is it in force on the day of the law, does it apply, does it hold."""
    if isinstance(ctx, Context):
        ctx.case.told.clear()  # what other papers told an earlier item
    try:
        verdict = _out_of_force(check, ctx) or judge_safely(check.kind, ctx, check.when)
    except Exception as e:  # one check must not stop the others (promise 8)
        kind = type(e).__name__  # the kind of fault is told, its text is foreign
        return Verdict(
            ERROR, f"该项判定出错（{kind}），请人工判断", working=(f"{check.id}: {kind}",)
        )
    if check.unread and verdict.status == FAIL:
        verdict = replace(verdict, status=REVIEW, message=verdict.message + UNREAD)
    return held(verdict, ctx.case) if isinstance(ctx, Context) else verdict


def _out_of_force(check: Check, ctx: Context) -> Verdict | None:
    """A verdict when the item is not in force on the day of the law, or nobody can tell."""
    if not (check.since or check.until):
        return None
    day = ctx.law_day()
    if day is None:
        return Verdict(REVIEW, "没有读到决定适用哪一时期法律的日期，不能判断该项是否适用")
    if (check.since and day < check.since) or (check.until and day > check.until):
        span = f"自 {check.since or '—'} 至 {check.until or '今'}"
        return Verdict(NA, f"该项{span} 适用，本案定律日为 {day}")
    return None
