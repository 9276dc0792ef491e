"""Schemes of scoring found in the wild, each with a golden ledger that a reviewer can re-add by
hand.
"""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.judging.score import ledger_of
from casereview.model import Finding, Verdict
from casereview.rules.checklist import Check, Checklist
from casereview.rules.kinds.table import Manual
from casereview.rules.schemes import Scoring


def item(
    name: str,
    points: str,
    stage: str = "甲",
    veto: bool = False,
    bonus: bool = False,
    gravity: str = "",
) -> Check:
    """An item that only has points."""
    return Check(
        name,
        name,
        stage,
        "",
        Decimal(points),
        veto,
        False,
        (),
        "",
        "人工判断",
        Manual("", ()),
        (),
        "",
        "",
        None,
        None,
        bonus,
        gravity,
    )


def ledger(scoring: Scoring, *rows: tuple[Check, str]):
    """The ledger of these items with these statuses."""
    book = Checklist("t", "t", "1", "ordinary", "x", scoring, tuple(c for c, _ in rows), "")
    return ledger_of(book, [Finding(c.id, Verdict(s)) for c, s in rows])


A, B, C, D = (
    item("a", "4"),
    item("b", "3", "乙"),
    item("c", "2", "乙", veto=True),
    item("d", "1", "丙"),
)
GOLD = {
    "ratio": (
        Scoring(),
        [(A, "pass"), (B, "fail"), (C, "pass"), (D, "na")],
        "66.7",
        "合格",
        "得分 =（9 − 3）÷ 9 × 100 = 6 ÷ 9 × 100 = 66.7",
    ),
    "ratio of 120": (
        Scoring(full=Decimal(120)),
        [(A, "pass"), (B, "fail"), (C, "pass"), (D, "pass")],
        "84.0",
        "合格",
        "得分 =（10 − 3）÷ 10 × 120 = 7 ÷ 10 × 120 = 84.0",
    ),
    "deduction with a floor": (
        Scoring(method="扣分", caps=(("乙", Decimal(4)),)),
        [(A, "fail"), (B, "fail"), (C, "fail"), (D, "pass")],
        "92.0",
        "不合格",
        "得分 = 100 − 8 = 92.0，其中扣分：甲 4、乙 5（扣完 4 为止）",
    ),
    "base plus ratio": (
        Scoring(
            method="基础加比例",
            base=Decimal(50),
            deduct_sections=("乙",),
            caps=(("乙", Decimal(4)),),
        ),
        [(A, "pass"), (B, "fail"), (C, "pass"), (D, "fail")],
        "87.0",
        "合格",
        "得分 = 50 +（50 × 4 ÷ 5 − 要素扣分 3） = 87.0",
    ),
    "veto to zero": (
        Scoring(veto_effect="零分"),
        [(A, "pass"), (C, "fail")],
        "0.0",
        "不合格",
        "否决项不合格，得分为零",
    ),
    "veto caps": (
        Scoring(veto_effect="封顶", veto_cap=Decimal(59)),
        [(A, "pass"), (B, "pass"), (C, "fail")],
        "59.0",
        "不合格",
        "否决项不合格，得分最高 59",
    ),
    "veto bars excellent": (
        Scoring(veto_effect="不得优秀", method="扣分"),
        [(A, "pass"), (C, "fail")],
        "98.0",
        "合格",
        "得分 = 100 − 2 = 98.0，其中扣分：乙 2",
    ),
    "bonus": (
        Scoring(method="扣分", bonus_cap=Decimal(3)),
        [(B, "fail"), (item("e", "5", bonus=True), "pass")],
        "100.0",
        "优秀",
        "得分 = 100 − 3 + 加分 3 = 100.0，其中扣分：乙 3",
    ),
    "worst fault": (
        Scoring(grade_by="最重问题"),
        [(A, "pass"), (item("g", "1", gravity="严重"), "fail")],
        "80.0",
        "不合格",
        "得分 =（5 − 1）÷ 5 × 100 = 4 ÷ 5 × 100 = 80.0",
    ),
    "worst fault is slight": (
        Scoring(grade_by="最重问题"),
        [(A, "pass"), (item("g", "1", gravity="轻微"), "fail")],
        "80.0",
        "合格",
        "得分 =（5 − 1）÷ 5 × 100 = 4 ÷ 5 × 100 = 80.0",
    ),
}


@pytest.mark.parametrize("name", GOLD)
def test_golden_ledgers(name):
    """Score, grade and the line that shows how."""
    scoring, rows, score, grade, line = GOLD[name]
    got = ledger(scoring, *rows)
    assert (str(got.score), got.grade) == (score, grade) and line in got.working()


def test_open_items_make_a_range():
    """待复核 costs nothing; the range says what it could come to."""
    got = ledger(Scoring(method="扣分"), (A, "pass"), (B, "review"), (D, "fail"))
    assert (str(got.score), str(got.low), str(got.high)) == ("99.0", "96.0", "99.0")


STATUSES = st.lists(st.sampled_from(["pass", "fail", "na", "review"]), min_size=4, max_size=4)
SCHEMES = st.sampled_from(
    [
        Scoring(),
        Scoring(method="扣分", caps=(("乙", Decimal(4)),)),
        Scoring(method="基础加比例", base=Decimal(50), deduct_sections=("丙",)),
    ]
)


@given(STATUSES, SCHEMES, st.randoms(use_true_random=False))
def test_order_does_not_move_the_score(statuses, scheme, rnd: random.Random):
    """Items in any order add up to the same."""
    rows = list(zip((A, B, C, D), statuses, strict=True))
    shuffled = rows[:]
    rnd.shuffle(shuffled)
    assert ledger(scheme, *rows).score == ledger(scheme, *shuffled).score


@given(STATUSES, SCHEMES)
def test_items_that_do_not_apply_never_lower_it(statuses, scheme):
    """A failed item that turns out not to apply cannot make the score worse."""
    rows = list(zip((A, B, C, D), statuses, strict=True))
    before = ledger(scheme, *rows).score
    for i, (_, s) in enumerate(rows):
        if s == "fail":
            after = ledger(
                scheme, *[(x, "na") if j == i else (x, y) for j, (x, y) in enumerate(rows)]
            ).score
            assert before is None or after is None or after >= before
