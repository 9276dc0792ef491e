"""Doubt of the whole: what fails together for one likely cause of reading is a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casereview.judging.plausibility import ABSENCES, SILENCES, doubted
from casereview.model import Fact, Finding, Place, Verdict, absence
from casereview.rules.kinds.apart import misread_perhaps

TOP = Place("甲.pdf", 3, None, "行政处罚决定书")


def absent(n: int) -> Finding:
    """A finding that a paper is not in the file."""
    return Finding(f"a{n}", Verdict("fail", "没有甲", (TOP,), (), absence([f"文书{n}"])))


def silent(n: int, page: int = 3) -> Finding:
    """A finding that a paper does not say something."""
    place = Place("甲.pdf", page, None, "行政处罚决定书")
    return Finding(f"s{n}", Verdict("fail", "没有写明甲", (place,), (), "处罚决定书", True))


def statuses(findings: list[Finding]) -> list[str]:
    """What is left of them."""
    return [f.verdict.status for f in doubted(findings)]


def test_a_few_missing_papers_are_faults_and_many_are_a_doubt():
    """A file that lacks two papers is faulty; one that lacks a dozen was more likely read wrong."""
    assert statuses([absent(n) for n in range(ABSENCES - 1)]) == ["fail"] * (ABSENCES - 1)
    assert statuses([absent(n) for n in range(ABSENCES)]) == ["review"] * ABSENCES


def test_a_paper_that_tells_twice_as_much_is_understood():
    """Three faults on one form that tells six other items what they ask are its own."""
    quiet = [silent(n) for n in range(SILENCES)]
    place = quiet[0].verdict.places[0]
    told = [
        replace(quiet[0], check=f"t{n}", verdict=Verdict("pass", "", (place,))) for n in range(6)
    ]
    assert statuses([*quiet, *told])[:SILENCES] == ["fail"] * SILENCES
    assert statuses([*quiet, *told[1:]])[:SILENCES] == ["review"] * SILENCES


def test_one_paper_silent_on_many_things_was_not_understood():
    """Silences on one paper count together, those on other papers apart."""
    assert statuses([silent(n) for n in range(SILENCES)]) == ["review"] * SILENCES
    assert statuses([silent(n, page=n + 1) for n in range(SILENCES)]) == ["fail"] * SILENCES


def test_what_contradicts_stands():
    """A wrong sum beside a dozen doubtful absences is still a fault, with its place."""
    wrong = Finding("w", Verdict("fail", "金额不一致", (TOP,), (), "金额"))
    got = doubted([wrong, *(absent(n) for n in range(ABSENCES + 3))])
    assert got[0] == wrong and {f.verdict.status for f in got[1:]} == {"review"}
    assert all("请先核对" in f.verdict.message for f in got[1:])


def test_a_day_of_a_scan_against_many_others_was_misread():
    """Three contradictions with one recognised day are a doubt; two are faults, and so are those
    with a day that was typed.
    """
    day = Place("甲.pdf", 5, None, "2024年3月1日")
    others = [
        Finding(f"d{n}", Verdict("fail", "晚于决定", (day, TOP), (), f"文书{n}")) for n in range(3)
    ]
    seen = {("甲.pdf", 5)}
    assert {f.verdict.status for f in doubted(others, seen)} == {"review"}
    assert {f.verdict.status for f in doubted(others[:2], seen)} == {"fail"}
    assert {f.verdict.status for f in doubted(others)} == {"fail"}


def test_missing_papers_of_a_file_that_was_understood_are_faults():
    """Where every paper is surely known and the catalogue agrees, twice as many may be missing."""
    several = [absent(n) for n in range(ABSENCES)]
    assert {f.verdict.status for f in doubted(several, understood=True)} == {"fail"}
    dozen = [absent(n) for n in range(2 * ABSENCES)]
    assert {f.verdict.status for f in doubted(dozen, understood=True)} == {"review"}


@pytest.mark.parametrize(
    ("read", "perhaps"),
    [("殷若水", False), ("简雨生", False), ("简雨牛", True), ("简生", True), ("简雨", True)],
)
def test_a_name_written_by_hand_is_compared_as_a_reading(read, perhaps):
    """A name like none of the handlers is another's, a whole name is no misreading, what lies
    between is for a person.
    """
    signed = Fact(read, read, TOP, 0.5)
    assert misread_perhaps(signed, ["简雨生", "游子衿"]) is perhaps
