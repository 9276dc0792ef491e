"""When a file says it was made: the creation date in its own metadata. A hint for people, never
ground for a verdict.
"""

from __future__ import annotations

import re

from casereview.errors import ReadFailure
from casereview.reading.safe_open import open_zip, read_member

_PART = {"docx": "docProps/core.xml", "xlsx": "docProps/core.xml", "ofd": "OFD.xml"}
_TAG = re.compile(r"<(?:\w+:)?(?:created|CreationDate)\b[^>]*>\s*(\d{4})-?(\d{2})-?(\d{2})")
_IN_PDF = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_EPOCH = (
    "1970-01-01",
    "1980-01-01",
    "1601-01-01",
    "2000-01-01",
    "2013-12-23",
)  # written by programs that do not know


def made_of(kind: str, data: bytes) -> str:
    """ISO day of a package, or '' when it does not say or says a day that programs put for want of
    one. Never raises.
    """
    if kind not in _PART:
        return ""
    try:
        said = read_member(open_zip(data), _PART[kind]).decode("utf-8", "replace")
    except (ReadFailure, KeyError, ValueError):
        return ""
    return _day(_TAG.search(said))


def made_of_pdf(said: str) -> str:
    """The same of what a PDF says under CreationDate."""
    return _day(_IN_PDF.match(said))


def _day(m: re.Match[str] | None) -> str:
    day = "-".join(m.groups()) if m else ""
    return "" if day in _EPOCH else day
