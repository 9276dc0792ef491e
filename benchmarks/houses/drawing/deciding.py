"""The papers from legal review to the decision."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.inquiry import approved
from drawing.paper import Paper, sign
from drawing.serving import receipts_of
from drawing.writing import numeral

Story = dict[str, Any]


def review(c: Case) -> list[Paper]:
    """Legal review."""
    r, h = c.s["review"], c.h
    if not r:
        return []
    p = h.start("法制审核意见书", agency=h.words.chance("review.agency", 0.5))
    aspects = h.words.pick("stages", "审核事项")[: r["aspects"]]
    answers = h.words.options("stages", "审核答")
    rows = [
        (h.field("案件名称"), f"{c.party['name']}{c.s['cause']}案"),
        (h.field("承办机构"), h.unit.team),
    ]
    if h.words.chance("review.table", 0.6):
        p.blocks += h.form(rows, "两列")
        lines = [[str(i), a, answers[i % len(answers)]] for i, a in enumerate(aspects, 1)]
        p.add(
            "table",
            [[h.field("序号"), h.field("审核内容"), h.field("审核情况")], *lines],
            [0.12, 0.6, 0.28],
        )
    else:
        p.blocks += h.form(rows, "行")
        for i, a in enumerate(aspects, 1):
            p.add("para", f"{i}.{a}：{answers[i % len(answers)]}。")
    text = h.say("stages", "审核结论") if r["conclusion"] else ""
    boxes = [(h.label("审核意见"), text)] if text else []
    who = r["by"] if r["signed"] else ""
    boxes.append((h.label("审核人"), sign(who)))
    boxes.append((h.field("审核日期"), h.date(r["day"])))
    p.blocks += h.form(boxes)
    p.day, p.signed = h.date(r["day"]), True
    return [p]


def _rights(c: Case, p: Paper) -> None:
    """Defence and hearing in a notice."""
    n, h = c.s["notice"], c.h
    if n["defence"]:
        term = (
            ("三日" if h.seed % 2 else "3日")
            if n["defence_days"] == 3
            else ("五日" if h.seed % 2 else "5个工作日")
        )
        p.add("para", h.say("notice", "陈述申辩权", defence_term=term))
    if n["hearing"] and not n["second"]:
        p.add("para", h.say("notice", "听证权"))
    if said := n.get("said"):
        p.add("para", h.say("papers", said))


def notice(c: Case) -> list[Paper]:
    """Notice before the penalty, with its receipt."""
    n, h = c.s["notice"], c.h
    if not n:
        return []
    both = n["hearing"] and not n["second"]
    title = h.title("事先听证告知书") if both and h.words.chance("both", 0.5) else ""
    p = h.start("事先告知书", title=title, number=c.number("事先告知书"))
    c.titles["事先告知书"] = p.title
    if both and title:
        p.also = ["听证告知书"]
    agency = h.unit.agency
    if n["agency"] == "other":
        agency = f"{h.unit.place}综合行政执法大队"
        p.rename(h.unit.agency, agency)
    if h.words.chance("notice.fields", 0.4):
        p.blocks += h.form(c.party_rows(), "行")
    else:
        p.add("line", f"{c.party['name']}：")
    p.add("para", _proposal(c))
    _rights(c, p)
    p.add("line", h.say("notice", "联系"))
    _close_notice(c, p, agency)
    out = [p]
    if n["second"] and n["hearing"]:
        q = h.start("听证告知书", number=c.number("听证告知书"))
        q.add("line", f"{c.party['name']}：")
        q.add("para", _proposal(c))
        q.add("para", h.say("notice", "听证权"))
        _close_notice(c, q, agency)
        out.append(q)
    return [*out, *receipts_of(c, "notice", "事先告知书")]


def _proposal(c: Case) -> str:
    """What is found, broken, cited and proposed; less where the story leaves it out."""
    n = c.s["notice"]
    basis = c.law("依据", n["basis_item"])
    slots = {"violated": c.law("违反"), "basis": basis, "penalty": c.penalty(n["fine"])}
    if not n["basis"]:
        return c.say("papers", "告知缺依据", **slots)
    if not n["penalty"]:
        return c.say("papers", "告知缺处罚", **slots)
    return c.say("notice", "引语", **slots, **c.evidence())


def _close_notice(c: Case, p: Paper, agency: str) -> None:
    """Agency and date; the party signs below in houses that need no receipt for it."""
    day = c.s["notice"]["signed_off"]
    c.h.issue(p, agency, c.s["notice"]["day"])
    if day:
        signer = sign(c.party["owner"])
        p.add("line", c.h.say("papers", "告知签收", signer=signer, day=c.h.date(day)))
        p.also = [*p.also, "送达回证"]


def defence(c: Case) -> list[Paper]:
    """Defence and its review."""
    d, h = c.s["defence"], c.h
    out = []
    if d:
        p = h.start("陈述申辩书", agency=False)
        p.add("line", f"{h.unit.agency}：")
        p.add(
            "para",
            h.say(
                "papers",
                "申辩引语",
                ref=f"{c.notice_title()}（{c.number('事先告知书')}）",
                reasons=h.say("notice", "申辩理由"),
            ),
        )
        p.add("right", f"{h.field('陈述申辩人')}：{sign(d['by'])}")
        p.add("right", h.date(d["day"]))
        p.day = h.date(d["day"])
        out.append(p)
    r = c.s["defence_review"]
    if r:
        p = h.start("陈述申辩复核意见", agency=False)
        rows = [
            (h.field("案由"), c.s["cause"]),
            (h.field("当事人陈述申辩内容"), h.say("notice", "申辩理由")),
            (h.field("复核情况及采纳意见"), h.say("notice", "申辩答复")),
        ]
        rows += h.opinion(
            h.field("复核人员意见"),
            h.say("papers", "建议维持"),
            "　".join(o[0] for o in c.s["officers"]),
            r["day"],
        )
        rows += h.opinion(
            h.label("负责人意见"), h.say("papers", "同意"), r["leader"]["name"], r["day"]
        )
        p.blocks += h.form(rows)
        p.day = h.date(r["day"])
        out.append(p)
    return out


def hearing(c: Case) -> list[Paper]:
    """Application, notice, record and report of a hearing."""
    v, h = c.s["hearing"], c.h
    if not v:
        return []
    p = h.start("听证申请书", agency=False)
    p.add("line", f"{h.unit.agency}：")
    ref = f"《{c.notice_title()}》（{c.number('事先告知书')}）"
    p.add("para", c.say("papers", "听证申请", ref=ref))
    p.add("right", f"{h.field('听证申请人')}：{sign(c.party['owner'])}")
    p.add("right", h.date(v["asked"]))
    if not v["held"]:
        return [p]
    q = h.start("听证通知书", number=c.number("听证通知书"))
    q.add("line", f"{c.party['name']}：")
    q.add(
        "para",
        c.say(
            "papers",
            "听证通知",
            asked=h.date(v["asked"]),
            day=h.date(v["day"]),
            presider=v["presider"],
            recorder=v["recorder"],
        ),
    )
    h.issue(q, h.unit.agency, v["notice_day"])
    return [p, q, *receipts_of(c, "hearing", "听证通知书"), _hearing_record(c), _hearing_report(c)]


def _hearing_record(c: Case) -> Paper:
    """The record of the hearing."""
    v, h = c.s["hearing"], c.h
    r = h.start("听证笔录", agency=False)
    rows = [
        (h.field("案由"), c.s["cause"]),
        (h.field("听证时间"), h.say("papers", "听证时段", day=h.date(v["day"]))),
        (h.field("听证地点"), h.say("papers", "听证会场")),
        (h.field("主持人"), v["presider"]),
        (h.field("记录人"), v["recorder"]),
        (h.field("当事人"), f"{c.party['name']}　{c.party['owner']}"),
        (h.field("案件调查人员"), h.names([o[0] for o in c.s["officers"]])),
    ]
    r.blocks += h.form(rows, "行")
    slots = {"penalty": c.penalty(c.s["fine"]), "reasons": h.say("notice", "申辩理由")}
    for text in h.words.pick("papers", "听证过程"):
        r.add("para", text.format(**h.standing(), facts=c.facts, **slots))
    signers = {
        "party": (h.field("当事人"), c.party["owner"]),
        "presider": (h.field("主持人"), v["presider"]),
        "recorder": (h.field("记录人"), v["recorder"]),
    }
    for who, (word, name) in signers.items():
        shown = sign(name) if who in v["signed"] else ""
        r.add("line", f"{word}{h.field('签名处')}：{shown}　　{h.date(v['day'])}")
    r.signed = True
    return r


def _hearing_report(c: Case) -> Paper:
    """The report on the hearing."""
    v, h = c.s["hearing"], c.h
    t = h.start("听证报告", agency=False)
    t.add(
        "para",
        c.say(
            "papers",
            "听证报告",
            day=h.date(v["day"]),
            reasons=h.say("notice", "申辩理由"),
            reply=h.say("notice", "申辩答复"),
        ),
    )
    t.add("line", f"{h.field('听证主持人')}：{sign(v['presider'])}　　{h.date(v['report_day'])}")
    return t


def deliberation(c: Case) -> list[Paper]:
    """Collective discussion."""
    d, h = c.s["deliberation"], c.h
    if not d:
        return []
    p = h.start("集体讨论笔录", agency=False)
    first, others = d["present"][0], d["present"][1:]
    titled = (
        [
            f"{first}（{h.field('正职')}）",
            f"{others[0]}（{h.field('副职')}）",
            *others[1:],
        ]
        if h.seed % 2
        else d["present"]
    )
    rows = [
        (h.field("案件名称"), f"{c.party['name']}{c.s['cause']}案"),
        (h.label("讨论时间"), h.say("papers", "讨论时段", day=h.date(d["day"]))),
        (h.label("讨论地点"), h.say("papers", "讨论会场")),
        (h.label("主持人"), d["host"]),
        (h.label("出席人员"), h.names(titled)),
        (h.label("汇报人"), c.s["officers"][0][0]),
        (h.label("记录人"), h.unit.clerk),
    ]
    p.blocks += h.form(rows, "行" if h.words.chance("talk.lines", 0.5) else "两列")
    slots = {"name": c.s["officers"][0][0], "penalty": c.penalty(c.s["fine"])}
    p.add("para", c.say("papers", "讨论汇报", **slots))
    if d["opinions"]:
        texts = h.words.pick("stages", "讨论发言")
        for name, text in zip(d["present"], texts, strict=False):
            p.add("para", f"{name}：{text}")
    if d["conclusion"]:
        p.add(
            "para",
            f"{h.label('结论意见')}：" + c.say("stages", "讨论结论", penalty=c.penalty(d["fine"])),
        )
    names = h.signed(d["present"]) if d["signed"] else ""
    word = h.among("讨论签名词", "talk.sign")
    p.add("line", f"{word}：{names}")
    p.day, p.signed = h.date(d["day"]), True
    return [p]


def extension(c: Case) -> list[Paper]:
    """Longer term."""
    e, h = c.s["extension"], c.h
    if not e:
        return []
    p = h.start("办案延期审批表", agency=False)
    rows = [
        (h.field("案由"), c.s["cause"]),
        *c.party_rows(),
        (h.label("立案日期"), h.date(c.s["days"]["filing"])),
        (
            h.field("延期理由"),
            h.say("papers", "延期理由"),
        ),
    ]
    rows += h.opinion(
        h.label("承办人意见"),
        h.say("papers", "延期申请"),
        "　".join(o[0] for o in c.s["officers"]),
        e["day"],
    )
    rows += h.opinion(
        h.label("负责人意见"), h.say("papers", "延期批准"), e["leader"]["name"], e["day"]
    )
    p.blocks += h.form(rows)
    p.day = h.date(e["day"])
    return [p]


def approval(c: Case) -> list[Paper]:
    """Approval of the decision."""
    a, h = c.s["approval"], c.h
    if not a:
        return []
    p = h.start("处罚决定审批表", agency=False)
    rows = [(h.label("案由"), c.s["cause"]), *c.party_rows(), (h.label("简要案情"), c.facts + "。")]
    rows += h.opinion(
        h.label("承办人意见"),
        c.say("stages", "审批承办意见", penalty=c.penalty(a["fine"])),
        "　".join(o[0] for o in c.s["officers"]),
        a["handler_day"],
    )
    if h.words.chance("approval.head", 0.6):
        rows += h.opinion(
            h.label("承办机构意见"), h.say("stages", "机构意见"), h.unit.head, a["handler_day"]
        )
    b = a["leader"]
    text = approved(c, b, "stages", "决定批准")
    rows += h.opinion(h.label("负责人意见"), text, b["name"], b["day"])
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def _told(c: Case) -> str:
    """How the decision tells that the party was heard."""
    n, h = c.s["notice"], c.h
    if not n:
        return ""
    found = next((r for r in c.s["receipts"] if r["of"] == "notice"), None)
    day = found["day"] if found else n["signed_off"] or n["day"]
    ref = f"《{c.notice_title()}》（{c.number('事先告知书')}）"
    slots = {"notice_day": h.date(min(day, c.s["decision"]["day"])), "notice_ref": ref}
    if c.s["defence"]:
        return c.say(
            "decision",
            "告知情况有申辩",
            defence_day=h.date(c.s["defence"]["day"]),
            defence=h.say("notice", "申辩理由"),
            reply=h.say("notice", "申辩答复"),
            **slots,
        )
    if c.s["hearing"]:
        told = h.say("papers", "决定要求听证", **slots)
        if c.s["hearing"]["held"]:
            day_heard, reply = h.date(c.s["hearing"]["day"]), h.say("notice", "申辩答复")
            told += h.say("papers", "决定举行听证", day=day_heard, reply=reply)
        return told
    return c.say(
        "decision",
        "告知情况无申辩",
        or_hearing=h.say("papers", "未要求听证") if n["hearing"] else "",
        **slots,
    )


def _decision_parts(c: Case) -> list[tuple[int, str]]:
    """The decision as (section, text); the eight sections of the headings."""
    d, out = c.s["decision"], []
    both = c.evidence()
    if d["facts"]:
        out.append((0, c.say("decision", "事实引语")))
    if d["evidence"]:
        out.append((1, c.say("decision", "证据引语", **both)))
    elif said := d.get("evidence_said"):
        out.append((1, c.say("papers", said)))
    violated, basis = (
        c.law("违反", state=d["violated"] or "article"),
        c.law("依据", d["basis_item"], d["basis"]),
    )
    if d["violated"]:
        out.append((2, c.say("decision", "违反引语", violated=violated)))
    if d["discretion"]:
        out.append((3, c.say("decision", "裁量")))
    if told := _told(c):
        out.append((4, told))
    wrong = d["fine"] + (1000 if d["fine"] > 8000 else 100)
    words = wrong if d["capital_of"] == "other" else d["capital_of"]
    out.append((5, c.say("decision", "处罚引语", basis=basis, penalty=c.penalty(d["fine"], words))))
    if d["correction"]:
        out.append((5, c.say("decision", "责令改正")))
    return out + _decision_end(c)


def remedies_of(h: House, d: Story) -> str:
    """The remedies as the decision tells them: lawfully, or less (`remedies_said`)."""
    told = d["remedies"]
    if said := d.get("remedies_said"):
        return h.say("papers", said, **(told or {}))
    return h.say("decision", "救济", **told) if told else ""


def _decision_end(c: Case) -> list[tuple[int, str]]:
    """Payment and remedies."""
    d: Story = c.s["decision"]
    out: list[tuple[int, str]] = []
    if d["payment"]:
        out.append((6, c.say("decision", "缴款")))
    if said := d.get("payment_said"):
        out.append((6, c.say("papers", said)))
    if d["payment"] or said:
        out.append((6, c.h.say("decision", "加处")))
    if text := remedies_of(c.h, d):
        out.append((7, text))
        out.append((7, c.h.say("decision", "不停止执行")))
    if c.h.words.chance("public", 0.5):
        out.append((7, c.h.say("decision", "公开说明")))
    return out


def decision(c: Case) -> list[Paper]:
    """The decision and its receipt."""
    d, h = c.s["decision"], c.h
    p = h.start("处罚决定书", number=c.number("处罚决定书"))
    name = c.other_party() if d["party"] == "other" else c.party["name"]
    rows = c.party_rows(d["code"], name, d["address"])
    style = h.shape("决定体")
    parts = _decision_parts(c)
    if d["party"] == "other":
        parts = [(i, t.replace(c.party["name"], name)) for i, t in parts]
    if style == "表格":
        heads = h.words.pick("decision", "段题")
        boxes = [*rows]
        for i, head in enumerate(heads):
            if texts := [t for k, t in parts if k == i]:
                boxes.append((head or h.field("证据"), "\n".join(texts)))
        p.blocks += h.form(boxes, "两列")
    else:
        p.blocks += h.form(rows, "行" if h.words.chance("decision.lines", 0.7) else "两列")
        _prose(c, p, parts, style)
    h.issue(p, d["agency"], d["day"] if d["dated"] else None, d["seal"])
    p.day, p.signed = h.date(d["day"]), True
    return [p, *receipts_of(c, "decision", "处罚决定书")]


def _prose(c: Case, p: Paper, parts: list[tuple[int, str]], style: str) -> None:
    """Plain prose, few long paragraphs (连段), numbered prose, or prose with headings."""
    if style == "散文":
        for _, text in parts:
            p.add("para", text)
    elif style == "连段":
        for sections in ((0, 1), (2, 3), (4, 5), (6,), (7,)):
            if told := "".join(text for i, text in parts if i in sections):
                p.add("para", told)
    elif style in ("序号", "分号"):
        mark = "{}、{}" if style == "序号" else "（{}）{}"
        for i, (_, text) in enumerate(parts, 1):
            p.add("para", mark.format(numeral(i), text))
    else:
        heads, last, n = c.h.words.pick("decision", "段题"), -1, 0
        for i, text in parts:
            if i != last and heads[i]:
                p.add("head", f"{'一二三四五六七八'[n]}、{heads[i]}")
                n += 1
            last = i
            p.add("para", text)
