"""The other procedures: every automatic item proved in plain YAML, and whole invented cases judged
as labelled (checklists/样例).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.judging.review import judge_item, review
from casereview.model import STATUS_WORDS
from casereview.rules.rulebook import load_rules, rule_set
from casereview.rules.table import Context, judge_safely

HERE = Path(__file__).parent / "data"
BOOKS = {p.stem: load_book(p) for p in books() if p.stem != "普通程序"}
FIXTURES = [
    (book, check, name, spec)
    for book, data in BOOKS.items()
    for check, cases in data["样例"].items()
    for name, spec in cases.items()
]
CASES = [
    (book, name, spec)
    for book, data in BOOKS.items()
    for name, spec in data.get("案卷", {}).items()
]


@pytest.mark.parametrize(
    ("book", "check", "name", "spec"), FIXTURES, ids=[f"{c}-{n}" for _, c, n, _ in FIXTURES]
)
def test_item(book, check, name, spec):
    """One item, one situation, the verdict a lawyer expects."""
    rules = load_rules(BOOKS[book]["清单"])
    verdict = judge_item(
        rules.checklist.get(check), Context(build(BOOKS[book], rules, spec), rules.law)
    )
    assert STATUS_WORDS[verdict.status] == spec["应为"], (
        f"{verdict.message} {[p.quote for p in verdict.places]}"
    )


@pytest.mark.parametrize("book", BOOKS)
def test_every_automatic_item_has_four_fixtures(book):
    """Four situations each, with a fail and a cannot-tell among them."""
    rules = load_rules(BOOKS[book]["清单"])
    for c in rules.checklist.checks:
        if c.kind_name == "人工判断" or c.id not in BOOKS[book].get("各项", [c.id]):
            continue
        words = [s["应为"] for s in BOOKS[book]["样例"].get(c.id, {}).values()]
        assert (
            len(words) >= 4
            and "不合格" in words
            and "待复核" in words
            and {"合格", "不适用"} & set(words)
        ), c.id


@pytest.mark.parametrize("book", BOOKS)
def test_the_base_case_is_clean_and_nothing_is_missing_in_unread_files(book):
    """The base case has no fault and nothing open; unread it accuses nobody. Its procedure is
    recognised.
    """
    rules = load_rules(BOOKS[book]["清单"])
    case = build(BOOKS[book], rules, {})
    assert rule_set().for_case(case)[0].checklist.procedure == rules.checklist.procedure
    assert not {
        f.check: f.verdict.message
        for f in review(case, rules.checklist, rules.law)
        if f.verdict.status not in ("pass", "na", "manual")
    }
    blind = build(BOOKS[book], rules, {}, everything_unread=True)
    assert not {
        c.id: v.message
        for c in rules.checklist.checks
        if (v := judge_safely(c.kind, Context(blind, rules.law), c.when)).status
        not in ("review", "manual", "na")
    }


@pytest.mark.parametrize(("book", "name", "spec"), CASES, ids=[f"{b}-{n}" for b, n, _ in CASES])
def test_whole_cases_are_judged_as_labelled(book, name, spec):
    """Exactly the planted faults fail, whatever else follows from them is listed; clean cases have
    none.
    """
    labels = {
        (row["procedure"], row["case"]): row
        for row in map(json.loads, (HERE / "labels.jsonl").read_text("utf-8").splitlines())
    }
    case = build(BOOKS[book], rule_set(), spec)
    rules, _ = rule_set().for_case(case)
    label = labels[rules.checklist.procedure, name]
    failed = {
        f.check for f in review(case, rules.checklist, rules.law) if f.verdict.status == "fail"
    }
    assert set(label["must_fail"]) <= failed <= set(label["must_fail"]) | set(label["may_fail"])
