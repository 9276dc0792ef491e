"""Seals that lost their colour are known by their ring."""

from __future__ import annotations

import cv2
import numpy as np

from casereview.reading.handwriting import View
from casereview.reading.seal_rings import grey_seals, is_within

MM = 72 / 25.4 * 2  # pixels at two a point


def page(*, ring_mm: float = 0.0, table: bool = False) -> View:
    """A grey page with lines of print, a ring of a size, and a table."""
    image = np.full((1684, 1190), 245, np.uint8)
    for y in range(200, 900, 44):
        for x in range(160, 1000, 30):
            cv2.rectangle(image, (x, y), (x + 20, y + 20), 40, 2)
    if ring_mm:
        cv2.circle(image, (800, 1200), round(ring_mm * MM / 2), 110, 5)
    if table:
        for n in range(8):
            cv2.line(image, (160, 1000 + 60 * n), (1000, 1000 + 60 * n), 40, 2)
            cv2.line(image, (160 + 120 * n, 1000), (160 + 120 * n, 1420), 40, 2)
    return View.of(cv2.cvtColor(image, cv2.COLOR_GRAY2RGB), 2.0)


def test_a_grey_ring_of_the_size_of_a_seal_is_one():
    """It is found where it stands, and ink within it is part of it."""
    (seal,) = grey_seals(page(ring_mm=42))
    assert np.allclose(seal.box, (340.5, 540.5, 459.5, 659.5), atol=6)
    assert is_within((390, 590, 410, 610), seal)
    assert not is_within((100, 590, 120, 610), seal)


def test_print_tables_and_rings_of_another_size_are_none():
    """Rows of characters, crossing rules, and the stamp of a postman."""
    assert grey_seals(page()) == []
    assert grey_seals(page(table=True)) == []
    assert grey_seals(page(ring_mm=24)) == []
