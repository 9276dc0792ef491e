"""Reading workbooks as they come back from offices: XLSX, and the older XLS and ET of WPS, told
apart by content, whatever the file is called.

A cell that was merged over several rows speaks for each of them. What is no value (a formula in
XLSX, an error) is named with its row and column, so that nobody takes it for one.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # they take longer to import than most commands to run
    import xlrd

MOST_ROWS, MOST_COLUMNS = 100_000, 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # how a locked XLSX names itself
_FORMULA = "是公式，请改成文字或者数"
_MISTAKE = "是错误值 {}，请重新填写"
Spot = tuple[int, int]  # row and column from zero
Span = tuple[int, int, int]  # first row, row after the last, column


@dataclass(frozen=True)
class Cells:
    """One sheet: its rows of values, and cells that hold no value with what is wrong there."""

    name: str
    rows: list[list[Any]]
    faults: dict[Spot, str] = field(default_factory=dict)

    def complaints(self, path: Path, head: int = 0) -> list[str]:
        """A sentence for each fault. ``head``: the row that names the columns."""
        return [
            f"{path}：第 {row + 1} 行 {self._column(column, head)} 列：{why}"
            for (row, column), why in sorted(self.faults.items())
        ]

    def _column(self, column: int, head: int) -> str:
        heads = self.rows[head]
        named = heads[column] if column < len(heads) else None
        return str(named).strip() if named not in (None, "") else f"第 {column + 1}"


def sheets_of(path: Path) -> list[Cells]:
    """Every sheet of a workbook. Raises ValueError with a sentence when it cannot be read."""
    data = path.read_bytes()
    try:
        return _of_xls(data) if data.startswith(_OLE) else _of_xlsx(data)
    except Exception as e:  # both libraries raise many kinds on a file that is no workbook
        if _LOCKED in data or "encrypted" in str(e).lower():
            raise ValueError(f"{path}：有打开密码，请去掉密码再交") from e
        why = f"打不开，不是 Excel 工作簿（{type(e).__name__}）"
        raise ValueError(f"{path}：{why}；请用 WPS 或 Excel 打开后另存为 xlsx") from e


def read_sheet(path: Path, name: str = "") -> tuple[list[list[Any]], list[str]]:
    """Cells of a sheet (the named one, else the first) and complaints about cells that hold no
    value. Raises ValueError when it is no workbook.
    """
    sheets = sheets_of(path)
    sheet = next((s for s in sheets if s.name == name), sheets[0])
    return sheet.rows, sheet.complaints(path)


def _of_xlsx(data: bytes) -> list[Cells]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    return [_of_worksheet(sheet) for sheet in book.worksheets]


def _of_worksheet(sheet: Any) -> Cells:
    last, width = min(sheet.max_row, MOST_ROWS), min(sheet.max_column, MOST_COLUMNS)
    cells = list(sheet.iter_rows(max_row=last, max_col=width))
    rows = [[c.value for c in row] for row in cells]
    wrong = {"f": _FORMULA, "e": _MISTAKE}
    faults = {
        (c.row - 1, c.column - 1): wrong[c.data_type].format(c.value)
        for row in cells
        for c in row
        if c.data_type in wrong
    }
    merged = [(m.min_row - 1, m.max_row, m.min_col - 1) for m in sheet.merged_cells.ranges]
    return Cells(sheet.title, _spread(rows, merged), faults)


def _of_xls(data: bytes) -> list[Cells]:
    import xlrd

    quiet = io.StringIO()  # the library would talk to the terminal
    with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=quiet) as book:
        return [_of_old_sheet(sheet, book.datemode) for sheet in book.sheets()]


def _of_old_sheet(sheet: xlrd.sheet.Sheet, datemode: Literal[0, 1]) -> Cells:
    import xlrd

    cells = [sheet.row(n)[:MOST_COLUMNS] for n in range(min(sheet.nrows, MOST_ROWS))]
    rows = [[_value(c, datemode) for c in row] for row in cells]
    faults = {
        (row, column): _MISTAKE.format(rows[row][column])
        for row, found in enumerate(cells)
        for column, c in enumerate(found)
        if c.ctype == xlrd.XL_CELL_ERROR
    }
    merged = [(first, after, column) for first, after, column, _ in sheet.merged_cells]
    return Cells(sheet.name, _spread(rows, merged), faults)


def _value(cell: xlrd.sheet.Cell, datemode: Literal[0, 1]) -> Any:
    """The value of an old cell as the newer format gives it."""
    import xlrd
    from xlrd.biffh import error_text_from_code

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    value: Any = cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return error_text_from_code.get(value, "")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(value, datemode)
    whole = cell.ctype == xlrd.XL_CELL_NUMBER and value == int(value)
    return int(value) if whole else value


def _moment(value: float, datemode: Literal[0, 1]) -> dt.datetime | float:
    """A day as Excel counts it; the bare number where it is none."""
    import xlrd

    try:
        return xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):
        return value


def _spread(rows: list[list[Any]], merged: Iterable[Span]) -> list[list[Any]]:
    """The rows with what stands in a merged cell in each of its rows."""
    for first, after, column in merged:
        if first >= len(rows) or column >= len(rows[first]):
            continue
        for row in rows[first + 1 : after]:
            row += [None] * (column + 1 - len(row))
            row[column] = rows[first][column]
    return rows
