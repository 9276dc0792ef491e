"""A campaign of two rounds, played as people would: ledger and draw, an interruption, two
reviewers, issuing, answers from a workbook of WPS, an objection, an explanation, a waiver, a true
and a forged fix, the second visit, the bulletin. After every step its figures are counted again
from the database by other code (``counting``).
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from conftest import SAMPLES, as_data, as_results
from counting import Count, tenth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_acts import FARM, LISTED, NAME, ORDER, WATER, ledger, who
from test_campaign import Silent
from test_issuing import OFFICE, go
from test_reports import stored
from typer.testing import CliRunner
from xls_writer import xls

from casereview.cli.app import app
from casereview.errors import UsageError
from casereview.judging.score import OPEN
from casereview.record.store import Store
from casereview.reports.gather import campaign_view
from casereview.reports.word.papers import file_name, papers
from casereview.rounds.history import History
from casereview.rounds.progress import progress_of
from casereview.rounds.ranking import ranking
from casereview.rounds.rate import rates, total
from casereview.rounds.rectification import items
from casereview.run import campaigns as acts
from casereview.run.campaign import Interrupted, Order, score_folder
from casereview.run.decisions import RulingOrder, export_rulings, import_rulings, rule
from casereview.run.destination import Wish
from casereview.run.issuing import IssueOrder, standing_in_the_way
from casereview.run.listener import Listener
from casereview.run.panel import DrawOrder
from casereview.run.work import Sealing

DAY = "2026-05-06"


class Tired(Silent):
    """An engine that is stopped after some cases."""

    def __init__(self, cases):
        super().__init__()
        self.left = cases

    def run(self, jobs, listen):
        """As many as are left, then Ctrl-C."""
        for done in super().run(jobs, listen):
            if self.left == 0 and isinstance(done.job, Sealing):
                raise KeyboardInterrupt
            self.left -= 1
            yield done


def scored(store_path, folder, engine=None, wish=Wish()):  # noqa: B008 - frozen
    """A folder scored without processes, at a later moment each time."""
    order = Order(folder, store_path, DAY, wish=wish)
    return score_folder(order, engine or Silent(), lambda: who().at, Listener())


def typed(db, *args, code=0):
    """A command, in this process."""
    env = {"CASEREVIEW_DB": str(db), "CASEREVIEW_REVIEWER": "组长", "COLUMNS": "200"}
    done = CliRunner().invoke(app, list(map(str, args)), env=env)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def reviewed(path, name, differing=""):
    """One reviewer on a copy of the store says of every open item that it is in order (of one, when
    asked, that it does not apply). Returns what the reviewer exports.
    """
    store = Store(path)
    history = History(store)
    for r in history.results(1):
        for f in r.findings:
            if f.effective in OPEN:
                word = "na" if f.identity == differing else "pass"
                rule(store, RulingOrder(f.identity, word, "已核对原件", run=1), who_is(name))
    text, _ = export_rulings(store, name)
    store.close()
    return text


def who_is(name):
    """Another person, a moment later."""
    return replace(who(), name=name)


def answered(path, to, words):
    """A list as it comes back from WPS: saved as .xls, a sheet put in front, persons merged, a line
    for the stamp below. ``words``: what is written on the first lines.
    """
    heads, *rows = list(openpyxl.load_workbook(path)["整改清单"].values)[2:]
    column = {h: i for i, h in enumerate(heads)}
    rows = [list(r) for r in rows]
    for row, (word, note) in zip(rows, words, strict=False):
        row[column["整改情况"]], row[column["说明"]] = word, note
        if word == "已改正":
            row[column["整改措施"]], row[column["完成日期"]] = "补做", "2026-05-20"
            row[column["责任人"]] = "罗某"
    sheet = [["整改清单"], [""], list(heads), *rows, ["（盖章）", "", "2026年5月21日"]]
    to.write_bytes(xls({"封面": [["报送"]], "整改清单": sheet}))
    return to


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The first round up to the papers; what happens on the way is asserted on the way."""
    home = tmp_path_factory.mktemp("play")
    first = shutil.copytree(SAMPLES, home / "初评材料")
    db = home / "a.db"
    rows = [*LISTED[:3], (WATER, "芦水罚决〔2025〕31号"), *LISTED[4:]]
    book = ledger(home / "台账.xlsx", rows)
    store = Store(db)
    acts.open_campaign(store, NAME, ORDER, who())
    listed = acts.give_list(store, acts.ListOrder(DrawOrder(book, "7", 4)), who())
    assert len(listed.drawn) == 8
    with pytest.raises(Interrupted):
        scored(db, first, Tired(3))
    p = progress_of(History(store), 1)
    assert p.unfinished and (p.cases, p.found) == (3, 8) == (len(Count(db).rows[1]), 8)
    with pytest.raises(UsageError, match="没有做完"):
        go(store, IssueOrder(home / "早"))
    done = scored(db, first)
    assert done.run == 1 and len(Count(db).rows[1]) == 8
    p = progress_of(History(store), 1)
    assert [d.number for d in p.drawn if d.state == "缺"] == ["芦水罚决〔2025〕31号"]
    assert len(p.extra) == 1 and "23号" in p.extra[0]
    return SimpleNamespace(home=home, db=db, store=store, first=first)


