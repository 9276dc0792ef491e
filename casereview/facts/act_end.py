"""The day on which a violation ended, from the sentences that tell its facts (行政处罚法 36)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese import find_dates
from casereview.model import Fact
from casereview.papers.paper import Paper

TOLD = 700  # characters after the word that opens the facts in which they are told
_OPENS = re.compile(r"经查|查明|违法事实")
_ENDED = re.compile(r"(?:时)?(?:终了|终止|停止|结束)")
_NO_END = re.compile(r"[^，。；]{0,6}(?:前|立案|送达|始|才)")
_FOUND = re.compile(r"(?:经查|查明|查实)[，：,]?$")
_ACTOR = re.compile(r"(?:\d{1,2}时)?[^，。；]{0,8}，?(?:当事人|你|该|本案)")
_BY_ACTOR = re.compile(
    r"(?:当事人|你|你单位|你公司|公司|违法行为(?:发生|终了)?)(?:于|在|自|从)?$"
    r"|违法行为.{0,6}(?:于|在|为)$"
)
_OTHER_DAY = re.compile(r"立案|送达|告知|检查时|作出")

Day = tuple[str, int, int]  # ISO day, from, to in the running text


def ended_on(paper: Paper) -> Fact | None:
    """The last day of the act: one called its end, the end of a span, or the day it is told of."""
    text = paper.running_text.without_spaces
    for opening in _OPENS.finditer(text):
        part = text[opening.start() : opening.start() + TOLD]
        days = [(d.isoformat(), s, e) for d, s, e in find_dates(part)]
        for rule in (_called_the_end, _end_of_a_span, _told_of_the_act):
            day = next(rule(part, days), None)
            if day is not None:
                start, end = opening.start() + day[1], opening.start() + day[2]
                return Fact(day[0], part[day[1] : day[2]], paper.running_text.place(start, end))
    return None


def _called_the_end(part: str, days: list[Day]) -> Iterator[Day]:
    """'…停止', '…终了' right after the day."""
    return (day for day in days if _ENDED.match(part[day[2] : day[2] + 4]))


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
