"""The questions on how a unit writes, as a workbook that somebody fills in and sends back."""

from __future__ import annotations

from collections.abc import Sequence

from casereview.privacy.mask import Mask
from casereview.rounds.questions import ANSWER, CHOICES, NAME, OPTION, Question
from casereview.workbook import Book

HELP = (
    "一行是一个问题，答一次，用于这个单位的全部案卷。",
    f"在“{ANSWER}”列写选项的号；都不是写 0；不想再被问写 跳过；不知道的空着。",
    "也可以自己写：题名写文书的全称；要素写栏目名，或者写一句说法（值写成空位，如 自〈日期〉起）。",
    "选项下面是按它会读到的值，先看一眼原文再答。原文和值里的个人信息已遮蔽。",
)


def sheet_of(unit: str, questions: Sequence[Question], mask: Mask = str) -> bytes:
    """The workbook: a row a question, its choices with what they would read, an empty cell.
    ``mask`` hides personal data in what is quoted.
    """
    book = Book(f"{unit}用语问答")
    options = [f"{OPTION}{n}" for n in range(1, CHOICES + 1)]
    heads = ["序号", "问题", "关系到", "先看哪里", *options, ANSWER, NAME]
    sheet = book.sheet("问题", [5, 30, 14, 40, *[22] * CHOICES, 12, 24])
    filled = book.form(bg_color="#FFF2CC")
    forms = [None] * (len(heads) - 2) + [filled]
    rows = [_row(n, q, mask) for n, q in enumerate(questions, 1)]
    book.table(sheet, 0, heads, rows, forms, frozen=2)
    told = book.sheet("说明", [100])
    for n, line in enumerate(HELP):
        book.put(told, n, 0, line)
    return book.bytes()


def _row(n: int, q: Question, mask: Mask) -> list[object]:
    shown = [f"{c.text}\n{mask(c.reads)}" if c.reads else c.text for c in q.choices]
    shown += [""] * (CHOICES - len(shown))
    return [n, q.text, worth(q), mask(q.example), *shown, "", q.name]


def worth(q: Question) -> str:
    """How much one answer may settle, in words."""
    faults = f"、可疑的不合格 {q.doubtful} 项" if q.doubtful else ""
    return f"{len(q.cases)} 个案卷，待复核 {q.settles} 项{faults}"
