"""Pages as pictures for the eye, in the coordinates in which the boxes of their text are given.

A page is drawn as it was read: with what is pinned on it, and a photographed sheet flattened.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageOps

from casereview.errors import ReadFailure
from casereview.reading.pdf_notes import with_forms
from casereview.reading.picture import MOST_PIXELS, sheet_of

_FEW = 25  # characters below which a page shows a picture of a sheet
_QUALITY = 82
_WIDEST = 2400  # pixels


@dataclass(frozen=True)
class Drawn:
    """A page as a JPEG; ``width``, ``height``: its size in points, in which boxes are given."""

    image: bytes
    width: float
    height: float
    pages: int


def draw_pdf(data: bytes, number: int, wide: int) -> Drawn:
    """Page ``number`` (from 1) of a PDF, ``wide`` pixels wide. Raises ReadFailure."""
    try:
        with pdfium.PdfDocument(data) as doc:
            with_forms(doc)
            if not 1 <= number <= len(doc):
                raise ReadFailure("damaged", f"没有第 {number} 页")
            return _pdf_page(doc, number, min(wide, _WIDEST))
    except pdfium.PdfiumError as e:
        raise ReadFailure("damaged", "该页无法显示") from e


def _pdf_page(doc: pdfium.PdfDocument, number: int, wide: int) -> Drawn:
    page = doc[number - 1]
    if raw.FPDFPage_GetAnnotCount(page.raw):
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = doc[number - 1]
    width, height = page.get_size()
    scale = min(wide / max(1.0, width), (MOST_PIXELS / 8 / max(1.0, width * height)) ** 0.5)
    image = page.render(scale=scale).to_pil()
    if page.get_textpage().count_chars() < _FEW:
        image, width, height = sheet_of(image, width, height)
    return Drawn(_jpeg(image), width, height, len(doc))


def draw_picture(data: bytes, number: int, wide: int, sheet: bool) -> Drawn:
    """Frame ``number`` of a picture file, turned as EXIF says; ``sheet``: it was read as a paper.
    Raises ReadFailure.
    """
    try:
        with Image.open(io.BytesIO(data)) as im:
            frames = getattr(im, "n_frames", 1)
            if im.width * im.height > MOST_PIXELS or not 1 <= number <= frames:
                raise ReadFailure("too_large" if number <= frames else "damaged", "图片无法显示")
            im.seek(number - 1)
            image = ImageOps.exif_transpose(im.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as e:
        raise ReadFailure("damaged", "图片无法打开") from e
    width = 595.0 if image.height >= image.width else 842.0
    height = width * image.height / image.width
    if sheet:
        image, width, height = sheet_of(image, width, height)
    image.thumbnail((min(wide, _WIDEST), _WIDEST * 2), Image.Resampling.BILINEAR)
    return Drawn(_jpeg(image), width, height, frames)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()
