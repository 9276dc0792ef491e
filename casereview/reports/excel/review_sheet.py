"""复核表: what waits for a person as a workbook, a row a finding, to be filled in beside the
papers; ``review_answers`` reads it when it is back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casereview.privacy.mask import Mask
from casereview.reports.inert import clean
from casereview.reports.words import place_line
from casereview.rounds.settling import VERDICTS, Pending
from casereview.workbook import Book

SHEET = "复核表"
ASKED = ("号", "单位", "案卷", "环节", "检查项", "现在", "说明", "原文", "位置", "依据")
NUMBER, UNIT, CASE, STAGE, ITEM, NOW, MESSAGE, QUOTE, PLACE, BASIS = ASKED
VERDICT, POINTS, AT, SAYS, NOTE = FILLED = ("结论", "扣分", "问题所在", "写进文书的话", "备注")
KEY = "标识（请勿改动）"
HEADS = (*ASKED, *FILLED, KEY)
SHOWN = 3  # places of a finding
SIGNED = "复核人（签字）：＿＿＿＿＿　日期：＿＿＿＿＿"
_WIDTHS = (6, 12, 15, 7, 16, 8, 24, 24, 16, 12, 8, 5, 12, 20, 14, 10)
_HELP = (
    f"一、只填黄色的列。{VERDICT}从下拉框选：{'、'.join(VERDICTS)}；还没有看的空着，以后再交。",
    f"二、{SAYS}是选“不合格”时对单位说的话，已经写好一句，可以改；{NOTE}只留在内部，不写进文书。",
    f"三、没有原文的项目选“不合格”的，在{AT}写 文件:页，可以再加 :原文；{POINTS}只在要由评查员定"
    "扣几分的项目填写。",
    "四、填错了，改过再交一次，以最后一次为准；要收回自己的意见选“撤回”。",
    "五、最后一列（标识）已隐藏，供系统核对，请勿删除。原文里的个人信息已遮蔽。",
)


def sheet_of(head: str, rows: Sequence[Pending], mask: Mask = str) -> bytes:
    """The workbook. ``head``: which round, how many of how many cases; ``mask`` hides personal data
    in foreign text.
    """
    book = Book(SHEET)
    sheet = book.sheet(SHEET, _WIDTHS, signed=SIGNED)
    sheet.set_column(len(HEADS) - 1, len(HEADS) - 1, None, None, {"hidden": True})
    large = book.form(bold=True, font_size=16, align="center", valign="vcenter", border=0)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, "行政执法案卷评查复核表", large)
    sheet.set_row(0, 30)
    line = f"{clean(head)}　本表 {len(rows)} 项。内部资料，注意保管。"
    book.put(sheet, 1, 0, line, book.form(border=0, text_wrap=False, font_color="#595959"))
    end = book.table(sheet, 2, HEADS, [_row(p, mask) for p in rows], _forms(book), frozen=5)
    if rows:
        column = len(ASKED)
        choice = {"validate": "list", "source": list(VERDICTS), "ignore_blank": True}
        sheet.data_validation(3, column, end - 1, column, choice)
    note = book.sheet("填写说明", (100,), landscape=False)
    for n, text in enumerate(_HELP):
        book.put(note, n, 0, text, book.form(border=0))
    return book.bytes()


def _forms(book: Book) -> list[Any]:
    """How the cells of each column look."""
    filled = book.form(bg_color="#FFF9E5")
    small = book.form(font_color="#A6A6A6", font_size=8)
    return [*[None] * len(ASKED), *[filled] * len(FILLED), small]


def message_of(p: Pending, mask: Mask) -> str:
    """What is said of a finding, as it stands on the sheet."""
    return mask(clean(p.finding.message))


def sentence_of(p: Pending, mask: Mask) -> str:
    """The sentence that goes out, as it stands on the sheet."""
    return mask(clean(p.sentence))


def case_of(p: Pending, mask: Mask) -> str:
    """The name of the case, as it stands on the sheet."""
    return mask(clean(p.line.case.rpartition("/")[2]))


def _row(p: Pending, mask: Mask) -> list[object]:
    places = p.quoted[:SHOWN]
    return [
        p.line.number,
        clean(p.line.unit),
        case_of(p, mask),
        p.line.stage,
        p.line.name + ("（否决）" if p.line.veto else ""),
        p.line.word + (f"（{p.line.state}）" if p.line.state else ""),
        message_of(p, mask),
        "\n".join(mask(clean(x.quote)) for x in places if x.quote),
        "\n".join(mask(place_line(x)) for x in places),
        "；".join(p.item.basis if p.item else ()),
        "",
        "",
        "",
        sentence_of(p, mask),
        "",
        p.key,
    ]
