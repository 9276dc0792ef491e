"""What the picture of a page shows besides its text: nobody signed where nothing stands, and a
seal without colour is a seal.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.loose_ink import is_blank, no_slip, shows_all
from casereview.facts.officers import officers
from casereview.facts.said_span import said_start
from casereview.facts.seals import sealed
from casereview.facts.signing import signing_places
from casereview.facts.sums import unequal_sums
from casereview.model import Document, Place
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.reading.handwriting import View, loose_ink
from casereview.reading.scan import _closed
from casereview.rules.kinds.officers import _surely_alone
from casereview.rules.kinds.signed import _holds_a_day_alone, _untimed
from casereview.rules.rulebook import load_rules
from casereview.rules.special.subject import Faults, _all_numbered

TEXT = (
    "现场检查笔录\n检查人员：简一（执法证号：某A000011）\n检查情况：正常\n"
    "被检查人（签名）：\n检查人员（签名）：简一"
)
STROKE = (400, 640, 420, 655)


def scan(ink=(), text=TEXT):
    """A recognised page with so much ink besides its text."""
    page = page_of(text)
    lines = tuple(
        replace(line, box=(60.0, 100.0 + 40 * n, 500.0, 114.0 + 40 * n))
        for n, line in enumerate(page.lines)
    )
    page = replace(page, lines=lines, ocr=True, confidence=0.97, ink=tuple(ink))
    document = Document("现场检查笔录", "甲.pdf", 1, 1)
    return Paper(document, RunningText("甲.pdf", [page]), load_rules().vocabulary)


@pytest.mark.parametrize(
    ("ink", "blank"),
    [((), True), (((220, 215, 260, 235),), False), (((220, 400, 260, 420),), True)],
)
def test_where_no_stroke_stands_nobody_signed(ink, blank):
    """A stroke beside the label may be a signature that was not read; one elsewhere is none."""
    paper = scan(ink)
    place = signing_places(paper, ("被检查人",))[0].place
    assert is_blank(paper, place) is blank


@pytest.mark.parametrize(("top", "blank"), [(489.0, True), (460.0, False)])
def test_how_near_a_stroke_is_at_a_high_cell(top, blank):
    """A cell is higher than the line that is written in it: a seal far below it signs nothing."""
    paper = scan([(391.0, top, 489.0, top + 29)])
    place = Place("甲.pdf", 1, (103.0, 400.0, 540.0, 446.0), "被检查人")
    assert is_blank(paper, place) is blank


@pytest.mark.parametrize(
    ("ink", "confidence", "all_shown"),
    [((), 0.97, True), ((STROKE,), 0.97, False), ((), 0.85, False)],
)
def test_a_page_that_shows_all_that_stands_on_it(ink, confidence, all_shown):
    """No stroke was left unread, and recognition was sure."""
    paper = scan(ink)
    page = replace(paper.running_text.pages[0], confidence=confidence)
    read = Paper(paper.doc, RunningText("甲.pdf", [page]), paper.vocab)
    assert shows_all(read) is all_shown


@pytest.mark.parametrize(("ink", "accused"), [((), True), ((STROKE,), False)])
def test_a_record_on_a_scan_without_numbers(ink, accused):
    """An officer has no number where no stroke was left unread; else nobody can tell."""
    text = TEXT.replace("（执法证号：某A000011）", "")
    paper, bad = scan(ink, text), Faults()
    assert _all_numbered(paper, officers(paper), bad) is accused
    assert bool(bad.found) is accused


def test_a_page_that_was_hardly_read_shows_nothing():
    """What recognition is not sure of may hide a stroke."""
    paper = scan()
    page = replace(paper.running_text.pages[0], confidence=0.85)
    poor = Paper(paper.doc, RunningText("甲.pdf", [page]), paper.vocab)
    assert not is_blank(poor, signing_places(poor, ("被检查人",))[0].place)


def test_a_digital_page_has_no_picture_that_says_so():
    """Only what was seen as a picture can show that nothing is there."""
    paper = scan()
    page = replace(paper.running_text.pages[0], ocr=False)
    typed = Paper(paper.doc, RunningText("甲.pdf", [page]), paper.vocab)
    assert not is_blank(typed, signing_places(typed, ("被检查人",))[0].place)


@pytest.mark.parametrize(("ink", "alone"), [((), True), (((300, 255, 340, 275),), False)])
def test_one_officer_is_alone_where_nobody_else_can_have_signed(ink, alone):
    """A stroke beside the name of the only officer may be another's signature."""
    paper = scan(ink)
    slots = [s for s in signing_places(paper, ("检查人员",)) if s.signed]
    assert _surely_alone(paper, officers(paper), slots) is alone


