"""PDF -> pages. pypdfium2 reads text, strokes and pictures; pdfplumber's table functions make cells
on ruled pages only.

PDFium must not be called from two threads; one process reads one file at a time (TECH 2).
"""

from __future__ import annotations

import ctypes
import io
import logging
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.chinese import normalise
from casereview.errors import ReadFailure
from casereview.model import Box, Page, Picture
from casereview.reading import ocr
from casereview.reading.layout import BLANK, Char, lay_out
from casereview.reading.safe_open import MAX_PAGES
from casereview.reading.stamps import is_mark, redness, seal_like

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> tuple[Page, ...]:
    """Every page of a PDF. Raises ReadFailure (encrypted, damaged, too_large)."""
    try:
        doc = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        word = str(e)
        if "assword" in word or "ecurity" in word:
            raise ReadFailure("encrypted") from e
        raise ReadFailure("damaged", "PDF 结构无法打开") from e
    try:
        count = len(doc)
        if count == 0:
            raise ReadFailure("damaged", "PDF 中没有页面")
        if count > MAX_PAGES:
            raise ReadFailure("too_large", f"共 {count} 页")
        return _lost(tuple(_page(doc, i, data) for i in range(count)))
    finally:
        doc.close()


def _lost(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """An odd blank picture among scanned pages may be a page that was fed wrongly; blank backs in a
    duplex scan come in numbers.
    """
    blank = [p for p in pages if p.reason == BLANK]
    if not blank or len(blank) > max(1, 0.25 * len(pages)):
        return pages
    return tuple(
        replace(p, readable=False, reason="空白页，可能漏扫，请核对") if p.reason == BLANK else p
        for p in pages
    )


def _page(doc: pdfium.PdfDocument, index: int, data: bytes) -> Page:
    try:
        page = doc[index]
    except pdfium.PdfiumError:
        return Page(index + 1, 595, 842, readable=False, reason="该页已损坏")
    try:
        width, height = page.get_size()
        chars = _chars(page, width, height)
        edges, pictures = _objects(page, height)
        text = "".join(c.text for c in chars)
        cover = max(
            ((b[2] - b[0]) * (b[3] - b[1]) / (width * height) for b, _ in pictures), default=0
        )
        if len(text) < 25 and (
            cover > 0.5 or sum(_area(b) for b, _ in pictures) > 0.5 * width * height
        ):
            return _image_page(page, index + 1, width, height, "扫描页，没有可用的文字层")
        if cover > 0.8 and not _text_on_top(page, width * height):
            return _image_page(page, index + 1, width, height, "扫描页，只带有隐藏的识别文字")
        if is_garbage(text):
            return _image_page(page, index + 1, width, height, "文字层是乱码")
        if len(text) < 15 and _witness(data, index) > len(text) + 15:
            return Page(index + 1, width, height, readable=False, reason="两种读取方法结果不一致")
        lines, tables = lay_out(chars, edges, [b for b, _ in pictures if is_mark(b)])
        return Page(
            index + 1,
            width,
            height,
            tuple(lines),
            tuple(tuple(tuple(r) for r in t) for t in tables),
            tuple(Picture(b, red) for b, red in pictures),
        )
    finally:
        page.close()


def _image_page(
    page: pdfium.PdfPage, number: int, width: float, height: float, reason: str
) -> Page:
    """A page whose text layer cannot be used: recognised from its picture where an engine is
    installed.
    """
    if not ocr.available():
        return Page(number, width, height, readable=False, reason=reason)
    from casereview.reading.picture import DPI, recognised

    scale = min(DPI / 72, (25_000_000 / max(1.0, width * height)) ** 0.5)
    return recognised(number, page.render(scale=scale).to_pil(), width, height)


def is_garbage(text: str) -> bool:
    """True for a text layer that no longer says what the page shows: lost characters, bytes read in
    the wrong code page, or rare characters by a wrong map.

    Chinese prose uses the 3,755 common characters of GB 2312 for more than nine in ten; a wrong
    character map scatters over 20,000.
    """
    if not text:
        return False
    lost = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in text)
    foreign = sum("\u0080" <= c <= "\u024f" and c not in "·×÷°±§" for c in text)
    if lost > 0.2 * len(text) or (len(text) >= 20 and foreign > 0.25 * len(text)):
        return True
    chinese = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    return len(chinese) >= 40 and sum(map(_common, chinese)) < 0.6 * len(chinese)


def _common(c: str) -> bool:
    code = c.encode("gb2312", "ignore")
    return bool(code) and 0xB0 <= code[0] <= 0xD7


