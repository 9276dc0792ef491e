"""Promises 1 and 2 at their gates: place or silence; absence is a claim. Each test fails when its
gate is taken away.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from casereview.authoring.fixtures import books, build, load_book, page_of
from casereview.facts.casefile import assemble
from casereview.facts.loose_ink import covered
from casereview.judging.gate import NO_PLACE, held, stands
from casereview.judging.review import judge_item, review
from casereview.model import (
    ERROR,
    FAIL,
    NA,
    PASS,
    PICTURE,
    REVIEW,
    Line,
    Media,
    Page,
    Picture,
    Place,
    SourceFile,
    UnitPapers,
    Verdict,
)
from casereview.reading.intake import CaseRef
from casereview.rules.kinds.kind import Kind
from casereview.rules.table import Context

BOOK = load_book(next(p for p in books() if p.stem == "普通程序"))
OPINION = "法制审核意见书"


def case_of(rules, *sources):
    """A case of these files."""
    return assemble(CaseRef("案", "某局", Path()), list(sources), rules.vocabulary, UnitPapers())


def paper(path, text, **more):
    """A file of one page with text."""
    page = replace(page_of(text), **more)
    return SourceFile(path, path, 1, "pdf", pages=(page,))


def scan(path, pages=1):
    """A file that could not be read."""
    blank = tuple(Page(n, 595, 842, readable=False) for n in range(1, pages + 1))
    return SourceFile(path, path, 1, "pdf", "scanned", "", blank)


@pytest.fixture(scope="module")
def case(rules):
    """One paper of one page, and a recording."""
    lines = (Line(f"询 问 {PICTURE}笔录", None, 12.0), Line("被询问人：甲乙　丙", None, 12.0))
    page = Page(1, 595, 842, lines)
    sound = SourceFile(
        "音像/一.mp4", "m", 1, "media", media=Media("video", 60.0, "2025-03-11 09:10")
    )
    return case_of(rules, SourceFile("笔录.pdf", "a", 1, "pdf", pages=(page,)), sound)


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (Place("笔录.pdf", 1, None, "询问笔录"), True),
        (Place("笔录.pdf", 1, None, "被询问人： 甲乙丙"), True),
        (Place("笔录.pdf", 1, None, "笔录…"), True),
        (Place("笔录.pdf", 1, None, "笔录被询问人"), True),
        (Place("笔录.pdf", 1, None, ""), True),
        (Place("笔录.pdf", 1, None, "丁"), False),
        (Place("笔录.pdf", 2, None, "询问笔录"), False),
        (Place("笔录.pdf", 2, None, ""), False),
        (Place("别的.pdf", 1, None, "询问笔录"), False),
        (Place("音像/一.mp4", 1, None, "一.mp4"), True),
    ],
)
def test_a_quote_stands_on_its_page(place, there, case):
    """White space, pictures in the text and cut ends apart; no other page, no other file."""
    assert stands(place, case) is there


def test_a_fail_needs_a_quote_that_stands(case):
    """Places that do not stand are dropped; a fail without a quoted one is open, with its words."""
    good, bare = Place("笔录.pdf", 1, None, "甲乙"), Place("笔录.pdf", 1, None, "")
    made_up = Place("笔录.pdf", 1, None, "丁戊")
    fail = Verdict(FAIL, "没有签名", (made_up, good), ("已看",), "询问笔录")
    assert held(fail, case) == replace(fail, places=(good,))
    for places in ((), (made_up,), (bare,), (made_up, bare)):
        got = held(replace(fail, places=places), case)
        assert got == replace(fail, status=REVIEW, message="没有签名" + NO_PLACE, places=places)
    for status in (PASS, NA, REVIEW):
        other = replace(fail, status=status)
        assert held(other, case) == other


@dataclass(frozen=True)
class Accuses(Kind):
    """A kind that accuses with a quote of its own making."""

    quote: str = ""

    def judge(self, ctx: Context) -> Verdict:
        return Verdict(FAIL, "缺签名", (Place("笔录.pdf", 1, None, self.quote),))


@dataclass(frozen=True)
class Breaks(Kind):
    """A kind that breaks, with the text of the case in its error."""

    def judge(self, ctx: Context) -> Verdict:
        raise ValueError("甲乙丙的身份证号")


def judged(rules, case, kind: Any, **more) -> Verdict:
    """An item of this kind on a case."""
    item = replace(rules.checklist.checks[0], kind=kind, when=(), since=None, until=None)
    return judge_item(replace(item, **more), Context(case, rules.law))


def test_every_judgement_passes_the_gate(rules, case):
    """Whatever judged it: a quote that stands is kept, one that does not accuses nobody."""
    assert judged(rules, case, Accuses("甲乙")).status == FAIL
    assert judged(rules, case, Accuses("丁戊")).status == REVIEW
    assert judged(rules, case, Accuses("")).status == REVIEW


def test_a_broken_judgement_ends_only_itself(rules, case):
    """出错, with its kind of fault; the text of the case is not told."""
    got = judged(rules, case, Breaks())
    assert got.status == ERROR and "ValueError" in got.message and "身份证" not in str(got)


def test_an_item_is_judged_only_while_it_is_in_force(rules, case):
    """Before and after its days it does not apply; without a day of the law nobody can tell."""
    day = dt.date(2025, 4, 16)
    whole = build(BOOK, rules, {})
    for more, status in (
        ({"since": day}, None),
        ({"until": day}, None),
        ({"since": day + dt.timedelta(1)}, NA),
        ({"until": day - dt.timedelta(1)}, NA),
    ):
        got = judged(rules, whole, Accuses("甲"), **more)
        assert (got.status == NA) == (status == NA), (more, got)
    assert judged(rules, case, Accuses("甲乙"), since=day).status == REVIEW


def test_whatever_is_taken_out_every_fail_stands(rules):
    """The base case with each paper left out in turn: every accusation quotes what is there."""
    for key in sorted(k[:2] for k in BOOK["在卷"]):
        case = build(BOOK, rules, {"删": [key]})
        for f in review(case, rules.checklist, rules.law):
            if f.verdict.status == FAIL:
                quoted = [p for p in f.verdict.places if p.quote]
                assert quoted and all(stands(p, case) for p in quoted), (key, f)


def status_of(rules, spec, check="legal-review.present", extra=()):
    """The verdict on an item of the base case with changes."""
    case = build(BOOK, rules, spec)
    if extra:
        case = assemble(case.ref, [*case.sources, *extra], rules.vocabulary, case.unit)
    return judge_item(rules.checklist.get(check), Context(case, rules.law))


def opinion():
    """The number of the legal review in the base case."""
    return next(k[:2] for k in BOOK["在卷"] if OPINION in k)


def test_missing_is_said_only_where_nothing_could_hide_it(rules):
    """The paper is not there: a fault. With a file that nobody could read: nobody can tell."""
    gone = {"删": [opinion()]}
    item = "filing.present"
    filed = next(k[:2] for k in BOOK["在卷"] if "立案审批表" in k)
    assert status_of(rules, gone, item).status == PASS
    assert status_of(rules, {"删": [filed]}, item).status == FAIL
    open_ = status_of(rules, {"删": [filed], "杂件": "有"}, item)
    assert open_.status == REVIEW and "扫描0001.pdf" in str(open_)


def test_what_may_hide_a_paper(rules):
    """An unread file of unknown content, or of many pages; not a recording, not junk, not an unread
    file whose name says surely what it is.
    """
    known = paper("01 立案审批表.pdf", "立案审批表\n案由 | 占道")
    sound = SourceFile("录音.mp3", "s", 1, "media", "damaged", "")
    junk = SourceFile("Thumbs.db", "j", 1, "unknown", "skipped", "")
    named, long_ = scan("02 送达回证.pdf"), scan("03 询问笔录.pdf", 9)
    unknown = scan("扫描0001.pdf")
    case = case_of(rules, known, sound, junk, named, long_, unknown)
    hides = {s.path for s in case.could_hide(OPINION)}
    assert unknown.path in hides and long_.path in hides
    assert not hides & {known.path, sound.path, junk.path}
    assert (named.path in hides) == (
        next(p.doc.confidence for p in case.papers if p.doc.file == named.path) < 0.8
    )
    assert named.path in {s.path for s in case.could_hide("送达回证")}


def test_a_paper_with_a_strange_title_stands_in(rules):
    """A paper that nobody knows by its name speaks of the legal review: not missing, but asked."""
    case = build(BOOK, rules, {"删": [opinion()]})
    assert Context(case, rules.law).missing((OPINION,), "没有").status == FAIL
    strange = paper("08 附页.docx", "内部流转单\n本件经法制审核。\n方可为　　2025年3月28日")
    case = assemble(case.ref, [*case.sources, strange], rules.vocabulary, case.unit)
    own = next(p for p in case.papers if p.doc.file == strange.path)
    assert case.stand_ins(OPINION) == [own]
    got = Context(case, rules.law).missing((OPINION,), "没有")
    assert got.status == REVIEW and "内部流转单" in got.message
    own.doc = replace(own.doc, kind="送达回证", guessed=True)
    got = Context(case, rules.law).missing((OPINION,), "没有")
    assert "不是已知的文书名称" in got.message, "what a guessed receipt serves was not asked"
    other = paper("08 附页.docx", "内部流转单\n请归还工具。\n方可为　　2025年3月28日")
    case = assemble(case.ref, [*case.sources[:-1], other], rules.vocabulary, case.unit)
    assert case.stand_ins(OPINION) == []


def test_a_recognised_day_far_off_is_dropped_where_one_lost_digit_explains_it(rules):
    """1月 recognised for 11月 is no day at all; in a text layer it is what was written."""

    def days(text, ocr):
        sources = [
            paper(
                f"{n:02d} 询问笔录.pdf", f"询问笔录\n时间：2025年11月{n}日9时至10时\n被询问人：甲"
            )
            for n in range(11, 18)
        ]
        sources.append(paper("30 现场检查笔录.pdf", text, ocr=ocr))
        case = case_of(rules, *sources)
        facts = case.facts_of(case.one("现场检查笔录"))
        return {str(f.value)[:10] for f in facts.values() if str(f.value).startswith("2025-")}

    text = "现场检查笔录\n检查时间：2025年1月15日9时10分至9时50分\n检查地点：青禾路"
    assert days(text, ocr=False) == {"2025-01-15"}
    assert days(text, ocr=True) == set()
    assert days(text.replace("1月15日", "10月30日"), ocr=True) == {"2025-10-30"}
    assert days(text.replace("1月15日", "5月15日"), ocr=True) == {"2025-05-15"}


def test_what_a_seal_covers_is_not_missing(rules):
    """A red seal at the height of a line on a recognised page hides it; elsewhere, in black, or on
    a page with a text layer it does not.
    """

    def hidden(box, red=0.3, ocr=True, page=1):
        made = paper(
            "决定.pdf", "处罚决定书", ocr=ocr, pictures=(Picture((100, 400, 220, 520), red),)
        )
        only = case_of(rules, made).papers[0]
        return covered(only, Place("决定.pdf", page, box, "日期"))

    line = (300.0, 450.0, 400.0, 462.0)
    assert hidden(line) and hidden(None) and hidden((300.0, 390.0, 400.0, 399.0))
    assert not hidden((300.0, 100.0, 400.0, 112.0))
    assert not hidden(line, red=None) and not hidden(line, red=0)
    assert not hidden(line, ocr=False) and not hidden(line, page=2)


def test_a_day_that_another_paper_tells_opens_the_fault(case):
    """What the original hides was taken from elsewhere: a person looks at the original."""
    place = Place("笔录.pdf", 1, None, "询问笔录")
    told = replace(case, told={place: "处罚决定书.作出日期"})
    verdict = Verdict(FAIL, "超过期限", (place,))
    now = held(verdict, told)
    assert now.status == REVIEW and now.places == (place,)
    assert "超过期限" in now.message and "处罚决定书.作出日期在原件上没有读出" in now.message
    assert held(verdict, case).status == FAIL
    assert held(replace(verdict, status=PASS), told).status == PASS


def test_a_place_without_a_quote_stands_on_any_page_that_is_there(case):
    """It is kept beside a quoted one; on a page that is not there it is not."""
    quoted, bare = Place("笔录.pdf", 1, None, "询问笔录"), Place("笔录.pdf", 1)
    assert held(Verdict(FAIL, "缺项", (bare, quoted)), case).places == (bare, quoted)
    assert not stands(Place("笔录.pdf", 2), case) and not stands(Place("没有.pdf", 1), case)


def test_days_that_one_typed_page_tells_contradict_each_other(case):
    """A cover with the day of closing and that of filing away: the fault stands there, whatever the
    form of closing hides; where the day belongs to another paper is said.
    """
    closed, filed = (Place("笔录.pdf", 1, (0.0, y, 9.0, y + 9), "询问笔录") for y in (10.0, 30.0))
    told = replace(case, told={closed: "结案审批表.结案日期"})
    now = held(Verdict(FAIL, "超过期限", (filed, closed)), told)
    assert now.status == FAIL and "结案审批表.结案日期取自同一页" in now.message
    elsewhere = replace(filed, page=2)
    assert held(Verdict(FAIL, "超过期限", (elsewhere, closed)), told).status == REVIEW


@pytest.mark.parametrize(
    ("day", "agency", "status"),
    [
        ("2025年7月2日", "桃花源目教育局", REVIEW),
        ("2025年7月2日", "桃花源县教育局", FAIL),
        ("2025年12月21日", "桃花源目教育局", FAIL),
    ],
)
def test_a_figure_alone_under_a_seal_that_spoiled_a_name_is_no_proof(rules, day, agency, status):
    """Beside 7月2日 another figure may be hidden."""
    lines = (
        Line("强制执行申请书", (200, 80, 400, 100)),
        Line(agency, (350, 420, 520, 436)),
        Line(day, (400, 445, 520, 461)),
    )
    seal = Picture((380, 390, 500, 500), 0.2)
    page = Page(1, 595, 842, lines, pictures=(seal,), ocr=True, confidence=0.99)
    source = SourceFile("申请书.pdf", "0" * 64, 1, "pdf", pages=(page,))
    unit = UnitPapers()
    ref = CaseRef("案", "桃花源县教育局", Path())
    case = assemble(ref, [source], rules.vocabulary, unit)
    place = Place("申请书.pdf", 1, (400, 445, 520, 461), day)
    assert held(Verdict(FAIL, "不足10个工作日", (place,)), case).status == status
