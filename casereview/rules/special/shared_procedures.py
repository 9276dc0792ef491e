"""Judgements that several procedures share: the agency that signs, the bound volume, recordings,
approval before acting.
"""

from __future__ import annotations

import re
from decimal import Decimal

from rapidfuzz import fuzz

from casereview.chinese import key, without_spaces
from casereview.facts.readers import day_of
from casereview.model import Fact, Place, Verdict
from casereview.papers.page_numbers import page_labels
from casereview.papers.paper import Paper
from casereview.rules.verdicts import (
    Context,
    approved,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
    says,
)

INNER = re.compile(
    r"(?:局|厅|委员会|政府|办事处|中心|委)[\u4e00-\u9fff]{0,10}?(?:大队|中队|支队|科|股|室|处|所|分局|窗口)$"
)
SEIZED = ("查封扣押决定书",)


def inner_office(p: Paper) -> Place | None:
    """The line at the foot by which an inner department signs: 某某局某某科, 某某局执法大队."""
    for page, ln in p.running_text.lines[-6:]:
        text = without_spaces(ln.text)
        if len(text) <= 34 and re.fullmatch(r"[\u4e00-\u9fff]+", text) and INNER.search(text):
            return Place(p.running_text.file, page, ln.box, text)
    return None


@predicate("落款机关合法")
def agency(ctx: Context) -> Verdict:
    """决定文书的落款机关前后一致，不以内设机构、受委托组织名义作出。"""
    for p in ctx.case.readable(*ctx.decisions):
        inner = inner_office(p)
        if inner and key(inner.quote) != key(ctx.case.ref.unit):
            word = (
                review
                if re.search(r"(?:派出所|税务所|监督所|分局)$", inner.quote) or p.recognised
                else fail
            )
            return word(f"{p.name}以“{inner.quote}”名义作出，像是内设机构或者派出机构", [inner])
    found: list[tuple[Paper, Fact]] = []
    for p in ctx.case.papers:
        if (
            p.doc.readable
            and p.doc.kind.endswith(("决定书", "通知书", "告知书", "催告书"))
            and not p.doc.kind.startswith("检测")
        ):
            f = ctx.case.facts_of(p).get("落款机关") or ctx.case.facts_of(p).get("机关")
            if f:
                found.append((p, f))
    if not found:
        return ctx.absent(*ctx.decisions) or review("没有读到落款机关")
    base = next((x for x in found if x[0].doc.kind in ctx.decisions), found[0])
    for p, f in found:
        a, b = key(str(f.value)), key(str(base[1].value))
        if a != b and a not in b and b not in a:
            word = (
                review if fuzz.ratio(a, b) >= 80 and ctx.scanned(f.place, base[1].place) else fail
            )
            return word(
                f"{p.name}落款为“{f.value}”，{base[0].doc.kind}落款为“{base[1].value}”",
                [f.place, base[1].place],
            )
    if ctx.unreadable(*ctx.decisions):
        return review("有决定文书未能识别文字", [ctx.unreadable(*ctx.decisions)[0].top()])
    return passed(f"落款均为{base[1].value}", [base[1].place])


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


@predicate("有音像资料")
def recorded(ctx: Context) -> Verdict:
    """卷内应当有音像文件，或者音像资料清单（光盘说明）。"""
    media = [s for s in ctx.case.sources if s.format == "media"]
    lists = ctx.case.readable("音像资料清单")
    if media or lists:
        return passed(
            f"有音像文件 {len(media)} 个" if media else "有音像资料清单",
            [lists[0].top()] if lists else ctx.case.anchor(*ctx.decisions),
        )
    for p in ctx.case.papers:
        if p.doc.readable and says(
            p,
            (
                "执法记录仪…记录",
                "全程录音录像",
                "同步录音录像",
                "全程音像记录",
                "视频编号",
                "光盘编号",
            ),
        ):
            return passed(f"{p.name}有音像记录的记载", [p.top()])
    return ctx.missing(["音像资料清单"], "卷内没有音像文件，也没有音像资料清单", *ctx.decisions)


@predicate("强制措施先批准后实施")
def approved_first(ctx: Context) -> Verdict:
    """实施前应当经负责人批准；紧急当场实施的，二十四小时内补办（行政强制法18、19）。"""
    form = ctx.case.one("查封扣押审批表")
    if form is None:
        return (
            ctx.missing(["查封扣押审批表"], "没有实施强制措施的审批表", *SEIZED)
            if ctx.case.all(*SEIZED)
            else ctx.absent(*SEIZED) or na("没有采取强制措施")
        )
    approved = ctx.fact("查封扣押审批表.批准日期")
    done = ctx.fact("查封扣押现场笔录.开始时间") or ctx.fact("查封扣押决定书.日期")
    if day_of(approved) is None or day_of(done) is None:
        return review("没有读到批准日期或者实施日期", [form.top()])
    days = (day_of(approved) - day_of(done)).days
    text = f"批准 {cn_day(day_of(approved))}，实施 {cn_day(day_of(done))}"
    if days <= 0:
        return passed(text, [approved.place, done.place])
    urgent = any(
        says(p, ("情况紧急", "紧急情况", "当场实施", "补办批准", "补办手续"))
        for p in ctx.case.readable(
            "查封扣押审批表", "查封扣押现场笔录", "查封扣押决定书", "现场检查笔录"
        )
    )
    limit = ctx.limit("紧急补批时限", day_of(done))
    if urgent and days == 1:
        return review(
            f"{text}，情况紧急，是否在{limit.sentence() if limit else '二十四小时'}内补办请按时刻核对",
            [approved.place, done.place],
        )
    return fail(
        f"{text}，批准晚于实施"
        + (f"，超过{limit.sentence()}" if urgent and limit else "，且没有紧急情况的记载"),
        [approved.place, done.place],
    )


