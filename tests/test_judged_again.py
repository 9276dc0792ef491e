"""A checklist of which an item changed: to the byte what judging from the files comes to, and
nothing is read or judged that need not be.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from decimal import Decimal

import pytest
from conftest import SAMPLES
from test_remembered import Here

from casereview.judging import review as judging
from casereview.reading.intake import find_cases
from casereview.record.heads import head_of
from casereview.record.result import to_json
from casereview.record.rows import opened, seal
from casereview.rules import rulebook
from casereview.rules.rulebook import load_rules, rule_set
from casereview.run import judged_again as memory
from casereview.run import kept_cases, work
from casereview.run.remembered import Remembering, ground_of, reading_of
from casereview.run.work import Task, rules_of, score_case
from casereview.settings import rules_folder

LATER = "适用日期: {自: 2030-01-01}\n"
WHOLE = {}  # whole results as a store keeps them, by case and digest
PLAIN = (str, int, bool, type(None), Decimal, dt.date)


@pytest.fixture(scope="module")
def cases():
    """Cases of every procedure of the samples."""
    return [ref for ref in find_cases(SAMPLES)][::3]


@pytest.fixture
def rules(tmp_path, monkeypatch):
    """A rules folder of one's own, and shelves."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    folder = shutil.copytree(rules_folder(), tmp_path / "规则")
    monkeypatch.setenv("CASEREVIEW_RULES", str(folder))
    forget()
    yield folder
    monkeypatch.undo()
    forget()


def forget():
    """What this process knows of the rules is read again."""
    for known in (rulebook.load_rules, rules_of):
        known.cache_clear()


def changed(folder, *edits, name="行政处罚-普通程序"):
    """Edit a checklist: (id of an item, what stands in it, what shall stand there)."""
    forget()
    file = folder / f"{name}.yaml"
    text = file.read_text("utf-8")
    for item, old, new in edits:
        before, mark, rest = text.partition(f"编号: {item}\n")
        assert mark and old in rest, item
        text = before + mark + rest.replace(old, new, 1)
    file.write_text(text, "utf-8")
    forget()


def looked_up(cases, checklist="", engine=None):
    """The cases as they are scored with what was kept."""
    rules = rule_set(checklist)
    known = Remembering(engine or Here(), lambda: ground_of(rules), lambda: reading_of(rules))
    tasks = [Task(ref, checklist=checklist) for ref in cases]
    newest = {case: digest for case, digest in WHOLE}  # as of a store
    ends = list(known.run(tasks, lambda job, file: None, bases=newest))
    moved = [to_json(_whole(done.result.sealed)) for done in ends]
    again = [to_json(done.result.result) for done in known.run(tasks, lambda job, file: None)]
    assert moved == again
    return again


def _whole(sealed):
    """A sealed result, by the whole one that it goes by, which is kept as a store keeps it."""
    if sealed.base:
        result = opened(sealed.result, WHOLE[sealed.head.key, sealed.base])
        assert sealed.head == head_of(result)
        return result
    WHOLE[sealed.head.key, sealed.digest] = sealed.result
    result = opened(sealed.result, None)
    assert sealed == seal(result)
    return result


def anew(cases, checklist=""):
    """The cases as they are scored from the files."""
    return [
        to_json(score_case(Task(r, checklist=checklist), rules_of(checklist, ""))) for r in cases
    ]


@pytest.fixture
def judged(monkeypatch):
    """The items that are judged."""
    seen = []
    real = judging.judge_item
    monkeypatch.setattr(judging, "judge_item", lambda c, ctx: seen.append(c.id) or real(c, ctx))
    return seen


def first_items(n):
    """Ids of the first items of the standard."""
    return [c.id for c in load_rules().checklist.checks[:n]]


