"""Units by the mean of their cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casereview.judging.score import UNDECIDED
from casereview.record.heads import Tally, head_of, tally_of
from casereview.record.result import CaseResult, Result, UnitResult


@dataclass(frozen=True)
class UnitRank:
    """A unit in a run: its cases, their mean score and grades, what fails and what is open.
    ``systems``: its score on the list of the three systems, with the range in which it may move
    (None where under half was judged); ``rank``: None without a mean.
    """

    batch: str
    unit: str
    cases: int
    mean: float | None
    grades: dict[str, int]
    fails: int
    open: int
    vetoed: int
    unread: int
    systems: float | None = None
    systems_low: float | None = None
    systems_high: float | None = None
    rank: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def counts(result: Result) -> Counter[str]:
    """How many items have which status, after rulings."""
    return Counter(f.effective for f in result.findings)


def ranking(results: Sequence[CaseResult], of_units: Sequence[UnitResult] = ()) -> list[UnitRank]:
    """Units by mean score of their decided cases, best first; cases without a score are counted but
    not averaged.
    """
    return ranked((tally_of(head_of(r)) for r in results), of_units)


def ranked(tallies: Iterable[Tally], of_units: Sequence[UnitResult] = ()) -> list[UnitRank]:
    """The same, of cases that were counted already."""
    systems = {(u.batch, u.unit): u for u in of_units}
    by: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for t in tallies:
        by[t.batch, t.unit].append(t)
    rows = [_rank(*unit, own, systems.get(unit)) for unit, own in by.items()]
    rows.sort(key=lambda r: (1 if r.mean is None else -r.mean, r.batch, r.unit))
    return _ranked(rows)


def _rank(batch: str, unit: str, own: Sequence[Tally], of: UnitResult | None) -> UnitRank:
    """A unit, not placed yet."""
    grades: Counter[str] = Counter()
    for t in own:
        grades[t.grade] += t.cases
    return UnitRank(
        batch=batch,
        unit=unit,
        cases=sum(t.cases for t in own),
        mean=_mean(own),
        grades={grade: n for grade, n in sorted(grades.items()) if n},
        fails=sum(t.fails for t in own),
        open=sum(t.review for t in own),
        vetoed=sum(t.vetoed for t in own),
        unread=sum(t.unread for t in own),
        systems=_systems(of),
        systems_low=of.score_low if of else None,
        systems_high=of.score_high if of else None,
    )


def _systems(u: UnitResult | None) -> float | None:
    """The score on the list of the three systems; None where under half was judged."""
    return None if u is None or u.grade == UNDECIDED else u.score


def _mean(own: Sequence[Tally]) -> float | None:
    scored = [(t.score, t.cases) for t in own if t.score is not None and t.grade != UNDECIDED]
    cases = sum(n for _, n in scored)
    if not cases:
        return None
    mean = sum((Decimal(str(score)) * n for score, n in scored), Decimal(0)) / cases
    return float(mean.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _ranked(rows: list[UnitRank]) -> list[UnitRank]:
    """Rows in order -> with their ranks; equals share one, those without a mean have none."""
    out: list[UnitRank] = []
    for i, r in enumerate(rows, 1):
        tied = bool(out) and out[-1].mean == r.mean
        rank = out[-1].rank if tied else i
        out.append(replace(r, rank=None if r.mean is None else rank))
    return out
