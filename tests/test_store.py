"""The one file: brought up to date from every older schema without loss, all or nothing."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import stat
import subprocess
import sys

import old_stores
import pytest
from conftest import ROOT, as_data, as_results

from casereview.errors import StoreUnusable
from casereview.record import schema
from casereview.record.applied import edition_of
from casereview.record.edition import to_json
from casereview.record.entries import Unmasked
from casereview.record.journal import Journal, event_of
from casereview.record.result import Run
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.run.doctor import examine

UNIT = {
    "schema": "casereview.unit/1",
    "batch": "2025年度评查",
    "unit": "某县水务局",
    "cases": 2,
    "as_of": "2025-06-01",
    "checklist": {"id": "three-systems-unit", "version": "2025.1", "sha256": "0" * 64},
    "score": 80.0,
    "score_low": 70.0,
    "score_high": 90.0,
    "grade": "合格",
    "working": ["80"],
    "findings": [
        {
            "check": "unit.publicity.list",
            "status": "fail",
            "points": "5",
            "deducted": "5",
            "message": "没有清单",
            "evidence": [{"file": "单位材料/甲.docx", "page": 1, "box": None, "quote": "甲"}],
        }
    ],
}


@pytest.fixture(scope="module")
def rows(sample_results):
    """The samples as plain data."""
    return as_data(sample_results.values())


def written(path, version, rows, rules):
    """A store of an older version with the samples as its run."""
    card = old_stores.card_of(json.loads(to_json(edition_of(rules))))
    for r in rows if version == 3 else []:
        r["checklist"]["card"] = card["digest"]
    old_stores.write(path, version, rows, [UNIT], [card])


def contents(path):
    """Everything in a store: what it is made of, and all its rows."""
    db = sqlite3.connect(path)
    made = set(db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    tables = [name for kind, name, _ in made if kind == "table"]
    rows = {t: db.execute(f"SELECT * FROM [{t}] ORDER BY 1, 2").fetchall() for t in tables}
    version = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return made, {t: r for t, r in rows.items() if r}, version


def without_ledger(made):
    """What a store is made of besides the record of its steps."""
    return {x for x in made if "_sqlite_migrations" not in str(x[1:])}


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_store_of_an_older_schema_is_brought_up_to_date(version, rows, rules, tmp_path):
    """Same tables as a new store, every row kept, the results readable, a copy beside it."""
    path = tmp_path / "旧.db"
    rows = json.loads(json.dumps(rows))
    written(path, version, rows, rules)
    before, whole = contents(path), contents(path)
    store = Store(path)
    got = list(store.results(1))
    assert [r.case for r in got] == sorted(r["case"] for r in rows)
    assert {r.case: [f.status for f in r.findings] for r in got} == {
        r["case"]: [f["status"] for f in r["findings"]] for r in rows
    }
    assert [u.unit for u in store.unit_results(1)] == ([UNIT["unit"]] if version > 1 else [])
    assert len(store.editions()) == (version > 2)
    store.close()
    Store(tmp_path / "新.db").close()
    made, kept, number = contents(path)
    assert without_ledger(made) == without_ledger(contents(tmp_path / "新.db")[0])
    assert number == schema.LATEST
    kept["runs"] = [row[:-1] for row in kept["runs"]]  # schema 4 added how many cases it found
    assert len(kept.pop("heads")) == len(kept.pop("briefs")) == len(rows)
    assert all(row[-2:] == (None, "") for row in kept["cases"])  # schema 8: whole, digest unknown
    kept["cases"] = [row[:-2] for row in kept["cases"]]
    for table in ("findings", "files"):  # which schema 8 reads from the results
        before[1].pop(table)
    assert {t: r for t, r in kept.items() if t != "_sqlite_migrations"} == before[1]
    copy = tmp_path / f"旧.db.schema{version}.bak"
    assert copy.exists() == (version < schema.LATEST)
    if copy.exists():
        assert contents(copy) == whole and stat.S_IMODE(copy.stat().st_mode) == 0o600


@pytest.mark.parametrize("version", [1, 2, 3])
def test_what_an_older_version_judged_is_compared_and_nothing_is_fixed(
    version, rows, rules, tmp_path
):
    """The same cases scored again: every fault is still there; and when the new program sees none
    of them any more, in files that changed, not one is 已整改.
    """
    path = tmp_path / "旧.db"
    rows = json.loads(json.dumps(rows))
    now = json.loads(json.dumps(rows))
    written(path, version, rows, rules)
    store = Store(path)
    store.save_editions([edition_of(rules)])
    faults = sum(f["status"] == "fail" for r in rows for f in r["findings"])
    for run in (2, 3):
        assert store.start_run(header()) == run
        for r in now:
            for f in r["findings"] if run == 3 else []:
                f["status"] = "pass"
            for f in r["files"] if run == 3 else []:
                f["sha256"] = f["sha256"][::-1]
            store.save_case(run, as_results([r])[0])
    history = History(store)
    counts = history.compare(1, 2).counts
    moved = "规则已变" if version < 3 else "未整改"  # the old runs name another checklist file
    assert counts["已整改"] == 0 and counts["未整改"] + counts["规则已变"] == faults
    assert version < 3 or counts[moved] == faults
    counts = history.compare(1, 3).counts
    assert counts["已整改"] == 0 and counts["规则已变"] == faults


def header():
    """The header of a new run."""
    return Run(
        root="/案卷",
        started="2026-05-06T00:00:00Z",
        as_of="2026-05-06",
        checklist="",
        checklist_version="",
        checklist_sha256="1" * 64,
        rules="{}",
        tool="0.1.0",
        environment="{}",
        options="{}",
    )


CRASH = """
import os, sys
from pathlib import Path
from casereview.record import schema
from casereview.record.store import Store

