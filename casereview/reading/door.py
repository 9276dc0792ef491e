"""One reader per format, all giving Pages. ``read_source`` is the only door; it never raises for a
bad file.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from casereview.errors import ReadFailure
from casereview.model import Media, Page, SourceFile
from casereview.reading import ocr
from casereview.reading.creation_date import made_of
from casereview.reading.safe_open import is_junk, kind_of


def read_source(rel: str, data: bytes, on_disk: Path | None = None) -> SourceFile:
    """Read one file. ``rel``: its path in the case; ``data``: its bytes; ``on_disk``: where it
    lies, for recordings.

    Every fault becomes an outcome word and a reason: nothing is raised, nothing is quietly empty.
    """
    digest, size = hashlib.sha256(data).hexdigest(), len(data)
    kind = kind_of(rel, data[:2048])
    try:
        if is_junk(rel):
            raise ReadFailure("skipped")
        if not data:
            raise ReadFailure("damaged", "零字节空文件")
        return _read(rel, data, on_disk, digest, size, kind)
    except ReadFailure as e:
        return SourceFile(rel, digest, size, kind, e.outcome, e.detail)
    except (MemoryError, RecursionError) as e:
        return SourceFile(rel, digest, size, kind, "too_large", type(e).__name__)
    except (
        Exception
    ) as e:  # a reader broke on a crafted or odd file: that file only, named by its kind of fault
        return SourceFile(rel, digest, size, kind, "damaged", f"读取时出错（{type(e).__name__}）")


def _read(
    rel: str, data: bytes, on_disk: Path | None, digest: str, size: int, kind: str
) -> SourceFile:
    if kind == "legacy":
        from casereview.reading.office import convert

        kind, converted = convert(data, rel.rsplit(".", 1)[-1].lower())
        read = _read(f"{rel}.{kind}", converted, None, digest, size, kind)
        return replace(read, path=rel)
    if kind == "pdf":
        from casereview.reading.pdf import read_pdf

        pages = read_pdf(data)
    elif kind == "docx":
        from casereview.reading.word import read_docx

        pages = read_docx(data)
    elif kind == "ofd":
        from casereview.reading.ofd import read_ofd

        pages = read_ofd(data)
    elif kind in ("xlsx", "text", "photo", "media"):
        from casereview.reading import plain

        if kind == "photo":
            return _picture(rel, data, digest, plain.read_photo(data))
        if kind == "media":
            return SourceFile(rel, digest, size, kind, media=plain.read_media(rel, on_disk or data))
        pages = plain.read_xlsx(data) if kind == "xlsx" else plain.read_text(data)
    else:
        raise ReadFailure("unsupported")
    bad = [p for p in pages if not p.readable]
    outcome = "readable" if not bad else "scanned" if len(bad) == len(pages) else "partial"
    turned = [p for p in pages if p.readable and p.reason]
    detail = (
        "；".join(f"第 {p.number} 页{p.reason}" for p in turned[:10])
        if not bad
        else "第 " + "、".join(str(p.number) for p in bad[:30]) + " 页：" + bad[0].reason
    )
    return SourceFile(rel, digest, size, kind, outcome, detail, pages, made=made_of(kind, data))


_SCENE = re.compile(r"照片|相片|图片|影像|音像|光盘|拍照|现场|取证|photo", re.I)


def _picture(rel: str, data: bytes, digest: str, media: Media) -> SourceFile:
    """A picture in a place for photos is a photo; any other may be a page of a document and is
    recognised, else it stays unread.
    """
    size = len(data)
    suffix = rel.rsplit(".", 1)[-1].lower()
    if _SCENE.search(rel) and suffix not in ("pdf", "docx", "doc", "xlsx"):
        return SourceFile(rel, digest, size, "photo", media=media)
    detail = (
        "图片，可能是文书的照片或扫描件"
        if suffix in ("jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp", "heic", "heif")
        else f"扩展名是 .{suffix}，内容是图片"
    )
    if ocr.available():
        from casereview.reading.picture import image_pages

        pages = image_pages(data)
        if any(p.readable and p.lines for p in pages):
            bad = [p for p in pages if not p.readable]
            return SourceFile(
                rel,
                digest,
                size,
                "image",
                "partial" if bad else "readable",
                detail if bad else "",
                pages,
                media,
            )
    return SourceFile(
        rel,
        digest,
        size,
        "photo",
        "scanned",
        detail,
        (Page(1, 595, 842, readable=False, reason=detail),),
        media,
    )
