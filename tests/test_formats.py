"""Each format that people hand in, shown read: text, page and box; what only looks odd is read as
well as the plain page.
"""

from __future__ import annotations

import io
import zipfile

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from conftest import ROOT
from ofd_writer import ofd
from PIL import Image, ImageDraw
from test_reading import W, pdf

from casereview.model import PICTURE
from casereview.papers.split import split
from casereview.reading import ocr
from casereview.reading.door import read_source
from casereview.reading.pdf import is_garbage
from casereview.reading.picture import find_sheet, flatten
from casereview.reading.safe_open import kind_of

DATA = ROOT / "tests" / "data"
needs_engine = pytest.mark.skipif(
    not ocr.available(), reason="no recognition engine on this machine"
)


@pytest.fixture(scope="module")
def sheets() -> list[Image.Image]:
    """The three scanned papers as upright pictures."""
    with pdfium.PdfDocument(DATA / "扫描三份.pdf") as doc:
        pages = [doc[i].render(scale=150 / 72).to_pil().convert("RGB") for i in range(len(doc))]
    return [
        p.rotate(180) if i == 2 else p for i, p in enumerate(pages)
    ]  # one of them was fed upside down


def saved(im: Image.Image, kind: str, **more) -> bytes:
    """A picture as file bytes."""
    out = io.BytesIO()
    im.save(out, kind, **more)
    return out.getvalue()


def png(colour: str, size=(200, 200)) -> bytes:
    """A picture of one colour."""
    return saved(Image.new("RGB", size, colour), "PNG")


FORM = {
    "texts": [
        (220, 60, 18, "立案审批表"),
        (85, 112, 12, "当事人"),
        (185, 112, 12, "某某建材厂"),
        (85, 142, 12, "案由"),
        (185, 142, 12, "涉嫌超标排放水污染物"),
    ],
    "strokes": (
        [(80, y, 500, y + 0.1) for y in (100, 130, 160)]
        + [(x, 100, x + 0.1, 160) for x in (80, 180, 500)]
    ),
    "images": [((300, 200, 360, 225), png("black", (60, 25)))],
    "stamps": [(350, 600, 470, 720)],
}


@pytest.mark.parametrize("odd", [False, True])
def test_ofd_text_cells_marks_and_stamps(odd, rules):
    """Text with boxes in points, cells from strokes, a signature picture as mark, the stamp of the
    electronic signature as seal.
    """
    s = read_source(
        "立案.ofd",
        ofd(
            [FORM, {"texts": [(80, 100, 12, "第二页的文字")]}],
            template="某某县水务局",
            odd_paths=odd,
        ),
    )
    assert s.outcome == "readable" and s.format == "ofd" and len(s.pages) == 2
    page = s.pages[0]
    assert [[c.text for c in row] for row in page.tables[0]] == [
        ["当事人", "某某建材厂"],
        ["案由", "涉嫌超标排放水污染物"],
    ]
    title = next(ln for ln in page.lines if ln.text == "立案审批表")
    assert title.box == pytest.approx((220, 60, 310, 78), abs=3)
    assert any(ln.text == "某某县水务局" for ln in page.lines) and any(
        PICTURE in ln.text for ln in page.lines
    )
    assert [pic.box for pic in page.pictures if pic.red == 1.0] == [
        pytest.approx((350, 600, 470, 720), abs=0.5)
    ]
    assert split(s, rules.vocabulary)[0].kind == "立案审批表"


def test_ofd_with_missing_parts_is_named():
    """A page part that is gone makes that page unreadable, a package without OFD.xml is damaged, a
    DTD is refused.
    """
    whole = ofd([FORM, {"texts": [(80, 100, 12, "第二页")]}])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as a, zipfile.ZipFile(out, "w") as b:
        for name in a.namelist():
            if "Page_1" not in name:
                b.writestr(name, a.read(name))
    s = read_source("a.ofd", out.getvalue())
    assert s.outcome == "partial" and not s.pages[1].readable and "缺失" in s.pages[1].reason
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as z:
        z.writestr("a.txt", "x")
    assert read_source("a.ofd", empty.getvalue()).outcome == "damaged"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as z:
        z.writestr("OFD.xml", '<!DOCTYPE x [<!ENTITY e "e">]><OFD>&e;</OFD>')
    assert read_source("a.ofd", bomb.getvalue()).outcome == "damaged"


