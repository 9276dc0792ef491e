"""Engines beside each other over the same cases, by the clock, in turns, every worker warm: two
local workers over one, and a Dask cluster of two workers on loopback over two local ones.

    python benchmarks/cluster.py [FOLDER] [--cases N] [--rounds N]

The figures mean something on a machine that has nothing else to do; the load is printed with them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

os.environ["CASEREVIEW_CACHE"] = "off"

from ratios import ROOT, Figure, show, wall  # noqa: E402

from casereview.reading.intake import find_cases  # noqa: E402
from casereview.run.cluster import Dask  # noqa: E402
from casereview.run.engine import Engine  # noqa: E402
from casereview.run.local import Local  # noqa: E402
from casereview.run.work import Task  # noqa: E402

SAMPLES = ROOT / "samples" / "2025年度评查"


def _part(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def loopback(workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers, one thread each."""
    import distributed

    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "scheduler.json"
        board = ("--dashboard-address", "127.0.0.1:0")
        here = ("--port", "0", "--host", "127.0.0.1", "--scheduler-file", str(told))
        parts = [_part("scheduler", *here, *board)]
        try:
            while not (told.exists() and told.read_text()):
                time.sleep(0.1)
            address = told.read_text().partition('"address": "')[2].partition('"')[0]
            one = ("--nthreads", "1", "--nworkers", "1", "--no-nanny")
            parts += [_part("worker", address, *one, *board) for _ in range(workers)]
            with distributed.Client(address, timeout=60, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=60)
            yield address
        finally:
            for part in parts:
                part.kill()
                part.wait()


def took(engine: Engine, tasks: Sequence[Task]) -> float:
    """Seconds by the clock."""
    start = wall()
    done = list(engine.run(tasks, lambda job, step: None))
    if not all(d.result for d in done):
        raise SystemExit("a case ended with a fault")
    return wall() - start


def figures(folder: Path, cases: int, rounds: int) -> list[Figure]:
    """Medians of the ratios of all rounds."""
    refs = find_cases(folder)
    tasks = [Task(refs[n % len(refs)]) for n in range(cases)]
    with loopback(2) as address:
        one, two, dask = Local(1, lasting=True), Local(2, lasting=True), Dask(address)
        engines: tuple[Engine, ...] = (one, two, dask)
        try:
            for engine in engines:
                took(engine, tasks[:8])
            rows = [[took(engine, tasks) for engine in engines] for _ in range(rounds)]
        finally:
            one.stop()
            two.stop()
    for row in rows:
        print("one {:.2f} s, two {:.2f} s, Dask {:.2f} s".format(*row), end="; ")
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    more = statistics.median(a / b for a, b, _ in rows)
    return [
        Figure("two workers over one", more, 1.85, floor=True),
        Figure(
            "Dask with two workers over two local ones",
            statistics.median(b / c for _, b, c in rows),
            0.9,
            floor=True,
        ),
    ]


def main() -> int:
    """Print them."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    a.add_argument("--cases", type=int, default=64)
    a.add_argument("--rounds", type=int, default=3)
    o = a.parse_args()
    return show(figures(o.folder, o.cases, o.rounds))


if __name__ == "__main__":
    sys.exit(main())
