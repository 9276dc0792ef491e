"""A page image -> lines, form cells, seals and signature marks: the same table functions as on digital pages (TECH 3, 4)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from casereview.chinese import normalise
from casereview.model import Box, Line, Page, Picture
from casereview.pages.cache import remembered
from casereview.pages.layout import BLANK, Char, lay_out
from casereview.pages.ocr import Word, recognise

DPI = 150
POOR = 0.80  # mean confidence below which a page counts as unreadable
SEAL_MM = (18.0, 60.0)


@dataclass(frozen=True)
class _View:
    """A page image set upright, with its size in points."""

    colour: np.ndarray
    grey: np.ndarray
    scale: float  # pixels per point


def read_scan(number: int, image: Image.Image, width: float, height: float) -> Page:
    """Recognise one page, or remember it. ``width``, ``height``: its size in points. Below the line of quality it is unreadable, with the reason."""
    colour = np.asarray(image.convert("RGB"))
    return remembered(number, colour.tobytes(), (round(width, 2), round(height, 2)), lambda: _recognise(number, colour, width, height))


def _recognise(number: int, colour: np.ndarray, width: float, height: float) -> Page:
    grey = colour.max(axis=2)  # red drop-out: what lies under a seal is read
    if float((grey < 140).mean()) < 0.0006:
        return Page(number, width, height, reason=BLANK)
    view = _View(colour, grey, colour.shape[1] / width)
    words = recognise(grey)
    turned = 0
    if _lying(words) or _mean(words) < POOR:
        turned, view, words = _upright(view, words)
    if turned in (90, 270):
        width, height = height, width
    if not words or _mean(words) < POOR:
        return Page(number, width, height, readable=False, reason="看不清，请补扫")
    angle = _skew(words)
    if abs(angle) > 0.15:
        view, words = _level(view, words, angle)
    chars = [_char(text, quad, view.scale) for w in words for text, quad in w.chars]
    chars = [c for c in chars if c is not None]
    edges = _rules(view)
    lines, tables = lay_out(chars, edges, _ink(view, words))
    lines = [Line(_closed(ln.text), ln.box, ln.size, ln.cell, ln.end) for ln in lines]
    return Page(number, width, height, tuple(lines), tuple(tuple(tuple(type(c)(_closed(c.text), c.box) for c in r) for r in t) for t in tables), tuple(_seals(view)),
                ocr=True, confidence=round(_mean(words), 3), reason=f"上下颠倒或横置，已转正 {turned} 度" if turned else "")


def _mean(words: list[Word]) -> float:
    n = sum(len(w.chars) for w in words)
    return sum(w.score * len(w.chars) for w in words) / n if n else 0.0


def _lying(words: list[Word]) -> bool:
    tall = [w for w in words if len(w.chars) >= 4 and np.ptp(w.quad[:, 1]) > 1.8 * np.ptp(w.quad[:, 0])]
    return len(tall) > 0.5 * max(1, sum(len(w.chars) >= 4 for w in words))


def _upright(view: _View, words: list[Word]) -> tuple[int, _View, list[Word]]:
    """Try the other three directions and keep the best reading."""
    best = (0, view, words, _mean(words) * math.sqrt(max(1, sum(len(w.chars) for w in words))) if not _lying(words) else 0.0)
    for turn, code in ((180, cv2.ROTATE_180), (90, cv2.ROTATE_90_CLOCKWISE), (270, cv2.ROTATE_90_COUNTERCLOCKWISE)):
        v = _View(cv2.rotate(view.colour, code), cv2.rotate(view.grey, code), view.scale)
        got = recognise(v.grey)
        if _lying(got):
            continue
        value = _mean(got) * math.sqrt(max(1, sum(len(w.chars) for w in got)))
        if value > best[3] * 1.05:
            best = (turn, v, got, value)
        if _mean(got) > 0.95 and turn == 180:
            break
    return best[0], best[1], best[2]


def _skew(words: list[Word]) -> float:
    """Degrees by which long lines lean."""
    angles = [math.degrees(math.atan2(w.quad[1][1] - w.quad[0][1], w.quad[1][0] - w.quad[0][0])) for w in words if len(w.chars) >= 8]
    return float(np.median(angles)) if angles else 0.0


def _level(view: _View, words: list[Word], angle: float) -> tuple[_View, list[Word]]:
    h, w = view.grey.shape
    m = cv2.getRotationMatrix2D((w / 2, h / 2), angle, 1.0)

    def move(q: np.ndarray) -> np.ndarray:
        return q @ m[:, :2].T + m[:, 2]

    colour = cv2.warpAffine(view.colour, m, (w, h), borderValue=(255, 255, 255))
    return _View(colour, colour.max(axis=2), view.scale), [Word(tuple((t, move(q)) for t, q in x.chars), x.score, move(x.quad)) for x in words]


def _char(text: str, quad: np.ndarray, scale: float) -> Char | None:
    t = normalise(text).strip()
    if not t:
        return None
    x0, y0 = quad.min(axis=0) / scale
    x1, y1 = quad.max(axis=0) / scale
    return Char(_FORMS.get(t, t), float(x0), float(y0), float(x1), float(y1))


_FORMS = {"(": "（", ")": "）", ",": "，", ";": "；", "○": "〇"}


def _closed(text: str) -> str:
    """Brackets around years in document numbers, as engines vary them."""
    text = re.sub(r"[（〔\[【［](\d{4})[）〕\]】］](?=第?\d*号|第)", r"〔\1〕", text)
    return re.sub(r"(?<=[\u4e00-\u9fff]):|:(?=[\u4e00-\u9fff])", "：", text)


def _points(view: _View, x: int, y: int, w: int, h: int) -> Box:
    """Pixels of the image -> a box in points, as plain numbers."""
    return float(x / view.scale), float(y / view.scale), float((x + w) / view.scale), float((y + h) / view.scale)


def _rules(view: _View) -> list[Box]:
    """Ruling lines of the image as thin boxes in points."""
    dark = cv2.adaptiveThreshold(view.grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    out: list[Box] = []
    length = int(26 * view.scale)
    for kernel, join in (((length, 1), (9, 3)), ((1, length), (3, 9))):
        strokes = cv2.morphologyEx(cv2.dilate(dark, np.ones((3, 1) if kernel[1] == 1 else (1, 3), np.uint8)), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        strokes = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, join))
        n, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
        for x, y, w, h, _area in stats[1:n]:
            thick, long = min(w, h) / view.scale, max(w, h) / view.scale
            if thick <= 7 and long >= 20:
                x0, y0, x1, y1 = _points(view, x, y, w, h)
                out.append((x0, (y0 + y1) / 2 - 0.4, x1, (y0 + y1) / 2 + 0.4) if w >= h else ((x0 + x1) / 2 - 0.4, y0, (x0 + x1) / 2 + 0.4, y1))
    return [(b[0] - 3, b[1], b[2] + 3, b[3]) if b[2] - b[0] > b[3] - b[1] else (b[0], b[1] - 3, b[2], b[3] + 3) for b in out]


def _ink(view: _View, words: list[Word]) -> list[Box]:
    """Handwriting that the engine did not read: ink of signature size away from recognised text and rules."""
    mask = (view.grey < 150).astype(np.uint8) * 255
    for w in words:
        cv2.fillPoly(mask, [w.quad.astype(np.int32)], 0)
    for x0, y0, x1, y1 in _rules(view):
        cv2.rectangle(mask, (int((x0 - 2) * view.scale), int((y0 - 2) * view.scale)), (int((x1 + 2) * view.scale), int((y1 + 2) * view.scale)), 0, -1)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    joined = cv2.dilate(mask, np.ones((int(3 * view.scale), int(5 * view.scale)), np.uint8))
    n, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    out = []
    for i, (x, y, w, h, _a) in enumerate(stats[1:n], 1):
        wide, high = w / view.scale, h / view.scale
        ink = int((mask[y:y + h, x:x + w][labels[y:y + h, x:x + w] == i] > 0).sum()) / view.scale ** 2
        if 18 <= wide <= 180 and 11 <= high <= 44 and 12 <= ink <= 0.45 * wide * high:
            out.append(_points(view, x, y, w, h))
    return out[:12]


def _seals(view: _View) -> list[Picture]:
    """Red rings of 18 to 60 mm; where the page has red of that size but no ring, a picture whose redness stays unknown."""
    c = view.colour.astype(np.int16)
    red = ((c[:, :, 0] - np.maximum(c[:, :, 1], c[:, :, 2])) > 35).astype(np.uint8) * 255
    if float((red > 0).mean()) < 0.0004:
        return []
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((int(4 * view.scale), int(4 * view.scale)), np.uint8))
    n, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    out = []
    for x, y, w, h, _a in stats[1:n]:
        mm = [v / view.scale * 25.4 / 72 for v in (w, h)]
        if all(SEAL_MM[0] <= v <= SEAL_MM[1] for v in mm) and 0.55 <= w / h <= 1.8:
            share = float((red[y:y + h, x:x + w] > 0).mean())
            if share > 0.02:
                out.append(Picture(_points(view, x, y, w, h), max(0.05, round(share, 3))))
    return out
