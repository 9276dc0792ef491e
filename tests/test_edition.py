"""Was it the same rule? What the two digests of an item notice, and what they do not."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from casereview.record.applied import edition_of
from casereview.record.edition import from_json, to_json
from casereview.rules import rulebook, verdicts
from casereview.rules.kinds.table import KINDS
from casereview.settings import rules_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The shipped rules in a folder of their own, to be edited."""
    copy = tmp_path / "checklists"
    shutil.copytree(rules_folder(), copy, ignore=shutil.ignore_patterns("样例", "*.py", "sectors"))
    monkeypatch.setenv("CASEREVIEW_RULES", str(copy))
    yield copy
    _forget()


def _forget():
    rulebook._ground.cache_clear()
    rulebook.load_rules.cache_clear()


def loaded(name=rulebook.DEFAULT):
    """The edition of the rules as the files are now."""
    _forget()
    return edition_of(rulebook.load_rules(name))


def moved(before, after):
    """Ids of the items whose rule moved, and of those whose engine did."""
    rule = {i.id for i in before.items if i.rule != after.by_id[i.id].rule}
    return rule, {i.id for i in before.items if i.engine != after.by_id[i.id].engine}


def edit(path, old, new):
    """Change a text of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def judged_by_name(edition):
    """Items that a named judgement of the program judges."""
    rows = rulebook.load_rules().layers.tree["检查项"]
    named = {str(r["编号"]) for r in rows if "判定" in str(r)}
    assert named < {i.id for i in edition.items}
    return named


def test_nothing_moves_by_itself(folder):
    """The same files give the same edition; it survives the store's text."""
    one, two = loaded(), loaded()
    assert one == two and from_json(to_json(one)) == one
    assert all(i.rule and i.engine for i in one.items)


def test_wording_comments_and_layout_move_nothing(folder):
    """Advice, articles, comments and empty lines are not the rule."""
    before = loaded()
    book = folder / f"{rulebook.DEFAULT}.yaml"
    edit(book, "整改建议: ", "整改建议: 请注意，")
    paper = folder / "文书" / "立案审批表.yaml"
    paper.write_text("# 说明\n\n" + paper.read_text("utf-8"), "utf-8")
    assert moved(before, loaded()) == (set(), set())


def test_a_requirement_that_moved_moves_its_rule(folder):
    """Points of one item: that item, no other."""
    before = loaded()
    item = before.items[5]
    book = folder / f"{rulebook.DEFAULT}.yaml"
    at = book.read_text("utf-8").index(f"编号: {item.id}\n")
    head, rest = book.read_text("utf-8")[:at], book.read_text("utf-8")[at:]
    book.write_text(head + rest.replace("分值: ", "分值: 1", 1), "utf-8")
    assert moved(before, loaded()) == ({item.id}, set())


@pytest.mark.parametrize("paper", ["处罚决定书", "立案审批表", "送达地址确认书"])
def test_the_data_of_a_paper_moves_what_names_it(paper, folder):
    """Another name of a paper: the items that name it and those of named judgements, no other;
    their rules stay.
    """
    before = loaded()
    rows = {str(r["编号"]): str(r) for r in rulebook.load_rules().layers.tree["检查项"]}
    named = judged_by_name(before)
    edit(folder / "文书" / f"{paper}.yaml", "别名: [", "别名: [县里另起的名称, ")
    rule, engine = moved(before, loaded())
    assert rule == set() and named <= engine
    assert {i for i, r in rows.items() if paper in r} <= engine
    allowed = [paper, "'情形':", "'非情形':"]  # a named condition may ask for the paper
    if paper in rulebook.load_rules().checklist.decisions:
        allowed.append("决定文书")
    assert all(any(n in rows[i] for n in allowed) for i in engine - named)
    assert engine != {i.id for i in before.items}


def test_words_that_all_readers_share_move_everything(folder):
    """Surnames, agencies, labels: any verdict may rest on them."""
    before = loaded()
    shared = next(iter(sorted((folder / "用语").glob("*.yaml"))))
    shared.write_text(shared.read_text("utf-8").replace("[", "[ ", 1), "utf-8")
    rule, engine = moved(before, loaded())
    assert rule == set() and engine == {i.id for i in before.items}


@pytest.mark.parametrize("name", ["_习得.npz", "_习得要素.csv"])
def test_what_was_learned_moves_everything(name, folder):
    """A paper or a value that is read otherwise since is no fault that was put right."""
    before = loaded()
    learned = folder / "文书" / name
    learned.write_bytes(learned.read_bytes() + b"\n0,zz")
    rule, engine = moved(before, loaded())
    assert rule == set() and engine == {i.id for i in before.items}


def test_a_named_condition_is_part_of_the_rule(folder):
    """A condition that is written elsewhere moves the items that refer to it, also through another,
    and no other item; its explanation is wording.
    """
    before = loaded()
    rows = {str(r["编号"]): r for r in rulebook.load_rules().layers.tree["检查项"]}
    path = folder / "情形" / "行政处罚.yaml"
    edit(path, "说明: 拟处罚达到", "说明: 处罚达到")
    assert moved(before, loaded()) == (set(), set())
    edit(path, "之一: [吊销许可证件, ", "之一: [")
    rule, _ = moved(before, loaded())
    names = {"达到听证条件", "重大执法决定"}
    refers = {i for i, r in rows.items() if names & (_values(r, "情形") | _values(r, "非情形"))}
    assert refers and refers <= rule < {i.id for i in before.items}


def test_a_version_moves_what_it_judges(rules, monkeypatch):
    """The version of a kind moves the items of that kind, that of a named judgement its own."""
    before = edition_of(rules)
    rows = {str(r["编号"]): r for r in rules.layers.tree["检查项"]}
    kind = next(i.kind for i in before.items if i.kind not in ("专门判定", "逐项", "人工判断"))
    monkeypatch.setattr(KINDS[kind], "version", 99)
    rule, engine = moved(before, edition_of(rules))
    assert rule == set()
    assert engine == {i for i, r in rows.items() if kind in _kinds(r)}
    monkeypatch.undo()
    name = next(str(r["判定"]) for r in rows.values() if r.get("判定"))
    monkeypatch.setitem(verdicts.VERSIONS, name, 99)
    rule, engine = moved(before, edition_of(rules))
    assert rule == set() and engine == {i for i, r in rows.items() if name in _values(r, "判定")}


def _values(row, key):
    if isinstance(row, dict):
        own = {str(row[key])} if key in row else set()
        return own.union(*(_values(v, key) for v in row.values()))
    return set().union(*(_values(v, key) for v in row)) if isinstance(row, list) else set()


def _kinds(row):
    return _values(row, "种类")


def test_a_number_of_the_law_is_in_the_edition(folder):
    """Parameters have digests of their own: a changed value shows, and moves no item."""
    before = loaded()
    for path in (folder / "parameters").glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("值: 7", "值: 8"), "utf-8")
    after = loaded()
    assert moved(before, after) == (set(), set())
    assert before.parameters != after.parameters and before.digest != after.digest


def test_what_is_put_right_by_removal_is_said_by_the_item(rules):
    """The archive items say 取出即改正 themselves; of an older edition the stage still tells."""
    edition = edition_of(rules)
    said = {i.id for i in edition.items if i.by_removal}
    assert said and said == {i.id for i in edition.items if i.stage == "结案归档"}
    items = tuple(replace(i, engine="", by_removal=False) for i in edition.items)
    old = from_json(to_json(replace(edition, items=items)))
    assert {i.id for i in old.items if i.by_removal} == said
