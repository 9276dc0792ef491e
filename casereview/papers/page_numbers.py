"""Numbers in the margins: those that run through a whole file, and those that begin anew with each
paper.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from casereview.chinese import without_spaces
from casereview.model import Line, Page
from casereview.papers.once import once

_NUMBER = re.compile(
    r"(?P<head>第?|[-—－–~·]+)(?P<n>\d{1,3})(?P<tail>页?|[-—－–~·]+)"
    r"(?P<of>[共/，,](?:共)?\d{0,3}页?)?"
)
_WIDE_GAP = re.compile(r"\s{2,}")
_EDGE = 0.1
Slot = tuple[str, str, str]


@once
def _marks(page: Page) -> list[tuple[Slot, int]]:
    """(where and in what shape, number) of every page number in the margins."""
    out = []
    for line in page.lines:
        band = _band(line, page) if line.cell is None else ""
        m, side = _number(line, page) if band else (None, "")
        if m:
            shape = re.sub(r"\d+", "#", m[0])
            out.append(((shape, band, side), int(m["n"])))
    return out


def _number(line: Line, page: Page) -> tuple[re.Match[str] | None, str]:
    """The number that a line of a margin is, or that stands at its end a wide gap from a running
    head, and on which side.
    """
    if alone := _NUMBER.fullmatch(without_spaces(line.text)):
        return alone, _side(line, page)
    *before, last = _WIDE_GAP.split(line.text.strip())
    return (_NUMBER.fullmatch(without_spaces(last)), "end") if before else (None, "")


def is_page_number(line: Line, page: Page) -> bool:
    """True for a line in the margin of a page that is nothing but its number."""
    alone = line.cell is None and line.box is not None
    return alone and bool(_band(line, page) and _NUMBER.fullmatch(without_spaces(line.text)))


def _band(line: Line, page: Page) -> str:
    if line.box is None or line.box[3] > (1 - _EDGE) * page.height:
        return "foot"
    return "head" if line.box[1] < _EDGE * page.height else ""


def _side(line: Line, page: Page) -> str:
    if line.box is None:
        return "middle"
    return "middle" if page.off_centre(line.box) < 0.15 * page.width / page.sides else "side"


def own_numbers(pages: tuple[Page, ...]) -> dict[int, int]:
    """Page index -> number inside its own paper, from a place in the margin where numbers begin
    with 1 again and again and otherwise count on; {} when the papers bear no numbers of their own.
    """
    slots: dict[Slot, dict[int, int]] = defaultdict(dict)
    for i, page in enumerate(pages):
        for slot, n in _marks(page):
            slots[slot].setdefault(i, n)
    own = [seen for seen in slots.values() if _restarts(seen)]
    return dict(sorted(max(own, key=len).items())) if own else {}


def _restarts(seen: dict[int, int]) -> bool:
    """True when a row of numbers begins with 1 at least twice and mostly counts on between."""
    if sum(n == 1 for n in seen.values()) < 2:
        return False
    regular = sum(n == 1 or seen.get(i - 1) == n - 1 for i, n in seen.items())
    return regular >= 0.9 * len(seen)


def printed_labels(pages: tuple[Page, ...]) -> dict[int, int]:
    """Page number as printed -> index in the file, from '第N页' or a lone number in the margin,
    where both rise. Numbers that begin anew with each paper are left out where others are there.
    """
    own = own_numbers(pages)
    every: dict[int, int] = {}
    through: dict[int, int] = {}
    for i, page in enumerate(pages):
        numbers = [n for (shape, _, _), n in _marks(page) if "共" not in shape and "/" not in shape]
        if numbers:
            every.setdefault(numbers[0], i)
        rest = list((Counter(numbers) - Counter([own[i]] if i in own else [])).elements())
        if rest:
            through.setdefault(rest[0], i)
    return _rising(sorted((through or every).items()))


def page_labels(pages: tuple[Page, ...]) -> dict[int, int]:
    """Printed page number -> index in the file, from '第N页' or a lone number in the margin;
    between them by the offset of the page before.

    A file from which pages were taken out, or into which some were put, keeps the right numbers on
    both sides of the gap.
    """
    known = printed_labels(pages)
    if not known:
        return {}
    offsets = Counter(i - label for label, i in known.items())
    common = max(offsets, key=lambda o: (offsets[o], -o))
    first = known[min(known)] - min(known)
    offset = first if offsets[first] > 1 else common
    out: dict[int, int] = {}
    for n in range(1, len(pages) + 1 + max(known)):
        offset = known[n] - n if n in known and offsets[known[n] - n] > 1 else offset
        i = known.get(n, n + offset)
        if 0 <= i < len(pages):
            out[n] = i
    return out


def _rising(seen: list[tuple[int, int]]) -> dict[int, int]:
    """The longest part of (label, index) in which both rise: a stray number in a margin drops out,
    a page taken out or put in does not.
    """
    best: list[list[tuple[int, int]]] = []
    for pair in seen:
        before = [b for b in best if b[-1][1] < pair[1]]
        best.append([*_longest(before), pair])
    return dict(_longest(best))


def _longest(runs: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The first of the longest runs; [] where there is none."""
    return max(runs, key=lambda run: len(run), default=[])
