"""What ten questions a unit are worth: the labels of a set play the lawyer who answers.

    python benchmarks/houses/questions.py SET [--keep FOLDER] [--strict] [--show]

SET is a labelled or drawn set (labels.jsonl beside the folders of the cases). It is reviewed once
as it is and again after 3, 5 and 10 questions a unit. The lawyer knows the labels only: a title is
the kind that the labels give the page; a fact stands where the values are the labelled ones in
most of the files that show them, as one who looks at a few pages would say (--strict: in every
file); what the labels do not tell is waved away. --show prints each question with its answer; it is
refused on the examination part, whose words stay unread.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from drawing.score import compare, same  # noqa: E402
from drawing.words import UNREAD  # noqa: E402

from casereview.papers.house import Entry  # noqa: E402
from casereview.record.result import to_data  # noqa: E402
from casereview.record.store import Store  # noqa: E402
from casereview.rounds.questions import Question  # noqa: E402
from casereview.run.campaign import Order, score_folder  # noqa: E402
from casereview.run.decisions import Actor  # noqa: E402
from casereview.run.learning import ask, keep, unit_files  # noqa: E402
from casereview.run.listener import Listener  # noqa: E402
from casereview.run.local import Local  # noqa: E402

REVIEWED = dt.date(2026, 6, 30)
STAGES = (3, 5, 10)
MOSTLY = 2  # right so many times as often as wrong
NOW = "2026-06-30T00:00:00.000000Z"
LAWYER = Actor("标注", NOW, REVIEWED)
COLUMNS = ("false", "false_a_case", "found_share", "found", "asked", "missed", "review_share")
Row = dict[str, Any]
# facts that the labels give under another paper
ELSEWHERE = ("处罚决定书", "立案审批表", "结案审批表")


class Lawyer:
    """Answers from the labels alone."""

    def __init__(self, labels: Iterable[Row], strict: bool = False):
        self.strict = strict
        self.labels = {row["case"]: row for row in labels}

    def answer(self, q: Question) -> Entry:
        """What the labels say to a question; to wave it away where they say nothing."""
        return (self._title(q) if q.title else self._fact(q)) or Entry(skipped=q.name)

    def _title(self, q: Question) -> Entry | None:
        kinds: Counter[str] = Counter()
        for case, place in q.seen:
            for d in self.labels[case]["documents"]:
                if d["file"] == place.file and d["page_from"] <= place.page <= d["page_to"]:
                    kinds[d["kind"]] += 1
        if len(kinds) != 1:
            return None
        return replace(q.none, paper=next(iter(kinds)))

    def _fact(self, q: Question) -> Entry | None:
        """The choice whose values are the labelled ones in most files."""
        best: tuple[int, Entry] | None = None
        for choice in q.choices:
            right, wrong = self._agrees(q, choice.values)
            sure = right and (not wrong if self.strict else right >= MOSTLY * wrong)
            if sure and (best is None or right > best[0]):
                best = right, choice.entry
        return best[1] if best else None

    def _agrees(self, q: Question, values: Iterable[tuple[str, str]]) -> tuple[int, int]:
        by_case: dict[str, list[str]] = {}
        for case, value in values:
            by_case.setdefault(case, []).append(value)
        hits = [
            any(same(q.fact, want, value) for value in got) or same(q.fact, want, "、".join(got))
            for case, got in by_case.items()
            if (want := self._want(case, q.paper, q.fact)) is not None
        ]
        return sum(hits), len(hits) - sum(hits)

    def _want(self, case: str, paper: str, fact: str) -> Any:
        facts = self.labels[case]["facts"]
        names = [f"{p}.{fact}" for p in (paper, *(ELSEWHERE if paper == "卷宗封面" else ()))]
        return next((facts[name] for name in names if name in facts), None)


def measured(store: Store, labels: list[Row]) -> Row:
    """The figures of the last run as it stands."""
    rows = [to_data(r) for r in store.results(store.last_run())]
    total: Row = compare(labels, rows)["total"]
    return total


def line(name: str, row: Row) -> str:
    """One stage as text."""
    cells = ["-" if row[c] is None else f"{row[c]:.3g}" for c in COLUMNS]
    return f"{name:20s}" + "".join(f"{c:>14s}" for c in cells)


def interview(
    store: Store, unit: str, most: int, lawyer: Lawyer, engine: Local, show: bool
) -> tuple[int, int]:
    """Put at most so many questions and keep the answers. Returns how many were put, and how many
    were answered.
    """
    files = unit_files(store, unit)
    put = ask(files, engine).questions[:most]
    entries = [lawyer.answer(q) for q in put]
    for q, entry in zip(put, entries, strict=True) if show else ():
        print(f"  {unit}  [{q.value:g}] {q.text}  ->  {entry.sentence()}")
        if entry.skipped:
            print("      ", " | ".join(f"{c.text} {c.reads[:30]}" for c in q.choices[:5]))
    done = keep(store, files, entries, LAWYER, engine)
    if show:
        print("  moved", Counter((m.before, m.after) for m in done.moved).most_common())
    return len(put), sum(not e.skipped for e in entries)


def main() -> None:
    """Review, ask, review again."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", type=Path)
    parser.add_argument("--keep", type=Path, help="where the store and the houses stay")
    parser.add_argument("--strict", action="store_true", help="right in every file or waved away")
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    text = (given.set / "labels.jsonl").read_text("utf-8").splitlines()
    labels = [{"medium": row["format"], **row} for row in map(json.loads, filter(str.strip, text))]
    if given.show and any(row["style"].startswith(UNREAD) for row in labels):
        parser.error(f"the words of the {UNREAD} part stay unread: no --show")
    with tempfile.TemporaryDirectory() as temporary:
        work = given.keep or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        run(given.set, work / "questions.db", labels, Lawyer(labels, given.strict), given.show)


def run(folder: Path, db: Path, labels: list[Row], lawyer: Lawyer, show: bool) -> None:
    """Every stage, printed as it ends."""
    engine = Local(2)
    score_folder(Order(folder, db, REVIEWED.isoformat()), engine, lambda: NOW, Listener())
    store = Store(db)
    units = sorted({r.unit for r in store.results(store.last_run())})
    print(" " * 20 + "".join(f"{c:>14s}" for c in COLUMNS))
    print(line("before", measured(store, labels)), flush=True)
    before = put = answered = 0
    for stage in STAGES:
        for unit in units:
            n, m = interview(store, unit, stage - before, lawyer, engine, show)
            put, answered = put + n, answered + m
        before = stage
        name = f"after {stage}"
        print(line(name, measured(store, labels)), f"  put {put}, answered {answered}", flush=True)


if __name__ == "__main__":
    main()
