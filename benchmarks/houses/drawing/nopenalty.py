"""Files that end with a decision not to punish (行政处罚法 33)."""

from __future__ import annotations

import random
from typing import Any

from drawing import concluding, deciding, inquiry
from drawing import faults as ordinary_faults
from drawing.case import Case
from drawing.facts import ordinary_facts
from drawing.house import House
from drawing.paper import Paper, sign
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.serving import receipts_of
from drawing.story import draw_story
from drawing.verify.nopenalty import broken

Story = dict[str, Any]
BOOK = Book()
KEPT = (
    "subject.two-officers",
    "subject.party-identified",
    "subject.officer-certificates",
    "subject.recusal-informed",
    "filing.approved",
    "filing.source-stated",
    "evidence.id-shown",
    "evidence.record-signed-by-party",
    "evidence.record-times",
    "evidence.copies-verified",
    "evidence.photos-described",
    "investigation.report-present",
    "service.receipt-present",
    "closing.present",
    "archive.catalogue",
    "archive.in-time",
    "archive.no-blank-fields",
)
BOOK.faults += [f for f in ordinary_faults.FAULTS if f.check in KEPT]
BOOK.simple("nopenalty.basis", "none", "decision.basis_stated", False, "decision.basis")
BOOK.simple("nopenalty.education", "none", "education", None)
BOOK.simple(
    "nopenalty.corrected",
    "none",
    "recheck",
    None,
    "closing.correction-rechecked nopenalty.basis",
    lambda s: bool(s["correction"]),
)
BOOK.simple("nopenalty.remedies", "none", "decision.remedies", None, "decision.remedies")
BOOK.simple(
    "nopenalty.remedies",
    "three-months",
    "decision.remedies.suit_term",
    "三个月",
    "decision.remedies",
)


@BOOK.fault("nopenalty.remedies", "vague", may="decision.remedies")
def _vague(story: Story, rng: random.Random) -> None:
    story["decision"].update(remedies=None, remedies_said="救济笼统")


ALWAYS = ("archive.catalogue-matches", "recording.stages-covered", "archive.order")


def draw(house: House, violation: dict[str, Any], n: int) -> Story:
    """An ordinary story without notice, fine and payment."""
    s = draw_story(house.words, house.unit, violation, n, house)
    served = next(r for r in s["receipts"] if r["of"] == "decision")
    served["method"], served["signed"], served["witness"] = "直接送达", s["party"]["owner"], False
    correction = [r for r in s["receipts"] if r["of"] == "correction"]
    s.update(
        procedure="nopenalty",
        main="不予处罚决定书",
        notice=None,
        defence=None,
        defence_review=None,
        hearing=None,
        deliberation=None,
        payments=[],
        instalment_approval=None,
        confiscated=0,
        fine=0,
        big=False,
        due=False,
        result="不予行政处罚",
        receipts=[*correction, served],
        extension=s["extension"],
        education={"day": s["days"]["decide"]},
        recordings=None,
    )
    s["publicity"] = None
    s["decision"].update(fine=0, capital_of=0, basis_stated=True)
    if not s["recheck"]:
        s["recheck"] = {"day": s["days"]["recheck"], "by": [o[0] for o in s["officers"]]}
    return s


OTHERWISE = {
    "报告建议": "不予建议",
    "审批承办意见": "不予建议",
    "决定批准": "不予批准",
    "结案情况": "不予执行",
}


class Unpunished(Case):
    """A case in which nothing is imposed."""

    def penalty(self, fine: int, in_words: int | None = None, named: bool = True) -> str:
        """The outcome in one phrase."""
        return "不予行政处罚"

    def say(self, file: str, key: str, **slots: Any) -> str:
        """Proposals and approvals in the words of this outcome."""
        other = OTHERWISE.get(key)
        return (
            super().say("procedures", other, **slots) if other else super().say(file, key, **slots)
        )


