"""先后顺序."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from casereview.facts.readers import day_of
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import Context, cn_day, fail, kinds_of, passed, review, says

Named = tuple[str, Fact]
HOURS = 24


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
    """先后顺序：前一日期不晚于后一日期；“不得同日”时不能是同一天。几个名称的取最先读到的；写了“每份”
    的，前一日期在每一份文书里都要不晚于后一日期。

    载明“情形”（紧急、当场）的，可以迟到“补办期限”以内，由人按时刻核对。
    日期没有读到时待复核，文书不在卷时不适用。
    """

    version: ClassVar[int] = 2
    first: tuple[str, ...] = key("先", Of.FACTS, needed=True)
    then: tuple[str, ...] = key("后", Of.FACTS, needed=True)
    not_same_day: bool = key("不得同日", Of.FLAG, default=False)
    every: bool = key("每份", Of.FLAG, default=False, says="前一日期的每一份文书都问")
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
        text = f"{first} {cn_day(_day(a))}，{second} {cn_day(_day(b))}"
        if not self._late(a, b):
            return passed(text, [a.place, b.place])
        word = "不早于" if self.not_same_day else "晚于"
        text = f"{first} {cn_day(_day(a))} {word}{second} {cn_day(_day(b))}"
        return self._excused(ctx, text, a, b) or fail(text, [a.place, b.place])

    def _late(self, a: Fact, b: Fact) -> bool:
        return _day(a) > _day(b) or (self.not_same_day and _day(a) == _day(b))

    def _excused(self, ctx: Context, text: str, a: Fact, b: Fact) -> Verdict | None:
        """Urgent acts may be approved afterwards, within a time that is told by the clock."""
        if not self.urgent:
            return None
        papers = ctx.case.readable(*ctx.named(self.said_in))
        if not any(says(p, self.urgent) for p in papers):
            return fail(f"{text}，没有紧急情况的记载", [a.place, b.place])
        limit = ctx.limit(self.belated, _day(b)) if self.belated else None
        hours = (_day(a) - _day(b)) // dt.timedelta(hours=1)
        if limit is None or hours - HOURS < limit.value:
            until = limit.sentence() if limit else "规定时间"
            text = f"{text}，情况紧急，是否在{until}内补办请按时刻核对"
            return review(text, [a.place, b.place])
        return fail(f"{text}，超过{limit.sentence()}", [a.place, b.place])

    def _each(self, ctx: Context) -> Verdict:
        later = first_day(ctx, self.then)
        kinds = tuple(dict.fromkeys(n.partition(".")[0] for n in self.first))
        if later is None:
            after = tuple(dict.fromkeys(n.partition(".")[0] for n in self.then))
            return ctx.absent(*after) or review(f"没有读到{short(self.then)}")
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        days = [(p, self._day_in(ctx, p)) for p in ctx.case.readable(*kinds)]
        name, end = later
        late = [(p, day) for p, day in days if day and self._late(day, end)]
        if late:
            text = "；".join(f"{p.name}的日期是 {cn_day(_day(day))}" for p, day in late)
            text = f"{text}，晚于{name} {cn_day(_day(end))}"
            places = [*(day.place for _, day in late), end.place]
            return fail(text, places, subject=kinds_of(p for p, _ in late))
        undated = [p for p, day in days if day is None] or ctx.unreadable(*kinds)
        if undated:
            return review(f"{undated[0].name}没有读到日期", [undated[0].top()])
        return passed(f"均不晚于{name} {cn_day(_day(end))}", [end.place])

    def _day_in(self, ctx: Context, paper: Paper) -> Fact | None:
        """The first of the named facts that this paper states as a day."""
        facts = ctx.case.facts_of(paper)
        named = (n.partition(".") for n in self.first)
        got = (facts.get(fact) for kind, _, fact in named if paper.doc.is_kind(kind))
        return next((f for f in got if f is not None and day_of(f)), None)

    def rule(self) -> str:
        word = "早于" if self.not_same_day else "不晚于"
        which = "每一份" if self.every else ""
        text = f"{which}{short(self.first)}应当{word}{short(self.then)}"
        if self.urgent:
            text += f"；{listed(self.said_in)}载明{listed(self.urgent, '、')}的，可以事后补办"
            text += f"，不超过参数“{self.belated}”" if self.belated else ""
        return text


def _day(fact: Fact) -> dt.date:
    """A day that was found to be one."""
    day = day_of(fact)
    if day is None:
        raise ValueError("only days are compared here")
    return day
