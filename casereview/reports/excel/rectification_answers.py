"""What a unit filled in on its 整改清单, read from the workbook as it comes back.

People move and copy sheets, change the order of columns, merge what is the same in several rows,
number rows by formula, and put a line for stamp and signature below. None of this is a fault. What
is one is refused with sheet, row and column, and then nothing counts. A row whose key was lost is
known by its case and item where only one issued finding has both; that, and a line that belongs to
no finding, is told, so that nothing is passed over in silence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from casereview.chinese import find_dates
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
from casereview.reports.excel.returned import Fault, ListForm, Row, bare, rows_of
from casereview.reports.inert import clean
from casereview.rounds.rectification import ANSWERS, CANNOT, DONE, OBJECTS, Item

SERIAL, CASE, CHECK = ASKED[:3]
LIST = ListForm(
    "下发的整改清单", (*ASKED, *FILLED, KEY), (CASE, CHECK, *FILLED), FILLED, KEY, SITUATION
)
EPOCH = dt.date(1899, 12, 30)  # the day from which Excel counts
SERIAL_DAYS = range(36526, 73051)  # 2000 to 2099, as bare numbers
Answered = tuple[Item, dict[str, str]]


@dataclass(frozen=True)
class Returned:
    """What came back: answers by finding, and lines that speak of none (stamps, remarks)."""

    answers: tuple[Answered, ...]
    remarks: tuple[str, ...]


@dataclass
class _Reading:
    """What was read so far. ``seen``: where each finding was met, and what was said of it."""

    known: Mapping[str, Item]
    today: dt.date
    answers: list[Answered] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    seen: dict[str, tuple[Row, dict[str, str]]] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """One row: an answer, a remark, or a complaint."""
        if not row.written:
            return
        key = row.text(KEY)
        item = self.known.get(bare(key).lower()) or self._by_words(row)
        if item is not None:
            self._answered(row, item)
        elif key or _speaks_of_a_finding(row):
            text = f"“{clean(key)[:20]}”" if key else "空白"
            self._refuse(row, [*row.faults, (KEY, f"不是下发清单里的问题（{text}）")])
        else:
            self.remarks.append(row.left_out)

    def _by_words(self, row: Row) -> Item | None:
        """The one finding that was issued for the case and the item of a row."""
        case, check = row.text(CASE).partition("\n")[0].strip(), row.text(CHECK)
        fits = [i for i in self.known.values() if i.issued and (i.folder, i.name) == (case, check)]
        if len(fits) != 1:
            return None
        self.remarks.append(f"{row.where}标识对不上，按案卷和检查项认作{case}“{check}”，请核对")
        return fits[0]

    def _answered(self, row: Row, item: Item) -> None:
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

    def _refuse(self, row: Row, wrong: Sequence[Fault]) -> None:
        self.bad += row.complaints(wrong)


def answers(path: Path, known: Mapping[str, Item], today: dt.date) -> Returned:
    """What a unit filled in, over all sheets that carry a list. ``known``: the findings that were
    issued, by identity. Raises UsageError naming every bad row and column; then nothing counts.
    """
    reading = _Reading(known, today)
    for row in rows_of(path, LIST):
        reading.take(row)
    if reading.bad:
        raise UsageError("整改反馈有问题，一行也没有导入：\n" + "\n".join(reading.bad))
    return Returned(tuple(reading.answers), tuple(reading.remarks))


def _speaks_of_a_finding(row: Row) -> bool:
    """True for a row that lost its key: it has a serial number, an answer, or a case with more."""
    answered = row.bare(SITUATION) in ANSWERS
    return answered or row.text(SERIAL).isdigit() or bool(row.text(CASE) and row.text(CHECK))


def _copies(a: tuple[Row, dict[str, str]], b: tuple[Row, dict[str, str]]) -> bool:
    """True when a finding met in two sheets is answered once, or twice the same."""
    return a[0].sheet != b[0].sheet and (not a[1] or not b[1] or a[1] == b[1])


def _answer(row: Row, today: dt.date) -> tuple[dict[str, str], list[Fault]]:
    """What one row says, and what is wrong with it."""
    measure, who, note = (row.text(k) for k in (MEASURE, PERSON, NOTE))
    word = row.bare(SITUATION)
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
    text = bare(v)
    try:
        return dt.date.fromisoformat(text.replace(".", "-").replace("/", "-")).isoformat()
    except ValueError:
        days = [d for d, _, _ in find_dates(text)]
        return days[0].isoformat() if len(days) == 1 else None
