"""Characters -> rows at one height, for all places of a page (the text and each form cell) in one
sweep over arrays.

A place is a number here. Marks of signing join the rows beside which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casereview.model import PICTURE, Box
from casereview.reading.char import Char, Codes, Letters, Mask, Numbers

Which = npt.NDArray[np.intp]
Texts = npt.NDArray[np.object_]
_HANGING = np.zeros(0x110000, bool)  # what may stand beyond the right edge of the text
_HANGING[[ord(c) for c in "，。；：、）》”’,.;:"]] = True
_MARK = ord(PICTURE)
_LONG = 12  # characters from which a row shows the width of the text
_ONE_HEIGHT = 0.45  # of a character, by which middles in one row may differ
_BESIDE = 0.25  # of a row, that a mark beside it covers at least
_WIDE, _NARROW = 1.3, 0.28  # gaps within a row that count as two blanks and one, by its height


class Row(NamedTuple):
    """Characters at one height: their text with gaps as blanks, the box around them, the height of
    the text. ``last``: the last character; ``right``: how far all text of the place reaches.
    """

    text: str
    box: Box
    size: float
    last: str
    right: float


@dataclass(frozen=True)
class _Set:
    """Characters set in rows, one row after the other: text, code point and box of each, its row,
    and where each row begins.
    """

    texts: Texts
    codes: Codes
    boxes: Numbers  # a row of numbers each: left, top, right, bottom
    row: Which
    starts: Which

    @property
    def written(self) -> Mask:
        """Which of them tell how high their row is: marks only where nothing else stands."""
        solid = self.codes != _MARK
        if solid.all():
            return solid
        return solid | ~np.logical_or.reduceat(solid, self.starts)[self.row]

    def spans(self, written: Mask) -> tuple[Numbers, Numbers]:
        """The upper and the lower edge of every row."""
        top = np.where(written, self.boxes[:, 1], np.inf)
        low = np.where(written, self.boxes[:, 3], -np.inf)
        return np.minimum.reduceat(top, self.starts), np.maximum.reduceat(low, self.starts)

    def sizes(self, written: Mask) -> Numbers:
        """The median height of the characters of every row."""
        tall, row = (self.boxes[:, 3] - self.boxes[:, 1])[written], self.row[written]
        tall = tall.take(np.lexsort((tall, row)))
        count = np.bincount(row, minlength=len(self.starts))
        first = np.cumsum(count) - count
        return (tall.take(first + (count - 1) // 2) + tall.take(first + count // 2)) / 2

    def right_edges(self, place: Which) -> Numbers:
        """How far the text reaches to the right, for every place. ``place``: of each row; rows of
        one place need not lie together.
        """
        long = np.bincount(self.row) >= _LONG
        has_long = np.zeros(place.max() + 1, bool)
        has_long[place[long]] = True
        shows = long | ~has_long[place]
        right = np.where(_HANGING.take(self.codes), -np.inf, self.boxes[:, 2])
        edges = np.full(place.max() + 1, -np.inf)
        np.maximum.at(edges, place[shows], np.maximum.reduceat(right, self.starts)[shows])
        return np.where(np.isneginf(edges), 0.0, edges)

    def told(self, size: Numbers) -> list[str]:
        """The text of every row, with its gaps as blanks."""
        gap = np.zeros(len(self.texts))
        np.subtract(self.boxes[1:, 0], self.boxes[:-1, 2], out=gap[1:])
        gap[self.starts] = 0.0
        own = size.take(self.row)
        wide, narrow = gap > _WIDE * own, gap > _NARROW * own
        texts = self.texts.tolist()
        for i in np.flatnonzero(wide | narrow).tolist():
            texts[i] = f"  {texts[i]}" if wide[i] else f" {texts[i]}"
        edges = [*self.starts.tolist(), len(texts)]
        return ["".join(texts[a:b]) for a, b in pairwise(edges)]


def at_one_height(chars: Letters) -> list[list[Char]]:
    """Characters of one place whose middles lie at one height, from the top."""
    found, _, order = _by_height(chars, np.zeros(len(chars), np.intp))
    ends, every = [*found.starts.tolist(), len(chars)], list(chars)
    return [[every[i] for i in order[a:b].tolist()] for a, b in pairwise(ends)]


def _by_height(chars: Letters, places: Which) -> tuple[_Set, Which, Which]:
    """Characters whose middles lie at one height, from the top, the place of each row, and the
    order in which they were.
    """
    boxes = chars.boxes
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.lexsort((boxes[:, 0], middle, places))
    boxes, middle, places = boxes.take(order, axis=0), middle.take(order), places.take(order)
    tall = np.maximum(boxes[:, 3] - boxes[:, 1], 1)
    begins = np.ones(len(order), bool)
    begins[1:] = places[1:] != places[:-1]
    begins[1:] |= middle[1:] - middle[:-1] > _ONE_HEIGHT * tall[1:]
    starts = np.flatnonzero(begins)
    texts = np.array(chars.texts, object).take(order)
    return (
        _Set(texts, chars.codes.take(order), boxes, np.cumsum(begins) - 1, starts),
        places[starts],
        order,
    )


def rows_of(chars: Letters, places: Which, marks: Sequence[tuple[int, Box]]) -> list[list[Row]]:
    """The rows of every place from the top, up to the last in which something stands. ``marks``:
    boxes of signing with their places.
    """
    if not len(chars) and not marks:
        return []
    found, place, _ = _by_height(chars, places)
    if marks:
        found, place = _with_marks(found, place, marks)
    order = np.lexsort((found.boxes[:, 0], found.row))  # in each row from the left
    found = _ordered(found, order)
    written = found.written
    (top, low), size = found.spans(written), found.sizes(written)
    if marks:
        found = _marks_behind(found, size)
    texts = found.texts
    left = np.minimum.reduceat(found.boxes[:, 0], found.starts)
    right = np.maximum.reduceat(found.boxes[:, 2], found.starts)
    boxes = zip(*(edge.tolist() for edge in (left, top, right, low)), strict=True)
    lasts = [texts[i - 1] for i in [*found.starts.tolist()[1:], len(texts)]]
    edges = found.right_edges(place)[place].tolist()
    rows = list(map(Row, found.told(size), boxes, size.tolist(), lasts, edges))
    out: list[list[Row]] = [[] for _ in range(int(place.max()) + 1)]
    for n in np.lexsort((top, place)).tolist():
        out[place[n]].append(rows[n])
    return out


def _marks_behind(found: _Set, size: Numbers) -> _Set:
    """Rows in which a mark drawn over a run of characters (a signature that reaches into the row
    above it) stands behind the run.
    """
    order = list(range(len(found.texts)))
    ends = [*found.starts.tolist(), len(order)]
    for n in dict.fromkeys(found.row[found.codes == _MARK].tolist()):
        a, b = ends[n], ends[n + 1]
        order[a:b] = _behind_runs(found, a, b, _NARROW * float(size[n]))
    return _ordered(found, np.array(order, np.intp))


def _ordered(found: _Set, order: Which) -> _Set:
    """The same with the characters of each row in another order."""
    texts, codes = found.texts.take(order), found.codes.take(order)
    return _Set(texts, codes, found.boxes.take(order, axis=0), found.row, found.starts)


def _behind_runs(found: _Set, start: int, end: int, gap: float) -> list[int]:
    """The order of one row. ``gap``: what parts two runs."""
    out: list[int] = []
    marks: list[int] = []
    last = -np.inf
    texts, boxes = found.texts[start:end].tolist(), found.boxes[start:end].tolist()
    for i, text, (left, _, right, _) in zip(range(start, end), texts, boxes, strict=True):
        if text == PICTURE:
            marks.append(i)
            continue
        if left - last > gap:
            out, marks = [*out, *marks], []
        out.append(i)
        last = right
    return [*out, *marks]


def _with_marks(found: _Set, place: Which, marks: Sequence[tuple[int, Box]]) -> tuple[_Set, Which]:
    """The rows with the marks that stand beside them, and with rows of marks that stand alone."""
    of_row = place.tolist()
    spans = np.transpose(found.spans(found.written)).tolist() if of_row else []
    of_place: dict[int, list[int]] = {at: [] for at, _ in marks}
    for n, at in enumerate(of_row):
        if at in of_place:
            of_place[at].append(n)
    joined = []
    for at, box in marks:
        best, share = None, _BESIDE
        for n in of_place[at]:
            top, low = spans[n]
            overlap = (min(low, box[3]) - max(top, box[1])) / max(low - top, 1)
            if overlap > share:
                best, share = n, overlap
        if best is None:
            best = len(spans)
            of_row.append(at)
            of_place[at].append(best)
            spans.append([box[1], box[3]])
        elif best >= len(place):
            spans[best] = [min(spans[best][0], box[1]), max(spans[best][1], box[3])]
        joined.append(best)
    boxes = np.concatenate([found.boxes, np.array([box for _, box in marks], np.float64)])
    row = np.concatenate([found.row, np.array(joined, np.intp)])
    order = np.argsort(row, kind="stable")
    texts = np.append(found.texts, [PICTURE] * len(marks))[order]
    codes = np.append(found.codes, [_MARK] * len(marks))[order]
    row = row[order]
    starts = np.flatnonzero(np.diff(row, prepend=-1))
    return _Set(texts, codes, boxes[order], row, starts), np.array(of_row)
