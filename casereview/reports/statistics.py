"""The statistics workbook: filters, frozen heads, conditional colours, real numbers and dates,
charts. Every figure is that of ``gather``.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from casereview.reports.gather import GRADES, Campaign, Case
from casereview.reports.pictures import bins
from casereview.reports.rounds_terminal import word
from casereview.rounds.change import Change
from casereview.workbook import Book

_SERIES = "#2F5C96"


def _day(text: str) -> object:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return text


def _share(n: int, of: int) -> Decimal | None:
    return Decimal(n) / of if of else None


def statistics(c: Campaign) -> bytes:
    """The whole workbook."""
    book = Book(f"{c.title}评查统计")
    _overview(book, c)
    _units(book, c)
    _cases(book, c)
    _faults(book, c)
    _classes(book, c)
    _heat(book, c)
    _systems(book, c)
    _best(book, c)
    if c.before:
        _changes(book, c.before.changes, c.before.before, c.before.after)
    return book.bytes()


def _overview(book: Book, c: Campaign) -> None:
    sheet = book.sheet("总览", (28, 16, 14), landscape=False)
    plain, percent = book.form(), book.form(num_format="0.0%")
    book.put(
        sheet,
        0,
        0,
        f"{c.title}　第 {c.run} 次评查　基准日 {c.as_of}　记录号 {c.head or '—'}",
        book.form(border=0, bold=True, text_wrap=False),
    )
    n = len(c.cases)
    rows: list[tuple[str, object, object]] = [
        ("单位", len(c.units), None),
        ("案卷", n, None),
        ("平均分", c.mean, None),
    ]
    rows += [(f"{g}案卷", c.grades[g], _share(c.grades[g], n)) for g in GRADES]
    rows += [
        ("存在否决项的案卷", sum(bool(x.vetoes) for x in c.cases), None),
        ("问题", c.fault_count, None),
        ("其中可补正", sum(r.curable for x in c.cases for r in x.faults), None),
        ("待人工判断的项次", sum(len(x.open) for x in c.cases), None),
        ("未能完整读取的文件", sum(len(x.unread) for x in c.cases), None),
    ]
    end = book.table(
        sheet, 2, ("项目", "数", "占比"), rows, (plain, plain, percent), frozen=-1, filtered=False
    )
    book.table(
        sheet,
        end + 1,
        ("得分段", "案卷"),
        bins([x.score for x in c.cases if x.score is not None]),
        frozen=-1,
        filtered=False,
    )
    first = end + 2
    chart = book.book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "案卷",
            "categories": ["总览", first, 0, first + 6, 0],
            "values": ["总览", first, 1, first + 6, 1],
            "fill": {"color": _SERIES},
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": "得分分布"})
    chart.set_legend({"none": True})
    sheet.insert_chart(2, 4, chart)
    chart = book.book.add_chart({"type": "doughnut"})
    chart.add_series(
        {
            "name": "等次",
            "categories": ["总览", 6, 0, 9, 0],
            "values": ["总览", 6, 1, 9, 1],
            "data_labels": {"value": True},
            "points": [{"fill": {"color": x}} for x in ("#2E7D32", _SERIES, "#C62828", "#BDBDBD")],
        }
    )
    chart.set_title({"name": "等次"})
    sheet.insert_chart(18, 4, chart)


def _units(book: Book, c: Campaign) -> None:
    sheet = book.sheet("单位排名", (7, 30, 8, 10, 8, 8, 9, 8, 8, 10, 10, 10))
    rows = [
        (
            u.rank,
            u.name,
            len(u.cases),
            u.mean,
            *(u.grades[g] for g in GRADES),
            len(u.faults),
            sum(bool(x.vetoes) for x in u.cases),
            sum(len(x.open) for x in u.cases),
            u.systems_score,
        )
        for u in c.units
    ]
    end = book.table(
        sheet,
        0,
        ("名次", "单位", "案卷", "平均分", *GRADES, "问题", "否决案卷", "待定项次", "三项制度"),
        rows,
        frozen=2,
    )
    if rows:
        sheet.conditional_format(
            1,
            3,
            end - 1,
            3,
            {
                "type": "3_color_scale",
                "min_color": "#F8696B",
                "mid_color": "#FFEB84",
                "max_color": "#63BE7B",
            },
        )
        chart = book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "平均分",
                "categories": ["单位排名", 1, 1, end - 1, 1],
                "values": ["单位排名", 1, 3, end - 1, 3],
                "fill": {"color": _SERIES},
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": "单位平均分"})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 620, "height": 120 + 24 * len(rows)})
        sheet.insert_chart(end + 1, 1, chart)


def _cases(book: Book, c: Campaign) -> None:
    sheet = book.sheet("案卷一览", (26, 30, 24, 26, 18, 12, 12, 12, 9, 9, 9, 9, 8, 8, 8, 22))
    rows = [
        (
            x.unit,
            x.name,
            x.number,
            x.party,
            x.procedure,
            _day(x.filed),
            _day(x.decided),
            _day(x.closed),
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
    end = book.table(
        sheet,
        0,
        (
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
        ),
        rows,
        frozen=2,
    )
    if rows:
        sheet.conditional_format(
            1,
            11,
            end - 1,
            11,
            {
                "type": "cell",
                "criteria": "==",
                "value": '"不合格"',
                "format": book.book.add_format({"bg_color": "#F8CBCB"}),
            },
        )
        sheet.conditional_format(
            1,
            8,
            end - 1,
            8,
            {
                "type": "data_bar",
                "bar_color": "#9DC3E6",
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 100,
            },
        )


def _lines(c: Campaign) -> list[tuple[Case, object]]:
    return [(x, r) for x in c.cases for r in (*x.faults, *x.open)]


def _faults(book: Book, c: Campaign) -> None:
    sheet = book.sheet("问题明细", (24, 26, 24, 10, 26, 10, 9, 8, 8, 40, 40, 20, 10, 26, 26))
    rows = [
        (
            x.unit,
            x.name,
            x.number,
            r.stage,
            r.name,
            r.word,
            r.system,
            r.points,
            r.deducted,
            r.message,
            r.where,
            r.basis,
            "可补正" if r.curable else "不可补正",
            r.advice,
            r.ruling,
        )
        for x, r in _lines(c)
    ]  # type: ignore[attr-defined]
    end = book.table(
        sheet,
        0,
        (
            "单位",
            "案卷",
            "文号",
            "环节",
            "检查项",
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
        ),
        rows,
        frozen=2,
    )
    if rows:
        for text, colour in (("不合格", "#F8CBCB"), ("待复核", "#FFE699"), ("待人工", "#DDEBF7")):
            sheet.conditional_format(
                1,
                5,
                end - 1,
                5,
                {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{text}"',
                    "format": book.book.add_format({"bg_color": colour}),
                },
            )


def _classes(book: Book, c: Campaign) -> None:
    sheet = book.sheet("问题分类", (34, 12, 12, 9, 9, 10, 80))
    rows = [
        (f.name, f.stage, f.system, f.cases, f.units, "是" if f.veto else "", "\n".join(f.examples))
        for f in c.faults
    ]
    end = book.table(
        sheet, 0, ("检查项", "环节", "三项制度", "案卷", "单位", "否决", "典型"), rows, frozen=1
    )
    if rows:
        shown = min(end - 1, 15)
        chart = book.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "案卷",
                "categories": ["问题分类", 1, 0, shown, 0],
                "values": ["问题分类", 1, 3, shown, 3],
                "fill": {"color": "#C55A11"},
                "data_labels": {"value": True},
            }
        )
        chart.set_title({"name": "涉及案卷最多的问题"})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 760, "height": 130 + 24 * shown})
        sheet.insert_chart(end + 1, 0, chart)


def _heat(book: Book, c: Campaign) -> None:
    heads, rows = c.heat()
    sheet = book.sheet("单位与环节", (30, *[11] * len(heads), 10))
    end = book.table(
        sheet, 0, ("单位", *heads, "合计"), [(name, *ns, sum(ns)) for name, ns in rows], frozen=1
    )
    if rows and heads:
        sheet.conditional_format(
            1,
            1,
            end - 1,
            len(heads),
            {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#C62828"},
        )
        total = book.form(bold=True)
        book.put(sheet, end, 0, "合计", total)
        for j in range(len(heads) + 1):
            book.put(
                sheet,
                end,
                j + 1,
                sum(ns[j] for _, ns in rows) if j < len(heads) else c.fault_count,
                total,
            )


def _systems(book: Book, c: Campaign) -> None:
    sheet = book.sheet("三项制度", (30, 10, 10, 10, 10, 10, 10, 60))
    book.table(
        sheet,
        0,
        (
            "制度",
            "检查项",
            "合格项次",
            "不合格项次",
            "待定项次",
            "合格率",
            "有问题案卷",
            "主要问题",
        ),
        [
            (
                s["name"],
                s["items"],
                s["pass"],
                s["fail"],
                s["open"],
                None if s["rate"] is None else s["rate"] / 100,
                s["cases"],
                "、".join(s["worst"]),
            )
            for s in c.systems()
        ],
        (None, None, None, None, None, book.form(num_format="0.0%"), None, None),
        frozen=1,
    )
    rows = [
        (u.name, r.stage, r.name, r.word, r.points, r.deducted, r.message, r.advice)
        for u in c.units
        for r in u.systems_rows
    ]
    if rows:
        sheet = book.sheet("单位三项制度", (28, 12, 30, 10, 9, 9, 50, 40))
        book.table(
            sheet,
            0,
            ("单位", "类别", "检查项", "结论", "标准分", "扣分", "说明", "整改建议"),
            rows,
            frozen=3,
        )


def _best(book: Book, c: Campaign) -> None:
    sheet = book.sheet("优秀案卷", (7, 30, 34, 26, 9), landscape=False)
    best = sorted(
        (x for x in c.cases if x.grade == "优秀"), key=lambda x: (-(x.score or 0), x.unit, x.name)
    )
    book.table(
        sheet,
        0,
        ("序号", "单位", "案卷", "文号", "得分"),
        [(n, x.unit, x.name, x.number, x.score) for n, x in enumerate(best, 1)],
        frozen=0,
    )


def _changes(book: Book, changes: tuple[Change, ...], before: int, after: int) -> None:
    sheet = book.sheet(f"与第{before}次比较", (26, 30, 30, 30, 14, 12, 12, 50))
    rows = [
        (
            x.unit,
            x.case_from.rpartition("/")[2],
            x.case_to.rpartition("/")[2],
            x.name,
            x.change,
            word(x.status_from),
            word(x.status_to),
            x.why,
        )
        for x in changes
    ]
    end = book.table(
        sheet,
        0,
        (
            "单位",
            f"案卷（第{before}次）",
            f"案卷（第{after}次）",
            "检查项",
            "结果",
            "上一轮",
            "这一轮",
            "说明",
        ),
        rows,
        frozen=2,
    )
    for text, colour in (
        ("已整改", "#C6E0B4"),
        ("未整改", "#F8CBCB"),
        ("新出现", "#F8CBCB"),
        ("再次出现", "#F4B084"),
        ("转为无法判定", "#FFE699"),
        ("待认领", "#E4DFEC"),
    ):
        if rows:
            sheet.conditional_format(
                1,
                4,
                end - 1,
                4,
                {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{text}"',
                    "format": book.book.add_format({"bg_color": colour}),
                },
            )
