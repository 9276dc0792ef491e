"""Sets a paper as DOCX."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from drawing.paper import SIGNATURE, UP, Paper
from drawing.pictures import photo, seal, signature

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
FIXED = dt.datetime(2024, 1, 1)


def _fill(paragraph: Any, text: str, by_hand: bool, size: float = 12) -> None:
    """Text with signatures, typed or as pictures."""
    at = 0
    for found in SIGNATURE.finditer(text):
        _run(paragraph, text[at : found.start()], size)
        if by_hand:
            paragraph.add_run().add_picture(io.BytesIO(signature(found[1])), height=Cm(0.8))
        else:
            _run(paragraph, found[1], size)
        at = found.end()
    _run(paragraph, text[at:], size)


def _run(paragraph: Any, text: str, size: float, bold: bool = False) -> None:
    if text:
        run = paragraph.add_run(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.name = "宋体"
        run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def set_docx(paper: Paper, by_hand: bool) -> bytes:
    """DOCX bytes of one paper."""
    document = Document()
    if paper.head and paper.head_at == "页眉":
        document.sections[0].header.paragraphs[0].text = paper.head
    elif paper.head:
        document.add_paragraph(paper.head)
    if paper.foot and "{" not in paper.foot:
        document.sections[0].footer.paragraphs[0].text = paper.foot
    for block in paper.blocks:
        _block(document, block, by_hand)
    document.core_properties.created = document.core_properties.modified = FIXED
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _block(document: Any, block: tuple[Any, ...], by_hand: bool) -> None:
    kind = block[0]
    if kind == "title":
        for line in block[1]:
            paragraph = document.add_paragraph()
            paragraph.alignment = CENTER
            _run(paragraph, line, 18, True)
    elif kind == "table":
        _table(document, block[1], len(block[2]), by_hand)
    elif kind == "issue":
        _, agency, date, sealed = block
        for text in (agency, date):
            paragraph = document.add_paragraph()
            paragraph.alignment = RIGHT
            _run(paragraph, text or "", 12)
        if sealed:
            paragraph = document.add_paragraph()
            paragraph.alignment = RIGHT
            paragraph.add_run().add_picture(io.BytesIO(seal(agency)), width=Cm(3.6))
    elif kind == "photo":
        document.add_paragraph().add_run().add_picture(io.BytesIO(photo(block[1])), width=Cm(10))
    elif kind == "page":
        document.add_page_break()
    elif kind not in ("gap", "stamp"):
        paragraph = document.add_paragraph()
        if kind == "para":
            paragraph.paragraph_format.first_line_indent = Pt(24)
        if kind in ("right", "center"):
            paragraph.alignment = RIGHT if kind == "right" else CENTER
        _fill(paragraph, block[1], by_hand)


def _table(document: Any, rows: list[list[str]], columns: int, by_hand: bool) -> None:
    table = document.add_table(rows=len(rows), cols=columns)
    table.style = "Table Grid"
    for i, row in enumerate(rows):
        cells = table.rows[i].cells
        if len(row) < columns:
            cells[len(row) - 1].merge(cells[columns - 1])
        for j, text in enumerate(row):
            if text == UP:
                table.cell(i - 1, j).merge(cells[j])
                continue
            first, *others = text.split("\n")
            _fill(cells[j].paragraphs[0], first, by_hand, 10.5)
            for other in others:
                _fill(cells[j].add_paragraph(), other, by_hand, 10.5)
