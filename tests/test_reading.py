"""What people hand in, read or named with its reason: never a quiet empty success."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib

import openpyxl
import pytest
from conftest import SAMPLES
from PIL import Image

from casereview.reading import office
from casereview.reading.door import read_source
from casereview.reading.intake import find_cases
from casereview.run.work import Task, score_case

ENCRYPTED = zlib.decompress(
    base64.b64decode(
        "eNqlVU2o41QUFkQGslAEQRAX14Hy3hP7cv+TQHnaps1MnXkzta2O0HSRJrd9GdukJqn26c"
        "qFunA2MrhRUARxo24UN+piVi6eixHEjTgbN8LoysWsFDxJ++ZlrKhgIb255+c73zn3nNxK"
        "p+lUyS7TKlevvPEu6qp5nGTnvRE6oyKVeJkKEFigIPYXMxVlaDueqyiNF4mvdjSCMIpHl7"
        "VaTdMdgihsu9renqaiIBfTkrrhpcqJAUA/q6YvqCz0PaS3Ij8OwmiC9EthVI/S8ERwwZsp"
        "lIPqvcUoO5zDpg//ZLWABrBKoVgplA0qoJoiM+eD9H0VhF4jXqIB7DESltilhpDI5GTXNC"
        "0TDZHe8ZI8O2Pl0VWrDFNUZJbTJitNJ4n9nsoASs/LovfVElJqz7yJaqxXe7220RAIAlic"
        "QRnBXe8nXlRA5nINHafSAeNSKryUSq7ajwMwejpVF+JobZ0eE10B2F7mTeNJCUOUMOqL7C"
        "BO0LbLMHYxli4j8AgJ79zFhLhUcJnsAEyivCyMo2ZOF8y56LqUMpdKvN93mWQJcRnFZ5a1"
        "XAev1GXMeA5w6a5LGfNzxMkx0H8KeU4dvhgnQYq2YQOJ/u/QcD7BwldFbMkgVm4MvsKAd3"
        "godikxTvvgSbZAxJ8EOwF8pEuxPA1/2CWGkRN+FKz5jEy2AIG72y5mx/xBDSaUwyoo7EHO"
        "+E5xotCsl5Wf5eHBqUg95yqhDCwvBbgJWjmAOKClDBj3w2yq7rAHyoIUZcIE6HK5tVP0zn"
        "wOw6g73jQtt4ssz2A4zSB3vZd5UeAlYH1eRZPsABFqIv0iqtUt1mo52KpjZtZbDnEsh7a4"
        "bVoQqUUa2KnLBhVGXTrEbBqO1eSccLtJGtSuNxzGoZ07qMqhqRGDnswBuWk4tt2QhuUIkz"
        "e5ZTQkd7CRo5pw/v/8W83BM4iWMjLumOVFMXz6uRC6ZIBY0ffD8uikJVdzsxgwqfWe3W6b"
        "oqn8YpScKXTZejO8XSKroJBm0LszbfnYreEr11/+9YlXBw98+eNDHzx4852f77U/PFIfD+"
        "hr106d+kP89u2l53+5+t3bn795/eZ7ByP76P0bPxlnF+74qY/euvVp9feju+9DN+565NnP"
        "rn3f//qr+1+/54tP5DcPP46v/ABU11HWpJeJGmsYWdpJWZAUggk0RrdlEj5AhSY6kVl0Q0"
        "Ysa0PG8aYdN/CGzNqMQYixKaOs5JslXjhVSVFx+Honh/MMyeIe0NtNpA1qxCeGSSxzPArG"
        "niAjKixLBKYVcALTyNnev1sMtUrpYpr8/cVUraIghG74yxUFNK"
        "JxjMSKUjeOM8RX773wJQVFLw7dS7LiFAgnRKtUWhcd7U8MtfWJ"
    )
)
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def docx(body: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A DOCX with this body XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>',
        )
        for name, data in (extra or {}).items():
            z.writestr(name, data)
    return out.getvalue()


def pdf(content: bytes, extra: str = "") -> bytes:
    """A one-page PDF with this content stream."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1"
            b" 5 0 R>>>>>>"
        ),
        b"<</Length %d%s>>stream\n" % (len(content), extra.encode()) + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.5\n", []
    for i, o in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % i + o + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def jpeg() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(out, "JPEG")
    return out.getvalue()


GOOD = pdf(b"BT /F1 12 Tf 100 700 Td (Reading is proved by text and box) Tj ET")


def text_of(source) -> list[str]:
    """All lines of a source."""
    return [ln.text for p in source.pages for ln in p.lines]


def test_pdf_text_page_and_box():
    """Text, page number and a box in points from the top left."""
    s = read_source("a.pdf", GOOD)
    line = s.pages[0].lines[0]
    assert (
        s.outcome == "readable"
        and line.text == "Readingisprovedbytextandbox"
        or "Reading" in line.text
    )
    assert 95 < line.box[0] < 105 and 120 < line.box[3] < 160


