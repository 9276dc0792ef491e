"""The other procedures: every automatic item proved in plain YAML, and whole invented cases judged
as labelled (checklists/样例).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from casereview.authoring.fixtures import books, build, load_book
from casereview.errors import RulesRefused
from casereview.facts.procedure import Candidate, candidates, recognise, rival
from casereview.facts.procedures import procedure_of, procedures
from casereview.judging.plausibility import open_where_doubtful, reason_of
from casereview.judging.review import judge_item, review
from casereview.model import STATUS_WORDS
from casereview.rules.rulebook import load_rules, rule_set
from casereview.rules.table import Context, judge_safely
from casereview.settings import rules_folder

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
    """Four situations each, with a fail and a cannot-tell among them; an item whose basis nobody
    read (待核实) never fails.
    """
    rules = load_rules(BOOKS[book]["清单"])
    for c in rules.checklist.checks:
        if c.kind_name == "人工判断" or c.id not in BOOKS[book].get("各项", [c.id]):
            continue
        words = [s["应为"] for s in BOOKS[book]["样例"].get(c.id, {}).values()]
        assert (
            len(words) >= 4
            and ("不合格" in words) is not c.unread
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


def _plainly_titled(*changes, without=()):
    """The case of the simplified procedure with a decision that is titled 行政处罚决定书 alone."""
    book = dict(BOOKS["简易程序"])
    plain = {
        key.replace("当场行政处罚决定书", "行政处罚决定书"): text.replace(
            "当场行政处罚决定书", "行政处罚决定书"
        )
        for key, text in book["在卷"].items()
        if key[:2] not in without
    }
    spec = {"改": [list(change) for change in changes]}
    return build({**book, "在卷": plain}, rule_set(), spec)


@pytest.mark.parametrize(
    "said",
    [
        "依照行政处罚简易程序，决定对你作出罚款",
        "现当场作出如下处罚决定：对你作出罚款",
    ],
)
def test_a_decision_on_the_spot_is_known_by_what_it_says(said):
    """Under a plain title, its number or one sentence tells that it was made on the spot."""
    case = _plainly_titled(("04", "决定对你作出罚款", said), ("04", "湾水简罚", "湾水罚"))
    assert case.one("当场处罚决定书") is not None
    numbered = _plainly_titled()
    assert numbered.one("当场处罚决定书") is not None
    assert rule_set().for_case(case)[0].checklist.procedure == "summary"


def test_an_ordinary_decision_stays_one():
    """That the simplified procedure did not apply, or that a record was made on the spot, makes no
    decision on the spot.
    """
    said = "执法人员当场制作笔录，本案不适用简易程序。决定对你作出罚款"
    case = _plainly_titled(("04", "决定对你作出罚款", said), ("04", "湾水简罚", "湾水罚"))
    assert case.one("处罚决定书") is not None


def test_a_cover_of_the_ordinary_procedure_fits_a_file_that_ends_without_a_penalty():
    """The decision not to punish says which it is; both are handled by the same procedure."""
    book = dict(BOOKS["不予行政处罚"])
    papers = {
        key: text.replace("行政处罚", "普通程序行政处罚", 1) if "封面" in key else text
        for key, text in book["在卷"].items()
    }
    case = build({**book, "在卷": papers}, rule_set(), {})
    chosen = recognise(case)
    assert chosen.procedure == "nopenalty"
    assert chosen.rival is None


def test_a_printed_cover_does_not_outweigh_the_papers():
    """A unit prints one cover for all its penalties. What lies in the file, a decision on the spot
    and nothing of the ordinary procedure, says more than the word on it.
    """
    cover = ("01", "行政处罚案卷（简易程序）", "行政处罚案卷（普通程序）")
    spec = {"改": [list(cover)], "删": ["03", "05"]}
    chosen = recognise(build(BOOKS["简易程序"], rule_set(), spec))
    assert chosen.procedure == "summary"


def test_the_title_of_a_cover_and_the_number_of_a_case_tell_the_procedure():
    """强制措施卷宗 is no file of a penalty that lies in it; 许可证件 in the name of a case is no
    number of a licence.
    """
    words = ("01", "行政处罚案卷（简易程序）", "执法强制措施卷宗")
    reasons = {
        c.procedure: "；".join(c.reasons)
        for c in candidates(build(BOOKS["简易程序"], rule_set(), {"改": [list(words)]}))
    }
    assert "封面题名有“强制”" in reasons["coercion"]
    case = build(BOOKS["行政检查"], rule_set(), {})
    named = replace(case.ref, key="许可证件是否有效·月湾县石记副食店")
    numbered = replace(case.ref, key="月许准〔2025〕3号")
    for ref, told in ((named, False), (numbered, True)):
        case.ref = ref
        assert ("licence" in {c.procedure for c in candidates(case)}) is told


def test_every_candidate_that_is_nearly_as_likely_is_looked_at():
    """The second may share all that speaks for the first; the third that has more is the rival."""
    cover = "封面写明“行政处罚”"
    first, second = Candidate("a", 12, [cover]), Candidate("b", 12, [cover])
    third = Candidate("c", 11, [cover, "卷内有当场处罚决定书"])
    assert rival([first, second, third]) is third
    assert rival([first, second]) is None


def test_by_a_doubtful_procedure_nobody_is_accused():
    """A lone decision that does not say how it was made may have been made on the spot: what
    the ordinary procedure would miss is open, with both procedures named.
    """
    case = _plainly_titled(("04", "湾水简罚", "湾水罚"), without=("01", "02", "05"))
    rules, chosen = rule_set().for_case(case)
    found = review(case, rules.checklist, rules.law)
    assert any(f.verdict.status == "fail" for f in found)
    opened = open_where_doubtful(found, chosen)
    assert not [f.check for f in opened if f.verdict.status == "fail"]
    assert "也可能是行政处罚简易程序" in reason_of(chosen)


MARKS = """
petition:
  名称: 信访事项办理
  封面: [信访事项]
  结论: [信访答复意见书]
  摘要: {文号: [信访答复意见书.文号]}
