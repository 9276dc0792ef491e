"""Ruling lines, handwriting, fingerprints and seals in the image of a page (TECH 4): boxes in
points, nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from casereview.model import Box, Picture
from casereview.reading.blobs import blobs
from casereview.reading.pixels import strokes as dark_strokes

SEAL_MM = (18.0, 60.0)
STROKE = 5.0  # points (of ink: square points) from which loose ink may be a stroke of a pen
EDGE = 1.5  # points around recognised text that belong to it
LONG, SHORT = 26.0, 12.0  # points that a rule is long, and an upright between two lines
LEAST_RULE, THICK, HALF = 20.0, 7.0, 0.4  # points: of what is left of a rule, across, half of a box
NEAR = 2.5  # points by which an upright may end beside a line
MANY = 120  # strokes that make a page too full of ink to say where nothing stands
REDDISH = 18  # so much redder than anything else is no paper and no print


@dataclass(frozen=True)
class View:
    """A page image set upright. ``grey``: by the strongest channel, in which red seals vanish and
    what lies under them is read; ``redness``: how much more red than anything else is in each
    pixel; ``scale``: pixels of a point.
    """

    grey: np.ndarray
    redness: np.ndarray
    scale: float

    @classmethod
    def of(cls, colour: np.ndarray, scale: float) -> View:
        """What a picture in colour (red, green, blue) shows."""
        r, g, b = cv2.split(colour)
        others = cv2.max(g, b)
        return cls(cv2.max(r, others), cv2.subtract(r, others), scale)


def _points(view: View, x: int, y: int, w: int, h: int) -> Box:
    """Pixels of the image -> a box in points, as plain numbers."""
    return (
        float(x / view.scale),
        float(y / view.scale),
        float((x + w) / view.scale),
        float((y + h) / view.scale),
    )


def rules_of(view: View) -> list[Box]:
    """Ruling lines of the image as thin boxes in points: the long ones, and uprights as short as a
    row of a form is high that stand between two lines across.
    """
    dark = dark_strokes(view.grey)
    across = list(_rules(view, dark, LONG, upright=False))
    upright = list(_rules(view, dark, LONG, upright=True))
    if len(across) > 1:
        short = _rules(view, dark, SHORT, upright=True)
        upright += [b for b in short if b[3] - b[1] < LONG and _stands_between(b, across)]
    wide = [(b[0] - 3, b[1], b[2] + 3, b[3]) for b in across]
    return [*wide, *((b[0], b[1] - 3, b[2], b[3] + 3) for b in upright)]


def _rules(view: View, dark: np.ndarray, least: float, upright: bool) -> Iterator[Box]:
    """Straight strokes of one direction, at least ``least`` points long, as thin boxes."""
    length = int(least * view.scale)
    spread, kernel, join = (
        ((1, 3), (1, length), (3, 9)) if upright else ((3, 1), (length, 1), (9, 3))
    )
    long_one = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    middles = cv2.erode(cv2.dilate(dark, np.ones(spread, np.uint8)), long_one)
    left, top, middles = _where_any(middles, max(*kernel, *join))
    strokes = cv2.morphologyEx(
        cv2.dilate(middles, long_one),
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_RECT, join),
    )
    for stroke in blobs(strokes):
        w, h = stroke.w, stroke.h
        thick, long = min(w, h) / view.scale, max(w, h) / view.scale
        if thick <= THICK and long >= min(least, LEAST_RULE) and (h > w) == upright:
            x0, y0, x1, y1 = _points(view, left + stroke.x, top + stroke.y, w, h)
            middle = (x0 + x1) / 2 if upright else (y0 + y1) / 2
            low, high = middle - HALF, middle + HALF
            yield (low, y0, high, y1) if upright else (x0, low, x1, high)


def _where_any(mask: np.ndarray, room: int) -> tuple[int, int, np.ndarray]:
    """Left, top and picture of the part of a mask where anything is, with so many pixels around."""
    x, y, w, h = cv2.boundingRect(mask)
    # whole squares, in whose order blobs are told
    left, top = (max(0, at - room) // 2 * 2 for at in (x, y))
    return left, top, mask[top : y + h + room, left : x + w + room]


def _stands_between(stroke: Box, across: list[Box]) -> bool:
    """True for an upright that goes from one line across to another."""
    x, top, _, low = stroke
    ends = [y for left, y, right, _ in across if left - NEAR <= x <= right + NEAR]
    return all(any(abs(y - end) <= NEAR for y in ends) for end in (top, low))


def ink_marks(view: View, written: list[np.ndarray], strokes: list[Box]) -> list[Box]:
    """Handwriting that the engine did not read: ink of signature size away from recognised text and
    rules.
    """
    mask = _unread(_darker(view, 150), view, written, strokes, 0)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    out = [
        _points(view, x, y, w, h)
        for (x, y, w, h), ink in _strokes(view, mask, (3, 5), 18)
        if 18 <= w / view.scale <= 180
        and 11 <= h / view.scale <= 44
        and 12 <= ink <= 0.45 * w * h / view.scale**2
    ]
    return out[:12]


def loose_ink(view: View, written: list[np.ndarray], strokes: list[Box]) -> list[Box]:
    """Whatever is neither recognised text nor a rule, down to a short stroke, grey or red: where
    there is none of it nobody wrote or sealed. All of a page that is full of it.
    """
    red = cv2.threshold(view.redness, REDDISH, 255, cv2.THRESH_BINARY)[1]
    mask = _unread(cv2.bitwise_or(_darker(view, 170), red), view, written, strokes, EDGE)
    found = _strokes(view, mask, (2, 3), STROKE)
    out = [_points(view, x, y, w, h) for (x, y, w, h), ink in found if ink >= STROKE]
    high, wide = view.grey.shape
    return out if len(out) <= MANY else [_points(view, 0, 0, wide, high)]


def _darker(view: View, than: int) -> np.ndarray:
    """255 where the picture is darker."""
    return cv2.threshold(view.grey, than - 1, 255, cv2.THRESH_BINARY_INV)[1]


def _unread(
    mask: np.ndarray, view: View, written: list[np.ndarray], strokes: list[Box], edge: float
) -> np.ndarray:
    """``mask`` without recognised text and rules; ``edge``: points around the text that are its."""
    for quad in written:
        cv2.fillPoly(mask, [quad.astype(np.int32)], 0)
        if edge:
            cv2.polylines(mask, [quad.astype(np.int32)], True, 0, int(2 * edge * view.scale))
    for x0, y0, x1, y1 in strokes:
        cv2.rectangle(
            mask,
            (int((x0 - 2) * view.scale), int((y0 - 2) * view.scale)),
            (int((x1 + 2) * view.scale), int((y1 + 2) * view.scale)),
            0,
            -1,
        )
    return mask


def _strokes(
    view: View, mask: np.ndarray, gap: tuple[int, int], least: float
) -> Iterator[tuple[tuple[int, int, int, int], float]]:
    """(x, y, width, height) in pixels of what hangs together after closing gaps of so many points
    in height and width, and its ink in square points; nothing shorter than ``least`` points.
    """
    kernel = np.ones((int(gap[0] * view.scale), int(gap[1] * view.scale)), np.uint8)
    for blob in blobs(cv2.dilate(mask, kernel), least * view.scale):
        ink = cv2.countNonZero(cv2.bitwise_and(blob.within(mask), blob.shape))
        yield (blob.x, blob.y, blob.w, blob.h), ink / view.scale**2


def red_marks(view: View) -> tuple[list[Box], list[Picture]]:
    """(fingerprints, seals). A print is 7 to 17.5 mm and well filled, and stands for a signature; a
    seal is a red ring of 18 to 60 mm.

    The red drop-out leaves both out of the grey picture, so they are looked for in colour. A page
    without red costs next to nothing.
    """
    red = cv2.threshold(view.redness, 35, 255, cv2.THRESH_BINARY)[1]
    if cv2.countNonZero(red) < 0.0004 * red.size:
        return [], []
    prints = [
        box
        for box, mm, filled, share in _blobs(view, red, 1.5)
        if all(7 <= v <= 17.5 for v in mm) and filled > 0.55 and share > 0.3
    ]
    seals = [
        Picture(box, max(0.05, round(share, 3)))
        for box, mm, _, share in _blobs(view, red, 4.0)
        if all(SEAL_MM[0] <= v <= SEAL_MM[1] for v in mm)
        and 0.55 <= mm[0] / mm[1] <= 1.8
        and share > 0.02
    ]
    return prints[:8], seals


def _blobs(
    view: View, red: np.ndarray, join: float
) -> Iterator[tuple[Box, tuple[float, float], float, float]]:
    """Connected red after closing gaps of ``join`` points: box in points, size in mm, share of its
    box that is joined, and that is red.
    """
    size = max(1, int(join * view.scale))
    left, top, red = _where_any(red, 2 * size)
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    for blob in blobs(joined):
        w, h = blob.w, blob.h
        mm = w / view.scale * 25.4 / 72, h / view.scale * 25.4 / 72
        if min(mm) >= 7 and max(mm) <= SEAL_MM[1]:
            yield (
                _points(view, left + blob.x, top + blob.y, w, h),
                mm,
                blob.area / (w * h),
                cv2.countNonZero(blob.within(red)) / (w * h),
            )
