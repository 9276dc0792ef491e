"""A file that hangs, bursts or kills its reader ends only itself (promise 8)."""

from __future__ import annotations

import sys

import pytest
from mock_work import Count, Die, Look, Misbehave

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


@pytest.mark.parametrize("said", ["one", "another"])
def test_a_worker_sees_the_environment_as_it_is_now(monkeypatch, said):
    """Also where it is a copy of a process that was started earlier; it is deaf to Ctrl-C, and has
    everything imported on Linux.
    """
    monkeypatch.setenv("CASEREVIEW_SAID", said)
    [done] = Local(1).run([Look("CASEREVIEW_SAID", "casereview.reading.pdf")])
    assert done.result == (said, True, 1, sys.platform == "linux")
    monkeypatch.delenv("CASEREVIEW_SAID")
    [done] = Local(1).run([Look("CASEREVIEW_SAID", "casereview.reading.pdf")])
    assert done.result[0] is None


def test_pages_are_told_now_and_then():
    """The file, the last page and the end always; the others once in a moment."""
    heard = []
    [done] = Local(1).run([Count(50_000)], lambda job, step: heard.append(step))
    assert done.result == 50_000 and len(heard) < 500
    assert [s.page for s in heard if s.page][-1] == 50_000
    assert heard[1].file == "a.pdf" and heard[-1].file == ""
