"""What nobody understood in the files of a unit is asked once: one answer settles it in all its
files, in no other's, and is withdrawn as easily (DESIGN, promise 13).
"""

from __future__ import annotations

import datetime as dt
import shutil

import openpyxl
import pytest
from test_cli import run

from casereview.chinese.house_line import Example, house_line
from casereview.errors import UsageError
from casereview.facts.likely import TABLE
from casereview.papers.house import (
    Entry,
    House,
    house_path,
    house_text,
    houses_folder,
    load_house,
    replay,
)
from casereview.papers.vocabulary import LEARNED
from casereview.record.result import to_json
from casereview.record.store import Store
from casereview.reports.excel.question_sheet import sheet_of
from casereview.rounds.history import History
from casereview.rules.rulebook import load_rules
from casereview.run.campaign import Order, score_folder
from casereview.run.decisions import Actor
from casereview.run.engine import Done
from casereview.run.files import read_table
from casereview.run.learning import Session, answers_of, ask, keep, unit_files, withdraw
from casereview.run.listener import Listener
from casereview.run.work import rules_of
from casereview.settings import rules_folder

FARM, WATER = "云岭县农业农村局", "云岭县水务局"
NOW = "2026-06-30T00:00:00.000000Z"
ZHANG = Actor("张三", NOW, dt.date(2026, 6, 30))
LI = Actor("李四", NOW, dt.date(2026, 7, 1))
CAUSE = "要素：立案审批表.案由"
ITEM = "filing.source-stated"
FORM = """立案审批表
案件来源：日常检查
涉案行为：未按规定保存进货台账
当事人：云岭县顺达农资经营部
案情简介：2026年3月2日执法人员检查时发现该店没有保存进货台账。
承办人意见：建议立案。王强、李明 2026年3月3日
负责人审批意见：同意立案。赵刚 2026年3月3日
"""


@pytest.fixture(scope="module")
def rules_alone(tmp_path_factory):
    """The rules without what was learned of papers and facts."""
    ignored = shutil.ignore_patterns(TABLE, LEARNED)
    return shutil.copytree(rules_folder(), tmp_path_factory.mktemp("规则") / "规则", ignore=ignored)


@pytest.fixture(autouse=True)
def nothing_learned(rules_alone, monkeypatch):
    """Nobody understands the label: it is not read by likeness either."""
    monkeypatch.setenv("CASEREVIEW_RULES", str(rules_alone))
    _forget()
    yield
    _forget()


def _forget():
    """What this process knows of the rules."""
    for known in (load_rules, rules_of):
        known.cache_clear()


class Here:
    """An engine that works where it stands."""

    def run(self, jobs, listen=None):
        """Every job, one after the other."""
        for job in jobs:
            yield Done(job, job.do({}, lambda *step: None))


def scored(folder, db):
    """Two units, each with two files in which the cause stands under a label that no list knows."""
    for unit in (FARM, WATER):
        for n in (1, 2):
            case = folder / "批次" / unit / f"罚〔2026〕{n}号"
            case.mkdir(parents=True, exist_ok=True)
            (case / "立案审批表.txt").write_text(FORM, "utf-8")
    score_folder(Order(folder / "批次", db, "2026-06-30"), Here(), lambda: NOW, Listener())
    return Store(db)


@pytest.fixture
def store(tmp_path):
    """The units scored."""
    return scored(tmp_path, tmp_path / "a.db")


def statuses(store, unit, check=ITEM):
    """The verdict on an item in each file of a unit."""
    of = [r for r in store.results(store.last_run()) if r.unit == unit]
    return [r.finding(check).status for r in of]


def the_question(store, unit=FARM):
    """The question on the cause."""
    asking = ask(unit_files(store, unit), Here())
    return asking, next(q for q in asking.questions if q.name == CAUSE)


def answer(store, unit=FARM, actor=ZHANG):
    """Say where the cause stands."""
    _, q = the_question(store, unit)
    entry = next(c.entry for c in q.choices if c.entry.label == "涉案行为")
    return keep(store, unit_files(store, unit), [entry], actor, Here())


