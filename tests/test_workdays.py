"""Counting days as the law counts them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.errors import RulesRefused
from casereview.law.workdays import FIRST_YEAR, Calendar, UnknownYear, add_months, load_calendar

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


def test_one_file_adds_a_year(tmp_path):
    """A notice is its holidays and its working weekends; every other day goes by the weekday."""
    path = tmp_path / "2027.yaml"
    path.write_text("年份: [2027]\n放假: [2027-01-01]\n上班: [2027-01-03]\n", "utf-8")
    calendar = load_calendar([path])
    assert [calendar.is_workday(D(2027, 1, d)) for d in (1, 2, 3, 4)] == [False, False, True, True]
    assert calendar.last_year() == 2027 and not calendar.knows(2028)


def test_every_year_with_a_notice_is_there():
    """From the first notice that is known to the last; nothing is guessed beyond."""
    assert all(CALENDAR.knows(year) for year in range(2004, 2027))
    assert not CALENDAR.knows(2003)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (D(2026, 9, 30), ""),
        (D(2026, 10, 1), "2027"),
        (D(2026, 12, 31), "2027"),
        (D(2027, 1, 1), "2027"),
        (D(2025, 11, 1), ""),
    ],
)
def test_a_missing_year_is_told_from_october_on(today, said):
    """Nobody is warned while the notice is not yet due, or is there."""
    warning = CALENDAR.warning(today)
    assert (said in warning) if said else warning == ""


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-03-31", 1, "2025-04-30"),
        ("2025-01-30", 1, "2025-02-28"),
        ("2025-01-29", 25, "2027-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-06-15", 0, "2025-06-15"),
        ("2025-12-31", 12, "2026-12-31"),
    ],
)
def test_months_are_clipped_and_roll_over_the_year(start, months, end):
    """The same day so many months on, or the last of that month."""
    day = dt.date.fromisoformat
    assert add_months(day(start), months) == day(end)


def test_the_last_day_of_a_period():
    """In working days the nth; in days the next working day where it falls on a holiday."""
    friday = dt.date(2025, 3, 7)
    plain = Calendar()
    assert plain.last_day(friday, 2, working=True) == dt.date(2025, 3, 11)
    assert plain.last_day(friday, 2, working=False) == dt.date(2025, 3, 10)
    assert plain.last_day(friday, 5, working=False) == dt.date(2025, 3, 12)
    assert (plain.knows(2025), plain.knows(2100)) == (True, False)
    assert FIRST_YEAR == 2004 and plain.knows(FIRST_YEAR) and not plain.knows(FIRST_YEAR - 1)


def test_every_complaint_about_every_file_at_once(tmp_path):
    """Files that cannot be read, keys, years and days that are none: all are told."""
    (tmp_path / "a.yaml").write_text("上班: [2025-01-01", "utf-8")
    (tmp_path / "b.yaml").write_text("放假: [x\n", "utf-8")
    (tmp_path / "c.yaml").write_text(
        "年份: [二〇二七]\n放假: [元旦]\n加班: [2025-01-01]\n", "utf-8"
    )
    with pytest.raises(RulesRefused) as refused:
        load_calendar(sorted(tmp_path.glob("*.yaml")))
    told = "\n".join(refused.value.complaints)
    assert all(name in told for name in ("a.yaml", "b.yaml", "c.yaml"))
    assert "加班" in told and "不是年份" in told and "不是日期" in told
