"""Sets papers as PDF pages with reportlab."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Image, Paragraph, Spacer, Table, TableStyle

from drawing.fonts import pdf_font
from drawing.paper import SIGNATURE, UP, Paper
from drawing.pictures import photo, seal, signature, stamp

WIDTH = A4[0] - 140
GRID = TableStyle(
    [("GRID", (0, 0), (-1, -1), 0.7, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
)


@dataclass
class Look:
    """How the pages of a house look."""

    font: str = "宋"
    heading: str = "黑"
    size: float = 12
    by_hand: bool = False


@cache
def _pictures() -> tempfile.TemporaryDirectory[str]:
    """Where pictures of signatures lie while the program runs."""
    return tempfile.TemporaryDirectory()


class Press:
    """Sets papers one after the other on one canvas."""

    def __init__(self, look: Look, number_from: int | None):
        self.look, self.out = look, io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1)
        self.number = number_from
        font, heading = pdf_font(look.font), pdf_font(look.heading)
        self.font = font
        body = ParagraphStyle(
            "body", fontName=font, fontSize=look.size, leading=look.size * 1.65, wordWrap="CJK"
        )
        self.styles = {
            "line": body,
            "para": ParagraphStyle("para", parent=body, firstLineIndent=look.size * 2),
            "right": ParagraphStyle("right", parent=body, alignment=2),
            "center": ParagraphStyle("center", parent=body, alignment=1),
            "head": ParagraphStyle("head", parent=body, fontName=heading, spaceBefore=4),
            "cell": ParagraphStyle(
                "cell", parent=body, fontSize=look.size - 1.5, leading=(look.size - 1.5) * 1.45
            ),
            "title": ParagraphStyle(
                "title", parent=body, fontName=heading, fontSize=19, leading=28, alignment=1
            ),
        }
        self.y = 0.0
        self.page_in_paper = 0

    def papers(self, papers: list[Paper]) -> list[int]:
        """Sets all papers; how many pages each takes."""
        return [self._paper(p) for p in papers]

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self.out.getvalue()

    def _paper(self, paper: Paper) -> int:
        total = 0
        if "{t}" in paper.foot:
            trial = Press(self.look, None)
            total = trial._set(paper, 1)
        return self._set(paper, total)

    def _set(self, paper: Paper, total: int) -> int:
        self.page_in_paper = 0
        self._page(paper, total)
        if paper.head and paper.head_at == "首页题上":
            self._draw(Paragraph(escape(paper.head), self.styles["line"]), 2, paper, total)
        for block in paper.blocks:
            self._block(block, paper, total)
        self.canvas.showPage()
        return self.page_in_paper

    def _page(self, paper: Paper, total: int) -> None:
        """A fresh page with running head and foot."""
        if self.page_in_paper:
            self.canvas.showPage()
        self.page_in_paper += 1
        self.canvas.setPageRotation(paper.turned)
        self.y = A4[1] - 72
        self.canvas.setFont(self.font, 9)
        if paper.head and paper.head_at == "页眉":
            self.canvas.drawCentredString(A4[0] / 2, A4[1] - 46, paper.head)
        elif paper.head and paper.head_at == "右上" and self.page_in_paper == 1:
            self.canvas.drawRightString(A4[0] - 70, A4[1] - 50, paper.head)
        foot = paper.foot.replace("{p}", str(self.page_in_paper)).replace("{t}", str(total))
        self.canvas.drawCentredString(A4[0] / 2, 40, foot)
        if self.number is not None:
            if self.number > 0:
                self.canvas.drawRightString(A4[0] - 40, A4[1] - 30, str(self.number))
            self.number += 1

    def _draw(self, thing: Any, space: float, paper: Paper, total: int) -> None:
        """Puts a flowable below what is there, over pages where it must."""
        _, height = thing.wrap(WIDTH, 10000)
        if self.y - height < 70:
            room = self.y - 70
            parts = thing.split(WIDTH, room) if room > 60 else []
            if len(parts) == 2:
                self._draw(parts[0], 0, paper, total)
                self._page(paper, total)
                self._draw(parts[1], space, paper, total)
                return
            if self.y < A4[1] - 80:
                self._page(paper, total)
                self._draw(thing, space, paper, total)
                return
        thing.drawOn(self.canvas, 70, self.y - height)
        self.y -= height + space

    def _text(self, text: str, style: str) -> Paragraph:
        size = self.look.size * 1.9

        def name(found: re.Match[str]) -> str:
            if not self.look.by_hand:
                return found[1]
            path = self._picture(found[1])
            width = size * (64 * len(found[1]) + 20) / 84
            return f'<img src="{path}" width="{width:.0f}" height="{size:.0f}" valign="middle"/>'

        wide = "&nbsp;&nbsp;"
        drawn = self.look.by_hand and SIGNATURE.search(text)
        marked = SIGNATURE.sub(name, escape(text)).replace("\n", "<br/>")
        marked = marked.replace("　", f" {wide}" if drawn else wide)
        chosen = self.styles[style]
        if drawn:  # the breaking of Chinese lines cannot stand pictures
            chosen = ParagraphStyle(f"{style}-drawn", parent=chosen, wordWrap=None)
        return Paragraph(self._whole(marked) or "&nbsp;", chosen)

    def _cell(self, text: str) -> Any:
        """A cell: lines with pictures are paragraphs of their own."""
        if not (self.look.by_hand and SIGNATURE.search(text)):
            return self._text(text, "cell")
        return [self._text(line, "cell") for line in text.split("\n")]

    def _whole(self, marked: str) -> str:
        """The round zero of dates, which the fonts of GB2312 lack, from another font."""
        if self.look.font not in ("宋", "楷"):
            return marked
        return marked.replace("〇", f'<font name="{pdf_font("黑")}">〇</font>')

    @staticmethod
    def _picture(name: str) -> str:
        """A signature as a file that reportlab can name in a paragraph."""
        path = Path(_pictures().name) / f"{name.encode().hex()}.png"
        if not path.exists():
            path.write_bytes(signature(name))
        return str(path)

    def _block(self, block: tuple[Any, ...], paper: Paper, total: int) -> None:
        kind = block[0]
        if kind == "title":
            for line in block[1]:
                self._draw(Paragraph(escape(line), self.styles["title"]), 2, paper, total)
            self.y -= 6
        elif kind == "table":
            self._draw(self._table(*block[1:]), 6, paper, total)
        elif kind == "issue":
            self._issue(block, paper, total)
        elif kind == "photo":
            self._draw(Image(io.BytesIO(photo(block[1])), 300, 200), 6, paper, total)
        elif kind == "page":
            self._page(paper, total)
        elif kind == "stamp":
            picture = ImageReader(io.BytesIO(stamp(block[1])))
            self.canvas.drawImage(picture, A4[0] / 2 - 70, self.y + 2, 140, 44, mask="auto")
        elif kind == "gap":
            self._draw(Spacer(1, block[1]), 0, paper, total)
        else:
            lines = block[1].split("\n") if self.look.by_hand else [block[1]]
            for line in lines:
                self._draw(self._text(line, kind), 3, paper, total)

    def _table(self, rows: list[list[str]], widths: list[float]) -> Table:
        count = len(widths)
        spans, cells = [], []
        for i, row in enumerate(rows):
            if len(row) < count:
                spans.append(("SPAN", (len(row) - 1, i), (count - 1, i)))
            shown = ["" if x == UP else self._cell(x) for x in row]
            cells.append(shown + [""] * (count - len(row)))
        if merged := [i for i, row in enumerate(rows) if row[0] == UP]:
            spans.append(("SPAN", (0, merged[0] - 1), (0, merged[-1])))
        table = Table(cells, [WIDTH * w for w in widths], splitInRow=1)
        table.setStyle(TableStyle([*GRID.getCommands(), *spans]))
        return table

    def _issue(self, block: tuple[Any, ...], paper: Paper, total: int) -> None:
        _, agency, date, sealed = block
        self._draw(Spacer(1, 24), 0, paper, total)
        if self.y < 170:
            self._page(paper, total)
        self._draw(self._text(agency, "right"), 2, paper, total)
        if date:
            self._draw(self._text(date, "right"), 2, paper, total)
        if sealed:
            self.canvas.drawImage(
                ImageReader(io.BytesIO(seal(agency))),
                A4[0] - 190,
                self.y - 22,
                105,
                105,
                mask="auto",
            )
        self.y -= 30


def set_pdf(
    papers: list[Paper], look: Look, number_from: int | None = None
) -> tuple[bytes, list[int]]:
    """PDF bytes of some papers and the pages of each."""
    press = Press(look, number_from)
    counts = press.papers(papers)
    return press.bytes(), counts
