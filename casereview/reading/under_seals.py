"""What lies under seals, read as if they were not there: the agency and the day over which a seal
was set are read, and the letters of its own rim are not. What it hides for good leaves ``HIDDEN``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from casereview.model import HIDDEN, Box
from casereview.reading.handwriting import View
from casereview.reading.ocr import Word
from casereview.reading.pixels import usual
from casereview.reading.seal_rings import Marks, shade

PAPER, INK = 0.74, 0.16  # shares of the brightness of the paper: from here paper, up to here ink
_LIGHTER = 0.16  # of the paper, by which the ring of a grey seal is lighter than ink
_FADED = 0.95  # of the shade of a ring: from here it is paper
_SOLID = 0.3  # share of a red mark that is red from which it may be print: a letterhead
_RIM = 2.0  # points by which a ring may reach out of its box
_ROOM = 0.55  # heights of a line between two characters in which one more has room
_GONE = 0.3  # share of the space between them over which the seal lay
_CLEARED = 30  # by so much a seal is darker than what its place is taken for


def lifted(view: View, marks: Marks) -> np.ndarray:
    """The grey picture of a page with its seals gone; the same where there are none. In the
    strongest channel red leaves little, grey seals are lighter than ink.
    """
    if not (marks.seals or marks.rings):
        return view.grey
    paper = usual(view.grey)
    light = [
        (box, top) for box, top in _seals(view, marks, paper) if top > (INK + _LIGHTER) * paper
    ]
    if not light:
        return view.grey
    grey = view.grey.copy()
    for box, top in light:
        part = grey[_within(view, box)]
        part[:] = _cleared(part, INK * paper, top)
    return grey


def _seals(view: View, marks: Marks, paper: float) -> Iterator[tuple[Box, float]]:
    """Where seals lie, and the brightness from which on what stands there is taken for paper, whose
    own is ``paper``.
    """
    for mark in marks.seals:
        if mark.box is not None and (mark.red or 0.0) < _SOLID:
            yield mark.box, PAPER * paper
    for ring in marks.rings:
        if ring.box is not None:
            yield _around(ring.box), _FADED * shade(view, ring.box)


def _cleared(part: np.ndarray, ink: float, top: float) -> np.ndarray:
    """Grey values spread so that ``ink`` is black and everything from ``top`` on is white."""
    spread = (part.astype(np.float32) - ink) * (255 / (top - ink))
    return np.clip(spread, 0, 255).astype(np.uint8)


def _around(box: Box) -> Box:
    return box[0] - _RIM, box[1] - _RIM, box[2] + _RIM, box[3] + _RIM


def _within(view: View, box: Box) -> tuple[slice, slice]:
    """Rows and columns of pixels of a box in points."""
    left, top, right, bottom = (max(0, int(edge * view.scale)) for edge in box)
    return slice(top, bottom), slice(left, right)


def with_gaps(words: list[Word], colour: np.ndarray, text: np.ndarray) -> list[Word]:
    """Recognised lines with ``HIDDEN`` between characters where a seal took whole ones: a day of
    which it hides a figure is another day. ``text``: the picture that was read, seals gone.
    """

    def gone(rows: slice, columns: slice) -> float:
        """The share of a part of the page over which a seal lay."""
        darkest = colour[rows, columns].min(axis=2).astype(np.int16)
        return float((text[rows, columns] - darkest > _CLEARED).mean())

    return [_with_gaps(word, gone) for word in words]


def _with_gaps(word: Word, gone: Callable[[slice, slice], float]) -> Word:
    out = list(word.chars[:1])
    tall = float(np.ptp(word.quad[:, 1]))
    for (_, left), (text, right) in pairwise(word.chars):
        a, b = float(left[:, 0].max()), float(right[:, 0].min())
        if b - a > _ROOM * tall:
            top, low = int(max(left[:, 1].min(), 0)), int(left[:, 1].max())
            if gone(slice(top, low), slice(int(a), int(b))) > _GONE:
                out.append((HIDDEN, np.array([[a, top], [b, top], [b, low], [a, low]], float)))
        out.append((text, right))
    return replace(word, chars=tuple(out)) if len(out) > len(word.chars) else word
