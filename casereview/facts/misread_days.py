"""Days read from an image that contradict all other days of a case: doubt, never a fact, never an
accusation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from casereview.chinese import misread
from casereview.model import Fact
from casereview.papers.paper import Paper

FAR = dt.timedelta(days=45)  # further than this from every other day of the case, a day is doubted
_ENOUGH = 4  # days of a case from which they can be held against one another
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$")  # not a sentence that begins so
_APART = ("卷宗封面", "卷内目录")  # repeat days of other papers


def contradicted(
    papers: list[Paper], facts: Mapping[int, Mapping[str, Fact]]
) -> list[tuple[Paper, str]]:
    """(paper, fact) of every recognised day that lies far off all others and would lie among them
    with one digit lost or taken for another (1月 for 11月, 8月 for 5月).
    """
    every = [d for p in papers if not p.doc.is_kind(*_APART) for _, d in _days(facts[id(p)])]
    if len(every) < _ENOUGH:
        return []
    return [
        (p, name)
        for p in papers
        for name, day in _days(facts[id(p)])
        if facts[id(p)][name].place.page in p.recognised and _stands_alone(day, every)
    ]


def is_doubted(paper: Paper, misread: Mapping[tuple[int, str], Fact]) -> bool:
    """True for a paper of which a day was doubted: no other of its days stands in for it.
    ``misread``: what was doubted, by the identity of the paper and the name of the fact.
    """
    return any(at == id(paper) for at, _ in misread)


def _days(facts: Mapping[str, Fact]) -> Iterator[tuple[str, dt.date]]:
    """Every fact that is a day."""
    for name, fact in facts.items():
        if isinstance(fact.value, str) and _ISO.match(fact.value):
            yield name, dt.date.fromisoformat(fact.value[:10])


def _stands_alone(day: dt.date, every: list[dt.date]) -> bool:
    rest = [d for d in every if d != day]
    if not rest or min(rest) - FAR <= day <= max(rest) + FAR:
        return False
    return any(min(rest) <= d <= max(rest) for d in misread(day))
