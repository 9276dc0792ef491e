"""Fills a template, shipped or a bureau's own. Text of a case is only ever text: the environment is
sandboxed and escapes it, and no field or link is made of it. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

import jinja2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from casereview.errors import UsageError

_RED = RGBColor(0xC0, 0x00, 0x00)
NO_PICTURE = "（本机没有中文字体，没有画图；请看汇报网页）"
_FIXED_DATE = (2000, 1, 1, 0, 0, 0)
_FIXED_TIME = "2000-01-01T00:00:00Z"
_TIMES = ("created", "modified")
_PEOPLE = ("creator", "lastModifiedBy")
# fonts of official papers (GB/T 9704) -> what may stand in where a machine lacks them
_INSTEAD = {
    "方正小标宋简体": "华文中宋;STZhongsong;宋体;SimSun;Noto Serif CJK SC",
    "仿宋_GB2312": "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
    "黑体": "SimHei;Noto Sans CJK SC",
    "楷体_GB2312": "楷体;KaiTi;STKaiti;Noto Serif CJK SC",
    "宋体": "SimSun;Noto Serif CJK SC",
}
Images = Mapping[str, bytes | None]  # tag -> PNG, None where this machine could not draw


def render(
    template: bytes,
    name: str,
    context: Mapping[str, object],
    required: Sequence[str],
    images: Images | None = None,
    draft: str = "",
    wide: int = 150,
) -> bytes:
    """Fill a template. ``required``: tags without which the paper says nothing; ``draft``: what is
    written on top of every page; ``wide``: of pictures, in millimetres. Raises UsageError naming
    every tag that is unknown or missing.
    """
    drawn = images or {}
    doc = _opened(template, name, {*context, *drawn}, required)
    pictures = {
        tag: InlineImage(doc, io.BytesIO(data), width=Mm(wide)) if data else NO_PICTURE
        for tag, data in drawn.items()
    }
    try:
        doc.render({**context, **pictures}, _environment())
    except jinja2.UndefinedError as e:
        raise UsageError(
            f"模板 {name} 不能用：不认识的标签（{e.message}）。用 casereview report templates"
            " 写出自带模板对照。"
        ) from e
    except jinja2.TemplateError as e:
        raise UsageError(f"模板 {name} 不能用：{e.message}") from e
    if draft:
        _on_every_page(doc, draft)
    out = io.BytesIO()
    doc.save(out)
    return settled(out.getvalue())


def _on_every_page(doc: DocxTemplate, text: str) -> None:
    """Write a line into the head of every page, whatever heads the template has."""
    for section in doc.docx.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if doc.docx.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            head.is_linked_to_previous = False
            line = head.paragraphs[0] if head.paragraphs else head.add_paragraph()
            if line.text.strip():
                line = line.insert_paragraph_before()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(text)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(10.5), _RED


def tags_used(template: bytes, name: str) -> set[str]:
    """The tags that a template uses. Raises UsageError when it cannot be read."""
    try:
        used = DocxTemplate(io.BytesIO(template)).get_undeclared_template_variables(_environment())
    except (jinja2.TemplateSyntaxError, KeyError, ValueError, zipfile.BadZipFile) as e:
        raise UsageError(f"模板 {name} 读不出来（{e}）。") from e
    return set(used)


def _opened(template: bytes, name: str, known: set[str], required: Sequence[str]) -> DocxTemplate:
    """The template, when it can be read and its tags are known and complete."""
    try:
        doc = DocxTemplate(io.BytesIO(template))
        used = doc.get_undeclared_template_variables(_environment())
    except (jinja2.TemplateSyntaxError, KeyError, ValueError, zipfile.BadZipFile) as e:
        raise UsageError(
            f"模板 {name} 读不出来（{e}）。请检查标签的括号是否成对，循环是否有 endfor。"
        ) from e
    bad = []
    if strange := used - known:
        bad.append(f"不认识的标签：{'、'.join(sorted(strange))}；可以用 {'、'.join(sorted(known))}")
    if lacking := [t for t in required if t not in used]:
        bad.append(f"缺少标签：{'、'.join(lacking)}")
    if bad:
        raise UsageError(f"模板 {name} 不能用：\n" + "\n".join(bad))
    return doc


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)


def settled(data: bytes) -> bytes:
    """The same content as the same bytes: fixed times, fixed properties, the fonts that may stand
    in.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = old.read(name)
            if name == "docProps/core.xml":
                body = _properties(body)
            elif name == "word/fontTable.xml":
                body = _fonts(body)
            new.writestr(zipfile.ZipInfo(name, _FIXED_DATE), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _parsed(body: bytes) -> etree._Element:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def _written(root: etree._Element) -> bytes:
    out: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return out


def _properties(body: bytes) -> bytes:
    root = _parsed(body)
    for e in root:
        name = etree.QName(e).localname
        if name in _TIMES:
            e.text = _FIXED_TIME
        elif name in _PEOPLE:
            e.text = "casereview"
    return _written(root)


def _fonts(body: bytes) -> bytes:
    root = _parsed(body)
    have = {f.get(qn("w:name")) for f in root}
    for name, instead in _INSTEAD.items():
        if name not in have:
            f = etree.SubElement(root, qn("w:font"), {qn("w:name"): name})
            etree.SubElement(f, qn("w:altName"), {qn("w:val"): instead})
            etree.SubElement(f, qn("w:charset"), {qn("w:val"): "86"})
    return _written(root)
