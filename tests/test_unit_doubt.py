"""What all files of a unit fail in the same words is suspected first, and the unit second: 待复核
and one question, until somebody says that it is really so (DESIGN, promise 12).
"""

from __future__ import annotations

import datetime as dt

import pytest
from test_questions import Here

from casereview.authoring.fixtures import build, load_book
from casereview.judging.review import judge_item
from casereview.papers.house import Entry
from casereview.record.store import Store
from casereview.rounds.unit_doubt import Row, doubts, wrong_with
from casereview.rules.rulebook import load_rules
from casereview.rules.table import Context
from casereview.run.campaign import Order, score_folder
from casereview.run.decisions import Actor
from casereview.run.learning import ask, keep, unit_files, withdraw
from casereview.run.listener import Listener
from casereview.settings import rules_folder

UNIT = "云岭县农业农村局"
NOW = "2026-06-30T00:00:00.000000Z"
ZHANG = Actor("张三", NOW, dt.date(2026, 6, 30))
ITEM = "filing.source-stated"
CAUSE = "案件来源：日常检查\n案由：未按规定保存进货台账\n"
FORM = """立案审批表
当事人：云岭县顺达农资经营部
{}案情简介：2026年3月{}日执法人员检查时发现该店没有保存进货台账。
承办人意见：建议立案。王强、李明 2026年3月{}日
负责人审批意见：同意立案。赵刚 2026年3月{}日
"""
GROUP = UNIT, "处罚"


def scored(folder, *causes):
    """A unit with one file for each of ``causes``, which stand in its filing form."""
    for n, cause in enumerate(causes, 1):
        case = folder / "批次" / UNIT / f"罚〔2026〕{n}号"
        case.mkdir(parents=True, exist_ok=True)
        (case / "立案审批表.txt").write_text(FORM.format(cause, n, n, n), "utf-8")
    db = folder / "a.db"
    score_folder(Order(folder / "批次", db, "2026-06-30"), Here(), lambda: NOW, Listener())
    return Store(db)


def findings(store):
    """The finding on the item in each file."""
    return [r.finding(ITEM) for r in store.results(store.last_run())]


def statuses(store):
    """Its verdicts."""
    return [f.status for f in findings(store)]


def test_what_all_three_files_fail_is_asked_and_costs_nothing(tmp_path):
    store = scored(tmp_path, "", "", "")
    assert statuses(store) == ["review"] * 3
    first = findings(store)[0]
    assert first.deducted == "0"
    assert first.suspected.deducted != "0"
    assert "本单位 3 卷" in first.message


@pytest.mark.parametrize(
    ("causes", "wanted"),
    [
        (("", ""), ["fail", "fail"]),  # two may well have the same fault
        (("", "", "", CAUSE), ["fail", "fail", "fail", "pass"]),  # one file is understood
    ],
)
def test_few_files_and_a_file_that_is_in_order_leave_it_a_fault(tmp_path, causes, wanted):
    assert statuses(scored(tmp_path, *causes)) == wanted


def test_one_answer_makes_it_a_fault_of_every_file_and_taken_back_a_question(tmp_path):
    store = scored(tmp_path, "", "", "")
    before = list(store.results(store.last_run()))
    asking = ask(unit_files(store, UNIT), Here())
    question = next(q for q in asking.questions if ITEM in q.name and q.choices[0].entry.item)
    learned = keep(store, asking.files, [question.choices[0].entry], ZHANG, Here())
    assert statuses(store) == ["fail"] * 3
    assert [m.check for m in learned.moved] == [ITEM] * 3
    assert all(f.suspected is None and f.deducted != "0" for f in findings(store))
    again = ask(unit_files(store, UNIT), Here())
    assert question.name not in {q.name for q in again.questions}
    withdraw(store, unit_files(store, UNIT), 1, ZHANG, Here())
    assert list(store.results(store.last_run())) == before


def test_an_answer_holds_in_the_next_run(tmp_path):
    store = scored(tmp_path, "", "", "")
    wrong = wrong_with(findings(store)[0].suspected.message)
    keep(store, unit_files(store, UNIT), [Entry(item=ITEM, wrong=wrong)], ZHANG, Here())
    assert statuses(scored(tmp_path, "", "", "")) == ["fail"] * 3


def test_the_score_of_a_doubted_file_is_the_one_without_the_fault(tmp_path):
    store = scored(tmp_path, "", "", "")
    doubted = next(store.results(store.last_run()))
    alone = scored(tmp_path / "b", "")
    accused = next(alone.results(alone.last_run()))
    assert doubted.score > accused.score
    assert doubted.score_low <= accused.score <= doubted.score_high


def rows(*verdicts):
    """A row for each (status, message), each of a file of its own."""
    return [Row(GROUP, str(n), "a", *verdict) for n, verdict in enumerate(verdicts)]


ONE, OTHER = "立案审批表（3.pdf 第1页）没有写明案由", "立案审批表（4（2）.pdf 第2页）没有写明案由"
SAME = ("a", "立案审批表没有写明案由")


def test_alike_is_the_same_wrong_in_whatever_file():
    assert wrong_with(ONE) == wrong_with(OTHER)
    assert doubts(rows(("fail", ONE), ("fail", OTHER), ("review", ONE)), {}) == {GROUP: {SAME: 3}}


@pytest.mark.parametrize(
    "verdicts",
    [
        [("fail", ONE), ("fail", ONE), ("na", "")],
        [("fail", ONE), ("fail", ONE), ("fail", "没有立案审批表")],
        [("fail", ONE), ("fail", ONE), ("fail", ONE), ("pass", "")],
    ],
)
def test_what_is_not_alike_or_met_once_is_no_doubt(verdicts):
    assert doubts(rows(*verdicts), {}) == {}


def test_what_was_confirmed_is_no_doubt_in_that_unit_alone():
    three = rows(*[("fail", ONE)] * 3)
    assert doubts(three, {UNIT: {SAME}}) == {}
    assert doubts(three, {"云岭县水务局": {SAME}}) == {GROUP: {SAME: 3}}


def test_a_fault_that_was_read_at_two_places_is_understood():
    """One officer is named and one signed: that is no unread way of writing. What the same item
    lacks in other words is doubted as before.
    """
    told = ("fail", "核查笔录只有 1 名执法（工作）人员", True)
    untold = told[:2]
    assert doubts(rows(told, told, told), {}) == {}
    assert doubts(rows(told, untold, untold, untold), {}) == {}
    assert doubts(rows(told, *[("fail", ONE)] * 3), {}) == {GROUP: {SAME: 3}}


def test_two_days_that_were_read_plainly_are_no_doubt_of_the_unit():
    """A period that passed rests on two days; that a paper lacks something rests on no place."""
    rules, book = load_rules(), load_book(rules_folder() / "样例" / "普通程序")
    for check, plainly in (("archive.in-time", True), ("filing.source-stated", False)):
        samples = book["样例"][check].values()
        specs = [spec for spec in samples if spec["应为"] == "不合格"]
        for spec in specs:
            ctx = Context(build(book, rules, spec), rules.law)
            assert judge_item(rules.checklist.get(check), ctx).plain is plainly
        assert specs
