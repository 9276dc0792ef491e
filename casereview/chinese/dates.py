"""Days, spans of time, and what may have been lost of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from casereview.chinese.characters import without_spaces
from casereview.chinese.numerals import NUMERAL, cn_number

_DIGIT = "0-9〇○◯零OoО一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸"
_SMALL = _DIGIT + "十拾廿卅"
# 2025, 二〇二五, 二0二五, 贰零贰伍, 二千零二十五; 25 and 二五 only where month and day follow
_YEAR = (
    rf"(?:(?:19|20)\d\d|[12一二壹贰貳][{_DIGIT}]{{3}}|[一二]千[零〇]?[{_SMALL}]{{1,3}}"
    rf"|(?<![{NUMERAL}第满届])[{_DIGIT}]{{2}})"
)
_MONTH = rf"(?:\d{{1,2}}|[{_SMALL}]{{1,3}}|元)"
_DAY = rf"(?:\d{{1,2}}|[{_SMALL}]{{1,3}})"
# a day may be called 号; what is numbered 号 (a building, a shop) is no day
_DAY_END = (
    r"(?:日|曰|号(?!楼|院|门|房|栋|仓|店|铺|厂|地块|文件|公告|令|线|井)"
    r"|(?=\s*(?:$|[\n。；、）)]|，(?!\d{3})|上午|下午|\d{1,2}\s*[时:：])))"
)
_BREAK = r"\s*[-/.．—–－]\s*"
DATE = re.compile(
    rf"(?P<y>{_YEAR})\s*年\s*(?P<m>{_MONTH})\s*月\s*(?P<d>{_DAY})\s*{_DAY_END}"
    rf"|(?<![\d.])(?P<y2>(?:19|20)\d\d){_BREAK}(?P<m2>\d{{1,2}}){_BREAK}(?P<d2>\d{{1,2}})(?![\d.])"
)
_DATED = re.compile(r"年|(?:19|20)\d\d")  # without which no text has a day
# forms that mean a day only where a day is asked for: 20250510, 25.5.10, 25/05/10
_SHORT = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)"
    rf"|(?P<y2>\d\d){_BREAK}(?P<m2>\d{{1,2}}){_BREAK}(?P<d2>\d{{1,2}})"
    r"|(?P<y3>20\d\d)[、，,\s](?P<m3>\d{1,2})[、，,\s](?P<d3>\d{1,2}))(?!\d)"
)
_GLUED = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<dh>\d{2,4})(?=[时点:：])"
)
_BEFORE_HOUR = re.compile(
    rf"(?<![\d.])((?:19|20)\d\d{_BREAK}\d{{1,2}}{_BREAK}\d{{1,2}})\s+(?=\d{{1,2}}\s*[时点:：])"
)
# the printed 年 月 日 of a form, filled or not
DAY_SLOT = re.compile(
    rf"(?:[{_DIGIT}]{{2,4}})?\s*年.{{0,6}}?月.{{0,6}}?[日号](?:\s*\d{{1,2}}\s*时\s*(?:"
    rf"\d{{1,2}}\s*分)?)?"
)


def close_gaps(text: str) -> str:
    """``text`` without white space, but of the gap between a day in figures and the hour
    (2025.6.30 9时), without which it may be read in two ways.
    """
    parts = _BEFORE_HOUR.split(text)
    days, between = parts[1::2], parts[::2]
    closed = [without_spaces(part) for part in between]
    return closed[0] + "".join(
        f"{without_spaces(day)} {after}" for day, after in zip(days, closed[1:], strict=True)
    )


def unglue(text: str) -> str:
    """'2025.6.39时15分', from which the gap before the hour was lost, with the gap again where only
    one reading is possible.
    """
    edges = [0, *_lost_gaps(text), len(text)]
    return " ".join(text[a:b] for a, b in zip(edges, edges[1:], strict=False))


def _lost_gaps(text: str) -> list[int]:
    """Where in ``text`` a gap between day and hour was lost."""
    out = []
    for m in _GLUED.finditer(text):
        run = m["dh"]
        fits = [
            i
            for i in ((2,) if m["m"].startswith("0") else (1, 2))  # 02.219时: all have two figures
            if 1 <= len(run) - i <= 2 and int(run[i:]) <= 24 and _made(m["y"], m["m"], run[:i])
        ]
        if len(fits) == 1:
            out.append(m.start("dh") + fits[0])
    return out


def find_dates(text: str, *, short: bool = False) -> Iterator[tuple[dt.date, int, int]]:
    """Every complete date of ``text`` with its start and end offsets, in order. Impossible dates
    are left out.

    ``short``: the text stands where a day is asked for, so that 20250510 and 25.5.10 are days too
    when nothing else is.
    """
    found = _known_dates(text)
    if short and not found:
        found = tuple(_days(_SHORT, text))
    yield from found


@lru_cache(maxsize=1024)
def _known_dates(text: str) -> tuple[tuple[dt.date, int, int], ...]:
    """The same texts (a line, a box, a paper) are asked for their days by one fact after the
    other.
    """
    return tuple(_all_dates(text)) if _DATED.search(text) else ()


def _all_dates(text: str) -> Iterator[tuple[dt.date, int, int]]:
    if not _GLUED.search(text):
        yield from _days(DATE, text)
        return
    gaps = [at + n for n, at in enumerate(_lost_gaps(text))]  # where the blanks were put in
    for day, start, end in _days(DATE, unglue(text)):
        # offsets back in the text as it was
        yield day, start - sum(at < start for at in gaps), end - sum(at < end for at in gaps)


def _days(pattern: re.Pattern[str], text: str) -> Iterator[tuple[dt.date, int, int]]:
    for m in pattern.finditer(text):
        y, mo, d = [g for g in m.groups() if g is not None][:3]
        try:
            day = dt.date(_year(y), 1 if mo == "元" else cn_number(mo) or 0, cn_number(d) or 0)
        except ValueError:
            continue
        if 1900 <= day.year < 2100:
            yield day, m.start(), m.end()


def _year(written: str) -> int:
    """'二0二五' and '25' -> 2025, '98' -> 1998."""
    if "千" in written:
        head, _, rest = written.partition("千")
        return (cn_number(head) or 0) * 1000 + (cn_number(rest.lstrip("零〇")) or 0)
    year = cn_number(written) or 0
    return year if year > 99 else 2000 + year if year < 50 else 1900 + year


def lost_digit(day: dt.date) -> list[dt.date]:
    """Days that read as ``day`` when one digit is lost: 1月 for 11月, 3日 for 13日."""
    months = [m for m in (10, 11, 12) if day.month < 10 and str(day.month) in str(m)]
    days = [n for n in range(10, 32) if day.day < 10 and str(day.day) in str(n)]
    out = []
    for month in (day.month, *months):
        for d in (day.day, *days):
            try:
                out.append(dt.date(day.year, month, d))
            except ValueError:
                continue
    return [d for d in out if d != day]


def misread(day: dt.date) -> list[dt.date]:
    """Days that may be read as ``day`` when one digit of it is lost or taken for another."""
    out = set(lost_digit(day))
    year, month, date = f"{day.year:04d}", str(day.month), str(day.day)
    for digit in "0123456789":
        out |= _made(year[:3] + digit, month, date)
        out |= _made(year[:2] + digit + year[3], month, date)
        for i in range(len(month)):
            out |= _made(year, month[:i] + digit + month[i + 1 :], date)
        for i in range(len(date)):
            out |= _made(year, month, date[:i] + digit + date[i + 1 :])
    return sorted(out - {day})


def _made(year: str, month: str, date: str) -> set[dt.date]:
    try:
        return {dt.date(int(year), int(month), int(date))}
    except ValueError:
        return set()


_HOUR = r"(?:\d{1,2}|[一二两三四五六七八九十零〇]{1,3})"
_TIME = re.compile(
    rf"(?P<p>上午|下午|中午|晚上?|凌晨)?\s*(?P<h>{_HOUR})"
    r"\s*(?:时(?!间|期|段|限|候|效)|点钟?|(?<=\d)[:：](?=\s*\d))"
    rf"\s*(?:(?P<mi>{_HOUR})\s*(?P<q>刻)?分?|(?P<half>半)|整)?"
)
# from one time to another of the same half of a day, and a day after the one that is written
_TO = re.compile(r"\s*(?:起|开始|许)?\s*(?:至|到|[—~～-]+)\s*(?:同日|当日|当天)?\s*")
_NEXT_DAY = re.compile(r"次日|翌日|第二[天日]")
_UNTIL = re.compile(r"至|到|—|~|～|-{1,2}(?=\s*\d{1,2}\s*[时:])")


# a month or a day of one figure
_FIGURE_ALONE = re.compile(r"(?<!\d)[1-9][月日号]|(?<=[年月])[一二三四五六七八九十][月日]")


def has_figure_alone(text: str) -> bool:
    """True for a day whose month or day is written with one figure, beside which another may have
    been lost.
    """
    return _FIGURE_ALONE.search(text) is not None


def times_in(text: str) -> int:
    """How many clock times a text writes."""
    return sum(1 for _ in _TIME.finditer(text))


def find_span(text: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Start and end of '2023年9月6日10时05分至11时03分' (either may be None). Both days may be
    written out. Neither where a day and an hour without a gap can be parted in two ways.
    """
    text = unglue(text)
    if _GLUED.search(text):
        return None, None
    dates = list(find_dates(text))
    found: list[dt.datetime] = []
    last, half = 0, ""  # where the time before ends, and the half of the day said of it
    for m in _TIME.finditer(text):
        goes_on = _TO.fullmatch(text[last : m.start()])
        clock = _clock(m, half if goes_on else "")
        last, half = m.end(), m["p"] or ""
        day = _day_at(text, dates, m.start())
        if day is not None and clock is not None:
            found.append(dt.datetime.combine(day, clock))
    if len(found) != 1:
        return (found[0], found[1]) if found else (None, None)
    return (None, found[0]) if _only_the_end(text, dates[-1][2]) else (found[0], None)


def _day_at(text: str, dates: list[tuple[dt.date, int, int]], at: int) -> dt.date | None:
    """The day that a time at ``at`` belongs to: that before it, or the one after that (次日); None
    where there is none, and within a day.
    """
    before = [row for row in dates if row[1] <= at]
    if not before or at < before[-1][2]:
        return None
    day, _, end = before[-1]
    return day + dt.timedelta(days=1 if _NEXT_DAY.search(text, end, at) else 0)


def _clock(m: re.Match[str], half: str) -> dt.time | None:
    """The time of day that one match writes; None where there is none such. ``half``: 下午 of the
    time before, which also speaks for this one where it says nothing (下午3时至4时).
    """
    hour = cn_number(m["h"])
    minute = cn_number(m["mi"]) if m["mi"] else 30 if m["half"] else 0
    if hour is None or minute is None:
        return None
    if m["q"]:
        minute *= 15
    if (m["p"] or half) in ("下午", "晚", "晚上") and hour < 12:
        hour += 12
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _only_the_end(text: str, after: int) -> bool:
    """True when the one time written stands behind the word 至: the start was left blank."""
    split, first = _UNTIL.search(text, after), _TIME.search(text, after)
    return bool(split and first and split.start() < first.start())
