"""What stands on one page -> lines, form cells and picture marks in reading order.

A page may be turned, written in columns from the right, or carry two sheets side by side; it is
set upright first, and says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from casereview.model import Box, Cell, Line, Page, Picture
from casereview.reading.char import PRINTED, Char
from casereview.reading.grid import Grid, cells_from_edges
from casereview.reading.lines import by_height, lines_of
from casereview.reading.stamps import is_mark, may_fill_field

Numbers = npt.NDArray[np.float64]
Tables = list[list[list[Cell]]]
At = tuple[int, int, int] | None  # (table, row, column) of a form cell
_TURN = attrgetter("turn")
TURNED = "上下颠倒或横置，已转正 {} 度"
UPRIGHT_COLUMNS = "竖排文字，已按列从右到左阅读"
TWO_SIDES = "一页上有左右两面，已分开阅读"
_ENOUGH = 20  # characters from which the direction of a page can be told
_PAGE_NUMBER = 8  # characters at most
_ON_EACH_SIDE = 60  # characters that each of two sheets on one page has at least


@dataclass(frozen=True)
class Sheet:
    """What was found on a page as it is shown, in points from the top left corner. ``notes``:
    characters that were pinned on it. ``ink``: boxes of strokes of a pen.
    """

    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    edges: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    notes: list[Char] = field(default_factory=list)
    ink: list[Box] = field(default_factory=list)


@dataclass(frozen=True)
class Drawn:
    """What is laid out: characters, ruling strokes, marks of signing, and pictures that are a value
    where they stand in a form cell.
    """

    chars: list[Char]
    edges: list[Box]
    marks: list[Box]
    fields: list[Box] = field(default_factory=list)

    def half(self, right: bool, width: float) -> Drawn:
        """What stands on one half of a page."""

        def here(box: Box) -> bool:
            return (box[0] + box[2] >= width) is right

        return Drawn(
            [c for c in self.chars if here(c.box)],
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
    sheet, note = upright(sheet)
    beside, over = _notes(sheet)
    drawn = Drawn(sheet.chars + beside, sheet.edges, _marks(sheet), _in_fields(sheet))
    lines, tables, sides = lay_out_sides(drawn, sheet.width, sheet.height, PRINTED)
    lines += lines_of(over, [])
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


def _notes(sheet: Sheet) -> tuple[list[Char], list[Char]]:
    """Notes that stand where nothing is printed, and those that were pinned over print: they are
    read after it, and do not cut its lines.
    """
    beside: list[Char] = []
    over: list[Char] = []
    for row in by_height(sheet.notes):
        covers = any(_overlap(n, c) for n in row for c in sheet.chars)
        (over if covers else beside).extend(row)
    return beside, over


def _overlap(a: Char, b: Char) -> bool:
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    return wide > 0 and high > 0 and wide * high > 0.1 * (a.x1 - a.x0) * (a.y1 - a.y0)


def upright(sheet: Sheet) -> tuple[Sheet, str]:
    """The sheet so that its text runs from left to right, and what was done ('' for nothing)."""
    if len(sheet.chars) < _ENOUGH:
        return sheet, ""
    seen = Counter(map(_TURN, sheet.chars))
    turn = max(range(4), key=lambda n: seen[n])
    if turn and seen[turn] > 0.6 * len(sheet.chars):
        for _ in range(turn):
            sheet = _clockwise(sheet)
        return sheet, TURNED.format(90 * turn)
    if _in_columns(sheet.chars):
        return _against_the_clock(sheet), UPRIGHT_COLUMNS
    return sheet, ""


def _in_columns(chars: list[Char]) -> bool:
    """True when most characters stand below the one before them, as in vertical writing."""
    x0, y0, x1, y1 = _columns(chars)
    size = np.maximum(np.maximum(y1 - y0, x1 - x0), 1.0)[:-1]
    dx = (x0[1:] + x1[1:] - x0[:-1] - x1[:-1]) / 2
    dy = np.diff((y0 + y1) / 2)
    level, upright = abs(dy) < 0.35 * size, abs(dx) < 0.35 * size
    down = int((upright & (0.4 * size < dy) & (dy < 2.5 * size)).sum())
    along = int((level & (0 < dx) & (dx < 2.5 * size)).sum())
    return down >= _ENOUGH and down > 2 * along


def _columns(chars: list[Char]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Left, upper, right and lower edge of all characters."""
    _, x0, y0, x1, y1, _ = zip(*chars, strict=True)
    return np.array(x0), np.array(y0), np.array(x1), np.array(y1)


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
        [Char(c.text, *turn(c.box)) for c in sheet.chars],
        [turn(e) for e in sheet.edges],
        [replace(p, box=turn(p.box)) if p.box else p for p in sheet.pictures],
        [Char(c.text, *turn(c.box)) for c in sheet.notes],
        [turn(b) for b in sheet.ink],
    )


