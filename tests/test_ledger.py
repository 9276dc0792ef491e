"""What a ledger says besides the score: what is open, what is not counted, what a veto does. Each
case was a change of the arithmetic that no other test noticed (docs/变异测试.md).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_score import A, B, C, D, item, ledger

from casereview.judging.score import (
    _SCHEMES,
    UNDECIDED,
    _apart,
    _Counted,
    _lines,
    _total,
    add_up,
    ledger_of,
    score_of,
)
from casereview.model import Finding, Verdict
from casereview.rules.checklist import Checklist
from casereview.rules.deduction import Deduction
from casereview.rules.schemes import Scoring

GIFT = item("gift", "5", bonus=True)


def book_of(scoring: Scoring, *items) -> Checklist:
    """A checklist of these items."""
    return Checklist("t", "t", "1", "ordinary", "x", scoring, items, "")


def test_a_grade_needs_half_of_the_points_decided():
    """Exactly half is enough; less is 待定, whatever the score. Bonus items are no part of it."""
    even, less = item("e", "4"), item("f", "5")
    assert ledger(Scoring(), (A, "pass"), (even, "review")).grade == "优秀"
    assert ledger(Scoring(), (A, "pass"), (less, "review")).grade == UNDECIDED
    assert ledger(Scoring(), (A, "pass"), (less, "manual"), (GIFT, "pass")).grade == UNDECIDED
    assert ledger(Scoring(), (A, "pass"), (B, "na"), (less, "na")).grade == "优秀"


def test_what_is_applicable_decided_and_open():
    """Counted without what does not apply and without bonus items; said in the first line."""
    got = ledger(
        Scoring(),
        (A, "pass"),
        (B, "fail"),
        (C, "review"),
        (D, "na"),
        (GIFT, "pass"),
        (item("x", "7"), "error"),
    )
    assert (got.applicable, got.decided, got.open) == (Decimal(16), Decimal(7), Decimal(9))
    assert got.deducted == Decimal(3)
    assert got.lines[0] == "适用项目合计 16 分，其中已判定 7 分，待定 9 分"
    assert all(got.lines) and len(got.lines) == 3
    low, high = got.low, got.high
    assert got.lines[2] == f"待定项目全部不合格时 {low}，全部合格时 {high}" and low < high


def test_nothing_decided_has_no_score():
    """Said in one line; nothing is graded."""
    got = ledger(Scoring(), (A, "review"), (B, "manual"))
    assert got.score is None and got.grade == UNDECIDED
    assert got.lines == ("全部项目待复核或待人工，尚无得分",)


def test_a_bonus_is_gained_only_by_passing():
    """Its row shows points below zero when gained, none otherwise; it never counts as lost."""
    rows = {
        s: ledger(Scoring(method="扣分"), (A, "fail"), (GIFT, s))
        for s in ("pass", "fail", "review")
    }
    assert {s: x.rows[1].deducted for s, x in rows.items()} == {
        "pass": Decimal(-5),
        "fail": Decimal(0),
        "review": Decimal(0),
    }
    top = Scoring(method="扣分", bonus_cap=Decimal(9))
    both = [ledger(top, (A, "fail"), (GIFT, s)).score for s in ("pass", "fail")]
    assert both == [Decimal("101.0"), Decimal("96.0")]


@pytest.mark.parametrize("mild", [False, True])
def test_a_mild_fault_vetoes_nothing(mild):
    """It costs its points; its row says that it vetoes nothing."""
    book = book_of(Scoring(), A, C)
    got = ledger_of(book, [Finding("a", Verdict("pass")), Finding("c", Verdict("fail", mild=mild))])
    assert (got.vetoes == (), got.rows[1].veto) == (mild, not mild)
    assert got.rows[1].deducted == Decimal(2) and got.grade == ("不合格" if not mild else "合格")


@pytest.mark.parametrize(
    ("statuses", "adjusted", "mild"),
    [
        ({"a": "pass", "b": "fail", "c": "pass"}, {}, ()),
        ({"a": "pass", "b": "fail", "c": "fail"}, {"b": Decimal(1)}, ()),
        ({"a": "pass", "b": "review", "c": "fail"}, {}, ("c",)),
        ({"a": "review", "b": "manual", "c": "review"}, {}, ()),
    ],
)
@pytest.mark.parametrize("effect", ["", "零分", "封顶"])
def test_the_score_alone_is_that_of_the_ledger(statuses, adjusted, mild, effect):
    """Both ways of adding up agree, with what a person changed and what vetoes nothing."""
    scoring = replace(Scoring(), veto_effect=effect) if effect else Scoring()
    book = book_of(scoring, A, B, C)
    whole = add_up(book, statuses, adjusted, {}, mild)
    assert score_of(book, statuses, adjusted, mild) == whole.score


def test_what_a_person_takes_off_goes_before_what_the_program_found():
    """Adjusted, then found, then the least that one fault takes."""
    book = book_of(Scoring(method="扣分"), A)
    one, two = Decimal(1), Decimal(2)
    fail = {"a": "fail"}
    assert add_up(book, fail, {"a": one}, {"a": two}).deducted == one
    assert add_up(book, fail, {}, {"a": two}).deducted == two
    assert add_up(book, fail).deducted == Decimal(4)
    assert add_up(book, {"a": "pass"}, {"a": one}, {"a": two}).deducted == 0


def test_a_span_that_nobody_chose_yet_makes_a_range():
    """The least is taken, the greatest is what it may come to; a person's number ends the range."""
    span = replace(A, deduction=Deduction(span=(Decimal(1), Decimal(3))))
    book = book_of(Scoring(method="扣分"), span, B)
    open_ = add_up(book, {"a": "fail", "b": "pass"})
    assert (open_.score, open_.low, open_.high) == tuple(map(Decimal, ("99.0", "97.0", "99.0")))
    assert any("还没有人定" in line for line in open_.lines)
    told = add_up(book, {"a": "fail", "b": "pass"}, {"a": Decimal(2)})
    assert (told.score, told.low, told.high) == tuple(map(Decimal, ("98.0", "98.0", "98.0")))
    assert not any("还没有人定" in line for line in told.lines)
    assert not any("“a”" in line for line in add_up(book, {"a": "pass", "b": "pass"}).lines)


