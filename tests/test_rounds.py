"""The loop closed: what became of every finding, what people said of it, and that nothing of it is
lost.
"""

from __future__ import annotations

import copy
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import ROOT, as_data, as_results
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.judging.score import add_up
from casereview.record.applied import edition_of, editions_of
from casereview.record.edition import from_json, to_json
from casereview.record.entries import Unmasked
from casereview.record.journal import Event, Journal, dump, event_of, load
from casereview.record.result import to_data
from casereview.record.store import Store
from casereview.rounds.change import Side
from casereview.rounds.compare import compare
from casereview.rounds.effective import PanelState, Seen, effective_results, place_rulings
from casereview.rounds.pairing import pair_cases
from casereview.rounds.red_flags import red_flags
from casereview.rounds.rulings import ACTIONS, body_of, ruling_of

DAY = "2026-05-06"


@pytest.fixture(scope="module")
def first(sample_results):
    """The samples as a first round, as plain data that a test may change."""
    return as_data(sample_results.values())


@pytest.fixture(scope="module")
def editions(rules):
    """digest -> checklist."""
    return {e.digest: e for e in editions_of(rules)}


def plain(results):
    """Results without rulings."""
    return effective_results(as_results(results), {}, {}, Seen(DAY))


def again(first):
    """The same cases in a later round: other bytes, other names, so that the unit may have done
    something.
    """
    second = copy.deepcopy(first)
    for n, r in enumerate(second):
        r["case"], r["title"] = f"回头看/{n}号卷", f"{n}号卷"
        for f in r["files"]:
            f["sha256"] = (
                "0" + f["sha256"][1:] if not f["sha256"].startswith("0") else "1" + f["sha256"][1:]
            )
    return second


def finding(result, check):
    """One finding of a result."""
    return next(f for f in result["findings"] if f["check"] == check)


def some_fail(results):
    """The first case with a fault in it, and the fault."""
    return next((r, f) for r in results for f in r["findings"] if f["status"] == "fail")


def ends(first, second, editions, **more):
    """Comparison of two rounds."""
    return compare(Side(1, plain(first), editions), Side(2, plain(second), editions), **more)


def test_the_same_folder_twice_is_no_change(first, editions):
    """Test number one: every fault is open, nothing is fixed, nothing is new, no score moves."""
    c = ends(first, copy.deepcopy(first), editions)
    assert (
        {k for k, n in c.counts.items() if n} == {"未整改"}
        and c.score.start == c.score.to
        and not c.pairing.gone
        and not c.pairing.added
    )
    assert c.counts["未整改"] == sum(f["status"] == "fail" for r in first for f in r["findings"])


def test_renamed_folders_keep_their_findings(first, editions):
    """Cases are matched by number, not by folder."""
    c = ends(first, again(first), editions)
    assert {k for k, n in c.counts.items() if n} == {"未整改"} and len(c.pairing.pairs) == len(
        first
    )


def test_without_the_standard_of_a_round_nothing_is_called_fixed(first, editions):
    """Rounds that kept no copy of their checklist: 已整改 only where both name the very same file
    and one program judged both; never where one of them is by a program that keeps editions.
    """
    old, second = copy.deepcopy(first), again(first)
    for r in (*old, *second):
        r["checklist"].pop("card")
    for r in second:
        for f in r["findings"]:
            f["status"] = "pass"
    assert ends(old, second, editions).counts["已整改"]
    new = judged_by(copy.deepcopy(second), first[0]["checklist"]["card"])
    c = ends(old, new, editions)
    assert not c.counts["已整改"] and c.counts["规则已变"]
    for r in old:
        r["checklist"]["sha256"] = "0" * 64
    c = ends(old, second, editions)
    assert (
        not c.counts["已整改"]
        and c.counts["规则已变"]
        and all("没有留存" in x.why for x in c.changes)
    )


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("pass", "已整改"),
        ("fail", "未整改"),
        ("review", "转为无法判定"),
        ("error", "转为无法判定"),
        ("na", "不再适用"),
    ],
)
def test_what_becomes_of_a_fault(status, word, first, editions):
    """Each status of the later round gives its word."""
    second = again(first)
    r, f = some_fail(second)
    f["status"] = status
    got = [x for x in ends(first, second, editions).changes if x.identity == f["identity"]]
    assert [x.change for x in got] == [word]


