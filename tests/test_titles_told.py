"""What a paper is where its title is written in words of a house's own, or is none."""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import page_of
from casereview.model import Document, Line, Page, SourceFile
from casereview.papers.receipts import served_kinds
from casereview.papers.running_heads import running_heads
from casereview.papers.running_text import RunningText


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云湖市水利局案卷首页", "卷宗封面"),
        ("文书送达单", "送达回证"),
        ("卷内材料清单", "卷内目录"),
        ("物品清单", "查封扣押清单"),
        ("举报记录表", "案件来源登记表"),
        ("案件受理记录", "案件来源登记表"),
        ("行政处罚听证权告知书", "听证告知书"),
        ("现场行政处罚决定书", "当场处罚决定书"),
        ("不予行政处罚告知（决定）书", "不予处罚决定书"),
        ("行政处罚告知（决定）书", "事先告知书"),
    ],
)
def test_titles_of_a_house(title, kind, rules):
    """Known by the object and the sort of paper that they name."""
    assert rules.vocabulary.guess(title).kind == kind


@pytest.mark.parametrize("line", ["行政执法卷宗用纸（05）", "云湖市水利局公文纸"])
def test_what_is_printed_on_the_sheet_is_no_title(line, rules):
    """卷宗用纸 makes no cover of what is written on it."""
    assert rules.vocabulary.no_title(line)
    assert rules.vocabulary.guess(line) is None


RECEIPT = (
    "受送达人姓名：云湖面馆\n文书标题：处罚决定书\n送达人姓名：孙强\n"
    "送达地点：柳堤路16号\n收到人：李明"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (RECEIPT, "送达回证"),
        (RECEIPT.replace("送达人姓名：孙强\n", ""), "送达回证"),  # one wording may be missing
        (RECEIPT + "\n如有变更，书面告知；未告知的视为送达", None),
        ("受送达人姓名：云湖面馆", None),
    ],
)
def test_a_paper_without_a_known_title_is_known_by_what_it_says(text, kind, rules):
    """All wordings, or all but one; never where it says what such a paper never says."""
    guess = rules.vocabulary.by_content(text, "")
    assert (guess.kind if guess else None) == kind


def test_what_a_receipt_serves_may_stand_under_any_label(rules):
    """A title with its number; the gap behind it ends a title that ends in no word for a paper."""

    def served(line: str) -> tuple[str, ...]:
        page = Page(1, 595, 842, (Line("文书送达单", None), Line(line, None)))
        document = Document("送达回证", "甲.docx", 1, 1, "文书送达单")
        return served_kinds(document, RunningText("甲.docx", [page]), rules.vocabulary)

    assert served("所附公文：催告书 云水催〔2025〕3号") == ("催告书",)
    assert served("所附公文：柳堤路16号") == ()


def test_heads_of_word_files_recur_over_a_case(rules):
    """The first line that most files share is printed on each sheet, though nobody knows where."""
    heads = ["云湖市水利局行政处罚案卷材料"] * 5
    titles = ["立案审批表", "询问笔录", "送达回证", "处罚决定书", "结案审批表"]
    sources = [
        SourceFile(
            f"{n}.docx",
            str(n) * 64,
            1,
            "docx",
            pages=(Page(1, 595, 842, (Line(h, None), Line(t, None, 18.0))),),
        )
        for n, (h, t) in enumerate(zip(heads, titles, strict=True))
    ]
    found = running_heads(sources, rules.vocabulary)
    for source, title in zip(sources, titles, strict=True):
        [line] = found.without(source.path, source.pages[0]).lines
        assert line.text == title


@pytest.mark.parametrize(
    ("served", "kind"),
    [
        ("不予行政处罚告知（决定）书永税不罚（2023）48号", "不予处罚决定书"),
        ("责令（限期）整改通知书永税改（2023）48号", "责令改正通知书"),
    ],
)
def test_a_served_title_may_have_brackets_before_its_number(served, kind, rules):
    text = RunningText("甲.docx", [page_of(f"送达回证\n送达文书 | {served}")])
    document = Document("送达回证", "甲.docx", 1, 1, "送达回证")
    assert served_kinds(document, text, rules.vocabulary) == (kind,)


@pytest.mark.parametrize(
    "title",
    ["送达回证（查封（扣押）决定书及财物清单）", "送达回证（行政处罚事先（听证）告知书）"],
)
def test_a_remark_may_have_brackets_of_its_own(rules, title):
    """It is still a receipt."""
    assert rules.vocabulary.guess(title).kind == "送达回证"
