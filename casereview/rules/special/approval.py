"""Legal review, collective deliberation and approval of the decision (行政处罚法 57, 58;
国办发〔2018〕118号).
"""

from __future__ import annotations

import re

from casereview.chinese import find_dates
from casereview.facts.approvals import approvals, leader_approval
from casereview.facts.form_fields import names_in, signatures
from casereview.facts.readers import day_of, signed_at
from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.special.hearing import handlers
from casereview.rules.special.notice import hearing_due
from casereview.rules.verdicts import Context, approved, cn_day, fail, na, passed, predicate, review


def heavy(ctx: Context) -> tuple[bool | None, str]:
    """Whether the case is one that must be reviewed and deliberated: after a hearing, or at the
    line of 较大.
    """
    if ctx.case.readable("听证笔录"):
        return True, "本案经过听证"
    due, why, _ = hearing_due(ctx)
    return due, why


@predicate("重大执法决定经法制审核")
def review_present(ctx: Context) -> Verdict:
    """经过听证、达到重大标准等应当审核的，应当有法制审核意见书（行政处罚法58）。"""
    papers = ctx.case.readable("法制审核意见书")
    if papers:
        return passed("有法制审核意见书", [papers[0].top()])
    must, why = heavy(ctx)
    v = ctx.absent("法制审核意见书")
    if v and v.status != "na":
        return v
    if must is None:
        return review(f"没有法制审核意见书；是否属于应当审核的情形不能判断（{why}）")
    if not must:
        return na(f"不属于应当审核的情形：{why}")
    return ctx.missing(["法制审核意见书"], f"{why}，没有法制审核意见书", "处罚决定书", "听证笔录")


@predicate("先审核后决定")
def review_first(ctx: Context) -> Verdict:
    """法制审核日期不得晚于决定书、集体讨论、负责人批准日期。"""
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    f = ctx.case.fact("法制审核意见书", "审核日期")
    day = day_of(f)
    if day is None:
        return review("没有读到法制审核日期")
    for kind, name in (
        ("处罚决定书", "作出日期"),
        ("集体讨论笔录", "讨论日期"),
        ("处罚决定审批表", "批准日期"),
    ):
        g = ctx.case.fact(kind, name)
        d = day_of(g)
        if d and day > d:
            return fail(
                f"法制审核日期 {cn_day(day)} 晚于{kind}日期 {cn_day(d)}",
                [f.place, g.place],
                subject=kind,
            )
    if ctx.decided is None and day_of(ctx.case.fact("处罚决定审批表", "批准日期")) is None:
        return review("没有读到决定日期")
    return passed(f"法制审核 {cn_day(day)} 在先", [f.place])


_ASPECTS = (
    ("主体", r"主体"),
    ("权限", r"权限|管辖|职权|越权"),
    ("事实证据", r"事实|证据"),
    ("适用依据", r"法律适用|适用法律|适用依据|依据|定性|适用[^。]{0,6}(?:准确|正确)"),
    ("程序", r"程序"),
    ("裁量", r"裁量|处罚适当|量罚|幅度"),
    ("文书", r"文书"),
)
_CONCLUSION = re.compile(
    r"(?<!不)同意|不同意|不予同意|建议(?:[^。"
    r"；\n]{0,30})(?:补充|修改|纠正|完善|重新|退回|撤销)|应当(?:补充|纠正|修改)|退回|审核(?:通过|不通过|未通过)|予以通过|可以(?:作出|提交)|结论[：:].{2,}|提交(?:集体)?讨论|纠正意见|改正意见"
)


@predicate("审核内容和结论明确")
def review_complete(ctx: Context) -> Verdict:
    """审核意见应当有结论，且主体、权限、事实证据、适用依据、程序、裁量、文书七个方面缺少不到三项。"""
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    p = ctx.case.one("法制审核意见书")
    own = [s for s in p.running_text.all(_CONCLUSION)]
    boxes = [a for a in approvals(p) if re.search(r"审核意见|法制审核|审核人", a.label)]
    text = "".join(a.opinion for a in boxes) or p.running_text.without_spaces
    if not _CONCLUSION.search(text) and not (own and not boxes):
        return fail(
            f"{p.name}没有审核结论",
            [boxes[0].place if boxes else p.top()],
            subject="法制审核意见书",
        )
    lacks = [w for w, pattern in _ASPECTS if not re.search(pattern, p.running_text.without_spaces)]
    if len(lacks) >= 3:
        return fail(f"{p.name}没有涉及{'、'.join(lacks)}", [p.top()], subject="法制审核意见书")
    return passed("审核内容和结论明确", [p.top()])


def _reviewer(ctx: Context):
    p = ctx.case.one("法制审核意见书")
    slots = signed_at(p, "审核人")
    return p, slots


