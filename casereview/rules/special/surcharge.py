"""加处罚款 (行政处罚法 72)."""

from __future__ import annotations

from decimal import Decimal

from casereview.model import Verdict
from casereview.rules.verdicts import DECIDING, Context, fail, passed, predicate, review

PAPER = "加处罚款决定书"
ROUNDING = 1  # yuan by which a reckoned sum may differ


@predicate("加处罚款计算正确")
def surcharge(ctx: Context) -> Verdict:
    """加处罚款＝罚款数额×每日的比率×逾期天数，不超过罚款本数（行政处罚法72）；
    没有读到天数的待复核。"""
    gone = ctx.absent(PAPER)
    if gone:
        return gone
    paper = ctx.case.readable(PAPER)[0]
    facts = ctx.case.facts_of(paper)
    fine, added, late = (
        ctx.fact(f"{DECIDING}.罚款金额"),
        facts.get("加处金额"),
        facts.get("逾期天数"),
    )
    rate = ctx.limit("加处罚款日率")
    if fine is None or added is None or rate is None:
        return review("没有读到罚款本数或者加处数额", [paper.top()])
    base, sum_ = Decimal(fine.value), Decimal(added.value)
    places = [added.place, fine.place]
    if sum_ > base:
        return fail(f"加处罚款 {sum_} 元，超过罚款本数 {base} 元", places)
    if late is None:
        text = f"加处 {sum_} 元未超过本数；没有读到逾期天数，请人工核算"
        return review(text, [added.place])
    days = int("".join(c for c in str(late.value) if c.isdigit()))
    right = min(base, base * rate.value / 100 * days)
    if abs(right - sum_) > ROUNDING:
        text = (
            f"逾期 {days} 日，每日 {rate.value}% 应为 {right.normalize():f} 元，决定加处 {sum_} 元"
        )
        return fail(text, places)
    return passed(f"{base} × {rate.value}% × {days} 日 = {sum_} 元", places)
