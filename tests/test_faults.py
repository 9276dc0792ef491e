"""The store under faults: killed at every step of every writing act, a full disk, a read-only one,
two processes at once, a damaged file, a clock that went back. Nothing that was committed is lost,
nothing is half there, and a sentence says what to do.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
from dataclasses import replace

import old_stores
import pytest
from conftest import SAMPLES, as_data
from test_privacy import actor
from test_store import header

from casereview.errors import StoreUnusable, UsageError
from casereview.reading.intake import find_cases
from casereview.record import faults, places
from casereview.record import store as storing
from casereview.record.applied import edition_of
from casereview.record.entries import Unmasked
from casereview.record.journal import Journal, event_of
from casereview.record.store import Store
from casereview.run import campaign, doctor
from casereview.run.erasing import erase_case
from casereview.run.files import Together, write_file
from casereview.run.work import Task, score_case

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="faults are staged in a fork"),
    pytest.mark.usefixtures("own_cache"),
]


@pytest.fixture(scope="module")
def result(rules):
    """One sample case, scored."""
    return score_case(Task(next(r for r in find_cases(SAMPLES) if "9号" in r.title)), rules)


@pytest.fixture
def path(rules, result, tmp_path):
    """A store with one finished run and one opinion."""
    db = tmp_path / "casereview.db"
    store = Store(db)
    store.save_editions([edition_of(rules)])
    run = store.start_run(header())
    store.save_case(run, result)
    store.finish_run(run, "2026-05-06T01:00:00Z")
    Journal(store).add([said("一")])
    store.close()
    return db


def said(what, at="2026-05-07T00:00:00Z"):
    """An entry of the journal."""
    return event_of(at, "王组长", Unmasked(what=what, run=1, why="理由"))


def fork(act) -> int:
    """Do something in a process of its own. Returns how it ended: 0, or the signal."""
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def dying(at: int, act):
    """The act, killed when SQLite is about to carry out its ``at``-th statement."""

    def run():
        seen = 0

        def traced(statement):
            nonlocal seen
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

        connect = sqlite3.connect

        def connected(*args, **kwargs):
            connection = connect(*args, **kwargs)
            connection.set_trace_callback(traced)
            return connection

        storing.sqlite3.connect = connected
        act()

    return run


def survey(db):
    """What a store holds: results, entries, whether all is whole."""
    store = Store(db)
    try:
        whole = store.db.execute("PRAGMA integrity_check").fetchone()[0]
        loose = store.db.execute("PRAGMA foreign_key_check").fetchall()
        findings = [len(r.findings) for run in store.runs() for r in store.results(run.id)]
        assert (whole, loose, Journal(store).broken()) == ("ok", [], "")
        assert len(set(findings)) == 1, "a case without all its findings"
        said_ = sorted(e.body["what"] for e in Journal(store).read("unmasked"))
        return [r.id for r in store.runs()], len(findings), said_
    finally:
        store.close()


def scored_again(db, result):
    """A second run of the case."""
    store = Store(db)
    run = store.start_run(header())
    store.found_cases(run, 1)
    store.save_case(run, replace(result, run=0))
    store.finish_run(run, "2026-05-08T01:00:00Z")


ACTS = {
    "score": scored_again,
    "rule": lambda db, result: Journal(Store(db)).add([said("二"), said("三")]),
    "backup": lambda db, result: campaign.backup(Store(db), db.with_name("备份.db")),
    "erase": lambda db, result: erase_case(Store(db), result.case, "期满", actor()),
}


@pytest.mark.parametrize("name", ACTS)
def test_killed_at_every_step_nothing_is_lost_or_half_there(name, path, result, tmp_path):
    """kill -9 before each statement of a writing act: the store opens, is whole, keeps what it
    had, and holds all of the new or nothing; done again, the act succeeds.
    """
    kept, ends, at = path.read_bytes(), [], 0
    step = 1
    while True:
        at += step
        for leftover in tmp_path.glob("*"):
            leftover.unlink()
        path.write_bytes(kept)
        end = fork(dying(at, lambda: ACTS[name](path, result)))
        runs, cases, entries = survey(path)
        assert runs[:1] == [1] and cases in (1, 2)
        assert entries in (["一"], ["一", "三", "二"])
        ends.append(end)
        if end != signal.SIGKILL:
            break
        step = 1 if at < 14 else 41
    assert ends[-1] == 0 and len(ends) > 8


def test_killed_while_brought_up_to_date(result, rules, tmp_path):
    """kill -9 before each statement of a migration: the rows stay, a copy lies beside it, and the
    next start goes on.
    """
    old = tmp_path / "旧.db"
    old_stores.write(old, 2, as_data([result]))
    kept = old.read_bytes()
    for at in range(1, 600, 23):
        for leftover in tmp_path.glob("*"):
            leftover.unlink()
        old.write_bytes(kept)
        end = fork(dying(at, lambda: Store(old).close()))
        store = Store(old)
        assert [r.case for r in store.results(1)] == [result.case]
        store.close()
        assert (tmp_path / "旧.db.schema2.bak").exists()
        if end == 0:
            return
    pytest.fail("the migration never ended")


def full(most: int, act):
    """The act, on a disk that takes no file above so many bytes."""

    def run():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        act()

    return run


def refused(act, word):
    """Succeeds where the act ends in StoreUnusable with this word and no English alone."""

    def run():
        with pytest.raises(StoreUnusable) as e:
            act()
        assert word in str(e.value) and "。" in str(e.value), str(e.value)

    return run


@pytest.mark.parametrize("more", [0, 4_096, 60_000])
def test_a_full_disk_takes_nothing_and_loses_nothing(more, path, result):
    """The sentence says so, what was there stays, and with space the same act succeeds."""
    size = path.stat().st_size
    many = [said(f"{n}" * 4_000, f"2026-05-08T00:00:{n:02d}Z") for n in range(60)]
    for act in (
        lambda: Journal(Store(path)).add(many),
        lambda: [scored_again(path, result) for _ in range(20)],
    ):
        assert fork(full(more + min(size, 60_000), refused(act, "磁盘"))) == 0
        _, cases, entries = survey(path)
        assert entries == ["一"] and cases >= 1
    Journal(Store(path)).add(many)
    assert len(survey(path)[2]) == 61


def test_a_paper_that_does_not_fit_leaves_the_old_one(tmp_path):
    """No half file, no file called .tmp, the old content, and a sentence."""
    target = tmp_path / "通报.docx"
    write_file(target, b"old")

    def act():
        with pytest.raises(UsageError, match="磁盘有空间"):
            write_file(target, b"x" * 50_000)

    assert fork(full(10_000, act)) == 0
    assert target.read_bytes() == b"old" and list(tmp_path.iterdir()) == [target]


def test_a_set_of_papers_is_taken_back_as_a_whole(tmp_path):
    """The third of three does not fit: the first is what it was, the second is not there."""
    first, second = tmp_path / "一", tmp_path / "二"
    write_file(first, b"old")
    together = Together(write_file)
    together.put(first, b"new")
    together.put(second, b"new")
    together.take_back()
    assert first.read_bytes() == b"old" and not second.exists()


def test_a_read_only_disk_is_told(path, monkeypatch):
    """Not one byte changes, and the sentence says where to put the store."""
    before = path.read_bytes()
    connect = sqlite3.connect
    monkeypatch.setattr(
        storing.sqlite3,
        "connect",
        lambda p, **more: connect(f"file:{p}?mode=ro&immutable=1", uri=True, **more),
    )
    with pytest.raises(StoreUnusable, match="只读.*复制"):
        Journal(Store(path)).add([said("二")])
    assert path.read_bytes() == before


def test_two_processes_lose_nothing(path):
    """Two writers with fifty entries each: all are there, the chain is whole."""

    def writer(name):
        def act():
            store = Store(path)
            for n in range(50):
                Journal(store).add([said(f"{name}{n}", f"2026-05-08T00:00:{n:02d}Z")])

        return act

    first = os.fork()
    if first == 0:
        os._exit(0 if fork(writer("甲")) == 0 else 1)
    assert fork(writer("乙")) == 0
    assert os.waitpid(first, 0)[1] == 0
    assert len(survey(path)[2]) == 101


def test_who_waits_too_long_is_told(path, monkeypatch):
    """Another program holds the store: a sentence, no traceback, nothing written."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    store = Store(path)
    store.db.execute("PRAGMA busy_timeout=50")
    for act in (
        lambda: store.start_run(header()),
        lambda: Journal(store).add([said("二")]),
        lambda: store.finish_run(1, "2026"),
    ):
        with pytest.raises(StoreUnusable, match="正被另一个程序使用.*再做一次"):
            act()
    holder.execute("ROLLBACK")
    assert survey(path)[2] == ["一"]