def test_a_new_fault_and_one_that_came_back(first, editions):
    """New when it never failed; 再次出现 when an earlier round had it and the one between did not;
    still open when nobody ever saw it right.
    """
    second = again(first)
    f = next(f for f in second[0]["findings"] if f["status"] == "pass")
    f["status"] = "fail"

    def word(*past):
        return next(
            x.change
            for x in ends(
                first, second, editions, past=[Side(0, plain(p), editions) for p in past]
            ).changes
            if x.check == f["check"] and x.case_to == second[0]["case"]
        )

    assert word() == "新出现"
    older = again(first)
    finding(older[0], f["check"])["status"] = "fail"
    assert word(older) == "再次出现"
    dim = copy.deepcopy(first)
    finding(dim[0], f["check"])["status"] = "review"
    c = compare(
        Side(1, plain(dim), editions),
        Side(2, plain(second), editions),
        [Side(0, plain(older), editions)],
    )
    assert (
        next(
            x.change for x in c.changes if x.check == f["check"] and x.case_to == second[0]["case"]
        )
        == "未整改"
    )


def edited(edition, check, **new):
    """An edition in which one item is another, under the digest 'moved'."""
    items = tuple(replace(i, **new) if i.id == check else i for i in edition.items)
    return replace(edition, items=items, digest="moved")


def judged_by(results, digest):
    """The cases as if they had been judged by another edition."""
    for r in results:
        r["checklist"]["card"] = digest
    return results


def test_a_rule_that_moved_is_not_rectification(first, rules, editions):
    """Another requirement or another number of the law: 规则已变, whichever way the status went."""
    edition = edition_of(rules)
    second = judged_by(again(first), "moved")
    r, f = some_fail(second)
    f["status"] = "pass"
    moved = edited(edition, f["check"], rule="other")
    c = ends(first, second, {**editions, "moved": moved})
    assert (
        next(x.change for x in c.changes if x.identity == f["identity"]) == "规则已变"
        and c.counts["已整改"] == 0
    )
    dated = next(
        g for x in second for g in x["findings"] if g["status"] == "fail" and g["parameters"]
    )
    number = next(iter(dated["parameters"]))
    dated["status"] = "pass"
    moved = replace(edition, parameters={**edition.parameters, number: "other"}, digest="moved")
    c = ends(first, second, {**editions, "moved": moved})
    assert next(x.change for x in c.changes if x.identity == dated["identity"]) == "规则已变"


def test_a_judgement_that_moved_is_not_rectification(first, rules, editions):
    """The item asks for the same, but the program or its data judge otherwise: a verdict that
    differs is 规则已变, either way; one that does not is what it was.
    """
    second = judged_by(again(first), "moved")
    (_, gone), (_, stays) = [
        (r, f) for r in second for f in r["findings"] if f["status"] == "fail"
    ][:2]
    came = next(f for r in second for f in r["findings"] if f["status"] == "pass")
    gone["status"], came["status"] = "pass", "fail"
    moved = edition_of(rules)
    for f in (gone, stays, came):
        moved = edited(moved, f["check"], engine="other")
    c = ends(first, second, {**editions, "moved": moved})
    got = {x.identity: x.change for x in c.changes}
    assert got[gone["identity"]] == got[came["identity"]] == "规则已变"
    assert got[stays["identity"]] == "未整改" and not c.counts["已整改"]


