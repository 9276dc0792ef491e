"""Characters -> lines of text: clustered by height, spaced where the paper has gaps, and marked
where a paragraph ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from casereview.model import PICTURE, Box, Line
from casereview.reading.char import Letters
from casereview.reading.rows import Row, Which, rows_of

Place = tuple[int, int, int] | None  # (table, row, column) of a form cell
_STOPS = "。；：！？"
_SENTENCE_STOPS = "。；！？"  # behind a colon something is to follow
_NUMBER_AT_END = re.compile(r"[〔（(\[【]\d{4}[〕）)\]】]第?\d+号[）)]?$")
_PAPER_AT_END, _IN_SENTENCE = re.compile(r"[\u4e00-\u9fff]{4}[书单函]$"), re.compile(r"[，。；、]")
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


class Placed(NamedTuple):
    """The characters of a page by the places in which they stand. ``at``: the number of its place,
    for every character. ``marks``: boxes of signatures with the numbers of their places, which
    leave a mark in the line beside which they stand.
    """

    chars: Letters
    at: Which
    places: list[Place]
    marks: list[tuple[int, Box]]


def lines_of(sheets: Sequence[Placed], same_size: float) -> list[dict[Place, list[Line]]]:
    """For each of the sheets, all of which are looked at in one sweep: its lines in order from the
    top, for every place in which something stands. ``same_size``: how far the heights of two lines
    of one paragraph may differ, as a share.
    """
    before = list(accumulate((len(s.places) for s in sheets), initial=0))
    at = np.concatenate([s.at + n for s, n in zip(sheets, before, strict=False)])
    marks = [(p + n, box) for s, n in zip(sheets, before, strict=False) for p, box in s.marks]
    rows = iter(rows_of(Letters.joined([s.chars for s in sheets]), at, marks))
    found = ([(place, next(rows, [])) for place in s.places] for s in sheets)
    return [{p: _lines(own, p, same_size) for p, own in of if own} for of in found]


def _lines(rows: list[Row], cell: Place, same_size: float) -> list[Line]:
    """Rows of one place as lines. A line ends its paragraph where it is short, but for one after
    which the number that follows had no room; a full one where the next is indented, much larger or
    smaller, or far below.
    """
    left = min((row.box[0] for row in rows if len(row.text) >= _LONG), default=0.0)
    out = []
    for a, b in zip(rows, [*rows[1:], None], strict=False):
        # what is set to the right or centred stands alone: a number, a date, an agency
        apart = cell is None and a.box[0] - left > 5 * a.size
        end = b is None or apart or (_is_short(a) and not _pushed(a, b))
        end = end or (b is not None and _begins_anew(a, b, left, same_size, cell is None))
        out.append(Line(a.text, a.box, a.size, cell, end))
    return out


def _is_short(row: Row) -> bool:
    """True where characters would still fit; line breaking alone leaves room for up to three."""
    room = (row.right - row.box[2]) / max(row.size, 1.0)
    return room > 3 or (room > 1.6 and row.last in _STOPS)


def _pushed(a: Row, b: Row) -> bool:
    """True where the line ``a`` is short because the number that opens ``b`` had no room on it."""
    if a.text.rstrip()[-1:] in (*_SENTENCE_STOPS, PICTURE):
        return False
    number = _UNBROKEN.match(b.text)
    room = a.right - a.box[2]
    return number is not None and room < (len(number[0]) + 1) * _NARROW * a.size


def _is_title_above_addressee(a: Row, b: Row, left: float) -> bool:
    """True for a title, in the middle, with its number in brackets or with the word for a paper at
    its end, over the line that names whom the paper is for.
    """
    if not b.text.rstrip().endswith(("：", ":")):
        return False
    before, behind = a.box[0] - left, a.right - a.box[2]
    in_middle = before > 1.5 * a.size and abs(before - behind) < a.size
    at_margin = b.box[0] - left < a.size
    title = "".join(a.text.split())
    named = bool(_PAPER_AT_END.search(title)) and not _IN_SENTENCE.search(b.text)
    return at_margin and (in_middle or named) or bool(_NUMBER_AT_END.search(title))


def _opened(text: str) -> int:
    """How many brackets a line leaves open."""
    return sum(map(text.count, "（(")) - sum(map(text.count, "）)"))


def _begins_anew(a: Row, b: Row, left: float, same_size: float, free: bool) -> bool:
    """True when ``b`` does not go on with the paragraph of the full line ``a``. ``free``: they
    stand in no cell.
    """
    if (
        b.box[1] - a.box[3] > 1.3 * a.size
        or abs(b.size - a.size) > same_size * a.size
        or (free and b.box[0] - left > 1.2 * a.size)
    ):
        return True
    if a.text.rstrip()[-1:] in ("。", "；", "：") and _NUMBERED.match(b.text):
        return True
    if _SIGNING.match(b.text) or _is_title_above_addressee(a, b, left):
        return True
    if not _is_labelled(b.text) or _opened(a.text) > 0:
        return False
    return a.text.rstrip()[-1:].isdigit() or _is_labelled(a.text)


def _is_labelled(text: str) -> bool:
    """True for a line that begins with a label."""
    return ("：" in text or ":" in text) and _LABELLED.match(text) is not None
