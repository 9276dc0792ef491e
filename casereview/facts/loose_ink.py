"""What the picture of a recognised page shows besides its text: whether anybody can have written at
a place, and a seal that lost its colour.
"""

from __future__ import annotations

from collections.abc import Iterable

from casereview.model import Box, Page, Place
from casereview.papers.paper import Paper

ABOVE, BELOW = 1.0, 1.3  # heights of a line around it over which a signature may go
LEAST = 12.0  # points: a line is taken to be at least so high
SEAL = (50.0, 170.0)  # points across that a seal has
ROUND = 1.6  # so much longer than wide a seal may be, at most
CLOSE = 55.0  # points between strokes of one seal, at most: text that was read hides its middle
PARTS, SIDES = 4, 3  # a seal shows so many strokes at least, on so many of its four quarters


def is_blank(paper: Paper, place: Place) -> bool:
    """True when the page is a picture on which nothing but recognised text stands at ``place``, in
    its line and close to it: nobody signed or sealed there. False for digital pages, which have no
    picture to say so.
    """
    page = _page(paper, place.page)
    if page is None or not page.ocr or place.box is None:
        return False
    left, top, _, bottom = place.box
    high = max(bottom - top, LEAST)
    near = (left, top - ABOVE * high, page.width, bottom + BELOW * high)
    seals = (picture.box for picture in page.pictures if picture.box)
    return not any(_meet(near, box) for box in (*page.ink, *seals))


def has_grey_seal(paper: Paper) -> bool:
    """True when strokes on a page that is a picture lie together as large and as round as a seal,
    over the last lines of the paper: a seal on a copy without colours.
    """
    tail = paper.running_text.tail()
    page = _page(paper, tail.page)
    if page is None or not page.ocr or tail.box is None:
        return False
    around = _grown(tail.box, SEAL[1])
    return any(map(_is_seal, _clusters(b for b in page.ink if _meet(around, b))))


def has_no_seal(paper: Paper) -> bool:
    """True when a paper is nothing but pictures of pages and no stroke on them can be of a seal."""
    pages = paper.running_text.pages
    return bool(pages) and all(p.ocr and not p.ink and not p.pictures for p in pages)


def _page(paper: Paper, number: int) -> Page | None:
    return next((p for p in paper.running_text.pages if p.number == number), None)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _clusters(boxes: Iterable[Box]) -> list[list[Box]]:
    """Strokes that lie close to each other."""
    out: list[list[Box]] = []
    for box in boxes:
        near = [c for c in out if any(_meet(_grown(b, CLOSE), box) for b in c)]
        out = [*(c for c in out if c not in near), [box, *(b for c in near for b in c)]]
    return out


def _is_seal(strokes: list[Box]) -> bool:
    """True for strokes around a middle, as far apart as a seal is large and about as high as
    wide.
    """
    lefts, tops, rights, bottoms = zip(*strokes, strict=True)
    wide, high = max(rights) - min(lefts), max(bottoms) - min(tops)
    middle = (min(lefts) + max(rights)) / 2, (min(tops) + max(bottoms)) / 2
    quarters = {(b[0] + b[2] > 2 * middle[0], b[1] + b[3] > 2 * middle[1]) for b in strokes}
    within = all(SEAL[0] <= side <= SEAL[1] for side in (wide, high))
    round_ = max(wide, high) <= ROUND * min(wide, high)
    return within and round_ and len(strokes) >= PARTS and len(quarters) >= SIDES
