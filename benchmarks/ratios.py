"""What every benchmark of speed says: figures with their limits, measured in CPU seconds (user and
system) of the process and its children, which a busy machine spoils less than the clock.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Figure:
    """One measured value. ``limit``: what it may reach, 0 for none; ``floor``: the limit is the
    least that is allowed.
    """

    name: str
    value: float
    limit: float = 0.0
    unit: str = "×"
    floor: bool = False

    @property
    def kept(self) -> bool:
        """True within the limit."""
        if not self.limit:
            return True
        return self.value >= self.limit if self.floor else self.value <= self.limit

    @property
    def line(self) -> str:
        """As it is printed."""
        sign = "≥" if self.floor else "≤"
        limit = f"  ({sign} {self.limit:g}{self.unit})" if self.limit else ""
        return f"{self.value:9.3f}{self.unit}{limit}  {self.name}{'' if self.kept else '  over'}"


def show(figures: list[Figure]) -> int:
    """Print them. Returns 1 when one is over its limit."""
    for figure in figures:
        print(figure.line)
    return 0 if all(f.kept for f in figures) else 1


def cpu() -> float:
    """CPU seconds of this process and of those it waited for."""
    every = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(r.ru_utime + r.ru_stime for r in every)


def least(work: Callable[[], object], repeat: int, clock: Callable[[], float] = cpu) -> float:
    """The best of some tries."""
    best = float("inf")
    for _ in range(repeat):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


Ended = subprocess.CompletedProcess[bytes]


def process(*arguments: str, environment: dict[str, str] | None = None) -> Callable[[], Ended]:
    """A Python process with these arguments, ready to be run; what it prints is dropped."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(ROOT), **(environment or {})}

    def run() -> Ended:
        return subprocess.run([sys.executable, *arguments], capture_output=True, env=env)

    return run


wall = time.perf_counter
