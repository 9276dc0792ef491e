"""What is open is settled by a sheet and by keys: every ruling arrives as it was meant, whatever
WPS does to the sheet; a slip is taken back without a trace in the figures, which are counted again
from the database by other code (``counting``).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import fields, replace

import openpyxl
import pytest
from conftest import as_data
from counting import OPEN, Count
from test_acts import FARM, WATER, who
from test_play import typed
from test_reports import stored
from typer.testing import CliRunner
from xls_writer import xls

from casereview.cli import keys
from casereview.cli.app import app
from casereview.errors import UsageError
from casereview.record.entries import PanelAssigned
from casereview.record.journal import Journal
from casereview.record.result import CaseResult, UnitResult
from casereview.reports.excel.review_answers import answers
from casereview.reports.excel.review_sheet import HEADS, KEY, SHEET, sheet_of
from casereview.reports.words import place_line
from casereview.rounds.history import History
from casereview.rounds.listing import Asked
from casereview.rounds.rulings import BY_PERSON
from casereview.rounds.settling import FAULT, GOOD, Said, every_one, to_settle
from casereview.run.decisions import RulingOrder, rule
from casereview.run.reviewing import Walk, take_sheet

MANY = 100
PEN = "白露"
ALL = Asked()


def copied(row, n):
    """The n-th copy of a case: another file, other findings."""
    row = {**row, "case": f"{row['case']}之{n}", "case_key": f"{row['case_key']}/{n}"}
    named = [
        {**f, "identity": hashlib.sha256(f"{n}{f['identity']}".encode()).hexdigest()[:32]}
        for f in row["findings"]
    ]
    return {**row, "findings": named}


@pytest.fixture
def many(sample_results, rules, tmp_path):
    """A run with more than a hundred open findings."""
    rows, n = [], 0
    while sum(f["status"] in OPEN for r in rows for f in r["findings"]) <= MANY:
        rows += [copied(r, n) for r in as_data(sample_results.values())]
        n += 1
    return stored(tmp_path / "a.db", rows, rules).store


@pytest.fixture
def few(sample_results, rules, tmp_path):
    """The samples as a trial."""
    return stored(tmp_path / "b.db", sample_results.values(), rules).store


def opened(store):
    """How many findings of the first run are open, by the other count."""
    statuses = Count(store.path).statuses(1)
    return sum(statuses[s] for s in OPEN)


def pressing(db, *args, at="", code=0):
    """The command at a terminal on which ``at`` is pressed and typed."""
    env = {"CASEREVIEW_DB": str(db), "CASEREVIEW_REVIEWER": PEN, "COLUMNS": "100"}
    done = CliRunner().invoke(app, ["review", *args], input=at, env=env)
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


@pytest.fixture
def terminal(monkeypatch):
    """As if somebody sat there."""
    monkeypatch.setattr(keys, "at_terminal", lambda: True)


def column(head):
    """Where a column stands, from zero."""
    return HEADS.index(head)


def test_a_hundred_open_findings_are_settled_by_sheet_and_by_keys(many, terminal, tmp_path):
    """Half of them on a sheet that WPS saved in the older format, with verdicts merged, another
    sheet in front and a stamp below; the rest by keys, with a slip; then nothing is open and each
    verdict is the one that was given.
    """
    before = Count(many.path).statuses(1)
    assert opened(many) > MANY
    out = tmp_path / "复核表.xlsx"
    typed(many.path, "review", "--sheet", out)
    rows = [list(r) for r in openpyxl.load_workbook(out)[SHEET].values]
    assert len(rows) - 3 == opened(many)
    half = rows[3 : 3 + len(rows) // 2]
    for n, row in enumerate(half):
        row[column("结论")] = GOOD if n == 0 else None if n < 10 else "不适用"
        row[column("备注")] = f"看过原件{n}"
    sheet = [*rows[:3], *half, ["评查员（签名）：白露"]]
    back = tmp_path / "回.et"
    back.write_bytes(xls({SHEET: sheet, "填写说明": [["一、"]]}, [(3, 12, 10, 10)]))
    said = typed(many.path, "review", "--answers", back)
    assert f"已记录 {len(half)} 项" in said.output and "没有标识，没有导入" in said.output
    again = typed(many.path, "review", "--answers", back)
    assert f"已记录 0 项，{len(half)} 项以前说过" in again.output
    assert len(Journal(many).read("ruling")) == len(half)
    left = len(rows) - 3 - len(half)
    assert opened(many) == left
    now = Count(many.path).statuses(1)
    assert (now["pass"], now["na"]) == (before["pass"] + 10, before["na"] + len(half) - 10)
    shown = pressing(many.path, at="1" * (left // 2) + "q")
    assert f"判断了 {left // 2} 项，还有 {left - left // 2} 项" in shown
    assert opened(many) == left - left // 2
    pressing(many.path, at="3u" + "1" * (left - left // 2))
    now = Count(many.path).statuses(1)
    assert opened(many) == 0 and now["pass"] == before["pass"] + 10 + left
    assert now["fail"] == before["fail"]
    history = History(many)
    assert not to_settle(history, 1, ALL, "").rows
    effective = [f.effective for r in history.results(1) for f in r.findings]
    assert {s: effective.count(s) for s in now} == dict(now)
    assert "没有待定的项目" in pressing(many.path)


def test_a_fault_has_a_note_that_stays_and_a_sentence_that_goes_out(few, terminal):
    """By a key: the place where there is no quote, and the sentence."""
    rows = to_settle(History(few), 1, ALL, PEN).rows
    n, p = next((n, p) for n, p in enumerate(rows) if p.lacks_place and not p.way)
    file = p.result.files[0].file
    refused = pressing(few.path, at="s" * n + f"2{file}：999：甲\n\nq")
    assert "共 " in refused and "判断了 0 项" in refused and not Journal(few).read("ruling")
    keys_ = "s" * n + f"n请再核\n2{file}：1：甲\n写给单位的话\nq"
    shown = pressing(few.path, at=keys_)
    assert p.finding.message in "".join(shown.split("\n")) and "判断了 1 项" in shown
    (body,) = [e.body for e in Journal(few).read("ruling")]
    assert (body["action"], body["why"], body["says"]) == ("fail", "请再核", "写给单位的话")
    assert body["place"]["file"] == file and body["identity"] == p.finding.identity
    _, finding = History(few).find(p.finding.identity, 1)
    assert finding.message == "写给单位的话" and finding.ruling.why == "请再核"
    assert p.sentence == BY_PERSON.format(p.line.name)


def test_the_other_papers_are_a_key_away(few, terminal):
    """Every place of the finding, and the papers of the case with their pages."""
    rows = to_settle(History(few), 1, ALL, PEN).rows
    p = rows[0]
    shown = pressing(few.path, at="dq")
    assert p.line.number in shown and p.line.name in shown and "文书划分" in shown
    assert all(d.kind in shown for d in p.result.documents)
    assert all(place_line(x) in shown for x in p.finding.evidence)


def test_filters_are_those_of_the_list(few, terminal):
    """Unit, item and verdict; faults are asked for by their verdict."""
    history = History(few)
    units = [to_settle(history, 1, Asked(unit=u), PEN).rows for u in (WATER, FARM)]
    assert sum(map(len, units)) == len(to_settle(history, 1, ALL, PEN).rows)
    assert f"[1/{len(units[0])}]" in pressing(few.path, "--unit", WATER, at="q")
    faults = to_settle(history, 1, Asked(verdict="不合格"), PEN).rows
    assert {p.finding.status for p in faults} == {"fail"}
    pressing(few.path, "--verdict", "不合格", at="2\n1q")
    assert [e.body["action"] for e in Journal(few).read("ruling")] == ["confirm", "overrule"]
    assert Count(few.path).statuses(1)["fail"] == len(faults) - 1


def of_unit(r: CaseResult) -> UnitResult:
    """The list of the unit of a case: two items, the first of them open."""
    open_, fails = r.finding("content.facts-clear"), r.finding("filing.present")
    rows = (replace(open_, identity="单位清单的一项"), replace(fails, identity="单位清单另一项"))
    shared = fields(UnitResult)
    known = {f.name: getattr(r, f.name) for f in shared if hasattr(r, f.name)}
    return UnitResult(**{**known, "findings": rows, "cases": 1, "as_of": "2026-05-06"})


def test_what_is_open_of_units_comes_after_the_cases(few, terminal, monkeypatch, capsys):
    """By keys and on the sheet; it has a number of its own that rule takes; list tells either."""
    few.save_units(1, [of_unit(next(iter(few.results(1))))])
    history = History(few)
    every = to_settle(history, 1, Asked(), "甲").rows
    assert [p.line.number for p in every][-1] == "单1.1"
    only = to_settle(history, 1, Asked(level="unit"), "甲").rows
    assert [p.line.case for p in only] == [f"单位:{every[0].line.unit}"]
    assert len(to_settle(history, 1, Asked(level="case"), "甲").rows) == len(every) - 1
    assert "判断了 1 项" in pressing(few.path, "--level", "单位", at="1")
    assert every_one(History(few), 1)["单位清单的一项"].finding.effective == "pass"
    later = replace(who(), name=PEN, at="2030-05-06T08:00:00Z")
    rule(few, RulingOrder("单1.1", "不适用", "不设", run=1), later)
    assert every_one(History(few), 1)["单位清单的一项"].finding.effective == "na"


def test_without_a_terminal_it_says_what_else_there_is(few):
    """A sentence, and nothing is recorded."""
    done = CliRunner().invoke(app, ["review", "--db", str(few.path), "--by", PEN], input="1\n")
    assert isinstance(done.exception, UsageError) and "--sheet" in str(done.exception)
    assert not Journal(few).read("ruling")


def test_what_was_said_before_a_slip_holds_again(few):
    """Also where the evidence has changed since: it waits for a word again, as before the slip."""
    history = History(few, viewer=who().name)
    p = to_settle(history, 1, ALL, who().name).rows[0]
    walk = Walk(history, 1, [p], who)
    with pytest.raises(UsageError, match="没有可以撤回"):
        walk.undo()
    rule(few, RulingOrder(p.finding.identity, "na", "不涉及", run=1), who())
    walk.history = History(few, viewer=who().name)
    walk.say(Said(GOOD, "按错"))
    assert History(few).find(p.finding.identity, 1)[1].effective == "pass"
    back = walk.undo()
    assert back.finding.effective == "na" and walk.current is p
    _, finding = History(few).find(p.finding.identity, 1)
    assert finding.ruling.why == "不涉及" and Count(few.path).status(as_row(finding)) == "na"


def as_row(finding):
    """A finding as the other count reads it."""
    names = ("identity", "status", "evidence_digest")
    return {k: getattr(finding, k) for k in names}


def test_cases_in_other_hands_are_not_shown(few, terminal):
    """While two people review a case, a third is told how much is in their hands."""
    rows = to_settle(History(few), 1, ALL, PEN).rows
    case = rows[0].result.case
    given = PanelAssigned(run=1, case=case, reviewers=("甲", "乙"))
    Journal(few).add([who().says(given)])
    theirs = sum(p.result.case == case for p in rows)
    left = to_settle(History(few), 1, ALL, PEN)
    assert (left.others, len(left.rows)) == (theirs, len(rows) - theirs)
    assert f"另有 {theirs} 项分派给别人" in pressing(few.path, at="q")
    assert to_settle(History(few), 1, ALL, "甲").others == 0


# the sheet on its way back


@pytest.fixture
def sheet(few):
    """The sheet as it went out, every row with a verdict."""
    rows = to_settle(History(few), 1, ALL, PEN).rows
    sheet = openpyxl.load_workbook(io.BytesIO(sheet_of("记录", rows)))[SHEET]
    for row in range(4, 4 + len(rows)):
        put(sheet, row, "结论", GOOD)
        put(sheet, row, "备注", "看过")
    return sheet


def put(sheet, row, head, value):
    """One cell."""
    sheet.cell(row, column(head) + 1).value = value


def taken(store, sheet, folder):
    """What is recorded of a sheet."""
    path = folder / "回.xlsx"
    sheet.parent.save(path)
    history = History(store, viewer=who().name)
    got = answers(path, every_one(history, 1))
    return got, take_sheet(history, 1, got.said, who())


def merged(sheet):
    for head in ("结论", "备注"):
        c = column(head) + 1
        sheet.merge_cells(start_row=4, end_row=sheet.max_row, start_column=c, end_column=c)


def moved(sheet):
    sheet.title = "Sheet1"
    sheet.parent.move_sheet(sheet, 1)


def other_order(sheet):
    for row in sheet.iter_rows(min_row=3):
        values = [c.value for c in row]
        for c, value in zip(row, [*values[10:], *values[:10]], strict=True):
            c.value = value


def stamped(sheet):
    sheet.append(["评查员（签名）：白露", *[None] * 9])


def key_lost(sheet):
    put(sheet, 4, KEY, None)


def copy_without_verdicts(sheet):
    copy = sheet.parent.copy_worksheet(sheet)
    for row in range(4, copy.max_row + 1):
        put(copy, row, "结论", None)
        put(copy, row, "备注", None)


DONE = (merged, moved, other_order, stamped, key_lost, copy_without_verdicts)


@pytest.mark.parametrize("done", DONE, ids=lambda done: done.__name__)
def test_what_people_do_to_the_sheet_loses_nothing(done, few, sheet, tmp_path):
    """Every row arrives, and the store says so by the other count."""
    before, n = Count(few.path).statuses(1)["pass"], opened(few)
    done(sheet)
    got, made = taken(few, sheet, tmp_path)
    assert len(made.ruled) == n and opened(few) == 0 and got.empty == 0
    assert Count(few.path).statuses(1)["pass"] == before + n
    assert {e.body["why"] for e in Journal(few).read("ruling")} == {"看过"}
    assert bool(got.remarks) == (done in (stamped, key_lost))


def no_such_word(sheet):
    put(sheet, 5, "结论", "可以")


def words_without_verdict(sheet):
    put(sheet, 5, "结论", None)


def fault_without_place(sheet):
    for row in range(4, sheet.max_row + 1):
        put(sheet, row, "结论", FAULT)


def place_that_is_none(sheet):
    fault_without_place(sheet)
    for row in range(4, sheet.max_row + 1):
        put(sheet, row, "问题所在", "没有的文件.pdf:1")


def stale(sheet):
    key = sheet.cell(5, column(KEY) + 1).value
    put(sheet, 5, KEY, key.partition(".")[0] + ".00000000")


def twice(sheet):
    put(sheet, 5, KEY, sheet.cell(4, column(KEY) + 1).value)


def foreign(sheet):
    put(sheet, 5, KEY, "f" * 32)
    put(sheet, 5, "说明", "另一句")


def formula(sheet):
    put(sheet, 5, "结论", "=K4")


REFUSED = [
    (no_such_word, "第 5 行 结论 列：“可以”不在选项里"),
    (words_without_verdict, "第 5 行 结论 列：填写了其他列，没有选结论"),
    (fault_without_place, "问题所在 列：这一项没有原文"),
    (place_that_is_none, "没有文件“没有的文件.pdf”"),
    (stale, "第 5 行 标识（请勿改动） 列：导出以后依据已变"),
    (twice, "第 5 行 标识（请勿改动） 列：与"),
    (foreign, "第 5 行 标识（请勿改动） 列：不是这一轮的项目"),
    (formula, "第 5 行 结论 列：是公式"),
]


@pytest.mark.parametrize(("done", "said"), REFUSED, ids=lambda x: getattr(x, "__name__", ""))
def test_what_cannot_be_meant_is_refused_whole(done, said, few, sheet, tmp_path):
    """With sheet, row and column; nothing was recorded."""
    done(sheet)
    with pytest.raises(UsageError, match="一行也没有导入") as refused:
        taken(few, sheet, tmp_path)
    assert said in str(refused.value)
    assert not Journal(few).read("ruling")


def test_a_sheet_is_corrected_by_another(few, sheet, tmp_path):
    """The last word counts; 撤回 takes it back."""
    n = opened(few)
    taken(few, sheet, tmp_path)
    put(sheet, 4, "结论", "不适用")
    put(sheet, 5, "结论", "撤回")
    _, made = taken(few, sheet, tmp_path)
    assert (len(made.ruled), made.known) == (2, n - 2) and opened(few) == 1


def test_a_sentence_that_was_left_as_proposed_is_that_of_the_program(few, tmp_path):
    """Only what a person wrote is recorded as written."""
    history = History(few, viewer=who().name)
    p = next(p for p in to_settle(history, 1, ALL, PEN).rows if not p.lacks_place and not p.way)
    for says, kept in ((p.sentence, None), ("另一句", "另一句")):
        take_sheet(history, 1, [(p, Said(FAULT, says=says))], who())
        assert Journal(few).read("ruling")[-1].body.get("says") == kept
        history = history.anew(p.result.case)
