"""A page image -> lines, form cells, seals and signature marks: the same table functions as on
digital pages (TECH 3, 4).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np

from casereview.chinese import normalise
from casereview.model import COVERED, CUT, HIDDEN, Cell, Page
from casereview.reading.cache import remembered
from casereview.reading.char import BLANK, RECOGNISED, Char, Letters
from casereview.reading.covers import covered
from casereview.reading.edges import runs_out
from casereview.reading.handwriting import REDDISH, View, ink_marks, loose_ink, rules_of
from casereview.reading.layout import TURNED, Drawn, lay_out_sides, side_note, sides_of
from casereview.reading.ocr import Word, recognise
from casereview.reading.pixels import affine, affine_part
from casereview.reading.seal_rings import Marks, is_within, marks_of
from casereview.reading.under_seals import lifted, with_gaps

# 二 二五年四月三日: only a nought can have stood in the gap of the year, and nothing else is gone
_LOST_NOUGHT = re.compile(
    rf"^二[ \u3000{HIDDEN}]+(?=[一二三][〇一二三四五六七八九]年"
    r"[一二三四五六七八九十]+月[一二三四五六七八九十]+日$)"
)
# heights of a line: what a gap adds to the way between two Chinese characters, and that way itself
_GAP, _PITCH = 0.18, 0.68
_ENOUGH = 3  # such ways from which the usual one of a line is taken
_LONG = 4  # characters of a line that shows how the page leans
_ODD = 1.5  # degrees off the others: a line that leans by itself
_INK, _SPECKS = 139, 0.0006  # the lightest ink, and the share of a blank page that is ink
_WHITE = 255
_TURNS = {
    90: cv2.ROTATE_90_CLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_COUNTERCLOCKWISE,
}
POOR = 0.80  # mean confidence below which a page counts as unreadable


def read_scan(number: int, colour: np.ndarray, width: float, height: float) -> Page:
    """Recognise one page (rows of pixels), or remember it. ``width``, ``height``: its size in
    points. Below the line of quality it is unreadable, with the reason.
    """
    colour = np.ascontiguousarray(colour)
    page = remembered(
        number,
        colour.data,
        (round(width, 2), round(height, 2)),
        lambda: _recognise(number, colour, width, height),
    )
    if page.readable and page.reason != BLANK:
        page = page.noted(_hides(colour, page))
    return replace(page, sides=sides_of(page))


def _hides(colour: np.ndarray, page: Page) -> str:
    """Why a page that was read may not show all that stands on it; '' for one that does."""
    grey = cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY)
    if not page.reason and covered(grey, page):
        return COVERED
    return CUT if runs_out(grey, page) else ""


def _recognise(number: int, colour: np.ndarray, width: float, height: float) -> Page:
    view = View.of(colour, colour.shape[1] / width)
    inked = cv2.threshold(view.grey, _INK, 1, cv2.THRESH_BINARY_INV)[1]
    if cv2.countNonZero(inked) < _SPECKS * inked.size:
        return Page(number, width, height, reason=BLANK)
    marks = marks_of(view)
    sheet = _Sheet(view, lifted(view, marks), marks)
    words = recognise(sheet.text)
    turned = 0
    if _lying(words) or _mean(words) < POOR:
        turned, sheet, words = _upright(sheet, words)
    if sheet.sealed:
        words = with_gaps(words, _turned(colour, turned), sheet.text)
    if turned in (90, 270):
        width, height = height, width
    if not words or _mean(words) < POOR:
        return Page(number, width, height, readable=False, reason="看不清，请补扫")
    angle = _skew(words)
    if abs(angle) > 0.15:
        sheet, words = _level(sheet, words, angle)
    return _laid_out(Page(number, width, height, ocr=True), sheet, words, turned)


@dataclass(frozen=True)
class _Sheet:
    """A page as it is looked at, and the grey picture in which it is read: without its seals.
    ``known``: what was put on it, as it lay before it was moved where it was ``moved``.
    """

    view: View
    text: np.ndarray
    known: Marks
    moved: bool = False

    @property
    def marks(self) -> Marks:
        """What was put on it."""
        return marks_of(self.view, self.known) if self.moved else self.known

    @property
    def sealed(self) -> bool:
        """True when seals were taken out of what is read."""
        return self.text is not self.view.grey

    def turned(self, degrees: int) -> _Sheet:
        """The sheet turned by so many degrees: a quarter, a half or three quarters."""
        grey, redness = (_turned(p, degrees) for p in (self.view.grey, self.view.redness))
        text = _turned(self.text, degrees) if self.sealed else grey
        return _Sheet(View(grey, redness, self.view.scale), text, self.known, True)

    def levelled(self, m: np.ndarray) -> _Sheet:
        """The sheet after an affine mapping. Where there is no red, and nothing was taken out of
        what is read, nothing has to be mapped for it.
        """
        view = self.view
        grey = affine(view.grey, m, _WHITE)
        red = cv2.threshold(view.redness, REDDISH, 1, cv2.THRESH_BINARY)[1]
        redness = affine_part(view.redness, m, cv2.boundingRect(red), np.zeros_like(grey))
        text = grey
        if self.sealed:
            lifted_at = cv2.boundingRect(cv2.absdiff(self.text, view.grey))
            text = affine_part(self.text, m, lifted_at, grey.copy())
        return _Sheet(View(grey, redness, view.scale), text, self.known, True)


def _laid_out(page: Page, sheet: _Sheet, words: list[Word], turned: int) -> Page:
    """The recognised words of an upright sheet as lines and cells, with what was put on the paper
    besides.
    """
    view = sheet.view
    chars = _chars(words, view.scale)
    strokes = rules_of(view)
    prints, seals, rings = sheet.marks
    quads = [w.quad for w in words]
    ink = ink_marks(replace(view, grey=sheet.text), quads, strokes)
    marks = [box for box in ink if not any(is_within(box, ring) for ring in rings)] + prints
    drawn = Drawn(chars, strokes, marks)
    lines, tables, sides = lay_out_sides(drawn, page.width, page.height, RECOGNISED)
    two = side_note(sides, chars, page.width)
    return replace(
        page,
        lines=tuple(replace(ln, text=_closed(ln.text)) for ln in lines),
        tables=tuple(tuple(map(_closed_row, table)) for table in tables),
        pictures=(*seals, *rings),
        confidence=round(_mean(words), 3),
        reason=(TURNED.format(turned) if turned else "") or two,
        sides=sides,
        ink=tuple(loose_ink(view, quads, strokes)),
    )


def _chars(words: list[Word], scale: float) -> Letters:
    """Every character of the words that leaves something after folding."""
    return Letters.of(c for w in words for c in _close_up(w, scale))


def _close_up(word: Word, scale: float) -> list[Char]:
    """The characters of a recognised line. Engines place them only roughly: what looks like a small
    gap between two Chinese ones is none (机关 负责 人) unless the second stands a good part of one
    further off than usual.
    """
    every = list(_placed(word, scale))
    sides = np.linalg.norm(np.roll(word.quad, -1, axis=0) - word.quad, axis=1)
    high = float(min(sides[1], sides[3])) / scale
    far = _usual_way(every, high) + _GAP * high
    out = every[:1]
    for last, char in pairwise(every):
        if _are_chinese(last, char) and _middle(char) - _middle(last) < far:
            out[-1] = last._replace(x1=max(last.x1, char.x0))
        out.append(char)
    return out


def _usual_way(every: list[Char], high: float) -> float:
    """From the middle of a Chinese character to that of the next, in a line so high."""
    ways = [_middle(b) - _middle(a) for a, b in pairwise(every) if _are_chinese(a, b)]
    return float(np.median(ways)) if len(ways) >= _ENOUGH else _PITCH * high


def _are_chinese(a: Char, b: Char) -> bool:
    return not (a.text.isascii() or b.text.isascii())


def _middle(char: Char) -> float:
    return (char.x0 + char.x1) / 2


def _closed_row(row: list[Cell]) -> tuple[Cell, ...]:
    return tuple(replace(c, text=_closed(c.text)) for c in row)


def _mean(words: list[Word]) -> float:
    n = sum(len(w.chars) for w in words)
    return sum(w.score * len(w.chars) for w in words) / n if n else 0.0


def _lying(words: list[Word]) -> bool:
    tall = [
        w for w in words if len(w.chars) >= 4 and np.ptp(w.quad[:, 1]) > 1.8 * np.ptp(w.quad[:, 0])
    ]
    return len(tall) > 0.5 * max(1, sum(len(w.chars) >= 4 for w in words))


def _upright(sheet: _Sheet, words: list[Word]) -> tuple[int, _Sheet, list[Word]]:
    """Try the other three directions and keep the best reading."""
    best = 0, sheet, words
    most = 0.0 if _lying(words) else _worth(words)
    for turn in (180, 90, 270):
        turned = sheet.turned(turn)
        got = recognise(turned.text)
        if _lying(got):
            continue
        if _worth(got) > most * 1.05:
            best, most = (turn, turned, got), _worth(got)
        if _mean(got) > 0.95 and turn == 180:
            break
    return best


def _turned(picture: np.ndarray, degrees: int) -> np.ndarray:
    return cv2.rotate(picture, _TURNS[degrees]) if degrees else picture


def _worth(words: list[Word]) -> float:
    """How good a reading is: sure of much text."""
    return _mean(words) * math.sqrt(max(1, sum(len(w.chars) for w in words)))


def _skew(words: list[Word]) -> float:
    """Degrees by which lines lean: the slope that fits the edges of all of them. Of a short line
    alone it is lost in whole pixels, and forms and catalogues have no others.
    """
    edges = [e for w in words if len(w.chars) >= _LONG for e in _edges(w.quad)]
    if not edges:
        return 0.0
    across, down = np.array(edges).T
    usual = np.median(np.degrees(np.arctan2(down, across)))
    kept = abs(np.degrees(np.arctan2(down, across)) - usual) < _ODD
    across, down = across[kept], down[kept]
    return math.degrees(math.atan2(float((across * down).sum()), float((across**2).sum())))


def _edges(quad: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The upper and the lower edge of a line."""
    return quad[1] - quad[0], quad[2] - quad[3]


