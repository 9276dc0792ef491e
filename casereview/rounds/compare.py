"""Two runs side by side: what became of every finding, and why the score moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from casereview.record.heads import in_parts
from casereview.rounds.case_changes import CaseChanges, same_papers
from casereview.rounds.cases import Cases, Looked
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
from casereview.rounds.pairing import Named, Pairing, pair_cases
from casereview.rounds.red_flags import RedFlag, red_flags
from casereview.rules.compiled import undisturbed

SCHEMA = "casereview.compare/1"


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side. ``score``: means over the cases that both runs scored; ``cases``: the
    movement of each of them; ``flags``: fixes that look wrong (() where nobody asked for them).
    """

    before: int
    after: int
    changes: tuple[Change, ...]
    pairing: Pairing[Any]
    cases: dict[str, Movement] = field(default_factory=dict)
    flags: tuple[RedFlag, ...] = ()

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
        with undisturbed():
            return self._exported()

    def _exported(self) -> dict[str, Any]:
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
    before: Side,
    after: Side,
    past: Sequence[Side] = (),
    via: Side | None = None,
    reviewed: str = "",
) -> Comparison:
    """What became of every finding of ``before``, and what is new in ``after``.

    ``past``: runs before ``before``, newest last, to tell 再次出现 from 新出现. ``via``: a run over
    the papers of ``before`` by the rules of ``after``; what already differs there is the rule's
    doing. ``reviewed``: the day of the earlier review (ISO), where fixes that look wrong are asked
    for.
    """
    with undisturbed():
        return _compared(before, after, past, via, reviewed)


def _compared(
    before: Side, after: Side, past: Sequence[Side], via: Side | None, reviewed: str
) -> Comparison:
    pairing = paired(before.cases, after.cases)
    earlier = Earlier(past, after)
    again = Earlier([via], before) if via else None
    changes: list[Change] = []
    movements: dict[str, Movement] = {}
    flags: list[RedFlag] = []
    for a, b in looked_at(before.cases, after.cases, pairing):
        middle = again.of(a) if again else []
        mid = middle[0] if middle and same_papers(a, middle[0]) else None
        case = CaseChanges(before.sight(a), after.sight(b), partial(earlier.of, b), mid)
        own = case.changes()
        changes += own
        if m := movement_of(case):
            movements[b.case] = m
        if reviewed and not case.same:
            flags += red_flags(a, b, own, reviewed)
    changes += _without_partner(before, after, pairing)
    changes.sort(key=_order)
    return Comparison(before.run, after.run, tuple(changes), pairing, movements, tuple(flags))


def paired(before: Cases, after: Cases) -> Pairing[Named]:
    """Which case of one side is which of the other."""
    return pair_cases(before.heads, after.heads, before.whole, after.whole)


def looked_at(
    before: Cases, after: Cases, pairing: Pairing[Any]
) -> Iterator[tuple[Looked, Looked]]:
    """Every pair with its findings, some at a time; of a pair that is one result in both runs,
    with its faults: nothing else can have become of it.
    """
    for some in in_parts([(a.case, b.case) for a, b, _ in pairing.pairs]):
        same = dict(_one_result(before, after, some))
        left, right = _looked_twice(before, after, [pair for pair in some if pair[0] not in same])
        for r in before.loud(same):
            called = same[r.case]
            left[r.case], right[called] = r, r if called == r.case else replace(r, case=called)
        yield from ((left[a], right[b]) for a, b in some)


def _one_result(
    before: Cases, after: Cases, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The pairs of one result in the store, of which nobody said anything in either run."""
    left, right = before.known([a for a, _ in pairs]), after.known([b for _, b in pairs])
    return ((a, b) for a, b in pairs if a in left and left[a] == right.get(b))


def _looked_twice(
    before: Cases, after: Cases, pairs: Sequence[tuple[str, str]]
) -> tuple[dict[str, Looked], dict[str, Looked]]:
    """The cases of either side with all their findings, by what they are called."""
    left = {r.case: r for r in before.briefs([a for a, _ in pairs])}
    return left, {r.case: r for r in after.briefs([b for _, b in pairs])}


class Earlier:
    """The cases of one side in other runs; paired when the first is asked for."""

    def __init__(self, past: Sequence[Side], side: Side):
        self.past, self.side = past, side

    @cached_property
    def _pairings(self) -> list[tuple[Cases, Pairing[Named]]]:
        return [(s.cases, paired(s.cases, self.side.cases)) for s in self.past]

    def of(self, r: Looked) -> list[Looked]:
        """The case in each of the runs that hold it, in their order."""
        hits = ((cases, p.before(r.case)) for cases, p in self._pairings)
        return [next(iter(cases.briefs([hit.case]))) for cases, hit in hits if hit]


def _order(c: Change) -> tuple[str, str, int, str, str]:
    return c.unit, c.case_to or c.case_from, STATES.index(c.change), c.check, c.identity


def _without_partner(before: Side, after: Side, pairing: Pairing[Any]) -> list[Change]:
    """The faults of cases that only one run has, or that may be several."""
    out = []
    for r in _looked(before, pairing.gone):
        out += _alone(before.sight(r), UNTOLD, "这一轮没有提交该案卷")
    names = {h.case: names for h, names in pairing.unclaimed}
    for r in _looked(before, [h for h, _ in pairing.unclaimed]):
        why = f"可能是 {'、'.join(names[r.case])}，请人工认领"
        out += _alone(before.sight(r), UNCLAIMED, why)
    for r in _looked(after, pairing.added):
        out += [
            change_of(None, after.sight(r), None, f, NEW, "上一轮没有该案卷")
            for f in r.findings
            if is_fault(f)
        ]
    return out


def _looked(side: Side, heads: Sequence[Named]) -> Iterator[Looked]:
    """Cases with their findings."""
    for some in in_parts(heads):
        yield from side.cases.briefs([h.case for h in some])


def _alone(side: Sight, change: str, why: str) -> list[Change]:
    return [
        change_of(side, None, f, None, change, why) for f in side.result.findings if is_fault(f)
    ]


__all__ = ["SCHEMA", "Comparison", "compare"]
