"""What every screen of a round has in common."""

from __future__ import annotations

from casereview.desk.office import Ask, Desk
from casereview.desk.shown import page
from casereview.rounds.history import History


def framed(desk: Desk, ask: Ask, template: str, run: int, **said: object) -> str:
    """A screen of a round, with its head: which round, whose desk, what is told."""
    history = desk.history(ask.name)
    return page(
        template,
        name=ask.name,
        note=ask.session.told(),
        run=run,
        called=called(history, run),
        paired=bool(history.panel_state(run).reviewers),
        **said,
    )


def called(history: History, run: int) -> str:
    """A round by its campaign and name, a trial by its number."""
    round_ = history.campaigns.rounds.get(run)
    return round_.called if round_ else f"试评（第 {run} 次评查）"


def standard_number(history: History, run: int, card: str) -> int:
    """The number of a checklist in its address; 0 where none was kept."""
    used = used_editions(history, run)
    return used.index(card) + 1 if card in used else 0


def used_editions(history: History, run: int) -> list[str]:
    """The checklists by which the cases and the units of a round were judged, by digest: first
    those of cases.
    """
    cases = {h.card for h in history.heads(run)} & history.editions.keys()
    units = {u.checklist.card for u in history.units(run)} & history.editions.keys()
    return [*sorted(cases), *sorted(units - cases)]
