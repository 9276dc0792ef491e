"""What papers of every procedure state: receipts, approvals, publications, photos."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawing.days import after_workdays

Story = dict[str, Any]


def names(story: Story) -> list[str]:
    """The officers of a case."""
    return [o[0] for o in story["officers"]]


def receipt(story: Story, of: str, day: dt.date, method: str = "直接送达") -> Story:
    """A receipt of service."""
    left = method == "留置送达"
    return {
        "of": of,
        "day": day,
        "method": method,
        "servers": names(story),
        "signed": "witness" if left else story["party"]["owner"],
        "party": story["party"]["name"],
        "number": "",
        "witness": left,
    }


def approval(name: str, day: dt.date) -> Story:
    """An opinion box of a leader."""
    return {"opinion": True, "name": name, "day": day}


def publication(story: Story, decided: dt.date, after: int) -> Story:
    """A publication some working days after the decision."""
    return {
        "day": after_workdays(decided, after),
        "party": story["party"]["name"],
        "fine": story.get("fine", 0),
        "decided": decided,
        "number": "",
        "personal": False,
    }


def pictures(story: Story, day: dt.date, count: int) -> list[Story]:
    """Photos with all that their captions say."""
    by, place = story["officers"][1][0], story["party"]["place"]
    return [{"day": day, "place": place, "by": by} for _ in range(count)]


def dates(day: dt.date, **others: dt.date) -> dict[str, dt.date]:
    """The days that every case has, all the same where not said otherwise."""
    same = dict.fromkeys(("found", "began", "decide", "filing", "inspect", "ask"), day)
    return {**same, **others}


def start(procedure: str, main: str, n: int, party: Story, officers: Any, **more: Any) -> Story:
    """A story with the values that all procedures share."""
    return {
        "procedure": procedure,
        "main": main,
        "n": n,
        "party": party,
        "officers": officers,
        "receipts": [],
        "identity": {"note": True},
        "photos": [],
        "recordings": None,
        "catalogue": {"ghost": "", "left_out": ""},
        **more,
    }
