"""The digital lane of two checkouts, case by case in pairs: one process of each waits for its turn,
and a noisy machine disturbs both alike.

    python benchmarks/pairs.py OTHER FOLDER [--rounds 30]

Prints for every digital case of FOLDER the median over the rounds of the CPU seconds that this
checkout takes over those of the checkout OTHER, and both over bare text of the same case.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from ratios import ROOT

BARE, SCORE = "bare", "score"


class Sides(NamedTuple):
    """CPU seconds of one case in one round: of the other checkout, of this one, of bare text."""

    other: float
    here: float
    bare: float


def line(name: str, rounds: list[Sides]) -> str:
    """What the rounds of a case say."""
    of = median(s.here / s.other for s in rounds)
    bare = median(s.bare for s in rounds)
    other, here = (median(times) / bare for times in list(zip(*rounds, strict=True))[:2])
    return f"{of:.3f}  {other:.2f}× -> {here:.2f}×  {name}"


class Checkout:
    """A process that runs the cases of a folder with the modules of one checkout."""

    def __init__(self, tree: Path, folder: Path):
        env = {**os.environ, "PYTHONPATH": str(tree), "CASEREVIEW_CACHE": "off"}
        own = [sys.executable, __file__, "--serve", str(tree), str(folder)]
        self.process = subprocess.Popen(
            own, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.names = self._answer().split("\t")

    def _answer(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def seconds(self, case: int, what: str) -> float:
        """CPU seconds of one case."""
        assert self.process.stdin
        print(case, what, file=self.process.stdin, flush=True)
        return float(self._answer())

    def close(self) -> None:
        """Let it end."""
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


def serve(folder: Path) -> None:
    """Run the cases that are asked for, and say what each took."""
    from speed import CHECKLIST, bare_text, is_digital

    from casereview.reading.intake import find_cases
    from casereview.run.work import Task, rules_of, score_case

    rules = rules_of(CHECKLIST, "")
    scored = ((ref, score_case(Task(ref), rules)) for ref in find_cases(folder))
    refs = [ref for ref, result in scored if is_digital(result) and bare_text(ref)]
    work: dict[str, Callable[[int], object]] = {
        BARE: lambda n: bare_text(refs[n]),
        SCORE: lambda n: score_case(Task(refs[n]), rules),
    }
    print("\t".join(ref.key for ref in refs), flush=True)
    for asked in sys.stdin:
        case, what = asked.split()
        start = time.thread_time()
        work[what](int(case))
        print(time.thread_time() - start, flush=True)


def main() -> None:
    """Measure, and print."""
    a = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    a.add_argument("other", type=Path)
    a.add_argument("folder", type=Path)
    a.add_argument("--rounds", type=int, default=30)
    a.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    o = a.parse_args()
    if o.serve:
        return serve(o.folder)
    other, here = (Checkout(tree.resolve(), o.folder.resolve()) for tree in (o.other, ROOT))
    rounds: list[list[Sides]] = [[] for _ in here.names]
    for _ in range(o.rounds):
        for n, found in enumerate(rounds):
            times = other.seconds(n, SCORE), here.seconds(n, SCORE), here.seconds(n, BARE)
            found.append(Sides(*times))
    for name, found in zip(here.names, rounds, strict=True):
        print(line(name, found))
    other.close()
    here.close()
    return None


if __name__ == "__main__":
    main()
