"""Lists that went out as workbooks, read row by row as they come back.

People move and copy sheets, change the order of columns, merge what is the same in several rows,
number rows by formula, and put a line for stamp and signature below. None of this is a fault. A row
is given with its place, its cells by column and what stands there that is no value; what a row
means is for who sent the list.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casereview.chinese import decode
from casereview.errors import UsageError
from casereview.reports.inert import clean
from casereview.workbook import Cells, sheets_of

Fault = tuple[str, str]  # column, what is wrong


@dataclass(frozen=True)
class ListForm:
    """How a list looks. ``called``: as people know it; ``columns``: all its heads; ``needed``:
    those without which nothing can be read; ``filled``: those that people write in; ``key``: the
    one that names the finding; ``mark``: the one that, like the key, tells the head from titles.
    """

    called: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    filled: tuple[str, ...]
    key: str
    mark: str


@dataclass(frozen=True)
class Row:
    """A row below the head: sheet and place, its cells by column, and what is no value."""

    sheet: str
    where: str
    cells: Mapping[str, Any]
    faults: tuple[Fault, ...]

    def text(self, column: str) -> str:
        """A cell as text."""
        return text_of(self.cells.get(column))

    def bare(self, column: str) -> str:
        """A chosen word: without spaces, line breaks and wide forms of signs."""
        return bare(self.cells.get(column))

    @property
    def written(self) -> tuple[str, ...]:
        """Everything that stands in the row."""
        return tuple(dict.fromkeys(filter(None, map(text_of, self.cells.values()))))

    @property
    def left_out(self) -> str:
        """That the row speaks of no finding, with what stands in it."""
        return f"{self.where}没有标识，没有导入：{clean('　'.join(self.written))}"

    def complaints(self, wrong: Sequence[Fault]) -> list[str]:
        """What is wrong, each with row and column."""
        return [f"{self.where} {column} 列：{why}" for column, why in wrong]


def fitting(path: Path, forms: Sequence[ListForm]) -> ListForm | None:
    """Which list a workbook (or a CSV) carries: the one most of whose heads stand in one row; None
    where there is none. Raises UsageError.
    """
    rows = [row for sheet in _sheets(path) for row in sheet.rows]
    named = [[len(_named(row, form)) for row in rows if _is_head(row, form)] for form in forms]
    most = [max(counts, default=0) for counts in named]
    return forms[most.index(max(most))] if any(most) else None


def _sheets(path: Path) -> list[Cells]:
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    try:
        return [_csv(path)] if path.suffix.lower() == ".csv" else sheets_of(path)
    except ValueError as e:
        raise UsageError(str(e)) from e


def rows_of(path: Path, form: ListForm) -> list[Row]:
    """The rows of every sheet of a workbook (or a CSV) that carries the list. Raises UsageError."""
    sheets = _sheets(path)
    lists = [(s, start) for s in sheets if (start := _head(s, form)) is not None]
    if not lists:
        raise UsageError(
            f"{path}：没有找到表头“{form.mark}”“{form.key}”，不是{form.called}；没有导入。"
        )
    one = len(lists) == 1
    return [
        row
        for sheet, start in lists
        for row in _below(
            f"{path}：" + ("" if one else f"“{clean(sheet.name)}”表"), sheet, start, form
        )
    ]


def _csv(path: Path) -> Cells:
    """A list that somebody saved as text, in whatever encoding Excel and WPS write."""
    return Cells(path.stem, list(csv.reader(io.StringIO(decode(path.read_bytes())))))


def _head(sheet: Cells, form: ListForm) -> int | None:
    """The row that names the columns; of a head in two rows the one that names most of them."""
    heads = [n for n, row in enumerate(sheet.rows) if _is_head(row, form)]
    return max(heads, key=lambda n: (len(_named(sheet.rows[n], form)), -n), default=None)


def _is_head(row: Sequence[object], form: ListForm) -> bool:
    return bool({form.key, form.mark} & set(_named(row, form).values()))


def _named(row: Sequence[object], form: ListForm) -> dict[int, str]:
    """Columns of the list by their place in a row."""
    plain = {bare(name): name for name in form.columns}
    return {n: plain[b] for n, v in enumerate(row) if (b := bare(v)) in plain}


def _below(where: str, sheet: Cells, start: int, form: ListForm) -> list[Row]:
    """The rows under a head. Raises UsageError when a column is missing or stands there twice."""
    columns = _named(sheet.rows[start], form)
    names = list(columns.values())
    if lacking := [h for h in form.needed if h not in names]:
        text = f"{where}表头缺“{'、'.join(lacking)}”"
        raise UsageError(f"{text}，请用原表填写；没有导入。")
    if twice := [h for h in (*form.needed, form.key) if names.count(h) > 1]:
        text = f"{where}第 {start + 1} 行表头“{'、'.join(twice)}”出现了两次"
        raise UsageError(f"{text}，不知道看哪一列；没有导入。")
    return [
        _row(where, n, sheet, columns, form)
        for n in range(start + 1, len(sheet.rows))
        if not _is_head(sheet.rows[n], form)  # it may be repeated on each page
    ]


def _row(where: str, n: int, sheet: Cells, columns: Mapping[int, str], form: ListForm) -> Row:
    """One row; cells beside the columns of the list count as what stands in it, unless named."""
    cells = {columns.get(c, f"第 {c + 1} 列"): v for c, v in enumerate(sheet.rows[n])}
    faults = tuple(
        (columns[c], why)
        for (row, c), why in sorted(sheet.faults.items())
        if row == n and columns.get(c) in (*form.filled, form.key)
    )
    return Row(sheet.name, f"{where}第 {n + 1} 行", cells, faults)


def text_of(v: object) -> str:
    """A cell as text."""
    return "" if v is None else str(v).strip()


def bare(v: object) -> str:
    """A heading or a chosen word: without spaces, line breaks and wide forms of signs."""
    return "".join(unicodedata.normalize("NFKC", text_of(v)).split())
