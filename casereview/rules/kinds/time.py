"""Kinds of check about days: what comes first, and how long it took, counted as the dated parameter
says.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.facts.readers import day_of
from casereview.law.parameters import Value
from casereview.law.workdays import add_months, workdays_after
from casereview.model import Fact, Verdict
from casereview.rules.kinds.paper import Kind, first_day
from casereview.rules.verdicts import Context, cn_day, fail, passed, review

Named = tuple[str, Fact]


def both(
    ctx: Context, first: tuple[str, ...], second: tuple[str, ...]
) -> tuple[Named, Named] | Verdict:
    """Both days with the names they were found under, or why not: the paper is absent (na, review)
    or its day was not read (review).
    """
    got = []
    for names in (first, second):
        hit = first_day(ctx, names)
        if hit is None:
            kinds = tuple(dict.fromkeys(n.partition(".")[0] for n in names))
            return ctx.absent(*kinds) or review(
                f"没有读到{'、'.join(names)}", [p.top() for p in ctx.case.readable(*kinds)[:1]]
            )
        got.append(hit)
    return got[0], got[1]


@dataclass(frozen=True)
class Order(Kind):
    """先后顺序: the day of ``先`` is not later than the day of ``后``; ``不得同日`` forbids the
    same day. Several names: the first that is found.
    """

    先: tuple[str, ...]
    后: tuple[str, ...]
    不得同日: bool = False
    keys = ("先", "后", "不得同日")
    needs = ("先", "后")

    def judge(self, ctx: Context) -> Verdict:
        got = both(ctx, self.先, self.后)
        if isinstance(got, Verdict):
            return got
        (first, a), (second, b) = got
        text = f"{first} {cn_day(day_of(a))}，{second} {cn_day(day_of(b))}"
        if day_of(a) > day_of(b) or (self.不得同日 and day_of(a) == day_of(b)):
            return fail(
                f"{first} {cn_day(day_of(a))} {'不早于' if self.不得同日 else '晚于'}{second}"
                f" {cn_day(day_of(b))}",
                [a.place, b.place],
            )
        return passed(text, [a.place, b.place])


@dataclass(frozen=True)
class Deadline(Kind):
    """期限: from ``从`` to ``到`` not more than ``不超过`` or not less than ``不少于`` (parameters,
    counted as they say).

    ``延长``: kinds of paper that lengthen it by ``延长期限``. ``扣除``: kinds of paper that show
    time not counted: then too long is 待复核.
    The first day is not counted (民事诉讼法85). A least distance leaves both ends out
    (行政处罚法64, DC-07).
    """

    从: tuple[str, ...]
    到: tuple[str, ...]
    不超过: str = ""
    不少于: str = ""
    延长: tuple[str, ...] = ()
    延长期限: str = ""
    扣除: tuple[str, ...] = ()
    keys = ("从", "到", "不超过", "不少于", "延长", "延长期限", "扣除")
    needs = ("从", "到")

    def judge(self, ctx: Context) -> Verdict:
        got = both(ctx, self.从, self.到)
        if isinstance(got, Verdict):
            return got
        (first, a), (second, b) = got
        start, end = day_of(a), day_of(b)
        name = self.不超过 or self.不少于
        limit = ctx.limit(name, start)
        if limit is None:
            return review(f"{cn_day(start)} 没有有效的参数“{name}”", [a.place])
        span = f"{first} {cn_day(start)}，{second} {cn_day(end)}"
        if limit.unit.endswith("月"):
            last = add_months(start, int(limit.value))
            return (
                passed(f"{span}，未超过{limit.sentence()}", [b.place])
                if end <= last
                else fail(
                    f"{span}，超过{limit.sentence()}（至 {cn_day(last)}）", [b.place, a.place]
                )
            )
        n = _count(start, end, limit)
        text = f"{span}，间隔 {n} {'个工作日' if limit.working else '日'}"
        if self.不少于:
            between = _count(start, end - dt.timedelta(days=1), limit)
            if between >= limit.value:
                return passed(text, [b.place])
            if between == limit.value - 1:
                return review(
                    f"{span}，期间恰差一日，起止日是否计入请人工判断（{limit.sentence()}）",
                    [a.place, b.place],
                )
            return fail(f"{text}，不足{limit.sentence()}", [a.place, b.place])
        allowed, why = limit.value, limit.sentence()
        extended = self.延长 and ctx.case.readable(*self.延长)
        more = ctx.limit(self.延长期限, start) if self.延长期限 else None
        if extended and more:
            allowed, why = allowed + more.value, f"{why}加延长的{more.sentence()}"
        if n <= allowed:
            return passed(text, [b.place])
        held = [p for p in ctx.case.all(*self.扣除, *(() if extended else self.延长))]
        if held:
            return review(
                f"{text}，超过{why}；有{held[0].name}，应扣除或者延长的时间请人工核对",
                [b.place, held[0].top()],
            )
        if self.延长 and not extended and (hiding := ctx.case.could_hide(*self.延长)):
            return review(
                f"{text}，超过{why}；但 {hiding[0].path} 未能完整读取，可能有延长手续", [b.place]
            )
        return fail(f"{text}，超过{why}", [b.place, a.place])


def _count(start: dt.date, end: dt.date, limit: Value) -> int:
    return workdays_after(start, end) if limit.working else (end - start).days
