"""Text that was turned into outlines: drawn again on white, to be recognised."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

Point = tuple[float, float]
_SCALE = 150 / 72  # pixels per point


def drawn(figures: list[list[list[Point]]], width: float, height: float) -> Image.Image:
    """A picture of filled paths; each path is a list of closed figures, of which inner ones are
    holes. ``width``, ``height``: the page in points.
    """
    scale = min(_SCALE, (25_000_000 / max(1.0, width * height)) ** 0.5)
    size = max(1, int(height * scale)), max(1, int(width * scale))
    sheet = np.full((*size, 3), 255, np.uint8)
    fine = 16  # positions within a pixel that are told apart
    for path in figures:
        shapes = [
            np.round(np.array(figure, dtype=np.float64) * scale * fine).astype(np.int32)
            for figure in path
            if len(figure) > 2
        ]
        if shapes:
            cv2.fillPoly(sheet, shapes, (0, 0, 0), cv2.LINE_AA, shift=4)
    return Image.fromarray(sheet)
