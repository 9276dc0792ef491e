"""The items of a unit: the list of the three systems, and what is said of each."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.desk.campaign_screens import unit_named
from casereview.desk.frame import framed, standard_number
from casereview.desk.office import Ask, Desk
from casereview.desk.said import drafted, laws_of, opinions_seen, record, written
from casereview.errors import UsageError
from casereview.record.drafts import Drafts
from casereview.record.result import Result
from casereview.reports.case_view import SystemsView
from casereview.reports.gather import systems_view
from casereview.reports.item_view import ItemView, unit_item_views
from casereview.rounds.history import History
from casereview.rounds.settling import next_open, of_unit
from casereview.run import reviewing
from casereview.run.decisions import take_back


@dataclass(frozen=True)
class OpenedUnit:
    """The list of a unit as a person sees it; ``number``: of the unit in its address."""

    history: History
    run: int
    number: int
    name: str
    result: Result
    view: SystemsView
    items: tuple[ItemView, ...]

    def at(self, number: int) -> ItemView:
        """An item by its number. Raises UsageError."""
        if not 1 <= number <= len(self.items):
            raise UsageError(f"三项制度清单没有第 {number} 项，共 {len(self.items)} 项。")
        return self.items[number - 1]

    def address(self, number: int) -> str:
        """Where an item is shown."""
        return f"/r/{self.run}/u/{self.number}/i/{number}"


def _opened(desk: Desk, ask: Ask) -> OpenedUnit:
    """The list of the unit that the address names. Raises UsageError."""
    history, run, number = desk.history(ask.name), ask.number("run"), ask.number("unit")
    name = unit_named(history, run, number)
    every = of_unit(history, run, name)
    if not every:
        raise UsageError(f"{name}没有三项制度清单（单位材料没有评查过）。")
    result = next(u for u in reversed(history.units(run)) if u.unit == name)
    view = systems_view(history, result)
    items = unit_item_views(view.rows, every)
    return OpenedUnit(history, run, number, name, result, view, items)


def item(desk: Desk, ask: Ask) -> str:
    """One item of a unit among the others."""
    u = _opened(desk, ask)
    at = u.at(ask.number("item"))
    waits = next_open([i.pending for i in u.items], at.number)
    return framed(
        desk,
        ask,
        "unit_item.html.j2",
        u.run,
        u=u,
        at=at,
        there=u.address(at.number),
        waits=u.at(waits) if waits else None,
        left=sum(i.open for i in u.items),
        draft=drafted(u.history, ask, at.pending),
        here="",
        opinions=opinions_seen(u.history, u.run, at.pending, ask.name),
        laws=laws_of(u.history, u.run, at.pending),
        phrases=reviewing.phrases(),
        mine=reviewing.stands(u.history, u.run, at.pending, ask.name),
        standard=standard_number(u.history, u.run, u.result.checklist.card),
    )


def say(desk: Desk, ask: Ask) -> str:
    """Say of the item at hand what its form holds. Raises UsageError."""
    u = _opened(desk, ask)
    at = u.at(ask.number("item"))
    now = record(desk, ask, u.history, u.run, at)
    desk.anew(u.result.case, now=now)
    return u.address(next_open(of_unit(now, u.run, u.name), at.number) or at.number)


def back(desk: Desk, ask: Ask) -> str:
    """Take back what the person said last of the item at hand. Raises UsageError."""
    u = _opened(desk, ask)
    at = u.at(ask.number("item"))
    take_back(at.pending.line.number, u.run, u.history, desk.actor(ask.name))
    desk.anew(u.result.case)
    return u.address(at.number)


def draft(desk: Desk, ask: Ask) -> str:
    """Keep what stands in the form. Raises UsageError."""
    u = _opened(desk, ask)
    identity = u.at(ask.number("item")).pending.finding.identity
    Drafts(desk.store).keep(ask.name, identity, written(ask))
    return ""
