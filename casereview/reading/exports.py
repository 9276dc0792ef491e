"""What case systems write under .doc and .xls: Office packages as one XML file, Word and Excel XML
of 2003, web pages, and web archives (MHT).
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from lxml import etree, html

from casereview.chinese import decode, normalise
from casereview.errors import ReadFailure
from casereview.model import PICTURE, Cell, Line, Page
from casereview.reading.safe_open import HEAD, parse_xml
from casereview.reading.word import W, Walk, pages_of

W2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}"
S2003 = "{urn:schemas-microsoft-com:office:spreadsheet}"
PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_BLOCKS = {
    *"p div li ul ol h1 h2 h3 h4 h5 h6 tr table tbody thead tfoot center blockquote pre".split(),
    *"section article header footer dl dt dd form fieldset body br hr".split(),
}
At = tuple[int, int, int] | None  # (table, row, column) of a cell
_UNSHOWN = {"script", "style", "head", "title", "template", "noscript", "xml", "select"}


def read_export(data: bytes, kind: str) -> tuple[Page, ...]:
    """The pages of such a file. Raises ReadFailure."""
    if kind == "word2003":
        return _word_2003(data)
    if kind == "excel2003":
        return _excel_2003(data)
    return _web(_page_of_archive(data) if kind == "mht" else _text(data))


def unpacked(data: bytes) -> bytes:
    """An Office package that was written as one XML file, as the package that it stands for.
    Raises ReadFailure.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as z:
        seen = set()
        for part in parse_xml(data).iter(PKG + "part"):
            name = (part.get(PKG + "name") or "").lstrip("/")
            if not name or name in seen:
                continue
            seen.add(name)
            z.writestr(name, _bytes_of(part))
    return out.getvalue()


def _bytes_of(part: etree._Element) -> bytes:
    """The bytes of one part: XML as it stands, anything else in base64."""
    for e in part:
        if e.tag == PKG + "xmlData" and len(e):
            return etree.tostring(e[0], encoding="utf-8", xml_declaration=True)
        if e.tag == PKG + "binaryData":
            try:
                return base64.b64decode(e.text or "")
            except (binascii.Error, ValueError) as fault:
                raise ReadFailure("damaged", "文件内的图片数据损坏") from fault
    return b""


def _word_2003(data: bytes) -> tuple[Page, ...]:
    """Word XML of 2003 has the elements of today under another name space, in sections."""
    root = parse_xml(data)
    for e in root.iter():
        if isinstance(e.tag, str) and e.tag.startswith(W2003):
            e.tag = W + e.tag[len(W2003) :]
            for name in [n for n in e.attrib if n.startswith(W2003)]:
                e.set(W + name[len(W2003) :], e.attrib.pop(name))
    walk = Walk(None, {})
    body = root.find(W + "body")
    for block in () if body is None else _blocks(body):
        walk.body(block)
    return pages_of(walk, [])


def _blocks(node: etree._Element) -> Iterator[etree._Element]:
    """The sections (and sections in sections) that hold paragraphs, as one body each."""
    holder = etree.Element(W + "body")
    for e in list(node):
        if e.tag in (W + "p", W + "tbl"):
            holder.append(e)
            continue
        if len(holder):
            yield holder
            holder = etree.Element(W + "body")
        if isinstance(e.tag, str) and e.tag.rpartition("}")[2] in ("sect", "sub-section"):
            yield from _blocks(e)
    if len(holder):
        yield holder


def _excel_2003(data: bytes) -> tuple[Page, ...]:
    """Excel XML of 2003: each sheet is a page and one table."""
    pages = []
    for n, sheet in enumerate(parse_xml(data).iter(S2003 + "Worksheet"), 1):
        rows = []
        for row in sheet.iter(S2003 + "Row"):
            texts: list[str] = []
            for cell in row.iter(S2003 + "Cell"):
                at = int(cell.get(S2003 + "Index") or len(texts) + 1)
                texts += [""] * min(at - 1 - len(texts), 63)
                value = cell.find(S2003 + "Data")
                texts.append("" if value is None else _day("".join(value.itertext())))
            rows.append(texts)
        pages.append(_sheet(n, rows))
    if not pages:
        raise ReadFailure("damaged", "不是 Excel 文件（没有工作表）")
    return tuple(pages)


def _day(text: str) -> str:
    """'2025-05-15T00:00:00.000' without the time that nobody wrote."""
    return re.sub(r"T00:00:00(?:\.0+)?$", "", normalise(text)).strip()


