"""Pictures as PNG for Word, with a Chinese font of this machine. Where there is none, there is no
picture, and the document says so.
"""

from __future__ import annotations

import io
import os
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from casereview.reports.web.pictures import Dot, Picture, Rect, Shape, Stroke
from casereview.settings import font_file as font_setting

SCALE = 2.0
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
_NAMES = (
    "simhei.ttf",
    "msyh.ttc",
    "msyh.ttf",
    "simsun.ttc",
    "Deng.ttf",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSerifCJK-Regular.ttc",
    "SourceHanSansCN-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "uming.ttc",
    "ukai.ttc",
    "DroidSansFallbackFull.ttf",
    "PingFang.ttc",
    "STHeiti Light.ttc",
    "Songti.ttc",
    "FZHTJW.TTF",
)
_FOLDERS = (
    "C:/Windows/Fonts",
    os.path.expandvars("%LOCALAPPDATA%/Microsoft/Windows/Fonts"),
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)


@lru_cache(maxsize=1)
def font_file() -> Path | None:
    """A Chinese font: the file in CASEREVIEW_FONT, else one that this machine is known to carry."""
    own = font_setting()
    if own and Path(own).is_file():
        return Path(own)
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        base = Path(folder).expanduser()
        if base.is_dir():
            for root, _, names in os.walk(base):
                for n in names:
                    found.setdefault(n.lower(), Path(root, n))
    return next((found[n.lower()] for n in _NAMES if n.lower() in found), None)


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file()), size)


def _at(x: float, y: float) -> tuple[float, float]:
    return x * SCALE, y * SCALE


def _draw(g: ImageDraw.ImageDraw, s: Shape) -> None:
    """One shape."""
    if isinstance(s, Rect):
        box = (_at(s.x, s.y), _at(s.x + s.w, s.y + s.h))
        g.rectangle(box, fill=s.fill, outline=s.stroke or None)
    elif isinstance(s, Stroke):
        ends = (_at(s.x1, s.y1), _at(s.x2, s.y2))
        g.line(ends, fill=s.colour, width=max(1, round(s.width * SCALE)))
    elif isinstance(s, Dot):
        g.ellipse((_at(s.x - s.r, s.y - s.r), _at(s.x + s.r, s.y + s.r)), fill=s.fill)
    else:
        g.text(
            _at(s.x, s.y),
            s.text,
            fill=s.colour,
            font=_font(round(s.size * SCALE)),
            anchor=_ANCHORS[s.anchor],
            stroke_width=1 if s.bold else 0,
            stroke_fill=s.colour,
        )


def png(p: Picture) -> bytes | None:
    """The picture, twice as large as its pixels; None without a Chinese font."""
    if font_file() is None:
        return None
    im = Image.new("RGB", (round(p.width * SCALE), round(p.height * SCALE)), "white")
    g = ImageDraw.Draw(im)

    for shape in p.shapes:
        _draw(g, shape)
    out = io.BytesIO()
    im.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()
