"""Recognition lane: pages a second of `score` on scans against the bare engine in the same run, and
memory over many pages.

    python benchmarks/scans.py FOLDER [MEMORY_PAGES]

FOLDER: case folders with scanned PDFs. One process, one thread, cache off. The bare engine gets the
same pages already drawn, once before
and once after the lane, three rounds, so that a slow spell of the machine hits both sides.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

os.environ["CASEREVIEW_CACHE"] = "off"

import numpy as np  # noqa: E402
import psutil  # noqa: E402
import pypdfium2 as pdfium  # noqa: E402

from casereview.reading import ocr  # noqa: E402
from casereview.reading.intake import find_cases  # noqa: E402
from casereview.reading.picture import DPI  # noqa: E402
from casereview.rules.rulebook import load_rules  # noqa: E402
from casereview.run.work import Task, score_case  # noqa: E402


def _bare(greys: list[np.ndarray]) -> float:
    begin = time.perf_counter()
    for grey in greys:
        ocr.recognise(grey)
    return time.perf_counter() - begin


def main() -> None:
    """Print the ratio of pages a second, then the resident memory at every fiftieth page."""
    rules, refs = load_rules(), find_cases(Path(sys.argv[1]))
    pdfs = (
        sorted(p for r in refs for p in r.root.rglob("*.pdf"))
        if refs[0].root.is_dir()
        else [r.root for r in refs]
    )
    greys = []
    for path in pdfs:
        with pdfium.PdfDocument(path) as doc:
            greys += [
                np.asarray(doc[i].render(scale=DPI / 72).to_pil().convert("RGB")).max(axis=2)
                for i in range(len(doc))
            ]
    ocr.recognise(greys[0])
    ratios = []
    for _ in range(3):
        before = _bare(greys)
        begin = time.perf_counter()
        for ref in refs:
            score_case(Task(ref), rules)
        lane = time.perf_counter() - begin
        bare = (before + _bare(greys)) / 2
        ratios.append(bare / lane)
        print(
            f"{len(greys)} pages: score {len(greys) / lane:.3f} pages/s, bare engine"
            f" {len(greys) / bare:.3f} pages/s, ratio {bare / lane:.3f}",
            flush=True,
        )
    print(f"median ratio {statistics.median(ratios):.3f}")
    if len(sys.argv) > 2:
        me, most = psutil.Process(), int(sys.argv[2])
        for n in range(most):
            ocr.recognise(greys[n % len(greys)])
            if (n + 1) % 50 == 0:
                print(f"{n + 1} pages: {me.memory_info().rss / 1e6:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
