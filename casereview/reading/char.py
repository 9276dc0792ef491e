"""Characters as they stand on a page: what every reader gives to the layout."""

from __future__ import annotations

from typing import NamedTuple

from casereview.model import Box

BLANK = "空白页"
PRINTED, RECOGNISED = 0.15, 0.35  # the height of a recognised line is that of its tallest character


class Char(NamedTuple):
    """A character with its loose box (top-left origin). ``turn``: quarter turns, against the clock,
    by which it lies on the page as shown.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    turn: int = 0

    @property
    def mid(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2

    @property
    def box(self) -> Box:
        """Its box."""
        return self[1:5]
