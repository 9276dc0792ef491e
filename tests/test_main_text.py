"""The kinds of penalty in a decision, in the many words in which houses write them."""

from __future__ import annotations

import pytest
from test_registry import FOLDER, paper_of

from casereview.facts.doubt import Doubt, unknown
from casereview.facts.main_text import penalty_kinds
from casereview.facts.readers import read_facts, specs_of
from casereview.facts.sums import confiscated, unequal_sums

GAINS, GOODS, FINE = "没收违法所得", "没收非法财物", "罚款"
SAID = [
    ("没收违法经营所得壹仟元；罚款肆仟元", [GAINS, FINE], "1000"),
    ("没收非法经营收入1000元；罚款2000元", [GAINS, FINE], "1000"),
    ("没收当事人销售上述产品的违法获利800元", [GAINS], "800"),
    ("没收违法所获利润800元", [GAINS], "800"),
    ("没收其全部所得800元", [GAINS], "800"),
    ("没收违法销售货款800元", [GAINS], "800"),
    ("没收违法经营款800元，处罚款2000元", [GAINS, FINE], "800"),
    ("没收违法经营所得800元、违法经营的产品20件", [GAINS, GOODS], "800"),
    ("没收渔获物及违法所得", [GOODS, GAINS], None),
    ("没收违法所得，并处2000元罚款", [GAINS, FINE], None),
    ("没收违法经营的种子50公斤", [GOODS], None),
    ("没收侵权商品10件，违法所得无法计算，处罚款2000元", [GOODS, FINE], None),
    ("责令停止营业三十日", ["责令停产停业"], None),
    ("限制开展生产经营活动三个月", ["限制开展生产经营活动"], None),
    ("五年内不得从事食品生产经营管理工作", ["限制从业"], None),
    ("不予没收违法所得，罚款2000元", [FINE], None),
]


@pytest.mark.parametrize(("said", "kinds", "sum_"), SAID)
def test_a_penalty_is_known_by_what_is_taken_not_by_one_wording(said, kinds, sum_):
    """Gains called income, profit or money from sales are gains; goods beside them are goods."""
    paper = paper_of(
        FOLDER,
        "处罚决定书",
        "某县农业农村局行政处罚决定书",
        f"本机关决定对当事人作出如下处罚：{said}。",
        "当事人应自收到本决定书之日起十五日内缴至银行。如不服本决定，可申请行政复议。",
    )
    found, money = penalty_kinds(paper), confiscated(paper)
    assert set(found.value if found else ()) == set(kinds)
    assert (money.value if money else None) == sum_


@pytest.mark.parametrize(
    "said",
    [
        "依据《某条例》第九条，当场作出罚款捌拾元整（80元）的行政处罚。",
        "按照《某条例》第九条规定，经局务会研究，决定：1.罚款捌拾元整（80元）。",
        "据此，本机关依《某条例》第九条的规定给予某店罚款80元的处罚。",
    ],
)
def test_what_opens_a_decision_may_name_its_penalty(said):
    """The penalty is read where the words that open the decision are those of the penalty."""
    paper = paper_of(FOLDER, "处罚决定书", "某县水务局行政处罚决定书", "经查，某店擅自取水。", said)
    facts = read_facts(paper)
    assert facts["处罚种类"].value == [FINE]
    assert facts["罚款金额"].value == "80"
    assert facts["处罚依据"].value == "《某条例》第九条"


def test_the_wide_net_looks_beyond_a_main_text_without_penalty():
    """Where the main text as found holds no penalty, a fine elsewhere leaves the sum open."""
    paper = paper_of(FOLDER, "处罚决定书", "某县水务局行政处罚决定书", "处理意见是罚款80元。")
    assert unknown(paper, specs_of(paper)["罚款金额"]).why is not Doubt.NOT_STATED


def test_a_penalty_beside_an_order_opens_the_decision():
    """责令改正…，并处以：罚款 is a decision without a phrase of its own."""
    said = "现依据《某条例》第九条，责令改正上述违法行为，并处以：罚款人民币80元。"
    paper = paper_of(FOLDER, "处罚决定书", "某县水务局行政处罚决定书", "经查，某店擅自取水。", said)
    assert read_facts(paper)["处罚种类"].value == [FINE]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("予以处罚，内容为：处以人民币31000元（叁万贰仟元整）的罚款", True),
        ("予以处罚，内容为：处以人民币31000元（叁万壹仟元整）的罚款", False),
        ("科处人民币31000元（叁万贰仟元整）的罚款", True),
    ],
)
def test_sums_in_capitals_and_figures_are_compared_in_any_decision(said, wrong):
    """However the decision opens; capitals and figures must be one sum."""
    title = "某县农业农村局行政处罚决定书"
    paper = paper_of(FOLDER, "处罚决定书", title, f"根据上述规定，对当事人{said}。")
    assert (unequal_sums(paper) is not None) is wrong


def test_remedies_told_in_brackets_and_by_handing_in():
    """The agency and the court stand behind each right, with its term."""
    title, head = "某县农业农村局行政处罚决定书", "当事人享有申请行政复议"
    told = f"{head}（甲县人民政府，六十日内）和提起行政诉讼（甲县人民法院，六个月内）的权利。"
    got = read_facts(paper_of(FOLDER, "处罚决定书", title, told))
    names = ("复议机关", "复议期限", "诉讼法院", "诉讼期限")
    assert [got[n].value for n in names] == ["甲县人民政府", "60日", "甲县人民法院", "6个月"]
