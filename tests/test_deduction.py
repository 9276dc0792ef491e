"""How faults cost points, as provinces write it: each way is declared, checked, shown and re-added.

Three standards stand as data in ``data/计分``, in our own words; the sheets below are filled in and
re-added by hand.
"""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from casereview.authoring.schema import schema_of
from casereview.authoring.sheet import overlay_of, sheet_of
from casereview.errors import RulesRefused, UsageError
from casereview.judging.score import add_up, ledger_of
from casereview.model import FAIL, MANUAL, PASS, Finding, Place, Verdict
from casereview.record.applied import edition_of
from casereview.record.edition import from_json, to_json
from casereview.record.journal import Event
from casereview.record.result import FindingResult
from casereview.reports.terminal.checklist import show_check
from casereview.rounds.rulings import body_of, decided, ruling_of
from casereview.rules.deduction import Deduction
from casereview.rules.rulebook import load_rules
from casereview.rules.schemes import Scoring

DATA = Path(__file__).parent / "data" / "计分"
BASE, FAULTS, SPANS = "基础加扣分", "逐项扣分", "幅度扣分"
HEAD = """编号: x
清单: 某县标准
版本: "1"
计分: {计分}
检查项:
  - {编号: x.a, 名称: 甲, 环节: 一, 种类: 人工判断, 提问: 有吗？, 参看: [处罚决定书], 分值: 5}
"""


def standard(name: str):
    """One of the three standards."""
    return load_rules(str(DATA / f"{name}.yaml")).checklist


def written(folder, scoring: str = "{方式: 扣分}", item: str = ""):
    """A checklist of one item."""
    path = folder / f"某县{len(list(folder.iterdir()))}.yaml"
    said = HEAD.replace("{计分}", scoring).replace("分值: 5", f"分值: 5{item and ', ' + item}")
    path.write_text(said, "utf-8")
    return load_rules(str(path))


def sheet(name: str, *faults: tuple[str, str]):
    """The ledger of a sheet: every item passes but for these, which cost so much."""
    book = standard(name)
    taken = {check: Decimal(points) for check, points in faults if points}
    failed = {check for check, _ in faults}
    statuses = {c.id: FAIL if c.id in failed else PASS for c in book.checks}
    return add_up(book, statuses, taken)


SHEETS = [
    # 27 points of papers, 2 + 5 + 3 lost: 17 / 27 of 50, less 4 elements
    (
        BASE,
        [("b.filing", "2"), ("b.inquiry", "3"), ("b.decision", "5"), ("b.signatures", "4")],
        "77.5",
        "合格",
    ),
    # the elements cost 10 + 12, but at most 20: 50 + 50 - 20
    (BASE, [("b.signatures", "10"), ("b.blanks", "12")], "80.0", "合格"),
    # an item of 合法性 zeroes the file
    (BASE, [("b.served", "")], "0.0", "不合格"),
    # 5 + 2 + three blanks, and two faults of order: 100 - 10 - 2
    (FAULTS, [("f.contents", "10"), ("f.order", "2")], "88.0", "良好"),
    # 12 of the receipt, but the section costs at most 10
    (FAULTS, [("f.receipt", "12")], "90.0", "优秀"),
    # a veto that bars 优秀, and one of its own that zeroes
    (FAULTS, [("f.reasons", "")], "95.0", "良好"),
    (FAULTS, [("f.subject", "")], "0.0", "不合格"),
    # 7 + 2 + 0.5 chosen by the reviewer, 2 of the filing
    (
        SPANS,
        [("s.coercion", "7"), ("s.sloppy", "2"), ("s.form", "0.5"), ("s.filing", "2")],
        "88.5",
        "较好",
    ),
    # all is lost but the floor
    (
        SPANS,
        [("s.evidence", "80"), ("s.coercion", "15"), ("s.sloppy", "6"), ("s.form", "2")],
        "10.0",
        "差",
    ),
]


