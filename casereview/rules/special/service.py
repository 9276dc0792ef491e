"""Service, execution and closing (行政处罚法 61, 66, 67, 72, 85; 民事诉讼法 87-95; 行政强制法 53,
54).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from casereview.chinese import find_dates, find_money
from casereview.facts.form_fields import REFUSED, signatures
from casereview.facts.readers import day_of, signed_at
from casereview.law.workdays import add_months
from casereview.model import Place, Verdict
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
    served_days,
)


def decision_service(ctx: Context) -> tuple[dt.date, Place] | None:
    """The day the decision was served."""
    days = served_days(ctx, *ctx.decisions)
    return days[-1] if days else None


@predicate("决定书送达回证在卷")
def receipt_present(ctx: Context) -> Verdict:
    """应当有决定书的送达回证（或者邮寄、公告、电子送达凭证，或者决定书上的签收）。"""
    if ctx.case.receipts(*ctx.decisions):
        return passed("有决定书送达回证", [ctx.case.receipts(*ctx.decisions)[0].top()])
    if served_days(ctx, *ctx.decisions):
        return passed("当事人在决定书上签收", [served_days(ctx, *ctx.decisions)[0][1]])
    if ctx.case.readable("送达公告"):
        return passed("有送达公告", [ctx.case.readable("送达公告")[0].top()])
    unknown = [r for r in ctx.case.readable("送达回证") if not r.doc.serves]
    if unknown:
        return review(f"{unknown[0].name}没有读到所送达的文书名称", [unknown[0].top()])
    return ctx.missing(["送达回证"], "没有决定书的送达回证", "处罚决定书")


def receipt_gone(ctx: Context) -> Verdict | None:
    """na when the decision's receipt is surely absent (service.receipt-present says so)."""
    if ctx.case.receipts(*ctx.decisions):
        return None
    v = ctx.absent("送达回证")
    if v is None:
        hiding = ctx.unreadable("送达回证") or ctx.case.could_hide("送达回证")
        if hiding:
            return review("有送达回证未能识别文字")
    return (
        v if v and v.status == "review" else na("卷内没有决定书送达回证（见“决定书送达回证在卷”）")
    )


@predicate("决定书七日内送达")
def served_in_time(ctx: Context) -> Verdict:
    """当事人不在场的，决定书应当在七个工作日内送达（行政处罚法61、85）；公告送达按公告期。"""
    gone = receipt_gone(ctx)
    if gone:
        return gone
    got = decision_service(ctx)
    if ctx.decided is None or got is None:
        v = ctx.absent(*ctx.decisions)
        return v if v and v.status == "review" else review("没有读到决定日期或者送达日期")
    limit = ctx.limit("送达期限")
    if limit is None:
        return review("没有决定日有效的送达期限参数")
    r = ctx.case.receipts(*ctx.decisions)[0]
    how = ctx.case.facts_of(r).get("送达方式")
    n = ctx.calendar.workdays_after(ctx.decided, got[0])
    text = f"决定 {cn_day(ctx.decided)}，送达 {cn_day(got[0])}，{n} 个工作日"
    if n <= limit.value:
        return passed(text, [got[1]])
    if how and "公告" in how.value:
        return na("公告送达，按公告期计算")
    if how and "邮" in how.value:
        sent = [
            d
            for d, s, e in find_dates(r.running_text.without_spaces)
            if re.search(r"交邮|寄出|邮寄|投递|特快", r.running_text.without_spaces[e : e + 14])
        ]
        if sent and ctx.calendar.workdays_after(ctx.decided, sent[0]) <= limit.value:
            return passed(f"{cn_day(sent[0])} 交邮，在途时间不计", [got[1]])
        return review(text + "；邮寄在途时间不计，请人工核对交邮日期", [got[1]])
    return fail(
        f"{text}，超过{limit.sentence()}", [got[1], ctx.dfact("作出日期").place], subject="送达回证"
    )


_REMOTE = re.compile(r"邮|电子|公告|转交|委托|短信|传真")


