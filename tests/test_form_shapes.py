"""Fields in the shapes that forms have, and the foot of a paper under a seal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.authoring.fixtures import page_of
from casereview.facts.blanks import blank_left
from casereview.facts.copies import is_copy
from casereview.facts.foot import lost_day
from casereview.facts.issuer import inner_office
from casereview.facts.officers import officers
from casereview.facts.readers import read_facts, specs_of
from casereview.facts.reading_steps import last_date
from casereview.facts.signature import split_names
from casereview.facts.signing import signing_places
from casereview.facts.strangers import strange_hit
from casereview.model import Document, Line, Place
from casereview.papers.form_shapes import meanings
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.rules.rulebook import load_rules


def paper(kind: str, text: str) -> Paper:
    """A paper of one page."""
    page = page_of(text)
    vocabulary = load_rules().vocabulary
    return Paper(Document(kind, "甲.pdf", 1, 1), RunningText("甲.pdf", [page]), vocabulary)


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("询问人一", "询问人"),
        ("检查人2", "检查人"),
        ("送达地点、方式", "送达方式"),
        ("送达文书及编号", "送达文书"),
        ("检查(勘验)人员", "检查人员"),
    ],
)
def test_a_label_may_be_numbered_or_name_two_fields(label, names):
    """Numbers behind a label, remarks in it, and two fields in one do not hide the field."""
    found = paper("询问笔录", f"{label} | 甲某").field(names)
    assert names in meanings(label) or found is not None
    assert found is not None
    assert found.value == "甲某"


def test_values_of_columns_stand_below_their_heads():
    """With one row below, a head is the label of its cell; the next head is not its value."""
    text = (
        "送达回证\n送达文书及编号 | 收件人签名 | 收到日期 | 送达地点、方式\n"
        "决定书 湖罚〔2025〕3号 | 柳三省 | 2025年4月8日 | 湖口路2号直接送达"
    )
    receipt = paper("送达回证", text)
    assert [f.value for f in receipt.fields("收到日期")] == ["2025年4月8日"]
    assert [f.value for f in receipt.fields("送达方式")] == ["湖口路2号直接送达"]


def test_rows_of_labels_and_values_are_no_columns():
    """Labels side by side with their values stay beside them, also above another such row."""
    text = "记录人 | 马六 | 被询问人 | 孔七\n执法证号 | 无 | 职务 | 科员"
    record = paper("询问笔录", text)
    assert [f.value for f in record.fields("被询问人")] == ["孔七"]


def test_a_form_without_lines_parts_labels_by_gaps():
    """A cover whose labels and values are parted by gaps alone is a form; prose with a gap is
    none.
    """
    cover = paper(
        "卷宗封面",
        "行政处罚案卷\n当 事 人 柳三省\n立案 时间 2025年4月1日\n保管期限 长期\n案由 无证经营",
    )
    assert [f.value for f in cover.fields("立案时间")] == ["2025年4月1日"]
    assert [f.value for f in cover.fields("保管期限")] == ["长期"]
    prose = paper(
        "卷宗封面", "行政处罚案卷\n立案时间 是案件的起点，应当写明。\n第二行。\n第三行。\n第四行。"
    )
    assert not list(prose.fields("立案时间"))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("检查人员：甲子丑 艾力·买买提", ["甲子丑", "艾力·买买提"]),
        (
            "检查人员：艾力·买买提 执法证号：980102003 柳三省 执法证号：980102004",
            ["艾力·买买提", "柳三省"],
        ),
        ("检查人员：欧阳 志强", ["欧阳志强"]),
    ],
)
def test_officers_that_only_a_gap_parts(said, names):
    """Names with dots beside other names are two people; a spaced name is one."""
    assert [o.name for o in officers(paper("现场检查笔录", said))] == names


def test_a_day_under_a_seal_is_not_another_day():
    """Where characters of the day at the foot are gone, no earlier day is taken for it."""
    text = "你于2025年1月24日提出的申请，决定准予许可。\n松某县水利局\n二〇 五年二月二十五日"
    assert lost_day(paper("许可决定书", text))
    assert last_date(paper("许可决定书", text)) is None
    whole = text.replace("〇 五", "〇二五")
    assert last_date(paper("许可决定书", whole)).value == "2025-02-25"


@pytest.mark.parametrize(
    ("line", "inner"),
    [
        ("湖口县政策法规股", True),
        ("湖口县公路路政大队三中队", True),
        ("湖口县消防救援大队", False),
        ("湖口县综合行政执法大队", False),
        ("湖口县水利局", False),
    ],
)
def test_an_office_inside_an_agency(line, inner):
    """Sections and squads sign in their own name; brigades that a law may empower are agencies."""
    found = inner_office(paper("处罚决定书", f"决定如下。\n{line}\n2025年4月8日"))
    assert (found is not None) is inner


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        (
            "申请行政复议的，应当自收到本决定书之日起六十日内向湖口县人民政府提出；"
            "提起行政诉讼的，应当自收到本决定书之日起六个月内向湖口县人民法院提出。",
            ("60日", "湖口县人民政府", "6个月", "湖口县人民法院"),
        ),
        (
            "对处罚不服，可在六十日内以湖口县人民政府为复议机关申请行政复议，"
            "或在六个月内以本机关为被告向湖口县人民法院提起行政诉讼。",
            ("60日", "湖口县人民政府", "6个月", "湖口县人民法院"),
        ),
        (
            "一、行政复议，机关为湖口县人民政府，期限为收到本决定书之日起六十日；"
            "二、行政诉讼，法院为湖口县人民法院，期限为收到本决定书之日起六个月。",
            ("60日", "湖口县人民政府", "6个月", "湖口县人民法院"),
        ),
        ("对复议决定不服的，可以自收到复议决定之日起十五日内起诉。", (None, None, "15日", None)),
        (
            "对复议决定不服的，可以在收到复议决定书之日起十五日内向湖口县人民法院提出。",
            (None, None, None, "湖口县人民法院"),
        ),
    ],
)
def test_remedies_in_any_order(said, facts):
    """The one term, organ and court of a sentence on a remedy are that remedy's."""
    p = paper("处罚决定书", f"湖口县水利局\n行政处罚决定书\n{said}\n湖口县水利局\n2025年4月8日")
    read = read_facts(p)
    got = tuple(
        read[name].value if name in read else None
        for name in ("复议期限", "复议机关", "诉讼期限", "诉讼法院")
    )
    assert got == facts


