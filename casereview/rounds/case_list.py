"""The cases of a round as one list, each with what is looked at before it is opened; and what of
the list a person asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from casereview.rounds.history import History
from casereview.rounds.progress import open_items


@dataclass(frozen=True)
class CaseLine:
    """A case by its number in the list. ``open``: items that nobody decided; ``ruled``: those of
    which people said something; ``reviewers``: to whom it was given; ``mine``: whether it waits for
    the person who looks.
    """

    number: int
    unit: str
    case: str
    title: str
    score: float | None
    low: float | None
    high: float | None
    grade: str
    vetoed: bool
    faults: int
    open: int
    ruled: int
    unread: int
    reviewers: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class CasesAsked:
    """Which cases are wanted. ``unit``, ``text``: parts of names; ``grade``; ``open``, ``vetoed``,
    ``mine``: only those with open items, with a veto, that wait for the person.
    """

    unit: str = ""
    text: str = ""
    grade: str = ""
    open: bool = False
    vetoed: bool = False
    mine: bool = False


def case_lines(history: History, run: int) -> list[CaseLine]:
    """Every case of a run."""
    panel = history.panel_state(run)
    return [
        CaseLine(
            number=n,
            unit=r.unit,
            case=r.case,
            title=r.title,
            score=r.score,
            low=r.score_low,
            high=r.score_high,
            grade=r.grade,
            vetoed=r.vetoed,
            faults=sum(f.failed for f in r.findings),
            open=open_items(r),
            ruled=sum(bool(f.state) for f in r.findings),
            unread=len(r.unread),
            reviewers=panel.reviewers.get(r.case, ()),
            mine=panel.open_to(r.case, history.viewer),
        )
        for n, r in enumerate(history.results(run), 1)
    ]


def wanted(rows: list[CaseLine], asked: CasesAsked) -> list[CaseLine]:
    """The lines that every part of what is asked allows."""
    return [x for x in rows if _fits(x, asked)]


def _fits(x: CaseLine, a: CasesAsked) -> bool:
    parts = ((a.unit, x.unit), (a.text, f"{x.case} {x.unit}"))
    states = ((a.open, x.open), (a.vetoed, x.vetoed), (a.mine, x.mine and x.open))
    named = all(part in whole for part, whole in parts) and a.grade in ("", x.grade)
    return named and all(holds for asked, holds in states if asked)
