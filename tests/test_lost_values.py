"""What stands on a paper is read where it stands: the gap of a day, pictures and values below
their label, laws with the name of a paper in theirs, papers under the title of their unit.
"""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from test_wide_net import FIRM, VOCABULARY, paper_of, why

from casereview.authoring.fixtures import page_of
from casereview.chinese import close_gaps, find_dates, find_span, is_name
from casereview.facts.citations import cited
from casereview.facts.doubt import Doubt
from casereview.facts.form_fields import signatures
from casereview.facts.head import named
from casereview.facts.issuer import inner_office
from casereview.facts.officers import officers
from casereview.facts.readers import read_facts
from casereview.facts.reading_steps import last_date
from casereview.facts.strangers import tells_place
from casereview.model import PICTURE, Document, Line, Page, SourceFile
from casereview.papers.paper import Paper
from casereview.papers.receipts import served_here
from casereview.papers.running_text import RunningText
from casereview.papers.whole import papers_of
from casereview.settings import rules_folder


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("2025.6.30 9时02分至  时  分", "2025-06-30 09:02", None),
        ("2025.4.3 15时00分至15时40分", "2025-04-03 15:00", "2025-04-03 15:40"),
        ("2025.4.315时00分至15时40分", "2025-04-03 15:00", "2025-04-03 15:40"),
        ("2 0 2 5 年 4 月 3 日 9 时", "2025-04-03 09:00", None),
        ("2025年4月3日下午3时整至3时40分", "2025-04-03 15:00", "2025-04-03 15:40"),
        ("2025年4月3日下午3时至2025年4月4日9时", "2025-04-03 15:00", "2025-04-04 09:00"),
        ("2025年4月3日下午3时起至次日9时30分", "2025-04-03 15:00", "2025-04-04 09:30"),
    ],
)
def test_the_gap_between_a_day_and_the_hour_is_kept(written, start, end):
    """Without it 2025.6.309时 may be the third; a day that no month has is none."""
    got = [t and t.strftime("%Y-%m-%d %H:%M") for t in find_span(close_gaps(written))]
    assert got == [start, end]
    assert next(find_dates(close_gaps(written)))[0].isoformat() == start[:10]


@pytest.mark.parametrize(
    "line",
    [
        "到场与离场：2025年4月3日9时10分始，2025年4月3日10时23分毕",
        "2025年4月3日9时10分到店，10时23分离开",
    ],
)
def test_two_times_at_the_head_of_a_record_are_its_times(line):
    """Whatever their label is called."""
    facts = read_facts(paper_of("现场检查笔录", f"现场检查笔录\n{line}\n当事人：云湖面馆"))
    assert facts["开始时间"].value == "2025-04-03 09:10"
    assert facts["结束时间"].value == "2025-04-03 10:23"


@pytest.mark.parametrize(("row", "name"), [("孙亚男", "孙亚男"), ("孙强　男", "孙强")])
def test_a_name_may_end_as_a_sex_does(row, name):
    """男 behind a gap is the sex, at the end of a name a part of it."""
    paper = paper_of("处罚决定书", f"处罚决定书\n当事人：{row}\n住址：云湖市柳堤路16号")
    assert [n for n, _ in named(paper)] == [name]


def _drawn(*texts: str) -> Paper:
    """A receipt of lines one below the other; those of pictures overlap the line above."""
    lines = []
    for n, text in enumerate(texts):
        top = 100 + 20 * n - (12 if text == PICTURE else 0)
        lines.append(Line(text, (80, top, 80 + 12 * len(text), top + 12), 12))
    page = Page(1, 595, 842, tuple(lines))
    return Paper(paper_of("送达回证", "").doc, RunningText("甲.docx", [page]), VOCABULARY)


def test_a_picture_may_stand_below_the_line_of_its_label():
    """A signature that hangs under its label, and the second of two."""
    paper = _drawn("送达人（两名）：" + PICTURE, PICTURE, "收件人：", PICTURE, "备注：")
    assert [s.marks for s in signatures(paper, "送达人")][:1] == [2]
    assert [s.marks for s in signatures(paper, "收件人")][:1] == [1]
    assert not any(s.signed for s in signatures(paper, "备注"))


def test_a_value_may_stand_on_the_line_below_its_label():
    """Where three labels of a form do; what is a field itself is no value."""
    rows = "会商地点：\n二楼会议室\n主持人：\n孙强\n会商时间：\n2025年4月3日\n记录人：\n备注："
    facts = read_facts(paper_of("集体讨论笔录", f"集体讨论笔录\n{rows}"))
    assert facts["讨论日期"].value == "2025-04-03"