@pytest.mark.parametrize(("name", "faults", "score", "grade"), SHEETS)
def test_sheets_of_three_standards_add_up_as_by_hand(name, faults, score, grade):
    """Score and grade of sheets filled in by hand."""
    got = sheet(name, *faults)
    assert (str(got.score), got.grade) == (score, grade)


AMOUNTS = [
    (BASE, "b.filing", ["0.5", "1", "1.5", "2"], ["0.2", "2.5", "0"]),
    (BASE, "b.inquiry", ["1", "2", "5", "7", "10"], ["11", "0.5"]),
    (BASE, "b.decision", ["5", "11"], ["0", "4", "10", "15"]),
    (FAULTS, "f.order", ["1", "3"], ["4", "1.5"]),
    (FAULTS, "f.receipt", ["2", "10", "12", "20"], ["5", "21"]),
    (FAULTS, "f.reasons", ["0", "2.5", "5"], ["5.5", "-1"]),
    (SPANS, "s.coercion", ["5", "7.5", "15"], ["4", "0", "16"]),
    (SPANS, "s.filing", ["1", "2", "3"], ["4", "0.5"]),
]


@pytest.mark.parametrize(("name", "check", "may", "may_not"), AMOUNTS)
@pytest.mark.parametrize("action", ["adjust", "fail"])
def test_a_person_takes_what_the_item_allows(action, name, check, may, may_not):
    """改分 and 认定不合格 take an amount that the declaration knows, and no other."""
    edition = edition_of(load_rules(str(DATA / f"{name}.yaml")))
    item = edition.get(check)
    status = FAIL if action == "adjust" else MANUAL
    finding = _finding(check, status, item.points)
    for points in may:
        body = body_of(finding, _RESULT, 1, action, "看过", item=item, points=points, place=_PLACE)
        assert Decimal(body["points"]) == Decimal(points)
    for points in may_not:
        with pytest.raises(UsageError, match="不能扣"):
            body_of(finding, _RESULT, 1, action, "看过", item=item, points=points, place=_PLACE)


_PLACE = Place("甲.docx", 1, None, "原文")


class _RESULT:
    """What a ruling asks of a result."""

    unit, case, case_key = "某局", "某局/1号", "k"


def _finding(check: str, status: str, points: Decimal) -> FindingResult:
    return FindingResult(
        check=check,
        status=status,
        points=str(points),
        deducted="0",
        message="",
        evidence=(_PLACE,),
    )


def test_a_fault_of_a_span_is_not_confirmed_without_points():
    """Where a person must choose, 认定不合格 asks how much; where not, all points go."""
    edition = edition_of(load_rules(str(DATA / f"{SPANS}.yaml")))
    for check, asks in [("s.form", True), ("s.evidence", False)]:
        item = edition.get(check)
        said = dict(item=item, place=_PLACE)
        if asks:
            with pytest.raises(UsageError, match="0.5 到 2 分之间"):
                body_of(_finding(check, MANUAL, item.points), _RESULT, 1, "fail", "看过", **said)
        else:
            body_of(_finding(check, MANUAL, item.points), _RESULT, 1, "fail", "看过", **said)


def test_points_are_said_only_of_what_takes_points():
    """--points with another action is a mistake that nobody should miss."""
    with pytest.raises(UsageError, match="改分、不合格"):
        body_of(_finding("a", FAIL, Decimal(5)), _RESULT, 1, "overrule", "看过", points="3")


FOUND = [
    (FAULTS, "f.order", 1, "1", False),
    (FAULTS, "f.order", 2, "2", False),
    (FAULTS, "f.order", 9, "3", False),  # 最多扣
    (BASE, "b.filing", 3, "1.5", False),
    (BASE, "b.inquiry", 1, "1", True),
    (BASE, "b.decision", 1, "5", True),
    (SPANS, "s.coercion", 1, "5", True),
    (SPANS, "s.evidence", 4, "80", False),
]


