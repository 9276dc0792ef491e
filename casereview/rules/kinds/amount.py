"""数额."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from casereview.facts.doubt import Doubt, Unknown
from casereview.model import Fact, Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import TWO_SUMS, Context, contradictory, fail, passed, review

_SILENT = (Doubt.NOT_STATED, Doubt.PAPER_ABSENT, Doubt.RECOGNISED, Doubt.TOO_SHORT)


@dataclass(frozen=True)
class Sum:
    """A sum of facts: what it comes to, in words, and where its parts stand."""

    value: Decimal
    text: str
    places: tuple[Place, ...]
    kinds: tuple[str, ...]
    contradictory: bool = False


@dataclass(frozen=True)
class Amount(Kind):
    """数额：所列数额相加，不超过（不少于）参数，或者另外几个数额之和。

    参数待核实的，超过时待复核。几项里没有写明的按零计；一项都没有读到、有一项没有读懂的待复核。
    几份文书怎样合计，见要素的“几份”。
    """

    version: ClassVar[int] = 4
    sums: tuple[str, ...] = key("数额", Of.FACTS, needed=True, says="相加")
    limit: str = key("不超过", Of.PARAMETER, default="")
    most: tuple[str, ...] = key("不超过之和", Of.FACTS)
    least: tuple[str, ...] = key("不少于之和", Of.FACTS)
    open_with: tuple[str, ...] = key("存疑文书", Of.PAPERS, says="不符而有这些文书的待复核")

    @classmethod
    def refuses(cls, given: dict[str, Any]) -> str:
        told = [given.get(name) for name in ("limit", "most", "least") if given.get(name)]
        return "" if len(told) == 1 else "数额要写 不超过、不超过之和、不少于之和 中的一个"

    def judge(self, ctx: Context) -> Verdict:
        mine = self._sum(ctx, self.sums)
        if isinstance(mine, Verdict):
            return mine
        if self.limit:
            return self._against_limit(ctx, mine)
        other = self._sum(ctx, self.most or self.least)
        if isinstance(other, Verdict):
            return other
        places = [*mine.places, *other.places]
        right = mine.value <= other.value if self.most else mine.value >= other.value
        word = "不超过" if self.most else "不少于"
        if right:
            return passed(f"{mine.text}，{word}{other.text}", places)
        wrong = f"{mine.text}，{'超过' if self.most else '少于'}{other.text}"
        if other.contradictory or mine.contradictory:
            return review(f"{wrong}；{TWO_SUMS}", places)
        return self._wrong(ctx, wrong, places, mine)

    def _against_limit(self, ctx: Context, mine: Sum) -> Verdict:
        limit = ctx.limit(self.limit)
        if limit is None:
            return review(f"没有该日有效的参数“{self.limit}”", mine.places)
        if mine.value <= limit.value:
            return passed(f"{mine.text}，不超过{limit.sentence()}", mine.places)
        text = f"{mine.text}，超过{limit.sentence()}"
        if not limit.verified:
            return review(f"{text}，请人工核对", mine.places)
        if mine.contradictory:
            return review(f"{text}；{TWO_SUMS}", mine.places)
        return self._wrong(ctx, text, list(mine.places), mine)

    def _wrong(self, ctx: Context, text: str, places: list[Place], mine: Sum) -> Verdict:
        """The sums do not agree; unread papers of the same kind may hold the rest."""
        unread = ctx.unreadable(*mine.kinds)
        if unread:
            return review(f"{text}；{unread[0].name}未能识别文字", places)
        other = ctx.case.readable(*ctx.named(self.open_with))
        if other:
            return review(f"{text}；有{other[0].name}，请人工核对", [*places, other[0].top()])
        hiding = ctx.case.could_hide(*mine.kinds, *ctx.named(self.open_with))
        if self.least and hiding:
            return review(f"{text}；但 {hiding[0].path} 未能完整读取", places)
        return fail(text, places, subject=mine.kinds[0])

    def _sum(self, ctx: Context, names: tuple[str, ...]) -> Sum | Verdict:
        answers = [(name, ctx.answer(name)) for name in names]
        known = [(name, a) for name, a in answers if isinstance(a, Fact)]
        doubts = [a for _, a in answers if isinstance(a, Unknown) and a.why not in _SILENT]
        kinds = ctx.named(tuple(dict.fromkeys(n.partition(".")[0] for n in names)))
        if not known:
            return ctx.absent(*kinds) or review(f"没有读到{short(names)}", _places(doubts))
        if not doubts:
            return _total(known, kinds)
        return review(f"没有读到{short(names)}", _places(doubts))

    def rule(self) -> str:
        mine = listed(tuple(n.replace(".", "的") for n in self.sums), "加")
        if self.limit:
            return f"{mine}不超过参数“{self.limit}”"
        other = listed(tuple(n.replace(".", "的") for n in self.most or self.least), "加")
        return f"{mine}{'不超过' if self.most else '不少于'}{other}"


def _places(doubts: list[Unknown]) -> list[Place]:
    return [u.place for u in doubts if u.place]


def _total(known: list[tuple[str, Fact]], kinds: tuple[str, ...]) -> Sum:
    total = sum((Decimal(str(f.value)) for _, f in known), Decimal(0))
    text = "＋".join(f"{name.replace('.', '的')} {f.value} 元" for name, f in known)
    both = contradictory(*(f for _, f in known))
    return Sum(total, text, tuple(f.place for _, f in known), kinds, both)
