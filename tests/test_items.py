"""Every automatic item, proved by fixtures in plain YAML: pass, fail, boundary, cannot tell
(checklists/样例).
"""

from __future__ import annotations

import pytest

from casereview.authoring import fixtures
from casereview.authoring.fixtures import books, load_book
from casereview.judging.review import judge_item
from casereview.model import STATUS_WORDS
from casereview.rules.table import Context, judge_safely

BOOK = load_book(next(p for p in books() if p.stem == "普通程序"))
FIXTURES = [
    (check, name, spec) for check, cases in BOOK["样例"].items() for name, spec in cases.items()
]


def build(rules, spec: dict, everything_unread: bool = False):
    """The base case of the ordinary procedure with the changes of one fixture."""
    return fixtures.build(BOOK, rules, spec, everything_unread)


@pytest.mark.parametrize(
    ("check", "name", "spec"), FIXTURES, ids=[f"{c}-{n}" for c, n, _ in FIXTURES]
)
def test_item(check, name, spec, rules):
    """One item, one situation, the verdict a lawyer expects."""
    item = rules.checklist.get(check)
    verdict = judge_item(item, Context(build(rules, spec), rules.law))
    assert STATUS_WORDS[verdict.status] == spec["应为"], (
        f"{verdict.message} {[p.quote for p in verdict.places]}"
    )


def test_every_automatic_item_has_four_fixtures(rules):
    """Four situations each, with a fail and a cannot-tell among them."""
    for c in rules.checklist.checks:
        if c.kind_name == "人工判断":
            continue
        words = [s["应为"] for i, _, s in FIXTURES if i == c.id]
        assert (
            len(words) >= 4
            and "不合格" in words
            and "待复核" in words
            and {"合格", "不适用"} & set(words)
        ), c.id


def test_nothing_is_called_missing_in_an_unread_file(rules):
    """When no page can be read there is no accusation, and nothing is called right either."""
    case = build(rules, {}, everything_unread=True)
    for c in rules.checklist.checks:
        v = judge_safely(c.kind, Context(case, rules.law), c.when)
        assert v.status in ("review", "manual", "na"), (c.id, v)


def test_the_base_case_is_clean(rules):
    """The case that all fixtures start from has no fault and nothing open."""
    case = build(rules, {})
    bad = {
        c.id: v.message
        for c in rules.checklist.checks
        if (v := judge_safely(c.kind, Context(case, rules.law), c.when)).status
        not in ("pass", "na", "manual")
    }
    assert not bad


def test_a_paper_that_is_not_understood_accuses_nobody(rules, monkeypatch):
    """A reader that breaks on the decision leaves its items open; nothing is called missing from
    it.
    """
    from casereview.facts import reading_steps

    def broken(paper, step, spec):
        raise ValueError("an odd paper")

    monkeypatch.setitem(reading_steps.READERS, "主文罚款", broken)
    case = build(rules, {})
    verdicts = {
        c.id: judge_safely(c.kind, Context(case, rules.law), c.when).status
        for c in rules.checklist.checks
    }
    assert "fail" not in verdicts.values() and verdicts["decision.party"] == "review"
