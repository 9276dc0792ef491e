"""The decision itself (行政处罚法 5, 9, 28, 34, 37, 44, 59, 60, 62, 67; 行政复议法 20; 行政诉讼法
46).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from casereview.chinese import cn_money
from casereview.facts import decision as dec
from casereview.facts.citations import article_number, cited
from casereview.law.statutes import Standing, Status
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import Context, cn_day, fail, na, passed, predicate, review


def decision_gone(ctx: Context) -> Verdict | None:
    """When there is no readable decision: na where surely absent (decision.present says so), else
    open.
    """
    v = ctx.absent(*ctx.decisions)
    return na("卷内没有处罚决定书（见“行政处罚决定书在卷”）") if v and v.status == "na" else v


def _of_another_day(title: str, n: int | None, law: Standing, day: dt.date | None) -> str:
    """Why an article that stands at another time than the day of the decision is open."""
    since = cn_day(law.since) if law.since else ""
    decided = f"决定日期 {cn_day(day)}" if day else "没有读到决定日期"
    if law.status is Status.LATER:
        return (
            f"《{title}》共 {law.articles} 条，没有第 {n} 条；但索引中的版本自 {since} 起施行，"
            "决定时的版本请人工核对"
        )
    if n is not None and n > law.articles:
        return f"《{title}》自 {since} 起没有第 {n} 条，{decided}；适用哪个版本请人工核对"
    return f"《{title}》自 {since} 起废止，{decided}；从旧兼从轻的请人工判断"


@predicate("引用条文有效")
def basis_valid(ctx: Context) -> Verdict:
    """引用的条应当存在，引用的法在决定日有效。法律索引只收到2025年4月，索引中没有的由人工核对。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p, day = ctx.decision, ctx.decided
    unknown: list[str] = []
    cites = [c for c in cited(p) if c.articles]
    if not cites:
        return review("没有读到引用的条文", [p.top()])
    for c in cites:
        for a in c.articles:
            n = article_number(a)
            law = ctx.law.statutes.status(c.law, n, day)
            if law.status is Status.UNKNOWN:
                unknown += [c.law] if "基准" not in c.law else []
                break
            if law.status is Status.ABSENT:
                text = f"《{c.law}》共 {law.articles} 条，没有第 {n} 条"
                return fail(text, [c.place], subject=c.law)
            if law.status is not Status.EXISTS:
                return review(_of_another_day(c.law, n, law, day), [c.place])
    if unknown:
        return review(
            f"法律索引中没有《{'》《'.join(dict.fromkeys(unknown))}》，请人工核对",
            [next(c.place for c in cites if c.law == unknown[0])],
        )
    return passed(f"引用的 {len(cites)} 处条文均在法律索引中", [cites[0].place])


@predicate("金额一致")
def amount_consistent(ctx: Context) -> Verdict:
    """决定书大小写金额相符，并与审批表、集体讨论结论一致。"""
    gone = decision_gone(ctx)
    if gone:
        return gone
    p, got = ctx.decision, ctx.dfact("罚款金额")
    if got is None:
        return na("没有罚款，或罚款没有数额")
    pair = _mismatch(p)
    if pair:
        return fail(f"{p.name}金额大小写不符：{pair[0]}", [pair[1]], subject="处罚决定书")
    for kind in ("处罚决定审批表", "集体讨论笔录"):
        for q in ctx.case.readable(kind):
            f = ctx.case.facts_of(q).get("罚款金额")
            if f and Decimal(f.value) != Decimal(got.value):
                return fail(
                    f"决定罚款 {got.value} 元，{kind}为 {f.value} 元",
                    [got.place, f.place],
                    subject=kind,
                )
    return passed(f"罚款 {got.value} 元，前后一致", [got.place])


def _mismatch(p: Paper) -> tuple[str, Place] | None:
    begin, end = dec.operative(p)
    text = p.running_text.without_spaces
    for m in re.compile(
        r"(?P<a>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})[整正]?[（(]?(?:人民币|小写[：:]?)?[¥￥]?(?P<b>[\d,，"
        r"]+(?:\.\d+)?)(?P<w>万)?元?|[¥￥]?(?P<b2>[\d,，"
        r"]+(?:\.\d+)?)(?P<w2>万)?元[（(](?:人民币)?(?:大写[：:]?)?(?P<a2>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2})"
    ).finditer(text, begin, end):
        capital = cn_money(m["a"] or m["a2"])
        number = Decimal(re.sub("[,，]", "", m["b"] or m["b2"])) * (
            10000 if m["w"] or m["w2"] else 1
        )
        if capital is not None and capital != number:
            return m.group(0), p.running_text.place(m.start(), m.end())
    return None