def _text_on_top(page: pdfium.PdfPage, area: float) -> bool:
    """True when most text is drawn visibly after the page-filling picture: a letterhead or
    watermark, not a scan with an OCR layer.
    """
    above = total = 0
    covered = False
    for obj in page.get_objects(
        filter=(raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE), max_depth=6
    ):
        if obj.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered = covered or _area(obj.get_bounds()) > 0.8 * area
        else:
            total += 1
            above += (
                covered
                and raw.FPDFTextObj_GetTextRenderMode(obj.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
            )
    return total > 0 and above > 0.5 * total


def _area(b: Box) -> float:
    return max(0.0, b[2] - b[0]) * max(0.0, b[3] - b[1])


def _witness(data: bytes, index: int) -> int:
    """How many characters the second engine sees on a page where the first saw next to none
    (promise 2).
    """
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as doc:
            return len(doc.pages[index].chars)
    except Exception as e:  # the witness may fail in any way; its silence is no evidence
        logging.getLogger(__name__).debug("witness failed: %s", type(e).__name__)
        return 0


def _chars(page: pdfium.PdfPage, width: float, height: float) -> list[Char]:
    tp = page.get_textpage()
    try:
        n = raw.FPDFText_CountChars(tp.raw)
        rect = raw.FS_RECTF()
        ref = ctypes.byref(rect)
        x_off, y_off = _origin(page)
        rotation = page.get_rotation()
        unicode_of, box_of, handle = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, tp.raw
        out = []
        for i in range(n):
            code = unicode_of(handle, i)
            if (
                code <= 32
                or code in (0xA0, 0x3000, 0xFFFE, 0xFEFF, 0xAD)
                or not box_of(handle, i, ref)
            ):
                continue
            x0, x1, top, bottom = (
                rect.left - x_off,
                rect.right - x_off,
                rect.top - y_off,
                rect.bottom - y_off,
            )
            if rotation == 90:
                x0, x1, y0, y1 = bottom, top, x0, x1
            elif rotation == 180:
                x0, x1, y0, y1 = width - x1, width - x0, bottom, top
            elif rotation == 270:
                x0, x1, y0, y1 = width - top, width - bottom, height - x1, height - x0
            else:
                y0, y1 = height - top, height - bottom
            if x1 > x0 and -20 < y0 < height + 20:
                try:
                    out.append(Char(normalise(chr(code)), x0, y0, x1, y1))
                except ValueError:
                    continue
        return out
    finally:
        tp.close()


def _origin(page: pdfium.PdfPage) -> tuple[float, float]:
    box = page.get_cropbox()
    return box[0], box[1]


def _objects(
    page: pdfium.PdfPage, height: float
) -> tuple[list[Box], list[tuple[Box, float | None]]]:
    """Strokes as thin boxes, and pictures with their redness where they could be a seal."""
    edges: list[Box] = []
    pictures: list[tuple[Box, float | None]] = []
    x_off, y_off = _origin(page)
    for obj in page.get_objects(
        filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=6
    ):
        try:
            left, bottom, right, top = obj.get_bounds()
        except pdfium.PdfiumError:
            continue
        if obj.container is not None:
            a, b, c, d, e, f = obj.container.get_matrix().get()
            xs = sorted((a * left + c * bottom + e, a * right + c * top + e))
            ys = sorted((b * left + d * bottom + f, b * right + d * top + f))
            left, right, bottom, top = xs[0], xs[1], ys[0], ys[1]
        box = (left - x_off, height - (top - y_off), right - x_off, height - (bottom - y_off))
        w, h = box[2] - box[0], box[3] - box[1]
        if obj.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures.append((box, _image_redness(obj) if seal_like(box) else None))
        elif min(w, h) <= 2.0 and max(w, h) >= 4:
            edges.append(box)
        elif seal_like(box) and _red_path(obj):
            pictures.append((box, 1.0))
        elif min(w, h) > 6:
            edges += _segments(obj, height, x_off, y_off)
    return edges, pictures


def _image_redness(obj: pdfium.PdfImage) -> float | None:
    try:
        im = obj.get_bitmap(render=False).to_pil().convert("RGB")
    except Exception as e:  # any decoder fault: the seal is then neither present nor absent
        logging.getLogger(__name__).debug("bitmap failed: %s", type(e).__name__)
        return None
    return redness(im)


def _red_path(obj: pdfium.PdfObject) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    for get in (raw.FPDFPageObj_GetStrokeColor, raw.FPDFPageObj_GetFillColor):
        if get(obj.raw, r, g, b, a) and r.value > max(g.value, b.value) + 60:
            return True
    return False


def _segments(obj: pdfium.PdfObject, height: float, x_off: float, y_off: float) -> list[Box]:
    """Straight level and upright pieces of one path: some producers draw a whole grid as one path
    or as boxes.
    """
    n = raw.FPDFPath_CountSegments(obj.raw)
    if not 2 <= n <= 400:
        return []
    m = obj.get_matrix().get()
    x, y = ctypes.c_float(), ctypes.c_float()
    out: list[Box] = []
    start = last = None
    for i in range(n):
        seg = raw.FPDFPath_GetPathSegment(obj.raw, i)
        raw.FPDFPathSegment_GetPoint(seg, x, y)
        p = (
            m[0] * x.value + m[2] * y.value + m[4] - x_off,
            height - (m[1] * x.value + m[3] * y.value + m[5] - y_off),
        )
        kind = raw.FPDFPathSegment_GetType(seg)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = p
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            out.append(
                (min(p[0], last[0]), min(p[1], last[1]), max(p[0], last[0]), max(p[1], last[1]))
            )
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if raw.FPDFPathSegment_GetClose(seg) and start:
            out.append(
                (min(p[0], start[0]), min(p[1], start[1]), max(p[0], start[0]), max(p[1], start[1]))
            )
        last = p
    return [
        b for b in out if min(b[2] - b[0], b[3] - b[1]) <= 2 and max(b[2] - b[0], b[3] - b[1]) >= 4
    ]
