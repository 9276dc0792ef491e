"""The gate before any reader: what a file is by its first bytes, and whether opening it is safe
(RELIABILITY 2.2).
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from casereview.chinese import HAN, decode
from casereview.errors import ReadFailure
from casereview.model import SourceFile

MAX_UNPACKED = 300_000_000
MAX_RATIO = 100
RATIO_FLOOR = 10_000_000
MAX_MEMBERS = 5_000
MAX_PAGES = 3_000

_MEDIA = {
    ".mp4",
    ".mov",
    ".avi",
    ".wmv",
    ".mkv",
    ".3gp",
    ".mpg",
    ".mpeg",
    ".ts",
    ".mp3",
    ".wav",
    ".m4a",
    ".aac",
    ".wma",
    ".amr",
    ".flac",
    ".ogg",
}
_PHOTOS = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".gif", ".webp"}
_LATER = {".doc", ".wps", ".xls", ".et", ".ofd", ".rtf", ".dps", ".ppt", ".pptx"}
_WEB = {".html", ".htm", ".mht", ".mhtml"}
READ_SUFFIXES = (
    {".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".txt", ".csv"} | _MEDIA | _PHOTOS | _LATER | _WEB
)
JUNK = {"thumbs.db", "desktop.ini", "ehthumbs.db", "folder.jpg", "autorun.inf"}
# shortcuts, and what programs leave beside a file while they work on it
_LEFT_BEHIND = (
    ".lnk",
    ".url",
    ".tmp",
    ".temp",
    ".wbk",
    ".asd",
    ".crdownload",
    ".part",
    ".download",
)
_OPENED = ("~$", "~wrl", "~wrd", "._", ".", "~wrc", "~df", ".~")
NO_PAPER = (
    *(".exe", ".dll", ".msi", ".bat", ".apk", ".iso", ".dwg", ".dxf", ".psd", ".cdr", ".shp"),
    *(".db", ".mdb", ".sqlite", ".js", ".css", ".json", ".ttf", ".ttc", ".log", ".bak", ".dat"),
)
HEAD = 4096  # bytes in which a file shows what it is
_IMAGE_MARKS = (b"\xff\xd8\xff", b"\x89PNG", b"BM", b"II*\0", b"MM\0*", b"GIF8")
_PACKAGES = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ofd": "ofd",
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "docx",
    ".wps": "docx",
    ".zip": "zip",
}
_XML_EXPORTS = (
    (b"office/2006/xmlpackage", "package"),
    (b"office/word/2003/wordml", "word2003"),
    (b"schemas-microsoft-com:office:spreadsheet", "excel2003"),
)
_ARCHIVE = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version:|content-type:\s*multipart/related)"
)
_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<(?:html|head|body|table|meta|div|p|style)\b",
    re.S,
)


def holds_nothing(source: SourceFile) -> bool:
    """True for a file that can hold no paper: an empty one, a program, a drawing, a data base. One
    of which nothing is known, not even its bytes, may hold anything.
    """
    empty = source.size == 0 and bool(source.sha256)
    return empty or source.path.lower().endswith(NO_PAPER)


def is_junk(name: str) -> bool:
    """True for lock files, shortcuts and what systems and programs leave behind."""
    base = name.rsplit("/", 1)[-1].lower()
    return (
        base in JUNK
        or base.startswith(_OPENED)
        or base.endswith(_LEFT_BEHIND)
        or "__MACOSX" in name
    )


def kind_of(name: str, head: bytes) -> str:
    """Format word by content first, name second: pdf docx xlsx text photo media legacy unknown."""
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _PACKAGES.get(suffix, "unknown")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "legacy"
    if head.startswith(b"%!PS"):
        return "unknown"
    if head.startswith(_IMAGE_MARKS) or (suffix in _PHOTOS and head):
        return "photo"
    return _by_suffix(suffix)


def _by_suffix(suffix: str) -> str:
    """What a file is by its name alone."""
    if suffix in _MEDIA:
        return "media"
    if suffix in (".txt", ".csv"):
        return "text"
    if suffix in _LATER:
        return "legacy"
    return suffix[1:] if suffix in (".pdf", ".docx", ".xlsx") else "unknown"


def package_kind(data: bytes) -> str:
    """'docx' 'xlsx' 'ofd' for what a zip package holds, whatever it is called; '' for anything
    else. Raises ReadFailure.
    """
    names = {n.replace("\\", "/").lstrip("/").lower() for n in open_zip(data).namelist()}
    for part, kind in (
        ("word/document.xml", "docx"),
        ("xl/workbook.xml", "xlsx"),
        ("ofd.xml", "ofd"),
    ):
        if part in names:
            return kind
    return ""


def export_kind(data: bytes) -> str:
    """'package' 'word2003' 'excel2003' 'mht' 'html' for a text that stands for an Office file; ''
    for none of these.
    """
    head = data[:HEAD]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8")
    start = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith((b"<?xml", b"<w:", b"<pkg:", b"<workbook")):
        for mark, kind in _XML_EXPORTS:
            if mark in start:
                return kind
    if _ARCHIVE.match(start):
        return "mht"
    return "html" if _PAGE.match(start) else ""


def is_text(data: bytes) -> bool:
    """True for plain text with Chinese in it, whatever the name says."""
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return False
    sample = data[: 64 * HEAD]
    if sample[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in sample:
        return False
    control = sum(b < 32 and b not in (9, 10, 12, 13) for b in sample)
    if control > len(sample) // 100:
        return False
    try:
        return len(re.findall(f"[{HAN}]", decode(data))) >= 10
    except ReadFailure:
        return False


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open an Office or zip package after weighing it. Raises ReadFailure."""
    try:
        z = zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gb18030")
        infos = z.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as e:
        raise ReadFailure("damaged", "压缩结构已损坏") from e
    total = sum(i.file_size for i in infos)
    if (
        len(infos) > MAX_MEMBERS
        or total > MAX_UNPACKED
        or (total > RATIO_FLOOR and total > MAX_RATIO * max(1, len(data)))
    ):
        raise ReadFailure("too_large", f"展开后 {total // 1_000_000} MB、{len(infos)} 个文件")
    names = [i.filename for i in infos]
    if len(set(names)) != len(names):
        raise ReadFailure("damaged", "包内有同名部件，内容不确定")
    return z


