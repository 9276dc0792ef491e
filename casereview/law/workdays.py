"""Days that count. Working days by the State Council's yearly notices (chinesecalendar plus
``calendar/overrides.yaml``).

A year without a notice is never guessed: ``UnknownYear`` is raised and the check becomes 待复核
(DESIGN 4.5).
Rules: 行政处罚法 85 (二、三、五、七日为工作日); the first day is not counted and a last day that is
a holiday rolls on
(民事诉讼法 85, by way of 行政处罚法 61).
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import chinese_calendar

_OVERRIDES: dict[dt.date, bool] = {}


class UnknownYear(Exception):
    """No holiday notice is known for ``year``."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(f"没有 {year} 年的放假安排，无法推算工作日")


def add_overrides(days: dict[dt.date, bool]) -> None:
    """Add or correct days: date -> True for a working day. Used with the dated file shipped or
    edited by the bureau.
    """
    _OVERRIDES.update(days)
    is_workday.cache_clear()


@lru_cache(maxsize=20000)
def is_workday(day: dt.date) -> bool:
    """True when ``day`` is a working day. Raises UnknownYear."""
    if day in _OVERRIDES:
        return _OVERRIDES[day]
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError as e:
        raise UnknownYear(day.year) from e


def workdays_after(start: dt.date, end: dt.date) -> int:
    """Working days in (start, end]: the first day is not counted, the last one is. Negative spans
    count as 0.
    """
    return sum(is_workday(start + dt.timedelta(i)) for i in range(1, (end - start).days + 1))


def workdays_between(start: dt.date, end: dt.date) -> int:
    """Full working days strictly between two days (行政处罚法 64, 七日前)."""
    return sum(is_workday(start + dt.timedelta(i)) for i in range(1, (end - start).days))


def nth_workday(start: dt.date, n: int) -> dt.date:
    """The last day of a period of ``n`` working days that starts after ``start``."""
    day = start
    while n > 0:
        day += dt.timedelta(1)
        n -= is_workday(day)
    return day


def last_day(start: dt.date, n: int, *, working: bool) -> dt.date:
    """Last day of a period of ``n`` days after ``start``, rolled to the next working day when it
    falls on a holiday.
    """
    if working:
        return nth_workday(start, n)
    day = start + dt.timedelta(n)
    while not is_workday(day):
        day += dt.timedelta(1)
    return day


def add_months(day: dt.date, n: int) -> dt.date:
    """``n`` months later, clipped to the length of that month (民法典 202)."""
    month = day.month - 1 + n
    year, month = day.year + month // 12, month % 12 + 1
    for d in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month, d)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
