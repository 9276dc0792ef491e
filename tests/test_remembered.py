"""What an earlier run left: the same bytes at once, and nothing that changed since."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import pickle
import shutil
import sys
import zlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import test_unit_doubt as unit_doubt
from conftest import SAMPLES

from casereview.reading.intake import find_cases
from casereview.record.archiving import copy_runs, take_out
from casereview.record.entries import ArchiveMade, RunsArchived
from casereview.record.result import CaseResult, RunOptions, from_json, to_json
from casereview.record.standing import set_apart
from casereview.record.store import Store
from casereview.rounds.change import STILL
from casereview.rounds.history import History
from casereview.rules.rulebook import load_rules
from casereview.run import stamps, unit_level
from casereview.run.campaign import Order, score_folder
from casereview.run.decisions import Actor
from casereview.run.destination import Wish
from casereview.run.engine import Done
from casereview.run.erasing import erase_case
from casereview.run.judged_again import JUDGED
from casereview.run.kept_cases import READ
from casereview.run.listener import Listener
from casereview.run.remembered import Remembering, ground_of, key_of, reading_of
from casereview.run.stamps import content_by_stamp
from casereview.run.work import Task

CASE = "芦水罚决〔2025〕23号"
CHECKLIST = "行政处罚-普通程序"


class Here:
    """An engine in this process, which counts what it was given and what was read for it."""

    def __init__(self):
        self.did, self.reads = 0, set()

    def run(self, jobs, listen):
        """Every case once."""
        for job in jobs:
            self.did += 1
            yield Done(job, job.do({}, lambda file, *step: self.reads.add(file)))


def remembering(engine, rules):
    """An engine with a memory, by some rules."""
    return Remembering(engine, lambda: ground_of(rules), lambda: reading_of(rules))


@pytest.fixture
def shelf_of_ones_own(tmp_path, monkeypatch):
    """What is kept lies in a folder of the test."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))


