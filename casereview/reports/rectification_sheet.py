"""整改清单 as a workbook: what goes down to a unit, and the unit's answers coming back in the same
file. Bad rows are refused with row and column.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

from casereview.chinese import find_dates
from casereview.errors import UsageError
from casereview.reports.view import place
from casereview.reports.words import clean
from casereview.rounds.rectification import ANSWERS, CANNOT, DONE, OBJECTS, Item
from casereview.workbook import A3, Book, read_sheet

SHEET = "整改清单"
ASKED = ("序号", "案卷", "检查项", "问题", "位置和原文", "依据", "可否补正", "整改建议")
FILLED = ("整改情况", "整改措施", "责任人", "完成日期", "说明")
KEY = "标识（请勿改动）"
HEADS = (*ASKED, *FILLED, KEY)
_WIDTHS = (6, 22, 16, 30, 34, 16, 10, 28, 10, 24, 10, 12, 22, 10)


def asked(n: int, i: Item, mask: Any = None) -> list[object]:
    """The cells that the office fills for one finding. ``mask``: what hides personal data in
    foreign text.
    """
    hide = mask or (lambda t: t)
    f = i.finding
    places = "\n".join(
        hide(place(e)) + (f"「{clean(hide(e.quote))}」" if e.quote else "")
        for e in f["evidence"][:3]
    )
    return [
        n,
        hide(clean(i.case.rpartition("/")[2]))
        + (f"\n{hide('、'.join(i.parties))}" if i.parties else ""),
        i.name,
        hide(clean(f["message"])) + ("（否决项）" if f.get("veto") else ""),
        places,
        "；".join(i.basis),
        "可补正" if i.curable else "不可补正",
        i.advice,
    ]


def workbook_of(unit: str, items: list[Item], head: str, mask: Any = None) -> bytes:
    """The workbook for one unit. ``head``: the head of the journal, printed so that paper can
    witness the store.
    """
    book = Book(f"{unit}整改清单")
    sheet = book.sheet(SHEET, _WIDTHS, paper=A3)
    open_ = book.form(bg_color="#FFF9E5", locked=False)
    sheet.merge_range(
        0,
        0,
        0,
        len(HEADS) - 1,
        f"{clean(unit)}　行政执法案卷评查整改清单",
        book.form(bold=True, font_size=16, align="center", valign="vcenter", border=0),
    )
    sheet.set_row(0, 30)
    runs = sorted({i.run for i in items})
    book.put(
        sheet,
        1,
        0,
        f"第 {'、'.join(map(str, runs))} 次评查，问题 {len(items)} 个；请在"
        f" {max((i.due for i in items), default='')} 前填写黄色各列，存盘后原表报回。内部资料，"
        f"注意保管。记录号 {head or '—'}",
        book.form(border=0, text_wrap=False, font_color="#595959"),
    )
    forms = [None] * len(ASKED) + [
        open_,
        open_,
        open_,
        book.form(bg_color="#FFF9E5", locked=False, num_format="yyyy-mm-dd"),
        open_,
        book.form(font_color="#A6A6A6", font_size=8),
    ]
    rows = []
    for n, i in enumerate(items, 1):
        a = i.answer
        done = dt.date.fromisoformat(a.done) if a and a.done else ""
        rows.append(
            [
                *asked(n, i, mask),
                *([a.word, a.measure, a.responsible, done, a.note] if a else [""] * 5),
                i.identity,
            ]
        )
    end = book.table(sheet, 2, HEADS, rows, forms, frozen=2)
    column = len(ASKED)
    if rows:
        sheet.data_validation(
            3,
            column,
            end - 1,
            column,
            {"validate": "list", "source": list(ANSWERS), "ignore_blank": True},
        )
        sheet.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "autofilter": True,
                "sort": True,
                "select_locked_cells": True,
            },
        )
    note = book.sheet("填写说明", (100,), landscape=False)
    for k, line in enumerate(
        (
            "一、只填黄色的列。整改情况从下拉框选："
            + "、".join(ANSWERS)
            + "；暂时没有进展的留空。",
            "二、选“已改正”的，写明整改措施、责任人、完成日期；选“无法补正”或“有异议”的，在说明里写理由。",
            "三、补做的文书注明补做日期，不得倒签；不能补正的，附情况说明。",
            "四、标识一列供系统核对，请勿改动。",
        )
    ):
        book.put(note, k, 0, line, book.form(border=0))
    return book.bytes()


def answers(
    path: Path, known: dict[str, Item], today: dt.date
) -> list[tuple[Item, dict[str, str]]]:
    """What a unit filled in. Raises UsageError naming every bad row and column; then nothing
    counts.
    """
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    try:
        rows, bad = read_sheet(path, SHEET)
    except ValueError as e:
        raise UsageError(str(e)) from e
    start = next(
        (n for n, r in enumerate(rows) if KEY in [str(v).strip() for v in r if v is not None]), None
    )
    if start is None:
        raise UsageError(f"{path}：没有找到表头“{KEY}”，不是下发的整改清单；没有导入。")
    heads = ["" if v is None else str(v).strip() for v in rows[start]]
    lacking = [h for h in (*FILLED, "案卷") if h not in heads]
    if lacking:
        raise UsageError(f"{path}：表头缺“{'、'.join(lacking)}”，请用下发的原表填写；没有导入。")
    out: list[tuple[Item, dict[str, str]]] = []
    seen: dict[str, int] = {}
    for n, cells in enumerate(rows[start + 1 :], start + 2):
        got = dict(zip(heads, cells, strict=False))
        if not any(v not in (None, "") for v in cells):
            continue
        item = known.get(_text(got.get(KEY)))
        if item is None:
            bad.append(
                f"{path}：第 {n} 行 {KEY}"
                f" 列：不是下发清单里的问题（“{clean(_text(got.get(KEY)))[:20]}”）"
            )
            continue
        if item.identity in seen:
            bad.append(f"{path}：第 {n} 行 {KEY} 列：与第 {seen[item.identity]} 行重复")
        seen[item.identity] = n
        body, wrong = _answer(got, today)
        bad += [f"{path}：第 {n} 行 {column} 列：{why}" for column, why in wrong]
        if body:
            out.append((item, body))
    if bad:
        raise UsageError("整改反馈有问题，一行也没有导入：\n" + "\n".join(bad))
    return out


def _text(v: object) -> str:
    return "" if v is None else str(v).strip()


def _answer(got: dict[str, Any], today: dt.date) -> tuple[dict[str, str], list[tuple[str, str]]]:
    word, measure, who, note = (
        _text(got.get(k)) for k in ("整改情况", "整改措施", "责任人", "说明")
    )
    wrong: list[tuple[str, str]] = []
    done = _day(got.get("完成日期"))
    if done is None:
        wrong.append(
            ("完成日期", f"“{clean(_text(got.get('完成日期')))}”不是日期，请写成 2026-05-20")
        )
    elif done and done > today.isoformat():
        wrong.append(("完成日期", f"{done} 晚于今天"))
    if not word:
        return {}, (
            [*wrong, ("整改情况", "填写了其他列，没有选整改情况")]
            if (measure or who or note or done)
            else wrong
        )
    if word not in ANSWERS:
        return {}, [*wrong, ("整改情况", f"“{clean(word)}”不在选项里，可以写 {'、'.join(ANSWERS)}")]
    if word == DONE:
        wrong += [
            (k, "选了“已改正”，这一列要填")
            for k, v in (("整改措施", measure), ("责任人", who), ("完成日期", done))
            if v == ""
        ]
    if word in (CANNOT, OBJECTS) and not note:
        wrong.append(("说明", f"选了“{word}”，要写理由"))
    return {
        "word": word,
        "measure": measure,
        "responsible": who,
        "done": done or "",
        "note": note,
    }, wrong


def _day(v: object) -> str | None:
    """ISO day; '' for nothing; None for what is no date."""
    if v in (None, ""):
        return ""
    if isinstance(v, dt.datetime):
        return v.date().isoformat()
    if isinstance(v, dt.date):
        return v.isoformat()
    text = re.sub(r"[./]", "-", _text(v))
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        days = [d for d, _, _ in find_dates(_text(v))]
        return days[0].isoformat() if len(days) == 1 else None