@predicate("送达回证要素齐全")
def receipt_complete(ctx: Context) -> Verdict:
    """决定书送达回证应当有受送达人签名（盖章）、送达日期、送达方式、两名送达人。"""
    gone = receipt_gone(ctx)
    if gone:
        return gone
    r = ctx.case.receipts(*ctx.decisions)[0]
    f = ctx.case.facts_of(r)
    how = f.get("送达方式")
    lacks, unknown = [], []
    if f.get("送达日期") is None:
        (unknown if list(find_dates(r.running_text.without_spaces)) else lacks).append("送达日期")
    if how is None:
        (lacks if r.field("送达方式") else unknown).append("送达方式")
    remote = bool(how and _REMOTE.search(how.value))
    left = bool(how and "留置" in how.value) or bool(REFUSED.search(r.running_text.without_spaces))
    got = signed_at(r, "受送达人签收")
    if not remote and not left:
        if got and not any(s.signed for s in got):
            lacks.append("受送达人签名")
        elif not got:
            unknown.append("受送达人签名处")
    servers = signed_at(r, "送达人")
    if not remote:
        if servers and not any(s.signed for s in servers):
            lacks.append("送达人签名")
        elif servers and max(s.count for s in servers) == 1 and not all(s.sure for s in servers):
            unknown.append("第二名送达人签名")
        elif servers and max(s.count for s in servers) == 1:
            lacks.append("第二名送达人签名")
        elif not servers:
            unknown.append("送达人签名处")
    if lacks:
        return fail(f"{r.name}缺{'、'.join(lacks)}", [r.top()], subject="送达回证")
    if unknown:
        return review(f"{r.name}没有读到{'、'.join(unknown)}", [r.top()])
    return passed("要素齐全", [r.top()])


@predicate("送达方式合法")
def method_lawful(ctx: Context) -> Verdict:
    """留置送达应当有见证人或拍照录像；电子送达应当有当事人同意的确认书；
    公告送达应当有无法送达的证明且满期限。
    """
    rs = [r for r in ctx.case.readable("送达回证") if r.doc.serves] or ctx.case.readable("送达回证")
    notes = ctx.case.readable("送达公告")
    if not rs and not notes:
        return ctx.absent("送达回证") or na("没有送达回证")
    special = [
        (r, f.value, f.place)
        for r in rs
        if (f := ctx.case.facts_of(r).get("送达方式")) and not re.match(r"直接|当场|当面", f.value)
    ]
    refused = [
        r
        for r in rs
        if re.search(r"拒绝签收|拒收", r.running_text.without_spaces)
        and not any(r is s[0] for s in special)
    ]
    for r, how, place in special:
        t = r.running_text.without_spaces
        if "留置" in how:
            witness = (
                re.search(r"见证人[^\n]{0,4}\n?[\u4e00-\u9fff￼]{1,4}", t)
                and any(
                    s.signed
                    for s in signatures(r, "见证人", "见证人签名", "见证人（签名）", "见证人签字")
                )
                or re.search(r"拍照|录像|录音录像|摄像|影像|视频", t)
            )
            if not witness and not any(
                re.search(r"留置|送达", s.path) for s in ctx.case.sources if s.media
            ):
                return fail(
                    f"{r.name}为留置送达，没有见证人，也没有拍照录像记录",
                    [place],
                    subject="送达回证",
                )
        elif re.search(r"电子|短信|微信|传真|邮箱", how):
            ok = None
            for p in ctx.case.readable("送达地址确认书"):
                f = p.field(
                    "是否同意电子送达",
                    "电子送达",
                    "电子送达意愿",
                    "是否接受电子送达",
                    "电子送达方式",
                )
                text = f.without_spaces if f else p.running_text.without_spaces
                ok = (
                    bool(re.search(r"(?<!不)(?:同意|接受)|^是", text))
                    and not re.search(r"不同意|不接受|^否", text)
                    if f or re.search("电子送达", text)
                    else ok
                )
            if ok is True:
                continue
            if ok is None and ctx.case.could_hide("送达地址确认书"):
                return review("电子送达，有文件未能读取，不能断定没有确认书", [place])
            return fail(
                f"{r.name}为电子送达，没有当事人同意电子送达的确认书",
                [place, *(p.top() for p in ctx.case.readable("送达地址确认书")[:1])],
                subject="送达回证",
            )
        elif "公告" in how:
            return _by_notice(ctx, r, place)
    if refused:
        return review(
            f"{refused[0].name}记载拒绝签收而送达方式不是留置，请人工判断", [refused[0].top()]
        )
    if notes and not special:
        return _by_notice(ctx, notes[0], notes[0].top())
    if not special:
        if ctx.unreadable("送达回证"):
            return review("有送达回证未能识别文字")
        return na("直接送达")
    return passed(f"{special[0][1]}手续齐全", [special[0][2]])


