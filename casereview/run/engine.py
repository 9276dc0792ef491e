"""Supervised worker processes: one pipe each, a clock and a memory line; a worker that dies ends
only its file (RELIABILITY 0, 6).

The parent sends a task; the worker reports every file it opens, so that the parent knows which one
hung, and the case is tried
again without it. No shared lock, no queue: a killed worker cannot take the others along.
"""

from __future__ import annotations

import multiprocessing as mp
import multiprocessing.connection as mpc
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil

FILE_SECONDS = 60.0
SECONDS_PER_MB = 6.0
MAX_SECONDS = 900.0
JUDGE_SECONDS = 300.0
MEMORY_BYTES = 3_000_000_000
RENEW_AFTER = 60
# a recognition engine grows with every new size of page; a fresh worker starts small
RENEW_BYTES = 2_200_000_000

Work = Callable[[Any, dict[str, str], Callable[[str, int], None]], Any]


@dataclass
class _Slot:
    process: Any
    pipe: Any
    task: Any = None
    skip: dict[str, str] = field(default_factory=dict)
    file: str = ""
    limit: float = 0.0
    since: float = 0.0
    served: int = 0
    tries: int = 0


def _resident(s: _Slot) -> int:
    """Bytes of memory that the worker holds; 0 when it cannot be asked."""
    try:
        return int(psutil.Process(s.process.pid).memory_info().rss)
    except psutil.Error:
        return 0


def _serve(pipe: Any, setup: Callable[..., Work], args: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = setup(*args)
    while True:
        message = pipe.recv()
        if message is None:
            return
        task, skip = message
        pipe.send(("done", work(task, skip, lambda name, size: pipe.send(("file", name, size)))))


class Pool:
    """``n`` workers made by ``setup(*args)``, each answering one task at a time."""

    def __init__(self, n: int, setup: Callable[..., Work], args: tuple[Any, ...]):
        self.n, self.setup, self.args = n, setup, args
        self.context = mp.get_context("spawn")
        self.slots: list[_Slot] = []

    def _start(self) -> _Slot:
        here, there = self.context.Pipe()
        process = self.context.Process(
            target=_serve, args=(there, self.setup, self.args), daemon=True
        )
        process.start()
        there.close()
        return _Slot(process, here)

    def run(
        self, tasks: Iterable[Any], on_file: Callable[[Any, str], None] = lambda t, f: None
    ) -> Iterator[tuple[Any, Any, str]]:
        """Yield (task, result, fault) as they finish; ``fault`` is '' or the reason why a whole
        case could not be done.
        """
        waiting = deque((t, {}, 0) for t in tasks)
        self.slots = [self._start() for _ in range(min(self.n, len(waiting)))]
        try:
            while waiting or any(s.task is not None for s in self.slots):
                for i, s in enumerate(self.slots):
                    if s.task is None and waiting:
                        if (
                            s.served >= RENEW_AFTER
                            or not s.process.is_alive()
                            or _resident(s) > RENEW_BYTES
                        ):
                            self._stop(s)
                            s = self.slots[i] = self._start()
                        s.task, s.skip, s.tries = waiting.popleft()
                        s.file, s.limit, s.since = "", JUDGE_SECONDS, time.monotonic()
                        s.pipe.send((s.task, s.skip))
                busy = [s for s in self.slots if s.task is not None]
                ready = mpc.wait([s.pipe for s in busy], timeout=0.1)
                for i, s in enumerate(self.slots):
                    if s.task is None:
                        continue
                    outcome = self._hear(s, on_file) if s.pipe in ready else self._watch(s)
                    if outcome is None:
                        continue
                    kind, value = outcome
                    task, skip, tries, file = s.task, s.skip, s.tries, s.file
                    if kind == "done":
                        s.task, s.served = None, s.served + 1
                        yield task, value, ""
                        continue
                    self._stop(s)
                    self.slots[i] = self._start()
                    if file and file not in skip:
                        waiting.appendleft((task, {**skip, file: value}, tries))
                    elif tries < 1:
                        waiting.appendleft((task, skip, tries + 1))
                    else:
                        yield task, None, value
        finally:
            for s in self.slots:
                self._stop(s)

    def _hear(self, s: _Slot, on_file: Callable[[Any, str], None]) -> tuple[str, Any] | None:
        try:
            message = s.pipe.recv()
        except (EOFError, OSError):
            return "died", "damaged"
        if message[0] == "file":
            s.file, s.since = message[1], time.monotonic()
            s.limit = (
                min(MAX_SECONDS, FILE_SECONDS + SECONDS_PER_MB * message[2] / 1e6)
                if message[1]
                else JUDGE_SECONDS
            )
            on_file(s.task, message[1])
            return None
        return "done", message[1]

    @staticmethod
    def _watch(s: _Slot) -> tuple[str, str] | None:
        if not s.process.is_alive() and not s.pipe.poll():
            return "died", "damaged"
        if time.monotonic() - s.since > s.limit:
            return "slow", "too_slow"
        return ("large", "too_large") if _resident(s) > MEMORY_BYTES else None

    @staticmethod
    def _stop(s: _Slot) -> None:
        if s.process.is_alive():
            if s.task is None:
                try:
                    s.pipe.send(None)
                    s.process.join(0.5)
                except OSError:
                    pass
            if s.process.is_alive():
                s.process.kill()
        s.process.join(2)
        s.pipe.close()
