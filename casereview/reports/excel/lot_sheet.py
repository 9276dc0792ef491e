"""The frozen list of files drawn, as a workbook."""

from __future__ import annotations

from casereview.rounds.sampling import NUMBER, UNIT, Draw
from casereview.workbook import Book


def sheet_of(got: Draw) -> bytes:
    """Drawn, excluded with reasons, and what fell short; the seed in the head."""
    book = Book("案卷抽取名单")
    extra = [
        k
        for k in dict.fromkeys(k for r in got.drawn for k in r)
        if k not in ("序号", UNIT, NUMBER, "抽取方式")
    ]
    sheet = book.sheet("抽取名单", [6, 24, 28, *[14] * len(extra), 18])
    book.put(
        sheet,
        0,
        0,
        f"抽取种子：{got.seed}　抽取 {len(got.drawn)} 卷，排除 {len(got.excluded)} 卷",
        book.form(border=0, text_wrap=False),
    )
    book.table(
        sheet,
        1,
        ["序号", UNIT, NUMBER, *extra, "抽取方式"],
        [
            [int(r["序号"]), r[UNIT], r[NUMBER], *[r.get(k, "") for k in extra], r["抽取方式"]]
            for r in got.drawn
        ],
    )
    if got.excluded:
        sheet = book.sheet("排除的案卷", [24, 28, 50])
        rows = [[r[UNIT], r[NUMBER], r["理由"]] for r in got.excluded]
        book.table(sheet, 0, [UNIT, NUMBER, "理由"], rows)
    if got.short:
        sheet = book.sheet("不足", [90])
        book.table(sheet, 0, ["情况"], [[s] for s in got.short])
    return book.bytes()
