"""A day that a seal or the scan hid on its own paper, told by other papers of the case: its row of
the catalogue, the record of publication.

It may show that a term was kept; what it seems to break is for a person to see on the original.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from casereview.chinese import find_dates
from casereview.facts.foot import lost_days
from casereview.facts.registry import FactSpec
from casereview.model import HIDDEN, Fact, Place
from casereview.papers.catalogue import entries_of
from casereview.papers.paper import Paper

SURE = 0.7  # how sure a day is that another paper tells
_DIGITS = "〇一二三四五六七八九"
Facts = Mapping[str, Fact]
Told = tuple[dt.date, str, Place]  # a day, as written, where


def told_elsewhere(
    paper: Paper, spec: FactSpec, papers: Sequence[Paper], facts: Mapping[int, Facts]
) -> Fact | None:
    """The day of a paper whose own page hides it, from the witnesses that the registry names
    (旁证). None where the page shows no trace of a hidden day, where they differ among themselves,
    or where what is left of the day does not fit.
    """
    lost = lost_days(paper)
    sealed = bool(paper.recognised) or bool(paper.running_text.pictures)
    if not spec.witnesses or not (lost or sealed):
        return None
    told = list(_told(paper.doc.kind, spec.witnesses, papers, facts))
    if len({day for day, _, _ in told}) != 1:
        return None
    day, text, place = told[0]
    if lost and not any(fits(left, day) for left in lost):
        return None
    return Fact(day.isoformat(), text, place, SURE)


def fits(left: str, day: dt.date) -> bool:
    """True where what is left of a written day are characters of ``day`` in their order."""
    number = _number(day.month), _number(day.day)
    year = "".join(_DIGITS[int(c)] for c in str(day.year))
    written = f"{year}年{number[0]}月{number[1]}日"
    figures = f"{day.year}年{day.month:02d}月{day.day:02d}日"
    plain = re.sub("[○零Oo]", "〇", left).replace(HIDDEN, "")
    return _within(plain, written) or _within(left, figures)


def _within(left: str, whole: str) -> bool:
    rest = iter(whole)
    return all(c in rest for c in left)


def _number(n: int) -> str:
    """A number up to 31 as days are written: 二十五."""
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def _told(
    kind: str, witnesses: tuple[str, ...], papers: Sequence[Paper], facts: Mapping[int, Facts]
) -> Iterator[Told]:
    """What each witness tells of the only paper of ``kind``."""
    if sum(p.doc.kind == kind for p in papers) != 1:
        return
    for witness in witnesses:
        source, _, name = witness.partition(".")
        for p in papers:
            if p.doc.kind != source or not p.doc.readable:
                continue
            if not name:
                yield from _listed(p, kind)
            elif fact := facts[id(p)].get(name):
                yield dt.date.fromisoformat(str(fact.value)[:10]), fact.text, fact.place


def _listed(catalogue: Paper, kind: str) -> Iterator[Told]:
    """The day in the only row of the catalogue for papers of ``kind``."""
    rows = [
        e
        for e in entries_of(catalogue.running_text, catalogue.vocab)
        if (guess := catalogue.vocab.guess(e.title)) and guess.kind == kind
    ]
    days = [found[0] for e in rows for found in find_dates(e.date)]
    if len(rows) == 1 and len(days) == 1:
        yield days[0], rows[0].date, rows[0].place