def test_nothing_changed_nothing_is_judged(cases, rules, judged):
    """By every standard that a case may get, and by one that is named."""
    for checklist in ("", "行政检查"):
        first = looked_up(cases, checklist)
        judged.clear()
        engine = Here()
        assert looked_up(cases, checklist, engine) == first and not judged and not engine.reads
        assert anew(cases, checklist) == first


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("subject.agency-consistent", "分值: 2", "分值: 2.5")], set()),
        ([("subject.two-officers", "否决: 候选", "否决: false")], set()),
        ([("filing.present", "名称: ", "名称: 卷内的")], set()),
        (
            [("subject.agency-consistent", "事先告知书.落款机关, ", "")],
            {"subject.agency-consistent"},
        ),
        (
            [
                ("subject.officer-certificates", "种类: ", f"{LATER}    种类: "),
                ("filing.present", "分值: ", "否决: true\n    分值: "),
            ],
            {"subject.officer-certificates"},
        ),
    ],
    ids=["points", "veto", "wording", "asks for less", "in force later"],
)
def test_one_item_changed(edits, expected, cases, rules, judged):
    """The item that asks for something else is judged again, from what was read."""
    first = looked_up(cases)
    changed(rules, *edits)
    judged.clear()
    engine = Here()
    again = looked_up(cases, "", engine)
    assert set(judged) == expected and not engine.reads
    assert again == anew(cases) and again != first
    judged.clear()
    assert looked_up(cases) == again and not judged


def test_an_item_that_goes_and_one_that_moves(cases, rules, judged):
    """Fewer items in another order: nothing is judged."""
    looked_up(cases)
    file = rules / "行政处罚-普通程序.yaml"
    head, *items = file.read_text("utf-8").split("  - 编号: ")
    file.write_text("  - 编号: ".join([head, *items[5:], *items[2:4]]), "utf-8")
    forget()
    judged.clear()
    assert looked_up(cases) == anew_without(judged, cases)


def anew_without(judged, cases):
    """Judged from the files; what was judged before that was nothing."""
    assert not judged
    return anew(cases)


@pytest.mark.parametrize("name", ["parameters", "文书", "情形", "用语", "calendar"])
def test_data_that_reading_or_the_law_rests_on(name, cases, rules):
    """Another file of it: every case is read again."""
    looked_up(cases)
    file = min((rules / name).glob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "\n# 注\n", "utf-8")
    forget()
    engine = Here()
    assert looked_up(cases, "", engine) == anew(cases) and engine.reads - {""}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("定律日: 处罚决定书.作出日期", "定律日: 立案审批表.立案日期"),
        ("清单: 行政", "清单: 某县行政"),
        ("有文书: 查封扣押决定书", "有文书: 立案审批表"),
        ("优秀: 90", "优秀: 70"),
    ],
    ids=["the day of the law", "title", "what comes along", "grades"],
)
def test_what_is_more_than_an_item(old, new, cases, rules):
    """What chooses the standard and judges by it: judged anew, from what was read."""
    first = looked_up(cases)
    file = rules / "行政处罚-普通程序.yaml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    forget()
    engine = Here()
    again = looked_up(cases, "", engine)
    assert again == anew(cases) and again != first and not engine.reads


def test_a_finding_that_is_doubted_for_another(cases, rules, monkeypatch):
    """Items that fail together are doubted together, looked up or not."""
    everyone = "casereview.judging.plausibility."
    monkeypatch.setattr(everyone + "ABSENCES", 1)
    monkeypatch.setattr(everyone + "SILENCES", 2)
    monkeypatch.setattr(everyone + "TOLD", 99)
    looked_up(cases)
    changed(rules, ("subject.agency-consistent", "事先告知书.落款机关, ", ""))
    monkeypatch.setattr(everyone + "SILENCES", 1)
    again = looked_up(cases)
    assert again == anew(cases) and "没有读懂" in "".join(again)


def test_what_an_item_asks_is_said_in_full():
    """Declarations are made of nouns that say all they hold: two that differ are told apart."""
    every = rule_set().every
    for check in (c for r in every for c in r.checklist.checks):
        said(check.kind, check.when)
    for r in every:
        said(sorted(r.law.parameters.items()), r.law.law_day, r.law.decisions)
        said(r.checklist.brings, r.layers.units)
    asked = [memory.asks(c, r.law) for r in every for c in r.checklist.checks]
    assert len(set(asked)) > 300