@predicate("审核人不是承办人")
def reviewer_independent(ctx: Context) -> Verdict:
    """法制审核人不得是承办人（调查人员），并应当签名。手写签名不能识别姓名的，由人工核对。"""
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    p, slots = _reviewer(ctx)
    if slots and not any(s.signed for s in slots):
        return fail(f"{p.name}缺审核人签名", [slots[0].place], subject="法制审核意见书")
    names = [(n, s.place) for s in slots for n in s.names if s.sure]
    who = handlers(ctx)
    for n, place in names:
        if n in who:
            return fail(f"法制审核人{n}是本案承办（调查）人员", [place, who[n]], subject=n)
    if not names or not who:
        return review(
            f"{p.name}的审核人是手写签名，请人工核对不是承办人{'、'.join(list(who)[:3])}",
            [s.place for s in slots][:1] or [p.running_text.tail()],
        )
    return passed(f"审核人{names[0][0]}不是承办人", [names[0][1]])


@predicate("审核人具备资格")
def reviewer_qualified(ctx: Context) -> Verdict:
    """单位提供了法制审核人员名单时，审核人应当在名单中；初次从事审核的应当有法律职业资格。"""
    rows = ctx.case.unit.reviewers
    if rows is None:
        return na("单位未提供法制审核人员名单")
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    p, slots = _reviewer(ctx)
    known = {r.get("姓名", "") for r in rows}
    names = [(n, s.place) for s in slots for n in s.names if s.sure or n in known]
    if not names:
        return review(
            f"{p.name}的审核人是手写签名，"
            f"请人工与名单核对（名单：{'、'.join(r.get('姓名', '') for r in rows)}）",
            [s.place for s in slots][:1] or [p.running_text.tail()],
        )
    by = {r.get("姓名", ""): r for r in rows}
    for n, place in names:
        if n not in by:
            return fail(f"法制审核人{n}不在单位提供的法制审核人员名单中", [place], subject=n)
        row = by[n]
        since = day_of_text(row.get("起始日期", ""))
        if row.get("是否取得法律职业资格", "是").startswith(("否", "无", "未")) and (
            since is None or since >= "2018-01-01"
        ):
            return fail(
                f"法制审核人{n}没有法律职业资格，{since or ''}起从事审核", [place], subject=n
            )
    return passed(f"审核人{names[0][0]}在名单中", [names[0][1]])


def day_of_text(text: str) -> str | None:
    """A roster date in ISO form."""
    d = next(find_dates(text), None)
    return d[0].isoformat() if d else None


_OBJECTS = re.compile(
    r"不同意|补充(?:相关)?(?:证据|材料|调查)|重新(?:提交|调查|送审)|退回|建议[^。"
    r"；\n]{0,40}(?:修改|补充|完善|纠正|更正|调整|重新)|应当(?:修改|补充|纠正)|存在(?:以下)?问题|不充分|不足"
)


@predicate("审核意见得到处理")
def review_followed(ctx: Context) -> Verdict:
    """审核意见为修改、补充、不同意的，应当有采纳或者说明的材料。"""
    gone = ctx.absent("法制审核意见书")
    if gone:
        return gone
    papers = ctx.case.readable("法制审核意见书")
    raised = [
        (p, s)
        for p in papers
        if (s := p.running_text.find(_OBJECTS))
        and not (
            p.has(r"(?<!不)同意(?:办案|承办|该|本|处罚|按|拟|处理|调查|其)")
            and not p.has(r"不同意|补充|重新")
        )
    ]
    if not raised:
        return na("审核意见为同意")
    if len(papers) > len(raised):
        return passed("补充后重新审核", [papers[-1].top()])
    p, s = raised[0]
    for q in ctx.case.readable(
        "其他", "证据材料", "集体讨论笔录", "处罚决定审批表", "调查终结报告", "陈述申辩复核意见"
    ):
        hit = q.running_text.find(
            r"(?:采纳|根据|按照|针对)[^。；\n]{0,20}(?:法制)?审核[^。；\n]{0,10}意见[^。"
            r"；\n]{0,40}(?:修改|补充|完善|采纳|说明|调整|纠正|已)|审核意见[^。"
            r"；\n]{0,20}(?:予以采纳|已采纳|采纳情况)|(?:采纳|落实)[^。；\n]{0,8}法制审核意见"
        )
        if hit or (
            q.doc.kind == "其他"
            and "审核" in q.doc.title
            and re.search(r"采纳|说明|回复|落实", q.doc.title)
        ):
            return passed("卷内有采纳或说明", [hit.place if hit else q.top()])
    hiding = ctx.case.could_hide("其他")
    if hiding:
        return review("审核提出修改补充意见；有文件未能读取，不能断定没有处理", [s.place])
    return fail(
        f"审核意见“{s.text}”，卷内没有采纳或说明，即作出决定",
        [s.place, *([ctx.decision.top()] if ctx.decision else [])],
        subject="法制审核意见书",
    )


@predicate("重大复杂案件经集体讨论")
def deliberation_present(ctx: Context) -> Verdict:
    """情节复杂或者重大违法行为（经过听证、达到重大标准、吊销或停产停业）
    应当有集体讨论笔录（行政处罚法57）。
    """
    papers = ctx.case.readable("集体讨论笔录")
    if papers:
        return passed("有集体讨论笔录", [papers[0].top()])
    v = ctx.absent("集体讨论笔录")
    if v and v.status != "na":
        return v
    must, why = heavy(ctx)
    if must is None:
        return review(f"没有集体讨论笔录；是否属于重大案件不能判断（{why}）")
    if not must:
        return na(f"未达到集体讨论标准：{why}")
    return ctx.missing(["集体讨论笔录"], f"{why}，没有集体讨论笔录", "处罚决定书", "处罚决定审批表")


