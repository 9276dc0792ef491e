"""A checklist to print and discuss: every item with its points, its basis and when it fails, as one
HTML page or a Word document.
"""

from __future__ import annotations

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from jinja2 import Environment

from casereview.rules.rulebook import Rules

_HEAD = ("序号", "检查项", "分值", "否决", "依据", "怎样判断（不合格的情形）", "不适用或待复核")
_HTML = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{{ title }}</title>
<style>body{font-family:"Noto Serif CJK SC","SimSun",serif;margin:2em;font-size:14px}h1{font-size:22px;text-align:center}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #555;padding:4px 6px;vertical-align:top;text-align:left}th{background:#e8edf5}tr.stage td{background:#f4f4f4;font-weight:bold}small{color:#666}
@media print{body{margin:0}thead{display:table-header-group}tr{break-inside:avoid}}</style>
<h1>{{ title }}</h1><p>{{ summary }}</p><table><thead><tr>{% for h in head %}<th>{{ h }}</th>{% endfor %}</tr></thead><tbody>
{% for stage, rows in stages %}<tr class="stage"><td colspan="{{ head|length }}">{{ stage }}</td></tr>
{% for r in rows %}<tr><td>{{ r[0] }}</td><td>{{ r[1] }}<br><small>{{ r[7] }}</small></td>{% for v in r[2:7] %}<td>{{ v }}</td>{% endfor %}</tr>
{% endfor %}{% endfor %}</tbody></table></html>
"""


def _stages(rules: Rules) -> list[tuple[str, list[tuple[str, ...]]]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for n, c in enumerate(rules.checklist.checks, 1):
        out.setdefault(c.stage, []).append(
            (
                str(n),
                c.name,
                str(c.points),
                "是" if c.veto else "",
                "；".join(c.basis),
                f"{c.kind.rule()}。{c.fails_when}".strip("。"),
                c.note,
                c.id,
            )
        )
    return list(out.items())


def _summary(rules: Rules) -> str:
    c = rules.checklist
    off = f"；停用 {len(c.off)} 项" if c.off else ""
    return (
        f"版本 {c.version}，共 {len(c.checks)} 项，{sum(x.points for x in c.checks)} 分，否决项"
        f" {sum(x.veto for x in c.checks)} 项{off}。"
    )


def html_of(rules: Rules) -> str:
    """One HTML page without any outside resource."""
    env = Environment(autoescape=True)
    return env.from_string(_HTML).render(
        title=rules.checklist.title, summary=_summary(rules), head=_HEAD, stages=_stages(rules)
    )


def docx_of(rules: Rules) -> bytes:
    """A landscape Word document with a repeating head row."""
    d = docx.Document()
    section = d.sections[0]
    section.orientation, section.page_width, section.page_height = (
        WD_ORIENT.LANDSCAPE,
        Cm(29.7),
        Cm(21),
    )
    section.left_margin = section.right_margin = Cm(1.8)
    style = d.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    title = d.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(rules.checklist.title)
    run.font.size, run.font.name, run.bold = Pt(18), "方正小标宋简体", True
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "方正小标宋简体")
    d.add_paragraph(_summary(rules))
    table = d.add_table(rows=1, cols=len(_HEAD))
    table.style, table.autofit = "Table Grid", False
    widths = (1.1, 5.0, 1.3, 1.3, 4.4, 8.0, 5.0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for cell, text, width in zip(table.rows[0].cells, _HEAD, widths, strict=True):
        cell.text, cell.width = text, Cm(width)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(head.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for stage, rows in _stages(rules):
        band = table.add_row().cells
        band[0].merge(band[-1]).text = stage
        for r in rows:
            for cell, text, width in zip(table.add_row().cells, r[:7], widths, strict=True):
                cell.text, cell.width = text, Cm(width)
    out = io.BytesIO()
    d.core_properties.author = "casereview"
    d.save(out)
    return out.getvalue()
