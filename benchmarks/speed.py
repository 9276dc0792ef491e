"""Speed as ratios, both sides taken in one run: score per page over bare PDF text per page, and two
workers over one.

python benchmarks/speed.py FOLDER [--repeat N] [--cases N]
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

import pypdfium2 as pdfium
from ratios import Figure, least, show, wall

from casereview.errors import ReadFailure
from casereview.reading.intake import CaseRef, bytes_of, files_of, find_cases
from casereview.record.result import CaseResult
from casereview.rules.rulebook import Rules, RuleSet
from casereview.run.local import Local
from casereview.run.work import Sealing, Task, rules_of, score_case

CHECKLIST = "行政处罚-普通程序"


def bare_text(ref: CaseRef) -> int:
    """Bare pypdfium2 text extraction over the PDFs of a case. Returns how many pages; a file that
    it cannot open has none.
    """
    pages = 0
    for f in files_of(ref):
        if f.skip or not f.rel.lower().endswith(".pdf"):
            continue
        try:
            doc = pdfium.PdfDocument(bytes_of(f))
        except (pdfium.PdfiumError, ReadFailure):
            continue
        for page in doc:
            page.get_textpage().get_text_range()
            pages += 1
        doc.close()
    return pages


def is_digital(r: CaseResult) -> bool:
    """True for a case with PDFs of which none is a scan."""
    return any(f.format == "pdf" for f in r.files) and not any(
        u.outcome == "scanned" for u in r.unread
    )


def ratio(ref: CaseRef, rules: Rules | RuleSet, repeat: int) -> float | None:
    """Score over bare text, a page, in CPU seconds; None for a case that is not digital."""
    pages = bare_text(ref)
    if not pages or not is_digital(score_case(Task(ref), rules)):
        return None
    raw = least(lambda: bare_text(ref), repeat)
    full = least(lambda: score_case(Task(ref), rules), repeat)
    print(
        f"{ref.key}\t{pages} pages\tscore {1000 * full / pages:.1f} ms/page\tbare text"
        f" {1000 * raw / pages:.2f} ms/page\tratio {full / raw:.1f}"
    )
    return full / raw


def speed_up(refs: list[CaseRef], cases: int) -> Figure:
    """One worker and two over the same cases, taken again until there are enough, by the clock, as
    a run gives them; what workers are copied from was started before.
    """
    tasks = [Sealing(Task(r)) for r in refs] * max(1, round(cases / len(refs)))
    list(Local(1).run(tasks[:1]))
    one = least(lambda: list(Local(1).run(tasks)), 1, wall)
    two = least(lambda: list(Local(2).run(tasks)), 1, wall)
    print(
        f"{len(tasks)} cases: one worker {one:.2f} s, two workers {two:.2f} s,"
        f" {one / two:.2f} times as fast ({os.cpu_count()} cores)"
    )
    return Figure("two workers over one", one / two, 1.85, floor=True)


def figures(folder: Path, repeat: int = 3, cases: int = 120) -> list[Figure]:
    """The median ratio of the digital cases, and the speed-up, with nothing remembered."""
    os.environ["CASEREVIEW_CACHE"] = "off"
    rules, refs = rules_of(CHECKLIST, ""), find_cases(folder)
    ratios = [x for ref in refs if (x := ratio(ref, rules, repeat)) is not None]
    found = []
    if ratios:
        median = statistics.median(ratios)
        print(f"median ratio of {len(ratios)} digital PDF cases: {median:.1f}")
        found.append(Figure("digital lane over bare PDF text", median, 4.0))
    return [*found, speed_up(refs, cases)]


def main() -> int:
    """Print the median ratio and the speed-up."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path)
    a.add_argument("--repeat", type=int, default=3)
    a.add_argument("--cases", type=int, default=120)
    o = a.parse_args()
    return show(figures(o.folder, o.repeat, o.cases))


if __name__ == "__main__":
    sys.exit(main())
