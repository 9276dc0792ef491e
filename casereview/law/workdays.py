"""Days that count. Working days by the State Council's yearly notices (chinesecalendar), with what
the rules folder adds or corrects in ``calendar/*.yaml``; a file a year (年份, 放假, 上班) adds one.

A year without a notice is never guessed: ``UnknownYear`` is raised and the check becomes 待复核
(DESIGN 4.5). Rules: 行政处罚法 85 (二、三、五、七日为工作日); the first day is not counted and a
last day that is a holiday rolls on (民事诉讼法 85, by way of 行政处罚法 61).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import chinese_calendar

from casereview.errors import RulesRefused
from casereview.yamlfile import load_yaml

_DAY = dt.timedelta(1)
_WORDS = {"上班": True, "放假": False}
_YEARS = "年份"  # the years whose notice a file holds completely
_WEEKEND = 5  # the first weekday that is none
FIRST_YEAR = min(chinese_calendar.holidays).year  # the first that the library knows
NOTICE_MONTH = 10  # from this month on the notice for the next year is waited for


@lru_cache(maxsize=4096)
def _by_notice(day: dt.date) -> bool:
    """What the library says of a day: the same weeks are counted by one item after the other.
    Raises NotImplementedError for a year whose notice it does not know.
    """
    return bool(chinese_calendar.is_workday(day))


class UnknownYear(Exception):
    """No holiday notice is known for ``year``."""

    def __init__(self, year: int):
        self.year = year
        super().__init__(f"没有 {year} 年的放假安排，无法推算工作日")


@dataclass(frozen=True)
class Calendar:
    """The working days of one rules folder. ``own``: days that it adds or corrects, True for a
    working day; ``years``: years whose notice it holds, where every other day goes by the weekday.
    """

    own: Mapping[dt.date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_workday(self, day: dt.date) -> bool:
        """True when ``day`` is a working day. Raises UnknownYear."""
        if day in self.own:
            return self.own[day]
        if day.year in self.years:
            return day.weekday() < _WEEKEND
        try:
            return _by_notice(day)
        except NotImplementedError as e:
            raise UnknownYear(day.year) from e

    def knows(self, year: int) -> bool:
        """True when the notice of a year is there."""
        try:
            self.is_workday(dt.date(year, 12, 31))
        except UnknownYear:
            return False
        return True

    def last_year(self) -> int:
        """The last year without a gap since the first of the library."""
        year = FIRST_YEAR
        while self.knows(year + 1):
            year += 1
        return year

    def warning(self, today: dt.date) -> str:
        """What to say from October on while next year's notice is missing; '' otherwise."""
        wanted = today.year if not self.knows(today.year) else today.year + 1
        if self.knows(wanted) or (wanted > today.year and today.month < NOTICE_MONTH):
            return ""
        return (
            f"没有 {wanted} 年的放假安排，涉及 {wanted} 年工作日的期限一律待复核。"
            f"国务院办公厅的通知发布后，在规则文件夹的 calendar 里加一个文件 {wanted}.yaml"
            "（写法见 补充.yaml）。"
        )

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
    years: set[int] = set()
    bad: list[str] = []
    for path in paths:
        try:
            data = load_yaml(path) or {}
        except RulesRefused as e:
            bad += e.complaints
            continue
        bad += _read_into(data, path, own, years)
    if bad:
        raise RulesRefused(bad)
    return Calendar(own, frozenset(years))


def _read_into(
    data: Mapping[str, list[object]], path: Path, own: dict[dt.date, bool], years: set[int]
) -> list[str]:
    """One file of the calendar into days and years; what is wrong with it."""
    may = "、".join((*_WORDS, _YEARS))
    bad = [f"{path}：不认识的键“{k}”，可以写 {may}" for k in data if k not in (*_WORDS, _YEARS)]
    for year in data.get(_YEARS) or []:
        if isinstance(year, int):
            years.add(year)
        else:
            bad.append(f"{path}：“{year}”不是年份，请写成 2027")
    for word, working in _WORDS.items():
        for day in data.get(word) or []:
            if isinstance(day, dt.date):
                own[day] = working
            else:
                bad.append(f"{path}：“{day}”不是日期，请写成 2027-01-01")
    return bad


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
