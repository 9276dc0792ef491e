"""Pictures made smaller, strokes and the usual shade, cheaply: what the slow way says."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from casereview.reading.handwriting import View
from casereview.reading.pixels import affine, affine_part, halved, shrunk, strokes, usual
from casereview.reading.scan import _Sheet
from casereview.reading.seal_rings import Marks, marks_of
from casereview.reading.under_seals import lifted


@pytest.fixture(scope="module")
def grey():
    """Noise with lines of print."""
    some = np.random.default_rng(7)
    picture = some.integers(180, 256, (431, 303), dtype=np.uint8)
    for y in range(20, 400, 22):
        picture[y : y + 9, 30:270:3] = 40
    return picture


def test_strokes_are_those_of_the_adaptive_threshold(grey):
    """To the pixel, also in a part of a picture, whose neighbours do not count."""
    for part in (grey, grey[40:, 50:], grey[:7, :5]):
        mean, inverse = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
        alone = cv2.adaptiveThreshold(part.copy(), 255, mean, inverse, 25, 12)
        assert np.array_equal(strokes(part), alone)


def test_a_halved_picture_has_means_of_four(grey):
    """Rounded; an odd row and an odd column are gone, and one pixel stays one."""
    small = halved(grey)
    assert small.shape == (215, 151)
    four = grey[:430, :302].reshape(215, 2, 151, 2).mean(axis=(1, 3))
    assert abs(small - four).max() <= 0.5
    assert halved(np.full((2, 2), 9, np.uint8)).tolist() == [[9]]


def test_a_thin_line_is_still_seen_from_afar():
    """Of a line a pixel wide something is left wherever it stands, at any size."""
    for at in range(600, 620):
        picture = np.full((1754, 1240), 255, np.uint8)
        picture[at] = 0
        for size in ((495, 700), (595, 842), (300, 424)):
            assert shrunk(picture, size).shape == size[::-1]
            assert (shrunk(picture, size).min(axis=0) < 215).all()


def test_the_usual_shade_is_the_median(grey):
    """Of an odd and of an even number of pixels."""
    for part in (grey, grey[:, :302], grey[:1, :2]):
        assert usual(part) == np.median(part)


@pytest.mark.parametrize("degrees", [0.3, -1.2, 4.0])
@pytest.mark.parametrize("box", [(30, 90, 70, 50), (0, 0, 20, 9), (260, 400, 43, 31), (0, 0, 0, 0)])
def test_a_part_is_mapped_as_the_whole_is(grey, degrees, box):
    """But for a pixel in a hundred that is rounded otherwise."""
    x, y, wide, high = box
    part = np.zeros_like(grey)
    part[y : y + high, x : x + wide] = grey[y : y + high, x : x + wide]
    m = cv2.getRotationMatrix2D((150, 215), degrees, 1.0)
    whole = affine(part, m, 0).astype(int)
    apart = affine_part(part, m, box, np.zeros_like(grey))
    assert abs(whole - apart).max(initial=0) <= 1
    assert (whole != apart).sum() <= 0.01 * max(100, wide * high)


def sheet(ring=None) -> _Sheet:
    """A page of print two pixels a point, with a ring of a colour."""
    image = np.full((1684, 1190, 3), 245, np.uint8)
    for y in range(200, 1000, 44):
        for x in range(160, 1000, 30):
            cv2.rectangle(image, (x, y), (x + 20, y + 20), (30, 30, 30), 2)
    if ring:
        cv2.circle(image, (800, 1260), 119, ring, 6)
    view = View.of(image, 2.0)
    marks = marks_of(view)
    return _Sheet(view, lifted(view, marks), marks)


@pytest.mark.parametrize("ring", [None, (220, 60, 60), (110, 110, 110)])
def test_a_sheet_is_levelled_with_its_seals(ring):
    """What is read is levelled like the page, without its seal; the seal stands where it was
    turned to; where there was none none is looked for.
    """
    lying = sheet(ring)
    m = cv2.getRotationMatrix2D((595, 842), 2.0, 1.0)
    level = lying.levelled(m)
    assert abs(affine(lying.text, m, 255).astype(int) - level.text).max() <= 1
    found = [*level.marks.seals, *level.marks.rings]
    assert len(found) == (1 if ring else 0)
    for seal in found:
        x, y = m @ (800, 1260, 1) / 2
        assert np.allclose(seal.box, (x - 60, y - 60, x + 60, y + 60), atol=6)


def test_of_a_bare_page_nothing_is_looked_for_again(monkeypatch):
    """No red means no red after turning it, and no ring means no ring."""
    level = sheet().levelled(cv2.getRotationMatrix2D((595, 842), 2.0, 1.0))
    assert level.text is level.view.grey and not level.view.redness.any()
    for name in ("red_marks", "grey_seals"):
        monkeypatch.setattr(
            f"casereview.reading.seal_rings.{name}", lambda view: pytest.fail("looked at")
        )
    assert level.marks == Marks([], [], [])
