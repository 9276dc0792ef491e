"""What was made fast on a page gives what the slow road gives."""

import random
from itertools import repeat

import pypdfium2 as pdfium
import pytest
from pdfplumber import table as plumber

from casereview.reading import pdf_letters
from casereview.reading.grid import cells_from_edges
from casereview.reading.pdfium_calls import handle, unicode_of
from casereview.reading.second_engine import seen_on
from tests.conftest import SAMPLES

Box = tuple[float, float, float, float]
SNAP = 3
PDFS = sorted(SAMPLES.rglob("*.pdf"))


def slow_cells(edges: list[Box]) -> list[list[Box]]:
    """The tables that pdfplumber finds, as sorted cells."""
    rows = []
    for x0, y0, x1, y1 in edges:
        x, y, level = (x0 + x1) / 2, (y0 + y1) / 2, x1 - x0 >= y1 - y0
        ends = (x0, x1, y, y) if level else (x, x, y0, y1)
        edge = dict(zip(("x0", "x1", "top", "bottom"), ends, strict=True))
        size = {"width": edge["x1"] - edge["x0"], "height": edge["bottom"] - edge["top"]}
        rows.append({**edge, **size, "orientation": "h" if level else "v"})
    merged = plumber.merge_edges(rows, SNAP, SNAP, SNAP, SNAP)
    merged = [e for e in merged if max(e["width"], e["height"]) >= SNAP]
    corners = plumber.edges_to_intersections(merged, SNAP, SNAP)
    tables = plumber.cells_to_tables(plumber.intersections_to_cells(corners))
    return sorted(sorted(map(tuple, cells)) for cells in tables)


def strokes(dice: random.Random) -> list[Box]:
    """A form as badly drawn programs leave it: strokes doubled, interrupted, a little off."""
    xs = sorted(dice.uniform(0, 200) for _ in range(dice.randint(3, 7)))
    ys = sorted(dice.uniform(0, 300) for _ in range(dice.randint(3, 8)))
    out = []
    for y in ys:
        a, b = sorted(dice.sample(xs, 2)) if dice.random() < 0.5 else (xs[0], xs[-1])
        off = dice.uniform(-2, 2)
        out.append((a + off, y, b + off, y + dice.uniform(0, 1.5)))
        out += [(a + 1, y + 2.5, b, y + 3)] * (dice.random() < 0.3)
    for x in xs:
        a, b = sorted(dice.sample(ys, 2)) if dice.random() < 0.5 else (ys[0], ys[-1])
        out.append((x, a, x + dice.uniform(0, 1.5), b))
        out += [(x + dice.uniform(-3, 3), a - 3, x + 1, b + 1)] * (dice.random() < 0.4)
    dice.shuffle(out)
    return out


def test_tables_are_those_that_pdfplumber_finds():
    """Two hundred forms, most of which have tables."""
    found = 0
    for seed in range(200):
        edges = strokes(random.Random(seed))
        fast = [[box for row in grid for box in row] for grid in cells_from_edges(edges)]
        assert sorted(map(sorted, fast)) == slow_cells(edges)
        found += bool(fast)
    assert found > 100


@pytest.mark.parametrize("at", range(3))
def test_code_points_in_one_call_are_those_one_by_one(at):
    """On every page of a file."""
    with pdfium.PdfDocument(PDFS[at * len(PDFS) // 3]) as doc:
        for page in doc:
            text = page.get_textpage()
            known, count = handle(text.raw), text.count_chars()
            each = list(map(unicode_of, repeat(known), range(count)))
            assert pdf_letters._codes(known, count).tolist() == each
            assert count > 0


def test_the_second_engine_sees_the_page_that_is_asked_for():
    """Its characters, though it passes by the pages before it."""
    data = max(PDFS, key=lambda f: f.stat().st_size).read_bytes()
    with pdfium.PdfDocument(data) as doc:
        for index in (0, len(doc) - 1):
            text = doc[index].get_textpage().get_text_range()
            chars, size = seen_on(data, index)
            assert size > 0
            assert chars == pytest.approx(len("".join(text.split())), rel=0.2)
