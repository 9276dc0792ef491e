"""A batch scored again: nothing changed, one file changed, one item of the checklist changed (what
it costs; what it asks, so that it is judged anew); each as a share of the first time, in CPU
seconds, the start of processes not counted.

python benchmarks/again.py [FOLDER] [--cases N]
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from ratios import ROOT, Figure, cpu, show

from casereview.reading.intake import CaseRef, find_cases
from casereview.record.result import RunOptions
from casereview.rules import rulebook
from casereview.run import unit_level
from casereview.run.campaign import Order, score_folder
from casereview.run.destination import Wish
from casereview.run.engine import Done, Job, Listen, R
from casereview.run.listener import Listener
from casereview.run.work import Task, rules_of, score_case
from casereview.settings import rules_folder

SAMPLES = ROOT / "samples" / "2025年度评查"
CHECKLIST = "行政处罚-普通程序"
SETTLED = 2.5  # seconds after which files that were just copied count as unchanged by their times
TRIES = 3  # of what takes no time
ITEM = "    分值: 2\n"  # of the first item
COSTS = "    分值: 2.5\n"
ASKS = COSTS + "    适用日期: {自: 2000-01-01}\n"


class Here:
    """An engine in this process."""

    def run(self, jobs: Iterable[Job[R]], listen: Listen) -> Iterator[Done[R]]:
        """Every job, one after the other."""
        for job in jobs:
            yield Done(job, job.do({}, lambda name, size: None))


def spent(folder: Path, db: Path, checklist: str = CHECKLIST) -> float:
    """CPU seconds of one scoring."""
    order = Order(folder, db, "2026-01-01", RunOptions(checklist=checklist), Wish("", True, "试"))
    start = cpu()
    score_folder(order, Here(), lambda: "2026-01-01T00:00:00Z", Listener())
    return cpu() - start


def warm_up(refs: list[CaseRef]) -> None:
    """Compile and import what every first case would: that belongs to the start of a process."""
    kept, os.environ["CASEREVIEW_CACHE"] = os.environ["CASEREVIEW_CACHE"], "off"
    for ref in refs:
        score_case(Task(ref), rules_of(CHECKLIST, ""))
    os.environ["CASEREVIEW_CACHE"] = kept


def with_changed_item(rules: Path, before: str, after: str) -> None:
    """Use a copy of the rules in which one item is another; they are read before anything is
    measured.
    """
    if not rules.exists():
        shutil.copytree(rules_folder(), rules)
    file = rules / f"{CHECKLIST}.yaml"
    file.write_text(file.read_text("utf-8").replace(before, after, 1), "utf-8")
    os.environ["CASEREVIEW_RULES"] = str(rules)
    forget_rules()
    for name in (CHECKLIST, unit_level.CHECKLIST):
        rulebook.load_rules(name)


def forget_rules() -> None:
    """What this process knows of the rules is read again, as in a process that starts."""
    for known in (rulebook.load_rules, rules_of):
        known.cache_clear()


def figures(source: Path = SAMPLES, cases: int = 8) -> list[Figure]:
    """The shares, and what the first time took."""
    rulebook.load_rules(CHECKLIST)
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        os.environ["CASEREVIEW_CACHE"] = str(at / "kept")
        batch, db = at / "批次", at / "a.db"
        found = [ref.root for ref in find_cases(source)]
        for n in range(cases):
            origin = found[n % len(found)]
            copy = batch / origin.parent.name / f"{n} {origin.name}"
            shutil.copytree(origin, copy)
            for file in copy.rglob("*.pdf"):  # no file is the same bytes as that of another case
                file.write_bytes(file.read_bytes() + f"\n% {n}\n".encode())
        warm_up(find_cases(batch)[:2])
        time.sleep(SETTLED)
        first = spent(batch, db)
        again = min(spent(batch, db) for _ in range(TRIES))
        changed = next(batch.rglob("*.*"))
        (changed.parent / "补充说明.txt").write_text("补充", "utf-8")
        one_file = spent(batch, db)
        items = []
        for before, after in ((ITEM, COSTS), (COSTS, ASKS)):
            with_changed_item(at / "规则", before, after)
            warm_up(find_cases(batch)[:2])
            items.append(spent(batch, db))
        os.environ.pop("CASEREVIEW_RULES")
        forget_rules()
    return [
        Figure(f"first time, {cases} cases, a case", first / cases, 0.0, " s"),
        Figure("nothing changed, share of the first time", 100 * again / first, 1.0, " %"),
        Figure(
            "one file changed in 200 cases, share of the first time",
            100 * (again * 200 / cases + one_file - again) / (first * 200 / cases),
            2.0,
            " %",
        ),
        Figure("one item costs more, share of the first time", 100 * items[0] / first, 5.0, " %"),
        Figure("one item asks more, share of the first time", 100 * items[1] / first, 5.0, " %"),
    ]


def main() -> int:
    """Print them."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path, nargs="?", default=SAMPLES)
    a.add_argument("--cases", type=int, default=100)
    o = a.parse_args()
    return show(figures(o.folder, o.cases))


if __name__ == "__main__":
    sys.exit(main())
