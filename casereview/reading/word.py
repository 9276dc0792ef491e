"""DOCX -> pages, by walking the XML: python-docx silently drops insertions, text boxes, content
controls, fields and nested tables.

Word has no fixed pages; a page ends at an explicit or last rendered page break. There are no boxes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from PIL import Image

from casereview.chinese import normalise
from casereview.errors import ReadFailure
from casereview.model import PICTURE, Cell, Line, Page, Picture
from casereview.reading import ocr
from casereview.reading.enclosed import unopened
from casereview.reading.images import opened
from casereview.reading.safe_open import open_zip, parse_xml, read_member
from casereview.reading.stamps import is_signature, may_fill_field, redness

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
WP_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
V_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
O_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_OBJECTS = ("Word.", "WPS.", "KWPS.", "AcroExch.", "Package")  # programs whose objects are papers
MAX_COLUMNS = 63
_SHEET = (330.0, 400.0)  # points: a picture this large may be a page of a paper
_WORDS = 40  # characters from which a recognised picture is a paper and not a photo
_LARGE = 20_000_000  # bytes of a picture at most
_WRAPPERS = {W + n for n in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "moveTo")}
_LEFT_OUT = {W + n for n in ("pPr", "rPr", "del", "moveFrom", "instrText", "fldChar")} | {FALLBACK}
_LEAVES = {
    W + n for n in ("t", "tab", "ptab", "br", "cr", "sym", "noBreakHyphen", "lastRenderedPageBreak")
}
_DRAWN = {W + n for n in ("drawing", "pict", "object")}
_TICKED = ("F052", "F0FE", "00FE")


@dataclass
class Story:
    """What was found on one page of the running text. ``sheets``: parts of pictures as large as a
    sheet of paper.
    """

    lines: list[Line] = field(default_factory=list)
    tables: list[list[list[Cell]]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


class Walk:
    """Collects lines, tables and pictures of one story in reading order. ``parts``: the package
    with the pictures, None where there is none.
    """

    def __init__(self, parts: zipfile.ZipFile | None, rels: dict[str, str]):
        self.parts, self.rels = parts, rels
        self.pages: list[Story] = [Story()]
        self.parts_seen = 0

    def body(self, node: etree._Element) -> None:
        """Paragraphs, tables and wrappers below ``node``."""
        for e in node:
            if e.tag == W + "p":
                self.paragraph(e)
            elif e.tag == W + "tbl":
                self.table(e)
            elif e.tag in _WRAPPERS:
                self.body(e)

    def new_page(self) -> None:
        """Start a page unless the present one is still empty."""
        if self.pages[-1].lines:
            self.pages.append(Story())

    def paragraph(self, p: etree._Element, cell: tuple[int, int, int] | None = None) -> list[str]:
        """Add the lines of a paragraph and return their texts."""
        if p.find(f"{W}pPr/{W}pageBreakBefore") is not None and cell is None:
            self.new_page()
        pieces, nested = [""], []
        size = max((_size(e) for e in _content(p) if e.tag == W + "t"), default=0.0)
        for e in _content(p):
            if e.tag == W + "txbxContent":
                nested.append(e)
            else:
                pieces[-1] += self._written(e, cell is not None)
                pieces += _breaks(e, cell is not None)
        texts = []
        part = self._numbered(pieces) if cell is None else 0
        for piece in pieces:
            if piece == "\f":
                self.new_page()
            elif piece.strip():
                texts.append(normalise(piece).strip("\n"))
                self.pages[-1].lines.append(Line(texts[-1], None, size, cell, True, part))
        for box in nested:
            self.body(box)
        return texts

    def _numbered(self, pieces: list[str]) -> int:
        """Which paragraph of the running text this is, those without text not counted."""
        self.parts_seen += any(piece.strip() for piece in pieces)
        return self.parts_seen

    def _written(self, e: etree._Element, in_cell: bool) -> str:
        """The text that one leaf of a paragraph stands for."""
        if e.tag == W + "t":
            return e.text or ""
        if e.tag in (W + "tab", W + "ptab"):
            return "  "
        if e.tag == W + "noBreakHyphen":
            return "-"
        if e.tag == W + "sym":
            return "√" if (e.get(W + "char") or "").upper() in _TICKED else "□"
        if e.tag == W + "checkBox":
            state = e.find(W + "checked")
            return "☑" if _is_on(e.find(W + "default") if state is None else state) else "□"
        return self.picture(e, in_cell) if e.tag in _DRAWN else ""

    def picture(self, e: etree._Element, in_cell: bool = False) -> str:
        """Register a picture; a low one is a signature and leaves its mark in the text, and so does
        a larger one that fills a cell.
        """
        w, h = _extent(e)
        rid = _picture_id(e)
        if rid is None:
            return ""
        signature = h > 0 and is_signature(w, h)
        square = not signature and (h == 0 or 0.5 <= w / max(h, 1) <= 2)
        red = self._red(rid) if square else None
        self.pages[-1].pictures.append(Picture(None, red))
        if w >= _SHEET[0] and h >= _SHEET[1] and rid in self.rels:
            self.pages[-1].sheets.append(self.rels[rid])
        return PICTURE if signature or (in_cell and may_fill_field(w, h, red)) else ""

    def _red(self, rid: str) -> float | None:
        image = _image(self.parts, self.rels.get(rid, ""))
        return None if image is None else redness(image)

    def table(self, t: etree._Element) -> None:
        """Rows and cells; a merged cell is one cell, a continued vertical merge is left out; spans
        are never expanded.
        """
        number = len(self.pages[-1].tables)
        rows: list[list[Cell]] = []
        self.pages[-1].tables.append(rows)
        for r, tr in enumerate(_unwrap(t, W + "tr")):
            rows.append([])
            for c, tc in enumerate(list(_unwrap(tr, W + "tc"))[:MAX_COLUMNS]):
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val") != "restart":
                    continue
                texts: list[str] = []
                for e in _unwrap(tc, W + "p", W + "tbl"):
                    if e.tag == W + "p":
                        texts += self.paragraph(e, (number, r, c))
                    else:
                        self.table(e)
                rows[-1].append(Cell("\n".join(texts)))


def _breaks(e: etree._Element, in_cell: bool) -> list[str]:
    """New pieces that a leaf begins: '' for a line, a form feed for a page."""
    if e.tag in (W + "br", W + "cr"):
        return ["\f", ""] if e.get(W + "type") == "page" else [""]
    return ["\f", ""] if e.tag == W + "lastRenderedPageBreak" and not in_cell else []


def _is_on(e: etree._Element | None) -> bool:
    return e is not None and e.get(W + "val") not in ("0", "false", "off")


def _picture_id(e: etree._Element) -> str | None:
    """The relation of the picture that a drawing shows."""
    shown = next((b.get(R + "embed") for b in e.iter(A_BLIP)), None)
    return shown or next((b.get(R + "id") for b in e.iter(V_IMAGE)), None)


def _extent(e: etree._Element) -> tuple[float, float]:
    """Width and height of a drawing in points."""
    extent = next(e.iter(WP_EXTENT), None)
    if extent is not None:
        return int(extent.get("cx") or 0) / 12700, int(extent.get("cy") or 0) / 12700
    style = " ".join(x.get("style") or "" for x in e.iter() if isinstance(x.tag, str))
    m = re.search(r"width:([\d.]+)pt.*?height:([\d.]+)pt", style)
    return (float(m[1]), float(m[2])) if m else (0.0, 0.0)


def _image(parts: zipfile.ZipFile | None, name: str) -> Image.Image | None:
    """A picture of the package on white; None when it cannot be opened."""
    if parts is None:
        return None
    try:
        with opened(read_member(parts, name, _LARGE)) as im:
            if im.mode not in ("RGBA", "LA", "P"):
                return im.convert("RGB")
            clear = im.convert("RGBA")
            white = Image.new("RGBA", clear.size, "white")
            return Image.alpha_composite(white, clear).convert("RGB")
    except (KeyError, ReadFailure):
        return None


def _content(p: etree._Element) -> Iterator[etree._Element]:
    """Leaves of a paragraph in order; deletions, and all but one branch of AlternateContent, are
    left out.
    """
    for e in p:
        if e.tag in _LEFT_OUT:
            yield from e.iter(W + "checkBox")
        elif e.tag in _LEAVES:
            yield e
        elif e.tag in _DRAWN:
            if next(e.iter(A_BLIP), None) is not None or next(e.iter(V_IMAGE), None) is not None:
                yield e
            yield from list(e.iter(W + "txbxContent"))
        elif isinstance(e.tag, str):
            yield from _content(e)


def _size(t: etree._Element) -> float:
    run = t.getparent()
    sz = run.find(f"{W}rPr/{W}sz") if run is not None else None
    try:
        return int(sz.get(W + "val")) / 2 if sz is not None else 0.0
    except (TypeError, ValueError):
        return 0.0


def _unwrap(node: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Children with one of ``tags``, also inside wrappers."""
    for e in node:
        if e.tag in tags:
            yield e
        elif e.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _unwrap(e, *tags)


