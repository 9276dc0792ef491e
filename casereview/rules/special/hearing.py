"""Hearing (行政处罚法 63-65, 85)."""

from __future__ import annotations

import re

from casereview.chinese import find_dates, without_spaces
from casereview.facts.form_fields import REFUSED, names_in, officers, signature, signatures
from casereview.facts.readers import day_of, labels_of
from casereview.model import Fact, Place, Verdict
from casereview.rules.special.evidence import PARTY_WHO
from casereview.rules.special.notice import served_days
from casereview.rules.verdicts import NOTICE, Context, cn_day, fail, na, passed, predicate, review


@predicate("要求听证的组织听证")
def hearing_held(ctx: Context) -> Verdict:
    """当事人在期限内申请听证的，应当有听证笔录。"""
    asked = [
        p
        for p in ctx.case.readable("听证申请书")
        if "放弃" not in p.running_text.without_spaces[:120]
    ]
    if not asked:
        return ctx.absent("听证申请书") or na("当事人没有申请听证")
    if ctx.case.readable("听证笔录"):
        return passed("已组织听证", [ctx.case.readable("听证笔录")[0].top()])
    if any(p.has(r"撤回(?:听证)?申请|撤回听证") for p in ctx.case.papers):
        return review("卷内有撤回听证申请的记载，请人工判断", [asked[0].top()])
    days = served_days(ctx, *NOTICE)
    when = next(iter(reversed(list(find_dates(asked[0].running_text.without_spaces)))), None)
    if days and when and when[0] > ctx.calendar.last_day(days[0][0], 5, working=True):
        return review("听证申请可能超过期限，请人工判断", [asked[0].top()])
    return ctx.missing(["听证笔录"], "当事人申请听证，卷内没有听证笔录", "听证申请书")


def hearing_gone(ctx: Context) -> Verdict | None:
    """na when there was no hearing."""
    return ctx.absent("听证笔录", "听证通知书", "听证报告")


@predicate("听证七日前通知")
def hearing_notice(ctx: Context) -> Verdict:
    """听证通知送达日与听证日之间应当有七个工作日（两日均不计入）。恰好六个的标为待复核。"""
    gone = ctx.absent("听证笔录")
    if gone:
        return gone
    held = ctx.case.fact("听证笔录", "听证日期")
    days = served_days(ctx, "听证通知书")
    if not days:
        if not ctx.case.readable("听证通知书"):
            return ctx.missing(["听证通知书"], "举行了听证而没有听证通知书", "听证笔录")
        return review("没有读到听证通知书的送达日期")
    if day_of(held) is None:
        return review("没有读到听证日期")
    limit = ctx.limit("听证通知期限", day_of(held))
    if limit is None:
        return review("没有该日有效的听证通知期限")
    n = ctx.calendar.workdays_between(days[0][0], day_of(held))
    text = f"听证通知 {cn_day(days[0][0])} 送达，{cn_day(day_of(held))} 听证，中间 {n} 个工作日"
    if n >= limit.value:
        return passed(text, [held.place])
    if n == limit.value - 1:
        return review(text + "；是否计入听证日有争议，请人工判断", [days[0][1], held.place])
    return fail(f"{text}，不足{limit.sentence()}", [days[0][1], held.place])


def handlers(ctx: Context) -> dict[str, Place]:
    """Names of those who handled or investigated the case, with a place."""
    out: dict[str, Place] = {}
    for p in ctx.case.readable("现场检查笔录", "询问笔录", "整改复查记录"):
        for o in officers(p):
            out.setdefault(o.name, o.place)
    for p in ctx.case.readable("立案审批表", "调查终结报告"):
        for s in signatures(p, *labels_of(p, "承办人").names):
            for n in s.names if s.sure else ():
                out.setdefault(n, s.place)
    for p in ctx.case.readable("卷宗封面", "听证笔录", "听证报告"):
        for f in p.fields(
            "承办人", "承办人员", "办案人员", "案件调查人员", "调查人员", "案件承办人"
        ):
            for n in names_in(f.value):
                out.setdefault(n, f.place)
    return out


@predicate("听证主持人独立")
def presider(ctx: Context) -> Verdict:
    """听证主持人不得是本案承办人或调查人员（行政处罚法64）。"""
    gone = ctx.absent("听证笔录", "听证报告", "听证通知书")
    if gone:
        return gone
    found: Fact | None = ctx.case.fact("听证笔录", "主持人")
    if found is None:
        for p in ctx.case.readable("听证通知书", "听证报告"):
            s = p.running_text.find(
                r"主持人(?:为|是|：|:)?[\u4e00-\u9fff]{2,4}?(?=[，。、；（(\n])"
            )
            if s:
                name = re.sub(r"^主持人(?:为|是|：|:)?", "", s.text)
                found = Fact(name, name, s.place)
                break
    who = handlers(ctx)
    if found is None or not who:
        return review("没有读到听证主持人或本案调查人员")
    if found.value in who:
        return fail(
            f"听证主持人{found.value}是本案承办（调查）人员",
            [found.place, who[found.value]],
            subject=found.value,
        )
    return passed(f"主持人{found.value}不是本案调查人员", [found.place])


@predicate("听证笔录签名完整")
def hearing_signed(ctx: Context) -> Verdict:
    """听证笔录应当有当事人、主持人、记录人签名，拒签注明的除外。"""
    gone = ctx.absent("听证笔录")
    if gone:
        return gone

    p = ctx.case.one("听证笔录")
    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff：:（）])", "", p.running_text.text)
    half = text[int(len(text) * 0.5) :]
    lacks, unknown = [], []
    for word, who in (
        ("当事人", rf"(?:{PARTY_WHO}|申请人|听证参加人|委托代理人)"),
        ("主持人", r"(?:听证)?主持人"),
        ("记录人", r"记录(?:人|员)|书记员"),
    ):
        slots = [
            signature(
                re.split(r"\s+(?=[\u4e00-\u9fff（）]{2,14}[：:])", m["v"])[0], p.running_text.tail()
            )
            for m in re.finditer(
                rf"(?:{who})(?:[（(][^）)\n]{{1,12}}[)）])?(?:签名|签字|签章)?[：:](?P<v>[^\n]*)",
                half,
            )
        ]
        slots = [
            s for s in slots if s.signed or s.date or s.refused or len(without_spaces(s.text)) <= 3
        ]
        if not slots:
            unknown.append(word)
        elif not any(s.signed for s in slots) and not (
            word == "当事人" and REFUSED.search(p.running_text.without_spaces)
        ):
            lacks.append(word)
    if lacks:
        return fail(
            f"{p.name}缺{'、'.join(lacks)}签名", [p.running_text.tail()], subject="听证笔录"
        )
    if unknown:
        return review(f"{p.name}没有读到{'、'.join(unknown)}签名处", [p.running_text.tail()])
    return passed("当事人、主持人、记录人均签名", [p.running_text.tail()])
