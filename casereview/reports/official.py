"""Official papers in Word as GB/T 9704-2012 lays them out, made as templates with tags; rendering
any template, the shipped ones and a bureau's own.

Page: A4, type area 156 x 225 mm, 22 lines of 28 characters; title 小标宋 二号, text 仿宋 三号,
headings 黑体 and 楷体 三号, page numbers 宋体 四号 between dashes.
A font that a machine lacks is replaced by the one named beside it in the font table of the
document.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import docx
import jinja2
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from casereview.errors import UsageError

SONG, FANG, HEI, KAI, TEXT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
_INSTEAD = {
    SONG: "华文中宋;STZhongsong;宋体;SimSun;Noto Serif CJK SC",
    FANG: "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
    HEI: "SimHei;Noto Sans CJK SC",
    KAI: "楷体;KaiTi;STKaiti;Noto Serif CJK SC",
    TEXT: "SimSun;Noto Serif CJK SC",
}
LINE = Pt(28.95)  # 225 mm in 22 lines
_FIXED_DATE = (2000, 1, 1, 0, 0, 0)


class Paper:
    """A template in the making. Texts may carry tags: {{ 名称 }}, and loops over rows or
    paragraphs.
    """

    def __init__(self, landscape: bool = False):
        self.doc = docx.Document()
        s = self.doc.sections[0]
        s.page_width, s.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
        s.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        s.top_margin, s.bottom_margin, s.left_margin, s.right_margin = (
            (Mm(26), Mm(22), Mm(20), Mm(20)) if landscape else (Mm(37), Mm(35), Mm(28), Mm(25.8))
        )
        s.footer_distance = Mm(14 if landscape else 28)
        if not landscape:
            grid = s._sectPr.find(qn("w:docGrid"))
            grid = s._sectPr.makeelement(qn("w:docGrid"), {}) if grid is None else grid
            for k, v in (("type", "lines"), ("linePitch", "579")):
                grid.set(qn(f"w:{k}"), v)
            if grid.getparent() is None:
                s._sectPr.append(grid)
        normal = self.doc.styles["Normal"]
        _font(normal, FANG, 16)
        normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
        self._numbers(s)

    def _numbers(self, section: Any) -> None:
        """— 1 —, odd pages right, even pages left."""
        settings = self.doc.settings.element
        settings.append(settings.makeelement(qn("w:evenAndOddHeaders"), {}))
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            p = footer.paragraphs[0]
            p.alignment = side
            for text in ("— ", "PAGE", " —"):
                if text == "PAGE":
                    f = OxmlElement("w:fldSimple")
                    f.set(qn("w:instr"), "PAGE")
                    r = OxmlElement("w:r")
                    t = OxmlElement("w:t")
                    t.text = "1"
                    r.append(t)
                    f.append(r)
                    p._p.append(f)
                else:
                    _run(p, text, TEXT, 14)

    def para(
        self,
        text: str,
        font: str = FANG,
        size: float = 16,
        align: str = "",
        indent: int = 2,
        bold: bool = False,
        before: float = 0,
        colour: str = "",
        keep: bool = False,
    ) -> Any:
        """A paragraph, two characters in by default; ``align``: center, right, or ''."""
        p = self.doc.add_paragraph()
        f = p.paragraph_format
        f.line_spacing_rule, f.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            (LINE if size >= 14 else Pt(size * 1.45)),
        )
        f.space_before, f.keep_with_next = Pt(before), keep
        if size < 14:
            _off_grid(p)
        if align:
            p.alignment = {"center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}[
                align
            ]
        elif indent:
            f.first_line_indent = Pt(indent * size)
        _run(p, text, font, size, bold, colour)
        return p

    def head(self, organ: str, number: str) -> None:
        """发文机关标志 in red, 发文字号, and the red line."""
        self.para(organ, SONG, 30, "center", 0, colour="C00000").paragraph_format.line_spacing = Pt(
            44
        )
        p = self.para(number, FANG, 16, "center", 0, before=14)
        border = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for k, v in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", "C00000")):
            bottom.set(qn(f"w:{k}"), v)
        border.append(bottom)
        p._p.get_or_add_pPr().append(border)

    def title(self, text: str) -> None:
        """小标宋 二号, centred, with a line above and below."""
        self.para(
            text, SONG, 22, "center", 0, before=20, keep=True
        ).paragraph_format.space_after = Pt(18)

    def h1(self, text: str) -> None:
        """一、 in 黑体."""
        self.para(text, HEI, 16, keep=True)

    def h2(self, text: str) -> None:
        """（一） in 楷体."""
        self.para(text, KAI, 16, keep=True)

    def sign(self, organ: str, day: str) -> None:
        """署名 and date on the right, four characters in."""
        for text, before in ((organ, 40.0), (day, 0.0)):
            self.para(
                text, FANG, 16, "right", 0, before=before, keep=bool(before)
            ).paragraph_format.right_indent = Pt(64)

    def table(
        self,
        heads: Sequence[str],
        cells: Sequence[str],
        widths: Sequence[float],
        loop: str = "",
        size: float = 10.5,
    ) -> None:
        """A ruled table with a repeated head; ``loop``: 'x in 列表', a row for each. ``widths`` in
        millimetres.
        """
        t = self.doc.add_table(rows=1, cols=len(heads) or len(cells))
        t.style, t.autofit, t.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(t.columns, widths, strict=True):
            column.width = Mm(width)
        for j, h in enumerate(heads):
            _cell(t.rows[0].cells[j], h, HEI, size, widths[j], center=True)
        if heads:
            pr = t.rows[0]._tr.get_or_add_trPr()
            pr.append(pr.makeelement(qn("w:tblHeader"), {}))
        if loop:
            for row, text in (
                (t.add_row(), f"{{%tr for {loop} %}}"),
                (None, ""),
                (None, "{%tr endfor %}"),
            ):
                row = row or t.add_row()
                if text:
                    _cell(row.cells[0], text, FANG, size, widths[0])
                else:
                    for j, c in enumerate(cells):
                        _cell(row.cells[j], c, FANG, size, widths[j])
                    pr = row._tr.get_or_add_trPr()
                    pr.append(pr.makeelement(qn("w:cantSplit"), {}))
        self._gap()

    def pairs(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 10.5
    ) -> None:
        """A form: label, value, label, value; the last cell of a short row runs on."""
        t = self.doc.add_table(rows=0, cols=len(widths))
        t.style, t.autofit, t.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(t.columns, widths, strict=True):
            column.width = Mm(width)
        for r in rows:
            cells = t.add_row().cells
            if len(r) < len(widths):
                cells[len(r) - 1].merge(cells[-1])
            for j, text in enumerate(r):
                _cell(cells[j], text, HEI if j % 2 == 0 else FANG, size, widths[j])
        self._gap()

    def _gap(self) -> None:
        p = self.doc.add_paragraph()
        p.paragraph_format.line_spacing_rule, p.paragraph_format.line_spacing = (
            WD_LINE_SPACING.EXACTLY,
            Pt(8),
        )
        _off_grid(p)

    def bytes(self) -> bytes:
        """The template as a file."""
        out = io.BytesIO()
        self.doc.save(out)
        return _settled(out.getvalue())


def _font(style: Any, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _run(p: Any, text: str, font: str, size: float, bold: bool = False, colour: str = "") -> None:
    r = p.add_run(text)
    r.font.size, r.bold = Pt(size), bold or None
    if font in (FANG, HEI, KAI) and size == 16:
        tighter = OxmlElement("w:spacing")  # 28 characters of 16 pt in 156 mm
        tighter.set(qn("w:val"), "-4")
        r._element.get_or_add_rPr().append(tighter)
    fonts = r._element.get_or_add_rPr().get_or_add_rFonts()
    for k in ("ascii", "hAnsi"):
        fonts.set(qn(f"w:{k}"), "Times New Roman")
    fonts.set(qn("w:eastAsia"), font)
    if colour:
        r.font.color.rgb = RGBColor.from_string(colour)


def _cell(cell: Any, text: str, font: str, size: float, width: float, center: bool = False) -> None:
    cell.width = Mm(width)
    p = cell.paragraphs[0]
    p.paragraph_format.line_spacing_rule, p.paragraph_format.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(size * 1.4),
    )
    if center:
        p.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _off_grid(p)
    _run(p, text, font, size)


def _off_grid(p: Any) -> None:
    """Small type keeps its own line height."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    p._p.get_or_add_pPr().append(snap)


