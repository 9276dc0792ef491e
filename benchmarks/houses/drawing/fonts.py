"""Chinese fonts: open ones of the system where they are installed, else the font every PDF reader
has (which cannot be rendered into scans).

Debian: fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-wqy-zenhei fonts-lxgw-wenkai.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

rl_config.useA85 = 0  # pictures as bytes: four times as fast
FOLDER = Path("/usr/share/fonts/truetype")
FILES = {
    "宋": "arphic-gbsn00lp/gbsn00lp.ttf",
    "楷": "arphic-gkai00mp/gkai00mp.ttf",
    "黑": "wqy/wqy-zenhei.ttc",
    "文": "lxgw-wenkai/LXGWWenKai-Regular.ttf",
}
PLAIN = "STSong-Light"


def font_file(style: str) -> Path | None:
    """The file of a style, if installed."""
    path = FOLDER / FILES[style] if style in FILES else None
    return path if path and path.exists() else None


@cache
def pdf_font(style: str) -> str:
    """The reportlab name of a style; the plain font where the style is not installed."""
    path = font_file(style)
    if not path:
        pdfmetrics.registerFont(UnicodeCIDFont(PLAIN))
        return PLAIN
    pdfmetrics.registerFont(TTFont(f"house-{style}", str(path), subfontIndex=0))
    return f"house-{style}"


@cache
def picture_font(size: int, hand: bool = False) -> ImageFont.FreeTypeFont | None:
    """A font for pictures; None where there is none."""
    path = font_file("楷") if hand else font_file("宋")
    return ImageFont.truetype(str(path), size) if path else None


def can_scan() -> bool:
    """Pages can be rendered only with an installed font."""
    return font_file("宋") is not None