@pytest.fixture
def batch(tmp_path, monkeypatch):
    """One case of the samples in a batch of its own, and a shelf of one's own."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    case = next((SAMPLES / "芦汀县水务局").glob(f"{CASE}*"))
    shutil.copytree(case, tmp_path / "批次" / "单位" / case.name)
    return tmp_path / "批次"


def scored(batch, **told):
    """(results as they are exported, how many files were read)."""
    engine = Here()
    tasks = [Task(ref, checklist=CHECKLIST, **told) for ref in find_cases(batch)]
    ended = remembering(engine, load_rules()).run(tasks, lambda job, file: None)
    return [to_json(done.result.result) for done in ended], len(engine.reads - {""})


def test_an_unchanged_case_is_looked_up(batch):
    """The same bytes, and nothing is read; damaged entries are worked out anew."""
    first, read = scored(batch)
    assert read > 1 and JUDGED.size()[0] == READ.size()[0] == 1
    assert scored(batch) == (first, 0)
    for damaged in ((JUDGED,), (READ,), (JUDGED, READ)):
        for shelf in damaged:
            (entry,) = shelf.folder.glob("*/*")
            entry.write_bytes(entry.read_bytes()[:-1])
        assert scored(batch) == (first, read if len(damaged) > 1 else 0)
        assert scored(batch) == (first, 0)


@pytest.mark.parametrize("shelf", [JUDGED, READ])
def test_an_entry_that_is_sound_and_not_ours_is_no_answer(batch, shelf):
    """Another noun under the right digest: worked out anew, and put right."""
    first, _ = scored(batch)
    other = READ if shelf is JUDGED else JUDGED
    for entry in other.folder.glob("*/*"):
        entry.unlink()
    for data in (
        b"",
        b"\x80",
        zlib.compress(pickle.dumps(dt.timedelta(1))),
        pickle.dumps(os.system),
    ):
        (entry,) = shelf.folder.glob("*/*")
        shelf.put(entry.name, data)
        other.clear()
        assert scored(batch)[0] == first


def test_a_case_is_read_again_when_its_files_changed(batch, monkeypatch):
    """Not before, and always while the last change is no older than a moment: the same size is no
    proof.
    """
    reads = []
    real = stamps.content_of
    monkeypatch.setattr(stamps, "content_of", lambda ref: reads.append(ref) or real(ref))
    (ref,) = find_cases(batch)
    first = content_by_stamp(ref)
    assert content_by_stamp(ref) == first and len(reads) == 2 and stamps.SHELF.size()[0] == 0
    monkeypatch.setattr(stamps, "_SETTLED", -(10**9))  # as if the files had lain there for long
    assert [content_by_stamp(ref) for _ in range(3)] == [first] * 3 and len(reads) == 3
    one = max(ref.root.rglob("*.pdf"))
    then = one.stat()
    data = bytearray(one.read_bytes())
    data[-1] ^= 1
    one.write_bytes(data)
    os.utime(one, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert content_by_stamp(ref) != first and len(reads) == 4
    (entry,) = stamps.SHELF.folder.glob("*/*")
    entry.write_bytes(b"damaged")
    assert content_by_stamp(ref) != first and len(reads) == 5


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_look_says_the_same_of_the_same_whatever_the_names(tmp_path):
    """Names that are no text, and names that were met before, look no other."""
    (tmp_path / "内").mkdir()
    (tmp_path / "内" / "a.txt").write_bytes(b"1")
    with open(os.path.join(os.fsencode(tmp_path), "决定书.txt".encode("gb18030")), "wb") as out:
        out.write(b"22")
    first = stamps.look(tmp_path)
    met = sys.intern(str(tmp_path / "内"))
    assert stamps.look(tmp_path) == first == stamps.look(Path(met).parent) and first.size == 3


@pytest.mark.skipif(os.name == "nt", reason="links want a right there")
def test_the_digest_of_rules_stands_while_no_file_and_no_end_of_a_link_changed(
    tmp_path, monkeypatch, shelf_of_ones_own
):
    """What the disk says tells it; a digest of something else or by another reader is another."""
    rules, far = tmp_path / "规则", tmp_path / "别处.yaml"
    rules.mkdir()
    far.write_text("甲", "utf-8")
    (rules / "清单.yaml").symlink_to(far)
    monkeypatch.setattr(stamps, "_SETTLED", -(10**9))  # as if the files had lain there for long
    reads = []

    def read(folder):
        reads.append(folder)
        return hashlib.sha256(far.read_bytes()).hexdigest()

    first = stamps.digest_by_stamp(rules, read, "1")
    assert stamps.digest_by_stamp(rules, read, "1") == first and len(reads) == 1
    assert stamps.digest_by_stamp(rules, read, "2") == first and len(reads) == 2
    far.write_text("乙", "utf-8")
    assert stamps.digest_by_stamp(rules, read, "1") != first and len(reads) == 3


def test_what_a_result_rests_on_is_in_its_key(batch, monkeypatch):
    """A byte of a file, a name, a list of the unit, another checklist, another program."""
    rules = load_rules()
    (ref,) = find_cases(batch)
    task = Task(ref)
    keys = [key_of(task, ground_of(rules))]
    keys.append(key_of(task, ground_of(load_rules("行政检查"))))
    keys.append(key_of(Task(ref, checklist="行政检查"), ground_of(rules)))
    monkeypatch.setattr("casereview.run.remembered.program", lambda: "another")
    keys.append(key_of(task, ground_of(rules)))
    (ref.root / "补充.txt").write_text("一", "utf-8")
    keys.append(key_of(task, ground_of(rules)))
    (ref.root / "补充.txt").write_text("二", "utf-8")
    keys.append(key_of(task, ground_of(rules)))
    (ref.root / "补充.txt").rename(ref.root / "补充材料.txt")
    keys.append(key_of(task, ground_of(rules)))
    (ref.unit_dir / "单位材料").mkdir()
    (ref.unit_dir / "单位材料" / "officers.csv").write_text("姓名,执法证号\n张三,1\n", "utf-8")
    keys.append(key_of(task, ground_of(rules)))
    assert len(set(keys)) == len(keys)


def test_switched_off_nothing_is_kept(batch, monkeypatch):
    """``CASEREVIEW_CACHE=off`` leaves no word of a case behind."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(batch.parent))
    monkeypatch.setenv("LOCALAPPDATA", str(batch.parent))
    monkeypatch.setenv("CASEREVIEW_CACHE", "off")
    assert scored(batch)[1] == scored(batch)[1] > 1
    assert JUDGED.size() == READ.size() == (0, 0)


