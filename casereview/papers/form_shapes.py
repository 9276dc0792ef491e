"""The shapes in which forms print a field: what a label may be called when it is numbered or names
two fields at once, heads of columns with one row below, forms without lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import takewhile

from casereview.chinese import has_gaps, without_spaces
from casereview.model import PICTURE, Cell, Line
from casereview.papers.running_text import RunningText

_REMARKS = re.compile(r"\([^()]*\)")
_ORDINAL = re.compile(r"[一二三四1-4①②③④]$")
_AND = re.compile(r"[、，,/及和与]|或者?")
_HEADS = 3  # so many columns at least has a table whose heads stand above their values
_SHORT = 16  # characters of a head of a column, at most
_FIELD_LINE = re.compile(
    r"(?:[\u4e00-\u9fff][ \u3000]?){2,8}(?:[（(][^（）()\n]{1,10}[)）])?[ \u3000]+[^\s：:][^：:。]*"
)
_FIELD_LINES, _SHARE = 3, 0.4  # so many such lines, and such a share of a page, make a form


@lru_cache(maxsize=4000)
def meanings(label: str) -> tuple[str, ...]:
    """What a label (a key) names besides itself: 询问人一 a 询问人; 送达地点、方式 both 送达地点
    and 送达方式.
    """
    bare = _REMARKS.sub("", label)
    plain = _ORDINAL.sub("", bare)
    out = [plain] if plain != bare and len(plain) >= 2 else []
    parts = [p for p in _AND.split(plain) if p]
    if len(parts) < 2 or not all(len(p) >= 2 for p in parts):
        return tuple(out)
    first = parts[0]
    shared = [first[:n] + p for p in parts[1:] for n in range(1, len(first) - 1)]
    return (*out, *parts, *shared)


Row = tuple[Cell, ...]
IsLabel = Callable[[str], bool]


def columns_of(table: tuple[Row, ...], is_label: IsLabel) -> tuple[Row, tuple[Row, ...]] | None:
    """The heads of columns of a table with the filled rows below; None where the table has none.
    Heads are mostly labels that somebody knows, and nothing below them is one.
    """
    for n, heads in enumerate(table):
        rows = _of_width(len(heads), table[n + 1 :])
        if _are_columns(heads, rows, is_label):
            return (heads, rows) if all(map(_is_head, heads)) else None
    return None


def _of_width(width: int, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The filled rows of so many cells, up to the first of another width (备注 below a table)."""
    return tuple(takewhile(lambda row: len(row) == width, filter(_filled, rows)))


def _are_columns(heads: Row, rows: tuple[Row, ...], is_label: IsLabel) -> bool:
    """True for rows below, of which no cell is a label, under labels."""
    if not rows or len(heads) < _HEADS:
        return False
    known = 2 * sum(is_label(c.text) for c in heads) >= len(heads)
    return known and not any(is_label(c.text) for row in rows for c in row)


def _filled(row: Row) -> bool:
    return any(without_spaces(c.text) for c in row)


def _is_head(cell: Cell) -> bool:
    bare = without_spaces(cell.text)
    return 2 <= len(bare) <= _SHORT and not re.search(rf"[\d：:。{PICTURE}]", bare)


def form_lines(running_text: RunningText) -> list[tuple[int, Line]]:
    """The lines of forms that are printed without rules: a label, a gap, a value, line after
    line (covers are); none where a page has only a few such lines.
    """
    out: list[tuple[int, Line]] = []
    for page in running_text.pages:
        free = [line for line in page.lines if line.cell is None and without_spaces(line.text)]
        gapped = (line for line in free if has_gaps(line.text, 1))  # as all of them are
        fields = [line for line in gapped if _FIELD_LINE.fullmatch(line.text.strip())]
        if len(fields) >= max(_FIELD_LINES, _SHARE * len(free)):
            out += [(page.number, line) for line in fields]
    return out
