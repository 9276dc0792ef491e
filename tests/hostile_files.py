"""Small files made to hang, burst, crash or deceive a reader: every row that names a file in the
fault model, built here byte by byte. Nothing is taken from anywhere.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from PIL import Image

Builder = Callable[[], bytes]
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXT = b"BT /F1 12 Tf 100 700 Td (Reading is proved by text and by its box) Tj ET"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = (
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
    "/XObject<</X 6 0 R>>/Pattern<</P 6 0 R>>>>>>"
)
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
CATALOG = "<</Type/Catalog/Pages 2 0 R>>"


def stream(data: bytes, entries: str = "") -> bytes:
    """A PDF stream object; its length is told truly."""
    return f"<</Length {len(data)}{entries}>>stream\n".encode() + data + b"\nendstream"


def squeezed(data: bytes, times: int = 1, entries: str = "") -> bytes:
    """A stream compressed so many times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = "/FlateDecode" * times
    return stream(data, f"/Filter[{filters}]{entries}")


def blanks(megabytes: int) -> bytes:
    """Zlib data of so many megabytes of blanks, never held as a whole."""
    pack = zlib.compressobj(9)
    block = b" " * 1_000_000
    return b"".join(pack.compress(block) for _ in range(megabytes)) + pack.flush()


def pdf(objects: Mapping[int, str | bytes], trailer: str = "") -> bytes:
    """A PDF of one page with text, some of whose objects (1 catalog, 2 pages, 3 page, 4 content,
    5 font, 6 spare) are others.
    """
    whole: dict[int, str | bytes] = {
        1: CATALOG,
        2: PAGES,
        3: PAGE,
        4: stream(TEXT),
        5: FONT,
        6: "null",
        **objects,
    }
    out, places = b"%PDF-1.5\n", {}
    for n, body in sorted(whole.items()):
        places[n] = len(out)
        out += b"%d 0 obj\n" % n + (body.encode() if isinstance(body, str) else body)
        out += b"\nendobj\n"
    start, size = len(out), max(whole) + 1
    rows = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
        for n in range(size)
    )
    more = trailer.replace("XREF", str(start)).encode()
    out += b"xref\n0 %d\n" % size + rows + b"trailer<</Size %d/Root 1 0 R" % size + more
    return out + b">>\nstartxref\n%d\n%%%%EOF" % start


def composite(descendant: str, cmap: bytes) -> bytes:
    """A PDF whose font is composite, with this descendant and this map to Unicode."""
    return pdf(
        {
            4: stream(b"BT /F1 12 Tf 100 700 Td <00480065006c006c006f> Tj ET"),
            5: (
                "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H"
                "/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
            ),
            6: (
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
                f"/Ordering(Identity)/Supplement 0>>{descendant}>>"
            ),
            7: stream(cmap),
        }
    )


def cmap_of(ranges: bytes) -> bytes:
    """A map to Unicode with these ranges."""
    return (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000>"
        b" <ffffffff> endcodespacerange 1 beginbfrange " + ranges + b" endbfrange endcmap end"
    )


def forms_in_forms(depth: int, width: int) -> bytes:
    """Forms that call forms: width to the power of depth calls from one page."""
    objects: dict[int, str | bytes] = {4: stream(TEXT + b" /X Do")}
    for n in range(6, 6 + depth):
        inner = f"/Resources<</XObject<</X {n + 1} 0 R>>>>" if n < 5 + depth else ""
        body = b" /X Do" * width if inner else b" 0 0 1 1 re f"
        objects[n] = stream(body, f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]{inner}")
    return pdf(objects)


def own_form() -> bytes:
    """A form that calls itself."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return pdf({4: stream(TEXT + b" /X Do"), 6: stream(b"/X Do", entries)})


def tiling() -> bytes:
    """A tiling pattern whose steps are smaller than anything."""
    entries = (
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.00001"
        "/YStep 0.00001/Resources<<>>"
    )
    content = b"/Pattern cs /P scn 0 0 595 842 re f " + TEXT
    return pdf({4: stream(content), 6: stream(b"0 0 1 1 re f", entries)})


def big_image(entries: str, data: bytes = b"\0") -> bytes:
    """A page with a picture of these declared sizes beside its text."""
    whole = f"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray{entries}"
    return pdf({4: stream(b"q 90 0 0 90 10 10 cm /X Do Q " + TEXT), 6: stream(data, whole)})


def many_pages(count: int, same: bool = False) -> bytes:
    """So many pages, or one page told so many times."""
    if same:
        return pdf({2: f"<</Type/Pages/Count {count}/Kids[{'3 0 R ' * count}]>>"})
    bare = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = " ".join(f"{n} 0 R" for n in range(10, 10 + count))
    pages = {n: bare for n in range(10, 10 + count)}
    return pdf({2: f"<</Type/Pages/Count {count}/Kids[3 0 R {kids}]>>", **pages})


def page_box(box: str) -> bytes:
    """A page with this MediaBox."""
    return pdf({3: PAGE.replace("[0 0 595 842]", box)})


def tree(kids: Mapping[int, str], count: int = 1) -> bytes:
    """A PDF with this tree of pages below object 2."""
    objects = {n: f"<</Type/Pages/Count {count}/Kids[{k}]>>" for n, k in kids.items()}
    return pdf(objects)


def deep_tree(depth: int) -> bytes:
    """Pages within pages within pages."""
    kids = {n: f"{n + 1} 0 R" for n in range(10, 10 + depth)}
    kids[10 + depth] = "3 0 R"
    return tree({2: "10 0 R", **kids})


def encrypted(owner_only: bool) -> bytes:
    """A PDF under a password (RC4, 40 bits): of the reader, or of the owner alone."""
    from hostile_ciphers import encrypted_pdf

    return encrypted_pdf("" if owner_only else "geheim", TEXT)


def packed(parts: Mapping[str, str | bytes], level: int = 9) -> bytes:
    """A zip package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as z:
        for name, data in parts.items():
            z.writestr(name, data)
    return out.getvalue()


