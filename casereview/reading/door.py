"""One reader per format, all giving Pages. ``read_source`` is the only door; it never raises for a
bad file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from casereview.errors import ReadFailure
from casereview.model import Page, SourceFile
from casereview.reading import ocr
from casereview.reading.cache import of_file
from casereview.reading.contents import Contents
from casereview.reading.creation_date import made_of
from casereview.reading.quiet import quiet
from casereview.reading.safe_open import export_kind, is_junk, is_text, kind_of, package_kind
from casereview.reading.strict import in_usual_dialect

_PACKED = (".rar", ".7z", ".tar", ".gz", ".bz2")
_ARCHIVES = "压缩包请解压后放进案卷文件夹，或者改用 zip"
_SILENT = "没有读到任何内容，请打开文件核对"
_WRITTEN = 60  # characters from which a photographed sheet may be a paper


def read_source(rel: str, data: bytes, on_disk: Path | None = None) -> SourceFile:
    """Read one file. ``rel``: its path in the case; ``data``: its bytes; ``on_disk``: where it
    lies, for recordings.

    Every fault becomes an outcome word and a reason: nothing is raised, nothing is quietly empty.
    """
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    kind = kind_of(rel, data[:2048])
    try:
        with quiet():
            return _opened(rel, data, on_disk, digest, size, kind)
    except ReadFailure as e:
        return SourceFile(rel, digest, size, kind, e.outcome, e.detail)
    except (MemoryError, RecursionError) as e:
        return SourceFile(rel, digest, size, kind, "too_large", type(e).__name__)
    except (
        Exception
    ) as e:  # a reader broke on a crafted or odd file: that file only, named by its kind of fault
        return SourceFile(rel, digest, size, kind, "damaged", f"读取时出错（{type(e).__name__}）")


def _opened(
    rel: str, data: bytes, on_disk: Path | None, digest: str, size: int, kind: str
) -> SourceFile:
    """One file that is no junk and not empty. Raises ReadFailure."""
    if is_junk(rel):
        raise ReadFailure("skipped")
    if not data:
        raise ReadFailure("damaged", "零字节空文件")
    return _read(rel, data, on_disk, digest, size, kind)


def _read(
    rel: str, data: bytes, on_disk: Path | None, digest: str, size: int, kind: str
) -> SourceFile:
    """One file by its kind of content."""
    if kind == "photo":
        return _picture(rel, data, digest)
    if kind == "media":
        from casereview.reading.plain import read_media

        return SourceFile(rel, digest, size, kind, media=read_media(rel, on_disk or data))
    kind, found = _contents(rel, data, kind)
    pages = _not_silent(found.pages)
    outcome, detail = _told(pages)
    return SourceFile(rel, digest, size, kind, outcome, detail, pages, made=found.made)


def _not_silent(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages; those of a file on which nobody found anything at all were not read."""
    if any(p.lines or p.pictures or p.ink or not p.readable for p in pages):
        return pages
    empty = pages or (Page(1, 595, 842),)
    return tuple(replace(p, readable=False, reason=_SILENT) for p in empty)


def _contents(rel: str, data: bytes, kind: str) -> tuple[str, Contents]:
    """(kind that it was read as, what it holds)."""
    export = export_kind(data) if kind in ("legacy", "unknown", "text", "docx", "xlsx") else ""
    if export == "package":
        from casereview.reading.exports import unpacked

        data = unpacked(data)
    elif export:
        return _exported(rel, data, export)
    if data.startswith(b"PK\x03\x04"):
        kind = package_kind(data) or kind
    elif kind == "legacy":
        kind, data = ("text", data) if is_text(data) else _converted(rel, data)
    reader = _READERS.get(kind)
    if reader is None:
        raise ReadFailure("unsupported", _ARCHIVES if rel.lower().endswith(_PACKED) else "")
    return kind, reader(data)


def _exported(rel: str, data: bytes, export: str) -> tuple[str, Contents]:
    """What a case system wrote under the ending of Word or Excel."""
    from casereview.reading.exports import read_export

    sheet = export == "excel2003" or rel.lower().endswith((".xls", ".xlsx", ".et", ".csv"))
    return "xlsx" if sheet else "docx", Contents(read_export(data, export))


