"""Days that count. Working days by the State Council's yearly notices (chinesecalendar), with what
the rules folder adds or corrects in ``calendar/*.yaml``.

A year without a notice is never guessed: ``UnknownYear`` is raised and the check becomes 待复核
(DESIGN 4.5). Rules: 行政处罚法 85 (二、三、五、七日为工作日); the first day is not counted and a
last day that is a holiday rolls on (民事诉讼法 85, by way of 行政处罚法 61).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import chinese_calendar

from casereview.errors import RulesRefused
from casereview.yamlfile import load_yaml

_DAY = dt.timedelta(1)
_WORDS = {"上班": True, "放假": False}


class UnknownYear(Exception):
    """No holiday notice is known for ``year``."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(f"没有 {year} 年的放假安排，无法推算工作日")


@dataclass(frozen=True)
class Calendar:
    """The working days of one rules folder. ``own``: days that it adds or corrects, True for a
    working day.
    """

    own: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_workday(self, day: dt.date) -> bool:
        """True when ``day`` is a working day. Raises UnknownYear."""
        if day in self.own:
            return self.own[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError as e:
            raise UnknownYear(day.year) from e

    def workdays_after(self, start: dt.date, end: dt.date) -> int:
        """Working days in (start, end]: the first day is not counted, the last one is. Negative
        spans count as 0.
        """
        return sum(self.is_workday(start + i * _DAY) for i in range(1, (end - start).days + 1))

    def nth_workday(self, start: dt.date, n: int) -> dt.date:
        """The last day of a period of ``n`` working days that starts after ``start``."""
        day = start
        while n > 0:
            day += _DAY
            n -= self.is_workday(day)
        return day

    def last_day(self, start: dt.date, n: int, *, working: bool) -> dt.date:
        """Last day of a period of ``n`` days after ``start``, rolled to the next working day when
        it falls on a holiday.
        """
        if working:
            return self.nth_workday(start, n)
        day = start + n * _DAY
        while not self.is_workday(day):
            day += _DAY
        return day


def load_calendar(paths: Iterable[Path]) -> Calendar:
    """The calendar that these files make: 上班 and 放假 list days. Raises RulesRefused with every
    complaint.
    """
    own: dict[dt.date, bool] = {}
    bad: list[str] = []
    for path in paths:
        try:
            data = load_yaml(path) or {}
        except RulesRefused as e:
            bad += e.complaints
            continue
        bad += [f"{path}：不认识的键“{k}”，可以写 上班、放假" for k in data if k not in _WORDS]
        for word, working in _WORDS.items():
            for day in data.get(word) or []:
                if isinstance(day, dt.date):
                    own[day] = working
                else:
                    bad.append(f"{path}：“{day}”不是日期，请写成 2027-01-01")
    if bad:
        raise RulesRefused(bad)
    return Calendar(own)


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
