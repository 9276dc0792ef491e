"""Faults that only a change of the law makes, and others that notices name most often (STANDARDS
1.7, 1.11, 3.4, 6).
"""

from __future__ import annotations

import datetime as dt
import re

from casereview.chinese import key
from casereview.facts import decision as dec
from casereview.facts.readers import day_of
from casereview.model import Verdict
from casereview.rules.special.shared_procedures import inner_office
from casereview.rules.verdicts import Context, cn_day, fail, na, passed, predicate, review, says

RECONSIDERATION = dt.date(2024, 1, 1)
_UPPER = re.compile(r"(?:海关|国家?安全|税务|外汇|人民银行|金融监(?:督|管)|银保监|证监)")
_JUSTICE = re.compile(r"司法局|司法厅")


def _decision(ctx: Context) -> Verdict | None:
    return ctx.absent(*ctx.decisions) or (
        review("没有读到决定书") if ctx.decision is None else None
    )


@predicate("复议机关符合当日法律")
def review_agency(ctx: Context) -> Verdict:
    """2024年1月1日起对县级以上政府部门的决定只能向本级人民政府申请复议（行政复议法24；海关、
    金融、外汇、税务、国家安全和司法行政部门除外）；此前可以选择上一级主管部门。
    """
    gone = _decision(ctx)
    if gone:
        return gone
    where, day = ctx.dfact("复议机关"), ctx.decided
    if where is None or day is None:
        return review("没有读到复议机关或者决定日期", [ctx.decision.top()])
    names = where.value if isinstance(where.value, list) else [where.value]
    agency = str((ctx.dfact("机关") or where).value)
    others = [
        n for n in names if "人民政府" not in n and "管委会" not in n and "管理委员会" not in n
    ]
    if day < RECONSIDERATION or not others:
        return passed("向" + "、".join(names) + "申请复议", [where.place])
    if _UPPER.search(agency) or _JUSTICE.search(agency) or any(_UPPER.search(n) for n in others):
        return passed(f"{agency}的复议机关可以是上一级主管部门", [where.place])
    if re.search(r"人民政府|街道办事处|派出所|分局$", agency) or ctx.decision.recognised:
        return review(
            f"复议机关写作{'、'.join(names)}，是否符合行政复议法24、25请人工核对", [where.place]
        )
    return fail(
        f"决定日期 {cn_day(day)}，"
        f"仍告知可以向{'、'.join(others)}申请复议；2024年1月1日起应当只向本级人民政府申请（行政复议法24）",
        [where.place],
        subject="复议机关",
    )


@predicate("证据不止一种")
def evidence_kinds(ctx: Context) -> Verdict:
    """不能只凭一种笔录认定事实：笔录之外还应当有照片、书证、物证、音像、检测报告等。"""
    have = {
        w
        for w, ok in (
            ("检查笔录", ctx.case.readable("现场检查笔录")),
            ("询问笔录", ctx.case.readable("询问笔录")),
            ("照片", ctx.case.readable("现场照片")),
            ("书证", ctx.case.readable("证据材料", "案件来源登记表")),
            ("检测报告", ctx.case.readable("检验检测报告")),
            (
                "音像",
                [s for s in ctx.case.sources if s.format == "media"]
                or ctx.case.readable("音像资料清单"),
            ),
            ("物证", ctx.case.readable("先行登记保存通知书", "查封扣押清单")),
        )
        if ok
    }
    places = [
        p.top()
        for p in ctx.case.readable(
            "现场检查笔录", "询问笔录", "现场照片", "证据材料", "检验检测报告"
        )[:4]
    ]
    if len(have) >= 2:
        return passed("有" + "、".join(sorted(have)), places)
    if ctx.case.unread or any(p.doc.kind == "其他" for p in ctx.case.papers):
        return review(
            f"可读文书中只有{'、'.join(have) or '零种'}证据，有文件未能读取或者未能归类",
            places or ctx.case.anchor(*ctx.decisions),
        )
    if not have:
        return ctx.missing(
            ["现场检查笔录", "询问笔录", "证据材料"], "卷内没有任何证据", *ctx.decisions
        )
    return fail(f"只凭{'、'.join(have)}一种证据认定事实", places, subject=next(iter(have)))


_SHORT = {
    "处罚法": "行政处罚法",
    "强制法": "行政强制法",
    "安法": "安全生产法",
    "新安法": "安全生产法",
    "道交法": "道路交通安全法",
    "大防法": "大气污染防治法",
    "水防法": "水污染防治法",
    "固废法": "固体废物污染环境防治法",
    "环评法": "环境影响评价法",
    "土法": "土地管理法",
    "食安法": "食品安全法",
    "反不法": "反不正当竞争法",
    "消法": "消费者权益保护法",
    "治安法": "治安管理处罚法",
}


