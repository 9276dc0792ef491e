"""逐项, and judging under a condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from casereview.law.workdays import UnknownYear
from casereview.model import FAIL, NA, PASS, REVIEW, Verdict
from casereview.rules.condition import holds, situations_in
from casereview.rules.condition_text import said
from casereview.rules.kinds.kind import Kind, Of, TimeSpan, key
from casereview.rules.truth import Condition, Truth
from casereview.rules.verdicts import Context, fail, na, passed, review


def judge_safely(kind: Kind, ctx: Context, condition: Condition = ()) -> Verdict:
    """Judge with the condition before it. Where the condition cannot be told, a fault is open; what
    is met or does not apply in either case stands. An unknown year of the calendar opens the item
    instead of guessing.
    """
    try:
        met = holds(ctx, condition)
        if met.holds is False:
            return na(met.why or "条件不具备")
        verdict = kind.judge(ctx)
    except UnknownYear as e:
        return review(f"{e}，请人工核算期限")
    if verdict.status != FAIL:
        return verdict
    if met.holds is None:
        text = f"{verdict.message}；是否适用不能判断（{met.why}）"
        return review(text, [*verdict.places, *met.places])
    return _because(met, verdict, condition)


def _because(met: Truth, verdict: Verdict, condition: Condition) -> Verdict:
    """A fault that rests on a situation says why the situation is given, and where."""
    names = situations_in(condition)
    if not names or not met.why:
        return verdict
    places = tuple(dict.fromkeys((*verdict.places, *met.places)))
    return replace(verdict, message=f"{verdict.message}（{names[-1]}：{met.why}）", places=places)


@dataclass(frozen=True)
class Part:
    """One requirement of a 逐项 item, with its own condition. ``costs``: the points that failing it
    takes, where the item counts its parts one by one; ``mild``: failing it alone vetoes nothing;
    ``fault``: what it is called where it alone failed (问题), '' for what the item says.
    """

    kind: Kind
    when: Condition = ()
    costs: Decimal | None = None
    mild: bool = False
    fault: str = ""

    def judged(self, ctx: Context) -> Verdict:
        """Its answer for one case."""
        verdict = judge_safely(self.kind, ctx, self.when)
        mild, fault = self.mild or verdict.mild, self.fault or verdict.fault
        if (mild, fault) == (verdict.mild, verdict.fault):
            return verdict
        return replace(verdict, mild=mild, fault=fault)

    def rule(self) -> str:
        """The requirement with its condition, as a plain sentence."""
        return f"{said(self.when)}的，{self.kind.rule()}" if self.when else self.kind.rule()


def _joined(bad: list[Verdict], cost: Decimal | None) -> Verdict:
    """Several faults as one, with what they cost where their parts say so."""
    joined = fail(
        "；".join(v.message for v in bad),
        [p for v in bad for p in v.places],
        *(w for v in bad for w in v.working),
        subject=bad[0].subject,
        count=sum(v.count for v in bad),
        plain=all(v.plain for v in bad),
    )
    names = {v.fault for v in bad}
    fault = names.pop() if len(names) == 1 else ""
    return replace(joined, cost=cost, mild=all(v.mild for v in bad), fault=fault)


def _all_passed(good: list[Verdict]) -> Verdict:
    """What was met, as one."""
    text = "；".join(v.message for v in good if v.message)
    return passed(text, [p for v in good for p in v.places[:1]])


@dataclass(frozen=True)
class Several(Kind):
    """逐项：一项里的几个要求；有一个不合格即不合格，有一个待复核即待复核，有一个适用即适用。

    只有写着“不否决”的几个要求不合格的，扣分而不否决。
    """

    parts: tuple[Part, ...] = key("各项", Of.PARTS, needed=True)

    def names(self, of: Of) -> tuple[str, ...]:
        every = [name for part in self.parts for name in part.kind.names(of)]
        return tuple(dict.fromkeys(every))

    def spans(self) -> tuple[TimeSpan, ...]:
        return tuple(span for part in self.parts for span in part.kind.spans())

    def judge(self, ctx: Context) -> Verdict:
        got = [p.judged(ctx) for p in self.parts]
        by = {status: [v for v in got if v.status == status] for status in (FAIL, REVIEW, PASS, NA)}
        if by[FAIL]:
            return _joined(by[FAIL], self._cost(got))
        if by[REVIEW]:
            return by[REVIEW][0]
        if by[PASS]:
            return _all_passed(by[PASS])
        return by[NA][0] if by[NA] else na("条件不具备")

    def _cost(self, got: list[Verdict]) -> Decimal | None:
        """The points that the failed parts take, where they say so."""
        costs = [p.costs for p, v in zip(self.parts, got, strict=True) if v.status == FAIL]
        known = [c for c in costs if c is not None]
        return sum(known, Decimal(0)) if known else None

    def rule(self) -> str:
        return "；".join(part.rule() for part in self.parts)
