"""Odd files that are no attack: what scanners, office programs, case systems and people hand in.
Each is built here; nothing is taken from anywhere.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import hostile_files as h
from PIL import Image, ImageDraw

SAID = "行政处罚决定书"
STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/"
    "wordprocessingml/main",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/"
    "spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/"
    "ooxml/officeDocument/relationships",
}
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def again(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A package with other parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        parts = {n: z.read(n) for n in z.namelist()}
    change(parts)
    return h.packed(parts)


def strict(data: bytes) -> bytes:
    """A package in the strict dialect."""

    def change(parts: dict[str, bytes]) -> None:
        for name, body in parts.items():
            for old, new in STRICT.items():
                body = body.replace(old.encode(), new.encode())
            parts[name] = body

    return again(data, change)


def picture_only() -> bytes:
    """A Word file that holds one picture of a page and no word."""
    drawing = (
        '<w:p><w:r><w:drawing xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        f' xmlns:r="{OFFICE}"><wp:inline><wp:extent cx="5000000" cy="7000000"/><a:graphic>'
        '<a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/'
        'picture"><pic:blipFill><a:blip r:embed="r1"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    rels = related("image", "media/a.png")
    more = {"word/media/a.png": sheet("PNG"), "word/_rels/document.xml.rels": rels}
    return h.docx(drawing, more=more)


def related(kind: str, part: str) -> str:
    """The relations of a Word file that has one, r1."""
    row = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{part}"/>'
    return f"{RELATIONS}{row}</Relationships>"


def inserted(part: str, data: bytes | str) -> bytes:
    """A Word file whose text lies in a part of another format."""
    body = f'<w:altChunk xmlns:r="{OFFICE}" r:id="r1"/>'
    rels = related("aFChunk", part)
    return h.docx(body, more={"word/_rels/document.xml.rels": rels, f"word/{part}": data})


def with_object(body: str, kind: str = "Word.Document.12", part: str = "a.docx") -> bytes:
    """A Word file with an object of another program in it."""
    shown = (
        '<w:p><w:r><w:object xmlns:o="urn:schemas-microsoft-com:office:office"'
        f' xmlns:r="{OFFICE}"><o:OLEObject Type="Embed" ProgID="{kind}" r:id="r1"/>'
        "</w:object></w:r></w:p>"
    )
    rels, place = related("package", f"embeddings/{part}"), f"word/embeddings/{part}"
    more = {"word/_rels/document.xml.rels": rels, place: h.docx(h.said("正文"))}
    return h.docx(body + shown, more=more)


def flat() -> bytes:
    """Flat OPC: a Word file as one XML text."""
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        f'<pkg:package xmlns:pkg="{space}"><pkg:part pkg:name="/word/document.xml"'
        ' pkg:contentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'document.main+xml"><pkg:xmlData><w:document {h.WORD}><w:body>{h.said(SAID)}</w:body>'
        "</w:document></pkg:xmlData></pkg:part></pkg:package>"
    ).encode()


def sheet(kind: str, mode: str = "RGB") -> bytes:
    """A picture of a page with strokes."""
    im = Image.new(mode, (420, 594), "white")
    for y in range(60, 500, 30):
        ImageDraw.Draw(im).line((50, y, 350, y), fill=0 if mode != "RGB" else "black", width=3)
    out = io.BytesIO()
    im.save(out, kind)
    return out.getvalue()


def open_document(kind: str, body: str) -> bytes:
    """A file of LibreOffice."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"'
        f' xmlns:table="{space}:table:1.0"><office:body>{body}</office:body>'
        "</office:document-content>"
    )
    return h.packed(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    )


def xfa() -> bytes:
    """A dynamic form: what the page says is only that another reader is needed."""
    inner = "<template><field>x</field></template>"
    form = f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">{inner}</xdp:xdp>'
    return h.pdf(
        {
            1: "<</Type/Catalog/Pages 2 0 R/NeedsRendering true/AcroForm<</Fields[]/XFA 7 0 R>>>>",
            4: h.stream(b"BT /F1 12 Tf 100 700 Td (Please wait... open in another viewer) Tj ET"),
            7: h.stream(form.encode()),
        }
    )


def attached(name: str, catalog: str = "", content: bytes = h.TEXT) -> bytes:
    """A PDF of one page with a file attached to it. ``catalog``: more of its catalog."""
    names = "/Names<</EmbeddedFiles<</Names[(1) 7 0 R]>>>>"
    return h.pdf(
        {
            1: f"<</Type/Catalog/Pages 2 0 R{names}{catalog}>>",
            4: h.stream(content),
            7: f"<</Type/Filespec/F({name})/UF({name})/EF<</F 8 0 R>>>>",
            8: h.stream(h.pdf({}), "/Type/EmbeddedFile"),
        }
    )


def portfolio() -> bytes:
    """A folder of PDFs in a PDF: what the page says is only that another reader is needed."""
    said = b"BT /F1 12 Tf 100 700 Td (For the best experience open this) Tj ET"
    return attached("a.pdf", "/Collection<</Type/Collection/View/D>>", said)


def pinned(note: str) -> bytes:
    """A PDF whose only text is that of a note or a field, of which no picture was made."""
    form = "/AcroForm<</Fields[7 0 R]/NeedAppearances true/DA(/Helv 0 Tf)>>"
    return h.pdf(
        {
            1: f"<</Type/Catalog/Pages 2 0 R{form}>>",
            3: page("/Annots[7 0 R]"),
            4: h.stream(b""),
            7: f"<</Type/Annot/Rect[100 600 400 620]/DA(/Helv 12 Tf){note}>>",
        }
    )


def page(more: str) -> str:
    """The page of the small PDF with more entries."""
    return h.PAGE[:-2] + more + ">>"


def hidden_layer() -> bytes:
    """Text on a layer that is switched off."""
    group = "/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]/Order[7 0 R]>>>>"
    return h.pdf(
        {
            1: f"<</Type/Catalog/Pages 2 0 R{group}>>",
            3: h.PAGE.replace("/Resources<<", "/Resources<</Properties<</P1 7 0 R>>"),
            4: h.stream(b"/OC /P1 BDC " + h.TEXT + b" EMC"),
            7: "<</Type/OCG/Name(a)>>",
        }
    )
