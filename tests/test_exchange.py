"""What people said travels: a reviewer sends, an organiser collects, whatever the file is."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from test_acts import WATER
from test_acts import who as organiser
from test_misread import said
from test_reports import stored

from casereview.cli import keys
from casereview.cli.exchange import ANSWERS, RULINGS, SHEET, _kind
from casereview.errors import UsageError
from casereview.model import MANUAL
from casereview.record.entries import PanelAssigned, PanelSubmitted, RulingGiven
from casereview.record.journal import Journal
from casereview.reports.excel.rectification_sheet import Sheet, workbook_of
from casereview.reports.excel.review_sheet import sheet_of
from casereview.rounds.history import History
from casereview.rounds.listing import Asked
from casereview.rounds.rectification import waiting
from casereview.rounds.settling import to_settle
from casereview.run.decisions import RulingOrder, rule


def who(name):
    """A person, a moment later each time."""
    return replace(organiser(), name=name)


@pytest.fixture
def store(sample_results, rules, tmp_path, monkeypatch):
    """The samples as a trial, and 甲 at the desk."""
    own = stored(tmp_path / "a.db", sample_results.values(), rules).store
    monkeypatch.setenv("CASEREVIEW_DB", str(own.path))
    monkeypatch.setenv("CASEREVIEW_REVIEWER", "甲")
    monkeypatch.chdir(tmp_path)
    return own


def test_what_came_back_is_known_by_what_stands_in_it(store, tmp_path):
    """Not by its name; what is none of the three is refused."""
    history = History(store)
    rows = to_settle(history, 1, Asked(unit=WATER), "甲").rows
    lists = waiting(history, 1, WATER)
    (tmp_path / "一.xlsx").write_bytes(sheet_of("试评", rows))
    (tmp_path / "二.xlsx").write_bytes(workbook_of(WATER, lists, Sheet("记录号"), str))
    (tmp_path / "三.txt").write_text('{"schema": "x"}', "utf-8")
    (tmp_path / "四.csv").write_text("甲,乙\n1,2\n", "utf-8")
    kinds = [_kind(tmp_path / name) for name in ("一.xlsx", "二.xlsx", "三.txt")]
    assert kinds == [SHEET, ANSWERS, RULINGS]
    for name, words in (("四.csv", "不是意见"), ("没有.xlsx", "找不到")):
        with pytest.raises(UsageError, match=words):
            _kind(tmp_path / name)


@pytest.fixture
def other(sample_results, rules, tmp_path):
    """The same cases on another machine."""
    return stored(tmp_path / "b.db", sample_results.values(), rules).store


def test_one_sends_and_another_collects(store, other, monkeypatch, capsys):
    """Only what is one's own; collected twice it is there once."""
    rule(store, RulingOrder("1.97", "合格", "看过", run=1), who("甲"))
    rule(store, RulingOrder("1.98", "合格", "看过", run=1), who("乙"))
    code, text = said(["send", "-o", "甲.json"], monkeypatch, capsys)
    assert code == 0 and "1 条" in text and "casereview collect 甲.json" in text
    monkeypatch.setenv("CASEREVIEW_DB", str(other.path))
    for new in (1, 0):
        code, text = said(["collect", "甲.json"], monkeypatch, capsys)
        assert code == 0 and "评查员的意见" in text and f"新增 {new} 条" in text
    assert [e.by for e in Journal(other).entries(RulingGiven)] == ["甲"]


def test_nothing_is_handed_in_unasked(store, monkeypatch, capsys):
    """Cases of which nothing was said are named first; a no leaves all open; a yes is final."""
    cases = {r.case: r.case_key for r in store.results(1) if r.unit == WATER}
    given = [
        who("组长").says(PanelAssigned(run=1, case=c, case_key=k, reviewers=("甲", "乙"), seed="1"))
        for c, k in cases.items()
    ]
    Journal(store).add(given)
    said_of, *silent = sorted(cases)
    finding = next(f for f in History(store).case(said_of, 1).findings if f.status == MANUAL)
    rule(store, RulingOrder(f"{said_of}#{finding.check}", "合格", "看过", run=1), who("甲"))
    handed = lambda: len(Journal(store).entries(PanelSubmitted))  # noqa: E731
    code, text = said(["panel", "submit"], monkeypatch, capsys)
    assert code == 2 and all(c in text for c in silent) and "--yes" in text and not handed()
    monkeypatch.setattr(keys, "at_terminal", lambda: True)
    monkeypatch.setattr(keys, "line", lambda text: "否")
    code, text = said(["send", "-o", "甲.json"], monkeypatch, capsys)
    assert code == 0 and "没有提交" in text and not handed()
    monkeypatch.setattr(keys, "line", lambda text: "是")
    code, text = said(["send", "-o", "甲.json"], monkeypatch, capsys)
    assert code == 0 and f"已提交 {len(cases)} 个案卷" in text and handed() == len(cases)


def test_what_a_person_decides_is_refused_where_nobody_objected(store, monkeypatch, capsys):
    """By the new word and by the old one, which says what to write instead."""
    new = said(["decide", "6.9", "采纳", "--why", "x"], monkeypatch, capsys)
    old = said(
        ["rectify", "--decide", "6.9", "--outcome", "采纳", "--why", "x"], monkeypatch, capsys
    )
    assert (
        new[0] == old[0] == 2 and "没有可以处理的异议" in new[1] and "没有可以处理的异议" in old[1]
    )
    assert "请改用 casereview decide" in old[1]


def test_a_split_is_put_right_only_as_somebody_says_how(store, monkeypatch, capsys):
    """One thing at a time."""
    code, text = said(["fix", "1", "a.pdf:1=其他", "--reset"], monkeypatch, capsys)
    assert code == 2 and "一次只能写一样" in text
    code, text = said(["fix", "1", "没有.pdf:1=其他"], monkeypatch, capsys)
    assert code == 2 and text
    rows = json.loads(
        said(["documents", "1", "--json"], monkeypatch, capsys)[1].partition("\n试评")[0]
    )
    assert rows["documents"]
