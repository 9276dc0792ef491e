"""Functions of PDFium that are called for every character and every stroke, bound so that handles
and places are plain numbers: a call costs a quarter of what one with typed pointers does.

PDFium holds no lock of its own, and neither do these let another thread run meanwhile.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw

_AT, _INT, _FLOAT = ctypes.c_void_p, ctypes.c_int, ctypes.c_float
Call = Callable[..., Any]


def _bound(name: str, gives: Any, *takes: Any) -> Call:
    """A function of PDFium under its C name."""
    at = ctypes.cast(getattr(raw, name), _AT).value
    assert at is not None
    return ctypes.PYFUNCTYPE(gives, *takes)(at)


def handle(pointer: Any) -> int:
    """The number of a typed handle."""
    return ctypes.cast(pointer, _AT).value or 0


load_text = _bound("FPDFText_LoadPage", _AT, _AT)
close_text = _bound("FPDFText_ClosePage", None, _AT)
count_letters = _bound("FPDFText_CountChars", _INT, _AT)
loose_box = _bound("FPDFText_GetLooseCharBox", _INT, _AT, _INT, _AT)
unicode_of = _bound("FPDFText_GetUnicode", ctypes.c_uint, _AT, _INT)
angle_of = _bound("FPDFText_GetCharAngle", _FLOAT, _AT, _INT)
text_into = _bound("FPDFText_GetText", _INT, _AT, _INT, _INT, _AT)

objects_of_page = _bound("FPDFPage_CountObjects", _INT, _AT)
object_of_page = _bound("FPDFPage_GetObject", _AT, _AT, _INT)
objects_of_form = _bound("FPDFFormObj_CountObjects", _INT, _AT)
object_of_form = _bound("FPDFFormObj_GetObject", _AT, _AT, ctypes.c_ulong)
type_of = _bound("FPDFPageObj_GetType", _INT, _AT)
bounds_into = _bound("FPDFPageObj_GetBounds", _INT, _AT, _AT, _AT, _AT, _AT)
matrix_into = _bound("FPDFPageObj_GetMatrix", _INT, _AT, _AT)
stroke_colour_into = _bound("FPDFPageObj_GetStrokeColor", _INT, _AT, _AT, _AT, _AT, _AT)
fill_colour_into = _bound("FPDFPageObj_GetFillColor", _INT, _AT, _AT, _AT, _AT, _AT)
segments_of_path = _bound("FPDFPath_CountSegments", _INT, _AT)
segment_of_path = _bound("FPDFPath_GetPathSegment", _AT, _AT, _INT)
point_into = _bound("FPDFPathSegment_GetPoint", _INT, _AT, _AT, _AT)
kind_of_segment = _bound("FPDFPathSegment_GetType", _INT, _AT)
is_closing = _bound("FPDFPathSegment_GetClose", _INT, _AT)