def papers(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """The papers that remain, the decision and the record of education."""
    c = Unpunished(house, story)
    first = (
        inquiry.source,
        inquiry.filing,
        inquiry.inspection,
        inquiry.interviews,
        inquiry.photos,
        inquiry.identity,
        inquiry.copies,
        inquiry.mandate,
        inquiry.addresses,
        inquiry.correction,
    )
    out: list[Paper] = []
    stages = [
        (1, first[:2]),
        (2, first[2:]),
        (2, (concluding.recheck, inquiry.report)),
        (3, (deciding.review, deciding.extension, deciding.approval, _decision, _education)),
        (4, (_closing,)),
    ]
    for stage, makers in stages:
        for make in makers:
            for p in make(c):
                p.stage = stage
                out.append(p)
    return c, out


def _decision(c: Case) -> list[Paper]:
    d, h = c.s["decision"], c.h
    p = h.start("不予处罚决定书", number=c.number("不予处罚决定书"))
    p.blocks += h.form(c.party_rows(d["code"]), "行" if h.seed % 2 else "两列")
    p.add("para", c.say("decision", "事实引语"))
    p.add("para", c.say("decision", "证据引语", **c.evidence()))
    p.add("para", c.say("decision", "违反引语", violated=c.law("违反")))
    if d["basis_stated"]:
        p.add("para", c.say("procedures", "不予依据"))
    else:
        p.add("para", h.say("papers", "不予无依据"))
    if d["correction"]:
        p.add("para", c.say("decision", "责令改正"))
    if text := deciding.remedies_of(h, d):
        p.add("para", text.replace("处罚决定", "决定"))
    h.issue(p, d["agency"], d["day"] if d["dated"] else None, d["seal"])
    p.day = h.date(d["day"])
    return [p, *receipts_of(c, "decision", "不予处罚决定书")]


def _education(c: Case) -> list[Paper]:
    e, h = c.s["education"], c.h
    if not e:
        return []
    p = h.start("教育记录", agency=False)
    rows = [
        *c.party_rows(address=False),
        (h.field("教育时间"), h.date(e["day"])),
        (h.field("教育地点"), h.unit.office),
        (h.field("教育内容"), c.say("procedures", "教育内容", law=f"《{c.v['法']}》")),
    ]
    p.blocks += h.form(rows)
    names = h.signed([o[0] for o in c.s["officers"]])
    p.add(
        "line",
        f"{h.field('当事人签名')}：{sign(c.party['owner'])}　　{h.field('执法人员签名')}：{names}",
    )
    p.day = h.date(e["day"])
    return [p]


def _closing(c: Case) -> list[Paper]:
    x, h = c.s["closing"], c.h
    if not x:
        return []
    p = h.start("结案审批表", agency=False)
    rows = [
        (h.label("案由"), c.s["cause"]),
        *c.party_rows(),
        (h.label("处罚文号"), c.main_number()),
        (h.label("立案日期"), h.date(c.s["days"]["filing"])),
        (h.label("执行情况"), c.say("stages", "结案情况")),
    ]
    rows += h.opinion(
        h.label("承办人意见"),
        h.say("stages", "结案承办意见"),
        "　".join(o[0] for o in c.s["officers"]),
        x["day"],
    )
    b = x["leader"]
    rows += h.opinion(h.label("负责人意见"), h.say("stages", "结案批准"), b["name"], b["day"])
    p.blocks += h.form(rows)
    p.day = h.date(b["day"])
    return [p]


def facts(c: Case) -> dict[str, Any]:
    """The facts of an ordinary file under the name of this decision."""
    out = {}
    for name, value in ordinary_facts(c).items():
        kind, field = name.split(".")
        if kind in ("缴款凭证", "公示记录", "事先告知书") or field in (
            "罚款金额",
            "处罚依据",
            "违反条款",
            "诉讼法院",
            "复议机关",
        ):
            continue
        out[f"{'不予处罚决定书' if kind == '处罚决定书' else kind}.{field}"] = value
    return out


PROCEDURE = Procedure(
    "no-penalty", draw, BOOK.faults, broken, papers, facts, "封面列-不予", "卷宗封面", ALWAYS
)
