"""Files inside a file: attachments of a PDF, documents inserted into Word. They are never opened;
what may be a paper is named on a page of its own that nobody could read.
"""

from __future__ import annotations

from collections.abc import Iterable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.model import Page

_PAPERS = (
    *(".pdf", ".doc", ".docx", ".docm", ".wps", ".rtf", ".xls", ".xlsx", ".et", ".ofd", ".txt"),
    *(".htm", ".html", ".mht", ".mhtml"),
    *(".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".zip", ".rar", ".7z"),
)
_SHOWN = 3  # names that are told
FORM = "动态表单（XFA），内容没有读取，请用专用阅读器打开后打印成 PDF"


def unopened(number: int, names: Iterable[str]) -> tuple[Page, ...]:
    """The page that stands for files that were not opened; none where none may be a paper."""
    papers = [n for n in names if n.lower().endswith(_PAPERS)]
    if not papers:
        return ()
    more = f" 等 {len(papers)} 个" if len(papers) > _SHOWN else ""
    reason = f"带有附件 {'、'.join(papers[:_SHOWN])}{more}，没有打开，请另存后放进案卷文件夹"
    return (Page(number, 595, 842, readable=False, reason=reason),)


def attached_to(doc: pdfium.PdfDocument) -> list[str]:
    """The names of what is attached to a PDF."""
    return [doc.get_attachment(i).get_name() for i in range(doc.count_attachments())]


def is_dynamic_form(doc: pdfium.PdfDocument) -> bool:
    """True for a form whose pages are made by another reader: what they show says nothing."""
    return bool(doc.get_formtype() == raw.FORMTYPE_XFA_FULL)
