"""The characters of a page of a PDF, taken from PDFium in one sweep; in points as shown."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from casereview.chinese import normalise
from casereview.reading.char import Char, Codes, Letters, Mask, Numbers
from casereview.reading.pdfium_calls import (
    angle_of,
    close_text,
    count_letters,
    handle,
    load_text,
    loose_box,
    text_into,
    unicode_of,
)

_NOT_SHOWN = (0xA0, 0x3000, 0xFFFE, 0xFEFF, 0xAD)
_SAMPLE = 120  # characters that are asked for their angle before all are
_LEANING = math.radians(0.5), math.radians(15)  # text that leans so much is set level
_BEYOND = 20  # points above and below a page within which a character still stands on it
_RECT = 16  # bytes of four floats
_LAST = 0x10FFFF
_HALVES = np.zeros(0x10000, bool)  # what is one half of a character
_HALVES[0xD800:0xE000] = True
_SEEN = np.ones(_LAST + 2, bool)  # by its code: what leaves a mark; the last is for no code at all
_SEEN[:33] = _SEEN[_LAST + 1] = False
_SEEN[list(_NOT_SHOWN)] = False
T = TypeVar("T", float, Numbers)


class Frame(NamedTuple):
    """How a page is set: where its stored coordinates begin, its size as shown in points, and by
    how many degrees it is turned.
    """

    x: float
    y: float
    width: float
    height: float
    rotation: int


def frame_of(page: pdfium.PdfPage) -> Frame:
    """It is asked once a page."""
    x, y = page.get_cropbox()[:2]
    return Frame(x, y, *page.get_size(), page.get_rotation())


class _Texts(dict[int, str]):
    """Code points as they are read, each looked at once."""

    def __missing__(self, code: int) -> str:
        text = self[code] = normalise(chr(code))
        return text


_text_of = _Texts().__getitem__


def letters(page: pdfium.PdfPage, frame: Frame) -> Letters:
    """Every visible character in the order of the file, with its quarter turns; a text that leans
    a little is set level.
    """
    text = load_text(handle(page.raw))
    if not text:
        raise pdfium.PdfiumError("Failed to load text page.")
    try:
        return _letters(frame, text, count_letters(text))
    finally:
        close_text(text)


def _letters(frame: Frame, at: int, count: int) -> Letters:
    codes = _codes(at, count)
    seen = np.flatnonzero(_visible(codes))
    (left, top, right, bottom), sound = _boxes(at, seen)
    x, y, width, height, rotation = frame
    boxes = np.empty((len(seen), 4))
    box = shown((left - x, right - x, top - y, bottom - y), rotation, width, height)
    boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3] = box
    kept = sound & (box[2] > box[0]) & (box[1] > -_BEYOND) & (box[1] < height + _BEYOND)
    if np.count_nonzero(kept) < len(kept):
        seen, boxes = seen[kept], boxes[kept]
    turns, lean = _turns(at, codes, seen, rotation)
    texts = list(map(_text_of, codes.take(seen).tolist()))
    return _level(Letters(texts, boxes, turns), lean, width, height)


def _codes(at: int, count: int) -> Codes:
    """The code point of every character: all in one call where the text has one unit for each."""
    buffer = np.zeros(count + 1, np.uint16)
    if text_into(at, 0, count, buffer.ctypes.data) == count + 1:
        codes = buffer[:count].astype(np.int64)
        if not np.count_nonzero(_HALVES.take(codes)):
            return codes
    return np.fromiter(map(unicode_of, repeat(at), range(count)), np.int64, count)


def _boxes(at: int, which: npt.NDArray[np.intp]) -> tuple[Numbers, Mask]:
    """(left, top, right, bottom) of these characters as stored, a row each, and whether each has a
    box.
    """
    count = len(which)
    found = np.zeros((count, 4), np.float32)
    first = found.ctypes.data
    places = range(first, first + _RECT * count, _RECT)
    sound = np.fromiter(map(loose_box, repeat(at), which.tolist(), places), bool, count)
    return found.T.astype(np.float64), sound


def _visible(codes: Codes) -> Mask:
    """True for what leaves a mark on paper."""
    return _SEEN.take(codes, mode="clip")


def _turns(
    at: int, codes: Codes, which: npt.NDArray[Any], rotation: int
) -> tuple[Sequence[int], float]:
    """(quarter turns of the characters ``which``, none where nothing is turned, by how much a text
    leans), against the clock as shown; all are asked only where a sample shows that text is turned.
    """
    turned = math.radians(rotation)
    step = max(1, len(codes) // _SAMPLE)
    asked = (np.flatnonzero(codes[::step] > 32) * step).tolist()
    if not rotation and not any(map(angle_of, repeat(at), asked)):
        return (), 0.0
    seen = Counter(round(_angle(at, i, turned), 2) for i in asked)
    if not any(seen):
        return (), 0.0
    common, times = seen.most_common(1)[0]
    rest = common - quarters(common) * math.pi / 2
    rest = (rest + math.pi) % (2 * math.pi) - math.pi
    leans = _LEANING[0] < abs(rest) < _LEANING[1] and times > 0.6 * len(asked)
    return [quarters(_angle(at, i, turned)) for i in which.tolist()], rest if leans else 0.0


def _angle(at: int, i: int, turned: float) -> float:
    # PDFium tells the angle with the clock
    return float((-angle_of(at, i) - turned) % (2 * math.pi))


def quarters(angle: float) -> int:
    """The nearest number of quarter turns."""
    return round(angle / (math.pi / 2)) % 4


def shown(
    found: tuple[T, T, T, T], rotation: int, width: float, height: float
) -> tuple[T, T, T, T]:
    """(left, right, top, bottom) of the page as stored -> the box on the page as shown; of one
    thing or of many.
    """
    x0, x1, top, bottom = found
    if rotation == 90:
        return bottom, x0, top, x1
    if rotation == 180:
        return width - x1, bottom, width - x0, top
    if rotation == 270:
        return width - top, height - x1, width - bottom, height - x0
    return x0, height - top, x1, height - bottom


def _level(chars: Letters, lean: float, width: float, height: float) -> Letters:
    """Characters moved so that lines which lean by ``lean`` (against the clock) run level."""
    if not lean:
        return chars
    cos, sin, cx, cy = math.cos(lean), math.sin(lean), width / 2, height / 2
    out = []
    for c in chars:
        dx, dy = (c.x0 + c.x1) / 2 - cx, c.mid - cy
        x, y = cx + dx * cos - dy * sin, cy + dx * sin + dy * cos
        w, h = (c.x1 - c.x0) / 2, (c.y1 - c.y0) / 2
        out.append(Char(c.text, x - w, y - h, x + w, y + h, c.turn))
    return Letters.of(out)
