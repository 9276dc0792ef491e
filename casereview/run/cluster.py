"""A cluster that runs already (Dask) as the engine: the same jobs, the same answers.

Each worker of the cluster reads in a guarded process of its own, with the clock and the memory line
of ``local``; what a bad file ends is that process. A worker that is lost with its machine costs no
case: the scheduler gives its jobs to another. Every worker must see the files under the same paths
and have the same version of this program.

What goes between the cluster and us costs as much as a tenth of a small case. Jobs that take but
moments travel several together while there are many, and both ways as bytes that are opened at
their ends alone.
"""

from __future__ import annotations

import atexit
import multiprocessing as mp
import pickle
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic

from casereview.errors import UsageError
from casereview.run.engine import Done, Job, Listen, R, Skip, Step, Tell
from casereview.run.local import Local

AHEAD = 2  # parcels in the hands of the cluster for each of its threads
MOST = 16  # jobs of a parcel
SHARE = 2  # parcels for each thread into which what is left is divided
PARCEL = 1.0  # seconds that a parcel may take, of which nothing is heard meanwhile
PATIENCE = 20  # seconds until a scheduler must have answered
_OURS = threading.local()  # the guarded process of this thread of a worker


class Dask:
    """An engine of the workers behind a scheduler. ``address``: as ``tcp://10.0.0.5:8786``."""

    def __init__(self, address: str):
        self.address = address

    def run(
        self, jobs: Iterable[Job[R]], listen: Listen = lambda job, step: None
    ) -> Iterator[Done[R]]:
        """Every job once, as it ends. Raises UsageError when there is no such scheduler, or nobody
        works for it.
        """
        with self._client() as client:
            threads = sum(client.nthreads().values())
            if not threads:
                raise UsageError(f"集群 {self.address} 没有工作进程，请先启动 dask worker。")
            waiting = _Waiting(jobs, threads)
            sent: dict[Any, list[Job[R]]] = {}
            ended = _library().as_completed(with_results=True, raise_errors=False)
            while waiting or sent:
                while waiting and len(sent) < AHEAD * threads:
                    some = waiting.some()
                    for job in some:
                        listen(job.name, Step("", 0))
                    future = client.submit(guarded, list(map(_packed, some)), pure=False)
                    sent[future] = some
                    ended.add(future)
                future, answers = next(ended)
                yield from _done(future, sent.pop(future), answers, waiting)

    def _client(self) -> Any:
        library = _library()
        try:
            return library.Client(self.address, timeout=PATIENCE)
        except (OSError, ValueError) as e:
            raise UsageError(
                f"连接不上集群 {self.address}。请核对地址，写成 tcp://主机:8786，并确认 dask"
                " scheduler 正在运行。"
            ) from e


def _library() -> Any:
    """The library, which carries half of its types. Raises UsageError where it is missing."""
    try:
        return import_module("distributed")
    except ImportError as e:
        raise UsageError(
            "没有安装集群组件，请运行 python -m pip install 'casereview[cluster]'。"
        ) from e


class _Waiting(Generic[R]):
    """Jobs that are still to be sent to a cluster of so many threads. ``pace``: the seconds that
    each job of the last parcel took; as long as nobody knows, every job goes by itself.
    """

    def __init__(self, jobs: Iterable[Job[R]], threads: int):
        self.jobs = list(jobs)[::-1]  # from the end they are taken
        self.alone: list[Job[R]] = []
        self.threads, self.pace = threads, PARCEL

    def __bool__(self) -> bool:
        return bool(self.jobs or self.alone)

    def some(self) -> list[Job[R]]:
        """The next parcel."""
        if self.alone:
            return [self.alone.pop()]
        n = _together(len(self.jobs), self.threads, self.pace)
        return [self.jobs.pop() for _ in range(n)]


def _together(left: int, threads: int, pace: float) -> int:
    """How many jobs go together of those that are left: the fewer, the nearer the end and the
    longer each takes.
    """
    return max(1, min(MOST, left // (SHARE * threads), int(PARCEL / max(pace, PARCEL / MOST))))


@dataclass(frozen=True)
class _Packed:
    """A job on its way; its answer is packed too."""

    name: str
    data: bytes

    def do(self, skip: Skip, tell: Tell) -> bytes:
        """Do it."""
        return pickle.dumps(pickle.loads(self.data).do(skip, tell), pickle.HIGHEST_PROTOCOL)


def _packed(job: Job[Any]) -> _Packed:
    return _Packed(job.name, pickle.dumps(job, pickle.HIGHEST_PROTOCOL))


Answer = tuple[bytes | None, str]  # a packed result, and the outcome word why there is none
Answers = tuple[list[Answer], float]  # of a parcel, and the seconds that it took


def _done(
    future: Any, some: Sequence[Job[R]], answers: Answers | Any, waiting: _Waiting[R]
) -> Iterator[Done[R]]:
    """What became of jobs that went together. Where they killed every worker they were given to,
    each is tried alone, and one that does so alone ends with the fault. ``waiting``: takes those.
    """
    try:
        if future.status != "error":
            told, seconds = answers
            waiting.pace = seconds / len(some)
            for job, (data, fault) in zip(some, told, strict=True):
                yield Done(job, None if data is None else pickle.loads(data), fault)
            return
        future.result()
    except _library().KilledWorker:
        if len(some) == 1:
            yield Done(some[0], None, "damaged")
        waiting.alone += some if len(some) > 1 else ()
    finally:
        future.release()


def guarded(jobs: Sequence[Job[bytes]]) -> Answers:
    """On a worker of the cluster: jobs in the guarded process of this thread. Returns what each
    came to, in their order, and how long they took.
    """
    began = time.monotonic()
    engine = getattr(_OURS, "engine", None)
    if engine is None:
        # workers under a nanny may not have children until they say so
        mp.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        engine = _OURS.engine = Local(1, lasting=True)
        atexit.register(engine.stop)
    ended = {id(done.job): (done.result, done.fault) for done in engine.run(jobs)}
    return [ended[id(job)] for job in jobs], time.monotonic() - began
