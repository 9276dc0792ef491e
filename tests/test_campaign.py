"""Around the reading: drawing by lot, two reviewers, lists that come back, units over time; typed
as an organiser types it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import sqlite3
from dataclasses import replace
from types import SimpleNamespace

import openpyxl
import pytest
from conftest import SAMPLES, as_data
from test_cli import run
from test_intake import PARTS, grow
from test_reports import stored

from casereview.errors import ExitCode, NothingReadable, UsageError
from casereview.law.workdays import Calendar
from casereview.record.journal import Journal
from casereview.reports.excel.rectification_sheet import Sheet, workbook_of
from casereview.rounds.history import History
from casereview.rounds.panel import Reviewer, agreement, assign, kappa, third
from casereview.rounds.rectification import deadline, waiting
from casereview.rounds.sampling import Quota, draw
from casereview.run.campaign import Interrupted, Order, score_folder
from casereview.run.decisions import Actor
from casereview.run.engine import Done, Step
from casereview.run.files import write_file
from casereview.run.issuing import RehearsalOrder, rehearse
from casereview.run.listener import Listener

LEDGER = [
    {
        "单位": u,
        "案号": f"{u}罚〔2025〕{n}号",
        "领域": "水" if u == "甲" else "农",
        "程序": "简易程序" if n % 4 == 0 else "普通程序",
        "年度": "2025",
    }
    for u in "甲乙丙"
    for n in range(1, 13)
]


def test_the_same_seed_draws_the_same_files_whatever_the_order():
    """The list does not depend on the order of the ledger; another seed draws others."""
    rows = list(LEDGER)
    one = draw(rows, "20260506", 3)
    random.Random(3).shuffle(rows)
    assert draw(rows, "20260506", 3) == one and draw(rows, "1", 3) != one
    assert [r["单位"] for r in one.drawn] == ["丙"] * 3 + ["乙"] * 3 + ["甲"] * 3
    assert [r["案号"] for r in one.drawn] == [
        "丙罚〔2025〕8号",
        "丙罚〔2025〕7号",
        "丙罚〔2025〕11号",
        "乙罚〔2025〕10号",
        "乙罚〔2025〕4号",
        "乙罚〔2025〕11号",
        "甲罚〔2025〕8号",
        "甲罚〔2025〕1号",
        "甲罚〔2025〕7号",
    ]


def test_pulled_files_quotas_and_exclusions():
    """What is pulled is in, quotas are met, what is excluded is listed with its reason, what falls
    short is said.
    """
    got = draw(
        LEDGER,
        "7",
        3,
        (Quota("程序", "简易程序", 2), Quota("程序", "听证", 1)),
        ("甲罚〔2025〕5号",),
        {"甲罚〔2025〕4号": "涉密"},
    )
    first = [r for r in got.drawn if r["单位"] == "甲"]
    assert (
        first[0]["案号"] == "甲罚〔2025〕5号"
        and first[0]["抽取方式"] == "主动调取"
        and sum(r["程序"] == "简易程序" for r in first) == 2
    )
    assert (
        [(r["案号"], r["理由"]) for r in got.excluded] == [("甲罚〔2025〕4号", "涉密")]
        and all("听证" in s for s in got.short)
        and len(got.short) == 3
    )
    assert draw(LEDGER, "7", 50).short[0] == "丙：应抽 50 卷，只有 12 卷可抽"


def test_every_kind_of_file_gets_its_turn():
    """With three to draw, both procedures are among them."""
    assert all(
        {r["程序"] for r in draw(LEDGER, s, 3).drawn if r["单位"] == "甲"}
        == {"普通程序", "简易程序"}
        for s in "abcdefgh"
    )


@pytest.mark.parametrize(
    ("change", "word"), [({"单位": ""}, "缺单位"), ({"案号": LEDGER[1]["案号"]}, "重复 2 次")]
)
def test_a_bad_ledger_is_refused(change, word):
    """Every complaint at once, nothing drawn."""
    with pytest.raises(UsageError, match=word):
        draw([{**LEDGER[0], **change}, *LEDGER[1:]], "7", 3)
    with pytest.raises(UsageError, match="没有种子"):
        draw(LEDGER, "", 3)


def test_nobody_reviews_the_own_unit_and_work_is_even():
    """Two for each case, never of the unit or one to keep away from, loads differ by one at most;
    the third is neither.
    """
    cases = [
        SimpleNamespace(case=f"{u}/{n}", unit=u) for u in ("甲局", "乙局", "丙局") for n in range(8)
    ]
    people = [
        Reviewer("一", "甲局"),
        Reviewer("二", "乙局"),
        Reviewer("三", "", ("丙局",)),
        Reviewer("四"),
        Reviewer("五"),
    ]
    got = assign(cases, people, "7")
    assert got == assign(list(reversed(cases)), people, "7")
    by = {p.name: p for p in people}
    load = {p.name: 0 for p in people}
    for c in cases:
        pair = got[c.case]
        assert len(set(pair)) == 2 and all(by[n].may(c.unit) for n in pair)
        x = third(c, people, "7", pair)
        assert x and x not in pair and by[x].may(c.unit)
        for n in pair:
            load[n] += 1
    assert max(load.values()) - min(load.values()) <= 1
    with pytest.raises(UsageError, match="甲局/0：可用的评查员只有 1 人"):
        assign(cases[:1], people[:2], "7")


def test_kappa_against_worked_examples():
    """Cohen's own measure: (po - pe) / (1 - pe); perfect, none beyond chance, and a table worked by
    hand (0.4).
    """
    assert (
        kappa([("a", "a"), ("b", "b")]) == 1
        and kappa([("a", "a")] * 3) is None
        and kappa([]) is None
    )
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(table) == 0.4
    assert [r.check for r in agreement([({"x": "pass", "y": "na"}, {"x": "fail", "y": "na"})])] == [
        "全部",
        "x",
    ]


def test_deadlines_are_working_days():
    """Fifteen working days over the national holiday; a year without a notice asks for a date."""
    assert deadline(dt.date(2025, 9, 25), 15, Calendar()) == dt.date(2025, 10, 22)
    with pytest.raises(UsageError, match="--due"):
        deadline(dt.date(2039, 9, 25), 15, Calendar())


@pytest.fixture(scope="module")
def loop(tmp_path_factory):
    """Both units scored, lists issued; returns the folder and a way to type commands."""
    home = tmp_path_factory.mktemp("loop")

    def typed(*args, by="甲", code=0):
        done = run(*args, cwd=home, CASEREVIEW_REVIEWER=by, CASEREVIEW_DB=str(home / "a.db"))
        assert done.returncode == code, done.stderr + done.stdout
        return done

    typed("score", SAMPLES, code=1)
    typed("rule", "〕14号#decision.remedies", "overrule", "--why", "另有告知书")
    assert {r["state"] for r in json.loads(typed("rectify", "--json").stdout)} == {"未下发"}
    typed("rectify", "--issue", "-o", home / "清单", "--due", "2030-01-08")
    return home, typed


def test_the_number_on_a_list_is_found_in_the_store(loop):
    """The head printed on the list stands in the chain; another does not."""
    home, typed = loop
    head = openpyxl.load_workbook(home / "清单" / "芦汀县水务局整改清单.xlsx")["整改清单"][
        "A2"
    ].value.rpartition("记录号 ")[2]
    assert "在其中" in typed("doctor", "--verify", head).stdout
    assert "不是同一个数据库" in typed("doctor", "--verify", "0123456789abcdef", code=2).stdout


def filled(path, to, answers):
    """The list of a unit with answers: item -> cells of the columns to fill."""
    book = openpyxl.load_workbook(path)
    sheet = book["整改清单"]
    heads = [c.value for c in sheet[3]]
    for row in sheet.iter_rows(min_row=4):
        for column, value in answers.get(row[heads.index("检查项")].value, {}).items():
            row[heads.index(column)].value = value
    book.save(to)
    return to


def test_lists_go_down_and_come_back(loop):
    """An overruled finding is not on the list, a problem of the unit itself is; answers come back
    in the same file without loss; bad rows are refused with row and column; twice is once.
    """
    home, typed = loop
    path = home / "清单" / "芦汀县水务局整改清单.xlsx"
    rows = json.loads(typed("rectify", "--unit", "水务", "--json").stdout)
    assert (
        typed("rectify", "--issue", by="甲", code=2).stderr.count("-o")
        and len(rows) == 7 + 1
        and {r["state"] for r in rows} == {"未反馈"}
        and "decision.remedies" not in {r["check"] for r in rows}
    )
    bad = filled(
        path,
        home / "坏.xlsx",
        {
            "有卷内目录": {"整改情况": "已改正"},
            "立案经负责人批准": {"整改措施": "补签", "完成日期": "下周"},
            "音像资料有制作说明": {"整改情况": "改好了"},
        },
    )
    said = typed("rectify", "--answers", bad, code=2).stderr
    assert (
        all(
            w in said
            for w in (
                "一行也没有导入",
                "责任人 列",
                "完成日期 列",
                "“下周”不是日期",
                "“改好了”不在选项里",
            )
        )
        and "第 " in said
    )
    assert {r["state"] for r in json.loads(typed("rectify", "--json").stdout)} == {"未反馈"}
    good = filled(
        path,
        home / "好.xlsx",
        {
            "有卷内目录": {
                "整改情况": "已改正",
                "整改措施": "补做目录",
                "责任人": "罗某",
                "完成日期": dt.datetime(2026, 1, 5),
            },
            "立案经负责人批准": {"整改情况": "有异议", "说明": "=原件有批准"},
        },
    )
    said = typed("rectify", "--answers", good, code=2).stderr
    assert "是公式" in said
    good = filled(
        path,
        home / "好.xlsx",
        {
            "有卷内目录": {
                "整改情况": "已改正",
                "整改措施": "补做目录",
                "责任人": "罗某",
                "完成日期": dt.datetime(2026, 1, 5),
            },
            "立案经负责人批准": {"整改情况": "有异议", "说明": "原件有批准"},
        },
    )
    assert (
        "导入反馈 2 条" in typed("rectify", "--answers", good).stderr
        and "导入反馈 0 条" in typed("rectify", "--answers", good).stderr
    )
    states = {
        r["check"]: r for r in json.loads(typed("rectify", "--unit", "水务", "--json").stdout)
    }
    assert states["archive.catalogue"]["answer"] == {
        "at": states["archive.catalogue"]["answer"]["at"],
        "word": "已改正",
        "measure": "补做目录",
        "responsible": "罗某",
        "done": "2026-01-05",
        "note": "",
    }
    assert states["filing.approved"]["state"] == "有异议，待处理"
    typed(
        "rectify",
        "--decide",
        "〕23号#filing.approved",
        "--outcome",
        "采纳",
        "--why",
        "已核对原件",
        by="组长",
    )
    assert (
        next(
            r
            for r in json.loads(typed("rectify", "--json").stdout)
            if r["check"] == "filing.approved"
        )["state"]
        == "异议采纳，不再整改"
    )
    assert (
        next(
            f
            for f in json.loads(typed("show", "〕23号", "--json").stdout)["findings"]
            if f["check"] == "filing.approved"
        )["effective"]
        == "pass"
    )


def test_rulings_travel_between_two_offices(loop, tmp_path):
    """Exported by one, imported by another, twice; a difference is listed and nothing is
    overwritten.
    """
    home, typed = loop

    def other(*args, code=0, by="乙"):
        done = run(
            *args, cwd=tmp_path, CASEREVIEW_REVIEWER=by, CASEREVIEW_DB=str(tmp_path / "b.db")
        )
        assert done.returncode == code, done.stderr
        return done

    other("score", SAMPLES / "芦汀县水务局", code=1)
    other("rule", "〕14号#decision.remedies", "confirm", "--why", "确实没有")
    other("rulings", "export", "-o", tmp_path / "乙.json")
    got = json.loads(typed("rulings", "import", tmp_path / "乙.json", "--json").stdout)
    assert got["new"] == 1 and [c["check"] for c in got["conflicts"]] == ["decision.remedies"]
    assert json.loads(typed("rulings", "import", tmp_path / "乙.json", "--json").stdout)["new"] == 0
    typed("rule", "〕14号#decision.remedies", "confirm", "--settle", "--why", "裁定", by="组长")
    assert "意见不一" not in typed("rulings", "list").stdout
    assert "--why" in typed("rule", "〕14号#decision.remedies", "confirm", code=2).stderr
    assert (
        "登录名"
        in run(
            "rule",
            "〕14号#decision.remedies",
            "withdraw",
            "--why",
            "x",
            cwd=home,
            CASEREVIEW_REVIEWER="",
            CASEREVIEW_DB=str(home / "a.db"),
        ).stderr
    )


def test_double_review_from_assigning_to_agreement(tmp_path):
    """Assigned by lot, blind, handed in once, differences and kappa at the end."""
    people = tmp_path / "人.csv"
    with people.open("w", encoding="gb18030", newline="") as f:
        csv.writer(f).writerows(
            [
                ["姓名", "单位", "回避单位"],
                ["甲", "", ""],
                ["乙", "", ""],
                ["丙", "芦汀县水务局", ""],
            ]
        )

    def typed(*args, by="", code=0):
        done = run(
            *args, cwd=tmp_path, CASEREVIEW_REVIEWER=by, CASEREVIEW_DB=str(tmp_path / "a.db")
        )
        assert done.returncode == code, done.stderr + done.stdout
        return done

    typed("score", SAMPLES / "芦汀县水务局", code=1)
    pairs = json.loads(typed("panel", "assign", people, "--seed", "7", "--json", by="组长").stdout)
    assert all(p == ["乙", "甲"] for p in pairs.values()) and len(pairs) == 4
    typed("rule", "〕14号#decision.remedies", "overrule", "--why", "有", by="甲")
    assert (
        "分派给了"
        in typed(
            "rule", "〕14号#decision.remedies", "confirm", "--why", "有", by="丙", code=2
        ).stderr
    )
    assert (
        finding(typed("show", "〕14号", "--json", by="乙"))["ruling"] is None
        and finding(typed("show", "〕14号", "--json", by="甲"))["effective"] == "pass"
    )
    assert (
        "还没有复核意见"
        in typed("rulings", "export", "-o", tmp_path / "偷看.json", by="", code=2).stderr
    )
    typed("panel", "submit", "--yes", by="甲")
    assert (
        "已经提交"
        in typed(
            "rule", "〕14号#decision.remedies", "confirm", "--why", "有", by="甲", code=2
        ).stderr
    )
    typed("panel", "submit", "--yes", by="乙")
    got = json.loads(typed("panel", "status", "--reviewers", people, "--json").stdout)
    row = next(x for x in got["cases"] if "14号" in x["case"])
    assert (
        row["split"] == ["decision.remedies"]
        and row["scores"][1] > row["scores"][0]
        and got["agreement"][0]["kappa"] < 1
    )
    assert row["state"] == ("须第三人" if row["why"] else "有分歧")


def finding(done, check="decision.remedies"):
    """One finding out of ``show --json``."""
    return next(f for f in json.loads(done.stdout)["findings"] if f["check"] == check)


def test_sampling_typed(tmp_path):
    """A ledger as Excel saves it; the list is kept in the store and written as a workbook."""
    ledger = tmp_path / "台账.csv"
    with ledger.open("w", encoding="utf-8-sig", newline="") as f:
        w = csv.DictWriter(f, LEDGER[0].keys())
        w.writeheader()
        w.writerows(LEDGER)
    done = run(
        "sample",
        ledger,
        "--seed",
        "7",
        "--per-unit",
        2,
        "--exclude",
        f"{LEDGER[0]['案号']}=涉密",
        "-o",
        tmp_path / "名单.xlsx",
        "--by",
        "甲",
        "--db",
        tmp_path / "a.db",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    got = json.loads(done.stdout)
    sheet = openpyxl.load_workbook(tmp_path / "名单.xlsx")["抽取名单"]
    assert [r[2].value for r in sheet.iter_rows(min_row=3)] == [
        r["案号"] for r in got["drawn"]
    ] and len(got["drawn"]) == 6


def test_a_second_round_is_compared_and_told(loop):
    """Scored again, the reviewer is told what changed; history, trend and outcomes show it."""
    home, typed = loop
    said = typed("score", SAMPLES, code=1).stderr
    assert "与第 1 次评查相比" in said and "已整改" not in said
    got = json.loads(typed("compare", 1, 2, "--json").stdout)
    assert (
        got["schema"] == "casereview.compare/1"
        and {k for k, n in got["counts"].items() if n} == {"未整改"}
        and got["score"]["from"] == got["score"]["to"]
    )
    typed("outcome", "〕14号", "撤销", "--date", "2026-01-08", "--why", "复决字1号")
    typed("outcome", "〕14号", "赢了", code=2)
    past = json.loads(typed("history", "〕14号", "--json").stdout)
    assert [r["run"] for r in past["rounds"]] == [1, 2] and past["outcomes"][0]["outcome"] == "撤销"
    trend = json.loads(typed("units", "--trend", "--json").stdout)
    water = next(u for u in trend["units"] if u["unit"] == "芦汀县水务局")
    assert (
        water["rate"] == 0
        and water["outcomes"] == {"撤销": 1}
        and water["repeats"] == []
        and any(v["unit"] == "芦汀县水务局" for v in trend["visit"])
    )
    unit = json.loads(typed("units", "芦汀县水务局", "--json").stdout)
    assert (
        next(f for f in unit["findings"] if f["check"] == "unit.review.rectified-rate")["status"]
        == "fail"
    )
    typed("rule", "单位:芦汀县水务局#unit.review.rectified-rate", "overrule", "--why", "限期未到")
    again = json.loads(typed("units", "芦汀县水务局", "--json").stdout)
    assert (
        next(f for f in again["findings"] if f["check"] == "unit.review.rectified-rate")[
            "effective"
        ]
        == "pass"
        and again["score"] > unit["score"]
    )
    assert (
        "单位:芦汀县水务局"
        in typed(
            "rule", "单位:没有#unit.review.rectified-rate", "overrule", "--why", "x", code=2
        ).stderr
    )


def test_a_backup_is_a_whole_store(loop):
    """Taken while the store is in use, checked, never over another file."""
    home, typed = loop
    assert "核对完好" in typed("backup", "-o", home / "备份.db").stderr
    assert (
        run("units", "--db", home / "备份.db", cwd=home).stdout == typed("units").stdout
        and (home / "备份.db").stat().st_mode & 0o077 == 0
    )
    assert "没有覆盖" in typed("backup", "-o", home / "备份.db", code=2).stderr


def test_a_fault_that_comes_in_another_case_is_a_repeat(sample_results, rules, tmp_path):
    """Still open is not repeated; the same fault in a new case of the unit is."""
    from casereview.rounds.unit_history import unit_histories

    results = as_data(sample_results.values())
    rounds = stored(tmp_path / "a.db", results, rules)
    more = dict(next(r for r in results if any(f["status"] == "fail" for f in r["findings"])))
    more |= {"case": "新卷", "title": "新卷", "case_key": "文号:新"}
    more |= {"facts": {}, "files": [], "documents": []}
    stored(tmp_path / "a.db", [*results, more], rules)
    course = {c.unit: c for c in unit_histories(History(rounds.store))}
    assert {i for i, _, _ in course[more["unit"]].repeats} == {
        f["check"] for f in more["findings"] if f["status"] == "fail"
    }
    assert all(not c.repeats for u, c in course.items() if u != more["unit"])


ACTOR = Actor("甲", "2026-05-06T08:00:00.000000Z", dt.date(2026, 5, 6))


def sheet(history, x):
    """A list as its workbook."""
    said = Sheet(history.journal.head())
    yield f"{x.unit}整改清单.xlsx", workbook_of(x.unit, x.items, said, x.mask)


def test_a_list_counts_as_issued_only_when_its_file_is_written(sample_results, rules, tmp_path):
    """A disk that is full at the second unit, a workbook that cannot be made: no list is recorded,
    nothing lies in the folder; the next try issues all of them, with a number that stands in the
    chain.
    """
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    order = RehearsalOrder(tmp_path / "清单", due="2026-06-08")

    def full(path, data):
        if list(order.folder.glob("*.xlsx")):
            raise UsageError("磁盘满了")
        write_file(path, data)

    with pytest.raises(UsageError, match="磁盘满了"):
        rehearse(store, order, ACTOR, sheet, full)
    with pytest.raises(ZeroDivisionError):
        rehearse(store, order, ACTOR, lambda history, x: [(x.unit, bytes(1 // 0))])
    assert not Journal(store).read() and not list(order.folder.iterdir())
    assert {i.state for i in waiting(History(store), 1)} == {"未下发"}
    old = order.folder / "芦汀县水务局整改清单.xlsx"
    old.write_bytes(b"the list before")
    with pytest.raises(ZeroDivisionError):
        rehearse(store, order, ACTOR, lambda _, x: [(x.unit, bytes(1 // (x.unit not in old.name)))])
    assert old.read_bytes() == b"the list before" and list(order.folder.iterdir()) == [old]
    done = rehearse(store, order, ACTOR, sheet)
    assert [path.is_file() for path in done.files] == [True, True]
    recorded = {e.body["unit"] for e in Journal(store).read("rectify.issue")}
    assert recorded == {x.unit for x in done.sent}
    said = openpyxl.load_workbook(done.files[0])["整改清单"]["A2"].value
    assert Journal(store).has_head(said.rpartition("记录号 ")[2])


def test_a_list_with_persons_in_it_needs_a_reason(sample_results, rules, tmp_path):
    """Unmasked without a reason is refused before anything is written; with one it is recorded."""
    store = stored(tmp_path / "a.db", sample_results.values(), rules).store
    order = RehearsalOrder(tmp_path / "清单", due="2026-06-08", unmasked=True)
    with pytest.raises(UsageError, match="--why"):
        rehearse(store, order, ACTOR, sheet)
    assert not Journal(store).read() and not order.folder.exists()
    rehearse(store, replace(order, why="局长要求"), ACTOR, sheet)
    assert Journal(store).read("unmasked")[0].body["why"] == "局长要求"


class Silent:
    """An engine without processes, for tests of what a campaign does with its jobs."""

    def __init__(self, broken=()):
        self.broken = broken

    def run(self, jobs, listen):
        """One after the other, here."""
        for job in jobs:
            listen(job.name, Step("", 0))
            if job.name in self.broken:
                yield Done(job, None, "damaged")
            else:
                yield Done(job, job.do({}, lambda *step: None))


class Heard(Listener):
    """Keeps what it hears."""

    def __init__(self):
        self.said = []

    def begins(self, sizes, done):
        self.said.append(("begins", len(sizes) - len(done)))

    def broken(self, case, fault):
        self.said.append((case, fault))

    def scored(self, case, pages):
        self.said.append((case, pages))


def test_a_campaign_is_a_function_of_an_order(tmp_path):
    """No terminal, no process: the engine is any engine, a broken case ends only itself, a run
    that is taken up again scores what is left, and the exit code follows from the outcome.
    """
    unit = SAMPLES / "栖霞岭县农业农村局"
    order = Order(unit, tmp_path / "a.db", "2026-05-06")
    clock = iter(f"2026-05-06T00:00:0{n}Z" for n in range(9))
    heard = Heard()
    bad = "栖农罚〔2025〕9号"
    done = score_folder(order, Silent((bad,)), lambda: next(clock), heard)
    assert done.broken == 1 and len(done.results) == 3 and (bad, "damaged") in heard.said
    assert done.exit_code(0) == ExitCode.PARTLY_UNREAD
    with sqlite3.connect(order.db) as c:
        c.execute("UPDATE runs SET status='running'")
    heard = Heard()
    again = score_folder(order, Silent(), lambda: next(clock), heard)
    assert again.run == done.run and len(again.results) == 4
    assert heard.said[0] == ("begins", 1) and heard.said[1][0] == bad
    assert again.exit_code(0) == ExitCode.SOME_FAILED
    fine = replace(again, results=tuple(r for r in again.results if r.grade != "不合格"))
    assert fine.exit_code(0) == ExitCode.DONE and fine.exit_code(101) == ExitCode.SOME_FAILED


def test_a_tree_that_is_not_plain_is_told(tmp_path):
    """Parts under names that mean nothing are taken for one case, and that is said."""

    class Doubts(Listener):
        def doubtful(self, lines):
            self.lines = lines

    case = dict(zip("甲乙丙丁戊己", PARTS.values(), strict=True))
    root = grow(tmp_path / "批次", {"某局": {"青苇河砂石": case, "平沙水产": case}})
    order, heard = Order(root, tmp_path / "a.db", "2026-05-06"), Doubts()
    with pytest.raises(NothingReadable):
        score_folder(order, Silent(), lambda: "2026-05-06T00:00:00Z", heard)
    assert heard.lines and any("青苇河砂石" in line for line in heard.lines)


def test_an_interrupted_campaign_says_what_is_kept(tmp_path):
    """Stopped while the second case is read: the first is stored, and the message counts it."""

    class Stopped(Silent):
        def run(self, jobs, listen):
            yield next(super().run(jobs, listen))
            raise KeyboardInterrupt

    order = Order(SAMPLES / "栖霞岭县农业农村局", tmp_path / "a.db", "2026-05-06")
    with pytest.raises(Interrupted, match="已保存 1 个案卷") as e:
        score_folder(order, Stopped(), lambda: "2026-05-06T00:00:00Z", Listener())
    assert e.value.exit_code == ExitCode.INTERRUPTED
