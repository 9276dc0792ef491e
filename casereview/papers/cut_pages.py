"""Scanned pages that show less of their sheet than the other pages of their case do: the rest may
lie outside the scan, under a lid that is as white as paper. Such a page accuses nobody; what
stands on it is a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from statistics import median

from casereview.chinese import without_spaces
from casereview.model import Box, Document, Page
from casereview.papers.vocabulary import UNKNOWN

LEFT, HEAD, RIGHT, FOOT = range(4)
Where = tuple[str, int]  # file, number of the page
Margins = tuple[float, float, float, float]  # at the four sides, as shares of width and height

_EVERY = (LEFT, HEAD, RIGHT, FOOT)
_OTHERS = 5  # pages below which nothing is known of how the pages of a case look
_MOST = (0.8, 0.8, 0.8, 0.9)  # of the other pages leave no more free at a side
_AT_MOST = 0.2  # of a sheet are margins; where pages leave more, they are no measure
_MORE = (0.015, 0.04, 0.015, 0.04)  # of a sheet that a cut page leaves free beyond that
_MUCH = 0.03  # from which few lines are enough to say so
_FAR = 0.3  # further down than this not even a title begins
_BEGIN, _END = 3, 2  # lines that begin, or end within a sentence, where a text was cut
_MANY = 4  # of them where it was cut by little more than a character
_FULL = "。；：:;"
_SURE = 0.8  # how sure the kind of a paper is whose title was read
_MIDDLE = 0.25  # of a sheet; titles stand between
_DRAWN = 40.0  # points from which what is no text is a photo
_LOOSE = ("卷宗封面", "卷内目录", "备考表")  # set in a way of their own


@dataclass(frozen=True)
class _Look:
    """A page beside the others: its margins, what most others leave free, and its paper."""

    page: Page
    own: Margins
    usual: Sequence[float]
    doc: Document | None

    def sides(self) -> list[int]:
        """The sides at which it may be cut."""
        if self.doc is not None and self.doc.kind in _LOOSE:
            return []
        return [i for i in _EVERY if self.more(i) > _MORE[i] and self._told(i)]

    def more(self, side: int) -> float:
        """How much more it leaves free than the others."""
        return self.own[side] - self.usual[side] if self.usual[side] < _AT_MOST else 0.0

    def _told(self, side: int) -> bool:
        """True where its writing speaks for a cut as well."""
        if side in (LEFT, RIGHT):
            return self._lines_reach(side)
        photo = any(map(_is_drawn, self.page.ink))
        return side == FOOT or not photo and (self.more(HEAD) > _FAR or not self._begins())

    def _lines_reach(self, side: int) -> bool:
        """True where enough lines begin, or end within a sentence, at the edge of the text."""
        lines = ((x.box, x.text.strip()) for x in self.page.lines if x.box)
        written = [(box, text) for box, text in lines if len(text) > 1]
        high = median([box[3] - box[1] for box, _ in written]) if written else 0.0
        if side == LEFT:
            starts = [box[0] for box, _ in written]
            return _at(starts, self.own[LEFT] * self.page.width, high, self._least(LEFT, _BEGIN))
        ends = [box[2] for box, text in written if text[-1] not in _FULL]
        edge = (1 - self.own[RIGHT]) * self.page.width
        return _at(ends, edge, high, self._least(RIGHT, _END))

    def _least(self, side: int, few: int) -> int:
        """How many lines must speak for a cut at a side."""
        return few if self.more(side) > _MUCH else _MANY

    def without_title(self, sides: Collection[int]) -> bool:
        """True when a title may be gone with what is cut: at the head, or so far into the page that
        it reaches the middle.
        """
        return HEAD in sides or any(self.own[i] > _MIDDLE for i in sides if i != FOOT)

    def _begins(self) -> bool:
        """True when the title of a surely known paper stands on its first page."""
        doc = self.doc
        if doc is None or doc.kind == UNKNOWN or doc.guessed or doc.confidence < _SURE:
            return False
        title = without_spaces(doc.title)
        text = without_spaces("".join(line.text for line in self.page.lines))
        return doc.page_from == self.page.number and bool(title) and title in text


def cut_pages(pages: Mapping[Where, Page], docs: Iterable[Document]) -> dict[Where, bool]:
    """The recognised pages of a case that leave more free than most others and so may be cut; True
    where a title may be gone with it. ``docs``: what lies on the pages.
    """
    doc_of = {(d.file, n): d for d in docs for n in range(d.page_from, d.page_to + 1)}
    scanned = {where: page for where, page in pages.items() if page.ocr and page.readable}
    margins = {where: got for where, page in pages.items() if (got := margins_of(page))}
    if not scanned or len(margins) <= _OTHERS:
        return {}
    usual = [_reached(margins.values(), side) for side in _EVERY]
    looks = {
        where: _Look(page, margins[where], usual, doc_of.get(where))
        for where, page in scanned.items()
        if where in margins
    }
    return {where: x.without_title(cut) for where, x in looks.items() if (cut := x.sides())}


def margins_of(page: Page) -> Margins | None:
    """What a page leaves free at its sides; None for one on which nothing is written."""
    boxes = list(_boxes(page))
    if not boxes or not page.width or not page.height:
        return None
    left, head, right, foot = zip(*boxes, strict=True)
    wide, high = page.width, page.height
    return min(left) / wide, min(head) / high, 1 - max(right) / wide, 1 - max(foot) / high


def _boxes(page: Page) -> Iterator[Box]:
    """Where anything is written or drawn on a page."""
    cells = (cell for table in page.tables for row in table for cell in row)
    written = (line for line in page.lines if line.text.strip())
    yield from (thing.box for thing in chain(written, cells) if thing.box)
    yield from filter(_is_drawn, page.ink)


def _is_drawn(box: Box) -> bool:
    """True for what is no text and large: a photo and no speck."""
    return min(box[2] - box[0], box[3] - box[1]) > _DRAWN


def _reached(margins: Collection[Margins], side: int) -> float:
    """What most pages leave free at a side at the most, beside one that leaves more."""
    ranked = sorted(m[side] for m in margins)
    return ranked[int(_MOST[side] * (len(ranked) - 1))]


def _at(ends: Iterable[float], edge: float, high: float, least: int) -> bool:
    """True when so many lines begin or end within a character of the edge of the text."""
    return sum(abs(edge - x) < high for x in ends) >= least
