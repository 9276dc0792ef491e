"""Boxes for opinions: what signs them, and the two nets before anything is called lacking."""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.approvals import leader_approval
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary
from casereview.settings import rules_folder

VOCABULARY = Vocabulary.load(rules_folder() / "文书")


def box(*rows: str):
    """The head's box of a filing form with these rows."""
    page = page_of(
        "立案审批表\n案由 | 擅自占道\n承办人意见 | 建议立案。／甲 乙\n" + "\n".join(rows)
    )
    document = Document("立案审批表", "甲.docx", 1, 1, "立案审批表")
    return leader_approval(Paper(document, RunningText("甲.docx", [page]), VOCABULARY))


@pytest.mark.parametrize(
    "row",
    [
        "负责人审批意见 | 同意立案。／孙春燕／2023年3月16日",
        "负责人审批意见 | 同意立案。／孙春燕 2023年3月16日",
        "负责人审批意见 | 同意立案。／签名：孙春燕　日期：2023年3月16日",
    ],
)
def test_a_name_signs_wherever_it_stands_in_the_box(row):
    """On a line of its own, beside its day, or behind a word that asks for it."""
    assert box(row).lacks() == []


def test_a_signature_in_a_row_of_its_own_is_no_lack():
    """What the narrow reader misses but stands beside or below the box is a doubt."""
    got = box("负责人审批意见 | 同意立案。", "签字 | 孙春燕", "日期 | 2023年3月16日")
    assert set(got.lacks()) == {"签名", "日期"}
    assert all(got.maybe(word) for word in got.lacks())


def test_an_empty_box_lacks_what_it_lacks():
    """An opinion with nothing near it that may be a signature or a day is unsigned."""
    got = box("负责人审批意见 | 同意立案。", "备注 | ")
    assert set(got.lacks()) == {"签名", "日期"}
    assert not any(got.maybe(word) for word in got.lacks())
