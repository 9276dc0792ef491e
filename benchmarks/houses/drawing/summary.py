"""The summary procedure: a decision on the spot."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.concluding import publicity, recordings
from drawing.days import after_workdays, workday_on_or_after
from drawing.house import House
from drawing.inquiry import identity, photos
from drawing.paper import Paper, sign
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.unit import party_of, reconsideration
from drawing.verify.summary import broken
from drawing.writing import capital

Story = dict[str, Any]
BOOK = Book()
fault, simple = BOOK.fault, BOOK.simple


def draw(house: House, matter: dict[str, Any], n: int) -> Story:
    """A lawful decision on the spot."""
    words, unit = house.words, house.unit
    rng = words.dice(f"story.{n}")
    kinds = [k for k, key in (("单位", "单位"), ("个人", "个人"), ("户", "个人")) if key in matter]
    party = party_of(words, unit, {**matter, "主体": kinds}, str(n))
    fine = _fine(party, matter, rng)
    day = workday_on_or_after(dt.date(2024, 1, 8) + dt.timedelta(days=rng.randrange(600)))
    spot = party["kind"] != "单位" and fine <= 100 and rng.random() < 0.6
    paid = day if spot else workday_on_or_after(day + dt.timedelta(days=rng.randrange(1, 11)))
    officers = [list(o) for o in rng.sample(unit.officers, 2)]
    story: Story = {
        "procedure": "summary",
        "main": "当场处罚决定书",
        "n": n,
        "agency": unit.agency,
        "party": party,
        "cause": matter["案由"],
        "violation": matter["id"],
        "officers": officers,
        "fine": fine,
        "confiscated": 0,
        "receipts": [],
        "days": dict.fromkeys(("found", "began", "decide", "filing", "inspect", "ask"), day),
        "decision": _stated(party, officers, fine, day, rng),
        "payment": {"day": paid, "sum": fine},
    }
    story["decision"]["how"] = "当场收缴" if spot else "银行缴纳"
    _rest(story, day, rng, words.chance("cover", 0.5))
    return story


def _fine(party: Story, matter: dict[str, Any], rng: random.Random) -> int:
    """A sum within what may be imposed on the spot."""
    firm = party["kind"] == "单位"
    low, high = matter["单位" if firm else "个人"]
    return rng.randrange(low, high + 1, 100 if firm else 50)


def _stated(party: Story, officers: Any, fine: int, day: dt.date, rng: random.Random) -> Story:
    """What the decision states."""
    stated: Story = dict.fromkeys(
        ("act", "numbered", "certificates", "shown", "informed", "code", "amount", "first",
         "remedies", "seal"),
        True,
    )  # fmt: skip
    stated.update(
        agency="own",
        day=day,
        time=f"{rng.randrange(9, 17):02d}:{rng.randrange(60):02d}",
        fine=fine,
        capital_of=fine,
        violated="article",
        signed=party["owner"],
        signed_day=day,
        signers=[o[0] for o in officers],
    )
    return stated


def _rest(s: Story, day: dt.date, rng: random.Random, covered: bool) -> None:
    """Photos, identity, report to the agency, publicity, cover."""
    filed = after_workdays(day, 1 if rng.random() < 0.7 else 2)
    published = after_workdays(day, rng.randrange(2, 7))
    by, place = s["officers"][1][0], s["party"]["place"]
    s["photos"] = [{"day": day, "place": place, "by": by} for _ in range(rng.randrange(1, 3))]
    s["identity"], s["filed"] = {"note": True}, {"day": filed}
    s["publicity"] = {
        "day": published,
        "party": s["party"]["name"],
        "fine": s["fine"],
        "decided": day,
        "number": "",
        "personal": False,
    }
    s["recordings"] = {"stages": ["检查"]}
    paid = s["payment"]["day"]
    archived = after_workdays(max(paid, filed, published), 4)
    s["cover"] = {"missing": [], "archived": archived, "closed": paid} if covered else None
    s["catalogue"] = {"ghost": "", "left_out": ""}


simple("summary.authority", "inner-team", "decision.agency", "team")
simple("summary.officer-certificates", "none", "decision.certificates", False)
simple("summary.officer-certificates", "not-shown", "decision.shown", False)
simple("summary.informed", "none", "decision.informed", False)
simple(
    "summary.form-numbered",
    "none",
    "decision.numbered",
    False,
    "summary.publicity summary.filed summary.contents",
)
simple(
    "summary.contents", "no-remedies", "decision.remedies", False, "summary.reconsideration-first"
)


@fault("summary.contents", "vague-remedies", may="summary.reconsideration-first")
def _vague(story: Story, rng: random.Random) -> None:
    story["decision"].update(remedies=False, remedies_said="救济笼统")


simple(
    "summary.contents",
    "no-amount",
    "decision.amount",
    False,
    "summary.amount-consistent summary.applicable",
)
simple("summary.basis-valid", "no-such-article", "decision.violated", "beyond")
simple("summary.amount-consistent", "capital", "decision.capital_of", "other", "summary.applicable")
simple("summary.reconsideration-first", "choice", "decision.first", False, "summary.contents")
simple("summary.delivered", "unsigned", "decision.signed", "")
simple("summary.filed", "none", "filed", None)
simple("summary.publicity", "none", "publicity", None, fits=lambda s: s["fine"] > 0)
simple("summary.archive", "no-catalogue", "catalogue", None)


@fault("summary.applicable", "too-much")
def _too_much(story: Story, rng: random.Random) -> None:
    fine = 3500 if story["party"]["kind"] == "单位" else 500
    story["fine"] = story["payment"]["sum"] = story["publicity"]["fine"] = fine
    story["decision"].update(fine=fine, capital_of=fine, how="银行缴纳")


@fault("summary.two-officers", "one")
def _one(story: Story, rng: random.Random) -> None:
    story["decision"]["signers"].pop()


@fault("summary.fact-evidence", "no-evidence", may="summary.recording summary.party-identified")
def _no_evidence(story: Story, rng: random.Random) -> None:
    story["photos"], story["recordings"], story["identity"] = [], None, None


@fault("summary.party-identified", "no-number", may="summary.contents")
def _no_number(story: Story, rng: random.Random) -> None:
    story["decision"]["code"] = False


@fault("summary.payment-lawful", "too-much-on-the-spot", lambda s: s["fine"] > 100)
def _spot(story: Story, rng: random.Random) -> None:
    story["decision"]["how"] = "当场收缴"
    story["payment"]["day"] = story["decision"]["day"]


def papers(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """Decision, photos, identity, payment, record, publicity."""
    c = Case(house, story)
    out = [_decision(c), *photos(c), *identity(c)]
    if not story["photos"] and not story["identity"]:
        out = out[:1]
    if p := story["payment"]:
        out.append(_payment(c, p))
    if story["filed"]:
        out.append(_filed(c))
    out += [*publicity(c), *recordings(c)]
    for i, p in enumerate(out):
        p.stage = 3 if i == 0 else 2 if p.kind in ("现场照片", "当事人身份证明") else 4
    return c, out


def _decision(c: Case) -> Paper:
    """The decision, as a form or in prose."""
    d, h = c.s["decision"], c.h
    p = h.start("当场处罚决定书", number=c.number("当场处罚决定书") if d["numbered"] else "")
    rows = c.party_rows()
    if not d["code"]:
        del rows[1]
    parts = _parts(c)
    last = [
        (h.field("处罚地点"), c.party["place"]),
        (
            h.field("执法人员及证号"),
            h.certified([o for o in c.s["officers"] if o[0] in d["signers"]], d["certificates"]),
        ),
    ]
    if h.shape("决定体") == "表格" or h.words.chance("summary.form", 0.4):
        filled = [(head, "\n".join(texts)) for head, texts in parts if texts]
        p.blocks += h.form([*rows, *filled, *last], "两列")
    else:
        p.blocks += h.form(rows, "行")
        for text in (text for _, texts in parts for text in texts):
            p.add("para", text)
        p.blocks += h.form(last, "行")
    p.add("line", f"{h.field('执法人员签名')}：{h.signed(d['signers'])}")
    line = f"{h.field('当事人签名')}："
    if d["signed"]:
        note = h.say("procedures", "当场签收")
        line = f"{note}。{line}{sign(d['signed'])}　　{h.date(d['signed_day'])}"
    p.add("line", line)
    agency = h.unit.agency if d["agency"] == "own" else f"{h.unit.place}{h.unit.team}"
    h.issue(p, agency, d["day"], d["seal"])
    p.signed = True
    return p


def _parts(c: Case) -> list[tuple[str, list[str]]]:
    """The sections of the decision with their sentences."""
    d, h = c.s["decision"], c.h
    hour, minute = d["time"].split(":")
    clock = f"{int(hour)}时{int(minute)}分"
    facts = c.say("procedures", "当场事实", day=h.date(d["day"]), time=clock, act=c.v["情节"])
    told = [h.say("papers", "当场亮证", names=h.names(d["signers"]))] if d["shown"] else []
    told += [h.say("procedures", "当场告知")] if d["informed"] else []
    wrong = d["fine"] + 50 if d["capital_of"] == "other" else d["fine"]
    penalty = h.money("罚款写法", d["fine"], wrong) if d["amount"] else "罚款的行政处罚"
    cited = {"violated": c.law("违反", state=d["violated"]), "basis": c.law("依据")}
    decided = c.say("procedures", "当场决定", penalty=penalty, **cited)
    pay = h.say("papers", "当场收缴")
    if d["how"] == "银行缴纳":
        pay = h.say("procedures", "当场缴款")
    return [
        (h.field("违法事实"), [facts]),
        (h.field("告知及申辩"), told),
        (h.field("处罚依据和内容"), [decided, c.say("papers", "当场责令")]),
        (h.field("缴纳方式"), [f"{h.label('缴款方式')}：{h.field(d['how'])}。{pay}"]),
        (h.field("救济途径"), _remedies(c)),
    ]


def _remedies(c: Case) -> list[str]:
    """Reconsideration first, as the law wants since 2024; or the free choice of before."""
    d, u = c.s["decision"], c.h.unit
    if not d["remedies"]:
        return [c.say("papers", said)] if (said := d.get("remedies_said")) else []
    organs = {"recon": reconsideration(u, d["day"], c.h.words), "court": u.court}
    if d["first"]:
        return [c.say("procedures", "先申请复议", **organs)]
    terms = {"recon_term": "六十日", "suit_term": "六个月"}
    return [c.say("decision", "救济", **organs, **terms)]


def _payment(c: Case, x: Story) -> Paper:
    h = c.h
    p = h.start("缴款凭证", agency=False)
    rows = [
        (h.label("缴款人"), c.party["name"]),
        (h.label("收款单位"), h.unit.agency),
        (h.label("缴款日期"), h.date(x["day"])),
        (h.field("收入项目"), f"{h.sector}罚没收入"),
        (h.field("金额"), f"{x['sum']}.00元（{capital(x['sum'])}）"),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(x["day"])
    return p


def _filed(c: Case) -> Paper:
    h, day = c.h, c.s["filed"]["day"]
    p = h.start("当场处罚备案表", agency=False)
    number = c.number("当场处罚决定书") if c.s["decision"]["numbered"] else ""
    rows = [(h.label("案由"), c.s["cause"]), (h.label("当事人"), c.party["name"])]
    rows += [(h.label("处罚文号"), number)] if number else []
    rows += [
        (h.label("处理结果"), h.say("stages", "处罚摘要", figures_plain=c.s["fine"])),
        (h.label("决定日期"), h.date(c.s["decision"]["day"])),
        (h.label("备案日期"), h.date(day)),
        (h.field("备案情况"), h.say("procedures", "备案", day=h.date(day))),
        (h.field("备案人"), sign(h.unit.clerk)),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(day)
    return p


def facts(c: Case) -> dict[str, Any]:
    """What the decision says."""
    d = c.s["decision"]
    out: dict[str, Any] = {
        "当场处罚决定书.当事人": c.party["name"],
        "当场处罚决定书.作出日期": d["day"].isoformat(),
        "当场处罚决定书.处罚依据": c.law("依据"),
        "缴款凭证.金额合计": float(c.s["payment"]["sum"]),
        "缴款凭证.缴款日期": c.s["payment"]["day"].isoformat(),
    }
    if d["numbered"]:
        out["当场处罚决定书.文号"] = c.number("当场处罚决定书")
    if d["code"]:
        out["当场处罚决定书.证照号码"] = c.party["code"]
    if d["amount"] and d["capital_of"] == d["fine"]:
        out["当场处罚决定书.罚款金额"] = d["fine"]
    if c.s["filed"]:
        out["当场处罚备案表.备案日期"] = c.s["filed"]["day"].isoformat()
    if c.s["publicity"]:
        out["公示记录.公示日期"] = c.s["publicity"]["day"].isoformat()
    return out


PROCEDURE = Procedure(
    "summary",
    draw,
    BOOK.faults,
    broken,
    papers,
    facts,
    "封面列-当场",
    "卷宗封面",
    ("summary.archive",),
)
