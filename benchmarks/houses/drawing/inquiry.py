"""The papers from the first lead to the report of the investigation."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper, sign
from drawing.serving import receipts_of

Story = dict[str, Any]


def source(c: Case) -> list[Paper]:
    """Register of the source."""
    if not c.s["source"]:
        return []
    h, day = c.h, c.s["source"]["day"]
    p = h.start("案件来源登记表", agency=False)
    rows = [(h.label("案件来源"), c.h.say("stages", "来源")), (h.field("登记时间"), h.date(day))]
    rows += c.party_rows()
    rows.append((h.field("线索内容"), c.say("stages", "立案案情")))
    rows += h.opinion(h.field("处理意见"), h.say("papers", "建议核查"), c.s["officers"][0][0], day)
    p.blocks += h.form(rows)
    p.day = h.date(day)
    return [p]


def filing(c: Case) -> list[Paper]:
    """Form by which the case is filed."""
    f, h = c.s["filing"], c.h
    if not f:
        return []
    number = c.number("立案审批表")
    p = h.start("立案审批表", number=number)
    rows = []
    if f["cause"]:
        rows.append(
            (
                h.label("案由"),
                f"{'涉嫌' if h.seed % 3 == 0 else ''}{c.s['cause']}{'案' if h.seed % 2 else ''}",
            )
        )
    if f["source"]:
        rows.append((h.label("案件来源"), h.say("stages", "来源")))
    rows += c.party_rows()
    if f["brief"]:
        rows.append((h.label("简要案情"), c.say("stages", "立案案情")))
    if h.words.chance("filing.law", 0.5):
        rows.append((h.label("立案依据"), c.law("违反")))
    if h.words.chance("filing.handlers", 0.5):
        rows.append((h.label("承办人"), h.names(f["handlers"])))
    ask = c.say("stages", "立案承办意见", violated=c.law("违反"))
    day = f["handler_day"]
    rows += h.opinion(h.label("承办人意见"), ask, "　".join(f["handlers"]), day)
    if h.words.chance("filing.head", 0.7):
        rows += h.opinion(h.label("承办机构意见"), h.say("stages", "机构意见"), h.unit.head, day)
    b = f["leader"]
    rows += h.opinion(
        h.label("负责人意见"),
        approved(c, b, "stages", "立案批准"),
        b["name"],
        b["day"],
    )
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def approved(c: Case, box: Story, file: str, key: str) -> str:
    """What the leader wrote: consent, that it was read ("" in the story), or nothing (False)."""
    if box["opinion"] == "":
        return c.say("papers", "只阅")
    return c.say(file, key) if box["opinion"] else ""


def _role(c: Case, person: str) -> str:
    """What somebody is to the party."""
    if person == c.party["name"]:
        return c.h.field("本人")
    if person != c.party["owner"]:
        return c.h.field("委托代理人")
    return c.h.field("法定代表人" if c.party["kind"] == "单位" else "经营者")


def _record_head(c: Case, r: Story, kind: str) -> tuple[list[tuple[str, str]], str]:
    """Fields over a record, and what the party is called in it."""
    h, inspect = c.h, kind == "现场检查笔录"
    person, role = r["present"], _role(c, r["present"])
    rows = [
        (h.label("时间" if inspect else "询问时间"), h.span(r["day"], r["begin"], r["end"])),
        (
            h.label("地点" if inspect else "询问地点"),
            c.party["place"] if inspect else h.unit.office,
        ),
        (h.label("被检查人" if inspect else "被询问人"), c.party["name"] if inspect else person),
    ]
    if inspect and c.party["name"] != person:
        rows.append((h.label("现场负责人"), f"{person}（{role}）" if h.seed % 2 else person))
    if not inspect:
        rows.append((h.field("与本案关系" if h.seed % 2 else "职务"), role))
        rows.append((h.label("电话"), c.party["phone"]))
    rows.append(
        (
            h.label("执法人员" if inspect else "询问人"),
            h.certified(r["officers"], r["certificates"]),
        )
    )
    rows.append((h.label("记录人"), r["officers"][-1][0]))
    return rows, h.field("你" if not inspect else "被检查人" if h.seed % 2 else "现场负责人")


def record_of(c: Case, r: Story, kind: str) -> Paper:
    """A record of inspection or interview."""
    h, inspect = c.h, kind == "现场检查笔录"
    p = h.start(kind, agency=h.words.chance("record.agency", 0.5))
    rows, them = _record_head(c, r, kind)
    style = {"表": "两列", "行": "行", "无冒号": "下划线"}[h.shape("笔录头")]
    p.blocks += h.form(rows, style)
    numbers = "、".join(o[1] for o in r["officers"])
    slots = {"names": h.names([o[0] for o in r["officers"]]), "certs": numbers, "them": them}
    said = []
    if r["shown"]:
        text = c.say("records", "出示证件", **slots)
        if not r["certificates"]:
            text = c.say("papers", "出示无号", **slots)
        said.append(text)
    elif instead := r.get("said"):
        said.append(c.say("papers", instead, **slots))
    if r["recusal"]:
        said.append(c.say("records", "申请回避", **slots))
    said.append(c.say("records", "陈述权告知", **slots))
    for text in said:
        _spoken(h, p, text)
    if inspect:
        p.add(
            "para",
            f"{h.label('检查情况')}："
            + c.say("records", "检查引语", scene=c.v["所见"], photos=c.photos, **slots),
        )
    else:
        first = [h.say("papers", "首问"), h.say("papers", "首答", name=r["present"])]
        for q, a in [first, *c.v["问答"]]:
            _ask(h, p, f"{q}？", a)
    _record_end(c, p, r, inspect)
    p.day, p.signed = h.date(r["day"]), True
    return p


def _spoken(h: House, p: Paper, text: str) -> None:
    """A sentence with an answer goes on two lines."""
    if "答：" in text:
        q, a = text.split("答：", 1)
        _ask(h, p, q, a)
    else:
        p.add("para", text)


def _ask(h: House, p: Paper, q: str, a: str) -> None:
    """A question and its answer, marked as this house does."""
    asks, answers = h.words.pick("papers", "问答")
    asked = asks.format(q=q.rstrip("？"))
    p.add("para", asked if q.endswith("？") else asked.rstrip("？"))
    p.add("para", answers.format(a=a.rstrip("。")))


def _record_end(c: Case, p: Paper, r: Story, inspect: bool) -> None:
    """Confirmation and signatures."""
    h = c.h
    day = h.date(r["day"])
    who = h.label("被检查人" if inspect else "被询问人").replace("　", "")
    staff = h.label("执法人员" if inspect else "询问人").split("及")[0]
    word = h.among("签名词", "signword")
    if r["party_signs"] == "refused":
        p.add("para", h.say("records", "拒签", witness=h.unit.others[0]))
        p.add("line", f"{h.field('见证人')}{word}：{sign(h.unit.others[0])}　　{day}")
    elif r["party_signs"]:
        p.add("para", h.say("records", "核对"))
        p.add("line", f"{who}{word}：{sign(r['present'])}　　{day}")
    else:
        p.add("line", f"{who}{word}：　　　　　　{day}")
    p.add("line", f"{staff}{word}：{h.signed(r['signers'])}　　{day}")


def inspection(c: Case) -> list[Paper]:
    """Record of the scene."""
    return [record_of(c, c.s["inspection"], "现场检查笔录")] if c.s["inspection"] else []


def interviews(c: Case) -> list[Paper]:
    """Records of interviews."""
    return [record_of(c, r, "询问笔录") for r in c.s["interviews"]]


def photos(c: Case) -> list[Paper]:
    """Photos with captions, two on a page."""
    h = c.h
    if not c.s["photos"]:
        return []
    p = h.start("现场照片", agency=False)
    style = h.words.dice("caption").randrange(3)
    texts = h.words.options("records", "照片内容")
    for i, photo in enumerate(c.s["photos"]):
        what = texts[i % len(texts)].format(where=c.party["name"])
        p.add("photo", h.seed * 100 + c.s["n"] * 10 + i)
        rows = [(h.label("照片说明"), what), (h.label("拍摄时间"), h.date(photo["day"]))]
        rows += [(h.label("拍摄地点"), photo["place"])] if photo["place"] else []
        rows += [(h.label("拍摄人"), photo["by"])] if photo["by"] else []
        if style == 0:
            p.blocks += h.form(rows, "两列")
        elif style == 1:
            p.blocks += h.form(rows, "行")
        else:
            p.add("line", "；".join(f"{k}：{v}" for k, v in rows))
        p.add("gap", 10)
    return [p]


def copy_of(
    c: Case, kind: str, title: str, body: list[tuple[str, str]], note: Story, giver: str
) -> Paper:
    """A copied document with or without the note of comparison; without it, it may be signed."""
    h = c.h
    p = h.start(kind, title=title, agency=False)
    p.blocks += h.form(body, "两列" if len(body) > 3 else "行")
    p.add("gap", 30)
    if note["note"]:
        p.add("line", h.say("records", "复印件核对", giver=giver, keeper=giver))
    if note["note"] or note.get("signed"):
        word = h.among("提供人词", "copy")
        day = h.date(c.s["days"]["ask"])
        p.add("line", f"{word}：{sign(c.party['owner'])}　　{day}")
        p.add(
            "line", f"{h.field('执法人员')}：{h.signed([o[0] for o in c.s['officers']])}　　{day}"
        )
    return p


def identity(c: Case) -> list[Paper]:
    """Copy of the licence or the identity card."""
    if not c.s["identity"]:
        return []
    party, title = c.party, c.h.title("当事人身份证明")
    if party["kind"] == "个人":
        if "营业执照" in title:
            title = c.h.title("身份证复印件")
        sex = "女" if int(party["code"][16]) % 2 == 0 else "男"
        born = party["code"][6:14]
        body = [
            ("姓名", party["name"]),
            ("性别", sex),
            ("民族", "汉"),
            ("出生", f"{born[:4]}年{int(born[4:6])}月{int(born[6:])}日"),
            ("住址", party["address"]),
            ("公民身份号码", party["code"]),
        ]
    else:
        body = [
            ("名称", party["name"]),
            ("统一社会信用代码", party["code"]),
            ("类型", "有限责任公司" if party["kind"] == "单位" else "个体工商户"),
            ("法定代表人" if party["kind"] == "单位" else "经营者", party["owner"]),
            ("住所", party["address"]),
            ("经营范围", c.h.say("papers", "经营范围")),
        ]
    return [copy_of(c, "当事人身份证明", title, body, c.s["identity"], party["owner"])]


def copies(c: Case) -> list[Paper]:
    """Copied evidence."""
    out = []
    for e in c.s["evidence"]:
        body = [
            (c.h.field("证据名称"), e["name"]),
            (
                c.h.field("内容"),
                c.say("papers", "证据内容", name=e["name"], pages=c.dice.randrange(1, 5)),
            ),
            (c.h.field("证明内容"), c.say("papers", "证明内容")),
        ]
        p = copy_of(c, "证据材料", "", body, e, c.party["owner"])
        p.day = c.h.date(e["day"])
        out.append(p)
    return out


def mandate(c: Case) -> list[Paper]:
    """Mandate of a representative."""
    if not c.s["mandate"] or c.party["kind"] == "个人":
        return []
    h = c.h
    p = h.start("授权委托书", agency=False)
    p.add("para", c.say("stages", "委托", agent=c.party["agent"], agent_id=c.party["agent_id"]))
    p.add("line", f"{h.field('委托人')}：{c.party['name']}")
    p.add(
        "line",
        f"{h.field('委托负责人')}：{sign(c.party['owner'])}　　{h.date(c.s['mandate']['day'])}",
    )
    return [p]


def addresses(c: Case) -> list[Paper]:
    """Where papers may be served."""
    if not c.s["address_sheet"]:
        return []
    h, day = c.h, c.s["address_sheet"]["day"]
    p = h.start("送达地址确认书", agency=False)
    rows = [
        *c.party_rows(),
        (h.label("电话"), c.party["phone"]),
        (h.field("收件人"), c.party["owner"]),
        (h.field("确认事项"), h.say("stages", "地址确认")),
    ]
    p.blocks += h.form(rows)
    p.add("line", f"{h.field('确认人')}：{sign(c.party['owner'])}　　{h.date(day)}")
    return [p]


def correction(c: Case) -> list[Paper]:
    """Order to correct, with its receipt."""
    k, h = c.s["correction"], c.h
    if not k:
        return []
    p = h.start("责令改正通知书", number=c.number("责令改正通知书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        c.say(
            "stages",
            "责令正文",
            violated=c.law("违反"),
            basis=c.law("依据"),
            deadline=h.date(k["deadline"]),
        ),
    )
    h.issue(p, k["agency"], k["day"])
    return [p, *receipts_of(c, "correction", "责令改正通知书")]


def report(c: Case) -> list[Paper]:
    """Report of the investigation."""
    r, h = c.s["report"], c.h
    if not r:
        return []
    p = h.start("调查终结报告", agency=h.words.chance("report.agency", 0.5))
    who, how, facts, proof, law, measure, advice = h.words.pick("stages", "报告段题")
    parts = [
        (who, "，".join(f"{k.replace('　', '')}：{v}" for k, v in c.party_rows()) + "。"),
        (
            how,
            c.say("papers", "调查经过", filed=h.date(c.s["days"]["filing"])),
        ),
    ]
    if "facts" in r["has"]:
        parts.append((facts, c.facts + "。"))
    if "evidence" in r["has"]:
        parts.append((proof, c.say("stages", "报告证据引语", **c.evidence())))
    if "basis" in r["has"]:
        parts.append(
            (law, c.say("stages", "报告定性", violated=c.law("违反"), basis=c.law("依据")))
        )
    if c.s["decision"]["discretion"] and c.s["procedure"] != "nopenalty":
        parts.append((measure, c.say("decision", "裁量")))
    if "proposal" in r["has"]:
        parts.append((advice, c.say("stages", "报告建议", penalty=c.penalty(c.s["fine"]))))
    if h.words.chance("report.form", 0.35):
        p.blocks += h.form([(h.field("案由"), c.s["cause"]), *parts], "两列")
    else:
        for i, (head, text) in enumerate(parts, 1):
            p.add("head", f"{'一二三四五六七八'[i - 1]}、{head}")
            p.add("para", text)
    if c.s["blank"]:
        p.add("para", h.say("papers", "空白附注", blank=c.s["blank"]))
    word = h.among("报告签名词", "report.sign")
    p.add("line", f"{word}：{h.signed(r['signers'])}　　{h.date(r['day'])}")
    p.day, p.signed = h.date(r["day"]), True
    return [p]
