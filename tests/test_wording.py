"""Wordings as lawyers write them, and the two nets made of them."""

from __future__ import annotations

import pytest

from casereview.chinese.wording import hints_at, says, wording

REMEDY = "〈期限〉内…向〈机关〉【申请/提起】行政复议"


def test_a_line_read_in_order_gives_its_slots():
    """The narrow net finds value and place of every slot."""
    text = "如不服本决定，可以自收到之日起六十日内依法向云岭县人民政府申请行政复议。"
    hit = wording(REMEDY).find(text)
    assert hit is not None
    assert [text[a:b] for _, a, b in hit.slots] == ["六十日", "云岭县人民政府"]


def test_another_order_is_caught_by_the_wide_net_alone():
    """What is said in another order gives no value, but nobody may call it missing."""
    text = "你单位有权申请行政复议（复议机关为云岭县人民政府），期间为收到本决定后60日。"
    assert wording(REMEDY).find(text) is None
    assert wording(REMEDY).near(text) is not None


def test_words_of_two_sentences_do_not_make_one():
    """The wide net asks for one sentence or cell, not for words strewn over the paper."""
    assert hints_at("限十五日内改正。\n当事人申请行政复议的权利见附件。", (REMEDY,)) is None


def test_a_heading_speaks_of_what_follows():
    """A short line and the line below it count as one."""
    assert hints_at("申请行政复议的期限\n自收到之日起60日。", (REMEDY,)) is not None


@pytest.mark.parametrize(
    ("line", "text", "there"),
    [
        ("陈述…申辩", "你有陈述、申辩的权利", True),
        ("陈述…申辩", "你有陈述的权利。申辩另行", False),
        ("〔依法〕缴纳/缴至", "请缴至指定银行", True),
        ("【陈述/申辩】权", "申辩\n权", True),
        ("罚款〈金额〉", "处罚款叁仟元整", True),
        ("（盖章）", "(盖章)", True),
    ],
)
def test_the_language(line, text, there):
    """Gaps stay within a sentence, brackets of both widths are one, line ends part no word."""
    assert (says(text, (line,)) is not None) is there


@pytest.mark.parametrize("line", ["〈天数〉内", "〔依法"])
def test_what_is_no_wording_is_refused(line):
    """A slot nobody knows or a bracket left open is a complaint, not a silent miss."""
    with pytest.raises(ValueError, match="〈天数〉|成对"):
        wording(line)
