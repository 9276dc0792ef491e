"""Why a fact is not known, on papers made by hand: whoever looks at the wrong line, the wrong page
or half of a condition calls missing what stands there.
"""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.doubt import (
    SURE_PAGE,
    TOO_SHORT,
    Doubt,
    Unknown,
    covered,
    looked,
    unknown,
)
from casereview.facts.registry import FactSpec, Labels, Step
from casereview.model import PICTURE, Document, Line, Page, Picture, Place
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")
BODY = "经查，你单位未按规定保存进货台账，上述事实有现场检查笔录、照片等证据证实，事实清楚。"
LABELS = Labels(("批语",))


def page(number: int, *rows: str, ocr=False, confidence=1.0, pictures=()) -> Page:
    """A page of lines, one below the other."""
    lines = tuple(Line(t, (50, 50 + 20 * n, 400, 64 + 20 * n)) for n, t in enumerate(rows))
    more = {"ocr": ocr, "confidence": confidence, "pictures": pictures}
    return Page(number, 595, 842, lines, **more)


def paper(*pages: Page, **more) -> Paper:
    """A decision on these pages."""
    document = Document("处罚决定书", "甲.pdf", 1, len(pages), "行政处罚决定书", **more)
    return Paper(document, RunningText("甲.pdf", pages), VOCABULARY)


def of(*rows: str, **more) -> Paper:
    """A decision of one page with a body and these lines."""
    return paper(page(1, "行政处罚决定书", BODY, *rows, **more))


def spec(type_="文字", *more: Step, labels=LABELS, **given) -> FactSpec:
    """A fact that stands at a label."""
    return FactSpec("处罚决定书", "意见", type_, (Step("标签", labels), *more), **given)


def test_a_paper_that_was_not_read_says_nothing():
    """Whatever its field holds."""
    p = paper(page(1, "行政处罚决定书", "批语："), readable=False)
    assert unknown(p, spec()) == Unknown("意见", Doubt.PAPER_UNREAD, p.top())


@pytest.mark.parametrize(
    ("type_", "written", "why", "blank"),
    [
        ("文字", "", Doubt.NOT_STATED, True),
        ("文字", "同意", Doubt.NOT_UNDERSTOOD, False),
        ("文字", PICTURE, Doubt.HANDWRITTEN, False),
        ("签名", "", Doubt.NOT_STATED, True),
        ("签名", "2025年3月5日", Doubt.NOT_STATED, True),
        ("签名", "某甲 2025年3月5日", Doubt.NOT_UNDERSTOOD, False),
        ("日期", "", Doubt.NOT_STATED, True),
        ("日期", "三月", Doubt.NOT_UNDERSTOOD, False),
        ("时间", "月初", Doubt.NOT_UNDERSTOOD, False),
        ("日期", "某甲", Doubt.NOT_STATED, False),
        ("时间", "某甲", Doubt.NOT_STATED, False),
        ("日期", "当事人拒绝签名", Doubt.NOT_STATED, True),
        ("文字", "拒绝签名", Doubt.NOT_UNDERSTOOD, False),
    ],
)
def test_what_stands_in_a_field(type_, written, why, blank):
    """Something may be it; something else leaves it open whether it stands beside; nothing is an
    empty field.
    """
    p = of(f"批语：{written}", "其他：无")
    got = unknown(p, spec(type_))
    assert (got.name, got.why, got.blank) == ("意见", why, blank)
    own = "批语" in got.place.quote or got.place.quote == written.replace(PICTURE, "")
    assert own or not blank, "an empty field is shown"
    if why is Doubt.NOT_STATED and not blank:
        assert got.place == p.top()


@pytest.mark.parametrize(
    ("written", "blank"), [("孙强", False), ("", True), ("2025年3月5日", True), ("拒绝签名", True)]
)
def test_a_name_at_a_label_like_that_of_a_signature_is_no_empty_field(written, blank):
    """Nobody knows that it is the signature, and nobody may say that its field is empty."""
    row = page_of(f"现场检查笔录\n{BODY}\n检查人员签名处 | {written}\n其他 | 无")
    p = paper(row)
    got = unknown(p, spec("签名", labels=Labels(("检查人员签名",))))
    assert got.blank is blank


def test_the_first_of_two_empty_fields_is_shown():
    """And no field that is filled with something else."""
    p = of("批语：某甲", "批语：", "批语：")
    got = unknown(p, spec("日期"))
    assert got.blank and got.place.box[1] == 110