def test_a_day_that_is_told_of_is_not_the_day_of_a_paper():
    """A sentence goes on behind it."""
    told = "集体讨论记录\n汇报：2025年4月3日测绘时已经盖顶，承办部门建议罚款，大家没有意见。"
    assert last_date(paper_of("集体讨论笔录", told)) is None
    assert last_date(paper_of("集体讨论笔录", told + "\n孙强 2025年4月8日")) is not None


def test_who_accompanies_an_inspection_is_no_officer():
    """检查人员 at the end of 陪同检查人员 is another label."""
    text = "现场检查笔录\n陪同检查人员：孙强（店长）\n检查人员：李明，执法证号98040201007\n"
    assert [o.name for o in officers(paper_of("现场检查笔录", text))] == ["李明"]


def test_a_sentence_that_an_officer_says_names_nobody():
    """申辩 between commas may be a name; in a sentence it is none."""
    said = "执法人员说明：你有权陈述、申辩，应当协助检查"
    text = f"现场检查笔录\n执法人员：李明，执法证号98040201007\n{said}"
    assert [o.name for o in officers(paper_of("现场检查笔录", text))] == ["李明"]


@pytest.mark.parametrize("count", ["两名", "二名", ""])
def test_a_label_may_say_how_many_it_asks_for(count):
    """两名执法人员及证号 asks for officers."""
    text = f"检查笔录\n{count}执法人员及证号 | 李明，98040201007；孙强，98040201012\n情况 | 无"
    assert len(officers(paper_of("现场检查笔录", text))) == 2


def _laws(sentence: str) -> list[str]:
    paper = paper_of("处罚决定书", f"处罚决定书\n{sentence}")
    return [c.law for c in cited(paper)]


def test_every_law_of_the_index_is_a_law_where_an_article_of_it_is_cited():
    """Also one that regulates permits, invoices, contracts, wages or reports."""
    with (rules_folder() / "statutes.csv").open(encoding="utf-8") as file:
        names = {row[0] for row in list(csv.reader(file))[1:]}
    wanted = {n for n in names if not n.endswith("安排") and "《" not in n and len(n) <= 60}
    lost = [n for n in wanted if _laws(f"依据《{n}》第一条的规定") != [n]]
    assert lost == []


@pytest.mark.parametrize("name", ["行政处罚决定书", "食品经营许可证", "考勤管理办法", "工资表"])
def test_papers_and_rules_of_a_firm_are_no_laws(name):
    """A title in the marks of a book that no article follows."""
    assert _laws(f"现场提取《{name}》一份。") == []


def test_a_law_without_an_article_is_no_provision():
    """The basis of a decision names an article."""
    text = "处罚决定书\n处罚依据：《中华人民共和国公路法》。处罚内容：罚款陆佰元。"
    assert why(paper_of("处罚决定书", text), "处罚依据") is Doubt.NOT_STATED


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("复议和诉讼：六十日内向县政府申请行政复议，六个月内向法院起诉。", "缴款期限"),
        ("缴纳：凭缴款码134440632443525缴纳。执法人员不收现金。", "执法证号"),
        ("交钱：请到云湖农商行（收入专户，00059296968646567）。", "执法证号"),
        (f"统一社会信用代码：{FIRM}\n地址：柳堤路16号\n证件号 | ", "执法证号"),
    ],
)
def test_what_was_read_as_one_thing_is_no_other(text, name):
    """A period of a remedy is no term of payment, a code of payment no certificate."""
    paper = paper_of("当场处罚决定书", f"当场处罚决定书\n{text}")
    assert why(paper, name) is Doubt.NOT_STATED


@pytest.mark.parametrize(
    ("caption", "place"),
    [
        ("反映云湖县顺达护坡工程有限公司案现场检查情况", False),
        ("云湖县顺达护坡工程有限公司", False),
        ("云湖县顺达护坡工程有限公司门口", True),
        ("云湖县柳堤路旁", True),
    ],
)
def test_the_name_of_a_firm_is_no_place(caption, place):
    """It names a county, and nobody was there."""
    assert tells_place(caption) is place


@pytest.mark.parametrize(
    ("foot", "inner"),
    [
        ("云湖县综合执法一分队\n2025年4月3日", True),
        ("行政审批股\n2025年4月3日", True),
        ("云湖县市容巡查队\n2025年4月3日", True),
        ("云湖县消防救援大队\n2025年4月3日", False),
        ("行政审批股", False),
        ("云湖县城市管理局\n2025年4月3日", False),
        ("柳堤街道办事处\n2025年4月3日", False),
    ],
)
def test_an_office_signs_beside_the_day(foot, inner):
    """The name of an office alone may be a field."""
    found = inner_office(paper_of("许可决定书", f"许可决定书\n准予许可。\n{foot}"))
    assert (found is not None) is inner


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("整理员 | 【签】", "立案日期"),
        ("具体经办 | 综合执法股", "案由"),
        ("最终处罚结果 | 罚款陆佰元", "案由"),
    ],
)
def test_a_field_of_another_sort_is_no_candidate_on_a_cover(row, name):
    """Who signed, which office, and what came of it tell neither cause nor day."""
    paper = paper_of("卷宗封面", f"行政处罚案卷\n当事人 | 云湖面馆\n{row}")
    assert why(paper, name) is Doubt.NOT_STATED


