"""Forms of every layout are read alike: labels above their values, in brackets, numbered."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.authoring.fixtures import page_of
from casereview.facts.readers import read_facts
from casereview.model import Document, SourceFile
from casereview.papers.paper import Paper
from casereview.papers.plain_forms import pairs_of, written_plainly
from casereview.papers.running_text import RunningText

ABOVE = """立案审批表
案由 | 案件来源
随意倾倒渣土 | 巡查发现
当事人 | 联系电话
芦汀县青禾建材店 | 13900000000
住址 | 邮政编码
芦汀县河滨路12号 | 210000
承办人意见 | 承办人签字
建议立案。 | 游子衿 简雨生
年月日 | 负责人审批意见
2025年3月1日 | 同意立案。
负责人签字 | 年月日
江上舟 | 2025年3月2日
备注"""
BESIDE = """案由 | 随意倾倒渣土
案件来源 | 巡查发现
当事人 | 芦汀县青禾建材店
联系电话 | 13900000000
住址 | 芦汀县河滨路12号
邮政编码 | 210000"""
LIST = """查封扣押清单
序号 | 物品名称 | 数量
1 | 铁锹 | 二把
2 | 推车 | 一辆"""


def plain(text, rules):
    """The page of a file after its forms were written plainly."""
    source = SourceFile("a.pdf", "0" * 64, 1, "pdf", pages=(page_of(text),))
    return written_plainly(source, rules.vocabulary).pages[0]


def facts(text, rules, kind="立案审批表"):
    """What is read of such a paper."""
    document = Document(kind, "a.pdf", 1, 1, kind)
    running = RunningText("a.pdf", [plain(text, rules)])
    return read_facts(Paper(document, running, rules.vocabulary))


def rows(page):
    """The texts of its first table."""
    return [[cell.text for cell in row] for row in page.tables[0]]


def test_labels_above_their_values_are_read_as_labels_beside_them(rules):
    page = plain(ABOVE, rules)
    assert rows(page)[:6] == [line.split(" | ") for line in BESIDE.split("\n")]
    assert [line.text for line in page.lines if line.cell and line.cell[1] == 0] == [
        "案由",
        "随意倾倒渣土",
    ]
    got = facts(ABOVE, rules)
    assert got["案由"].value == "随意倾倒渣土"
    assert got["案件来源"].value == "巡查发现"
    assert got["立案日期"].value == "2025-03-02"


@pytest.mark.parametrize("text", [BESIDE, LIST, "立案审批表\n案由 | 甲\n乙 | 丙"])
def test_other_tables_stay_as_they_are(text, rules):
    assert plain(text, rules) == page_of(text)


CELLS = st.lists(
    st.lists(
        st.sampled_from(["案由", "地址", "甲乙", "2025年3月1日", "签字", ""]),
        min_size=1,
        max_size=3,
    ),
    min_size=2,
    max_size=12,
)


@given(CELLS)
def test_nothing_is_lost_or_invented(cells):
    """Whatever a table is made of, it holds the same cells and the page the same lines after."""
    from casereview.rules.rulebook import load_rules

    text = "\n".join(" | ".join(row) if len(row) > 1 else f"{row[0]} | " for row in cells)
    before, after = page_of(text), plain(text, load_rules())
    assert sorted(c.text for c in chain(*after.tables[0])) == sorted(
        c.text for c in chain(*before.tables[0])
    )
    assert sorted(line.text for line in after.lines) == sorted(line.text for line in before.lines)


@pytest.mark.parametrize(
    "text",
    [
        "立案审批表\n【案由】随意倾倒渣土\n【案件来源】巡查发现\n【当事人】青禾建材店",
        "立案审批表\n1．案由：随意倾倒渣土\n2．案件来源：巡查发现\n3．当事人：青禾建材店",
        "立案审批表\n1、案由：随意倾倒渣土\n2、案件来源：巡查发现\n3、当事人：青禾建材店",
    ],
)
def test_labels_in_brackets_and_numbered_fields(text, rules):
    got = facts(text, rules)
    assert got["案由"].value == "随意倾倒渣土"
    assert got["案件来源"].value == "巡查发现"


def test_questions_and_answers_and_lone_numbers_stay(rules):
    text = "询问笔录\n【问】看清了吗？\n【答】看清了。\n【问】何时开业？\n1．身份证：见附件"
    assert plain(text, rules) == page_of(text)


SHORT = """法制审核意见书
案由：随意倾倒渣土
综合审核意见 | 审核人（签名）
审核意见为同意，可以按程序报批。 | 游子衿
审核时间 | 送审单位
2025年3月8日 | 综合执法股"""


def test_a_short_table_of_labels_above_their_values(rules):
    """Two pairs that are all of a table are such a form; with a row besides they are none."""
    found = facts(SHORT, rules, "法制审核意见书")
    assert found["审核结论"].value and found["审核人"].value == "游子衿"
    assert rows(plain(SHORT, rules))[1] == ["审核人（签名）", "游子衿"]
    more = f"{SHORT}\n备注 | "
    assert rows(plain(more, rules)) == rows(page_of(more))


def test_square_brackets_and_strokes_of_a_label(rules):
    page = plain("现场检查笔录\n被检查单位/个人[签名]：甲", rules)
    assert page.lines[1].text == "被检查单位或个人（签名）：甲"


def test_a_label_cut_by_the_end_of_a_line_is_whole(rules):
    """What stands behind the last mark of a line may begin the label of the next."""
    text = (
        "现场照片\n照片说明：后厨；拍摄时间：2025年3月4日；拍\n"
        "摄地点：云湖市柳堤路16号；拍摄人：孙强"
    )
    page = plain(text, rules)
    assert not page.lines[1].end
    assert "拍摄地点：云湖市柳堤路16号" in RunningText("a.pdf", [page]).text.replace("\n", "")
    other = "现场照片\n经营范围：食品，百货\n住所：云湖市柳堤路16号\n负责人：孙强"
    assert plain(other, rules) == page_of(other)


def test_a_label_that_nobody_knows_is_one_of_a_small_form(rules):
    """Pairs of rows that are all of a table: two of six labels need not be known."""
    form = (
        "合法性审查结论 | 批阅员 | 审查日期\n总体合法适当 | 叶德顺 | 2024年3月22日\n"
        "案由 | 画行者 | 送审部门\n占道案 | 李明 | 稽查科"
    )
    (table,) = page_of(form).tables
    assert pairs_of(table, rules.vocabulary) == [(0, 1), (2, 3)]


def test_boxes_of_two_brackets_are_boxes(rules):
    """[√] is ticked and [ ] is not, in running text and in cells; a number to fill in stays."""
    page = plain("立案审批表\n[√]举报[ ]巡查\n文号第[ ]号\n意见 | [√]同意[]不同意", rules)
    assert [line.text for line in page.lines[1:3]] == ["☑举报□巡查", "文号第[ ]号"]
    assert rows(page)[-1][1] == "☑同意□不同意"