def test_what_was_given_up_is_tried_again(batch):
    """A result that rests on a worker's end, or on patience, is no result for another day."""
    (ref,) = find_cases(batch)
    files = [p.name for p in ref.root.rglob("*.pdf")]

    class Hurt(Here):
        def run(self, jobs, listen):
            for job in jobs:
                yield Done(job, job.do(dict.fromkeys(files, "too_slow"), lambda *step: None))

    task = Task(ref, checklist=CHECKLIST)
    list(remembering(Hurt(), load_rules()).run([task], lambda job, file: None))
    assert JUDGED.size() == READ.size() == (0, 0)


# --- the store -------------------------------------------------------------------------------


def scored_into(db, batch, checklist=CHECKLIST):
    """(the run, how many cases were worked out, the export) of one more scoring."""
    engine = Here()
    order = Order(batch, db, "2026-01-01", RunOptions(checklist=checklist), Wish("", True, "试"))
    run = score_folder(order, engine, lambda: "2026-01-01T00:00:00Z", Listener()).run
    return run, engine.did, exported(db, run)


def exported(db, run):
    """All that a run holds of its cases."""
    with closing(Store(db)) as store:
        whole = [replace(r, run=0) for r in store.results(run)]
        short = [replace(b, run=0) for b in store.briefs(run)]
        heads = [h._replace(run=0, row=0) for h in store.heads(run)]
        said = [(b.place(f.check), b.said(f.check)) for b in short for f in b.findings]
        return [*map(to_json, whole), short, heads, said]


def units_of(db, run):
    """The results of the units of a run."""
    with closing(Store(db)) as store:
        return [replace(unit, run=0) for unit in store.unit_results(run)]


def rows(db, table):
    """How many rows a table has."""
    with closing(Store(db)) as store:
        return store.db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]


def test_a_result_that_stands_is_not_written_again(batch, tmp_path):
    """The second run refers to the result of the first: the same export, no case or brief
    more; written anew it is the same.
    """
    db = tmp_path / "a.db"
    first, worked, said = scored_into(db, batch)
    held = {t: rows(db, t) for t in ("cases", "briefs")}
    second, again, same = scored_into(db, batch)
    assert (first, worked, second, again) == (1, 1, 2, 0) and same == said
    assert {t: rows(db, t) for t in held} == held and rows(db, "heads") == 2
    assert scored_into(tmp_path / "b.db", batch)[1:] == (1, said)
    with closing(Store(db)) as store:
        assert store.disagreeing() == 0
        once = History(store).compare(1, 2)
        assert {c.change for c in once.changes} == {STILL}
        with store.writing() as conn:
            set_apart(conn, [2])
        assert History(store).compare(1, 2).as_dict() == once.as_dict()


def test_a_case_that_is_judged_again_leaves_the_other_run_as_it_was(batch, tmp_path):
    """A revision belongs to its run; the result that it had shared stays for the other."""
    db = tmp_path / "a.db"
    said = scored_into(db, batch)[2]
    scored_into(db, batch)
    with closing(Store(db)) as store:
        [result] = store.results(2)
        store.save_case(2, replace(result, title="改过"))
        assert [r.title for r in store.results(2)] == ["改过"] and store.disagreeing() == 0
        store.save_case(1, replace(result, title="又改"))
        assert store.count(1) == 1 and rows(db, "briefs") == 2 and rows(db, "grounds") == 0
    assert scored_into(db, batch)[1:] == (1, said)


def test_a_store_that_lost_a_result_says_so(batch, tmp_path):
    """A head that names no row is counted."""
    db = tmp_path / "a.db"
    scored_into(db, batch)
    with closing(Store(db)) as store:
        store.db.execute("UPDATE heads SET row=77")
        assert store.disagreeing() == 2  # a case without a head, a head without a case


def test_runs_that_share_a_result_are_set_apart(batch, tmp_path):
    """Each holds its own afterwards, to the letter; what it rests on stays known."""
    db = tmp_path / "a.db"
    said = scored_into(db, batch)[2]
    scored_into(db, batch)
    for run in (2, 1):
        with closing(Store(db)) as store, store.writing() as conn:
            set_apart(conn, [run])
    assert exported(db, 1) == exported(db, 2) == said
    assert rows(db, "cases") == rows(db, "briefs") == 2 and rows(db, "grounds") == 1
    assert scored_into(db, batch)[1:] == (0, said)


def test_two_processes_that_score_one_run_do_not_meet(batch, tmp_path):
    """What one of them has laid down stands for the other as well."""
    db = tmp_path / "a.db"
    scored_into(db, batch)
    with closing(Store(db)) as store:
        grounds = store.grounds(1)
        run = store.start_run(store.run_row(1))
        assert store.stand(run, grounds) == store.stand(run, grounds) == set(grounds)
        assert store.count(run) == 1 and store.stand(run, {"别的": "0"}) == set()


