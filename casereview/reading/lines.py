"""Characters -> lines of text: clustered by height, spaced where the paper has gaps, and marked
where a paragraph ends.
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import itemgetter

from casereview.model import PICTURE, Box, Line
from casereview.reading.char import PRINTED, Char

Place = tuple[int, int, int] | None  # (table, row, column) of a form cell
_FIRST = itemgetter(0)
_LEFT, _UPPER, _RIGHT, _LOWER = map(itemgetter, range(1, 5))  # edges of a character
_HANGING = set("，。；：、）》”’,.;:")  # may stand beyond the right edge of the text
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


def lines_of(
    chars: list[Char], pictures: list[Box], cell: Place = None, same_size: float = PRINTED
) -> list[Line]:
    """Lines in order from the top. ``pictures``: boxes of signatures, which leave a mark in the
    line beside which they stand. ``same_size``: how far the heights of two lines of one paragraph
    may differ, as a share.
    """
    rows = by_height(chars)
    for box in pictures:
        _put_mark(Char(PICTURE, *box), rows)
    placed = sorted(((_top(row), row) for row in rows), key=_FIRST)
    right = _right_edge(rows)
    lines = [_line(sorted(row, key=_LEFT), top, right, cell) for top, row in placed]
    return _end_before_indent(lines, same_size, right)


def by_height(chars: list[Char]) -> list[list[Char]]:
    """Characters whose middles lie at one height."""
    rows: list[list[Char]] = []
    before = 0.0
    placed = [((c[2] + c[4]) / 2, c[1], n, c) for n, c in enumerate(chars)]
    for mid, _, _, c in sorted(placed):
        if rows and mid - before <= 0.45 * max(c[4] - c[2], 1):
            rows[-1].append(c)
        else:
            rows.append([c])
        before = mid
    return rows


def _written(row: list[Char]) -> list[Char]:
    return [c for c in row if c[0] != PICTURE] or row


def _top(row: list[Char]) -> float:
    return min(map(_UPPER, _written(row)))


def _bottom(row: list[Char]) -> float:
    return max(map(_LOWER, _written(row)))


def _put_mark(mark: Char, rows: list[list[Char]]) -> None:
    """A picture joins the line that it overlaps most; else it is a line of its own."""
    best, share = None, 0.25
    for row in rows:
        top, bottom = _top(row), _bottom(row)
        overlap = (min(bottom, mark.y1) - max(top, mark.y0)) / max(bottom - top, 1)
        if overlap > share:
            best, share = row, overlap
    if best is None:
        rows.append([mark])
    else:
        best.append(mark)


def _right_edge(rows: list[list[Char]]) -> float:
    """How far the text reaches to the right."""
    long = [row for row in rows if len(row) >= _LONG] or rows
    return max((c[3] for row in long for c in row if c[0] not in _HANGING), default=0)


def _line(row: list[Char], top: float, right: float, cell: Place) -> Line:
    """One line of characters sorted from the left."""
    size = _median([c[4] - c[2] for c in _written(row)])
    parts, last, wide, narrow = [], row[0].x0, 1.3 * size, 0.28 * size
    for text, x0, _, x1, _, _ in row:
        gap = x0 - last
        parts.append(f"  {text}" if gap > wide else f" {text}" if gap > narrow else text)
        last = x1
    box = (row[0].x0, top, max(map(_RIGHT, row)), _bottom(row))
    # characters that would still fit; line breaking alone leaves up to three
    short = (right - box[2]) / max(size, 1.0)
    end = short > 3 or (short > 1.6 and row[-1].text in _STOPS)
    return Line("".join(parts), box, size, cell, end)


def _median(numbers: list[float]) -> float:
    numbers.sort()
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


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


def _begins_anew(a: Line, b: Line, left: float, same_size: float) -> bool:
    """True when ``b`` does not go on with the paragraph of the full line ``a``."""
    numbered = _NUMBERED.match(b.text) and a.text.rstrip()[-1:] in ("。", "；", "：")
    field = _LABELLED.match(b.text) and (a.text.rstrip()[-1:].isdigit() or _LABELLED.match(a.text))
    if field or _SIGNING.match(b.text) or _is_title_above_addressee(a.text, b.text):
        return True
    return (
        b.box[1] - a.box[3] > 1.3 * a.size
        or bool(numbered)
        or abs(b.size - a.size) > same_size * a.size
        or (b.box[0] - left > 1.2 * a.size and a.cell is None)
    )