def lay_out_sides(
    drawn: Drawn, width: float, height: float, same_size: float
) -> tuple[list[Line], Tables, int]:
    """Lines, tables and the number of sides: a page that carries two sheets side by side is read
    left, then right.
    """
    count = _sides(drawn.chars, drawn.edges, width, height)
    if count < 2 or _one_is_empty(drawn.chars, width):
        return *lay_out(drawn, same_size), count
    lines: list[Line] = []
    tables: Tables = []
    for right in (False, True):
        got, grids = lay_out(drawn.half(right, width), same_size)
        lines += [_renumbered(ln, len(tables)) for ln in got]
        tables += grids
    return lines, tables, 2


def _sides(chars: list[Char], edges: list[Box], width: float, height: float) -> int:
    """Two for a wide page with nothing across the gutter and much text on one half or both."""
    if width <= 1.25 * height or len(chars) <= _ON_EACH_SIDE:
        return 1
    mid, gap = width / 2, 0.012 * width
    left = sum(c.x1 < mid for c in chars)
    fewer = min(left, len(chars) - left)
    two = (
        (fewer > _ON_EACH_SIDE or _one_is_empty(chars, width))
        and not any(c.x0 < mid + gap and c.x1 > mid - gap for c in chars)
        and not any(e[0] < mid - 4 * gap and e[2] > mid + 4 * gap for e in edges)
    )
    return 2 if two else 1


def _one_is_empty(chars: list[Char], width: float) -> bool:
    """True when one half bears no more than the number of a page."""
    left = sum(c.x1 < width / 2 for c in chars)
    return min(left, len(chars) - left) <= _PAGE_NUMBER


def sides_of(page: Page) -> int:
    """How many sheets lie on a page that was laid out before this was told."""
    chars = [Char(ln.text, *ln.box) for ln in page.lines if ln.box for _ in ln.text]
    cells = [c.box for table in page.tables for row in table for c in row if c.box]
    return _sides(chars, cells, page.width, page.height)


def side_note(sides: int, chars: list[Char], width: float) -> str:
    """What a reviewer should know of a page with two sheets that both bear text."""
    return TWO_SIDES if sides > 1 and not _one_is_empty(chars, width) else ""


def _renumbered(line: Line, tables: int) -> Line:
    """A line whose table is counted after ``tables`` others."""
    return replace(line, cell=(line.cell[0] + tables, *line.cell[1:])) if line.cell else line


def lay_out(drawn: Drawn, same_size: float = PRINTED) -> tuple[list[Line], Tables]:
    """All lines in reading order (a form is read cell by cell) and the tables."""
    grids = cells_from_edges(drawn.edges)
    written, signed = _by_cell(drawn, cells := _cells(grids))
    free = lines_of(written.get(None, []), signed.get(None, []), None, same_size)
    blocks: list[tuple[float, list[Line]]] = [(ln.box[1], [ln]) for ln in free if ln.box]
    tables: Tables = [[[] for _ in rows] for rows in grids]
    inside: list[list[Line]] = [[] for _ in grids]
    for t, r, c, box in cells:
        at = (t, r, c)
        got = lines_of(written.get(at, []), signed.get(at, []), at, same_size)
        inside[t] += got
        tables[t][r].append(Cell("\n".join(ln.text for ln in got), box))
    blocks += [(grid[0][0][1], lines) for grid, lines in zip(grids, inside, strict=True)]
    return [ln for _, block in sorted(blocks, key=lambda b: b[0]) for ln in block], tables


def _cells(grids: list[Grid]) -> list[tuple[int, int, int, Box]]:
    """(table, row, column, box) of every cell, in reading order."""
    return [
        (t, r, c, box)
        for t, rows in enumerate(grids)
        for r, row in enumerate(rows)
        for c, box in enumerate(row)
    ]


def _by_cell(
    drawn: Drawn, cells: list[tuple[int, int, int, Box]]
) -> tuple[dict[At, list[Char]], dict[At, list[Box]]]:
    """Characters and marks by the smallest cell around their middle; None outside all."""
    cells = sorted(cells, key=lambda f: (f[3][2] - f[3][0]) * (f[3][3] - f[3][1]))
    written: dict[At, list[Char]] = {}
    signed: dict[At, list[Box]] = {}
    for char, at in zip(drawn.chars, _smallest_around(drawn.chars, cells), strict=True):
        written.setdefault(at, []).append(char)
    marks = [Char("", *box) for box in (*drawn.marks, *drawn.fields)]
    for mark, at in zip(marks, _smallest_around(marks, cells), strict=True):
        if at or mark.box in drawn.marks:
            signed.setdefault(at, []).append(mark.box)
    return written, signed


def _smallest_around(chars: list[Char], cells: list[tuple[int, int, int, Box]]) -> list[At]:
    """For every character the first cell that holds its middle; None outside all."""
    if not chars or not cells:
        return [None] * len(chars)
    x0, y0, x1, y1 = _columns(chars)
    x, y = (x0 + x1)[:, None] / 2, (y0 + y1)[:, None] / 2
    left, top, right, bottom = np.array([cell[3] for cell in cells]).T
    holds = np.empty((len(chars), len(cells) + 1), bool)
    holds[:, :-1] = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
    holds[:, -1] = True
    places: list[At] = [*(cell[:3] for cell in cells), None]
    return [places[n] for n in holds.argmax(axis=1).tolist()]
