"""PDF -> pages. pypdfium2 reads text, strokes and pictures; pdfplumber's table functions make cells
on ruled pages only.

What is pinned on a page (notes in free text, stamps, filled form fields) is made part of it first.
A page whose text layer says nothing is recognised from its picture. PDFium must not be called from
two threads; one process reads one file at a time (TECH 2).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from itertools import starmap

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.errors import ReadFailure
from casereview.model import Page
from casereview.reading import ocr, page_count
from casereview.reading.char import BLANK
from casereview.reading.contents import Contents
from casereview.reading.creation_date import made_of_pdf
from casereview.reading.enclosed import FORM, attached_to, is_dynamic_form, unopened
from casereview.reading.layout import Sheet, read_sheet, read_sheets
from casereview.reading.pdf_letters import Frame
from casereview.reading.pdf_notes import flattened, with_forms
from casereview.reading.pdf_objects import Objects, ink_of, objects
from casereview.reading.safe_open import MAX_PAGES
from casereview.reading.stamps import area
from casereview.reading.trust import MUTE, believable, is_garbage, is_mute

logging.getLogger("pdfminer").setLevel(logging.ERROR)

__all__ = ["doubting_blanks", "is_garbage", "read_pdf"]
_TOGETHER = 32  # pages that are laid out in one sweep
_ODD = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)  # of crafted numbers
Numbered = tuple[int, Sheet]  # a page by its number and what stands on it
_FEW = 25  # characters below which a page of pictures or outlines has no text layer
_OUTLINES = 40  # shapes from which a page without text may be written in outlines
_BLANK_BYTES = 2_000  # that draw nothing: what programs write on an empty page is less
_SILENT = 15  # characters below which a second engine is asked


def read_pdf(data: bytes) -> Contents:
    """Every page of a PDF, and when it was made; it is opened once. Raises ReadFailure (encrypted,
    damaged, too_large).
    """
    try:
        doc = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as e:
        word = str(e)  # it may be of the file before: PDFium keeps its last fault
        if b"/Encrypt" in data and ("assword" in word or "ecurity" in word):
            raise ReadFailure("encrypted") from e
        raise ReadFailure("damaged", "PDF 结构无法打开") from e
    try:
        count = len(doc)
        if count == 0:
            raise ReadFailure("damaged", "PDF 中没有页面")
        if count > MAX_PAGES:
            raise ReadFailure("too_large", f"共 {count} 页")
        with_forms(doc)
        pages = doubting_blanks(tuple(_pages(doc, count, data))) + _not_shown(doc, count + 1)
        return Contents(pages, made_of_pdf(doc.get_metadata_value("CreationDate")))
    finally:
        doc.close()


def _pages(doc: pdfium.PdfDocument, count: int, data: bytes) -> Iterator[Page]:
    """Every page. What stands on them is taken page by page, and put into lines for several at
    once: most of the cost of that is one for each time.
    """
    for first in range(0, count, _TOGETHER):
        found = []
        for i in range(first, min(first + _TOGETHER, count)):
            page_count.begins(i + 1, count)
            found.append(_page(doc, i, data))
        laid = iter(_laid_out([f for f in found if not isinstance(f, Page)]))
        yield from (f if isinstance(f, Page) else next(laid) for f in found)


def _laid_out(sheets: list[Numbered]) -> list[Page]:
    """The pages of these sheets; one that cannot be laid out ends only itself."""
    try:
        return read_sheets(sheets)
    except _ODD:
        return list(starmap(_alone, sheets))


def _alone(number: int, sheet: Sheet) -> Page:
    try:
        return read_sheet(number, sheet)
    except _ODD as e:
        return _unread(number, e)


def _not_shown(doc: pdfium.PdfDocument, number: int) -> tuple[Page, ...]:
    """A page for what a PDF holds and no page of it shows; none where that is nothing."""
    if is_dynamic_form(doc):
        return (Page(number, 595, 842, readable=False, reason=FORM),)
    return unopened(number, attached_to(doc))


def doubting_blanks(pages: tuple[Page, ...]) -> tuple[Page, ...]:
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


def _page(doc: pdfium.PdfDocument, index: int, data: bytes) -> Page | Numbered:
    """One page, or what stands on it; a page on which reading breaks ends only itself."""
    number = index + 1
    try:
        return _read_page(doc, index, data)
    except pdfium.PdfiumError:
        return Page(number, 595, 842, readable=False, reason="该页已损坏")
    except _ODD as e:
        return _unread(number, e)


def _unread(number: int, why: Exception) -> Page:
    """A page on which reading broke."""
    reason = f"该页无法读取（{type(why).__name__}）"
    return Page(number, 595, 842, readable=False, reason=reason)


def _read_page(doc: pdfium.PdfDocument, index: int, data: bytes) -> Page | Numbered:
    """One page, or what stands on it where that only has to be laid out. Raises PdfiumError and
    whatever crafted numbers lead to.
    """
    number = index + 1
    page, frame, chars, notes = flattened(doc, index)
    try:
        width, height = frame.width, frame.height
        drawn = objects(page, frame)
        text = "".join((*chars.texts, *notes.texts))
        if why := _no_text_layer(page, frame, text, drawn):
            return _image_page(page, number, why)
        if len(text) < _SILENT and _hides(data, index, len(text), drawn):
            why = "两种读取方法结果不一致"
            return Page(number, width, height, readable=False, reason=why)
        ink = ink_of(drawn.pen) if drawn.shapes < _OUTLINES else []
        sheet = Sheet(width, height, chars, drawn.edges, drawn.pictures, notes, ink)
        if is_mute(text):
            read = read_sheet(number, sheet)
            return believable(read, lambda: _image_page(page, number, MUTE))
        return number, sheet
    finally:
        page.close()


def _no_text_layer(page: pdfium.PdfPage, frame: Frame, text: str, drawn: Objects) -> str:
    """Why the text layer of a page cannot be used; '' where it can."""
    width, height = frame.width, frame.height
    areas = [area(p.box) / (width * height) for p in drawn.pictures if p.box]
    cover = max(areas, default=0.0)
    if len(text) < _FEW and (cover > 0.5 or sum(areas) > 0.5):
        return "扫描页，没有可用的文字层"
    if cover > 0.8 and not _text_on_top(page, width * height):
        return "扫描页，只带有隐藏的识别文字"
    if is_garbage(text):
        return "文字层是乱码"
    if len(text) < _FEW and drawn.shapes >= _OUTLINES:
        return "文字已转成线条，没有可用的文字层"
    return ""


def _image_page(page: pdfium.PdfPage, number: int, reason: str) -> Page:
    """A page whose text layer cannot be used: recognised from its picture where an engine is
    installed.
    """
    width, height = page.get_size()
    if not ocr.available():
        return Page(number, width, height, readable=False, reason=reason)
    from casereview.reading.picture import DPI, of_bitmap, recognised_pixels

    scale = min(DPI / 72, (25_000_000 / max(1.0, width * height)) ** 0.5)
    drawn = page.render(scale=scale, prefer_bgrx=True)  # PDFium is quickest with four bytes a pixel
    return recognised_pixels(number, of_bitmap(drawn.to_numpy()), width, height)


def _text_on_top(page: pdfium.PdfPage, whole: float) -> bool:
    """True when most text is drawn visibly after the page-filling picture: a letterhead or
    watermark, not a scan with an OCR layer.
    """
    above = total = 0
    covered = False
    wanted = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_IMAGE)
    for obj in page.get_objects(filter=wanted, max_depth=6):
        if obj.type == raw.FPDF_PAGEOBJ_IMAGE:
            covered = covered or area(obj.get_bounds()) > 0.8 * whole
            continue
        mode = raw.FPDFTextObj_GetTextRenderMode(obj.raw)
        total += 1
        above += covered and mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE
    return total > 0 and above > 0.5 * total


def _hides(data: bytes, index: int, seen: int, drawn: Objects) -> bool:
    """Whether a page on which the first engine saw next to nothing may hold more (promise 2): the
    second sees more, or nothing is drawn at all though there is much to draw, or the second breaks.
    """
    empty = not (seen or drawn.pictures or drawn.edges or drawn.shapes or drawn.pen)
    try:
        from casereview.reading.second_engine import seen_on

        chars, commands = seen_on(data, index)
    except Exception as e:  # the witness may fail in any way; where both are blind nobody knows
        logging.getLogger(__name__).debug("witness failed: %s", type(e).__name__)
        return empty
    return chars > seen + _SILENT or (empty and commands > _BLANK_BYTES)
