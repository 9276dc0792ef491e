"""Damage alone accuses nobody: a small draw of what ``benchmarks/damage.py`` does at length, and
what became of the classes that once did.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace

import numpy as np
import pytest
from conftest import ROOT, SAMPLES

from casereview.facts.casefile import assemble
from casereview.model import COVERED, FAIL, REVIEW, Line, Page
from casereview.reading.covers import covered
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


@pytest.mark.parametrize("kind", [k for k in damage.KINDS if k not in ("裁切", "涂污")])
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
    assert covered(sheet(*boxes), WRITTEN) is seen


def test_the_table_counts_what_was_made():
    """One row a kind, and the sum."""
    text = damage.table({"made": {"缺页": 3}, "wrong": {"缺页": ["x"]}, "cases": 1, "mutants": 3})
    assert "| 缺页 | 3 | 1 |" in text and "**合计**（1 卷） | 3 | 1 |" in text
