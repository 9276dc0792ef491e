"""A fault is called by what is wrong and never by the norm; who gets the paper finds the place;
what the program itself doubts is in no accusation.
"""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from test_edition import edit, folder, loaded, moved
from test_reports import OFFICE, stored, words

from casereview.errors import RulesRefused
from casereview.model import FAIL, Place, SourceFile
from casereview.reading.word import read_docx
from casereview.record.edition import EditionItem, fault_name
from casereview.record.spots import spot_of
from casereview.reports.gather import campaign_view, case_view
from casereview.reports.view import CampaignView
from casereview.reports.word.papers import papers
from casereview.reports.words import place_line, proved, without_files
from casereview.rounds.history import History
from casereview.rules.checklist import LONGEST
from casereview.rules.kinds.kind import Kind
from casereview.rules.kinds.several import Several, _joined
from casereview.rules.rulebook import available, load_rules
from casereview.rules.verdicts import fail
from casereview.settings import rules_folder

__all__ = ["folder"]
SHIPPED = [*available(), *sorted((rules_folder() / "增项").glob("*.yaml"))]


def parts_of(kind: Kind):
    """Every name that a part of an item carries."""
    for part in kind.parts if isinstance(kind, Several) else ():
        if part.fault:
            yield part.fault
        yield from parts_of(part.kind)


@pytest.mark.parametrize("path", SHIPPED, ids=[p.stem for p in SHIPPED])
def test_every_item_names_its_fault(path):
    """Each item has one, short, not its norm; within a checklist no two items share one, neither of
    the whole nor of a part.
    """
    checks = load_rules(str(path)).checklist.checks
    norms = {c.name for c in checks}
    used = defaultdict(set)
    for c in checks:
        for name in (c.fault, *parts_of(c.kind)):
            assert name and len(name) <= LONGEST and name not in norms, (c.id, name)
            assert "待核实" not in name
            used[name].add(c.id)
    assert not {name: ids for name, ids in used.items() if len(ids) > 1}


def test_the_name_of_a_fault_moves_no_rule(folder):
    """Neither that of an item nor that of a part: no round calls it 规则已变."""
    path = folder / "行政处罚-普通程序.yaml"
    before = loaded()
    edit(path, "问题: 告知晚于决定\n", "问题: 先决定后告知\n")
    edit(path, "问题: 决定前未送达告知书", "问题: 告知书未先送达")
    after = loaded()
    assert moved(before, after) == (set(), set())
    assert after.by_id["notice.before-decision"].fault == "先决定后告知"
    edit(path, "不得同日: true", "不得同日: false")
    assert moved(after, loaded())[0] == {"notice.before-decision"}


@pytest.mark.parametrize(
    ("said", "word"), [("先告知后决定", "不能与名称相同"), ("告" * (LONGEST + 1), "最多")]
)
def test_a_bad_name_is_refused(said, word, folder):
    """With file and line, before anything is judged."""
    edit(folder / "行政处罚-普通程序.yaml", "问题: 告知晚于决定\n", f"问题: {said}\n")
    with pytest.raises(RulesRefused, match=word):
        loaded()


def test_the_part_that_failed_gives_its_name():
    """One part: its own; several: that of the item."""
    one, two = (replace(fail("甲", []), fault=name) for name in ("卷内无清单", "清单签名不全"))
    assert _joined([one], None).fault == "卷内无清单"
    assert _joined([one, two], None).fault == ""
    assert _joined([one, fail("乙", [])], None).fault == ""


def test_what_names_no_fault_is_still_no_praise():
    """A bureau's own item without a name is told as a norm that was not met."""
    item = EditionItem(
        **dict.fromkeys(("id", "stage", "system", "points", "kind", "rule"), ""),
        **dict.fromkeys(("veto", "curable"), False),
        name="先告知后决定",
    )
    assert fault_name(item, "x") == "不符合“先告知后决定”"
    assert fault_name(replace(item, fault="告知晚于决定"), "x") == "告知晚于决定"
    assert fault_name(item, "x", "告知书送达晚于决定") == "告知书送达晚于决定"


@pytest.fixture(scope="module")
def seen(sample_results, rules, tmp_path_factory):
    """A run of the samples as it goes out, and its history."""
    path = tmp_path_factory.mktemp("问题") / "a.db"
    results = [doubtful(r) for r in sample_results.values()]
    history = History(stored(path, results, rules).store)
    return history, campaign_view(history, 1, final=True)


def doubtful(r):
    """A result whose faults rest on something that nobody verified."""
    said = "，超过7个工作日（国办发〔2018〕118号，待核实）"
    rows = (replace(f, message=f.message + said) if f.status == FAIL else f for f in r.findings)
    return replace(r, findings=tuple(rows))


