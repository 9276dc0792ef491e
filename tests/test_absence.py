"""What may hide a paper, on cases made by hand: which file, which page, which other paper. Where
one of these is wrong, 'missing' is said of a paper that lies there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from casereview.facts.casefile import SHORT, SURE_KIND, CaseFile
from casereview.facts.registry import ANY_PAPER
from casereview.model import COVERED, CUT, Document, Line, Page, Place, SourceFile
from casereview.papers.doubts import WholeDoubt
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import UNKNOWN, Vocabulary
from casereview.reading.intake import CaseRef
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")
FILING, HEARING, RECORD, REVIEW = "立案审批表", "听证笔录", "询问笔录", "法制审核意见书"
CATALOGUE, RECEIPT = "卷内目录", "送达回证"


def page(number=1, reason="") -> Page:
    """A page of a PDF with a line on it."""
    return Page(number, 595, 842, (Line("以上内容属实。", (80, 100, 300, 114)),), reason=reason)


def source(path, *pages: Page, outcome="readable", **more) -> SourceFile:
    """A file of the case."""
    kept = {"sha256": path, "size": 1, "format": "pdf"} | more
    return SourceFile(path, outcome=outcome, pages=pages, **kept)


def unread(path, n=1, **more) -> SourceFile:
    """A scan of so many pages that nobody could read."""
    return source(path, *(page(i) for i in range(1, n + 1)), outcome="scanned", **more)


def paper(kind, file, first=1, last=0, *rows: str, **more) -> Paper:
    """A paper on some pages of a file."""
    document = Document(kind, file, first, last or first, **more)
    lines = tuple(Line(row, (80, 100, 300, 114)) for row in rows)
    return Paper(document, RunningText(file, [Page(first, 595, 842, lines)]), VOCABULARY)


def blank(kind, file, **more) -> Paper:
    """A paper that could not be read; its kind is told by the name of the file."""
    return paper(kind, file, readable=False, **more)


def case_of(*parts, doubts=()) -> CaseFile:
    """A case of these files and papers."""
    files = [p for p in parts if isinstance(p, SourceFile)]
    papers = [p for p in parts if isinstance(p, Paper)]
    return CaseFile(CaseRef("案", "某局", Path()), files, papers, doubts=doubts)


def hiding(case, *kinds) -> list[str]:
    """The files that may hide these kinds."""
    return [s.path for s in case.could_hide(*kinds)]


@pytest.mark.parametrize(
    ("kind", "sure", "hides"),
    [
        (FILING, 1.0, False),
        (FILING, SURE_KIND, False),
        (FILING, SURE_KIND - 0.01, True),
        (UNKNOWN, 1.0, True),
        (HEARING, 1.0, True),
    ],
)
def test_an_unread_file_hides_what_it_is_not_surely_else(kind, sure, hides):
    """Its name says surely that it is another paper: then it hides no hearing."""
    case = case_of(unread("甲.pdf"), blank(kind, "甲.pdf", confidence=sure))
    assert hiding(case, HEARING) == ["甲.pdf"] * hides
    assert hiding(case, HEARING) == ["甲.pdf"] * hides, "asked again it is the same"
    assert hiding(case, FILING, HEARING) == ["甲.pdf"] * (hides or kind == FILING)
    assert hiding(case, ANY_PAPER) == ["甲.pdf"]


def test_a_file_hides_by_its_own_unread_papers_alone():
    """Neither those of another file nor those that were read on its other pages."""
    parts = [unread("甲.pdf", 2), paper(HEARING, "甲.pdf"), blank(FILING, "甲.pdf")]
    other = [unread("乙.pdf"), blank(RECORD, "乙.pdf"), source("丙.pdf", page())]
    case = case_of(*parts, *other, paper(RECEIPT, "丙.pdf"))
    assert hiding(case, HEARING) == hiding(case, RECEIPT) == []
    assert hiding(case, RECORD) == ["乙.pdf"] and hiding(case, FILING) == ["甲.pdf"]


def test_one_of_several_unread_papers_is_enough():
    """A file that holds a filing form and a hearing hides the hearing."""
    case = case_of(unread("甲.pdf", 2), blank(FILING, "甲.pdf"), blank(HEARING, "甲.pdf"))
    assert hiding(case, HEARING) == ["甲.pdf"]
    assert hiding(case, RECORD) == []


@pytest.mark.parametrize(("pages", "hides"), [(SHORT, False), (SHORT + 1, True)])
def test_a_long_unread_file_may_hold_anything(pages, hides):
    """Behind a filing form of a few pages lies nothing else."""
    case = case_of(unread("甲.pdf", pages), blank(FILING, "甲.pdf"))
    assert hiding(case, HEARING) == ["甲.pdf"] * hides


def test_what_can_hold_no_paper():
    """An empty file tells by its name alone what was lost; a recording hides none."""
    files = [
        unread("空.pdf", 0, size=0),
        unread("听证.pdf", 0, size=0),
        unread("录音.mp3", 0, format="media"),
        unread("不明.bin", 0),
    ]
    case = case_of(*files, blank(HEARING, "听证.pdf"), paper(FILING, "无.pdf"))
    assert hiding(case, HEARING) == ["听证.pdf", "不明.bin"]
    assert hiding(case, RECORD) == ["不明.bin"]


def of_two_pages(*parts, cut=2, reason=CUT) -> CaseFile:
    """A filing form on two pages of a file, one of them cut, and what else there is."""
    pages = (page(n, reason if n == cut else "") for n in (1, 2))
    return case_of(source("甲.pdf", *pages), paper(FILING, "甲.pdf", 1, 2), *parts)


@pytest.mark.parametrize(
    ("kind", "sure", "hides"),
    [
        (RECORD, 1.0, False),
        (RECORD, SURE_KIND, False),
        (RECORD, SURE_KIND - 0.01, True),
        (UNKNOWN, 1.0, True),
    ],
)
def test_a_cut_page_hides_a_title_unless_its_own_is_known(kind, sure, hides):
    """Where it begins a paper that is surely known, nothing else begins on it."""
    case = of_two_pages(paper(kind, "甲.pdf", 2, confidence=sure))
    assert hiding(case, HEARING) == ["甲.pdf"] * hides


def test_which_page_may_have_lost_its_title():
    """One that was taken for more of another; not the first of a known paper, not one on which
    something lies; what begins in another file says nothing of it.
    """
    assert hiding(of_two_pages(), HEARING) == ["甲.pdf"]
    assert hiding(of_two_pages(cut=1), HEARING) == []
    assert hiding(of_two_pages(reason=COVERED), HEARING) == []
    other = paper(RECORD, "乙.pdf", 2)
    assert hiding(of_two_pages(source("乙.pdf", page(1), page(2)), other), HEARING) == ["甲.pdf"]


def test_a_place_is_doubtful_with_any_page_of_its_paper():
    """With the pages of its own paper alone, in its own file alone."""
    early = paper(RECORD, "乙.pdf", 1, 3)
    files = [
        source("甲.pdf", page(1), page(2, COVERED), page(3), page(4, CUT)),
        source("乙.pdf", *(page(n) for n in range(1, 5))),
    ]
    case = case_of(*files, early, paper(FILING, "甲.pdf", 1, 2), paper(RECORD, "甲.pdf", 3))
    told = [case.hidden_at(Place("甲.pdf", n)) for n in (1, 2, 3, 4)]
    assert told == [COVERED, COVERED, "", CUT]
    assert [case.hidden_at(Place("乙.pdf", n)) for n in (1, 4)] == ["", ""]
    assert case.hidden_at(Place("录音.mp3", 1)) == ""


STRANGE = ("本件经法制审核。", "方可为　　2025年3月28日")


def strange(file, kind=UNKNOWN) -> Paper:
    """A paper whose kind is a guess at best."""
    document = {"title": "内部流转单", "confidence": 0.4, "guessed": kind != UNKNOWN}
    return paper(kind, file, 1, 1, *STRANGE, **document)


def test_who_stands_in_for_a_paper():
    """What may be the paper that was asked for, whichever of those it is; not what may be another,
    nor what is one of them.
    """
    own, also = strange("甲.pdf"), strange("乙.pdf", kind=HEARING)
    case = case_of(paper(FILING, "丙.pdf"), own, also)
    assert case.stand_ins(REVIEW) == case.stand_ins(REVIEW, "催告书") == [own, also]
    assert case.stand_ins("催告书") == []
    assert case.stand_ins(REVIEW, HEARING) == [own]


def test_a_receipt_that_names_nothing_stands_in_for_every_receipt():
    """Where a receipt of something is asked for, alone or beside other papers."""
    nameless = paper(RECEIPT, "甲.pdf")
    named = paper(RECEIPT, "乙.pdf", serves=("处罚决定书",))
    case = case_of(nameless, named)
    assert case.stand_ins("事先告知书的送达回证") == [nameless]
    assert case.stand_ins("事先告知书的送达回证", "催告书") == [nameless]
    assert case.stand_ins("催告书") == []


def test_only_doubts_about_the_paper_count():
    """A doubt that names other papers leaves this one missing; one that names none does not."""
    named, any_ = WholeDoubt("甲.pdf", 1, 2, "漏", (RECEIPT,)), WholeDoubt("甲.pdf", 3, 4, "长")
    case = case_of(paper(FILING, "甲.pdf"), doubts=(named, any_))
    assert case.doubts_about(HEARING) == [any_]
    assert case.doubts_about("处罚决定书的送达回证", HEARING) == [named, any_]


def test_where_an_absence_was_looked_for():
    """The catalogue, once, and two papers beside which it should stand; else the first paper."""
    papers = [paper(FILING, f"{n}.pdf") for n in "1234"]
    lists = [paper(CATALOGUE, f"目录{n}.pdf") for n in "12"]
    case = case_of(*papers, *lists)
    assert [p.file for p in case.anchor(FILING)] == ["目录1.pdf", "1.pdf", "2.pdf"]
    assert [p.file for p in case.anchor(HEARING)] == ["目录1.pdf"]
    assert [p.file for p in case_of(*papers).anchor(HEARING)] == ["1.pdf"]
    assert case_of().anchor(HEARING) == ()


def test_when_a_case_is_understood():
    """Every file read, every paper surely known, a catalogue, no doubt: one of them gone is
    enough.
    """
    parts = (paper(CATALOGUE, "甲.pdf"), paper(FILING, "乙.pdf", confidence=SURE_KIND))
    file = source("甲.pdf", page())
    doubt = WholeDoubt("甲.pdf", 1, 1, "长")
    assert case_of(file, *parts).understood is True
    for more in (
        unread("丙.pdf"),
        blank(RECORD, "丙.pdf"),
        paper(UNKNOWN, "丙.pdf"),
        paper(RECORD, "丙.pdf", confidence=SURE_KIND - 0.01),
    ):
        assert case_of(file, *parts, more).understood is False, more
    assert case_of(file, *parts[1:]).understood is False
    assert case_of(file, *parts, doubts=(doubt,)).understood is False
