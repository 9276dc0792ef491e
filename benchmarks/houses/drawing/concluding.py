"""The papers of execution, publication and closing."""

from __future__ import annotations

from typing import Any

from drawing.case import Case
from drawing.paper import Paper, sign
from drawing.writing import capital

Story = dict[str, Any]


def instalments(c: Case) -> list[Paper]:
    """Payment by instalments."""
    a, h = c.s["instalment_approval"], c.h
    if not a:
        return []
    p = h.start("延期分期缴纳审批表", agency=False)
    first, second = c.s["payments"]
    rows = [
        (h.field("案由"), c.s["cause"]),
        *c.party_rows(),
        (h.field("申请理由"), h.say("papers", "分期理由")),
        (
            h.field("分期安排"),
            h.say(
                "papers",
                "分期安排",
                first=h.date(first["day"]),
                one=first["sum"],
                until=h.date(a["until"]),
                two=second["sum"],
            ),
        ),
    ]
    rows += h.opinion(
        h.label("承办人意见"), h.say("papers", "分期建议"), c.s["officers"][0][0], a["day"]
    )
    rows += h.opinion(
        h.label("负责人意见"), h.say("papers", "分期批准"), a["leader"]["name"], a["day"]
    )
    p.blocks += h.form(rows)
    p.day = h.date(a["day"])
    return [p]


def payments(c: Case) -> list[Paper]:
    """Receipts of the bank."""
    h, out = c.h, []
    for i, x in enumerate(c.s["payments"]):
        p = h.start("缴款凭证", agency=False)
        code = c.dice.randrange(10**9, 10**10)
        rows = [
            (h.field("票据号码"), str(code + i)),
            (h.label("缴款人"), c.party["name"]),
            (h.label("收款单位"), h.unit.agency),
            (h.label("缴款日期"), h.date(x["day"])),
        ]
        p.blocks += h.form(rows, "四列" if h.seed % 2 else "行")
        p.add(
            "table",
            [
                [h.field(x) for x in ("项目编码", "收入项目名称", "数量", "金额（元）")],
                ["050101", f"{h.sector}罚没收入", "1", f"{x['sum']}.00"],
            ],
            [0.2, 0.4, 0.15, 0.25],
        )
        p.add("line", h.say("papers", "金额合计", words=capital(x["sum"]), sum=x["sum"]))
        if h.words.chance("pay.number", 0.6):
            p.add("line", f"{h.label('备注')}：{c.number('处罚决定书')}")
        p.day = h.date(x["day"])
        out.append(p)
    return out


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
        rows.append(
            (h.field("复查依据"), f"{h.title('责令改正通知书')}（{c.number('责令改正通知书')}）")
        )
    rows.append((h.label("复查情况"), h.say("stages", "复查结果", done=f"{done}")))
    p.blocks += h.form(rows)
    p.add(
        "line",
        f"{h.field('当事人签名')}：{sign(c.party['owner'])}　　"
        f"{h.field('复查人员签名')}：{h.signed(r['by'])}",
    )
    p.day = h.date(r["day"])
    return [p]


def publicity(c: Case) -> list[Paper]:
    """Publication of the decision."""
    x, h = c.s["publicity"], c.h
    if not x:
        return []
    p = h.start("公示记录", agency=False)
    number = c.main_number() if not x["number"] else h.number("处罚决定书", c.n + 17, c.year)
    rows = [
        (h.label("处罚文号"), number),
        (h.label("当事人"), x["party"]),
        (h.label("案由"), c.s["cause"]),
        (h.label("处理结果"), c.outcome(x["fine"])),
        (h.label("决定日期"), h.date(x["decided"])),
    ]
    if c.party["kind"] != "个人":
        rows.insert(2, (h.label("证照号码"), c.party["code"]))
    elif x["personal"]:
        rows.insert(2, (h.label("身份证号"), c.party["code"]))
    rows += [
        (h.label("公示平台"), h.standing()["website"]),
        (h.label("公示日期"), h.date(x["day"])),
        (h.field("经办人"), sign(h.unit.clerk)),
        (h.label("备注"), h.say("stages", "公示附言")),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(x["day"])
    return [p]


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
                h.say("papers", "录像名称", stage=stage),
                h.date(day),
                where,
                c.s["officers"][1][0],
                h.say("papers", "录像存放"),
            ]
        )
    p.add(
        "table",
        [
            [
                h.field(x)
                for x in ("序号", "录像内容", "录制时间", "录制地点", "录制人", "载体及存放")
            ],
            *rows,
        ],
        [0.08, 0.2, 0.2, 0.24, 0.12, 0.16],
    )
    return [p]


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
