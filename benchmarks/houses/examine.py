"""Draw houses, let the program review them, and say how well it did.

    python benchmarks/houses/examine.py --part development --houses 6 --cases 4 --seed 1
    python benchmarks/houses/examine.py --drawn FOLDER           (a set that draw.py has made)

Prints a table; --json FILE keeps all numbers; --false lists each false accusation with house and
passage. The examination part (seeds 1000 and up) is for measuring only: do not read its words, its
papers or its accusations while mending (--false is refused there unless --look is given).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from drawing.draw import draw_set  # noqa: E402
from drawing.mutation import MUTATIONS  # noqa: E402
from drawing.procedure import NAMES  # noqa: E402
from drawing.score import compare  # noqa: E402

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


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=("development", "examination"), default="development")
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
    parser.add_argument("--false", action="store_true", help="list each false accusation")
    parser.add_argument("--look", action="store_true", help="allow --false on the examination part")
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


def table(result: dict[str, Any]) -> str:
    """The numbers as text."""
    lines = [f"{'':22s}" + "".join(f"{c[:14]:>15s}" for c in COLUMNS)]

    def line(name: str, row: dict[str, Any]) -> str:
        cells = ["-" if row[c] is None else f"{row[c]:.3g}" for c in COLUMNS]
        return f"{name:22s}" + "".join(f"{c:>15s}" for c in cells)

    lines.append(line("all", result["total"]))
    for group in ("by_procedure", "by_format", "by_house"):
        lines += [line(name, row) for name, row in result[group].items()]
    lines.append(f"\n{'item':40s} must found asked missed false review/decided")
    for name, c in result["items"].items():
        if c.get("must") or c.get("false") or c.get("review"):
            cells = [
                c.get(k, 0)
                for k in ("must", "found", "asked", "missed", "false", "review", "decided")
            ]
            lines.append(
                f"{name:40s} {cells[0]:4d} {cells[1]:5d} {cells[2]:5d} {cells[3]:6d} {cells[4]:5d}"
                f" {cells[5]:3d}/{cells[6]}"
            )
    lines.append("\nfacts read wrongly or not at all")
    for name, c in result["facts"].items():
        if c["facts_right"] < c["facts"]:
            lines.append(
                f"  {name:28s} {c['facts_right']}/{c['facts']}, absent {c.get('facts_absent', 0)}"
            )
    lines.append("\nkinds taken for others")
    lines += [f"  {n:3d}  {want} -> {got}" for want, got, n in result["wrong_kinds"][:30]]
    if result["without_result"]:
        lines += ["\nwithout a result:", *(f"  {x}" for x in result["without_result"])]
    if result["results_that_are_no_case"]:
        lines.append(f"\ntaken for cases that are none: {len(result['results_that_are_no_case'])}")
    return "\n".join(lines)


def accusations(result: dict[str, Any]) -> str:
    """Each false accusation with house and passage."""
    lines = ["\nfalse accusations"]
    for x in result["false"]:
        lines.append(
            f"  {x['check']}  [{x['house']}, {x['format']}]  {x['case']}\n      {x['passage']}"
        )
    return "\n".join(lines)


def main() -> None:
    """Draw, review, compare, print."""
    given = arguments()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        drawn = given.drawn
        if not drawn:
            drawn = work / "drawn"
            first = given.seed or (1 if given.part == "development" else 1000)
            draw_set(
                drawn,
                given.part,
                range(first, first + given.houses),
                given.cases,
                [x for x in given.formats.split(",") if x],
                given.procedures.split(","),
                [x for x in given.mutate.split(",") if x],
            )
        lines = (drawn / "labels.jsonl").read_text("utf-8").splitlines()
        labels = [json.loads(line) for line in lines]
        result = compare(labels, review(given.tree.resolve(), drawn.resolve(), work.resolve()))
    print(table(result))
    secret = any(label["style"].startswith("examination") for label in labels)
    if given.false and (given.look or not secret):
        print(accusations(result))
    if given.json:
        kept = (
            result
            if given.look or not secret
            else {k: v for k, v in result.items() if k != "false"}
        )
        given.json.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
