"""The summary procedure: a decision on the spot."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.days import after_workdays, workday_on_or_after
from drawing.house import House
from drawing.paper import Paper, sign
from drawing.penalty import identity, photos, publicity, recordings
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.unit import party_of
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
    person = party["kind"] != "单位"
    low, high = matter["个人" if person else "单位"]
    fine = rng.randrange(low, high + 1, 50) if person else rng.randrange(low, high + 1, 100)
    day = workday_on_or_after(dt.date(2024, 1, 8) + dt.timedelta(days=rng.randrange(600)))
    spot = person and fine <= 100 and rng.random() < 0.6
    paid = day if spot else workday_on_or_after(day + dt.timedelta(days=rng.randrange(1, 11)))
    filed = after_workdays(day, 1 if rng.random() < 0.7 else 2)
    published = after_workdays(day, rng.randrange(2, 7))
    archived = after_workdays(max(paid, filed, published), 4)
    officers = [list(o) for o in rng.sample(unit.officers, 2)]
    hour, minute = rng.randrange(9, 17), rng.randrange(60)
    return {
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
        "days": {
            "found": day,
            "began": day,
            "decide": day,
            "filing": day,
            "inspect": day,
            "ask": day,
        },
        "decision": {
            "agency": "own",
            "day": day,
            "time": f"{hour:02d}:{minute:02d}",
            "act": True,
            "numbered": True,
            "certificates": True,
            "shown": True,
            "informed": True,
            "code": True,
            "fine": fine,
            "capital_of": fine,
            "amount": True,
            "violated": "article",
            "first": True,
            "remedies": True,
            "how": "当场收缴" if spot else "银行缴纳",
            "terms": True,
            "signed": party["owner"],
            "signed_day": day,
            "signers": [o[0] for o in officers],
            "seal": True,
        },
        "photos": [
            {"day": day, "place": party["place"], "by": officers[1][0]}
            for _ in range(rng.randrange(1, 3))
        ],
        "identity": {"note": True},
        "payment": {"day": paid, "sum": fine},
        "filed": {"day": filed},
        "publicity": {
            "day": published,
            "party": party["name"],
            "fine": fine,
            "decided": day,
            "number": "",
            "personal": False,
        },
        "recordings": {"stages": ["检查"]},
        "cover": {"missing": [], "archived": archived, "closed": paid}
        if words.chance("cover", 0.5)
        else None,
        "catalogue": {"ghost": "", "left_out": ""},
    }


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


@fault("summary.fact-evidence", "no-evidence", may="summary.recording")
def _no_evidence(story: Story, rng: random.Random) -> None:
    story["photos"], story["recordings"] = [], None


@fault("summary.party-identified", "no-number", may="summary.contents")
def _no_number(story: Story, rng: random.Random) -> None:
    story["decision"]["code"], story["identity"] = False, None


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
    d, h = c.s["decision"], c.h
    number = c.number("当场处罚决定书") if d["numbered"] else ""
    p = h.start("当场处罚决定书", number=number)
    hour, minute = d["time"].split(":")
    place = c.party["place"]
    rows = c.party_rows()
    if not d["code"]:
        del rows[1]
    slots = {"day": h.date(d["day"]), "time": f"{int(hour)}时{int(minute)}分", "act": c.v["情节"]}
    facts = c.say("procedures", "当场事实", **slots)
    wrong = d["fine"] + 50 if d["capital_of"] == "other" else d["fine"]
    penalty = h.money("罚款写法", d["fine"], wrong) if d["amount"] else "罚款的行政处罚"
    decided = c.say(
        "procedures",
        "当场决定",
        violated=c.law("违反", state=d["violated"]),
        basis=c.law("依据"),
        penalty=penalty,
    )
    told = []
    if d["shown"]:
        told.append(f"执法人员{h.names(d['signers'])}已出示执法证件。")
    if d["informed"]:
        told.append(h.say("procedures", "当场告知"))
    pay = (
        h.say("procedures", "当场缴款")
        if d["how"] == "银行缴纳"
        else "罚款已当场收缴，并出具财政部门统一制发的专用票据。"
    )
    pay = f"{h.label('缴款方式')}：{d['how']}。{pay}"
    right = ""
    if d["remedies"] and d["first"]:
        right = c.say("procedures", "先申请复议", recon=h.unit.government, court=h.unit.court)
    elif d["remedies"]:
        right = c.say(
            "decision",
            "救济",
            recon=h.unit.government,
            recon_term="六十日",
            court=h.unit.court,
            suit_term="六个月",
        )
    officers = [o for o in c.s["officers"] if o[0] in d["signers"]]
    staff = h.certified(officers, d["certificates"])
    texts = [facts, *told, decided, f"责令改正：{c.correction}。", pay, *([right] if right else [])]
    if h.shape("决定体") == "表格" or h.words.chance("summary.form", 0.4):
        heads = ["违法事实", "告知及申辩", "处罚依据和内容", "缴纳方式", "救济途径"]
        bodies = [facts, "\n".join(told), f"{decided}\n责令改正：{c.correction}。", pay, right]
        rows += [(a, b) for a, b in zip(heads, bodies, strict=True) if b]
        rows += [("处罚地点", place), ("执法人员及证号", staff)]
        p.blocks += h.form(rows, "两列")
    else:
        p.blocks += h.form(rows, "行")
        for text in texts:
            p.add("para", text)
        p.add("line", f"处罚地点：{place}")
        p.add("line", f"执法人员及证号：{staff}")
    p.add("line", f"执法人员（签名）：{h.signed(d['signers'])}")
    note = h.say("procedures", "当场签收")
    signer = sign(d["signed"])
    p.add(
        "line",
        f"{note}。当事人（签名）：{signer}　　{h.date(d['signed_day'])}"
        if signer
        else "当事人（签名）：",
    )
    agency = h.unit.agency if d["agency"] == "own" else f"{h.unit.place}{h.unit.team}"
    h.issue(p, agency, d["day"], d["seal"])
    p.signed = True
    return p


def _payment(c: Case, x: Story) -> Paper:
    h = c.h
    p = h.start("缴款凭证", agency=False)
    rows = [
        (h.label("缴款人"), c.party["name"]),
        (h.label("收款单位"), h.unit.agency),
        (h.label("缴款日期"), h.date(x["day"])),
        ("收入项目", f"{h.sector}罚没收入"),
        ("金额", f"{x['sum']}.00元（{capital(x['sum'])}）"),
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
        ("备案情况", h.say("procedures", "备案", day=h.date(day))),
        ("备案人", sign(h.unit.clerk)),
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
