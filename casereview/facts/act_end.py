"""The days on which a violation began and ended, from the sentences that tell its facts (行政处罚法
36, 37).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese import find_dates
from casereview.model import Fact
from casereview.papers.paper import Paper

NAMED = 10  # characters before a day that may call it the beginning or the end
TOLD = 700  # characters after the word that opens the facts in which they are told
_OPENS = re.compile(
    r"经查|查明|违法事实|据查|认定如下|认定的事实|行为经过|事实如下|基本事实|情况是这样"
)
_ENDED = re.compile(r"(?:时)?(?:终了|终止|停止|结束)")
_NAMES_END = re.compile(r"(?:终了|终止|停止|结束|截止)(?:之)?(?:时间|日期|日|时点)(?:为|是|：|:)?$")
_NAMES_START = re.compile(
    r"(?:起始|开始|初始|起算|发生)(?:之)?(?:时间|日期|日|时点)(?:为|是|：|:)?$"
)
_NO_END = re.compile(r"[^，。；]{0,6}(?:前|立案|送达|始|才)")
_FOUND = re.compile(r"(?:经查|查明|查实)[，：,]?$")
_ACTOR = re.compile(r"(?:\d{1,2}时)?[^，。；]{0,8}，?(?:当事人|你|该|本案)")
_BY_ACTOR = re.compile(
    r"(?:当事人|你|你单位|你公司|公司|违法行为(?:发生|终了)?)(?:于|在|自|从)?$"
    r"|违法行为.{0,6}(?:于|在|为)$"
)
_PROVED = re.compile(r"以上事实|上述|证据|证实|证明|佐证|综上|违反")
_YEAR = re.compile(r"(?<![〔\[【（(\d])(?:19|20)\d\d(?=年)")
_LONG_AGO = re.compile(
    r"多年|早年|历年|常年|数年|[一二三四五六七八九十]年(?:前|来|以来)|年以来|当时已"
)
_UNTIL = re.compile(r"(?:起|开始|以来)?，?(?:一直|持续)?(?:至|到)|[—-]")
_TOLD = re.compile(r"经查|查明|查实|违法事实|调查认定")
_SINCE = re.compile(r"起(?![至到])")
_CAUGHT = re.compile(r"[^。；]{0,30}?(?:检查|巡查|核查|发现|查获)")
_OTHER_DAY = re.compile(r"立案|送达|告知|检查时|作出")

Day = tuple[str, int, int]  # ISO day, from, to in the running text


def ended_on(paper: Paper) -> Fact | None:
    """The last day of the act: one called its end, the end of a span, the day it is told of, or the
    day on which an act that began and did not end was found.
    """
    found = _found(paper)
    return _fact(paper, found[1]) if found else None


def began_on(paper: Paper) -> Fact | None:
    """The first day of the act: the day before 至 of a span, or the one day it is told of. None
    where the text says that it lasted and not from when.
    """
    found = _found(paper)
    return _fact(paper, found[0]) if found and found[0] else None


def earliest_told(paper: Paper) -> Fact | None:
    """The earliest day that the facts of a violation tell of. None where they tell of an earlier
    year without its day, or of a time before (以来, 多年): an act may have ended before any day.
    """
    text = paper.running_text.without_spaces
    for opening in _OPENS.finditer(text):
        part = text[opening.start() : opening.start() + TOLD]
        proved = _PROVED.search(part)
        part = part[: proved.start()] if proved else part
        days = [(d.isoformat(), s, e) for d, s, e in find_dates(part)]
        if not days:
            continue
        day = min(days)
        years = [m[0] for m in _YEAR.finditer(part)]
        if _LONG_AGO.search(part) or any(year < day[0][:4] for year in years):
            return None
        return _fact(paper, _moved(day, opening.start()))
    return None


def _fact(paper: Paper, day: Day) -> Fact:
    iso, start, end = day
    text = paper.running_text.without_spaces[start:end]
    return Fact(iso, text, paper.running_text.place(start, end))


def _found(paper: Paper) -> tuple[Day | None, Day] | None:
    """The first and the last day of the act, by their places in the paper."""
    text = paper.running_text.without_spaces
    for opening in _OPENS.finditer(text):
        part = text[opening.start() : opening.start() + TOLD]
        days = [(d.isoformat(), s, e) for d, s, e in find_dates(part)]
        for rule in (_called_the_end, _end_of_a_span, _told_of_the_act):
            day = next(rule(part, days), None)
            if day is not None:
                first = day if rule is _told_of_the_act else _start_of_a_span(part, days, day)
                by = opening.start()
                return _moved(first, by) if first else None, _moved(day, by)
    return _still_going_on(text)


def _still_going_on(text: str) -> tuple[Day, Day] | None:
    """An act told of since a day, without an end (自某日起…): it went on until it was found, on the
    day of the inspection that the text tells of before.
    """
    days = [(d.isoformat(), s, e) for d, s, e in find_dates(text)]
    since = next((n for n, day in enumerate(days) if _SINCE.match(text[day[2] :])), None)
    if since is None or not _TOLD.search(text[: days[since][1]]):
        return None
    found = [day for day in days[:since] if _CAUGHT.match(text[day[2] :])]
    later = [day for day in found if day[0] >= days[since][0]]
    return (days[since], later[-1]) if later else None


def _moved(day: Day, by: int) -> Day:
    return day[0], day[1] + by, day[2] + by


def _start_of_a_span(part: str, days: list[Day], end: Day) -> Day | None:
    """The day right before 至 and the end of a span."""
    before = (d for d in days if d[2] < end[1])
    return next((d for d in before if _leads_to(part, d, end)), None)


def _leads_to(part: str, day: Day, end: Day) -> bool:
    """True for a day with no more than 至 between it and the end, or called the beginning."""
    named = _NAMES_START.search(part[max(0, day[1] - NAMED) : day[1]])
    return bool(named or _UNTIL.fullmatch(part[day[2] : end[1]]))


def _called_the_end(part: str, days: list[Day]) -> Iterator[Day]:
    """'…停止', '…终了' right after the day, 终止时间 right before it."""
    for day in days:
        before = part[max(0, day[1] - NAMED) : day[1]]
        if _ENDED.match(part[day[2] : day[2] + 4]) or _NAMES_END.search(before):
            yield day


def _end_of_a_span(part: str, days: list[Day]) -> Iterator[Day]:
    """The day after 至 that does not open something else."""
    for day in days:
        if part[: day[1]].endswith("至") and not _NO_END.match(part[day[2] : day[2] + 8]):
            yield day


def _told_of_the_act(part: str, days: list[Day]) -> Iterator[Day]:
    """A day of which the act of the party is told."""
    for day in days:
        before, after = part[max(0, day[1] - 16) : day[1]], part[day[2] : day[2] + 24]
        if _FOUND.search(before) and _ACTOR.match(after):
            yield day
        elif _BY_ACTOR.search(before) and not _OTHER_DAY.search(after):
            yield day
