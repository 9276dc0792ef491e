"""Recognised characters stand only roughly where they are: small gaps between Chinese ones are
none, and a title in the middle does not run into the line that names whom a paper is for.
"""

from __future__ import annotations

import numpy as np
import pytest
from conftest import load_rules

from casereview.authoring.fixtures import page_of
from casereview.facts.readers import read_facts
from casereview.model import Document
from casereview.papers.paper import Paper
from casereview.papers.running_text import RunningText
from casereview.reading.char import RECOGNISED, Char, Letters
from casereview.reading.lines import Placed, lines_of
from casereview.reading.ocr import Word
from casereview.reading.scan import _chars, _skew

TALL = 40.0  # pixels that a line is high, two a point


def word(text, gaps):
    """A recognised line whose characters are 30 pixels wide, with the gaps behind them."""
    chars, x = [], 100.0
    for c, gap in zip(text, [*gaps, 0.0], strict=True):
        chars.append((c, np.array([[x, 0], [x + 30, 0], [x + 30, TALL], [x, TALL]])))
        x += 30 + gap
    return Word(tuple(chars), 0.99, np.array([[100, 0], [x, 0], [x, TALL], [100, TALL]]))


def lines(chars):
    """The texts of the lines that characters make, and whether each ends its paragraph."""
    letters = chars if isinstance(chars, Letters) else Letters.of(chars)
    at = np.zeros(len(letters), np.intp)
    found = lines_of([Placed(letters, at, [None], [])], RECOGNISED)[0][None]
    return [(line.text, line.end) for line in found]


@pytest.mark.parametrize(
    ("text", "gaps", "read"),
    [
        ("负责人决定", [7, 0, 7, 0], "负责人决定"),
        ("负责人决定", [0, 0, 14, 0], "负责人 决定"),
        ("沈赵", [12], "沈 赵"),
        ("9时", [14], "9 时"),
        ("月1", [14], "月 1"),
    ],
)
def test_small_gaps_between_chinese_characters_are_none(text, gaps, read):
    """Half a character parts two names; figures keep the gap that may part day and hour."""
    assert lines(_chars([word(text, gaps)], 2.0))[0][0] == read


def row(text, left, top, size):
    """Characters of one line."""
    return [
        Char(c, left + n * size, top, left + (n + 1) * size, top + size) for n, c in enumerate(text)
    ]


@pytest.mark.parametrize(("left", "ends"), [(102, True), (70, False)])
def test_a_title_in_the_middle_ends_above_the_addressee(left, ends):
    """One that begins at the margin and fills the line goes on."""
    title = row(
        "芦汀县交通运输局行政许可准予决定书及其附件清单一二三"[: 24 if ends else 26], left, 100, 16
    )
    below = row("芦汀县东来供应链有限公司：", 70, 120, 14)
    body = row("经审核该项许可申请符合法定条件和标准现决定准予行政许可如下所述", 70, 140, 14)
    assert lines([*title, *below, *body])[0][1] is ends


def test_a_title_that_fills_the_line_ends_with_the_word_for_its_paper():
    """The addressee below it is no part of it, however wide it is set."""
    title = row("芦汀县交通运输局行政处罚听证事项告知书", 78, 100, 16)
    below = row("诸葛东来：", 70, 120, 14)
    body = row("经查你于二〇二五年三月在芦汀县环城路超限运输拟作出罚款决定", 70, 140, 14)
    assert lines([*title, *below, *body])[0][1]


def test_a_label_of_two_parts_is_one():
    """单位名称或个人姓名 in a cell: what stands between is no party."""
    rules = load_rules()
    text = "当场行政处罚决定书\n单位名称或个人姓名：芦汀县大洋饲料销售有限责任公司 | "
    document = Document("当场处罚决定书", "a.pdf", 1, 1, "当场处罚决定书")
    paper = Paper(document, RunningText("a.pdf", [page_of(text)]), rules.vocabulary)
    assert read_facts(paper)["当事人"].value == ["芦汀县大洋饲料销售有限责任公司"]


def leaning(count, degrees, wide=150):
    """Lines of five characters on a page that leans, their corners in whole pixels."""
    slope = np.tan(np.radians(degrees))
    out = []
    for n in range(count):
        y = 40 * n + 0.37 * n
        corners = [(100, y), (100 + wide, y + slope * wide), (100 + wide, y + 30), (100, y + 30)]
        corners[2] = (100 + wide, y + 30 + slope * wide)
        quad = np.array([[x, round(y)] for x, y in corners], float)
        out.append(Word(tuple((c, quad) for c in "现场检查笔"), 0.99, quad))
    return out


def test_how_a_page_of_short_lines_leans():
    """No line alone shows it; one that leans by itself does not count."""
    assert abs(_skew(leaning(30, -0.6)) + 0.6) < 0.1
    assert abs(_skew(leaning(30, 0.3)) - 0.3) < 0.1
    assert abs(_skew([*leaning(30, 0.3), *leaning(3, 40)]) - 0.3) < 0.1
    assert _skew([]) == 0.0
