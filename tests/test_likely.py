"""The learned second reader: what no rule reads is read by likeness where it is sure, shown where
it may be, and accuses nobody.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.authoring.fixtures import page_of
from casereview.chinese import find_dates
from casereview.facts.casefile import assemble
from casereview.facts.doubt import Doubt, unknown
from casereview.facts.likely import (
    TABLE,
    Learned,
    contested,
    features,
    learned_of,
    likely_hit,
    most_likely,
    read_by_likeness,
    read_table,
    write_table,
)
from casereview.facts.mentions import TYPES, mentions, parts_of
from casereview.facts.readers import read_facts, registry_of, specs_of
from casereview.judging.gate import held
from casereview.model import (
    FAIL,
    INFERRED,
    LEARNED,
    REVIEW,
    Document,
    Fact,
    Place,
    SourceFile,
    UnitPapers,
    Verdict,
)
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.reading.intake import CaseRef
from casereview.settings import rules_folder

FOLDER = rules_folder() / "文书"
VOCABULARY = Vocabulary.load(FOLDER)
STRANGE = """柳溪县林业局
文书交付凭单
所交文书：行政处罚决定书 柳林罚决〔2025〕7号
收件一方：青禾木业有限公司
交付途径：直接送达
交付处所：柳溪县松涛路8号
交付日期：2025年3月6日
交付人员：周宁、韩立平
备考：无"""


def paper(kind, text, **more):
    """A one-page paper of a kind."""
    page = replace(page_of(text), **more)
    document = Document(kind, "甲.docx", 1, 1, kind)
    return Paper(document, RunningText("甲.docx", [page]), VOCABULARY)


def spec(kind, name):
    """A registered fact."""
    return registry_of(VOCABULARY).of(kind)[name]


def test_strange_labels_are_read_by_likeness():
    """A receipt whose labels no list knows tells its day, its way and who served it."""
    facts = read_facts(paper("送达回证", STRANGE))
    assert facts["送达日期"].value == "2025-03-06"
    assert facts["送达方式"].value == "直接送达"
    assert facts["送达人"].value == ["周宁", "韩立平"]
    learned = [f for f in facts.values() if f.origin == LEARNED]
    assert learned, "the test needs a label that the rules do not know"
    for fact in learned:
        assert fact.confidence < 0.9
        assert fact.place.file == "甲.docx"
        assert fact.place.quote


def test_the_same_paper_gives_the_same_answer():
    """Whole numbers, in one order: nothing depends on the run."""
    first, second = (read_facts(paper("送达回证", STRANGE)) for _ in range(2))
    assert first == second


def test_a_recognised_page_only_shows_a_candidate():
    """What a scan seems to say at a strange label is shown to a person."""
    scanned = paper("送达回证", STRANGE, ocr=True, confidence=0.97)
    way = spec("送达回证", "送达方式")
    assert read_by_likeness(scanned, way) is None
    assert most_likely(scanned, way).mention.value == "直接送达"
    assert likely_hit(scanned, way).quote == "直接送达"


def test_what_the_unit_said_it_is_not_is_not_read():
    """A label that the house told to be something else gives no value."""
    way = spec("送达回证", "送达方式")
    assert read_by_likeness(paper("送达回证", STRANGE), way) is not None
    told = replace(way, never=("交付途径",))
    assert read_by_likeness(paper("送达回证", STRANGE), told) is None


def test_an_unsure_value_is_no_fact_and_not_missing(monkeypatch):
    """Below the mark of surety a value is a passage to look at (promise 11)."""
    form = paper("公示记录", "网上公开登记\n单位：青禾木业有限公司\n上线：2025年3月6日\n经办：周宁")
    day = spec("公示记录", "公示日期")
    surer = {
        at: replace(one, sure=10_000, base=200 if at[1] == day.name else -10_000)
        for at, one in learned_of(FOLDER).items()
    }
    monkeypatch.setattr("casereview.facts.likely.learned_of", lambda folder: surer)
    assert read_by_likeness(form, day) is None
    assert likely_hit(form, day).quote == "2025年3月6日"
    assert unknown(form, day).why is Doubt.CANDIDATE
    assert likely_hit(form, spec("公示记录", "文号")) is None


def test_a_fact_that_was_not_learned_is_left_to_the_rules():
    """Nothing is read of a kind or a fact that no table names."""
    other = paper("卷内目录", STRANGE)
    for name, one in specs_of(other).items():
        assert ("卷内目录", name) not in learned_of(FOLDER)
        assert read_by_likeness(other, one) is None


def case_with(text):
    """A case of one receipt."""
    source = SourceFile("送达回证.docx", "送达回证.docx", 1, "docx", pages=(page_of(text),))
    ref = CaseRef("案", "某局", FOLDER)
    return assemble(ref, [source], VOCABULARY, UnitPapers())


def test_what_was_read_by_likeness_accuses_nobody():
    """A fail that rests on such a value is for a person; one that rests on another is not."""
    case = case_with(STRANGE.replace("文书交付凭单", "送达回证"))
    receipt = case.one("送达回证")
    learned = next(f for f in case.facts_of(receipt).values() if f.origin == LEARNED)
    verdict = held(Verdict(FAIL, "逾期送达", (learned.place,)), case)
    assert verdict.status == REVIEW
    assert "相近的样式" in verdict.message
    title = Place(learned.place.file, 1, None, "送达回证")
    assert held(Verdict(FAIL, "没有签名", (title,)), case).status == FAIL


def test_the_table_names_registered_facts_and_is_small():
    """What was learned is of facts that there are, in whole numbers, and loads quickly."""
    table = FOLDER / TABLE
    assert table.stat().st_size < 1_500_000
    every = read_table(table.read_text("utf-8"))
    assert every
    registry = registry_of(VOCABULARY)
    for learned in every:
        assert learned.type in TYPES
        assert learned.sure > 0
        assert all(registry.get(f"{kind}.{learned.name}") for kind in learned.kinds)


WEIGHTS = st.dictionaries(st.text('甲乙Lb1,"^$', min_size=1, max_size=4), st.integers(-900, 900))


@given(WEIGHTS, st.integers(-500, 500), st.integers(1, 900))
def test_a_table_is_read_as_it_was_written(weights, base, sure):
    """Features with commas and quotation marks included."""
    one = Learned(("送达回证", "公告"), "送达日期", "日期", base, sure, weights)
    assert read_table(write_table([one, one])) == [one, one]


@pytest.mark.parametrize("type_", TYPES)
def test_every_mention_stands_where_it_says(type_):
    """The place of a mention is inside its part, and a day is written there."""
    form = paper("送达回证", STRANGE)
    text = form.running_text.without_spaces
    for mention in mentions(form, type_):
        assert 0 <= mention.part.start <= mention.start < mention.end <= len(text)
        if type_ == "日期":
            found = next(find_dates(text[mention.start : mention.end]))
            assert found[0].isoformat() == mention.value
    assert len(features(form, type_)) == len(mentions(form, type_))


def test_parts_stand_under_their_labels():
    """A cell below a label, what follows a colon, what a gap parts from its label."""
    form = paper(
        "送达回证", "送达回证\n接收一方\n青禾木业有限公司\n途径：直接送达\n何时    2025年3月6日"
    )
    labels = {part.text: part.label for part in parts_of(form)}
    assert labels["青禾木业有限公司"] == "接收一方"
    assert labels["直接送达"] == "途径"
    assert labels["2025年3月6日"] == "何时"


MEETING = """集体讨论记录
案由：未按规定保存进货台账
研究时段：2025年6月9日15时至15时40分
研究地点：县农业农村局三楼会议室
参会领导：周宁、韩立平、孙强
经办人汇报：2025年3月6日检查时发现该店没有保存进货台账。
形成的决定：同意给予罚款三千元。"""


def test_a_day_that_surely_is_another_is_contested():
    """The day of the check in a report is not that of the meeting, whatever a rule read."""
    form = paper("集体讨论笔录", MEETING)
    day = spec("集体讨论笔录", "讨论日期")
    told = form.running_text.find("2025年3月6日")
    assert contested(form, day, Fact("2025-03-06", told.text, told.place)) == "2025-06-09"
    assert contested(form, day, Fact("2025-06-09", "2025年6月9日", told.place)) == ""
    assert contested(form, day, Fact("2025-03-06", told.text, told.place, origin=LEARNED)) == ""


def test_the_order_of_articles_accuses_nobody_where_papers_are_compared():
    """An article that no law has is none in any part; which part it plays is a guess."""
    text = "处罚决定书\n义务来自《某条例》第九条，责任来自《某条例》第三十条。"
    source = SourceFile("处罚决定书.docx", "处罚决定书.docx", 1, "docx", pages=(page_of(text),))
    case = assemble(CaseRef("案", "某局", FOLDER), [source], VOCABULARY, UnitPapers())
    decision = case.one("处罚决定书")
    basis = case.facts_of(decision)["处罚依据"]
    assert basis.origin == INFERRED
    top = decision.top()
    assert held(Verdict(FAIL, "与告知书不一致", (basis.place, top)), case).status == REVIEW
    assert held(Verdict(FAIL, "没有这一条", (basis.place,)), case).status == FAIL
