"""Large dark areas that lie over the writing of a scanned page: the lid, a thumb, ink, a sticker.
What they hide is not missing.
"""

from __future__ import annotations

import cv2
import numpy as np

from casereview.model import Page
from casereview.reading.pixels import halved

_DARK = 165  # grey from which paper is no paper
_LEAST = 0.042  # of the width of the page: strokes, rules and seals are thinner
_NEAR = 30.0  # points between the area and the writing next to it
_SOME = 0.002  # of the page


def covered(grey: np.ndarray, page: Page) -> bool:
    """True when a solid dark area reaches into the writing of a page. ``grey``: the picture that
    the page was recognised from, upright.
    """
    small = halved(grey)
    dark = cv2.threshold(small, _DARK - 1, 1, cv2.THRESH_BINARY_INV)[1]
    side = max(3, int(_LEAST * small.shape[1]))
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    if float(solid.mean()) < _SOME:
        return False
    a_point = small.shape[1] / page.width
    reach = 2 * max(1, int(_NEAR * a_point)) + 1
    around = cv2.dilate(solid, np.ones((reach, reach), np.uint8)) > 0
    return any(_touches(around, line.box, a_point) for line in page.lines if line.box)


def _touches(around: np.ndarray, box: tuple[float, float, float, float], a_point: float) -> bool:
    x0, y0, x1, y1 = (max(0, int(v * a_point)) for v in box)
    return bool(around[y0 : y1 + 1, x0 : x1 + 1].any())
