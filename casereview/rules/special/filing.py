"""Filing of the case and limitation (行政处罚法 36, 54)."""

from __future__ import annotations

import datetime as dt
import re

from casereview.chinese import find_dates
from casereview.facts.readers import day_of, registry_of
from casereview.law.workdays import add_months
from casereview.model import PICTURE, Verdict
from casereview.rules.verdicts import Context, approved, cn_day, fail, na, passed, predicate, review


@predicate("立案经负责人批准")
def filing_approved(ctx: Context) -> Verdict:
    """立案审批表的负责人意见、签名、日期都应当有。"""
    p = ctx.case.one("立案审批表")
    if p is None:
        return ctx.absent("立案审批表") or review("没有立案审批表")
    return approved(ctx, p, "负责人于{day}批准")


@predicate("载明案件来源案由案情")
def source_stated(ctx: Context) -> Verdict:
    """立案审批表（或案件来源登记表）载明案件来源、案由、基本案情。"""
    papers = ctx.case.readable("立案审批表", "案件来源登记表")
    if not papers:
        return ctx.absent("立案审批表", "案件来源登记表") or na("没有立案材料")
    facts = registry_of(papers[0].vocab).of("立案审批表")
    lacks = []
    for name, label in (("案件来源", "案件来源"), ("案由", "案由"), ("案情", "基本案情")):
        got = [
            f
            for p in papers
            for f in p.fields(*facts[name].labels.names)
            if len(f.without_spaces.replace(PICTURE, "")) >= 2
        ]
        if not got and not (
            name == "案情" and any(p.has(r"案情|违法事实|发现.{4,}|反映.{4,}") for p in papers)
        ):
            lacks.append(label)
    if lacks and ctx.unreadable("立案审批表", "案件来源登记表"):
        return review(f"没有读到{'、'.join(lacks)}，立案材料未能全部识别", [papers[0].top()])
    if lacks:
        own = ctx.case.one("立案审批表") or papers[0]
        if len(own.running_text.without_spaces) < 60:
            return review(f"{own.name}可读内容太少", [own.top()])
        return fail(f"立案材料没有载明{'、'.join(lacks)}", [own.top()], subject="立案审批表")
    if ctx.unreadable("立案审批表"):
        return review("立案审批表未能识别文字")
    return passed("载明案件来源、案由和案情", [papers[0].top()])


@predicate("先立案后调查处理")
def filing_first(ctx: Context) -> Verdict:
    """立案批准日期不得晚于事先告知书、调查终结报告、决定书的日期。"""
    filed = ctx.case.fact("立案审批表", "立案日期")
    start = day_of(filed)
    if start is None:
        return ctx.absent("立案审批表") or review("没有读到立案批准日期")
    for kind, name in (
        ("调查终结报告", "日期"),
        ("事先告知书", "日期"),
        ("处罚决定书", "作出日期"),
    ):
        f = ctx.case.fact(kind, name)
        day = day_of(f)
        if day and start > day:
            return fail(
                f"立案批准日期 {cn_day(start)} 晚于{kind}日期 {cn_day(day)}",
                [filed.place, f.place],
                subject=kind,
            )
    if ctx.decided is None:
        return review("没有读到决定书日期")
    return passed(f"立案日期 {cn_day(start)} 在先", [filed.place])


def act_ended(ctx: Context) -> tuple[dt.date, object] | None:
    """The day the violation ended, from the facts told in the decision, notice or report."""
    for p in ctx.case.readable("处罚决定书", "事先告知书", "调查终结报告"):
        text = p.running_text.without_spaces
        for m in re.finditer(r"经查|查明|违法事实", text):
            part = text[m.start() : m.start() + 700]
            spans = [(d, s, e) for d, s, e in find_dates(part)]
            for d, s, e in spans:
                if re.match(r"(?:时)?(?:终了|终止|停止|结束)", part[e : e + 4]):
                    return d, p.running_text.place(m.start() + s, m.start() + e)
            for d, s, e in spans:
                if re.search(r"至$", part[max(0, s - 1) : s]) and not re.match(
                    r"[^，。；]{0,6}(?:前|立案|送达|始|才)", part[e : e + 8]
                ):
                    return d, p.running_text.place(m.start() + s, m.start() + e)
            for d, s, e in spans:
                before, after = part[max(0, s - 16) : s], part[e : e + 24]
                if re.search(r"(?:经查|查明|查实)[，：,]?$", before) and re.match(
                    r"(?:\d{1,2}时)?[^，。；]{0,8}，?(?:当事人|你|该|本案)", after
                ):
                    return d, p.running_text.place(m.start() + s, m.start() + e)
                if re.search(
                    r"(?:当事人|你|你单位|你公司|公司|违法行为(?:发生|终了)?)(?:于|在|自|从)?$|违法行为.{0,6}(?:于|在|为)$",
                    before,
                ) and not re.search(r"立案|送达|告知|检查时|作出", after):
                    return d, p.running_text.place(m.start() + s, m.start() + e)
    return None


@predicate("违法行为在追责时效内")
def limitation(ctx: Context) -> Verdict:
    """违法行为终了日至立案（发现）日不超过二年；涉及公民生命健康安全、
    金融安全且有危害后果的五年（行政处罚法36）。
    """
    got = act_ended(ctx)
    filed = ctx.case.fact("立案审批表", "立案日期")
    found = filed
    day = day_of(filed)
    for p in ctx.case.readable("案件来源登记表", "立案审批表"):
        f = p.field("登记时间", "登记日期", "受理时间", "发现时间", accept=r"年|\d{4}")
        d = next(find_dates(f.without_spaces), None) if f else None
        if d and (day is None or d[0] < day):
            day, found = d[0], f
    for p in ctx.case.readable("现场检查笔录"):
        d = day_of(ctx.case.facts_of(p).get("开始时间"))
        if d and (day is None or d < day):
            day, found = d, ctx.case.facts_of(p)["开始时间"]
    if got is None or day is None:
        return review("没有读到违法行为终了日或者立案（发现）日")
    limit, longer = ctx.limit("追责时效"), ctx.limit("追责时效_安全")
    if limit is None:
        return review("没有该日有效的追责时效参数")
    end = got[0]
    if day <= add_months(end, int(limit.value) * 12):
        return passed(
            f"违法行为 {cn_day(end)} 终了，{cn_day(day)} 发现，未超过{limit.value}年", [got[1]]
        )
    if longer and day <= add_months(end, int(longer.value) * 12):
        risky = any(
            p.has(r"食品|药品|医疗|生命健康|安全生产|事故|中毒|金融|危险")
            for p in ctx.case.readable("处罚决定书")
        )
        if risky:
            return review(
                f"违法行为 {cn_day(end)} 终了至 {cn_day(day)} 已超过二年，是否属于五年时效的情形请人工判断",
                [got[1], found.place],
            )
    return fail(
        f"违法行为 {cn_day(end)} 终了，{cn_day(day)} 才发现（立案），超过{limit.sentence()}",
        [got[1], found.place],
    )