def test_a_run_that_shares_a_result_goes_into_an_archive(batch, tmp_path):
    """Both files hold it afterwards, to the letter."""
    db, old = tmp_path / "a.db", tmp_path / "旧.db"
    said = scored_into(db, batch)[2]
    scored_into(db, batch)
    gone = {"year": "2026", "campaigns": (), "runs": (1,)}
    moved = RunsArchived(**gone, file=old.name, cases=1, head="", open=0, why="")
    with closing(Store(db)) as store:
        copy_runs(store, [1], old, ArchiveMade(**gone), "2026-02-01T00:00:00Z", "甲")
        take_out(store, [1], moved, "2026-02-01T00:00:00Z", "甲")
        assert store.disagreeing() == store.count(1) == 0 and store.count(2) == 1
    assert exported(old, 1) == exported(db, 2) == said
    assert rows(db, "grounds") == 1


def test_what_was_erased_does_not_come_back(batch, tmp_path):
    """A result that was written over is written over in every run that refers to it, and never
    stands for a new one.
    """
    db = tmp_path / "a.db"
    said = scored_into(db, batch)[2]
    scored_into(db, batch)
    with closing(Store(db)) as store:
        case = store.keys(1)[0]
        actor = Actor("甲", "2026-01-02T00:00:00Z", dt.date(2026, 1, 2))
        gone = erase_case(store, case, "留存期限届满", actor)
        assert gone.runs == 2 and store.disagreeing() == 0
        assert [h.key for n in (1, 2) for h in store.heads(n)] == [gone.called] * 2
    assert rows(db, "grounds") == 0
    assert scored_into(db, batch)[1:] == (1, said)


def test_switched_off_every_run_is_worked_out(batch, tmp_path, monkeypatch):
    """Nothing of the store is taken either."""
    db = tmp_path / "a.db"
    said = scored_into(db, batch)[2]
    monkeypatch.setenv("CASEREVIEW_CACHE", "off")
    assert scored_into(db, batch)[1:] == (1, said) and rows(db, "cases") == 2


def test_a_unit_is_judged_again_when_something_of_it_changed(batch, tmp_path, monkeypatch):
    """Its papers, its lists, its cases, the day; otherwise it is looked up."""
    judged = []
    real = unit_level.score_unit
    monkeypatch.setattr(unit_level, "score_unit", lambda *a: judged.append(a[1]) or real(*a))
    db = tmp_path / "a.db"
    scored_into(db, batch)
    scored_into(db, batch)  # now there is an earlier run
    judged.clear()
    said = scored_into(db, batch)[2]
    assert judged == [] and units_of(db, 3) == units_of(db, 2)
    (unit,) = batch.iterdir()
    (unit / "单位材料").mkdir()
    (unit / "单位材料" / "公示制度.txt").write_text("行政执法公示制度", "utf-8")
    assert scored_into(db, batch)[2] == said
    assert len(judged) == 1 and units_of(db, 4) != units_of(db, 3)


def test_files_that_were_suspected_stand_as_they_were_left(tmp_path, monkeypatch):
    """Scored again nothing is written; one more file, which meets the item, brings the faults back,
    to the byte as in a store that never suspected them.
    """
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    store = unit_doubt.scored(tmp_path, "", "", "")
    left, held = [to_json(r) for r in store.results(1)], rows(store.path, "cases")
    assert unit_doubt.statuses(store) == ["review"] * 3
    store = unit_doubt.scored(tmp_path, "", "", "")
    assert rows(store.path, "cases") == held == 6 and store.last_run() == 2
    assert [to_json(replace(r, run=0)) for r in store.results(2)] == [
        to_json(replace(from_json(text, CaseResult), run=0)) for text in left
    ]
    store = unit_doubt.scored(tmp_path, "", "", "", unit_doubt.CAUSE)
    fresh = unit_doubt.scored(tmp_path / "另", "", "", "", unit_doubt.CAUSE)
    assert unit_doubt.statuses(store) == ["fail"] * 3 + ["pass"]
    assert [to_json(replace(r, run=0)) for r in store.results(3)] == [
        to_json(replace(r, run=0)) for r in fresh.results(1)
    ]
    assert store.disagreeing() == 0