@needs_engine
def test_ofd_page_that_is_a_picture(sheets):
    """A scanned page inside an OFD is recognised."""
    s = read_source("a.ofd", ofd([{"images": [((0, 0, 595, 842), saved(sheets[0], "PNG"))]}]))
    assert s.outcome == "readable" and s.pages[0].ocr and s.pages[0].tables


@needs_engine
def test_every_frame_of_a_tiff_is_a_page(sheets):
    """TIFF with two frames."""
    s = read_source(
        "扫描.tif",
        saved(sheets[0], "TIFF", save_all=True, append_images=[sheets[2]], compression="tiff_lzw"),
    )
    assert (
        s.outcome == "readable"
        and [p.number for p in s.pages] == [1, 2]
        and all(p.lines and p.lines[0].box for p in s.pages)
    )


@needs_engine
def test_heic_from_a_phone(sheets, rules):
    """HEIC, read through its wheel."""
    s = read_source("IMG_0001.heic", saved(sheets[0], "HEIF", quality=80))
    assert s.outcome == "readable" and split(s, rules.vocabulary)[0].kind == "立案审批表"


def on_a_desk(im: Image.Image) -> Image.Image:
    """The sheet photographed aslant on a dark desk."""
    w, h = im.size
    target = np.float32(
        [[0.14 * w, 0.10 * h], [1.08 * w, 0.05 * h], [1.16 * w, 1.12 * h], [0.05 * w, 1.17 * h]]
    )
    m = cv2.getPerspectiveTransform(np.float32([[0, 0], [w, 0], [w, h], [0, h]]), target)
    return Image.fromarray(
        cv2.warpPerspective(
            np.asarray(im), m, (int(1.22 * w), int(1.22 * h)), borderValue=(70, 60, 55)
        )
    )


@needs_engine
def test_a_photo_is_flattened_and_keeps_its_cells(sheets):
    """Corners are found, and the form has the cells it has when scanned flat."""
    flat = read_source("a.png", saved(sheets[0], "PNG")).pages[0]
    photo = read_source("b.png", saved(on_a_desk(sheets[0]), "PNG")).pages[0]
    cells = [sum(len(r) for t in p.tables for r in t) for p in (flat, photo)]
    assert photo.readable and cells[0] > 10 and abs(cells[1] - cells[0]) <= 2


def test_corners_are_found_only_where_there_is_a_ground(sheets):
    """A scan that is all sheet, a photo of a scene and an empty picture are left as they are."""
    assert find_sheet(np.asarray(sheets[1])) is None
    assert find_sheet(np.full((400, 300, 3), 255, np.uint8)) is None
    assert find_sheet(np.asarray(Image.effect_noise((300, 300), 80).convert("RGB"))) is None
    corners = find_sheet(np.asarray(on_a_desk(sheets[1])))
    w, h = sheets[1].size
    assert (
        corners is not None
        and abs(corners[0][0] - 0.14 * w) < 12
        and abs(corners[2][1] - 1.12 * h) < 12
    )
    assert flatten(np.asarray(on_a_desk(sheets[1])), corners).shape[0] == pytest.approx(
        1.07 * h, rel=0.03
    )


@needs_engine
def test_two_sheets_side_by_side_are_read_one_after_the_other(sheets):
    """All of the left sheet comes before the right one, and the page says so."""
    a, b = sheets[1], sheets[2]
    both = Image.new("RGB", (a.width + b.width, a.height), "white")
    both.paste(a, (0, 0))
    both.paste(b, (a.width, 0))
    page = read_source("a.png", saved(both, "PNG")).pages[0]
    texts = [ln.text for ln in page.lines]
    assert "左右两面" in page.reason
    assert max(i for i, ln in enumerate(page.lines) if ln.box[2] < page.width / 2) < min(
        i for i, ln in enumerate(page.lines) if ln.box[0] > page.width / 2
    ), texts


@needs_engine
def test_a_paper_pasted_into_word_is_read(sheets, rules):
    """A DOCX that only holds the picture of a paper gives that paper."""
    drawing = (
        "<w:p><w:r><w:drawing><wp:inline"
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="5300000" cy="7500000"/><a:blip'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        ' r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {W}><w:body>{drawing}</w:body></w:document>',
        )
        z.writestr(
            "word/_rels/document.xml.rels",
            "<Relationships"
            ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
            ' Id="rId1" Type="image" Target="media/1.png"/></Relationships>',
        )
        z.writestr("word/media/1.png", saved(sheets[0], "PNG"))
    s = read_source("扫描件.docx", out.getvalue())
    assert (
        s.outcome == "readable"
        and s.pages[0].ocr
        and split(s, rules.vocabulary)[0].kind == "立案审批表"
    )


