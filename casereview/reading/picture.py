"""Pictures of paper -> pages: phone photos, HEIC, every frame of a TIFF, and page pictures out of
other formats.

A photo shows more than the paper: where a bright sheet lies on a darker ground, its four corners
are found and the sheet is flattened, so
that ruling lines are straight again (without this, a fifth of the form cells is read; TECH 3).
Boxes are then those of the flattened sheet.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence

from casereview.errors import ReadFailure
from casereview.model import CUT, Page
from casereview.reading import ocr
from casereview.reading.char import BLANK
from casereview.reading.edges import WRITTEN, part_of_sheet
from casereview.reading.images import MOST_PIXELS, opened
from casereview.reading.pixels import shrunk

DPI = 150
_GLANCE = 400  # pixels of a picture that is looked at before it is recognised
_COLOURFUL = 90  # of 255: a pixel with such a saturation is no paper
_FLAT = 0.985  # a sheet that fills more of the frame than this needs no flattening


def image_pages(data: bytes, most: int = 200) -> tuple[Page, ...]:
    """Recognise a picture file: every frame is a page, turned as EXIF says; frames after ``most``
    are one unreadable page. Raises ReadFailure.
    """
    pages = []
    with opened(data) as im:
        for n, frame in enumerate(ImageSequence.Iterator(im), 1):
            if n > most:
                rest = f"第 {most} 幅以后的画面没有读取，请拆分"
                pages.append(Page(n, 595, 842, readable=False, reason=rest))
                break
            if frame.width * frame.height > MOST_PIXELS:
                raise ReadFailure("too_large", "图片超过一亿像素")
            upright = ImageOps.exif_transpose(frame.convert("RGB"))
            width = 595.0 if upright.height >= upright.width else 842.0
            pages.append(recognised(n, upright, width, width * upright.height / upright.width))
    return tuple(pages)


def recognised(number: int, image: Image.Image, width: float, height: float) -> Page:
    """One picture of a sheet as a page. ``width``, ``height``: points of the page it fills; a
    flattened sheet is given the size of A4.
    """
    return recognised_pixels(number, np.asarray(image.convert("RGB")), width, height)


def of_bitmap(bgrx: np.ndarray) -> np.ndarray:
    """The picture (red, green, blue) of a bitmap of four bytes a pixel."""
    return cv2.cvtColor(bgrx, cv2.COLOR_BGRA2RGB)


def recognised_pixels(number: int, colour: np.ndarray, width: float, height: float) -> Page:
    """The same of a picture as rows of pixels (red, green, blue)."""
    from casereview.reading.scan import read_scan

    ocr.on_page()
    sheet, width, height = _sheet(colour, width, height)
    found = sheet.shape[1], sheet.shape[0]
    cut = part_of_sheet((colour.shape[1], colour.shape[0]), found)
    scale = min(DPI / 72, (25_000_000 / max(1.0, width * height)) ** 0.5)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    if abs(found[0] - size[0]) > 2 or abs(found[1] - size[1]) > 2:
        sheet = np.asarray(Image.fromarray(sheet).resize(size, Image.Resampling.LANCZOS))
    page = read_scan(number, sheet, width, height)
    told = len(page.lines) >= WRITTEN or page.reason == BLANK
    return page.noted(CUT) if cut and page.readable and told else page


def sheet_of(image: Image.Image, width: float, height: float) -> tuple[Image.Image, float, float]:
    """The sheet that a picture shows, flattened where it lies on a ground, and its size in points:
    that in which the boxes of its text are given.
    """
    colour, width, height = _sheet(np.asarray(image.convert("RGB")), width, height)
    return Image.fromarray(colour), width, height


def _sheet(colour: np.ndarray, width: float, height: float) -> tuple[np.ndarray, float, float]:
    corners = find_sheet(colour)
    if corners is not None:
        colour = flatten(colour, corners)
        width = 595.0 if colour.shape[0] >= colour.shape[1] else 842.0
        height = width * colour.shape[0] / colour.shape[1]
    return colour, width, height


def looks_like_paper(data: bytes) -> bool:
    """True where much of a picture is bright and without colour and bears dark strokes: it may be
    a photographed sheet, and is worth the time of the engine.
    """
    try:
        with opened(data) as im:
            im.draft("RGB", (_GLANCE, _GLANCE))
            im.thumbnail((_GLANCE, _GLANCE))
            value, grey = _bright_and_grey(im)
    except ReadFailure:
        return False
    ground = cv2.morphologyEx(value, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    paper = (ground > 110) & grey
    strokes = paper & (ground - value > 35)  # closing makes nothing darker
    share = float(paper.mean())
    return share > 0.3 and 0.01 < float(strokes.sum()) / max(1.0, float(paper.sum())) < 0.4


def _bright_and_grey(im: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    """How bright every pixel of a picture is, and whether it has hardly any colour."""
    if im.mode != "RGB":
        hsv = np.asarray(im.convert("HSV"))
        return np.ascontiguousarray(hsv[:, :, 2]), hsv[:, :, 1] < _COLOURFUL
    red, green, blue = cv2.split(np.asarray(im))
    value = cv2.max(cv2.max(red, green), blue)
    return value, cv2.min(cv2.min(red, green), blue) >= cv2.LUT(value, _grey_from())


@lru_cache(maxsize=1)
def _grey_from() -> np.ndarray:
    """For every greatest of the three colours of a pixel: from where on the least one leaves it
    without much colour (a saturation below ``_COLOURFUL``, as pictures are converted to it).
    """
    greatest, least = np.mgrid[0:256, 0:256].astype(np.uint8)
    least = np.minimum(greatest, least)
    pixels = Image.fromarray(np.dstack((greatest, least, least)), "RGB")
    grey = np.asarray(pixels.convert("HSV"))[:, :, 1] < _COLOURFUL
    return grey.argmax(axis=1).astype(np.uint8)


def find_sheet(colour: np.ndarray) -> np.ndarray | None:
    """Corners (clockwise from top left, pixels) of a bright sheet on a darker ground; None where
    the picture is all sheet.
    """
    shrink = 700 / max(colour.shape[:2])
    grey = _writing_closed(colour, shrink)
    level, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ground = grey[bright == 0]
    if ground.size < 0.02 * grey.size:
        return None
    if float(np.median(grey[bright > 0])) - float(np.median(ground)) < 45:
        return None
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = cv2.convexHull(max(outlines, key=cv2.contourArea))
    area = cv2.contourArea(sheet)
    if not 0.3 * grey.size <= area <= _FLAT * grey.size:
        return None
    for share in (0.02, 0.03, 0.05):
        quad = cv2.approxPolyDP(sheet, share * cv2.arcLength(sheet, True), True)
        if len(quad) == 4 and cv2.contourArea(quad) > 0.93 * area:
            return _clockwise(quad.reshape(4, 2).astype(np.float64) / shrink)
    return None


def _writing_closed(colour: np.ndarray, shrink: float) -> np.ndarray:
    """A small grey picture in which writing is closed over: it is not ground."""
    high, wide = (max(1, round(side * shrink)) for side in colour.shape[:2])
    grey = shrunk(cv2.cvtColor(colour, cv2.COLOR_RGB2GRAY), (wide, high))
    grey = cv2.GaussianBlur(grey, (5, 5), 0)
    return cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))


def _clockwise(points: np.ndarray) -> np.ndarray:
    """Four corners from the top left on."""
    total, apart = points.sum(axis=1), np.diff(points, axis=1).ravel()
    order = (total.argmin(), apart.argmin(), total.argmax(), apart.argmax())
    return np.array([points[i] for i in order], dtype=np.float32)


def flatten(colour: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """The sheet between ``corners`` seen from straight above."""
    a, b, c, d = corners
    wide = int(max(np.linalg.norm(b - a), np.linalg.norm(c - d)))
    high = int(max(np.linalg.norm(d - a), np.linalg.norm(c - b)))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], dtype=np.float32)
    return cv2.warpPerspective(
        colour,
        cv2.getPerspectiveTransform(corners, target),
        (wide, high),
        borderValue=(255, 255, 255),
    )
