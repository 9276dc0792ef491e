"""A file that hangs, bursts or kills its reader ends only itself (promise 8)."""

from __future__ import annotations

from mock_work import Die, Misbehave

from casereview.run import local
from casereview.run.engine import Done
from casereview.run.local import Local


def test_every_job_has_an_outcome(monkeypatch):
    """Hang, exit, abort and memory: each ends that file with its word, and every other file is
    read.
    """
    monkeypatch.setattr(local, "FILE_SECONDS", 6.0)  # long enough for a busy machine
    monkeypatch.setattr(local, "MEMORY_BYTES", 400_000_000)
    jobs = [
        Misbehave(words)
        for words in (("a", "hang", "b"), ("c", "die"), ("segfault", "d"), ("eat", "e"), ("f",))
    ]
    heard = []
    got = {
        d.job: (d.result, d.fault)
        for d in Local(2).run(jobs, lambda job, step: heard.append(step.file))
    }
    assert got.keys() == set(jobs)
    assert not any(fault for _, fault in got.values())
    skipped = {k: v for r, _ in got.values() for k, v in r["skipped"].items()}
    assert skipped == {
        "hang": "too_slow",
        "die": "damaged",
        "segfault": "damaged",
        "eat": "too_large",
    }
    assert sorted(n for r, _ in got.values() for n in r["read"]) == ["a", "b", "c", "d", "e", "f"]
    assert {"hang", "die", "segfault", "eat", "f"} <= set(heard)


def test_a_job_that_always_dies_is_reported():
    """Tried twice, then named; the engine does not hang."""
    assert list(Local(1).run([Die()])) == [Done(Die(), None, "damaged")]


def test_no_jobs_start_no_process():
    """Nothing to do is done at once."""
    assert list(Local(4).run([])) == []
