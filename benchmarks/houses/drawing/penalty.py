"""The papers of an ordinary-penalty story, in the words and layouts of a house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper, plain, sign
from drawing.writing import capital

Story = dict[str, Any]
MAKERS: list[tuple[str, Callable[[Case], list[Paper]]]] = []
STAGES = {"立案": 1, "调查": 2, "决定": 3, "执行": 4}


def maker(stage: str) -> Callable[[Callable[[Case], list[Paper]]], Callable[[Case], list[Paper]]]:
    """Registers a function that makes papers, in the order of the procedure."""

    def register(make: Callable[[Case], list[Paper]]) -> Callable[[Case], list[Paper]]:
        MAKERS.append((stage, make))
        return make

    return register


def papers_of(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """All papers but cover, catalogue and last page, in the order of the procedure."""
    case = Case(house, story)
    out: list[Paper] = []
    for stage, make in MAKERS:
        for paper in make(case):
            paper.stage = STAGES[stage]
            out.append(paper)
    return case, out


@maker("立案")
def source(c: Case) -> list[Paper]:
    """Register of the source."""
    if not c.s["source"]:
        return []
    h, day = c.h, c.s["source"]["day"]
    p = h.start("案件来源登记表", agency=False)
    rows = [(h.label("案件来源"), c.h.say("stages", "来源")), ("登记时间", h.date(day))]
    rows += c.party_rows()
    rows.append(("线索内容", c.say("stages", "立案案情")))
    rows += h.opinion("处理意见", "建议核查。", c.s["officers"][0][0], day)
    p.blocks += h.form(rows)
    p.day = h.date(day)
    return [p]


@maker("立案")
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
        h.say("stages", "立案批准") if b["opinion"] else "",
        b["name"],
        b["day"],
    )
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def _record_head(c: Case, r: Story, kind: str) -> tuple[list[tuple[str, str]], str]:
    """Fields over a record, and what the party is called in it."""
    h, inspect = c.h, kind == "现场检查笔录"
    person = r["present"]
    role = (
        "本人"
        if person == c.party["name"]
        else (
            "法定代表人"
            if person == c.party["owner"] and c.party["kind"] == "单位"
            else "经营者"
            if person == c.party["owner"]
            else "委托代理人"
        )
    )
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
        rows.append(("与本案关系" if h.seed % 2 else "职务", role))
        rows.append((h.label("电话"), c.party["phone"]))
    rows.append(
        (
            h.label("执法人员" if inspect else "询问人"),
            h.certified(r["officers"], r["certificates"]),
        )
    )
    rows.append((h.label("记录人"), r["officers"][-1][0]))
    return rows, "你" if not inspect else ("被检查人" if h.seed % 2 else "现场负责人")


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
            text = text.replace(numbers, "").replace("（证号：）", "").replace("（执法证号）", "")
            text = f"执法人员向{them}出示了执法证件，表明了身份。"
        said.append(text)
    if r["recusal"]:
        said.append(c.say("records", "申请回避", **slots))
    said.append(c.say("records", "陈述权告知", **slots))
    for text in said:
        _spoken(p, text)
    if inspect:
        p.add(
            "para",
            f"{h.label('检查情况')}："
            + c.say("records", "检查引语", scene=c.v["所见"], photos=c.photos, **slots),
        )
    else:
        for q, a in [["你叫什么名字，负责什么", f"我叫{r['present']}"], *c.v["问答"]]:
            p.add("para", f"问：{q}？")
            p.add("para", f"答：{a}。")
    _record_end(c, p, r, inspect)
    p.day, p.signed = h.date(r["day"]), True
    return p


def _spoken(p: Paper, text: str) -> None:
    """A sentence with an answer goes on two lines."""
    if "答：" in text:
        q, a = text.split("答：", 1)
        p.add("para", q if q.startswith("问：") else f"问：{q}")
        p.add("para", f"答：{a}")
    else:
        p.add("para", text)


def _record_end(c: Case, p: Paper, r: Story, inspect: bool) -> None:
    """Confirmation and signatures."""
    h = c.h
    day = h.date(r["day"])
    who = h.label("被检查人" if inspect else "被询问人").replace("　", "")
    staff = h.label("执法人员" if inspect else "询问人").split("及")[0]
    word = h.words.dice("signword").choice(["（签名）", "签名", "（签字或盖章）"])
    if r["party_signs"] == "refused":
        p.add("para", h.say("records", "拒签", witness=h.unit.others[0]))
        p.add("line", f"见证人{word}：{sign(h.unit.others[0])}　　{day}")
    elif r["party_signs"]:
        p.add("para", h.say("records", "核对"))
        p.add("line", f"{who}{word}：{sign(r['present'])}　　{day}")
    else:
        p.add("line", f"{who}{word}：　　　　　　{day}")
    p.add("line", f"{staff}{word}：{h.signed(r['signers'])}　　{day}")


@maker("调查")
def inspection(c: Case) -> list[Paper]:
    """Record of the scene."""
    return [record_of(c, c.s["inspection"], "现场检查笔录")] if c.s["inspection"] else []


@maker("调查")
def interviews(c: Case) -> list[Paper]:
    """Records of interviews."""
    return [record_of(c, r, "询问笔录") for r in c.s["interviews"]]


@maker("调查")
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
    c: Case, kind: str, title: str, body: list[tuple[str, str]], note: bool, giver: str
) -> Paper:
    """A copied document with or without the note of comparison."""
    h = c.h
    p = h.start(kind, title=title, agency=False)
    p.blocks += h.form(body, "两列" if len(body) > 3 else "行")
    p.add("gap", 30)
    if note:
        p.add("line", h.say("records", "复印件核对", giver=giver, keeper=giver))
        word = h.words.dice("copy").choice(["提供人（签名）", "证据提供人", "当事人（签章）"])
        day = h.date(c.s["days"]["ask"])
        p.add("line", f"{word}：{sign(c.party['owner'])}　　{day}")
        p.add("line", f"执法人员：{h.signed([o[0] for o in c.s['officers']])}　　{day}")
    return p


@maker("调查")
def identity(c: Case) -> list[Paper]:
    """Copy of the licence or the identity card."""
    if not c.s["identity"]:
        return []
    party, title = c.party, c.h.title("当事人身份证明")
    if party["kind"] == "个人":
        if "营业执照" in title:
            title = "身份证复印件粘贴页"
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
            ("经营范围", "许可项目以批准文件为准；一般项目依法自主开展"),
        ]
    return [copy_of(c, "当事人身份证明", title, body, c.s["identity"]["note"], party["owner"])]


@maker("调查")
def copies(c: Case) -> list[Paper]:
    """Copied evidence."""
    out = []
    for e in c.s["evidence"]:
        body = [
            ("证据名称", e["name"]),
            ("内容", f"{c.party['name']}的{e['name']}，共{c.dice.randrange(1, 5)}页"),
            ("证明内容", f"证明当事人{c.s['cause']}的事实"),
        ]
        p = copy_of(c, "证据材料", "", body, e["note"], c.party["owner"])
        p.day = c.h.date(e["day"])
        out.append(p)
    return out


@maker("调查")
def mandate(c: Case) -> list[Paper]:
    """Mandate of a representative."""
    if not c.s["mandate"] or c.party["kind"] == "个人":
        return []
    h = c.h
    p = h.start("授权委托书", agency=False)
    p.add("para", c.say("stages", "委托", agent=c.party["agent"], agent_id=c.party["agent_id"]))
    p.add("line", f"委托人：{c.party['name']}")
    p.add(
        "line", f"法定代表人（负责人）：{sign(c.party['owner'])}　　{h.date(c.s['mandate']['day'])}"
    )
    return [p]


@maker("调查")
def addresses(c: Case) -> list[Paper]:
    """Where papers may be served."""
    if not c.s["address_sheet"]:
        return []
    h, day = c.h, c.s["address_sheet"]["day"]
    p = h.start("送达地址确认书", agency=False)
    rows = [
        *c.party_rows(),
        (h.label("电话"), c.party["phone"]),
        ("收件人", c.party["owner"]),
        ("确认事项", h.say("stages", "地址确认")),
    ]
    p.blocks += h.form(rows)
    p.add("line", f"确认人（签名）：{sign(c.party['owner'])}　　{h.date(day)}")
    return [p]


@maker("调查")
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


@maker("调查")
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
            f"{c.slots['found']}发现线索，{h.date(c.s['days']['filing'])}立案，"
            f"由{h.names([o[0] for o in c.s['officers']])}负责调查。",
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
    if c.s["decision"]["discretion"]:
        parts.append((measure, c.say("decision", "裁量")))
    if "proposal" in r["has"]:
        parts.append((advice, c.say("stages", "报告建议", penalty=c.penalty(c.s["fine"]))))
    if h.words.chance("report.form", 0.35):
        p.blocks += h.form([("案由", c.s["cause"]), *parts], "两列")
    else:
        for i, (head, text) in enumerate(parts, 1):
            p.add("head", f"{'一二三四五六七八'[i - 1]}、{head}")
            p.add("para", text)
    if c.s["blank"]:
        p.add("para", f"附：联系人{c.s['blank']}，联系方式{c.s['blank']}。")
    word = h.words.dice("report.sign").choice(["承办人（签名）", "调查人员", "办案人员签名"])
    p.add("line", f"{word}：{h.signed(r['signers'])}　　{h.date(r['day'])}")
    p.day, p.signed = h.date(r["day"]), True
    return [p]


@maker("决定")
def review(c: Case) -> list[Paper]:
    """Legal review."""
    r, h = c.s["review"], c.h
    if not r:
        return []
    p = h.start("法制审核意见书", agency=h.words.chance("review.agency", 0.5))
    aspects = h.words.pick("stages", "审核事项")[: r["aspects"]]
    answers = h.words.options("stages", "审核答")
    rows = [("案件名称", f"{c.party['name']}{c.s['cause']}案"), ("承办机构", h.unit.team)]
    if h.words.chance("review.table", 0.6):
        p.blocks += h.form(rows, "两列")
        lines = [[str(i), a, answers[i % len(answers)]] for i, a in enumerate(aspects, 1)]
        p.add("table", [["序号", "审核内容", "审核情况"], *lines], [0.12, 0.6, 0.28])
    else:
        p.blocks += h.form(rows, "行")
        for i, a in enumerate(aspects, 1):
            p.add("para", f"{i}.{a}：{answers[i % len(answers)]}。")
    text = h.say("stages", "审核结论") if r["conclusion"] else ""
    boxes = h.opinion(h.label("审核意见"), text, "", None) if False else []
    if text:
        boxes.append((h.label("审核意见"), text))
    who = r["by"] if r["signed"] else ""
    boxes.append((h.label("审核人"), sign(who)))
    boxes.append(("审核日期", h.date(r["day"])))
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


@maker("决定")
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
    agency = n["agency"] if n["agency"] != "other" else f"{h.unit.place}综合行政执法大队"
    if agency != h.unit.agency:
        for i, block in enumerate(p.blocks):
            if block[0] == "title":
                p.blocks[i] = ("title", [x.replace(h.unit.agency, agency) for x in block[1]])
    if h.words.chance("notice.fields", 0.4):
        p.blocks += h.form(c.party_rows(), "行")
    else:
        p.add("line", f"{c.party['name']}：")
    basis = c.law("依据", n["basis_item"])
    penalty = c.penalty(n["fine"], named=n["penalty"])
    text = c.say(
        "notice", "引语", violated=c.law("违反"), basis=basis, penalty=penalty, **c.evidence()
    )
    if not n["basis"]:
        text = f"你（单位）{c.s['cause']}，{c.facts}。"
        text += f"本机关拟对你（单位）作出如下行政处罚：{penalty}。"
    elif not n["penalty"]:
        text = (
            f"经查，{c.facts}，违反了{c.law('违反')}的规定，依据{basis}的规定，本机关将依法处理。"
        )
    p.add("para", text)
    _rights(c, p)
    p.add("line", h.say("notice", "联系"))
    h.issue(p, agency, n["day"])
    if n["signed_off"]:
        p.add(
            "line", f"当事人签收：{sign(c.party['owner'])}　　签收日期：{h.date(n['signed_off'])}"
        )
        p.also = [*p.also, "送达回证"]
    out = [p]
    if n["second"] and n["hearing"]:
        q = h.start("听证告知书", number=c.number("听证告知书"))
        q.add("line", f"{c.party['name']}：")
        q.add(
            "para",
            c.say(
                "notice",
                "引语",
                violated=c.law("违反"),
                basis=basis,
                penalty=penalty,
                **c.evidence(),
            ),
        )
        q.add("para", h.say("notice", "听证权"))
        h.issue(q, agency, n["day"])
        if n["signed_off"]:
            q.add(
                "line",
                f"当事人签收：{sign(c.party['owner'])}　　签收日期：{h.date(n['signed_off'])}",
            )
        out.append(q)
    return [*out, *receipts_of(c, "notice", "事先告知书")]


@maker("决定")
def defence(c: Case) -> list[Paper]:
    """Defence and its review."""
    d, h = c.s["defence"], c.h
    out = []
    if d:
        p = h.start("陈述申辩书", agency=False)
        p.add("line", f"{h.unit.agency}：")
        p.add(
            "para",
            f"我方收到{c.notice_title()}（{c.number('事先告知书')}），"
            f"现提出意见：{h.say('notice', '申辩理由')}。",
        )
        p.add("right", f"陈述申辩人：{sign(d['by'])}")
        p.add("right", h.date(d["day"]))
        p.day = h.date(d["day"])
        out.append(p)
    r = c.s["defence_review"]
    if r:
        p = h.start("陈述申辩复核意见", agency=False)
        rows = [
            ("案由", c.s["cause"]),
            ("当事人陈述申辩内容", h.say("notice", "申辩理由")),
            ("复核情况及采纳意见", h.say("notice", "申辩答复")),
        ]
        rows += h.opinion(
            "复核人员意见",
            "建议维持拟处罚意见。",
            "　".join(o[0] for o in c.s["officers"]),
            r["day"],
        )
        rows += h.opinion(h.label("负责人意见"), "同意。", r["leader"]["name"], r["day"])
        p.blocks += h.form(rows)
        p.day = h.date(r["day"])
        out.append(p)
    return out


@maker("决定")
def hearing(c: Case) -> list[Paper]:
    """Application, notice, record and report of a hearing."""
    v, h = c.s["hearing"], c.h
    if not v:
        return []
    p = h.start("听证申请书", agency=False)
    p.add("line", f"{h.unit.agency}：")
    p.add(
        "para",
        f"贵机关送达的《{c.notice_title()}》（{c.number('事先告知书')}）已收到。对{c.s['cause']}一案拟作的处罚，我方要求举行听证。",
    )
    p.add("right", f"申请人：{sign(c.party['owner'])}")
    p.add("right", h.date(v["asked"]))
    if not v["held"]:
        return [p]
    q = h.start("听证通知书", number=c.number("听证通知书"))
    q.add("line", f"{c.party['name']}：")
    q.add(
        "para",
        f"根据你（单位）{h.date(v['asked'])}提出的听证要求，本机关决定于{h.date(v['day'])}9时30分在{h.unit.office}二楼会议室公开举行{c.s['cause']}一案听证会。听证由{v['presider']}主持，{v['recorder']}担任记录人。你（单位）可以申请听证主持人回避，可以委托一至二人代理，逾期不到场视为放弃听证。",
    )
    h.issue(q, h.unit.agency, v["notice_day"])
    r = h.start("听证笔录", agency=False)
    rows = [
        ("案由", c.s["cause"]),
        ("听证时间", f"{h.date(v['day'])}9时30分至10时40分"),
        ("听证地点", f"{h.unit.office}二楼会议室"),
        ("主持人", v["presider"]),
        ("记录人", v["recorder"]),
        ("当事人", f"{c.party['name']}　{c.party['owner']}"),
        ("案件调查人员", h.names([o[0] for o in c.s["officers"]])),
    ]
    r.blocks += h.form(rows, "行")
    r.add(
        "para",
        "主持人宣布听证会开始，核对到会人员身份，告知权利义务，询问是否申请回避。当事人：不申请。",
    )
    r.add("para", f"调查人员：{c.facts}，拟{c.penalty(c.s['fine'])}。")
    r.add("para", f"当事人：{h.say('notice', '申辩理由')}。")
    r.add("para", "主持人：双方陈述完毕，听证会结束。以上笔录请核对后签名。")
    for who, name in (
        ("party", c.party["owner"]),
        ("presider", v["presider"]),
        ("recorder", v["recorder"]),
    ):
        word = {"party": "当事人", "presider": "主持人", "recorder": "记录人"}[who]
        shown = sign(name) if who in v["signed"] else ""
        r.add("line", f"{word}（签名）：{shown}　　{h.date(v['day'])}")
    r.signed = True
    t = h.start("听证报告", agency=False)
    t.add(
        "para",
        f"{h.date(v['day'])}，本机关就{c.party['name']}{c.s['cause']}一案举行了听证。"
        f"当事人提出：{h.say('notice', '申辩理由')}。"
        f"听证认为，{h.say('notice', '申辩答复')}。建议维持拟处罚意见。",
    )
    t.add("line", f"听证主持人：{sign(v['presider'])}　　{h.date(v['report_day'])}")
    return [p, q, *receipts_of(c, "hearing", "听证通知书"), r, t]


@maker("决定")
def deliberation(c: Case) -> list[Paper]:
    """Collective discussion."""
    d, h = c.s["deliberation"], c.h
    if not d:
        return []
    p = h.start("集体讨论笔录", agency=False)
    first, others = d["present"][0], d["present"][1:]
    titled = (
        [f"{first}（局长）", f"{others[0]}（副局长）", *others[1:]] if h.seed % 2 else d["present"]
    )
    rows = [
        ("案件名称", f"{c.party['name']}{c.s['cause']}案"),
        (h.label("讨论时间"), f"{h.date(d['day'])}15时至15时40分"),
        (h.label("讨论地点"), f"{h.unit.office}三楼会议室"),
        (h.label("主持人"), d["host"]),
        (h.label("出席人员"), h.names(titled)),
        (h.label("汇报人"), c.s["officers"][0][0]),
        (h.label("记录人"), h.unit.clerk),
    ]
    p.blocks += h.form(rows, "行" if h.words.chance("talk.lines", 0.5) else "两列")
    p.add("para", f"{c.s['officers'][0][0]}：汇报案情。{c.facts}，建议{c.penalty(c.s['fine'])}。")
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
    word = h.words.dice("talk.sign").choice(["参加人员签名", "出席人员（签字）", "与会人员签名"])
    p.add("line", f"{word}：{names}")
    p.day, p.signed = h.date(d["day"]), True
    return [p]


@maker("决定")
def extension(c: Case) -> list[Paper]:
    """Longer term."""
    e, h = c.s["extension"], c.h
    if not e:
        return []
    p = h.start("办案延期审批表", agency=False)
    rows = [
        ("案由", c.s["cause"]),
        *c.party_rows(),
        (h.label("立案日期"), h.date(c.s["days"]["filing"])),
        (
            "延期理由",
            "案情复杂，需要进一步调查取证，不能在立案之日起九十日内作出处理决定，申请延长办案期限三十日。",
        ),
    ]
    rows += h.opinion(
        h.label("承办人意见"),
        "申请延长办案期限三十日。",
        "　".join(o[0] for o in c.s["officers"]),
        e["day"],
    )
    rows += h.opinion(h.label("负责人意见"), "同意延长三十日。", e["leader"]["name"], e["day"])
    p.blocks += h.form(rows)
    p.day = h.date(e["day"])
    return [p]


@maker("决定")
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
    text = h.say("stages", "决定批准") if b["opinion"] else ""
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
        told = f"{slots['notice_day']}，本机关送达{ref}，当事人在法定期限内要求听证。"
        if c.s["hearing"]["held"]:
            day_heard, reply = h.date(c.s["hearing"]["day"]), h.say("notice", "申辩答复")
            told += f"本机关于{day_heard}依法举行听证，{reply}。"
        return told
    return c.say(
        "decision", "告知情况无申辩", or_hearing="，也未要求听证" if n["hearing"] else "", **slots
    )


def _decision_parts(c: Case) -> list[tuple[int, str]]:
    """The decision as (section, text); the eight sections of the headings."""
    d, out = c.s["decision"], []
    both = c.evidence()
    if d["facts"]:
        out.append((0, c.say("decision", "事实引语")))
    if d["evidence"]:
        out.append((1, c.say("decision", "证据引语", **both)))
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
    if d["payment"]:
        out.append((6, c.say("decision", "缴款")))
        out.append((6, c.h.say("decision", "加处")))
    if d["remedies"]:
        out.append((7, c.h.say("decision", "救济", **d["remedies"])))
        out.append((7, c.h.say("decision", "不停止执行")))
    if c.h.words.chance("public", 0.5):
        out.append((7, c.h.say("decision", "公开说明")))
    return out


@maker("决定")
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
                boxes.append((head or "证据", "\n".join(texts)))
        p.blocks += h.form(boxes, "两列")
    else:
        p.blocks += h.form(rows, "行" if h.words.chance("decision.lines", 0.7) else "两列")
        _prose(c, p, parts, style)
    h.issue(p, d["agency"], d["day"] if d["dated"] else None, d["seal"])
    p.day, p.signed = h.date(d["day"]), True
    return [p, *receipts_of(c, "decision", "处罚决定书")]


def _prose(c: Case, p: Paper, parts: list[tuple[int, str]], style: str) -> None:
    """Plain prose, numbered prose, or prose with headings."""
    if style == "散文":
        for _, text in parts:
            p.add("para", text)
    elif style in ("序号", "分号"):
        mark = "{}、{}" if style == "序号" else "（{}）{}"
        for i, (_, text) in enumerate(parts, 1):
            p.add(
                "para",
                mark.format(
                    "一二三四五六七八九十"[min(i, 10) - 1] + ("" if i <= 10 else "一"), text
                ),
            )
    else:
        heads, last, n = c.h.words.pick("decision", "段题"), -1, 0
        for i, text in parts:
            if i != last and heads[i]:
                p.add("head", f"{'一二三四五六七八'[n]}、{heads[i]}")
                n += 1
            last = i
            p.add("para", text)


def receipts_of(c: Case, of: str, kind: str) -> list[Paper]:
    """The receipt of one paper."""
    found = next((r for r in c.s["receipts"] if r["of"] == of), None)
    if not found:
        return []
    h = c.h
    number = c.number(kind)
    if found["number"] == "other":
        number = h.number(kind, c.n + 41, c.year)
    p = h.start("送达回证", agency=h.words.chance("receipt.agency", 0.4))
    place = c.party["address"]
    signer = sign(found["signed"]) if found["signed"] not in ("", "witness") else ""
    remark = h.say("records", "送达备注")
    if found["method"] == "邮寄送达":
        remark = (
            f"邮政特快专递，单号10{c.dice.randrange(10**10, 10**11)}，{h.date(found['day'])}签收"
        )
    if found["method"] == "留置送达":
        remark = "受送达人拒绝接收，文书留置于其住所，已拍照录像"
        if found["witness"]:
            remark += f"，见证人{h.unit.others[0]}"
        else:
            remark = "受送达人拒绝接收，文书留置于其住所"
    served = f"{c.titles.get(kind) or h.title(kind)}　{number}"
    if of == "notice" and c.s["notice"]["second"] and c.s["notice"]["hearing"]:
        served += f"；{h.title('听证告知书')}　{c.number('听证告知书')}"
    rows = [
        (h.label("案由"), c.s["cause"]),
        (h.label("受送达人"), found["party"]),
        (h.label("送达文书"), served),
        (h.label("送达地点"), place),
        (h.label("送达方式"), found["method"]),
        (h.label("收件人"), signer),
        (h.label("送达日期"), h.date(found["day"])),
        (h.label("送达人"), h.signed(found["servers"])),
    ]
    if found["witness"]:
        rows.append((h.label("见证人"), sign(h.unit.others[0])))
    rows.append((h.label("备注"), remark))
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(found["day"]), True
    return [p]


@maker("执行")
def instalments(c: Case) -> list[Paper]:
    """Payment by instalments."""
    a, h = c.s["instalment_approval"], c.h
    if not a:
        return []
    p = h.start("延期分期缴纳审批表", agency=False)
    first, second = c.s["payments"]
    rows = [
        ("案由", c.s["cause"]),
        *c.party_rows(),
        ("申请理由", "资金周转困难，申请分两期缴纳。"),
        (
            "分期安排",
            f"第一期{h.date(first['day'])}缴纳{first['sum']}元，第二期{h.date(a['until'])}前缴纳{second['sum']}元。",
        ),
    ]
    rows += h.opinion(
        h.label("承办人意见"), "情况属实，建议同意。", c.s["officers"][0][0], a["day"]
    )
    rows += h.opinion(h.label("负责人意见"), "同意分期缴纳。", a["leader"]["name"], a["day"])
    p.blocks += h.form(rows)
    p.day = h.date(a["day"])
    return [p]


@maker("执行")
def payments(c: Case) -> list[Paper]:
    """Receipts of the bank."""
    h, out = c.h, []
    for i, x in enumerate(c.s["payments"]):
        p = h.start("缴款凭证", agency=False)
        code = c.dice.randrange(10**9, 10**10)
        rows = [
            ("票据号码", str(code + i)),
            (h.label("缴款人"), c.party["name"]),
            (h.label("收款单位"), h.unit.agency),
            (h.label("缴款日期"), h.date(x["day"])),
        ]
        p.blocks += h.form(rows, "四列" if h.seed % 2 else "行")
        p.add(
            "table",
            [
                ["项目编码", "收入项目名称", "数量", "金额（元）"],
                ["050101", f"{h.sector}罚没收入", "1", f"{x['sum']}.00"],
            ],
            [0.2, 0.4, 0.15, 0.25],
        )
        p.add("line", f"金额合计（大写）：{capital(x['sum'])}　（小写）：{x['sum']}.00")
        if h.words.chance("pay.number", 0.6):
            p.add("line", f"{h.label('备注')}：{c.number('处罚决定书')}")
        p.day = h.date(x["day"])
        out.append(p)
    return out


@maker("执行")
def recheck(c: Case) -> list[Paper]:
    """Whether the party corrected."""
    r, h = c.s["recheck"], c.h
    if not r:
        return []
    p = h.start("整改复查记录", agency=False)
    done = c.correction.split("，")[0]
    rows = [
        *c.party_rows(),
        (h.label("复查日期"), h.date(r["day"])),
        (h.label("复查人"), h.names(r["by"])),
    ]
    if c.s["correction"]:
        rows.append(("复查依据", f"{h.title('责令改正通知书')}（{c.number('责令改正通知书')}）"))
    rows.append((h.label("复查情况"), h.say("stages", "复查结果", done=f"{done}")))
    p.blocks += h.form(rows)
    p.add(
        "line", f"当事人（签名）：{sign(c.party['owner'])}　　复查人员（签名）：{h.signed(r['by'])}"
    )
    p.day = h.date(r["day"])
    return [p]


@maker("执行")
def publicity(c: Case) -> list[Paper]:
    """Publication of the decision."""
    x, h = c.s["publicity"], c.h
    if not x:
        return []
    p = h.start("公示记录", agency=False)
    number = c.main_number() if not x["number"] else h.number("处罚决定书", c.n + 17, c.year)
    result = c.s.get("result") or h.say("stages", "处罚摘要", figures_plain=x["fine"])
    rows = [
        (h.label("处罚文号"), number),
        (h.label("当事人"), x["party"]),
        (h.label("案由"), c.s["cause"]),
        (h.label("处理结果"), result),
        (h.label("决定日期"), h.date(x["decided"])),
    ]
    if c.party["kind"] != "个人":
        rows.insert(2, (h.label("证照号码"), c.party["code"]))
    elif x["personal"]:
        rows.insert(2, (h.label("身份证号"), c.party["code"]))
    rows += [
        (h.label("公示平台"), h.standing()["website"]),
        (h.label("公示日期"), h.date(x["day"])),
        ("经办人", sign(h.unit.clerk)),
        (h.label("备注"), h.say("stages", "公示附言")),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(x["day"])
    return [p]


@maker("执行")
def recordings(c: Case) -> list[Paper]:
    """List of recordings kept on a disc."""
    r, h = c.s["recordings"], c.h
    if not r:
        return []
    p = h.start("音像资料清单", agency=False)
    days = {"检查": c.s["days"].get("inspect"), "听证": c.s["days"].get("hearing")}
    served = next((x for x in c.s["receipts"] if x["of"] == "decision"), None)
    rows = []
    for i, stage in enumerate(r["stages"], 1):
        day = days.get(stage) or (
            served["day"] if served else c.s["days"].get("served") or c.s["days"]["decide"]
        )
        where = h.unit.office if stage == "听证" else c.party["place"]
        rows.append(
            [
                str(i),
                f"{stage}过程录像",
                h.date(day),
                where,
                c.s["officers"][1][0],
                "光盘一张，存档案室",
            ]
        )
    p.add(
        "table",
        [["序号", "内容", "录制时间", "录制地点", "录制人", "载体及存放"], *rows],
        [0.08, 0.2, 0.2, 0.24, 0.12, 0.16],
    )
    return [p]


@maker("执行")
def closing(c: Case) -> list[Paper]:
    """Closing of the case."""
    x, h = c.s["closing"], c.h
    if not x:
        return []
    p = h.start("结案审批表", agency=False)
    last = c.s["payments"][-1]
    total = sum(y["sum"] for y in c.s["payments"])
    rows = [
        (h.label("案由"), c.s["cause"]),
        *c.party_rows(),
        (h.label("处罚文号"), c.number("处罚决定书")),
        (h.label("立案日期"), h.date(c.s["days"]["filing"])),
        (h.label("决定日期"), h.date(c.s["decision"]["day"])),
        (h.label("执行情况"), c.say("stages", "结案情况", amount=total, paid=h.date(last["day"]))),
    ]
    rows += h.opinion(
        h.label("承办人意见"),
        h.say("stages", "结案承办意见"),
        "　".join(o[0] for o in c.s["officers"]),
        min(x["day"], x["leader"]["day"]),
    )
    b = x["leader"]
    rows += h.opinion(h.label("负责人意见"), h.say("stages", "结案批准"), b["name"], b["day"])
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def stranger(c: Case) -> Paper:
    """A receipt of another case that lies in this file by mistake."""
    h = c.h
    p = h.start("送达回证", agency=False)
    rows = [
        (h.label("案由"), "未按规定办理变更登记"),
        (h.label("受送达人"), f"{h.unit.place}福临门综合商店"),
        (
            h.label("送达文书"),
            f"{h.title('处罚决定书')}　{h.number('处罚决定书', c.n + 90, c.year)}",
        ),
        (h.label("送达地点"), f"{h.unit.place}东风路9号"),
        (h.label("送达方式"), "直接送达"),
        (h.label("收件人"), sign("龚福临")),
        (h.label("送达日期"), h.date(c.s["days"]["served"])),
        (h.label("送达人"), h.signed([o[0] for o in c.s["officers"]])),
    ]
    p.blocks += h.form(rows)
    return p


def text_of(paper: Paper) -> str:
    """All text of a paper, for looking things up."""
    return plain("\n".join(str(b) for b in paper.blocks))
