"""A file that hangs, bursts or kills its reader ends only itself (promise 8)."""

from __future__ import annotations

import mock_work

from casereview.run import engine as workers
from casereview.run.engine import Pool


def test_every_task_has_an_outcome(monkeypatch):
    """Hang, exit, abort and memory: each ends that file with its word, and every other file is
    read.
    """
    monkeypatch.setattr(workers, "FILE_SECONDS", 2.0)
    monkeypatch.setattr(workers, "MEMORY_BYTES", 400_000_000)
    tasks = [("a", "hang", "b"), ("c", "die"), ("segfault", "d"), ("eat", "e"), ("f",)]
    got = {task: (result, fault) for task, result, fault in Pool(2, mock_work.setup, ()).run(tasks)}
    assert got.keys() == set(tasks) and not any(f for _, f in got.values())
    skipped = {k: v for r, _ in got.values() for k, v in r["skipped"].items()}
    assert skipped == {
        "hang": "too_slow",
        "die": "damaged",
        "segfault": "damaged",
        "eat": "too_large",
    }
    assert sorted(n for r, _ in got.values() for n in r["read"]) == ["a", "b", "c", "d", "e", "f"]


def test_a_worker_that_always_dies_is_reported():
    """Tried twice, then named; the pool does not hang."""
    assert list(Pool(1, mock_work.dying, ()).run(["x"])) == [("x", None, "damaged")]
