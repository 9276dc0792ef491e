"""What stands on a page of an OFD: text with DeltaX/DeltaY runs, paths and boxes, from millimetres
under a matrix to points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from casereview.chinese import normalise
from casereview.model import Box
from casereview.reading.layout import Char

MM = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
_MOST_CHARS = 200_000


@dataclass
class Sheet:
    """What was drawn on one page, in points."""

    chars: list[Char] = field(default_factory=list)
    edges: list[Box] = field(default_factory=list)
    pictures: list[tuple[Box, float | None, str]] = field(default_factory=list)


def local(e: Any) -> str:
    """Tag without its namespace."""
    return etree.QName(e).localname if isinstance(e.tag, str) else ""


def every(node: Any, name: str) -> list[Any]:
    """All elements of that local name at or below ``node``."""
    return [] if node is None else [e for e in node.iter() if local(e) == name]


def text_of(node: Any, name: str) -> str:
    """Text of the first such element, '' when there is none."""
    return next(((e.text or "").strip() for e in every(node, name)), "")


def floats(text: str | None) -> list[float]:
    """Numbers of an array attribute; empty when it is not one."""
    try:
        return [float(v) for v in (text or "").split()]
    except ValueError:
        return []


def times(m: Matrix, n: Matrix) -> Matrix:
    """First ``m``, then ``n``."""
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _deltas(text: str | None) -> list[float]:
    """'g 3 4.2 5' is 4.2 three times, then 5."""
    out: list[float] = []
    parts = (text or "").split()
    i = 0
    while i < len(parts) and len(out) < _MOST_CHARS:
        try:
            if parts[i] == "g":
                out += [float(parts[i + 2])] * min(int(parts[i + 1]), _MOST_CHARS)
                i += 3
            else:
                out.append(float(parts[i]))
                i += 1
        except (ValueError, IndexError):
            break
    return out


def box_of(b: list[float], m: Matrix) -> Box:
    """(x, y, width, height) in millimetres under a matrix -> a box in points."""
    xs = sorted(
        (m[0] * x + m[2] * y + m[4]) * MM for x, y in ((b[0], b[1]), (b[0] + b[2], b[1] + b[3]))
    )
    ys = sorted(
        (m[1] * x + m[3] * y + m[5]) * MM for x, y in ((b[0], b[1]), (b[0] + b[2], b[1] + b[3]))
    )
    return xs[0], ys[0], xs[1], ys[1]


def letters(e: Any, m: Matrix, sheet: Sheet) -> None:
    """The characters of a TextObject, each with its box."""
    size = next(iter(floats(e.get("Size"))), 4.0)
    wide = size * next(iter(floats(e.get("HScale"))), 1.0)
    for code in every(e, "TextCode"):
        x = next(iter(floats(code.get("X"))), 0.0)
        y = next(iter(floats(code.get("Y"))), 0.0)
        dx, dy = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        words = code.text or ""
        for i, letter in enumerate(words[:_MOST_CHARS]):
            advance = dx[i] if i < len(dx) else wide if ord(letter) > 0x2E7F else wide * 0.5
            if letter.strip() and len(sheet.chars) < _MOST_CHARS:
                x0, y0, x1, y1 = box_of(
                    [
                        x,
                        y - 0.86 * size,
                        min(max(advance, 0.3 * wide), wide) if not dy else wide,
                        size,
                    ],
                    m,
                )
                if x1 > x0 and y1 > y0:
                    sheet.chars += [
                        Char(t, x0, y0, x1, y1) for t in [normalise(letter)] if t.strip()
                    ]
            if i < len(dx) or not dy:
                x += advance
            y += dy[i] if i < len(dy) else 0.0


_PATH = re.compile(r"([MLQBACS])((?:\s+-?[\d.]+(?:[eE]-?\d+)?)*)")
_TAKES = {"M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "S": 2, "C": 0}


def strokes(e: Any, m: Matrix, sheet: Sheet) -> None:
    """Level and upright pieces, and flat boxes that are drawn as filled shapes."""
    text = next((d.text or "" for d in every(e, "AbbreviatedData")), "")
    start = last = None
    corners: list[tuple[float, float]] = []
    pieces: list[Box] = []
    for word, numbers in _PATH.findall(text[:20_000]):
        v = floats(numbers)
        if word == "C":
            if last and start:
                pieces.append(
                    (
                        min(last[0], start[0]),
                        min(last[1], start[1]),
                        max(last[0], start[0]),
                        max(last[1], start[1]),
                    )
                )
            last = start
            continue
        if len(v) < _TAKES[word]:
            continue
        x, y = v[-2:]
        p = ((m[0] * x + m[2] * y + m[4]) * MM, (m[1] * x + m[3] * y + m[5]) * MM)
        corners.append(p)
        if word in "MS":
            start = p
        elif word == "L" and last:
            pieces.append(
                (min(last[0], p[0]), min(last[1], p[1]), max(last[0], p[0]), max(last[1], p[1]))
            )
        last = p
    if not corners:
        return
    whole = (
        min(p[0] for p in corners),
        min(p[1] for p in corners),
        max(p[0] for p in corners),
        max(p[1] for p in corners),
    )
    if (
        min(whole[2] - whole[0], whole[3] - whole[1]) <= 2
        and max(whole[2] - whole[0], whole[3] - whole[1]) >= 4
    ):
        sheet.edges.append(whole)
    else:
        sheet.edges += [
            b
            for b in pieces
            if min(b[2] - b[0], b[3] - b[1]) <= 2 and max(b[2] - b[0], b[3] - b[1]) >= 4
        ]
