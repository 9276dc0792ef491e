"""Service, execution and closing (行政处罚法 61, 66, 67, 72, 85; 民事诉讼法 87-95; 行政强制法 53,
54).
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from casereview.chinese import find_money
from casereview.facts.form_fields import signatures
from casereview.facts.readers import day_of
from casereview.law.workdays import add_months
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import (
    Context,
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