def old_edition(edition):
    """An edition as an older program kept it: the rule by another digest, nothing of the engine."""
    items = tuple(replace(i, rule="repr " + i.rule, engine="") for i in edition.items)
    return replace(edition, items=items, digest="old")


def test_what_an_older_program_judged_is_never_called_fixed(first, rules, editions):
    """A round by a program that kept no digest of its judgements: a fault that is gone is 规则已变,
    one that still stands is 未整改. By one and the same older program: as ever.
    """
    first = judged_by(copy.deepcopy(first), "old")
    second = again(first)
    every = {**editions, "old": old_edition(edition_of(rules))}
    c = ends(first, second, every)
    assert {k for k, n in c.counts.items() if n} == {"未整改"}
    r, f = some_fail(second)
    f["status"] = "pass"
    assert ends(first, second, every).counts["已整改"] == 1
    new = judged_by(copy.deepcopy(second), edition_of(rules).digest)
    c = ends(first, new, every)
    assert next(x.change for x in c.changes if x.identity == f["identity"]) == "规则已变"
    assert not c.counts["已整改"] and c.counts["未整改"]
    other = compare(Side(1, plain(first), every, "0.1.0"), Side(2, plain(second), every, "0.2.0"))
    assert not other.counts["已整改"] and other.counts["规则已变"] == 1


def test_after_an_upgrade_the_file_with_the_fault_must_have_changed(first, editions):
    """Another version of the program with the same rules: where every file that carried the fault
    came back byte for byte, nobody put it right there.
    """
    second = again(first)
    r, f = next(
        (r, f)
        for r in second
        for f in r["findings"]
        if f["status"] == "fail" and not f["subject"].startswith("缺：")
    )
    f["status"] = "pass"
    before = next(x for x in first if x["case_key"] == r["case_key"])
    kept = {x["file"]: x["sha256"] for x in before["files"]}
    for x in r["files"]:
        if x["file"] in {e["file"] for e in f["evidence"]}:
            x["sha256"] = kept[x["file"]]

    def word(tool):
        sides = (Side(1, plain(first), editions, "1"), Side(2, plain(second), editions, tool))
        return next(x for x in compare(*sides).changes if x.identity == f["identity"])

    assert word("1").change == "已整改"
    assert word("2").change == "规则已变" and "没有变化" in word("2").why


def test_untouched_papers_are_never_called_put_right(first, editions):
    """Same bytes, another verdict: the program or the split changed, not the unit."""
    second = copy.deepcopy(first)
    r, f = some_fail(second)
    f["status"] = "pass"
    assert (
        next(x.change for x in ends(first, second, editions).changes if x.identity == f["identity"])
        == "规则已变"
    )


def test_old_papers_by_new_rules_tell_rule_from_work(first, editions):
    """A run over the old papers takes the blame for what the rule did; what differs after that is
    the unit's doing.
    """
    second, between = again(first), copy.deepcopy(first)
    (r1, f1), (r2, f2) = [(r, f) for r in second for f in r["findings"] if f["status"] == "fail"][
        :2
    ]
    f1["status"] = f2["status"] = "pass"
    next(f for r in between for f in r["findings"] if f["identity"] == f1["identity"])["status"] = (
        "pass"
    )
    c = ends(first, second, editions, via=Side(3, plain(between), editions))
    assert {
        x.identity: x.change for x in c.changes if x.identity in (f1["identity"], f2["identity"])
    } == {f1["identity"]: "规则已变", f2["identity"]: "已整改"}


def test_a_paper_that_left_the_file_is_not_put_right(first, editions):
    """The faulty paper is gone and the others are in order: nobody knows."""
    second = again(first)
    r, f = next(
        (r, f)
        for r in second
        for f in r["findings"]
        if f["check"] == "evidence.record-signed-by-officers" and f["status"] == "fail"
    )
    f["status"] = "pass"
    r["documents"] = [d for d in r["documents"] if d["kind"] != "现场检查笔录"]
    got = next(x for x in ends(first, second, editions).changes if x.identity == f["identity"])
    assert got.change == "转为无法判定" and "现场检查笔录" in got.why