def seal(top: float) -> tuple[Picture, ...]:
    """A red seal at this height."""
    return (Picture((100, top, 220, top + 120), 0.3),)


def test_an_empty_field_under_a_seal():
    """On a scan what the seal hides is not missing; a seal elsewhere hides nothing."""
    made = [of("批语：", ocr=True, pictures=seal(top)) for top in (60, 600)]
    assert [unknown(p, spec()).why for p in made] == [Doubt.SEALED, Doubt.NOT_STATED]


@pytest.mark.parametrize(
    ("bottom", "hidden"), [(388.0, False), (387.5, False), (388.5, True), (400.0, True)]
)
def test_how_near_a_seal_is_at_a_line(bottom, hidden):
    """Within twelve points above it."""
    p = of(ocr=True, pictures=seal(400))
    assert covered(p, Place("甲.pdf", 1, (300, bottom - 12, 400, bottom))) is hidden


def test_what_is_said_in_a_sentence_is_a_candidate():
    """It is shown to a person."""
    given = spec(clues=("进货台账",))
    got = unknown(of(), given)
    assert got.why is Doubt.CANDIDATE and BODY in got.place.quote


FOOT = Step("落款日期")


@pytest.mark.parametrize(
    ("steps", "ocr", "why", "quote"),
    [
        ((FOOT,), (False, False), Doubt.NOT_STATED, "某局"),
        ((FOOT,), (False, True), Doubt.SEALED, "某局"),
        ((FOOT,), (True, False), Doubt.NOT_STATED, "某局"),
        ((), (False, False), Doubt.NOT_STATED, "行政处罚决定书"),
        ((), (False, True), Doubt.NOT_STATED, "行政处罚决定书"),
    ],
)
def test_what_stands_at_the_foot_is_looked_for_there(steps, ocr, why, quote):
    """On a recognised last page a seal may hide it, seen or not; another page says nothing."""
    p = paper(page(1, "行政处罚决定书", BODY, ocr=ocr[0]), page(2, BODY, "某局", ocr=ocr[1]))
    got = unknown(p, spec("日期", *steps))
    assert (got.why, got.place.quote, got.blank) == (why, quote, False)


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ([page(1, "甲" * (TOO_SHORT - 1), ocr=True)], Doubt.NOT_STATED),
        ([page(1, "甲" * (TOO_SHORT - 2), ocr=True)], Doubt.TOO_SHORT),
        ([page(1, "甲" * (TOO_SHORT - 2))], Doubt.NOT_STATED),
        ([page(1, "甲" * (TOO_SHORT - 2), pictures=seal(400))], Doubt.TOO_SHORT),
        ([page(1, BODY, ocr=True, confidence=SURE_PAGE)], Doubt.NOT_STATED),
        ([page(1, BODY, ocr=True, confidence=SURE_PAGE - 0.01)], Doubt.RECOGNISED),
        ([page(1, BODY, confidence=0.5)], Doubt.NOT_STATED),
        ([page(1, BODY, ocr=True), page(2, BODY, ocr=True, confidence=0.5)], Doubt.RECOGNISED),
        ([page(1, BODY, ocr=True), page(2, BODY, confidence=0.5)], Doubt.NOT_STATED),
    ],
)
def test_what_silence_means(pages, why):
    """Short papers that may hold more, and pages that were hardly recognised, prove nothing. The
    end of a line counts as a character.
    """
    got = unknown(paper(*pages), spec())
    assert got.why is why and got.missing is (why is Doubt.NOT_STATED)


def test_the_last_look():
    """What nobody understood may be it, unless the field itself is empty or its answer is open."""
    strange, plain = of("涉案行为：未按规定保存进货台账"), of()
    wanted = spec("记载")
    missing = unknown(strange, wanted)
    assert missing.why is Doubt.NOT_STATED
    found = looked(strange, wanted, missing)
    assert (found.why, found.name) == (Doubt.CANDIDATE, "意见") and "台账" in found.place.quote
    assert looked(plain, wanted, missing) is missing
    for other in (
        Unknown("意见", Doubt.NOT_STATED, blank=True),
        Unknown("意见", Doubt.SEALED, blank=True),
        Unknown("意见", Doubt.RECOGNISED),
    ):
        assert looked(strange, wanted, other) is other
