"""Where papers begin in a file, and where lines go on: by how they are set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.authoring.fixtures import page_of
from casereview.model import Line, Page, SourceFile
from casereview.papers.catalogue import entries_of
from casereview.papers.flow import flows_on
from casereview.papers.running_text import RunningText
from casereview.papers.split import split


def sheet(number: int, *lines: tuple[str, float, float, float]) -> Page:
    """A page with lines: text, left, right, size."""
    placed = tuple(
        Line(text, (left, 80.0 + 24 * n, right, 80.0 + 24 * n + size), size=size)
        for n, (text, left, right, size) in enumerate(lines)
    )
    return Page(number, 595.0, 842.0, placed)


TITLE = ("国家税务总局云岭县税务局文书签收回执", 117.0, 478.0, 19.0)
FULL = (
    "当事人应当自收到本决定书之日起十五日内缴纳罚款，到期不缴纳的按",
    70.0,
    521.0,
    11.0,
)


@pytest.mark.parametrize(
    ("last", "first", "flows"),
    [
        (FULL, ("数额的百分之三加处罚款。", 70.0, 250.0, 11.0), True),
        (("国家税务总局云岭县税务局", 350.0, 521.0, 11.0), TITLE, False),
        (FULL, TITLE, False),
    ],
)
def test_a_paragraph_that_the_end_of_a_page_cuts(last, first, flows):
    """It fills its line; a signature set right does not, and a heading is in larger type."""
    assert flows_on((sheet(1, last), sheet(2, first)), 1) is flows


def test_a_folder_gives_its_papers_no_kind(rules):
    """A file that is named as its folder (结案) holds what its heading and text say."""
    said = (
        ("罚款缴款单", 240.0, 360.0, 19.0),
        ("交款方：金谷洗车行", 76.0, 250.0, 11.0),
        ("收款方：云岭县城市管理局", 76.0, 250.0, 11.0),
        ("交易日期：二〇二四年五月二十七日", 76.0, 300.0, 11.0),
        ("罚没项目：城市管理罚没收入", 76.0, 250.0, 11.0),
        ("实际缴付金额：500.00元（伍佰元整）", 76.0, 300.0, 11.0),
    )
    source = SourceFile("40结案/40结案.pdf", "0" * 64, 1, "pdf", pages=(sheet(1, *said),))
    (doc,) = split(source, rules.vocabulary)
    assert doc.kind == "缴款凭证"


def test_each_paper_of_evidence_begins_anew(rules):
    """证据材料 names no paper: a heading on the second page is another one."""
    photo = page_of("照片及说明\n拍摄时间：2024年9月2日\n拍摄人：孙强\n拍摄地点：某街")
    licence = sheet(
        2,
        ("主体证照复制页", 220.0, 380.0, 19.0),
        ("名称：盛隆粮食贸易有限公司", 76.0, 300.0, 11.0),
        ("统一社会信用代码：91494337MAJWG38YTH", 76.0, 320.0, 11.0),
        ("法定代表人：刁亚男", 76.0, 300.0, 11.0),
        ("住所：云岭县胜利西街145号", 76.0, 300.0, 11.0),
    )
    pages = (replace(photo, number=1), licence)
    source = SourceFile("三、证据材料.pdf", "0" * 64, 1, "pdf", pages=pages)
    assert [d.page_from for d in split(source, rules.vocabulary)] == [1, 2]


def test_a_title_does_not_go_on_in_the_field_below_it():
    """Nor a full line of fields in anything but the value of its last one."""
    title = ("税务局简易程序处罚决定书", 98.0, 496.0, 21.6)
    name = ("名称或姓名： 黄超", 72.0, 167.0, 15.3)
    page = sheet(1, title, name)
    open_lines = tuple(replace(line, end=False) for line in page.lines)
    assert "决定书\n名称" in RunningText("甲.pdf", [replace(page, lines=open_lines)]).without_spaces
    fields = ("拍摄时间：2025-09-24 拍摄地点：沙塘街45号 拍摄人：", 100.0, 514.0, 12.0)
    below = ("孙强 拍摄设备：手机", 76.0, 200.0, 12.0)
    text = RunningText("甲.pdf", [sheet(1, fields, below)]).without_spaces
    assert "拍摄人：孙强" in text


def test_a_row_above_the_strokes_of_the_next_page_is_one_of_the_catalogue(rules):
    """Its serial number is the one that the table leaves out; any other line is none."""
    first = page_of("卷内目录\n序号 | 题名 | 页次\n1 | 立案审批表 | 1\n2 | 询问笔录 | 2")
    table = page_of("4 | 结案审批表 | 5\n5 | 备考表 | 6")
    loose = Line("3  行政处罚决定书  4", (60.0, 60.0, 400.0, 72.0))
    other = Line("9  行政处罚决定书  4", (60.0, 40.0, 400.0, 52.0))
    second = replace(table, number=2, lines=(other, loose, *table.lines))
    text = RunningText("目录.pdf", [first, second])
    titles = sorted(e.title for e in entries_of(text, rules.vocabulary))
    assert titles == ["备考表", "立案审批表", "结案审批表", "行政处罚决定书", "询问笔录"]