@pytest.mark.parametrize(("by_removal", "word"), [(True, "已整改"), (False, "转为无法判定")])
def test_what_is_put_right_by_taking_it_out(by_removal, word, first, rules, editions):
    """A paper that did not belong in the file is gone: put right where the item says so, whatever
    its stage is called.
    """
    second = again(first)
    r, f = next(
        (r, f)
        for r in second
        for f in r["findings"]
        if f["check"] == "evidence.record-signed-by-officers" and f["status"] == "fail"
    )
    f["status"] = "pass"
    r["documents"] = [d for d in r["documents"] if d["kind"] != "现场检查笔录"]
    kept = edited(edition_of(rules), f["check"], by_removal=by_removal, stage="其他环节")
    every = {**editions, edition_of(rules).digest: replace(kept, digest="")}
    got = next(x for x in ends(first, second, every).changes if x.identity == f["identity"])
    assert got.change == word


def test_another_paper_at_fault_is_another_fault(first, editions):
    """The item still fails, but for another paper: the old fault is open to question, the other is
    new.
    """
    second = again(first)
    r, f = next(
        (r, f)
        for r in second
        for f in r["findings"]
        if f["check"] == "evidence.record-signed-by-officers" and f["status"] == "fail"
    )
    other = next(d for d in r["documents"] if d["kind"] == "询问笔录")
    f.update(
        subject="询问笔录",
        identity="other",
        evidence=[
            {
                "file": other["file"],
                "page": other["page_from"],
                "box": None,
                "quote": "调查人员签名处",
            }
        ],
    )
    assert sorted(
        x.change
        for x in ends(first, second, editions).changes
        if x.check == f["check"] and x.case_to == r["case"]
    ) == ["新出现", "转为无法判定"]


def test_added_and_vanished_cases_are_named(first, editions):
    """A case that is not there any more leaves its faults open; a case that was not there brings
    new ones.
    """
    r, f = some_fail(first)
    without = [x for x in first if x is not r]
    gone = ends(first, again(without), editions)
    assert [x.case for x in gone.pairing.gone] == [r["case"]] and next(
        x.change for x in gone.changes if x.identity == f["identity"]
    ) == "转为无法判定"
    come = ends(without, again(first), editions)
    assert len(come.pairing.added) == 1 and come.counts["新出现"] == sum(
        x["status"] == "fail" for x in r["findings"]
    )


def test_twins_are_left_to_a_person(first, editions):
    """Two cases that may both be the old one: 待认领, never guessed."""
    old = copy.deepcopy(first[:1])
    new = again(first[:1]) + again(first[:1])
    new[1]["case"] = "回头看/另一卷"
    old[0]["case"] = old[0]["title"] = "甲"
    p = pair_cases(as_results(old), as_results(new))
    assert not p.pairs and [names for _, names in p.unclaimed] == [
        ("回头看/0号卷", "回头看/另一卷")
    ]


def test_a_case_is_known_by_its_other_numbers_and_by_its_content(first):
    """The decision's number changed: the notice still carries the old one; without any number, the
    words of the papers do.
    """
    new = again(first)
    for r in new:
        r["case_key"] = "文号:x" + r["case_key"]
    assert len(pair_cases(as_results(first), as_results(new)).pairs) == len(first)
    for r in new:
        r["facts"] = {n: f for n, f in r["facts"].items() if not n.endswith("文号")}
    p = pair_cases(as_results(first), as_results(new))
    assert len(p.pairs) == len(first) and all(
        a.facts.get("处罚决定书.当事人") == b.facts.get("处罚决定书.当事人") for a, b, _ in p.pairs
    )


