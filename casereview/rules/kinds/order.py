"""先后顺序."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from casereview.facts.readers import day_of, sure_day
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import (
    Context,
    cn_day,
    fail,
    kinds_of,
    passed,
    plainly_read,
    review,
    says,
)

Named = tuple[str, Fact]
HOURS = 24


def papers_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds of paper of facts named 文书.要素."""
    return tuple(dict.fromkeys(n.partition(".")[0] for n in names))


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
            kinds = ctx.named(papers_of(names))
            return ctx.absent(*kinds) or review(
                f"没有读到{'、'.join(names)}", [p.top() for p in ctx.case.readable(*kinds)[:1]]
            )
        got.append(hit)
    return got[0], got[1]


@dataclass(frozen=True)
class Order(Kind):
    """先后顺序：前一日期不晚于后一日期；“不得同日”时不能是同一天。几个名称的取最先读到的；
    写了“每份”的，前一日期在每一份文书里都要不晚于后一日期；写了“任一份”的，后一日期有几份文书的，
    有一份不早于前一日期即可。

    载明“情形”（紧急、当场）的，可以迟到“补办期限”以内，由人按时刻核对。
    日期没有读到时待复核，文书不在卷时不适用。
    """

    version: ClassVar[int] = 3
    first: tuple[str, ...] = key("先", Of.FACTS, needed=True)
    then: tuple[str, ...] = key("后", Of.FACTS, needed=True)
    not_same_day: bool = key("不得同日", Of.FLAG, default=False)
    every: bool = key("每份", Of.FLAG, default=False, says="前一日期的每一份文书都问")
    any_of: bool = key("任一份", Of.FLAG, default=False, says="后一日期有几份文书的，一份就够")
    urgent: tuple[str, ...] = key("紧急载明", Of.WORDINGS, says="有这样的记载的可以事后补办")
    said_in: tuple[str, ...] = key("见于", Of.PAPERS, says="紧急的记载在哪些文书里")
    belated: str = key("补办期限", Of.PARAMETER, default="", says="小时")

    def judge(self, ctx: Context) -> Verdict:
        if self.every:
            return self._each(ctx)
        got = both(ctx, self.first, self.then)
        if isinstance(got, Verdict):
            return got
        (first, a), (second, b) = got
        if self.any_of:
            b = max((f for _, f in ctx.every(second) if day_of(f)), key=sure_day, default=b)
        one, two = cn_day(sure_day(a)), cn_day(sure_day(b))
        if not self._late(a, b):
            return passed(f"{first} {one}，{second} {two}", [a.place, b.place])
        text = f"{first} {one} {'不早于' if self.not_same_day else '晚于'}{second} {two}"
        return self._excused(ctx, text, a, b) or fail(
            text, [a.place, b.place], plain=plainly_read(a, b)
        )

    def _late(self, a: Fact, b: Fact) -> bool:
        first, then = sure_day(a), sure_day(b)
        return first > then or (self.not_same_day and first == then)

    def _excused(self, ctx: Context, text: str, a: Fact, b: Fact) -> Verdict | None:
        """Urgent acts may be approved afterwards, within a time that is told by the clock."""
        if not self.urgent:
            return None
        papers = ctx.case.readable(*ctx.named(self.said_in))
        if not any(says(p, self.urgent) for p in papers):
            text = f"{text}，没有紧急情况的记载"
            return fail(text, [a.place, b.place], plain=plainly_read(a, b))
        limit = ctx.limit(self.belated, day_of(b)) if self.belated else None
        hours = (sure_day(a) - sure_day(b)) // dt.timedelta(hours=1)
        if limit is None or hours - HOURS < limit.value:
            until = limit.sentence() if limit else "规定时间"
            text = f"{text}，情况紧急，是否在{until}内补办请按时刻核对"
            return review(text, [a.place, b.place])
        text = f"{text}，超过{limit.sentence()}"
        return fail(text, [a.place, b.place], plain=plainly_read(a, b))

    def _each(self, ctx: Context) -> Verdict:
        later = first_day(ctx, self.then)
        if later is None:
            gone = ctx.absent(*ctx.named(papers_of(self.then)))
            return gone or review(f"没有读到{short(self.then)}")
        kinds = ctx.named(papers_of(self.first))
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        days = [(p, self._day_in(ctx, p)) for p in ctx.case.readable(*kinds)]
        undated = [p for p, day in days if day is None] or ctx.unreadable(*kinds)
        return self._late_ones([(p, day) for p, day in days if day], *later) or (
            review(f"{undated[0].name}没有读到日期", [undated[0].top()])
            if undated
            else passed(f"均不晚于{later[0]} {cn_day(sure_day(later[1]))}", [later[1].place])
        )

    def _late_ones(self, days: list[tuple[Paper, Fact]], name: str, end: Fact) -> Verdict | None:
        late = [(p, day) for p, day in days if self._late(day, end)]
        if not late:
            return None
        text = "；".join(f"{p.name}的日期是 {cn_day(sure_day(day))}" for p, day in late)
        places = [*(day.place for _, day in late), end.place]
        subject = kinds_of(p for p, _ in late)
        return fail(f"{text}，晚于{name} {cn_day(sure_day(end))}", places, subject=subject)

    def _day_in(self, ctx: Context, paper: Paper) -> Fact | None:
        """The first of the named facts that this paper states as a day."""
        facts = ctx.case.facts_of(paper)
        named = (n.partition(".") for n in self.first)
        got = (facts.get(fact) for kind, _, fact in named if paper.doc.is_kind(kind))
        return next((f for f in got if day_of(f)), None)

    def rule(self) -> str:
        word = "早于" if self.not_same_day else "不晚于"
        which = "每一份" if self.every else ""
        one = "其中一份" if self.any_of else ""
        text = f"{which}{short(self.first)}应当{word}{one}{short(self.then)}"
        if self.urgent:
            text += f"；{listed(self.said_in)}载明{listed(self.urgent, '、')}的，可以事后补办"
            text += f"，不超过参数“{self.belated}”" if self.belated else ""
        return text
