"""整改清单 as a workbook that goes down to a unit; ``rectification_answers`` reads it when it is
back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from casereview.privacy.mask import Mask
from casereview.reports.inert import clean
from casereview.reports.words import place_line, proved
from casereview.rounds.rectification import ANSWERS, Item
from casereview.workbook import Book

SHEET = "整改清单"
ASKED = (
    "序号",
    "案卷",
    "检查项",
    "问题",
    "扣分",
    "位置和原文",
    "依据",
    "可否补正",
    "整改建议",
)
SIGNED = "单位负责人（签字）：＿＿＿＿＿　填报人：＿＿＿＿＿　日期：＿＿＿＿＿　（盖章）"
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
_WIDTHS = (5, 15, 14, 26, 6, 26, 12, 8, 20, 9, 18, 8, 11, 16, 10)
_YELLOW = "#FFF9E5"
_HELP = (
    f"一、只填黄色的列。{SITUATION}从下拉框选：{'、'.join(ANSWERS)}；暂时没有进展的留空。",
    "二、选“已改正”的，写明整改措施、责任人、完成日期；选“无法补正”或“有异议”的，在说明里写理由。",
    "三、补做的文书注明补做日期，不得倒签；不能补正的，附情况说明。",
    "四、最后一列（标识）已隐藏，供系统核对，请勿删除。",
)


@dataclass(frozen=True)
class Sheet:
    """What stands above a list: to which paper it is the annex (``annex``), which campaign and
    round it is of, the head of the journal (so that paper can witness the store), and of a trial
    what is said of it on every page.
    """

    head: str
    round: str = ""
    annex: str = ""
    draft: str = ""


def workbook_of(unit: str, items: Sequence[Item], said: Sheet, mask: Mask | None = None) -> bytes:
    """The workbook for one unit. ``mask``: what hides personal data in foreign text."""
    book = Book(f"{unit}整改清单", said.draft)
    sheet = book.sheet(SHEET, _WIDTHS, signed=SIGNED)
    sheet.set_column(len(HEADS) - 1, len(HEADS) - 1, None, None, {"hidden": True})
    _title(book, sheet, unit, items, said)
    rows = [_row(n, i, mask or str) for n, i in enumerate(items, 1)]
    end = book.table(sheet, 2, HEADS, rows, _forms(book), frozen=2)
    if rows:
        _lock(sheet, end)
    note = book.sheet("填写说明", (100,), landscape=False)
    for k, line in enumerate(_HELP):
        book.put(note, k, 0, line, book.form(border=0))
    return book.bytes()


def _title(book: Book, sheet: Any, unit: str, items: Sequence[Item], about: Sheet) -> None:
    large = book.form(bold=True, font_size=16, align="center", valign="vcenter", border=0)
    kind = f"（{about.draft.partition('　')[0]}）" if about.draft else ""
    said = f"{clean(unit)}　行政执法案卷评查整改清单{kind}"
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, said, large)
    sheet.set_row(0, 30)
    runs = "、".join(str(run) for run in sorted({i.run for i in items}))
    due = max((i.due for i in items), default="")
    book.put(
        sheet,
        1,
        0,
        f"{about.annex}{about.round or f'第 {runs} 次评查'}，问题 {len(items)} 个；请在 {due}"
        f" 前填写黄色各列，存盘后原表报回。内部资料，注意保管。记录号 {about.head or '—'}",
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
        hide(clean(i.folder)) + party,
        i.name,
        f"{i.fault}：{hide(clean(proved(f.message)))}" + ("（否决项）" if f.veto else ""),
        Decimal(f.deducted or 0),
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