def test_the_score_moves_in_steps_that_add_up(first, editions):
    """What the unit did, what the rule did and what legibility did sum to the whole movement."""
    second = again(first)
    r, f = some_fail(second)
    f["status"] = "pass"
    r["score"] = r["score"] + 1.0
    dim = next(f for f in second[0]["findings"] if f["status"] == "pass")
    dim["status"] = "review"
    for m in [*ends(first, second, editions).cases.values(), ends(first, second, editions).score]:
        assert m.to - m.start == m.by_unit + m.by_rule + m.by_legibility


def test_fewer_places_of_one_fault_are_the_units_doing(first, editions):
    """每处扣: three places before and one now is no movement of the rule."""
    second = again(first)
    r, f = some_fail(second)
    f["deducted"] = "0.5"
    r["score"] = r["score"] + 1.0
    m = ends(first, second, editions).cases[r["case"]]
    assert m.by_rule == 0 == m.by_legibility and m.by_unit == m.to - m.start != 0


def event(result, f, action, by, at="2026-05-06T08:00:00.000000Z", **more):
    """A ruling as it goes into the journal."""
    result = as_results([result])[0]
    f = result.finding(f["check"])
    return Event(at, by, "ruling", body_of(f, result, 1, action, "看过原件", **more))


def judged(results, editions, events, day=DAY, **more):
    """Results with rulings."""
    results = as_results(results)
    placed, lost = place_rulings(results, [ruling_of(e) for e in events], lambda u: None)
    assert not lost
    return effective_results(results, editions, placed, Seen(day, **more))


def test_a_ruling_moves_the_score_and_leaves_the_finding(first, editions):
    """Overruled: no points off. The tool's own verdict and score stay beside it."""
    r, f = some_fail(first)
    got = next(
        x for x in judged(first, editions, [event(r, f, "overrule", "甲")]) if x.case == r["case"]
    )
    mine = got.finding(f["check"])
    assert (mine.status, mine.effective, mine.state, mine.deducted) == ("fail", "pass", "有效", "0")
    assert got.score > r["score"] == got.tool.score


def test_adjusted_points_are_re_added_by_hand(first, editions):
    """One point instead of all."""
    r, f = next(
        (r, f)
        for r in first
        for f in r["findings"]
        if f["status"] == "fail" and Decimal(f["points"]) > 1
    )
    got = next(
        x
        for x in judged(first, editions, [event(r, f, "adjust", "甲", points="1")])
        if x.case == r["case"]
    )
    decided = sum(Decimal(x.points) for x in got.findings if x.status in ("pass", "fail"))
    lost = sum(Decimal(x.deducted) for x in got.findings)
    assert (
        got.score == float(((decided - lost) * 100 / decided).quantize(Decimal("0.1")))
        and got.finding(f["check"]).deducted == "1"
    )


def test_a_ruling_waits_when_its_evidence_changed(first, editions):
    """Same identity, other quote: 依据已变, and no points move."""
    r, f = some_fail(first)
    later = again(first)
    g = next(g for x in later for g in x["findings"] if g["identity"] == f["identity"])
    held = judged(later, editions, [event(r, f, "overrule", "甲")])
    assert next(x for y in held for x in y.findings if x.identity == f["identity"]).state == "有效"
    g["evidence_digest"] = "other"
    waits = judged(later, editions, [event(r, f, "overrule", "甲")])
    x = next(x for y in waits for x in y.findings if x.identity == f["identity"])
    assert x.state == "依据已变，请重新确认" and x.effective == "fail"


def test_two_people_who_differ_settle_nothing_until_somebody_rules(first, editions):
    """Confirmed by one, overruled by another: open; the last word with 裁定 holds."""
    r, f = some_fail(first)
    two = [event(r, f, "confirm", "甲"), event(r, f, "overrule", "乙")]
    got = next(x for x in judged(first, editions, two) if x.case == r["case"])
    assert got.finding(f["check"]).state == "意见不一，待裁定"
    done = judged(first, editions, [*two, event(r, f, "overrule", "组长", settle=True)])
    got = next(x for x in done if x.case == r["case"])
    assert got.finding(f["check"]).effective == "pass"


