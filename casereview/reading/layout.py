"""Characters, strokes and pictures of one page -> lines, form cells and picture marks in reading
order.

Cells come from pdfplumber's table functions, fed with strokes: the same road serves digital pages
now and scans later.
"""

from __future__ import annotations

import re
import statistics
from dataclasses import dataclass

from pdfplumber import table as plumber

from casereview.model import PICTURE, Box, Cell, Line

BLANK = "空白页"
_HANGING = set("，。；：、）》”’,.;:")  # may stand beyond the right edge of the text
_NUMBERED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、"
    r".．](?!\d))"
)


@dataclass(frozen=True)
class Char:
    """A character with its loose box (top-left origin)."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def mid(self) -> float:
        """Vertical middle."""
        return (self.y0 + self.y1) / 2


def cells_from_edges(edges: list[Box]) -> list[list[list[Box]]]:
    """Strokes (thin boxes) -> tables -> rows -> cell boxes. A grid needs at least three strokes
    each way.
    """
    rows = []
    for x0, y0, x1, y1 in edges:
        o = "h" if x1 - x0 >= y1 - y0 else "v"
        y = (y0 + y1) / 2
        x = (x0 + x1) / 2
        e = (
            {"x0": x0, "x1": x1, "top": y, "bottom": y}
            if o == "h"
            else {"x0": x, "x1": x, "top": y0, "bottom": y1}
        )
        rows.append(
            e
            | {
                "width": e["x1"] - e["x0"],
                "height": e["bottom"] - e["top"],
                "orientation": o,
                "object_type": "line",
            }
        )
    if (
        sum(e["orientation"] == "h" for e in rows) < 2
        or sum(e["orientation"] == "v" for e in rows) < 2
    ):
        return []
    merged = plumber.merge_edges(rows, 3, 3, 3, 3)
    merged = [e for e in merged if max(e["width"], e["height"]) >= 3]
    boxes = plumber.intersections_to_cells(plumber.edges_to_intersections(merged, 3, 3))
    out = []
    for group in plumber.cells_to_tables(boxes):
        by_top: dict[float, list[Box]] = {}
        for b in group:
            at = next((t for t in by_top if abs(t - b[1]) < 3), b[1])
            by_top.setdefault(at, []).append(tuple(b))
        out.append([sorted(by_top[t]) for t in sorted(by_top)])
    return sorted(out, key=lambda t: t[0][0][1])


PRINTED, RECOGNISED = 0.15, 0.35  # the height of a recognised line is that of its tallest character


def lines_of(
    chars: list[Char],
    pictures: list[Box],
    cell: tuple[int, int, int] | None = None,
    same_size: float = PRINTED,
) -> list[Line]:
    """Cluster characters into lines by height, order by x, put spaces where the paper has gaps, and
    mark where paragraphs end.

    ``same_size``: how far the heights of two lines of one paragraph may differ, as a share.
    """
    groups: list[list[Char]] = []
    for c in sorted(chars, key=lambda c: (c.mid, c.x0)):
        if groups and abs(groups[-1][-1].mid - c.mid) <= 0.45 * max(c.y1 - c.y0, 1):
            groups[-1].append(c)
        else:
            groups.append([c])
    spans = [(min(c.y0 for c in g), max(c.y1 for c in g)) for g in groups]
    for b in pictures:
        best, share = None, 0.25
        for i, (y0, y1) in enumerate(spans):
            overlap = (min(y1, b[3]) - max(y0, b[1])) / max(y1 - y0, 1)
            if overlap > share:
                best, share = i, overlap
        mark = Char(PICTURE, *b)
        if best is None:
            groups.append([mark])
            spans.append((b[1], b[3]))
        else:
            groups[best].append(mark)
    order = sorted(range(len(groups)), key=lambda i: spans[i][0])
    long = [g for g in groups if len(g) >= 12] or groups
    right = max((c.x1 for g in long for c in g if c.text not in _HANGING), default=0)
    out = []
    for i in order:
        g = sorted(groups[i], key=lambda c: c.x0)
        size = (
            statistics.median(c.y1 - c.y0 for c in g if c.text != PICTURE)
            if any(c.text != PICTURE for c in g)
            else g[0].y1 - g[0].y0
        )
        text, last = "", None
        for c in g:
            gap = c.x0 - last if last is not None else 0
            text += "  " if gap > 1.3 * size else " " if gap > 0.28 * size else ""
            text += c.text
            last = c.x1
        box = (g[0].x0, spans[i][0], max(c.x1 for c in g), spans[i][1])
        short = (right - box[2]) / max(
            size, 1.0
        )  # characters that would still fit; line breaking alone leaves up to three
        out.append(
            Line(
                text, box, size, cell, end=short > 3 or (short > 1.6 and g[-1].text in "。；：！？")
            )
        )
    return _end_before_indent(out, same_size)


def _end_before_indent(lines: list[Line], same_size: float) -> list[Line]:
    """A full line also ends its paragraph when the next one is indented, much larger or smaller, or
    far below.
    """
    left = min((ln.box[0] for ln in lines if ln.box and len(ln.text) >= 12), default=0.0)
    out = []
    for a, b in zip(lines, [*lines[1:], None], strict=False):
        end = a.end
        if a.cell is None and a.box and a.box[0] - left > 5 * a.size:
            end = True  # set to the right or centred: a number, a date, an agency
        if not end and b is not None:
            far = b.box[1] - a.box[3] > 1.3 * a.size
            numbered = _NUMBERED.match(b.text) and a.text.rstrip()[-1:] in ("。", "；", "：")
            end = (
                far
                or bool(numbered)
                or abs(b.size - a.size) > same_size * a.size
                or (b.box[0] - left > 1.2 * a.size and a.cell is None)
            )
        out.append(Line(a.text, a.box, a.size, a.cell, end or b is None))
    return out


def lay_out(
    chars: list[Char], edges: list[Box], marks: list[Box], same_size: float = PRINTED
) -> tuple[list[Line], list[list[list[Cell]]]]:
    """All lines of the page in reading order (a form is read cell by cell) and its tables."""
    grids = cells_from_edges(edges)
    flat = [
        (t, r, c, box)
        for t, rows in enumerate(grids)
        for r, row in enumerate(rows)
        for c, box in enumerate(row)
    ]
    flat_area = sorted(flat, key=lambda f: (f[3][2] - f[3][0]) * (f[3][3] - f[3][1]))
    inside: dict[tuple[int, int, int], list[Char]] = {}
    signs: dict[tuple[int, int, int], list[Box]] = {}
    free, loose = [], []
    for c in chars:
        x = (c.x0 + c.x1) / 2
        hit = (
            next(
                (f for f in flat_area if f[3][0] <= x <= f[3][2] and f[3][1] <= c.mid <= f[3][3]),
                None,
            )
            if flat
            else None
        )
        (inside.setdefault(hit[:3], []) if hit else free).append(c)
    for b in marks:
        x, y = (b[0] + b[2]) / 2, (b[1] + b[3]) / 2
        hit = next(
            (f for f in flat_area if f[3][0] <= x <= f[3][2] and f[3][1] <= y <= f[3][3]), None
        )
        (signs.setdefault(hit[:3], []) if hit else loose).append(b)
    blocks: list[tuple[float, list[Line]]] = [
        (ln.box[1], [ln]) for ln in lines_of(free, loose, None, same_size)
    ]
    tables: list[list[list[Cell]]] = []
    for t, rows in enumerate(grids):
        lines: list[Line] = []
        cells: list[list[Cell]] = []
        for r, row in enumerate(rows):
            cells.append([])
            for c, box in enumerate(row):
                got = lines_of(
                    inside.get((t, r, c), []), signs.get((t, r, c), []), (t, r, c), same_size
                )
                lines += got
                cells[-1].append(Cell("\n".join(ln.text for ln in got), box))
        tables.append(cells)
        blocks.append((rows[0][0][1], lines))
    return [ln for _, b in sorted(blocks, key=lambda b: b[0]) for ln in b], tables
