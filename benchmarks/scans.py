"""Recognition lane: pages a second of `score` on scans against the bare engine in the same run, and
memory over many pages.

    python benchmarks/scans.py FOLDER [MEMORY_PAGES] [--rounds N]

FOLDER: case folders with scanned PDFs. One process, one thread, cache off. The bare engine gets the
same pages already drawn, once before
and once after the lane, three rounds, so that a slow spell of the machine hits both sides.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from pathlib import Path

os.environ["CASEREVIEW_CACHE"] = "off"

import numpy as np  # noqa: E402
import psutil  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402

from casereview.reading import ocr  # noqa: E402
from casereview.reading.intake import CaseRef, find_cases  # noqa: E402
from casereview.reading.picture import DPI  # noqa: E402
from casereview.rules.rulebook import Rules, load_rules  # noqa: E402
from casereview.run.work import Task, score_case  # noqa: E402


def _bare(greys: list[np.ndarray]) -> float:
    begin = time.perf_counter()
    for grey in greys:
        ocr.recognise(grey)
    return time.perf_counter() - begin


def _drawn(refs: list[CaseRef]) -> list[np.ndarray]:
    """Every PDF page of the cases as the lane gives it to the engine."""
    pdfs = [
        p for r in refs for p in (sorted(r.root.rglob("*.pdf")) if r.root.is_dir() else [r.root])
    ]
    greys = []
    for path in pdfs:
        with pdfium.PdfDocument(path) as doc:
            pages = (doc[i].render(scale=DPI / 72).to_pil() for i in range(len(doc)))
            greys += [np.asarray(page.convert("RGB")).max(axis=2) for page in pages]
    return greys


def _lane(refs: list[CaseRef], rules: Rules) -> float:
    begin = time.perf_counter()
    for ref in refs:
        score_case(Task(ref), rules)
    return time.perf_counter() - begin


def main() -> None:
    """Print the ratio of pages a second, then the resident memory at every fiftieth page."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("folder", type=Path)
    a.add_argument("memory_pages", type=int, nargs="?", default=0)
    a.add_argument("--rounds", type=int, default=3)
    o = a.parse_args()
    rules, refs = load_rules(), find_cases(o.folder)
    greys = _drawn(refs)
    ocr.recognise(greys[0])
    ratios = []
    for _ in range(o.rounds):
        before, lane, after = _bare(greys), _lane(refs, rules), _bare(greys)
        bare = (before + after) / 2
        ratios.append(bare / lane)
        print(
            f"{len(greys)} pages: score {len(greys) / lane:.3f} pages/s, bare engine"
            f" {len(greys) / bare:.3f} pages/s, ratio {bare / lane:.3f}",
            flush=True,
        )
    print(f"median ratio {statistics.median(ratios):.3f}")
    me = psutil.Process()
    for n in range(o.memory_pages):
        ocr.recognise(greys[n % len(greys)])
        if (n + 1) % 50 == 0:
            print(f"{n + 1} pages: {me.memory_info().rss / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
