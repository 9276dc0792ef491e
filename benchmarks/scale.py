"""How a store bears growth: so many cases of a hundred findings each (200,000), and two runs of so
many (20,000), and how long the commands of an organiser take over them, in CPU seconds of the whole
process (its start, the store's opening and the answer), the median of a few tries.

    python benchmarks/scale.py [--cases N] [--pairs N] [--keep FOLDER]

The files lie in a temporary folder unless ``--keep`` says where; a file that is there already is
measured again. 200,000 cases take 8 GB.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import many
from ratios import Figure, cpu, process, show

from casereview.record.store import Store

RANKED, COMPARED, PARQUET = 1.0, 10.0, 60.0  # seconds, lines of the issue


def grown(path: Path, cases: int, templates: Sequence[many.Template], rules: many.Rules) -> None:
    """A store with one run."""
    store = Store(path)
    run = many.begun(store, rules, "2026-05-06T00:00:00Z")
    for n in many.fill(store, run, templates, cases):
        print(f"\r{n} of {cases}", end="", file=sys.stderr)
    store.found_cases(run, cases)
    store.finish_run(run, "2026-05-06T01:00:00Z")
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def paired(path: Path, cases: int, first: Sequence[many.Template], rules: many.Rules) -> None:
    """A store with two runs over the same cases: in the second every other case was put right."""
    grown(path, cases, first, rules)
    results = many.scored(len(first))[0]
    second = [
        many.template(many.answered(r, rules)) if n % 2 else t
        for n, (r, t) in enumerate(zip(results, first, strict=True))
    ]
    grown(path, cases, second, rules)


def spent(db: Path, *command: str, tries: int = 3) -> tuple[float, float, int]:
    """CPU seconds and seconds by the clock that a command takes, medians, and how many bytes it
    printed.
    """
    run = process("-m", "casereview", *command, "--db", str(db))
    used, waited, said = [], [], 0
    for _ in range(tries):
        before, start = cpu(), time.perf_counter()
        done = run()
        waited.append(time.perf_counter() - start)
        used.append(cpu() - before)
        said = len(done.stdout)
        if done.returncode not in (0, 1):
            raise SystemExit(done.stderr.decode())
    return statistics.median(used), statistics.median(waited), said


def most_memory() -> float:
    """The most memory that a command has taken so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def figures(folder: Path, cases: int, pairs: int) -> list[Figure]:
    """Every figure."""
    big, two = folder / f"{cases}.db", folder / f"{pairs}x2.db"
    results, rules = many.scored()
    templates = [many.template(r) for r in results]
    begun = cpu()
    if not big.exists():
        grown(big, cases, templates, rules)
    made = cpu() - begun
    if not two.exists():
        paired(two, pairs, templates, rules)
    rows = [
        Figure(f"written, {cases} cases", made, 0, " s"),
        Figure("size, a thousand cases", big.stat().st_size / cases / 1000, 0, " MB"),
    ]
    for command, name, limit in (
        (("units",), "ranking", RANKED),
        (("list",), "list", RANKED),
        (("show", "1"), "one case", RANKED),
        (("runs",), "runs", RANKED),
    ):
        used, waited, _ = spent(big, *command)
        rows.append(Figure(f"{name} of {cases} cases ({waited:.2f} s waited)", used, limit, " s"))
    for command, name, limit in (
        (("compare", "1", "2", "--json"), "compare", COMPARED),
        (("units", "--trend"), "trend", 0.0),
    ):
        used, waited, _ = spent(two, *command, tries=1)
        rows.append(
            Figure(f"{name}, two runs of {pairs} ({waited:.1f} s waited)", used, limit, " s")
        )
    rows.append(Figure("most memory of a command", most_memory(), 0, " MB"))
    return rows


def main() -> int:
    """Print them."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--cases", type=int, default=200_000)
    a.add_argument("--pairs", type=int, default=20_000)
    a.add_argument("--keep", type=Path)
    o = a.parse_args()
    if o.keep:
        o.keep.mkdir(parents=True, exist_ok=True)
        return show(figures(o.keep, o.cases, o.pairs))
    with tempfile.TemporaryDirectory() as folder:
        return show(figures(Path(folder), o.cases, o.pairs))


if __name__ == "__main__":
    sys.exit(main())
