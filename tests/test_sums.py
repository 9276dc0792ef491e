"""What a decision says of its sums and its days, in whatever form."""

from __future__ import annotations

import pytest

from casereview.facts.foot import acknowledged_on
from casereview.facts.sums import fine, unequal_sums


@pytest.mark.parametrize(
    ("said", "differ"),
    [
        ("罚款人民币1,200.00元，大写为壹仟贰佰伍拾元整", True),
        ("罚款1200元（大写：人民币壹仟贰佰元整）", False),
        ("罚款壹佰贰拾元整（￥150.00）", True),
        ("罚款500元，没收违法所得壹佰元整", False),
    ],
)
def test_a_sum_in_capitals_and_in_figures(paper_of, said, differ):
    """Whatever little words stand between; two sums for two things are none."""
    p = paper_of("处罚决定书", "处罚决定书", f"决定给予如下处罚：{said}。")
    assert (unequal_sums(p) is not None) is differ


def test_a_form_only_ticks_its_penalty(paper_of):
    """No phrase of deciding stands before it."""
    lines = ("当场处罚决定书", "处罚种类及金额", "□警告 ☑罚款：人民币伍拾元整（￥50.00）")
    end = "对本处罚决定不服的，可以自收到本决定书之日起六十日内申请行政复议；对复议决定不服的起诉。"
    assert fine(paper_of("当场处罚决定书", *lines, end)).value == "50"


def test_a_paper_says_below_its_day_that_it_was_received(paper_of):
    """The day of the receipt, not of the paper; 自收到之日 is none."""
    foot = ("某县城管局", "2024年1月16日", "以上告知内容已知悉并收到文书，李明，2024年1月17日")
    p = paper_of("事先告知书", "告知书", "可以自收到本告知书之日起五日内陈述。", *foot)
    assert acknowledged_on(p).value == "2024-01-17"
    q = paper_of(
        "事先告知书", "告知书", "某县城管局", "2024年1月16日", "收到本告知书之日起至2024年2月1日"
    )
    assert acknowledged_on(q) is None
