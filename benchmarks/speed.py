"""Speed as ratios, both sides timed in one run: score per page over bare PDF text per page, and two
workers over one.

python benchmarks/speed.py FOLDER [--repeat N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from pathlib import Path

import pypdfium2 as pdfium

from casereview.reading.intake import CaseRef, bytes_of, files_of, find_cases
from casereview.rules.rulebook import load_rules
from casereview.run.work import Task, score_case, score_many


def raw_seconds(ref: CaseRef) -> tuple[float, int]:
    """Seconds and pages of bare pypdfium2 text extraction over the PDFs of a case."""
    data = [bytes_of(f) for f in files_of(ref) if f.rel.lower().endswith(".pdf")]
    start, pages = time.perf_counter(), 0
    for d in data:
        doc = pdfium.PdfDocument(d)
        for page in doc:
            page.get_textpage().get_text_range()
            pages += 1
        doc.close()
    return time.perf_counter() - start, pages


def main() -> None:
    """Print the median ratio and the speed-up."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path)
    a.add_argument("--repeat", type=int, default=3)
    o = a.parse_args()
    rules = load_rules()
    refs = find_cases(o.folder)
    ratios = []
    for ref in refs:
        first = score_case(Task(ref), rules)
        if any(u.outcome == "scanned" for u in first.unread) or not any(
            f.format == "pdf" for f in first.files
        ):
            continue
        best_raw, best, pages = 1e9, 1e9, 0
        for _ in range(o.repeat):
            seconds, pages = raw_seconds(ref)
            best_raw = min(best_raw, seconds)
            start = time.perf_counter()
            score_case(Task(ref), rules)
            best = min(best, time.perf_counter() - start)
        ratios.append(best / best_raw)
        print(
            f"{ref.key}\t{pages} pages\tscore {1000 * best / pages:.1f} ms/page\tbare text"
            f" {1000 * best_raw / pages:.2f} ms/page\tratio {ratios[-1]:.1f}"
        )
    if ratios:
        print(f"median ratio of {len(ratios)} digital PDF cases: {statistics.median(ratios):.1f}")
    tasks = [Task(r) for r in refs] * max(1, round(120 / len(refs)))
    times = {}
    for n in (1, 2):
        start = time.perf_counter()
        list(score_many(tasks, rules, n))
        times[n] = time.perf_counter() - start
    print(
        f"{len(tasks)} cases: one worker {times[1]:.2f} s, two workers {times[2]:.2f} s,"
        f" {times[1] / times[2]:.2f} times as fast ({os.cpu_count()} cores)"
    )


if __name__ == "__main__":
    sys.exit(main())
