"""Draw invented houses and their case files, with labels.

    python benchmarks/houses/draw.py --part development --houses 6 --cases 4 --seed 1 OUT

House n gets seed SEED + n. Seeds 1 to 999 belong to the parts that are mended on (development,
second, third), 1000 and up to the examination part, whose words nobody who mends the program
reads. OUT gets 批次/单位/案卷, labels.jsonl and stories.jsonl. Needs the extra `samples` and, for
scans, the fonts named in drawing/fonts.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from drawing.draw import FORMATS, draw_set  # noqa: E402
from drawing.mutation import MUTATIONS  # noqa: E402
from drawing.procedure import NAMES  # noqa: E402
from drawing.words import PARTS, SEEDS  # noqa: E402


def main() -> None:
    """Parse and draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=PARTS, default="development")
    parser.add_argument("--houses", type=int, default=6)
    parser.add_argument("--cases", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--procedures", default="ordinary", help=f"by commas: {','.join(NAMES)}")
    parser.add_argument(
        "--mutate", default="", help=f"disturb the structure: {','.join(MUTATIONS)}"
    )
    parser.add_argument("--formats", default="", help=f"only these, by commas: {','.join(FORMATS)}")
    given = parser.parse_args()
    low, high = SEEDS[given.part]
    if not low <= given.seed <= given.seed + given.houses - 1 <= high:
        parser.error(f"seeds of the {given.part} part lie between {low} and {high}")
    rows = draw_set(
        given.out,
        given.part,
        range(given.seed, given.seed + given.houses),
        given.cases,
        [x for x in given.formats.split(",") if x],
        given.procedures.split(","),
        [x for x in given.mutate.split(",") if x],
    )
    faults = sum(len(row["must_fail"]) for row in rows)
    print(json.dumps({"cases": len(rows), "faults": faults, "out": str(given.out)}))


if __name__ == "__main__":
    main()
