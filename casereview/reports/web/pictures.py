"""Pictures as lists of shapes, drawn once and set by two backends: SVG for the page, PNG for Word.
No decisions about data are made here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casereview.model import FAIL, PASS
from casereview.reports.timeline import Limit, Step
from casereview.reports.view import UnitMean

INK, GREY, PALE, RED, GREEN, AMBER, BLUE = (
    "#222222",
    "#8c8c8c",
    "#e6e6e6",
    "#c62828",
    "#2e7d32",
    "#b26a00",
    "#2f5c96",
)


@dataclass(frozen=True)
class Rect:
    """A filled rectangle."""

    x: float
    y: float
    w: float
    h: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str = INK
    width: float = 1.0


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    r: float
    fill: str


@dataclass(frozen=True)
class Words:
    """Text on its base line; ``anchor``: start, middle, end."""

    x: float
    y: float
    text: str
    size: float = 12.0
    anchor: str = "start"
    colour: str = INK
    bold: bool = False


Shape = Rect | Stroke | Dot | Words


@dataclass
class Picture:
    """Shapes on a canvas of ``width`` by ``height`` pixels; ``title`` is read out where the picture
    cannot be seen.
    """

    title: str
    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)


def wide(text: str, size: float) -> float:
    """How wide a text comes out, near enough."""
    return sum(size if ord(c) > 0x2E7F or c == "·" else 0.58 * size for c in text)


@dataclass(frozen=True)
class _Mark:
    """The steps of one day on the line: where, on which lane, and what it says."""

    x: float
    lane: int
    text: str
    day: dt.date
    half: float


def timeline(steps: Sequence[Step], limits: Sequence[Limit], width: float = 760) -> Picture:
    """The days of a case on a line, and the spans that the law limits below it: green kept, red
    not, amber to be looked at.
    """
    if not steps:
        nothing = Words(width / 2, 24, "没有读到日期", 12, "middle", GREY)
        return Picture("没有读到日期", width, 40, [nothing])
    days = [s.day for s in steps] + [d for x in limits for d in (x.start, x.end)]
    first, last = min(days), max(days)
    long = max((last - first).days, 1)
    left, right = 46.0, width - 46.0

    def at(day: dt.date) -> float:
        return left + (right - left) * (day - first).days / long

    marks, lanes = _marks(steps, at)
    axis = 20 + 30 * lanes + 12
    p = Picture(
        "办案时间线：" + "，".join(f"{s.day} {s.name}" for s in steps),
        width,
        axis + 16 + 24 * max(len(limits), 1),
    )
    p.shapes.append(Stroke(left - 10, axis, right + 10, axis, GREY, 2))
    for mark in marks:
        p.shapes += _marked(mark, axis, width, mark.day in (first, last))
    for i, limit in enumerate(limits):
        p.shapes += _limited(limit, at(limit.start), at(limit.end), axis + 18 + 24 * i, width)
    return p


def _marks(steps: Sequence[Step], at: Callable[[dt.date], float]) -> tuple[list[_Mark], int]:
    """The steps by their day, each on the first lane with room; and how many lanes there are."""
    grouped: dict[float, list[Step]] = {}
    for s in steps:
        grouped.setdefault(at(s.day), []).append(s)
    ends: list[float] = []
    marks = []
    for x, here in grouped.items():
        text = "·".join(s.name for s in here)
        half = max(wide(text, 12), 36) / 2
        lane = next((i for i, end in enumerate(ends) if end + 6 < x - half), len(ends))
        ends[lane : lane + 1] = [x + half]
        marks.append(_Mark(x, lane, text, here[0].day, half))
    return marks, len(ends)


def _marked(m: _Mark, axis: float, width: float, with_year: bool) -> list[Shape]:
    top = axis - 16 - 30 * m.lane
    centre = min(max(m.x, m.half + 2), width - m.half - 2)
    day = f"{m.day.month}-{m.day.day}" + (f" {m.day.year}" if with_year else "")
    return [
        Stroke(m.x, axis, m.x, top, PALE),
        Dot(m.x, axis, 4, BLUE),
        Words(centre, top - 12, m.text, 12, "middle"),
        Words(centre, top, day, 9, "middle", GREY),
    ]


def _limited(limit: Limit, a: float, b: float, y: float, width: float) -> list[Shape]:
    colour = {FAIL: RED, PASS: GREEN}.get(limit.status, AMBER)
    verdict = {FAIL: "　不合格", PASS: ""}.get(limit.status, "　待复核")
    text = f"{limit.name}　{(limit.end - limit.start).days} 日{verdict}"
    long, bold = wide(text, 11), limit.status == FAIL
    if b + 6 + long < width:
        words = Words(b + 6, y + 8, text, 11, "start", colour, bold)
    else:
        words = Words(max(a - 6, long), y + 8, text, 11, "end", colour, bold)
    return [Rect(a, y, max(b - a, 3), 8, colour), words]


def heatmap(
    heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], width: float = 760
) -> Picture:
    """Units by class of fault: the darker, the more. Heads too long for their column are broken."""
    side = _side([name for name, _ in rows], 240)
    cell = (width - side) / max(len(heads), 1)
    most = max((n for _, ns in rows for n in ns), default=0) or 1
    broken = [_broken(h, max(int((cell - 2) / 12), 1)) for h in heads]
    top = 18 + 16 * max(map(len, broken), default=1)
    p = Picture("单位与问题环节", width, top + 28 * len(rows) + 6)
    for j, parts in enumerate(broken):
        for k, part in enumerate(parts):
            y = top - 12 - 16 * (len(parts) - 1 - k)
            p.shapes.append(Words(side + cell * (j + 0.5), y, part, 12, "middle", INK, True))
    for i, (name, ns) in enumerate(rows):
        y = top + 28 * i
        short = name if wide(name, 12) < side - 8 else name[:17] + "…"
        p.shapes.append(Words(side - 8, y + 18, short, 12, "end"))
        for j, n in enumerate(ns):
            p.shapes += _heated(side + cell * j, y, cell, n, n / most)
    return p


def _broken(text: str, most: int) -> list[str]:
    """A head in lines of about one length, none over ``most`` characters."""
    rows = -(-len(text) // most)
    step = -(-len(text) // max(rows, 1)) or 1
    return [text[i : i + step] for i in range(0, len(text), step)]


def _heated(x: float, y: float, cell: float, n: int, heat: float) -> list[Shape]:
    ink = "#ffffff" if heat > 0.6 else INK if n else GREY
    return [
        Rect(x + 1, y + 1, cell - 2, 26, _shade(heat) if n else "#f7f7f7"),
        Words(x + cell / 2, y + 18, str(n) if n else "·", 12, "middle", ink),
    ]


def _side(names: Sequence[str], most: float) -> float:
    """Room for the names on the left."""
    return min(max((wide(n, 12) for n in names), default=60) + 16, most)


def _shade(f: float) -> str:
    a, b = (255, 235, 225), (183, 28, 28)
    return "#" + "".join(f"{round(x + (y - x) * f):02x}" for x, y in zip(a, b, strict=True))


BINS: tuple[tuple[str, Decimal, Decimal], ...] = tuple(
    (n, Decimal(a), Decimal(b))
    for n, a, b in (
        ("60 分以下", -10, 60),
        ("60～70", 60, 70),
        ("70～80", 70, 80),
        ("80～90", 80, 90),
        ("90～95", 90, 95),
        ("95 分以上", 95, 1000),
    )
)


def bins(scores: Sequence[Decimal]) -> list[tuple[str, int]]:
    """How many scores fall into each band; the upper end belongs to the next."""
    return [(name, sum(a <= s < b for s in scores)) for name, a, b in BINS]


def distribution(scores: Sequence[Decimal], width: float = 760) -> Picture:
    """Scores as columns."""
    rows = bins(scores)
    most = max((n for _, n in rows), default=0) or 1
    step = width / len(rows)
    p = Picture("得分分布：" + "，".join(f"{n} {v} 卷" for n, v in rows), width, 190)
    p.shapes.append(Stroke(0, 160, width, 160, GREY))
    for i, (name, v) in enumerate(rows):
        h = 130 * v / most
        x = step * (i + 0.5)
        p.shapes += [
            Rect(x - step * 0.3, 160 - h, step * 0.6, h, RED if i == 0 else BLUE),
            Words(x, 152 - h, str(v) if v else "", 12, "middle", INK, True),
            Words(x, 178, name, 11, "middle"),
        ]
    return p


def movement(rows: Sequence[UnitMean], width: float = 760) -> Picture:
    """Means of units before and after: a dot each, joined; red where it fell."""
    side = _side([r.unit for r in rows], 240)
    low = min((min(r.before, r.after) for r in rows), default=Decimal(0))
    low = min(low - 2, Decimal(95))
    span = Decimal(100) - low or Decimal(1)
    p = Picture("两轮之间平均分的变化", width, 12 + 28 * max(len(rows), 1))

    def at(v: Decimal) -> float:
        return side + 40 + (width - side - 90) * float((v - low) / span)

    for i, r in enumerate(rows):
        y = 20 + 28 * i
        a, b = r.before, r.after
        colour = GREEN if b > a else RED if b < a else GREY
        p.shapes += [
            Words(side - 8, y + 4, r.unit, 12, "end"),
            Stroke(at(a), y, at(b), y, colour, 3),
            Dot(at(a), y, 4, GREY),
            Dot(at(b), y, 5, colour),
            Words(min(at(a), at(b)) - 8, y + 4, str(min(a, b)), 10, "end", GREY),
            Words(max(at(a), at(b)) + 8, y + 4, str(max(a, b)), 10, "start", colour),
        ]
    return p
