"""The program: a case, a checklist, the law -> findings. One broken check ends only itself (promise
8).
"""

from __future__ import annotations

from casereview.facts.casefile import CaseFile
from casereview.judging.gate import held
from casereview.model import ERROR, NA, REVIEW, Finding, Verdict
from casereview.rules.checklist import Check, Checklist
from casereview.rules.table import Context, Law, judge_safely


def review(case: CaseFile, checklist: Checklist, law: Law) -> list[Finding]:
    """Judge every item in the order of the checklist."""
    ctx = Context(case, law)
    return [finding_of(check, ctx) for check in checklist.checks]


def finding_of(check: Check, ctx: Context) -> Finding:
    """The finding on one item."""
    ctx.used.clear()
    verdict = judge_item(check, ctx)
    return Finding(check.id, verdict, tuple(sorted(ctx.used.items())))


def judge_item(check: Check, ctx: Context) -> Verdict:
    """Judge one item: is it in force on the day of the law, does it apply, does it hold."""
    day = ctx.law_day() if check.since or check.until else None
    if (check.since or check.until) and day is None:
        return Verdict(REVIEW, "没有读到决定适用哪一时期法律的日期，不能判断该项是否适用")
    if day and ((check.since and day < check.since) or (check.until and day > check.until)):
        return Verdict(
            NA, f"该项自 {check.since or '—'} 至 {check.until or '今'} 适用，本案定律日为 {day}"
        )
    try:
        verdict = judge_safely(check.kind, ctx, check.when)
    except (
        Exception
    ) as e:  # a check must not stop the others; its kind of fault is told, its text is not
        return Verdict(
            ERROR,
            f"该项判定出错（{type(e).__name__}），请人工判断",
            working=(f"{check.id}: {type(e).__name__}",),
        )
    return held(verdict, ctx.case) if isinstance(ctx, Context) else verdict
