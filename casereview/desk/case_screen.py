"""The case screen: its items on one side, the page with the evidence lit in the middle, and what is
said of the item at hand on the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casereview.desk.frame import framed, standard_number
from casereview.desk.office import WIDE, Ask, Desk
from casereview.desk.said import drafted, laws_of, opinions_seen
from casereview.errors import UsageError
from casereview.record.result import CaseResult
from casereview.reports.case_view import CaseView
from casereview.reports.gather import case_view
from casereview.reports.item_view import (
    FILTERS,
    ItemView,
    Spot,
    item_views,
)
from casereview.reports.web.pictures import timeline
from casereview.rounds.effective import PanelState
from casereview.rounds.history import History
from casereview.rounds.rulings import SEALED
from casereview.rounds.settling import next_open, of_case
from casereview.run import reviewing
from casereview.run.pages import Kept, Seen
from casereview.run.reviewing import phrases


@dataclass(frozen=True)
class Opened:
    """A case as a person sees it."""

    history: History
    run: int
    number: int
    result: CaseResult
    view: CaseView
    items: tuple[ItemView, ...]

    @property
    def panel(self) -> PanelState:
        """Who reviews it."""
        return self.history.panel_state(self.run)

    def waits(self, after: int) -> ItemView | None:
        """The next item that waits behind this number; None when nothing waits."""
        number = next_open([i.pending for i in self.items], after)
        return self.at(number) if number else None

    def at(self, number: int) -> ItemView:
        """An item by its number. Raises UsageError."""
        if not 1 <= number <= len(self.items):
            raise UsageError(f"案卷没有第 {number} 项，共 {len(self.items)} 项。")
        return self.items[number - 1]


def opened(desk: Desk, ask: Ask) -> Opened:
    """The case that the address names. Raises UsageError."""
    history, run, number = desk.history(ask.name), ask.number("run"), ask.number("case")
    every = of_case(history, run, number)
    result = history.case(every[0].result.case, run)
    view = case_view(history, result)
    return Opened(history, run, number, result, view, item_views(view, result, every))


def case(desk: Desk, ask: Ask) -> str:
    """The case at the first item that waits."""
    c = opened(desk, ask)
    first = c.waits(0) or c.items[0]
    return _shown(desk, ask, c, first)


def item(desk: Desk, ask: Ask) -> str:
    """The case at one item."""
    c = opened(desk, ask)
    return _shown(desk, ask, c, c.at(ask.number("item")))


def course(desk: Desk, ask: Ask) -> str:
    """The course of the case: its days and limits, its record by stage, its ledger."""
    c = opened(desk, ask)
    return framed(
        desk,
        ask,
        "course.html.j2",
        c.run,
        c=c,
        timeline=timeline(c.view.steps, c.view.limits, 1300),
    )


@dataclass(frozen=True)
class Sheet:
    """One page at which somebody looks: of which file, which page of how many, the quoted runs and
    boxes on it, and what is shown.
    """

    file: int
    page: int
    pages: int
    kept: Kept | None
    spots: tuple[Spot, ...]
    seen: Seen

    @property
    def quotes(self) -> list[str]:
        """What is lit in a text."""
        return [s.place.quote for s in self.spots if s.place.quote]


def _shown(desk: Desk, ask: Ask, c: Opened, at: ItemView) -> str:
    show = ask.query.get("show", "all")
    _, wanted = FILTERS.get(show, FILTERS["all"])
    listed = [i for i in c.items if wanted(i) or i is at]
    sheets = _sheets(desk, ask, c, at)
    waits = c.waits(at.number)
    _prepare(desk, c, waits)
    moved, ask.session.moved = ask.session.moved, ""
    sealed = c.panel.sealed(c.result.case)
    return framed(
        desk,
        ask,
        "case.html.j2",
        c.run,
        c=c,
        at=at,
        show=show,
        filters=[(k, name, sum(bool(f(i)) for i in c.items)) for k, (name, f) in FILTERS.items()],
        stages=_stages(listed),
        sheets=sheets,
        waits=waits,
        left=sum(i.open for i in c.items),
        moved=moved,
        draft=drafted(c.history, ask, at.pending),
        opinions=opinions_seen(c.history, c.run, at.pending, ask.name),
        laws=laws_of(c.history, c.run, at.pending),
        phrases=phrases(),
        here=_here(ask, sheets),
        mine=reviewing.stands(c.history, c.run, at.pending, ask.name),
        standard=standard_number(c.history, c.run, c.result.checklist.card),
        may=c.panel.open_to(c.result.case, ask.name),
        sealed=sealed,
        sealed_word=SEALED,
        pair=c.panel.reviewers.get(c.result.case, ()),
        wide=WIDE,
    )


def _here(ask: Ask, sheets: Sequence[Sheet]) -> str:
    """The page that the person turned to, as a place is written; '' where nobody turned to one."""
    kept = sheets[0].kept if sheets and "f" in ask.query else None
    return f"{kept.known.file}:{sheets[0].page}" if kept else ""


def _stages(items: Sequence[ItemView]) -> list[tuple[str, list[ItemView]]]:
    """Items by stage, in the order of the checklist."""
    out: dict[str, list[ItemView]] = {}
    for i in items:
        out.setdefault(i.row.stage, []).append(i)
    return list(out.items())


def _sheets(desk: Desk, ask: Ask, c: Opened, at: ItemView) -> list[Sheet]:
    """The page that was asked for, else those on which the item rests: two side by side where it
    rests on several.
    """
    if "f" in ask.query:
        return [_sheet(desk, c, at, ask.digit("f"), ask.digit("p", 1))]
    if at.pages:
        shown = at.pages[:2] if at.row.failed or at.row.open else at.pages[:1]
        return [_sheet(desk, c, at, s.file, s.page) for s in shown]
    return [_sheet(desk, c, at, 0, 1)] if c.result.files else []


def _sheet(desk: Desk, c: Opened, at: ItemView, file: int, page: int) -> Sheet:
    """One page; one that is not there says so."""
    spots = tuple(s for s in at.spots if (s.file, s.page) == (file, page))
    try:
        kept = desk.cases.file(c.history, c.result, file)
    except UsageError as e:
        return Sheet(file, page, 1, None, spots, Seen(note=str(e)))
    pages = max(1, kept.known.pages)
    page = min(max(1, page), pages)
    if kept.heard:
        return Sheet(file, page, 1, kept, spots, Seen())
    if not kept.drawn:
        return Sheet(file, page, 1, kept, spots, desk.room.text(kept))
    seen = desk.room.page(kept, page, WIDE)
    if page < pages:
        desk.ready(kept, page + 1)
    return Sheet(file, page, pages, kept, spots, seen)


def _prepare(desk: Desk, c: Opened, waits: ItemView | None) -> None:
    """Have the pages of the next item that waits drawn before it is asked for."""
    for spot in waits.pages[:2] if waits else ():
        try:
            desk.ready(desk.cases.file(c.history, c.result, spot.file), spot.page)
        except UsageError:
            return
