"""Units by the mean of their cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casereview.judging.score import UNDECIDED
from casereview.model import FAIL, REVIEW
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
    systems = {(u.batch, u.unit): u for u in of_units}
    by: dict[tuple[str, str], list[CaseResult]] = defaultdict(list)
    for r in results:
        by[r.batch, r.unit].append(r)
    rows = [
        UnitRank(
            batch=batch,
            unit=unit,
            cases=len(cases),
            mean=_mean(cases),
            grades=dict(sorted(Counter(c.grade for c in cases).items())),
            fails=sum(counts(c)[FAIL] for c in cases),
            open=sum(counts(c)[REVIEW] for c in cases),
            vetoed=sum(c.vetoed for c in cases),
            unread=sum(len(c.unread) for c in cases),
            systems=_systems(systems.get((batch, unit))),
            systems_low=of.score_low if (of := systems.get((batch, unit))) else None,
            systems_high=of.score_high if of else None,
        )
        for (batch, unit), cases in by.items()
    ]
    rows.sort(key=lambda r: (1 if r.mean is None else -r.mean, r.batch, r.unit))
    return _ranked(rows)


def _systems(u: UnitResult | None) -> float | None:
    """The score on the list of the three systems; None where under half was judged."""
    return None if u is None or u.grade == UNDECIDED else u.score


def _mean(cases: list[CaseResult]) -> float | None:
    scores = [Decimal(str(c.score)) for c in cases if c.score is not None and c.grade != UNDECIDED]
    if not scores:
        return None
    mean = sum(scores, Decimal(0)) / len(scores)
    return float(mean.quantize(Decimal("0.1"), ROUND_HALF_UP))


def _ranked(rows: list[UnitRank]) -> list[UnitRank]:
    """Rows in order -> with their ranks; equals share one, those without a mean have none."""
    out: list[UnitRank] = []
    for i, r in enumerate(rows, 1):
        tied = bool(out) and out[-1].mean == r.mean
        rank = out[-1].rank if tied else i
        out.append(replace(r, rank=None if r.mean is None else rank))
    return out