def test_fields_that_a_form_writes_one_behind_the_other():
    """A tick-box form writes label and value without anything between; the box is no value."""
    text = (
        "某县交通运输局\n行政（当场）处罚决定书\n编号：某交当罚2026000031\n"
        "当事人 | □个人 | 姓名身份证号 | | √单位 | 名称某县远山货运有限公司法定代表人古七"
        "统一社会信用代码91330900MA2K0ABC1X\n一、违法事实：当事人未随车携带营运证。"
    )
    facts = read_facts(paper("当场处罚决定书", text))
    assert facts["当事人"].value == ["某县远山货运有限公司"]
    assert facts["证照号码"].value == ["91330900MA2K0ABC1X"]
    assert facts["文号"].value == "某交当罚2026000031"


def test_a_name_ends_before_the_code_that_follows_it():
    """The code behind a name in one cell is no part of the name."""
    form = paper("立案审批表", "立案审批表\n当事人 | 远山建材有限公司 91330900MA2K0ABC1X")
    assert read_facts(form)["当事人"].value == "远山建材有限公司"


def test_a_remark_that_goes_over_two_lines_is_one():
    """Brackets that a line leaves open go on in the next line."""
    text = "检查人员：章一（执法证号：某A0000011）、章二（执法证号：某\nA0000012）\n检查情况：正常"
    assert [o.name for o in officers(paper("现场检查笔录", text))] == ["章一", "章二"]


def test_a_cell_that_lost_its_rule_is_read_as_the_cells_it_was():
    """A known label between wide gaps inside a cell parts two fields."""
    form = paper("立案审批表", "立案审批表\n案由 | 擅自取水   案件来源   群众投诉\n当事人 | 某店")
    assert form.field("案由").value == "擅自取水"
    assert form.field("案件来源").value == "群众投诉"


def test_names_behind_a_label_keep_their_gaps():
    """Five people who sign with single gaps between are five, not one long word."""
    minutes = paper(
        "集体讨论笔录",
        "集体讨论笔录\n讨论情况：一致同意。\n参加人员签 名：甘露 万山 郝一鸣 史可 岳池",
    )
    (sign,) = signing_places(minutes, ("参加人员",))
    assert sign.names == ("甘露", "万山", "郝一鸣", "史可", "岳池")


def test_a_seal_before_the_day_of_the_foot_does_not_hide_it():
    """The mark of a picture at the beginning of the line is not a word of the sentence."""
    decision = paper("处罚决定书", "处罚决定书\n决定罚款一百元。\n某县水务局\n【签】2025年2月3日")
    assert read_facts(decision)["作出日期"].value == "2025-02-03"


