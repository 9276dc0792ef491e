"""Supervised worker processes: one pipe each, a clock and a memory line; a worker that dies ends
only its file (RELIABILITY 0, 6).

The parent sends a job; the worker reports every file it opens, so that the parent knows which one
hung, and the job is tried again without it. Reports lie in a pipe of their own, where the parent
looks once in a moment: it is woken by the end of a job, not by every file. No shared lock, no
queue: a killed worker cannot take the others along.
"""

from __future__ import annotations

import multiprocessing.connection as mpc
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import psutil

from casereview.run.births import born
from casereview.run.engine import Done, Job, Listen, R, Skip, Step

FILE_SECONDS = 60.0
SECONDS_PER_MB = 6.0
MAX_SECONDS = 900.0
JUDGE_SECONDS = 300.0
MEMORY_BYTES = 3_000_000_000
# a process takes as long to start as a dozen cases; what it gathers is bounded by its memory
RENEW_AFTER = 500
MOMENT = 0.1  # seconds between two looks at a worker, and between two pages that it tells of
# a recognition engine grows with every new size of page; a fresh worker starts small
RENEW_BYTES = 2_200_000_000


@dataclass
class _Try:
    """A job with what is known of it: files to leave out, and how often it died for no file."""

    job: Job[Any]
    skip: Skip = field(default_factory=dict)
    deaths: int = 0


@dataclass(frozen=True)
class _Ended:
    """How a try ended: with a result, or with the outcome word of what ended the worker."""

    result: Any = None
    fault: str = ""


class _Worker:
    """One process and what it is doing."""

    def __init__(self) -> None:
        with _born_deaf():
            self.process, self.pipe, self.steps = born(_serve)
        self.current: _Try | None = None
        self.file, self.limit, self.since = "", 0.0, 0.0
        self.served, self.watched = 0, 0.0
        self.seen: psutil.Process | None = None

    @property
    def used_up(self) -> bool:
        """True when a fresh process should take its place."""
        if self.served >= RENEW_AFTER or not self.process.is_alive():
            return True
        return self.resident() > RENEW_BYTES

    def resident(self) -> int:
        """Bytes of memory that the process holds; 0 when it cannot be asked."""
        try:
            self.seen = self.seen or psutil.Process(self.process.pid)
            return int(self.seen.memory_info().rss)
        except psutil.Error:
            return 0

    def give(self, work: _Try, seconds: float = JUDGE_SECONDS) -> None:
        """Send a job that may take so long before it reports a file."""
        self.current = work
        self._expect("", seconds)
        self.pipe.send((work.job, work.skip))

    def _expect(self, file: str, seconds: float) -> None:
        self.file, self.limit, self.since = file, seconds, time.monotonic()

    def hear(self, listen: Listen) -> _Ended:
        """Take the end of the job."""
        self._hear_steps(listen)
        try:
            return _Ended(result=self.pipe.recv())
        except (EOFError, OSError):
            return _Ended(fault="damaged")

    def _hear_steps(self, listen: Listen) -> None:
        """Take what was told since the last look."""
        try:
            while self.steps.poll():
                self._hear_step(Step(*self.steps.recv()), listen)
        except (EOFError, OSError):
            return

    def _hear_step(self, step: Step, listen: Listen) -> None:
        if not step.page:  # a page that is merely counted does not wind up the clock
            allowed = min(MAX_SECONDS, FILE_SECONDS + SECONDS_PER_MB * step.size / 1e6)
            self._expect(step.file, allowed if step.file else JUDGE_SECONDS)
        if self.current:
            listen(self.current.job.name, step)

    def watch(self, listen: Listen) -> _Ended | None:
        """Look how far the process is, and whether it died, takes too long or grew too large; once
        in a moment, however much the others have to say.
        """
        now = time.monotonic()
        if now - self.watched < MOMENT:
            return None
        self.watched = now
        self._hear_steps(listen)
        if not self.process.is_alive() and not self.pipe.poll():
            return _Ended(fault="damaged")
        if time.monotonic() - self.since > self.limit:
            return _Ended(fault="too_slow")
        return _Ended(fault="too_large") if self.resident() > MEMORY_BYTES else None

    def stop(self) -> None:
        """End the process: politely when it is idle."""
        if self.process.is_alive() and self.current is None:
            try:
                self.pipe.send(None)
                self.process.join(0.5)
            except OSError:
                pass
        if self.process.is_alive():
            self.process.kill()
        self.process.join(2)
        self.pipe.close()
        self.steps.close()


@contextmanager
def _born_deaf() -> Iterator[None]:
    """Processes started meanwhile do not hear Ctrl-C from their first moment: it is for the parent,
    and a worker that is still importing would answer with a traceback.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    _console_hears(False)
    try:
        yield
    finally:
        _console_hears(True)
        signal.signal(signal.SIGINT, before)


def _console_hears(interrupts: bool) -> None:
    """On Windows the console, not the signal, is what a child inherits."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetConsoleCtrlHandler(None, not interrupts)