def said(*things):
    """Raises AssertionError for a noun whose ``repr`` may leave something out."""
    for thing in things:
        if dataclasses.is_dataclass(thing):
            assert type(thing).__repr__.__qualname__.endswith("__repr__"), thing
            said(*(getattr(thing, f.name) for f in dataclasses.fields(thing) if f.repr))
            assert all(f.repr for f in dataclasses.fields(thing)), thing
        elif isinstance(thing, dict):
            said(*thing, *thing.values())
        elif isinstance(thing, tuple | list):
            said(*thing)
        else:
            assert type(thing) in PLAIN, thing


def kept_again(read, rules):
    """A case that was kept, and is taken out again."""
    kept_cases.keep_read("ab" * 32, read)
    return kept_cases.read_before("ab" * 32, read.ref, rules.vocabulary)


def test_one_item_unpacks_what_it_looks_at(cases, rules, monkeypatch):
    """Who judges an item on facts reads the facts of the papers that it names, and no text."""
    standard, read = load_rules(), work.read_case(cases[0], load_rules())
    check = next(c for c in standard.checklist.checks if c.id == "subject.agency-consistent")
    first = judging.Fresh(read).finding(check, standard.law)
    sections = []
    real = kept_cases._Section.part
    monkeypatch.setattr(
        kept_cases._Section, "part", lambda own, n: sections.append((own, n)) or real(own, n)
    )
    kept = kept_again(read, standard)
    assert judging.Fresh(kept).finding(check, standard.law) == first
    assert len({own for own, _ in sections}) == 1  # facts
    assert 0 < len(sections) < len(kept.papers)
    assert len(sections) == len(set(sections))
    assert kept.papers[0].running_text.text == read.papers[0].running_text.text
    assert len({own for own, _ in sections}) == 2


def test_what_was_found_out_about_a_page_is_not_kept(cases, rules):
    """It would hold the vocabulary, which is that of today."""
    read = work.read_case(cases[0], load_rules())
    beside = {n for s in read.sources for p in s.pages for n in vars(p) if "." in n}
    kept = kept_again(read, load_rules())
    assert beside and not any("." in n for s in kept.sources for p in s.pages for n in vars(p))


def test_a_case_that_was_kept_is_the_case_that_was_read(cases):
    """Papers, facts, misread days and doubts; a vocabulary of today."""
    rules = load_rules()
    for ref in cases:
        read = work.read_case(ref, rules)
        kept = kept_again(read, rules)
        assert kept.sources == read.sources and read.sources == kept.sources
        assert kept.doubts == read.doubts
        assert [p.doc for p in kept.papers] == [p.doc for p in read.papers]
        assert [kept.facts_of(p) for p in kept.papers] == [read.facts_of(p) for p in read.papers]
        assert all(p.vocab is rules.vocabulary for p in kept.papers)
        assert to_json(work.judge_case(kept, rules)) == to_json(work.judge_case(read, rules))


DAMAGES = [
    lambda kept: b"",
    lambda kept: kept[:-1],
    lambda kept: kept.replace(b"\xa2of\xd9", b"\xa2og\xd9"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_moved_is_kept_behind_what_stands(damage, cases, rules, judged):
    """The case that was kept stays as it is; what moved since is damaged, or of another: then the
    item is judged again.
    """
    looked_up(cases)
    names = [path.name for path in memory.JUDGED.folder.glob("*/*")]
    kept = {name: memory.JUDGED.get(name) for name in names}
    changed(rules, ("subject.officer-certificates", "种类: ", f"{LATER}    种类: "))
    again = looked_up(cases)
    assert {path.name for path in memory.JUDGED.folder.glob("*/*")} == set(names)
    behind = {name: memory.JUDGED.get(name).removeprefix(data) for name, data in kept.items()}
    assert any(behind.values())
    assert sum(map(len, behind.values())) * 10 < sum(map(len, kept.values()))
    for name, moved in behind.items():
        memory.JUDGED.put(name, kept[name] + damage(moved))
    judged.clear()
    assert looked_up(cases) == again
    assert set(judged) == {"subject.officer-certificates"}
