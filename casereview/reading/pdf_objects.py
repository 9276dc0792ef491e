"""What PDFium finds on one page: characters, strokes, pictures, outlines; in points as shown."""

from __future__ import annotations

import ctypes
import logging
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.chinese import normalise
from casereview.model import Box, Picture
from casereview.reading.char import Char
from casereview.reading.stamps import is_signature, redness, seal_like

_NOT_SHOWN = (0xA0, 0x3000, 0xFFFE, 0xFEFF, 0xAD)
_SAMPLE = 120  # characters that are asked for their angle before all are
_LEANING = math.radians(0.5), math.radians(15)  # text that leans so much is set level
_GLYPH = (2.0, 70.0)  # points: the size of a character that is drawn as an outline
_PEN_SEGMENTS = 10  # a stroke of a pen has at least; a circle or a box has fewer
_INK, _INK_GAP = 14.0, 8.0  # points: the width of what is written by hand; the gap within it
_MANY_SEGMENTS = 400  # a path with more is no grid; it may be a paragraph in outlines


def letters(page: pdfium.PdfPage) -> list[Char]:
    """Every visible character in the order of the file, with its quarter turns; a text that leans
    a little is set level.
    """
    text = page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(text.raw)
        rect = raw.FS_RECTF()
        ref = ctypes.byref(rect)
        left, bottom = page.get_cropbox()[:2]
        width, height = page.get_size()
        rotation = page.get_rotation()
        angle_of = _angles(text.raw, count, rotation)
        unicode_of, box_of, handle = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, text.raw
        out: list[Char] = []
        for i in range(count):
            code = unicode_of(handle, i)
            if code <= 32 or code in _NOT_SHOWN or not box_of(handle, i, ref):
                continue
            found = rect.left - left, rect.right - left, rect.top - bottom, rect.bottom - bottom
            x0, y0, x1, y1 = shown(found, rotation, width, height)
            if x1 > x0 and -20 < y0 < height + 20 and 0 <= code <= 0x10FFFF:
                out.append(Char(normalise(chr(code)), x0, y0, x1, y1, _quarters(angle_of(i))))
        return _level(out, angle_of.lean, width, height)
    finally:
        text.close()


class _angles:  # noqa: N801
    """The angle of a character as shown, against the clock in radians; asked only where a sample
    shows that text is turned.
    """

    def __init__(self, handle: raw.FPDF_TEXTPAGE, count: int, rotation: int):
        self.handle, self.rotation = handle, math.radians(rotation)
        step = max(1, count // _SAMPLE)
        seen = Counter(
            round(self._angle(i), 2)
            for i in range(0, count, step)
            if raw.FPDFText_GetUnicode(handle, i) > 32
        )
        self.turned = any(a for a in seen)
        common = seen.most_common(1)[0] if seen else (0.0, 0)
        rest = common[0] - _quarters(common[0]) * math.pi / 2
        rest = (rest + math.pi) % (2 * math.pi) - math.pi
        leans = _LEANING[0] < abs(rest) < _LEANING[1] and common[1] > 0.6 * sum(seen.values())
        self.lean = rest if leans else 0.0

    def _angle(self, i: int) -> float:
        # PDFium tells the angle with the clock
        return (-raw.FPDFText_GetCharAngle(self.handle, i) - self.rotation) % (2 * math.pi)

    def __call__(self, i: int) -> float:
        return self._angle(i) if self.turned else 0.0


def _quarters(angle: float) -> int:
    """The nearest number of quarter turns."""
    return round(angle / (math.pi / 2)) % 4


def shown(
    found: tuple[float, float, float, float], rotation: int, width: float, height: float
) -> Box:
    """(left, right, top, bottom) of the page as stored -> the box on the page as shown."""
    x0, x1, top, bottom = found
    if rotation == 90:
        return bottom, x0, top, x1
    if rotation == 180:
        return width - x1, bottom, width - x0, top
    if rotation == 270:
        return width - top, height - x1, width - bottom, height - x0
    return x0, height - top, x1, height - bottom


def _level(chars: list[Char], lean: float, width: float, height: float) -> list[Char]:
    """Characters moved so that lines which lean by ``lean`` (against the clock) run level."""
    if not lean:
        return chars
    cos, sin, cx, cy = math.cos(lean), math.sin(lean), width / 2, height / 2
    out = []
    for c in chars:
        dx, dy = (c.x0 + c.x1) / 2 - cx, c.mid - cy
        x, y = cx + dx * cos - dy * sin, cy + dx * sin + dy * cos
        w, h = (c.x1 - c.x0) / 2, (c.y1 - c.y0) / 2
        out.append(Char(c.text, x - w, y - h, x + w, y + h, c.turn))
    return out


@dataclass
class Objects:
    """What is drawn on a page besides text: strokes as thin boxes, pictures with their redness
    where they could be a seal, strokes of a pen, and how many shapes have the size of a character.
    """

    edges: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    pen: list[Box] = field(default_factory=list)
    shapes: int = 0


def objects(page: pdfium.PdfPage) -> Objects:
    """Everything that is drawn on a page."""
    out = Objects()
    wanted = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)
    for obj in page.get_objects(filter=wanted, max_depth=6):
        box = _box_of(obj, page)
        if box is None:
            continue
        if obj.type == raw.FPDF_PAGEOBJ_IMAGE:
            out.pictures.append(Picture(box, _image_redness(obj) if seal_like(box) else None))
        else:
            _put_path(obj, box, page, out)
    return out


