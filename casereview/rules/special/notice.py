"""Prior notice, defence and hearing (行政处罚法 44, 45, 62-65, 85)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from casereview.chinese import PartyKind
from casereview.facts.citations import article_number, citations, is_procedural
from casereview.facts.party import kind_in
from casereview.facts.readers import day_of
from casereview.law.statutes import short_title
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import (
    NOTICE,
    Context,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
    served_days,
)

_HEAVY = re.compile(r"吊销|责令停产停业|责令关闭|限制从业|降低资质等级")


def notices(ctx: Context) -> list[Paper]:
    """The readable notices."""
    return ctx.case.readable(*NOTICE)


def notice_gone(ctx: Context) -> Verdict | None:
    """When there is no readable notice: na where it is surely absent (notice.present says so), else
    open.
    """
    v = ctx.absent(*NOTICE)
    return na("卷内没有事先告知书（见“事先告知书在卷”）") if v and v.status == "na" else v


def waiver(ctx: Context) -> Place | None:
    """A paper of the party's own by which it gives up defence or hearing, or such a sentence on a
    receipt.
    """
    for p in ctx.case.readable("陈述申辩书", "听证申请书", "其他"):
        s = p.running_text.find(
            r"放弃[^。；\n]{0,20}(?:陈述|申辩|听证|权利)|不(?:再)?(?:要求|申请|提出|进行)[^。"
            r"；\n]{0,12}(?:陈述|申辩|听证)|无陈述申辩"
        )
        if s and (p.doc.kind != "其他" or "放弃" in p.doc.title):
            return s.place
    for r in ctx.case.receipts(*NOTICE):
        s = r.running_text.find(
            r"(?:本人|当事人|我(?:单位|公司)?)?(?:自愿|明确)?(?:放弃|不要求|无需)[^。"
            r"；\n]{0,16}(?:陈述|申辩|听证)"
        )
        if s:
            return s.place
    return None


@predicate("告知内容齐全")
def complete(ctx: Context) -> Verdict:
    """告知书应当写明拟处罚内容、违法事实和法律依据。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    papers = ctx.case.readable("事先告知书") or notices(ctx)
    text = "\n".join(p.running_text.without_spaces for p in papers)
    cites = [c for p in papers for c in citations(p.running_text) if not is_procedural(c.law)]
    lacks = []
    if not any(
        ctx.case.facts_of(p).get("处罚种类") or ctx.case.facts_of(p).get("拟罚款金额")
        for p in papers
    ) and not re.search(
        r"拟[^。]{0,40}(?:处罚|罚款|警告|没收|吊销)[^。]{0,60}(?:元|警告|没收|吊销|停产)", text
    ):
        lacks.append("拟处罚内容")
    if not re.search(
        r"经查|查明|违法事实|发现你|你(?:单位|公司|（单位）)?(?:于|在|自|的)|实施了|存在[^。"
        r"]{2,30}行为",
        text,
    ):
        lacks.append("违法事实")
    if not any(c.articles for c in cites):
        lacks.append("法律依据")
    if lacks:
        return fail(
            f"{papers[0].name}缺{'、'.join(lacks)}", [papers[0].top()], subject="事先告知书"
        )
    return passed("写明拟处罚内容、事实和依据", [papers[0].top()])