"""
PAPER = "文书: 信访答复意见书\n别名: [信访事项处理意见书]\n要素同: 其他文书\n"
LIST = """编号: petition
清单: 信访案卷评查标准
版本: "1"
程序: petition
缺省: true
定律日: 信访答复意见书.日期
检查项:
  - 编号: petition.answered
    名称: 有答复意见书
    环节: 办理
    种类: 文书在卷
    文书: [信访答复意见书]
    分值: 100
"""
ANSWER = "信访答复意见书\n鹤信答〔2025〕8号\n苗某：\n反映的事项已经办结。\n2025年3月4日"


@pytest.fixture
def more_rules(tmp_path, monkeypatch):
    """The shipped rules with one more procedure that stands in no Python."""
    folder = shutil.copytree(rules_folder(), tmp_path / "checklists")
    with (folder / "文书" / "_程序.yaml").open("a", encoding="utf-8") as f:
        f.write(MARKS)
    (folder / "文书" / "信访答复意见书.yaml").write_text(PAPER, "utf-8")
    (folder / "信访事项.yaml").write_text(LIST, "utf-8")
    monkeypatch.setenv("CASEREVIEW_RULES", str(folder))
    return folder


def test_a_new_procedure_is_data_alone(more_rules):
    """Id, name, marks and default checklist come from the rules folder; a file of the new kind
    finds its own list, a penalty file still its own.
    """
    rules = rule_set()
    case = build({"在卷": {"01 信访答复意见书": ANSWER}}, rules, {})
    mine, chosen = rules.for_case(case)
    assert mine.checklist.procedure == "petition" and "信访答复意见书" in chosen.why
    assert {f.verdict.status for f in review(case, mine.checklist, mine.law)} == {"pass"}
    assert procedure_of("petition").name == "信访事项办理"
    assert procedure_of("petition").steps == procedure_of("ordinary").steps
    penalty = build(load_book(next(p for p in books() if p.stem == "普通程序")), rules, {})
    assert rules.for_case(penalty)[0].checklist.procedure == "ordinary"


def test_a_procedure_that_is_written_wrong_is_refused(more_rules):
    """With file and line."""
    path = more_rules / "文书" / "_程序.yaml"
    path.write_text(path.read_text("utf-8").replace("封面: [信访", "封皮: [信访"), "utf-8")
    with pytest.raises(RulesRefused, match="不认识的键“封皮”"):
        procedures(path.parent)


def test_a_checklist_of_no_procedure_is_refused(more_rules):
    """A procedure that nobody wrote down."""
    strange = more_rules / "别的.yaml"
    strange.write_text(LIST.replace("程序: petition", "程序: appeal"), "utf-8")
    with pytest.raises(RulesRefused, match="没有程序“appeal”"):
        load_rules(str(strange))


def test_what_was_not_read_never_fails(more_rules):
    """待核实 on an item: a lack opens it, and says why."""
    path = more_rules / "信访事项.yaml"
    unread = LIST.replace("    分值: 100", "    分值: 100\n    待核实: true")
    other = more_rules / "待核实的.yaml"
    other.write_text(unread, "utf-8")
    case = build({"在卷": {"01 情况说明": "情况说明\n没有办结。"}}, load_rules(str(path)), {})
    for file, status in ((path, "fail"), (other, "review")):
        rules = load_rules(str(file))
        verdict = judge_item(rules.checklist.checks[0], Context(case, rules.law))
        assert verdict.status == status, verdict.message
    assert "待核实" in verdict.message
