"""The gate before any reader: what a file is by its first bytes, and whether opening it is safe
(RELIABILITY 2.2).
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from casereview.errors import ReadFailure

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
READ_SUFFIXES = (
    {".pdf", ".docx", ".docm", ".xlsx", ".xlsm", ".txt", ".csv"} | _MEDIA | _PHOTOS | _LATER
)
JUNK = {"thumbs.db", ".ds_store", "desktop.ini"}


def is_junk(name: str) -> bool:
    """True for lock files and what systems leave behind."""
    base = name.rsplit("/", 1)[-1]
    return base.lower() in JUNK or base.startswith(("~$", "._", ".")) or "__MACOSX" in name


def kind_of(name: str, head: bytes) -> str:
    """Format word by content first, name second: pdf docx xlsx text photo media legacy unknown."""
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return {
            ".xlsx": "xlsx",
            ".xlsm": "xlsx",
            ".ofd": "ofd",
            ".docx": "docx",
            ".docm": "docx",
        }.get(
            suffix,
            "zip" if suffix == ".zip" else "docx" if suffix in (".doc", ".wps") else "unknown",
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "legacy"
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG", b"BM", b"II*\0", b"MM\0*", b"GIF8")) or (
        suffix in _PHOTOS and head
    ):
        return "photo"
    if suffix in _MEDIA:
        return "media"
    if suffix in (".txt", ".csv"):
        return "text"
    return (
        "legacy"
        if suffix in _LATER
        else suffix[1:]
        if suffix in (".pdf", ".docx", ".xlsx")
        else "unknown"
    )


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


def parse_xml(data: bytes) -> etree._Element:
    """Parse a package part; a DOCTYPE is refused because entities can bomb or vanish silently.
    Raises ReadFailure.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise ReadFailure("damaged", "部件含有 DTD 声明")
    try:
        return etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        )
    except etree.XMLSyntaxError as e:
        raise ReadFailure("damaged", "部件不是完整的 XML") from e