def _by_notice(ctx: Context, r: Paper, place: Place) -> Verdict:
    days = served_days(ctx, *ctx.decisions)
    limit = ctx.limit("公告送达期限")
    notes = ctx.case.readable("送达公告")
    posted = day_of(ctx.case.facts_of(notes[0]).get("日期")) if notes else None
    tried = any(
        p.has(r"下落不明|无法(?:直接)?送达|退回|其他方式无法")
        for p in [r, *notes, *ctx.case.readable("其他", "送达回证")]
    )
    if not tried:
        return fail("公告送达，没有其他方式无法送达的证明", [place], subject="送达回证")
    if days and posted and limit and (days[-1][0] - posted).days < limit.value:
        return fail(
            f"公告 {cn_day(posted)}，{cn_day(days[-1][0])} 即视为送达，不足{limit.sentence()}",
            [place],
            subject="送达回证",
        )
    return review("公告送达的期限和经过请人工核对", [place])


def _due(ctx: Context) -> tuple[Decimal, Place] | None:
    total = Decimal(0)
    place = None
    for n in ("罚款金额", "没收金额"):
        f = ctx.dfact(n)
        if f:
            total += Decimal(f.value)
            place = place or f.place
    return (total, place) if place else None


def _no_money(ctx: Context) -> Verdict | None:
    kinds = ctx.dfact("处罚种类")
    if ctx.decision is None:
        return (
            ctx.absent(*ctx.decisions)
            if ctx.absent(*ctx.decisions).status == "review"
            else na("卷内没有处罚决定书")
        )
    if kinds and not {"罚款", "没收违法所得"} & set(kinds.value):
        return na("没有罚没款")
    return None


@predicate("缴款与决定一致")
def payment_matches(ctx: Context) -> Verdict:
    """缴款金额不得少于决定金额；已结案应当有缴款凭证。延期分期、强制执行的除外。"""
    gone = _no_money(ctx)
    if gone:
        return gone
    due = _due(ctx)
    slips = ctx.case.readable("缴款凭证")
    if not slips:
        if ctx.case.readable("强制执行申请书", "延期分期缴纳审批表"):
            return na("已申请强制执行或者延期分期缴纳")
        if not ctx.case.readable("结案审批表"):
            v = ctx.absent("缴款凭证", "结案审批表")
            return (
                v
                if v and v.status == "review"
                else review("没有缴款凭证，也未结案，请人工核对执行情况")
            )
        return ctx.missing(["缴款凭证"], "已结案而没有缴款凭证", "结案审批表", "处罚决定书")
    sums = [ctx.case.facts_of(p).get("金额合计") for p in slips]
    if due is None or any(s is None for s in sums):
        return review("没有读到决定金额或者缴款金额", [slips[0].top()])
    paid = sum((Decimal(s.value) for s in sums), Decimal(0))
    if paid < due[0]:
        if ctx.unreadable("缴款凭证"):
            return review("有缴款凭证未能识别文字")
        if ctx.case.readable("延期分期缴纳审批表"):
            return review(
                f"已缴 {paid} 元，少于决定的 {due[0]} 元；有延期分期批准，请人工核对",
                [sums[0].place],
            )
        return fail(
            f"缴款合计 {paid} 元，少于决定的 {due[0]} 元",
            [sums[0].place, due[1]],
            subject="缴款凭证",
        )
    return passed(f"缴款 {paid} 元，决定 {due[0]} 元", [sums[0].place])


