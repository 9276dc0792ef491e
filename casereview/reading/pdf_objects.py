"""What PDFium finds drawn on a page besides text: strokes, pictures, outlines; as shown."""

from __future__ import annotations

import ctypes
import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from casereview.model import Box, Picture
from casereview.reading import pdfium_calls as calls
from casereview.reading.pdf_letters import Frame, shown
from casereview.reading.stamps import is_signature, redness, seal_like

_GLYPH = (2.0, 70.0)  # points: the size of a character that is drawn as an outline
_PEN_SEGMENTS = 10  # a stroke of a pen has at least; a circle or a box has fewer
_INK, _INK_GAP = 14.0, 8.0  # points: the width of what is written by hand; the gap within it
_MANY_SEGMENTS = 400  # a path with more is no grid; it may be a paragraph in outlines
_DEPTH = 6  # of forms within forms that are looked into
Matrix = tuple[float, ...]
_SEALS: dict[tuple[object, ...], float] = {}  # how red each of the last ones is
_SPELT_OUT = (  # in which a stored picture says all of its colours itself
    *(raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_DEVICERGB),
    *(raw.FPDF_COLORSPACE_DEVICECMYK, raw.FPDF_COLORSPACE_CALGRAY, raw.FPDF_COLORSPACE_CALRGB),
)
_MOST_SEALS = 500


@dataclass
class Objects:
    """What is drawn on a page besides text: strokes as thin boxes, pictures with their redness
    where they could be a seal, strokes of a pen, and how many shapes have the size of a character.
    """

    edges: list[Box] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    pen: list[Box] = field(default_factory=list)
    shapes: int = 0


class _Numbers:
    """Room for what PDFium writes: so many numbers of one kind, with the place of each."""

    def __init__(self, kind: type[ctypes.c_float] | type[ctypes.c_uint], count: int):
        self.values = (kind * count)()
        first = ctypes.addressof(self.values)
        self.places = tuple(range(first, first + 4 * count, 4))


class _Drawing:
    """A page whose objects are looked at one after the other."""

    def __init__(self, page: pdfium.PdfPage, frame: Frame):
        self.page = page
        self.x, self.y, self.width, self.height, self.rotation = frame
        self.box, self.matrix = _Numbers(ctypes.c_float, 4), _Numbers(ctypes.c_float, 6)

    def bounds(self, at: int, around: Matrix) -> Box | None:
        """The box of an object on the page, also inside a form; None where it has none."""
        if not calls.bounds_into(at, *self.box.places):
            return None
        left, bottom, right, top = self.box.values
        if around:
            a, b, c, d, e, f = around
            left, right = sorted((a * left + c * bottom + e, a * right + c * top + e))
            bottom, top = sorted((b * left + d * bottom + f, b * right + d * top + f))
        return self.on_page(left, right, top, bottom)

    def on_page(self, left: float, right: float, top: float, bottom: float) -> Box:
        """Stored coordinates -> the box on the page as shown."""
        found = left - self.x, right - self.x, top - self.y, bottom - self.y
        return shown(found, self.rotation, self.width, self.height)

    def matrix_of(self, at: int) -> Matrix:
        """How an object is set. Raises PdfiumError."""
        if not calls.matrix_into(at, self.matrix.places[0]):
            raise pdfium.PdfiumError("Failed to get matrix of pageobject.")
        return tuple(self.matrix.values)

    def each(self) -> Iterator[tuple[int, int, Matrix]]:
        """(object, its type, the matrix of the form it lies in) of every path and picture. Raises
        PdfiumError.
        """
        at = calls.handle(self.page.raw)
        yield from self._within(at, calls.objects_of_page, calls.object_of_page, (), 1)

    def _within(
        self, parent: int, count: calls.Call, get: calls.Call, around: Matrix, level: int
    ) -> Iterator[tuple[int, int, Matrix]]:
        found = count(parent)
        if found < 0:
            raise pdfium.PdfiumError("Failed to get number of pageobjects.")
        for i in range(found):
            at = get(parent, i)
            kind = calls.type_of(at) if at else raw.FPDF_PAGEOBJ_UNKNOWN
            if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
                yield at, kind, around
            elif kind == raw.FPDF_PAGEOBJ_FORM and level < _DEPTH:
                inside = calls.objects_of_form, calls.object_of_form
                yield from self._within(at, *inside, self.matrix_of(at), level + 1)
            elif kind == raw.FPDF_PAGEOBJ_UNKNOWN:
                raise pdfium.PdfiumError("Failed to get pageobject.")


