"""Administrative inspection: task, notice, visit, result, correction, second visit."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from drawing.case import Case
from drawing.days import after_workdays, workday_on_or_after
from drawing.house import House
from drawing.inquiry import photos, record_of
from drawing.paper import Paper, sign
from drawing.planting import Book
from drawing.procedure import Procedure
from drawing.statements import approval, dates, names, pictures, publication, start
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
    planned = workday_on_or_after(dt.date(2025, 2, 10) + dt.timedelta(days=rng.randrange(230)))
    told = after_workdays(planned, 1)
    visit = after_workdays(planned, 3 + rng.randrange(4))
    problem = rng.random() < 0.65
    deadline = workday_on_or_after(visit + dt.timedelta(days=rng.randrange(10, 20)))
    again = after_workdays(deadline, 1 + rng.randrange(3))
    noticed = rng.random() < 0.7
    story = start(
        "inspection",
        "检查通知书" if noticed else "检查结果告知书",
        n,
        party,
        [list(o) for o in rng.sample(unit.officers, 2)],
        cause=words.options("procedures", "检查事由")[n % 3],
        violation=matter["id"],
        result="责令改正" if problem else "未发现问题",
        problem=problem,
        agency=unit.agency,
        days=dates(visit, filing=planned),
        plan={"day": planned},
        approval={"day": planned, "leader": approval(unit.leader, planned)},
        notice={"day": told} if noticed else None,
        reason=not noticed,
        scan={"day": visit},
        outcome={"day": after_workdays(visit, 1)},
        correction=None,
        recheck=None,
    )
    story["inspection"] = _visited(story, visit, rng.randrange(0, 50))
    story["photos"] = pictures(story, visit, 2)
    if problem:
        story["correction"] = {"day": visit, "deadline": deadline, "agency": unit.agency}
        story["recheck"] = {"day": again, "by": names(story)}
    _publish(story, words.pick("procedures", "检查任务", str(n)), rng)
    last = after_workdays(again if problem else visit, 22)
    story["cover"] = {"missing": [], "archived": last}
    return story


def _publish(story: Story, task: str, rng: random.Random) -> None:
    """Results of random checks are published (国办发〔2018〕118号)."""
    visit = story["inspection"]["day"]
    story.update(task=task, random="随机" in task, publicity=None)
    if story["random"]:
        story["publicity"] = publication(story, visit, 6 + rng.randrange(12))


def _visited(story: Story, day: dt.date, minute: int) -> Story:
    """What the record of the visit states."""
    stated = dict.fromkeys(("certificates", "shown", "recusal", "scene"), True)
    return {
        **stated,
        "day": day,
        "begin": f"09:{minute:02d}",
        "end": f"10:{minute:02d}",
        "officers": story["officers"],
        "present": story["party"]["owner"],
        "party_signs": "signed",
        "signers": names(story),
    }


# The reason for coming unannounced stands on the approval: without it nobody knows the reason.
simple("inspection.plan", "none", "approval", None, "inspection.notified")
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
simple("inspection.published", "none", "publicity", None, fits=lambda s: s["random"])


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
        self.task = story["task"]


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
    put(4, [*_recheck(c), *_published(c)])
    return c, out


def _plan(c: Visit) -> list[Paper]:
    h = c.h
    p = h.start("检查方案")
    p.kind = "检查审批表"
    p.also = ["其他", "检查计划方案"]
    p.add("para", h.say("papers", "检查方案"))
    p.add(
        "table",
        [
            [h.field("序号"), h.label("检查对象"), h.label("检查内容"), h.field("时间安排")],
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
        (h.field("检查方式"), h.say("papers", "现场检查")),
        (h.field("检查人员"), h.certified(c.s["officers"], True)),
        (h.field("拟检查时间"), h.date(c.s["inspection"]["day"])),
    ]
    if c.s["reason"]:
        rows.append((h.field("是否事先通知及理由"), h.say("procedures", "不通知理由")))
    rows += h.opinion(
        h.label("承办人意见"), h.say("papers", "检查申请"), c.s["officers"][0][0], a["day"]
    )
    b = a["leader"]
    rows += h.opinion(
        h.label("负责人意见"),
        h.say("papers", "检查批准") if b["opinion"] else "",
        b["name"],
        b["day"],
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
    p.add("line", f"{h.field('被检查单位签收')}：{sign(c.party['owner'])}　　{h.date(n['day'])}")
    return [p]


def _scan(c: Visit) -> list[Paper]:
    h = c.h
    p = h.start("扫码入企记录", agency=False)
    p.kind = "其他"
    p.also = ["证据材料", "扫码入企记录"]
    rows = [
        (h.field("企业名称"), c.party["name"]),
        (h.field("检查单位"), h.unit.agency),
        (h.field("检查人员"), h.names([o[0] for o in c.s["officers"]])),
        (h.field("扫码时间"), f"{h.date(c.s['scan']['day'])} {c.s['inspection']['begin']}"),
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
        c.say("papers", "检查结果", day=h.date(c.s["inspection"]["day"]), scene=c.v["所见"]),
    )
    h.issue(p, h.unit.agency, o["day"])
    p.add("line", f"{h.field('被检查单位签收')}：{sign(c.party['owner'])}　　{h.date(o['day'])}")
    return [p]


def _correction(c: Visit) -> list[Paper]:
    k, h = c.s["correction"], c.h
    if not k:
        return []
    p = h.start("责令改正通知书", number=c.number("责令改正通知书"))
    p.add("line", f"{c.party['name']}：")
    p.add(
        "para",
        h.say("papers", "检查责令", scene=c.v["所见"], deadline=h.date(k["deadline"])),
    )
    h.issue(p, k["agency"], k["day"])
    p.add("line", f"{h.field('被检查单位签收')}：{sign(c.party['owner'])}　　{h.date(k['day'])}")
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
        (h.label("复查情况"), h.say("stages", "复查结果", done=h.say("papers", "整改完成"))),
    ]
    p.blocks += h.form(rows)
    p.add(
        "line",
        f"{h.field('被检查单位签名')}：{sign(c.party['owner'])}　　"
        f"{h.field('复查人员签名')}：{h.signed(r['by'])}",
    )
    p.day = h.date(r["day"])
    return [p]


def _published(c: Visit) -> list[Paper]:
    x, h = c.s["publicity"], c.h
    if not x:
        return []
    p = h.start("公示记录", title=h.title("公示记录-检查"), agency=False)
    rows = [
        (h.label("检查对象"), x["party"]),
        (h.label("检查内容"), c.s["cause"]),
        (h.field("抽查结果"), c.s["result"]),
        (h.field("检查日期"), h.date(x["decided"])),
        (h.label("公示平台"), h.standing()["website"]),
        (h.label("公示日期"), h.date(x["day"])),
    ]
    p.blocks += h.form(rows)
    p.day = h.date(x["day"])
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
    if s["publicity"]:
        out["公示记录.公示日期"] = s["publicity"]["day"].isoformat()
    if s["recheck"]:
        out["整改复查记录.复查日期"] = s["recheck"]["day"].isoformat()
    return out


PROCEDURE = Procedure(
    "inspection", draw, BOOK.faults, broken, papers, facts, "封面列-其他", "卷宗封面-检查"
)
