"""What an earlier run left: the same bytes at once, and nothing that changed since."""

from __future__ import annotations

import os
import shutil

import pytest
from conftest import SAMPLES

from casereview.reading.intake import find_cases
from casereview.record.result import to_json
from casereview.rules.rulebook import load_rules
from casereview.run import stamps
from casereview.run.engine import Done
from casereview.run.remembered import SHELF, Remembering, ground_of, key_of
from casereview.run.stamps import content_by_stamp
from casereview.run.work import Task

CASE = "芦水罚决〔2025〕19号"


class Here:
    """An engine in this process, which counts what it was given."""

    def __init__(self):
        self.did = 0

    def run(self, jobs, listen):
        """Every case once."""
        for job in jobs:
            self.did += 1
            yield Done(job, job.do({}, lambda *step: None))


@pytest.fixture
def batch(tmp_path, monkeypatch):
    """One case of the samples in a batch of its own, and a shelf of one's own."""
    monkeypatch.setenv("CASEREVIEW_CACHE", str(tmp_path / "kept"))
    case = next((SAMPLES / "芦汀县水务局").glob(f"{CASE}*"))
    shutil.copytree(case, tmp_path / "批次" / "单位" / case.name)
    return tmp_path / "批次"


def scored(batch, **told):
    """(results as they are exported, how many were worked out)."""
    engine = Here()
    known = Remembering(engine, lambda: ground_of(load_rules()))
    tasks = [Task(ref, checklist="行政处罚-普通程序", **told) for ref in find_cases(batch)]
    return [to_json(done.result) for done in known.run(tasks, lambda job, file: None)], engine.did


def test_an_unchanged_case_is_looked_up(batch):
    """The same bytes, and nothing is read; a damaged entry is worked out anew."""
    first, worked = scored(batch)
    assert worked == 1 and SHELF.size()[0] == 1
    assert scored(batch) == (first, 0)
    (entry,) = SHELF.folder.glob("*/*")
    entry.write_bytes(entry.read_bytes()[:-1])
    assert scored(batch) == (first, 1)
    assert scored(batch) == (first, 0)


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
    assert scored(batch)[1] == 1 and scored(batch)[1] == 1
    assert SHELF.size() == (0, 0)


def test_what_was_given_up_is_tried_again(batch):
    """A result that rests on a worker's end, or on patience, is no result for another day."""
    (ref,) = find_cases(batch)
    files = [p.name for p in ref.root.rglob("*.pdf")]

    class Hurt(Here):
        def run(self, jobs, listen):
            for job in jobs:
                yield Done(job, job.do(dict.fromkeys(files, "too_slow"), lambda *step: None))

    known = Remembering(Hurt(), lambda: ground_of(load_rules()))
    list(known.run([Task(ref, checklist="行政处罚-普通程序")], lambda job, file: None))
    assert SHELF.size()[0] == 0
