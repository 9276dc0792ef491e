"""Recognition lane: what `score` takes for a scanned page beside the bare engine in the same run,
and memory over many pages.

    python benchmarks/scans.py FOLDER [MEMORY_PAGES] [--rounds N]

FOLDER: case folders with scanned PDFs. One process, one thread, cache off, CPU seconds of the
process. The bare engine is rapidocr as it comes, with the settings that we use and one thread; it
gets the pages without text already drawn, once before and once after the lane, three rounds, so
that a slow spell of the machine hits both sides. Beside it stands the engine as we call it, some
parts of which are ours (``reading/engine_parts.py``), and what the lane takes around it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["CASEREVIEW_CACHE"] = "off"

import numpy as np  # noqa: E402
import psutil  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402
from ratios import Figure, show  # noqa: E402

from casereview.reading import ocr  # noqa: E402
from casereview.reading.intake import CaseRef, find_cases  # noqa: E402
from casereview.reading.picture import DPI  # noqa: E402
from casereview.rules.rulebook import Rules, load_rules  # noqa: E402
from casereview.run.work import Task, score_case  # noqa: E402

FEW = 25  # characters below which a page has no text
LEAST = 0.95  # line of the issue


def took(work: Callable[[], object]) -> float:
    """CPU seconds of this process, all its threads together."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def drawn(refs: list[CaseRef]) -> list[np.ndarray]:
    """Every PDF page of the cases that the lane gives to the engine, as it gives it."""
    pdfs = [
        p for r in refs for p in (sorted(r.root.rglob("*.pdf")) if r.root.is_dir() else [r.root])
    ]
    greys = []
    for path in pdfs:
        with pdfium.PdfDocument(path) as doc:
            scanned = [page for page in doc if page.get_textpage().count_chars() < FEW]
            pages = (page.render(scale=DPI / 72).to_pil() for page in scanned)
            greys += [np.asarray(page.convert("RGB")).max(axis=2) for page in pages]
    return greys


def figures(refs: list[CaseRef], rules: Rules, rounds: int) -> list[Figure]:
    """Medians over the rounds."""
    greys, bare = drawn(refs), ocr.packaged()

    def every(engine: Callable[[np.ndarray], object]) -> float:
        return took(lambda: [engine(grey) for grey in greys])

    def lane() -> float:
        return took(lambda: [score_case(Task(ref), rules) for ref in refs])

    every(bare), lane()
    rows = []
    for _ in range(rounds):
        before, ours, around = every(bare), every(ocr.recognise), lane()
        row = (before + every(bare)) / 2, (ours + every(ocr.recognise)) / 2, around
        rows.append([1000 * seconds / len(greys) for seconds in row])
        print("a page: bare engine {:.0f} ms, our call {:.0f}, lane {:.0f}".format(*rows[-1]))
    bare_of, ours_of = (statistics.median(r[n] / r[2] for r in rows) for n in (0, 1))
    more = statistics.median(r[2] - r[1] for r in rows)
    return [
        Figure("the bare engine over the lane", bare_of, LEAST, floor=True),
        Figure("our call of the engine over the lane", ours_of),
        Figure("a page around our call", more, 0, " ms"),
    ]


def main() -> int:
    """Print the figures, then the resident memory at every fiftieth page."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path)
    a.add_argument("memory_pages", type=int, nargs="?", default=0)
    a.add_argument("--rounds", type=int, default=3)
    o = a.parse_args()
    refs = find_cases(o.folder)
    outcome = show(figures(refs, load_rules(), o.rounds))
    greys = drawn(refs) if o.memory_pages else []
    me = psutil.Process()
    for n in range(o.memory_pages):
        ocr.recognise(greys[n % len(greys)])
        if (n + 1) % 50 == 0:
            print(f"{n + 1} pages: {me.memory_info().rss / 1e6:.0f} MB", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