def test_a_damaged_store_is_never_read_as_another(path, result, tmp_path):
    """Bytes blotted anywhere: the same result as before, or a sentence; never another verdict. A
    backup opened in its place is the whole store.
    """
    backup = tmp_path / "备份.db"
    store = Store(path)
    assert campaign.backup(store, backup) == 1
    head = Journal(store).head()
    store.close()
    good, rnd = path.read_bytes(), random.Random(7)
    truth = [(f.check, f.status, f.points) for f in result.findings]
    told = 0
    for _ in range(60):
        data = bytearray(good)
        at = rnd.randrange(100, len(data) - 600)
        data[at : at + 512] = bytes(512)
        path.write_bytes(bytes(data))
        try:
            opened = Store(path)
            (got,) = opened.results(1)
            assert [(f.check, f.status, f.points) for f in got.findings] == truth
            (brief,) = opened.briefs(1)
            assert [(f.check, f.status, f.points) for f in brief.findings] == truth
            (short,) = opened.heads(1)
            fails = sum(status == "fail" for _, status, _ in truth)
            assert (short.fails, short.score) == (fails, got.score)
            opened.close()
        except (StoreUnusable, UsageError, sqlite3.DatabaseError) as e:
            told += 1
            assert "。" in (str(e) if not isinstance(e, sqlite3.Error) else faults.sentence(e))
    assert told > 10
    restored = Store(backup)
    assert Journal(restored).head() == head and Journal(restored).broken() == ""
    assert [r.case for r in restored.results(1)] == [result.case]


