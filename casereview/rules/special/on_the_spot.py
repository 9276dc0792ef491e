"""Summary procedure (行政处罚法 51-53, 67-70): may it be decided on the spot, does the form say
all, was it handed over, was the money taken lawfully.
"""

from __future__ import annotations

import re
from decimal import Decimal

from casereview.chinese import PartyKind, find_dates
from casereview.facts.form_fields import REFUSED, officers
from casereview.facts.party import kind_in
from casereview.facts.readers import day_of
from casereview.facts.signing import signing_places
from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import (
    Context,
    cn_day,
    fail,
    na,
    passed,
    predicate,
    review,
    says,
    sealed,
)

KIND = "当场处罚决定书"


def _paper(ctx: Context) -> Paper | Verdict:
    p = ctx.case.one(KIND)
    if p is not None:
        return p
    return ctx.absent(KIND) or review("没有读到当场处罚决定书")


@predicate("简易程序适用条件")
def applicable(ctx: Context) -> Verdict:
    """罚款不超过当日有效的限额，处罚种类只能是警告、通报批评、罚款（行政处罚法51）。"""
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    kinds, fine, party = ctx.dfact("处罚种类"), ctx.dfact("罚款金额"), ctx.dfact("当事人")
    other = [k for k in (kinds.value if kinds else []) if k not in ("警告", "罚款", "通报批评")]
    if other and kinds:
        return fail(
            f"当场处罚决定书的处罚种类有{'、'.join(other)}，不能适用简易程序",
            [kinds.place],
            subject=other[0],
        )
    if fine is None:
        return (
            passed("处罚种类为" + "、".join(kinds.value), [kinds.place])
            if kinds
            else review(f"{p.name}没有读到处罚种类和数额", [p.top()])
        )
    if party is None:
        return review("没有读到当事人，不能判断适用公民还是单位的限额", [fine.place])
    kind = kind_in(ctx.case, party.value[0])
    unit = kind in (PartyKind.UNIT, PartyKind.TRADER)
    limit = ctx.limit("简易罚款上限_单位" if unit else "简易罚款上限_公民")
    if limit is None:
        return review("没有决定日有效的简易程序罚款限额", [fine.place])
    if kind is PartyKind.UNKNOWN and Decimal(fine.value) > limit.value:
        why = f"不能判断“{party.value[0]}”是公民还是单位，简易程序的罚款限额不同"
        return review(why, [fine.place, party.place])
    text = f"对{'法人或者其他组织' if unit else '公民'}罚款 {fine.value} 元"
    return (
        fail(f"{text}，超过{limit.sentence()}", [fine.place, party.place], subject="罚款")
        if Decimal(fine.value) > limit.value
        else passed(f"{text}，未超过{limit.sentence()}", [fine.place])
    )


@predicate("当场处罚事实清楚")
def facts(ctx: Context) -> Verdict:
    """当场处罚决定书应当写明何时、何地、什么行为；只有空泛的“违法行为”不够。"""
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    text = re.split(r"依据|根据", p.running_text.without_spaces.replace("\n", ""))[0]
    told = re.search(
        r"(?:经查|查明|违法(?:事实|行为)|因|你(?:单位|店|\（单位\）|（单位）)?于)[^。]{10,}", text
    )
    lacks = [
        w
        for w, ok in (
            ("违法行为", bool(told)),
            ("时间", next(find_dates(text), None) is not None),
            (
                "地点",
                bool(
                    re.search(
                        r"地点|在[^，。"
                        r"；]{2,30}(?:路|街|村|号|镇|乡|县|区|市场|门|旁|口|店|厂|处|园|段|场|前|内)",
                        text,
                    )
                ),
            ),
        )
        if not ok
    ]
    if lacks:
        return (review if p.recognised else fail)(f"{p.name}没有写明{'、'.join(lacks)}", [p.top()])
    return passed("写明了时间、地点和违法行为", [p.top()])


@predicate("当场处罚决定书有编号")
def numbered(ctx: Context) -> Verdict:
    """预定格式的决定书应当编有号码（行政处罚法52）。"""
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    f = ctx.dfact("文号")
    span = (
        None
        if f
        else p.running_text.find(r"(?:编号|No\.?|NO\.?|№)[：:]?[A-Za-z\d\-〔〕]{3,}|第\d{3,}号")
    )
    if f or span:
        return passed("决定书有编号", [f.place if f else span.place])
    return (review if p.recognised else fail)(f"{p.name}没有编号", [p.top()])


