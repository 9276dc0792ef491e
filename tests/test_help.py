"""The help of every command: Chinese, in the width of the screen, nothing cut off."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from test_misread import said

from casereview.cli.app import COMMANDS, app
from casereview.cli.groups import built
from casereview.reports.lines import joined, wrapped

# what parsers say in English; names of options and formats are no words
ENGLISH = re.compile(
    r"Usage|Options|Arguments|Commands|required|default|env var|Show|exit|<|\.\.\."
)


def every_command():
    """The words of each command, with those of its groups."""
    todo = [((), built(app))]
    while todo:
        words, command = todo.pop()
        yield words
        for name in getattr(command, "commands", {}):
            todo.append(((*words, name), command.get_command(None, name)))


@pytest.mark.parametrize("width", [80, 120])
def test_every_help_is_chinese_and_whole(width, monkeypatch, capsys):
    """With frames, placeholders and the options that the library brings along."""
    monkeypatch.setenv("COLUMNS", str(width))
    for words in every_command():
        code, text = said([*words, "--help"], monkeypatch, capsys)
        assert code == 0 and text.startswith(f"用法：{' '.join(['casereview', *words])} [选项]")
        assert "选项：" in text and "显示这段说明" in text
        assert "…" not in text.replace(" …", "").replace("……", ""), words
        assert not ENGLISH.search(text), (words, ENGLISH.search(text))
        assert max(map(cell_len, text.splitlines())) <= width, words


def test_commands_stand_under_who_uses_them(monkeypatch, capsys):
    """Each once, under its heading."""
    text = said(["--help"], monkeypatch, capsys)[1]
    heads = [text.index(f"\n{user}：") for user in COMMANDS]
    assert heads == sorted(heads)
    for n, commands in enumerate(COMMANDS.values()):
        part = text[heads[n] : heads[n + 1] if n + 1 < len(heads) else None]
        assert all(f"\n  {name} " in part for name in commands)


def test_what_is_written_by_default_is_told(monkeypatch, capsys):
    """What must be typed, what stands otherwise, and which variable says it."""
    text = said(["rule", "--help"], monkeypatch, capsys)[1]
    assert "必填" in text and "缺省 casereview.db；环境变量 CASEREVIEW_DB" in text


def test_chinese_is_broken_anywhere_and_words_nowhere():
    """No line begins with a closing mark or ends with an opening one."""
    text = "写成 casereview-checklist 的清单（名称）、编号，或者“文件”。"
    for width in range(21, 60):
        lines = wrapped(text, width)
        assert all(cell_len(line) <= width for line in lines)
        assert any("casereview-checklist" in line for line in lines)
        assert not any(line[0] in "、，。）”" or line[-1] in "（“" for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_of_a_paragraph_are_joined_as_chinese_is():
    """Without blanks between Chinese, with them between words."""
    assert joined("只写\n   不同的地方 in one\n  file") == "只写不同的地方 in one file"
