"""Recognised pages, kept by the digest of the picture and of the engine: a second run recognises
nothing.

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

from casereview.kept import Shelf
from casereview.model import Cell, Line, Page, Picture
from casereview.reading import ocr
from casereview.settings import cache_setting

SHELF = Shelf("pages", 4_000_000_000)
LAYOUT = "8"  # raise when the layout of recognised pages changes


_version = lru_cache(maxsize=8)(version)


def folder() -> Path | None:
    """Where the cache lies; None when it is off."""
    return None if cache_setting() == "off" else SHELF.folder


def remembered(
    number: int, pixels: bytes, size: tuple[float, float], make: Callable[[], Page]
) -> Page:
    """The page recognised from ``pixels`` before, else ``make()``; a cache that cannot be used is
    no error.
    """
    if folder() is None:
        return make()
    engine = ocr.available()
    said = f"{LAYOUT} {engine} {_version('rapidocr')} {_version(engine)} {size}\n"
    key = hashlib.sha256(said.encode() + pixels).hexdigest()
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