@pytest.mark.parametrize(("name", "check", "count", "taken", "left"), FOUND)
def test_the_program_takes_what_is_certain(name, check, count, taken, left):
    """So much a fault it found; the least of what a person must choose, and the range says so."""
    book = standard(name)
    findings = [
        Finding(c.id, Verdict(FAIL, count=count) if c.id == check else Verdict(PASS))
        for c in book.checks
    ]
    got = ledger_of(book, findings)
    row = next(r for r in got.rows if r.check == check)
    assert row.deducted == Decimal(taken)
    assert (got.low < got.score) == left == any("还没有人定" in w for w in got.working())


def test_parts_cost_their_own_points():
    """逐项 takes what its failed parts cost, and shows what they are."""
    book = standard(SPANS)
    findings = [
        Finding(c.id, Verdict(FAIL, cost=Decimal(2)) if c.id == "s.filing" else Verdict(PASS))
        for c in book.checks
    ]
    got = ledger_of(book, findings)
    assert str(got.score) == "98.0" and got.low == got.score
    assert any("案件来源登记表扣 1 分" in w for w in got.working())


def test_the_working_shows_how_many():
    """3 处 × 1 分, so that a reviewer re-adds it."""
    got = sheet(FAULTS, ("f.order", "2"))
    assert "“装订”2 处 × 1 分（每处扣 1 分，最多扣 3 分）" in got.working()


def test_a_section_may_be_zeroed(tmp_path):
    """环节零分: what fails a base item of a section leaves nothing of the section."""
    rules = written(tmp_path, "{方式: 比例}", "否决: true, 否决后果: 环节零分")
    first = rules.checklist.checks[0]
    book = replace(
        rules.checklist,
        checks=(first, replace(first, id="x.b", veto=False), replace(first, id="x.c", stage="二")),
    )
    got = add_up(book, {"x.a": FAIL, "x.b": PASS, "x.c": PASS}, {"x.a": Decimal(1)})
    assert str(got.score) == "33.3" and "“一”不得分" in "".join(got.working())


REFUSED = [
    ("每处扣: 6", "“每处扣”的 6 分大于分值 5"),
    ("每处扣: 0", "扣 0 分"),
    ("每处扣: 一", "每处扣“一”不是不小于零的数"),
    ("扣分幅度: [5, 1]", "先写最少、后写最多"),
    ("扣分幅度: 3", "要写成 [最少, 最多]"),
    ("扣分幅度: [1, 9]", "大于分值 5"),
    ("每处扣: 1, 扣分幅度: [1, 2]", "只能写其中一种"),
    ("分档: {}", "要写成 {名称: 分数"),
    ("最多扣: 6", "“最多扣”的 6 分大于分值 5"),
    ("否决后果: 没收", "否决后果只能写"),
    ("否决后果: 零分", "也要写 否决: true"),
    ("加分: true, 每处扣: 1", "加分项不扣分"),
    ("每处扣分: 1", "不认识的键“每处扣分”"),
]


@pytest.mark.parametrize(("item", "said"), REFUSED)
def test_what_cannot_be_meant_is_refused(item, said, tmp_path):
    """With file and line, before the first page is read."""
    with pytest.raises(RulesRefused, match="第 6 行|第 7 行") as refused:
        written(tmp_path, item=item)
    assert said in str(refused.value)


