"""A second engine (pdfplumber) as a witness: how much it sees on one page of a PDF.

It reads no more than that page needs: the pages before it are passed by, and a font is read only
when the page writes with it (a merged file names all its fonts on every page).
"""

from __future__ import annotations

import io
from functools import cached_property
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page


class _Font:
    """A font that is read when it is first asked for anything."""

    def __init__(self, fonts: _Fonts, name: Any, description: Any):
        self.asked = fonts, name, description

    @cached_property
    def read(self) -> Any:
        """The font itself. Raises whatever a damaged one leads to."""
        fonts, name, description = self.asked
        return PDFResourceManager.get_font(fonts, name, description)

    def __getattr__(self, what: str) -> Any:
        return getattr(self.read, what)


class _Fonts(PDFResourceManager):
    """Gives fonts that are not read yet."""

    def get_font(self, objid: Any, spec: Any) -> Any:
        """A font by its number and what describes it."""
        return _Font(self, objid, spec)


def seen_on(data: bytes, index: int) -> tuple[int, int]:
    """(how many characters stand on a page, how many bytes the page is drawn by). Raises whatever
    a damaged file leads to.
    """
    doc = pdfplumber.open(io.BytesIO(data))  # bytes alone: to close it would go through every page
    doc.rsrcmgr = _Fonts()
    found = next(islice(PDFPage.create_pages(doc.doc), index, None))
    page = Page(doc, found, page_number=index + 1)
    return len(page.chars), sum(len(stream.get_data()) for stream in found.contents)
