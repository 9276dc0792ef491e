"""When files say that they were made, and that this costs no second reading."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest

from casereview.reading.creation_date import made_of, made_of_pdf
from casereview.reading.door import read_source


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("D:20250612093000+08'00'", "2025-06-12"),
        ("D:20250612", "2025-06-12"),
        ("D:20000101000000", ""),  # programs write it for want of one
        ("2025-06-12", ""),
        ("", ""),
    ],
)
def test_the_day_of_a_pdf(said, day):
    """As the standard writes it; anything else says nothing."""
    assert made_of_pdf(said) == day


def test_what_is_no_package_says_no_day():
    """Damaged packages, and kinds that have no such word."""
    assert made_of("docx", b"PK\x03\x04 cut") == made_of("text", b"2025-06-12") == ""


def test_a_pdf_is_opened_once(monkeypatch):
    """Its pages and its day are read together."""
    opened = []

    class Counted(pdfium.PdfDocument):
        def __init__(self, data, *rest):
            opened.append(len(data))
            super().__init__(data, *rest)

    out = io.BytesIO()
    doc = pdfium.PdfDocument.new()
    doc.new_page(595, 842)
    doc.save(out)
    monkeypatch.setattr(pdfium, "PdfDocument", Counted)
    source = read_source("甲.pdf", out.getvalue())
    assert len(source.pages) == 1 and len(opened) == 1
