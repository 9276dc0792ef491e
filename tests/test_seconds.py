"""A file of two procedures: the items of the second stand in the ledger of the main one."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.errors import RulesRefused
from casereview.judging.review import ALONG, review
from casereview.judging.score import ledger_of
from casereview.record.applied import edition_digest, editions_of
from casereview.rules.rulebook import rule_set
from casereview.settings import rules_folder

PENALTY, COERCION = (
    load_book(next(p for p in books() if p.stem == name)) for name in ("普通程序", "行政强制")
)
SEIZURE = COERCION["在卷"]


def _seized(**spec):
    """The lawful penalty case with the papers of a seizure."""
    papers = {f"9{k[1:]}": t for k, t in SEIZURE.items() if k[:2] in ("03", "04", "05", "06")}
    return build({**PENALTY, "在卷": {**PENALTY["在卷"], **papers}}, rule_set(), spec)


def test_a_seizure_in_a_penalty_file_is_judged_too():
    """Items of the second procedure stand in the same ledger, cost nothing, and go by the law of
    their own standard; a file without a seizure gets none of them.
    """
    rules, chosen = rule_set().for_case(_seized())
    assert rules.checklist.procedure == "ordinary"
    assert "附带" in chosen.why
    brought = [c for s in rules.seconds for c in s.checklist.checks]
    assert brought and not any(c.points or c.veto for c in brought)
    assert all(s.law.law_day == "查封扣押决定书.日期" for s in rules.seconds)
    assert rules.book.checks == (*rules.checklist.checks, *brought)
    plain = build(PENALTY, rule_set(), {})
    assert rule_set().for_case(plain)[0].seconds == ()


# the list without a column of quantities, and without any quantity
UNCOUNTED = [["95", "规格 | 数量", "规格 | 备注"], ["95", "30公斤 | 2台", "大号 | 完好"]]


def test_a_fault_of_the_seizure_is_shown_and_costs_nothing():
    """The list without quantities is put to a person, and the score of the penalty stays; where
    the standard says that it counts, it fails.
    """
    case = _seized(改=UNCOUNTED)
    rules, _ = rule_set().for_case(case)
    seconds = [(s.checklist, s.law) for s in rules.seconds]
    found = {f.check: f for f in review(case, rules.checklist, rules.law, *seconds)}
    alone = review(case, rules.checklist, rules.law)
    assert found["coercion.list-complete"].verdict.status == "review"
    assert found["coercion.list-complete"].verdict.message.endswith(ALONG)
    assert ledger_of(rules.book, list(found.values())).score == ledger_of(rules.book, alone).score


def test_a_standard_that_counts_them_accuses():
    """With 计分: true the item of the seizure has its points and its verdict."""
    case = _seized(改=UNCOUNTED)
    every = rule_set()
    main = every.by["ordinary"]
    counted = tuple(replace(b, counted=True) for b in main.checklist.brings)
    rules = main.joined(every.by, counted)
    found = review(case, rules.checklist, rules.law, *((s.checklist, s.law) for s in rules.seconds))
    row = next(r for r in ledger_of(rules.book, found).rows if r.check == "coercion.list-complete")
    assert (row.status, row.deducted) == ("fail", row.points)
    assert row.points > 0


def test_every_result_of_two_procedures_has_its_edition():
    """What judged a case with a second procedure is kept like any other edition."""
    rules, _ = rule_set().for_case(_seized())
    kept = {e.digest: e for e in editions_of(rule_set())}
    edition = kept[edition_digest(rules)]
    assert {c.id for c in rules.book.checks} == {i.id for i in edition.items}


def test_what_comes_along_must_be_an_item_of_its_standard(tmp_path, monkeypatch):
    """An unknown item is told with file and near names."""
    folder = shutil.copytree(rules_folder(), tmp_path / "checklists")
    monkeypatch.setenv("CASEREVIEW_RULES", str(folder))
    path = folder / "行政强制.yaml"
    path.write_text(path.read_text("utf-8").replace("decision.basis,", "decision.bases,"), "utf-8")
    with pytest.raises(RulesRefused, match="decision.bases.*decision.basis"):
        rule_set()
