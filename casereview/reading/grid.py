"""Ruling strokes -> tables of cells, with pdfplumber's table functions: the same road for digital
pages and scans.
"""

from __future__ import annotations

from typing import Any

from pdfplumber import table as plumber

from casereview.model import Box

Grid = list[list[Box]]  # rows of cell boxes
_SNAP = 3  # points within which strokes are one stroke


def cells_from_edges(edges: list[Box]) -> list[Grid]:
    """Strokes (thin boxes) -> tables -> rows -> cell boxes, from top to bottom. A grid needs at
    least two strokes each way.
    """
    rows = [_edge(e) for e in edges]
    for way in ("h", "v"):
        if sum(e["orientation"] == way for e in rows) < 2:
            return []
    merged = plumber.merge_edges(rows, _SNAP, _SNAP, _SNAP, _SNAP)
    merged = [e for e in merged if max(e["width"], e["height"]) >= _SNAP]
    boxes = plumber.intersections_to_cells(plumber.edges_to_intersections(merged, _SNAP, _SNAP))
    grids = [_rows(group) for group in plumber.cells_to_tables(boxes)]
    return sorted(grids, key=lambda grid: grid[0][0][1])


def _edge(box: Box) -> dict[str, Any]:
    """A thin box as the line that pdfplumber works with."""
    x0, y0, x1, y1 = box
    level = x1 - x0 >= y1 - y0
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    ends = (x0, x1, y, y) if level else (x, x, y0, y1)
    edge = dict(zip(("x0", "x1", "top", "bottom"), ends, strict=True))
    return edge | {
        "width": edge["x1"] - edge["x0"],
        "height": edge["bottom"] - edge["top"],
        "orientation": "h" if level else "v",
        "object_type": "line",
    }


def _rows(cells: list[Box]) -> Grid:
    """Cells of one table by rows: those whose tops differ by less than a stroke."""
    by_top: dict[float, list[Box]] = {}
    for box in cells:
        top = next((t for t in by_top if abs(t - box[1]) < _SNAP), box[1])
        by_top.setdefault(top, []).append(tuple(box))
    return [sorted(by_top[top]) for top in sorted(by_top)]


def smallest_around(x: float, y: float, cells: list[tuple[int, int, int, Box]]) -> Any:
    """(table, row, column) of the first cell that holds a point; None outside. ``cells`` are sorted
    by size.
    """
    for table, row, column, box in cells:
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            return table, row, column
    return None
