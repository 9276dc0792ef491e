"""A paper is what it does: mention of another paper's name is not that paper, and a title that says
little yields to what the page says.
"""

from __future__ import annotations

import pytest

from casereview.model import Line, Page, SourceFile
from casereview.papers.page_numbers import own_numbers, printed_labels
from casereview.papers.split import split
from casereview.papers.titles import known_title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("行政处罚决定书", "处罚决定书"),
        ("行政（当场）处罚决定书", "当场处罚决定书"),
        ("行政处罚决定书公示截图", "公示记录"),
        ("行政复议答复书", "复议诉讼材料"),
        ("执法全过程音像记录登记表", "音像资料清单"),
        ("双公示上报表", "登记台账"),
        ("责令改正通知书送达情况说明", None),
        ("重大行政许可决定法制审核意见书", "法制审核意见书"),
        ("行政处罚告知书送达回证", "送达回证"),
        ("关于责成实施强制拆除的决定", None),
        ("现场勘验示意图", "其他"),
        ("抽查对象及检查人员抽取记录", "其他"),
    ],
)
def test_the_last_word_of_a_title_says_what_it_is(title, kind, rules):
    """The screenshot of a decision is no decision, a statement on a notice is no notice."""
    guess = rules.vocabulary.guess(title)
    assert (guess.kind if guess else None) == kind or (kind is None and guess.kind == "其他")


def test_a_page_number_may_stand_behind_a_running_head():
    """A wide gap parts it from the head; a figure of the head itself is none."""
    feet = ("某局执法文书" + (f"  {i - 2}" if i > 2 else "") for i in range(1, 7))
    pages = tuple(_page(i, "某某", foot=foot) for i, foot in enumerate(feet, 1))
    assert printed_labels(pages) == {1: 2, 2: 3, 3: 4, 4: 5}
    plain = tuple(_page(i, "某某", foot=f"某县文件第{i}号") for i in range(1, 5))
    assert printed_labels(plain) == {}


def _page(number: int, *texts: str, foot: str = "") -> Page:
    lines = [
        Line(t, (75, 90 + 24 * n, 75 + 12 * len(t), 102 + 24 * n), 12) for n, t in enumerate(texts)
    ]
    if foot:
        lines.append(Line(foot, (285, 800, 310, 810), 9))
    return Page(number, 595, 842, tuple(lines))


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (
            (
                "证照复印件",
                "统一社会信用代码",
                "经营者：邵某",
                "经营范围：种子零售",
                "提供人：邵某",
            ),
            "当事人身份证明",
        ),
        (("合同复印件", "甲方：某厂", "提供人：邵某"), "证据材料"),
        (("某某农商行电子回单", "付款人：某厂", "收款人：财政专户", "金额：5000元"), "缴款凭证"),
        (
            (
                "违法行为意见通知书",
                "某厂：",
                "拟对你单位作出罚款的处罚",
                "收到本通知后可以陈述、申辩",
            ),
            "事先告知书",
        ),
        (("情况说明", "本单位自愿放弃陈述、申辩的权利"), "陈述申辩书"),
        (("意见书", "局领导：", "收到催告，我的棚子投了不少钱，请求留到明年再拆。"), "陈述申辩书"),
    ],
)
def test_what_a_page_says_tells_where_its_title_does_not(texts, kind, rules):
    """Copies, bank slips, notices and waivers under names of their own."""
    source = SourceFile("001.pdf", "0" * 64, 1, "pdf", pages=(_page(1, *texts),))
    assert split(source, rules.vocabulary)[0].kind == kind


