"""前后一致."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from casereview.chinese import key as folded
from casereview.chinese import number_key
from casereview.facts.casefile import serves_of
from casereview.facts.citations import articles_in
from casereview.facts.doubt import Doubt, Unknown
from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, na, passed, review

WAYS = ("文字", "金额", "文号", "条文")


@dataclass(frozen=True)
class Same(Kind):
    """前后一致：其余要素凡能读到的，都与第一个要素相同。“比对”写怎样比：

    文字：全半角、括号形式、空格不算不同。金额：数额相等。文号：括号、第、字、年和补零不算不同，
    一个包含另一个的也算相同。条文：第一个要素引用的条，都在其余要素引用的条里。
    没有可以比对的文书不适用；文书在而要素没有读到的待复核；一份回证送达几份文书的不比。
    """

    version = 2
    facts: tuple[str, ...] = key("要素", Of.FACTS, needed=True)
    way: str = key("比对", Of.TEXT, default="文字", says="文字、金额、文号、条文")

    @classmethod
    def refuses(cls, given: dict[str, Any]) -> str:
        way = given.get("way") or WAYS[0]
        return "" if way in WAYS else f"比对只能写 {'、'.join(WAYS)}"

    def judge(self, ctx: Context) -> Verdict:
        own_name, *others = self.facts
        own = ctx.answer(own_name)
        kind = own_name.partition(".")[0]
        if isinstance(own, Unknown):
            gone = ctx.absent(*ctx.named((kind,)))
            places = [own.place] if own.place else []
            return gone or review(f"没有读到{own_name.replace('.', '的')}", places)
        theirs = [(n, p, f) for n in others for p, f in ctx.every(n)]
        if not theirs:
            return self._nothing(ctx, others, own)
        if self.way == "条文":
            return self._articles(own, [f for _, _, f in theirs])
        for name, paper, fact in theirs:
            if not self._equal(own, fact) and len(serves_of(paper)) < 2:
                text = f"{paper.name}的{name.partition('.')[2]}为“{_text(fact)}”"
                text += f"，{own_name.replace('.', '的')}为“{_text(own)}”"
                return fail(text, [fact.place, own.place], subject=paper.doc.kind)
        return passed(f"均为“{_text(own)}”", [own.place, *(f.place for _, _, f in theirs)])

    def _nothing(self, ctx: Context, others: list[str], own: Fact) -> Verdict:
        answers = [(name, ctx.answer(name)) for name in others]
        open_ = [
            n for n, a in answers if isinstance(a, Unknown) and a.why is not Doubt.PAPER_ABSENT
        ]
        if open_:
            names = listed(tuple(n.replace(".", "的") for n in open_))
            return review(f"没有读到{names}", [own.place])
        return na("没有可以比对的文书")

    def _equal(self, own: Fact, other: Fact) -> bool:
        """Equal as ``way`` says; of several values on one side one that agrees is enough."""
        return any(_equal(a, b, self.way) for a in _values(own) for b in _values(other))

    def _articles(self, own: Fact, others: list[Fact]) -> Verdict:
        mine = articles_in(own)
        theirs = {a for f in others for a in articles_in(f)}
        if not mine:
            return na("第一处没有写到条")
        if mine <= theirs:
            return passed(f"均引用{_text(own)}", [own.place])
        text = f"一处引用{_text(own)}，另一处引用{others[0].text}"
        return fail(text, [own.place, others[0].place], subject="条文")

    def rule(self) -> str:
        how = f"（比对{self.way}）" if self.way != WAYS[0] else ""
        return f"{listed(self.facts)}应当一致{how}"


def _values(fact: Fact) -> list[str]:
    return [str(v) for v in fact.value] if isinstance(fact.value, list) else [str(fact.value)]


def _equal(a: str, b: str, way: str) -> bool:
    if way == "金额":
        try:
            return Decimal(a) == Decimal(b)
        except InvalidOperation:
            return False
    if way == "文号":
        one, two = number_key(a), number_key(b)
        return one.endswith(two) or two.endswith(one)
    return folded(a) == folded(b)


def _text(fact: Fact) -> str:
    return fact.text if _is_rows(fact) else "、".join(_values(fact))


def _is_rows(fact: Fact) -> bool:
    return isinstance(fact.value, list) and any(isinstance(v, dict) for v in fact.value)
