"""Tables of the terminal: whatever the width, numbers are whole and nothing is lost."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from casereview.reports.terminal.tables import Head, heading, inert, table

HEADS: list[Head] = [
    ("名次", "right"),
    ("单位", "name"),
    ("范围", "right"),
    ("未读", "right"),
    ("说明", "left"),
]
ROWS = [
    heading("批次一"),
    (1, "栖霞岭县农业农村局", "93.7～100", "", "不合格（否决）两项，缺 处罚决定书.docx 第 2 页"),
    (12, "芦汀县水务局", "88.2～93.2", "", inert("没有", "red")),
]


def drawn(width: int, rows=ROWS, **terminal) -> list[str]:
    """The lines of a table."""
    out = Console(file=io.StringIO(), width=width, **terminal)
    table(out, "标题", HEADS, rows, "一个也没有。")
    return out.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_table_fits_its_screen_and_keeps_all_that_stands_in_it(width):
    """Numbers on one line, no blanks at the ends, every character there."""
    lines = drawn(width)
    assert max(map(cell_len, lines)) <= width and all(x == x.rstrip() for x in lines)
    assert any("93.7～100" in x for x in lines) and any("88.2～93.2" in x for x in lines)
    said = "".join(lines).replace(" ", "")
    for row in ROWS:
        assert all(set(str(getattr(v, "plain", v))) - {" "} <= set(said) for v in row)


def test_names_are_folded_when_nothing_else_is_left():
    """At eighty columns the name of a unit is whole."""
    assert any("栖霞岭县农业农村局" in x for x in drawn(80))
    assert not any("栖霞岭县农业农村局" in x for x in drawn(40))


def test_a_column_in_which_nothing_stands_is_left_out():
    """With its head."""
    assert not any("未读" in x for x in drawn(80))
    assert any("未读" in x for x in drawn(80, [(1, "甲", "1", 3, "")]))


def test_a_rule_is_drawn_on_a_screen_and_not_in_a_pipe():
    """What goes on to another program are rows alone; without rows a sentence."""
    assert not any("──" in x for x in drawn(80))
    assert any("──" in x for x in drawn(80, force_terminal=True))
    assert drawn(80, []) == ["一个也没有。"]
