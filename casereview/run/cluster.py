"""A cluster that runs already (Dask) as the engine: the same jobs, the same answers.

Each worker of the cluster reads in a guarded process of its own, with the clock and the memory line
of ``local``; what a bad file ends is that process. A worker that is lost with its machine costs no
case: the scheduler gives its jobs to another. Every worker must see the files under the same paths
and have the same version of this program.
"""

from __future__ import annotations

import atexit
import multiprocessing as mp
import threading
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from casereview.errors import UsageError
from casereview.run.engine import Done, Job, Listen, R, Step
from casereview.run.local import Local

AHEAD = 4  # jobs in the hands of the cluster for each of its threads
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
            waiting = iter(jobs)
            given: dict[Any, Job[R]] = {}
            ended = _library().as_completed()
            for job in waiting:
                listen(job.name, Step("", 0))
                future = client.submit(guarded, job, pure=False)
                given[future] = job
                ended.add(future)
                if len(given) >= AHEAD * threads:
                    yield _done(next(ended), given)
            while given:
                yield _done(next(ended), given)

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


def _done(future: Any, given: dict[Any, Job[R]]) -> Done[R]:
    """What became of a job; one that killed every worker it was given to ends with the fault."""
    job = given.pop(future)
    try:
        result, fault = future.result()
    except _library().KilledWorker:
        return Done(job, None, "damaged")
    finally:
        future.release()
    return Done(job, result, fault)


def guarded(job: Job[R]) -> tuple[R | None, str]:
    """On a worker of the cluster: the job in the guarded process of this thread. Returns its result
    and the outcome word why there is none.
    """
    engine = getattr(_OURS, "engine", None)
    if engine is None:
        # workers under a nanny may not have children until they say so
        mp.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        engine = _OURS.engine = Local(1, lasting=True)
        atexit.register(engine.stop)
    done = next(iter(engine.run([job])))
    return done.result, done.fault