@pytest.fixture(scope="module")
def issued(played):
    """Two reviewers, the chief, and the act of issuing."""
    home, db, store = played.home, played.db, played.store
    opened = [f for r in History(store).results(1) for f in r.findings if f.effective in OPEN]
    count = Count(db)
    assert len(opened) == sum(count.statuses(1)[s] for s in ("review", "manual", "error"))
    differing = opened[0].identity
    for name, other in (("乙", ""), ("丙", differing)):
        copy = home / f"{name}.db"
        typed(db, "backup", "-o", copy)
        (home / f"{name}.json").write_text(reviewed(copy, name, other), "utf-8")
    got = import_rulings(store, [home / "乙.json", home / "丙.json"], 1)
    assert got.new == 2 * len(opened) and len(got.split) == 1 and not got.lost
    assert any("1 项还没有判断" in x for x in standing_in_the_way(History(store), 1))
    rule(store, RulingOrder(differing, "pass", "组长裁定", settle=True, run=1), who_is("组长"))
    assert len(standing_in_the_way(History(store), 1)) == 1, "only the file that did not come"
    acts.settle_drawn(store, "31号", "", "另案侦查", who())
    done = go(store, IssueOrder(home / "下发", due="2026-06-08"))
    count = Count(db)
    listed = count.statuses(1)["fail"] + count.unit_statuses(1)["fail"]
    assert sum(len(x.items) for x in done.sent) == listed
    assert not any(count.statuses(1)[s] for s in ("review", "manual", "error"))
    told = sum(len(b["findings"]) for b in count.said("rectify.issue"))
    assert told == listed and len(count.numbers) == 4
    return SimpleNamespace(**vars(played), done=done)


