"""Ruling strokes -> tables of cells: the same road for digital pages and scans.

Strokes that lie close together become one, those that meet become corners, and four corners that
strokes join are a cell: the road of pdfplumber's table functions (a test holds the two side by
side), on tuples and sorted rows instead of dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from casereview.model import Box

Grid = list[list[Box]]  # rows of cell boxes
Point = tuple[float, float]
_SNAP = 3  # points within which strokes are one stroke


class _Stroke(NamedTuple):
    """A level or upright line: where it lies across its way, and from where to where along it."""

    at: float
    first: float
    last: float


class _Corner(NamedTuple):
    """The numbers of the strokes that meet in a point."""

    upright: set[int]
    level: set[int]


_AT, _FIRST = itemgetter(0), itemgetter(1)


def cells_from_edges(edges: Sequence[Box]) -> list[Grid]:
    """Strokes (thin boxes) -> tables -> rows -> cell boxes, from top to bottom. A grid needs at
    least two strokes each way.
    """
    upright, level = [], []
    for x0, y0, x1, y1 in edges:
        if x1 - x0 >= y1 - y0:
            level.append(_Stroke((y0 + y1) / 2, x0, x1))
        else:
            upright.append(_Stroke((x0 + x1) / 2, y0, y1))
    if len(level) < 2 or len(upright) < 2:
        return []
    cells = _cells(_corners(_merged(upright), _merged(level)))
    return sorted(map(_rows, _tables(cells)), key=lambda grid: grid[0][0][1])


def _merged(strokes: list[_Stroke]) -> list[_Stroke]:
    """Strokes of one way: those side by side laid on one line, those end to end made one; what
    stays too short is no rule.
    """
    lines = groupby(sorted(_snapped(strokes), key=_AT), key=_AT)
    joined = chain.from_iterable(_joined(sorted(line, key=_FIRST)) for _, line in lines)
    return [s for s in joined if s.last - s.first >= _SNAP]


def _snapped(strokes: list[_Stroke]) -> list[_Stroke]:
    """Every stroke moved to the middle of those of which each lies close to the next."""
    group_of: dict[float, list[_Stroke]] = {}
    groups: list[list[_Stroke]] = []
    before = 0.0
    for at in sorted(set(map(_AT, strokes))):
        if not groups or at > before + _SNAP:
            groups.append([])
        group_of[at], before = groups[-1], at
    for s in strokes:
        group_of[s.at].append(s)
    return [_Stroke(s.at + (m - s.at), *s[1:]) for g in groups for m in (_middle(g),) for s in g]


def _middle(group: list[_Stroke]) -> float:
    return sum(map(_AT, group)) / len(group)


def _joined(line: list[_Stroke]) -> list[_Stroke]:
    """Strokes on one line, from its beginning, with those that meet or overlap made one."""
    out = line[:1]
    for s in line[1:]:
        if s.first > out[-1].last + _SNAP:
            out.append(s)
        elif s.last > out[-1].last:
            out[-1] = out[-1]._replace(last=s.last)
    return out


def _corners(upright: list[_Stroke], level: list[_Stroke]) -> dict[Point, _Corner]:
    """Where strokes of the two ways meet, or nearly."""
    out: dict[Point, _Corner] = {}
    near = [(y - _SNAP, y + _SNAP, x0 - _SNAP, x1 + _SNAP, y) for y, x0, x1 in level]
    for n, (x, top, bottom) in enumerate(upright):
        for m, (above, below, left, right, y) in enumerate(near):
            if left <= x <= right and top <= below and bottom >= above:
                corner = out.get((x, y)) or out.setdefault((x, y), _Corner(set(), set()))
                corner.upright.add(n)
                corner.level.add(m)
    return out


def _cells(corners: dict[Point, _Corner]) -> list[Box]:
    """The smallest box to the right of and below every corner that strokes join all around."""
    down: dict[float, list[float]] = defaultdict(list)
    along: dict[float, list[float]] = defaultdict(list)
    points = sorted(corners)
    for x, y in reversed(points):
        down[x].append(y)
        along[y].append(x)
    found = []
    for x, y in points:  # what lies behind a corner in its column and row is what is left there
        below, beside = down[x], along[y]
        below.pop()
        beside.pop()
        box = _cell(x, y, reversed(below), beside, corners) if below and beside else None
        if box:
            found.append(box)
    return found


def _cell(
    x: float,
    y: float,
    below: Iterable[float],
    beside: Sequence[float],
    corners: dict[Point, _Corner],
) -> Box | None:
    """The cell that begins at a corner. ``below``, ``beside``: where the further corners of its
    column and of its row lie; the former from the nearest, the latter from the farthest.
    """
    upright, level = corners[x, y]
    for low in below:
        under = corners[x, low]
        if upright.isdisjoint(under.upright):
            continue
        for right in reversed(beside):
            last = corners.get((right, low))
            if last is None or under.level.isdisjoint(last.level):
                continue
            over = corners[right, y]
            if not (level.isdisjoint(over.level) or over.upright.isdisjoint(last.upright)):
                return x, y, right, low
    return None


def _tables(cells: list[Box]) -> list[list[Box]]:
    """Cells that share corners, of two at least."""
    tables = []
    while cells:
        table: list[Box] = []
        corners: set[Point] = set()
        before = -1
        while before != len(table):
            before, rest = len(table), []
            for cell in cells:
                of_cell = {(cell[0], cell[1]), (cell[0], cell[3]), (cell[2], cell[1]), cell[2:]}
                if corners and corners.isdisjoint(of_cell):
                    rest.append(cell)
                else:
                    corners |= of_cell
                    table.append(cell)
            cells = rest
        tables.append(table)
    ordered = sorted(tables, key=lambda t: min((c[1], c[0]) for c in t))
    return [t for t in ordered if len(t) > 1]


def _rows(cells: list[Box]) -> Grid:
    """Cells of one table by rows: those whose tops differ by less than a stroke."""
    by_top: dict[float, list[Box]] = {}
    for box in cells:
        top = next((t for t in by_top if abs(t - box[1]) < _SNAP), box[1])
        by_top.setdefault(top, []).append(box)
    return [sorted(by_top[top]) for top in sorted(by_top)]
