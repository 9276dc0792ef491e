"""One rectification rate, told with its denominator: what is due, what is done, what leaves it, and
the same number wherever it stands.
"""

from __future__ import annotations

import copy
import io
import re
from collections import Counter
from dataclasses import replace

import docx
import openpyxl
import pytest
from conftest import as_data, as_results
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from test_acts import NAME, ORDER, who
from test_issuing import OFFICE, go
from test_reports import stored

from casereview.errors import UsageError
from casereview.record.entries import UnitAnswered
from casereview.record.journal import Journal
from casereview.reports.gather import campaign_view
from casereview.reports.terminal.rounds import show_comparison, show_trend
from casereview.reports.word.papers import papers
from casereview.rounds.history import History
from casereview.rounds.rate import Rate, rates, total
from casereview.rounds.rectification import items
from casereview.rounds.trend import trend_of
from casereview.run import campaigns as acts
from casereview.run.decisions import ObjectionOrder, RulingOrder, decide_objection, rule
from casereview.run.issuing import IssueOrder

DAY = "2026-05-07"


@pytest.fixture
def round_one(sample_results, rules, tmp_path):
    """The samples as a first round whose lists went out."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    order = IssueOrder(tmp_path / "下发", due="2026-06-08", signer="局长", why="试")
    go(store, order)
    return store


def answered(store, identity, word, **more):
    """A unit writes back on one line."""
    i = next(i for i in items(History(store), DAY) if i.identity == identity)
    said = UnitAnswered(
        identity=identity, case=i.case, check=i.check, unit=i.unit, run=1, word=word, **more
    )
    Journal(store).add([who().says(said)])


def second_round(store, sample_results, fixed):
    """The same cases again with other bytes; the findings of ``fixed`` (by identity) in order."""
    rows = copy.deepcopy(as_data(sample_results.values()))
    for r in rows:
        for f in r["files"]:
            f["sha256"] = "f" + f["sha256"][1:-1] + "e"
        for f in r["findings"]:
            if f["identity"] in fixed:
                f["status"], f["deducted"] = "pass", "0"
    acts.begin_round(store, "回头看", who())
    row = store.run_row(1)
    number = store.start_run(row)
    for r in as_results(rows):
        store.save_case(number, r)
    store.finish_run(number, row.finished)
    acts.file_into(store, number, "回头看", who())
    return number


def by_kind(store):
    """The lines that can be put right, and those that cannot."""
    rows = items(History(store), DAY)
    return [i for i in rows if i.curable], [i for i in rows if not i.curable]


def test_done_due_and_what_leaves(round_one, sample_results):
    """Put right and explained are done; waived and upheld leave; a fault that cannot be put right
    and is gone is asked about and not done; the rest is still due.
    """
    curable, not_curable = by_kind(round_one)
    fixed, waived = curable[0], curable[1]
    explained, forged, objected = not_curable[:3]
    answered(round_one, explained.identity, "无法补正", note="时限已过，已培训")
    answered(round_one, objected.identity, "有异议", note="原件有")
    decide_objection(round_one, ObjectionOrder(explained.identity, "接受", "说明充分", 1), who())
    decide_objection(round_one, ObjectionOrder(objected.identity, "采纳", "已核对原件", 1), who())
    order = RulingOrder(waived.identity, "waive", "情况特殊", until="2027-01-01", signer="局长")
    rule(round_one, replace(order, run=1), who())
    before = len(curable) + len(not_curable)
    second_round(round_one, sample_results, {fixed.identity, forged.identity})
    history = History(round_one)
    rate = total(rates(history, 1, 2).values())
    assert (rate.fixed, rate.explained, rate.check, rate.waived, rate.upheld) == (1, 1, 1, 1, 1)
    assert rate.due == before - 2 and rate.done == 2 and rate.untold == rate.moved == 0
    state = {i.identity: i.state for i in items(history, DAY)}
    assert state[fixed.identity] == "已整改" and state[forged.identity] == "请核实"
    assert state[explained.identity] == "已说明"
    assert state[objected.identity] == "异议采纳，不再整改"
    c = history.compare(1, 2, flags=True)
    assert any("不可补正，现在合格" in f.text for f in c.flags)


def test_only_what_was_made_is_decided(round_one):
    """An objection where none was made, an explanation where none was given, a waiver in the past:
    refused, and nothing is recorded.
    """
    curable, not_curable = by_kind(round_one)
    for identity, outcome, says in (
        (curable[0].identity, "采纳", "没有提出异议"),
        (not_curable[0].identity, "接受", "没有就不可补正的问题作情况说明"),
    ):
        with pytest.raises(UsageError, match=says):
            decide_objection(round_one, ObjectionOrder(identity, outcome, "想", 1), who())
    answered(round_one, curable[0].identity, "已改正", measure="补", responsible="罗", done=DAY)
    with pytest.raises(UsageError, match="反馈是“已改正”"):
        decide_objection(round_one, ObjectionOrder(curable[0].identity, "采纳", "想", 1), who())
    answered(round_one, curable[1].identity, "无法补正", note="难")
    with pytest.raises(UsageError, match="没有就不可补正"):
        decide_objection(round_one, ObjectionOrder(curable[1].identity, "接受", "想", 1), who())
    order = RulingOrder(
        curable[0].identity, "waive", "想", until="2020-01-01", signer="局长", run=1
    )
    with pytest.raises(UsageError, match="已经过去"):
        rule(round_one, order, who())
    assert not Journal(round_one).read("rectify.decision", "rectify.explained", "ruling")


def test_a_pending_objection_stays_visible_over_rounds(round_one, sample_results):
    """The next round says what it found beside it, not in its place."""
    curable, _ = by_kind(round_one)
    answered(round_one, curable[0].identity, "有异议", note="原件有")
    second_round(round_one, sample_results, set())
    now = next(i for i in items(History(round_one), DAY) if i.identity == curable[0].identity)
    assert now.state == "有异议，待处理" and now.why.startswith("未整改") and not now.overdue


def shown(show, *args):
    """What the terminal says."""
    out = Console(width=200, file=io.StringIO(), highlight=False)
    show(out, *args)
    return out.file.getvalue()


def test_the_same_rate_stands_everywhere(round_one, sample_results):
    """Terminal, trend, bulletin, page and workbook carry one figure with one denominator."""
    curable, not_curable = by_kind(round_one)
    second_round(round_one, sample_results, {i.identity for i in (*curable[:2], not_curable[0])})
    history = History(round_one)
    of_units = rates(history, 1, 2)
    rate = total(of_units.values())
    assert rate.check == 1 and rate.percent is not None
    c = history.compare(1, 2)
    assert rate.says in shown(show_comparison, c, [], rate)
    trend = trend_of(history, DAY, "", 3)
    said = shown(show_trend, trend.units, trend.visits)
    assert all(f"{r.short}" in said for r in of_units.values())
    made = dict(papers(campaign_view(history, 2, final=True), OFFICE))
    bulletin = docx.Document(io.BytesIO(made["上报/评查情况通报.docx"]))
    text = "\n".join(p.text for p in bulletin.paragraphs)
    page = made["上报/汇报网页.html"].decode()
    for paper in (text, page):
        flat = paper.replace(" ", "")
        assert f"整改率{rate.short}" in flat and rate.parts.replace(" ", "") in flat
    book = openpyxl.load_workbook(io.BytesIO(made["上报/评查统计.xlsx"]))
    heads, *rows = list(book["单位排名"].values)
    for row in rows:
        cells = dict(zip(heads, row, strict=False))
        if cells.get("单位") in of_units:
            own = of_units[cells["单位"]]
            assert (cells["应整改"], cells["已整改"]) == (own.due, own.done)
            assert abs(100 * cells["整改率"] - float(own.percent)) <= 0.05 + 1e-9
    overview = {r[0]: r[1] for r in book["总览"].values if r[0]}
    assert overview["上一轮问题应整改"] == rate.due
    assert overview["其中已整改、已说明"] == rate.done


PARTS = ("fixed", "explained", "still", "check", "waived", "upheld", "untold", "moved")


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.integers(0, 40))
def test_the_rate_is_done_over_due(parts, cut):
    """Whatever became of the faults: done is part of due, what leaves is in neither, units add up
    to the whole, and the figure in words is the figure in numbers.
    """
    n = Counter(parts)
    rate = Rate(**n)
    assert rate.due == n["fixed"] + n["explained"] + n["still"] + n["check"]
    assert rate.done == n["fixed"] + n["explained"] <= rate.due
    halves = total(Rate(**Counter(x)) for x in (parts[:cut], parts[cut:]))
    assert halves == rate
    if rate.due:
        percent, done, due = re.fullmatch(r"([\d.]+)%（(\d+)/(\d+)）", rate.short).groups()
        assert (int(done), int(due)) == (rate.done, rate.due)
        assert abs(float(percent) - 100 * rate.done / rate.due) <= 0.05 + 1e-9
    else:
        assert rate.short == "—"
    told = re.findall(r"(\d+) 个", rate.parts.partition("：")[2])
    assert sum(map(int, told)) == len(parts)
