"""Scores that do not pretend: what is no single case ends in a question, a list of which little was
judged carries its range, and points that are not taken are not recorded.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from conftest import SAMPLES
from rich.console import Console
from test_acts import WATER, who
from test_reports import OFFICE, stored

from casereview.errors import UsageError
from casereview.judging.score import UNDECIDED
from casereview.model import FAIL
from casereview.reading.intake import find_cases
from casereview.record.journal import Journal
from casereview.reports.case_view import SystemsView
from casereview.reports.terminal.results import show_units
from casereview.reports.words import ranged
from casereview.rounds.history import History
from casereview.rounds.ranking import UnitRank
from casereview.run import decisions
from casereview.run.decisions import RulingOrder, rule
from casereview.run.work import Task, score_case

ONE = next(p for p in (SAMPLES / WATER).iterdir() if "14号" in p.name)


def scored(path, rules):
    """The only case at a path, scored."""
    (ref,) = find_cases(path, "case" if path.is_dir() else "")
    return score_case(Task(ref), rules)


def test_several_cases_in_one_container_are_a_question(rules, tmp_path):
    """A zip of two cases has no score and no fault; the same two apart have both."""
    two = [p for p in sorted((SAMPLES / WATER).iterdir()) if "号" in p.name][:2]
    packed = tmp_path / WATER / "案卷包.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as z:
        for case in two:
            for f in case.rglob("*"):
                z.write(f, f.relative_to(SAMPLES / WATER))
    r = scored(packed, rules)
    assert r.score is None and r.grade == UNDECIDED and not r.vetoed
    assert not any(f.failed for f in r.findings)
    assert any("2 个文号不同的决定" in f.message for f in r.findings)
    assert all(scored(case, rules).score is not None for case in two)


def test_a_lone_receipt_is_a_question(rules, tmp_path):
    """A part of a case is none; the whole case is one."""
    part = tmp_path / WATER / "回证"
    part.mkdir(parents=True)
    shutil.copy(next(ONE.glob("17*.pdf")), part)
    r = scored(part, rules)
    assert r.score is None and r.grade == UNDECIDED and not any(f.failed for f in r.findings)
    assert any("像是案卷的一部分" in f.message for f in r.findings)
    assert scored(ONE, rules).score is not None


def test_a_unit_s_score_carries_its_range_and_is_open_under_half():
    """In words everywhere: the score with the range, 待定 where there is none yet."""
    hundred = [Decimal(n) for n in (100, 58, 100)]
    assert ranged(*hundred, UNDECIDED) == "100（58～100）"
    assert ranged(None, Decimal(20), Decimal(100), UNDECIDED) == "待定（20～100）"
    view = SystemsView(
        "三项制度", "2026-05-06", 3, None, Decimal(20), Decimal(100), UNDECIDED, (), ()
    )
    assert view.says == "待定（20～100）"
    rank = UnitRank("", WATER, 1, 90.0, {}, 0, 0, 0, 0, 100.0, 58.0, 100.0, 1)
    out = Console(width=200, file=io.StringIO(), highlight=False)
    show_units(out, [rank])
    assert "100 58～100" in out.file.getvalue()


def test_points_that_are_not_taken_are_not_recorded(sample_results, rules, tmp_path, monkeypatch):
    """Where the arithmetic takes otherwise, the opinion is refused and nothing is written; where it
    takes what was said, it is recorded.
    """
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    r, f = next(
        (r, f)
        for r in History(store).results(1)
        for f in r.findings
        if f.status == FAIL and Decimal(f.points) > 1
    )
    order = RulingOrder(f"{r.case}#{f.check}", "adjust", "情节轻", points="1", run=1)
    real = decisions._ruled

    def capped(*args):
        from dataclasses import replace

        now = real(*args)
        return replace(now, finding=replace(now.finding, deducted="0.5"))

    with monkeypatch.context() as m:
        m.setattr(decisions, "_ruled", capped)
        with pytest.raises(UsageError, match="只扣 0.5 分"):
            rule(store, order, who())
    assert not Journal(store).read("ruling")
    done = rule(store, order, who())
    assert Decimal(done.finding.deducted) == 1 and len(Journal(store).read("ruling")) == 1


def test_the_workbook_shows_the_range(sample_results, rules, tmp_path):
    """The score as a number to reckon with, the range beside it."""
    from casereview.reports.gather import campaign_view
    from casereview.reports.word.papers import papers

    history = stored(tmp_path / "a.db", sample_results.values(), rules)
    made = dict(papers(campaign_view(history, 1), OFFICE, ("评查统计",)))
    book = openpyxl.load_workbook(io.BytesIO(made["上报/评查统计.xlsx"]))
    heads = next(book["单位排名"].values)
    assert heads.index("三项制度范围") == heads.index("三项制度") + 1
