"""Odd files that no one made on purpose: each is named, none is fatal, none is read as if it were
empty.
"""

from __future__ import annotations

import os
import subprocess
import sys

import hostile_files as h
import odd_files as o
import pytest
from conftest import SAMPLES

from casereview.model import OUTCOMES
from casereview.reading import ocr
from casereview.reading.door import read_source
from casereview.reading.intake import find_cases
from casereview.rules.rulebook import load_rules
from casereview.run.work import Task, score_case

TYPED = "Readingisprovedbytext"
ROW = f'<row r="1">{h.inline("A1", o.SAID)}</row>'
NOTE = "/Subtype/FreeText/Contents(Reading is proved by text)"
FIELD = "/Subtype/Widget/FT/Tx/T(a)/V(Reading is proved by text)"
WEB = f"<html><body><p>{o.SAID}</p></body></html>"
ODT = f"<office:text><text:p>{o.SAID}</text:p></office:text>"
MHT = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: "
)
MHT += f"text/html; charset=utf-8\r\n\r\n{WEB}\r\n--x--"
NO_PAGES = f"<ofd:Document {o.OFD}><ofd:CommonData/><ofd:Pages/></ofd:Document>"
EMPTY_PAGE = f"<ofd:Page {o.OFD}><ofd:Content/></ofd:Page>"
LOST_PICTURE = (
    f'<ofd:Page {o.OFD}><ofd:Content><ofd:Layer ID="2"><ofd:ImageObject ID="3"'
    ' Boundary="0 0 210 297" ResourceID="9"/></ofd:Layer></ofd:Content></ofd:Page>'
)
CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def other(data, name, body):
    """A package with one part changed."""
    return o.again(data, lambda parts: parts.update({name: body}))


def veiled(data):
    """A workbook whose sheet is hidden."""
    return o.again(
        data,
        lambda parts: parts.update(
            {
                "xl/workbook.xml": parts["xl/workbook.xml"].replace(
                    b"<sheet ", b'<sheet state="veryHidden" '
                )
            }
        ),
    )


