"""Whom a paper is about, where it is to be told whether it belongs to the case."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from casereview.chinese import DATE, key
from casereview.chinese.names import is_addressed_agency
from casereview.facts.approvals import groups_of
from casereview.facts.party_head import addressee
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper

ALIKE = 88  # likeness from which two names may be one, written differently
TOO_SHORT = 60  # characters of a paper that is too short to name anybody
_AFTER_NAME = re.compile(r"[（(，,；;]")


def stranger_in(paper: Paper, names: list[str]) -> tuple[str, Place] | None:
    """The party that a paper names and that is none of ``names`` (keys), with its place; None where
    one of them stands anywhere in the paper, or nobody is named.
    """
    said = paper.running_text.without_spaces
    if any(n in said for n in names):  # most papers name the party as it is: no need of their key
        return None
    text = key(said)
    if len(text) < TOO_SHORT or any(n in text for n in names):
        return None
    named, place = _labelled(paper)
    other = named or _addressee(paper)
    if not other or any(fuzz.ratio(other, n) >= ALIKE for n in names):
        return None
    return other, place


def _labelled(paper: Paper) -> tuple[str, Place]:
    """The key of the name at a label of a party and where it stands; '' where somebody signs there,
    an agency stands there (what is sent to a court is of the case), or no label was found.
    """
    labels = groups_of(paper.vocab)["相对人栏"]
    found = paper.field(*labels.names, like=labels.like, accept=r"[\u4e00-\u9fff]{2}")
    if found is None:
        return "", paper.top()
    name = _AFTER_NAME.split(found.without_spaces)[0]
    signed = PICTURE in found.value or DATE.search(found.without_spaces)
    return "" if signed or is_addressed_agency(name) else key(name), found.place


def _addressee(paper: Paper) -> str:
    """The key of the name to whom a paper is addressed, unless that is an agency."""
    got = addressee(paper)
    return key(got[0]) if got and not is_addressed_agency(got[0]) else ""
