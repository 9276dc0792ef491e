"""What is pinned on a page of a PDF rather than printed in it: free text, stamps, filled form
fields. All that is shown becomes part of the page; remarks that pop up do not.
"""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Callable, Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.chinese import normalise
from casereview.model import Box
from casereview.reading.char import Char, Letters
from casereview.reading.pdf_letters import Frame, frame_of, letters, shown

NOTHING = Letters.of(())
_SIZE = 12.0  # points, of text whose own size is not told
_SHOWN = (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET)


def with_forms(doc: pdfium.PdfDocument) -> None:
    """Let PDFium draw the fields of a form; to be called before the first page."""
    if doc.get_formtype() != raw.FORMTYPE_NONE:
        try:
            doc.init_forms()
        except pdfium.PdfiumError as e:
            logging.getLogger(__name__).debug("no form: %s", e)


def flattened(
    doc: pdfium.PdfDocument, index: int
) -> tuple[pdfium.PdfPage, Frame, Letters, Letters]:
    """A page with all that is pinned on it made part of it, how it is set, its printed characters,
    and those of the notes. Raises PdfiumError.
    """
    page = doc[index]
    frame = frame_of(page)
    printed = letters(page, frame)
    if not raw.FPDFPage_GetAnnotCount(page.raw):
        return page, frame, printed, NOTHING
    pinned = [c for box, text in _without_look(doc, page) for c in _spread(text, box)]
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page, frame, printed, Letters.of(pinned)
    page.close()
    page = doc[index]
    frame = frame_of(page)
    whole = letters(page, frame)
    every, count = list(whole), len(printed)
    if every[:count] != list(printed):
        return page, frame, whole, Letters.of(pinned)
    return page, frame, printed, Letters.of(every[count:] + pinned)


def _without_look(doc: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[tuple[Box, str]]:
    """Box and text of notes and fields that no appearance shows."""
    left, bottom = page.get_cropbox()[:2]
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annot = raw.FPDFPage_GetAnnot(page.raw, i)
        if not annot:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annot) in _SHOWN and not raw.FPDFAnnot_HasKey(annot, b"AP"):
                text, rect = _text_of(doc, annot), raw.FS_RECTF()
                if text and raw.FPDFAnnot_GetRect(annot, ctypes.byref(rect)):
                    x0, x1 = sorted((rect.left - left, rect.right - left))
                    y0, y1 = sorted((rect.top - bottom, rect.bottom - bottom))
                    yield shown((x0, x1, y1, y0), page.get_rotation(), *page.get_size()), text
        finally:
            raw.FPDFPage_CloseAnnot(annot)


def _text_of(doc: pdfium.PdfDocument, annot: raw.FPDF_ANNOTATION) -> str:
    """What a note says, or what stands in a field."""
    if raw.FPDFAnnot_GetSubtype(annot) == raw.FPDF_ANNOT_WIDGET:
        if doc.formenv is None:
            return ""
        form = doc.formenv.raw
        if raw.FPDFAnnot_GetFormFieldType(form, annot) not in (
            raw.FPDF_FORMFIELD_TEXTFIELD,
            raw.FPDF_FORMFIELD_COMBOBOX,
            raw.FPDF_FORMFIELD_LISTBOX,
        ):
            return ""
        return _string(lambda b, n: raw.FPDFAnnot_GetFormFieldValue(form, annot, b, n))
    return _string(lambda b, n: raw.FPDFAnnot_GetStringValue(annot, b"Contents", b, n))


def _string(call: Callable[[ctypes.Array | None, int], int]) -> str:
    """A UTF-16 string that PDFium writes into a buffer of ours."""
    size = call(None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    call(buffer, size)
    return bytes(buffer).decode("utf-16-le", "ignore").rstrip("\0").strip()


def _spread(text: str, box: Box) -> Iterator[Char]:
    """Characters of a text laid into a box from the top left."""
    rows = [row.strip() for row in normalise(text).splitlines() if row.strip()]
    size = min(_SIZE, (box[3] - box[1]) / max(1, len(rows)))
    middle = len(rows) == 1 and (box[3] - box[1]) > size
    top = box[1] + ((box[3] - box[1] - size) / 2 if middle else 0)
    for n, row in enumerate(rows):
        x, y = box[0], top + n * size
        for letter in row:
            wide = size if ord(letter) > 0x2E7F else size / 2
            if letter.strip():
                yield Char(letter, x, y, x + wide, y + size)
            x += wide