def test_like_things_are_one_question_with_quote_and_page(store):
    """The label is asked once for both files, with what it would read and where it stands."""
    asking, q = the_question(store)
    assert [x.name for x in asking.questions].count(CAUSE) == 1 and len(q.cases) == 2
    choice = next(c for c in q.choices if c.entry.label == "涉案行为")
    assert choice.reads == "未按规定保存进货台账"
    assert "立案审批表.txt 第 1 页" in choice.entry.seen and "涉案行为" in choice.entry.seen
    values = [x.value for x in asking.questions]
    assert values == sorted(values, reverse=True) and q.settles >= 2


def test_an_answer_moves_the_files_of_that_unit_alone(store):
    """Both files of the unit pass, with what moved told; the other unit stays as it was."""
    others = [to_json(r) for r in store.results(1) if r.unit == WATER]
    assert statuses(store, FARM) == ["review", "review"]
    done = answer(store)
    assert statuses(store, FARM) == ["pass", "pass"]
    moved = {(m.check, m.before, m.after) for m in done.moved}
    assert (ITEM, "review", "pass") in moved and len(done.cases) == 2
    assert [to_json(r) for r in store.results(1) if r.unit == WATER] == others


def test_withdrawn_the_verdicts_are_as_before(store):
    """To the byte; the history keeps both the answer and its withdrawal."""
    before = [to_json(r) for r in store.results(1)]
    answer(store)
    done = withdraw(store, unit_files(store, FARM), 1, LI, Here())
    assert [to_json(r) for r in store.results(1)] == before
    assert [(e.by, e.withdraws) for e in done.house.entries] == [("张三", 0), ("李四", 1)]
    with pytest.raises(UsageError, match="没有有效的第 1 条"):
        withdraw(store, unit_files(store, FARM), 1, LI, Here())


def test_nothing_is_asked_twice(store):
    """Neither what was answered nor what was waved away; withdrawn, it is asked again."""
    answer(store)
    left = ask(unit_files(store, FARM), Here())
    assert CAUSE not in {q.name for q in left.questions}
    session = Session(left)
    while session.question:
        session.skip()
    entries = [entry for _, entry in session.given]
    done = keep(store, unit_files(store, FARM), entries, ZHANG, Here())
    assert done.cases == () and done.moved == ()
    assert ask(unit_files(store, FARM), Here()).questions == ()
    withdraw(store, unit_files(store, FARM), 1, LI, Here())
    assert the_question(store)[1].name == CAUSE


def test_a_history_said_again_gives_the_same_file(store, tmp_path):
    """On another desk, to the byte, with the same verdicts."""
    answer(store)
    withdraw(store, unit_files(store, FARM), 1, LI, Here())
    answer(store, actor=LI)
    path = house_path(houses_folder(store.path), FARM)
    again = scored(tmp_path, tmp_path / "b.db")
    for e in load_house(path).entries:
        keep(
            again,
            unit_files(again, FARM),
            [e],
            Actor(e.by, NOW, dt.date.fromisoformat(e.on)),
            Here(),
        )
    other = house_path(houses_folder(again.path), FARM)
    assert other.read_text("utf-8") == path.read_text("utf-8")
    assert house_text(replay(FARM, load_house(path).entries)) == path.read_text("utf-8")
    assert [to_json(r) for r in again.results(1)] == [to_json(r) for r in store.results(1)]


def test_the_next_round_says_that_the_rule_moved(store, tmp_path):
    """The same papers judged with the answers: 规则已变, never 已整改; a run without answers has
    the header it always had.
    """
    assert "用语" not in store.run_row(1).rules
    entry = next(c.entry for c in the_question(store)[1].choices if c.entry.label == "涉案行为")
    wrong = Entry(paper="立案审批表", fact="案由", never=("涉案行为",), by="张三", on="2026-06-30")
    keep(store, unit_files(store, FARM), [wrong], ZHANG, Here())
    store.close()
    store = scored(tmp_path, tmp_path / "a.db")
    assert f"用语/{FARM}" in store.run_row(2).rules and statuses(store, FARM) == ["fail", "fail"]
    withdraw(store, unit_files(store, FARM, 2), 1, LI, Here())
    keep(store, unit_files(store, FARM, 2), [entry], ZHANG, Here())
    store.close()
    store = scored(tmp_path, tmp_path / "a.db")
    ends = {c.change for c in History(store).compare(2, 3).changes if c.check == ITEM}
    assert ends <= {"规则已变"}
    cards = {r.unit: r.checklist.card for r in store.results(3)}
    assert (
        cards[FARM] != cards[WATER] == {r.unit: r.checklist.card for r in store.results(1)}[WATER]
    )


