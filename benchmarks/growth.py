"""The parent of a run as the run grows: what it takes to find, store and close a case, and how much
memory it holds, at a hundred, a thousand and ten thousand cases. The workers are left out: results
come ready, the samples under other names.

    python benchmarks/growth.py [--cases 100 1000 10000]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import many
import psutil
from ratios import Figure, cpu, show

from casereview.cli.progress import Bar
from casereview.record.result import CaseResult
from casereview.run.campaign import Order, score_folder
from casereview.run.destination import Wish
from casereview.run.ended import ended
from casereview.run.engine import Done, Job, Listen, R, Step

SIZES = (100, 1000, 10000)
UNITS = 50
STEPS = 5  # files of a case that the bar hears of


class Ready:
    """An engine that has every result already."""

    def __init__(self, results: list[CaseResult]):
        self.results = results

    def run(self, jobs: Iterable[Job[R]], listen: Listen) -> Iterator[Done[R]]:
        """Every job, one after the other."""
        for n, job in enumerate(jobs):
            for file in range(STEPS):
                listen(job.name, Step(f"{file}.txt", 10))
            unit, _, title = job.name.rpartition("/")
            if title:
                r = self.results[n % len(self.results)]
                own = ended(self._named(r, job.name, unit, title))
                yield Done(job, own)  # type: ignore[arg-type]

    def _named(self, r: CaseResult, case: str, unit: str, title: str) -> CaseResult:
        own = f"{hash(case) & 0xFFFFFFFF:08x}"
        return replace(
            r,
            case=case,
            unit=unit.rpartition("/")[2],
            title=title,
            case_key=f"文号:{case}",
            findings=tuple(replace(f, identity=own + f.identity[8:]) for f in r.findings),
        )


class Watched(Bar):
    """The bar of a run, and the most memory that the process held between two cases."""

    most = 0

    def scored(self, case: str, pages: int) -> None:
        """One more."""
        super().scored(case, pages)
        self.most = max(self.most, psutil.Process().memory_info().rss)


def folder_of(at: Path, cases: int) -> Path:
    """A batch of so many cases, each a small text."""
    for n in range(cases):
        case = at / "批次" / f"单位{n % UNITS:02d}" / f"某罚〔2026〕{n}号"
        case.mkdir(parents=True)
        (case / "处罚决定书.txt").write_text("行政处罚决定书", "utf-8")
    return at / "批次"


def one(cases: int) -> tuple[float, float]:
    """CPU milliseconds a case, and MB, of a run of so many cases in this process."""
    results, _ = many.scored()
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder) / "rules are read", 2, results)
        start = cpu()
        most = _run(Path(folder) / "measured", cases, results)
        return 1000 * (cpu() - start) / cases, most / 1e6


def _run(at: Path, cases: int, results: list[CaseResult]) -> int:
    """Score so many cases. Returns the most memory that was held."""
    batch = folder_of(at, cases)
    order = Order(batch, at / "a.db", many.DAY, wish=Wish("", True, "试"))
    with Watched(batch) as bar:
        score_folder(order, Ready(results), lambda: f"{many.DAY}T00:00:00Z", bar)
    return bar.most


def apart(cases: int) -> tuple[float, float]:
    """The same in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", str(cases)],
        capture_output=True,
        text=True,
        env={**os.environ, "CASEREVIEW_CACHE": "off"},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    took, held = done.stdout.split()
    return float(took), float(held)


def figures(sizes: Iterable[int]) -> list[Figure]:
    """Both by size, and the last beside the first."""
    rows = {n: apart(n) for n in sizes}
    (first, memory), (last, held) = rows[min(rows)], rows[max(rows)]
    return [
        *(Figure(f"a case of {n}", took, 0, " ms") for n, (took, _) in rows.items()),
        *(Figure(f"memory of the parent, {n} cases", mb, 0, " MB") for n, (_, mb) in rows.items()),
        Figure(f"a case of {max(rows)} over one of {min(rows)}", last / first, 1.1),
        Figure(f"memory at {max(rows)} over that at {min(rows)}", held / memory, 1.25),
    ]


def main() -> int:
    """Print them."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--cases", type=int, nargs="+", default=SIZES)
    a.add_argument("--one", type=int, help="measure here, print the two numbers")
    o = a.parse_args()
    if o.one:
        print(*one(o.one))
        return 0
    return show(figures(o.cases))


if __name__ == "__main__":
    sys.exit(main())
