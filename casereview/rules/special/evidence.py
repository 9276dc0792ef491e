"""Filing, records, evidence, preservation and seizure (行政处罚法 36, 40, 46, 47, 54-57; 行政强制法
18, 24, 25).
"""

from __future__ import annotations

import re

from casereview.chinese import find_dates, without_spaces
from casereview.facts.form_fields import signatures
from casereview.facts.readers import day_of, labels_of
from casereview.facts.reading_steps import last_date
from casereview.facts.signature import REFUSED
from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.special.subject import officer_slots
from casereview.rules.verdicts import (
    RECORDS,
    Context,
    cn_day,
    each,
    fail,
    kinds_of,
    na,
    passed,
    predicate,
    review,
)

PARTY_WHO = (
    r"(?:被检查|被勘验|被勘察|被询问|被调查|被谈话|当事|在场|现场负责|现场|陪同检查|陪同"
    r"|受检)(?:（[^）]{1,12}）)?(?:单位|人员?)|现场负责人|见证人|委托代理人|当事人"
)


@predicate("笔录由当事人签名")
def party_signed(ctx: Context) -> Verdict:
    """笔录应当由被检查人（被询问人）签名，拒签的应当注明。"""
    none = ctx.absent(*RECORDS)
    if none:
        return none
    bad, unknown = [], list(ctx.unreadable(*RECORDS))
    for p in ctx.case.readable(*RECORDS):
        slots = party_slots(p)
        if REFUSED.search(p.running_text.without_spaces) or any(s.signed for s in slots):
            continue
        (
            bad.append((p, slots[-1].place))
            if slots and not ctx.covered(slots[-1].place)
            else unknown.append(p)
        )
    if bad:
        return fail(
            "；".join(f"{p.name}没有被检查人（被询问人）签名，也未注明拒签" for p, _ in bad),
            [x[1] for x in bad],
            subject=kinds_of(b[0] for b in bad),
        )
    if unknown:
        return review(f"{unknown[0].name}没有读到当事人签名处", [unknown[0].running_text.tail()])
    return passed("笔录均由当事人签名或注明拒签")


def party_slots(p: Paper):
    """Signing places of the party in the closing part of a record."""
    from casereview.facts.signature import signature

    text = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff：:（）])", "", p.running_text.text)
    half = text[int(len(text) * 0.35) :]
    out = []
    for m in re.finditer(rf"(?P<l>(?:{PARTY_WHO})[^\n：:。，]{{0,20}}?)[：:](?P<v>[^\n]*)", half):
        if re.search(r"答|陈述|意见$|执法|身份|说明|表示|审阅", m["l"]):
            continue
        value = re.split(r"\s{1,}(?=[\u4e00-\u9fff（）]{2,14}[：:])", m["v"])[0]
        at = p.running_text.text.rfind(m["l"][:5])
        place = (
            p.running_text.place(max(at, 0), max(at, 0) + len(m["l"]), without_spaces=False)
            if at >= 0
            else p.running_text.tail()
        )
        out.append(signature(value, place, place.page in p.recognised))
    signing = [s for s in out if s.signed or s.date or not without_spaces(s.text)]
    return signing


@predicate("笔录由执法人员签名")
def officers_signed(ctx: Context) -> Verdict:
    """笔录应当有两名以上执法人员签名。"""
    none = ctx.absent(*RECORDS)
    if none:
        return none
    bad, unknown = [], list(ctx.unreadable(*RECORDS))
    for p in ctx.case.readable(*RECORDS):
        slots = officer_slots(p)
        if not slots:
            unknown.append(p)
        elif max(s.count for s in slots[-2:]) < 2 and sum(s.count for s in slots[-2:]) < 2:
            (bad.append((p, slots[-1])) if slots[-1].sure else unknown.append(p))
    if bad:
        return fail(
            "；".join(
                f"{p.name}{'没有' if s.count == 0 else '只有一名'}执法人员签名" for p, s in bad
            ),
            [s.place for _, s in bad],
            subject=kinds_of(b[0] for b in bad),
        )
    if unknown:
        return review(f"{unknown[0].name}没有读到执法人员签名处", [unknown[0].running_text.tail()])
    return passed("笔录均有两名以上执法人员签名")


@predicate("笔录起止时间完整合理")
def record_times(ctx: Context) -> Verdict:
    """笔录的开始、结束时间都应当有，且结束不早于开始。"""
    none = ctx.absent(*RECORDS)
    if none:
        return none

    def lacks(p: Paper) -> str:
        f = ctx.case.facts_of(p)
        a, b = f.get("开始时间"), f.get("结束时间")
        if a is None and b is None:
            return "没有起止时间" if not p.has(r"\d{1,2}[时:：点]\d{0,2}") else ""
        if a is None or b is None:
            return "缺" + ("开始" if a is None else "结束") + "时间"
        return f"结束时间 {b.value[11:]} 早于开始时间 {a.value[11:]}" if b.value < a.value else ""

    return each(ctx.case.readable(*RECORDS), lacks, "起止时间完整", ctx.unreadable(*RECORDS))


