"""Rules of a form as high as one row of print are found; strokes of characters are none."""

from __future__ import annotations

import cv2
import numpy as np

from casereview.reading.handwriting import View, rules_of

HIGH, LEFT, SPLIT, RIGHT = 20, 60, 300, 500  # points


def form(rows, *, glyph=()):
    """A form of rows two pixels a point, of which the first is split by an upright; ``glyph``: an
    upright stroke from one height to another in the last row.
    """
    image = np.full((1684, 1190), 245, np.uint8)

    def line(x0, y0, x1, y1):
        cv2.line(image, (2 * x0, 2 * y0), (2 * x1, 2 * y1), 40, 2)

    for n in range(rows + 1):
        line(LEFT, 100 + HIGH * n, RIGHT, 100 + HIGH * n)
    for x in (LEFT, RIGHT):
        line(x, 100, x, 100 + HIGH * rows)
    line(SPLIT, 100, SPLIT, 100 + HIGH)
    if glyph:
        line(400, glyph[0], 400, glyph[1])
    return View.of(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), 2.0)


def uprights(view):
    """Where uprights stand, and how high they are."""
    found = (b for b in rules_of(view) if b[3] - b[1] > b[2] - b[0])
    return sorted((round((b[0] + b[2]) / 2), round(b[3] - b[1] - 6)) for b in found)


def test_an_upright_of_one_row_between_two_lines_is_a_rule():
    """Its cells are told apart, as those of higher rows are."""
    assert [x for x, _ in uprights(form(3))] == [LEFT, SPLIT, RIGHT]


def test_a_stroke_inside_a_row_is_none():
    """It is high enough but goes from no line to another."""
    assert [x for x, _ in uprights(form(3, glyph=(143, 157)))] == [LEFT, SPLIT, RIGHT]
    assert [x for x, _ in uprights(form(3, glyph=(140, 160)))] == [LEFT, SPLIT, 400, RIGHT]
