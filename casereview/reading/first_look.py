"""A cheap look at the first page of a file: its first lines, or nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2

from casereview.errors import ReadFailure
from casereview.reading.safe_open import open_zip, read_member

_LARGEST = 50_000_000
_LINES = 8


def first_words(path: Path) -> list[str]:
    """The first lines of the first page of a PDF with text or a DOCX, without spaces; [] for what
    cannot be read that cheaply.
    """
    try:
        if path.stat().st_size > _LARGEST:
            return []
        text = _docx(path) if path.suffix.lower() == ".docx" else _pdf(path)
    except (OSError, ReadFailure, pypdfium2.PdfiumError, zipfile.BadZipFile, ValueError):
        return []
    lines = (re.sub(r"\s+", "", line) for line in text.splitlines())
    return [line for line in lines if len(line) > 1][:_LINES]


def _pdf(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return str(document[0].get_textpage().get_text_range()) if len(document) else ""


def _docx(path: Path) -> str:
    xml = read_member(open_zip(path.read_bytes()), "word/document.xml").decode("utf-8", "replace")
    return re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml[:200_000]))
