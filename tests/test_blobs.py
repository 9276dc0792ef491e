"""What hangs together in a picture: the same as naming every pixel says, in the same order."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from casereview.reading.blobs import blobs


def pictures():
    """Specks of every density, and shapes with holes and things within them."""
    some = np.random.default_rng(5)
    for share in (0.02, 0.2, 0.4, 0.5, 0.6, 0.8) * 10:
        high, wide = some.integers(1, 80, 2)
        specks = (some.random((high, wide)) < share).astype(np.uint8) * 255
        yield specks
        yield cv2.dilate(specks, np.ones((3, 5), np.uint8))


def test_blobs_are_what_hangs_together():
    """Boxes, pixels and areas of every one, from the top to the bottom."""
    for picture in pictures():
        n, labels, stats, _ = cv2.connectedComponentsWithStats(picture)
        found = blobs(picture)
        assert len(found) == n - 1
        for i, (blob, (x, y, w, h, area)) in enumerate(zip(found, stats[1:n], strict=True), 1):
            assert (blob.x, blob.y, blob.w, blob.h, blob.area) == (x, y, w, h, area)
            assert np.array_equal(blob.shape > 0, blob.within(labels) == i)


@pytest.mark.parametrize("least", [4, 9, 200])
def test_small_ones_are_left_out(least):
    """Those of which neither side is so long."""
    for picture in pictures():
        every = blobs(picture)
        large = [(b.x, b.y) for b in every if max(b.w, b.h) >= least]
        assert [(b.x, b.y) for b in blobs(picture, least)] == large


def test_an_empty_picture():
    """Nothing."""
    assert blobs(np.zeros((9, 9), np.uint8)) == []
