"""Preservation, seizure, tests (行政处罚法 46, 56, 85; 行政强制法 18, 24, 25)."""

from __future__ import annotations

import re

from casereview.facts.readers import day_of
from casereview.facts.reading_steps import last_date
from casereview.model import Verdict
from casereview.rules.verdicts import Context, approved, cn_day, fail, passed, predicate, review


@predicate("先行登记保存经批准")
def preservation_approved(ctx: Context) -> Verdict:
    """先行登记保存应当有负责人批准。"""
    none = ctx.absent("先行登记保存通知书")
    if none:
        return none
    p = ctx.case.one("先行登记保存审批表")
    if p is None:
        return ctx.missing(
            ["先行登记保存审批表"],
            "有先行登记保存通知书而没有负责人批准的审批表",
            "先行登记保存通知书",
        )
    return approved(ctx, p, "先行登记保存经负责人批准")


@predicate("先行登记保存七日内处理")
def preservation_in_time(ctx: Context) -> Verdict:
    """先行登记保存的证据应当在七个工作日内作出处理决定。"""
    none = ctx.absent("先行登记保存通知书")
    if none:
        return none
    start_f = last_date(ctx.case.one("先行登记保存通知书"))
    own = ctx.case.facts_of(ctx.case.one("先行登记保存通知书")).get("日期") or start_f
    p = ctx.case.one("先行登记保存处理决定书")
    if p is None:
        return ctx.missing(
            ["先行登记保存处理决定书"], "先行登记保存后没有处理决定", "先行登记保存通知书"
        )
    end_f = ctx.case.facts_of(p).get("日期")
    start, end = day_of(own), day_of(end_f)
    limit = ctx.limit("登记保存期限", start)
    if not start or not end or limit is None:
        return review("没有读到登记保存日或处理日", [p.top()])
    n = ctx.calendar.workdays_after(start, end)
    if n > limit.value:
        return fail(
            f"登记保存 {cn_day(start)}，处理 {cn_day(end)}，间隔 {n} 个工作日，"
            f"超过{limit.sentence()}",
            [own.place, end_f.place],
        )
    return passed(f"{n} 个工作日内处理", [end_f.place])


SEIZURE = (
    "查封扣押决定书",
    "查封扣押审批表",
    "查封扣押清单",
    "解除查封扣押决定书",
    "查封扣押现场笔录",
    "查封扣押延长决定书",
)


@predicate("查封扣押手续齐全")
def seizure_documented(ctx: Context) -> Verdict:
    """有查封、扣押的，应当有决定书、清单和现场笔录（行政强制法18、24）。"""
    if not ctx.case.readable(*SEIZURE):
        return ctx.absent(*SEIZURE)
    lacks = []
    for kinds, word in (
        (("查封扣押决定书",), "决定书"),
        (("查封扣押清单",), "清单"),
        (("查封扣押现场笔录", "现场检查笔录"), "现场笔录"),
    ):
        if word == "清单" and any(
            re.search(r"序号\n?(?:物品)?名称", p.running_text.without_spaces)
            for p in ctx.case.readable("查封扣押决定书")
        ):
            continue
        if not ctx.case.readable(*kinds):
            lacks.append((kinds, word))
    if lacks:
        return ctx.missing(
            lacks[0][0],
            "查封（扣押）缺" + "、".join(w for _, w in lacks),
            "查封扣押决定书",
            "查封扣押审批表",
        )
    return passed("查封（扣押）决定书、清单、现场笔录齐全")


@predicate("查封扣押不超期")
def seizure_in_time(ctx: Context) -> Verdict:
    """查封、扣押不超过三十日；经批准可以延长三十日（行政强制法25）。检测期间不计入的由人工核对。"""
    p = ctx.case.one("查封扣押决定书")
    if p is None:
        return ctx.absent(*SEIZURE) or review("没有查封（扣押）决定书")
    start_f = ctx.case.facts_of(p).get("日期")
    start = day_of(start_f)
    ends = [
        (day_of(f), f)
        for q in ctx.case.readable("解除查封扣押决定书")
        if (f := ctx.case.facts_of(q).get("日期"))
    ]
    if not ends and ctx.decided:
        ends = [(ctx.decided, ctx.dfact("作出日期"))]
    limit, more = ctx.limit("查封扣押期限", start), ctx.limit("查封扣押延长", start)
    if not start or not ends or limit is None:
        return review("没有读到查封（扣押）的起止日期", [p.top()])
    end, end_f = max(ends, key=lambda e: e[0])
    n = (end - start).days
    extended = bool(ctx.case.readable("查封扣押延长决定书"))
    allowed = int(limit.value) + (int(more.value) if extended and more else 0)
    if n > allowed:
        if ctx.case.readable("检验检测报告") and n <= allowed + 30:
            return review(
                f"查封（扣押）{n} 日，检测期间是否扣除请人工核对", [start_f.place, end_f.place]
            )
        return fail(
            f"自 {cn_day(start)} 至 {cn_day(end)} 共 {n} 日，"
            f"超过{limit.sentence()}{'（已延长）' if extended else '，没有延长决定'}",
            [start_f.place, end_f.place],
        )
    return passed(f"查封（扣押）{n} 日", [start_f.place])


@predicate("检测结果告知当事人")
def test_informed(ctx: Context) -> Verdict:
    """有检验检测（鉴定）报告的，应当有告知当事人的记载。"""
    none = ctx.absent("检验检测报告")
    if none:
        return none
    if ctx.case.readable("检测结果告知书"):
        return passed("有检测结果告知书", [ctx.case.readable("检测结果告知书")[0].top()])
    told = re.compile(
        r"(?:检验|检测|监测|鉴定)(?:报告|结果|结论|意见)(?:书)?[^。"
        r"；\n]{0,30}(?:告知|送达|无异议|复检|签收|知道|收到)|(?:告知|送达|收到)[^。"
        r"；\n]{0,24}(?:检验|检测|监测|鉴定)(?:报告|结果|结论|意见)"
    )
    for p in ctx.case.readable(
        "询问笔录", "送达回证", "现场检查笔录", "处罚决定书", "调查终结报告"
    ):
        s = p.running_text.find(told)
        if s:
            return passed("有告知检测结果的记载", [s.place])
    return ctx.missing(["检测结果告知书"], "有检验检测报告而没有告知当事人的记载", "检验检测报告")
