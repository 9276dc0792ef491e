"""What a unit filled in on its 整改清单, read from the workbook as it comes back.

People move and copy sheets, change the order of columns, merge what is the same in several rows,
number rows by formula, and put a line for stamp and signature below. None of this is a fault. What
is one is refused with sheet, row and column, and then nothing counts. A row whose key was lost is
known by its case and item where only one issued finding has both; that, and a line that belongs to
no finding, is told, so that nothing is passed over in silence.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casereview.chinese import decode, find_dates
from casereview.errors import UsageError
from casereview.reports.excel.rectification_sheet import (
    ASKED,
    DAY,
    FILLED,
    KEY,
    MEASURE,
    NOTE,
    PERSON,
    SITUATION,
)
from casereview.reports.inert import clean
from casereview.rounds.rectification import ANSWERS, CANNOT, DONE, OBJECTS, Item
from casereview.workbook import Cells, sheets_of

SERIAL, CASE, CHECK = ASKED[:3]
NEEDED = (CASE, CHECK, *FILLED)
EPOCH = dt.date(1899, 12, 30)  # the day from which Excel counts
SERIAL_DAYS = range(36526, 73051)  # 2000 to 2099, as bare numbers
Answered = tuple[Item, dict[str, str]]
Fault = tuple[str, str]  # column, what is wrong


@dataclass(frozen=True)
class Returned:
    """What came back: answers by finding, and lines that speak of none (stamps, remarks)."""

    answers: tuple[Answered, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    """A row below the head: sheet and place, its cells by column, and what is no value."""

    sheet: str
    where: str
    cells: Mapping[str, Any]
    faults: tuple[Fault, ...]

    def text(self, column: str) -> str:
        """A cell as text."""
        return _text(self.cells.get(column))

    @property
    def written(self) -> tuple[str, ...]:
        """Everything that stands in the row."""
        return tuple(dict.fromkeys(filter(None, map(_text, self.cells.values()))))


@dataclass
class _Reading:
    """What was read so far. ``seen``: where each finding was met, and what was said of it."""

    known: Mapping[str, Item]
    today: dt.date
    answers: list[Answered] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    seen: dict[str, tuple[_Row, dict[str, str]]] = field(default_factory=dict)

    def take(self, row: _Row) -> None:
        """One row: an answer, a remark, or a complaint."""
        if not row.written:
            return
        key = row.text(KEY)
        item = self.known.get(_bare(key).lower()) or self._by_words(row)
        if item is not None:
            self._answered(row, item)
        elif key or _speaks_of_a_finding(row):
            text = f"“{clean(key)[:20]}”" if key else "空白"
            self._refuse(row, [*row.faults, (KEY, f"不是下发清单里的问题（{text}）")])
        else:
            self.remarks.append(f"{row.where}没有标识，没有导入：{clean('　'.join(row.written))}")

    def _by_words(self, row: _Row) -> Item | None:
        """The one finding that was issued for the case and the item of a row."""
        case, check = row.text(CASE).partition("\n")[0].strip(), row.text(CHECK)
        fits = [i for i in self.known.values() if i.issued and (i.folder, i.name) == (case, check)]
        if len(fits) != 1:
            return None
        self.remarks.append(f"{row.where}标识对不上，按案卷和检查项认作{case}“{check}”，请核对")
        return fits[0]

    def _answered(self, row: _Row, item: Item) -> None:
        said, wrong = _answer(row, self.today)
        wrong = [*row.faults, *wrong]
        before = self.seen.setdefault(item.identity, (row, said))
        if before[0] is not row and not _copies(before, (row, said)):
            wrong.append((KEY, f"与{before[0].where}重复"))
        if said and not before[1]:
            self.seen[item.identity] = (row, said)
        if said and (item, said) not in self.answers:
            self.answers.append((item, said))
        self._refuse(row, wrong)

    def _refuse(self, row: _Row, wrong: Sequence[Fault]) -> None:
        self.bad += [f"{row.where} {column} 列：{why}" for column, why in wrong]


def answers(path: Path, known: Mapping[str, Item], today: dt.date) -> Returned:
    """What a unit filled in, over all sheets that carry a list. ``known``: the findings that were
    issued, by identity. Raises UsageError naming every bad row and column; then nothing counts.
    """
    reading = _Reading(known, today)
    for row in _rows(path):
        reading.take(row)
    if reading.bad:
        raise UsageError("整改反馈有问题，一行也没有导入：\n" + "\n".join(reading.bad))
    return Returned(tuple(reading.answers), tuple(reading.remarks))


def _rows(path: Path) -> list[_Row]:
    """The rows of every list in a workbook. Raises UsageError."""
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    try:
        sheets = [_csv(path)] if path.suffix.lower() == ".csv" else sheets_of(path)
    except ValueError as e:
        raise UsageError(str(e)) from e
    lists = [(s, start) for s in sheets if (start := _head(s)) is not None]
    if not lists:
        raise UsageError(
            f"{path}：没有找到表头“{SITUATION}”“{KEY}”，不是下发的整改清单；没有导入。"
        )
    one = len(lists) == 1
    return [
        row
        for sheet, start in lists
        for row in _below(f"{path}：" + ("" if one else f"“{clean(sheet.name)}”表"), sheet, start)
    ]


def _csv(path: Path) -> Cells:
    """A list that somebody saved as text, in whatever encoding Excel and WPS write."""
    return Cells(path.stem, list(csv.reader(io.StringIO(decode(path.read_bytes())))))


def _head(sheet: Cells) -> int | None:
    """The row that names the columns; of a head in two rows the one that names most of them."""
    heads = [n for n, row in enumerate(sheet.rows) if _is_head(row)]
    return max(heads, key=lambda n: (len(_named(sheet.rows[n])), -n), default=None)


def _is_head(row: Sequence[object]) -> bool:
    return bool({KEY, SITUATION} & set(_named(row).values()))


def _named(row: Sequence[object]) -> dict[int, str]:
    """Columns of the list by their place in a row."""
    plain = {_bare(name): name for name in (*ASKED, *FILLED, KEY)}
    return {n: plain[b] for n, v in enumerate(row) if (b := _bare(v)) in plain}


def _below(where: str, sheet: Cells, start: int) -> list[_Row]:
    """The rows under a head. Raises UsageError when a column is missing or stands there twice."""
    columns = _named(sheet.rows[start])
    names = list(columns.values())
    if lacking := [h for h in NEEDED if h not in names]:
        text = f"{where}表头缺“{'、'.join(lacking)}”"
        raise UsageError(f"{text}，请用下发的原表填写；没有导入。")
    if twice := [h for h in (*NEEDED, KEY) if names.count(h) > 1]:
        text = f"{where}第 {start + 1} 行表头“{'、'.join(twice)}”出现了两次"
        raise UsageError(f"{text}，不知道看哪一列；没有导入。")
    out = []
    for n in range(start + 1, len(sheet.rows)):
        if not _is_head(sheet.rows[n]):  # it may be repeated on each page
            out.append(_row(where, n, sheet, columns))
    return out


def _row(where: str, n: int, sheet: Cells, columns: Mapping[int, str]) -> _Row:
    """One row; cells beside the columns of the list count as what stands in it, unless named."""
    cells = {columns.get(c, f"第 {c + 1} 列"): v for c, v in enumerate(sheet.rows[n])}
    faults = tuple(
        (columns[c], why)
        for (row, c), why in sorted(sheet.faults.items())
        if row == n and columns.get(c) in (*FILLED, KEY)
    )
    return _Row(sheet.name, f"{where}第 {n + 1} 行", cells, faults)


def _speaks_of_a_finding(row: _Row) -> bool:
    """True for a row that lost its key: it has a serial number, an answer, or a case with more."""
    answered = _bare(row.cells.get(SITUATION)) in ANSWERS
    return answered or row.text(SERIAL).isdigit() or bool(row.text(CASE) and row.text(CHECK))


def _copies(a: tuple[_Row, dict[str, str]], b: tuple[_Row, dict[str, str]]) -> bool:
    """True when a finding met in two sheets is answered once, or twice the same."""
    return a[0].sheet != b[0].sheet and (not a[1] or not b[1] or a[1] == b[1])


def _text(v: object) -> str:
    return "" if v is None else str(v).strip()


def _bare(v: object) -> str:
    """A heading or a chosen word: without spaces, line breaks and wide forms of signs."""
    return "".join(unicodedata.normalize("NFKC", _text(v)).split())


def _answer(row: _Row, today: dt.date) -> tuple[dict[str, str], list[Fault]]:
    """What one row says, and what is wrong with it."""
    measure, who, note = (row.text(k) for k in (MEASURE, PERSON, NOTE))
    word = _bare(row.cells.get(SITUATION))
    done = _day(row.cells.get(DAY))
    wrong = _refuse_day(row.text(DAY), done, today)
    if not word:
        if measure or who or note or done:
            wrong.append((SITUATION, f"填写了其他列，没有选{SITUATION}"))
        return {}, wrong
    if word not in ANSWERS:
        text = f"“{clean(word)}”不在选项里，可以写 {'、'.join(ANSWERS)}"
        return {}, [*wrong, (SITUATION, text)]
    wrong += _lacking(word, ((MEASURE, measure), (PERSON, who), (DAY, done)), note)
    said = {"measure": measure, "responsible": who, "done": done or "", "note": note}
    return {"word": word, **said}, wrong


def _lacking(word: str, done: Sequence[tuple[str, str | None]], note: str) -> list[Fault]:
    """Columns that this answer needs. ``done``: those of what was put right."""
    if word == DONE:
        return [(k, f"选了“{DONE}”，这一列要填") for k, v in done if v == ""]
    if word in (CANNOT, OBJECTS) and not note:
        return [(NOTE, f"选了“{word}”，要写理由")]
    return []


def _refuse_day(text: str, done: str | None, today: dt.date) -> list[Fault]:
    if done is None:
        return [(DAY, f"“{clean(text)}”不是日期，请写成 2026-05-20")]
    return [(DAY, f"{done} 晚于今天")] if done > today.isoformat() else []


def _day(v: object) -> str | None:
    """ISO day; '' for nothing; None for what is no date."""
    if v in (None, ""):
        return ""
    if isinstance(v, dt.datetime):
        return v.date().isoformat()
    if isinstance(v, dt.date):
        return v.isoformat()
    if isinstance(v, int | float) and int(v) in SERIAL_DAYS:
        return (EPOCH + dt.timedelta(int(v))).isoformat()
    text = _bare(v)
    try:
        return dt.date.fromisoformat(text.replace(".", "-").replace("/", "-")).isoformat()
    except ValueError:
        days = [d for d, _, _ in find_dates(text)]
        return days[0].isoformat() if len(days) == 1 else None