@predicate("当场处罚决定书内容齐全")
def contents(ctx: Context) -> Verdict:
    """八项：违法行为、处罚种类和依据、罚款数额、时间、地点、救济途径和期限、机关名称、
    执法人员签名（行政处罚法52）。
    """
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    first = facts(ctx)
    lacks = [first.message.rsplit("没有写明", 1)[-1]] if first.status == "fail" else []
    kinds = ctx.dfact("处罚种类")
    lacks += (
        ["处罚种类"]
        if kinds is None
        else ["罚款数额"]
        if "罚款" in kinds.value and ctx.dfact("罚款金额") is None
        else []
    )
    lacks += [] if ctx.dfact("处罚依据") or ctx.dfact("引用条文") else ["处罚依据"]
    lacks += (
        []
        if says(p, ("复议",)) and says(p, ("诉讼", "起诉")) and p.has(r"[六60]+十?(?:个)?[日月]")
        else ["救济途径和期限"]
    )
    lacks += [] if ctx.dfact("落款机关") or ctx.dfact("机关") or sealed(p) else ["机关名称"]
    lacks += [] if ctx.dfact("作出日期") else ["日期"]
    if not (
        officers(p)
        or any(
            s.signed for s in signing_places(p, ("执法人员", "执法人员签名", "处罚人", "经办人"))
        )
    ):
        lacks.append("执法人员签名")
    if lacks and (p.recognised or ctx.covered(p.running_text.tail())):
        return review(f"{p.name}没有读到{'、'.join(lacks)}，请核对原件", [p.top()])
    return (
        fail(f"{p.name}缺{'、'.join(lacks)}", [p.top()], subject=lacks[0])
        if lacks
        else passed("八项内容齐全", [p.top()])
    )


@predicate("当场交付签收")
def handed_over(ctx: Context) -> Verdict:
    """决定书应当当场交付，当事人签收，拒签的注明；签收日应当是决定当日（行政处罚法52）。"""
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    day = ctx.decided
    receipt = ctx.fact(f"{KIND}.送达日期")
    if receipt and day and day_of(receipt) != day:
        return fail(
            f"决定 {cn_day(day)}，交付 {cn_day(day_of(receipt))}，不是当场交付",
            [receipt.place, p.top()],
        )
    if receipt or REFUSED.search(p.running_text.without_spaces):
        return passed(
            "当事人签收" if receipt else "注明当事人拒签",
            [receipt.place if receipt else p.running_text.tail()],
        )
    slots = signing_places(p, ("当事人", "被处罚人", "签收人", "受送达人", "收件人"))
    signed = next((s for s in slots if s.signed), None)
    if signed:
        if signed.date and day and signed.date != day:
            return fail(
                f"决定 {cn_day(day)}，当事人签收 {cn_day(signed.date)}，不是当场交付",
                [signed.place],
            )
        return passed("当事人在决定书上签收", [signed.place])
    if ctx.unreadable("送达回证", KIND) or p.recognised or not slots:
        return review(f"{p.name}没有读到当事人签收", [p.running_text.tail()])
    return fail(f"{p.name}没有当事人签收，也未注明拒签", [slots[-1].place], subject="签收")


@predicate("收缴方式合法")
def collected(ctx: Context) -> Verdict:
    """当场收缴不超过限额（或说明不当场收缴事后难以执行），并出具财政票据；
    不当场收缴的写明十五日内缴款途径（行政处罚法67至70）。
    """
    p = _paper(ctx)
    if isinstance(p, Verdict):
        return p
    fine = ctx.dfact("罚款金额")
    if fine is None:
        return na("没有罚款")
    text = p.running_text.without_spaces.replace("\n", "")
    ticked = re.search(
        r"[√☑■✓]\s*[^□√☑■✓]{0,4}当场(?:收缴|缴纳)|当场(?:收缴|缴纳)[√☑■✓]|(?:已|采取|予以|方式为?[：:]?)当场(?:收缴|缴纳)",
        text,
    )
    limit = ctx.limit("当场收缴上限")
    if not ticked:
        ok = re.search(r"(?:十五|15)日内", text) and re.search(
            r"银行|账号|帐号|扫码|电子支付|缴款|缴纳", text
        )
        return (
            passed("写明十五日内缴款途径", [fine.place])
            if ok
            else (review if p.recognised or "当场" in text else fail)(
                f"{p.name}没有写明罚款怎样缴纳", [fine.place]
            )
        )
    if (
        limit
        and Decimal(fine.value) > limit.value
        and not any(
            says(q, ("事后难以执行", "难以执行", "交通不便", "当事人提出", "向指定…缴纳…困难"))
            for q in ctx.case.papers
            if q.doc.readable
        )
    ):
        return fail(
            f"当场收缴 {fine.value} 元，超过{limit.sentence()}，没有不当场收缴事后难以执行的说明",
            [fine.place],
            subject="当场收缴",
        )
    if not ctx.case.readable("缴款凭证"):
        return ctx.missing(["缴款凭证"], "当场收缴罚款而卷内没有财政票据", KIND)
    return passed("当场收缴并有财政票据", [ctx.case.one("缴款凭证").top()])


@predicate("当事人身份明确")
def identified(ctx: Context) -> Verdict:
    """决定书（或者卷内身份证明）应当有当事人姓名（名称）和证件号码。"""
    p = ctx.decision
    if p is None:
        return ctx.absent(*ctx.decisions) or review("没有读到决定书")
    party, number = ctx.dfact("当事人"), ctx.dfact("证照号码")
    lacks = [
        w
        for w, f in (
            ("姓名（名称）", party),
            ("证件号码", number or (ctx.case.one("当事人身份证明") and party)),
        )
        if not f
    ]
    if lacks and (p.recognised or ctx.unreadable("当事人身份证明")):
        return review(f"{p.name}没有读到当事人{'、'.join(lacks)}", [p.top()])
    return (
        fail(f"{p.name}没有当事人{'、'.join(lacks)}", [p.top()], subject=lacks[0])
        if lacks
        else passed("当事人身份明确", [party.place])
    )