@predicate("告知陈述申辩权")
def defence_right(ctx: Context) -> Verdict:
    """告知书应当告知陈述、申辩的权利。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    for p in notices(ctx):
        s = p.running_text.find(r"陈述(?:权)?(?:、|和|与|或者?|及)?申辩")
        if s:
            return passed("告知了陈述、申辩权", [s.place])
    return fail(
        f"{notices(ctx)[0].name}没有告知陈述、申辩权", [notices(ctx)[0].top()], subject="事先告知书"
    )


def hearing_due(ctx: Context) -> tuple[bool | None, str, Place | None]:
    """Whether the proposed penalty reaches the hearing line (行政处罚法 63): True, False, or None
    when it cannot be told.
    """
    sources = [(p, ctx.case.facts_of(p)) for p in [*notices(ctx), *ctx.case.readable("处罚决定书")]]
    if not sources:
        return None, "没有读到拟处罚内容", None
    amounts = [
        (Decimal(f[n].value), f[n].place)
        for _, f in sources
        for n in ("拟罚款金额", "罚款金额", "没收金额", "拟没收金额")
        if n in f
    ]
    kinds = [
        (k, f["处罚种类"].place) for _, f in sources if "处罚种类" in f for k in f["处罚种类"].value
    ]
    for k, place in kinds:
        if _HEAVY.search(k):
            return True, f"拟处罚包括“{k}”", place
    party = ctx.dfact("当事人") or ctx.case.fact("事先告知书", "当事人")
    name = (party.value[0] if isinstance(party.value, list) else party.value) if party else ""
    kind = kind_in(ctx.case, name)
    person = kind is PartyKind.PERSON
    limit = ctx.limit("听证门槛_公民" if person else "听证门槛_单位")
    lower = ctx.limit("听证门槛_公民") if kind is PartyKind.UNKNOWN else limit
    if limit is None or lower is None:
        return None, "没有该日有效的听证门槛", None
    if not amounts:
        return (False, "", None) if kinds else (None, "没有读到拟罚款金额", None)
    top, place = max(amounts, key=lambda a: a[0])
    if lower.value <= top < limit.value:
        return None, f"不能判断“{name}”是公民还是单位，听证门槛不同", place
    if top >= limit.value:
        return (
            True,
            (
                f"拟罚没 {top:,.2f} 元，达到{'公民' if person else '单位'}听证门槛 {limit.value:,}"
                f" 元（{limit.source}{'' if limit.verified else '，待核实'}）"
            ),
            place,
        )
    return (
        False,
        (
            f"{top:,.2f} 元未达到听证门槛 {limit.value:,}"
            f" 元（{'待核实' if not limit.verified else limit.source}）"
        ),
        place,
    )


_ASK = re.compile(r"(?:要求|申请|提出)(?:举行|组织)?听证|听证(?:的)?(?:权利|申请|要求)")


_FIVE = re.compile(r"(?:五|5)个?(?:工作)?日")


@predicate("依法告知听证权")
def hearing_right(ctx: Context) -> Verdict:
    """拟处罚达到听证条件的，应当告知要求听证的权利并写明五日期限（行政处罚法63、64）。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    due, why, place = hearing_due(ctx)
    told = [(p, s) for p in notices(ctx) if (s := p.running_text.find(_ASK))]
    if due is False:
        return na(why or "未达到听证条件")
    if due is None and not told:
        return review(why)
    if not told:
        hiding = ctx.unreadable(*NOTICE)
        if hiding:
            return review(f"{hiding[0].name}未能识别文字", [hiding[0].top()])
        return fail(
            f"{why}，告知书没有告知要求听证的权利",
            [x for x in (notices(ctx)[0].top(), place) if x],
            subject="事先告知书",
        )
    for p, s in told:
        t = p.running_text.without_spaces
        around = t[max(0, s.start - 120) : s.end + 160]
        if _FIVE.search(around):
            return passed("告知了听证权和五日期限", [s.place])
    p, s = told[0]
    if re.search(
        r"[三3七7]个?(?:工作)?日",
        p.running_text.without_spaces[max(0, s.start - 120) : s.end + 160],
    ):
        return fail(f"{p.name}的听证申请期限不是五日", [s.place], subject=p.doc.kind)
    return fail(f"{p.name}没有写明要求听证的五日期限", [s.place], subject=p.doc.kind)


