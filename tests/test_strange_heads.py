"""Heads of papers in shapes that no list knows: numbers that prove themselves, who is addressed by
position, officers whatever the word for their certificate, breaches said after the provision.
"""

from __future__ import annotations

import pytest

from casereview.facts.citations import cited
from casereview.facts.form_fields import names_in
from casereview.facts.officers import officers
from casereview.facts.party_head import addressee, id_numbers, parties
from casereview.facts.sums import unequal_sums

FIRM = "91320100MA1XK7YB08"  # its check digit is right
PERSON = "320102199003074515"


def checked(number):
    """The number with the check digit that belongs to it."""
    from casereview.chinese import id_check

    ends = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return next(number[:-1] + c for c in ends if id_check(number[:-1] + c))


@pytest.mark.parametrize("label", ["主体代码（18位）", "组织机构统一编码", "市场主体登记证明"])
def test_a_number_that_proves_itself_needs_no_label(label, paper_of):
    number = checked(FIRM)
    paper = paper_of(
        "处罚决定书", "行政处罚决定书", "当事人：芦汀县青禾建材店", f"{label}：{number}", "经查，……"
    )
    assert id_numbers(paper).value == [number]


@pytest.mark.parametrize("before", ["法定代表人游子衿身份", "执法人员编码"])
def test_the_number_of_somebody_else_is_not_the_partys(before, paper_of):
    number = checked(PERSON)
    paper = paper_of("处罚决定书", "行政处罚决定书", f"{before}：{number}", "经查，……")
    assert id_numbers(paper) is None


def test_who_is_addressed_stands_on_a_line_of_its_own(paper_of):
    paper = paper_of("许可决定书", "准予行政许可决定书", "芦汀县顺路货运信息部：", "经审查，……")
    assert addressee(paper)[0] == "芦汀县顺路货运信息部"


@pytest.mark.parametrize(
    "words", ["执法证编码：", "行政执法证件号码", "监督证No.", "工作证编号为", "证号"]
)
def test_officers_stand_before_their_numbers(words, paper_of):
    line = f"检查人员：游子衿 {words}320100871 阿依古丽·买买提·吐尔逊 {words}320100872"
    paper = paper_of("现场检查笔录", "现场检查笔录", line)
    found = [(o.name, o.number) for o in officers(paper)]
    assert found == [("游子衿", "320100871"), ("阿依古丽·买买提·吐尔逊", "320100872")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("江上舟 欧阳远 简雨生", ["江上舟", "欧阳远", "简雨生"]),
        ("江上舟（局长）、简 雨", ["江上舟", "简雨"]),
        ("阿依古丽·买买提 游子衿 2025年3月2日", ["阿依古丽·买买提", "游子衿"]),
    ],
)
def test_names_that_only_a_gap_parts(text, names):
    assert names_in(text) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "对照《中华人民共和国水法》第三十八条，该行为已经违法。",
        "该行为与《中华人民共和国水法》第三十八条不符。",
        "系对《中华人民共和国水法》第三十八条的违反。",
    ],
)
def test_a_breach_may_be_said_after_the_provision(sentence, paper_of):
    paper = paper_of(
        "处罚决定书", sentence, "依据《中华人民共和国水法》第六十五条第二款，决定罚款五千元。"
    )
    assert [c.role for c in cited(paper)] == ["violated", "basis"]


@pytest.mark.parametrize(
    ("text", "unequal"),
    [
        ("处以罚款人民币肆万陆仟元整（小写）￥46,000.00。", False),
        ("处以罚款人民币肆万陆仟元整（小写）￥64,000.00。", True),
        ("处以罚款壹佰伍拾元整，即￥150.00元。", False),
        ("处以罚款壹佰伍拾元整，即￥100.00元。", True),
        ("处以罚款63000元，大写人民币陆万叁仟元整。", False),
        ("处以罚款63000元，大写人民币陆万元整。", True),
    ],
)
def test_sums_in_capitals_and_figures(text, unequal, paper_of):
    found = unequal_sums(paper_of("处罚决定书", "行政处罚决定书", "经查，……，决定：", text))
    assert (found is not None) == unequal


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (
            "当事人系云湖市广济粮油有限公司，统一社会信用代码见卷，法定代表人孙强。",
            "云湖市广济粮油有限公司",
        ),
        ("本案当事人为云湖市广济粮油有限公司（以下简称该公司）。", "云湖市广济粮油有限公司"),
        ("被处罚人云湖面馆（经营者孙强），住所地柳堤路16号。", "云湖面馆"),
        ("孙强，男，1980年3月生，住云湖市柳堤路16号。", "孙强"),
        ("兹有云湖面馆，经营者孙强。", "云湖面馆"),
        ("致：云湖市广济粮油有限公司", "云湖市广济粮油有限公司"),
        ("当事人的陈述申辩，依法听取。", None),
        ("云湖市广济粮油有限公司", None),
    ],
)
def test_a_head_may_be_a_sentence(opening, name, paper_of):
    """Who is punished stands behind what he is called, or before what is said of him."""
    paper = paper_of("处罚决定书", "行政处罚决定书", opening, "经查，进货没有台账。")
    got = parties(paper)
    assert (got.value if got else None) == ([name] if name else None)
