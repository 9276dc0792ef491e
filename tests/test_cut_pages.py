"""Pages that show less of their sheet than the others of their case."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import SAMPLES

from casereview.facts.casefile import CaseFile, assemble
from casereview.model import CUT, Document, Line, Page, Place
from casereview.papers.cut_pages import cut_pages, margins_of
from casereview.reading.intake import find_cases
from casereview.rules.rulebook import rule_set
from casereview.run.work import read_case

WIDE, HIGH = 600.0, 800.0
TEXT = "当事人的行为违反了有关规定"


def written(left=72, head=80, right=530, foot=760, text=TEXT, **more) -> Page:
    """A page full of lines between these edges, recognised from a picture."""
    tops = range(int(head), int(foot) - 12, 24)
    lines = [Line(text, (left, y, right, y + 12)) for y in tops]
    lines.append(Line("第 1 页", (280, foot - 12, 320, foot)))
    return Page(1, WIDE, HIGH, tuple(lines), ocr=True, **more)


def of_case(page: Page, kind="询问笔录", title="", n=7, others=None):
    """What is said of a page beside so many whole ones: None where it is whole as well."""
    whole = others or written()
    pages = {("卷.pdf", i): replace(whole, number=i) for i in range(1, n + 1)}
    pages["卷.pdf", n + 1] = replace(page, number=n + 1)
    docs = [
        Document("其他", "卷.pdf", 1, n),
        Document(kind, "卷.pdf", n + 1, n + 1, title=title),
    ]
    got = cut_pages(pages, docs)
    assert set(got) <= {("卷.pdf", n + 1)}
    return got.get(("卷.pdf", n + 1))


@pytest.mark.parametrize(
    ("page", "cut"),
    [
        (written(), None),
        (written(left=92), False),
        (written(left=88), False),
        (written(left=80), None),  # not even a character
        (written(left=160), True),  # into the middle, where titles stand
        (written(right=505), False),
        (written(right=515), False),
        (written(right=525), None),
        (written(right=400, text="他陈述完毕。"), None),  # short sentences that end
        (written(right=440), True),
        (written(head=120), True),
        (written(head=110), None),
        (written(foot=700), False),
    ],
)
def test_a_page_that_shows_less_than_the_others_may_be_cut(page, cut):
    """At each side, from so much on; with the head, or from the middle on, a title may be gone."""
    assert of_case(page) is cut


def test_a_title_at_the_head_says_that_the_head_is_there():
    """A sure title may stand lower than the text of other pages; not in the middle of the sheet."""
    lines = (Line("询问笔录", (250, 140, 350, 160)), *written(head=200).lines)
    titled = replace(written(), lines=lines)
    assert of_case(titled, title="询问笔录") is None
    assert of_case(titled, title="现场笔录") is True, "its title is that of the file"
    assert of_case(titled, kind="其他", title="询问笔录") is True
    low = replace(titled, lines=(Line("询问笔录", (250, 400, 350, 420)), *written(head=450).lines))
    assert of_case(low, title="询问笔录") is True


def test_a_cover_and_a_catalogue_are_set_in_their_own_way():
    """They have other margins and no number."""
    assert of_case(written(foot=500), kind="卷内目录") is None
    assert of_case(written(foot=500), kind="卷宗封面") is None


def test_few_pages_and_digital_ones_are_no_measure_and_not_measured():
    """So few pages do not tell how a case is written; what has a text layer lay on no glass."""
    assert of_case(written(left=200), n=4) is None
    assert of_case(written(left=200), n=5) is True
    assert of_case(replace(written(left=200), ocr=False)) is None
    assert of_case(replace(written(left=200), readable=False)) is None
    loose = written(left=200, head=300, right=380, foot=500)
    assert of_case(written(left=300, head=400), others=loose) is None


def test_margins_are_shares_of_the_sheet():
    """Of what is written, cells of forms as well; none where nothing is."""
    assert margins_of(Page(1, WIDE, HIGH)) is None
    assert margins_of(written()) == pytest.approx((0.12, 0.1, 1 - 530 / 600, 0.05))


def test_a_photo_at_the_head_is_there():
    """What is no text counts when it is large; a speck does not. A page of photos has no title."""
    low = written(head=300)
    assert of_case(replace(low, ink=((100, 90, 400, 280),))) is None
    assert of_case(replace(low, ink=((100, 90, 110, 280),))) is True
    assert of_case(replace(low, ink=((100, 500, 400, 700),))) is None


@pytest.fixture(scope="module")
def whole():
    """A sample case of digital PDFs, and the rules."""
    rules = rule_set("", "")
    folder = next(p for p in SAMPLES.rglob("*") if p.name.startswith("芦水罚决〔2025〕11号"))
    return read_case(find_cases(folder)[0], rules), rules


def with_page(whole, name: str, keep) -> CaseFile:
    """The case with the decision in a file of this name, a scan that shows only the lines to
    keep.
    """
    case, rules = whole
    i, source = next((i, s) for i, s in enumerate(case.sources) if s.path.startswith("16 "))
    page = source.pages[0]
    lines = tuple(line for line in page.lines if keep(line.box))
    cut = replace(page, lines=lines, tables=(), ocr=True)
    sources = [*case.sources]
    sources[i] = replace(source, path=name, pages=(cut, *source.pages[1:]))
    return assemble(case.ref, sources, rules.vocabulary, case.unit)


@pytest.mark.parametrize(
    ("name", "keep", "hidden", "hides"),
    [
        ("扫描16.pdf", lambda box: True, "", False),
        ("扫描16.pdf", lambda box: box[1] > 300, CUT, True),
        ("16 行政处罚决定书.pdf", lambda box: box[1] > 300, CUT, False),  # its name tells
        ("扫描16.pdf", lambda box: box[3] < 500, CUT, False),
    ],
)
def test_what_stands_on_a_cut_page_is_a_question(whole, name, keep, hidden, hides):
    """Its places are doubtful; with its head, the title of another paper may be gone."""
    case = with_page(whole, name, keep)
    assert case.hidden_at(Place(name, 1)) == hidden
    assert [s.path for s in case.could_hide("听证笔录")] == [name] * hides
    assert case.hidden_at(Place(case.sources[0].path, 1)) == ""
