"""The wide net of a fact: what may state it, and what something else explains (promise 11)."""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.chinese import id_check
from casereview.facts.doubt import Doubt, looked, unknown
from casereview.facts.readers import specs_of
from casereview.facts.signing import party_places, signing_places
from casereview.facts.strangers import lone_names, strange_signature
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")
FIRM = next(n for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if id_check(n := f"91330000MA27X3KD4{c}"))


def paper_of(kind, text):
    """A one-page paper of a kind."""
    document = Document(kind, "甲.docx", 1, 1, kind)
    return Paper(document, RunningText("甲.docx", [page_of(text)]), VOCABULARY)


def why(paper, name):
    """Why a fact is not known, after the last look."""
    spec = specs_of(paper)[name]
    return looked(paper, spec, unknown(paper, spec)).why


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("讨论地址：云湖市柳堤路16号机关会议室", Doubt.NOT_STATED),
        ("会议主持人：孙春燕", Doubt.NOT_STATED),
        ("会议时间：2025年3月4日", Doubt.NOT_STATED),
        ("大家商量后的决定是照此办理", Doubt.CANDIDATE),
    ],
)
def test_a_field_that_says_something_else_is_no_candidate(row, reason):
    """A place, a person and a day are no conclusion of a discussion; a sentence may be."""
    paper = paper_of("集体讨论笔录", f"集体讨论笔录\n{row}\n孙春燕：材料看过了。\n李明：看过了。")
    assert why(paper, "讨论结论") is reason


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("缴款方式：银行缴纳，账号 6222021234567890", Doubt.NOT_STATED),
        (f"主体登记号：{FIRM}", Doubt.NOT_STATED),
        ("本决定编号一栏未填", Doubt.NOT_STATED),
        ("第 20250017 号", Doubt.CANDIDATE),
    ],
)
def test_a_number_of_something_else_is_no_number_of_the_paper(row, reason):
    """Numbers of accounts and firms, and words without any number."""
    paper = paper_of("当场处罚决定书", f"当场处罚决定书\n当事人：孙强\n{row}\n罚款伍拾元。")
    assert why(paper, "编号") is reason


def test_an_empty_field_under_a_strange_label_is_empty():
    """The words of the label are no record of the day; a day beside it may be the day."""
    head = "送达回证\n受送达单位或个人 | 云湖面馆\n文书标题和文号 | 处罚决定书\n"
    empty = paper_of("送达回证", head + "受送达日期 | \n送达人姓名 | 孙强 李明")
    assert why(empty, "送达日期") is Doubt.NOT_STATED
    drawn = paper_of("送达回证", head + "受送达日期 | 【签】\n送达人姓名 | 孙强 李明")
    assert why(drawn, "送达日期") is Doubt.HANDWRITTEN


@pytest.mark.parametrize(
    ("caption", "reason"),
    [
        ("照片内容：检查现场全景", Doubt.NOT_STATED),
        ("照片内容：云湖面馆后厨东侧门口", Doubt.CANDIDATE),
    ],
)
def test_where_a_photo_was_taken_is_a_place(caption, reason):
    """现场全景 names no place."""
    paper = paper_of("现场照片", f"现场照片\n{caption}\n拍摄时间：2025年3月4日\n拍摄人：孙强")
    assert why(paper, "拍摄地点") is reason


def test_remarks_and_gaps_inside_the_label_of_a_signature():
    """被检查（勘验）人（签名）： is the place of the party; an answer in a talk signs nothing."""
    text = "现场检查笔录\n情况：现场整洁。\n被检查（勘验）人（签名或盖章）：　2025年3月4日\n"
    paper = paper_of("现场检查笔录", text)
    [place] = signing_places(paper, ("被检查人",))
    assert not place.signed and place.date is not None
    talk = paper_of("询问笔录", "询问笔录\n问答\n被调查人：我明白。\n被调查人签名：\n2025年3月4日")
    assert not any(s.signed for s in party_places(talk))


def test_the_end_of_a_sentence_is_no_name():
    """元整（￥100）。 on a line of its own is a sum that was broken."""
    paper = paper_of("当场处罚决定书", "当场处罚决定书\n处以罚款壹佰\n元整（￥100）。\n本决定")
    assert lone_names(paper) is None


@pytest.mark.parametrize(
    ("row", "may_be"),
    [("领件同志 | 孙强", True), ("记录同志 | 孙强", False), ("领件同志 | ", False)],
)
def test_somebody_may_have_signed_at_a_strange_label(row, may_be):
    """Only who gets something signs for it."""
    paper = paper_of("送达回证", f"送达回证\n受送达人 | 云湖面馆\n{row}")
    assert (strange_signature(paper) is not None) is may_be