@needs_engine
def test_a_fingerprint_stands_for_a_signature(sheets):
    """A red print leaves its mark in the text of the page."""
    im = sheets[2].copy()
    s = im.width / 210  # pixels per millimetre
    box = [150 * s, 255 * s, 161 * s, 269 * s]
    ImageDraw.Draw(im).ellipse(box, fill=(205, 60, 60))
    page = read_source("a.png", saved(im, "PNG")).pages[0]
    marks = [ln.box for ln in page.lines if PICTURE in ln.text]
    assert any(
        b[0] - 3 <= 155 * 595 / 210 <= b[2] + 3 and b[1] - 12 <= 262 * 595 / 210 <= b[3] + 12
        for b in marks
    )


def test_garbage_text_layers_are_told_from_prose():
    """Bytes in the wrong code page, lost characters and a wrong character map; not prose, not
    figures, not English.
    """
    prose = (
        "本机关于二〇二五年三月十二日对当事人涉嫌未取得取水许可擅自取水一案立案调查，"
        "现已查明事实如下。"
    )
    wrong_map = "".join(chr(0x4E00 + (i * 7919) % 20900) for i in range(60))
    assert (
        is_garbage("ÐÐÕþ´¦·£¾ö¶¨Êé ±¾»ú¹ØÓÚ2025Äê3ÔÂ12ÈÕ")
        and is_garbage("\ufffd" * 30)
        and is_garbage(wrong_map)
    )
    assert (
        not is_garbage(prose)
        and not is_garbage("3.5 ± 0.2 mg/L × 100 ÷ 4")
        and not is_garbage("Penalty decision No. 12")
        and not is_garbage("")
    )


def test_a_page_handed_in_twice_is_named(rules, tmp_path):
    """The same long page in two files is told, and is no fault."""
    from casereview.reading.intake import find_cases
    from casereview.run.work import Task, score_case

    text = (
        "现场检查笔录\n"
        + "执法人员到达现场后出示执法证件，说明来意，对取水口、计量设施、台账逐一查看并拍照记录，"
        * 3
    )
    for name in ("01 笔录.txt", "02 笔录（又一份）.txt"):
        (tmp_path / name).write_text(text, "utf-8")
    result = score_case(Task(find_cases(tmp_path)[0]), rules)
    assert [(n.file, n.page) for n in result.page_notes] == [
        ("02 笔录（又一份）.txt", 1)
    ] and "01 笔录.txt" in result.page_notes[0].note


@pytest.mark.parametrize(
    "name, head, kind",
    [
        ("a.ofd", b"PK\x03\x04", "ofd"),
        ("a.wps", b"\xd0\xcf\x11\xe0", "legacy"),
        ("a.wps", b"PK\x03\x04", "docx"),
        ("a.doc", b"%PDF-1.4", "pdf"),
        ("a.et", b"\xd0\xcf\x11\xe0", "legacy"),
        ("a.heic", b"\0\0\0\x18ftypheic", "photo"),
        ("a.tif", b"II*\0", "photo"),
        ("a.rtf", b"{\\rtf1", "legacy"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "photo"),
    ],
)
def test_the_format_is_told_by_its_first_bytes(name, head, kind):
    """Content first, name second."""
    assert kind_of(name, head) == kind


def test_pdf_with_a_garbage_layer_is_not_believed(monkeypatch):
    """Without an engine such a page is unread; its rubbish is never quoted."""
    monkeypatch.setattr(ocr, "available", lambda: "")
    s = read_source(
        "a.pdf",
        pdf(
            b"BT /F1 12 Tf 100 700 Td"
            b" (\xd0\xd0\xd5\xfe\xb4\xa6\xb7\xa3\xbe\xf6\xb6\xa8\xca\xe9"
            b"\xb1\xbe\xbb\xfa\xb9\xd8\xd3\xda)"
            b" Tj ET"
        ),
    )
    assert s.outcome == "scanned" and s.pages[0].reason == "文字层是乱码"
