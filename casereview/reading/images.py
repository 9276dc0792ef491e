"""The one way to open a picture: known formats only, never above a hundred million pixels, no
warning on the screen. Pillow would else start other programs for some formats.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image

from casereview.errors import ReadFailure

MOST_PIXELS = 100_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP", "HEIF")
_FAULTS = (OSError, ValueError, SyntaxError, OverflowError, EOFError, TypeError, struct.error)

Image.init()
pillow_heif.register_heif_opener()


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """A picture, whose pixels are decoded when they are asked for; what breaks then is told the
    same way. Raises ReadFailure (damaged, too_large).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as im:
                if im.width * im.height > MOST_PIXELS:
                    raise ReadFailure("too_large", "图片超过一亿像素")
                yield im
    except Image.DecompressionBombError as e:
        raise ReadFailure("too_large", "图片超过一亿像素") from e
    except _FAULTS as e:
        raise ReadFailure("damaged", "图片无法打开") from e
