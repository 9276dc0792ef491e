"""Every row of the audit of the law (2026-11) has its pair (tests/data/law_rows.yaml): what the law
allows is not accused, what it does not allow is still seen.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from casereview.authoring.fixtures import books, build, load_book
from casereview.judging.review import judge_item
from casereview.rules.rulebook import load_rules
from casereview.rules.table import Context

HERE = Path(__file__).parent
ROWS = yaml.safe_load((HERE / "data" / "law_rows.yaml").read_text("utf-8"))
BOOKS = {p.stem: load_book(p) for p in books()}
PAIRS = {name: row for name, row in ROWS.items() if "册" in row}
OLD, NEW = dt.date(2020, 6, 1), dt.date(2024, 6, 1)


def judged(row, side):
    """The verdict on one side of the pair of a row."""
    book = BOOKS[row["册"]]
    rules = load_rules(book["清单"])
    spec = book["样例"][row["项"]][row[side]]
    return judge_item(rules.checklist.get(row["项"]), Context(build(book, rules, spec), rules.law))


def test_every_row_is_there():
    """35 of them, with what the audit put beside them."""
    numbers = {int("".join(c for c in name if c.isdigit())) for name in ROWS}
    assert numbers == set(range(1, 36))
    known = {"册", "项", "合法", "另一边", "否决", "停用", "依据", "参数", "向量", "测试"}
    assert not {k for row in ROWS.values() for k in row} - known


@pytest.mark.parametrize("name", PAIRS)
def test_both_sides_of_the_line(name):
    """One side is never accused of a veto, the other is judged worse."""
    lawful, other = (judged(PAIRS[name], side) for side in ("合法", "另一边"))
    order = ("na", "pass", "review", "fail")
    assert lawful.status != "fail" or lawful.mild, lawful.message
    worse = order.index(other.status) > order.index(lawful.status)
    assert worse or (lawful.mild and not other.mild), (lawful.message, other.message)


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "参数" in row])
def test_old_numbers_name_the_old_articles(name):
    """A number of before 2021 (2022) rests on the article of that time."""
    for parameter, old, new in ROWS[name]["参数"]:
        p = load_rules().parameters[parameter]
        assert p.on(OLD).source.startswith(old) and p.on(NEW).source.startswith(new)


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "依据" in row])
def test_items_name_the_document_they_rest_on(name):
    """By its number."""
    checklist, item, number = ROWS[name]["依据"]
    assert number in load_rules(checklist).checklist.get(item).basis


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "停用" in row])
def test_an_item_is_off_where_the_law_does_not_ask(name):
    """In the sector; in the checklist that it stands on the item is there."""
    rules = load_rules(ROWS[name]["停用"])
    item = ROWS[name]["项"]
    assert rules.checklist.get(item) is None and item in dict(rules.checklist.off)
    assert load_rules("行政处罚-简易程序").checklist.get(item)


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "向量" in row])
def test_rows_answered_by_vectors(name):
    """Dated questions of that kind are asked, with both answers."""
    text = (HERE / "data" / "law_vectors" / f"{ROWS[name]['向量']}.csv").read_text("utf-8-sig")
    assert ",合格," in text and ",不合格," in text


@pytest.mark.parametrize("name", [n for n, row in ROWS.items() if "测试" in row])
def test_rows_answered_by_a_test(name):
    """The file is there."""
    assert (HERE / ROWS[name]["测试"]).is_file()