@predicate("告知书依法送达")
def served(ctx: Context) -> Verdict:
    """应当有告知书的送达回证，或者当事人在告知书上的签收。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    if ctx.case.receipts(*NOTICE):
        return passed("有告知书送达回证", [ctx.case.receipts(*NOTICE)[0].top()])
    if served_days(ctx, *NOTICE):
        return passed("当事人在告知书上签收", [served_days(ctx, *NOTICE)[0][1]])
    unknown = [r for r in ctx.case.readable("送达回证") if not r.doc.serves]
    if unknown:
        return review(f"{unknown[0].name}没有读到所送达的文书名称", [unknown[0].top()])
    return ctx.missing(["送达回证"], "没有告知书的送达回证，告知书上也没有当事人签收", "事先告知书")


@predicate("先告知后决定")
def first_notice(ctx: Context) -> Verdict:
    """告知书送达日期应当早于决定书日期；当事人明确放弃的除外。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    day = ctx.decided
    if day is None:
        return ctx.absent(*ctx.decisions) or review("没有读到决定书日期")
    days = served_days(ctx, *NOTICE)
    if not days:
        f = next((x for p in notices(ctx) if (x := ctx.case.facts_of(p).get("日期"))), None)
        if f and day_of(f) and day_of(f) > day:
            return fail(
                f"告知书日期 {f.value} 晚于决定日期 {day.isoformat()}",
                [f.place, ctx.dfact("作出日期").place],
            )
        return review("没有读到告知书的送达日期")
    served_on, place = days[0]
    if served_on >= day and not (served_on == day and waiver(ctx)):
        return fail(
            f"告知书 {cn_day(served_on)} 送达，不早于决定日期 {cn_day(day)}",
            [place, ctx.dfact("作出日期").place],
            subject="事先告知书",
        )
    return passed(f"告知书 {cn_day(served_on)} 送达，决定 {cn_day(day)}", [place])


_PERIOD = re.compile(r"(?P<n>[三五七十3570-9]{1,2})(?P<k>个?工作)?日(?:之?内|以内)")