def test_numbers_that_begin_anew_belong_to_papers():
    """1 2 1 1 2 3 in the feet: each 1 begins a paper; 1 2 3 4 does not."""
    numbers = (1, 2, 1, 1, 2, 3)
    pages = tuple(_page(i, "某某", foot=f"— {n} —") for i, n in enumerate(numbers, 1))
    assert own_numbers(pages) == dict(enumerate(numbers))
    running = tuple(_page(i, "某某", foot=f"— {i} —") for i in range(1, 5))
    assert own_numbers(running) == {}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("准予受理通知书", "受理通知书"),
        ("受理（不予受理）通知书", "受理通知书"),
        ("不予受理通知书", "不予受理通知书"),
        ("不准予行政许可决定书", "不予许可决定书"),
        ("免予行政处罚决定书", "不予处罚决定书"),
        ("不予行政处罚决定书公示截图", "公示记录"),
    ],
)
def test_a_title_that_refuses_is_no_grant(rules, title, kind):
    """However like two titles are, one that grants is never taken for one that refuses."""
    assert rules.vocabulary.guess(title).kind == kind


@pytest.mark.parametrize(
    "title", ["入户扫码登记簿", "双随机抽查工作计划", "节前专项巡查方案", "行政检查年度计划"]
)
def test_what_surrounds_an_inspection_is_no_approval_of_it(rules, title):
    """Registers of scanned codes, plans: papers of their own; a form that approves is none."""
    assert rules.vocabulary.guess(title).kind == "其他"
    assert rules.vocabulary.guess("检查方案审批表").kind == "检查审批表"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("现场核查意见", "核查笔录"), ("实地踏勘意见", "核查笔录"), ("规划核查意见", None)],
)
def test_an_opinion_on_the_plan_is_no_record_of_a_visit(rules, title, kind):
    """What was seen on the spot is a record; what another office thinks of papers is evidence."""
    guess = rules.vocabulary.guess(title)
    assert (guess.kind if guess else None) == kind


def test_a_title_whose_end_nobody_knows_rules_nothing_out(rules):
    """整改复核留痕 may be the recheck though 复核 makes others; 陈述申辩复核意见 is not."""
    kind, titles = rules.vocabulary.kinds["整改复查记录"], rules.vocabulary.titles
    assert kind.may_be_called("整改复核留痕", titles)
    assert not kind.may_be_called("陈述申辩复核意见书", titles)


def test_a_list_of_the_papers_of_a_file_is_its_catalogue(rules):
    """Also where it names the evidence; a list of evidence alone is evidence."""
    got = {t: rules.vocabulary.guess(t).kind for t in ("文书及证据材料目录", "证据材料目录")}
    assert got == {"文书及证据材料目录": "卷内目录", "证据材料目录": "证据材料"}


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (("青苇县水务局对违法行为不予", "处罚决定书"), "不予处罚决定书"),
        (("青苇县水务局水行政", "处罚决定书"), "处罚决定书"),
        (("送达回证", "处罚决定书"), "送达回证"),
    ],
)
def test_a_title_over_two_lines_is_one_title(lines, kind, rules):
    """What ends a title that began on the line above names no paper of its own."""
    heads = (Line(t, (100, 60 + 30 * n, 495, 80 + 30 * n), 20) for n, t in enumerate(lines))
    body = _page(1, *["当事人孙某在河边堆放砂石。"] * 6).lines
    page = Page(1, 595, 842, (*heads, *body))
    assert known_title(page, rules.vocabulary).kind == kind


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("现场检查笔录", "检查情形\n□专项检查☑对责令限期改正情况的复查", "整改复查记录"),
        ("现场检查笔录", "检查情形\n☑专项检查□对责令限期改正情况的复查", None),
        ("证据材料", "证据名称\n营业执照\n证明内容\n主体资格", "当事人身份证明"),
        ("证据材料", "证据名称\n销售台账\n证明内容\n营业执照载明的范围", None),
    ],
)
def test_a_form_of_many_uses_is_what_it_says_that_it_is(kind, text, told, rules):
    """The ticked option, and the name of what is pasted on the sheet."""
    guess = rules.vocabulary.told_apart(kind, kind, lambda: text)
    assert (guess.kind if guess else None) == told