def _converted(rel: str, data: bytes) -> tuple[str, bytes]:
    """An old file as a new one, by what it holds and not by its name. Raises ReadFailure."""
    from casereview.reading.compound import MAGIC, inside
    from casereview.reading.office import convert

    suffix = rel.rsplit(".", 1)[-1].lower()
    if data.startswith(MAGIC):
        held, locked = inside(data)
        if locked:
            raise ReadFailure("encrypted")
        suffix = held or suffix
    return convert(data, suffix)


def _pdf(data: bytes) -> Contents:
    from casereview.reading.pdf import read_pdf

    return of_file(data, read_pdf)


def _docx(data: bytes) -> Contents:
    return of_file(data, _read_docx)


def _read_docx(data: bytes) -> Contents:
    from casereview.reading.word import read_docx

    return Contents(read_docx(in_usual_dialect(data)), made_of("docx", data))


def _ofd(data: bytes) -> Contents:
    from casereview.reading.ofd import read_ofd

    return Contents(read_ofd(data), made_of("ofd", data))


def _xlsx(data: bytes) -> Contents:
    from casereview.reading.plain import read_xlsx

    return Contents(read_xlsx(in_usual_dialect(data)), made_of("xlsx", data))


def _plain(data: bytes) -> Contents:
    from casereview.reading.plain import read_text

    return Contents(read_text(data))


_READERS: dict[str, Callable[[bytes], Contents]] = {
    "pdf": _pdf,
    "docx": _docx,
    "ofd": _ofd,
    "xlsx": _xlsx,
    "text": _plain,
}


def _told(pages: tuple[Page, ...]) -> tuple[str, str]:
    """(outcome, what a reviewer should know) of a file that was read."""
    bad = [p for p in pages if not p.readable]
    if bad:
        numbers = "、".join(str(p.number) for p in bad[:30])
        outcome = "scanned" if len(bad) == len(pages) else "partial"
        return outcome, f"第 {numbers} 页：{bad[0].reason}"
    noted = [p for p in pages if p.reason]
    return "readable", "；".join(f"第 {p.number} 页{p.reason}" for p in noted[:10])


_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic", ".heif")
_SCENE = re.compile(r"照片|相片|图片|影像|音像|光盘|拍照|现场|取证|photo", re.I)


def _picture(rel: str, data: bytes, digest: str) -> SourceFile:
    """A picture. One that shows a sheet of paper is recognised, whatever it is called; in a place
    for photos it stays a photo, with the pages that may be a paper's. Any other picture that cannot
    be recognised stays unread.
    """
    from casereview.reading.plain import read_photo

    suffix = "." + rel.rsplit(".", 1)[-1].lower()
    photo = SourceFile(rel, digest, len(data), "photo", media=read_photo(data))
    scene = bool(_SCENE.search(rel)) and suffix in _PICTURES
    pages = _recognised(data, scene)
    if scene:
        return replace(photo, pages=pages)
    known = suffix in _PICTURES
    detail = "图片，可能是文书的照片或扫描件" if known else f"扩展名是 {suffix}，内容是图片"
    if not any(p.readable and p.lines for p in pages):
        blank = (Page(1, 595, 842, readable=False, reason=detail),)
        return replace(photo, outcome="scanned", detail=detail, pages=blank)
    partly = any(not p.readable for p in pages)
    return replace(
        photo,
        format="image",
        outcome="partial" if partly else "readable",
        detail=detail if partly else "",
        pages=pages,
    )


def _recognised(data: bytes, scene: bool) -> tuple[Page, ...]:
    """The pages that a picture shows; none without an engine, and none of a picture in a place for
    photos that does not look like paper or does not carry the text of one.
    """
    if not ocr.available():
        return ()
    from casereview.reading.picture import image_pages, looks_like_paper

    if not scene:
        return image_pages(data)
    pages = image_pages(data) if looks_like_paper(data) else ()
    text = sum(len(ln.text) for p in pages if p.readable for ln in p.lines)
    return pages if text >= _WRITTEN else ()