_OUTCOME = r"(?:会议|讨论|审议|研究|合议|集体|最终|处理|表决){0,2}(?:形成)?(?:一致)?(?:结论|决定|决议|结果)(?:性)?(?:意见)?"
_CONCLUDED = re.compile(
    r"结论|讨论决定|审议决定|会议决定|决定事项|(?:一致|多数|均|全体|会议)[^。"
    r"；\n]{0,12}同意|表决结果|决定(?:对|如下|给予)|形成[^。]{0,8}意见|最终意见"
)


@predicate("集体讨论笔录要素齐全")
def deliberation_complete(ctx: Context) -> Verdict:
    """集体讨论笔录应当有时间、参加人（含负责人）、讨论意见、结论、签名。"""
    gone = ctx.absent("集体讨论笔录")
    if gone:
        return gone
    p = ctx.case.one("集体讨论笔录")
    t = p.running_text.without_spaces
    lacks = []
    if ctx.case.facts_of(p).get("讨论日期") is None:
        lacks.append("时间")
    who = [
        n
        for f in p.fields(
            "参加人员",
            "出席人员",
            "参加人",
            "出席人",
            "与会人员",
            "参会人员",
            "参加讨论人员",
            "参加会议人员",
        )
        for n in names_in(f.value)
    ]
    if not who and not re.search(r"(?:参加|出席|与会|参会)(?:讨论|会议)?(?:人员?|的)", t):
        lacks.append("参加人")
    elif who and not re.search(
        r"局长|主任|负责人|主持|镇长|乡长|处长|站长|书记|厅长|行长|院长|县长", t
    ):
        lacks.append("负责人")
    if not re.search(r"[\u4e00-\u9fff]{2,4}(?:（[^）]*）)?(?:：|:|发言)[^\n]{6,}|讨论意见|发言", t):
        lacks.append("讨论意见")
    label = next(
        (
            f
            for f in p.fields(
                "结论性意见",
                "审议结论",
                "讨论决定",
                "结论",
                "讨论结论",
                "结论意见",
                "会议结论",
                "处理结论",
                "三、讨论决定",
                like=_OUTCOME,
            )
        ),
        None,
    )
    if (
        label is not None
        and len(label.without_spaces) < 4
        or label is None
        and not _CONCLUDED.search(_without_speeches(p))
    ):
        lacks.append("结论")
    slots = signatures(
        p,
        "参加人员",
        "出席人员",
        "参加人",
        "与会人员",
        "参会人员",
        "参加人员签字",
        "出席人员签字",
        "讨论人员",
        "签名",
        "参加讨论人员",
        "参加人签名",
        "出席人员签名",
    )
    signing = [s for s in slots if "签" in s.place.quote or s.marks or s.date]
    if signing and not any(s.signed for s in signing):
        lacks.append("签名")
    if lacks:
        return fail(f"{p.name}缺{'、'.join(lacks)}", [p.top()], subject="集体讨论笔录")
    if not signing:
        return review(f"{p.name}没有读到参加人员签名处", [p.running_text.tail()])
    return passed("要素齐全", [p.top()])


def _without_speeches(p: Paper) -> str:
    return re.sub(
        r"(?:^|\n)(?![^：:\n]{0,6}(?:结论|决定|决议|结果|表决|会议|讨论|审议|研究))[\u4e00-\u9fff]{2,4}(?:（[^）]*）)?[：:][^\n]*",
        "\n",
        p.running_text.without_spaces,
    )


@predicate("决定经负责人审批")
def decision_approved(ctx: Context) -> Verdict:
    """应当有处罚决定审批表（或者调查报告上的负责人批准），批准日期不晚于决定书日期。"""
    papers = ctx.case.readable("处罚决定审批表")
    if not papers:
        for p in ctx.case.readable("调查终结报告"):
            a = leader_approval(p)
            if a and a.sign.signed and re.search(r"机关|局|领导|行政", a.label):
                papers = [p]
    if not papers:
        gone = ctx.absent("处罚决定审批表")
        if gone and gone.status == "na":
            return ctx.missing(
                ["处罚决定审批表"],
                "没有处罚决定审批表，调查报告上也没有负责人批准",
                "调查终结报告",
                "处罚决定书",
            )
        return gone
    form = approved(ctx, papers[0], "负责人 {day} 批准")
    if form.status != "pass":
        return form
    sign = leader_approval(papers[0]).sign
    if ctx.decided is None:
        gone = ctx.absent(*ctx.decisions)
        return (
            review("没有读到决定书日期", form.places)
            if gone is None or gone.status == "review"
            else form
        )
    if sign.date > ctx.decided:
        return fail(
            f"负责人批准 {cn_day(sign.date)} 晚于决定日期 {cn_day(ctx.decided)}",
            [sign.place, ctx.dfact("作出日期").place],
            subject="处罚决定审批表",
        )
    return form
