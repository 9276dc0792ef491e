"""Whose place for signing a label names that no list knows."""

from __future__ import annotations

import pytest

from casereview.facts.signature import signature
from casereview.facts.signers import Side, places_of, side_of, side_of_role, signed_labels
from casereview.model import Place


@pytest.mark.parametrize(
    ("label", "side"),
    [
        ("受检企业负责人签名", Side.OTHER),
        ("被问讯人（签字捺印）", Side.OTHER),
        ("接受谈话人签名确认", Side.OTHER),
        ("应询人签名", Side.OTHER),
        ("问话执法员（两名）签名", Side.ACTING),
        ("卫生监督员签名", Side.ACTING),
        ("现场人员签名", Side.OTHER),
        ("送文人员", Side.ACTING),
        ("送达人签名及日期", Side.ACTING),
        ("送达 （签收）日期", None),
        ("旁证人签名", None),
        ("笔录员签名", None),
        ("受托代理人签名", None),
        ("姓名签名（捺印）", Side.OTHER),
        ("本人签字", Side.OTHER),
        ("检查结论", None),
        ("询问人问", None),
        ("材料提供人签名", Side.OTHER),
        ("取证人员", Side.ACTING),
        ("收讫签名", Side.OTHER),
        ("递交人", Side.ACTING),
    ],
)
def test_a_label_says_whose_place_it_is(label, side):
    """One who is acted on or asks, one who acts, or somebody else."""
    assert side_of(label) is side


def test_roles_of_a_standard_have_a_side():
    """受送达人 receives, 送达人 acts, 主持人 is neither."""
    sides = [side_of_role(r) for r in ("受送达人", "送达人", "主持人")]
    assert sides == [Side.OTHER, Side.ACTING, None]


HEAD = (
    "了解情况记录",
    "时间：2025年5月6日9时10分",
    "问：店里的桌椅是谁摆的？",
    "答：是我让店员摆的。",
)


def test_signed_at_a_strange_label(paper_of):
    """Each side at its own place."""
    p = paper_of("询问笔录", *HEAD, "应询人签名确认：李明", "问话执法员签名：孙强 周敏")
    assert [s.names for s in places_of(p, Side.OTHER)] == [("李明",)]
    assert [s.names for s in places_of(p, Side.ACTING)] == [("孙强", "周敏")]


def test_an_empty_place_is_a_place(paper_of):
    """Nobody signed there."""
    p = paper_of("询问笔录", *HEAD, "应询人签名确认：", "问话执法员签名：孙强 周敏")
    (place,) = places_of(p, Side.OTHER)
    assert not place.signed


def test_a_field_with_more_than_names_is_no_place(paper_of):
    """A label that asks for no signature counts only where names stand alone."""
    p = paper_of("询问笔录", *HEAD, "送件人员：孙强 周敏", "接收情况：李明称已经知道决定内容")
    assert [s.names for s in places_of(p, Side.ACTING)] == [("孙强", "周敏")]
    assert places_of(p, Side.OTHER) == []


def test_a_gap_before_what_is_asked_is_part_of_a_label(paper_of):
    """A scan sets a gap before the brackets: 应询人 （签字捺印）."""
    p = paper_of(
        "询问笔录", *HEAD, "应询人 （签字捺印）：  2025年5月6日", "询问人 （签字）：孙强 周敏"
    )
    (place,) = places_of(p, Side.OTHER)
    assert not place.signed


def test_the_labels_at_which_a_sheet_is_signed(paper_of):
    """By both sides, as they are printed."""
    said = "本件为租用合同，四页，提取地点为店内，用以证明占用的经过。"
    p = paper_of("证据材料", said, "材料提供人签名：李明", "执法员：孙强", "拍摄人：周敏")
    assert signed_labels(p) == {"材料提供人签名": Side.OTHER, "执法员": Side.ACTING}


def test_an_address_is_signed_by_nobody(paper_of):
    """Where something was served asks for no name, and a house number gives none."""
    p = paper_of(
        "送达回证", *HEAD, "送达（签收）地点：石河区长堤路155号8幢942室", "送达经办人：孙强 周敏"
    )
    assert [s.names for s in places_of(p, Side.ACTING)] == [("孙强", "周敏")]
    assert signature("石河区长堤路155号8幢942室", p.top()).names == ()


def test_a_name_before_the_words_of_confirmation_signs():
    """Who confirms may write his name first."""
    said = "邓丽 以上笔录我看过，属实。 2025年5月15日"
    assert signature(said, Place("甲.pdf", 1)).names == ("邓丽",)
    assert not signature("以上笔录我看过，属实。 2025年5月15日", Place("甲.pdf", 1)).signed
