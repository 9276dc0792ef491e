"""Finders that judgements ask: where a record is signed, what was left blank, whom a paper is
about, what the lists of a unit say, how a paper was served.
"""

from __future__ import annotations

import datetime as dt

import pytest

from casereview.facts.blanks import blank_left, may_be_blank
from casereview.facts.concerned import stranger_in
from casereview.facts.copies import is_copy
from casereview.facts.issuer import inner_office
from casereview.facts.officers import officers
from casereview.facts.sameness import one_slip
from casereview.facts.serving import is_handed_over, is_recording_of_service, is_served_by
from casereview.facts.signature import REFUSED
from casereview.facts.signing import officer_places, party_places
from casereview.facts.unit_lists import (
    in_force,
    is_hired,
    is_outside_counsel,
    listed_matter,
    powers,
)
from casereview.model import PICTURE, Fact, Place

PLACE = Place("甲.pdf", 1)


BODY = ("现场检查笔录", "检查时间：2025年3月1日9时至10时", *["检查情况：未见异常。"] * 6)


def test_where_officers_sign_a_record(paper_of):
    """The places that ask officers to sign count; those of the party and of the clerk do not."""
    p = paper_of(
        "现场检查笔录",
        *BODY,
        "检查人员：游子衿",
        "被检查人签名：何小满",
        f"检查人员签名：{PICTURE}{PICTURE}",
        "记录人员签名：简雨生",
    )
    assert [s.count for s in officer_places(p)] == [2]


def test_officers_whose_numbers_run_over_the_line(paper_of):
    """The second of two in one field is read with the number that stands on the next line."""
    rows = ("检查人员及执法证号：游子衿 执法证号：60112233441 简雨生 执法证号：", "60112233452")
    who = officers(paper_of("现场检查笔录", *BODY, *rows, "检查地点：芦汀县学府路5号"))
    assert {(o.name, o.number) for o in who} == {
        ("游子衿", "60112233441"),
        ("简雨生", "60112233452"),
    }


def test_where_the_party_signs_a_record(paper_of):
    """An empty place is one; what the party says, and the officers' place, are none."""
    p = paper_of("现场检查笔录", *BODY, "当事人陈述：我知道错了", "执法人员：甲", "被检查人签名：")
    assert [s.signed for s in party_places(p)] == [False]
    p = paper_of("现场检查笔录", *BODY, "被检查人（负责人）签名：何小满")
    assert [s.names for s in party_places(p)] == [("何小满",)]


@pytest.mark.parametrize(
    ("line", "blank"),
    [
        ("罚款【待填】元", True),
        ("送达日期：    年  月  日", True),
        ("芦汀罚〔 〕第 号", True),
        ("某某县××公司", True),
        ("其他需要说明的：××××", True),
        ("身份证号：3401××××", False),
        ("李××", False),
        ("身份证号码：××××××××", False),
        ("当事人：××，联系电话：×××，住址：××××。", False),
        ("附件：联系人××，联系电话××。", True),
        ("联系人李××，电话138××××。", False),
        ("送达日期：2025年3月1日", False),
        ("出生年月日期见身份证", False),
        ("签章/年月日", False),
        ("备注：附件共××份。", True),
        ("备注：案件编号××××，已录入。", True),
        ("备注：证件编号××××，已录入。", False),
        ("王××名下的房屋", False),
    ],
)
def test_what_was_left_blank(paper_of, line, blank):
    """A template that stayed is seen in papers of the unit, not in forms of others."""
    assert (blank_left(paper_of("送达回证", line)) is not None) is blank
    assert blank_left(paper_of("证据材料", line)) is None


@pytest.mark.parametrize(
    ("line", "doubt"),
    [("备注：保管人××。", True), ("备注：保管人王××。", False), ("当事人××称", False)],
)
def test_crosses_for_a_person_may_hide_a_name(paper_of, line, doubt):
    """Nobody was entered, or the name is hidden: a person decides."""
    paper = paper_of("调查终结报告", line)
    assert (may_be_blank(paper) is not None, blank_left(paper)) == (doubt, None)


def test_whom_a_paper_is_about(paper_of):
    """Another party is a stranger; one named anywhere in the paper, or an agency, is none."""
    rest = (
        "因你单位未经许可经营，现依法送达下列文书，请予签收，如有异议可以在规定的期限内向本局提出。"
    )
    own, other = "芦汀县青禾饮食店", "白石县长风运输有限公司"
    at = ("送达回证", f"受送达人：{other}", rest * 2)
    found = stranger_in(paper_of("送达回证", *at), [own])
    assert found and found[0] == other
    named_otherwise = ("送达回证", f"受送达人名称或姓名：{other}", rest * 2)
    assert stranger_in(paper_of("送达回证", *named_otherwise), [own])[0] == other
    to_court = ("送达回证", "受送达人：芦汀县人民法院", rest * 2)
    assert stranger_in(paper_of("送达回证", *to_court), [own]) is None
    assert stranger_in(paper_of("送达回证", *at, f"抄送{own}"), [own]) is None
    assert stranger_in(paper_of("催告书", "催告书", "芦汀县人民法院：", rest * 2), [own]) is None


