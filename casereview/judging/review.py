"""The program: a case, a checklist, the law -> findings. One broken check ends only itself (promise
8).
"""

from __future__ import annotations

import re

from casereview.facts.casefile import CaseFile
from casereview.model import ERROR, FAIL, NA, REVIEW, Finding, Place, Verdict
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
    return _held(verdict, ctx) if isinstance(ctx, Context) else verdict


def _held(verdict: Verdict, ctx: Context) -> Verdict:
    """Promise 1 at the gate: a fail keeps only places whose quote stands on that page, and without
    one it is open.
    """
    if verdict.status != FAIL:
        return verdict
    kept = tuple(p for p in verdict.places if stands(p, ctx.case))
    if any(p.quote for p in kept):
        return Verdict(FAIL, verdict.message, kept, verdict.working, verdict.subject)
    return Verdict(
        REVIEW,
        verdict.message + "（没有可以引用的原文位置，请人工判断）",
        verdict.places,
        verdict.working,
        verdict.subject,
    )


def stands(place: Place, case: CaseFile) -> bool:
    """True when the quote is on that page of that file (white space apart). Recordings and photos
    are quoted by name or time.
    """
    source = next((s for s in case.sources if s.path == place.file), None)
    if source is None:
        return False
    if source.media is not None:
        return True
    page = next((p for p in source.pages if p.number == place.page), None)
    if page is None:
        return False
    if not place.quote:
        return True
    text = re.sub(r"[\s￼]+", "", "".join(ln.text for ln in page.lines))
    return re.sub(r"[\s￼…]+", "", place.quote) in text
