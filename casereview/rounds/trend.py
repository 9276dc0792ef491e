"""Units as people ask for them: one by its name, and all of them over the rounds with who is due
for a second visit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from casereview.errors import NotUnique
from casereview.record.result import UnitResult
from casereview.rounds.history import History
from casereview.rounds.rectification import items
from casereview.rounds.unit_history import UnitHistory, as_dict, due, unit_histories


def unit_named(history: History, run: int, name: str) -> UnitResult:
    """The unit of this name, or the only one whose name contains it, by the list of the three
    systems. Raises UsageError.
    """
    every = history.units(run)
    hits = [u for u in every if u.unit == name] or [u for u in every if name in u.unit]
    if len(hits) == 1:
        return hits[0]
    names = "、".join(u.unit for u in (hits or every)[:12])
    known = f"有：{names}" if names else "本次评查没有单位层面的结果。"
    raise NotUnique(f"“{name}”对应 {len(hits)} 个单位。{known}")


@dataclass(frozen=True)
class Trend:
    """Units over the rounds, and who is due for a second visit for which reasons."""

    units: tuple[UnitHistory, ...]
    visits: tuple[tuple[str, list[str]], ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "units": [as_dict(u) for u in self.units],
            "visit": [{"unit": u, "why": why} for u, why in self.visits],
        }


def trend_of(history: History, today: str, unit: str, worst: int) -> Trend:
    """The units whose name contains ``unit``, and everyone who is due. ``worst``: so many at the
    end of the ranking are due in any case.
    """
    overdue = Counter(i.unit for i in items(history, today) if i.overdue)
    rows = unit_histories(history)
    shown = tuple(u for u in rows if unit in u.unit)
    return Trend(shown, tuple(due(rows, overdue, worst)))
