"""The samples are judged as they were made: nothing invented, nothing missed."""

from __future__ import annotations

import sys

import pytest
from conftest import ROOT

from casereview.reading.intake import find_cases
from casereview.rules.rulebook import rule_set
from casereview.run.work import Task, score_case

sys.path.insert(0, str(ROOT / "samples"))
from maker.governing import BATCH, FILES  # noqa: E402
from maker.story import CASES  # noqa: E402

OTHERS = f"samples/{BATCH}"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.folder)
def test_sample_case(case, sample_results):
    """Every planted fault is found and nothing else is called a fault."""
    found = {f.check for f in sample_results[case.folder].findings if f.status == "fail"}
    assert found == set(case.faults)


def test_every_fail_has_a_place_with_text(sample_results):
    """Place or silence (promise 1)."""
    for r in sample_results.values():
        for f in r.findings:
            if f.status == "fail":
                assert f.evidence and all(e.file and e.page >= 1 for e in f.evidence)
                assert any(e.quote for e in f.evidence), f


def test_nothing_is_left_unread(sample_results):
    """All formats of the samples are read."""
    assert all(not r.unread for r in sample_results.values())


def test_facts_of_a_decision(sample_results):
    """The facts of DESIGN 3.3 with their places."""
    f = sample_results["芦水罚决〔2025〕11号 青苇河砂石有限公司"].facts
    assert f["处罚决定书.文号"].value == "芦水罚决〔2025〕11号"
    assert f["处罚决定书.当事人"].value == ["芦汀县青苇河砂石有限公司"]
    assert f["处罚决定书.罚款金额"].value == "20000"
    assert f["处罚决定书.复议期限"].value == "60日" and f["处罚决定书.诉讼期限"].value == "6个月"
    assert f["处罚决定书.作出日期"].page >= 1 and f["处罚决定书.作出日期"].box


@pytest.fixture(scope="module")
def governing():
    """The files that are no penalties, scored without telling anything of what they are."""
    return {ref.title: score_case(Task(ref), rule_set()) for ref in find_cases(ROOT / OTHERS)}


@pytest.mark.parametrize("one", FILES, ids=lambda g: g.folder)
def test_a_file_of_another_kind_is_judged_out_of_the_box(one, governing):
    """Its procedure is recognised, every planted fault is found, nothing else is called a fault,
    and of the lawful one nothing is left open.
    """
    result = governing[one.folder]
    assert result.procedure == one.procedure
    assert {f.check for f in result.findings if f.status == "fail"} == set(one.faults)
    left = {f.check: f.message for f in result.findings if f.status in ("review", "error")}
    assert one.faults or not left
    assert not result.unread
