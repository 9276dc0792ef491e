"""DOCX -> pages, by walking the XML: python-docx silently drops insertions, text boxes, content
controls, fields and nested tables.

Word has no fixed pages; a page ends at an explicit or last rendered page break. There are no boxes.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from lxml import etree
from PIL import Image

from casereview.chinese import normalise
from casereview.errors import ReadFailure
from casereview.model import PICTURE, Cell, Line, Page, Picture
from casereview.reading import ocr
from casereview.reading.safe_open import open_zip, parse_xml, read_member
from casereview.reading.stamps import SIGNATURE, redness

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
WP_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
V_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MAX_COLUMNS = 63
_SHEET = (330.0, 400.0)  # points: a picture this large may be a page of a paper
_WORDS = 40  # characters from which a recognised picture is a paper and not a photo


class _Walk:
    """Collects lines, tables and pictures of one story in reading order."""

    def __init__(self, z: zipfile.ZipFile, rels: dict[str, str]):
        self.z, self.rels = z, rels
        self.pages: list[tuple[list[Line], list, list[Picture]]] = [([], [], [])]
        self.sheets: dict[
            int, list[str]
        ] = {}  # page -> parts of pictures as large as a sheet of paper

    def body(self, node: etree._Element) -> None:
        """Paragraphs, tables and wrappers below ``node``."""
        for e in node:
            if e.tag == W + "p":
                self.paragraph(e)
            elif e.tag == W + "tbl":
                self.table(e)
            elif e.tag in (
                W + "sdt",
                W + "sdtContent",
                W + "ins",
                W + "smartTag",
                W + "customXml",
                W + "moveTo",
            ):
                self.body(e)

    def new_page(self) -> None:
        """Start a page unless the present one is still empty."""
        if self.pages[-1][0]:
            self.pages.append(([], [], []))

    def paragraph(self, p: etree._Element, cell: tuple[int, int, int] | None = None) -> list[str]:
        """Add the lines of a paragraph and return their texts."""
        if p.find(f"{W}pPr/{W}pageBreakBefore") is not None and cell is None:
            self.new_page()
        pieces, size = [""], 0.0
        nested: list[etree._Element] = []
        for e in _content(p):
            if e.tag == W + "t":
                pieces[-1] += e.text or ""
                size = max(size, _size(e))
            elif e.tag in (W + "tab", W + "ptab"):
                pieces[-1] += "  "
            elif e.tag == W + "noBreakHyphen":
                pieces[-1] += "-"
            elif e.tag == W + "sym":
                pieces[-1] += (
                    "√" if (e.get(W + "char") or "").upper() in ("F052", "F0FE", "00FE") else "□"
                )
            elif e.tag in (W + "br", W + "cr"):
                if e.get(W + "type") == "page":
                    pieces.append("\f")
                pieces.append("")
            elif e.tag == W + "lastRenderedPageBreak" and cell is None:
                pieces += ["\f", ""]
            elif e.tag in (W + "drawing", W + "pict", W + "object"):
                pieces[-1] += self.picture(e)
            elif e.tag == W + "txbxContent":
                nested.append(e)
        texts = []
        for piece in pieces:
            if piece == "\f":
                self.new_page()
            elif piece.strip():
                texts.append(normalise(piece).strip("\n"))
                self.pages[-1][0].append(Line(texts[-1], None, size, cell, True))
        for box in nested:
            self.body(box)
        return texts

    def picture(self, e: etree._Element) -> str:
        """Register a picture; a low one is a signature and leaves its mark in the text."""
        extent = next(e.iter(WP_EXTENT), None)
        w = h = 0.0
        if extent is not None:
            w, h = int(extent.get("cx") or 0) / 12700, int(extent.get("cy") or 0) / 12700
        else:
            style = " ".join(x.get("style") or "" for x in e.iter() if isinstance(x.tag, str))
            m = re.search(r"width:([\d.]+)pt.*?height:([\d.]+)pt", style)
            w, h = (float(m[1]), float(m[2])) if m else (0.0, 0.0)
        rid = next((b.get(R + "embed") for b in e.iter(A_BLIP)), None) or next(
            (b.get(R + "id") for b in e.iter(V_IMAGE)), None
        )
        if rid is None:
            return ""
        signature = 0 < h <= SIGNATURE[1] and w <= SIGNATURE[0]
        red = None
        if not signature and (h == 0 or 0.5 <= w / max(h, 1) <= 2):
            red = self._red(rid)
        self.pages[-1][2].append(Picture(None, red))
        if w >= _SHEET[0] and h >= _SHEET[1] and rid in self.rels:
            self.sheets.setdefault(len(self.pages) - 1, []).append(self.rels[rid])
        return PICTURE if signature else ""

    def _red(self, rid: str) -> float | None:
        try:
            with Image.open(io.BytesIO(read_member(self.z, self.rels[rid], 20_000_000))) as im:
                if im.width * im.height > 100_000_000:
                    return None
                if im.mode in ("RGBA", "LA", "P"):
                    im = im.convert("RGBA")
                    white = Image.new("RGBA", im.size, "white")
                    im = Image.alpha_composite(white, im)
                return redness(im)
        except (KeyError, OSError, ValueError, ReadFailure, Image.DecompressionBombError):
            return None

    def table(self, t: etree._Element) -> None:
        """Rows and cells; a merged cell is one cell, a continued vertical merge is left out; spans
        are never expanded.
        """
        number = len(self.pages[-1][1])
        rows: list[list[Cell]] = []
        self.pages[-1][1].append(rows)
        for r, tr in enumerate(_rows(t)):
            rows.append([])
            for c, tc in enumerate(list(_cells(tr))[:MAX_COLUMNS]):
                merge = tc.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and merge.get(W + "val") != "restart":
                    continue
                texts: list[str] = []
                for e in _blocks(tc):
                    if e.tag == W + "p":
                        texts += self.paragraph(e, (number, r, c))
                    else:
                        self.table(e)
                rows[-1].append(Cell("\n".join(texts)))


def _content(p: etree._Element):
    """Leaves of a paragraph in order; deletions, and all but one branch of AlternateContent, are
    left out.
    """
    for e in p:
        if e.tag in (
            W + "pPr",
            W + "rPr",
            W + "del",
            W + "moveFrom",
            W + "instrText",
            FALLBACK,
            W + "fldChar",
        ):
            continue
        if e.tag in (
            W + "t",
            W + "tab",
            W + "ptab",
            W + "br",
            W + "cr",
            W + "sym",
            W + "noBreakHyphen",
            W + "lastRenderedPageBreak",
        ):
            yield e
            continue
        if e.tag in (W + "drawing", W + "pict", W + "object"):
            boxes = list(e.iter(W + "txbxContent"))
            if next(e.iter(A_BLIP), None) is not None or next(e.iter(V_IMAGE), None) is not None:
                yield e
            yield from boxes
            continue
        if isinstance(e.tag, str):
            yield from _content(e)


def _size(t: etree._Element) -> float:
    run = t.getparent()
    sz = run.find(f"{W}rPr/{W}sz") if run is not None else None
    try:
        return int(sz.get(W + "val")) / 2 if sz is not None else 0.0
    except (TypeError, ValueError):
        return 0.0


def _unwrap(node: etree._Element, tag: str):
    for e in node:
        if e.tag == tag:
            yield e
        elif e.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _unwrap(e, tag)


def _rows(t: etree._Element):
    return _unwrap(t, W + "tr")


def _cells(tr: etree._Element):
    return _unwrap(tr, W + "tc")


def _blocks(tc: etree._Element):
    for e in tc:
        if e.tag in (W + "p", W + "tbl"):
            yield e
        elif e.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _blocks(e)


def read_docx(data: bytes) -> tuple[Page, ...]:
    """Every page of a DOCX: headers first, then body, then footers. Raises ReadFailure."""
    z = open_zip(data)
    names = set(z.namelist())
    if "EncryptedPackage" in names:
        raise ReadFailure("encrypted")
    if "word/document.xml" not in names:
        raise ReadFailure("damaged", "不是 Word 文档（缺少正文部件）")
    rels = {}
    if "word/_rels/document.xml.rels" in names:
        for rel in parse_xml(read_member(z, "word/_rels/document.xml.rels")):
            rels[rel.get("Id")] = (
                ("word/" + (rel.get("Target") or "")).replace("word//", "").replace("word/../", "")
            )
    walk = _Walk(z, rels)
    body = parse_xml(read_member(z, "word/document.xml")).find(W + "body")
    if body is not None:
        walk.body(body)
    pages = [(*p, walk.sheets.get(i, [])) for i, p in enumerate(walk.pages) if p[0] or p[2]] or [
        ([], [], [], [])
    ]
    margins = _Walk(z, {})
    for name in sorted(n for n in names if re.fullmatch(r"word/(header|footer)\d*\.xml", n)):
        margins.body(parse_xml(read_member(z, name)))
    foot = [Line(ln.text, None, 0.0, None, True) for p in margins.pages for ln in p[0]]
    out: list[Page] = []
    for i, (lines, tables, pictures, sheets) in enumerate(pages):
        all_lines = tuple(lines) + (tuple(foot) if i == len(pages) - 1 else ())
        pasted = [page for part in sheets if (page := _pasted(z, part, len(out) + 1)) is not None]
        if lines or not pasted:
            readable = bool(lines) or not pictures
            out.append(
                Page(
                    len(out) + 1,
                    595,
                    842,
                    all_lines,
                    tuple(tuple(tuple(r) for r in t) for t in tables),
                    tuple(pictures),
                    readable,
                    "" if readable else "只有图片，没有文字",
                )
            )
        out += [replace(page, number=len(out) + n) for n, page in enumerate(pasted, 1)]
    return tuple(out)


def _pasted(z: zipfile.ZipFile, part: str, number: int) -> Page | None:
    """A picture of a paper that was pasted into Word, recognised; None for a photo and where no
    engine is installed.
    """
    if not ocr.available():
        return None
    from casereview.reading.picture import recognised

    try:
        with Image.open(io.BytesIO(read_member(z, part, 20_000_000))) as im:
            if im.width * im.height > 100_000_000:
                return None
            image = im.convert("RGB")
    except (KeyError, OSError, ValueError, ReadFailure, Image.DecompressionBombError):
        return None
    width = 595.0 if image.height >= image.width else 842.0
    page = recognised(number, image, width, width * image.height / image.width)
    return page if page.readable and sum(len(ln.text) for ln in page.lines) >= _WORDS else None
