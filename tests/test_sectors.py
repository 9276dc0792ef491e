"""An overlay may say whose cases it is for (适用单位): those get it unasked and are told why; the
others are judged as before.
"""

from __future__ import annotations

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.errors import RulesRefused
from casereview.judging.review import review
from casereview.rules.overlay import load_layers
from casereview.rules.rulebook import find_checklist, rule_set

BOOKS = {p.stem: load_book(p) for p in books()}
POLICE, SUMMARY = "部门-公安", "部门-公安-简易程序"
ORDINARY, FOR_POLICE = "penalty-ordinary", "penalty-ordinary-police"
STATION = ["15", "霜叶渡县公安局\n2026年", "霜叶渡县公安局南门派出所\n2026年"]
TRAFFIC = ["15", "霜叶渡县公安局\n2026年", "霜叶渡县公安局交通警察大队\n2026年"]


def chosen(book, unit, changes=()):
    """(id of the checklist, why, case) of a fixture under the default rules."""
    rules = rule_set()
    case = build(BOOKS[book], rules, {"改": list(changes)}, unit_name=unit)
    got, how = rules.for_case(case)
    return got, how.why, case


@pytest.mark.parametrize(
    ("book", "unit", "changes", "expected"),
    [
        (POLICE, "霜叶渡县公安局", [], FOR_POLICE),
        (POLICE, "01霜叶渡县公安分局", [], FOR_POLICE),
        (POLICE, "单位", [], FOR_POLICE),  # by the office that signs its decision
        (POLICE, "单位", [STATION], FOR_POLICE),
        (POLICE, "霜叶渡县公安局", [TRAFFIC], ORDINARY),
        (POLICE, "霜叶渡县公安局交警大队", [], ORDINARY),
        ("普通程序", "沐川里城市管理局", [], ORDINARY),
        ("部门-市场监督管理", "沐川里市场监督管理局", [], ORDINARY),  # chosen by hand
        ("行政许可", "霜叶渡县公安局", [], "licence"),
    ],
)
def test_the_unit_chooses_the_overlay_of_its_procedure(book, unit, changes, expected):
    """By the name of the unit or of who signs the decision; traffic police and every other
    procedure are left alone.
    """
    got, why, _ = chosen(book, unit, changes)
    assert got.checklist.id == expected
    assert ("公安" in why) is (expected == FOR_POLICE), why


def test_a_police_file_is_not_accused_under_the_default_rules():
    """One officer with recording is lawful from 2026: the general rules would have failed it."""
    got, _, case = chosen(POLICE, "霜叶渡县公安局")
    assert not [f for f in review(case, got.checklist, got.law) if f.verdict.status == "fail"]
    general = rule_set().by["ordinary"]
    failed = {
        f.check for f in review(case, general.checklist, general.law) if f.verdict.status == "fail"
    }
    assert "subject.two-officers" in failed


def test_an_overlay_may_ask_for_the_law_too():
    """On the spot only decisions under the law on public order are judged as such."""
    own = ["04", "《中华人民共和国防洪法》", "《中华人民共和国治安管理处罚法》"]
    assert chosen(SUMMARY, "月湾县公安局")[0].checklist.id == "penalty-summary"
    assert chosen(SUMMARY, "月湾县公安局", [own])[0].checklist.id == "penalty-summary-police"
    assert chosen(SUMMARY, "月湾县水务局", [own])[0].checklist.id == "penalty-summary"


def test_a_procedure_set_by_hand_keeps_its_sectors():
    """--procedure says which procedure, not whose rules; where no overlay is for a unit there is
    one checklist.
    """
    case = build(BOOKS[POLICE], rule_set(), {}, unit_name="霜叶渡县公安局")
    by_hand = rule_set("", "ordinary")
    got, how = by_hand.for_case(case)
    assert got.checklist.id == FOR_POLICE and how.why.startswith("程序由使用者指定")
    assert rule_set("", "licence").checklist.procedure == "licence"


def test_the_key_is_that_of_the_top_layer_and_is_checked(tmp_path):
    """What stands on an overlay for units is for no unit unless it says so; a wrong key is told
    with its line.
    """
    own = tmp_path / "某县.yaml"
    head = "基于: 公安\n编号: x-county\n"

    def units(text):
        own.write_text(head + text, "utf-8")
        return load_layers(own, find_checklist).units

    assert units("").words == ()
    assert units("适用单位: [森林公安局]\n").told(["某县森林公安局"])
    assert units("适用单位: {名称: [公安局], 除外: [森林]}\n").told(["某县森林公安局"]) is None
    for wrong in ("适用单位: 公安局\n", "适用单位: {除外: [交警]}\n", "适用单位: {名字: [局]}\n"):
        with pytest.raises(RulesRefused, match="第 3 行：适用单位要写成"):
            units(wrong)
