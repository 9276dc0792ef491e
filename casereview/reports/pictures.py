"""Pictures as lists of shapes, drawn once and set by two backends: SVG for the page, PNG for Word.
No decisions about data are made here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casereview.model import FAIL, PASS
from casereview.reports.timeline import Limit, Step

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


def timeline(steps: Sequence[Step], limits: Sequence[Limit], width: float = 760) -> Picture:
    """The days of a case on a line, and the spans that the law limits below it: green kept, red
    not, amber to be looked at.
    """
    if not steps:
        return Picture(
            "没有读到日期", width, 40, [Words(width / 2, 24, "没有读到日期", 12, "middle", GREY)]
        )
    first, last = steps[0].day, steps[-1].day
    days = max((last - first).days, 1)
    left, right = 46.0, width - 46.0

    def at(s: Step) -> float:
        return left + (right - left) * (s.day - first).days / days

    grouped: dict[float, list[Step]] = {}
    for s in steps:
        grouped.setdefault(at(s), []).append(s)
    lanes: list[float] = []
    marks = []
    for x, here in grouped.items():
        text = "·".join(s.name for s in here)
        half = max(wide(text, 12), 36) / 2
        lane = next((i for i, end in enumerate(lanes) if end + 6 < x - half), len(lanes))
        lanes[lane : lane + 1] = [x + half]
        marks.append((x, lane, text, here[0].day, half))
    axis = 20 + 30 * len(lanes) + 12
    p = Picture(
        "办案时间线：" + "，".join(f"{s.day} {s.name}" for s in steps),
        width,
        axis + 16 + 24 * max(len(limits), 1),
    )
    p.shapes.append(Stroke(left - 10, axis, right + 10, axis, GREY, 2))
    for x, lane, text, day, half in marks:
        top = axis - 16 - 30 * lane
        centre = min(max(x, half + 2), width - half - 2)
        p.shapes += [
            Stroke(x, axis, x, top, PALE),
            Dot(x, axis, 4, BLUE),
            Words(centre, top - 12, text, 12, "middle"),
            Words(
                centre,
                top,
                f"{day.month}-{day.day}" + (f" {day.year}" if day in (first, last) else ""),
                9,
                "middle",
                GREY,
            ),
        ]
    for i, limit in enumerate(limits):
        y = axis + 18 + 24 * i
        colour = {FAIL: RED, PASS: GREEN}.get(limit.status, AMBER)
        a, b = at(limit.start), at(limit.end)
        n = (limit.end.day - limit.start.day).days
        p.shapes.append(Rect(a, y, max(b - a, 3), 8, colour))
        text = f"{limit.name}　{n} 日" + {FAIL: "　不合格", PASS: ""}.get(limit.status, "　待复核")
        w = wide(text, 11)
        p.shapes.append(
            Words(b + 6, y + 8, text, 11, "start", colour, limit.status == FAIL)
            if b + 6 + w < width
            else Words(max(a - 6, w), y + 8, text, 11, "end", colour, limit.status == FAIL)
        )
    return p


def heatmap(
    heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]], width: float = 760
) -> Picture:
    """Units by class of fault: the darker, the more."""
    side = min(max((wide(name, 12) for name, _ in rows), default=60) + 16, 240)
    cell = (width - side) / max(len(heads), 1)
    most = max((n for _, ns in rows for n in ns), default=0) or 1
    p = Picture("单位与问题环节", width, 34 + 28 * len(rows) + 6)
    for j, h in enumerate(heads):
        size = min(12.0, cell / max(len(h), 1) * 0.95)
        p.shapes.append(Words(side + cell * (j + 0.5), 22, h, size, "middle", INK, True))
    for i, (name, ns) in enumerate(rows):
        y = 34 + 28 * i
        p.shapes.append(
            Words(
                side - 8, y + 18, name if wide(name, 12) < side - 8 else name[:17] + "…", 12, "end"
            )
        )
        for j, n in enumerate(ns):
            f = n / most
            p.shapes += [
                Rect(side + cell * j + 1, y + 1, cell - 2, 26, _shade(f) if n else "#f7f7f7"),
                Words(
                    side + cell * (j + 0.5),
                    y + 18,
                    str(n) if n else "·",
                    12,
                    "middle",
                    "#ffffff" if f > 0.6 else INK if n else GREY,
                ),
            ]
    return p


def _shade(f: float) -> str:
    a, b = (255, 235, 225), (183, 28, 28)
    return "#" + "".join(f"{round(x + (y - x) * f):02x}" for x, y in zip(a, b, strict=True))


def bars(
    title: str, rows: Sequence[tuple[str, int]], width: float = 760, colour: str = BLUE
) -> Picture:
    """Horizontal bars with their numbers."""
    side = min(max((wide(n, 12) for n, _ in rows), default=60) + 16, 330)
    most = max((v for _, v in rows), default=0) or 1
    p = Picture(title, width, 12 + 26 * max(len(rows), 1))
    for i, (name, v) in enumerate(rows):
        y = 8 + 26 * i
        w = (width - side - 60) * v / most
        p.shapes += [
            Words(side - 8, y + 14, name, 12, "end"),
            Rect(side, y, max(w, 1), 18, colour),
            Words(side + w + 6, y + 14, str(v), 12),
        ]
    return p


BINS: tuple[tuple[str, Decimal, Decimal], ...] = tuple(
    (n, Decimal(a), Decimal(b))
    for n, a, b in (
        ("60 分以下", -10, 60),
        ("60～70", 60, 70),
        ("70～80", 70, 80),
        ("80～90", 80, 90),
        ("90～95", 90, 95),
        ("95～100", 95, 100),
        ("100 分以上", 100, 1000),
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


def movement(rows: Sequence[tuple[str, Decimal, Decimal]], width: float = 760) -> Picture:
    """Means of units before and after: a dot each, joined; red where it fell."""
    side = min(max((wide(n, 12) for n, *_ in rows), default=60) + 16, 240)
    low = min((min(a, b) for _, a, b in rows), default=Decimal(0))
    low = min(low - 2, Decimal(95))
    span = Decimal(100) - low or Decimal(1)
    p = Picture("两轮之间平均分的变化", width, 12 + 28 * max(len(rows), 1))

    def at(v: Decimal) -> float:
        return side + 40 + (width - side - 90) * float((v - low) / span)

    for i, (name, a, b) in enumerate(rows):
        y = 20 + 28 * i
        colour = GREEN if b > a else RED if b < a else GREY
        p.shapes += [
            Words(side - 8, y + 4, name, 12, "end"),
            Stroke(at(a), y, at(b), y, colour, 3),
            Dot(at(a), y, 4, GREY),
            Dot(at(b), y, 5, colour),
            Words(min(at(a), at(b)) - 8, y + 4, str(a if a <= b else b), 10, "end", GREY),
            Words(max(at(a), at(b)) + 8, y + 4, str(b if b >= a else a), 10, "start", colour),
        ]
    return p
