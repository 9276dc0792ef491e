"""Settings of an office: what is typed goes before the environment, that before the file."""

from __future__ import annotations

import json

import pytest
from test_misread import said
from test_reports import stored

from casereview.cli.preferences import named
from casereview.errors import UsageError
from casereview.record.entries import RulingGiven
from casereview.record.store import Store
from casereview.reports.office import Office
from casereview.rounds.history import History
from casereview.run.preferences import PREFERENCES, load, put


def test_one_key_is_set_and_the_rest_stays(tmp_path):
    """Also notes that a person wrote beside it; a value may hold anything."""
    path = tmp_path / "casereview.yaml"
    path.write_text("# 本局的设置\n机关: 某县司法局\n期限: 10\n", "utf-8")
    put(path, "评查员", "张三: '甲'")
    put(path, "期限", "20")
    put(path, "机关", "")
    assert load(path) == {"评查员": "张三: '甲'", "期限": "20"}
    assert path.read_text("utf-8").startswith("# 本局的设置\n")


def test_paths_are_those_of_the_folder_of_the_settings(tmp_path):
    """Wherever the program stands."""
    put(tmp_path / "casereview.yaml", "数据库", "库/a.db")
    assert load(tmp_path / "casereview.yaml") == {"数据库": str(tmp_path / "库" / "a.db")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("机 关: 某局\n期限: 十天\n", ("2 处", "没有设置“机 关”", "“期限”要写 1 以上的整数")),
        ("机关：某局\n", ("第 1 行", "半角冒号")),
        ("机关: [甲, 乙]\n", ("“机关”只能写一个值",)),
        ("某县司法局\n", ("一行一个“键: 值”",)),
    ],
)
def test_what_is_wrong_in_the_file_is_told_at_once(text, words, tmp_path):
    """By key or line, in Chinese."""
    path = tmp_path / "casereview.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError) as e:
        load(path)
    assert all(w in str(e.value) for w in words), str(e.value)


def test_a_key_that_is_none_and_a_bad_value_are_refused(tmp_path):
    """And nothing is written."""
    for key, value in (("机構", "x"), ("期限", "0"), ("期限", "十")):
        with pytest.raises(UsageError):
            put(tmp_path / "casereview.yaml", key, value)
    assert not list(tmp_path.iterdir())


def test_option_environment_file_default(sample_results, rules, tmp_path, monkeypatch, capsys):
    """In this order; the store is found by the settings alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEREVIEW_DB", "")
    stored(tmp_path / "库.db", sample_results.values(), rules)
    said(["settings", "数据库", "库.db"], monkeypatch, capsys)
    said(["settings", "评查员", "设置里的人"], monkeypatch, capsys)
    rule = ["rule", "1.97", "pass", "--why", "核对过"]
    typed = [*rule, "--by", "写明的人"]
    for args, env in ((rule, ""), (rule, "环境里的人"), (typed, "环境里的人")):
        monkeypatch.setenv("CASEREVIEW_REVIEWER", env)
        assert said(args, monkeypatch, capsys)[0] == 0
    given = History(Store(tmp_path / "库.db")).journal.entries(RulingGiven)
    assert [e.by for e in given] == ["设置里的人", "环境里的人", "写明的人"]


def test_a_campaign_is_opened_by_the_office_of_the_settings(tmp_path, monkeypatch, capsys):
    """And only opened: what is changed later stays as it is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CASEREVIEW_DB", str(tmp_path / "a.db"))
    said(["settings", "机关", "某县司法局"], monkeypatch, capsys)
    said(["campaign", "new", "2026年度", "--by", "甲"], monkeypatch, capsys)
    said(["campaign", "set", "--organiser", "某市司法局", "--by", "甲"], monkeypatch, capsys)
    said(["campaign", "set", "--period", "6月", "--by", "甲"], monkeypatch, capsys)
    text = said(["campaign", "list", "--json"], monkeypatch, capsys)[1]
    assert "某市司法局" in text and "某县司法局" not in text


def test_papers_bear_the_name_of_the_office(tmp_path, monkeypatch):
    """Where the file of the office gives none."""
    monkeypatch.chdir(tmp_path)
    assert named(Office({})).given == {}
    put(tmp_path / "casereview.yaml", "机关", "某县司法局")
    assert named(Office({"联系人": "裴"})).given == {"发文机关": "某县司法局", "联系人": "裴"}
    assert named(Office({"发文机关": "某市司法局"})).given["发文机关"] == "某市司法局"


def test_the_settings_are_shown_with_where_they_come_from(tmp_path, monkeypatch, capsys):
    """File, environment, or nothing."""
    path = tmp_path / "别处.yaml"
    monkeypatch.setenv("CASEREVIEW_SETTINGS", str(path))
    monkeypatch.setenv("CASEREVIEW_REVIEWER", "李四")
    said(["settings", "期限", "7"], monkeypatch, capsys)
    text = said(["settings", "--json"], monkeypatch, capsys)[1]
    rows = {r["key"]: (r["value"], r["from"]) for r in json.loads(text)}
    assert rows["期限"] == ("7", str(path)) and rows["评查员"] == ("李四", "CASEREVIEW_REVIEWER")
    assert rows["机关"] == ("", "") and len(rows) == len(PREFERENCES)
    code, text = said(["settings", "期限", "--remove"], monkeypatch, capsys)
    assert code == 0 and "期限" not in path.read_text("utf-8")
