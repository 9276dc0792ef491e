"""Office packages in the strict dialect of the standard: other names of the same things. Readers of
the usual dialect find nothing in them and say nothing.
"""

from __future__ import annotations

import io
import re
import zipfile

from casereview.reading.safe_open import open_zip, read_member

_MARK = b"http://purl.oclc.org/ooxml/"
_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_MAIN = ("word/document.xml", "xl/workbook.xml")
_HEAD = 4096  # bytes of a part in which its names are told


def in_usual_dialect(data: bytes) -> bytes:
    """A package with the names of the usual dialect; the same bytes where it has them. Raises
    ReadFailure.
    """
    package = open_zip(data)
    main = [n for n in package.namelist() if n in _MAIN]
    if not any(_MARK in read_member(package, n)[:_HEAD] for n in main):
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name in package.namelist():
            part = read_member(package, name)
            z.writestr(name, _NAME.sub(_USUAL, part) if name.endswith((".xml", ".rels")) else part)
    return out.getvalue()