def test_papers_accuse_by_the_fault(seen):
    """Every fault is named so in the paper of its case and unit, with article and place; grave ones
    in the papers on them; the norm is told of nowhere as a fault.
    """
    _, c = seen
    texts = {name: words(name, data) for name, data in papers(c, OFFICE)}
    for u in c.units:
        own = {name: text for name, text in texts.items() if f"/{u.name}/" in name}
        everything = "".join(own.values())
        for told in u.faults:
            assert told.row.fault != told.row.name
            assert told.row.told in everything and told.row.articles in everything
        grave = [r for x in u.cases for r in x.grave]
        for kind in ("整改通知书", "行政执法监督意见书") if grave else ():
            text = next(t for name, t in own.items() if kind in name)
            assert all(f"{r.fault}。{r.message}。" in text for r in grave)
            assert all(r.articles in text for r in grave)
            assert not any(f"：{r.name}" in text for r in grave)
    bulletin = next(text for name, text in texts.items() if "通报" in name)
    assert c.faults and all(f.name in bulletin for f in c.faults[:3])
    assert f"“{c.faults[0].item}”" not in bulletin


def test_nothing_that_goes_out_is_doubted_by_the_program(seen):
    """待核实 stands in no accusation of any paper, and inside it stays."""
    history, c = seen
    assert not [r for x in c.cases for r in x.faults if "待核实" in r.told]
    for name, data in papers(c, OFFICE, ("整改清单", "整改通知书", "行政执法监督意见书")):
        assert "待核实" not in words(name, data)
    inside = case_view(history, next(r for r in history.results(1) if r.vetoed))
    assert any("待核实" in r.message for r in inside.faults)


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("超过7个工作日（国办发〔2018〕118号，待核实）", "超过7个工作日"),
        ("超过60日（民事诉讼法92（2012），待核实），没有公告", "超过60日，没有公告"),
        ("没有告知（达到条件：5 万元（本地标准，待核实））", "没有告知（达到条件：5 万元）"),
        ("超过7个工作日（行政处罚法85）", "超过7个工作日（行政处罚法85）"),
        ("标准待核实", "标准"),
    ],
)
def test_what_is_not_verified_is_left_out(said, want):
    """With the brackets it stands in; what is verified stays."""
    assert proved(said) == want


def paper() -> SourceFile:
    """A Word file: two paragraphs, an empty one, a line broken in two, two tables."""
    d = docx.Document()
    for text in ("立案审批表", "第一段文字", "", "甲行\n乙行", "其后一段"):
        d.add_paragraph(text)
    for name in ("承办人", "负责人"):
        table = d.add_table(rows=2, cols=2)
        for row, label in zip(table.rows, (name, "日期"), strict=True):
            row.cells[0].text, row.cells[1].text = label, f"{name}之{label}"
    out = io.BytesIO()
    d.save(out)
    return SourceFile("立案.docx", "", 0, "docx", pages=read_docx(out.getvalue()))


@pytest.mark.parametrize(
    ("quote", "spot"),
    [
        ("立案审批表", "第1段"),
        ("第 一段", "第2段"),
        ("乙行", "第3段"),
        ("其后一段", "第4段"),
        ("承办人之承办人", "第1个表格第1行"),
        ("负责人之日期", "第2个表格第2行"),
        ("日期负责人之日期", "第2个表格第2行"),
        ("日期", ""),
        ("没有这句", ""),
    ],
)
def test_a_place_in_word_is_a_paragraph_or_a_row(quote, spot):
    """As a person counts; what stands at several places is not sent to one of them."""
    place = Place("立案.docx", 1, None, quote)
    assert spot_of(paper(), place) == spot
    assert place_line(replace(place, spot=spot)) == f"立案.docx {spot}".strip()


def test_no_page_is_named_where_there_are_none(seen):
    """Nobody is sent to page 1 of a Word file; a PDF keeps its page."""
    _, c = seen
    places = {p for x in c.cases for r in x.rows for p in r.places}
    word = {p for p in places if ".docx" in p}
    assert word and not any("页" in p.rpartition(".docx")[2] for p in word)
    assert any("段" in p or "个表格第" in p for p in word)
    assert any(p.endswith("页") for p in places if ".pdf" in p)
    messages = [r.message for x in c.cases for r in x.rows]
    assert not any(a.endswith(".docx") and b[:2] == " 第" for m in messages for a, b in cut(m))


def cut(text: str):
    """A text before and after each name of a Word file."""
    pieces = text.split(".docx")
    return [(a + ".docx", b) for a, b in pairwise(pieces)]


def test_a_fault_over_the_campaign_is_called_by_what_all_share(seen):
    """Cases that fail different parts of an item are counted under the name of the item."""
    _, c = seen
    assert isinstance(c, CampaignView)
    for f in c.faults:
        own = {r.fault for x in c.cases for r in x.faults if r.check == f.check}
        sort = next(r.sort for x in c.cases for r in x.faults if r.check == f.check)
        assert f.name == (own.pop() if len(own) == 1 else sort) != f.item


def test_the_names_of_files_stay_with_who_holds_them():
    """Of a bulletin they leave; other remarks in brackets stay."""
    said = "审批表（20 结案.docx）缺意见，决定书（12 决定（正本）.pdf 第1-2页）早于（2025.3）"
    assert without_files(said) == "审批表缺意见，决定书早于（2025.3）"