@pytest.mark.parametrize("change", ["at", "actor", "kind", "body", "prev", "hash", "gone", "cut"])
def test_every_change_of_the_journal_shows(change, path):
    """A column, a row, or the tail: by the chain, or by the head on paper."""
    store = Store(path)
    Journal(store).add([said("二", "2026-05-08T00:00:00Z"), said("三", "2026-05-09T00:00:00Z")])
    printed = Journal(store).head()
    for verb in ("update", "delete"):
        store.db.execute(f"DROP TRIGGER events_no_{verb}")
    if change == "cut":
        store.db.execute("DELETE FROM events WHERE seq=3")
        assert not Journal(store).has_head(printed)
        return
    if change == "gone":
        store.db.execute("DELETE FROM events WHERE seq=2")
    else:
        value = '{"what":"别的","run":1,"why":"x"}' if change == "body" else "别的"
        store.db.execute(f"UPDATE events SET {change}=? WHERE seq=2", [value])
    assert "不衔接" in Journal(store).broken()


def test_a_clock_that_went_back_is_told(path):
    """What is recorded later than now stands in doctor, with what to do."""
    import datetime as dt

    rows = doctor.examine(path, dt.date(2020, 1, 1), now="2020-01-01T00:00:00Z")
    assert any(r.what == "时间" and r.state == "bad" and "调准" in r.detail for r in rows)
    rows = doctor.examine(path, dt.date(2026, 6, 1), now="2026-06-01T00:00:00Z")
    assert not any(r.what == "时间" for r in rows)


MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n//srv/pub /mnt/共享\\040盘 cifs rw 0 0\nsrv:/x /mnt/nfs nfs4 rw 0 0"
)


def test_a_shared_drive_gets_no_log_beside_it(path, monkeypatch, tmp_path):
    """Shares are known by their mount; a store there is kept without WAL, and said to be."""
    kind = places._kind_of_mount
    assert kind("/mnt/共享 盘/a.db", MOUNTS) == "cifs" and kind("/mnt/nfs/a.db", MOUNTS) == "nfs4"
    assert kind("/home/a.db", MOUNTS) == "ext4" and kind("/mnt/nfs2/a.db", MOUNTS) == "ext4"
    assert not places.is_shared(tmp_path)
    monkeypatch.setattr(storing, "is_shared", lambda p: True)
    for db in (path, tmp_path / "新.db"):
        store = Store(db)
        assert store.db.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        store.close()
    assert any("共享盘" in r.detail for r in doctor.examine(path, actor().today))


def test_each_fault_has_its_sentence():
    """In Chinese, with what to do next; also what nobody foresaw."""
    for word in ("database is locked", "database or disk is full", "unheard of"):
        told = faults.sentence(sqlite3.OperationalError(word))
        assert word in told and told.endswith("。") and told.count("。") == 2