def test_the_name_of_an_officer_ends_before_the_word_for_the_certificate():
    """行政 before 执法证 is not of the name."""
    record = paper("询问笔录", "询问笔录\n执法人员：史可行政执法证编号：A1234567")
    assert [(o.name, o.number) for o in officers(record)] == [("史可", "A1234567")]


def test_the_day_of_filing_with_the_agency_is_not_that_of_the_decision():
    """A register of decisions made on the spot states both days."""
    form = paper(
        "当场处罚备案表", "当场处罚备案表\n处罚日期 | 2025年2月3日\n报备日期 | 2025年2月5日"
    )
    assert read_facts(form)["备案日期"].value == "2025-02-05"


@pytest.mark.parametrize(
    "said",
    [
        "2024年6月3日9时05分起，至当日9时50分止，执法人员在某店检查，制作本笔录。",
        "2024年6月3日9时05分至9时50分，执法人员在某店进行了检查。",
        "开 始：2024年6月3日9时05分\n结 束：2024年6月3日9时50分",
    ],
)
def test_the_times_of_a_record_may_be_said_in_a_sentence_or_in_two_fields(said):
    """Whatever the shape, a record says from when to when it was made."""
    facts = read_facts(paper("现场检查笔录", f"现场检查笔录\n{said}\n情况如下：货架上有过期食品。"))
    assert facts["开始时间"].value == "2024-06-03 09:05"
    assert facts["结束时间"].value == "2024-06-03 09:50"


def test_hours_that_a_witness_tells_are_not_those_of_the_record():
    """What stands in question and answer is told, and is no time of the record."""
    said = "询问笔录\n问：几点营业？\n答：2024年6月3日9时至17时营业。"
    assert "开始时间" not in read_facts(paper("询问笔录", said))


def test_of_several_options_the_ticked_one_is_the_answer():
    """A box and its options are not the value of a field."""
    form = paper("立案审批表", "立案审批表\n案件来源 | □投诉 ☑巡查发现 □移送\n案由 | 擅自取水")
    assert read_facts(form)["案件来源"].value == "巡查发现"


def test_a_signature_with_its_day_is_no_name_of_an_act():
    """What somebody signed under an unknown label does not leave a field of words open."""
    form = paper("立案审批表", "立案审批表\n接件人 | 【签】　2024年6月3日")
    assert not isinstance(strange_hit(form, specs_of(form)["案由"]), Place)
    assert isinstance(strange_hit(form, specs_of(form)["承办人"]), Place)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("万山 红 史可", ["万山红", "史可"]),
        ("史 可然", ["史可然"]),
        ("史 可", ["史可"]),
        ("万山红 史可", ["万山红", "史可"]),
    ],
)
def test_a_character_that_recognition_parted_belongs_to_its_name(written, names):
    """A lone character is no person."""
    assert split_names(written) == names


def test_people_sign_below_the_head_of_a_column_above_a_row_of_another_width():
    """A receipt with a row for each paper asks for signatures in its columns."""
    receipt = paper(
        "送达回证",
        "送达回证\n送达文书及编号 | 收件人签名 | 收到日期 | 送达地点、方式 | 送达人签名\n"
        "责令改正通知书 | 【签】 | 2025年4月1日 | 湖口路2号直接送达 | 【签】【签】\n"
        "决定书 | 【签】 | 2025年4月8日 | 湖口路2号直接送达 | 【签】【签】\n备注 | 无",
    )
    assert [s.count for s in signing_places(receipt, ("收件人",))] == [1, 1]
    assert [s.count for s in signing_places(receipt, ("送达人",))] == [2, 2]


@pytest.mark.parametrize(
    ("told", "end"),
    [
        (
            "2024年9月2日执法人员检查发现某店售货。经查，自2024年4月2日起，某店陈列过期食品。",
            "2024-09-02",
        ),
        ("2024年3月2日检查时正常。经查，自2024年4月2日起，某店陈列过期食品。", None),
    ],
)
def test_an_act_that_began_and_did_not_end_went_on_until_it_was_found(told, end):
    """The day of an inspection before the act began is not that on which it was found."""
    facts = read_facts(paper("处罚决定书", f"处罚决定书\n{told}"))
    assert (facts["违法终了日期"].value if "违法终了日期" in facts else None) == end


FACTS = "处罚决定书\n经查，某店占道经营一事，{}。以上事实有笔录证明。"


