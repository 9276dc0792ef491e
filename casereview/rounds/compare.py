"""Two runs side by side: what became of every finding, and why the score moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from casereview.record.result import CaseResult
from casereview.rounds.case_changes import CaseChanges, same_papers
from casereview.rounds.change import (
    CHECK,
    NEW,
    STATES,
    UNCLAIMED,
    UNTOLD,
    Change,
    Side,
    Sight,
    change_of,
    is_fault,
)
from casereview.rounds.movement import Movement, mean, movement_of
from casereview.rounds.pairing import Pairing, pair_cases

SCHEMA = "casereview.compare/1"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side. ``score``: means over the cases that both runs scored; ``cases``: the
    movement of each of them.
    """

    before: int
    after: int
    changes: tuple[Change, ...]
    pairing: Pairing
    cases: dict[str, Movement] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings came to which end."""
        n = Counter(c.change for c in self.changes)
        return {s: n[s] for s in STATES}

    @property
    def words(self) -> dict[str, int]:
        """The same as people are told."""
        n = Counter(c.word for c in self.changes)
        return {s: n[s] for s in (*STATES, CHECK)}

    @property
    def score(self) -> Movement | None:
        """The means over all cases that both runs scored."""
        return mean(list(self.cases.values()))

    def as_dict(self) -> dict[str, Any]:
        """The agreed JSON (DESIGN 3.3)."""
        return {
            "schema": SCHEMA,
            "from": self.before,
            "to": self.after,
            "counts": self.counts,
            "changes": [_exported(c) for c in self.changes],
            "score": _steps(self.score),
            "cases": [
                {"case_from": a.case, "case_to": b.case, "matched": how}
                for a, b, how in self.pairing.pairs
            ],
            "gone": [r.case for r in self.pairing.gone],
            "added": [r.case for r in self.pairing.added],
            "unclaimed": [
                {"case": r.case, "may_be": list(names)} for r, names in self.pairing.unclaimed
            ],
        }


def _exported(c: Change) -> dict[str, str]:
    return {
        "unit": c.unit,
        "case_from": c.case_from,
        "case_to": c.case_to,
        "check": c.check,
        "identity": c.identity,
        "change": c.change,
        "status_from": c.status_from,
        "status_to": c.status_to,
        "why": c.why,
    }


def _steps(m: Movement | None) -> dict[str, float | None]:
    return {
        "from": float(m.start) if m else None,
        "to": float(m.to) if m else None,
        "by_unit": float(m.by_unit) if m else None,
        "by_rule": float(m.by_rule) if m else None,
        "by_legibility": float(m.by_legibility) if m else None,
    }


def compare(
    before: Side, after: Side, past: Sequence[Side] = (), via: Side | None = None
) -> Comparison:
    """What became of every finding of ``before``, and what is new in ``after``.

    ``past``: runs before ``before``, newest last, to tell 再次出现 from 新出现. ``via``: a run over
    the papers of ``before`` by the rules of ``after``; what already differs there is the rule's
    doing.
    """
    pairing = pair_cases(before.results, after.results)
    changes: list[Change] = []
    movements: dict[str, Movement] = {}
    for a, b, _ in pairing.pairs:
        earlier = [r for s in past if (r := pair_cases(s.results, [b]).before(b.case))]
        case = CaseChanges(before.sight(a), after.sight(b), earlier, _again(a, via))
        changes += case.changes()
        if m := movement_of(case):
            movements[b.case] = m
    changes += _without_partner(before, after, pairing)
    changes.sort(key=_order)
    return Comparison(before.run, after.run, tuple(changes), pairing, movements)


def _order(c: Change) -> tuple[str, str, int, str, str]:
    return c.unit, c.case_to or c.case_from, STATES.index(c.change), c.check, c.identity


def _without_partner(before: Side, after: Side, pairing: Pairing) -> list[Change]:
    """The faults of cases that only one run has, or that may be several."""
    out = []
    for r in pairing.gone:
        out += _alone(before.sight(r), UNTOLD, "这一轮没有提交该案卷")
    for r, names in pairing.unclaimed:
        out += _alone(before.sight(r), UNCLAIMED, f"可能是 {'、'.join(names)}，请人工认领")
    for r in pairing.added:
        out += [
            change_of(None, after.sight(r), None, f, NEW, "上一轮没有该案卷")
            for f in r.findings
            if is_fault(f)
        ]
    return out


def _alone(side: Sight, change: str, why: str) -> list[Change]:
    return [
        change_of(side, None, f, None, change, why) for f in side.result.findings if is_fault(f)
    ]


def _again(a: CaseResult, via: Side | None) -> CaseResult | None:
    """The same papers judged by the newer rules; None when that run does not hold the same
    bytes.
    """
    r = pair_cases([a], via.results).after(a.case) if via else None
    return r if r and same_papers(a, r) else None


__all__ = ["SCHEMA", "Comparison", "compare"]
