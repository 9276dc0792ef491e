"""Parts of the recognition engine that say the same as its own in a fraction of the time: pictures
made ready by a table, the surest character taken once, the boxes of all characters of a line in one
go.

They stand for three parts of rapidocr 3.10; ``tests/test_engine_parts.py`` holds them against
these.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import cv2
import numpy as np
from rapidocr.cal_rec_boxes import CalRecBoxes
from rapidocr.ch_ppocr_det.utils import DetPreProcess
from rapidocr.ch_ppocr_rec.utils import CTCLabelDecode

_TALL = 1.5  # how much higher than wide a line is that was turned for reading


def fit(engine: Any) -> Any:
    """The engine with these parts in the place of its own. It must be given grey pictures."""
    detector, recogniser = engine._load_det_model(), engine._load_rec_model()
    ready = Ready.like(detector.get_preprocess())
    detector.get_preprocess = lambda: ready
    recogniser.postprocess_op.__class__ = Decoded
    engine.cal_rec_boxes = Boxes()
    return engine


class Ready(DetPreProcess):  # type: ignore[misc]
    """A grey picture as finding lines wants it: of 256 shades each is worked out once."""

    @classmethod
    def like(cls, other: DetPreProcess) -> Ready:
        """One that does what another does."""
        return cls(other.limit_side_len, other.limit_type, other.mean, other.std)

    def __call__(self, img: np.ndarray) -> np.ndarray | None:
        resized = self.resize(img)
        if resized is None:
            return None
        shades = np.repeat(np.arange(256, dtype=np.uint8)[:, None, None], 3, axis=2)
        table = self.permute(self.normalize(shades).astype(np.float32))
        grey = np.ascontiguousarray(resized[:, :, 0])
        return np.stack([cv2.LUT(grey, np.ascontiguousarray(own)) for own in table])[None]


class Decoded(CTCLabelDecode):  # type: ignore[misc]
    """What the engine read, as text: how sure it is of a character stands where the character
    does.
    """

    def __call__(self, preds: np.ndarray, return_word_box: bool = False, **told: Any) -> Any:
        surest = preds.argmax(axis=2)
        sure = np.take_along_axis(preds, surest[:, :, None], axis=2)[:, :, 0]
        ratios = told.get("wh_ratio_list", (1.0,)), told.get("max_wh_ratio", 1.0)
        return self.decode(surest, sure, return_word_box, *ratios, remove_duplicate=True)


class Boxes:
    """Where the characters of each line stand in the picture."""

    def __call__(
        self,
        imgs: Sequence[np.ndarray],
        dt_boxes: np.ndarray,
        rec_res: Any,
        return_single_char_box: bool = True,
    ) -> Any:
        """``rec_res`` with (character, how sure, its four corners) of every line."""
        lines = zip(imgs, dt_boxes, rec_res.txts, rec_res.word_results, strict=True)
        rec_res.word_results = tuple(_line(*line) for line in lines if line[0].size)
        return rec_res


def _line(crop: np.ndarray, quad: np.ndarray, text: str, info: Any) -> list[Any]:
    if not text or not info.line_txt_len:
        return []
    across = _across(crop.shape[1], text, info)
    corners = _clockwise(_in_picture(across, crop.shape[0], quad))
    return list(zip(chain.from_iterable(info.words), info.confs, corners, strict=False))


def _across(wide: int, text: str, info: Any) -> np.ndarray:
    """Left and right of every character in a line that is so wide, none reaching into the next."""
    column = wide / info.line_txt_len
    ways = [(cols[-1] - cols[0]) * column / (len(cols) - 1) for cols in info.word_cols if cols[1:]]
    width = sum(ways) / len(ways) if ways else wide / len(text)
    middles = (np.array(list(chain.from_iterable(info.word_cols))) + 0.5) * column
    left = np.maximum(np.trunc(middles - width / 2), 0)
    right = np.minimum(np.trunc(middles + width / 2), wide)
    order = np.argsort(left, kind="stable")
    left, right = left[order], right[order]
    over = np.maximum(right[:-1] - left[1:], 0)
    right[:-1] -= over / 2
    left[1:] += over - over / 2
    return np.stack([left, right], axis=1)


def _in_picture(across: np.ndarray, high: int, quad: np.ndarray) -> np.ndarray:
    """The four corners of characters in whole pixels of the picture out of which their line was
    cut at ``quad``.
    """
    left, right = across.T
    top, low = np.zeros_like(left), np.full_like(left, high)
    x, y = np.stack([left, right, right, left], 1), np.stack([top, top, low, low], 1)
    corner = np.trunc(quad.min(axis=0))
    own = (quad - corner).astype(np.float32)
    wide, tall = int(np.linalg.norm(own[0] - own[1])), int(np.linalg.norm(own[0] - own[3]))
    if _was_turned(quad):
        x, y = wide - y, x
    straight = np.array([[0, 0], [wide, 0], [wide, tall], [0, tall]], np.float32)
    _, back = cv2.invert(cv2.getPerspectiveTransform(own, straight))
    points = np.stack([x, y, np.ones_like(x)], axis=2) @ back.T
    return np.trunc(points[:, :, :2] / points[:, :, 2:] + corner)


def _was_turned(quad: np.ndarray) -> bool:
    """True of a line that stands upright: the engine lays it down before it reads."""
    sides = [float(np.linalg.norm(quad[n] - quad[n - 3])) for n in range(4)]
    wide, high = max(sides[0], sides[2]), max(sides[1], sides[3])
    return wide < 1e-6 or round(high / wide, 2) >= _TALL


def _clockwise(quads: np.ndarray) -> list[np.ndarray]:
    """Corners from the upper left on, one box after the other."""
    x, y = quads[:, :, 0], quads[:, :, 1]
    middle = x.mean(axis=1, keepdims=True)
    left, right = x < middle, x > middle
    upper = [np.where(side, y, np.inf).argmin(axis=1) for side in (left, right)]
    lower = [np.where(side, y, -np.inf).argmax(axis=1) for side in (right, left)]
    ordered = np.take_along_axis(quads, np.stack([*upper, *lower], axis=1)[:, :, None], axis=1)
    for n in np.flatnonzero((x == middle).any(axis=1)):  # no box that has two sides
        ordered[n] = CalRecBoxes.order_points(quads[n])
    return list(ordered)