def read_docx(data: bytes) -> tuple[Page, ...]:
    """Every page of a DOCX: headers first, then body, then footers. Raises ReadFailure."""
    z = open_zip(data)
    names = set(z.namelist())
    if "EncryptedPackage" in names:
        raise ReadFailure("encrypted")
    if "word/document.xml" not in names:
        raise ReadFailure("damaged", "不是 Word 文档（缺少正文部件）")
    walk = Walk(z, _relations(z, names))
    body = parse_xml(read_member(z, "word/document.xml")).find(W + "body")
    if body is not None:
        walk.body(body)
    margins = Walk(z, {})
    for name in sorted(n for n in names if re.fullmatch(r"word/(header|footer)\d*\.xml", n)):
        margins.body(parse_xml(read_member(z, name)))
    foot = [Line(ln.text, None, 0.0, None, True) for p in margins.pages for ln in p.lines]
    pages = pages_of(walk, foot)
    return pages + unopened(len(pages) + 1, _inserted(body, walk.rels) if body is not None else ())


def _inserted(body: etree._Element, rels: dict[str, str]) -> Iterator[str]:
    """The names of documents that stand in the text as objects or parts of another format."""
    for e in body.iter(W + "altChunk"):
        yield rels.get(e.get(R + "id"), "").rpartition("/")[2]
    for e in body.iter(O_OBJECT):
        name = rels.get(e.get(R + "id"), "").rpartition("/")[2]
        kind = e.get("ProgID") or ""
        if kind.startswith(_OBJECTS) and e.get("Type") == "Embed":
            yield name if not name.endswith(".bin") else f"{kind}.doc"