@pytest.fixture(scope="module")
def second(issued):
    """Answers, decisions, fixes, and the second visit."""
    home, db, store = issued.home, issued.db, issued.store
    path = next(p for p in issued.done.files if p.suffix == ".xlsx" and FARM in p.name)
    mine = [i for i in items(History(store), DAY) if i.unit == FARM]
    words = [("有异议", "原件有") if n == 0 else ("", "") for n in range(len(mine))]
    explained = next(n for n, i in enumerate(mine) if n and not i.curable and "9号" not in i.case)
    words[explained] = ("无法补正", "时限已过，已组织培训")
    curable = [n for n, i in enumerate(mine) if i.curable]
    words[curable[0]] = ("已改正", "")
    typed(db, "rectify", "--answers", answered(path, home / "回.xls", words))
    assert len(Count(db).said("rectify.answer")) == 3
    assert "异议还没有处理" in "\n".join(standing_in_the_way(History(store), 1))
    for n, outcome in ((0, "采纳"), (explained, "接受")):
        typed(db, "rectify", "--decide", mine[n].identity, "--outcome", outcome, "--why", "已核对")
    said = typed(
        db, "rectify", "--decide", mine[1].identity, "--outcome", "采纳", "--why", "想", code=1
    )
    assert isinstance(said.exception, UsageError), "nobody objected there"
    waived = next(i for i in items(History(store), DAY) if i.unit == WATER and i.curable)
    signed = ("--until", "2029-01-01", "--signer", "局长")
    typed(db, "rule", waived.identity, "waive", "--why", "已无原件", *signed)
    folder = shutil.copytree(issued.first, home / "回头看材料")
    case = folder / FARM / "栖农罚〔2025〕9号"
    fix(case / "20 结案报告.docx", "　　年　　月　　日", "2026年5月20日")
    fix(
        case / "04 现场勘验检查笔录.docx",
        "检查人（签名）：邵见秋",
        "检查人（签名）：邵见秋、裴小满",
    )
    acts.begin_round(store, "回头看", who())
    done = scored(db, folder, wish=Wish("回头看"))
    return SimpleNamespace(**vars(issued), run=done.run, folder=folder)