def test_a_sheet_goes_out_and_comes_back(store, tmp_path):
    """A number chosen on the sheet is the entry that one key gives; words of one's own count."""
    asking, q = the_question(store)
    path = tmp_path / "问.xlsx"
    path.write_bytes(sheet_of(asking.unit, asking.questions))
    number = 1 + [c.entry.label for c in q.choices].index("涉案行为")
    fill(path, {q.name: number})
    got = answers_of(asking, read_table(path))
    session = Session(asking)
    while session.question and session.question.name != q.name:
        session.skip()
    session.choose(number)
    assert list(got.entries) == [session.given[-1][1]] and got.remarks == ()
    fill(path, {q.name: "涉案行为"})
    own = answers_of(asking, read_table(path)).entries[0]
    assert (own.label, own.fact) == ("涉案行为", "案由")
    fill(path, {q.name: 77})
    with pytest.raises(UsageError, match="没有选项 77"):
        answers_of(asking, read_table(path))
    answer(store)
    fill(path, {q.name: number})
    late = answers_of(ask(unit_files(store, FARM), Here()), read_table(path))
    assert late.entries == () and "已经答过" in late.remarks[0]


def fill(path, answers):
    """Write answers into the sheet, by the name of the question."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        said = answers.get(sheet.cell(row, heads["标识"]).value)
        sheet.cell(row, heads["答"]).value = said
    book.save(path)


def test_a_session_takes_back_its_last_answer(store):
    """None of them, back, a kind that does not exist, words of one's own."""
    asking, _ = the_question(store)
    session = Session(asking)
    first = session.question
    session.choose(0)
    assert session.given[0][1].never and session.question is not first
    assert session.undo() and session.question is first and not session.undo()
    with pytest.raises(UsageError, match="没有第 99 个选项"):
        session.choose(99)
    session.write("某某栏")
    assert session.given[0][1].label == "某某栏"


def test_the_terminal_asks_with_one_key_each(store, tmp_path):
    """Keys without a terminal are lines; --list and --undo tell and withdraw."""
    asking, q = the_question(store)
    keys = ["s" for _ in range([x.name for x in asking.questions].index(q.name))]
    number = 1 + [c.entry.label for c in q.choices].index("涉案行为")
    store.close()
    lines = "\n".join([*keys, "x", str(number), "u", str(number), "q"]) + "\n"
    db = tmp_path / "a.db"
    told = run("learn", FARM, "--db", db, "--by", "张三", stdin=lines)
    assert told.returncode == 0, told.stderr
    assert "涉案行为" in told.stdout and ITEM in told.stdout
    listed = run("learn", FARM, "--db", db, "--list", "--json")
    assert '"张三"' in listed.stdout and "涉案行为" in listed.stdout
    undone = run("learn", FARM, "--db", db, "--by", "李四", "--undo", len(keys) + 1, "--json")
    assert undone.returncode == 0, undone.stderr
    assert statuses(Store(db), FARM) == ["review", "review"]


@pytest.mark.parametrize(
    ("texts", "slot", "line"),
    [
        (
            [
                ("2024年8月9日，经办人夏俊亚将下列信息发布于平台", 0, 9),
                ("2025年3月21日，经办人张启将下列信息发布于平台", 0, 10),
            ],
            "日期",
            "〈日期〉，经办人…将下列信息发布于平台",
        ),
        (
            [("可在六十日内以云岭县人民政府为复议机关申请", 7, 14)],
            "机关",
            "可在六十日内以〈机关〉为复议机关申请",
        ),
        ([("于2024年8月9日到", 1, 10)], "日期", ""),
    ],
)
def test_sentences_of_a_house_make_its_wording(texts, slot, line):
    """What they have in common stays, the value is a slot; too little in common makes none."""
    assert house_line([Example(*t) for t in texts], slot) == line


def test_without_answers_there_is_no_house(store):
    """Nothing is written, nothing is laid over."""
    assert not houses_folder(store.path).exists()
    assert unit_files(store, FARM).house == House(FARM)
