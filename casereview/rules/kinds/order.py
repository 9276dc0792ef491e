"""先后顺序."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.facts.readers import day_of
from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, short
from casereview.rules.verdicts import Context, cn_day, fail, passed, review

Named = tuple[str, Fact]


def first_day(ctx: Context, names: tuple[str, ...]) -> Named | None:
    """The first of ``names`` (文书.要素) that is a day."""
    return next(((n, f) for n in names if (f := ctx.fact(n)) and day_of(f)), None)


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
            kinds = ctx.named(tuple(dict.fromkeys(n.partition(".")[0] for n in names)))
            return ctx.absent(*kinds) or review(
                f"没有读到{'、'.join(names)}", [p.top() for p in ctx.case.readable(*kinds)[:1]]
            )
        got.append(hit)
    return got[0], got[1]


@dataclass(frozen=True)
class Order(Kind):
    """先后顺序：前一日期不晚于后一日期；“不得同日”时不能是同一天。几个名称的取最先读到的。

    日期没有读到时待复核，文书不在卷时不适用。
    """

    first: tuple[str, ...] = key("先", Of.FACTS, needed=True)
    then: tuple[str, ...] = key("后", Of.FACTS, needed=True)
    not_same_day: bool = key("不得同日", Of.FLAG, default=False)

    def judge(self, ctx: Context) -> Verdict:
        got = both(ctx, self.first, self.then)
        if isinstance(got, Verdict):
            return got
        (first, a), (second, b) = got
        one, two = day_of(a), day_of(b)
        if one is None or two is None:
            raise ValueError("both() gives days only")
        if one > two or (self.not_same_day and one == two):
            word = "不早于" if self.not_same_day else "晚于"
            text = f"{first} {cn_day(one)} {word}{second} {cn_day(two)}"
            return fail(text, [a.place, b.place])
        return passed(f"{first} {cn_day(one)}，{second} {cn_day(two)}", [a.place, b.place])

    def rule(self) -> str:
        word = "早于" if self.not_same_day else "不晚于"
        return f"{short(self.first)}应当{word}{short(self.then)}"
