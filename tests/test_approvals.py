"""Boxes for opinions: what signs them, and the two nets before anything is called lacking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.approvals import (
    approvals,
    dated_elsewhere,
    leader_approval,
    signed_twice_elsewhere,
)
from casereview.model import PICTURE, Document
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


@pytest.mark.parametrize("name", ["孙春燕", "孙 强", "欧阳俊", "仉晓", "召强", "阿依古丽·买买提"])
@pytest.mark.parametrize(
    "signed",
    [
        "／{}／2023年3月16日",
        "／{} 2023年3月16日",
        "／签名：{}　日期：2023年3月16日",
        "／2023年3月16日 {}",
        "／{}（签字）2023年3月16日",
        "（{} 2023.3.16）",
        "／{}/2023-3-16",
        "——{}，2023年3月16日",
        "／【{}】2023 年 3 月 16 日",
        "／审批人：{}／时间：2023年3月16日",
        "／签批人（签章）：{}／日期：2023.03.16",
        "／{}同志 二〇二三年三月十六日",
    ],
)
def test_a_name_signs_wherever_it_stands_in_the_box(name, signed):
    """On a line of its own, beside its day, in brackets, or behind a word that asks for it."""
    got = box("负责人审批意见 | 同意立案。" + signed.format(name))
    assert got.lacks() == []
    assert got.opinion == "同意立案。"


@pytest.mark.parametrize(
    ("written", "lacks"),
    [
        ("同意立案，由孙强、李明承办。2024年3月5日", ["签名"]),
        ("同意立案。／负责人签名：　　　　2024年3月5日", ["签名"]),
        ("同意。／　　　年　月　日", ["签名", "日期"]),
        ("准予", ["签名", "日期"]),
        ("同 意立 案 。／　　　　2024年3月5日", ["签名"]),
        ("签名：孙强　2024年3月5日", ["意见"]),
    ],
)
def test_what_stands_in_no_shape_lacks(written, lacks):
    """People whom an opinion names do not sign it; a short opinion is no name."""
    got = box("负责人审批意见 | " + written)
    assert got.lacks() == lacks
    assert not any(got.maybe(word) for word in lacks)


def test_a_signature_in_a_row_of_its_own_is_no_lack():
    """What the narrow reader misses but stands beside or below the box is a doubt."""
    got = box("负责人审批意见 | 同意立案。", "谁批的 | 孙春燕", "何时批 | 2023年3月16日")
    assert set(got.lacks()) == {"签名", "日期"}
    assert all(got.maybe(word) for word in got.lacks())


@pytest.mark.parametrize(
    "rows",
    [
        ("审批意见 | 同意立案。", "审批人 | 孙春燕", "审批日期 | 2023年3月16日"),
        ("审批意见 | 同意立案。", "审批人签名 | 孙春燕 2023年3月16日"),
        ("领导批示 | 同意立案。 孙春燕", "批准时间 | 2023年3月16日"),
    ],
)
def test_opinion_and_signature_may_be_rows_of_their_own(rows):
    """Who approved and when, each with a label of its own, belong to the opinion above."""
    got = box(*rows)
    assert (got.lacks(), got.opinion) == ([], "同意立案。")
    assert str(got.sign.date) == "2023-03-16"


def test_a_signed_box_keeps_what_it_holds():
    """The box below a complete one is a box of its own: without an opinion it lacks one."""
    got = box(
        "部门审核意见 | 同意立案。 甲乙 2023年3月15日", "负责人审批意见 | 孙春燕 2023年3月16日"
    )
    assert got.lacks() == ["意见"]


def test_an_empty_box_lacks_what_it_lacks():
    """An opinion with nothing near it that may be a signature or a day is unsigned."""
    got = box("负责人审批意见 | 同意立案。", "备注 | ")
    assert set(got.lacks()) == {"签名", "日期"}
    assert not any(got.maybe(word) for word in got.lacks())


def test_a_day_that_is_drawn_is_there_but_signs_nothing():
    """A picture behind the word for the day is a day nobody read, and no signature."""
    whole = box("负责人审批意见 | 同意立案。／签名：【签】／日期：【签】")
    assert whole.lacks() == []
    assert whole.sign.date is None
    unsigned = box("负责人审批意见 | 同意立案。／签名：／日期：【签】")
    assert unsigned.lacks() == ["签名"]


def test_a_printed_line_below_the_last_day_is_not_of_the_opinion():
    """What a form prints at its foot does not hide signature and day above it."""
    page = page_of(
        "立案审批表\n承办人意见：建议立案。\n【签】\n2024年3月4日\n"
        "负责人意见：同意。\n【签】\n2024年3月5日\n本表一式三份，由立案机关留存。"
    )
    document = Document("立案审批表", "甲.docx", 1, 1, "立案审批表")
    got = leader_approval(Paper(document, RunningText("甲.docx", [page]), VOCABULARY))
    assert got.lacks() == []
    assert got.opinion == "同意。"
    assert got.sign.date.isoformat() == "2024-03-05"


def test_the_principal_of_the_party_is_not_the_head(paper_of):
    """主要负责人 with a name among the data of the party is no opinion of the head."""
    form = paper_of(
        "立案审批表",
        "立案审批表",
        "当事人：芦汀县青禾饮食店",
        "主要负责人：何小满",
        "调查人员意见：涉嫌违法，呈请立案。",
        "（游子衿 简雨生 2025-03-01）",
        "行政负责人审定意见：同意立案。",
        "（江上舟 2025-03-02）",
    )
    box = leader_approval(form)
    assert (box.opinion, box.sign.names, box.lacks()) == ("同意立案。", ("江上舟",), [])


@pytest.mark.parametrize(
    "row",
    [
        "负责人审批意见 | 江上舟 2025年3月2日／同意立案。",
        "负责人审批意见 | 【签】 2025.3.2／同意立案。",
    ],
)
def test_a_box_may_be_signed_above_its_opinion(row):
    got = box(row)
    assert (got.opinion, got.lacks()) == ("同意立案。", [])
    assert got.sign.date.isoformat() == "2025-03-02"


def test_who_is_named_in_an_opinion_has_not_signed_it():
    got = box("负责人审批意见 | 【签】 2025年3月2日同意立案，承办人员为简雨生 游子衿。")
    assert got.sign.names == ()
    assert got.opinion.endswith("游子衿。")


def test_a_title_that_ends_in_opinion_is_no_box(paper_of):
    form = paper_of(
        "法制审核意见书",
        "重大行政执法决定法制审核意见",
        "案由：擅自占道",
        "法制审核结论：没有发现问题，同意。",
        "（江上舟 2025-03-02）",
        title="重大行政执法决定法制审核意见",
    )
    assert "重大行政执法决定法制审核意见" not in [box.label for box in approvals(form)]


def test_two_opinions_may_stand_in_one_row():
    """Side by side, each with its signature in the row below."""
    page = page_of(
        "检查审批表\n检查日期 | 2025年8月15日 | 承办人意见 | 建议检查。\n"
        "签章／年月日 | 孙强 2025年8月12日 | 主要领导意见 | 准予检查。\n"
        "签章／年月日 | 热春燕 2025年8月13日"
    )
    document = Document("检查审批表", "甲.docx", 1, 1, "检查审批表")
    first, head = approvals(Paper(document, RunningText("甲.docx", [page]), VOCABULARY))
    assert (first.opinion, first.sign.names) == ("建议检查。", ("孙强",))
    assert (head.opinion, head.sign.names, head.lacks()) == ("准予检查。", ("热春燕",), [])


def test_what_is_drawn_at_the_label_of_a_day_signs_nothing():
    """The day is there by hand; who decided did not sign, and nothing near may be his name."""
    got = box("负责人审批意见 | 同意立案。", "负责人签名 | ", "日期 | 【签】")
    assert got.lacks() == ["签名"]
    assert not got.maybe("签名")


def test_a_day_above_the_opinion_is_no_name():
    """The opinion below the day is what it is."""
    got = box("负责人审批意见 | 2025年5月28日／准许立案。")
    assert got.lacks() == ["签名"]
    assert not got.maybe("签名")


def test_a_spread_word_that_asks_for_a_name_is_no_name():
    """签 名：____ is an empty place."""
    got = box("负责人审批意见 | 同意立案查处。／签 名：____　2025年3月5日")
    assert got.lacks() == ["签名"]
    assert not got.maybe("签名")


def test_a_label_of_the_head_may_end_in_whom_it_names():
    """审批意见（负责人）："""
    text = "承办机构审核意见：同意。\n签名：钱进\n审批意见（负责人）：\n签名：\n日期：2026年3月2日"
    document = Document("立案审批表", "甲.docx", 1, 1, "立案审批表")
    page = page_of(f"立案审批表\n{text}")
    got = leader_approval(Paper(document, RunningText("甲.docx", [page]), VOCABULARY))
    assert got.label == "审批意见（负责人）"
    assert got.lacks() == ["意见", "签名"]


def test_what_was_done_without_approval_is_no_box():
    got = box("案名 | 未经批准擅自占用道路", "负责人意见 | 同意。孙强 2026年3月1日")
    assert got.label == "负责人意见"


def forms(*marks):
    """Filing forms whose head signed with so many pictures."""
    for n in marks:
        page = page_of(
            f"立案审批表\n承办人意见 | 建议立案。{PICTURE}\n负责人意见 | 同意。{PICTURE * n}"
        )
        document = Document("立案审批表", "甲.docx", 1, 1, "立案审批表")
        yield Paper(document, RunningText("甲.docx", [page]), VOCABULARY)


@pytest.mark.parametrize(("marks", "dated"), [((2, 2), True), ((2,), False), ((2, 1), False)])
def test_a_file_shows_how_its_head_signs(marks, dated):
    """Where every other box has a signature and a day, a box with one picture lacks one of them."""
    assert dated_elsewhere(forms(*marks)) is dated


def test_a_day_under_its_own_label_is_none_of_the_approval():
    got = box("立案日期 | 2026年3月1日", f"负责人意见 | 同意。／{PICTURE}")
    assert "日期" not in got.near
    assert got.maybe("日期")


def test_two_pictures_at_a_label_of_both_are_a_signature_and_a_day():
    got = box(f"负责人意见 | 同意。／签名/日  期：{PICTURE}　{PICTURE}")
    assert (got.sign.marks, got.sign.drawn_day) == (1, True)


def test_what_signs_one_box_of_a_row_is_not_near_another():
    """Opinion and signature are two boxes of one row."""
    got = box("负责人意见 | 同意。 | 签字/年月日 | 2026年3月5日")
    assert got.lacks() == ["签名"]
    assert not got.maybe("签名")


def test_a_remark_behind_a_label_of_signing_does_not_part_it_from_its_opinion():
    """主要领导签名（亲笔） and its day are rows of the opinion above; an hour is no name."""
    got = box(
        "主要领导审批 | 同意，抓紧落实。08时50分",
        "主要领导签名（亲笔） | 孙强",
        "签署年月日 | 2024年7月10日",
    )
    assert got.lacks() == []
    assert got.sign.names == ("孙强",)


def test_a_wrapped_opinion_signs_nothing():
    """What a cell wraps of a sentence is no signature of a box whose place is empty."""
    got = box("负责人审批意见 | 同意立案，由承办人依法办／理。 | 负责人签字 | ", "日期 | 【签】")
    assert got.lacks() == ["签名"]
    assert not got.maybe("签名")


@pytest.mark.parametrize(("marks", "twice"), [((2, 1), True), ((1, 1), False)])
def test_two_pictures_of_the_head_are_who_and_when(marks, twice):
    """Where one box of a file shows both, two in another are both."""
    assert signed_twice_elsewhere(forms(*marks)) is twice


def test_a_place_for_the_hand_alone_holds_no_opinion():
    """负责人决定亲笔签名 repeats the label of its opinion and asks for a name."""
    got = box(
        "行政机关负责人决定 | 同意立案，按程序推进。",
        "行政机关负责人决定亲笔签名 | 欧念慈",
        "签名年月日 | 2024年12月24日",
    )
    assert got.lacks() == []
    assert got.sign.names == ("欧念慈",)


@pytest.mark.parametrize(("written", "lacks"), [("热古丽", []), ("同意", ["签名", "日期"])])
def test_a_name_that_begins_like_no_name_signs_where_one_is_asked(written, lacks):
    """Where a form asks who signs, the one word that consents to nothing is who did."""
    row = f"分管负责人审批意见 | 准予立案调查。 | 分管负责人签字 | {written}"
    got = box(row + ("\n签署日期 | 2023年9月5日" if not lacks else ""))
    assert got.lacks() == lacks


def test_a_comma_of_thousands_ends_no_opinion():
    """A sum as a recognised page gives it stays whole, whatever the comma."""
    got = box(
        "负责人审批意见 | 同意，罚款数额为¥76，000.00（柒万陆仟元整）。／孙春燕 2023年3月16日"
    )
    assert got.opinion == "同意，罚款数额为¥76，000.00（柒万陆仟元整）。"


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("2沈0秀2兰4 年 6 月 21 日", False),
        ("同（意陶发磊证。 2025年5月13日）", False),
        ("花志勇 2.02 4 年 08 月 12同意不罚。", False),
        ("同意立案。", True),
    ],
)
def test_what_recognition_mixed_up_lacks_nothing_surely(written, sure):
    """A name and a day written over print may be any of it; plain print is what it is."""
    page = page_of(f"立案审批表\n承办人意见 | 建议立案。\n负责人审批意见 | {written}")
    page = replace(page, ocr=True)
    document = Document("立案审批表", "甲.pdf", 1, 1, "立案审批表")
    got = leader_approval(Paper(document, RunningText("甲.pdf", [page]), VOCABULARY))
    lacks = got.lacks()
    assert lacks and any(not got.maybe(word) for word in lacks) is sure
