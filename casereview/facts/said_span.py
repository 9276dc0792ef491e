"""From when to when a record was made, where its head says so at no label that anybody knows."""

from __future__ import annotations

import datetime as dt
import re

from casereview.chinese import close_gaps, find_span, times_in
from casereview.model import Fact, Place
from casereview.papers.paper import Found, Paper

HEAD = 400  # characters of a record in which it says when it is made
_PIECE = re.compile(r"[^。；\n]+")
_OPEN = re.compile(r"(?:至|到|—|~|～|-)[^\u3400-\u9fff\d]*$")  # and no end is written
_TALK = re.compile(r"〔?[问答]〕?[：:]|[问答]话人[：:]")


def said_start(paper: Paper) -> Fact | None:
    """文中起止之起: the beginning."""
    return _moment(paper, 0)


def said_end(paper: Paper) -> Fact | None:
    """文中起止之止: the end."""
    return _moment(paper, 1)


def _moment(paper: Paper, which: int) -> Fact | None:
    got = _span(paper)
    if got is None or (moment := got[1][which]) is None:
        return None
    return Fact(moment.strftime("%Y-%m-%d %H:%M"), got[0].without_spaces, got[0].place)


def _span(paper: Paper) -> tuple[Found, tuple[dt.datetime, dt.datetime | None]] | None:
    """The first sentence or field before the talk that says two times, and no more; or one, and
    that it goes on to another that nobody wrote.
    """
    text = paper.running_text.text
    talk = _TALK.search(text)
    for m in _PIECE.finditer(text, 0, min(HEAD, talk.start() if talk else HEAD)):
        said = close_gaps(m[0])
        times = times_in(said)
        open_end = times == 1 and _OPEN.search(said)
        start, end = find_span(said) if times == 2 or open_end else (None, None)
        if start and (open_end if end is None else start <= end):
            place: Place = paper.running_text.place(m.start(), m.end(), without_spaces=False)
            return Found(m[0], place), (start, end)
    return None
