"""数额达到: whether a sum reaches the number that holds for the party."""

from __future__ import annotations

from decimal import Decimal

from casereview.chinese import PartyKind
from casereview.facts.party import kind_in
from casereview.law.parameters import Value
from casereview.model import Fact
from casereview.rules.truth import Test, Truth, named
from casereview.rules.verdicts import Context

MONEY = ("罚款", "没收")  # penalties that are sums


def reaches(ctx: Context, test: Test) -> Truth:
    """数额达到."""
    sums = sorted(named(ctx, test.option("要素")), key=lambda f: Decimal(f.value))
    if not sums:
        return _without_sums(named(ctx, test.option("种类")))
    limits = [v for name in _limits_for(ctx, test) if (v := ctx.limit(name))]
    if not limits:
        return Truth(None, "没有该日有效的标准")
    answer = _compared(sums[-1], limits)
    if answer.holds and not all(v.verified for v in limits):
        answer = _beyond_doubt(ctx, test, sums[-1], answer)
    unread = ctx.unreadable(*_kinds_of(ctx, test.option("要素")))
    if answer.holds is False and unread:
        return Truth(None, f"{unread[0].name}未能识别文字", (unread[0].top(),))
    return answer


def _beyond_doubt(ctx: Context, test: Test, most: Fact, reached: Truth) -> Truth:
    """A number of the law that nobody verified decides nothing, unless the sum also reaches the
    number that stands for all who know one (确定公民, 确定单位).
    """
    sure = [v for name in _limits_for(ctx, test, "确定") if (v := ctx.limit(name))]
    if sure and all(Decimal(most.value) >= v.value for v in sure):
        return _compared(most, sure)
    return Truth(None, f"{reached.why}，本地标准请核对", reached.places)


def _compared(most: Fact, limits: list[Value]) -> Truth:
    """The greatest sum against one line, or against both where it is not known which holds."""
    top = Decimal(most.value)
    reached = [v for v in limits if top >= v.value]
    if reached and len(reached) < len(limits):
        return Truth(None, "不能判断当事人是公民还是单位", (most.place,))
    limit = (reached or limits)[0]
    word = "达到" if reached else "未达到"
    why = f"{top:,.2f} 元{word}标准 {limit.value:,} 元（{_source(limit)}）"
    return Truth(bool(reached), why, (most.place,))


def _kinds_of(ctx: Context, names: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of paper of these facts."""
    return tuple(dict.fromkeys(k for n in names for k in ctx.kinds(n.partition(".")[0])))


def _without_sums(kinds: list[Fact]) -> Truth:
    """No sum was read: where the kinds of penalty were, and none is a sum, none is reached."""
    named = [str(v) for f in kinds for v in f.value]
    if named and not any(v.startswith(MONEY) for v in named):
        return Truth(False, "没有罚款、没收的数额")
    return Truth(None, "没有读到数额")


def _source(limit: Value) -> str:
    return limit.source if limit.verified else f"{limit.source}，待核实"


def _limits_for(ctx: Context, test: Test, sort: str = "") -> tuple[str, ...]:
    """The parameter that holds for the party: one for citizens, one for all others. ``sort``: which
    pair of them.
    """
    party = next(iter(named(ctx, test.option("当事人"))), None)
    value = party.value if party else ""
    kind = kind_in(ctx.case, str(value[0] if isinstance(value, list) else value))
    if kind is PartyKind.UNKNOWN:
        return (*test.option(f"{sort}公民"), *test.option(f"{sort}单位"))
    return test.option(f"{sort}公民" if kind is PartyKind.PERSON else f"{sort}单位")
