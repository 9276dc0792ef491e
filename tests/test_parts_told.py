"""What is told by where it stands or by what it is, whatever the words: articles in pairs, reports
by their headings, terms as nouns, boxes that are none.
"""

from __future__ import annotations

import pytest
from test_likeness import FILING

from casereview.facts.approvals import groups_of, leader_approval, only_read
from casereview.facts.blanks import blank_left
from casereview.facts.citations import cited
from casereview.facts.fines import fines_in
from casereview.facts.head import clean_name
from casereview.facts.narrated import narrated
from casereview.facts.readers import read_facts
from casereview.facts.sums import fine_sum

LAW = "《芦苇荡管理条例》"


def roles(paper):
    """The part that each article plays."""
    return [(c.articles[0], c.role) for c in cited(paper)]


@pytest.mark.parametrize(
    "told",
    [
        f"本案涉及两处法条，义务来自{LAW}第十四条，责任来自{LAW}第三十六条",
        f"相关的规定一是{LAW}第十四条，二是{LAW}第三十六条",
        f"责任条款为{LAW}第三十六条，禁止性规定为{LAW}第十四条",
    ],
)
def test_of_two_articles_the_first_commands_and_the_last_threatens(paper_of, told):
    """What a law forbids stands before what it threatens."""
    paper = paper_of("调查终结报告", f"{told}。")
    assert sorted(roles(paper)) == [("第三十六条", "basis"), ("第十四条", "violated")]


def test_three_articles_are_no_pair(paper_of):
    """Which of them was violated is not told by their order."""
    paper = paper_of("调查终结报告", f"所涉条款有{LAW}第四条、{LAW}第九条、{LAW}第三十六条。")
    assert "violated" not in dict(roles(paper)).values()


def test_words_outweigh_the_order(paper_of):
    """A last article that was violated is violated."""
    paper = paper_of("调查终结报告", f"违反了{LAW}第三十六条，另见{LAW}第十四条。")
    assert ("第三十六条", "violated") in roles(paper)


def test_a_sum_cut_by_the_end_of_a_line_is_no_sum():
    """￥3, at the end of a box is not three yuan."""
    assert list(fines_in("拟作处罚，即罚款，数额为￥3,")) == []
    assert [f.value for f in fines_in("即罚款，数额为￥3,100.00，请签批")] == [3100]


@pytest.mark.parametrize(
    "said",
    [
        "罚款人民币1800元；安排无证人员，罚款人民币1500元。以上合并执行，罚款人民币3300元",
        "一、罚款1800元；二、罚款1500元；以上罚款3300元",
    ],
)
def test_a_fine_that_is_the_sum_of_those_before_it_is_the_total(said):
    """Whatever it is called, it is not fined once more."""
    assert fine_sum(said) == "3300"


@pytest.mark.parametrize(
    "written",
    ["当事人：邢某\n性别：男", "名称（姓名）： 邢某 身份证号码：522425", "姓名：邢某"],
)
def test_a_label_inside_the_field_of_a_party_is_no_name(written):
    """The cell beside 当事人 may have labels of its own."""
    assert clean_name(written) == "邢某"


def test_the_act_is_told_behind_the_head_of_a_paper_too(paper_of):
    """Clauses with a word on the procedure do not silence those behind them."""
    paper = paper_of(
        "处罚决定书",
        "行政处罚决定书",
        "当事人：芦汀县青禾饮食店",
        "住所：柳溪镇学府路5号，情况是芦汀县青禾饮食店自2025年3月1日起在学府路5号摆放桌椅。",
    )
    found = narrated(paper)
    assert found is not None and "摆放桌椅" in found.text


@pytest.mark.parametrize(
    ("sentence", "review", "suit"),
    [
        ("法律给你六十日的复议申请期和六个月的起诉期，请自行把握。", "六十日", "六个月"),
        (
            "可以分别在六十日内、六个月内，向县人民政府申请复议或者向县人民法院起诉。",
            "六十日",
            "六个月",
        ),
    ],
)
def test_two_terms_belong_to_two_remedies(paper_of, sentence, review, suit):
    """Each to its own, though they stand together."""
    facts = read_facts(paper_of("处罚决定书", "行政处罚决定书", sentence))
    assert (facts["复议期限"].text, facts["诉讼期限"].text) == (review, suit)


def test_a_heading_tells_what_stands_below_it(paper_of):
    """Whatever the words of the proposal."""
    paper = paper_of("调查终结报告", "七、拟作处理", "请领导定夺，本案以三千元为宜。")
    assert "处理建议" in read_facts(paper)


def test_the_head_of_a_firm_approves_nothing(rules):
    """A field of the party is no box for an opinion."""
    wanted = groups_of(rules.vocabulary)["意见栏"]
    assert not wanted.match("经营者或负责人") and not wanted.match("法人（负责人）")
    assert wanted.match("机关负责人意见")


@pytest.mark.parametrize(
    ("opinion", "read"),
    [
        ("已阅。", True),
        ("阅知。（2025年5月7日）", True),
        ("已看过。", True),
        ("看过，同意立案。", False),
        ("已阅，同意。", False),
        ("同意。", False),
    ],
)
def test_having_read_a_form_is_no_consent(paper_of, opinion, read):
    """Who only says that he saw it has approved nothing."""
    paper = paper_of("立案审批表", "立案审批表", f"负责人意见：{opinion}赵刚 2025年5月7日")
    box = leader_approval(paper)
    assert box is not None and only_read(paper, box) is read


@pytest.mark.parametrize(
    "options",
    ["■同意承办机构意见　□建议补充调查　□退回重新办理", "☑同意 □补充证据后再报 □不同意"],
)
def test_an_option_that_is_not_ticked_is_no_opinion(paper_of, options):
    """Who ticked that he agrees asked for no changes."""
    paper = paper_of("法制审核意见书", "法制审核意见书", f"审核意见：{options}", "审核人：周宁")
    facts = read_facts(paper)
    assert facts["审核结论"].text == "同意"
    assert "提出修改意见" not in facts or facts["提出修改意见"].value == "否"


def test_a_reason_stands_in_the_field_that_asks_for_it(paper_of):
    """Why nobody was told of a check, in whatever words; an empty field gives no reason."""
    asked = "是否预告检查及缘由"
    told = read_facts(paper_of("检查审批表", "检查审批表", f"{asked}：否，打招呼会使现场失真"))
    empty = read_facts(paper_of("检查审批表", "检查审批表", f"{asked}："))
    assert "不预先告知的理由" in told and "不预先告知的理由" not in empty


def test_what_a_paper_surely_is_outweighs_words_of_its_title(rules):
    """A form that opens a case is none of a check on the spot, though its title has the word."""
    seen = rules.vocabulary.outlooked("核查笔录", FILING, "线索核查呈批单")
    assert seen is not None and seen.kind == "立案审批表"
    assert rules.vocabulary.outlooked("立案审批表", FILING, "线索核查呈批单") is None


@pytest.mark.parametrize(
    ("said", "blank"),
    [
        ("责令你单位于 年月 日前改正", True),
        ("责令你单位于 年 月 日前改正", True),
        ("责令你单位于2026年3月12日前改正", False),
        ("出生年月日", False),
    ],
)
def test_a_day_left_open_is_a_blank_whatever_gap_a_line_lost(said, blank, paper_of):
    """The end of a line may take the gap before 月 with it."""
    assert (blank_left(paper_of("责令改正通知书", said)) is not None) is blank
