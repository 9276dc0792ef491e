"""What two runs side by side come to, on cases made by hand: the agreed data, the runs before and
between, fixes that look wrong, and cases that are one row of the store in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from casereview.model import FAIL, PASS, Place
from casereview.record.edition import Edition, EditionItem
from casereview.record.result import (
    CaseResult,
    ChecklistUsed,
    DocumentResult,
    FileResult,
    FindingResult,
)
from casereview.rounds.cases import Given
from casereview.rounds.change import CHECK, STATES, Side
from casereview.rounds.compare import compare, looked_at, paired
from casereview.rules.schemes import Scoring

ITEM = EditionItem(
    id="filing",
    name="立案",
    stage="立案",
    system="",
    points=Decimal(4),
    veto=False,
    curable=False,
    kind="文书在卷",
    rule="r",
    engine="e",
)
EDITION = Edition(
    id="l",
    title="标准",
    version="1",
    procedure="ordinary",
    sha256="s",
    scoring=Scoring(),
    items=(ITEM,),
    parameters={},
    digest="card",
)
EDITIONS = {"card": EDITION}


def finding(status=FAIL, check="filing") -> FindingResult:
    """A finding on a filing form."""
    return FindingResult(
        check=check,
        status=status,
        points="4",
        deducted="4" if status == FAIL else "0",
        message=f"说明{status}",
        subject="立案审批表",
        identity=f"i-{check}",
        evidence=(Place("立案.pdf", 1, None, "案由"),),
    )


def case(name: str, number: str, *statuses: str, score=90.0, sha="", text="") -> CaseResult:
    """A case with a filing form; a finding for each status. ``number``, ``text``: one digit."""
    known_by = f"{(text or number) * 16}.{number * 16}"
    form = DocumentResult(
        file="立案.pdf", page_from=1, page_to=1, kind="立案审批表", print=known_by
    )
    file = FileResult(file="立案.pdf", sha256=sha or name, size=1, format="pdf", outcome="readable")
    return CaseResult(
        schema="casereview.case/1",
        batch="",
        unit="某局",
        checklist=ChecklistUsed(id="l", version="1", sha256="s", card="card"),
        score=score,
        score_low=score,
        score_high=score,
        grade="合格",
        findings=tuple(map(finding, statuses, ("filing", "closing"))),
        case=name,
        case_key=f"文号:{number}",
        title=name,
        procedure="ordinary",
        vetoed=False,
        documents=(form,),
        facts={},
        files=(file,),
    )


def ends(before, after, editions=EDITIONS, **more):
    """Two runs side by side."""
    return compare(Side(1, before, editions), Side(2, after, editions), **more)


BEFORE = [
    case("一", "1", FAIL, PASS, score=80.0),
    case("二", "2", FAIL, score=70.5),
    case("七", "7", FAIL, PASS),
    case("八", "8", FAIL),
    case("九", "9", FAIL, PASS),
]
AFTER = [
    case("一改", "1", PASS, PASS, score=100.0),
    case("二改", "2", FAIL, score=70.5),
    case("九甲", "9", PASS),
    case("九乙", "9", FAIL),
    case("新", "5", FAIL, PASS),
]


def test_a_comparison_as_data():
    """Every key of the agreed JSON: what was fixed, is open, is gone, came, and may be several."""
    got = ends(BEFORE, AFTER).as_dict()
    assert (got["schema"], got["from"], got["to"]) == ("casereview.compare/1", 1, 2)
    assert got["counts"] == {s: n for s, n in zip(STATES, (1, 1, 1, 0, 0, 0, 2, 1), strict=True)}
    rows = [(c["case_from"], c["case_to"], c["change"], c["why"]) for c in got["changes"]]
    assert rows == [
        ("一", "一改", "已整改", "说明pass"),
        ("七", "", "转为无法判定", "这一轮没有提交该案卷"),
        ("九", "", "待认领", "可能是 九乙、九甲，请人工认领"),
        ("二", "二改", "未整改", ""),
        ("八", "", "转为无法判定", "这一轮没有提交该案卷"),
        ("", "新", "新出现", "上一轮没有该案卷"),
    ]
    assert got["changes"][0] == {
        "unit": "某局",
        "case_from": "一",
        "case_to": "一改",
        "check": "filing",
        "identity": "i-filing",
        "change": "已整改",
        "status_from": "fail",
        "status_to": "pass",
        "why": "说明pass",
    }
    assert got["cases"] == [
        {"case_from": "一", "case_to": "一改", "matched": "文号相同"},
        {"case_from": "二", "case_to": "二改", "matched": "文号相同"},
    ]
    assert (got["gone"], got["added"]) == (["七", "八"], ["新"])
    assert got["unclaimed"] == [{"case": "九", "may_be": ["九乙", "九甲"]}]


def test_the_score_as_data():
    """Means over the cases that both runs scored, in steps; each None where none was scored."""
    names = ("from", "to", "by_unit", "by_rule", "by_legibility")
    got = ends(BEFORE, AFTER).as_dict()["score"]
    assert got == dict(zip(names, (75.25, 85.25, 10.0, 0.0, 0.0), strict=True))
    without = ends(BEFORE, AFTER, {})
    assert without.as_dict()["score"] == dict.fromkeys(names)
    assert without.cases == {} and without.score is None


def test_what_cannot_be_put_right_and_is_gone_is_to_be_asked_of():
    """As people are told it is 请核实; in the agreed data it is 已整改."""
    c = ends(BEFORE[:2], AFTER[:2])
    assert (c.words[CHECK], c.words["已整改"], c.counts["已整改"]) == (1, 0, 1)
    assert c.words["未整改"] == 1 and set(c.words) == {*STATES, CHECK}


@pytest.mark.parametrize(("sha", "word"), [("一", "规则已变"), ("另一份", "已整改")])
def test_a_run_between_speaks_only_of_the_same_papers(sha, word):
    """Old papers that pass by the new rules were not put right; those of another day prove
    nothing.
    """
    between = Side(3, [case("一", "1", PASS, PASS, sha=sha)], EDITIONS)
    assert ends(BEFORE[:1], AFTER[:1], via=between).changes[0].change == word


def test_a_case_that_an_earlier_run_did_not_have():
    """The runs that have it are asked, the others are passed over."""
    past = [Side(8, [case("旧", "1", FAIL)], EDITIONS), Side(9, [case("别", "6", FAIL)], EDITIONS)]
    came = [case("一", "1", PASS)], [case("一改", "1", FAIL)]
    assert ends(*came, past=past).changes[0].change == "再次出现"
    assert ends(*came, past=past[1:]).changes[0].change == "新出现"


def test_flags_are_raised_of_every_case_where_they_are_asked_for():
    """Of papers that came back changed: what cannot be put right is in order all at once."""
    sides = [[case(f"{n}旧", n, FAIL), case(f"{n}新", n, PASS)] for n in "123"]
    before, after = [list(x) for x in zip(*sides, strict=True)]
    assert ends(before, after).flags == ()
    flags = ends(before, after, reviewed="2026-03-02").flags
    assert [f.case for f in flags] == ["1新", "2新", "3新"]


def test_files_that_came_back_byte_for_byte_raise_no_flag():
    """The text was read otherwise: the program changed, nobody rewrote a paper."""
    old = case("旧", "1", PASS, sha="x", text="a")
    again, other = (case("新", "1", PASS, sha=sha, text="b") for sha in "xy")
    assert ends([old], [again], reviewed="2026-03-02").flags == ()
    assert ["文字有改动" in f.text for f in ends([old], [other], reviewed="2026-03-02").flags] == [
        True
    ]


@dataclass(frozen=True)
class Stored(Given):
    """Cases of a store: what they are known by there, and what was asked of them."""

    names: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def briefs(self, cases):
        self.asked.extend(("全部", c) for c in cases)
        return self.whole(cases)

    def known(self, cases):
        return {c: self.names[c] for c in cases if c in self.names}

    def loud(self, cases):
        self.asked.extend(("不合格", c) for c in cases)
        return self.whole(cases)


def test_of_a_case_that_is_one_result_in_both_runs_only_the_faults_are_read():
    """Once, under both names; every other pair is read whole on either side."""
    one = Stored(BEFORE[:2], {"一": "a", "二": "b"})
    two = Stored(AFTER[:2], {"一改": "a", "二改": "c"})
    pairs = list(looked_at(one, two, paired(one, two)))
    assert [(a.case, b.case) for a, b in pairs] == [("一", "一改"), ("二", "二改")]
    assert pairs[0][0].findings is pairs[0][1].findings
    assert pairs[1][1] is AFTER[1]
    assert one.asked == [("全部", "二"), ("不合格", "一")] and two.asked == [("全部", "二改")]


def test_cases_that_are_not_known_are_read_on_both_sides():
    """People said something of them, or they lie in no store."""
    one, two = Stored(BEFORE[:1]), Stored(AFTER[:1])
    ((a, b),) = looked_at(one, two, paired(one, two))
    assert (a, b) == (BEFORE[0], AFTER[0])
    assert one.asked == [("全部", "一")] and two.asked == [("全部", "一改")]
