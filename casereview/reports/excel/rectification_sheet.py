"""整改清单 as a workbook: what goes down to a unit, and the unit's answers coming back in the same
file. Bad rows are refused with row and column.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casereview.chinese import find_dates
from casereview.errors import UsageError
from casereview.privacy.mask import Mask
from casereview.reports.inert import clean
from casereview.reports.words import place_line
from casereview.rounds.rectification import ANSWERS, CANNOT, DONE, OBJECTS, Item
from casereview.workbook import A3, Book, read_sheet

SHEET = "整改清单"
ASKED = ("序号", "案卷", "检查项", "问题", "位置和原文", "依据", "可否补正", "整改建议")
SITUATION, MEASURE, PERSON, DAY, NOTE = FILLED = (
    "整改情况",
    "整改措施",
    "责任人",
    "完成日期",
    "说明",
)
KEY = "标识（请勿改动）"
HEADS = (*ASKED, *FILLED, KEY)
SHOWN = 3  # places of a finding
_WIDTHS = (6, 22, 16, 30, 34, 16, 10, 28, 10, 24, 10, 12, 22, 10)
_YELLOW = "#FFF9E5"
_HELP = (
    f"一、只填黄色的列。{SITUATION}从下拉框选：{'、'.join(ANSWERS)}；暂时没有进展的留空。",
    "二、选“已改正”的，写明整改措施、责任人、完成日期；选“无法补正”或“有异议”的，在说明里写理由。",
    "三、补做的文书注明补做日期，不得倒签；不能补正的，附情况说明。",
    "四、标识一列供系统核对，请勿改动。",
)


def workbook_of(unit: str, items: Sequence[Item], head: str, mask: Mask | None = None) -> bytes:
    """The workbook for one unit. ``head``: the head of the journal, printed so that paper can
    witness the store; ``mask``: what hides personal data in foreign text.
    """
    book = Book(f"{unit}整改清单")
    sheet = book.sheet(SHEET, _WIDTHS, paper=A3)
    _title(book, sheet, unit, items, head)
    rows = [_row(n, i, mask or str) for n, i in enumerate(items, 1)]
    end = book.table(sheet, 2, HEADS, rows, _forms(book), frozen=2)
    if rows:
        _lock(sheet, end)
    note = book.sheet("填写说明", (100,), landscape=False)
    for k, line in enumerate(_HELP):
        book.put(note, k, 0, line, book.form(border=0))
    return book.bytes()


def _title(book: Book, sheet: Any, unit: str, items: Sequence[Item], head: str) -> None:
    large = book.form(bold=True, font_size=16, align="center", valign="vcenter", border=0)
    said = f"{clean(unit)}　行政执法案卷评查整改清单"
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, said, large)
    sheet.set_row(0, 30)
    runs = "、".join(str(run) for run in sorted({i.run for i in items}))
    due = max((i.due for i in items), default="")
    book.put(
        sheet,
        1,
        0,
        f"第 {runs} 次评查，问题 {len(items)} 个；请在 {due} 前填写黄色各列，存盘后原表报回。"
        f"内部资料，注意保管。记录号 {head or '—'}",
        book.form(border=0, text_wrap=False, font_color="#595959"),
    )


def _forms(book: Book) -> list[Any]:
    """How the cells of each column look."""
    filled = book.form(bg_color=_YELLOW, locked=False)
    day = book.form(bg_color=_YELLOW, locked=False, num_format="yyyy-mm-dd")
    own = [day if name == DAY else filled for name in FILLED]
    return [*[None] * len(ASKED), *own, book.form(font_color="#A6A6A6", font_size=8)]


def _row(n: int, i: Item, hide: Mask) -> list[object]:
    """The cells of one finding: what the office says, and what the unit said before."""
    f, a = i.finding, i.answer
    party = f"\n{hide('、'.join(i.parties))}" if i.parties else ""
    places = [
        hide(place_line(p)) + (f"「{clean(hide(p.quote))}」" if p.quote else "")
        for p in f.evidence[:SHOWN]
    ]
    done = dt.date.fromisoformat(a.done) if a and a.done else ""
    return [
        n,
        hide(clean(i.case.rpartition("/")[2])) + party,
        i.name,
        hide(clean(f.message)) + ("（否决项）" if f.veto else ""),
        "\n".join(places),
        "；".join(i.basis),
        "可补正" if i.curable else "不可补正",
        i.advice,
        *([a.word, a.measure, a.responsible, done, a.note] if a else [""] * len(FILLED)),
        i.identity,
    ]


def _lock(sheet: Any, end: int) -> None:
    """Only the yellow columns can be written in, the first of them from a list."""
    column = len(ASKED)
    choice = {"validate": "list", "source": list(ANSWERS), "ignore_blank": True}
    sheet.data_validation(3, column, end - 1, column, choice)
    allowed = ("format_columns", "format_rows", "autofilter", "sort", "select_locked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))


Answered = tuple[Item, dict[str, str]]
Fault = tuple[str, str]  # column, what is wrong


def answers(path: Path, known: Mapping[str, Item], today: dt.date) -> list[Answered]:
    """What a unit filled in. Raises UsageError naming every bad row and column; then nothing
    counts.
    """
    rows, bad = _cells(path)
    start, heads = _heads(path, rows)
    out: list[Answered] = []
    seen: dict[str, int] = {}
    for n, cells in enumerate(rows[start + 1 :], start + 2):
        if not any(v not in (None, "") for v in cells):
            continue
        got = dict(zip(heads, cells, strict=False))
        item = known.get(_text(got.get(KEY)))
        wrong = _unknown(got, item, seen)
        if item is not None:
            seen[item.identity] = n
            said, more = _answer(got, today)
            wrong += more
            out += [(item, said)] if said else []
        bad += [f"{path}：第 {n} 行 {column} 列：{why}" for column, why in wrong]
    if bad:
        raise UsageError("整改反馈有问题，一行也没有导入：\n" + "\n".join(bad))
    return out


def _heads(path: Path, rows: Sequence[Sequence[object]]) -> tuple[int, list[str]]:
    """The row that names the columns, and the names. Raises UsageError."""
    start = next((n for n, r in enumerate(rows) if KEY in map(_text, r)), None)
    if start is None:
        raise UsageError(f"{path}：没有找到表头“{KEY}”，不是下发的整改清单；没有导入。")
    heads = list(map(_text, rows[start]))
    lacking = [h for h in (*FILLED, "案卷") if h not in heads]
    if lacking:
        raise UsageError(f"{path}：表头缺“{'、'.join(lacking)}”，请用下发的原表填写；没有导入。")
    return start, heads


def _cells(path: Path) -> tuple[list[list[Any]], list[str]]:
    """The cells of the list, and complaints about formulas. Raises UsageError."""
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    try:
        return read_sheet(path, SHEET)
    except ValueError as e:
        raise UsageError(str(e)) from e


def _unknown(got: Mapping[str, Any], item: Item | None, seen: Mapping[str, int]) -> list[Fault]:
    """What is wrong with the key of a row."""
    if item is None:
        return [(KEY, f"不是下发清单里的问题（“{clean(_text(got.get(KEY)))[:20]}”）")]
    return [(KEY, f"与第 {seen[item.identity]} 行重复")] if item.identity in seen else []


def _text(v: object) -> str:
    return "" if v is None else str(v).strip()


def _answer(got: Mapping[str, Any], today: dt.date) -> tuple[dict[str, str], list[Fault]]:
    """What one row says, and what is wrong with it."""
    word, measure, who, note = (_text(got.get(k)) for k in (SITUATION, MEASURE, PERSON, NOTE))
    done = _day(got.get(DAY))
    wrong = _refuse_day(got, done, today)
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


def _refuse_day(got: Mapping[str, Any], done: str | None, today: dt.date) -> list[Fault]:
    if done is None:
        return [(DAY, f"“{clean(_text(got.get(DAY)))}”不是日期，请写成 2026-05-20")]
    return [(DAY, f"{done} 晚于今天")] if done > today.isoformat() else []


def _day(v: object) -> str | None:
    """ISO day; '' for nothing; None for what is no date."""
    if v in (None, ""):
        return ""
    if isinstance(v, dt.datetime):
        return v.date().isoformat()
    if isinstance(v, dt.date):
        return v.isoformat()
    text = _text(v)
    try:
        return dt.date.fromisoformat(text.replace(".", "-").replace("/", "-")).isoformat()
    except ValueError:
        days = [d for d, _, _ in find_dates(text)]
        return days[0].isoformat() if len(days) == 1 else None
