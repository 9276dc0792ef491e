"""Whether a picture shows the whole sheet. What was cut off is not missing: a page whose writing or
whose table runs out of the picture, or of which a whole side is not there, is a doubtful reading.
"""

from __future__ import annotations

import cv2
import numpy as np

from casereview.model import Page
from casereview.reading.blobs import blobs
from casereview.reading.pixels import halved, strokes

_MARGIN = 6.0  # points that every printed page leaves free at its sides
_HEAD = 3.0  # and at its head and foot
_LINES = 2  # so many lines of writing, or rules of a table, are no speck
WRITTEN = 6  # lines from which a page is written, and strokes at its edge may be a table
_WORD = 3  # characters from which a line is writing
_REACH = 14.0  # points within which a rule is looked for at an edge
_RIM = 2.0  # points at the edge itself, where the ground shines through
_CORNER = 10.0  # points at the corners, where the shadow of the other edge lies
_LONG = 60.0  # points from which a level stroke is a rule of a table
_NEAR = 4.0  # points by which the ends of the rules of a table differ at most
_ROWS, _TALL = 3, 30.0  # rules, and points between the first and the last, that make a table
_MOST = 0.6  # of the height of a table that a stroke stands which closes it
_THICK = 3.0  # points that a rule is thick at most
_PAPER = 2**0.5  # how much longer than wide the sheets are that case files are made of
_NEARLY = 0.03
_SHAPES = (1.25, 1.62)  # longer than wide, at least and at most: of sheets, also taken from aslant


def runs_out(grey: np.ndarray, page: Page) -> bool:
    """True when what stands on a page goes on outside it. ``grey``: the picture that it was
    recognised from.
    """
    if _writing_runs_out(page):
        return True
    if len(page.lines) < WRITTEN:
        return False
    small = halved(grey)
    return _drawing_runs_out(small, small.shape[1] / page.width)


def _drawing_runs_out(grey: np.ndarray, a_point: float) -> bool:
    """The same by what is drawn. ``a_point``: pixels of a point."""
    dark = strokes(_within(grey)) // 255
    rules = _level_rules(dark, a_point)
    return _table_runs_out(dark, a_point) or _table_stands_open(dark, rules, a_point)


def _writing_runs_out(page: Page) -> bool:
    boxes = [line.box for line in page.lines if line.box and len(line.text.strip()) >= _WORD]
    left = sum(b[0] < _MARGIN for b in boxes)
    right = sum(b[2] > page.width - _MARGIN for b in boxes)
    over = any(b[1] < _HEAD or b[3] > page.height - _HEAD for b in boxes)
    return over or left >= _LINES or right >= _LINES


def _within(grey: np.ndarray) -> np.ndarray:
    """A grey picture without the dark bands at its edges: the lid, the ground."""
    dark = grey < 165
    rows = np.flatnonzero(dark.mean(axis=1) < 0.7)
    columns = np.flatnonzero(dark.mean(axis=0) < 0.7)
    if not len(rows) or not len(columns):
        return grey
    return grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _table_runs_out(dark: np.ndarray, a_point: float) -> bool:
    """True when rules end at an edge of the sheet."""
    if min(dark.shape) < 4 * _REACH * a_point:
        return False
    sides = (dark, dark[:, ::-1], dark.T, dark.T[:, ::-1])
    return any(_rules_at_left(side, a_point) >= _LINES for side in sides)


def _table_stands_open(dark: np.ndarray, rules: list[tuple[int, int, int]], a_point: float) -> bool:
    """True when the rules of a table end together at one side where nothing closes them, as a
    stroke does at the other: under a white lid the rest of the table is paper.
    """
    near = _NEAR * a_point
    for start, end, _ in rules:
        own = [r for r in rules if abs(r[0] - start) <= near and abs(r[1] - end) <= near]
        top, foot = min(r[2] for r in own), max(r[2] for r in own)
        if len(own) >= _ROWS and foot - top > _TALL * a_point:
            ends = ([r[side] for r in own] for side in (0, 1))
            left, right = (_closed(dark[top:foot], side, near) for side in ends)
            if left != right:
                return True
    return False


def _level_rules(dark: np.ndarray, a_point: float) -> list[tuple[int, int, int]]:
    """Long level strokes: left end, right end, height."""
    long = cv2.getStructuringElement(cv2.MORPH_RECT, (int(_LONG * a_point), 1))
    thick = cv2.dilate(dark, np.ones((3, 1), np.uint8))
    strokes = blobs(cv2.morphologyEx(thick, cv2.MORPH_OPEN, long))
    return [(b.x, b.x + b.w, b.y + b.h // 2) for b in strokes]


def _closed(rows: np.ndarray, ends: list[int], near: float) -> bool:
    """True where an upright stroke, which leans as the ends of the rules do, stands at them in
    most of the rows.
    """
    band = rows[:, max(0, int(min(ends) - near)) : int(max(ends) + near) + 1]
    return float(band.any(axis=1).mean()) > _MOST


def _rules_at_left(dark: np.ndarray, a_point: float) -> int:
    """How many thin level strokes end at the left edge."""
    reach, rim, corner = (int(v * a_point) for v in (_REACH, _RIM, _CORNER))
    strip = cv2.dilate(
        np.ascontiguousarray(dark[corner:-corner, rim:reach]), np.ones((3, 1), np.uint8)
    )
    through = (strip.mean(axis=1) > 0.9).astype(np.int8)
    turns = np.flatnonzero(np.diff(through, prepend=0, append=0))
    thick = turns[1::2] - turns[::2]
    return int((thick <= _THICK * a_point + 2).sum())


def part_of_sheet(frame: tuple[int, int], sheet: tuple[int, int]) -> bool:
    """True when a picture cannot show a whole sheet: it has not the shape of one, or fills a frame
    of that shape one way and not the other, the rest being taken for the ground. ``frame``,
    ``sheet``: width and height in pixels, of the picture and of what was found in it.
    """
    if not _SHAPES[0] < max(sheet) / min(sheet) < _SHAPES[1]:
        return True
    if abs(max(frame) / min(frame) / _PAPER - 1) > _NEARLY:
        return False
    shares = sorted((sheet[0] / frame[0], sheet[1] / frame[1]))
    return shares[0] < 1 - _NEARLY and shares[1] > 1 - _NEARLY