def objects(page: pdfium.PdfPage, frame: Frame) -> Objects:
    """Everything that is drawn on a page."""
    out, drawing = Objects(), _Drawing(page, frame)
    for at, kind, around in drawing.each():
        box = drawing.bounds(at, around)
        if box is None:
            continue
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            out.pictures.append(Picture(box, _redness(page, at) if seal_like(box) else None))
        else:
            _put_path(at, box, drawing, out)
    return out


def _put_path(at: int, box: Box, drawing: _Drawing, out: Objects) -> None:
    """A path is a stroke, a red seal, a pen stroke, an outline of text, or pieces of a grid."""
    w, h = box[2] - box[0], box[3] - box[1]
    if min(w, h) <= 2.0 and max(w, h) >= 4:
        out.edges.append(box)
        return
    if seal_like(box) and _is_red(at):
        out.pictures.append(Picture(box, 1.0))
        return
    segments = calls.segments_of_path(at)
    out.shapes += _outlined(w, h, segments)
    if _PEN_SEGMENTS <= segments <= _MANY_SEGMENTS and is_signature(w, h):
        out.pen.append(box)
    if min(w, h) > 6 and 2 <= segments <= _MANY_SEGMENTS:
        out.edges += _straight(at, segments, drawing)


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


def _outlined(w: float, h: float, segments: int) -> int:
    """How many characters a path may draw."""
    if segments > _MANY_SEGMENTS:
        return segments // 20
    return int(segments > 6 and _GLYPH[0] < max(w, h) < _GLYPH[1])


def _redness(page: pdfium.PdfPage, at: int) -> float | None:
    """How red a picture is; None where it cannot be drawn."""
    picture = pdfium.PdfImage(ctypes.cast(at, raw.FPDF_PAGEOBJECT), page=page, pdf=page.pdf)
    try:
        return _red_of(picture, page)
    except Exception as e:  # any decoder fault: the seal is then neither present nor absent
        logging.getLogger(__name__).debug("bitmap failed: %s", type(e).__name__)
        return None


def _red_of(picture: pdfium.PdfImage, page: pdfium.PdfPage) -> float:
    """How red it is, looked at once for one seal on many pages."""
    stored = _as_stored(picture, page)
    if stored not in _SEALS:
        if len(_SEALS) >= _MOST_SEALS:
            _SEALS.clear()
        _SEALS[stored] = redness(picture.get_bitmap(render=False).to_pil())
    return _SEALS[stored]


def _as_stored(picture: pdfium.PdfImage, page: pdfium.PdfPage) -> tuple[object, ...]:
    """What a picture is known by: its bytes in the file and how they are to be read, or its pixels
    where its colours are told elsewhere.
    """
    about = raw.FPDF_IMAGEOBJ_METADATA()
    told = raw.FPDFImageObj_GetImageMetadata(picture, page, about)
    if told and about.colorspace in _SPELT_OUT:
        shape = about.width, about.height, about.bits_per_pixel, about.colorspace
        filters = tuple(picture.get_filters())
        return *shape, filters, hashlib.sha256(picture.get_data(decode_simple=False)).digest()
    bitmap = picture.get_bitmap(render=False)
    shape = bitmap.width, bitmap.height, bitmap.stride, bitmap.format
    return *shape, hashlib.sha256(bitmap.buffer).digest()


def _is_red(at: int) -> bool:
    """True for a path that is stroked or filled in red."""
    colour = _Numbers(ctypes.c_uint, 4)
    for into in (calls.stroke_colour_into, calls.fill_colour_into):
        if into(at, *colour.places):
            red, green, blue, _ = colour.values
            if red > max(green, blue) + 60:
                return True
    return False


def _straight(at: int, segments: int, drawing: _Drawing) -> list[Box]:
    """Straight level and upright pieces of one path: some producers draw a whole grid as one path
    or as boxes. A path with curves has none.
    """
    out: list[Box] = []
    start = last = None
    for kind, closed, point in _points(at, segments, drawing):
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
    at: int, segments: int, drawing: _Drawing
) -> Iterator[tuple[int, bool, tuple[float, float]]]:
    """(kind, closes the path, point on the page) of every segment."""
    m = drawing.matrix_of(at)
    place = _Numbers(ctypes.c_float, 2)
    for i in range(segments):
        segment = calls.segment_of_path(at, i)
        calls.point_into(segment, *place.places)
        x, y = place.values
        across = m[0] * x + m[2] * y + m[4]
        up = m[1] * x + m[3] * y + m[5]
        point = drawing.on_page(across, across, up, up)[:2]
        yield calls.kind_of_segment(segment), bool(calls.is_closing(segment)), point


def _between(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


def _longer(b: Box) -> float:
    return max(b[2] - b[0], b[3] - b[1])
