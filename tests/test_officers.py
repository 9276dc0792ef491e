"""Officers and their numbers, in the ways in which records name them."""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.officers import officers, same_number
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder


@pytest.mark.parametrize(
    "lines",
    [
        ("我们是应急局行政执法人员孙强、周敏，证件号码为400612-208、400612-221。",),
        ("检查人员：孙强（云A农执16-021）、周敏（云A农执16-034）",),
        ("检查人员：孙强、周敏 执法证号：28950220103、28950220126 记录人：周敏",),
        ("检查人：孙强、周敏 执法证号：2894-0701、2894-0716 记录人：周敏",),
        ("勘验人：孙强（执法证号：云城执0427）、周敏（执法证号：云城执0433） 记",),
        ("执法人员签名：孙强（执法证号17040200311） 周敏（执法证号17040200327）",),
        ("复查人员：孙强 周敏（证号16170625019、16170625014）",),
        ("执法人员：孙强 周敏", "我们是执法人员孙强、周敏，证件号400612208、400612221。"),
    ],
)
def test_two_officers_with_a_number_each(paper_of, lines):
    """In a sentence, in brackets behind the name, or where they sign."""
    who = officers(paper_of("现场检查笔录", "现场检查笔录", *lines))
    assert [o.name for o in who] == ["孙强", "周敏"]
    assert all(o.number for o in who)
    assert len({o.number for o in who}) == 2


@pytest.mark.parametrize(
    ("kind", "recorder", "names"),
    [
        ("询问笔录", "记录人：周敏", ["孙强", "周敏"]),
        ("询问笔录", "记录人：孙强", ["孙强"]),
        ("现场检查笔录", "记录人：周敏", ["孙强"]),
        ("现场检查笔录", "记录人：周敏（执法证号：400612221）", ["孙强", "周敏"]),
    ],
)
def test_who_writes_an_interview_is_the_second_officer(paper_of, kind, recorder, names):
    """One asks and one writes; elsewhere the recorder is an officer where his number is told."""
    p = paper_of(kind, kind, "询问人：孙强", recorder, "问：姓名？", "答：李明。")
    assert [o.name for o in officers(p)] == names


def test_days_are_no_certificates(paper_of):
    """A bracket behind a name may hold anything."""
    p = paper_of("现场检查笔录", "现场检查笔录", "检查人员：孙强（2024-05）、周敏（2025-03）")
    assert {(o.name, o.number) for o in officers(p)} == {("孙强", ""), ("周敏", "")}


def test_numbers_follow_names_in_order(paper_of):
    """The first number of two is the first officer's, whoever stands next to it."""
    line = "检查人员：孙强、周敏 执法证号：28950220103、28950220126"
    who = officers(paper_of("现场检查笔录", "现场检查笔录", line))
    assert {o.name: o.number for o in who} == {"孙强": "28950220103", "周敏": "28950220126"}


def test_a_number_with_its_letters_or_without_is_one():
    """What stands before the figures may be left out."""
    assert same_number("云城执0427", "0427")
    assert not same_number("云城执0427", "云城执0433")


def test_words_beside_a_number_are_no_second_officer(paper_of):
    """A telephone is none, nor a name with a letter of the word before it."""
    lines = (
        "我们是应急局的工作人员，监督电话0793-5327482，请监督。",
        "检查人员：孙小明 执法证号：493932211",
        "本次检查由执法员孙小明（执法证号493932211）实施。",
    )
    who = officers(paper_of("现场检查笔录", "现场检查笔录", *lines))
    assert [(o.name, o.number) for o in who] == [("孙小明", "493932211")]


def test_an_assistant_in_the_field_of_officers_is_none(paper_of):
    """A remark behind the name says that he may not enforce."""
    line = "检查人员：孙强（执法证号400612208）、周敏（消防文员）"
    who = officers(paper_of("现场检查笔录", "现场检查笔录", line))
    assert [o.name for o in who] == ["孙强"]


def test_names_with_numbers_stand_below_a_label_that_asks_for_both(paper_of):
    """The label ends its line, behind a sentence of the form."""
    lines = (
        "执法人员已出示执法证件。执法人员（签名）及执法证号：",
        "孙强（15080400117） 周敏（15080400123）",
        "当事人签收：甲某",
    )
    who = officers(paper_of("当场处罚决定书", "当场行政处罚决定书", *lines))
    assert [(o.name, o.number) for o in who] == [("孙强", "15080400117"), ("周敏", "15080400123")]


@pytest.mark.parametrize(
    "line",
    [
        "我们是应急局行政执法人员孙强、周敏，证件号码为冀C0930018、冀C0930025，这是我们的证件。",
        "检查人员：孙强、周敏　执法证号：冀C0930018、冀C0930025",
    ],
)
def test_a_number_may_begin_with_the_province(paper_of, line):
    """Letters behind the province part no number from the officer whose it is."""
    who = officers(paper_of("现场检查笔录", "现场检查笔录", line))
    assert {o.name: o.number[-7:] for o in who} == {"孙强": "0930018", "周敏": "0930025"}


def test_a_label_may_span_the_rows_of_officers():
    """The second row has no label of its own for the name that it holds."""
    page = page_of(
        "现场检查笔录\n执法人员 | 孙强 | 执法证号 | 甘27620431008 | 记录人 | 周敏\n"
        "周敏 | 执法证号 | 27620431015"
    )
    document = Document("现场检查笔录", "甲.docx", 1, 1, "现场检查笔录")
    vocabulary = Vocabulary.load(rules_folder() / "文书")
    who = officers(Paper(document, RunningText("甲.docx", [page]), vocabulary))
    assert {o.name: o.number for o in who} == {"孙强": "甘27620431008", "周敏": "27620431015"}


def test_the_province_before_a_number_ends_no_name(paper_of):
    """Both names would end in the same character of a province."""
    line = "勘验（检查）人及执法证号：吴秋月闽1359020123、黄志坚闽1359020136 记录人：黄志坚"
    who = officers(paper_of("现场检查笔录", "现场检查笔录", line))
    assert [(o.name, o.number) for o in who] == [
        ("吴秋月", "闽1359020123"),
        ("黄志坚", "闽1359020136"),
    ]


def test_the_end_of_a_word_for_officers_begins_no_name(paper_of):
    """监督人员 and a name without a gap between."""
    line = "卫生监督人员 普文华（执法证号：25080112047）、陶丽琼（执法证号：25080112052）出示证件。"
    who = officers(paper_of("现场检查笔录", "现场笔录", line))
    assert [o.name for o in who] == ["普文华", "陶丽琼"]