def _level(sheet: _Sheet, words: list[Word], angle: float) -> tuple[_Sheet, list[Word]]:
    h, w = sheet.text.shape
    m = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0)

    return sheet.levelled(m), [_moved(word, m) for word in words]


def _moved(word: Word, m: np.ndarray) -> Word:
    """A line after an affine mapping."""
    quads = np.stack([word.quad, *(quad for _, quad in word.chars)]) @ m[:, :2].T + m[:, 2]
    chars = tuple((text, quad) for (text, _), quad in zip(word.chars, quads[1:], strict=True))
    return Word(chars, word.score, quads[0])


def _placed(word: Word, scale: float) -> Iterator[Char]:
    """The characters of a line that leave something after folding, with their boxes in points."""
    quads = np.stack([quad for _, quad in word.chars])
    boxes = np.hstack([quads.min(axis=1), quads.max(axis=1)]) / scale
    for (text, _), box in zip(word.chars, boxes.tolist(), strict=True):
        if folded := _folded(text):
            yield Char(folded, *box)


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    """A character as it is told; '' where nothing is left of it."""
    t = normalise(text).strip()
    return _FORMS.get(t, t)


_FORMS = {"(": "（", ")": "）", ",": "，", ";": "；", "○": "〇"}


def _closed(text: str) -> str:
    """Brackets around years in document numbers, as engines vary them; the nought that engines do
    not know in a day that is otherwise whole.
    """
    text = re.sub(r"[（〔\[【［](\d{4})[）〕\]】］](?=第?\d*号|第)", r"〔\1〕", text)
    text = _LOST_NOUGHT.sub("二〇", text)
    return re.sub(r"(?<=[\u4e00-\u9fff]):|:(?=[\u4e00-\u9fff])", "：", text)
