"""Judgements that several procedures share: the agency that signs, the bound volume, recordings,
approval before acting.
"""

from __future__ import annotations

from decimal import Decimal

from casereview.chinese import key
from casereview.facts.readers import day_of
from casereview.model import Verdict
from casereview.papers.page_numbers import page_labels
from casereview.rules.verdicts import (
    Context,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
    says,
)

SEIZED = ("查封扣押决定书",)


@predicate("立卷齐全")
def bound(ctx: Context) -> Verdict:
    """应当有封面、卷内目录和页码。分散的电子文件没有页码不扣分，由人工看纸质卷。"""
    for kinds, word in ((("卷宗封面",), "没有卷宗封面"), (("卷内目录",), "没有卷内目录")):
        if not ctx.case.readable(*kinds):
            return ctx.missing(kinds, word, "卷内目录", *ctx.decisions)
    merged = [s for s in ctx.case.sources if s.format == "pdf" and len(s.pages) >= 8]
    bare = [s for s in merged if not page_labels(s.pages) and all(p.readable for p in s.pages)]
    if bare and not any(p.ocr for p in bare[0].pages):
        return fail(
            f"{bare[0].path}共 {len(bare[0].pages)} 页，没有编页码",
            [p.top() for p in ctx.case.papers if p.doc.file == bare[0].path][:1],
            subject="页码",
        )
    return (
        review("扫描件没有读到页码，请人工核对", [ctx.case.one("卷内目录").top()])
        if bare
        else passed("有封面和目录", [ctx.case.one("卷宗封面").top()])
    )


@predicate("强制拆除先公告")
def demolition(ctx: Context) -> Verdict:
    """违法建筑强制拆除前应当公告限期自行拆除，并待复议、诉讼期满（行政强制法44）。"""
    order = ctx.case.one("强制执行决定书")
    record = ctx.case.one("强制执行笔录")
    if not any(p and says(p, ("拆除",)) for p in (order, record)):
        gone = ctx.absent("强制执行决定书")
        return gone if gone else na("不是强制拆除")
    notice = ctx.case.one("拆除公告")
    if notice is None:
        return ctx.missing(["拆除公告"], "强制拆除而没有限期自行拆除的公告", "强制执行决定书")
    posted, done = ctx.fact("拆除公告.日期"), ctx.fact("强制执行笔录.日期")
    decided = next(
        (f for k in ("处罚决定书", "责令改正通知书") if (f := ctx.fact(f"{k}.送达日期"))), None
    )
    if day_of(done) and day_of(posted) and day_of(posted) > day_of(done):
        return fail(
            f"公告 {cn_day(day_of(posted))} 晚于拆除 {cn_day(day_of(done))}",
            [posted.place, done.place],
        )
    if day_of(done) and day_of(decided):
        from casereview.law.workdays import add_months

        months = ctx.limit("起诉期限", day_of(decided))
        last = add_months(day_of(decided), int(months.value)) if months else None
        if last and day_of(done) <= last:
            return fail(
                f"决定 {cn_day(day_of(decided))} 送达，起诉期限至"
                f" {cn_day(last)}，{cn_day(day_of(done))} 即已拆除",
                [done.place, decided.place],
                subject="拆除",
            )
        return passed("公告后拆除，起诉期限已满", [posted.place if posted else notice.top()])
    return review(
        "有拆除公告；没有读到决定送达日或者拆除日，起诉期限是否届满请人工核对", [notice.top()]
    )


@predicate("检查频次不超上限")
def frequency(ctx: Context) -> Verdict:
    """单位提供了《检查频次上限》和《检查台账》时，同一对象当年检查次数不超过公布的上限。"""
    caps, log = ctx.case.unit.lists.get("检查频次上限"), ctx.case.unit.lists.get("检查台账")
    if caps is None or log is None:
        return na("单位未提供检查频次上限和检查台账")
    who = ctx.fact("检查通知书.当事人") or ctx.fact("现场检查笔录.当事人")
    day = ctx.day("现场检查笔录", "开始时间") or ctx.day("检查通知书", "日期")
    if who is None or day is None:
        return review("没有读到被检查人或者检查日期")
    n = sum(
        key(who.value) == key(r.get("被检查人", ""))
        and r.get("检查日期", "").startswith(str(day.year))
        for r in log
    )
    numbers = [Decimal(r["上限"]) for r in caps if r.get("上限", "").isdigit()]
    if not numbers:
        return review("检查频次上限里没有读到次数", [who.place])
    return (
        fail(
            f"{who.value} {day.year} 年已检查 {n} 次，超过公布的上限 {max(numbers)} 次", [who.place]
        )
        if n > max(numbers)
        else passed(f"{day.year} 年检查 {n} 次，上限 {max(numbers)} 次", [who.place])
    )


@predicate("收费有依据")
def fees(ctx: Context) -> Verdict:
    """实施许可不收费；卷内有收费票据的，应当写明法律、行政法规依据（行政许可法58）。"""
    slips = [
        p
        for p in ctx.case.readable("缴款凭证", "其他")
        if p.has(r"(?:工本费|手续费|许可费|审查费|服务费|评审费|收费)")
        and p.has(r"票据|收据|发票|缴款")
    ]
    if not slips:
        return (
            review("有文件未能完整读取，可能有收费票据")
            if ctx.case.unread
            else passed("卷内没有收费票据", ctx.case.anchor(*ctx.decisions))
        )
    if any(
        says(p, ("收费依据", "依据…收费", "收费标准…条例", "依据…收取"))
        for p in ctx.case.papers
        if p.doc.readable
    ):
        return review(
            "有收费票据并载明收费依据，依据是否为法律、行政法规请人工核对", [slips[0].top()]
        )
    return fail(
        f"{slips[0].name}载明收费，卷内没有法律、行政法规依据", [slips[0].top()], subject="收费"
    )


@predicate("许可听证主持人独立")
def presider(ctx: Context) -> Verdict:
    """审查该许可申请的工作人员不得主持听证（行政许可法48）。"""
    p = ctx.case.one("听证笔录")
    if p is None:
        return ctx.absent("听证笔录")
    who = ctx.case.facts_of(p).get("主持人")
    from casereview.facts.form_fields import officers

    examined = {o.name: o.place for q in ctx.case.readable("核查笔录") for o in officers(q)}
    if who is None or not ctx.case.readable("核查笔录", "许可审查审批表"):
        return review("没有读到听证主持人或者审查人员", [p.top()])
    if who.value in examined and not p.recognised:
        return fail(
            f"听证主持人{who.value}同时是审查人员",
            [who.place, examined[who.value]],
            subject=who.value,
        )
    return passed(f"主持人{who.value}不是核查人员", [who.place])
