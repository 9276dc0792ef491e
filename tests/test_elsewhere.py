"""A day that its own paper hides, as other papers of the case tell it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.authoring.fixtures import books, build, load_book
from casereview.facts.elsewhere import fits
from casereview.judging.review import judge_item
from casereview.rules.rulebook import load_rules
from casereview.rules.table import Context

BOOK = load_book(next(p for p in books() if p.stem == "普通程序"))
RULES = load_rules(BOOK["清单"])
DAY = "2025年4月17日"


def the_case(*changes):
    """The lawful case with changes of its papers."""
    return build(BOOK, RULES, {"改": [list(c) for c in changes]})


def verdict(case, item):
    """The status of one item."""
    return judge_item(RULES.checklist.get(item), Context(case, RULES.law))


@given(st.dates(dt.date(1996, 10, 1), dt.date(2030, 12, 31)), st.data())
def test_what_is_left_of_a_day_fits_it(day, data):
    """Any characters that a seal leaves of a written day fit that day."""
    written = f"{day.year}年{day.month:02d}月{day.day:02d}日"
    kept = data.draw(st.lists(st.sampled_from(range(len(written))), unique=True))
    assert fits("".join(written[i] for i in sorted(kept)), day)


def test_another_day_does_not_fit():
    """二〇 五年二月二十五日 is a day of 2025 and no other month."""
    left = "二〇五年二月二十五日"
    assert fits(left, dt.date(2025, 2, 25))
    assert not fits(left, dt.date(2025, 3, 25))
    assert not fits(left, dt.date(2024, 2, 25))


HIDDEN = ("15", "2025年4月16日\n【章】", "二〇 五年四月十六日\n【章】")


def test_a_hidden_day_shows_that_a_term_was_kept():
    """The record of publication and the catalogue tell the day that the seal hides."""
    case = the_case(HIDDEN)
    assert case.fact("处罚决定书", "作出日期").value == "2025-04-16"
    assert "作出日期" not in case.facts_of(case.one("处罚决定书"))
    assert verdict(case, "service.within-7-days").status == "pass"


def test_a_hidden_day_accuses_nobody():
    """What a day from elsewhere seems to break is for a person to see on the original."""
    late = ("16", "送达时间 | 2025年4月18日10时20分", "送达时间 | 2025年6月18日10时20分")
    found = verdict(the_case(HIDDEN, late), "service.within-7-days")
    assert found.status == "review" and "取自别处" in found.message
    plain = verdict(the_case(late), "service.within-7-days")
    assert plain.status == "fail"


@pytest.mark.parametrize(
    "change",
    [
        ("17", "处罚决定日期 | 2025年4月16日", "处罚决定日期 | 2025年4月11日"),
        ("15", "2025年4月16日\n【章】", "二〇 五年七月十六日\n【章】"),
    ],
    ids=["the witnesses differ", "what is left does not fit"],
)
def test_a_doubtful_day_stays_unknown(change):
    """Two witnesses of two days, or a day that what is left contradicts, are no day."""
    changes = (HIDDEN, change) if change[0] == "17" else (change,)
    assert the_case(*changes).fact("处罚决定书", "作出日期") is None


def test_a_day_that_is_not_hidden_is_not_replaced():
    """A decision without a day and without a seal lacks its day, whatever the catalogue says."""
    case = the_case(("15", "2025年4月16日\n【章】", ""))
    assert case.fact("处罚决定书", "作出日期") is None


def test_what_one_item_was_told_opens_no_other():
    """The catalogue row that tells a hidden day is still held against the file by its own item:
    the order of the items decides nothing.
    """
    case = the_case(HIDDEN)
    verdict(case, "service.within-7-days")
    assert case.told
    verdict(case, "archive.catalogue")
    assert not case.told


def test_no_other_day_stands_in_for_one_that_was_doubted():
    """A report of which a recognised day was doubted accuses nobody: it is for a person."""
    case = the_case()
    report = next(p for p in case.papers if p.doc.kind == "询问笔录")
    assert verdict(case, "evidence.before-decision").status == "pass"
    facts = case.facts_of(report)
    case.misread[id(report), "开始时间"] = facts.pop("开始时间")
    facts.pop("日期", None)
    got = verdict(case, "evidence.before-decision")
    assert got.status == "review" and "没有读准" in got.message