def test_a_waiver_runs_out_and_an_audit_ignores_it(first, editions):
    """Waived to the day; failed again on the next; failed at once for an auditor."""
    r, f = some_fail(first)
    e = [event(r, f, "waive", "甲", until="2026-06-30", signer="局长")]

    def status(day, **more):
        got = next(x for x in judged(first, editions, e, day, **more) if x.case == r["case"])
        return got.finding(f["check"]).effective

    assert (status("2026-06-30"), status("2026-07-01"), status("2026-06-30", audit=True)) == (
        "waived",
        "fail",
        "fail",
    )


def test_double_review_is_blind_until_both_handed_in(first, editions):
    """Neither sees the other nor moves the score; then silence means agreement with the tool, and a
    difference stays open.
    """
    r, f = some_fail(first)
    e = [event(r, f, "overrule", "甲")]

    def seen(handed, viewer=""):
        panel = PanelState({r["case"]: ("甲", "乙")}, {r["case"]: frozenset(handed)})
        every = judged(first, editions, e, panel=panel, viewer=viewer)
        return next(x for x in every if x.case == r["case"]).finding(f["check"])

    assert seen("甲").effective == "fail"
    assert to_data(seen("甲"))["ruling"] == {"state": "双人评查未提交"}
    assert seen("", "甲").effective == "pass" and seen("", "乙").ruling is None
    assert seen("甲乙").state == "意见不一，待裁定"


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_rulings_never_change_findings_and_their_order_does_not_matter(data, first, editions):
    """Any rulings in any order of storing: the same outcome; the tool's findings stay."""
    r, f = some_fail(first)
    acts = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from([a for a in ACTIONS if a not in ("adjust", "waive")]),
                st.sampled_from("甲乙丙"),
                st.integers(0, 59),
                st.booleans(),
            ),
            max_size=6,
        )
    )
    events = [
        event(r, f, a, by, f"2026-05-06T08:00:{s:02d}.000000Z", settle=settle)
        for a, by, s, settle in acts
    ]
    one = judged(first, editions, events)
    two = judged(first, editions, data.draw(st.permutations(events)))
    assert one == two
    assert [[x.status for x in y.findings] for y in one] == [
        [x["status"] for x in y["findings"]] for y in first
    ]


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(5)), twice=st.booleans())
def test_import_is_idempotent_and_order_does_not_matter(order, twice, tmp_path_factory):
    """The same entries in any order, once or twice, through a file: the same journal."""
    events = [
        event_of(
            f"2026-05-06T08:00:0{i}.000000Z",
            "甲乙"[i % 2],
            Unmasked(what="整改清单", run=i, why="公示需要"),
        )
        for i in range(5)
    ]
    db = tmp_path_factory.mktemp("j") / "a.db"
    j = Journal(Store(db))
    text = dump([events[i] for i in order])
    assert j.add(load(text, "a")) == 5
    assert not twice or j.add(load(text, "a")) == 0
    assert j.read() == events and j.broken() == ""


def test_the_chain_shows_an_edit_behind_its_back(tmp_path):
    """The triggers refuse an edit; with the triggers removed, the chain names the entry."""
    store = Store(tmp_path / "a.db")
    j = Journal(store)
    j.add([Event(f"2026-05-06T08:00:0{i}Z", "甲", "outcome", {"n": i}) for i in range(3)])
    assert j.has_head(j.head()) and not j.has_head("0" * 16)
    with pytest.raises(Exception, match="只增不改"):
        store.db.execute("UPDATE events SET body='{}' WHERE seq=2")
    store.db.execute("DROP TRIGGER events_no_update")
    store.db.execute("UPDATE events SET body='{\"n\":9}' WHERE seq=2")
    assert "第 2 条" in j.broken()


