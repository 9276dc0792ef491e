"""Labels and titles that nobody has seen: known by what their words mean and what they are made of;
and what stands around them (page numbers, signatures over a line, a lost gap) hides nothing.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from casereview.authoring.fixtures import page_of
from casereview.chinese import find_dates
from casereview.chinese.wording import telling
from casereview.facts.approvals import leader_approval
from casereview.facts.officers import officers
from casereview.facts.party_head import id_numbers, parties
from casereview.facts.readers import read_facts, registry_of
from casereview.facts.registry import Labels
from casereview.facts.signing import signing_places
from casereview.model import PICTURE, Document, Line, Page, SourceFile
from casereview.papers.paper import Paper
from casereview.papers.receipts import served_kinds
from casereview.papers.running_heads import RunningHeads
from casereview.papers.running_text import RunningText
from casereview.papers.split import split
from casereview.papers.whole import may_be
from casereview.reading.char import PRINTED, Char, Letters
from casereview.reading.lines import Placed, lines_of
from casereview.rules.rulebook import load_rules


def paper(kind: str, text: str, title: str = "") -> Paper:
    """A paper of one page."""
    page = page_of(text)
    vocabulary = load_rules().vocabulary
    document = Document(kind, "甲.pdf", 1, 1, title)
    return Paper(document, RunningText("甲.pdf", [page]), vocabulary)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("涉企执法检查请批单", "检查审批表"),
        ("入户检查审批件", "检查审批表"),
        ("检查前告知单", "检查通知书"),
        ("检查情况反馈函", "检查结果告知书"),
        ("采砂许可申办表", "许可申请书"),
        ("采砂许可呈报书", "许可审查审批表"),
        ("准予采砂许可通知", "许可决定书"),
        ("准予受理告知单", "受理通知书"),
        ("现场查验记录表", "核查笔录"),
        ("当场处罚单", "当场处罚决定书"),
        ("当场处罚报备单", "当场处罚备案表"),
        ("扣押船只现场记录", "查封扣押现场笔录"),
        ("发还扣押船只决定书", "解除查封扣押决定书"),
        ("立案请示", "立案审批表"),
        ("文书送达记录单", "送达回证"),
        ("河道执法检查安排", "其他"),
        ("行政许可（正卷）", "卷宗封面"),
        ("免予行政处罚决定", "不予处罚决定书"),
        ("行政审批受理通知单", "受理通知书"),
        ("采伐许可申请资料（申请书）", "许可申请书"),
        ("案件办结请批单", "结案审批表"),
        ("听证请求书", "听证申请书"),
        ("案件集体会审记录", "集体讨论笔录"),
        ("整改验收单", "整改复查记录"),
        ("许可事项现场勘查笔录", "核查笔录"),
    ],
)
def test_a_title_is_known_by_what_it_is_made_of(title, kind):
    """The object, the act and the form of a paper, whatever house words them."""
    guess = load_rules().vocabulary.guess(title)
    assert (guess.kind if guess else None) == kind


def test_a_plain_title_yields_to_what_the_record_does():
    """A record of the scene is that of a seizure where it says that things were seized."""
    said = "现场笔录\n实施扣押措施的理由、依据已经说明\n当事人：柳三省\n"
    seized = split(SourceFile("a.pdf", "0" * 64, 1, "pdf", pages=(page_of(said),)), vocabulary())
    plain = page_of("现场笔录\n检查情况：门口堆放砖块\n当事人：柳三省\n")
    looked = split(SourceFile("a.pdf", "0" * 64, 1, "pdf", pages=(plain,)), vocabulary())
    assert (seized[0].kind, looked[0].kind) == ("查封扣押现场笔录", "现场检查笔录")


def vocabulary():
    return load_rules().vocabulary


def test_a_sense_asks_for_words_in_any_order():
    """Some word of each part, none of those after the minus."""
    labels = Labels(senses=("送达/签收＋日期/时间－作出",))
    assert labels.mean("文书签收的具体时间")
    assert labels.mean("时间（送达）")
    assert not labels.mean("签收人")
    assert not labels.mean("作出及送达日期")


@pytest.mark.parametrize(
    ("label", "value", "fact", "want"),
    [
        ("文书交付收件时间", "2025年4月8日", "送达日期", "2025-04-08"),
        ("所采用的送达办法", "直接送达", "送达方式", "直接送达"),
        ("本文书送达对象", "柳湾船舶有限公司", "受送达人", "柳湾船舶有限公司"),
    ],
)
def test_a_label_that_means_the_field_is_the_field(label, value, fact, want):
    """On a receipt, in a cell or before a colon."""
    for text in (f"送达回证\n{label} | {value}", f"送达回证\n{label}：{value}\n"):
        assert read_facts(paper("送达回证", text))[fact].value == want


def test_an_exact_label_goes_before_one_that_only_means_it():
    """The day of service, not the day on which the receipt came back."""
    text = "送达回证\n回证送交时间 | 2025年4月20日\n送达日期 | 2025年4月8日"
    assert read_facts(paper("送达回证", text))["送达日期"].value == "2025-04-08"


def test_senses_belong_to_groups_that_exist():
    """Every group of labels with a sense has words in each of its parts."""
    groups = registry_of(vocabulary()).groups
    senses = [sense for labels in groups.values() for sense in labels.senses]
    assert senses
    assert all(all(part for part in s.split("－")[0].split("＋")) for s in senses)


def test_an_opinion_is_signed_and_dated_in_rows_of_its_own():
    """Label, signature and day in three rows, or two of them in one row."""
    rows = "案由 | 擅自占道\n股室意见 | 拟同意。\n股室签名 | 甘棠\n日期 | 2025年3月4日\n"
    three = "局长审批 | 同意。\n局长签名 | 司空曙\n日期 | 2025年3月5日"
    two = "局长审批 | 同意。\n局长签名 | 司空曙 | 日期 | 2025年3月5日"
    for end in (three, two):
        box = leader_approval(paper("立案审批表", f"立案审批表\n{rows}{end}"))
        assert box.label == "局长审批"
        assert box.sign.names == ("司空曙",)
        assert box.sign.date == dt.date(2025, 3, 5)
        assert box.lacks() == []


def test_an_empty_row_for_the_day_is_still_lacking():
    """The row that asks for the day does not stand for it."""
    text = "立案审批表\n案由 | 擅自占道\n局长审批 | 同意。\n局长签名 | 司空曙\n日期 | "
    assert leader_approval(paper("立案审批表", text)).lacks() == ["日期"]


def test_a_name_of_two_characters_before_its_certificate():
    """李伟执法证件号码 is 李伟, not a name of four characters."""
    text = "现场检查笔录\n检查人 | 李伟执法证件号码：40312345678 王大山执法证件号码：40387654321"
    who = officers(paper("现场检查笔录", text))
    assert [(o.name, o.number) for o in who] == [
        ("李伟", "40312345678"),
        ("王大山", "40387654321"),
    ]


def test_the_party_is_who_the_head_names():
    """Not who signs below, nor what was answered; numbers of officers are not the party's."""
    text = (
        "当场处罚决定书\n相对人名称：柳湾船舶有限公司\n统一社会信用代码：91980402MA0C2D4E67\n"
        "问：有什么意见？当事人：没有。\n证件编号：40312345678\n"
        "执法人员及证号：李伟，证件编号40312345678\n当事人（签名）：石晚舟　2025年3月5日\n"
    )
    decision = paper("当场处罚决定书", text)
    assert parties(decision).value == ["柳湾船舶有限公司"]
    assert id_numbers(decision).value == ["91980402MA0C2D4E67"]


