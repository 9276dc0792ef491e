"""What nobody understood on a paper keeps everybody from calling a fact missing."""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.doubt import Doubt, looked, unknown
from casereview.facts.readers import specs_of
from casereview.facts.strangers import lone_names
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")
BODY = "经查，你单位未按规定保存进货台账，上述事实有现场检查笔录、照片等证据证实，事实清楚。"


def paper(kind: str, *rows: str) -> Paper:
    """A one-page paper of a kind."""
    page = page_of("\n".join([kind, BODY, *rows]))
    document = Document(kind, "甲.docx", 1, 1, kind)
    return Paper(document, RunningText("甲.docx", [page]), VOCABULARY)


def why(p: Paper, name: str) -> Doubt:
    """Why a fact is not known, after the last look."""
    spec = specs_of(p)[name]
    return looked(p, spec, unknown(p, spec)).why


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("案由", "涉案行为 | 未按规定保存进货台账", Doubt.CANDIDATE),
        ("案由", "案发乡镇 | 2025年3月5日", Doubt.NOT_STATED),
        ("案由", "填表同志 | 孙强", Doubt.NOT_STATED),
        ("案由", "涉案行为 | ", Doubt.NOT_STATED),
        ("案由", "承办人 | 孙强、李明", Doubt.NOT_STATED),
    ],
)
def test_a_field_that_no_list_knows_may_be_it(name, row, reason):
    """Where its value fits; an empty one, a day or a name is no cause of action, and a label that
    is known is another field.
    """
    assert why(paper("立案审批表", row), name) is reason


def test_an_empty_field_of_its_own_is_missing_whatever_else_there_is():
    """案由 printed and left empty stays missing beside a strange field."""
    p = paper("立案审批表", "案由 | ", "涉案行为 | 未按规定保存进货台账")
    assert why(p, "案由") is Doubt.NOT_STATED


def test_names_that_stand_alone_may_sign():
    """Names at the end, in no field and below no label, are a signature that nobody can place."""
    lines = ["核对无误。", "以上内容已经看过。", "孙强　李明　2025年3月5日"]
    assert lone_names(paper("现场检查笔录", *lines))
    assert lone_names(paper("现场检查笔录", *lines[:2], "检查人员：", lines[2])) is None
    assert lone_names(paper("现场检查笔录", *lines[:2], "沐川里城市管理局")) is None


def test_a_cover_under_another_name_is_not_called_missing():
    """A paper with a strange title that says half of what covers say may be the cover."""
    from casereview.papers.whole import may_be

    cover = VOCABULARY.kinds["卷宗封面"]
    rows = ["题名 | 擅自占道", "立案日期 | 2025年3月5日", "办理结果 | 罚款"]
    page = page_of("\n".join(["执法文件汇编", *rows]))
    document = Document("其他", "甲.docx", 1, 1, "执法文件汇编", confidence=0.4)
    assert may_be(Paper(document, RunningText("甲.docx", [page]), VOCABULARY), cover)