def test_a_page_without_a_stroke_has_no_seal():
    """A stroke may be of a faded one and leaves it open."""
    text = "责令改正通知书\n" + "\n".join(["改正违法行为。"] * 14) + "\n某县水务局\n2026年3月9日"
    assert sealed(scan((STROKE,), text)) is None
    assert sealed(scan((), text)) is False


def test_text_and_rules_are_no_loose_ink():
    """A pen stroke is found, recognised words and the rules of a form are left out."""
    colour = np.full((842, 595, 3), 255, np.uint8)
    cv2.line(colour, (300, 400), (340, 412), (40, 40, 40), 2)
    cv2.rectangle(colour, (60, 100), (200, 114), (0, 0, 0), -1)
    cv2.line(colour, (50, 300), (500, 300), (0, 0, 0), 1)
    view = View.of(colour, 1.0)
    word = np.array([[60, 100], [200, 100], [200, 114], [60, 114]])
    found = loose_ink(view, [word], [(50.0, 299.0, 500.0, 301.0)])
    assert len(found) == 1
    left, top, right, bottom = found[0]
    assert left < 300 < 340 < right + 3
    assert top < 400 < 412 < bottom + 3


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("二 二六年三月九日", "二〇二六年三月九日"),
        ("二 二六年三月 九日", "二 二六年三月 九日"),
        ("二 二六年三月", "二 二六年三月"),
        ("共有二 二六年三月九日", "共有二 二六年三月九日"),
    ],
)
def test_only_a_nought_can_stand_in_the_gap_of_a_year(read, meant):
    """Where more of the day may be gone, nothing is put in."""
    assert _closed(read) == meant


@pytest.mark.parametrize(
    ("said", "empty"), [("2026年3月9日", True), ("简一申请日期：2026年3月9日", False)]
)
def test_a_name_that_no_gap_parts_from_the_label_behind_it_is_no_empty_place(said, empty):
    """Recognition may close the gap between a name and the label of the day."""
    paper = scan((), TEXT.replace("被检查人（签名）：", f"被检查人（签名）：{said}"))
    slots = signing_places(paper, ("被检查人",))
    assert all(_holds_a_day_alone(paper, s) and not s.signed for s in slots) is empty


OPEN_END = "现场检查笔录\n到场与离场：自2025.03.26上午9时14分至\n检查情况：正常\n检查人员：简一"


@pytest.mark.parametrize(("ink", "sure"), [((), True), (((420, 138, 470, 156),), False)])
def test_an_end_that_nobody_wrote(ink, sure):
    """A record that begins at an hour and goes on to none lacks its end, on a scan where nothing
    stands behind it.
    """
    paper = scan(ink, OPEN_END)
    start = said_start(paper)
    assert start.value == "2025-03-26 09:14"
    (lack,) = _untimed(paper, {"开始时间": start})
    assert lack.sure is sure


@pytest.mark.parametrize(
    ("confidence", "one", "other", "apart"),
    [(0.97, "49639534691", "49639534828", True), (0.97, "49639534691", "49639534891", False)]
    + [(0.85, "49639534691", "49639534828", False)],
)
def test_numbers_that_recognition_does_not_confuse(confidence, one, other, apart):
    """Two figures differ on a page that was surely read; one may be a slip."""
    page = replace(scan().running_text.pages[0], confidence=confidence)
    paper = Paper(scan().doc, RunningText("甲.pdf", [page]), scan().vocab)
    assert no_slip([paper], one, other) is apart


@pytest.mark.parametrize(
    ("said", "sure"),
    [("罚款50元（壹佰元整）", True), ("罚款100元（贰佰元整）", False)],
)
def test_sums_written_in_two_ways_on_a_scan(said, sure):
    """One figure that differs may be misread; more are not."""
    text = f"当场处罚决定书\n当事人：简一\n决定给予如下处罚：{said}。\n某局"
    got = unequal_sums(scan(text=text))
    assert (got.confidence > 0.9) is sure