def _sheet(number: int, rows: list[list[str]]) -> Page:
    table = tuple(tuple(Cell(t) for t in row) for row in rows if any(row))
    lines = tuple(
        Line(c.text, None, 0.0, (0, r, i), True)
        for r, row in enumerate(table)
        for i, c in enumerate(row)
        if c.text
    )
    return Page(number, 595, 842, lines, (table,) if table else ())


def _text(data: bytes) -> str:
    """The text of a web page in the code that it names, else in the one that fits."""
    m = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", data[:HEAD], re.I)
    name = m[1].decode("ascii").lower() if m else ""
    if name.startswith("gb"):
        name = "gb18030"
    if name and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


def _page_of_archive(data: bytes) -> str:
    """The web page in a web archive: the first part that is one. Raises ReadFailure."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                charset = part.get_content_charset() or ""
                named = f'<meta charset="{charset}">'.encode() if charset else b""
                return _text(named + payload)
    raise ReadFailure("damaged", "网页存档里没有正文")


class _Web:
    """Collects the lines and tables of a web page in reading order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[list[list[Cell]]] = []
        self.text = ""

    def end(self, cell: At = None) -> None:
        """What was gathered so far is a line."""
        text = re.sub(r"[ \t\r\n\f]+", " ", normalise(self.text)).strip()
        self.text = ""
        if text:
            self.lines.append(Line(text, None, 0.0, cell, True))

    def walk(self, e: etree._Element, cell: At = None) -> None:
        """An element, what is in it and what follows it."""
        name = e.tag.lower() if isinstance(e.tag, str) else ""
        if name and name not in _UNSHOWN and "display:none" not in _style(e):
            self._shown(e, name, cell)
        self.text += e.tail or ""

    def _shown(self, e: etree._Element, name: str, cell: At) -> None:
        """What an element shows."""
        if name == "table" and cell is None:
            self.end(cell)
            self.table(e)
            return
        block = name in _BLOCKS
        if block:
            self.end(cell)
        self.text += (e.text or "") + _shown_by(e, name, cell is not None)
        for child in e:
            self.walk(child, cell)
        if block:
            self.end(cell)
        elif name in ("td", "th"):
            self.text += "  "

    def table(self, t: etree._Element) -> None:
        """Rows and cells; a row of one cell above all others is a heading, and no part of it. A
        table that holds tables only sets the page.
        """
        rows = [_cells(tr) for tr in _own_rows(t)]
        if any(td.find(".//table") is not None for cells in rows for td in cells):
            for cells in rows:
                for td in cells:
                    self._inside(td, None)
            return
        heads = _heading_rows(rows)
        for cells in rows[:heads]:
            self._inside(cells[0], None)
        number = len(self.tables)
        table = [
            [self._cell(td, (number, r, c)) for c, td in enumerate(cells)]
            for r, cells in enumerate(rows[heads:])
        ]
        if table:
            self.tables.append(table)

    def _cell(self, td: etree._Element, at: At) -> Cell:
        first = len(self.lines)
        self._inside(td, at)
        return Cell("\n".join(ln.text for ln in self.lines[first:]))

    def _inside(self, td: etree._Element, at: At) -> None:
        """The content of a cell."""
        self.text += td.text or ""
        for child in td:
            self.walk(child, at)
        self.end(at)


def _own_rows(t: etree._Element) -> Iterator[etree._Element]:
    """Rows of a table that belong to no table inside it."""
    for tr in t.iter("tr"):
        if next(tr.iterancestors("table"), None) is t:
            yield tr


def _heading_rows(rows: list[list[etree._Element]]) -> int:
    """How many rows at the top are one cell wide while others are wider."""
    widest = max(map(len, rows), default=0)
    count = 0
    while count < len(rows) - 1 and len(rows[count]) == 1 < widest:
        count += 1
    return count


def _cells(tr: etree._Element) -> list[etree._Element]:
    return [e for e in tr if e.tag in ("td", "th")]


def _style(e: etree._Element) -> str:
    return re.sub(r"\s", "", (e.get("style") or "").lower())


def _shown_by(e: etree._Element, name: str, in_cell: bool) -> str:
    """What stands in a field of a form, whether a box is ticked, and that a picture is there."""
    if name == "img":
        return PICTURE if in_cell else ""
    if name != "input":
        return ""
    kind = (e.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if e.get("checked") is not None else "□"
    return (e.get("value") or "") if kind == "text" else ""


def _web(text: str) -> tuple[Page, ...]:
    """A web page as one page. Raises ReadFailure."""
    try:
        root = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise ReadFailure("damaged", "网页无法打开") from e
    web = _Web()
    web.walk(root)
    web.end()
    tables = tuple(tuple(tuple(row) for row in table) for table in web.tables)
    return (Page(1, 595, 842, tuple(web.lines), tables),)
