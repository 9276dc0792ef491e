"""Characters -> lines of text: clustered by height, spaced where the paper has gaps, and marked
where a paragraph ends.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from casereview.model import PICTURE, Box, Line
from casereview.reading.char import Char
from casereview.reading.rows import Row, rows_of

Place = tuple[int, int, int] | None  # (table, row, column) of a form cell
_STOPS = "。；：！？"
_NUMBER_AT_END = re.compile(r"[〔（(\[【]\d{4}[〕）)\]】]第?\d+号[）)]?$")
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[、.．](?!\d))"
)
# a line that asks for a signature, or has a label behind a number or another field, begins anew
_SIGNING = re.compile(
    r"\s*[\u4e00-\u9fff]{2,12}[（(]?(?:签名|签字|签章|盖章|签收)[^：:。]{0,8}[：:]"
)
_LABELLED = re.compile(r"\s*(?:[\u4e00-\u9fff] ?){2,10}(?:[（(][^（）()]{1,8}[)）])?\s*[：:]")
# a number or a word in letters is not broken between lines
_UNBROKEN = re.compile(r"[（(￥¥]{0,2}[0-9A-Za-z][0-9A-Za-z.,%\-]*")
_NARROW = 0.62  # width of a figure or letter against the height of the text
_LONG = 12  # characters from which a line shows the width of the text


def lines_by_place(
    chars: list[Char], places: list[Place], marks: list[tuple[Place, Box]], same_size: float
) -> dict[Place, list[Line]]:
    """Lines in order from the top, for every place in which something stands. ``places``: of each
    character. ``marks``: boxes of signatures with their places, which leave a mark in the line
    beside which they stand. ``same_size``: how far the heights of two lines of one paragraph may
    differ, as a share.
    """
    every = list(dict.fromkeys([*places, *(place for place, _ in marks)]))
    number = {place: n for n, place in enumerate(every)}
    at = np.array([number[place] for place in places], np.intp)
    rows = rows_of(chars, at, [(number[place], box) for place, box in marks])
    out: dict[Place, list[Line]] = {}
    for place, found in zip(every, rows, strict=True):
        lines = [_line(row, place) for row in found]
        out[place] = _end_before_indent(lines, same_size, found[0].right)
    return out


def _line(row: Row, cell: Place) -> Line:
    """A row as a line, which ends where characters would still fit; line breaking alone leaves up
    to three.
    """
    short = (row.right - row.box[2]) / max(row.size, 1.0)
    end = short > 3 or (short > 1.6 and row.last in _STOPS)
    return Line(row.text, row.box, row.size, cell, end)


def _end_before_indent(lines: list[Line], same_size: float, right: float) -> list[Line]:
    """A full line also ends its paragraph when the next one is indented, much larger or smaller, or
    far below; a short one does not where the number that follows had no room (``right``: how far
    the text reaches).
    """
    left = min((ln.box[0] for ln in lines if ln.box and len(ln.text) >= _LONG), default=0.0)
    out = []
    for a, b in zip(lines, [*lines[1:], None], strict=False):
        # what is set to the right or centred stands alone: a number, a date, an agency
        apart = a.cell is None and bool(a.box) and a.box[0] - left > 5 * a.size
        short = b is None or (a.end and not _pushed(a, b, right))
        end = b is None or short or apart or _begins_anew(a, b, left, same_size)
        out.append(a if a.end is end else replace(a, end=end))
    return out


def _pushed(a: Line, b: Line, right: float) -> bool:
    """True where the line ``a`` is short because the number that opens ``b`` had no room on it."""
    if not a.box or not b.box or a.text.rstrip()[-1:] in (*_STOPS, PICTURE):
        return False
    number = _UNBROKEN.match(b.text)
    room = right - a.box[2]
    return number is not None and room < (len(number[0]) + 1) * _NARROW * a.size


def _is_title_above_addressee(above: str, below: str) -> bool:
    """True for a title with its number in brackets over the line that names whom a paper is for."""
    title = re.sub(r"\s", "", above)
    return bool(_NUMBER_AT_END.search(title)) and below.rstrip().endswith(("：", ":"))


def _opened(text: str) -> int:
    """How many brackets a line leaves open."""
    return sum((c in "（(") - (c in "）)") for c in text)


def _begins_anew(a: Line, b: Line, left: float, same_size: float) -> bool:
    """True when ``b`` does not go on with the paragraph of the full line ``a``."""
    numbered = _NUMBERED.match(b.text) and a.text.rstrip()[-1:] in ("。", "；", "：")
    open_ended = _opened(a.text) > 0
    after_field = a.text.rstrip()[-1:].isdigit() or _LABELLED.match(a.text)
    field = not open_ended and _LABELLED.match(b.text) and after_field
    if field or _SIGNING.match(b.text) or _is_title_above_addressee(a.text, b.text):
        return True
    return (
        b.box[1] - a.box[3] > 1.3 * a.size
        or bool(numbered)
        or abs(b.size - a.size) > same_size * a.size
        or (b.box[0] - left > 1.2 * a.size and a.cell is None)
    )
