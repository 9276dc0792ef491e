"""Units over the rounds: rank, rectified share, faults that come back, and who is due for a second
visit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from casereview.record.edition import fault_name
from casereview.record.entries import CaseOutcome
from casereview.rounds.change import AGAIN, NEW, Change
from casereview.rounds.history import History
from casereview.rounds.ranking import UnitRank, ranked
from casereview.rounds.rate import Rate, rates

FEW = 50  # percent of the faults of the round before: so few put right calls for a visit


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
    rate: Rate = Rate()


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
        """Share of what was due of the faults of the round before, in percent."""
        return self.points[-1].rate.percent


@dataclass
class _Tally:
    """What is counted for one unit while the runs are gone through."""

    points: list[Point] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    repeats: Counter[str] = field(default_factory=Counter)

    def repeat(self, changes: Sequence[Change]) -> None:
        """Count what fails anew though it failed in an earlier round."""
        self.repeats.update(
            c.check for c in changes if c.change in (NEW, AGAIN) and c.check in self.failed
        )


def unit_histories(history: History) -> list[UnitHistory]:
    """Every unit, by its place in the last run."""
    runs = history.complete()
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    before = 0
    for run in runs:
        changes: dict[str, list[Change]] = defaultdict(list)
        for c in history.compare(before, run).changes if before else ():
            changes[c.unit].append(c)
        for unit, own in changes.items():
            tallies[unit].repeat(own)
        known = rates(history, before, run) if before else {}
        for rank in ranked(history.tallies(run)):
            rate = known.get(rank.unit, Rate())
            point = _point(run, history.as_of(run), rank, changes[rank.unit], rate)
            tallies[rank.unit].points.append(point)
        for unit, failed in history.failed(run).items():
            tallies[unit].failed |= failed
        before = run
    out = [_of(history, unit, t) for unit, t in tallies.items() if t.points]
    return sorted(out, key=lambda c: _place(c, before))


def _place(c: UnitHistory, last: int) -> tuple[bool, bool, int, str]:
    """Units of the last run first, by rank."""
    p = c.points[-1]
    return p.run != last, p.rank is None, p.rank or 0, c.unit


def _point(run: int, as_of: str, rank: UnitRank, changes: Sequence[Change], rate: Rate) -> Point:
    return Point(
        run,
        as_of,
        rank.cases,
        rank.mean,
        rank.rank,
        rank.vetoed,
        rank.fails,
        told=rate.due,
        fixed=rate.done,
        again=sum(c.change == AGAIN for c in changes),
        rate=rate,
    )


def _of(history: History, unit: str, tally: _Tally) -> UnitHistory:
    items = {i.id: i for edition in history.editions.values() for i in edition.items}
    repeats = [(i, fault_name(items.get(i), i), n) for i, n in tally.repeats.items()]
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
    ranked = [c for c in rows if c.points[-1].rank is not None]
    tail = {c.unit for c in ranked[-worst:]} if len(ranked) > worst else set()
    out = []
    for c in rows:
        why = [f"排名第 {c.points[-1].rank}，在末 {worst} 名"] if c.unit in tail else []
        why += _reasons(c, overdue.get(c.unit, 0))
        if why:
            out.append((c.unit, why))
    return sorted(out, key=lambda x: (-len(x[1]), x[0]))


def _reasons(c: UnitHistory, overdue: int) -> list[str]:
    """Why a unit should be visited whatever its rank."""
    p = c.points[-1]
    told = (
        (p.vetoed, f"有 {p.vetoed} 卷被否决"),
        (p.again, f"{p.again} 个问题改正后再次出现"),
        (c.repeats, f"{len(c.repeats)} 类问题以前出现过、这一轮又有新的"),
        (c.rate is not None and c.rate <= FEW, f"上一轮问题整改率只有 {p.rate.short}"),
        (overdue, f"{overdue} 个问题逾期未整改或者未反馈"),
    )
    return [text for applies, text in told if applies]


def as_dict(c: UnitHistory) -> dict[str, Any]:
    """For --json."""
    return {
        "unit": c.unit,
        "rate": None if c.rate is None else float(c.rate),
        "runs": [asdict(p) for p in c.points],
        "repeats": [{"check": i, "name": n, "times": k} for i, n, k in c.repeats],
        "outcomes": dict(c.outcomes),
    }
