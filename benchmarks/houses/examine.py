"""Draw houses, let the program review them, and say how well it did.

    python benchmarks/houses/examine.py --part development --houses 6 --cases 4 --seed 1
    python benchmarks/houses/examine.py --drawn FOLDER           (a set that draw.py has made)

Prints a table; --json FILE keeps all numbers; --false, --misses, --open and --facts list each false
accusation, fault not found, open item and differing fact with house and passage. The examination
part (seeds 1000 and up) is for measuring only: do not read its words, its papers or its accusations
while mending (the lists are refused there unless --look is given).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from drawing.draw import draw_set  # noqa: E402
from drawing.mutation import MUTATIONS  # noqa: E402
from drawing.procedure import NAMES  # noqa: E402
from drawing.score import compare  # noqa: E402
from drawing.words import EDITION, PARTS, SEEDS, UNREAD  # noqa: E402

REVIEWED = "2026-06-30"
COLUMNS = (
    "cases",
    "found_share",
    "asked",
    "missed",
    "false",
    "false_a_case",
    "lawful_accused",
    "review_share",
    "kinds",
    "boundary_f1",
    "facts",
)
LISTS = {  # in the result: the option that prints it, its head
    "false": ("false", "false accusations"),
    "misses": ("misses", "faults not found"),
    "open": ("open", "left open"),
    "facts_wrong": ("facts", "facts that differ: wanted, and read"),
}


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=PARTS, default="development")
    parser.add_argument("--procedures", default="ordinary", help=f"by commas: {','.join(NAMES)}")
    parser.add_argument("--houses", type=int, default=6)
    parser.add_argument("--cases", type=int, default=4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--formats", default="")
    parser.add_argument(
        "--mutate", default="", help=f"disturb the structure: {','.join(MUTATIONS)}"
    )
    parser.add_argument("--drawn", type=Path, help="a set that is drawn already")
    parser.add_argument(
        "--tree", type=Path, default=HERE.parent.parent, help="the program's folder"
    )
    parser.add_argument("--keep", type=Path, help="where the set and the store stay")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--note", type=Path, help="append the totals to this file, for curve.py")
    parser.add_argument("--as", dest="name", default="", help="what was examined, for --note")
    parser.add_argument("--false", action="store_true", help="list each false accusation")
    parser.add_argument("--misses", action="store_true", help="list each fault not found")
    parser.add_argument("--open", action="store_true", help="list what is left open without cause")
    parser.add_argument("--facts", action="store_true", help="list each fact that differs")
    parser.add_argument("--look", action="store_true", help="allow lists on the examination part")
    return parser.parse_args()


def review(tree: Path, drawn: Path, work: Path) -> list[dict[str, Any]]:
    """What the program says of a drawn set: its export."""
    base = work / "exam.db"
    base.unlink(missing_ok=True)
    env = {**os.environ, "PYTHONPATH": str(tree)}
    call = [sys.executable, "-m", "casereview"]
    scored = subprocess.run(
        [*call, "score", str(drawn), "--db", str(base), "--as-of", REVIEWED],
        env=env,
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if scored.returncode not in (0, 1, 6):
        sys.exit(f"score ended with {scored.returncode}:\n{scored.stderr[-2000:]}")
    out = subprocess.run(
        [*call, "export", "--db", str(base), "--format", "jsonl"],
        env=env,
        cwd=work,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in out.stdout.splitlines() if line.strip()]


def _cells(row: dict[str, Any]) -> list[str]:
    """The shown numbers of one row."""
    return ["-" if row[c] is None else f"{row[c]:.3g}" for c in COLUMNS]


def _items(items: dict[str, dict[str, int]]) -> list[str]:
    """The items that were broken, blamed or left open."""
    keys = ("must", "found", "asked", "missed", "false", "review", "decided")
    lines = [f"\n{'item':40s} {' '.join(f'{k:>7s}' for k in keys)}"]
    for name, c in items.items():
        if c.get("must") or c.get("false") or c.get("review"):
            lines.append(f"{name:40s} {' '.join(f'{c.get(k, 0):7d}' for k in keys)}")
    return lines


def table(result: dict[str, Any]) -> str:
    """The numbers as text."""
    rows = {"all": result["total"]}
    for group in ("by_procedure", "by_format", "by_house"):
        rows.update(result[group])
    lines = [f"{'':26s}" + "".join(f"{c[:14]:>15s}" for c in COLUMNS)]
    lines += [f"{k:26s}" + "".join(f"{c:>15s}" for c in _cells(row)) for k, row in rows.items()]
    lines += [*_items(result["items"]), "\nfacts read wrongly or not at all"]
    for name, c in result["facts"].items():
        if c["facts_right"] < c["facts"]:
            absent = c.get("facts_absent", 0)
            lines.append(f"  {name:28s} {c['facts_right']}/{c['facts']}, absent {absent}")
    lines.append("\nkinds taken for others")
    lines += [f"  {n:3d}  {want} -> {got}" for want, got, n in result["wrong_kinds"][:30]]
    if result["without_result"]:
        lines += ["\nwithout a result:", *(f"  {x}" for x in result["without_result"])]
    if strangers := result["results_that_are_no_case"]:
        lines.append(f"\ntaken for cases that are none: {len(strangers)}")
    return "\n".join(lines)


def causes(result: dict[str, Any]) -> str:
    """How often each sentence of the program accused falsely. What it quotes is masked, so that
    the words of the examination part stay unread.
    """
    own = re.compile(r"“[^”]*”|（[^）]*）|《[^》]*》|\d+")
    count = Counter(
        (x["check"], own.sub("…", x["passage"].split(" | ")[0])) for x in result["false"]
    )
    lines = [f"  {n:3d}  {check}: {said}" for (check, said), n in count.most_common(30)]
    return "\n".join(["\nwhat the program said, quotations masked", *lines])


def listing(head: str, rows: list[dict[str, Any]]) -> str:
    """Each row of a list with house and passage."""
    lines = [f"\n{head}"]
    for x in rows:
        lines.append(
            f"  {x['check']}  [{x['house']}, {x['format']}]  {x['case']}\n      {x['passage']}"
        )
    return "\n".join(lines)


def note(given: argparse.Namespace, labels: list[dict[str, Any]], result: dict[str, Any]) -> None:
    """Appends the totals of this run to a file."""
    houses = sorted({label["style"] for label in labels})
    seeds = sorted({int(house.split("-")[-1]) for house in houses})
    row = {
        "name": given.name,
        "part": houses[0].split("-")[0],
        "edition": EDITION,
        "seeds": f"{seeds[0]}–{seeds[-1]}",
        "procedures": sorted({label["procedure"] for label in labels}),
        "houses": houses,
        "total": result["total"],
    }
    with given.note.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def drawn_set(given: argparse.Namespace, work: Path) -> Path:
    """The set to examine: drawn now, or before."""
    if given.drawn:
        folder: Path = given.drawn
        return folder
    drawn = work / "drawn"
    first = given.seed or SEEDS[given.part][0]
    draw_set(
        drawn,
        given.part,
        range(first, first + given.houses),
        given.cases,
        [x for x in given.formats.split(",") if x],
        given.procedures.split(","),
        [x for x in given.mutate.split(",") if x],
    )
    return drawn


def main() -> None:
    """Draw, review, compare, print."""
    given = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        drawn = drawn_set(given, work)
        lines = (drawn / "labels.jsonl").read_text("utf-8").splitlines()
        labels = [json.loads(line) for line in lines]
        result = compare(labels, review(given.tree.resolve(), drawn.resolve(), work.resolve()))
    print(table(result), causes(result), sep="\n")
    secret = any(label["style"].startswith(UNREAD) for label in labels)
    for key, (option, head) in LISTS.items():
        if secret and not given.look:
            del result[key]
        elif getattr(given, option):
            print(listing(head, result[key]))
    if given.json:
        given.json.write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    if given.note:
        note(given, labels, result)


if __name__ == "__main__":
    main()
