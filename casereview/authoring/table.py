"""A checklist to print and discuss: every item with its points, its basis and when it fails, as one
HTML page or a Word document.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from jinja2 import Environment

from casereview.rules.checklist import Check
from casereview.rules.rulebook import Rules

BODY_FACE = "仿宋_GB2312"
TITLE_FACE = "方正小标宋简体"
_WIDTHS = (1.1, 4.4, 3.4, 1.3, 1.3, 3.6, 7.0, 4.0)
_HEAD = (
    *("序号", "检查项", "问题", "分值", "否决", "依据"),
    *("怎样判断（不合格的情形）", "不适用或待复核"),
)


def _stages(rules: Rules) -> list[tuple[str, list[tuple[str, ...]]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for n, c in enumerate(rules.checklist.checks, 1):
        out.setdefault(c.stage, []).append(
            (
                str(n),
                c.name,
                c.fault,
                str(c.points),
                "是" if c.veto else "",
                "；".join(c.basis),
                _judged(c),
                c.note,
                c.id,
            )
        )
    return list(out.items())


def _judged(c: Check) -> str:
    """How an item is judged and what a fault costs."""
    said = (c.kind.rule(), c.fails_when, c.deduction.sentence(c.points))
    return "。".join(text.strip("。") for text in said if text)


def _summary(rules: Rules) -> str:
    c = rules.checklist
    off = f"；停用 {len(c.off)} 项" if c.off else ""
    return (
        f"版本 {c.version}，共 {len(c.checks)} 项，{sum(x.points for x in c.checks)} 分，否决项"
        f" {sum(x.veto for x in c.checks)} 项{off}。"
    )


def _template() -> str:
    return Path(__file__).with_name("checklist.html.j2").read_text("utf-8")


def html_of(rules: Rules) -> str:
    """One HTML page without any outside resource."""
    env = Environment(autoescape=True)
    return env.from_string(_template()).render(
        title=rules.checklist.title, summary=_summary(rules), head=_HEAD, stages=_stages(rules)
    )


def docx_of(rules: Rules) -> bytes:
    """A landscape Word document with a repeating head row."""
    d = docx.Document()
    _set_page(d)
    title = d.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(rules.checklist.title)
    run.font.size, run.bold = Pt(18), True
    _typeface(run, TITLE_FACE)
    d.add_paragraph(_summary(rules))
    table = d.add_table(rows=1, cols=len(_HEAD))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0].cells, _HEAD)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for stage, rows in _stages(rules):
        band = table.add_row().cells
        band[0].merge(band[-1]).text = stage
        for row in rows:
            _fill(table.add_row().cells, row[: len(_HEAD)])
    out = io.BytesIO()
    d.core_properties.author = "casereview"
    d.save(out)
    return out.getvalue()


def _set_page(d: Any) -> None:
    section = d.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    style = d.styles["Normal"]
    style.font.size = Pt(10)
    _typeface(style, BODY_FACE)


def _typeface(styled: Any, name: str) -> None:
    """A Chinese typeface: Word asks for it in two places."""
    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _fill(cells: Any, texts: Sequence[str]) -> None:
    for cell, text, width in zip(cells, texts, _WIDTHS, strict=True):
        cell.text, cell.width = text, Cm(width)