@predicate("期限届满后才决定")
def waiting(ctx: Context) -> Verdict:
    """听证申请期（五个工作日）和告知书载明的陈述申辩期届满后才能作出决定；书面放弃的除外。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    day = ctx.decided
    days = served_days(ctx, *NOTICE)
    if day is None or not days:
        return review("没有读到告知书送达日期或者决定日期")
    place = waiver(ctx)
    if place:
        return passed("当事人书面放弃陈述申辩（听证）", [place])
    if ctx.case.readable("听证笔录"):
        return passed("已举行听证", [ctx.case.readable("听证笔录")[0].top()])
    start, at = days[-1] if days[-1][0] < day else days[0]
    if start >= day:
        return na("告知书送达不早于决定（见“先告知后决定”）")
    ends: list[tuple[dt.date, str]] = []
    soft: list[tuple[dt.date, str]] = []
    for p in notices(ctx):
        for m in _PERIOD.finditer(p.running_text.without_spaces):
            around = p.running_text.without_spaces[max(0, m.start() - 100) : m.end() + 60]
            number = {"三": 3, "五": 5, "七": 7, "十": 10}.get(m["n"]) or (
                int(m["n"]) if m["n"].isdigit() else 0
            )
            if not 1 <= number <= 15 or not re.search(r"陈述|申辩|听证", around):
                continue
            hearing = (
                "听证" in p.running_text.without_spaces[m.start() : m.end() + 30]
                or "听证" in around[:100]
                and "陈述" not in around
            )
            if hearing or m["k"]:
                limit = ctx.limit("听证申请期限") if hearing and number == 5 else None
                word = limit.sentence() if limit else f"告知书载明的{number}个工作日"
                ends.append((ctx.calendar.last_day(start, number, working=True), word))
            else:
                soft.append(
                    (ctx.calendar.last_day(start, number, working=False), f"告知书载明的{number}日")
                )
                ends.append((start + dt.timedelta(number), f"告知书载明的{number}日"))
                if number in (3, 5, 7):
                    soft.append(
                        (
                            ctx.calendar.last_day(start, number, working=True),
                            f"按行政处罚法85计算的{number}个工作日",
                        )
                    )
    if not ends:
        return review("告知书没有读到陈述申辩期限", [at])
    end, word = max(ends)
    if day <= end:
        return fail(
            f"告知书 {cn_day(start)} 送达，{word}于 {cn_day(end)} 届满，{cn_day(day)} 即作出决定",
            [at, ctx.dfact("作出日期").place],
            f"届满日 {end.isoformat()}",
            subject="事先告知书",
        )
    if soft and day <= max(soft)[0]:
        return review(
            f"告知书 {cn_day(start)} 送达，{max(soft)[1]}于 {cn_day(max(soft)[0])} 届满，决定日期"
            f" {cn_day(day)}；“日”的计算有争议，请人工判断",
            [at],
        )
    return passed(f"期限 {cn_day(end)} 届满，{cn_day(day)} 决定", [at])


@predicate("陈述申辩经过复核")
def defence_reviewed(ctx: Context) -> Verdict:
    """当事人提出陈述申辩的，应当有复核意见（是否采纳及理由）。"""
    own = [
        p
        for p in ctx.case.readable("陈述申辩书")
        if not re.search(r"放弃", p.doc.title + p.running_text.without_spaces[:200])
    ]
    if not own:
        return ctx.absent("陈述申辩书") or na("当事人没有提出陈述申辩")
    if ctx.case.readable("陈述申辩复核意见"):
        p = ctx.case.readable("陈述申辩复核意见")[0]
        if p.has(r"采纳|维持|不成立|成立|支持"):
            return passed("有复核意见", [p.top()])
        return review(f"{p.name}没有读到是否采纳的结论", [p.top()])
    for p in ctx.case.readable("集体讨论笔录", "调查终结报告", "处罚决定审批表", "听证报告"):
        s = p.running_text.find(
            r"(?:陈述|申辩)[^。；\n]{0,60}(?:不予采纳|予以采纳|采纳)[^。\n]{0,80}"
        )
        if s:
            return review("没有单独的复核意见，其他文书有采纳情况的记载，请人工判断", [s.place])
    return ctx.missing(["陈述申辩复核意见"], "当事人提出了陈述申辩，卷内没有复核意见", "陈述申辩书")


@predicate("不因申辩加重处罚")
def not_heavier(ctx: Context) -> Verdict:
    """决定的罚款不得高于告知的数额，也不得增加处罚种类，重新告知的除外。"""
    gone = notice_gone(ctx)
    if gone:
        return gone
    if ctx.decision is None:
        return ctx.absent(*ctx.decisions) or review("没有读到决定书")
    told = [f for p in notices(ctx) if (f := ctx.case.facts_of(p).get("拟罚款金额"))]
    got = ctx.dfact("罚款金额")
    if got and told:
        most = max(told, key=lambda f: Decimal(f.value))
        if Decimal(got.value) > Decimal(most.value):
            return fail(
                f"决定罚款 {got.value} 元，高于告知的 {most.value} 元",
                [got.place, most.place],
                subject="罚款金额",
            )
    told_kinds = {
        k for p in notices(ctx) if (f := ctx.case.facts_of(p).get("处罚种类")) for k in f.value
    }
    kinds = ctx.dfact("处罚种类")
    more = [
        k
        for k in (kinds.value if kinds else [])
        if k not in told_kinds
        and k
        in (
            "罚款",
            "没收违法所得",
            "没收非法财物",
            "吊销许可证件",
            "责令停产停业",
            "暂扣许可证件",
        )
    ]
    if told_kinds and more:
        text = "".join(p.running_text.without_spaces for p in notices(ctx))
        if not all(re.search(k[:2], text) for k in more):
            return fail(
                f"决定增加了处罚种类“{'、'.join(more)}”",
                [kinds.place, notices(ctx)[0].top()],
                subject="处罚种类",
            )
    if got is None or not told:
        if kinds and told_kinds:
            return passed("没有增加处罚种类")
        return review("没有读到告知或决定的罚款数额")
    return passed(f"告知 {told[0].value} 元，决定 {got.value} 元", [got.place])


def chain_key(text: str) -> set[tuple[str, int]]:
    """A citation as (law, article) pairs."""
    out = set()
    for m in re.finditer(r"《([^》]+)》([^《]*)", text):
        for a in re.findall(r"第[零〇一二两三四五六七八九十百千\d]+条", m[2]):
            out.add((short_title(m[1]), article_number(a)))
    return out