def test_what_says_that_a_paper_is_a_copy(paper_of):
    """Title or opening."""
    assert is_copy(paper_of("证据材料", "正文", title="租赁合同复印件"))
    assert is_copy(paper_of("证据材料", "本件为影印件"))
    assert not is_copy(paper_of("证据材料", "租赁合同"))


def test_the_lists_of_a_unit():
    """People who are hired, counsel from outside, days of a certificate, matters and grounds."""
    assert is_hired({"身份": "协管员"}) and not is_hired({"身份": "在编"}) and not is_hired({})
    assert is_outside_counsel({"身份": "外聘律师"})
    assert not is_outside_counsel({"身份": "公职律师", "单位": "外聘"})
    row = {"有效期起": "2023-01-01", "有效期止": "2025年12月31日"}
    assert in_force(row, dt.date(2025, 12, 31)) and not in_force(row, dt.date(2026, 1, 1))
    assert not in_force(row, dt.date(2022, 12, 31)) and in_force({}, dt.date(2026, 1, 1))
    listed = powers(
        ({"事项": "对擅自占用城市道路的行政处罚", "依据": "《城市道路管理条例》第四十二条"},)
    )
    assert listed[0].is_for("涉嫌擅自占用城市道路案") and not listed[0].is_for("无证经营烟草案")
    assert listed[0].rests_on("《城市道路管理条例》", ("第四十二条第一款",))
    assert not listed[0].rests_on("《城市道路管理条例》", ("第四条",))


def test_a_list_that_counts_its_rows_names_the_matter_behind_the_number():
    """The first column may be a number; what every case of a procedure is may stand anywhere."""
    rows = ({"序号": "1", "类别": "行政处罚", "环节": "当场处罚"}, {"序号": "2", "类别": "扣押"})
    assert listed_matter(rows, "违法扣押案") == "扣押"
    assert listed_matter(rows, "未带营运证", ("当场处罚",)) == "当场处罚"
    assert listed_matter(rows, "未带营运证") == ""


def test_how_a_paper_was_served():
    """The words of 送达方式 are data."""
    handed, left, posted = (Fact(w, w, PLACE) for w in ("直接送达", "留置送达", "邮寄送达"))
    assert is_handed_over(handed) and not is_handed_over(left)
    assert is_served_by(left, "留置") and is_served_by(posted, "不由两人送")
    assert not is_served_by(handed, "不由两人送")
    assert is_recording_of_service("音像/送达现场.mp4")


@pytest.mark.parametrize(
    ("read", "same"),
    [
        ("芦汀自然资源和规划局", True),
        ("芦汀县自然资源和划局", True),
        ("芦汀县自然资源和规戈局", True),
        ("芦汀市自然资源和规划局", False),
        ("芦汀县农业农村局", False),
    ],
)
def test_one_slip_in_the_name_of_an_agency(read, same):
    """A lost or misread character below a seal is no other agency; another level is."""
    mine = Fact("芦汀县自然资源和规划局", "", PLACE)
    assert one_slip("机关", mine, Fact(read, "", PLACE)) is same
    assert one_slip("名称", mine, Fact(read, "", PLACE)) is False


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("受送达人不肯签收，执法人员将文书放在其住所", True),
        ("当事人拒绝在笔录上签名", True),
        ("当事人签收后未提出异议", False),
    ],
)
def test_a_refusal_to_sign_in_any_words(said, refused):
    """不肯, 不愿 and 拒绝 alike; who signed did not refuse."""
    assert bool(REFUSED.search(said)) is refused


@pytest.mark.parametrize(
    ("line", "inner"),
    [
        ("青石县综合行政执法三中队", True),
        ("青石县城市管理监察科", True),
        ("青石县综合行政执法局", False),
        ("青石县城市管理局", False),
    ],
)
def test_who_signs_for_an_office_inside_an_agency(paper_of, line, inner):
    """A squad of enforcement is no agency, whatever stands before it."""
    paper = paper_of("当场处罚决定书", "当场处罚决定书", "罚款伍拾元。", line, "2025年3月1日")
    assert (inner_office(paper) is not None) is inner


def test_a_greeting_is_no_officer(paper_of):
    """执法人员提问：您好，… names nobody."""
    paper = paper_of(
        "现场检查笔录", "检查人员：孙强（执法证号：96060301001）", "执法人员提问：您好，请看证件。"
    )
    assert [o.name for o in officers(paper)] == ["孙强"]