def _settled(data: bytes) -> bytes:
    """The same content as the same bytes: fixed times, fixed properties, the fonts that may stand
    in, no thumbnail.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*",
                    rb"\g<1>2000-01-01T00:00:00Z",
                    body,
                )
                body = re.sub(
                    rb"(<dc:creator>)[^<]*|(<cp:lastModifiedBy>)[^<]*",
                    lambda m: (m.group(1) or m.group(2)) + b"casereview",
                    body,
                )
            elif name == "word/fontTable.xml":
                body = _fonts(body)
            new.writestr(zipfile.ZipInfo(name, _FIXED_DATE), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _fonts(body: bytes) -> bytes:
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    have = {f.get(qn("w:name")) for f in root}
    for name, instead in _INSTEAD.items():
        if name not in have:
            f = etree.SubElement(root, qn("w:font"), {qn("w:name"): name})
            etree.SubElement(f, qn("w:altName"), {qn("w:val"): instead})
            etree.SubElement(f, qn("w:charset"), {qn("w:val"): "86"})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def render(
    template: bytes,
    name: str,
    context: dict[str, Any],
    required: Sequence[str],
    images: dict[str, bytes | None] | None = None,
) -> bytes:
    """Fill a template. ``images``: tag -> PNG (None where this machine could not draw). Raises
    UsageError naming every tag that is unknown or missing.

    Text of a case is only ever text: the environment is sandboxed and escapes it, and no field or
    link is made of it.
    """
    from docx.shared import Mm as _Mm
    from docxtpl import InlineImage

    try:
        doc = DocxTemplate(io.BytesIO(template))
        used = doc.get_undeclared_template_variables(_env())
    except (jinja2.TemplateSyntaxError, KeyError, ValueError, zipfile.BadZipFile) as e:
        raise UsageError(
            f"模板 {name} 读不出来（{e}）。请检查标签的括号是否成对，循环是否有 endfor。"
        ) from e
    known = {*context, *(images or {})}
    bad = (
        [f"不认识的标签：{'、'.join(sorted(used - known))}；可以用 {'、'.join(sorted(known))}"]
        if used - known
        else []
    )
    bad += (
        [f"缺少标签：{'、'.join(t for t in required if t not in used)}"]
        if set(required) - used
        else []
    )
    if bad:
        raise UsageError(f"模板 {name} 不能用：\n" + "\n".join(bad))
    full = dict(context)
    for tag, data in (images or {}).items():
        full[tag] = (
            InlineImage(doc, io.BytesIO(data), width=_Mm(150))
            if data
            else "（本机没有中文字体，没有画图；请看汇报网页）"
        )
    try:
        doc.render(full, _env())
    except jinja2.UndefinedError as e:
        raise UsageError(
            f"模板 {name} 不能用：不认识的标签（{e.message}）。用 casereview report templates"
            " 写出自带模板对照。"
        ) from e
    except jinja2.TemplateError as e:
        raise UsageError(f"模板 {name} 不能用：{e.message}") from e
    out = io.BytesIO()
    doc.save(out)
    return _settled(out.getvalue())


def _env() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
