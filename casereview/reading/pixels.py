"""Pictures as they are looked at from afar, and what is darker than the paper around it: the cheap
ways that OpenCV has for both.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

_AROUND = 25  # pixels in height and width of the paper around a pixel
_DARKER = 12  # so much darker than that is a stroke


def halved(picture: np.ndarray) -> np.ndarray:
    """The picture at half its size, every pixel the mean of four; an odd row or column is left out.
    Halving is the one way of making a picture smaller that takes next to nothing.
    """
    high, wide = (max(2, side // 2 * 2) for side in picture.shape[:2])
    whole = picture[:high, :wide]
    return cv2.resize(whole, (wide // 2, high // 2), interpolation=cv2.INTER_AREA)


def shrunk(picture: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """The picture at a smaller size (width, height): halved as long as it stays larger, then drawn
    at that size.
    """
    while picture.shape[1] >= 2 * size[0] and picture.shape[0] >= 2 * size[1]:
        picture = halved(picture)
    return cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)


def strokes(grey: np.ndarray) -> np.ndarray:
    """255 where a grey picture is darker than the paper around, else 0."""
    edge = cv2.BORDER_REPLICATE | cv2.BORDER_ISOLATED
    around = cv2.blur(grey, (_AROUND, _AROUND), borderType=edge)
    lacking = cv2.subtract(around, grey)
    return cv2.threshold(lacking, _DARKER - 1, 255, cv2.THRESH_BINARY)[1]


def affine(picture: np.ndarray, m: np.ndarray, ground: int) -> np.ndarray:
    """A grey picture after an affine mapping, at the same size; ``ground``: what lies around it."""
    high, wide = picture.shape
    return cv2.warpAffine(picture, m, (wide, high), borderValue=ground)


def affine_part(
    picture: np.ndarray, m: np.ndarray, box: Sequence[int], onto: np.ndarray
) -> np.ndarray:
    """``onto`` with one part of a picture of the same size mapped over it. ``box``: left, top,
    width and height of the part.
    """
    left, top, wide, high = box
    if not wide:
        return onto
    corners = np.array([(x, y, 1) for x in (left, left + wide) for y in (top, top + high)])
    reached = corners @ m.T
    x0, y0 = np.maximum(np.floor(reached.min(axis=0)).astype(int) - 1, 0)
    x1, y1 = np.ceil(reached.max(axis=0)).astype(int) + 2
    place = onto[y0:y1, x0:x1]
    if place.size:
        own = m - np.array([[0, 0, x0], [0, 0, y0]])
        cv2.warpAffine(
            picture, own, place.shape[::-1], dst=place, borderMode=cv2.BORDER_TRANSPARENT
        )
    return onto


def usual(grey: np.ndarray) -> float:
    """The median of a grey picture, told by how often each shade is there."""
    upto = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel().astype(np.int64))
    middle = (grey.size - 1) // 2, grey.size // 2  # the two of an even number
    return float(np.mean(np.searchsorted(upto, middle, side="right")))
