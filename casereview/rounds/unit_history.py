"""Units over the rounds: rank, rectified share, faults that come back, and who is due for a second
visit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casereview.model import FAIL
from casereview.record.entries import CaseOutcome
from casereview.rounds.change import AGAIN, FIXED, NEW, Change
from casereview.rounds.history import History
from casereview.rounds.ranking import UnitRank, ranking


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


@dataclass
class _Tally:
    """What is counted for one unit while the runs are gone through."""

    points: list[Point] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    repeats: Counter[str] = field(default_factory=Counter)


def unit_histories(history: History) -> list[UnitHistory]:
    """Every unit, by its place in the last run."""
    runs = history.complete()
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    before = None
    for run in runs:
        changes: Sequence[Change] = history.compare(before, run).changes if before else ()
        for c in changes:
            if c.change in (NEW, AGAIN) and c.check in tallies[c.unit].failed:
                tallies[c.unit].repeats[c.check] += 1
        for rank in ranking(history.results(run)):
            own = [c for c in changes if c.unit == rank.unit]
            tallies[rank.unit].points.append(_point(run, history.as_of(run), rank, own))
        for r in history.results(run):
            tallies[r.unit].failed |= {f.check for f in r.findings if f.failed}
        before = run
    out = [_of(history, unit, t) for unit, t in tallies.items() if t.points]
    return sorted(out, key=lambda c: _place(c, runs[-1]))


def _place(c: UnitHistory, last: int) -> tuple[bool, bool, int, str]:
    """Units of the last run first, by rank."""
    p = c.points[-1]
    return p.run != last, p.rank is None, p.rank or 0, c.unit


def _point(run: int, as_of: str, rank: UnitRank, changes: Sequence[Change]) -> Point:
    return Point(
        run,
        as_of,
        rank.cases,
        rank.mean,
        rank.rank,
        rank.vetoed,
        rank.fails,
        told=sum(c.status_from == FAIL and bool(c.case_from and c.case_to) for c in changes),
        fixed=sum(c.change == FIXED for c in changes),
        again=sum(c.change == AGAIN for c in changes),
    )


def _of(history: History, unit: str, tally: _Tally) -> UnitHistory:
    names = {i.id: i.name for edition in history.editions.values() for i in edition.items}
    repeats = [(i, names.get(i, i), n) for i, n in tally.repeats.items()]
    ends = Counter(
        e.body.outcome for e in history.journal.entries(CaseOutcome) if e.body.unit == unit
    )
    return UnitHistory(
        unit,
        tuple(tally.points),
        tuple(sorted(repeats, key=lambda x: (-x[2], x[0]))),
        tuple(sorted(ends.items())),
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
        "runs": [asdict(p) for p in c.points],
        "repeats": [{"check": i, "name": n, "times": k} for i, n, k in c.repeats],
        "outcomes": dict(c.outcomes),
    }