# name -> (builder, outcome, text that must be read)
ODD = {
    "零页.pdf": (lambda: h.pdf({2: "<</Type/Pages/Kids[]/Count 0>>"}), "damaged", ""),
    "引用表错.pdf": (
        lambda: h.pdf({}).rsplit(b"startxref", 1)[0] + b"startxref\n7\n%%EOF",
        "readable",
        TYPED,
    ),
    "没有引用表.pdf": (lambda: h.pdf({}).split(b"xref\n")[0], "damaged", ""),
    "斜转.pdf": (lambda: h.pdf({3: o.page("/Rotate 45")}), "readable", TYPED),
    "转四百五.pdf": (lambda: h.pdf({3: o.page("/Rotate 450")}), "readable", TYPED),
    "单位放大.pdf": (lambda: h.pdf({3: o.page("/UserUnit 10")}), "readable", TYPED),
    "裁框在外.pdf": (lambda: h.pdf({3: o.page("/CropBox[1000 1000 2000 2000]")}), "scanned", ""),
    "内容不在.pdf": (lambda: h.pdf({3: h.PAGE.replace("4 0 R", "99 0 R")}), "scanned", ""),
    "坏压缩.pdf": (
        lambda: h.pdf({4: h.stream(b"\x78\x9c\0\1bad", "/Filter/FlateDecode")}),
        *("scanned", ""),
    ),
    "版本二.pdf": (lambda: h.pdf({}).replace(b"%PDF-1.5", b"%PDF-2.0"), "readable", TYPED),
    "不认识的加密.pdf": (lambda: h.pdf({}, "/Encrypt<</Filter/FooBar/V 1>>"), "encrypted", ""),
    "只有批注.pdf": (lambda: o.pinned(NOTE), "readable", TYPED),
    "只有域值.pdf": (lambda: o.pinned(FIELD), "readable", TYPED),
    "动态表单.pdf": (o.xfa, "partial", ""),
    "文件包.pdf": (o.portfolio, "partial", ""),
    "带附件.pdf": (lambda: o.attached("a.pdf"), "partial", TYPED),
    "带数据附件.pdf": (lambda: o.attached("a.xml"), "readable", TYPED),
    "两个头.pdf": (lambda: h.pdf({}) + h.pdf({}), "readable", TYPED),
    "尾有杂物.pdf": (lambda: h.pdf({}) + b"\0" * 5000, "readable", TYPED),
    "没有页框.pdf": (
        lambda: h.pdf({3: h.PAGE.replace("/MediaBox[0 0 595 842]", "")}),
        "readable",
        TYPED,
    ),
    "隐藏图层.pdf": (o.hidden_layer, "readable", TYPED),
    "其实是PDF.jpg": (lambda: h.pdf({}), "readable", TYPED),
    "只有图片.docx": (o.picture_only, "scanned", ""),
    "严格.docx": (lambda: o.strict(h.docx(h.said(o.SAID))), "readable", o.SAID),
    "严格.xlsx": (lambda: o.strict(h.xlsx(h.cells(ROW))), "readable", o.SAID),
    "空.docx": (lambda: h.docx(""), "scanned", ""),
    "没有正文.docx": (
        lambda: other(h.docx(""), "word/document.xml", f"<w:document {h.WORD}/>".encode()),
        "scanned",
        "",
    ),
    "插入网页.docx": (lambda: o.inserted("a.html", WEB), "partial", ""),
    "插入文档.docx": (lambda: o.inserted("a.docx", h.docx(h.said(o.SAID))), "partial", ""),
    "嵌入文档.docx": (lambda: o.with_object(h.said(o.SAID)), "partial", o.SAID),
    "嵌入PDF.docx": (
        lambda: o.with_object(h.said(o.SAID), "AcroExch.Document", "oleObject1.bin"),
        "partial",
        o.SAID,
    ),
    "嵌入图表.docx": (
        lambda: o.with_object(h.said(o.SAID), "Excel.Sheet.12", "a.xlsx"),
        "readable",
        o.SAID,
    ),
    "扁平.doc": (o.flat, "readable", o.SAID),
    "扁平.docx": (o.flat, "readable", o.SAID),
    "文本.odt": (lambda: o.open_document("text", ODT), "unsupported", ""),
    "其实是文本.docx": (lambda: o.open_document("text", ODT), "damaged", ""),
    "缺类型.docx": (
        lambda: o.again(h.docx(h.said(o.SAID)), lambda p: p.pop("[Content_Types].xml", None)),
        "readable",
        o.SAID,
    ),
    "幻灯.pptx": (lambda: h.packed({"ppt/presentation.xml": "<p/>"}), "unsupported", ""),
    "其实是幻灯.docx": (lambda: h.packed({"ppt/presentation.xml": "<p/>"}), "damaged", ""),
    "二进制表.xlsb": (lambda: h.packed({"xl/workbook.bin": b"\x83\1"}), "unsupported", ""),
    "二进制表.xlsx": (lambda: h.packed({"xl/workbook.bin": b"\x83\1"}), "damaged", ""),
    "隐藏表.xlsx": (lambda: veiled(h.xlsx(h.cells(ROW))), "readable", o.SAID),
    "空表.xlsx": (lambda: h.xlsx(h.cells()), "scanned", ""),
    "尾有杂物.docx": (lambda: h.docx(h.said(o.SAID)) + b"\0" * 300, "readable", o.SAID),
    "截断.docx": (lambda: h.docx(h.said(o.SAID))[:-60], "damaged", ""),
    "没有页.ofd": (lambda: h.ofd({"Doc_0/Document.xml": NO_PAGES}), "damaged", ""),
    "缺页文件.ofd": (lambda: h.ofd({CONTENT: ""}), "scanned", ""),
    "空页.ofd": (lambda: h.ofd({CONTENT: EMPTY_PAGE}), "scanned", ""),
    "图在别处.ofd": (lambda: h.ofd({CONTENT: LOST_PICTURE}), "scanned", ""),
    "加密.ofd": (
        lambda: h.packed({"OFD.xml": b"\x93\x11" * 50, "Encryptions.xml": "<a/>"}),
        "encrypted",
        "",
    ),
    "多页.tif": (lambda: h.frames("TIFF", 3), "scanned", ""),
    "网图.webp": (lambda: o.sheet("WEBP"), "scanned", ""),
    "印刷色.jpg": (lambda: o.sheet("JPEG", "CMYK"), "scanned", ""),
    "十六位.png": (lambda: o.sheet("PNG", "I;16"), "scanned", ""),
    "透明.png": (lambda: o.sheet("PNG", "RGBA"), "scanned", ""),
    "一点.png": (lambda: h.picture("PNG", (1, 1)), "scanned", ""),
    "细长.png": (lambda: h.picture("PNG", (1, 20_000)), "scanned", ""),
    "矢量.svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported", ""),
    "旧格式.jp2": (lambda: o.sheet("JPEG2000"), "unsupported", ""),
    "空白.txt": (lambda: b"  \r\n\t \r\n", "scanned", ""),
    "零字符.txt": (lambda: b"\0" * 400, "damaged", ""),
    "无标记.txt": (lambda: (o.SAID * 3).encode("utf-16-le"), "damaged", ""),
    "论文.caj": (lambda: b"CAJ\0" + bytes(300), "unsupported", ""),
    "网页.mht": (lambda: MHT.encode(), "readable", o.SAID),
    "快捷方式.lnk": (lambda: b"L\0\0\0", "skipped", ""),
}


