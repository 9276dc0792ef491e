"""The statistics workbook: filters, frozen heads, conditional colours, real numbers and dates,
charts. Every figure is that of the view.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from casereview.model import FAIL, MANUAL, REVIEW
from casereview.reports.case_view import CaseView, Row
from casereview.reports.view import CampaignView
from casereview.reports.web.pictures import BINS, bins
from casereview.reports.words import status_word
from casereview.rounds.change import AGAIN, CHECK, FIXED, NEW, STILL, UNCLAIMED, UNTOLD
from casereview.rounds.compare import Comparison
from casereview.workbook import Book

_SERIES, _ORANGE = "#2F5C96", "#C55A11"
_GREEN, _RED, _PALE_RED, _AMBER, _GREY = "#2E7D32", "#C62828", "#F8CBCB", "#FFE699", "#BDBDBD"
_OF_STATUS = {FAIL: _PALE_RED, REVIEW: _AMBER, MANUAL: "#DDEBF7"}
_OF_CHANGE = {
    FIXED: "#C6E0B4",
    STILL: _PALE_RED,
    NEW: _PALE_RED,
    AGAIN: "#F4B084",
    UNTOLD: _AMBER,
    CHECK: _AMBER,
    UNCLAIMED: "#E4DFEC",
}
_SIGNED = "评查员（签字）：＿＿＿＿＿　复核：＿＿＿＿＿　日期：＿＿＿＿＿"


def statistics(c: CampaignView) -> bytes:
    """The whole workbook."""
    book = Book(f"{c.title}评查统计", c.draft)
    _overview(book, c)
    _units(book, c)
    _cases(book, c)
    _faults(book, c)
    _classes(book, c)
    _heat(book, c)
    _systems(book, c)
    _best(book, c)
    if c.before:
        _changes(book, c.before)
    _points(book, c)
    return book.bytes()


def _day(text: str) -> object:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return text


def _share(n: int, of: int) -> Decimal | None:
    return Decimal(n) / of if of else None


def _colour(
    book: Book, sheet: Any, column: int, last: int, words: Iterable[tuple[str, str]]
) -> None:
    """Cells of a column that hold one of these words in its colour. ``last``: the last row."""
    for word, colour in words if last else ():
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": f'"{word}"',
            "format": book.book.add_format({"bg_color": colour}),
        }
        sheet.conditional_format(1, column, last, column, rule)


def _chart(
    book: Book, kind: str, title: str, name: str, columns: tuple[int, int], rows: tuple[int, int]
) -> Any:
    """A chart of one series. ``columns``: of names and values; ``rows``: first and last."""
    (names, values), (first, last) = columns, rows
    chart = book.book.add_chart({"type": kind})
    series = {
        "name": name,
        "categories": [title, first, names, last, names],
        "values": [title, first, values, last, values],
        "data_labels": {"value": True},
    }
    return chart, series


def _bars(
    book: Book, sheet: Any, place: tuple[int, int], chart: Any, title: str, width: int, height: int
) -> None:
    """Put horizontal bars into a sheet, the first on top."""
    chart.set_title({"name": title})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": width, "height": height})
    sheet.insert_chart(*place, chart)


def _overview(book: Book, c: CampaignView) -> None:
    sheet = book.sheet("总览", (28, 16, 14), landscape=False)
    plain, percent = book.form(), book.form(num_format="0.0%")
    said = f"{c.title}　第 {c.run} 次评查　基准日 {c.as_of}　记录号 {c.head or '—'}"
    book.put(sheet, 0, 0, said, book.form(border=0, bold=True, text_wrap=False))
    red = book.form(border=0, text_wrap=False, font_color=_RED if c.draft else "#595959")
    book.put(sheet, 1, 0, c.draft or c.says, red)
    n = len(c.cases)
    rows: list[tuple[str, object, object]] = [
        ("单位", len(c.units), None),
        ("案卷", n, None),
        ("平均分", c.mean, None),
        *((f"{g}案卷", c.grades[g], _share(c.grades[g], n)) for g in c.ladder),
        ("存在否决项的案卷", len(c.vetoed), None),
        ("问题", c.fault_count, None),
        ("其中可补正", sum(u.curable for u in c.units), None),
        ("待人工判断的项次", c.open_count, None),
        ("未能完整读取的文件", c.unread_count, None),
    ]
    heads, forms = ("项目", "数", "占比"), (plain, plain, percent)
    if c.since:
        rate = c.since.due
        rows.append(("上一轮问题应整改", rate.due, None))
        rows.append(("其中已整改、已说明", rate.done, _share(rate.done, rate.due)))
    end = book.table(sheet, 2, heads, rows, forms, frozen=-1, filtered=False)
    book.table(sheet, end + 1, ("得分段", "案卷"), bins(c.scores), frozen=-1, filtered=False)
    _distribution(book, sheet, end + 2)
    _grades(book, sheet, c)


def _distribution(book: Book, sheet: Any, first: int) -> None:
    chart, series = _chart(book, "column", "总览", "案卷", (0, 1), (first, first + len(BINS) - 1))
    chart.add_series({**series, "fill": {"color": _SERIES}})
    chart.set_title({"name": "得分分布"})
    chart.set_legend({"none": True})
    sheet.insert_chart(2, 4, chart)


def _grades(book: Book, sheet: Any, c: CampaignView) -> None:
    chart, series = _chart(book, "doughnut", "总览", "等次", (0, 1), (6, 5 + len(c.ladder)))
    between = [_SERIES] * (len(c.ladder) - 3)
    points = [{"fill": {"color": x}} for x in (_GREEN, *between, _RED, _GREY)]
    chart.add_series({**series, "points": points})
    chart.set_title({"name": "等次"})
    sheet.insert_chart(18, 4, chart)


def _units(book: Book, c: CampaignView) -> None:
    wide = [9] * len(c.ladder)
    sheet = book.sheet("单位排名", (7, 30, 8, 10, *wide, 8, 10, 10, 10, 16, 8, 8, 9))
    counts = (
        "问题",
        "否决案卷",
        "待定项次",
        "三项制度",
        "三项制度范围",
        "应整改",
        "已整改",
        "整改率",
    )
    heads = ("名次", "单位", "案卷", "平均分", *c.ladder, *counts)
    rows = [
        (
            u.rank,
            u.name,
            len(u.cases),
            u.mean,
            *(u.grades[g] for g in c.ladder),
            len(u.faults),
            len(u.vetoed),
            u.open_count,
            u.systems_score,
            u.systems_says if u.systems else "",
            *_rate(c, u.name),
        )
        for u in c.units
    ]
    forms = (*[None] * (len(heads) - 1), book.form(num_format="0.0%"))
    end = book.table(sheet, 0, heads, rows, forms, frozen=2)
    if rows:
        scale = {
            "type": "3_color_scale",
            "min_color": "#F8696B",
            "mid_color": "#FFEB84",
            "max_color": "#63BE7B",
        }
        sheet.conditional_format(1, 3, end - 1, 3, scale)
        chart, series = _chart(book, "bar", "单位排名", "平均分", (1, 3), (1, end - 1))
        chart.add_series({**series, "fill": {"color": _SERIES}})
        _bars(book, sheet, (end + 1, 1), chart, "单位平均分", 620, 120 + 24 * len(rows))


def _rate(c: CampaignView, unit: str) -> tuple[object, ...]:
    """What was due of the round before, what is done, the share; blank where there is none."""
    rate = c.rates.get(unit)
    return (rate.due, rate.done, _share(rate.done, rate.due)) if rate else (None, None, None)


_CASE_HEADS = (
    "单位",
    "案卷",
    "文号",
    "当事人",
    "程序",
    "立案日期",
    "决定日期",
    "结案日期",
    "得分",
    "最低",
    "最高",
    "等次",
    "问题",
    "待定",
    "未读",
    "否决项",
)


def _cases(book: Book, c: CampaignView) -> None:
    sheet = book.sheet("案卷一览", (16, 20, 18, 16, 12, 11, 11, 11, 7, 7, 7, 8, 6, 6, 6, 16))
    rows = [
        (
            x.unit,
            x.name,
            x.number,
            x.party,
            x.procedure,
            *map(_day, (x.filed, x.decided, x.closed)),
            x.score,
            x.low,
            x.high,
            x.grade,
            len(x.faults),
            len(x.open),
            len(x.unread),
            "、".join(x.vetoes),
        )
        for x in c.cases
    ]
    end = book.table(sheet, 0, _CASE_HEADS, rows, frozen=2)
    if rows:
        _colour(book, sheet, 11, end - 1, [(c.worst, _PALE_RED)])
        bar = {
            "type": "data_bar",
            "bar_color": "#9DC3E6",
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 100,
        }
        sheet.conditional_format(1, 8, end - 1, 8, bar)


_FAULT_HEADS = (
    "单位",
    "案卷",
    "文号",
    "环节",
    "检查项",
    "问题",
    "结论",
    "三项制度",
    "标准分",
    "扣分",
    "说明",
    "位置和原文",
    "依据",
    "可否补正",
    "整改建议",
    "复核意见",
)


def _faults(book: Book, c: CampaignView) -> None:
    """One row a fault and nothing else, so that a pivot agrees with the overview; what nobody has
    decided stands on a sheet of its own.
    """
    _items(book, "问题明细", [(x, r) for x in c.cases for r in x.faults])
    waiting = [(x, r) for x in c.cases for r in x.open]
    if waiting:
        _items(book, "待定项目", waiting)


def _items(book: Book, name: str, items: Sequence[tuple[CaseView, Row]]) -> None:
    sheet = book.sheet(name, (14, 16, 16, 8, 18, 16, 7, 7, 6, 6, 30, 30, 12, 8, 16, 10))
    rows = [
        (
            x.unit,
            x.name,
            x.number,
            r.stage,
            r.name,
            r.fault,
            r.word,
            r.system,
            r.points,
            r.deducted,
            r.message,
            r.where,
            r.articles,
            r.cure if r.failed else "",
            r.remedy,
            r.ruling,
        )
        for x, r in items
    ]
    end = book.table(sheet, 0, _FAULT_HEADS, rows, frozen=2)
    words = [(status_word(status), colour) for status, colour in _OF_STATUS.items()]
    _colour(book, sheet, 6, end - 1 if rows else 0, words)


_POINT_HEADS = (
    "单位",
    "案卷",
    "环节",
    "检查项",
    "三项制度",
    "结论",
    "标准分",
    "扣分",
    "得分",
    "否决",
)


def _points(book: Book, c: CampaignView) -> None:
    """One row an item that counts in the score of a case, in numbers: they re-add to the score."""
    sheet = book.sheet("逐项评分", (20, 36, 12, 34, 9, 8, 8, 8, 8, 6), signed=_SIGNED)
    rows = [
        (
            *(x.unit, x.name, r.stage, r.name, r.system, r.word),
            *(r.points, r.deducted, r.points - r.deducted),
            "是" if r.vetoed else "",
        )
        for x in c.cases
        for r in x.rows
        if r.decided
    ]
    end = book.table(sheet, 0, _POINT_HEADS, rows, frozen=2)
    _colour(book, sheet, 5, end - 1 if rows else 0, [(status_word(FAIL), _PALE_RED)])


def _classes(book: Book, c: CampaignView) -> None:
    sheet = book.sheet("问题分类", (28, 34, 12, 12, 9, 9, 10, 80))
    heads = ("问题", "检查项", "环节", "三项制度", "案卷", "单位", "否决", "典型")
    rows = [
        (
            *(f.name, f.item, f.stage, f.system, f.cases, f.units),
            "是" if f.veto else "",
            "\n".join(f.examples),
        )
        for f in c.faults
    ]
    end = book.table(sheet, 0, heads, rows, frozen=1)
    if rows:
        shown = min(end - 1, 15)
        chart, series = _chart(book, "bar", "问题分类", "案卷", (0, 4), (1, shown))
        chart.add_series({**series, "fill": {"color": _ORANGE}})
        _bars(book, sheet, (end + 1, 0), chart, "涉及案卷最多的问题", 760, 130 + 24 * shown)


def _heat(book: Book, c: CampaignView) -> None:
    heads, rows = c.heat
    sheet = book.sheet("单位与环节", (30, *[11] * len(heads), 10))
    cells = [(name, *ns, sum(ns)) for name, ns in rows]
    end = book.table(sheet, 0, ("单位", *heads, "合计"), cells, frozen=1)
    if rows and heads:
        scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": _RED}
        sheet.conditional_format(1, 1, end - 1, len(heads), scale)
        sums = [sum(ns[j] for _, ns in rows) for j in range(len(heads))]
        for j, value in enumerate(("合计", *sums, c.fault_count)):
            book.put(sheet, end, j, value, book.form(bold=True))


def _systems(book: Book, c: CampaignView) -> None:
    sheet = book.sheet("三项制度", (30, 10, 10, 10, 10, 10, 10, 60))
    heads = (
        "制度",
        "检查项",
        "合格项次",
        "不合格项次",
        "待定项次",
        "合格率",
        "有问题案卷",
        "主要问题",
    )
    rows = [
        (
            s.name,
            s.items,
            s.passed,
            s.failed,
            s.open,
            None if s.rate is None else s.rate / 100,
            s.cases,
            "、".join(s.worst),
        )
        for s in c.systems
    ]
    forms = (None, None, None, None, None, book.form(num_format="0.0%"), None, None)
    book.table(sheet, 0, heads, rows, forms, frozen=1)
    of_units = [
        (u.name, r.stage, r.name, r.word, r.points, r.deducted, r.told, r.remedy)
        for u in c.units
        if u.systems
        for r in u.systems.rows
    ]
    if of_units:
        sheet = book.sheet("单位三项制度", (28, 12, 30, 10, 9, 9, 50, 40))
        heads = ("单位", "类别", "检查项", "结论", "标准分", "扣分", "说明", "整改建议")
        book.table(sheet, 0, heads, of_units, frozen=3)


def _best(book: Book, c: CampaignView) -> None:
    sheet = book.sheet("优秀案卷", (7, 30, 34, 26, 9), landscape=False)
    rows = [(n, x.unit, x.name, x.number, x.score) for n, x in enumerate(c.commended, 1)]
    book.table(sheet, 0, ("序号", "单位", "案卷", "文号", "得分"), rows, frozen=0)


def _changes(book: Book, c: Comparison) -> None:
    sheet = book.sheet(f"与第{c.before}次比较", (26, 30, 30, 30, 14, 12, 12, 50))
    heads = (
        "单位",
        f"案卷（第{c.before}次）",
        f"案卷（第{c.after}次）",
        "检查项",
        "结果",
        "上一轮",
        "这一轮",
        "说明",
    )
    rows = [
        (
            x.unit,
            x.case_from.rpartition("/")[2],
            x.case_to.rpartition("/")[2],
            x.name,
            x.word,
            status_word(x.status_from),
            status_word(x.status_to),
            x.why,
        )
        for x in c.changes
    ]
    end = book.table(sheet, 0, heads, rows, frozen=2)
    _colour(book, sheet, 4, end - 1 if rows else 0, _OF_CHANGE.items())