@predicate("期限内缴款或依法催缴")
def paid_in_time(ctx: Context) -> Verdict:
    """收到决定书十五日内缴款；超过的应当有延期分期批准、加处罚款或者催告。"""
    gone = _no_money(ctx)
    if gone:
        return gone
    got = decision_service(ctx)
    slips = [
        f for p in ctx.case.readable("缴款凭证") if (f := ctx.case.facts_of(p).get("缴款日期"))
    ]
    if ctx.case.readable("延期分期缴纳审批表", "加处罚款决定书", "催告书", "强制执行申请书"):
        return passed(
            "有延期分期批准、加处罚款或者催告",
            [
                ctx.case.readable(
                    "延期分期缴纳审批表", "加处罚款决定书", "催告书", "强制执行申请书"
                )[0].top()
            ],
        )
    if got is None or not slips:
        v = ctx.absent("缴款凭证") if not slips else None
        if v and v.status == "na":
            return na("没有缴款凭证（见“缴款与决定一致”）")
        if got is None and slips and ctx.decided and (day_of(slips[0]) - ctx.decided).days <= 15:
            return passed("自决定之日起十五日内已缴款", [slips[0].place])
        return v or review("没有读到送达日期或者缴款日期")
    limit = ctx.limit("缴款期限")
    if limit is None:
        return review("没有该日有效的缴款期限参数")
    last = max(slips, key=lambda f: f.value)
    end = ctx.calendar.last_day(got[0], int(limit.value), working=False)
    text = f"{cn_day(got[0])} 送达，期限 {cn_day(end)}，{cn_day(day_of(last))} 缴款"
    if day_of(last) <= end:
        return passed(text, [last.place])
    hidden = ctx.absent("延期分期缴纳审批表", "加处罚款决定书", "催告书")
    if hidden and hidden.status == "review":
        return review(f"{text}；{hidden.message}", hidden.places)
    return fail(
        f"{text}，超过{limit.sentence()}，没有延期分期批准、加处罚款或者催告",
        [last.place, got[1]],
        subject="缴款凭证",
    )


@predicate("加处罚款计算正确")
def surcharge(ctx: Context) -> Verdict:
    """加处罚款每日百分之三，不超过罚款本数（行政处罚法72）。"""
    gone = ctx.absent("加处罚款决定书")
    if gone:
        return gone
    p = ctx.case.one("加处罚款决定书")
    fine = ctx.dfact("罚款金额")
    text = p.running_text.without_spaces
    m = re.search(r"加处(?:罚款)?[^。；\n]{0,30}", text)
    money = [
        x
        for s in re.finditer(r"加处(?:的)?罚款(?:数额|金额)?(?:共计|合计|为|计)?", text)
        for x in find_money(text[s.end() : s.end() + 30])
    ]
    days = re.search(r"逾期(?:共|计)?(\d+|[一二三四五六七八九十百]+)[日天]", text)
    rate = ctx.limit("加处罚款日率")
    if fine is None or not money or rate is None:
        return review("没有读到罚款本数或者加处数额", [p.top()])
    added = max(x[0] for x in money)
    at = p.running_text.place(m.start(), m.end()) if m else p.top()
    if added > Decimal(fine.value):
        return fail(f"加处罚款 {added} 元，超过罚款本数 {fine.value} 元", [at, fine.place])
    if days:
        from casereview.chinese import cn_number

        n = cn_number(days[1]) or 0
        right = min(Decimal(fine.value), Decimal(fine.value) * rate.value / 100 * n)
        if abs(right - added) > 1:
            return fail(
                f"逾期 {n} 日，每日 {rate.value}% 应为 {right.normalize():f} 元，决定加处 {added} 元",
                [at, fine.place],
            )
        return passed(f"{fine.value} × {rate.value}% × {n} 日 = {added} 元", [at])
    return review(f"加处 {added} 元未超过本数；没有读到逾期天数，请人工核算", [at])


