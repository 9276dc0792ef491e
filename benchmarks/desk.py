"""How quick the reviewer's desk answers: medians over many requests, as a browser on the same
machine waits for them (without painting), and the time that the processor works for one: on a
machine that has other things to do the second tells more.

    python benchmarks/desk.py [CASES]        a store of so many cases (500) made from the samples

Lines of the issue: list of 500 cases 300 ms, picture of a page 200 ms, next open item 150 ms.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
from starlette.testclient import TestClient

from casereview.desk.app import build
from casereview.desk.office import Setting
from casereview.desk.sessions import Sessions
from casereview.reading.intake import find_cases
from casereview.record.applied import editions_of
from casereview.record.result import CaseResult
from casereview.record.store import Store
from casereview.rules.rulebook import load_rules
from casereview.run.campaign import run_row
from casereview.run.local import Local, Standby
from casereview.run.pages import SECONDS
from casereview.run.work import Task, score_case

SAMPLES = Path(__file__).parent.parent / "samples" / "2025年度评查"
HOST = "127.0.0.1:8123"
TIMES, PAGES = 15, 20
LIMITS = {"list of cases": 300, "picture of a page": 200, "verdict and next open item": 150}


def many(results: list[CaseResult], count: int) -> Iterator[CaseResult]:
    """So many cases: the samples again and again, each time other files."""
    for n, r in zip(range(count), itertools.cycle(results), strict=False):
        again = n // len(results)
        named = f"{r.case}" if not again else f"{r.unit}/之{again} {r.title}"
        findings = tuple(
            replace(f, identity=hashlib.sha256(f"{again}{f.identity}".encode()).hexdigest()[:32])
            for f in r.findings
        )
        yield replace(r, case=named, case_key=f"{r.case_key}/{again}", findings=findings)


def filled(path: Path, count: int) -> int:
    """A store with one run of so many cases. Returns the number of one that is a PDF of many pages
    and lies on the disk.
    """
    rules = load_rules()
    results = [score_case(Task(ref), rules) for ref in find_cases(SAMPLES)]
    store = Store(path)
    store.save_editions(editions_of(rules))
    run = store.start_run(run_row(SAMPLES, rules, "2026-05-06T00:00:00Z", "2026-05-06", "{}"))
    for r in many(results, count):
        store.save_case(run, r)
    store.finish_run(run, "2026-05-06T00:00:00Z")
    merged = next(r.case for r in results if r.files[0].pages > PAGES)
    number = [r.case for r in store.results(run)].index(merged) + 1
    store.close()
    return number


Took = tuple[float, float]  # milliseconds: waited, worked


def worked() -> float:
    """Seconds that the processor worked for this program and those that it started."""
    own = psutil.Process()
    return sum(sum(p.cpu_times()[:2]) for p in [own, *own.children()])


def median(act: Callable[[], object], times: int = TIMES) -> Took:
    """What it takes: waited, the median of many; worked, the mean."""
    waited, before = [], worked()
    for _ in range(times):
        start = time.perf_counter()
        act()
        waited.append(1000 * (time.perf_counter() - start))
    return statistics.median(waited), 1000 * (worked() - before) / times


class Sitting:
    """A browser at a desk over a store. Every picture is drawn for the first time."""

    def __init__(self, db: Path):
        sessions, moments = Sessions(), itertools.count()
        setting = Setting(
            db,
            (),
            lambda: f"2026-05-06T08:00:00.{next(moments):06}Z",
            lambda: dt.date(2026, 5, 6),
            lambda: Local(1),
            lambda: Standby(SECONDS),
        )
        headers = {"host": HOST, "origin": f"http://{HOST}"}
        app = build(setting, sessions, (HOST,))
        self.client = TestClient(app, base_url=f"http://{HOST}", headers=headers)
        self.pages = itertools.count(1)

    def __enter__(self) -> Sitting:
        self.client.__enter__()
        self.get("/in/" + self.sessions_link())
        return self

    def __exit__(self, *fault: object) -> None:
        self.client.__exit__(*fault)

    def sessions_link(self) -> str:
        """A link for the browser."""
        return self.client.app.sessions.link("量")  # type: ignore[attr-defined]

    def get(self, path: str) -> str:
        """A page."""
        got = self.client.get(path)
        assert got.status_code == 200, (path, got.status_code, got.text[:300])
        return got.text if "text" in got.headers["content-type"] else ""

    def say(self, case: int) -> None:
        """Open a case, say 合格 of what waits, and see what comes next."""
        self.at = getattr(self, "at", "") or self.get(f"/r/1/c/{case}")
        key = re.search(r'name="key" value="([^"]+)"', self.at)
        action = re.search(r'action="([^"]+/say)"', self.at)
        assert key and action
        got = self.client.post(action[1], data={"word": "合格", "key": key[1]})
        self.at = got.text


def measured(db: Path, number: int) -> dict[str, Took]:
    """What -> what it takes. ``number``: the case that is opened."""
    with Sitting(db) as desk:
        there, pages = f"/r/1/c/{number}", itertools.count(1)
        desk.get("/r/1/cases")
        desk.get(there)
        return {
            "list of cases": median(lambda: desk.get("/r/1/cases")),
            "state of the round": median(lambda: desk.get("/r/1"), 5),
            "a case is opened": median(lambda: desk.get(there), 8),
            "picture of a page": median(lambda: desk.get(f"{there}/f/0/{next(pages)}.jpg")),
            "verdict and next open item": median(lambda: desk.say(number), 4),
        }


def main() -> None:
    """The table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder, "desk.db")
        number = filled(db, count)
        for what, (waited, cpu) in measured(db, number).items():
            limit = f"  (≤ {LIMITS[what]})" if what in LIMITS else ""
            print(f"{what:28} waited {waited:5.0f} ms, worked {cpu:5.0f} ms{limit}")


if __name__ == "__main__":
    main()