SAME = [
    ("扣分幅度: [1, 5]", "扣分幅度: 1-5"),
    ("扣分幅度: [1, 5]", "扣分幅度: 1～5分"),
    ("每处扣: 1", "每处扣: 1分"),
    ("分档: {较规范: 1, 不规范: 3}", "分档: [{档: 较规范, 扣: 1}, {档: 不规范, 扣: 3}]"),
    ("扣分情形: {涂改: 每处 1}", "扣分情形: [{情形: 涂改, 扣: 每处1分}]"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_thing_may_be_written_in_two_ways(one, other, tmp_path):
    """As people write it, or as a list where the names are long."""
    a, b = (written(tmp_path, item=x).checklist.checks[0].deduction for x in (one, other))
    assert a == b != written(tmp_path).checklist.checks[0].deduction


def test_grades_have_the_names_of_the_standard(tmp_path):
    """等次 as a mapping or a list; the lowest may be named."""
    for said in ("{好: 90, 差: 0}", "[{名称: 好, 不低于: 90}, {名称: 差, 不低于: 0}]"):
        assert written(tmp_path, f"{{等次: {said}}}").checklist.scoring.names == ("好", "差")
    assert written(tmp_path, "{良好: 80}").checklist.scoring.names == (
        "优秀",
        "良好",
        "合格",
        "不合格",
    )


SCHEMES = [
    ("{优秀: 90, 良好: 95}", "分数线要从高到低，现在是 优秀 90、良好 95、合格 60"),
    ("{等次: {好: 60, 差: 80}}", "分数线要从高到低"),
    ("{环节扣分上限: {三: 5}}", "“三”，没有检查项属于这个环节"),
    ("{基础环节: [二]}", "“二”，没有检查项属于这个环节"),
    ("{满分: 很多}", "满分“很多”不是"),
    ("{方式: 随意}", "方式只能写 比例、扣分、基础加比例"),
]


@pytest.mark.parametrize(("scoring", "said"), SCHEMES)
def test_schemes_that_cannot_be_meant_are_refused(scoring, said, tmp_path):
    """Also a section that no item belongs to: a cap that would silently hold nothing."""
    with pytest.raises(RulesRefused) as refused:
        written(tmp_path, scoring)
    assert said in str(refused.value)


@pytest.mark.parametrize("name", [BASE, FAULTS, SPANS])
def test_an_edition_keeps_how_points_are_taken(name):
    """An old run is added up as it was."""
    edition = edition_of(load_rules(str(DATA / f"{name}.yaml")))
    assert from_json(to_json(edition)) == edition
    for item in edition.items:
        assert not item.costs_as(replace(item, deduction=replace(item.deduction, most=Decimal(1))))


def test_a_ruling_of_a_fault_carries_its_points():
    """认定不合格 with points takes them."""
    body = dict(
        action="fail", why="看过", run=1, unit="某局", case="c", case_key="k", check="f.order",
        identity="i", evidence="e", status=MANUAL, points="3",
    )  # fmt: skip
    assert decided(ruling_of(Event("2026-01-01T00:00:00Z", "甲", "ruling", body)), MANUAL) == (
        FAIL,
        Decimal(3),
    )


def test_excel_brings_a_deduction_back(tmp_path):
    """扣分办法 is a column: what is written there becomes an overlay, nonsense is refused."""
    rules = load_rules(str(DATA / f"{FAULTS}.yaml"))
    path = tmp_path / "表.xlsx"

    def edited(check: str, said: str):
        path.write_bytes(sheet_of(rules))
        book = openpyxl.load_workbook(path)
        heads = [c.value for c in book["检查项"][1]]
        row = next(r for r in book["检查项"].iter_rows(min_row=2) if r[0].value == check)
        row[heads.index("扣分办法")].value = said
        row[heads.index("理由")].value = "本县另定"
        book.save(path)
        return overlay_of(path, rules, "某县")

    assert "每处扣: 2" in edited("f.order", "每处扣: 2\n最多扣: 4")
    gone = edited("f.contents", "扣分幅度: [1, 5]")
    assert "扣分情形: 缺省" in gone and "扣分幅度: [" in gone
    assert "每处扣: 缺省" in edited("f.order", "")
    with pytest.raises(RulesRefused, match="没有“每处”"):
        edited("f.order", "每处: 2")


def test_the_schema_knows_every_key():
    """An editor completes the ways of taking points and the grades."""
    schema = schema_of([], [])
    item = schema["properties"]["检查项"]["items"]["properties"]
    assert set(Deduction.keys()) | {"基础项", "否决后果"} <= set(item)
    assert set(schema["properties"]["计分"]["properties"]) == set(Scoring.keys())


def test_an_item_is_shown_with_how_it_costs_points():
    """One sentence for people."""
    out = Console(record=True, width=200, file=io.StringIO())
    show_check(out, standard(SPANS).checks[0], {}, "")
    assert "扣分：由评查人在 5 到 15 分之间扣分" in out.export_text()