def _relations(z: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    """Relation id -> part of the package."""
    if "word/_rels/document.xml.rels" not in names:
        return {}
    return {
        rel.get("Id"): ("word/" + (rel.get("Target") or ""))
        .replace("word//", "")
        .replace("word/../", "")
        for rel in parse_xml(read_member(z, "word/_rels/document.xml.rels"))
    }


def pages_of(walk: Walk, foot: list[Line]) -> tuple[Page, ...]:
    """The pages that a walk has collected; ``foot`` comes after the last."""
    stories = [s for s in walk.pages if s.lines or s.pictures] or [Story()]
    out: list[Page] = []
    for story in stories:
        story.lines += foot if story is stories[-1] else []
        pasted = [p for part in story.sheets if (p := _pasted(walk.parts, part)) is not None]
        if story.lines or not pasted:
            out.append(_page(len(out) + 1, story))
        out += [replace(page, number=len(out) + n) for n, page in enumerate(pasted, 1)]
    return tuple(out)


def _page(number: int, story: Story) -> Page:
    readable = bool(story.lines) or not story.pictures
    tables = tuple(tuple(tuple(row) for row in table) for table in story.tables)
    reason = "" if readable else "只有图片，没有文字"
    pictures = tuple(story.pictures)
    return Page(number, 595.0, 842.0, tuple(story.lines), tables, pictures, readable, reason)


def _pasted(parts: zipfile.ZipFile | None, part: str) -> Page | None:
    """A picture of a paper that was pasted into Word, recognised; None for a photo and where no
    engine is installed.
    """
    image = _image(parts, part) if ocr.available() else None
    if image is None:
        return None
    from casereview.reading.picture import recognised

    width = 595.0 if image.height >= image.width else 842.0
    page = recognised(1, image, width, width * image.height / image.width)
    return page if page.readable and sum(len(ln.text) for ln in page.lines) >= _WORDS else None
