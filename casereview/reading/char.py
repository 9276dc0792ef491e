"""Characters as they stand on a page: what every reader gives to the layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from casereview.model import Box

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]

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


class Letters:
    """Characters in columns, for whatever looks at all of a page at once: ``texts``, their
    ``boxes`` (a row of four numbers each) and their quarter ``turns`` (empty where none is turned).
    """

    def __init__(self, texts: list[str], boxes: Numbers, turns: Sequence[int] = ()):
        self.texts, self.boxes, self.turns = texts, boxes, turns

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Letters:
        """The same characters in columns."""
        every = list(chars)
        boxes = np.array([c[1:5] for c in every], np.float64).reshape(-1, 4)
        turned = any(c.turn for c in every)
        return cls([c.text for c in every], boxes, [c.turn for c in every] if turned else ())

    @classmethod
    def joined(cls, parts: Sequence[Letters]) -> Letters:
        """The characters of several, one after the other, set level."""
        if len(parts) == 1:
            return parts[0]
        texts = [text for part in parts for text in part.texts]
        return cls(texts, np.concatenate([part.boxes for part in parts]))

    @cached_property
    def codes(self) -> Codes:
        """The code point of each; 0 for what is more than one."""
        joined = "".join(self.texts)
        if len(joined) != len(self.texts) or not all(self.texts):
            every = (ord(t) if len(t) == 1 else 0 for t in self.texts)
            return np.fromiter(every, np.int64, len(self.texts))
        return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.int64)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Char]:
        turns = self.turns or [0] * len(self.texts)
        return map(Char, self.texts, *self.boxes.T.tolist(), turns)

    def __add__(self, other: Letters) -> Letters:
        if not len(other):
            return self
        return Letters.of([*self, *other])

    def where(self, which: Mask) -> Letters:
        """Those of a mask, set level."""
        texts = [t for t, kept in zip(self.texts, which.tolist(), strict=True) if kept]
        return Letters(texts, self.boxes[which])
