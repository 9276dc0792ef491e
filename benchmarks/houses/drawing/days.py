"""Working days of the State Council's calendar, counted without the program under examination."""

from __future__ import annotations

import datetime as dt

import chinese_calendar

ONE = dt.timedelta(days=1)


def is_workday(day: dt.date) -> bool:
    """Working day, made-up Saturdays included."""
    return bool(chinese_calendar.is_workday(day))


def workday_on_or_after(day: dt.date) -> dt.date:
    """The day itself or the next working day."""
    while not is_workday(day):
        day += ONE
    return day


def workday_on_or_before(day: dt.date) -> dt.date:
    """The day itself or the last working day before it."""
    while not is_workday(day):
        day -= ONE
    return day


def after_workdays(day: dt.date, n: int) -> dt.date:
    """The n-th working day after a day (the day itself is not counted)."""
    while n:
        day += ONE
        n -= is_workday(day)
    return day


def workdays_between(first: dt.date, last: dt.date) -> int:
    """Working days after `first` up to and including `last`."""
    n = 0
    while first < last:
        first += ONE
        n += is_workday(first)
    return n
