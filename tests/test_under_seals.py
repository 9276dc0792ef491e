"""What lies under a seal is read, and what it hides for good is marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.casefile import assemble
from casereview.facts.foot import lost_days
from casereview.facts.sameness import Likeness, compare
from casereview.model import HIDDEN, Document, Fact, Line, Page, Place, SourceFile, UnitPapers
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.reading.handwriting import View, red_marks
from casereview.reading.intake import CaseRef
from casereview.reading.ocr import Word
from casereview.reading.scan import _closed
from casereview.reading.seal_rings import marks_of
from casereview.reading.under_seals import lifted, with_gaps
from casereview.rules.kinds.forbidden import Forbidden
from casereview.rules.table import Context

PAPER, PRINT = 245, 30
RED, GREY = (220, 60, 60), (110, 110, 110)
MIDDLE, RADIUS = (900, 1260), 119


def picture(ring):
    """Two pixels a point: lines of print, and a seal of a colour over the last of them."""
    image = np.full((1684, 1190, 3), PAPER, np.uint8)
    for y in range(200, 1200, 44):
        for x in range(160, 1000, 30):
            cv2.rectangle(image, (x, y), (x + 20, y + 20), (PRINT,) * 3, 2)
    if ring:
        layer = np.full_like(image, 255)
        cv2.circle(layer, MIDDLE, RADIUS, ring, 6)
        image = np.minimum(image, layer)
    return image


def page(ring):
    """The same as it is looked at."""
    return View.of(picture(ring), 2.0)


@pytest.mark.parametrize("ring", [RED, GREY])
def test_a_seal_is_gone_and_the_print_under_it_stays(ring):
    """Red and grey rings become paper, ink stays ink, also where the ring runs over it."""
    view = page(ring)
    text = lifted(view, marks_of(view))
    over = np.zeros(text.shape, np.uint8)
    cv2.circle(over, MIDDLE, RADIUS, 1, 4)
    bare = page(None).grey
    assert view.grey[(over > 0) & (bare > 200)].mean() < PAPER - 20
    assert text[(over > 0) & (bare > 200)].min() > 230
    assert text[(over > 0) & (bare < 60)].max() < 60
    assert (text[:1000] == view.grey[:1000]).all()


def test_a_page_without_a_seal_is_not_touched():
    """Nor one whose seal is as black as its print."""
    for ring in (None, (PRINT,) * 3):
        view = page(ring)
        assert lifted(view, marks_of(view)) is view.grey


def test_red_print_is_no_seal():
    """The big characters of a letterhead stay."""
    colour = picture(None)
    for x in range(500, 620, 18):
        cv2.rectangle(colour, (x, 60), (x + 11, 170), RED, -1)
    head = View.of(colour, 2.0)
    assert red_marks(head)[1] and lifted(head, marks_of(head)) is head.grey


def word(lefts, texts):
    """A line of characters 20 pixels wide and 30 high."""
    chars = [
        (t, np.array([[x, 10], [x + 20, 10], [x + 20, 40], [x, 40]], float))
        for x, t in zip(lefts, texts, strict=True)
    ]
    high = np.array([[lefts[0], 10], [lefts[-1] + 20, 10], [lefts[-1] + 20, 40], [lefts[0], 40]])
    return Word(tuple(chars), 0.99, high.astype(float))


@pytest.mark.parametrize(
    ("sealed", "right", "read"),
    [(True, 66, f"月{HIDDEN}4日"), (False, 66, "月4日"), (True, 46, "月4日")],
)
def test_a_character_that_a_seal_took_leaves_a_mark(sealed, right, read):
    """Only in a gap with room for one, and only where the seal lay: 8月14日 is not 8月4日."""
    colour = np.full((60, 200, 3), PAPER, np.uint8)
    if sealed:
        colour[:, 20:66] = RED
    text = np.full((60, 200), 255, np.uint8)
    (found,) = with_gaps([word([10, right, right + 24], "月4日")], colour, text)
    assert "".join(c for c, _ in found.chars) == read


def test_a_hidden_nought_of_a_year_is_read():
    """Nothing else can have stood there; of a day any figure can."""
    assert _closed(f"二{HIDDEN}二五年七月十一日") == "二〇二五年七月十一日"
    assert _closed(f"二〇二五年七月{HIDDEN}日") == f"二〇二五年七月{HIDDEN}日"


def test_a_day_with_a_hidden_figure_is_a_lost_day(rules):
    """It is no day, and nobody says that there is none."""
    lines = tuple(Line(t, None, 12.0) for t in ("处罚决定书", f"2023年8月{HIDDEN}4日"))
    running = RunningText("a.pdf", [Page(1, 595, 842, lines, ocr=True)])
    paper = Paper(Document("处罚决定书", "a.pdf", 1, 1, "处罚决定书"), running, rules.vocabulary)
    assert lost_days(paper) == [f"2023年8月{HIDDEN}4日"]


@pytest.mark.parametrize(
    ("read", "likeness"),
    [
        (f"芦汀县城市管{HIDDEN}综合执法局", Likeness.SAME),
        (f"芦汀县城市管{HIDDEN}执法局", Likeness.ALIKE),
        (f"芦汀{HIDDEN}局", Likeness.ALIKE),
        ("芦汀县水利局", Likeness.DIFFERENT),
    ],
)
def test_an_agency_of_which_a_seal_hides_a_little(read, likeness):
    """It is the one that fits; what does not fit is doubt, never another agency for sure."""
    a, b = (Fact(v, v, Place("a.pdf", 1)) for v in (read, "芦汀县城市管理和综合执法局"))
    assert compare("机关", a, b) is likeness
    assert compare("机关", b, a) is likeness


@pytest.mark.parametrize(
    ("foot", "status"),
    [
        ("芦汀县水利局行政审批股", "fail"),  # the unit's own name, and more
        ("芦汀县水利句行政审批股", "review"),  # another name may be a slip of recognition
        ("芦汀县行政审批股", "review"),
        ("芦汀县水利局", "pass"),
    ],
)
def test_an_inner_office_on_a_scan(rules, foot, status):
    """Recognition takes characters for others and adds no words."""
    text = f"准予行政许可决定书\n你单位提出的申请，决定准予行政许可。\n{foot}\n2025年4月8日"
    page = replace(page_of(text), ocr=True, confidence=0.99)
    source = SourceFile("许可决定书.pdf", "a", 1, "pdf", pages=(page,))
    ref = CaseRef("案", "芦汀县水利局", Path())
    case = assemble(ref, [source], rules.vocabulary, UnitPapers())
    kind = Forbidden(papers=("许可决定书",), facts=("内设机构落款",), but_unit=True)
    assert kind.judge(Context(case, rules.law)).status == status