def test_killed_at_any_moment_no_ruling_is_lost(tmp_path):
    """A process that says so after each entry, killed again and again: what it said is there, and
    the chain is whole.
    """
    db = tmp_path / "a.db"
    Store(db).close()
    code = (
        "import sys\nfrom pathlib import Path\nfrom casereview.record.store import Store\nfrom"
        " casereview.record.journal import Event, Journal\nj ="
        " Journal(Store(Path(sys.argv[1])))\nfor i in range(100000):\n    j.add([Event(sys.argv[2],"
        " 'x', 'outcome', {'n': i})])\n    print(i, flush=True)\n"
    )
    rnd = random.Random(7)
    for n in range(4):
        p = subprocess.Popen(
            [sys.executable, "-c", code, str(db), f"t{n}"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        p.stdout.readline()
        time.sleep(rnd.random() * 0.2)
        p.send_signal(signal.SIGKILL)
        said = 1 + p.stdout.read().count("\n")  # whole lines only: what was acknowledged
        p.wait()
        j = Journal(Store(db))
        assert sum(e.at == f"t{n}" for e in j.read()) >= said and j.broken() == ""


def test_fixes_that_look_wrong_are_shown(first, editions):
    """A paper made after the review with an older date, one dated after it, one rewritten unasked,
    a last page exchanged.
    """
    second = again(first)
    a, b = first[0], second[0]
    changes = ends(first, second, editions).changes
    reviewed = "2026-03-02"
    assert not red_flags(*as_results([a, b]), changes, reviewed)
    doc = next(d for d in b["documents"] if d["kind"] == "立案审批表")
    doc["print"] = "f" * 16 + doc["print"][16:]
    file = next(f for f in b["files"] if f["file"] == doc["file"])
    file["made"] = "2026-04-01"
    texts = " ".join(h.text for h in red_flags(*as_results([a, b]), changes, reviewed))
    assert "补做" in texts and "没有要求改" in texts
    b["facts"]["立案审批表.立案日期"] = {**b["facts"]["立案审批表.立案日期"], "value": "2026-04-01"}
    assert "晚于上一轮评查" in " ".join(
        h.text for h in red_flags(*as_results([a, b]), changes, reviewed)
    )
    a, b = copy.deepcopy(first[0]), again(first[:1])[0]
    for r, last in ((a, "a"), (b, "b")):  # a record of two pages, the second with the signatures
        d = next(d for d in r["documents"] if d["kind"] == "询问笔录")
        d["page_to"] = d["page_from"] + 1
        next(f for f in r["files"] if f["file"] == d["file"])["prints"].append(
            last * 16 + "." + "0" * 16
        )
    assert [
        (h.file, h.page)
        for h in red_flags(*as_results([a, b]), (), reviewed)
        if "末页换过" in h.text
    ] == [(d["file"], d["page_to"])]


def test_an_edition_adds_up_to_what_the_checklist_adds_up_to(first, editions, rules):
    """Read back from the store's text, it gives the score that the file gave."""
    edition = editions[first[0]["checklist"]["card"]]
    edition = from_json(to_json(edition))
    for r in first:
        statuses = {f["check"]: f["status"] for f in r["findings"]}
        assert add_up(edition, statuses).score == add_up(rules.checklist, statuses).score


def test_journal_files_of_others_are_refused():
    """Not ours, or newer: nothing is imported."""
    from casereview.errors import UsageError

    for text in (
        "{}",
        "[]",
        "x",
        '{"schema":"casereview.events/1","events":[{"at":"1","actor":"a","kind":"new","body":{}}]}',
        '{"schema":"casereview.events/1",'
        '"events":[{"at":"1","actor":"a","kind":"ruling","body":{}}]}',
    ):
        with pytest.raises(UsageError, match="没有导入|不能采用"):
            load(text, "某.json")
