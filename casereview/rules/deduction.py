"""What a failed item costs, as standards write it.

All its points (nothing written); so many a place or a missing thing (每处扣, 每缺一项扣); a span
in which the reviewer chooses (扣分幅度); several faults that each cost their own (扣分情形); grades
of which one is met (分档, 分档得分). 最多扣 bounds all of them, else the points of the item do
(扣完为止).

The program takes what is certain: so many a fault it found, and of what a person must choose the
least, said in the working. What a person takes off must be an amount that the declaration allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from casereview.rules.kinds.kind import Declared, Of, key
from casereview.rules.points import Price, plain

SPAN, MOST = "扣分幅度", "最多扣"
SHOWN = 8  # amounts that are named where another was asked for
MOST_COUNTED = 400  # faults of one sort that are reckoned through


class Found(Protocol):
    """What a verdict says of a fault."""

    @property
    def count(self) -> int:
        """How many faults."""

    @property
    def cost(self) -> Decimal | None:
        """What its parts cost, where they declare it."""


@dataclass(frozen=True)
class Deduction(Declared):
    """How an item costs points. ``parts``: what the parts of a 逐项 item cost, if they say it."""

    per_place: Decimal | None = key(
        "每处扣", Of.POINTS, default=None, says="每发现一处扣几分，扣完为止"
    )
    per_lack: Decimal | None = key(
        "每缺一项扣", Of.POINTS, default=None, says="每缺一项扣几分，扣完为止"
    )
    span: tuple[Decimal, ...] = key(SPAN, Of.SPAN, says="由评查人在最少和最多之间决定扣几分")
    faults: tuple[Price, ...] = key(
        "扣分情形", Of.PRICES, says="几种情形各扣几分，可以并存，扣完为止"
    )
    steps: tuple[Price, ...] = key("分档", Of.PRICES, says="分几档，各扣几分，只取一档")
    scores: tuple[Price, ...] = key("分档得分", Of.PRICES, says="分几档，各得几分，只取一档")
    most: Decimal | None = key(
        MOST, Of.POINTS, default=None, says="这一项最多扣几分；不写的扣完分值为止"
    )
    parts: tuple[Price, ...] = ()

    def misfits(self, points: Decimal) -> list[str]:
        """What cannot be meant of an item with so many points."""
        ways = [name for name in self.declared() if name != MOST]
        many = [f"{'、'.join(ways)}只能写其中一种"] if len(ways) > 1 else []
        over = [(name, v) for name, v in self._numbers() if v > points]
        free = [p.title for p in self._prices() if not p.points]
        return [
            *many,
            *(f"“{name}”的 {plain(v)} 分大于分值 {plain(points)}" for name, v in over),
            *(f"“{name}”扣 0 分，不用写" for name in free),
        ]

    def _numbers(self) -> list[tuple[str, Decimal]]:
        """Every number that was written, with its name."""
        costs = [(p.title, p.points) for p in (*self._prices(), *self.steps, *self.scores)]
        most = [] if self.most is None else [(MOST, self.most)]
        return [*costs, *((SPAN, v) for v in self.span), *most]

    def most_of(self, points: Decimal) -> Decimal:
        """The bound of what may be taken."""
        return points if self.most is None else min(self.most, points)

    def greatest(self, points: Decimal) -> Decimal:
        """What the item costs at worst."""
        most = self.most_of(points)
        if self.span:
            return min(self.span[1], most)
        return max(self.amounts(points), default=most)

    def amounts(self, points: Decimal) -> list[Decimal]:
        """Every amount that may be taken, the least first; [] where any up to the bound may be."""
        most = self.most_of(points)
        if grades := self._grades(points):
            return sorted({min(g.points, most) for g in grades} - {Decimal(0)})
        prices = self._prices()
        return sorted(_sums(prices, most) - {Decimal(0)}) if prices else []

    def taken(self, points: Decimal, found: Found) -> Decimal:
        """What the program takes for a fault that it found."""
        most = self.most_of(points)
        if found.cost is not None:
            return min(found.cost, most)
        if self.span:
            return min(self.span[0], most)
        if (each := self._each()) is not None:
            return min(each.points * max(found.count, 1), most)
        return min(self.amounts(points), default=most)

    @property
    def chosen(self) -> bool:
        """True where a person must say how much a fault costs."""
        return bool(self.span) or len(self._prices()) > 1 or bool(self.steps or self.scores)

    def cannot_take(self, points: Decimal, amount: Decimal) -> str:
        """Why this amount cannot be taken, '' when it can."""
        most = self.most_of(points)
        if self.span:
            low, high = self.span[0], min(self.span[1], most)
            allowed = low <= amount <= high
            return "" if allowed else f"要在 {plain(low)} 到 {plain(high)} 分之间"
        amounts = self.amounts(points)
        if not amounts:
            return "" if 0 <= amount <= most else f"扣 0 到 {plain(most)} 分"
        if amount in amounts:
            return ""
        some = "、".join(map(plain, amounts[:SHOWN])) + ("……" if len(amounts) > SHOWN else "")
        return f"可以扣的是 {some} 分"

    def sentence(self, points: Decimal) -> str:
        """The whole in one sentence; '' where a fault simply costs the points."""
        said = self._way(points)
        if self.most is not None:
            said.append(f"最多扣 {plain(self.most)} 分")
        elif self._prices():
            said.append(f"扣完 {plain(points)} 分为止")
        return "，".join(said)

    def _way(self, points: Decimal) -> list[str]:
        if self.span:
            low, high = map(plain, self.span)
            return [f"由评查人在 {low} 到 {high} 分之间扣分"]
        if grades := self._grades(points):
            return ["分档：" + "；".join(g.sentence() for g in grades)]
        prices = self._prices()
        return ["；".join(p.sentence() for p in prices)] if prices else []

    def working(self, points: Decimal, taken: Decimal) -> str:
        """How an amount comes about; '' where a fault simply costs the points."""
        way = self.sentence(points)
        if not way:
            return ""
        each = self._each()
        full = taken == self.most_of(points) and each is not None and bool(taken % each.points)
        if each is None or full:
            return f"扣 {plain(taken)} 分（{way}）"
        return f"{plain(taken / each.points)} {each.each[-1]} × {plain(each.points)} 分（{way}）"

    def _each(self) -> Price | None:
        """The one price by the piece, where there is no other."""
        prices = self._prices()
        return prices[0] if len(prices) == 1 and prices[0].each else None

    def _prices(self) -> tuple[Price, ...]:
        """Faults that may stand beside each other."""
        by_piece = ((self.per_place, "处"), (self.per_lack, "缺一项"))
        each = [Price("", v, unit) for v, unit in by_piece if v is not None]
        return (*each, *self.faults, *self.parts)

    def _grades(self, points: Decimal) -> tuple[Price, ...]:
        """Grades of which one is met, as what each costs."""
        return self.steps or tuple(Price(s.name, points - s.points) for s in self.scores)


def _sums(prices: Iterable[Price], most: Decimal) -> set[Decimal]:
    """Every sum of faults, at most ``most``."""
    sums = {Decimal(0)}
    for price in prices:
        if price.points:
            times = min(int(most / price.points) + 1, MOST_COUNTED) if price.each else 1
            sums |= {min(s + n * price.points, most) for s in sums for n in range(1, times + 1)}
    return sums
