"""Damage alone accuses nobody: a small draw of what ``benchmarks/damage.py`` does at length, and
what became of the classes that once did.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from conftest import ROOT, SAMPLES

from casereview.facts.casefile import assemble
from casereview.model import COVERED, CUT, FAIL, REVIEW, Line, Page
from casereview.reading.covers import covered
from casereview.reading.edges import part_of_sheet, runs_out
from casereview.rules.rulebook import rule_set
from casereview.run.work import judge_case

sys.path.insert(0, str(ROOT / "benchmarks"))

import damage  # noqa: E402


@pytest.fixture(scope="module")
def all_rules():
    """The rules for every procedure."""
    return rule_set("", "")


@pytest.fixture(scope="module")
def whole(all_rules):
    """A sample case of single papers."""
    folder = next(p for p in SAMPLES.rglob("*") if p.name.startswith("栖农罚〔2025〕9号"))
    return next(damage.wholes(folder, all_rules))


@pytest.mark.parametrize("kind", [k for k in damage.KINDS if k not in ("裁切", "白边", "涂污")])
def test_an_accident_accuses_nobody(kind, whole, all_rules):
    """Two mutants of each kind that needs no recognition."""
    for n in range(2):
        m = damage.KINDS[kind](whole, random.Random(f"7|{kind}|{n}"))
        if m is not None:
            assert damage.false_accusations(whole, m, all_rules) == [], m.what


def test_a_record_that_was_handed_in_twice_happened_once(whole, all_rules):
    """Officers are not in two places because their record was copied."""
    s = list(whole.case.sources)
    record = next(x for x in s if "询问笔录" in x.path)
    s.append(replace(record, path="05 调查询问笔录 - 副本.docx"))
    case = assemble(whole.case.ref, s, all_rules.vocabulary, whole.case.unit)
    assert judge_case(case, all_rules).finding("evidence.no-overlap").status == "pass"


def test_what_rests_on_a_covered_page_is_a_question(whole, all_rules):
    """A fault on a scanned page that is partly covered goes to a person, with the reason."""
    fault = next(f for f in whole.result.findings if f.status == FAIL and f.evidence)
    file = fault.evidence[0].file
    s = [
        replace(x, pages=tuple(replace(p, reason=COVERED) for p in x.pages))
        if x.path == file
        else x
        for x in whole.case.sources
    ]
    case = assemble(whole.case.ref, s, all_rules.vocabulary, whole.case.unit)
    now = judge_case(case, all_rules).finding(fault.check)
    assert now.status == REVIEW and COVERED in now.message


def sheet(*boxes, colour=(20, 20, 20)) -> np.ndarray:
    """A white page of 595 by 842 points, two pixels a point, with dark boxes (points)."""
    out = np.full((1684, 1190, 3), 255, np.uint8)
    for x0, y0, x1, y1 in boxes:
        out[y0 * 2 : y1 * 2, x0 * 2 : x1 * 2] = colour
    return out


WRITTEN = Page(1, 595, 842, (Line("案由：擅自取水", (100, 200, 300, 214)),))


@pytest.mark.parametrize(
    ("boxes", "seen"),
    [
        ([(0, 0, 110, 842)], True),
        ([(150, 205, 260, 260)], True),
        ([(0, 0, 40, 842)], False),
        ([(100, 190, 500, 192)], False),
        ([(400, 600, 500, 700)], False),
        ([], False),
    ],
)
def test_what_covers_writing_is_seen(boxes, seen):
    """A band over the text and a blot beside it; not a dark margin, a rule, a picture far away."""
    assert covered(sheet(*boxes)[:, :, 0], WRITTEN) is seen


def written(*boxes) -> Page:
    """A page with a line of writing in each box."""
    return Page(1, 595, 842, tuple(Line("载明的内容", box) for box in boxes))


INSIDE = [(80, y, 400, y + 14) for y in (100, 130, 160, 190, 220, 250)]
RULES = [(80, y, 595, y + 1) for y in (95, 125, 155)]  # of a table that runs out at the right

# a table of three rows with its left and its right side
FORM = [(80, y, 520, y + 1) for y in (95, 125, 155, 185)] + [(80, 95, 81, 185), (519, 95, 520, 186)]


@pytest.mark.parametrize(
    ("lines", "ruled", "cut"),
    [
        (INSIDE, [], False),
        (INSIDE, RULES, True),
        (INSIDE, [(80, y, 560, y + 1) for y in (95, 125, 155)], False),
        (INSIDE, [(80, y, 520, y + 1) for y in (95, 125)] + [(520, 0, 595, 842)], True),  # a lid
        (INSIDE, [(x, 500, x + 1, 842) for x in (90, 200, 300)], True),  # at the foot
        (INSIDE, [(0, 3, 595, 4), (593, 0, 594, 842)], False),  # the shadow of two edges
        (INSIDE, FORM, False),
        (INSIDE, FORM[:-1], True),  # under a white lid its right side is paper
        (INSIDE, FORM[:-2], False),  # a table that has no sides
        (INSIDE[:2], RULES, False),  # a photo with strokes
        ([*INSIDE, (1, 300, 200, 314)], [], False),  # a speck
        ([*INSIDE, (1, 300, 200, 314), (2, 330, 200, 344)], [], True),
        ([*INSIDE, (300, 300, 592, 314), (300, 330, 594, 344)], [], True),
        ([*INSIDE, (200, 829, 400, 841)], [], True),
        ([], [], False),
    ],
)
def test_what_runs_out_of_the_picture_is_seen(lines, ruled, cut):
    """Writing at the side or the foot, rules of a table that nothing closes; not a printed page."""
    assert runs_out(sheet(*ruled)[:, :, 0], written(*lines)) is cut


@pytest.mark.parametrize("degrees", [-0.9, -0.6, 0.6, 0.9])
@pytest.mark.parametrize(("sides", "cut"), [(2, False), (1, True)])
def test_a_leaning_table_is_closed_by_its_leaning_sides(degrees, sides, cut):
    """And open at the side where it has none."""
    high = [(80, y, 520, y + 1) for y in range(95, 400, 30)]
    form = [*high, (80, 95, 81, 395), (519, 95, 520, 396)][: len(high) + sides]
    picture = sheet(*form)[:, :, 0]
    turn = cv2.getRotationMatrix2D((595, 842), degrees, 1.0)
    leaning = cv2.warpAffine(picture, turn, picture.shape[::-1], borderValue=255)
    assert runs_out(leaning, written(*INSIDE)) is cut


@pytest.mark.parametrize(
    ("frame", "seen", "part"),
    [
        ((1240, 1754), (1240, 1751), False),
        ((1240, 1754), (1090, 1751), True),
        ((1240, 1754), (1238, 1340), True),
        ((1240, 1754), (1020, 1440), False),  # a smaller sheet in a corner of the glass
        ((3000, 4000), (2590, 3700), False),  # a photo from aslant
        ((1240, 1270), (1240, 1270), True),  # the head of the sheet was cut away
        ((600, 1240), (600, 1240), True),
    ],
)
def test_a_sheet_of_which_a_side_is_not_there(frame, seen, part):
    """It fills its frame one way and not the other."""
    assert part_of_sheet(frame, seen) is part


def test_a_cut_page_taken_for_more_of_another_may_hide_a_paper(whole, all_rules):
    """What lost its title is not called missing; a page whose paper is known hides no other."""
    first = whole.case.sources[0]
    more = (Line("以上内容属实。", (80, 100, 300, 114)),)
    for cut, hides in ((1, False), (2, True)):
        pages = [*first.pages, Page(2, 595, 842, more, ocr=True)]
        pages = [replace(p, reason=CUT * (n == cut)) for n, p in enumerate(pages, 1)]
        s = [damage.numbered(first, pages), *whole.case.sources[1:]]
        case = assemble(whole.case.ref, s, all_rules.vocabulary, whole.case.unit)
        assert [x.path for x in case.could_hide("集体讨论笔录")] == [first.path] * hides


def test_the_table_counts_what_was_made():
    """One row a kind, and the sum."""
    text = damage.table({"made": {"缺页": 3}, "wrong": {"缺页": ["x"]}, "cases": 1, "mutants": 3})
    assert "| 缺页 | 3 | 1 |" in text and "**合计**（1 卷） | 3 | 1 |" in text
