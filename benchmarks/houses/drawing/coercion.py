"""Administrative coercion: seizures, demolition, and fines brought before the court."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.concluding import publicity, recordings
from drawing.days import after_workdays, workday_on_or_after, workday_on_or_before
from drawing.house import House
from drawing.inquiry import identity, photos
from drawing.paper import Paper, sign
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.serving import receipts_of
from drawing.statements import approval, dates, names, pictures, publication, receipt
from drawing.statements import start as begin_story
from drawing.unit import Unit, party_of, reconsideration
from drawing.verify.coercion import broken

Story = dict[str, Any]
BOOK = Book()
fault, simple = BOOK.fault, BOOK.simple


def draw(house: House, matter: dict[str, Any], n: int) -> Story:
    """A lawful case of one of three ways."""
    words, unit = house.words, house.unit
    rng = words.dice(f"story.{n}")
    way = "拆除" if matter.get("拆除") else rng.choice(["扣押", "扣押", "法院"])
    way = matter.get("强制") or way
    party = party_of(words, unit, matter, str(n))
    story = begin_story(
        "coercion",
        "",
        n,
        party,
        [list(o) for o in rng.sample(unit.officers, 2)],
        way=way,
        agency=unit.agency,
        cause=matter["案由"],
        violation=matter["id"],
        defence=None,
        defence_review=None,
    )
    start = workday_on_or_after(dt.date(2024, 1, 10) + dt.timedelta(days=rng.randrange(380)))
    {"扣押": _seizure, "法院": _court, "拆除": _demolition}[way](story, unit, start, rng)
    if way == "法院":
        low, high = matter["金额"][party["kind"] != "单位"]
        story["fine"] = story["publicity"]["fine"] = max(low, min(high, story["fine"]))
    last = max(story["publicity"]["day"], story["days"]["end"])
    story["cover"] = {"missing": [], "archived": after_workdays(last, 5)}
    return story


def _seizure(s: Story, unit: Unit, start: dt.date, rng: random.Random) -> None:
    """Approval, decision, record of the scene, list; longer term; release."""
    minute = rng.randrange(0, 40)
    extended = rng.random() < 0.35
    end = start + dt.timedelta(days=29)
    longer = end + dt.timedelta(days=30)
    settle = after_workdays(start, 12) if not extended else end + dt.timedelta(days=12)
    settle = workday_on_or_after(settle)
    s["main"], s["result"] = "查封扣押决定书", "扣押"
    s["days"] = dates(start, began=start - dt.timedelta(days=20), end=settle)
    s["approval"] = {"day": start, "time": "08:50", "leader": approval(unit.leader, start)}
    s["decision"] = {
        "agency": "own",
        "day": start,
        "begin": start,
        "end": end,
        "days": 30,
        "reason": True,
        "goods": True,
        "remedies": True,
        "seal": True,
    }
    s["list"] = {"party": True, "officers": True, "goods": True}
    s["scene"] = {
        "day": start,
        "begin": f"09:{minute + 10:02d}",
        "end": f"10:{minute + 10:02d}",
        "officers": s["officers"],
        "shown": True,
        "informed": True,
        "heard": True,
        "handed": True,
        "party_signs": True,
        "signers": names(s),
    }
    s["receipts"].append(receipt(s, "decision", start))
    s["extension"] = None
    if extended:
        asked = workday_on_or_before(end - dt.timedelta(days=4))
        s["extension"] = {
            "day": asked,
            "leader": approval(unit.leader, asked),
            "end": longer,
            "told": True,
        }
        s["receipts"].append(receipt(s, "extension", asked))
    s["release"] = {"day": settle, "signed": True}
    s["photos"] = pictures(s, start, 2)
    s["recordings"] = {"stages": ["检查"]}
    s["publicity"] = publication(s, start, 6)


def _court(s: Story, unit: Unit, start: dt.date, rng: random.Random) -> None:
    """Enclosed decision, urge, application to the court."""
    s["fine"] = rng.randrange(6, 30) * 1000
    s["main"], s["result"] = "强制执行申请书", "申请人民法院强制执行"
    served = after_workdays(start, 2)
    suit_ends = _months(served, 6)
    urged = workday_on_or_after(suit_ends + dt.timedelta(days=rng.randrange(3, 12)))
    applied = after_workdays(urged, 12 + rng.randrange(5))
    approved = after_workdays(urged, 11)
    found = workday_on_or_before(start - dt.timedelta(days=30))
    began = found - dt.timedelta(days=40)
    s["days"] = dates(start, began=began, found=found, decide=applied, end=applied)
    s["penalty"] = {"day": start, "served": served}
    s["receipts"] += [receipt(s, "penalty", served), receipt(s, "urge", urged)]
    s["urge"] = {"day": urged, "term": True, "manner": True, "sum": True, "rights": True}
    if rng.random() < 0.4:
        _defence(s, unit, after_workdays(urged, 3))
    s["approval"] = {"day": approved, "leader": approval(unit.leader, approved)}
    s["application"] = {"day": applied, "suit_ends": suit_ends}
    s["publicity"] = publication(s, applied, 6)


def _months(day: dt.date, n: int) -> dt.date:
    month = day.month - 1 + n
    return dt.date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def _defence(s: Story, unit: Unit, day: dt.date) -> None:
    s["defence"] = {"day": day, "by": s["party"]["owner"]}
    s["defence_review"] = {
        "day": after_workdays(day, 2),
        "leader": approval(unit.leader, after_workdays(day, 2)),
    }


def _demolition(s: Story, unit: Unit, start: dt.date, rng: random.Random) -> None:
    """Order, urge, announcement, decision, execution."""
    s["main"], s["result"] = "强制执行决定书", "强制拆除"
    served = after_workdays(start, 1)
    suit_ends = _months(served, 6)
    announced = workday_on_or_after(suit_ends + dt.timedelta(days=5))
    urged = after_workdays(announced, 2)
    approved = after_workdays(urged, 12)
    decided = after_workdays(approved, 1)
    done = after_workdays(decided, 4 + rng.randrange(4))
    began = start - dt.timedelta(days=30)
    s["days"] = dates(start, began=began, decide=decided, inspect=done, end=done)
    s["order"] = {"day": start}
    s["receipts"] += [
        receipt(s, "order", served),
        receipt(s, "urge", urged),
        receipt(s, "decision", after_workdays(decided, 1)),
    ]
    s["urge"] = {"day": urged, "term": True, "manner": True, "sum": True, "rights": True}
    if rng.random() < 0.4:
        _defence(s, unit, after_workdays(urged, 3))
    s["announcement"] = {"day": announced, "deadline": after_workdays(announced, 10)}
    s["approval"] = {"day": approved, "leader": approval(unit.leader, approved)}
    s["decision"] = {
        "agency": "own",
        "day": decided,
        "when": done,
        "reason": True,
        "remedies": True,
        "seal": True,
    }
    s["execution"] = {
        "day": done,
        "begin": "09:20",
        "end": "15:40",
        "officers": s["officers"],
        "shown": True,
        "party_signs": True,
        "signers": names(s),
    }
    s["photos"] = pictures(s, done, 2)
    s["recordings"] = {"stages": ["检查"]}
    s["suit_ends"] = suit_ends
    s["publicity"] = publication(s, decided, 6)


# ------------------------------------------------------------------ faults
def seized(s: Story) -> bool:
    """A seizure."""
    return s["way"] == "扣押"


def enforced(s: Story) -> bool:
    """Enforcement after an urge."""
    return s["way"] != "扣押"


simple("coercion.authority", "inner-team", "decision.agency", "team", fits=seized)
simple("coercion.informed", "none", "scene.informed", False, fits=seized)
simple("coercion.defence-heard", "none", "scene.heard", False, fits=seized)
simple("coercion.scene-record", "no-end", "scene.end", "", fits=seized)
simple("coercion.scene-record", "party-unsigned", "scene.party_signs", False, fits=seized)
simple("coercion.two-officers", "not-shown", "scene.shown", False, fits=seized)
simple(
    "coercion.decision-complete",
    "no-remedies",
    "decision.remedies",
    False,
    "coercion.informed",
    seized,
)


@fault("coercion.decision-complete", "vague-remedies", seized, may="coercion.informed")
def _vague(story: Story, rng: random.Random) -> None:
    story["decision"].update(remedies=False, remedies_said="救济笼统")


simple("coercion.decision-complete", "no-reason", "decision.reason", False, "", seized)
simple(
    "coercion.list-complete",
    "none",
    "list",
    None,
    "coercion.decision-complete coercion.delivered",
    seized,
)
simple("coercion.list-complete", "unsigned", "list.party", False, "", seized)
simple("coercion.released-or-disposed", "none", "release", None, "coercion.within-30-days", seized)
simple("coercion.released-or-disposed", "unsigned", "release.signed", False, "", seized)
simple("coercion.av-recorded", "none", "recordings", None, "", seized)
simple("coercion.demand-complete", "no-rights", "urge.rights", False, "", enforced)
simple("coercion.demand-complete", "no-term", "urge.term", False, "", enforced)
simple(
    "coercion.defence-after-demand",
    "not-reviewed",
    "defence_review",
    None,
    "",
    lambda s: enforced(s) and bool(s["defence"]),
)
simple("coercion.published", "none", "publicity", None)
simple("coercion.archive", "no-catalogue", "catalogue", None)
simple(
    "coercion.demolition-announced", "none", "announcement", None, "", lambda s: s["way"] == "拆除"
)
simple(
    "coercion.execution-decision",
    "no-remedies",
    "decision.remedies",
    False,
    "",
    lambda s: s["way"] == "拆除",
)


@fault("coercion.demand-complete", "only-warned", enforced)
def _only_warned(story: Story, rng: random.Random) -> None:
    story["urge"].update(rights=False, warned=True)


@fault("coercion.approved-first", "after", seized)
def _after(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["decision"]["day"], 2)
    story["approval"].update(day=day, leader={**story["approval"]["leader"], "day": day})


@fault("coercion.two-officers", "one", seized, may="coercion.scene-record")
def _one(story: Story, rng: random.Random) -> None:
    story["scene"]["officers"] = story["scene"]["officers"][:1]
    story["scene"]["signers"] = story["scene"]["signers"][:1]


@fault("coercion.delivered", "no-receipt", seized)
def _unserved(story: Story, rng: random.Random) -> None:
    story["receipts"] = [r for r in story["receipts"] if r["of"] != "decision"]
    story["scene"]["handed"] = False


@fault(
    "coercion.within-30-days",
    "too-long",
    lambda s: seized(s) and not s["extension"],
    may="coercion.released-or-disposed coercion.decision-complete",
)
def _too_long(story: Story, rng: random.Random) -> None:
    d = story["decision"]
    d.update(end=d["begin"] + dt.timedelta(days=44), days=45)
    story["release"]["day"] = story["days"]["end"] = workday_on_or_after(
        d["begin"] + dt.timedelta(days=40)
    )
    story["cover"]["archived"] = after_workdays(story["release"]["day"], 6)


@fault(
    "coercion.extension-lawful",
    "late",
    lambda s: seized(s) and bool(s["extension"]),
    may="coercion.within-30-days",
)
def _late(story: Story, rng: random.Random) -> None:
    day = workday_on_or_after(story["decision"]["end"] + dt.timedelta(days=5))
    story["extension"].update(day=day, leader={**story["extension"]["leader"], "day": day})
    next(r for r in story["receipts"] if r["of"] == "extension")["day"] = day


@fault("coercion.court-application", "too-soon", lambda s: s["way"] == "法院")
def _soon(story: Story, rng: random.Random) -> None:
    urged = next(r for r in story["receipts"] if r["of"] == "urge")["day"]
    story["approval"]["day"] = story["approval"]["leader"]["day"] = after_workdays(urged, 4)
    applied = story["application"]["day"] = story["days"]["decide"] = after_workdays(urged, 5)
    if story["publicity"]:
        story["publicity"]["decided"] = applied
    if story["defence"]:
        story["defence"]["day"] = after_workdays(urged, 1)
        story["defence_review"] = story["defence_review"] and {
            **story["defence_review"],
            "day": after_workdays(urged, 3),
        }


@fault("coercion.court-application", "too-late", lambda s: s["way"] == "法院")
def _too_late(story: Story, rng: random.Random) -> None:
    day = workday_on_or_after(_months(story["application"]["suit_ends"], 4))
    story["approval"]["day"] = story["approval"]["leader"]["day"] = day
    story["application"]["day"] = story["days"]["decide"] = after_workdays(day, 1)
    story["publicity"].update(day=after_workdays(day, 6), decided=after_workdays(day, 1))
    story["cover"]["archived"] = after_workdays(day, 12)


@fault("coercion.execution-decision", "not-served", lambda s: s["way"] == "拆除")
def _not_served(story: Story, rng: random.Random) -> None:
    story["receipts"] = [r for r in story["receipts"] if r["of"] != "decision"]


@fault("coercion.not-at-night", "night", lambda s: s["way"] == "拆除")
def _night(story: Story, rng: random.Random) -> None:
    story["execution"].update(begin="22:30", end="23:50")


# ------------------------------------------------------------------ papers
def papers(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """The papers of the way that was taken."""
    c = Case(house, story)
    makers = {"扣押": _seizure_papers, "法院": _court_papers, "拆除": _demolition_papers}[
        story["way"]
    ]
    out = []
    for stage, made in makers(c):
        for p in made:
            p.stage = stage
            out.append(p)
    return c, out


def _seizure_papers(c: Case) -> list[tuple[int, list[Paper]]]:
    return [
        (1, _approval(c, "查封扣押审批表", "查封扣押审批表")),
        (
            2,
            [
                *_seize(c),
                *_list(c),
                *_scene(c),
                *receipts_of(c, "decision", "查封扣押决定书"),
                *photos(c),
                *identity(c),
            ],
        ),
        (3, [*_extension(c), *_release(c)]),
        (4, [*publicity(c), *recordings(c)]),
    ]


def _court_papers(c: Case) -> list[tuple[int, list[Paper]]]:
    return [
        (1, [*_enclosed(c), *receipts_of(c, "penalty", "处罚决定书")]),
        (2, [*_urge(c), *receipts_of(c, "urge", "催告书"), *_defended(c)]),
        (3, [*_approval(c, "强制执行审批表", "强制执行审批表"), *_application(c)]),
        (4, publicity(c)),
    ]


def _demolition_papers(c: Case) -> list[tuple[int, list[Paper]]]:
    return [
        (1, [*_order(c), *receipts_of(c, "order", "责令限期拆除决定书")]),
        (2, [*_announcement(c), *_urge(c), *receipts_of(c, "urge", "催告书"), *_defended(c)]),
        (
            3,
            [
                *_approval(c, "强制执行审批表", "强制执行审批表"),
                *_execute(c),
                *receipts_of(c, "decision", "强制执行决定书"),
            ],
        ),
        (4, [*_executed(c), *photos(c), *recordings(c), *publicity(c)]),
    ]


def _remedies(c: Case) -> str:
    return c.h.say(
        "decision",
        "救济",
        recon=reconsideration(c.h.unit, c.s["days"]["decide"], c.h.words),
        recon_term="六十日",
        court=c.h.unit.court,
        suit_term="六个月",
    ).replace("处罚", "")


def _agency(c: Case, p: Paper, which: str) -> str:
    """The agency that signs; another one also stands in the title."""
    own = c.h.unit.agency
    if which == "own":
        return own
    other = f"{c.h.unit.place}{c.h.unit.team}"
    p.rename(own, other)
    return other


def _approval(c: Case, title: str, kind: str) -> list[Paper]:
    a, h = c.s["approval"], c.h
    p = h.start(title, agency=False)
    p.kind = kind
    if kind != title:
        p.also = ["强制执行审批表", "强制执行决定书", "其他"]
    rows = [
        (h.label("案由"), c.s["cause"]),
        *c.party_rows(),
        (
            h.field("拟采取的措施"),
            h.say("papers", f"拟{c.s['way']}"),
        ),
    ]
    rows += h.opinion(
        h.label("承办人意见"),
        h.say("papers", "强制建议"),
        "　".join(o[0] for o in c.s["officers"]),
        a["day"],
    )
    b = a["leader"]
    at = (
        f"{a['time'].replace(':', '时')}分"
        if a.get("time") and b["day"] == c.s["decision"]["day"]
        else ""
    )
    rows += h.opinion(h.label("负责人意见"), h.say("papers", "同意") + at, b["name"], b["day"])
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def _seize(c: Case) -> list[Paper]:
    d, h = c.s["decision"], c.h
    p = h.start("查封扣押决定书", number=c.number("查封扣押决定书"))
    agency = _agency(c, p, d["agency"])
    p.blocks += h.form(c.party_rows(), "行")
    if d["reason"]:
        p.add(
            "para",
            c.say("procedures", "查扣理由", basis=c.law("扣押" if "扣押" in c.v else "依据")),
        )
    else:
        p.add("para", h.say("papers", "扣押无理由"))
    p.add("para", h.say("papers", "扣押物品", list=h.title("查封扣押清单")))
    p.add(
        "para",
        h.say(
            "procedures", "查扣期限", n=d["days"], begin=h.date(d["begin"]), end=h.date(d["end"])
        ),
    )
    p.add("para", h.say("papers", "扣押保管"))
    if d["remedies"]:
        p.add("para", _remedies(c))
    elif said := d.get("remedies_said"):
        p.add("para", c.say("papers", said))
    h.issue(p, agency, d["day"], d["seal"])
    p.signed = True
    return [p]


def _by_party(c: Case, signed: bool, day: str) -> str:
    """The line for the party, signed or not."""
    line = f"{c.h.field('当事人签名')}："
    return f"{line}{sign(c.party['owner'])}　　{day}" if signed else line


def _list(c: Case) -> list[Paper]:
    x, h = c.s["list"], c.h
    if not x:
        return []
    p = h.start("查封扣押清单", agency=False)
    p.add(
        "table",
        [
            [h.field(x) for x in ("序号", "物品名称", "规格", "数量", "清单备注")],
            *h.words.pick("papers", "扣押物品行"),
        ],
        [0.1, 0.35, 0.2, 0.15, 0.2],
    )
    day = h.date(c.s["decision"]["day"])
    p.add(
        "line",
        _by_party(c, x["party"], day),
    )
    p.add(
        "line", f"{h.field('执法人员签名')}：{h.signed([o[0] for o in c.s['officers']])}　　{day}"
    )
    p.signed = True
    return [p]


def _scene(c: Case) -> list[Paper]:
    r, h = c.s["scene"], c.h
    p = h.start("行政强制现场笔录", agency=False)
    p.kind = "查封扣押现场笔录"
    rows = [
        (h.label("时间"), h.span(r["day"], r["begin"], r["end"])),
        (h.label("地点"), c.party["place"]),
        (h.label("当事人"), c.party["name"]),
        (h.label("执法人员"), h.certified(r["officers"], True)),
        (h.label("记录人"), r["officers"][-1][0]),
    ]
    p.blocks += h.form(rows, "行" if h.seed % 2 else "两列")
    them = h.field("当事人")
    slots = {
        "names": h.names([o[0] for o in r["officers"]]),
        "certs": "、".join(o[1] for o in r["officers"]),
        "them": them,
    }
    if r["shown"]:
        p.add("para", c.say("records", "出示证件", **slots).replace("答：", f"{them}："))
    if r["informed"]:
        p.add("para", h.say("procedures", "查扣告知", them=them))
    if r["heard"]:
        p.add("para", h.say("procedures", "查扣听取", them=them))
    p.add(
        "para",
        h.say(
            "papers",
            "扣押现场" if r["handed"] else "扣押现场未交",
            decision=h.title("查封扣押决定书"),
        ),
    )
    day = h.date(r["day"])
    p.add(
        "line",
        _by_party(c, r["party_signs"], day),
    )
    p.add("line", f"{h.field('执法人员签名')}：{h.signed(r['signers'])}　　{day}")
    p.signed = True
    return [p]


def _extension(c: Case) -> list[Paper]:
    e, h = c.s["extension"], c.h
    if not e:
        return []
    p = h.start("延长查封扣押", number=c.number("延长查封扣押"))
    p.kind = "查封扣押延长决定书"
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        h.say(
            "papers",
            "扣押延长",
            leader=e["leader"]["name"],
            day=h.date(e["leader"]["day"]),
            end=h.date(e["end"]),
        ),
    )
    h.issue(p, h.unit.agency, e["day"])
    return [p, *receipts_of(c, "extension", "延长查封扣押")]


def _release(c: Case) -> list[Paper]:
    r, h = c.s["release"], c.h
    if not r:
        return []
    p = h.start("解除查封扣押决定书", number=c.number("解除查封扣押决定书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        h.say(
            "papers",
            "扣押在前",
            day=h.date(c.s["decision"]["day"]),
            number=c.number("查封扣押决定书"),
        )
        + h.say("procedures", "解除理由", day=h.date(r["day"])),
    )
    h.issue(p, h.unit.agency, r["day"])
    if r["signed"]:
        p.add(
            "line",
            h.say("papers", "物品领回", signer=sign(c.party["owner"]), day=h.date(r["day"])),
        )
        p.also = ["物品返还清单", "送达回证"]
    return [p]


def _enclosed(c: Case) -> list[Paper]:
    x, h = c.s["penalty"], c.h
    p = h.start("处罚决定书", number=c.number("处罚决定书"))
    p.blocks += h.form(c.party_rows(), "行")
    for key, slots in (
        ("事实引语", {}),
        ("证据引语", c.evidence_of_penalty()),
        ("违反引语", {"violated": c.law("违反")}),
        ("裁量", {}),
        ("处罚引语", {"basis": c.law("依据"), "penalty": c.penalty(c.s["fine"])}),
        ("缴款", {}),
        ("加处", {}),
    ):
        p.add("para", c.say("decision", key, **slots))
    p.add(
        "para",
        h.say(
            "decision",
            "救济",
            recon=reconsideration(h.unit, x["day"], h.words),
            recon_term="六十日",
            court=h.unit.court,
            suit_term="六个月",
        ),
    )
    h.issue(p, h.unit.agency, x["day"])
    return [p]


def _urge(c: Case) -> list[Paper]:
    u, h = c.s["urge"], c.h
    p = h.start("催告书", number=c.number("催告书"))
    p.add("line", f"{c.party['name']}：")
    first = "penalty" if c.s["way"] == "法院" else "order"
    kind = "处罚决定书" if first == "penalty" else "责令限期拆除决定书"
    served = next(r["day"] for r in c.s["receipts"] if r["of"] == first)
    duty = (
        h.say("papers", "缴款义务", fine=c.s["fine"])
        if first == "penalty"
        else c.say("papers", "拆除义务")
    )
    manner = h.say("papers", "缴款办法" if first == "penalty" else "拆除办法")
    term = "十日" if h.seed % 2 else "10个工作日"
    text = h.say(
        "procedures",
        "催告正文",
        day=h.date(served),
        ref=f"《{h.title(kind)}》（{c.number(kind)}）",
        duty=duty,
        manner=manner,
        term=term,
    )
    if not u["term"]:
        ref = f"《{h.title(kind)}》（{c.number(kind)}）"
        text = h.say("papers", "催告无期限", ref=ref, duty=duty, manner=manner)
    p.add("para", text)
    if u["rights"]:
        p.add("para", h.say("procedures", "催告权利"))
    elif u.get("warned"):
        p.add("para", h.say("papers", "催告只警告"))
    h.issue(p, h.unit.agency, u["day"])
    p.signed = True
    return [p]


def _defended(c: Case) -> list[Paper]:
    d, h, out = c.s["defence"], c.h, []
    if not d:
        return []
    p = h.start("陈述申辩书", agency=False)
    p.add("line", f"{h.unit.agency}：")
    p.add(
        "para",
        h.say(
            "papers",
            "催告申辩",
            ref=f"{h.title('催告书')}（{c.number('催告书')}）",
            reasons=h.say("notice", "申辩理由"),
        ),
    )
    p.add("right", f"{h.field('陈述申辩人')}：{sign(d['by'])}")
    p.add("right", h.date(d["day"]))
    out.append(p)
    if r := c.s["defence_review"]:
        q = h.start("陈述申辩复核意见", agency=False)
        rows = [
            (h.field("陈述申辩内容"), h.say("notice", "申辩理由")),
            (h.field("复核意见"), h.say("papers", "催告复核")),
        ]
        rows += h.opinion(
            h.label("负责人意见"), h.say("papers", "同意"), r["leader"]["name"], r["day"]
        )
        q.blocks += h.form(rows)
        out.append(q)
    return out


def _application(c: Case) -> list[Paper]:
    a, h = c.s["application"], c.h
    p = h.start("强制执行申请书", number=c.number("强制执行申请书"))
    p.add("line", f"{h.unit.court}：")
    p.blocks += h.form(
        [
            (h.field("申请人"), h.unit.agency),
            (h.field("机关代表"), h.unit.leader),
            (h.field("被申请人"), c.party["name"]),
            (h.label("地址"), c.party["address"]),
        ],
        "行",
    )
    urged = next(r["day"] for r in c.s["receipts"] if r["of"] == "urge")
    p.add(
        "para",
        c.say(
            "procedures",
            "法院申请",
            day=h.date(c.s["penalty"]["day"]),
            ref=f"《{h.title('处罚决定书')}》（{c.number('处罚决定书')}）",
            duty=h.say("papers", "缴款义务", fine=c.s["fine"]),
            served=h.date(c.s["penalty"]["served"]),
            urged=h.date(urged),
        ),
    )
    p.add(
        "para",
        h.say(
            "papers",
            "申请附件",
            decision=h.title("处罚决定书"),
            urge=h.title("催告书"),
            receipt=h.title("送达回证").replace(" ", ""),
        ),
    )
    h.issue(p, h.unit.agency, a["day"])
    p.signed = True
    return [p]


def _order(c: Case) -> list[Paper]:
    h = c.h
    p = h.start("责令限期拆除决定书", number=c.number("责令限期拆除决定书"))
    p.kind, p.also = "责令改正通知书", ["其他", "责令限期拆除决定书"]
    p.blocks += h.form(c.party_rows(), "行")
    p.add(
        "para",
        c.say("papers", "限期拆除", violated=c.law("违反"), basis=c.law("依据")),
    )
    p.add("para", _remedies(c))
    h.issue(p, h.unit.agency, c.s["order"]["day"])
    return [p]


def _announcement(c: Case) -> list[Paper]:
    a, h = c.s["announcement"], c.h
    if not a:
        return []
    p = h.start("拆除公告", number=c.number("拆除公告"))
    ref = f"《{h.title('责令限期拆除决定书')}》（{c.number('责令限期拆除决定书')}）"
    p.add("para", c.say("procedures", "拆除公告正文", ref=ref, deadline=h.date(a["deadline"])))
    h.issue(p, h.unit.agency, a["day"])
    return [p]


def _execute(c: Case) -> list[Paper]:
    d, h = c.s["decision"], c.h
    p = h.start("强制执行决定书", number=c.number("强制执行决定书"))
    p.blocks += h.form(c.party_rows(), "行")
    urged = next(r["day"] for r in c.s["receipts"] if r["of"] == "urge")
    ref = f"《{h.title('责令限期拆除决定书')}》（{c.number('责令限期拆除决定书')}）"
    p.add(
        "para",
        c.say(
            "procedures",
            "强执正文",
            ref=ref,
            basis=c.law("依据"),
            when=h.date(d["when"]),
            day=h.date(urged),
        ),
    )
    if d["remedies"]:
        p.add("para", _remedies(c))
    h.issue(p, h.unit.agency, d["day"], d["seal"])
    p.signed = True
    return [p]


def _executed(c: Case) -> list[Paper]:
    r, h = c.s["execution"], c.h
    p = h.start("强制执行笔录", agency=False)
    rows = [
        (h.field("执行时间"), h.span(r["day"], r["begin"], r["end"])),
        (h.field("执行地点"), c.party["place"]),
        (h.field("被执行人"), c.party["name"]),
        (h.label("执法人员"), h.certified(r["officers"], True)),
        (h.label("记录人"), r["officers"][-1][0]),
    ]
    p.blocks += h.form(rows, "行" if h.seed % 2 else "两列")
    p.add(
        "para",
        h.say("papers", "拆除经过"),
    )
    p.add("line", f"{h.field('被执行人签名')}：{sign(c.party['owner'])}　　{h.date(r['day'])}")
    p.add("line", f"{h.field('执法人员签名')}：{h.signed(r['signers'])}　　{h.date(r['day'])}")
    p.signed = True
    return [p]


def facts(c: Case) -> dict[str, Any]:
    """What the papers of the way say."""
    s, out = c.s, {}
    if s["way"] == "扣押":
        d = s["decision"]
        out = {
            "查封扣押决定书.文号": c.number("查封扣押决定书"),
            "查封扣押审批表.批准日期": s["approval"]["leader"]["day"].isoformat(),
            "查封扣押决定书.期限起": d["begin"].isoformat(),
            "查封扣押决定书.期限止": d["end"].isoformat(),
            "查封扣押现场笔录.执法人员": [o[0] for o in s["scene"]["officers"]],
        }
        if c.h.dates_by_hand:
            del out["查封扣押审批表.批准日期"]
        if s["scene"]["end"]:
            out["查封扣押现场笔录.开始时间"] = (
                f"{s['scene']['day'].isoformat()} {s['scene']['begin']}"
            )
    else:
        out = {"催告书.文号": c.number("催告书"), "催告书.日期": s["urge"]["day"].isoformat()}
    if s["way"] == "法院":
        out["强制执行申请书.文号"] = c.number("强制执行申请书")
        out["强制执行申请书.日期"] = s["application"]["day"].isoformat()
    if s["way"] == "拆除":
        out["强制执行决定书.文号"] = c.number("强制执行决定书")
        out["强制执行决定书.日期"] = s["decision"]["day"].isoformat()
    if s["publicity"]:
        out["公示记录.公示日期"] = s["publicity"]["day"].isoformat()
    return out


PROCEDURE = Procedure(
    "coercion",
    draw,
    BOOK.faults,
    broken,
    papers,
    facts,
    "封面列-其他",
    "卷宗封面-强制",
    ("coercion.archive",),
)