def read_member(z: zipfile.ZipFile, name: str, limit: int = 200_000_000) -> bytes:
    """One member, counted while unpacking because declared sizes can lie. Raises ReadFailure;
    KeyError when it is absent.
    """
    try:
        with z.open(name) as f:
            data = f.read(limit + 1)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as e:
        raise ReadFailure("damaged", f"部件 {name} 无法解压") from e
    except RuntimeError as e:
        raise ReadFailure("encrypted", "压缩包有密码") from e
    if len(data) > limit:
        raise ReadFailure("too_large", f"部件 {name} 展开后过大")
    return data


def without_dtd(z: zipfile.ZipFile) -> None:
    """Refuse a package of which a part begins with a DTD, before another parser meets it. Raises
    ReadFailure.
    """
    for name in z.namelist():
        if name.endswith((".xml", ".rels")):
            with z.open(name) as part:
                _refuse_dtd(part.read(65536))


def _refuse_dtd(head: bytes) -> None:
    if b"<!DOCTYPE" in head[:4096] or b"<!ENTITY" in head[:65536]:
        raise ReadFailure("damaged", "部件含有 DTD 声明")


def parse_xml(data: bytes) -> etree._Element:
    """Parse a package part; a DOCTYPE is refused because entities can bomb or vanish silently.
    Raises ReadFailure.
    """
    _refuse_dtd(data)
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.XMLSyntaxError as e:
        raise ReadFailure("damaged", "部件不是完整的 XML") from e
