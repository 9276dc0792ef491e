"""Administrative licences: application, acceptance, check, decision, delivery, publication."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.days import after_workdays, workday_on_or_after
from drawing.house import House
from drawing.inquiry import identity
from drawing.paper import Paper, sign
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.serving import way_of
from drawing.statements import approval, dates, names, publication, receipt, start
from drawing.unit import party_of
from drawing.verify.licence import broken

Story = dict[str, Any]
BOOK = Book()
fault, simple = BOOK.fault, BOOK.simple


def draw(house: House, matter: dict[str, Any], n: int) -> Story:
    """A lawful licence that was granted."""
    words, unit = house.words, house.unit
    rng = words.dice(f"story.{n}")
    party = party_of(words, unit, {**matter, "主体": ["单位", "户"]}, str(n))
    applied = workday_on_or_after(dt.date(2024, 2, 19) + dt.timedelta(days=rng.randrange(560)))
    amended = rng.random() < 0.35
    asked = after_workdays(applied, rng.randrange(1, 5))
    accepted = (
        after_workdays(asked, 3 + rng.randrange(3))
        if amended
        else after_workdays(applied, rng.randrange(0, 3))
    )
    checked = after_workdays(accepted, 2 + rng.randrange(4))
    approved = after_workdays(checked, 1 + rng.randrange(3))
    decided = after_workdays(approved, rng.randrange(0, 2))
    served = after_workdays(decided, 1 + rng.randrange(6))
    story = start(
        "licence",
        "许可决定书",
        n,
        party,
        [list(o) for o in rng.sample(unit.officers, 2)],
        cause=matter["item"],
        violation=matter["id"],
        result="准予许可",
        days=dates(applied, decide=decided, filing=accepted),
        application={"day": applied, "signed": True, "list": True},
        receipt_slip={"day": applied},
        amendments=[{"day": asked}] if amended else [],
        acceptance={"day": accepted, "seal": True, "dated": True},
        approval={"day": approved, "leader": approval(unit.leader, approved)},
        decision={"agency": "own", "day": decided},
        fee=None,
    )
    story["decision"].update(dict.fromkeys(("basis", "party", "seal", "matter"), True))
    story["check"] = _checked(story, checked, rng.randrange(0, 50))
    story["receipts"] = [receipt(story, "decision", served)]
    story["publicity"] = publication(story, decided, 2 + rng.randrange(5))
    last = after_workdays(max(served, story["publicity"]["day"]), 6)
    story["cover"] = {"missing": [], "filed": accepted, "closed": served, "archived": last}
    return story


def _checked(story: Story, day: dt.date, minute: int) -> Story:
    """What the record of the visit states."""
    times = {"begin": f"10:{minute:02d}", "end": f"11:{minute:02d}"}
    return {"day": day, **times, "by": names(story), "signers": names(story)}


simple("licence.authority", "inner-office", "decision.agency", "team")
simple("licence.application-present", "none", "application", None, "licence.decided-20-days")
simple("licence.application-present", "unsigned", "application.signed", False)


@fault("licence.receipt-issued", "none", may="licence.acceptance-issued licence.decided-20-days")
def _no_slip(story: Story, rng: random.Random) -> None:
    story["receipt_slip"] = story["acceptance"] = None


simple(
    "licence.acceptance-issued",
    "none",
    "acceptance",
    None,
    "licence.decided-20-days licence.receipt-issued",
)
simple("licence.acceptance-issued", "no-seal", "acceptance.seal", False)
simple("licence.acceptance-issued", "no-date", "acceptance.dated", False, "licence.decided-20-days")
simple("licence.approval-signed", "no-name", "approval.leader.name", "")
simple("licence.decision-complete", "no-basis", "decision.basis", False)
simple("licence.decision-complete", "no-seal", "decision.seal", False, "licence.authority")
simple("licence.published", "none", "publicity", None)
simple("licence.no-fee", "fee", "fee", 300)
simple("licence.archive", "no-catalogue", "catalogue", None)


@fault("licence.inspection-two", "one")
def _one(story: Story, rng: random.Random) -> None:
    story["check"]["by"].pop()
    story["check"]["signers"].pop()


@fault(
    "licence.corrections-once",
    "late",
    lambda s: bool(s["amendments"]),
    may="licence.decided-20-days",
)
def _late_request(story: Story, rng: random.Random) -> None:
    _move(story, 9)
    story["amendments"][0]["day"] = after_workdays(story["application"]["day"], 9)


@fault("licence.corrections-once", "twice", lambda s: bool(s["amendments"]))
def _twice(story: Story, rng: random.Random) -> None:
    first = story["amendments"][0]["day"]
    story["amendments"].append({"day": after_workdays(first, 2)})


@fault("licence.decided-20-days", "late")
def _late(story: Story, rng: random.Random) -> None:
    _move(story, 24, ("approval", "decision", "receipts", "publicity", "cover"))


@fault("licence.delivered-10-days", "late")
def _served_late(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["decision"]["day"], 14)
    story["receipts"][0]["day"] = day
    story["cover"].update(closed=day, archived=after_workdays(day, 5))


@fault("licence.delivered-10-days", "no-receipt")
def _unserved(story: Story, rng: random.Random) -> None:
    story["receipts"] = []


@fault("licence.published", "late")
def _published_late(story: Story, rng: random.Random) -> None:
    story["publicity"]["day"] = after_workdays(story["decision"]["day"], 15)


MOVED = ("acceptance", "check", "approval", "decision", "receipts", "publicity", "cover")


def _move(value: Any, by: int, keys: tuple[str, ...] = MOVED) -> None:
    """Shifts all days of these papers by working days."""
    for key in keys:
        _shift(value[key], by)
    value["days"]["decide"] = value["decision"]["day"]
    if value["publicity"]:
        value["publicity"]["decided"] = value["decision"]["day"]
    if value["acceptance"]:
        value["days"]["filing"] = value["cover"]["filed"] = value["acceptance"]["day"]


def _shift(value: Any, by: int) -> None:
    pairs = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    for key, inner in pairs:
        if isinstance(inner, dt.date):
            value[key] = after_workdays(inner, by)
        else:
            _shift(inner, by)


def papers(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """All papers of the licence."""
    c = Case(house, story)
    out: list[Paper] = []

    def put(stage: int, made: list[Paper]) -> None:
        for p in made:
            p.stage = stage
            out.append(p)

    put(1, [*_application(c), *identity(c), *_slip(c), *_amendments(c), *_acceptance(c)])
    put(2, _check(c))
    put(3, [*_approval(c), *_decision(c), *_certificate(c)])
    put(4, [*_served(c), *_publicity(c), *_fee(c)])
    return c, out


def _title(c: Case, kind: str) -> str:
    return c.h.title(kind).format(item=c.v["item"], certificate=c.v["certificate"])


def _application(c: Case) -> list[Paper]:
    a, h = c.s["application"], c.h
    if not a:
        return []
    p = h.start("许可申请书", title=_title(c, "许可申请书"), agency=False)
    rows = [
        (h.label("申请人"), c.party["name"]),
        (h.label("申请事项"), c.v["item"]),
        (h.label("证照号码"), c.party["code"]),
        (h.label("法定代表人"), c.party["owner"]),
        (h.label("地址"), c.party["address"]),
        (h.label("电话"), c.party["phone"]),
        (
            h.field("申请内容"),
            h.say("procedures", "申请正文", party=c.party["name"], item=c.v["item"]),
        ),
    ]
    if a["list"]:
        rows.append((h.field("申请材料目录"), h.say("papers", "申请材料")))
    p.blocks += h.form(rows)
    if a["signed"]:
        p.add(
            "line",
            f"{h.field('申请人签章')}：{sign(c.party['owner'])}　　"
            f"{h.label('申请日期')}：{h.date(a['day'])}",
        )
    else:
        p.add("line", f"{h.field('申请人签章')}：")
    p.signed = True
    return [p]


def _slip(c: Case) -> list[Paper]:
    r, h = c.s["receipt_slip"], c.h
    if not r:
        return []
    p = h.start("材料接收凭证", number=c.number("材料接收凭证"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        h.say(
            "procedures",
            "接收正文",
            day=h.date(r["day"]),
            item=c.v["item"],
            n=4,
            party=c.party["name"],
        ),
    )
    h.issue(p, h.unit.agency, r["day"])
    return [p]


def _amendments(c: Case) -> list[Paper]:
    h, out = c.h, []
    applied = c.s["application"]["day"] if c.s["application"] else c.s["days"]["found"]
    for i, a in enumerate(c.s["amendments"]):
        number = c.number("补正告知书") if i == 0 else h.number("补正告知书", c.n + 1, c.year)
        p = h.start("补正告知书", number=number)
        p.add("line", f"{c.party['name']}：")
        text = h.say("procedures", "补正正文", day=h.date(applied), item=c.v["item"])
        if i:
            text = h.say("papers", "再次补正", item=c.v["item"])
        p.add("para", text)
        h.issue(p, h.unit.agency, a["day"])
        out.append(p)
    return out


def _acceptance(c: Case) -> list[Paper]:
    a, h = c.s["acceptance"], c.h
    if not a:
        return []
    p = h.start("受理通知书", number=c.number("受理通知书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para", h.say("procedures", "受理正文", day=h.date(c.s["days"]["found"]), item=c.v["item"])
    )
    h.issue(p, h.unit.agency, a["day"] if a["dated"] else None, a["seal"])
    p.signed = True
    return [p]


def _check(c: Case) -> list[Paper]:
    k, h = c.s["check"], c.h
    p = h.start("核查笔录", agency=False)
    rows = [
        (h.label("申请人"), c.party["name"]),
        (h.label("核查时间"), h.span(k["day"], k["begin"], k["end"])),
        (h.label("核查地点"), c.party["place"]),
        (h.label("核查人"), h.names(k["by"])),
    ]
    p.blocks += h.form(rows, "行" if h.seed % 2 else "两列")
    p.add("para", f"{h.label('核查意见')}：{h.say('procedures', '核查正文')}")
    p.add(
        "line",
        f"{h.label('核查人')}{h.field('签名处')}：{h.signed(k['signers'])}　　{h.date(k['day'])}",
    )
    p.add("line", f"{h.field('申请人签名')}：{sign(c.party['owner'])}　　{h.date(k['day'])}")
    p.day, p.signed = h.date(k["day"]), True
    return [p]


def _approval(c: Case) -> list[Paper]:
    a, h = c.s["approval"], c.h
    p = h.start("许可审批表", agency=False)
    p.kind = "许可审查审批表"
    rows = [
        (h.label("申请人"), c.party["name"]),
        (h.label("申请事项"), c.v["item"]),
        (h.label("受理日期"), h.date(c.s["days"]["filing"])),
    ]
    if not c.s["acceptance"]:
        rows.pop()
    rows += h.opinion(
        h.label("审查意见"), h.say("procedures", "许可审查"), c.s["officers"][0][0], a["day"]
    )
    b = a["leader"]
    rows += h.opinion(
        h.label("负责人意见"),
        h.say("procedures", "许可批准") if b["opinion"] else "",
        b["name"],
        b["day"],
    )
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def _decision(c: Case) -> list[Paper]:
    d, h = c.s["decision"], c.h
    p = h.start("许可决定书", number=c.number("许可决定书"))
    p.add("line", f"{c.party['name']}：")
    slots = {
        "day": h.date(c.s["days"]["found"]),
        "item": c.v["item"],
        "certificate": f"《{c.v['certificate']}》",
    }
    text = h.say("procedures", "准予正文", basis=c.v["依据"], **slots)
    if not d["basis"]:
        text = h.say("papers", "准予无依据", item=c.v["item"])
    p.add("para", text)
    agency = h.unit.agency if d["agency"] == "own" else f"{h.unit.place}{h.unit.team}"
    if d["agency"] != "own":
        p.rename(h.unit.agency, agency)
    h.issue(p, agency, d["day"], d["seal"])
    p.signed = True
    return [p]


def _certificate(c: Case) -> list[Paper]:
    h = c.h
    p = h.start("许可证件", title=c.v["certificate"], agency=False)
    rows = [
        (h.field("证件编号"), f"JY{h.unit.officers[0][1]}{c.n:04d}"),
        (h.field("证件名称"), c.party["name"]),
        (h.field("委托负责人"), c.party["owner"]),
        (h.field("经营场所"), c.party["place"]),
        (h.field("许可项目"), c.v["item"].replace("许可", "")),
        (h.field("有效期至"), h.date(c.s["decision"]["day"] + dt.timedelta(days=1825))),
    ]
    p.blocks += h.form(rows, "行")
    h.issue(p, h.unit.agency, c.s["decision"]["day"])
    return [p]


def _served(c: Case) -> list[Paper]:
    h = c.h
    if not c.s["receipts"]:
        return []
    found = c.s["receipts"][0]
    p = h.start("送达回证", agency=h.words.chance("receipt.agency", 0.4))
    rows = [
        (h.label("受送达人"), found["party"]),
        (
            h.label("送达文书"),
            f"{h.title('许可决定书')}　{c.number('许可决定书')}；{c.v['certificate']}",
        ),
        (h.label("送达地点"), h.unit.office),
        (h.label("送达方式"), way_of(h, found["method"])),
        (h.label("收件人"), sign(found["signed"])),
        (h.label("送达日期"), h.date(found["day"])),
        (h.label("送达人"), h.signed(found["servers"])),
    ]
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(found["day"]), True
    return [p]


def _publicity(c: Case) -> list[Paper]:
    x, h = c.s["publicity"], c.h
    if not x:
        return []
    p = h.start(
        "公示记录",
        title=h.title("公示记录-许可"),
        agency=False,
    )
    rows = [
        (h.field("许可决定文书号"), c.number("许可决定书")),
        (h.label("申请人"), x["party"]),
        (h.label("申请事项"), c.v["item"]),
        (h.field("许可决定日期"), h.date(x["decided"])),
        (h.label("公示平台"), h.standing()["website"]),
        (h.label("公示日期"), h.date(x["day"])),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(x["day"])
    return [p]


def _fee(c: Case) -> list[Paper]:
    if not c.s["fee"]:
        return []
    h = c.h
    p = h.start("收费票据", agency=False)
    p.kind, p.also = "缴款凭证", ["其他", "证据材料", "收费票据"]
    rows = [
        (h.label("缴款人"), c.party["name"]),
        (h.field("收费项目"), h.say("papers", "收费项目", item=c.v["item"])),
        (h.field("金额"), f"{c.s['fee']}.00元"),
        (h.label("收款单位"), h.unit.agency),
        (h.field("日期"), h.date(c.s["decision"]["day"])),
    ]
    p.blocks += h.form(rows)
    return [p]


def facts(c: Case) -> dict[str, Any]:
    """What the papers say."""
    s, typed = c.s, not c.h.by_hand
    out: dict[str, Any] = {
        "许可决定书.文号": c.number("许可决定书"),
        "许可决定书.作出日期": s["decision"]["day"].isoformat(),
        "许可决定书.当事人": c.party["name"],
        "核查笔录.开始时间": f"{s['check']['day'].isoformat()} {s['check']['begin']}",
        "核查笔录.核查人员": s["check"]["by"],
        "许可审查审批表.批准日期": s["approval"]["leader"]["day"].isoformat(),
    }
    if c.h.dates_by_hand:
        del out["许可审查审批表.批准日期"]
    if s["application"] and s["application"]["signed"]:
        out["许可申请书.日期"] = s["application"]["day"].isoformat()
    if s["acceptance"]:
        out["受理通知书.文号"] = c.number("受理通知书")
        if s["acceptance"]["dated"]:
            out["受理通知书.日期"] = s["acceptance"]["day"].isoformat()
    if s["receipt_slip"]:
        out["材料接收凭证.日期"] = s["receipt_slip"]["day"].isoformat()
    if s["receipts"]:
        out["送达回证.送达日期"] = s["receipts"][0]["day"].isoformat()
        out["送达回证.受送达人"] = s["receipts"][0]["party"]
        if typed:
            out["送达回证.送达人"] = s["receipts"][0]["servers"]
    if s["publicity"]:
        out["公示记录.公示日期"] = s["publicity"]["day"].isoformat()
    return out


PROCEDURE = Procedure(
    "licence",
    draw,
    BOOK.faults,
    broken,
    papers,
    facts,
    "封面列-许可",
    "卷宗封面-许可",
    ("licence.archive",),
)