@predicate("法律名称用全称")
def full_names(ctx: Context) -> Verdict:
    """法律名称应当写全称、加书名号；《环评法》《处罚法》这类简称不规范。
    决定书自己约定的简称（以下简称）不算。
    """
    gone = _decision(ctx)
    if gone:
        return gone
    p = ctx.decision
    for short, full in _SHORT.items():
        s = p.running_text.find(rf"《{short}》")
        if s and not p.has(rf"(?:以下|下)简称[：:]?[“\"《]{{0,2}}{short}"):
            return (review if p.recognised else fail)(
                f"《{short}》是简称，应当写《中华人民共和国{full}》", [s.place]
            )
    bare = p.running_text.find(
        r"(?:违反|依据|根据|按照)(?:了)?中华人民共和国[\u4e00-\u9fff]{2,16}法(?:》)?第[一二三四五六七八九十百零]+条"
    )
    if bare and "《" not in bare.text:
        return (review if p.recognised else fail)(f"“{bare.text[-24:]}”没有书名号", [bare.place])
    return passed("法律名称规范", [p.top()])


@predicate("责令改正不列为处罚种类")
def correction_no_penalty(ctx: Context) -> Verdict:
    """责令改正不是行政处罚种类；在“作出如下行政处罚”之下编号列出责令改正的，不规范。"""
    gone = _decision(ctx)
    if gone:
        return gone
    p = ctx.decision
    s = p.running_text.find(
        r"(?:如下|下列|以下)(?:的)?行政处罚(?:决定)?[：:]\n?(?:[（(]?[一1][)）、.．])\s*责令[^\n。"
        r"；]{0,20}(?:改正|整改)(?!.{0,12}停产)"
    )
    if s is None:
        return passed("没有把责令改正列为处罚", [p.top()])
    return (review if p.recognised else fail)(
        "在“作出如下行政处罚”之下列出责令改正，责令改正不是行政处罚种类", [s.place]
    )


@predicate("没收物品有处理记录")
def goods(ctx: Context) -> Verdict:
    """决定没收财物、工具、产品的，卷内应当有处理（拍卖、销毁、移交）记录；只没收违法所得的不适用。"""
    gone = _decision(ctx)
    if gone:
        return gone
    p = ctx.decision
    begin, end = dec.operative(p)
    text = p.running_text.without_spaces[begin:end] if end else ""
    m = re.search(
        r"没收[^。；\n]{0,24}(?:非法财物|物品|工具|设备|产品|商品|食品|药品|渔获|木材|砂石|烟|酒|车辆)",
        text,
    )
    if not m or "违法所得" in m.group(0):
        return na("没有没收物品")
    if ctx.case.readable("物品处理记录"):
        return passed("有没收物品处理记录", [ctx.case.one("物品处理记录").top()])
    if any(
        says(q, ("销毁", "移交财政", "上缴财政", "拍卖", "公开处理", "无害化处理"))
        for q in ctx.case.readable("结案审批表", "缴款凭证", "其他", "证据材料")
    ):
        return passed("结案材料有没收物品处理的记载", ctx.case.anchor("结案审批表"))
    if not ctx.case.readable("结案审批表"):
        return ctx.absent("结案审批表") or review("尚未结案")
    return ctx.missing(["物品处理记录"], f"决定“{m.group(0)[:24]}”，卷内没有处理记录", "结案审批表")


@predicate("延期在期满前批准")
def extension_before(ctx: Context) -> Verdict:
    """办案期限的延长应当在九十日届满前批准。"""
    p = ctx.case.one("办案延期审批表")
    if p is None:
        return ctx.absent("办案延期审批表") or na("没有延长办案期限")
    filed, approved = (
        ctx.fact("立案审批表.立案日期"),
        ctx.fact("办案延期审批表.批准日期") or ctx.fact("办案延期审批表.日期"),
    )
    limit = ctx.limit("办案期限", day_of(filed)) if day_of(filed) else None
    if day_of(filed) is None or day_of(approved) is None or limit is None:
        return review(f"{p.name}没有读到批准日期，或者没有读到立案日期", [p.top()])
    n = (day_of(approved) - day_of(filed)).days
    text = f"立案 {cn_day(day_of(filed))}，批准延长 {cn_day(day_of(approved))}，第 {n} 日"
    return (
        passed(text, [approved.place])
        if n <= limit.value
        else fail(f"{text}，已过{limit.sentence()}", [approved.place, filed.place])
    )


@predicate("不以内设机构名义处罚")
def agency_itself(ctx: Context) -> Verdict:
    """处罚决定应当以有处罚权的机关名义作出；落款为某局某某科、某某大队的，不合法。
    法律授权的派出机构由人工核对。
    """
    gone = _decision(ctx)
    if gone:
        return gone
    p = ctx.decision
    inner = inner_office(p)
    if inner is None or key(inner.quote) == key(ctx.case.ref.unit):
        return passed("没有以内设机构名义作出", [p.running_text.tail()])
    if p.recognised or re.search(r"(?:所|分局|支队|总队)$", inner.quote) or ctx.covered(inner):
        return review(f"落款为“{inner.quote}”，是否有法律、法规授权请人工核对", [inner])
    return fail(f"决定书以“{inner.quote}”名义作出", [inner], subject=inner.quote)
