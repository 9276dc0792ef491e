"""Speed as ratios, both sides timed in one run: score per page over bare PDF text per page, and two
workers over one.

python benchmarks/speed.py FOLDER [--repeat N] [--cases N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium

from casereview.reading.intake import CaseRef, bytes_of, files_of, find_cases
from casereview.record.result import CaseResult
from casereview.rules.rulebook import Rules, load_rules
from casereview.run.local import Local
from casereview.run.work import Task, score_case


def bare_text(ref: CaseRef) -> int:
    """Bare pypdfium2 text extraction over the PDFs of a case. Returns how many pages."""
    pages = 0
    for f in files_of(ref):
        if f.rel.lower().endswith(".pdf"):
            doc = pdfium.PdfDocument(bytes_of(f))
            for page in doc:
                page.get_textpage().get_text_range()
                pages += 1
            doc.close()
    return pages


def seconds(work: Callable[[], object], repeat: int) -> float:
    """The best of some tries."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def is_digital(r: CaseResult) -> bool:
    """True for a case with PDFs of which none is a scan."""
    return any(f.format == "pdf" for f in r.files) and not any(
        u.outcome == "scanned" for u in r.unread
    )


def ratio(ref: CaseRef, rules: Rules, repeat: int) -> float | None:
    """Score over bare text, a page; None for a case that is not digital."""
    if not is_digital(score_case(Task(ref), rules)):
        return None
    pages = bare_text(ref)
    raw = seconds(lambda: bare_text(ref), repeat)
    full = seconds(lambda: score_case(Task(ref), rules), repeat)
    print(
        f"{ref.key}\t{pages} pages\tscore {1000 * full / pages:.1f} ms/page\tbare text"
        f" {1000 * raw / pages:.2f} ms/page\tratio {full / raw:.1f}"
    )
    return full / raw


def speed_up(refs: list[CaseRef], cases: int) -> None:
    """One worker and two over the same cases, taken again until there are enough."""
    tasks = [Task(r) for r in refs] * max(1, round(cases / len(refs)))
    one = seconds(lambda: list(Local(1).run(tasks)), 1)
    two = seconds(lambda: list(Local(2).run(tasks)), 1)
    print(
        f"{len(tasks)} cases: one worker {one:.2f} s, two workers {two:.2f} s,"
        f" {one / two:.2f} times as fast ({os.cpu_count()} cores)"
    )


def main() -> None:
    """Print the median ratio and the speed-up."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path)
    a.add_argument("--repeat", type=int, default=3)
    a.add_argument("--cases", type=int, default=120)
    o = a.parse_args()
    rules, refs = load_rules(), find_cases(o.folder)
    ratios = [x for ref in refs if (x := ratio(ref, rules, o.repeat)) is not None]
    if ratios:
        print(f"median ratio of {len(ratios)} digital PDF cases: {statistics.median(ratios):.1f}")
    speed_up(refs, o.cases)


if __name__ == "__main__":
    sys.exit(main())