@pytest.fixture(autouse=True)
def without_engine(monkeypatch):
    """No recognition: what is tried here comes before it."""
    monkeypatch.setattr(ocr, "available", lambda: "")


@pytest.mark.parametrize("name", ODD)
def test_each_is_named_and_none_is_quietly_empty(name, capfd):
    """The outcome, the text that is there, nothing on the screen; what is readable has text."""
    build, outcome, text = ODD[name]
    data = build()
    capfd.readouterr()
    s = read_source(name, data)
    assert (s.outcome, capfd.readouterr().err) == (outcome, ""), s.detail
    read = "".join("".join(line.text.split()) for p in s.pages for line in p.lines)
    assert text in read and (read or outcome != "readable")
    assert s.detail or OUTCOMES[outcome]


def test_the_fault_of_one_file_is_not_told_of_the_next():
    """PDFium keeps its last fault: a damaged file after a locked one is damaged."""
    assert read_source("密.pdf", h.encrypted(owner_only=False)).outcome == "encrypted"
    exploded = {2: "10 0 R " * 10, **{n: f"{n + 1} 0 R " * 10 for n in range(10, 20)}, 20: "3 0 R"}
    assert read_source("坏.pdf", h.tree(exploded, 10**9)).outcome == "damaged"


def test_a_recording_with_a_chinese_name_is_read_in_any_locale(tmp_path):
    """The library knows no Chinese names where the locale is C: it is given the open file."""
    path = next(SAMPLES.rglob("*.wav"))
    code = "import sys; from pathlib import Path; from casereview.reading.door import read_source;"
    code += "p = Path(sys.argv[1]); s = read_source(p.name, p.read_bytes(), p); print(s.outcome)"
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "readable"


def test_what_is_attached_is_named():
    """A person is told which file to save beside the others; many are counted."""
    assert "a.pdf" in read_source("卷.pdf", o.attached("a.pdf")).detail
    detail = read_source("卷.docx", o.inserted("b.html", WEB)).detail
    assert "b.html" in detail and "没有打开" in detail


def test_beside_a_case_they_accuse_nobody(tmp_path):
    """A case of nothing but odd files is accused of nothing that they may hold."""
    root = tmp_path / "某县水务局" / "某罚〔2025〕1号"
    root.mkdir(parents=True)
    for n, (name, (build, *_)) in enumerate(ODD.items()):
        (root / f"{n:02d} {name}").write_bytes(build())
    result = score_case(Task(find_cases(root)[0]), load_rules())
    assert not [f.message for f in result.findings if f.status == "fail" and f.absent]
    assert len(result.unread) > 30