def test_a_section_is_zeroed_by_its_veto_alone():
    """Nothing is left of the section, the others keep theirs, bonus items too."""
    zero = Scoring(method="扣分", veto_effect="环节零分", bonus_cap=Decimal(9))
    stage = replace(GIFT, stage="乙")
    got = ledger(zero, (A, "pass"), (B, "pass"), (C, "fail"), (stage, "pass"))
    assert got.score == Decimal("100.0") - 5 + 5
    assert any("“乙”不得分" in line for line in got.lines)


@pytest.mark.parametrize(
    ("statuses", "grade"),
    [(("pass", "pass"), "优秀"), (("fail", "pass"), "合格"), (("pass", "fail"), "不合格")],
)
def test_grades_by_the_worst_fault(statuses, grade):
    """None, slight, grave."""
    slight, grave = item("s", "1", gravity="轻微"), item("g", "1", gravity="严重")
    rows = list(zip((slight, grave), statuses, strict=True))
    assert ledger(Scoring(grade_by="最重问题"), (A, "pass"), *rows).grade == grade


def test_a_scheme_or_an_item_may_know_no_veto():
    """Then failing it costs its points and no more."""
    none = Scoring(method="扣分", veto_effect="无")
    assert ledger(none, (A, "pass"), (C, "fail")).vetoes == ()
    own = replace(C, veto_effect="无")
    got = ledger(Scoring(method="扣分"), (A, "pass"), (own, "fail"))
    assert got.vetoes == () and got.grade == "优秀"


def test_bonus_items_are_no_part_of_the_ratio():
    """They come on top; alone they make no score."""
    top = Scoring(bonus_cap=Decimal(9))
    assert ledger(top, (A, "pass"), (B, "fail"), (GIFT, "pass")).score == Decimal("62.1")
    assert ledger(Scoring(method="扣分", bonus_cap=Decimal(9)), (GIFT, "pass")).score is None


def test_sections_of_deductions_are_no_part_of_the_ratio():
    """What stands in them counts only by what it takes; where all stands in them is no ratio."""
    ratio = Scoring(deduct_sections=("乙",))
    assert ledger(ratio, (A, "pass"), (B, "fail"), (D, "fail")).score == Decimal("80.0")
    nothing = ledger(ratio, (B, "fail"))
    assert nothing.score is None and nothing.grade == UNDECIDED
    zeroed = replace(ratio, veto_effect="零分")
    assert ledger(zeroed, (C, "fail")).score is None
    based = Scoring(method="基础加比例", base=Decimal(50), deduct_sections=("乙",))
    assert ledger(based, (B, "fail"), (C, "pass")).score == Decimal("97.0")


def test_a_floor_is_told_only_where_it_holds():
    """A score below it is lifted, and the line says so."""
    floor = Scoring(method="扣分", floor=Decimal(10))
    deep = ledger(floor, (item("x", "95"), "fail"), (A, "pass"))
    assert deep.score == Decimal("10.0") and "，不低于 10" in deep.lines[1]
    edge = ledger(floor, (item("x", "90"), "fail"), (A, "pass"))
    assert edge.score == Decimal("10.0") and "不低于" not in edge.lines[1]
    assert "不低于" not in ledger(floor, (A, "fail")).lines[1]
    assert ledger(floor, (A, "pass")).lines[1] == "得分 = 100 − 0 = 100.0"