def crash(db, says, *more):
    if says == sys.argv[2]:
        db.conn.execute("INSERT INTO runs (id) VALUES (99)")
        os._exit(9)
    real(db, says, *more)

real, schema._append_only = schema._append_only, crash
Store(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("table", ["cases", "unit_results", "events", "numbers"])
def test_a_crash_in_the_middle_of_a_step_is_survived(table, rows, rules, tmp_path):
    """The process is gone after half a step: the store is as it was, and the next start goes on."""
    old, new = tmp_path / "旧.db", tmp_path / "新.db"
    old_stores.write(old, 1, rows[:1])
    before = contents(old)
    for path in (old, new):
        done = subprocess.run(
            [sys.executable, "-c", CRASH, str(path), table], cwd=ROOT, capture_output=True
        )
        assert done.returncode == 9, done.stderr
    assert contents(old) == before
    assert contents(new)[:2] == (set(), {})
    for path in (old, new):
        Store(path).close()
    assert without_ledger(contents(old)[0]) == without_ledger(contents(new)[0])
    now = contents(old)[1]
    now["runs"] = [row[:-1] for row in now["runs"]]
    now["cases"] = [row[:-2] for row in now["cases"]]
    kept = {t: r for t, r in before[1].items() if t not in ("findings", "files")}
    assert {t: r for t, r in now.items() if t in kept} == kept


def test_a_step_that_fails_is_taken_back(tmp_path, monkeypatch):
    """An error in a step is told, leaves nothing behind, and the next start works."""
    path = tmp_path / "a.db"

    def broken(*given):
        raise sqlite3.OperationalError("disk is full")

    with monkeypatch.context() as m:
        m.setattr(schema, "_append_only", broken)
        with pytest.raises(StoreUnusable, match="disk is full"):
            Store(path)
    assert contents(path)[1:] == ({}, 0)
    Store(path).close()
    assert contents(path)[2] == schema.LATEST


@pytest.mark.parametrize("done", [1, 2])
def test_what_an_older_program_left_half_done_is_completed(done, tmp_path):
    """Older programs could end between two statements of a step: their tables are completed."""
    path = tmp_path / "a.db"
    db = old_stores.sqlite_utils.Database(sqlite3.connect(path))
    old_stores.STEPS[done - 1](db) if done == 1 else [s(db) for s in old_stores.STEPS[:2]]
    db.execute("DROP TRIGGER cases_no_update")
    db.execute(f"PRAGMA user_version = {done - 1}")
    db.close()
    Store(path).close()
    Store(tmp_path / "b.db").close()
    assert without_ledger(contents(path)[0]) == without_ledger(contents(tmp_path / "b.db")[0])


def test_what_is_not_ours_or_newer_is_left_alone(tmp_path):
    """Another program's file, a newer schema, a damaged file: refused, byte for byte untouched."""
    other, newer, damaged = (tmp_path / f"{n}.db" for n in ("other", "newer", "damaged"))
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE holiday (day TEXT)")
    db.close()
    Store(newer).close()
    db = sqlite3.connect(newer)
    db.execute(f"PRAGMA user_version = {schema.LATEST + 1}")
    db.close()
    damaged.write_bytes(b"SQLite format 3\x00" + b"\x00" * 4000)
    for path, says in ((other, "不是 casereview"), (newer, "更新版本"), (damaged, "damaged.db")):
        before = path.read_bytes()
        with pytest.raises(StoreUnusable, match=says):
            Store(path)
        assert path.read_bytes() == before


def test_an_interrupted_run_goes_on_only_with_the_same_program_and_rules(tmp_path):
    """Resumed by the same; begun anew by another version, another rule file, other options."""
    from dataclasses import replace

    store = Store(tmp_path / "a.db")
    run = store.start_run(header())
    assert store.unfinished(header()) == run
    for change in ({"tool": "9"}, {"rules": "x"}, {"options": "x"}, {"checklist_sha256": "x"}):
        assert store.unfinished(replace(header(), **change)) is None
    store.finish_run(run, "2026-05-06T00:01:00Z")
    assert store.unfinished(header()) is None
    assert [r.status for r in store.runs()] == ["done"]


def test_results_and_editions_cannot_be_changed_behind_the_back(tmp_path, rows, rules):
    """Every table that is evidence refuses an update and a deletion."""
    store = Store(tmp_path / "a.db")
    run = store.start_run(header())
    store.save_case(run, as_results(rows[:1])[0])
    store.save_editions([edition_of(rules)])
    Journal(store).add([event_of("2026", "甲", Unmasked(what="a", run=1, why="b"))])
    for table in ("cases", "cards", "events"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid + 1"):
            with pytest.raises(sqlite3.IntegrityError, match="只增不改"):
                store.db.execute(change)


def test_a_stored_result_that_is_damaged_is_named(tmp_path, rows):
    """Not a traceback: the store says which run cannot be read."""
    store = Store(tmp_path / "a.db")
    run = store.start_run(header())
    store.save_case(run, as_results(rows[:1])[0])
    store.db.execute("DROP TRIGGER cases_no_update")
    store.db.execute("UPDATE cases SET result = '{}'")
    with pytest.raises(StoreUnusable, match=f"第 {run} 次评查"):
        list(store.results(run))


def test_a_large_store_is_looked_through_by_the_doctor_alone(tmp_path, monkeypatch):
    """Opening one takes no longer the larger it is; a small one is looked through each time."""
    path = tmp_path / "a.db"
    Store(path).close()
    looked = []
    monkeypatch.setattr(Store, "sound", lambda store: looked.append(store.path) or True)
    Store(path).close()
    assert looked == [path]
    monkeypatch.setattr("casereview.record.store.LOOKED_THROUGH", 10)
    Store(path).close()
    assert looked == [path]
    assert examine(path, dt.date(2026, 1, 1)) and looked == [path, path]
