"""What stands on a page of an OFD: text with DeltaX/DeltaY runs, paths and boxes, from millimetres
under a matrix to points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from casereview.chinese import normalise
from casereview.model import Box
from casereview.reading.char import Char

MM = 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_MOST_CHARS = 200_000
_MOST_PATHS = 1_000_000  # characters of one path
_CURVE = 8  # straight pieces that a curve is drawn with


@dataclass
class Drawing:
    """What was drawn on one page, in points. ``outlines``: closed figures of each path that is
    neither a stroke nor a grid.
    """

    chars: list[Char] = field(default_factory=list)
    edges: list[Box] = field(default_factory=list)
    pictures: list[tuple[Box, float | None, str]] = field(default_factory=list)
    outlines: list[list[list[Point]]] = field(default_factory=list)


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


def _point(m: Matrix, x: float, y: float) -> Point:
    return (m[0] * x + m[2] * y + m[4]) * MM, (m[1] * x + m[3] * y + m[5]) * MM


def box_of(b: list[float], m: Matrix) -> Box:
    """(x, y, width, height) in millimetres under a matrix -> a box in points."""
    corners = [
        _point(m, x, y) for x, y in ((b[0], b[1]), (b[0] + b[2], b[1] + b[3]), (b[0] + b[2], b[1]))
    ]
    return _around(corners)


def _around(points: list[Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _turn(m: Matrix) -> int:
    """Quarter turns against the clock of text that is drawn under a matrix."""
    right, down = m[0], m[1]
    if abs(right) >= abs(down):
        return 0 if right >= 0 else 2
    return 3 if down > 0 else 1


def letters(e: Any, m: Matrix, drawing: Drawing) -> None:
    """The characters of a TextObject, each with its box."""
    size = next(iter(floats(e.get("Size"))), 4.0)
    wide = size * next(iter(floats(e.get("HScale"))), 1.0)
    turn = _turn(m)
    for code in every(e, "TextCode"):
        for letter, x, y, advance in _run(code, wide):
            if len(drawing.chars) >= _MOST_CHARS:
                return
            box = box_of([x, y - 0.86 * size, min(max(advance, 0.3 * wide), wide), size], m)
            text = normalise(letter)
            if text.strip() and box[2] > box[0] and box[3] > box[1]:
                drawing.chars.append(Char(text, *box, turn))


def _run(code: Any, wide: float) -> Iterator[tuple[str, float, float, float]]:
    """Each visible letter of a TextCode with its origin and advance."""
    x = next(iter(floats(code.get("X"))), 0.0)
    y = next(iter(floats(code.get("Y"))), 0.0)
    dx, dy = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
    for i, letter in enumerate((code.text or "")[:_MOST_CHARS]):
        advance = dx[i] if i < len(dx) else wide if ord(letter) > 0x2E7F else wide * 0.5
        if letter.strip():
            yield letter, x, y, wide if dy else advance
        if i < len(dx) or not dy:
            x += advance
        y += dy[i] if i < len(dy) else 0.0


_PATH = re.compile(r"([MLQBACS])((?:\s+-?[\d.]+(?:[eE]-?\d+)?)*)")
_TAKES = {"M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "S": 2, "C": 0}


@dataclass
class _Path:
    """The figures of one path, and its straight pieces."""

    figures: list[list[Point]] = field(default_factory=list)
    pieces: list[Box] = field(default_factory=list)
    curved: bool = False

    def step(self, word: str, v: list[float], m: Matrix) -> None:
        """One operator with its numbers."""
        here = self.figures[-1] if self.figures else []
        if word == "C":
            if len(here) > 1:
                self.pieces.append(_around([here[-1], here[0]]))
                here.append(here[0])
        elif word in "MS":
            self.figures.append([_point(m, *v[-2:])])
        elif word == "L" and here:
            here.append(_point(m, *v[-2:]))
            self.pieces.append(_around(here[-2:]))
        elif here:
            self.curved = True
            corners = v if word in "QB" else v[-2:]
            given = [_point(m, *corners[i : i + 2]) for i in range(0, len(corners), 2)]
            here += _bent([here[-1], *given])


def _bent(control: list[Point]) -> list[Point]:
    """Points along a Bézier curve (de Casteljau), without its first."""
    out = []
    for n in range(1, _CURVE + 1):
        t, points = n / _CURVE, control
        while len(points) > 1:
            points = [
                (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
                for a, b in zip(points, points[1:], strict=False)
            ]
        out.append(points[0])
    return out


def _path_of(e: Any, m: Matrix) -> _Path:
    """The path of a PathObject, in points."""
    text = next((d.text or "" for d in every(e, "AbbreviatedData")), "")
    path = _Path()
    for word, numbers in _PATH.findall(text[:_MOST_PATHS]):
        v = floats(numbers)
        if len(v) >= _TAKES[word]:
            path.step(word, v[: _TAKES[word]] if word in "QB" else v, m)
    return path


def strokes(e: Any, m: Matrix, drawing: Drawing) -> None:
    """Level and upright pieces, flat boxes that are drawn as filled shapes, and outlines."""
    path = _path_of(e, m)
    corners = [p for figure in path.figures for p in figure]
    if not corners:
        return
    whole = _around(corners)
    if _thin(whole):
        drawing.edges.append(whole)
        return
    drawing.edges += [b for b in path.pieces if _thin(b)]
    if path.curved or len(corners) > 6:
        drawing.outlines.append(path.figures)


def _thin(b: Box) -> bool:
    """True for a box that is a stroke."""
    sides = sorted((b[2] - b[0], b[3] - b[1]))
    return sides[0] <= 2 and sides[1] >= 4
