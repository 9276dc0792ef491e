"""What a paper of supervision tells a unit: each matter, the articles it is made by, the papers
that were not followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casereview.privacy.mask import Mask
from casereview.record.entries import PapersIssued
from casereview.record.journal import Entry
from casereview.reports.inert import clean
from casereview.reports.view import UnitView
from casereview.reports.words import cn_date, ordinal, place_line, proved
from casereview.rounds.consequences import DECISION, SUPERVISION, URGE
from casereview.rounds.rectification import Item
from casereview.rounds.supervision import OBJECTION, articles, asked_by

_TAGS = {URGE: "督办条文", SUPERVISION: "意见条文", DECISION: "决定条文", OBJECTION: "异议条文"}


@dataclass(frozen=True)
class Matter:
    """One matter: in which case, what is wrong, the facts, where they stand, the articles, and how
    it stands ('' where nothing was asked before).
    """

    case: str
    fault: str
    facts: str
    places: str
    articles: str
    state: str = ""


def grave_of(u: UnitView) -> list[Matter]:
    """The faults of a unit that decide the grade of their case."""
    return [
        Matter(case.name, r.fault, r.message, r.pages, r.articles)
        for case in u.vetoed
        for r in case.grave
    ]


def matters_of(items: Sequence[Item], hide: Mask, stated: bool) -> list[Matter]:
    """The findings that a paper is about; ``stated``: with how they stand."""
    return [
        Matter(
            case=hide(clean(i.folder)),
            fault=i.fault,
            facts=hide(clean(proved(i.finding.message))),
            places="；".join(dict.fromkeys(hide(place_line(p)) for p in i.finding.evidence)),
            articles="；".join(i.basis),
            state=f"{i.state}，期限{cn_date(i.due)}" if stated and i.due else "",
        )
        for i in items
    ]


def article_tags(day: str) -> dict[str, str]:
    """The articles in force on a day (ISO) as they are cited, by tag; '' where there is none."""
    found = articles(dt.date.fromisoformat(day)) if day else {}
    return {tag: _article(found, kind) for kind, tag in _TAGS.items()}


def _article(found: Mapping[str, int], kind: str) -> str:
    return f"第{ordinal(found[kind])}条" if kind in found else ""


def earlier_line(earlier: Sequence[Entry[PapersIssued]]) -> str:
    """The papers before this one: '2026年11月27日《行政执法监督意见书》（某司评〔2026〕2号）'."""
    return "、".join(
        f"{cn_date(e.at)}《{kind}》（{number}）"
        for e in earlier
        for kind, number in asked_by(e.body)
    )
