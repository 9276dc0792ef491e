"""Chinese words for what is typed; the English ones stay."""

from __future__ import annotations

import inspect
import json

import pytest
from test_misread import said
from test_reports import stored

from casereview.cli.options import Filters
from casereview.cli.results import list_
from casereview.cli.review import review
from casereview.cli.values import EXPORTED, LEVELS, meant, procedure
from casereview.errors import UsageError
from casereview.model import FAIL, MANUAL
from casereview.rounds.rulings import ACTIONS
from casereview.rounds.settling import act


@pytest.mark.parametrize(
    ("word", "status", "points", "means"),
    [
        ("合格", MANUAL, "", "pass"),
        ("合格", FAIL, "", "overrule"),
        ("不合格", MANUAL, "", "fail"),
        ("不合格", FAIL, "", "confirm"),
        ("不合格", FAIL, "2", "adjust"),
        ("不适用", MANUAL, "", "na"),
        ("维持", FAIL, "", "confirm"),
        ("否定", FAIL, "", "overrule"),
        ("改分", FAIL, "1", "adjust"),
        ("免予整改", FAIL, "", "waive"),
        ("撤回", MANUAL, "", "withdraw"),
        ("没有这种", FAIL, "", "没有这种"),
        *((action, FAIL, "", action) for action in ACTIONS),
    ],
)
def test_a_word_means_an_act_by_what_the_tool_found(word, status, points, means):
    """合格 said of a fault denies it; what is no word stays, to be refused by name."""
    assert act(word, status, points) == means


def test_rulings_are_given_in_chinese(sample_results, rules, tmp_path, monkeypatch, capsys):
    """On several findings at once, each by what the tool found; a word that is none is refused
    with those that are.
    """
    monkeypatch.setenv("CASEREVIEW_REVIEWER", "甲")
    db = stored(tmp_path / "a.db", sample_results.values(), rules).store.path
    monkeypatch.setenv("CASEREVIEW_DB", str(db))
    rows = json.loads(said(["list", "--json"], monkeypatch, capsys)[1].partition("\n试评")[0])
    fault = next(r["number"] for r in rows if r["status"] == FAIL)
    asked = next(r["number"] for r in rows if r["status"] == MANUAL)
    code, text = said(["rule", f"{fault}、{asked}", "合格", "--why", "看过"], monkeypatch, capsys)
    assert code == 0 and "否定" in text and "认定合格" in text
    code, text = said(["rule", fault, "好", "--why", "看过"], monkeypatch, capsys)
    assert code == 2 and "没有“好”" in text and "确认（confirm）" in text


def test_levels_and_procedures_have_their_names():
    """By long name, short name and id; of what is none all are told."""
    assert [meant("--level", x, LEVELS) for x in ("批次", "unit", "")] == ["batch", "unit", ""]
    same = {procedure(x) for x in ("普通程序", "行政处罚普通程序", "ordinary")}
    assert same == {"ordinary"} and procedure("") == ""
    for bad in (lambda: procedure("foo"), lambda: meant("--level", "批次", EXPORTED)):
        with pytest.raises(UsageError, match="可以写"):
            bad()


def test_the_filters_are_those_of_both_commands():
    """One definition: what list takes, review takes, with the same words."""
    wanted = {f: Filters.__dataclass_fields__[f].default for f in Filters.__dataclass_fields__}
    for command in (list_, review):
        there = inspect.signature(command).parameters
        assert {name: there[name].default for name in wanted} == wanted