def test_a_receipt_serves_what_it_numbers():
    """The title with its number in a cell, whatever the label beside it."""
    text = "送达回证\n案由 | 占道\n本次所递之件 | 责令改正通知书 湖改〔2025〕3号\n收件人 | 柳三省"
    receipt = paper("送达回证", text, "送达回证")
    assert served_kinds(receipt.doc, receipt.running_text, vocabulary()) == ("责令改正通知书",)


def test_a_paper_known_to_be_another_is_no_candidate():
    """A register of scanned codes may not be the notice; a title nobody knows may be."""
    notice = vocabulary().kinds["检查通知书"]
    text = "登记\n检查时间 | 2025年3月5日"
    known = Document("其他", "甲.pdf", 1, 1, "检查码扫码登记", 0.88, "标题")
    stranger = Document("其他", "甲.pdf", 1, 1, "告示", 0.4, "不是已知的文书名称")
    candidates = [
        Paper(doc, RunningText("甲.pdf", [page_of(text)]), vocabulary())
        for doc in (known, stranger)
    ]
    assert [may_be(p, notice) for p in candidates] == [False, True]


def test_the_number_of_a_page_is_no_part_of_what_is_said():
    """A lone number in the margin leaves the running text; one inside the page stays."""
    lines = (
        Line("局长审批：同意。", (75, 90, 200, 102), 12),
        Line("12", (75, 300, 99, 312), 12),
        Line("· 1 ·", (285, 810, 310, 822), 9),
    )
    page = Page(1, 595, 842, lines)
    (kept,) = RunningHeads().running("甲.pdf", (page,))
    assert [line.text for line in kept.lines] == ["局长审批：同意。", "12"]


def test_a_signature_drawn_over_a_line_stands_behind_it():
    """同意。 with a signature that reaches into its line is an opinion and a signature."""
    chars = Letters.of(
        Char(c, 100 + 12 * i, 100, 112 + 12 * i, 112) for i, c in enumerate("同意。")
    )
    text = f"同意。{PICTURE}"
    signed = {
        (106, 104, 180, 126): text,
        (150, 100, 200, 114): text,
        (40, 100, 90, 112): f"{PICTURE}同意。",
    }
    for box, read in signed.items():
        at = np.zeros(len(chars), np.intp)
        lines = lines_of([Placed(chars, at, [None], [(0, box)])], PRINTED)[0][None]
        assert lines[0].text.replace(" ", "") == read


def test_a_lost_gap_before_the_hour_moves_no_other_day():
    """Offsets are those of the text as it is."""
    text = "2025.5.69时50分，检查。\n2025年5月8日"
    found = [(text[a:b], day) for day, a, b in find_dates(text)]
    assert found == [
        ("2025.5.6", dt.date(2025, 5, 6)),
        ("2025年5月8日", dt.date(2025, 5, 8)),
    ]


def test_times_keep_the_gap_before_the_hour():
    """2025-10-21 9时 is the 21st, not 19 o'clock on the second."""
    text = "现场检查笔录\n检查时间 | 2025-10-21 9时45分至10时45分"
    facts = read_facts(paper("现场检查笔录", text))
    assert facts["开始时间"].value == "2025-10-21 09:45"


def test_of_a_denial_the_parts_alone_tell_nothing():
    """不…通知 has no wide net; 责令…改正 has one."""
    assert telling(("不…通知", "责令…改正")) == ("责令…改正",)


def test_signing_places_of_a_shape():
    """Places whose label is of a group's shape count like those that are named."""
    record = paper("核查笔录", "核查笔录\n结论：合格。\n查验员签名：甘棠　　2025年3月5日\n")
    assert not signing_places(record, ("核查人员",))
    shaped = signing_places(record, ("核查人员",), "查验(?:人员|员|人)")
    assert [s.names for s in shaped] == [("甘棠",)]
