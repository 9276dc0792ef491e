"""Seals that lost their colour: rings in the image of a grey copy."""

from __future__ import annotations

from math import pi
from typing import NamedTuple

import cv2
import numpy as np

from casereview.model import Box, Picture
from casereview.reading.handwriting import View, red_marks
from casereview.reading.pixels import shrunk, usual

POINTS_PER_MM = 72 / 25.4
RING_MM = (32.0, 50.0)  # across; official seals have 38 to 45
FADED = 0.05  # the share of red that a ring stands for
_AROUND = 120  # places around a ring that are looked at
_ANGLES = np.arange(_AROUND) * 2 * pi / _AROUND
Circle = tuple[float, float, float]  # its middle and how far it is from there
_CLOSED = 0.8  # share of them that must be dark
_BLANK = 0.35  # so much less of what lies outside of the ring is dark
_STEP = 4.0  # points outside of the ring
_NEAR = tuple(d / 2 for d in range(-8, 9))  # points by which the circle found may be off
_RING = 1.5  # points on both sides of the circle in which its ring lies
_DARK = 0.8  # of the paper
_ASIDE = (-2.0, 0.0, 2.0)  # points by which its middle may be off
_EDGE, _VOTES = 120, 40  # of the transform that looks for circles


class Marks(NamedTuple):
    """What was put on a page: fingerprints, red seals, and where there are none of these those that
    lost their colour.
    """

    prints: list[Box]
    seals: list[Picture]
    rings: list[Picture]


def marks_of(view: View, before: Marks | None = None) -> Marks:
    """All of them. ``before``: those of the same page before it was turned or levelled, which adds
    none of a sort of which there was none.
    """
    if before is not None and not any(before):
        return before
    prints, seals = red_marks(view)
    ringless = seals or (before is not None and not before.rings)
    return Marks(prints, seals, [] if ringless else grey_seals(view))


def grey_seals(view: View) -> list[Picture]:
    """Round seals of a page without red: closed dark rings of the size of a seal."""
    size = (round(view.grey.shape[1] / view.scale), round(view.grey.shape[0] / view.scale))
    small = shrunk(view.grey, size)  # one pixel a point
    smallest, largest = (round(mm * POINTS_PER_MM / 2) for mm in RING_MM)
    circles = cv2.HoughCircles(
        cv2.medianBlur(small, 3),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=2 * smallest,
        param1=_EDGE,
        param2=_VOTES,
        minRadius=smallest,
        maxRadius=largest,
    )
    if circles is None:
        return []
    dark = small < _DARK * usual(small)
    rings = (_ring(dark, *map(float, circle)) for circle in circles.reshape(-1, 3)[:8])
    return [Picture(_box(*ring), FADED) for ring in rings if ring]


def shade(view: View, box: Box) -> float:
    """How dark the ring of a grey seal is (0 black, 255 white): the median of its dark pixels."""
    x0, y0, x1, y1 = (round(edge * view.scale) for edge in box)
    ring = np.zeros(view.grey.shape, np.uint8)
    wide = round(2 * _RING * view.scale)
    cv2.circle(ring, ((x0 + x1) // 2, (y0 + y1) // 2), (x1 - x0) // 2, 255, wide)
    values = view.grey[ring > 0]
    dark = values[values < _DARK * usual(view.grey)]
    return float(np.median(dark)) if dark.size else 0.0


def is_within(box: Box, ring: Picture) -> bool:
    """True for ink that is part of a seal (its star, its rim)."""
    x0, y0, x1, y1 = ring.box or (0.0, 0.0, 0.0, 0.0)
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x0 <= across <= x1 and y0 <= down <= y1


def _box(x: float, y: float, r: float) -> Box:
    return x - r, y - r, x + r, y + r


def _ring(dark: np.ndarray, x: float, y: float, r: float) -> Circle | None:
    """The circle near the one that was found that is dark nearly all around, where the paper around
    it is mostly blank.
    """
    near = [(x + dx, y + dy, r + d) for dx in _ASIDE for dy in _ASIDE for d in _NEAR]
    best, circle = max(zip(_shares(dark, near), near, strict=True))
    x, y, r = circle
    [around] = _shares(dark, [(x, y, r + _STEP)])
    return circle if best >= _CLOSED and around <= best - _BLANK else None


def _shares(dark: np.ndarray, circles: list[Circle]) -> list[float]:
    """The share of places on each circle that are dark."""
    x, y, r = np.array(circles).T[:, :, None]
    across = np.clip(np.rint(x + r * np.cos(_ANGLES)), 0, dark.shape[1] - 1).astype(int)
    down = np.clip(np.rint(y + r * np.sin(_ANGLES)), 0, dark.shape[0] - 1).astype(int)
    shares: list[float] = dark[down, across].mean(axis=1).tolist()
    return shares
