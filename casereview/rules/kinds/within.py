"""不得超出."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from casereview.chinese.wording import says
from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, short
from casereview.rules.verdicts import TWO_SUMS, Context, contradictory, fail, passed, review


@dataclass(frozen=True)
class Within(Kind):
    """不得超出：数额不得高于、名目不得多于另一文书所写的（决定的罚款不高于告知的，
    处罚种类不多于告知的）。
    几份文书的，取最高的数额、合在一起的名目。

    没有读到的待复核；多出的名目那份文书里有相同的词时、只多出“存疑名目”时，待复核；文书不在卷时
    不适用。
    """

    version: ClassVar[int] = 3
    facts: tuple[str, ...] = key("要素", Of.FACTS, needed=True)
    limits: tuple[str, ...] = key("不超出", Of.FACTS, needed=True)
    doubtful: tuple[str, ...] = key("存疑名目", Of.TEXTS, says="只多出这些名目的待复核")

    def judge(self, ctx: Context) -> Verdict:
        for names in (self.facts, self.limits):
            gone = ctx.absent(*_kinds(ctx, names))
            if gone:
                return gone
        got = next((f for name in self.facts for _, f in ctx.every(name)), None)
        told = [f for name in self.limits for _, f in ctx.every(name)]
        if got is None or not told:
            return review(f"没有读到{short(self.facts if got is None else self.limits)}")
        return self._names(ctx, got, told) if isinstance(got.value, list) else self._sums(got, told)

    def _sums(self, got: Fact, told: list[Fact]) -> Verdict:
        most = max(told, key=lambda f: Decimal(f.value))
        text = f"{short(self.facts)} {got.value} 元，{short(self.limits[:1])} {most.value} 元"
        if Decimal(got.value) > Decimal(most.value) and contradictory(got, most):
            return review(f"{text}；{TWO_SUMS}", [got.place, most.place])
        if Decimal(got.value) > Decimal(most.value):
            subject = self.facts[0].partition(".")[2]
            return fail(f"{text}，高出", [got.place, most.place], subject=subject)
        return passed(text, [got.place])

    def _names(self, ctx: Context, got: Fact, told: list[Fact]) -> Verdict:
        known = {v for f in told for v in f.value}
        more = [str(v) for v in got.value if v not in known]
        if not more:
            return passed(f"没有超出{short(self.limits[:1])}", [got.place])
        papers = ctx.case.readable(*_kinds(ctx, self.limits))
        told_of = "\n".join(p.running_text.without_spaces for p in papers)
        text = f"{short(self.facts)}多出“{'、'.join(more)}”"
        if all(says(told_of, (word[:2],)) for word in more):
            return review(f"{text}，{short(self.limits[:1])}里有近似的词", [got.place])
        if set(more) <= set(self.doubtful):
            return review(f"{text}，是处罚还是责令改正请人工判断", [got.place])
        subject = self.facts[0].partition(".")[2]
        return fail(text, [got.place, told[0].place], subject=subject)

    def rule(self) -> str:
        return f"{short(self.facts)}不得超出{short(self.limits)}"


def _kinds(ctx: Context, names: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of paper of these facts."""
    return tuple(dict.fromkeys(k for n in names for k in ctx.kinds(n.partition(".")[0])))
