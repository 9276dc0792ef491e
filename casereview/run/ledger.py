"""The ledger of cases (案卷台账) as offices keep it: titles above the head, merged heads, columns
in any order under any of their names, totals below. What the columns may be called is data
(``台账/列名.yaml``).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from casereview.chinese import decode
from casereview.chinese.wordlists import read_lists
from casereview.errors import UsageError
from casereview.rounds.sampling import LINE, NUMBER, UNIT
from casereview.settings import rules_folder, shipped_rules
from casereview.workbook.sheets import Cells, sheets_of

COLUMNS = (UNIT, NUMBER, "领域", "程序", "年度")
NO_CASE = "不是案卷"
_FILE = Path("台账") / "列名.yaml"
_DEEPEST = 30  # rows in which a head may stand
Heads = dict[int, str]  # column -> what it is


def read_ledger(path: Path) -> list[dict[str, str]]:
    """The cases of a ledger, each with its row (台账行) as Excel numbers it. Columns that are known
    by another name carry their own. Raises UsageError.
    """
    if not path.is_file():
        raise UsageError(f"没有文件 {path}；案卷台账是一个 Excel 或者 CSV 文件。")
    names = _names()
    sheets = _of_csv(path) if path.suffix.lower() == ".csv" else _of_workbook(path)
    for sheet in sheets:
        found = _head(sheet.rows, names)
        if found is not None:
            return _cases(path, sheet, found, names)
    looked = "、".join(s.name for s in sheets)
    raise UsageError(
        f"{path} 里没有找到台账的表头：要有一行写着“{UNIT}”和“{NUMBER}”（看过 {looked}）。"
        f"也认得 {'、'.join(names[UNIT][1:4])}，{'、'.join(names[NUMBER][1:5])} 等写法。"
    )


def _names() -> Mapping[str, tuple[str, ...]]:
    own = rules_folder() / _FILE
    return read_lists(own if own.is_file() else shipped_rules() / _FILE, (*COLUMNS, NO_CASE))


def _of_csv(path: Path) -> list[Cells]:
    rows = list(csv.reader(io.StringIO(decode(path.read_bytes()))))
    return [Cells(path.name, [list(r) for r in rows])]


def _of_workbook(path: Path) -> list[Cells]:
    try:
        return sheets_of(path)
    except ValueError as e:
        raise UsageError(str(e)) from e


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _bare(text: str) -> str:
    """A head without blanks and what stands in brackets."""
    return re.sub(r"[（(\[【〔].*?[）)\]】〕]|\s|[:：*]", "", text)


def _head(rows: Sequence[Sequence[object]], names: Mapping[str, tuple[str, ...]]) -> int | None:
    """The row that names the columns: the last of those on top that name unit and number, so that
    of a head of two rows the lower one counts.
    """
    known = {bare: column for column in COLUMNS for bare in names[column]}
    found = None
    for n, row in enumerate(rows[:_DEEPEST]):
        said = {known.get(_bare(_text(v))) for v in row}
        if {UNIT, NUMBER} <= said:
            found = n
        elif found is not None:
            break
    return found


def _columns(row: Sequence[object], names: Mapping[str, tuple[str, ...]]) -> Heads:
    """What each column is; of several that may be one, the name that stands first in the list."""
    heads = {j: _bare(_text(v)) for j, v in enumerate(row) if _text(v)}
    out = dict(heads)
    for column in COLUMNS:
        hits = [(names[column].index(h), j) for j, h in heads.items() if h in names[column]]
        if hits:
            out[min(hits)[1]] = column
    return out


def _cases(
    path: Path, sheet: Cells, head: int, names: Mapping[str, tuple[str, ...]]
) -> list[dict[str, str]]:
    heads = _columns(sheet.rows[head], names)
    needed = [j for j, name in heads.items() if name in (UNIT, NUMBER)]
    wrong = {spot: why for spot, why in sheet.faults.items() if spot[1] in needed}
    if bad := Cells(sheet.name, sheet.rows, wrong).complaints(path, head):
        raise UsageError("\n".join(bad))
    return list(_rows(sheet.rows, head, heads, names[NO_CASE]))


def _rows(
    rows: Sequence[Sequence[object]], head: int, heads: Heads, no_case: tuple[str, ...]
) -> Iterator[dict[str, str]]:
    for n, cells in enumerate(rows[head + 1 :], head + 2):
        row = {name: _text(cells[j]) if j < len(cells) else "" for j, name in heads.items()}
        first = next((_bare(_text(v)) for v in cells if _text(v)), "")
        total = not row.get(NUMBER) and first.startswith(no_case)
        if first and not total and (row.get(NUMBER) or row.get(UNIT)):
            yield {**row, LINE: str(n)}
