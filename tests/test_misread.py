"""What is typed wrong is answered in Chinese, with what to write instead; what goes into a pipe
fits a screen.
"""

from __future__ import annotations

import re
import sys

import pytest
from rich.cells import cell_len
from test_cli import run
from test_reports import stored

from casereview.cli.app import main

WRONG = [
    (["scroe"], ("没有命令 scroe", "score")),
    (["panel", "foo"], ("没有命令 foo", "casereview panel --help")),
    (["score"], ("没有写 文件夹", "案卷、单位", "casereview score [选项]")),
    (["rule", "3.12"], ("没有写 意见", "确认（维持）")),
    (["list", "--fresh"], ("没有选项 --fresh",)),
    (["score", "x", "--worker", "2"], ("没有选项 --worker", "--workers")),
    (["list", "--unit"], ("选项 --unit 后面要写值",)),
    (["list", "--open=1"], ("选项 --open 后面不写值",)),
    (["score", "x", "--workers", "abc"], ("--workers 的值不对，要写整数",)),
    (["score", "x", "--fail-under", "abc"], ("--fail-under 的值不对，要写数",)),
    (["show", "a", "b", "c"], ("多写了 b c", "引号")),
    (["score", "x", "--workers", "-3"], ("--workers -3 不是进程数",)),
    (["learn", "x", "--workers=-3"], ("--workers -3 不是进程数",)),
]


def said(args, monkeypatch, capsys):
    """What the program says to a command, in this process, and with which code it ends."""
    monkeypatch.setattr(sys, "argv", ["casereview", *args])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code, "".join(capsys.readouterr())


@pytest.mark.parametrize(("args", "words"), WRONG, ids=lambda x: " ".join(x)[:24])
def test_what_is_typed_wrong_is_answered_in_chinese(args, words, monkeypatch, capsys, tmp_path):
    """A sentence that names it, and how the command is written; the code of wrong usage."""
    monkeypatch.chdir(tmp_path)
    code, text = said(args, monkeypatch, capsys)
    assert code == 2 and all(w in text for w in words), text
    assert not re.search(r"Usage|Error|Missing|No such|Invalid|unexpected|requires|Try ", text)


def test_a_group_alone_shows_its_help_once(monkeypatch, capsys):
    """And nothing is called an error."""
    code, text = said(["panel"], monkeypatch, capsys)
    assert code == 2 and text.count("assign") == 1 and "Error" not in text


def test_the_store_may_be_named_before_the_command(sample_results, rules, tmp_path, monkeypatch):
    """Also for the command that has none; named after the command it goes before."""
    monkeypatch.delenv("CASEREVIEW_DB", raising=False)
    db = stored(tmp_path / "a.db", sample_results.values(), rules).store.path
    for args in (
        ["--db", db, "units"],
        ["--db", db],
        ["--db", tmp_path / "x.db", "units", "--db", db],
    ):
        done = run(*args, cwd=tmp_path)
        assert done.returncode == 0 and "第 1 次评查" in done.stdout + done.stderr, done.stderr
    assert run("--db", tmp_path / "x.db", "units", cwd=tmp_path).returncode != 0


@pytest.mark.parametrize("command", [["list"], ["units"], ["show", "1"], ["list", "--ruled"]])
def test_what_goes_into_a_pipe_fits_a_screen(command, sample_results, rules, tmp_path):
    """Eighty columns, a Chinese character counted as two."""
    db = stored(tmp_path / "a.db", sample_results.values(), rules).store.path
    env = {"CASEREVIEW_DB": str(db), "COLUMNS": ""}
    out = run(*command, cwd=tmp_path, **env).stdout
    assert out and max(map(cell_len, out.splitlines())) <= 80
