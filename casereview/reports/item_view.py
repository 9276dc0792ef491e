"""The view of the items of one case for who reviews it: each with its places as they are opened,
what people said of it, and what else stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casereview.model import FAIL, MANUAL, REVIEW, Place, has_pages
from casereview.record.edition import EditionItem
from casereview.record.result import CaseResult
from casereview.reports.case_view import CaseView, Row
from casereview.reports.inert import clean
from casereview.reports.words import place_line
from casereview.rounds.rulings import ACTIONS, Ruling
from casereview.rounds.settling import Pending


@dataclass(frozen=True)
class Spot:
    """A place as it is opened: the file by its number in the case (from 0; -1 when it is not one of
    them), the page, and what is lit there.
    """

    file: int
    page: int
    line: str
    place: Place


@dataclass(frozen=True)
class ItemView:
    """One item by its number in the case (from 1). ``mine``: the person said something of it that
    stands.
    """

    number: int
    row: Row
    pending: Pending
    spots: tuple[Spot, ...]

    @property
    def item(self) -> EditionItem | None:
        """What the edition says of it."""
        return self.pending.item

    @property
    def state(self) -> str:
        """How what people said of it stands."""
        return self.pending.line.state

    @property
    def open(self) -> bool:
        """True where a person has to decide."""
        return self.pending.line.unsettled

    @property
    def key(self) -> str:
        """What finding it is, for forms."""
        return self.pending.key

    @property
    def tool_failed(self) -> bool:
        """True where the program called it a fault."""
        return self.pending.finding.status == FAIL

    @property
    def pages(self) -> tuple[Spot, ...]:
        """The first place on every page that it rests on, in the order of the places."""
        first: dict[tuple[int, int], Spot] = {}
        for spot in self.spots:
            if spot.file >= 0:
                first.setdefault((spot.file, spot.page), spot)
        return tuple(first.values())


Filter = Callable[[ItemView], object]
FILTERS: dict[str, tuple[str, Filter]] = {
    "all": ("全部", lambda i: True),
    "open": ("待定", lambda i: i.open),
    "fail": ("不合格", lambda i: i.row.failed),
    "review": ("待复核", lambda i: i.row.status == REVIEW),
    "manual": ("待人工", lambda i: i.row.status == MANUAL),
    "veto": ("否决", lambda i: i.row.veto),
    "ruled": ("已复核", lambda i: i.state),
}


def item_views(c: CaseView, r: CaseResult, every: Sequence[Pending]) -> tuple[ItemView, ...]:
    """The items of a case in the order of the checklist. ``c``, ``r``: the case as it is seen and
    as it is stored; ``every``: its findings.
    """
    index = {f.file: n for n, f in enumerate(r.files)}
    return tuple(
        ItemView(n, row, p, tuple(_spot(place, index) for place in p.finding.evidence))
        for n, (row, p) in enumerate(zip(c.rows, every, strict=True), 1)
    )


def unit_item_views(rows: Sequence[Row], every: Sequence[Pending]) -> tuple[ItemView, ...]:
    """The items of a unit: its rows and findings in one order. Its papers are not kept, so that no
    place of them can be opened.
    """
    return tuple(
        ItemView(n, row, p, tuple(_spot(place, {}) for place in p.finding.evidence))
        for n, (row, p) in enumerate(zip(rows, every, strict=True), 1)
    )


def _spot(p: Place, index: dict[str, int]) -> Spot:
    page = p.page if has_pages(p.file) else 1
    return Spot(index.get(p.file, -1), page, place_line(p), p)


@dataclass(frozen=True)
class OpinionView:
    """What somebody said of a finding, in words."""

    at: str
    by: str
    said: str
    why: str
    says: str


def opinion_view(r: Ruling) -> OpinionView:
    """One opinion as it is read in the history of a finding."""
    points = f"，扣 {r.points} 分" if r.points else ""
    settles = "（裁定）" if r.settle else ""
    said = f"{ACTIONS[r.action]}{points}{settles}"
    return OpinionView(r.at[:16].replace("T", " "), clean(r.by), said, clean(r.why), clean(r.says))
