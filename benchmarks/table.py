"""Every figure of speed with its limit, written into docs/measurements.md between two marks.

python benchmarks/table.py [--only start again speed] [--out FILE]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import again
import speed
import start
from ratios import ROOT, Figure

SAMPLES = ROOT / "samples" / "2025年度评查"
PAGE = ROOT / "docs" / "measurements.md"
BEGINS, ENDS = "<!-- speed -->", "<!-- end of speed -->"
EVERY: dict[str, tuple[str, Callable[[], list[Figure]]]] = {
    "start": ("Start-up", start.figures),
    "again": ("Scoring again (samples)", lambda: again.figures(SAMPLES, 100)),
    "speed": ("Digital lane and workers (samples)", lambda: speed.figures(SAMPLES, 3, 64)),
}


def row(figure: Figure) -> str:
    """One line of the table."""
    sign = "≥" if figure.floor else "≤"
    limit = f"{sign} {figure.limit:g}{figure.unit}" if figure.limit else ""
    kept = "" if not figure.limit else "yes" if figure.kept else "**no**"
    return f"| {figure.name} | {figure.value:.3g}{figure.unit} | {limit} | {kept} |"


def table(names: list[str]) -> str:
    """The section of the page."""
    lines = [
        BEGINS,
        "## Speed",
        "",
        "`python benchmarks/table.py`. CPU seconds (user and system), the best of a few tries, but"
        " for workers, which are timed by the clock.",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}.",
        "",
        "| figure | value | limit | kept |",
        "|---|---|---|---|",
    ]
    for name in names:
        title, figures = EVERY[name]
        lines += [f"| *{title}* | | | |", *map(row, figures())]
    return "\n".join([*lines, ENDS])


def put(page: str, section: str) -> str:
    """The page with the section in its place, at the end where it has none yet."""
    before, found, rest = page.partition(BEGINS)
    after = rest.partition(ENDS)[2].strip() if found else ""
    return f"{before.rstrip()}\n\n{section}\n" + (f"\n{after}\n" if after else "")


def main() -> int:
    """Measure, and write."""
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--only", nargs="*", choices=EVERY, default=list(EVERY))
    a.add_argument("--out", type=Path, default=PAGE)
    o = a.parse_args()
    text = o.out.read_text("utf-8") if o.out.exists() else ""
    o.out.write_text(put(text, table(o.only)), "utf-8")
    print(o.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
