"""A cluster as the engine: a real scheduler with two workers on loopback, one killed on the way."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from conftest import ROOT, SAMPLES
from mock_work import Misbehave

from casereview.errors import UsageError
from casereview.reading.intake import find_cases
from casereview.record.result import to_json
from casereview.run import cluster as engine
from casereview.run.cluster import Dask
from casereview.run.work import Task, score_case

distributed = pytest.importorskip("distributed")
PATHS = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
CHECKLIST = "行政处罚-普通程序"


def started(*arguments: str) -> subprocess.Popen:
    """A part of a cluster."""
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env={**os.environ, "PYTHONPATH": PATHS},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """(address, the two workers)."""
    told = tmp_path_factory.mktemp("dask") / "scheduler.json"
    dashboard = ("--dashboard-address", "127.0.0.1:0")
    local = ("--host", "127.0.0.1", "--scheduler-file", str(told), *dashboard)
    parts = [started("scheduler", "--port", "0", *local)]
    one = ("--nthreads", "1", "--nworkers", "1", "--no-nanny")
    address = _address(told)
    parts += [started("worker", address, *one, *dashboard) for _ in range(2)]
    with distributed.Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    yield address, parts[1:]
    for part in parts:
        part.kill()
        part.wait()


def _address(told) -> str:
    for _ in range(600):
        if told.exists() and (text := told.read_text()):
            return text.partition('"address": "')[2].partition('"')[0]
        time.sleep(0.1)
    raise AssertionError("no scheduler")


def test_a_cluster_gives_the_same_bytes(cluster, tmp_path):
    """What a worker scores is what this process scores; a file that ends its reader is set aside,
    and a worker that is killed costs no job.
    """
    address, workers = cluster
    case = next((SAMPLES / "芦汀县水务局").glob("芦水罚决〔2025〕19号*"))
    for n in range(2):
        shutil.copytree(case, tmp_path / "批次" / "单位" / f"{n} {case.name}")
    tasks = [Task(ref, checklist=CHECKLIST) for ref in find_cases(tmp_path / "批次")]
    mock = [Misbehave((f"a{n}", "die" if n == 3 else "b")) for n in range(10)]
    ended = {}
    for done in Dask(address).run([*tasks, *mock], lambda job, file: None):
        ended[done.job.name] = done
        if len(ended) == 4:
            workers[0].kill()
    assert len(ended) == 12 and not any(d.fault for d in ended.values())
    assert ended["a3 die"].result == {"read": ["a3"], "skipped": {"die": "damaged"}}
    from casereview.run.work import rules_of

    here = [to_json(score_case(task, rules_of(CHECKLIST, ""))) for task in tasks]
    assert [to_json(ended[t.name].result) for t in tasks] == here


def test_without_a_scheduler_a_sentence_says_so(monkeypatch):
    """The address, and what to do."""
    monkeypatch.setattr("casereview.run.cluster.PATIENCE", 1)
    with pytest.raises(UsageError, match="连接不上集群 tcp://127.0.0.1:9"):
        list(Dask("tcp://127.0.0.1:9").run([Misbehave(("a",))]))


class Killed:
    """A parcel that killed every worker."""

    status = "error"

    def result(self):
        """What the cluster says."""
        raise distributed.KilledWorker("parcel", None, 3)

    def release(self):
        """Forgotten."""


def test_jobs_that_killed_every_worker_together_are_tried_alone():
    """Only one that does so alone is at fault."""
    jobs = [Misbehave((f"a{n}",)) for n in range(3)]
    waiting = engine._Waiting([Misbehave((f"b{n}",)) for n in range(99)], 2)
    waiting.pace = 0.01
    assert list(engine._done(Killed(), jobs, None, waiting)) == []
    sent = [waiting.some() for _ in range(4)]
    assert sorted(sent[:3], key=str) == [[job] for job in jobs] and len(sent[3]) == engine.MOST
    [done] = engine._done(Killed(), jobs[:1], None, waiting)
    assert (done.job, done.result, done.fault) == (jobs[0], None, "damaged")
    assert not waiting.alone


def test_fewer_jobs_go_together_the_nearer_the_end():
    """Never none, never more than the most, one by one at last."""
    sizes = [engine._together(left, 2, 0.0) for left in range(1000)]
    assert sizes == sorted(sizes) and sizes[-1] == engine.MOST
    assert set(sizes[:8]) == {1} and min(sizes) == 1


def test_jobs_that_take_long_go_alone():
    """So does the first, of which nobody knows how long it takes; a parcel takes no longer than a
    moment.
    """
    assert [engine._together(1000, 2, pace) for pace in (9.0, 0.6, 0.5, 0.1)] == [1, 1, 2, 10]
    waiting = engine._Waiting([Misbehave((f"a{n}",)) for n in range(99)], 2)
    [first] = waiting.some()
    future = SimpleNamespace(status="finished", release=lambda: None)
    told = ([(pickle.dumps("ja"), "")], 0.2)
    assert [d.result for d in engine._done(future, [first], told, waiting)] == ["ja"]
    assert waiting.pace == 0.2 and len(waiting.some()) == 5