def _put_path(obj: pdfium.PdfObject, box: Box, page: pdfium.PdfPage, out: Objects) -> None:
    """A path is a stroke, a red seal, a pen stroke, an outline of text, or pieces of a grid."""
    w, h = box[2] - box[0], box[3] - box[1]
    if min(w, h) <= 2.0 and max(w, h) >= 4:
        out.edges.append(box)
        return
    if seal_like(box) and _red_path(obj):
        out.pictures.append(Picture(box, 1.0))
        return
    segments = raw.FPDFPath_CountSegments(obj.raw)
    out.shapes += _outlined(w, h, segments)
    if _PEN_SEGMENTS <= segments <= _MANY_SEGMENTS and is_signature(w, h):
        out.pen.append(box)
    if min(w, h) > 6 and 2 <= segments <= _MANY_SEGMENTS:
        out.edges += _straight(obj, segments, page)


def ink_of(pen: list[Box]) -> list[Box]:
    """Strokes of a pen that lie close together, as one mark each; single dots are none."""
    groups: list[Box] = []
    for box in sorted(pen):
        near = [g for g in groups if _near(g, box)]
        for g in near:
            groups.remove(g)
        boxes = [box, *near]
        groups.append(
            (
                min(b[0] for b in boxes),
                min(b[1] for b in boxes),
                max(b[2] for b in boxes),
                max(b[3] for b in boxes),
            )
        )
    return [g for g in groups if g[2] - g[0] >= _INK and g[3] - g[1] >= _INK / 2]


def _near(a: Box, b: Box) -> bool:
    """True for boxes less than a gap apart."""
    return (
        a[0] - _INK_GAP < b[2]
        and b[0] - _INK_GAP < a[2]
        and a[1] - _INK_GAP < b[3]
        and b[1] - _INK_GAP < a[3]
    )


def _box_of(obj: pdfium.PdfObject, page: pdfium.PdfPage) -> Box | None:
    """The box of an object on the page, also inside a form; None where it has none."""
    try:
        left, bottom, right, top = obj.get_bounds()
    except pdfium.PdfiumError:
        return None
    if obj.container is not None:
        a, b, c, d, e, f = obj.container.get_matrix().get()
        left, right = sorted((a * left + c * bottom + e, a * right + c * top + e))
        bottom, top = sorted((b * left + d * bottom + f, b * right + d * top + f))
    return _on_page(page, left, right, top, bottom)


def _on_page(page: pdfium.PdfPage, left: float, right: float, top: float, bottom: float) -> Box:
    """Stored coordinates -> the box on the page as shown."""
    x, y = page.get_cropbox()[:2]
    return shown((left - x, right - x, top - y, bottom - y), page.get_rotation(), *page.get_size())


def _outlined(w: float, h: float, segments: int) -> int:
    """How many characters a path may draw."""
    if segments > _MANY_SEGMENTS:
        return segments // 20
    return int(segments > 6 and _GLYPH[0] < max(w, h) < _GLYPH[1])


def _image_redness(obj: pdfium.PdfImage) -> float | None:
    try:
        im = obj.get_bitmap(render=False).to_pil().convert("RGB")
    except Exception as e:  # any decoder fault: the seal is then neither present nor absent
        logging.getLogger(__name__).debug("bitmap failed: %s", type(e).__name__)
        return None
    return redness(im)


def _red_path(obj: pdfium.PdfObject) -> bool:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    for get in (raw.FPDFPageObj_GetStrokeColor, raw.FPDFPageObj_GetFillColor):
        if get(obj.raw, r, g, b, a) and r.value > max(g.value, b.value) + 60:
            return True
    return False


def _straight(obj: pdfium.PdfObject, segments: int, page: pdfium.PdfPage) -> list[Box]:
    """Straight level and upright pieces of one path: some producers draw a whole grid as one path
    or as boxes. A path with curves has none.
    """
    out: list[Box] = []
    start = last = None
    for kind, closed, point in _points(obj, segments, page):
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return []
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last:
            out.append(_between(last, point))
        if closed and start:
            out.append(_between(point, start))
        last = point
    return [b for b in out if min(b[2] - b[0], b[3] - b[1]) <= 2 < 4 <= _longer(b)]


def _points(
    obj: pdfium.PdfObject, segments: int, page: pdfium.PdfPage
) -> Iterator[tuple[int, bool, tuple[float, float]]]:
    """(kind, closes the path, point on the page) of every segment."""
    m = obj.get_matrix().get()
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(segments):
        seg = raw.FPDFPath_GetPathSegment(obj.raw, i)
        raw.FPDFPathSegment_GetPoint(seg, x, y)
        across = m[0] * x.value + m[2] * y.value + m[4]
        up = m[1] * x.value + m[3] * y.value + m[5]
        point = _on_page(page, across, across, up, up)[:2]
        closed = bool(raw.FPDFPathSegment_GetClose(seg))
        yield raw.FPDFPathSegment_GetType(seg), closed, point


def _between(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _longer(b: Box) -> float:
    return max(b[2] - b[0], b[3] - b[1])