@predicate("延长在期满前批准")
def extension(ctx: Context) -> Verdict:
    """延长查封、扣押期限应当在期满前批准，书面告知当事人（行政强制法25）。"""
    paper = ctx.case.one("查封扣押延长决定书")
    if paper is None:
        return ctx.absent("查封扣押延长决定书") or na("没有延长")
    start, day = ctx.fact("查封扣押决定书.日期"), ctx.fact("查封扣押延长决定书.日期")
    limit = ctx.limit("查封扣押期限", day_of(start)) if day_of(start) else None
    if day_of(start) is None or day_of(day) is None or limit is None:
        return review("没有读到查封（扣押）日或者延长的日期", [paper.top()])
    n = (day_of(day) - day_of(start)).days
    if n > limit.value:
        return fail(
            f"查封（扣押）{cn_day(day_of(start))}，延长 {cn_day(day_of(day))}，"
            f"已过{limit.sentence()}",
            [day.place, start.place],
            subject="延长",
        )
    if not (
        ctx.case.receipts("查封扣押延长决定书")
        or ctx.fact("查封扣押延长决定书.送达日期")
        or says(paper, ("送达", "签收", "告知当事人", "通知当事人"))
    ):
        return ctx.missing(
            ["送达回证"], "延长查封（扣押）期限没有书面告知当事人的记录", "查封扣押延长决定书"
        )
    return passed(f"第 {n} 日批准延长，已告知当事人", [day.place])


@predicate("不在夜间节假日执行")
def not_at_night(ctx: Context) -> Verdict:
    """强制执行不得在夜间或者法定节假日实施，情况紧急的除外（行政强制法43）。"""
    papers = ctx.case.readable("强制执行笔录", "代履行笔录")
    if not papers:
        return ctx.absent("强制执行笔录", "代履行笔录")
    for p in papers:
        if says(p, ("情况紧急", "紧急情况", "立即实施代履行")):
            continue
        span = ctx.case.facts_of(p)
        a, b = span.get("开始时间"), span.get("结束时间")
        if a is None:
            return review(f"{p.name}没有读到执行时间", [p.top()])
        start, end = ctx.limit("夜间起", day_of(a)), ctx.limit("夜间止", day_of(a))
        hours = [int(f.value[11:13]) + int(f.value[14:16]) / 60 for f in (a, b) if f]
        if not ctx.calendar.is_workday(day_of(a)) and day_of(a).weekday() < 5:
            return fail(
                f"{p.name}载明 {cn_day(day_of(a))} 执行，是法定节假日，没有紧急情况的记载",
                [a.place],
                subject="节假日",
            )
        if start and end and any(h >= float(start.value) or h < float(end.value) for h in hours):
            return fail(
                f"{p.name}载明 {a.value} 起执行，在夜间（{start.value} 时至次日 {end.value} 时），"
                "没有紧急情况的记载",
                [a.place],
                subject="夜间",
            )
        if not ctx.calendar.is_workday(day_of(a)):
            return review(
                f"{p.name}载明 {cn_day(day_of(a))} 执行，是周末，是否为法定节假日请人工核对",
                [a.place],
            )
    return passed("执行时间不在夜间和节假日", [papers[0].top()])


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


@predicate("补正一次告知")
def corrections_once(ctx: Context) -> Verdict:
    """材料不齐的五个工作日内一次告知需要补正的全部内容（行政许可法32）。"""
    papers = ctx.case.readable("补正告知书")
    if not papers:
        return ctx.absent("补正告知书")
    if len(papers) > 1:
        return fail(
            f"先后 {len(papers)} 次告知补正，没有一次告知全部内容",
            [p.top() for p in papers],
            subject="多次告知",
        )
    if len(papers[0].running_text.without_spaces) < 60 or not papers[0].has(
        r"(?:补正|补齐|提交|缺少|补充|更正)[^。]{0,20}(?:如下|下列|以下|材料|内容|事项)|[1一][、.．]"
    ):
        return review(f"{papers[0].name}没有读到需要补正的内容", [papers[0].top()])
    return passed("一次告知补正内容", [papers[0].top()])


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


@predicate("许可经负责人批准")
def licence_approved(ctx: Context) -> Verdict:
    """许可审查审批表应当有负责人意见、签名和日期。"""
    p = ctx.case.one("许可审查审批表")
    return (
        approved(ctx, p, "许可经负责人批准")
        if p
        else ctx.absent("许可审查审批表") or review("没有读到许可审查审批表")
    )
