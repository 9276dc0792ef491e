"""Pages, kept by what they were read from and by whom: recognised ones by the picture and the
engine, those of a digital PDF or Word file by its bytes and the modules that read it.

The cache holds what the case holds, so it lies in a folder that only its owner can read;
``CASEREVIEW_CACHE=off`` turns it off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import msgspec

from casereview import __version__
from casereview.kept import Shelf
from casereview.model import Cell, Line, Page, Picture
from casereview.reading import ocr
from casereview.reading.contents import Contents
from casereview.settings import cache_setting

SHELF = Shelf("pages", 4_000_000_000)
LAYOUT = "12"  # raise when the layout of recognised pages changes


_PACKED = msgspec.msgpack.Decoder(Contents)
_READERS = ("reading", "chinese")  # rooms whose modules make pages
_version = lru_cache(maxsize=8)(version)


def folder() -> Path | None:
    """Where the cache lies; None when it is off."""
    return None if cache_setting() == "off" else SHELF.folder


def _engine() -> str:
    """The recognition engine with its version; '' without one."""
    engine = ocr.available()
    return f"{engine} {_version('rapidocr')} {_version(engine)}" if engine else ""


@lru_cache(maxsize=1)
def _readers() -> str:
    """The version of what makes pages, to the last change of a module."""
    package = Path(__file__).parent.parent
    parts = [__version__, *map(_version, ("pypdfium2", "pdfplumber", "python-docx", "lxml"))]
    for path in sorted(m for room in _READERS for m in (package / room).glob("*.py")):
        s = path.stat()
        parts.append(f"{path} {s.st_size} {s.st_mtime_ns}")
    return "\n".join(parts)


def of_file(data: bytes, read: Callable[[bytes], Contents]) -> Contents:
    """What ``read`` gave for these bytes before, else what it gives now. Kept is what is read whole
    from text: of anything else a stronger machine may say more. Raises what ``read`` raises.
    """
    if folder() is None:
        return read(data)
    said = f"{_readers()}\n{_engine()}\n{read.__module__}.{read.__name__}\n".encode()
    key = hashlib.sha256(said + hashlib.sha256(data).digest()).hexdigest()
    if (kept := SHELF.get(key)) is not None:
        with suppress(msgspec.DecodeError):
            return _PACKED.decode(kept)
    found = read(data)
    if all(p.readable and not p.ocr for p in found.pages):
        SHELF.put(key, msgspec.msgpack.encode(found))
    return found


def remembered(
    number: int, pixels: memoryview, size: tuple[float, float], make: Callable[[], Page]
) -> Page:
    """The page recognised from ``pixels`` before, else ``make()``; a cache that cannot be used is
    no error.
    """
    if folder() is None:
        return make()
    said = f"{LAYOUT} {_engine()} {size}\n"
    known = hashlib.sha256(said.encode())
    known.update(pixels)
    key = known.hexdigest()
    kept = SHELF.get(key)
    if kept is not None:
        with suppress(ValueError, KeyError, TypeError):
            return _page(json.loads(kept), number)
    page = make()
    SHELF.put(key, json.dumps(asdict(page), ensure_ascii=False).encode())
    return page


def _page(d: dict[str, Any], number: int) -> Page:
    def box(v: list[float] | None) -> Any:
        return tuple(v) if v else None

    lines = tuple(
        Line(x["text"], box(x["box"]), x["size"], box(x["cell"]), x["end"]) for x in d["lines"]
    )
    tables = tuple(
        tuple(tuple(Cell(c["text"], box(c["box"])) for c in r) for r in t) for t in d["tables"]
    )
    return Page(
        number,
        d["width"],
        d["height"],
        lines,
        tables,
        tuple(Picture(box(x["box"]), x["red"]) for x in d["pictures"]),
        d["readable"],
        d["reason"],
        d["ocr"],
        d["confidence"],
        d.get("sides", 1),
        tuple(map(tuple, d["ink"])),
    )
