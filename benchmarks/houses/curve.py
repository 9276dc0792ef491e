"""The curve of false accusations and misses over the houses seen, from the notes of examine.py.

    python benchmarks/houses/curve.py docs/examination.jsonl > docs/examination.md

Each note is one run of `examine.py --note docs/examination.jsonl --as NAME`; NAME says what was
examined (a version, a commit). Only first runs of a fresh draw belong into the notes. The
vocabulary edition counts the rotations: the words of edition 1 are the part `second` now, those
of edition 2 the part `third`, those of edition 3 the part `fourth`, those of edition 4 the part
`fifth`, those of edition 5 the part `sixth`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HEAD = (
    "| version | part | edition | seeds | procedures | houses so far | cases | found |"
    " false a case | lawful files accused | 待复核 | kinds | boundaries | facts |"
)


def cell(value: float | None) -> str:
    """A share as a percentage."""
    return "–" if value is None else f"{100 * value:.0f} %"


def edition(note: dict[str, Any]) -> int:
    """Which vocabulary the houses were drawn from; the first notes do not say."""
    return int(note.get("edition", 1))


def line(note: dict[str, Any], seen: int) -> str:
    """One run as a row."""
    t = note["total"]
    shares = [cell(t[k]) for k in ("review_share", "kinds", "boundary_f1", "facts")]
    cells = [
        note["name"],
        note["part"],
        str(edition(note)),
        note["seeds"],
        "、".join(note["procedures"]),
        str(seen),
        str(t["cases"]),
        cell(t["found_share"]),
        f"{t['false_a_case']:.2f}",
        f"{t['lawful_accused']}/{t['lawful']}",
        *shares,
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    notes = [json.loads(x) for x in Path(sys.argv[1]).read_text("utf-8").splitlines() if x.strip()]
    print("# The examination over the houses seen\n")
    print("Made by `python benchmarks/houses/curve.py docs/examination.jsonl`; first runs only.\n")
    print(
        "Edition: which vocabulary was the examination part. Edition 1 was looked at after its"
        " last row and is the part `second`\nsince, edition 2 is `third`, edition 3 is `fourth`"
        " since 2026-11-27, editions 4 and 5 are `fifth` and `sixth`\nsince 2026-11-28; rows of"
        " different editions are different examinations.\n"
    )
    print(HEAD)
    print("|" + "---|" * (HEAD.count("|") - 1))
    seen: dict[tuple[str, int], set[str]] = {}
    for note in notes:
        houses = seen.setdefault((note["part"], edition(note)), set())
        houses.update(note["houses"])
        print(line(note, len(houses)))


if __name__ == "__main__":
    main()