@pytest.mark.parametrize(
    ("told", "end", "earliest"),
    [
        ("起始时间2021年5月16日，终止时间2021年7月15日", "2021-07-15", "2021-05-16"),
        ("该店2026年3月1日摆出货架，2026年4月2日巡查时仍在", None, "2026-03-01"),
        ("该店2025年春节摆出货架，2026年4月2日巡查时仍在", None, None),
        ("该店多年来摆出货架，2026年4月2日巡查时仍在", None, None),
        ("该店一直摆出货架", None, None),
    ],
)
def test_the_end_of_an_act_and_the_earliest_day_told_of_it(told, end, earliest):
    """An act ended no earlier than any day told of it, unless an earlier time is told without."""
    facts = read_facts(paper("处罚决定书", FACTS.format(told)))
    got = (facts.get("违法终了日期"), facts.get("违法事实最早日期"))
    assert tuple(f.value if f else None for f in got) == (end, earliest)


def test_a_day_told_in_a_letter_is_not_its_own():
    """The agency signed without a day."""
    said = "你（单位）2026年4月19日提出的许可申请，决定予以受理。"
    letter = f"受理通知书\n云岭县甲店：\n{said}\n云岭县农业农村局"
    assert "日期" not in read_facts(paper("受理通知书", letter))
    assert read_facts(paper("受理通知书", f"{letter}\n2026年4月20日"))["日期"].value == "2026-04-20"


def test_an_empty_field_takes_nothing_from_the_next():
    photo = paper("现场照片", "现场照片\n拍摄日期：；拍摄场所：东街12号；拍摄人：孙强")
    assert "拍摄时间" not in read_facts(photo)


@pytest.mark.parametrize("way", ["■直接送达□邮寄送达", "□直接送达□邮寄送达□公告送达"])
def test_options_of_which_none_is_ticked_say_nothing(way):
    receipt = paper("送达回证", f"送达回证\n受送达人 | 甲店\n送达方式 | {way}")
    assert ("送达方式" in read_facts(receipt)) is way.startswith("■")


def test_numbers_behind_words_for_them_are_those_of_the_officers():
    record = paper(
        "现场检查笔录",
        "现场检查笔录\n执法人员 | 罗涛执法证号（编号）：49531丁萍执法证号（编号）：49532",
    )
    assert [(o.name, o.number) for o in officers(record)] == [("罗涛", "49531"), ("丁萍", "49532")]


def test_an_answer_is_nobody():
    record = paper("现场检查笔录", "现场检查笔录\n执法人员：卢芳，出示执法证件：是（√）否（）")
    assert [o.name for o in officers(record)] == ["卢芳"]


@pytest.mark.parametrize(
    ("label", "blank"),
    [("送达时间（年月日时分）：2026年4月1日", False), ("送达时间：年月日", True)],
)
def test_the_form_of_a_day_in_its_label_is_no_blank(label, blank):
    assert (blank_left(paper("送达回证", f"送达回证\n{label}")) is not None) is blank


@pytest.mark.parametrize(
    "title", ["证据复印（复制）件粘贴页", "证据复制（提取）单", "营业执照复印件"]
)
def test_copies_are_known_by_their_titles(title):
    document = Document("证据材料", "甲.pdf", 1, 1, title)
    text = RunningText("甲.pdf", [page_of(title)])
    assert is_copy(Paper(document, text, load_rules().vocabulary))


@pytest.mark.parametrize(
    ("above", "below", "apart"),
    [
        ("被询问人签名：李明　2024年12月5日", "询问人（两人）签名：孙强", True),
        ("拍摄地点：北原省云岭县东街十二号供销社大院", "拍摄人及执法证件：孙强", True),
        ("经查，该店2024年12月5日在东街销售过期的", "农药：敌敌畏三瓶", False),
        ("经查：该店在东街销售农药，2024年12月5日被发现", "违法所得：三百元", False),
    ],
)
def test_a_line_that_fills_its_column_is_apart_from_the_next_field(above, below, apart):
    """Where it is a field or ends in a day; a sentence goes on whatever colon follows."""
    lines = [Line(above, (0, 0, 400, 10), end=False), Line(below, (0, 12, 90, 22))]
    page = replace(page_of(""), lines=tuple(lines))
    assert ("\n" in RunningText("甲.pdf", [page]).text.strip()) is apart


@pytest.mark.parametrize(
    ("opinion", "answer"),
    [("同意建议补充调查建议纠正。", "否"), ("建议补充调查取证。", "是")],
)
def test_options_whose_boxes_were_lost_suggest_nothing(opinion, answer):
    review = paper("法制审核意见书", f"法制审核意见书\n审核意见 | {opinion}")
    assert read_facts(review)["提出修改意见"].value == answer
