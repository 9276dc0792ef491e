"""Two reviewers: who reviews what, when a third is needed, and how far people agree."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from casereview.errors import UsageError
from casereview.judging.score import Ledger, add_up
from casereview.model import FAIL, NA
from casereview.record.edition import Edition
from casereview.record.result import CaseResult
from casereview.rounds.effective import mild_ones, taken_by_tool
from casereview.rounds.pairing import Named
from casereview.rounds.rulings import Ruling, counted_as, standing


@dataclass(frozen=True)
class Reviewer:
    """A reviewer: name, own unit, and further units to keep away from."""

    name: str
    unit: str = ""
    avoid: tuple[str, ...] = ()

    def may(self, unit: str) -> bool:
        """Nobody reviews the own unit."""
        return unit != self.unit and unit not in self.avoid


@dataclass(frozen=True)
class Triggers:
    """When a third reviewer is called: difference in points above ``points``, or a score below
    ``line``.
    """

    points: Decimal = Decimal(5)
    line: Decimal = Decimal(60)


def rank(seed: str, *parts: str) -> str:
    """The place in the draw: the same on every machine."""
    return hashlib.sha256("\n".join(("casereview/draw/1", seed, *parts)).encode()).hexdigest()


def assign(
    cases: Sequence[Named], reviewers: list[Reviewer], seed: str, each: int = 2
) -> dict[str, tuple[str, ...]]:
    """case -> its reviewers, evenly spread, by lot. Raises UsageError naming every case that cannot
    be staffed.
    """
    load: Counter[str] = Counter()
    out: dict[str, tuple[str, ...]] = {}
    short = []
    for r in sorted(cases, key=lambda r: rank(seed, r.case)):
        able = sorted(
            (x for x in reviewers if x.may(r.unit)),
            key=lambda x: (load[x.name], rank(seed, r.case, x.name)),
        )
        if len(able) < each:
            short.append(
                f"{r.case}：可用的评查员只有 {len(able)}"
                f" 人（{'、'.join(x.name for x in able) or '无'}）"
            )
            continue
        out[r.case] = tuple(sorted(x.name for x in able[:each]))
        load.update(out[r.case])
    if short:
        raise UsageError("以下案卷按回避要求凑不够评查员，没有分派：\n" + "\n".join(short))
    return dict(sorted(out.items()))


def third(case: CaseResult, reviewers: list[Reviewer], seed: str, taken: tuple[str, ...]) -> str:
    """The third reviewer by lot: neither of the two, not of the unit. '' when there is nobody."""
    able = sorted(
        (x for x in reviewers if x.may(case.unit) and x.name not in taken),
        key=lambda x: rank(seed, "third", case.case, x.name),
    )
    return able[0].name if able else ""


def position(
    case: CaseResult, edition: Edition, placed: dict[str, list[Ruling]], name: str, as_of: str
) -> tuple[dict[str, str], Ledger]:
    """How one reviewer sees a case: the status of every item after the own rulings, and the ledger.
    ``placed``: rulings by item.
    """
    statuses: dict[str, str] = {}
    adjusted: dict[str, Decimal] = {}
    for f in case.findings:
        s = standing(f, [r for r in placed.get(f.check, []) if r.by == name], as_of)
        statuses[f.check] = s.status if s else f.status
        if s and s.points is not None:
            adjusted[f.check] = s.points
    counted = {i: counted_as(status) for i, status in statuses.items()}
    tool = case.findings
    return statuses, add_up(edition, counted, adjusted, taken_by_tool(tool), mild_ones(tool))


def reasons(a: Ledger, b: Ledger, t: Triggers) -> list[str]:
    """Why a third reviewer is needed; [] when the two are near enough."""
    out = []
    if a.grade != b.grade:
        out.append(f"等次不同（{a.grade}、{b.grade}）")
    if set(a.vetoes) != set(b.vetoes):
        out.append("否决项的认定不同")
    scores = [x.score for x in (a, b) if x.score is not None]
    if len(scores) == 2 and abs(scores[0] - scores[1]) > t.points:
        out.append(f"得分相差 {abs(scores[0] - scores[1])}，超过 {t.points} 分")
    if any(s < t.line for s in scores):
        out.append(f"得分低于 {t.line}")
    return out


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people over the same cases (Cohen 1960); None when chance alone explains
    all or there is nothing.
    """
    n = len(pairs)
    if not n:
        return None
    agree = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[w] * right[w] for w in left) / n / n
    return None if chance == 1 else round((agree - chance) / (1 - chance), 3)


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on an item ('全部': on all): over how many cases, in how many of
    them, beyond chance (kappa), and in how many somebody found a fault.
    """

    check: str
    cases: int
    alike: int
    kappa: float | None
    fails: int

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


EVERY = "全部"
Pairs = list[tuple[str, str]]  # what the two said of an item, case by case


def agreement(views: Sequence[tuple[dict[str, str], dict[str, str]]]) -> list[Agreement]:
    """Per item over the cases that two people handed in, the least alike first; the first line sums
    up.
    """
    items: dict[str, Pairs] = defaultdict(list)
    for a, b in views:
        for check in a:
            if a[check] != NA or b[check] != NA:
                items[check].append((a[check], b[check]))
    rows = [_agreement(check, pairs) for check, pairs in items.items()]
    rows.sort(key=lambda r: (r.alike / r.cases, r.check))
    return [_agreement(EVERY, [pair for pairs in items.values() for pair in pairs]), *rows]


def _agreement(check: str, pairs: Pairs) -> Agreement:
    return Agreement(
        check,
        len(pairs),
        sum(a == b for a, b in pairs),
        kappa(pairs),
        sum(FAIL in pair for pair in pairs),
    )
