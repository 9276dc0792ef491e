"""One row for each hostile or broken input of the fault model, with what must become of it: an
outcome with its word, the text that is there, never a traceback and never an empty success.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from dataclasses import dataclass

import hostile_files as h
import pytest

from casereview.model import OUTCOMES, Page
from casereview.reading import ocr, picture
from casereview.reading.door import read_source
from casereview.reading.intake import find_cases
from casereview.rules.rulebook import load_rules
from casereview.run import local
from casereview.run.local import Local
from casereview.run.work import Task, read_case, score_case

WHOLE = "Readingisprovedbytext"
BREAK = h.cmap_of(b"<0048> <0048> <0048>")
LOOP = "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>/Names<<"
LOOP += "/EmbeddedFiles<</Names[(a.exe) <</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>>>>>"
EXPLODED = {2: "10 0 R " * 10, **{n: f"{n + 1} 0 R " * 10 for n in range(10, 20)}, 20: "3 0 R"}
FILLED = "/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/Width 60000/Height 60000"
FILLED += "/BitsPerComponent 8/Filter/FlateDecode"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OUTWARD = RELATIONS + (
    '<Relationship Id="r1" Type="x/image" Target="http://127.0.0.1:9/a.png"'
    ' TargetMode="External"/><Relationship Id="r2" Type="x/image"'
    ' Target="../../../etc/passwd"/></Relationships>'
)
DANGLING = RELATIONS + (
    '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/drawing" Target="../drawings/no.xml"/></Relationships>'
)


def row(at, *cells):
    """A row of a sheet."""
    return f'<row r="{at}">{"".join(cells)}</row>'


def boxed(box):
    """A page whose box is odd, told by the box."""
    return lambda: h.page_box(box)


# name -> (builder, outcome, text that must be read)
QUICK = {
    "自己调用自己.pdf": (h.own_form, "readable", WHOLE),
    "四千页.pdf": (lambda: h.many_pages(4000), "too_large", ""),
    "一页说成一万页.pdf": (lambda: h.many_pages(10_000, same=True), "too_large", ""),
    "页框过大.pdf": (boxed("[0 0 14400 14400]"), "readable", WHOLE),
    "页框无边.pdf": (boxed("[0 0 1000000 1000000]"), "readable", WHOLE),
    "页框细长.pdf": (boxed("[0 0 100000000 1]"), "scanned", ""),
    "页框为零.pdf": (boxed("[0 0 0 0]"), "readable", WHOLE),
    "页框倒置.pdf": (boxed("[595 842 0 0]"), "scanned", ""),
    "页框非数.pdf": (boxed("[0 0 nan 842]"), "readable", WHOLE),
    "页框是字.pdf": (boxed("[(a) (b) (c) (d)]"), "readable", WHOLE),
    "页框空缺.pdf": (boxed("null"), "scanned", ""),
    "数字溢出.pdf": (
        lambda: h.pdf({4: h.stream(b"9e999 0 0 9e999 0 0 cm 0 0 1 1 re S " + h.TEXT)}),
        "scanned",
        "",
    ),
    "嵌套二十万层.pdf": (lambda: h.pdf({4: h.stream(b"[" * 60_000 + h.TEXT)}), "scanned", ""),
    "页树成环.pdf": (lambda: h.tree({2: "10 0 R", 10: "2 0 R"}), "scanned", ""),
    "页树爆炸.pdf": (lambda: h.tree(EXPLODED, 10**9), "damaged", ""),
    "页树很深.pdf": (lambda: h.deep_tree(5_000), "scanned", ""),
    "页数说少.pdf": (
        lambda: h.pdf({2: "<</Type/Pages/Kids[3 0 R]/Count 0>>"}),
        "readable",
        WHOLE,
    ),
    "页数说多.pdf": (
        lambda: h.pdf({2: "<</Type/Pages/Kids[3 0 R]/Count 9>>"}),
        "partial",
        WHOLE,
    ),
    "有打开密码.pdf": (lambda: h.encrypted(owner_only=False), "encrypted", ""),
    "只有权限密码.pdf": (lambda: h.encrypted(owner_only=True), "readable", WHOLE),
    "截断.pdf": (lambda: h.pdf({})[:400], "damaged", ""),
    "头前杂物.pdf": (lambda: b"junk\n" * 300 + h.pdf({}), "damaged", ""),
    "随机.pdf": (lambda: bytes(range(256)) * 40, "damaged", ""),
    "其实是网页.pdf": (lambda: b"<html><body>404</body></html>", "damaged", ""),
    "零字节.pdf": (lambda: b"", "damaged", ""),
    "引用成环.pdf": (lambda: h.pdf({}, "/Prev XREF"), "readable", WHOLE),
    "长度成环.pdf": (
        lambda: h.pdf({4: b"<</Length 4 0 R>>stream\n" + h.TEXT + b"\nendstream"}),
        "readable",
        WHOLE,
    ),
    "带脚本附件.pdf": (
        lambda: h.pdf({1: LOOP, 6: h.stream(b"MZ", "/Type/EmbeddedFile")}),
        "readable",
        WHOLE,
    ),
    "图片谎报.pdf": (
        lambda: h.big_image(
            "/Width 60000/Height 60000/BitsPerComponent 8/Filter/FlateDecode", zlib.compress(b"\0")
        ),
        "readable",
        WHOLE,
    ),
    "花纹无穷小.pdf": (h.tiling, "readable", WHOLE),
    "谎报大小.docx": (h.lying_zip, "damaged", ""),
    "一百万段.docx": (lambda: h.docx("<w:p/>" * 1_800_000), "too_large", ""),
    "跨一亿列.docx": (
        lambda: h.docx(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="100000000"/></w:tcPr>'
            + h.said("一格")
            + "</w:tc></w:tr></w:tbl>"
        ),
        "readable",
        "一格",
    ),
    "实体炸弹.docx": (lambda: h.docx(h.said("&c;"), h.ENTITIES), "damaged", ""),
    "外部实体.docx": (lambda: h.docx(h.said("&e;"), h.OUTSIDE), "damaged", ""),
    "五千层.docx": (
        lambda: h.docx("<w:sdt>" * 5000 + h.said("底") + "</w:sdt>" * 5000),
        "damaged",
        "",
    ),
    "表中表.docx": (
        lambda: h.docx("<w:tbl><w:tr><w:tc>" * 70 + h.said("底") + "</w:tc></w:tr></w:tbl>" * 70),
        "readable",
        "底",
    ),
    "指向外面.docx": (
        lambda: h.docx(h.said("正文"), more={"word/_rels/document.xml.rels": OUTWARD}),
        "readable",
        "正文",
    ),
    "有密码.docx": (lambda: h.compound("EncryptedPackage", "EncryptionInfo"), "encrypted", ""),
    "有密码.xlsx": (lambda: h.compound("EncryptedPackage", "EncryptionInfo"), "encrypted", ""),
    "有宏.docm": (
        lambda: h.docx(h.said("正文"), more={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        "readable",
        "正文",
    ),
    "实体炸弹.xlsx": (
        lambda: h.xlsx(
            h.cells(row(1, '<c r="A1" t="inlineStr"><is><t>&c;</t></is></c>')), h.ENTITIES
        ),
        "damaged",
        "",
    ),
    "最后一格.xlsx": (
        lambda: h.xlsx(h.cells(row(1_048_576, h.inline("XFD1048576", "角")))),
        "readable",
        "角",
    ),
    "没有计算.xlsx": (
        lambda: h.xlsx(h.cells(row(1, h.inline("A1", "合计"), '<c r="B1"><f>1+1</f></c>'))),
        "readable",
        "未计算",
    ),
    "号码存成数.xlsx": (
        lambda: h.xlsx(h.cells(row(1, '<c r="A1"><v>991023198801011234</v></c>'))),
        "readable",
        "末几位已失",
    ),
    "日期不对.xlsx": (
        lambda: h.xlsx(h.cells(row(1, '<c r="A1" t="d"><v>2025-13-45</v></c>'))),
        "damaged",
        "",
    ),
    "关系落空.xlsx": (
        lambda: h.xlsx(
            h.cells(row(1, h.inline("A1", "甲"))),
            more={"xl/worksheets/_rels/sheet1.xml.rels": DANGLING},
        ),
        "damaged",
        "",
    ),
    "有宏.xlsm": (
        lambda: h.xlsx(h.cells(row(1, h.inline("A1", "正文"))), more={"xl/vbaProject.bin": b"x"}),
        "readable",
        "正文",
    ),
    "~$打开着.docx": (lambda: b"\5user", "skipped", ""),
    "缺部件.ofd": (lambda: h.ofd({"Doc_0/Document.xml": ""}), "damaged", ""),
    "出包.ofd": (
        lambda: h.ofd(
            {
                "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody>'
                "<ofd:DocRoot>../../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            }
        ),
        "damaged",
        "",
    ),
    "实体炸弹.ofd": (
        lambda: h.ofd({"OFD.xml": h.ENTITIES + "<OFD>&c;</OFD>"}),
        "damaged",
        "",
    ),
    "完好.ofd": (lambda: h.ofd({}), "readable", "行政处罚决定书"),
    "一亿多像素.png": (lambda: h.png(10_100, 10_000), "too_large", ""),
    "其实是EPS.jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n", "unsupported", ""),
    "截断.jpg": (lambda: h.picture("JPEG", (600, 400))[:3000], "damaged", ""),
    "注释炸弹.png": (h.text_bomb, "damaged", ""),
    "损坏.heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), "damaged", ""),
    "损坏.mp4": (lambda: b"\0\0\0\x18ftypmp42" + bytes(100), "damaged", ""),
    "繁体码.txt": (lambda: ("行政處罰決定書，當事人姓名。" * 3).encode("big5"), "damaged", ""),
    "统一码.txt": (lambda: "立案审批表".encode("utf-16"), "readable", "立案审批表"),
    "未知.xyz": (lambda: b"hello" * 100, "unsupported", ""),
    "案卷.rar": (lambda: b"Rar!\x1a\x07" + bytes(100), "unsupported", ""),
}


@pytest.fixture(autouse=True)
def without_engine(monkeypatch):
    """No recognition: it costs seconds, and what is tried here comes before it."""
    monkeypatch.setattr(ocr, "available", lambda: "")


@pytest.mark.parametrize("name", QUICK)
def test_each_ends_with_its_word(name, capfd):
    """The outcome of the table, the text that is there, and nothing on the screen."""
    build, outcome, text = QUICK[name]
    data = build()
    capfd.readouterr()
    s = read_source(name, data)
    assert (s.outcome, capfd.readouterr().err) == (outcome, "")
    assert text in "".join("".join(ln.text.split()) for p in s.pages for ln in p.lines)
    if outcome in ("readable", "partial"):
        assert s.pages


# what hangs or bursts a reader: ended by the clock or the memory line of its own process
BOMBS = {
    "编码二十亿.pdf": lambda: h.composite("", h.cmap_of(b"<00000000> <7fffffff> <0000>")),
    "表单千万次.pdf": lambda: h.forms_in_forms(7, 10),
    "展开一千兆.pdf": lambda: h.pdf(
        {4: h.stream(zlib.compress(h.blanks(1_000), 9), "/Filter[/FlateDecode/FlateDecode]")}
    ),
}


@dataclass(frozen=True)
class Read:
    """Reads one bomb, and a good file after it."""

    name: str

    def do(self, skip, tell):
        """The outcome of both."""
        ocr.available = lambda: ""
        out = {}
        for name, build in ((self.name, BOMBS[self.name]), ("好.pdf", lambda: h.pdf({}))):
            data = build()
            tell(name, len(data))
            out[name] = skip.get(name) or read_source(name, data).outcome
        tell("", 0)
        return out


@pytest.mark.parametrize("name", BOMBS)
def test_what_hangs_or_bursts_ends_only_itself(name, monkeypatch):
    """The clock or the memory line ends the reader of that file; the next file is read."""
    monkeypatch.setattr(local, "FILE_SECONDS", 3.0)
    monkeypatch.setattr(local, "MEMORY_BYTES", 700_000_000)
    (done,) = Local(1).run([Read(name)])
    assert done.result["好.pdf"] == "readable"
    assert done.result[name] in ("too_slow", "too_large", "scanned")


def test_a_page_that_breaks_the_reader_ends_only_itself(monkeypatch):
    """A crafted number on one page leaves the other pages of the file."""
    from casereview.reading import pdf

    whole = pdf._read_page

    def breaks(doc, index, data):
        if index == 1:
            raise OverflowError("cannot convert float infinity to integer")
        return whole(doc, index, data)

    monkeypatch.setattr(pdf, "_read_page", breaks)
    s = read_source("a.pdf", h.many_pages(2))
    assert s.outcome == "partial" and [p.readable for p in s.pages] == [True, False]
    assert "OverflowError" in s.pages[1].reason


def test_frames_beyond_the_line_are_named(monkeypatch):
    """The first frames are read, the rest is one unreadable page with the reason."""
    monkeypatch.setattr(picture, "recognised", lambda n, im, w, height: Page(n, w, height))
    pages = picture.image_pages(h.frames("TIFF", 6), most=4)
    assert [p.readable for p in pages] == [True] * 4 + [False] and "拆分" in pages[4].reason


@pytest.mark.parametrize("build", [h.tiff_loop, lambda: h.frames("GIF", 30)])
def test_odd_frames_end(build):
    """A directory of a TIFF that follows itself, a GIF of many frames: the reader comes back."""
    assert read_source("a.tif", build()).outcome in ("scanned", "damaged", "readable")


def test_a_length_that_no_recording_has_is_none():
    """A broken head does not make a recording of seventy million years."""
    head = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\1\0\1\0@\x1f\0\0@\x1f\0\0\1\0\x08\0data"
    s = read_source("录音.wav", head + b"\xff\xff\xff\xff" + bytes(100))
    assert s.outcome == "readable" and s.media.seconds is None


def test_a_locked_file_is_told_as_locked():
    """A person is told to hand in the file without its password, not to save it as DOCX."""
    s = read_source("决定书.docx", h.compound("EncryptedPackage", "EncryptionInfo"))
    assert "密码" in OUTCOMES[s.outcome]


def test_old_word_and_excel_under_a_password():
    """The bit of Word and the record of Excel are looked at before LibreOffice is asked."""
    from hostile_ciphers import compound_file

    word = compound_file(["WordDocument"], (bytes(10) + b"\0\1").ljust(4096, b"\0"))
    book = b"\x09\x08\x10\0" + bytes(16) + b"\x2f\0\x06\0" + bytes(6)
    for name, data in (
        ("旧.doc", word),
        ("旧.xls", compound_file(["Workbook"], book.ljust(4096, b"\0"))),
        ("其实是旧.docx", word),
    ):
        assert read_source(name, data).outcome == "encrypted", name


def folder(tmp_path, **files):
    """A case folder with these files."""
    root = tmp_path / "某县水务局" / "某罚〔2025〕1号"
    root.mkdir(parents=True)
    for name, data in files.items():
        (root / name).write_bytes(data)
    return root


def outcomes(root):
    """File -> outcome of the only case at a path."""
    return {s.path: s.outcome for s in read_case(find_cases(root)[0], load_rules()).sources}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_links_pipes_and_junk_are_named_and_not_opened(tmp_path):
    """A link to a system file, a loop, a dangling link and a pipe that would hang for ever."""
    root = folder(tmp_path, **{"立案.txt": "立案审批表".encode(), "Thumbs.db": b"x"})
    (root / "外面.txt").symlink_to("/etc/hostname")
    (root / "自己").symlink_to(root)
    (root / "断了.pdf").symlink_to(root / "没有")
    os.mkfifo(root / "管道.pdf")
    got = outcomes(root)
    assert got.pop("立案.txt") == "readable"
    assert set(got) == {"Thumbs.db", "外面.txt", "自己", "断了.pdf", "管道.pdf"}
    assert set(got.values()) == {"skipped"}


def test_odd_names_are_kept(tmp_path):
    """The longest name, a line feed, a direction mark, a reserved name, bytes that are no UTF-8."""
    names = ["案" * 83 + ".txt", "甲\n乙.txt", "甲\u202e乙.txt", "-rf.txt", "CON.txt", "尾点..txt"]
    root = folder(tmp_path, **{n: "立案审批表".encode() for n in names})
    raw = os.path.join(os.fsencode(root), "决定书.txt".encode("gb18030"))
    with open(raw, "wb") as f:
        f.write("处罚决定书".encode())
    got = outcomes(root)
    assert set(names) <= set(got) and len(got) == len(names) + 1
    assert set(got.values()) == {"readable"}


def test_zips_stay_inside_their_folder(tmp_path):
    """A member that climbs out, a link, Chinese names without a flag, zips in zips, a password."""
    out = tmp_path / "包.zip"
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("../../外.txt", "立案审批表")
        z.writestr("/绝对.txt", "立案审批表")
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = 0o120777 << 16
        z.writestr(link, "/etc/hostname")
    root = folder(
        tmp_path,
        **{"包.zip": out.read_bytes(), "套.zip": h.nested_zip(6), "立案.txt": "立案".encode()},
    )
    locked = bytearray(h.packed({"密.txt": "x" * 50}))
    locked[6] |= 1
    locked[locked.index(b"PK\1\2") + 8] |= 1
    (root / "密.zip").write_bytes(bytes(locked))
    got = outcomes(root)
    assert not (tmp_path / "外.txt").exists() and got["链接.txt"] == "readable"
    assert "encrypted" in got.values() and "too_large" in got.values()


def test_a_file_that_goes_or_locks_while_it_is_read_is_named(tmp_path, monkeypatch):
    """Word holds it, or somebody deletes it: that file is named, the case goes on."""
    root = folder(tmp_path, **{"立案.txt": "立案审批表".encode(), "锁.txt": b"x"})
    whole = type(root).read_bytes

    def held(path):
        if path.name == "锁.txt":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(type(root), "read_bytes", held)
    assert outcomes(root) == {"立案.txt": "readable", "锁.txt": "damaged"}


def test_a_folder_of_unknown_files_is_a_case_that_cannot_be_read(tmp_path):
    """It stands in the list with what to do; nothing is missing in it, and a folder of programs is
    no case.
    """
    root = tmp_path / "某县水务局"
    for name, file in (("甲案", "全卷.rar"), ("乙案", "立案.txt"), ("程序", "安装.exe")):
        (root / name).mkdir(parents=True)
        (root / name / file).write_bytes("立案审批表".encode())
    refs = find_cases(root)
    assert [r.title for r in refs] == ["乙案", "甲案"]
    result = score_case(Task(refs[1]), load_rules())
    assert [u.file for u in result.unread] == ["全卷.rar"] and "解压" in result.unread[0].reason
    assert not [f.check for f in result.findings if f.status == "fail"]
    assert [r.title for r in find_cases(root / "甲案")] == ["甲案"]


def test_every_outcome_says_what_to_do():
    """Each word of the table has its sentence."""
    assert {outcome for _, outcome, _ in QUICK.values()} < set(OUTCOMES)
    assert all(OUTCOMES.values())
