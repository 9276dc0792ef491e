"""Forms as houses print them, written as one plain sort of form, so that everything that reads a
form reads all of them alike:

    案由       | 案件来源            案由     | 随意倾倒生活垃圾     labels above their values,
    随意倾倒…  | 网络监测发现    ->  案件来源 | 网络监测发现         row by row
    住址                             住址     | 科技大街40号
    科技大街40号

    【案由】随意倾倒生活垃圾     ->  案由：随意倾倒生活垃圾          labels in brackets
    3．案由：随意倾倒生活垃圾    ->  案由：随意倾倒生活垃圾          numbered fields
    单位/个人[签名]：[√]是[ ]否  ->  单位或个人（签名）：☑是□否      marks of another sort

    …；拍摄时间：3月2日；摄      ->  one paragraph, in which 摄影地点：…   labels cut by the end
    影地点：科技大街40号              is a field of its own                of a line
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from casereview.chinese import key, without_spaces
from casereview.model import PICTURE, Box, Cell, Line, Page, SourceFile
from casereview.papers.vocabulary import Vocabulary

Row = tuple[Cell, ...]
Table = tuple[Row, ...]
Pair = tuple[int, int]  # a row of labels and the row of values below it

_LONGEST_LABEL = 24
_NO_LABEL = re.compile(rf"[\d：:。，；{PICTURE}]")
_LABEL = r"[\u4e00-\u9fff][^【】：:。，\n]{1,23}"
_BEFORE_LABELS = (  # what stands before labels, where lines begin with it, and what remains
    (re.compile(rf"^\s*【({_LABEL})】[：:]?"), "【".__eq__, r"\1："),
    (re.compile(rf"^\s*\d{{1,2}}\s*[．.、]\s*({_LABEL})[：:]"), str.isdecimal, r"\1："),
)
_SLASH = re.compile(r"(?<=[\u4e00-\u9fff])/(?=[\u4e00-\u9fff（）()]{1,12}[：:])")
_SQUARE = re.compile(r"\[([\u4e00-\u9fff]{2,8})\](?=\s*[：:])")
_TICKED_BOX = re.compile(r"[\[［]\s*[√✓✔☑]\s*[\]］]")
_OPEN_BOX = re.compile(r"[\[［]\s*[\]］](?=\s*[\u4e00-\u9fff])(?!\s*[号年第])")
# a label that begins behind a mark at the end of a line, and what stands before a colon
_TAIL = re.compile(r"[；;，,、]\s*([\u4e00-\u9fff]{1,6})$")
_HEAD = re.compile(r"([\u4e00-\u9fff]{1,10}(?:[（(][^（）()]{1,8}[)）])?)\s*[：:]")
_PAIRS, _ALONE = 3, 2  # so many at least make such a form, and so many that are all of a table
_PAIRED = 0.8  # share of the rows that are in pairs
_ABOVE, _BELOW = 0.6, 0.1  # shares of what may be labels, and of labels that somebody knows
_OFF = 3.0  # points by which the edges of two cells of one column may differ


def written_plainly(source: SourceFile, vocab: Vocabulary) -> SourceFile:
    """A file with its forms written so; itself where all of them are plain."""
    pages = tuple(_beside(_whole_labels(_labels_first(p), vocab), vocab) for p in source.pages)
    same = all(a is b for a, b in zip(pages, source.pages, strict=True))
    return source if same else replace(source, pages=pages)


def _labels_first(page: Page) -> Page:
    """A page with its lines beginning with labels and nothing before them, in every line of a kind
    of which there are enough.
    """
    lines = page.lines
    begin = [line.text.lstrip()[:1] for line in lines]
    for shape, begins, plain in _BEFORE_LABELS:
        if sum(map(begins, begin)) < _PAIRS:
            continue
        fields = [bool(shape.match(line.text)) for line in lines]
        if sum(fields) >= _PAIRS:
            ends = [*fields[1:], False]  # a line ends where the next begins a field
            lines = tuple(
                replace(line, text=shape.sub(plain, line.text), end=line.end or end)
                for line, end in zip(lines, ends, strict=True)
            )
    lines = tuple(_with_text(line, _one_sort_of_marks(line.text)) for line in lines)
    same = all(a is b for a, b in zip(lines, page.lines, strict=True))
    return page if same else replace(page, lines=lines, tables=_plain_tables(page))


def _plain_tables(page: Page) -> tuple[Table, ...]:
    """The tables of a page with one sort of marks in their cells."""
    return tuple(
        tuple(tuple(_with_marks(cell) for cell in row) for row in table) for table in page.tables
    )


def _with_marks(cell: Cell) -> Cell:
    text = _one_sort_of_marks(cell.text)
    return cell if text == cell.text else replace(cell, text=text)


def _one_sort_of_marks(text: str) -> str:
    """Labels with round brackets and the word 或 in the place of square ones and strokes; boxes of
    options as one character ([√]同意[ ]不同意).
    """
    if "[" in text or "［" in text:
        text = _OPEN_BOX.sub("□", _TICKED_BOX.sub("☑", _SQUARE.sub(r"（\1）", text)))
    return _SLASH.sub("或", text) if "/" in text else text


def _whole_labels(page: Page, vocab: Vocabulary) -> Page:
    """A page on which no paragraph ends inside a label: where what stands at the end of a line
    makes the words before the first colon of the next a label, they go together.
    """
    lines = list(page.lines)
    for n, (line, below) in enumerate(pairwise(page.lines)):
        if line.end and line.cell == below.cell and _cuts_label(line.text, below.text, vocab):
            lines[n] = replace(line, end=False)
    same = all(a is b for a, b in zip(lines, page.lines, strict=True))
    return page if same else replace(page, lines=tuple(lines))


def _cuts_label(line: str, below: str, vocab: Vocabulary) -> bool:
    tail, head = _TAIL.search(line.rstrip()), _HEAD.match(below.lstrip())
    if tail is None or head is None or vocab.is_label(head[1]):
        return False
    whole = tail[1] + head[1]
    return vocab.is_label(whole) or (vocab.may_be_label(whole) and not vocab.may_be_label(head[1]))


def _with_text(line: Line, text: str) -> Line:
    return line if line.text == text else replace(line, text=text)


def _beside(page: Page, vocab: Vocabulary) -> Page:
    pairs = {n: found for n, t in enumerate(page.tables) if (found := pairs_of(t, vocab))}
    if not pairs:
        return page
    tables, lines = list(page.tables), list(page.lines)
    for n, found in pairs.items():
        moved = _moves(tables[n], found)
        tables[n] = _rewritten(tables[n], found)
        lines = _reordered(lines, n, moved)
    return replace(page, tables=tuple(tables), lines=tuple(lines))


def pairs_of(table: Table, vocab: Vocabulary) -> list[Pair]:
    """The rows of labels with the rows of values below them; [] where the labels of a table do not
    stand above: too few pairs, too many other rows, no labels above, or labels among the values.
    """
    pairs = list(_pairs(table))
    if not _are_enough(len(pairs), len(table)):
        return []
    above = [key(c.text) for top, _ in pairs for c in table[top] if c.text.strip()]
    below = [c.text for _, low in pairs for c in table[low] if c.text.strip()]
    labels = sum(map(vocab.may_be_label, above)) >= _ABOVE * len(above)
    values = sum(map(vocab.is_label, below)) <= _BELOW * len(below)
    return pairs if labels and values else []


def _are_enough(pairs: int, rows: int) -> bool:
    least = _ALONE if 2 * pairs == rows else _PAIRS
    return pairs >= least and 2 * pairs >= _PAIRED * rows


def _pairs(table: Table) -> Iterator[Pair]:
    n = 0
    while n + 1 < len(table):
        if all(map(_may_be_label, table[n])) and _in_columns(table[n], table[n + 1]):
            yield n, n + 1
            n += 2
        else:
            n += 1


def _may_be_label(cell: Cell) -> bool:
    text = without_spaces(cell.text)
    return 2 <= len(text) <= _LONGEST_LABEL and not _NO_LABEL.search(text)


def _in_columns(top: Row, low: Row) -> bool:
    """True for two rows with the same columns."""
    return len(top) == len(low) and all(
        _same_column(a.box, b.box) for a, b in zip(top, low, strict=True)
    )


def _same_column(a: Box | None, b: Box | None) -> bool:
    if a is None or b is None:
        return True
    return abs(a[0] - b[0]) <= _OFF and abs(a[2] - b[2]) <= _OFF


def _rewritten(table: Table, pairs: list[Pair]) -> Table:
    below = dict(pairs)
    values = set(below.values())
    rows: list[Row] = []
    for n, row in enumerate(table):
        if n in below:
            rows += zip(row, table[below[n]], strict=True)
        elif n not in values:
            rows.append(row)
    return tuple(rows)


def _moves(table: Table, pairs: list[Pair]) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column of every cell before -> after."""
    below = dict(pairs)
    values = set(below.values())
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    to = 0
    for n, row in enumerate(table):
        if n in values:
            continue
        for column in range(len(row)):
            if n in below:
                moved[n, column] = to, 0
                moved[below[n], column] = to, 1
                to += 1
            else:
                moved[n, column] = to, column
        to += n not in below
    return moved


def _reordered(
    lines: list[Line], table: int, moved: dict[tuple[int, int], tuple[int, int]]
) -> list[Line]:
    """The lines of a page with those of one table in the places, and in the order, of its cells
    after they moved.
    """
    where = [n for n, line in enumerate(lines) if line.cell and line.cell[0] == table]
    own = [_moved(lines[n], moved) for n in where]
    own.sort(key=lambda line: line.cell[1:] if line.cell else ())  # stable: by cell, as they stood
    out = list(lines)
    for n, line in zip(where, own, strict=True):
        out[n] = line
    return out


def _moved(line: Line, moved: dict[tuple[int, int], tuple[int, int]]) -> Line:
    assert line.cell is not None
    table, row, column = line.cell
    return replace(line, cell=(table, *moved[row, column]))