def _serve(pipe: Connection, tells: Connection) -> None:
    """What a worker does: one job after the other until it is told to stop, or nobody is there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            message = pipe.recv()
        except EOFError:
            return
        if message is None:
            return
        job, skip = message
        pipe.send(job.do(skip, _Teller(tells)))


class _Teller:
    """Sends every file that is opened, and of the pages that are counted one in a moment."""

    def __init__(self, pipe: Connection):
        self.pipe, self.last = pipe, 0.0

    def __call__(self, file: str, size: int, page: int = 0, of: int = 0) -> None:
        now = time.monotonic()
        if page and page != of and now - self.last < MOMENT:
            return
        self.last = now
        self.pipe.send((file, size, page, of))


class Local:
    """An engine of ``n`` processes on this machine, each with one job at a time. ``lasting``: they
    wait for the next run, until they are stopped.
    """

    def __init__(self, n: int, lasting: bool = False):
        self.n, self.lasting = n, lasting
        self.workers: list[_Worker] = []

    def run(
        self, jobs: Iterable[Job[R]], listen: Listen = lambda job, step: None
    ) -> Iterator[Done[R]]:
        """Every job once, as it ends. A job whose worker died over a file is tried again without
        that file; one that dies for no file twice ends with the fault.
        """
        waiting = deque(_Try(job) for job in jobs)
        idle = min(self.n, len(waiting)) - len(self.workers)
        self.workers += [_Worker() for _ in range(idle)]
        try:
            while waiting or any(w.current for w in self.workers):
                self._assign(waiting)
                yield from self._collect(waiting, listen)
        finally:
            if not self.lasting:
                self.stop()

    def stop(self) -> None:
        """End the processes."""
        for w in self.workers:
            w.stop()
        self.workers = []

    def _assign(self, waiting: deque[_Try]) -> None:
        for w in [w for w in self.workers if w.current is None]:
            if waiting:
                ready = self._replace(w) if w.used_up else w
                ready.give(waiting.popleft())

    def _replace(self, old: _Worker) -> _Worker:
        old.stop()
        fresh = self.workers[self.workers.index(old)] = _Worker()
        return fresh

    def _collect(self, waiting: deque[_Try], listen: Listen) -> Iterator[Done[Any]]:
        """Hear or watch every busy worker once."""
        busy = [w for w in self.workers if w.current is not None]
        ready = mpc.wait([w.pipe for w in busy], timeout=MOMENT)
        for w in busy:
            ended = w.hear(listen) if w.pipe in ready else w.watch(listen)
            work = w.current
            if ended is None or work is None:
                continue
            if not ended.fault:
                w.current, w.served = None, w.served + 1
                yield Done(work.job, ended.result)
                continue
            self._replace(w)
            again = _again(work, w.file, ended.fault)
            if again is None:
                yield Done(work.job, None, ended.fault)
            else:
                waiting.appendleft(again)


class Standby:
    """One supervised process that stays ready for single jobs whose answer a person waits for;
    ``seconds``: how long one may take. To be used by one thread at a time.
    """

    def __init__(self, seconds: float = FILE_SECONDS):
        self.seconds = seconds
        self.worker: _Worker | None = None

    def ask(self, job: Job[R]) -> Done[R]:
        """Do one job now; a fault ends the process, and the next job gets a fresh one."""
        worker = self._ready()
        worker.give(_Try(job), self.seconds)
        ended = None
        while ended is None:
            ended = worker.hear(_deaf) if _spoke(worker) else worker.watch(_deaf)
        if ended.fault:
            self.close()
            return Done(job, None, ended.fault)
        worker.current = None
        return Done(job, ended.result)

    def _ready(self) -> _Worker:
        """The process at hand, a fresh one where it died or grew large."""
        if self.worker and (not self.worker.process.is_alive() or self._grown(self.worker)):
            self.close()
        self.worker = self.worker or _Worker()
        return self.worker

    @staticmethod
    def _grown(worker: _Worker) -> bool:
        return worker.resident() > RENEW_BYTES

    def close(self) -> None:
        """End the process."""
        if self.worker:
            self.worker.stop()
        self.worker = None


def _deaf(job: str, step: Step) -> None:
    """Nobody listens."""


def _spoke(worker: _Worker) -> bool:
    """True when a worker has something to say, within a moment."""
    return bool(mpc.wait([worker.pipe], timeout=0.1))


def _again(work: _Try, file: str, fault: str) -> _Try | None:
    """The next try after a worker ended over ``file`` ('' for none); None when it is given up."""
    if file and file not in work.skip:
        return _Try(work.job, {**work.skip, file: fault}, work.deaths)
    return _Try(work.job, work.skip, work.deaths + 1) if work.deaths < 1 else None
