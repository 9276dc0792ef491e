"""Units over the rounds: rank, rectified share, faults that come back, and who is due for a second
visit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casereview.model import FAIL
from casereview.rounds.compare import AGAIN, FIXED, NEW
from casereview.rounds.history import History
from casereview.rounds.ranking import units as ranking


@dataclass(frozen=True)
class Point:
    """A unit in one run."""

    run: int
    as_of: str
    cases: int
    mean: float | None
    rank: int | None
    vetoed: int
    fails: int
    told: int = 0
    fixed: int = 0
    again: int = 0


@dataclass(frozen=True)
class UnitHistory:
    """A unit over all runs. ``repeats``: items that failed in an earlier round and fail anew, in
    another case or after
    they had been put right, with how often; ``outcomes``: of reconsideration and litigation.
    """

    unit: str
    points: tuple[Point, ...]
    repeats: tuple[tuple[str, str, int], ...]
    outcomes: tuple[tuple[str, int], ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """Share of the faults of the round before that were put right, in percent."""
        p = self.points[-1]
        return (
            (Decimal(100 * p.fixed) / p.told).quantize(Decimal("0.1"), ROUND_HALF_UP)
            if p.told
            else None
        )


def unit_histories(rounds: History) -> list[UnitHistory]:
    """Every unit, by its place in the last run."""
    runs = rounds.complete()
    points: dict[str, list[Point]] = {}
    failed: dict[str, set[str]] = {}
    repeats: dict[str, Counter[str]] = {}
    names: dict[str, str] = {
        x["id"]: x["name"] for card in rounds.editions.values() for x in card["items"]
    }
    for n, run in enumerate(runs):
        results = rounds.results(run)
        told, fixed, again = Counter[str](), Counter[str](), Counter[str]()
        if n:
            for c in rounds.compare(runs[n - 1], run).changes:
                told[c.unit] += c.status_from == FAIL and bool(c.case_from and c.case_to)
                fixed[c.unit] += c.change == FIXED
                again[c.unit] += c.change == AGAIN
                if c.change in (NEW, AGAIN) and c.check in failed.get(c.unit, ()):
                    repeats.setdefault(c.unit, Counter())[c.check] += 1
        for u in ranking(results):
            points.setdefault(u["unit"], []).append(
                Point(
                    run,
                    rounds.as_of(run),
                    u["cases"],
                    u["mean"],
                    u["rank"],
                    u["vetoed"],
                    u["fails"],
                    told[u["unit"]],
                    fixed[u["unit"]],
                    again[u["unit"]],
                )
            )
        for r in results:
            for f in r["findings"]:
                if f["effective"] == FAIL:
                    failed.setdefault(r["unit"], set()).add(f["check"])
    ends = Counter((e.body["unit"], e.body["outcome"]) for e in rounds.events("outcome"))
    out = [
        UnitHistory(
            u,
            tuple(p),
            tuple(
                sorted(
                    ((i, names.get(i, i), n) for i, n in repeats.get(u, {}).items()),
                    key=lambda x: (-x[2], x[0]),
                )
            ),
            tuple(sorted((w, k) for (who, w), k in ends.items() if who == u)),
        )
        for u, p in points.items()
    ]
    return sorted(
        out,
        key=lambda c: (
            c.points[-1].run != (runs[-1] if runs else 0),
            c.points[-1].rank is None,
            c.points[-1].rank or 0,
            c.unit,
        ),
    )


def due(
    rows: list[UnitHistory], overdue: dict[str, int], worst: int = 3
) -> list[tuple[str, list[str]]]:
    """Who should be visited again, and why: the last ``worst`` units, vetoed files, faults that
    came back, lists not answered in time, half or less put right.
    """
    out = []
    ranked = [c for c in rows if c.points[-1].rank is not None]
    tail = {c.unit for c in ranked[-worst:]} if len(ranked) > worst else set()
    for c in rows:
        p = c.points[-1]
        why = [f"排名第 {p.rank}，在末 {worst} 名"] if c.unit in tail else []
        if p.vetoed:
            why.append(f"有 {p.vetoed} 卷被否决")
        if p.again:
            why.append(f"{p.again} 个问题改正后再次出现")
        if c.repeats:
            why.append(f"{len(c.repeats)} 类问题以前出现过、这一轮又有新的")
        if c.rate is not None and c.rate <= 50:
            why.append(f"上一轮问题只改正 {c.rate}%")
        if overdue.get(c.unit):
            why.append(f"{overdue[c.unit]} 个问题逾期未整改或者未反馈")
        if why:
            out.append((c.unit, why))
    return sorted(out, key=lambda x: (-len(x[1]), x[0]))


def as_dict(c: UnitHistory) -> dict[str, Any]:
    """For --json."""
    return {
        "unit": c.unit,
        "rate": None if c.rate is None else float(c.rate),
        "runs": [p.__dict__ for p in c.points],
        "repeats": [{"check": i, "name": n, "times": k} for i, n, k in c.repeats],
        "outcomes": dict(c.outcomes),
    }
