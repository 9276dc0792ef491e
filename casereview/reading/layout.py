"""What stands on one page -> lines, form cells and picture marks in reading order.

A page may be turned, written in columns from the right, or carry two sheets side by side; it is
set upright first, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from casereview.model import Box, Cell, Line, Page, Picture
from casereview.reading.char import PRINTED, Char, Letters, Numbers
from casereview.reading.grid import Grid, cells_from_edges
from casereview.reading.lines import Place, Placed, lines_of
from casereview.reading.rows import Which, at_one_height
from casereview.reading.stamps import is_mark, may_fill_field

Tables = list[list[list[Cell]]]
Laid = tuple[list[Line], Tables]  # in reading order
InGrid = tuple[int, int, int, Box]  # table, row, column of a form cell, and its box
TURNED = "上下颠倒或横置，已转正 {} 度"
UPRIGHT_COLUMNS = "竖排文字，已按列从右到左阅读"
TWO_SIDES = "一页上有左右两面，已分开阅读"
_ENOUGH = 20  # characters from which the direction of a page can be told
_PAGE_NUMBER = 8  # characters at most
_ON_EACH_SIDE = 60  # characters that each of two sheets on one page has at least
NO_LETTERS = Letters.of(())


@dataclass(frozen=True)
class Sheet:
    """What was found on a page as it is shown, in points from the top left corner. ``notes``:
    characters that were pinned on it. ``ink``: boxes of strokes of a pen.
    """

    width: float
    height: float
    chars: Letters = NO_LETTERS
    edges: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: Letters = NO_LETTERS
    ink: list[Box] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """What is laid out: characters, ruling strokes, marks of signing, and pictures that are a value
    where they stand in a form cell.
    """

    chars: Letters
    edges: list[Box]
    marks: list[Box]
    fields: list[Box] = field(default_factory=list)

    def half(self, right: bool, width: float) -> Drawn:
        """What stands on one half of a page."""

        def here(box: Box) -> bool:
            return (box[0] + box[2] >= width) is right

        return Drawn(
            self.chars.where((self.chars.boxes[:, 0] + self.chars.boxes[:, 2] >= width) == right),
            [e for e in self.edges if here(e)],
            [m for m in self.marks if here(m)],
            [f for f in self.fields if here(f)],
        )


def _marks(sheet: Sheet) -> list[Box]:
    """Boxes of pictures of signature size, and of ink."""
    return [p.box for p in sheet.pictures if p.box and is_mark(p.box)] + sheet.ink


def _in_fields(sheet: Sheet) -> list[Box]:
    """Boxes of other pictures that would be a value in a field."""
    return [
        p.box
        for p in sheet.pictures
        if p.box
        and not is_mark(p.box)
        and may_fill_field(p.box[2] - p.box[0], p.box[3] - p.box[1], p.red)
    ]


def read_sheet(number: int, sheet: Sheet) -> Page:
    """A digital page: set upright, read in the order of its lines, cells and sides."""
    return read_sheets([(number, sheet)])[0]


def read_sheets(sheets: Sequence[tuple[int, Sheet]]) -> list[Page]:
    """Several digital pages with their numbers, in one sweep."""
    if not sheets:
        return []
    straight = [_set_up(number, sheet) for number, sheet in sheets]
    laid = iter(_laid_out([half for s in straight for half in s.halves], PRINTED))
    return [_page_of(s, _one_after_other(islice(laid, len(s.halves)))) for s in straight]


class _Straight(NamedTuple):
    """A page that stands upright, before its characters are put into lines: its number, what was
    done to it, its halves or all of it, how many sides it has, and notes that lie over print.
    """

    number: int
    sheet: Sheet
    note: str
    halves: list[Drawn]
    sides: int
    over: Letters


def _set_up(number: int, sheet: Sheet) -> _Straight:
    sheet, note = upright(sheet)
    beside, over = _notes(sheet)
    drawn = Drawn(sheet.chars + beside, sheet.edges, _marks(sheet), _in_fields(sheet))
    return _Straight(number, sheet, note, *_halves(drawn, sheet.width, sheet.height), over)


def _page_of(straight: _Straight, laid: Laid) -> Page:
    number, sheet, note, _, sides, over = straight
    lines, tables = laid
    if len(over):
        alone = Placed(over, np.zeros(len(over), np.intp), [None], [])
        lines += lines_of([alone], PRINTED)[0].get(None, [])
    return Page(
        number,
        sheet.width,
        sheet.height,
        tuple(lines),
        tuple(tuple(tuple(row) for row in table) for table in tables),
        tuple(sheet.pictures),
        reason=note or side_note(sides, sheet.chars, sheet.width),
        sides=sides,
    )


def _notes(sheet: Sheet) -> tuple[Letters, Letters]:
    """Notes that stand where nothing is printed, and those that were pinned over print: they are
    read after it, and do not cut its lines.
    """
    if not len(sheet.notes):
        return NO_LETTERS, NO_LETTERS
    beside: list[Char] = []
    over: list[Char] = []
    for row in at_one_height(sheet.notes):
        covers = any(_overlap(n, c) for n in row for c in sheet.chars)
        (over if covers else beside).extend(row)
    return Letters.of(beside), Letters.of(over)


def _overlap(a: Char, b: Char) -> bool:
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > 0 and high > 0 and wide * high > 0.1 * (a.x1 - a.x0) * (a.y1 - a.y0)


def upright(sheet: Sheet) -> tuple[Sheet, str]:
    """The sheet so that its text runs from left to right, and what was done ('' for nothing)."""
    if len(sheet.chars) < _ENOUGH:
        return sheet, ""
    seen = Counter(sheet.chars.turns)
    turn = max(range(4), key=lambda n: seen[n])
    if turn and seen[turn] > 0.6 * len(sheet.chars):
        for _ in range(turn):
            sheet = _clockwise(sheet)
        return sheet, TURNED.format(90 * turn)
    if _in_columns(sheet.chars):
        return _against_the_clock(sheet), UPRIGHT_COLUMNS
    return sheet, ""


def _in_columns(chars: Letters) -> bool:
    """True when most characters stand below the one before them, as in vertical writing."""
    x0, y0, x1, y1 = chars.boxes.T
    tallest = max(float((y1 - y0).max()), float((x1 - x0).max()), 1.0)
    sideways = np.abs(x0[1:] + x1[1:] - x0[:-1] - x1[:-1])
    if np.count_nonzero(sideways < 0.75 * tallest) < _ENOUGH:  # hardly any lies under another
        return False
    middle = (y0 + y1) / 2
    dy = middle[1:] - middle[:-1]
    if int((dy > 0.4).sum()) < _ENOUGH:  # a step is 0.4 of a point at least
        return False
    size = np.maximum(np.maximum(y1 - y0, x1 - x0), 1.0)[:-1]
    dx = (x0[1:] + x1[1:] - x0[:-1] - x1[:-1]) / 2
    upright = abs(dx) < 0.35 * size
    down = int((upright & (0.4 * size < dy) & (dy < 2.5 * size)).sum())
    if down < _ENOUGH:
        return False
    level = abs(dy) < 0.35 * size
    return down > 2 * int((level & (0 < dx) & (dx < 2.5 * size)).sum())


def _clockwise(sheet: Sheet) -> Sheet:
    """The sheet turned by a quarter with the clock."""
    high = sheet.height

    def turn(b: Box) -> Box:
        return high - b[3], b[0], high - b[1], b[2]

    return _moved(sheet, turn)


def _against_the_clock(sheet: Sheet) -> Sheet:
    """The sheet turned by a quarter against the clock: columns from the right become lines from
    the top.
    """
    wide = sheet.width

    def turn(b: Box) -> Box:
        return b[1], wide - b[2], b[3], wide - b[0]

    return _moved(sheet, turn)


def _moved(sheet: Sheet, turn: Callable[[Box], Box]) -> Sheet:
    return Sheet(
        sheet.height,
        sheet.width,
        Letters.of(Char(c.text, *turn(c.box)) for c in sheet.chars),
        [turn(e) for e in sheet.edges],
        [replace(p, box=turn(p.box)) if p.box else p for p in sheet.pictures],
        Letters.of(Char(c.text, *turn(c.box)) for c in sheet.notes),
        [turn(b) for b in sheet.ink],
    )


def lay_out_sides(
    drawn: Drawn, width: float, height: float, same_size: float
) -> tuple[list[Line], Tables, int]:
    """Lines, tables and the number of sides: a page that carries two sheets side by side is read
    left, then right.
    """
    halves, count = _halves(drawn, width, height)
    return *_one_after_other(_laid_out(halves, same_size)), count


def _halves(drawn: Drawn, width: float, height: float) -> tuple[list[Drawn], int]:
    """(the two halves of a page that bears two sheets, else all of it; the number of sides)."""
    count = _sides(drawn.chars, drawn.edges, width, height)
    if count < 2 or _one_is_empty(drawn.chars, width):
        return [drawn], count
    return [drawn.half(right, width) for right in (False, True)], 2


def _one_after_other(halves: Iterable[Laid]) -> Laid:
    """Lines and tables of the halves of one page together."""
    lines: list[Line] = []
    tables: Tables = []
    for got, grids in halves:
        lines += [_renumbered(ln, len(tables)) for ln in got] if tables else got
        tables += grids
    return lines, tables


def _sides(chars: Letters, edges: list[Box], width: float, height: float) -> int:
    """Two for a wide page with nothing across the gutter and much text on one half or both."""
    if width <= 1.25 * height or len(chars) <= _ON_EACH_SIDE:
        return 1
    mid, gap = width / 2, 0.012 * width
    x0, x1 = chars.boxes[:, 0], chars.boxes[:, 2]
    two = (
        (_on_fewer(chars, width) > _ON_EACH_SIDE or _one_is_empty(chars, width))
        and not ((x0 < mid + gap) & (x1 > mid - gap)).any()
        and not any(e[0] < mid - 4 * gap and e[2] > mid + 4 * gap for e in edges)
    )
    return 2 if two else 1


def _on_fewer(chars: Letters, width: float) -> int:
    """How many characters the half has that bears fewer."""
    left = int((chars.boxes[:, 2] < width / 2).sum())
    return min(left, len(chars) - left)


def _one_is_empty(chars: Letters, width: float) -> bool:
    """True when one half bears no more than the number of a page."""
    return _on_fewer(chars, width) <= _PAGE_NUMBER


def sides_of(page: Page) -> int:
    """How many sheets lie on a page that was laid out before this was told."""
    chars = Letters.of(Char(ln.text, *ln.box) for ln in page.lines if ln.box for _ in ln.text)
    cells = [c.box for table in page.tables for row in table for c in row if c.box]
    return _sides(chars, cells, page.width, page.height)


def side_note(sides: int, chars: Letters, width: float) -> str:
    """What a reviewer should know of a page with two sheets that both bear text."""
    return TWO_SIDES if sides > 1 and not _one_is_empty(chars, width) else ""


def _renumbered(line: Line, tables: int) -> Line:
    """A line whose table is counted after ``tables`` others."""
    return replace(line, cell=(line.cell[0] + tables, *line.cell[1:])) if line.cell else line


def lay_out(drawn: Drawn, same_size: float = PRINTED) -> Laid:
    """All lines in reading order (a form is read cell by cell) and the tables."""
    return _laid_out([drawn], same_size)[0]


def _laid_out(every: Sequence[Drawn], same_size: float) -> list[Laid]:
    """The same of each of several."""
    ruled = [cells_from_edges(drawn.edges) for drawn in every]
    cells = list(map(_cells, ruled))
    placed = [_placed(drawn, own) for drawn, own in zip(every, cells, strict=True)]
    return list(map(_in_order, ruled, cells, lines_of(placed, same_size)))


def _placed(drawn: Drawn, cells: list[InGrid]) -> Placed:
    """The characters and marks of a page by its cells, and outside of them."""
    at, marks = _by_cell(drawn, cells)
    return Placed(drawn.chars, at, [*(cell[:3] for cell in cells), None], marks)


def _in_order(grids: list[Grid], cells: list[InGrid], lines: dict[Place, list[Line]]) -> Laid:
    """The lines of a page in reading order, and its tables."""
    free = lines.get(None, [])
    blocks: list[tuple[float, list[Line]]] = [(ln.box[1], [ln]) for ln in free if ln.box]
    tables: Tables = [[[] for _ in rows] for rows in grids]
    inside: list[list[Line]] = [[] for _ in grids]
    for t, r, c, box in cells:
        got = lines.get((t, r, c), [])
        inside[t] += got
        tables[t][r].append(Cell("\n".join(ln.text for ln in got), box))
    blocks += [(grid[0][0][1], held) for grid, held in zip(grids, inside, strict=True)]
    return [ln for _, block in sorted(blocks, key=itemgetter(0)) for ln in block], tables


def _cells(grids: list[Grid]) -> list[InGrid]:
    """(table, row, column, box) of every cell, in reading order."""
    return [
        (t, r, c, box)
        for t, rows in enumerate(grids)
        for r, row in enumerate(rows)
        for c, box in enumerate(row)
    ]


def _by_cell(drawn: Drawn, cells: list[InGrid]) -> tuple[Which, list[tuple[int, Box]]]:
    """The number of the smallest cell around the middle of every character, and of every mark; that
    behind the last outside all.
    """
    boxes = [*drawn.marks, *drawn.fields]
    edges = np.array([cell[3] for cell in cells], np.float64).reshape(-1, 4)
    around = _smallest_around(np.array(boxes, np.float64).reshape(-1, 4), edges).tolist()
    free = len(cells)
    marks = [(n, b) for n, b in zip(around, boxes, strict=True) if n < free or b in drawn.marks]
    return _smallest_around(drawn.chars.boxes, edges), marks


def _smallest_around(boxes: Numbers, cells: Numbers) -> Which:
    """For every box the smallest cell that holds its middle; outside all, the number behind the
    last.
    """
    if not len(boxes) or not len(cells):
        return np.full(len(boxes), len(cells), np.intp)
    x0, y0, x1, y1 = boxes.T
    x, y = (x0 + x1)[:, None] / 2, (y0 + y1)[:, None] / 2
    order = np.argsort((cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1]), kind="stable")
    left, top, right, bottom = cells[order].T
    holds = np.ones((len(boxes), len(cells) + 1), bool)
    holds[:, :-1] = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    return np.append(order, len(cells))[holds.argmax(axis=1)]
