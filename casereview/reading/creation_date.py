"""When a file says it was made: the creation date in its own metadata. A hint for people, never
ground for a verdict.
"""

from __future__ import annotations

import re

import pypdfium2 as pdfium

from casereview.errors import ReadFailure
from casereview.reading.safe_open import open_zip, read_member

_PART = {"docx": "docProps/core.xml", "xlsx": "docProps/core.xml", "ofd": "OFD.xml"}
_TAG = re.compile(r"<(?:\w+:)?(?:created|CreationDate)\b[^>]*>\s*(\d{4})-?(\d{2})-?(\d{2})")
_EPOCH = (
    "1970-01-01",
    "1980-01-01",
    "1601-01-01",
    "2000-01-01",
    "2013-12-23",
)  # written by programs that do not know


def made_of(kind: str, data: bytes) -> str:
    """ISO day, or '' when the file does not say or says a day that programs put for want of one.
    Never raises.
    """
    try:
        if kind == "pdf":
            with pdfium.PdfDocument(data) as doc:
                m = re.match(r"D:(\d{4})(\d{2})(\d{2})", doc.get_metadata_value("CreationDate"))
        elif kind in _PART:
            m = _TAG.search(read_member(open_zip(data), _PART[kind]).decode("utf-8", "replace"))
        else:
            return ""
    except (pdfium.PdfiumError, ReadFailure, KeyError, ValueError):
        return ""
    day = "-".join(m.groups()) if m else ""
    return "" if day in _EPOCH else day
