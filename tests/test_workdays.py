"""Counting days as the law counts them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.errors import RulesRefused
from casereview.law.statutes import Standing, Status, Statute, Statutes
from casereview.law.workdays import Calendar, UnknownYear, add_months, load_calendar

D = dt.date
CALENDAR = Calendar()
SPAN = st.dates(D(2021, 7, 15), D(2026, 6, 30))


def test_vectors_of_the_standard():
    """The worked examples: 5 and 7 working days, 90 and 15 natural days, a Saturday rolled over."""
    assert CALENDAR.nth_workday(D(2024, 6, 12), 5) == D(2024, 6, 19)
    assert CALENDAR.nth_workday(D(2024, 6, 12), 7) == D(2024, 6, 21)
    assert D(2024, 3, 1) + dt.timedelta(90) == D(2024, 5, 30)
    assert CALENDAR.last_day(D(2024, 3, 1), 15, working=False) == D(2024, 3, 18)
    assert add_months(add_months(D(2024, 1, 10), 6), 3) == D(2024, 10, 10)


def test_service_across_the_national_holiday():
    """Decision on 2024-09-27: served on 10-12 is the 7th working day, on 10-14 the 8th."""
    assert CALENDAR.workdays_after(D(2024, 9, 27), D(2024, 10, 12)) == 7
    assert CALENDAR.workdays_after(D(2024, 9, 27), D(2024, 10, 14)) == 8


def test_unknown_year_is_never_guessed():
    """A year without a notice raises."""
    with pytest.raises(UnknownYear):
        CALENDAR.is_workday(D(2031, 3, 3))


@settings(max_examples=60)
@given(SPAN, st.integers(0, 40))
def test_nth_and_count_agree(start, n):
    """The n-th working day is n working days later, and is itself a working day."""
    end = CALENDAR.nth_workday(start, n)
    assert CALENDAR.workdays_after(start, end) == n
    assert n == 0 or CALENDAR.is_workday(end)


@settings(max_examples=60)
@given(SPAN, st.integers(1, 60), st.integers(0, 30))
def test_a_later_end_never_counts_fewer(start, span, more):
    """A later service never turns a late service into a timely one."""
    assert CALENDAR.workdays_after(
        start, start + dt.timedelta(span + more)
    ) >= CALENDAR.workdays_after(start, start + dt.timedelta(span))


@settings(max_examples=40)
@given(SPAN, st.integers(2, 40), st.integers(1, 39))
def test_a_holiday_added_never_lengthens_the_count(start, span, at):
    """One more holiday never raises the number of working days counted."""
    end, holiday = start + dt.timedelta(span), start + dt.timedelta(min(at, span))
    more = Calendar({holiday: False})
    assert more.workdays_after(start, end) <= CALENDAR.workdays_after(start, end)


def test_each_rules_folder_has_its_own_days(tmp_path):
    """A day that one folder corrects is corrected there only; a second folder does not inherit it,
    and wrong lines are refused together.
    """
    own, other, bad = (tmp_path / f"{n}.yaml" for n in ("甲", "乙", "丙"))
    own.write_text("放假: [2031-03-03]\n上班: [2031-03-02]\n", "utf-8")
    other.write_text("放假: []\n", "utf-8")
    bad.write_text("放假: [明天]\n休息: []\n", "utf-8")
    mine = load_calendar([own])
    assert not mine.is_workday(D(2031, 3, 3)) and mine.is_workday(D(2031, 3, 2))
    with pytest.raises(UnknownYear):
        load_calendar([other]).is_workday(D(2031, 3, 3))
    with pytest.raises(RulesRefused) as refused:
        load_calendar([bad, own])
    assert len(refused.value.complaints) == 2


LAWS = Statutes(
    [
        Statute("甲条例", D(2010, 1, 1), 40),
        Statute("甲条例（2020修订）", D(2020, 5, 1), 60),
        Statute("乙条例", D(2005, 1, 1), 30, D(2018, 1, 1)),
        Statute("丙法", D(2024, 1, 1), 90),
        Statute("丁办法", D(2001, 1, 1), 0),
        Statute("戊条例", D(2000, 1, 1), 80),
        Statute("戊条例（2015修订）", D(2015, 1, 1), 50),
    ]
)


@pytest.mark.parametrize(
    ("law", "article", "day", "status"),
    [
        ("甲条例", 40, D(2015, 1, 1), Status.EXISTS),
        ("甲条例", 41, D(2015, 1, 1), Status.LATER),
        ("甲条例", 41, D(2020, 5, 1), Status.EXISTS),
        ("甲条例", 61, D(2021, 1, 1), Status.ABSENT),
        ("甲条例", 61, None, Status.ABSENT),
        ("甲条例", None, None, Status.EXISTS),
        ("乙条例", 3, D(2017, 12, 31), Status.EXISTS),
        ("乙条例", 3, D(2018, 1, 1), Status.ENDED),
        ("丙法", 3, D(2023, 6, 1), Status.EXISTS),
        ("丙法", 99, D(2023, 6, 1), Status.LATER),
        ("丙法", 99, D(2024, 6, 1), Status.ABSENT),
        ("戊条例", 70, D(2016, 1, 1), Status.ENDED),
        ("戊条例", 70, D(2014, 1, 1), Status.EXISTS),
        ("丁办法", 5, D(2024, 1, 1), Status.UNKNOWN),
        ("己办法", 5, D(2024, 1, 1), Status.UNKNOWN),
    ],
)
def test_how_an_article_stood_on_a_day(law, article, day, status):
    """The version in force counts; what only another version has is later or ended, and only what
    no version has is absent. The first day of a version is in, the day it ended is out.
    """
    assert LAWS.status(law, article, day).status is status


def test_the_day_from_which_it_stands_is_told():
    """For the sentence to the reviewer: from when a later version is in force, since when ended."""
    assert LAWS.status("甲条例", 50, D(2015, 1, 1)) == Standing(Status.LATER, 40, D(2020, 5, 1))
    assert LAWS.status("乙条例", 1, D(2019, 1, 1)).since == D(2018, 1, 1)
