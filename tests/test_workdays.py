"""Counting days as the law counts them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.law import workdays
from casereview.law.workdays import (
    UnknownYear,
    add_months,
    is_workday,
    last_day,
    nth_workday,
    workdays_after,
    workdays_between,
)

D = dt.date
SPAN = st.dates(D(2021, 7, 15), D(2026, 6, 30))


def test_vectors_of_the_standard():
    """The worked examples: 5 and 7 working days, 90 and 15 natural days, roll-over on a Saturday."""
    assert nth_workday(D(2024, 6, 12), 5) == D(2024, 6, 19)
    assert nth_workday(D(2024, 6, 12), 7) == D(2024, 6, 21)
    assert D(2024, 3, 1) + dt.timedelta(90) == D(2024, 5, 30)
    assert last_day(D(2024, 3, 1), 15, working=False) == D(2024, 3, 18)
    assert add_months(add_months(D(2024, 1, 10), 6), 3) == D(2024, 10, 10)


def test_service_across_the_national_holiday():
    """Decision on 2024-09-27: served on 10-12 is the 7th working day, on 10-14 the 8th."""
    assert workdays_after(D(2024, 9, 27), D(2024, 10, 12)) == 7
    assert workdays_after(D(2024, 9, 27), D(2024, 10, 14)) == 8


def test_unknown_year_is_never_guessed():
    """A year without a notice raises."""
    with pytest.raises(UnknownYear):
        is_workday(D(2031, 3, 3))


@settings(max_examples=60)
@given(SPAN, st.integers(0, 40))
def test_nth_and_count_agree(start, n):
    """The n-th working day is n working days later, and is itself a working day."""
    end = nth_workday(start, n)
    assert workdays_after(start, end) == n
    assert n == 0 or is_workday(end)


@settings(max_examples=60)
@given(SPAN, st.integers(1, 60), st.integers(0, 30))
def test_a_later_end_never_counts_fewer(start, span, more):
    """A later service never turns a late service into a timely one."""
    assert workdays_after(start, start + dt.timedelta(span + more)) >= workdays_after(
        start, start + dt.timedelta(span)
    )


@settings(max_examples=40)
@given(SPAN, st.integers(2, 40), st.integers(1, 39))
def test_a_holiday_added_never_lengthens_the_count(start, span, at):
    """One more holiday never raises the number of working days counted."""
    end, holiday = start + dt.timedelta(span), start + dt.timedelta(min(at, span))
    before = workdays_after(start, end)
    try:
        workdays.add_overrides({holiday: False})
        assert workdays_after(start, end) <= before
    finally:
        workdays._OVERRIDES.pop(holiday, None)
        workdays.is_workday.cache_clear()


def test_days_before_a_hearing_exclude_both_ends():
    """Service on Friday 07-04 and hearing on Wednesday 07-09 leave two working days between."""
    assert workdays_between(D(2025, 7, 4), D(2025, 7, 9)) == 2