_COPY = re.compile(r"复印件|复制件|影印件")


_VERIFIED = re.compile(
    r"与?原件?[^。；]{0,8}?(?:核对)?(?:无异|一致|相符|无误|相同|属实)|核对(?:无异|无误|一致)"
)


@predicate("复印件经核对签章")
def copies_verified(ctx: Context) -> Verdict:
    """复印件应当有与原件核对无异的注明、签名（盖章）和日期。"""
    papers = [p for p in ctx.case.readable("证据材料", "当事人身份证明")]
    copies = [
        p
        for p in papers
        if _COPY.search(
            p.doc.title + p.doc.file.rsplit("/", 1)[-1] + p.running_text.without_spaces[:80]
        )
        or (p.doc.kind == "当事人身份证明" and p.running_text.without_spaces)
    ]
    if not copies:
        return ctx.absent("证据材料", "当事人身份证明") or na("卷内没有复印件证据")

    def lacks(p: Paper) -> str:
        if not _VERIFIED.search(p.running_text.without_spaces):
            return (
                "没有与原件核对无异的注明"
                if _COPY.search(p.doc.title + p.doc.file + p.running_text.without_spaces[:80])
                else ""
            )
        slots = signatures(
            p,
            "提供人",
            "收集人",
            "核对人",
            "提供者",
            "提供人（签名）",
            "提取人",
            "调取人",
            "持有人",
            "出具人",
            "制作人",
            "当事人",
            "执法人员",
            "复制人",
        )
        if slots and not any(s.signed for s in slots):
            return "没有提供人或核对人签名"
        if (
            slots
            and not any(s.date for s in slots)
            and not list(find_dates(p.running_text.without_spaces))
        ):
            return "没有注明日期"
        return ""

    return each(copies, lacks, "复印件均经核对签章", ctx.unreadable("证据材料", "当事人身份证明"))


@predicate("证据在决定之前取得")
def before_decision(ctx: Context) -> Verdict:
    """检查、询问、鉴定、检测日期不得晚于处罚决定日期。"""
    day = ctx.decided
    if day is None:
        return ctx.absent(*ctx.decisions) or review("没有读到决定书日期")
    for p in ctx.case.readable(*RECORDS, "检验检测报告"):
        f = ctx.case.facts_of(p).get("开始时间") or ctx.case.facts_of(p).get("日期") or last_date(p)
        d = day_of(f)
        if d and d > day:
            return fail(
                f"{p.name}的日期 {cn_day(d)} 晚于决定日期 {cn_day(day)}",
                [f.place],
                subject=p.doc.kind,
            )
    if ctx.unreadable(*RECORDS, "检验检测报告"):
        return review("有笔录或报告未能识别文字")
    return passed("检查、询问、检测均在决定之前")


@predicate("调查终结报告要素齐全")
def report_complete(ctx: Context) -> Verdict:
    """调查终结报告应当有违法事实、证据、定性依据、处理建议、承办人签名和日期。"""
    p = ctx.case.one("调查终结报告")
    if p is None:
        return ctx.absent("调查终结报告") or na("没有调查终结报告")
    t = p.running_text.without_spaces
    lacks = []
    if not re.search(r"经查|查明|违法事实|案件事实|基本事实|查实|调查情况", t):
        lacks.append("违法事实")
    if not re.search(r"证据|为证|证实", t):
        lacks.append("证据")
    if not re.search(
        r"违反[^。]{0,8}《[^》]+》|依据[^。]{0,12}《[^》]+》[^。]{0,60}(?:处罚|罚款|规定)|构成[^。"
        r"]{2,30}(?:行为|违法)|定性",
        t,
    ):
        lacks.append("定性依据")
    elif not any(c for c in _merits(p)):
        lacks.append("定性依据")
    if not re.search(r"建议|拟(?:对|处|作出|给予)|处理意见|处罚意见", t):
        lacks.append("处理建议")
    slots = signatures(
        p,
        "承办人",
        "调查人员",
        "办案人员",
        "承办人员",
        "调查人",
        "经办人",
        "执法人员",
        "报告人",
        like=labels_of(p, "承办人").like,
    )
    if slots:
        if not any(s.signed for s in slots):
            lacks.append("承办人签名")
        if not any(s.date for s in slots) and last_date(p) is None:
            lacks.append("日期")
    if lacks:
        return fail(f"{p.name}缺{'、'.join(lacks)}", [p.top()], subject="调查终结报告")
    return (
        passed("要素齐全", [p.top()])
        if slots
        else review(f"{p.name}没有读到承办人签名处", [p.running_text.tail()])
    )


def _merits(p: Paper):
    from casereview.facts.citations import citations, is_procedural

    return [c for c in citations(p.running_text) if not is_procedural(c.law)]
