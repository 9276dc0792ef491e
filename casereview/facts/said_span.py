"""From when to when a record was made, where a sentence at its head says so and no field does."""

from __future__ import annotations

import datetime as dt
import re

from casereview.chinese import find_span
from casereview.model import Fact, Place
from casereview.papers.paper import Found, Paper

HEAD = 400  # characters of a record in which it says when it is made
_SAID = re.compile(r"[^。；\n]*?\d{1,2}[时点:：][^。；\n]{0,12}?[至到起][^。；\n]{0,30}")
_TALK = re.compile(r"[问答][：:]")


def said_start(paper: Paper) -> Fact | None:
    """文中起止之起: the beginning."""
    return _moment(paper, 0)


def said_end(paper: Paper) -> Fact | None:
    """文中起止之止: the end."""
    return _moment(paper, 1)


def _moment(paper: Paper, which: int) -> Fact | None:
    got = _span(paper)
    if got is None:
        return None
    found, both = got
    return Fact(both[which].strftime("%Y-%m-%d %H:%M"), found.without_spaces, found.place)


def _span(paper: Paper) -> tuple[Found, tuple[dt.datetime, dt.datetime]] | None:
    """The first sentence before the talk that says both times."""
    text = paper.running_text.without_spaces
    talk = _TALK.search(text)
    for m in _SAID.finditer(text, 0, min(HEAD, talk.start() if talk else HEAD)):
        start, end = find_span(m[0])
        if start and end:
            place: Place = paper.running_text.place(m.start(), m.end())
            return Found(m[0], place), (start, end)
    return None
