"""What is typed wrong is answered in Chinese, with what to write instead; what goes into a pipe
fits a screen.
"""

from __future__ import annotations

import re
import sys

import pytest
from conftest import SAMPLES
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


# wrong as people were wrong, with a store at hand: the command, the code, and what is said
WITH_STORE = [
    (["show"], 2, ("没有写 案卷", "casereview show [选项] 案卷")),
    (["backup"], 2, ("没有写 --output",)),
    (["compare", "1"], 2, ("compare 要写两次评查", "例如 compare 1 2")),
    (["compare", "a", "b"], 2, ("没有轮次“a”", "例如 1")),
    (["score", "没有"], 2, ("没有",)),
    (
        ["score", ".", "--procedure", "foo"],
        2,
        ("--procedure 不能写“foo”", "普通程序、", "简易程序、"),
    ),
    (["score", ".", "--level", "市"], 2, ("--level 不能写“市”", "批次、单位、案卷")),
    (["score", ".", "--as-of", "昨天"], 2, ("--as-of 昨天 不是日期", "2026-06-30")),
    (["score", str(SAMPLES), "--round", "x", "--trial"], 2, ("不能一起写",)),
    (["report", "-o", "文书", "--office", "坏.yaml"], 2, ("文书没有写出", "半角冒号")),
    (["report", "-o", "文书", "--office", "没有.yaml"], 2, ("找不到 没有.yaml",)),
    (["report", "-o", "文书", "--kind", "通报"], 2, ("通报", "评查情况通报")),
    (["report", "templates"], 2, ("没有写 --output",)),
    (["--db", "坏.db", "units"], 5, ("坏.db 不能使用：这个文件不是数据库", "核对 --db")),
    (["--db", "文件夹", "units"], 5, ("文件夹 是文件夹，不是数据库", "文件夹/casereview.db")),
    (["--db", "没有.db", "units"], 2, ("找不到数据库 没有.db", "--db")),
    (["show", "没有这个案卷"], 2, ("没有这个案卷",)),
    (["show", "栖农罚"], 2, ("栖农罚〔2025〕9号", "栖农罚〔2025〕5号")),
    (["show", "1", "--check", "没有"], 2, ("没有检查项“没有”", "checklist show")),
    (["units", "没有"], 2, ("没有",)),
    (["list", "--verdict", "foo"], 2, ("没有结论“foo”", "不合格、")),
    (["rule", "1.97", "pass"], 2, ("--why",)),
    (["rule", "1.97", "好", "--why", "x"], 2, ("没有“好”", "确认（confirm）")),
    (["rule", "9.99", "pass", "--why", "x"], 2, ("9.99",)),
    (["rule", "1.97", "fail", "--why", "x", "--points", "多"], 2, ("--points 多 不是数",)),
    (["rule", "1.100-97", "pass", "--why", "x"], 2, ("写反了",)),
    (
        ["rule", "2.36", "waive", "--why", "x", "--until", "2020-01-01", "--signer", "局长"],
        2,
        ("2020-01-01 已经过去",),
    ),
    (["rule", "2.36", "waive", "--why", "x"], 2, ("--until", "--signer")),
    (["rectify", "--decide", "2.36", "--outcome", "采纳", "--why", "x"], 2, ("没有可以处理的",)),
    (["rectify", "--issue"], 2, ("-o 文件夹",)),
    (["export", "--format", "csv"], 2, ("jsonl",)),
    (["export", "--level", "批次"], 2, ("--level 不能写“批次”", "单位、案卷")),
    (["panel", "submit"], 2, ("没有分派给 甲",)),
    (["review"], 2, ("终端", "--sheet")),
    (["review", "--answers", "没有.xlsx"], 2, ("没有.xlsx",)),
    (["rulings", "import", "坏.yaml"], 2, ("坏.yaml",)),
    (["campaign"], 2, ("还没有评查活动", "campaign new")),
    (["campaign", "new", "2026", "没有.xlsx"], 2, ("没有.xlsx",)),
    (["runs", "name", "7", "x"], 2, ("没有第 7 次评查",)),
    (["runs", "aside", "1"], 2, ("理由",)),
    (["issue", "-o", "下发"], 2, ("评查活动",)),
    (["outcome", "1", "好"], 2, ("维持",)),
    (["checklist", "show", "没有"], 2, ("没有检查项或者参数“没有”",)),
    (["checklist", "check", "没有"], 3, ("找不到检查清单“没有”",)),
    (["checklist", "export", "-o", "x.pdf"], 2, (".xlsx、.docx、.html",)),
    (["settings", "没有", "x"], 2, ("没有设置“没有”", "机关、")),
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


@pytest.fixture(scope="module")
def desk(sample_results, rules, tmp_path_factory):
    """A folder in which somebody works: a store, and files that are not what they seem."""
    folder = tmp_path_factory.mktemp("desk")
    stored(folder / "casereview.db", sample_results.values(), rules)
    (folder / "坏.yaml").write_text("发文机关：某局\n", "utf-8")
    (folder / "坏.db").write_bytes(b"no database at all" * 100)
    (folder / "文件夹").mkdir()
    return folder


@pytest.mark.parametrize(("args", "code", "words"), WITH_STORE, ids=lambda x: str(x)[:40])
def test_what_cannot_be_done_is_told_in_chinese(args, code, words, desk, monkeypatch, capsys):
    """With its code, what happened and what to do next; and nothing was written."""
    monkeypatch.chdir(desk)
    monkeypatch.setenv("CASEREVIEW_DB", "casereview.db")
    monkeypatch.setenv("CASEREVIEW_REVIEWER", "甲")
    before = sorted(p.name for p in desk.iterdir() if "busy" not in p.name)
    ended, text = said(args, monkeypatch, capsys)
    assert ended == code and all(w in text for w in words), text
    assert not re.search(r"Usage|Error|Missing|No such|Invalid|unexpected|Traceback|Try ", text)
    after = {p.name for p in desk.iterdir() if not p.name.endswith(("-wal", "-shm"))}
    assert after <= {*before, "casereview.db"}


def test_a_folder_without_rules_is_named(tmp_path, monkeypatch, capsys):
    """With the variable that points there."""
    done = run("score", tmp_path, CASEREVIEW_RULES=str(tmp_path))
    assert done.returncode == 3 and "没有评查标准" in done.stderr
    assert "CASEREVIEW_RULES" in done.stderr and "Traceback" not in done.stderr


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
