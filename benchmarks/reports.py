"""How long the papers of a large run take: ten thousand findings in one store.

    python benchmarks/reports.py [FINDINGS]

The samples are scored once and copied under other names, with every third item failed, until there
are enough findings.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from casereview.model import FAIL
from casereview.reading.intake import find_cases
from casereview.record.applied import editions_of
from casereview.record.result import CaseResult
from casereview.record.store import Store
from casereview.reports.gather import campaign_view
from casereview.reports.office import Office
from casereview.reports.word.papers import papers
from casereview.rounds.history import History
from casereview.rules.rulebook import rule_set
from casereview.run.campaign import run_row
from casereview.run.work import Task, score_case

SAMPLES = Path(__file__).parent.parent / "samples" / "2025年度评查"


def faulty(r: CaseResult, n: int) -> CaseResult:
    """A copy of a case under another name and number, with every third item failed."""
    unit = f"{r.unit}第{n // 40 + 1}所"
    findings = tuple(
        replace(f, status=FAIL, effective=FAIL) if i % 3 == 0 and f.evidence else f
        for i, f in enumerate(r.findings)
    )
    name = f"{unit}/{n}号"
    return replace(
        r, unit=unit, case=name, title=name, case_key=f"{r.case_key}-{n}", findings=findings
    )


def fill(store: Store, base: list[CaseResult], run: int, wanted: int) -> tuple[int, int]:
    """Store copies until there are enough findings. Returns cases and findings."""
    n = fails = 0
    while fails < wanted:
        r = faulty(base[n % len(base)], n)
        fails += sum(f.failed for f in r.findings)
        store.save_case(run, r)
        n += 1
    return n, fails


def main() -> None:
    """Build, time, print."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rules = rule_set()
    base = [score_case(Task(ref), rules) for ref in find_cases(SAMPLES)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "a.db")
        store.save_editions(editions_of(rules))
        run = store.start_run(run_row(SAMPLES, rules, "", "2026-05-06", "{}"))
        cases, findings = fill(store, base, run, wanted)
        print(f"{cases} cases, {findings} findings")
        start = time.perf_counter()
        campaign = campaign_view(History(store), run)
        print(f"view: {time.perf_counter() - start:.1f} s")
        for kind in ("评查统计", "评查情况通报", "整改通知书", "汇报网页"):
            start = time.perf_counter()
            sizes = [len(data) for _, data in papers(campaign, Office({}), (kind,))]
            print(
                f"{kind}: {len(sizes)} file(s), {sum(sizes) / 1e6:.1f} MB,"
                f" {time.perf_counter() - start:.1f} s"
            )


if __name__ == "__main__":
    main()
