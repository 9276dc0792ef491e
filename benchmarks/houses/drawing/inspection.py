"""Administrative inspection: task, notice, visit, result, correction, second visit."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.days import after_workdays, workday_on_or_after
from drawing.house import House
from drawing.paper import Paper, sign
from drawing.penalty import photos, record_of
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.unit import party_of
from drawing.verify.inspection import broken

Story = dict[str, Any]
BOOK = Book()
fault, simple = BOOK.fault, BOOK.simple


def draw(house: House, matter: dict[str, Any], n: int) -> Story:
    """A lawful inspection, with or without a problem found."""
    words, unit = house.words, house.unit
    rng = words.dice(f"story.{n}")
    party = party_of(words, unit, {**matter, "主体": ["单位"]}, str(n))
    start = workday_on_or_after(dt.date(2025, 2, 10) + dt.timedelta(days=rng.randrange(260)))
    planned, told = start, after_workdays(start, 1)
    visit = after_workdays(start, 3 + rng.randrange(4))
    problem = rng.random() < 0.65
    deadline = workday_on_or_after(visit + dt.timedelta(days=rng.randrange(10, 20)))
    again = after_workdays(deadline, 1 + rng.randrange(3))
    officers = [list(o) for o in rng.sample(unit.officers, 2)]
    minute = rng.randrange(0, 50)
    noticed = rng.random() < 0.7
    last = again if problem else visit
    return {
        "procedure": "inspection",
        "main": "检查通知书" if noticed else "检查结果告知书",
        "n": n,
        "agency": unit.agency,
        "party": party,
        "cause": words.options("procedures", "检查事由")[n % 3],
        "violation": matter["id"],
        "officers": officers,
        "result": "责令改正" if problem else "未发现问题",
        "problem": problem,
        "days": {
            "found": visit,
            "began": visit,
            "decide": visit,
            "filing": planned,
            "inspect": visit,
            "ask": visit,
        },
        "plan": {"day": planned},
        "approval": {
            "day": planned,
            "leader": {"opinion": True, "name": unit.leader, "day": planned},
        },
        "notice": {"day": told} if noticed else None,
        "reason": not noticed,
        "scan": {"day": visit},
        "inspection": {
            "day": visit,
            "begin": f"09:{minute:02d}",
            "end": f"10:{minute:02d}",
            "officers": officers,
            "certificates": True,
            "shown": True,
            "recusal": True,
            "present": party["owner"],
            "party_signs": "signed",
            "signers": [o[0] for o in officers],
            "scene": True,
        },
        "photos": [{"day": visit, "place": party["place"], "by": officers[1][0]} for _ in range(2)],
        "outcome": {"day": after_workdays(visit, 1)},
        "correction": {"day": visit, "deadline": deadline, "agency": unit.agency}
        if problem
        else None,
        "recheck": {"day": again, "by": [o[0] for o in officers]} if problem else None,
        "receipts": [],
        "cover": {"missing": [], "archived": after_workdays(last, 8)},
        "catalogue": {"ghost": "", "left_out": ""},
    }


simple("inspection.plan", "none", "approval", None)
simple("inspection.two-officers", "not-shown", "inspection.shown", False)
simple("inspection.record-complete", "no-end", "inspection.end", "")
simple("inspection.record-complete", "unsigned", "inspection.party_signs", "")
simple(
    "inspection.rechecked",
    "none",
    "recheck",
    None,
    "inspection.problems-followed",
    lambda s: s["problem"],
)


@fault("inspection.plan", "approved-after")
def _late(story: Story, rng: random.Random) -> None:
    day = after_workdays(story["inspection"]["day"], 2)
    story["approval"].update(day=day)
    story["approval"]["leader"]["day"] = day


@fault("inspection.notified", "no-notice-no-reason")
def _untold(story: Story, rng: random.Random) -> None:
    story.update(notice=None, reason=False, main="检查结果告知书")


@fault("inspection.two-officers", "one", may="inspection.record-complete")
def _one(story: Story, rng: random.Random) -> None:
    story["inspection"]["officers"] = story["inspection"]["officers"][:1]
    story["inspection"]["signers"] = story["inspection"]["signers"][:1]


@fault("inspection.result-informed", "none", lambda s: not s["problem"])
def _no_result(story: Story, rng: random.Random) -> None:
    story["outcome"] = None


@fault(
    "inspection.problems-followed",
    "nothing",
    lambda s: s["problem"],
    may="inspection.rechecked inspection.result-informed",
)
def _nothing(story: Story, rng: random.Random) -> None:
    story["correction"] = story["recheck"] = None


class Visit(Case):
    """A case whose scene is what an inspection found."""

    def __init__(self, house: House, story: Story):
        super().__init__(house, story)
        key = "检查问题" if story["problem"] else "检查合格"
        self.v = {**self.v, "所见": house.words.pick("procedures", key, str(story["n"]))}
        self.task = house.words.pick("procedures", "检查任务", str(story["n"]))


def papers(house: House, story: Story) -> tuple[Case, list[Paper]]:
    """All papers of the visit."""
    c = Visit(house, story)
    out: list[Paper] = []

    def put(stage: int, made: list[Paper]) -> None:
        for p in made:
            p.stage = stage
            out.append(p)

    put(1, [*_plan(c), *_approval(c), *_notice(c)])
    put(2, [*_scan(c), record_of(c, story["inspection"], "现场检查笔录"), *photos(c)])
    put(3, [*_outcome(c), *_correction(c)])
    put(4, _recheck(c))
    return c, out


def _plan(c: Visit) -> list[Paper]:
    h = c.h
    p = h.start("检查方案")
    p.kind = "检查审批表"
    p.also = ["其他", "检查计划方案"]
    p.add("para", f"为做好{h.sector}领域行政检查工作，制定本方案。")
    p.add(
        "table",
        [
            ["序号", h.label("检查对象"), h.label("检查内容"), "时间安排"],
            ["1", c.party["name"], c.s["cause"], f"{c.s['plan']['day'].year}年度"],
        ],
        [0.1, 0.4, 0.3, 0.2],
    )
    h.issue(p, h.unit.agency, c.s["plan"]["day"], False)
    return [p]


def _approval(c: Visit) -> list[Paper]:
    a, h = c.s["approval"], c.h
    if not a:
        return []
    p = h.start("检查审批表")
    rows = [
        (h.label("检查对象"), c.party["name"]),
        (h.label("检查依据"), c.task),
        (h.label("检查内容"), c.s["cause"]),
        ("检查方式", "现场检查"),
        ("检查人员", h.certified(c.s["officers"], True)),
        ("拟检查时间", h.date(c.s["inspection"]["day"])),
    ]
    if c.s["reason"]:
        rows.append(("是否事先通知及理由", h.say("procedures", "不通知理由")))
    rows += h.opinion(
        h.label("承办人意见"), "拟开展检查，请审批。", c.s["officers"][0][0], a["day"]
    )
    b = a["leader"]
    rows += h.opinion(
        h.label("负责人意见"), "同意检查。" if b["opinion"] else "", b["name"], b["day"]
    )
    p.blocks += h.form(rows)
    p.day, p.signed = h.date(b["day"]), True
    return [p]


def _notice(c: Visit) -> list[Paper]:
    n, h = c.s["notice"], c.h
    if not n:
        return []
    p = h.start("检查通知书", number=c.number("检查通知书"))
    p.add("line", f"{c.party['name']}：")
    names = h.names([o[0] for o in c.s["officers"]])
    p.add(
        "para",
        h.say(
            "procedures",
            "检查告知",
            task=c.task,
            day=h.date(c.s["inspection"]["day"]),
            matter=c.s["cause"],
            officers=names,
        ),
    )
    h.issue(p, h.unit.agency, n["day"])
    p.add("line", f"被检查单位签收：{sign(c.party['owner'])}　　{h.date(n['day'])}")
    return [p]


def _scan(c: Visit) -> list[Paper]:
    h = c.h
    p = h.start("扫码入企记录", agency=False)
    p.kind = "其他"
    p.also = ["证据材料", "扫码入企记录"]
    rows = [
        ("企业名称", c.party["name"]),
        ("检查单位", h.unit.agency),
        ("检查人员", h.names([o[0] for o in c.s["officers"]])),
        ("扫码时间", f"{h.date(c.s['scan']['day'])} {c.s['inspection']['begin']}"),
    ]
    p.blocks += h.form(rows)
    return [p]


def _outcome(c: Visit) -> list[Paper]:
    o, h = c.s["outcome"], c.h
    if not o:
        return []
    p = h.start("检查结果告知书", number=c.number("检查结果告知书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        f"{h.date(c.s['inspection']['day'])}，本机关对你单位进行了行政检查，检查内容为{c.s['cause']}。检查结果：{c.v['所见']}。",
    )
    h.issue(p, h.unit.agency, o["day"])
    p.add("line", f"被检查单位签收：{sign(c.party['owner'])}　　{h.date(o['day'])}")
    return [p]


def _correction(c: Visit) -> list[Paper]:
    k, h = c.s["correction"], c.h
    if not k:
        return []
    p = h.start("责令改正通知书", number=c.number("责令改正通知书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        f"经检查，{c.v['所见']}。依据《中华人民共和国行政处罚法》第二十八条第一款，责令你单位于{h.date(k['deadline'])}前改正，并将改正情况书面报告本机关。",
    )
    h.issue(p, k["agency"], k["day"])
    p.add("line", f"被检查单位签收：{sign(c.party['owner'])}　　{h.date(k['day'])}")
    return [p]


def _recheck(c: Visit) -> list[Paper]:
    r, h = c.s["recheck"], c.h
    if not r:
        return []
    p = h.start("整改复查记录", agency=False)
    rows = [
        *c.party_rows(),
        (h.label("复查日期"), h.date(r["day"])),
        (h.label("复查人"), h.names(r["by"])),
        (h.label("复查情况"), h.say("stages", "复查结果", done="完成全部整改")),
    ]
    p.blocks += h.form(rows)
    p.add(
        "line",
        f"被检查单位（签名）：{sign(c.party['owner'])}　　复查人员（签名）：{h.signed(r['by'])}",
    )
    p.day = h.date(r["day"])
    return [p]


def facts(c: Case) -> dict[str, Any]:
    """What the papers say."""
    s = c.s
    r = s["inspection"]
    out: dict[str, Any] = {
        "现场检查笔录.开始时间": f"{r['day'].isoformat()} {r['begin']}",
        "现场检查笔录.执法人员": [o[0] for o in r["officers"]],
    }
    if r["end"]:
        out["现场检查笔录.结束时间"] = f"{r['day'].isoformat()} {r['end']}"
    if s["approval"] and not c.h.dates_by_hand:
        out["检查审批表.批准日期"] = s["approval"]["leader"]["day"].isoformat()
    if s["notice"]:
        out["检查通知书.文号"] = c.number("检查通知书")
        out["检查通知书.日期"] = s["notice"]["day"].isoformat()
    if s["correction"]:
        out["责令改正通知书.文号"] = c.number("责令改正通知书")
        out["责令改正通知书.改正期限"] = s["correction"]["deadline"].isoformat()
    if s["recheck"]:
        out["整改复查记录.复查日期"] = s["recheck"]["day"].isoformat()
    return out


PROCEDURE = Procedure(
    "inspection", draw, BOOK.faults, broken, papers, facts, "封面列-其他", "卷宗封面-检查"
)
