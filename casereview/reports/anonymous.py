"""What may be shared of a case: its files as text and tables in Word, without pictures, seals and
handwriting, and its result as a line of JSON; persons hidden in both.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document

from casereview.model import PICTURE, Cell, Page, SourceFile
from casereview.privacy.mask import Mask
from casereview.record.canonical_json import canonical
from casereview.record.result import Result, to_data
from casereview.reports.inert import clean
from casereview.reports.word.render import settled

LEFT_OUT = "〔图片、签名或者印章，未写出〕"
UNREAD = "〔本页没有能够读取的文字，未写出〕"
_DIGESTS = frozenset({"sha256", "identity", "evidence_digest", "card", "print", "prints", "uid"})


def shared_file(source: SourceFile, mask: Mask) -> bytes:
    """A DOCX of what was read of a file. The same text gives the same bytes."""
    word = docx.Document()
    for n, page in enumerate(source.pages):
        if n:
            word.add_page_break()  # type: ignore[no-untyped-call]
        _page(word, page, mask)
    out = io.BytesIO()
    word.save(out)
    return settled(out.getvalue())


def shared_line(result: Result, mask: Mask) -> str:
    """A result as a line of JSON in which persons are hidden."""
    return canonical(_masked(to_data(result), mask))


def _masked(value: Any, mask: Mask) -> Any:
    if isinstance(value, dict):
        return {k: v if k in _DIGESTS else _masked(v, mask) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(v, mask) for v in value]
    return mask(value) if isinstance(value, str) else value


def _page(word: Document, page: Page, mask: Mask) -> None:
    if not page.readable:
        word.add_paragraph(UNREAD)
        return
    drawn: set[int] = set()
    for line in page.lines:
        if line.cell is None:
            word.add_paragraph(_shown(line.text, mask))
        elif line.cell[0] not in drawn and line.cell[0] < len(page.tables):
            drawn.add(line.cell[0])
            _table(word, page.tables[line.cell[0]], mask)


def _table(word: Document, rows: tuple[tuple[Cell, ...], ...], mask: Mask) -> None:
    width = max((len(r) for r in rows), default=0)
    if not width:
        return
    table = word.add_table(rows=len(rows), cols=width, style="Table Grid")
    for row, cells in zip(rows, table.rows, strict=True):
        for cell, target in zip(row, cells.cells, strict=False):
            target.text = _shown(cell.text, mask)


def _shown(text: str, mask: Mask) -> str:
    return clean(mask(text.replace(PICTURE, LEFT_OUT)))