def docx(body: str, head: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A DOCX with this body; ``head`` stands before the root element."""
    xml = f'<?xml version="1.0"?>{head}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    return packed({"word/document.xml": xml, **(more or {})})


def said(text: str) -> str:
    """A paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(sheet: str, head: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """An XLSX with one sheet; ``sheet`` is what stands in its root element."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006"
    return packed(
        {
            "[Content_Types].xml": (
                f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" ContentType='
                '"application/vnd.openxmlformats-package.relationships+xml"/><Default'
                ' Extension="xml" ContentType="application/xml"/><Override PartName='
                f'"/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/><Override PartName='
                f'"/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>'
            ),
            "_rels/.rels": (
                f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type='
                f'"{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'<workbook {SHEET} xmlns:r="{rel}"><sheets><sheet name="A" sheetId="1"'
                ' r:id="r1"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type='
                f'"{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": (
                f'<?xml version="1.0"?>{head}<worksheet {SHEET}>{sheet}</worksheet>'
            ),
            **(more or {}),
        }
    )


def cells(*rows: str) -> str:
    """The data of a sheet."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def inline(at: str, text: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'


def lying_zip() -> bytes:
    """A package whose part unpacks to a hundred and twenty megabytes and says one hundred bytes."""
    data = bytearray(packed({"word/document.xml": ""}))
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b" " * 1_000_000
    raw = b"".join(body.compress(block) for _ in range(120)) + body.flush()
    name = b"word/document.xml"
    head = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(raw), 100, len(name), 0)
    local = head + name + raw
    central = struct.pack(
        "<4s6H3L5H2L",
        *(b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(raw), 100, len(name), 0, 0, 0, 0, 0, 0),
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central) + len(name), len(local), 0)
    data[:] = local + central + name + end
    return bytes(data)


def twice() -> bytes:
    """A package with two parts of one name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for text in ("甲", "乙"):
            z.writestr(
                "word/document.xml",
                f"<w:document {WORD}><w:body>{said(text)}</w:body></w:document>",
            )
    return out.getvalue()


def compound(*names: str) -> bytes:
    """An OLE compound file (512-byte sectors) whose directory holds these streams."""
    from hostile_ciphers import compound_file

    return compound_file(names)


def png(width: int, height: int, mode: str = "1") -> bytes:
    """A PNG of this size, written row by row."""
    depth, kind, bytes_a_row = (1, 0, (width + 7) // 8) if mode == "1" else (8, 2, 3 * width)
    pack = zlib.compressobj(9)
    rows = b"".join(pack.compress(b"\0" + b"\xff" * bytes_a_row) for _ in range(height))

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + name + data + struct.pack(">L", zlib.crc32(name + data))
        )

    head = struct.pack(">2L5B", width, height, depth, kind, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows + pack.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def picture(kind: str, size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind, **options)
    return out.getvalue()


def text_bomb() -> bytes:
    """A PNG with a compressed remark of a hundred and fifty megabytes."""
    good = picture("PNG")
    data = b"Comment\0\0" + blanks(150)
    chunk = struct.pack(">L", len(data)) + b"zTXt" + data
    chunk += struct.pack(">L", zlib.crc32(b"zTXt" + data))
    return good[:33] + chunk + good[33:]


def frames(kind: str, count: int) -> bytes:
    """A picture of many frames."""
    out = io.BytesIO()
    first = Image.new("P", (4, 4), 0)
    rest = [Image.new("P", (4, 4), n % 200 + 1) for n in range(1, count)]
    first.save(out, kind, save_all=True, append_images=rest)
    return out.getvalue()


def tiff_loop() -> bytes:
    """A TIFF whose directory says that it is followed by itself."""
    entries = ((256, 3, 1, 4), (257, 3, 1, 4), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1))
    entries += ((273, 4, 1, 8), (277, 3, 1, 1), (278, 3, 1, 4), (279, 4, 1, 16))
    body = b"".join(struct.pack("<2HLL", *e) for e in entries)
    pixels = b"\x80" * 16
    directory = struct.pack("<H", len(entries)) + body + struct.pack("<L", 24)
    return b"II*\0" + struct.pack("<L", 24) + pixels + directory


def ofd(parts: Mapping[str, str | bytes]) -> bytes:
    """An OFD with these parts in place of the good ones ('' leaves one out)."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    good: dict[str, str | bytes] = {
        "OFD.xml": (
            f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            '</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1"'
            ' BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>'
        ),
        "Doc_0/Pages/Page_0/Content.xml": (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="2"><ofd:TextObject ID="3"'
            ' Boundary="20 20 100 10" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 7 4">'
            "行政处罚决定书乙</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        ),
    }
    return packed({n: d for n, d in {**good, **parts}.items() if d})


def nested_zip(depth: int) -> bytes:
    """Zips within zips, a text at the bottom."""
    data = packed({"底.txt": "立案审批表".encode()})
    for n in range(depth):
        data = packed({f"{n}.zip": data})
    return data


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
