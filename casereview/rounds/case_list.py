"""The cases of a round as one list, each with what is looked at before it is opened; and what of
the list a person asks for.
"""

from __future__ import annotations

from dataclasses import dataclass

from casereview.rounds.history import History


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
            unit=h.unit,
            case=h.case,
            title=h.title,
            score=h.score,
            low=h.score_low,
            high=h.score_high,
            grade=h.grade,
            vetoed=bool(h.vetoed),
            faults=h.fails,
            open=h.open,
            ruled=h.ruled,
            unread=h.unread,
            reviewers=panel.reviewers.get(h.case, ()),
            mine=panel.open_to(h.case, history.viewer),
        )
        for n, h in enumerate(history.heads(run), 1)
    ]


def wanted(rows: list[CaseLine], asked: CasesAsked) -> list[CaseLine]:
    """The lines that every part of what is asked allows."""
    return [x for x in rows if _fits(x, asked)]


def _fits(x: CaseLine, a: CasesAsked) -> bool:
    parts = ((a.unit, x.unit), (a.text, f"{x.case} {x.unit}"))
    states = ((a.open, x.open), (a.vetoed, x.vetoed), (a.mine, x.mine and x.open))
    named = all(part in whole for part, whole in parts) and a.grade in ("", x.grade)
    return named and all(holds for asked, holds in states if asked)