@predicate("申请强制执行前催告")
def demand_first(ctx: Context) -> Verdict:
    """申请法院强制执行前应当催告，催告送达后满十个工作日（行政强制法54、69）。"""
    gone = ctx.absent("强制执行申请书")
    if gone:
        return gone
    p = ctx.case.one("强制执行申请书")
    applied = ctx.case.facts_of(p).get("日期")
    if not ctx.case.readable("催告书"):
        return ctx.missing(["催告书"], "申请强制执行而没有催告书", "强制执行申请书")
    days = served_days(ctx, "催告书")
    limit = ctx.limit("催告期限", day_of(applied))
    if not days or day_of(applied) is None or limit is None:
        return review("没有读到催告书送达日期或者申请日期", [p.top()])
    end = ctx.calendar.last_day(days[0][0], int(limit.value), working=True)
    text = (
        f"催告书 {cn_day(days[0][0])} 送达，十个工作日于 {cn_day(end)}"
        f" 届满，{cn_day(day_of(applied))} 申请"
    )
    if day_of(applied) <= end:
        return fail(f"{text}，不足{limit.sentence()}", [applied.place, days[0][1]])
    return passed(text, [applied.place])


@predicate("三个月内申请强制执行")
def court_in_time(ctx: Context) -> Verdict:
    """自法定起诉期限届满之日起三个月内申请法院强制执行（行政强制法53）。"""
    gone = ctx.absent("强制执行申请书")
    if gone:
        return gone
    p = ctx.case.one("强制执行申请书")
    applied = ctx.case.facts_of(p).get("日期")
    got = decision_service(ctx)
    suit, limit = ctx.limit("起诉期限"), ctx.limit("申请执行期限", day_of(applied))
    if day_of(applied) is None or got is None or suit is None or limit is None:
        return review("没有读到申请日期或者决定书送达日期", [p.top()])
    if p.has(r"复议决定|判决|裁定") and not p.has(
        r"(?:未|没有|不)[^。；\n]{0,12}(?:复议|起诉|诉讼)"
    ):
        return review("曾经复议或者诉讼，期限请人工核算", [applied.place])
    ended = add_months(got[0], int(suit.value))
    last = ctx.calendar.last_day(add_months(ended, int(limit.value)), 0, working=False)
    text = (
        f"{cn_day(got[0])} 送达，起诉期限 {cn_day(ended)} 届满，{cn_day(last)} 前申请，实际"
        f" {cn_day(day_of(applied))}"
    )
    if day_of(applied) > last:
        return fail(f"{text}，超过{limit.sentence()}", [applied.place, got[1]])
    return passed(text, [applied.place])


@predicate("结案经批准")
def closing_present(ctx: Context) -> Verdict:
    """应当有结案审批表，并有负责人意见、签名、日期；未结案的待复核。"""
    p = ctx.case.one("结案审批表")
    if p is None:
        v = ctx.absent("结案审批表")
        if v and v.status == "review":
            return v
        done = ctx.case.readable("缴款凭证", "备考表") or (
            ctx.case.fact("卷宗封面", "结案日期") and ctx.case.papers
        )
        if not done:
            return review("没有结案审批表，可能尚未结案，请人工核对")
        return ctx.missing(["结案审批表"], "没有结案审批表", "缴款凭证", "卷宗封面")
    return approved(ctx, p, "负责人 {day} 批准结案")


@predicate("责令改正有复查记录")
def rechecked(ctx: Context) -> Verdict:
    """有责令限期改正的，应当有改正情况的复查记录。"""
    orders = [
        p
        for p in ctx.case.readable("责令改正通知书")
        if p.has(r"(?:限|于|在)[^。；\n]{0,40}(?:日|月)(?:之?前|内|之内)|限期|改正期限")
    ]
    if not orders:
        return ctx.absent("责令改正通知书") or na("没有限期改正")
    if ctx.case.readable("整改复查记录"):
        return passed("有复查记录", [ctx.case.readable("整改复查记录")[0].top()])
    for p in ctx.case.readable("现场检查笔录")[1:]:
        if p.has(r"复查|整改情况|改正情况"):
            return passed("检查笔录记载了改正情况", [p.top()])
    return ctx.missing(
        ["整改复查记录"], "有责令限期改正，卷内没有改正情况的复查记录", "责令改正通知书"
    )
