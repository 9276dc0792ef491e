"""What the picture of a recognised page shows besides its text: whether anybody can have written or
sealed at a place.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from casereview.model import Box, Page, Place
from casereview.papers.paper import Paper

SLIPS = 2  # characters that differ, of two numbers that recognition does not confuse
SURE_PAGE = 0.9  # mean confidence of recognition from which a page's silence may be trusted
ABOVE, BELOW = 1.0, 1.3  # heights of a line around it over which a signature may go
LEAST, MOST = 12.0, 20.0  # points that a line is taken to be high; a cell may be higher


def is_blank(paper: Paper, place: Place) -> bool:
    """True when the page is a picture on which nothing but recognised text stands at ``place``, in
    its line and close to it: nobody signed or sealed there. False for digital pages, which have no
    picture to say so, and for those of which recognition was not sure.
    """
    page = _page(paper, place.page)
    if page is None or not page.ocr or page.confidence < SURE_PAGE or place.box is None:
        return False
    left, top, _, bottom = place.box
    high = min(max(bottom - top, LEAST), MOST)
    near = (left, top - ABOVE * high, page.width, bottom + BELOW * high)
    seals = (picture.box for picture in page.pictures if picture.box)
    return not any(_meet(near, box) for box in (*page.ink, *seals))


def covered(paper: Paper, place: Place, margin: float = 12.0) -> bool:
    """True when a seal lies at the height of ``place`` on a recognised page: what it hides is not
    missing. ``margin``: points above and below.
    """
    for page in paper.running_text.pages:
        if page.ocr and page.number == place.page:
            for picture in page.pictures:
                if picture.red and picture.box and _same_height(place.box, picture.box, margin):
                    return True
    return False


def no_slip(papers: Iterable[Paper], one: str, other: str) -> bool:
    """True for two different numbers that were read on these papers and that no single slip of
    recognition makes of each other: read from text, or far apart on pages recognised surely.
    """
    pages = [page for paper in papers for page in paper.running_text.pages if page.ocr]
    far = Levenshtein.distance(one, other) >= SLIPS
    return not pages or (far and all(page.confidence >= SURE_PAGE for page in pages))


def has_no_seal(paper: Paper) -> bool:
    """True when a paper is nothing but pictures of pages and no stroke on them can be of a seal."""
    pages = paper.running_text.pages
    return bool(pages) and all(p.ocr and not p.ink and not p.pictures for p in pages)


def shows_all(paper: Paper) -> bool:
    """True when nothing but what was read stands on the recognised pages of a paper, and all of it
    was read surely.
    """
    pages = [p for p in paper.running_text.pages if p.ocr]
    return all(p.confidence >= SURE_PAGE and not p.ink for p in pages)


def _page(paper: Paper, number: int) -> Page | None:
    return next((p for p in paper.running_text.pages if p.number == number), None)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _same_height(line: Box | None, seal: Box, margin: float) -> bool:
    return line is None or (line[1] - margin < seal[3] and seal[1] < line[3] + margin)