def fix(path, old, new):
    """A Word file with one text written over."""
    doc = docx.Document(path)
    cells = [p for t in doc.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    hit = next(p for p in [*doc.paragraphs, *cells] if old in p.text)
    text = hit.text.replace(old, new)
    for run in hit.runs[1:]:
        run.text = ""
    hit.runs[0].text = text
    doc.save(path)


def test_the_second_visit_is_counted_right(second):
    """A true fix is 已整改, a forged one 请核实, the explanation counts as done, objection and
    waiver leave the rate: each figure as the other count has it.
    """
    history = History(second.store)
    rate = total(rates(history, 1, second.run).values())
    count = Count(second.db)
    theirs = count.rate((1,), (second.run,))
    names = ("fixed", "explained", "still", "check", "waived", "upheld", "untold")
    assert {k: getattr(rate, k) for k in names} == {k: theirs.get(k, 0) for k in names}
    assert (rate.fixed, rate.explained, rate.check) == (1, 1, 1)
    assert (rate.waived, rate.upheld, rate.untold, rate.moved) == (1, 1, 0, 0)
    assert rate.short.startswith(tenth(2, rate.due) + "%")
    assert sum(u.answered for u in progress_of(history, 1).units) == 3  # whatever became of them
    said = typed(second.db, "compare").output
    assert rate.says in re.sub(r"\s*\n\s*", "", said) and "请核实" in said


def test_the_item_of_the_three_systems_has_the_same_rate(second):
    """The unit is judged by the rate that stands everywhere else."""
    history = History(second.store)
    known = rates(history, 1, second.run)
    units = history.units(second.run)
    assert {u.unit for u in units} == set(known)
    for u in units:
        said = next(f.message for f in u.findings if "上一轮应整改" in f.message)
        due, done = map(int, re.findall(r"(\d+) 个", said))
        assert (due, done) == (known[u.unit].due, known[u.unit].done)


def test_a_case_scored_again_stays_in_its_round(second):
    """One file is read again in the second round: the other seven stay, the figures with them."""
    history = History(second.store)
    before = Count(second.db).statuses(second.run)
    one = next(p for p in (second.folder / WATER).iterdir() if "19号" in p.name)
    done = scored(second.db, one)
    assert done.round == second.run and len(done.results) == 1
    assert Count(second.db).statuses(second.run, done.run) == before
    now = History(second.store)
    assert len(now.results(second.run)) == 8 == len(history.results(second.run))
    typed(second.db, "runs", "aside", done.run, "--why", "重复")


def test_the_bulletin_goes_out_and_agrees(second):
    """Refused while a file is open, then issued with the figures of the database."""
    order = IssueOrder(second.home / "通报", bulletin=True, run=second.run)
    done = go(second.store, order)
    agree(second.store, second.run, {p.name: p.read_bytes() for p in done.files})
    count = Count(second.db)
    assert len(set(count.numbers)) == len(count.numbers) == 5


def figures_of(store, run):
    """What the program says on the terminal and in the export."""
    history = History(store)
    every = history.results(run)
    exported = [
        json.loads(line)
        for line in typed(store.path, "export", "--run", run).stdout.splitlines()
        if line.startswith("{")
    ]
    said = {u.unit: u for u in ranking(every, history.units(run))}
    return said, exported


def agree(store, run, made):
    """Terminal, workbook, bulletin, page and export name the same numbers, and so does the other
    count.
    """
    units, exported = figures_of(store, run)
    history = History(store)
    count = Count(store.path)
    statuses = count.statuses(*history.parts(run))
    faults = sum(u.fails for u in units.values())
    assert faults == statuses["fail"]
    assert faults == sum(f["effective"] == "fail" for r in exported for f in r["findings"])
    opened = sum(statuses[s] for s in ("review", "manual", "error"))
    assert opened == sum(f["effective"] in OPEN for r in exported for f in r["findings"])
    scores = [r["score"] for r in exported if r["score"] is not None and r["grade"] != "待定"]
    grades = {g: sum(r["grade"] == g for r in exported) for g in {r["grade"] for r in exported}}
    book = openpyxl.load_workbook(io.BytesIO(made["评查统计.xlsx"]))
    overview = {r[0]: r[1] for r in list(book["总览"].values)[2:] if r[0]}
    heads, *rows = [r for r in book["单位排名"].values]
    table = {r[1]: dict(zip(heads, r, strict=False)) for r in rows if r[1] in units}
    told = list(book["问题明细"].values)[1:]
    assert len(told) == faults and {r[6] for r in told} <= {"不合格"}
    waiting = list(book["待定项目"].values)[1:] if "待定项目" in book.sheetnames else []
    assert len(waiting) == opened
    cases_agree(book, exported, made["汇报网页.html"].decode())
    assert overview["问题"] == faults and overview["案卷"] == len(exported)
    assert overview["待人工判断的项次"] == opened
    text = "\n".join(
        p.text for p in docx.Document(io.BytesIO(made["评查情况通报.docx"])).paragraphs
    )
    page = made["汇报网页.html"].decode()
    assert f"{len(units)}个单位的{len(exported)}个案卷" in text
    assert f"共发现问题{faults}个" in text
    assert (f"另有{opened}项" in text) is (opened > 0)
    if scores:
        assert f"分{overview['平均分']:g}分" in text
    for name, unit in units.items():
        assert table[name]["问题"] == unit.fails and table[name]["案卷"] == unit.cases
        assert table[name]["平均分"] == unit.mean
        assert f"平均分 {unit.mean:g}" in page if unit.mean is not None else True
        for grade, n in unit.grades.items():
            assert table[name][grade] == n
    for grade, n in grades.items():
        assert overview[f"{grade}案卷"] == n and f"{grade}{n}卷" in text
    for rate in [total(rates(history, e, run).values())] if (e := history.earlier(run)) else []:
        assert f"整改率{rate.short}" in text and f"整改率 {rate.short}" in page
        assert overview["上一轮问题应整改"] == rate.due


def cases_agree(book, exported, page):
    """Case by case: roll, faults, points that re-add, page, against the export."""
    heads, *rows = book["案卷一览"].values
    roll = {r["案卷"]: r for r in (dict(zip(heads, row, strict=True)) for row in rows)}
    faults = Counter(r[1] for r in list(book["问题明细"].values)[1:])
    names, *points = book["逐项评分"].values
    column = {h: n for n, h in enumerate(names)}
    for r in exported:
        name = r["case"].rpartition("/")[2]
        now = Counter(f["effective"] for f in r["findings"])
        assert roll[name]["得分"] == r["score"] and roll[name]["等次"] == r["grade"]
        assert roll[name]["问题"] == now["fail"] == faults[name]
        assert roll[name]["待定"] == sum(now[s] for s in OPEN)
        own = [p for p in points if p[column["案卷"]] == name]
        assert len(own) == now["pass"] + now["fail"]
        got, of = (sum(p[column[h]] for p in own) for h in ("得分", "标准分"))
        if r["score"] is not None:
            assert tenth(Decimal(str(got)), Decimal(str(of))) == f"{r['score']:.1f}"
            assert f"{name}　{r['score']:g} 分" in page


def sheets_agree(made, exported):
    """The first page of every score sheet, against the export."""
    sheets = {p.rpartition("/")[2]: d for p, d in made.items() if "/评查打分表/" in p}
    assert len(sheets) == len(exported)
    for r in exported:
        now = Counter(f["effective"] for f in r["findings"])
        doc = docx.Document(io.BytesIO(sheets[file_name(r["case"].rpartition("/")[2]) + ".docx"]))
        head = [c.text for row in doc.tables[0].rows for c in row.cells]
        told = dict(zip(head[::2], head[1::2], strict=True))
        score = "—" if r["score"] is None else f"{r['score']:g}"
        assert told["得分"].startswith(f"{score}（范围") and told["等次"] == r["grade"]
        assert told["待定"] == f"{sum(now[s] for s in OPEN)}项"
        assert told["项目"].startswith(f"共{len(r['findings'])}项：")
        text = "\n".join(p.text for p in doc.paragraphs)
        assert f"一、不合格的项目（{now['fail']}项）" in text
        if now["fail"]:
            assert len(doc.tables[1].rows) == now["fail"] + 1


FACES = ("评查情况通报", "评查打分表", "评查统计", "汇报网页")
STATUS = st.sampled_from(["pass", "pass", "pass", "fail", "fail", "review", "na"])


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_face_names_the_same_numbers(data, sample_results, rules, tmp_path_factory):
    """For campaigns of two rounds with any verdicts: terminal = workbook = Word = page = export =
    the other count.
    """
    home = tmp_path_factory.mktemp("faces")
    rows = data.draw(st.permutations(as_data(sample_results.values())))[:3]
    checks = [f["check"] for f in rows[0]["findings"]][:12]

    def verdicts(mark):
        for r in rows:
            for f in r["files"]:
                f["sha256"] = mark * 64
            for f in r["findings"]:
                if f["check"] in checks:
                    f["status"] = data.draw(STATUS)
                    f["deducted"] = f["points"] if f["status"] == "fail" else "0"
                    f["evidence"] = [{"file": "甲.pdf", "page": 1, "box": None, "quote": "甲"}]
            decided = [f for f in r["findings"] if f["status"] in ("pass", "fail")]
            of, lost = (sum(Decimal(f[k]) for f in decided) for k in ("points", "deducted"))
            r["score"] = float(tenth(of - lost, of))
        return as_results(rows)

    store = stored(home / "a.db", verdicts("a"), rules).store
    acts.open_campaign(store, NAME, ORDER, who(), run=1)
    acts.begin_round(store, "回头看", who())
    stored(home / "a.db", verdicts("b"), rules)
    acts.file_into(store, 2, "回头看", who())
    for run in (1, 2):
        made = dict(papers(campaign_view(History(store), run, final=True), OFFICE, FACES))
        agree(store, run, {path.rpartition("/")[2]: data_ for path, data_ in made.items()})
        sheets_agree(made, figures_of(store, run)[1])
    ours = total(rates(History(store), 1, 2).values())
    theirs = Count(store.path).rate((1,), (2,))
    names = ("fixed", "check", "still")
    assert [getattr(ours, k) for k in names] == [theirs.get(k, 0) for k in names]