WRAPPED = {
    "inserted": (
        "<w:p><w:ins><w:r><w:t>插入的文字</w:t></w:r></w:ins><w:de"
        "l><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    ),
    "content control": (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的文字</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    ),
    "text box": (
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>文本框里的文字<"
        "/w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    ),
    "field": "<w:p><w:fldSimple><w:r><w:t>域里的文字</w:t></w:r></w:fldSimple></w:p>",
    "smart tag": "<w:p><w:smartTag><w:r><w:t>标记里的文字</w:t></w:r></w:smartTag></w:p>",
    "nested table": (
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>内层表格的文字</w:"
        "t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>"
    ),
    "hyperlink": "<w:p><w:hyperlink><w:r><w:t>链接里的文字</w:t></w:r></w:hyperlink></w:p>",
    "one branch": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>只取一支的文字</w:t></mc:Choice><mc"
        ":Fallback><w:t>只取一支的文字</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    ),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_docx_wrappers_keep_their_text(name):
    """Everything a reader of Word sees is read, once."""
    s = read_source("a.docx", docx(WRAPPED[name]))
    assert (
        s.outcome == "readable"
        and len([t for t in text_of(s) if t.endswith("的文字") or t == "插入的文字"]) == 1
    )


def test_docx_header_and_merged_cells():
    """Headers are read; a vertically merged cell is one cell."""
    body = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge"
        " w:val='restart'/></w:tcPr><w:p><w:r><w:t>当事人</w:t></w:r></w:p"
        "></w:tc><w:tc><w:p><w:r><w:t>名称</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc"
        "><w:p><w:r><w:t>地址</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    header = f"<w:hdr {W}><w:p><w:r><w:t>页眉文字</w:t></w:r></w:p></w:hdr>".encode()
    s = read_source("a.docx", docx(body, {"word/header1.xml": header}))
    assert "页眉文字" in text_of(s)
    assert [[c.text for c in row] for row in s.pages[0].tables[0]] == [["当事人", "名称"], ["地址"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_encodings(encoding):
    """UTF-8 with and without BOM, GB18030 and UTF-16."""
    assert text_of(read_source("a.txt", "行政处罚决定书\n当事人：某甲".encode(encoding))) == [
        "行政处罚决定书",
        "当事人：某甲",
    ]


def test_xlsx_visits_stored_cells_only():
    """A cell in the last corner of the sheet does not make a million rows."""
    book = openpyxl.Workbook()
    book.active["A1"] = "卷内目录"
    book.active["XFD1048576"] = "角落"
    out = io.BytesIO()
    book.save(out)
    s = read_source("a.xlsx", out.getvalue())
    assert s.outcome == "readable" and "卷内目录" in text_of(s)


BAD = {
    "零字节.pdf": (b"", "damaged"),
    "截断.pdf": (GOOD[:200], "damaged"),
    "有密码.pdf": (ENCRYPTED, "encrypted"),
    "空包.docx": (b"PK\x03\x04" + b"\0" * 30, "damaged"),
    "什么也没有.docx": (b"PK\x05\x06" + b"\0" * 18, "damaged"),
    "其实是图片.pdf": (jpeg(), "scanned"),
    "其实是网页.pdf": (b"<html>404</html>", "damaged"),
    "旧版.doc": (b"random bytes" * 60, "damaged"),
    "随机.xlsx": (b"PK\x03\x04garbage", "damaged"),
    "坏图.jpg": (b"\xff\xd8\xff\xe0broken", "damaged"),
    "坏录像.mp4": (b"\0" * 200, "damaged"),
    "版式.ofd": (b"PK\x03\x04" + b"\0" * 30, "damaged"),
}


@pytest.mark.skipif(
    not office.program(),
    reason="LibreOffice is not installed here: old formats are named and left unread",
)
def test_old_word_through_libreoffice():
    """An RTF is read as Word; random bytes called .doc are not."""
    s = read_source("决定.rtf", b"{\\rtf1\\ansi Administrative penalty decision\\par second line}")
    assert s.outcome == "readable" and any("second line" in t for t in text_of(s))


def test_old_word_without_libreoffice_is_named(monkeypatch):
    """Without LibreOffice the file is listed with what to do."""
    monkeypatch.setattr(office, "program", lambda: "")
    s = read_source("旧.doc", b"\xd0\xcf\x11\xe0" + bytes(600))
    assert s.outcome == "unsupported" and "LibreOffice" in s.detail


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_named(name):
    """Each gets its word; nothing is raised."""
    data, outcome = BAD[name]
    assert read_source(name, data).outcome == outcome


def test_docx_with_entities_is_refused():
    """A DTD can bomb or make text vanish: refused, not silently emptied."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(
            "word/document.xml",
            '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM'
            ' "file:///etc/hostname">]><w:document'
            f" {W}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>",
        )
    assert read_source("a.docx", out.getvalue()).outcome == "damaged"


def test_docx_with_a_hundred_million_columns_is_cut():
    """gridSpan is never expanded."""
    s = read_source(
        "a.docx",
        docx(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan"
            ' w:val="100000000"/></w:tcPr><w:p><w:r><w:t'
            ">一格</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
    )
    assert text_of(s) == ["一格"]


def test_a_zip_bomb_is_weighed_before_it_is_opened():
    """Declared size and ratio are looked at first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", b" " * 400_000_000)
    assert read_source("a.docx", out.getvalue()).outcome == "too_large"


def test_a_page_filled_by_a_picture_is_a_scan():
    """A page image with hidden recognised text is not trusted: signatures and seals on it cannot be
    seen.
    """
    image = b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"
    hidden = pdf(
        b"BT 3 Tr /F1 12 Tf 100 700 Td (hidden text that some scanner left behind it) Tj ET q 595 0"
        b" 0 842 0 0 cm " + image + b" Q"
    )
    s = read_source("a.pdf", hidden)
    assert s.outcome == "scanned" and not s.pages[0].readable


def test_bad_files_beside_a_case_accuse_nobody(rules, tmp_path):
    """A sample case loses its decision to damage: listed with the reason, and nothing is called
    missing because of it.
    """
    source = next(p for p in SAMPLES.rglob("*") if p.name.startswith("芦水罚决〔2025〕11号"))
    target = tmp_path / "案卷"
    for f in source.rglob("*"):
        if f.is_file():
            to = target / f.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(f.read_bytes())
    for f in target.glob("*决定书*.pdf"):
        f.write_bytes(f.read_bytes()[:300])
    for name in ("零字节.pdf", "有密码.pdf", "什么也没有.docx", "其实是图片.pdf"):
        (target / name).write_bytes(BAD[name][0])
    result = score_case(Task(find_cases(target)[0]), rules)
    assert {u.file for u in result.unread} >= {
        "零字节.pdf",
        "有密码.pdf",
        "什么也没有.docx",
        "其实是图片.pdf",
    }
    assert all(u.reason for u in result.unread)
    assert [f.check for f in result.findings if f.status == "fail"] == []
    assert result.finding("decision.present").status == "review"


def test_a_zipped_case_is_the_same_case(rules, tmp_path):
    """A case handed in as a zip with Chinese names gives the same verdicts."""
    source = next(p for p in SAMPLES.rglob("*") if p.name == "栖农罚〔2025〕5号")
    path = tmp_path / "栖霞岭县农业农村局" / "案卷.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as z:
        for f in sorted(source.rglob("*")):
            if f.is_file():
                z.write(f, f.relative_to(source).as_posix())
    folder, zipped = (score_case(Task(find_cases(p)[0]), rules) for p in (source, path))
    units = (
        "subject.authority-listed",
        "subject.officers-qualified",
        "legal-review.reviewer-qualified",
    )
    assert {f.check: f.status for f in folder.findings if f.check not in units} == {
        f.check: f.status for f in zipped.findings if f.check not in units
    }


def test_wav_length_and_day():
    """A recording gives its length and the day written in it."""
    path = next(SAMPLES.rglob("*.wav"))
    media = read_source("音像/a.wav", path.read_bytes(), path).media
    assert (
        media.kind == "audio"
        and media.seconds == pytest.approx(1.0, abs=0.1)
        and media.created.startswith("2025-")
    )


def test_photo_time():
    """EXIF time of a photo; a loose picture elsewhere may be a document and is unread."""
    data = next(SAMPLES.rglob("*.jpg")).read_bytes()
    assert read_source("照片/a.jpg", data).media.created.endswith("09:25")
    assert read_source("立案审批表.jpg", data).outcome in ("scanned", "partial")


def test_page_numbers_survive_pages_taken_out_and_put_in():
    """Cover and catalogue carry no number, a page is gone, a slip was put in, one margin holds a
    stray number: every other number finds its page.
    """
    from casereview.model import Line, Page
    from casereview.papers.page_numbers import page_labels, printed_labels

    def page(i, text):
        return Page(i, 595, 842, (Line(text, (290, 800, 305, 812)),) if text else ())

    texts = [
        "",
        "",
        "1",
        "2",
        "3",
        "5",
        "6",
        "",
        "7",
        "99",
        "9",
        "10",
    ]  # 4 was taken out, an unnumbered slip put in before 7, 8 misread
    pages = tuple(page(i, t) for i, t in enumerate(texts, 1))
    got = page_labels(pages)
    assert {n: got[n] for n in (1, 2, 3, 5, 6, 7, 8, 9, 10)} == {
        1: 2,
        2: 3,
        3: 4,
        5: 5,
        6: 6,
        7: 8,
        8: 9,
        9: 10,
        10: 11,
    }
    assert min(printed_labels(pages).values()) == 2 and page_labels(()) == {}
