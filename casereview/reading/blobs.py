"""What hangs together in a black and white picture: the outlines of it are found in a tenth of the
time that naming every pixel takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

_BLOCK = 2  # pixels in height and width of the squares in whose order things are told


@dataclass(frozen=True)
class Blob:
    """Pixels that hang together, at a corner or a side. ``x``, ``y``, ``w``, ``h``: the box around
    them; ``outlines``: of all blobs of the picture and their holes, ``tree``: which lie in which,
    ``at``: its own.
    """

    x: int
    y: int
    w: int
    h: int
    outlines: Sequence[np.ndarray]
    tree: np.ndarray
    at: int

    @cached_property
    def shape(self) -> np.ndarray:
        """Its pixels in its box."""
        shape = np.zeros((self.h, self.w), np.uint8)
        cv2.drawContours(
            shape,
            self.outlines,
            self.at,
            255,
            cv2.FILLED,
            hierarchy=self.tree,
            maxLevel=1,  # without its holes
            offset=(-self.x, -self.y),
        )
        return shape

    @property
    def area(self) -> int:
        """How many pixels it has."""
        return cv2.countNonZero(self.shape)

    def within(self, picture: np.ndarray) -> np.ndarray:
        """What lies in its box."""
        return picture[self.y : self.y + self.h, self.x : self.x + self.w]


def blobs(mask: np.ndarray, least: float = 0) -> list[Blob]:
    """The blobs of what is not 0, from the top to the bottom, in each row from the left; those of
    which neither side has ``least`` pixels are left out.
    """
    outlines, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    outer = np.flatnonzero(tree[0, :, 3] < 0).tolist() if outlines else []
    boxes = ((n, cv2.boundingRect(outlines[n])) for n in outer)
    large = ((n, box) for n, box in boxes if max(box[2], box[3]) >= least)
    found = [Blob(x, y, w, h, outlines, tree, n) for n, (x, y, w, h) in large]
    return sorted(found, key=_first_block)


def _first_block(blob: Blob) -> tuple[int, int]:
    """The first square of a blob that a reader comes by."""
    outline, row = blob.outlines[blob.at], blob.y // _BLOCK
    high = outline[:, 0, 1] < (row + 1) * _BLOCK
    return row, int(outline[high, 0, 0].min()) // _BLOCK