def test_the_base_comes_on_top_of_the_ratio_and_bonus_on_both():
    """基础加比例: the base, the share of the rest, less what sections of deductions take, bonus."""
    scheme = Scoring(
        method="基础加比例", base=Decimal(50), deduct_sections=("丙",), bonus_cap=Decimal(9)
    )
    got = ledger(scheme, (A, "pass"), (B, "fail"), (D, "fail"), (GIFT, "pass"))
    assert got.score == Decimal("82.6") and "+ 加分 5 = 82.6" in got.lines[1]
    lifted = replace(scheme, base=Decimal(0), floor=Decimal(20))
    assert ledger(lifted, (A, "fail"), (D, "fail"), (GIFT, "pass")).score == Decimal("25.0")


def test_a_veto_that_zeroes_nothing_says_nothing_of_points():
    """The line is for what the veto did to the score; the grade tells the rest."""
    for effect in ("不合格", "不得优秀"):
        got = ledger(Scoring(veto_effect=effect), (A, "pass"), (C, "fail"))
        assert len(got.lines) == 3 and not any("否决项" in line for line in got.lines)
    mixed = replace(C, veto_effect="环节零分")
    both = ledger(
        Scoring(method="扣分"),
        (A, "pass"),
        (item("v", "2", "丁", veto=True), "fail"),
        (mixed, "fail"),
    )
    assert any("“乙”不得分" in line and "丁" not in line for line in both.lines if "否决项" in line)


@pytest.mark.parametrize(
    ("gravities", "grade"),
    [((), "优秀"), (("轻微",), "良好"), (("一般",), "合格"), (("轻微", "一般"), "合格")],
)
def test_rungs_between_the_best_and_the_lowest(gravities, grade):
    """A slight fault costs one rung, any other but a grave one leaves the last but the lowest."""
    lines = tuple(
        (n, Decimal(v)) for n, v in (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))
    )
    scheme = Scoring(grade_by="最重问题", grades=lines)
    faults = [(item(f"g{n}", "1", gravity=g), "fail") for n, g in enumerate(gravities)]
    assert ledger(scheme, (A, "pass"), *faults).grade == grade


def _the_long_way(s: Scoring, lines, reading: str):
    """(points counted by share, lines that take points, points added) of every line that applies,
    gone through one by one.
    """
    read = [x for line in lines if (x := line if line.plain else line.under(reading))]
    fails = [x for x in read if x.row.status == "fail" and x.row.veto]
    effects = {x.item.stage for x in fails if (x.item.veto_effect or s.veto_effect) == "环节零分"}
    seen = [
        replace(x, row=replace(x.row, deducted=x.item.points))
        if x.item.stage in effects and not x.item.bonus
        else x
        for x in read
    ]
    counted = [x for x in seen if not x.item.bonus]
    if not counted:
        return None
    points = sum(
        (x.item.points for x in counted if x.item.stage not in s.deduct_sections), Decimal(0)
    )
    added = sum(
        (x.item.points for x in seen if x.item.bonus and x.row.status == "pass"), Decimal(0)
    )
    return points, [x for x in counted if x.row.deducted], min(added, s.bonus_cap)


STATUSES = ["pass", "fail", "na", "review", "manual", "error"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2.5", "3.50", "0"]),
            st.sampled_from(["立案", "调查", "归档"]),
            st.sampled_from(["", "环节零分", "无"]),
            st.booleans(),
            st.booleans(),
            st.sampled_from(STATUSES),
        ),
        max_size=9,
    ),
    st.sampled_from(["比例", "扣分", "基础加比例"]),
    st.sampled_from(["不合格", "环节零分"]),
    st.sampled_from([(), ("归档",)]),
)
@settings(max_examples=300, deadline=None)
def test_lines_that_read_the_same_are_added_once(rows, method, effect, deducting):
    """Whatever the scheme, the vetoes and what is open: as by going through every line."""
    scoring = Scoring(
        method=method,
        veto_effect=effect,
        deduct_sections=deducting,
        bonus_cap=Decimal(3),
        caps=(("调查", Decimal(2)),),
    )
    items = [
        replace(item(f"i{n}", points, stage, veto, bonus), veto_effect=own)
        for n, (points, stage, own, veto, bonus, _) in enumerate(rows)
    ]
    statuses = {i.id: row[-1] for i, row in zip(items, rows, strict=True)}
    book = book_of(scoring, *items)
    lines = [x for x in _lines(book, statuses, {}, {}) if x.row.status != "na"]
    for reading in ("", "fail", "pass"):
        long = _the_long_way(scoring, lines, reading)
        if long is None:
            assert _total(scoring, _apart(scoring, lines), reading).score is None
            continue
        points, losing, added = long
        found = _total(scoring, _apart(scoring, lines), reading)
        assert found == _SCHEMES[method](scoring, _Counted(points, losing), added)