def test_a_caption_names_no_photographer():
    """Words that may be a name in a sentence of other things."""
    text = "现场照片\n照片说明：云湖县秋林烟酒百货店门面照片\n拍摄时间：2025年3月4日"
    assert why(paper_of("现场照片", text), "拍摄人") is Doubt.NOT_STATED


def _texts(*papers: tuple[str, str]) -> list[SourceFile]:
    return [
        SourceFile(f"{n:02d} {title}.docx", "", 0, "docx", "readable", "", (page_of(text),))
        for n, (title, text) in enumerate(papers, 1)
    ]


def test_a_receipt_serves_the_paper_that_it_calls_by_its_own_title():
    """A title that only this unit uses; the longest that fits."""
    others = [("催告书", ["催办告知书(催告)", "催办告知书"]), ("处罚决定书", ["行政处罚决定书"])]
    assert served_here("受送达人孙强交付何物催办告知书(催告)3号", others) == ("催告书",)
    assert served_here("受送达人孙强交付何物行政处罚决定书3号", others) == ("处罚决定书",)
    assert served_here("受送达人孙强交付何物通知一份", others) == ()


def test_a_slip_of_the_post_beside_a_receipt_serves_nothing_more():
    """It proves how the receipt was delivered, and need not say all that a receipt does."""
    decision = "行政处罚决定书\n云罚〔2025〕3号\n当事人：孙强\n决定处以罚款五十元。\n2025年3月4日"
    receipt = "送达回证\n受送达人 | 孙强\n送达文书 | 行政处罚决定书 云罚〔2025〕3号\n收件人 | 孙强"
    slip = "邮寄送达签收凭证\n内件品名：行政处罚决定书。\n收件人：孙强"
    names = ("行政处罚决定书", "送达回证", "邮寄送达签收凭证")
    sources = _texts(*zip(names, (decision, receipt, slip), strict=True))
    alone = papers_of([sources[0], sources[2]], VOCABULARY).papers
    beside = papers_of(sources, VOCABULARY).papers
    assert [p.doc.serves for p in alone if p.doc.kind == "送达回证"] == [("处罚决定书",)]
    assert [p.doc.serves for p in beside if p.doc.kind == "送达回证"] == [("处罚决定书",), ()]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("受送达人签收 | 【签】\n送达日期 | ", Doubt.NOT_STATED),
        ("受送达人签收 | 【签】\n送达日期 | 【签】", Doubt.HANDWRITTEN),
        ("受送达人签收 | 【签】", Doubt.HANDWRITTEN),
    ],
)
def test_an_empty_field_of_the_day_is_empty_whoever_signed_above_it(rows, reason):
    """Where a form has no such field, the day may stand beside the signature."""
    paper = paper_of("送达回证", f"送达回证\n送达文书 | 处罚决定书\n{rows}\n送达人 | 孙强 李明")
    assert why(paper, "送达日期") is reason


def test_a_word_of_a_form_is_no_reviewer():
    """适当 in the column of results is nobody; a name that holds it is somebody."""
    assert not is_name("适当") and not is_name("无异议")
    assert is_name("陈述") and is_name("王适当") and is_name("成立")


@pytest.mark.parametrize(
    ("opinion", "scanned", "raised"),
    [
        ("同意 □退回补正 □提请讨论", True, False),  # the ticked box was not recognised
        ("同意 退回补正 □提请讨论", True, False),  # nor the box of the second
        ("同意 退回补正 提请讨论", True, False),  # nor any
        ("□同意 □退回补正", False, False),
        ("同意。退回补正。", True, True),
        ("经研究，退回补正。", True, True),
    ],
)
def test_an_option_whose_box_is_empty_or_lost_raises_nothing(opinion, scanned, raised):
    """Who agreed on a form of options asked for no changes, whatever a scan left of the boxes."""
    text = f"法制审核意见书\n审核意见 | {opinion}"
    page = replace(page_of(text), ocr=scanned)
    document = Document("法制审核意见书", "甲.pdf", 1, 1, "法制审核意见书")
    facts = read_facts(Paper(document, RunningText("甲.pdf", [page]), VOCABULARY))
    asked = facts.get("提出修改意见")
    assert (asked is not None and asked.value == "是") is raised
