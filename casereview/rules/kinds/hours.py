"""避开时段."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.facts.readers import day_of
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.lacks import unreadable
from casereview.rules.verdicts import Context, cn_day, fail, passed, review, says

MONDAY_TO_FRIDAY = 5


@dataclass(frozen=True)
class Hours(Kind):
    """避开时段：文书写明的时间不在夜间、法定节假日；文书载明紧急等情形的除外。

    时间没有读到、写的是周末的，待复核；文书不在卷的不适用。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    times: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True, says="第一项必须读到")
    night_from: str = key("夜间起", Of.PARAMETER, needed=True, says="几时")
    night_to: str = key("夜间止", Of.PARAMETER, needed=True, says="次日几时")
    unless_said: tuple[str, ...] = key("除非载明", Of.WORDINGS)

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        papers = ctx.case.readable(*kinds)
        for paper in papers:
            verdict = None if says(paper, self.unless_said) else self._judge(ctx, paper)
            if verdict is not None:
                return verdict
        return unreadable(ctx.unreadable(*kinds)) or passed(
            "执行时间不在夜间和节假日", [papers[0].top()]
        )

    def _judge(self, ctx: Context, paper: Paper) -> Verdict | None:
        facts = ctx.case.facts_of(paper)
        first = facts.get(self.times[0])
        day = day_of(first)
        if first is None or day is None:
            return review(f"{paper.name}没有读到{self.times[0]}", [paper.top()])
        at = f"{paper.name}载明 {cn_day(day)} 执行"
        if not ctx.calendar.is_workday(day) and day.weekday() < MONDAY_TO_FRIDAY:
            return fail(f"{at}，是法定节假日，没有紧急情况的记载", [first.place], subject="节假日")
        times = [f for name in self.times if (f := facts.get(name)) is not None]
        night = self._at_night(ctx, paper, day, times)
        if night is not None:
            return night
        if not ctx.calendar.is_workday(day):
            return review(f"{at}，是周末，是否为法定节假日请人工核对", [first.place])
        return None

    def _at_night(
        self, ctx: Context, paper: Paper, day: dt.date, times: list[Fact]
    ) -> Verdict | None:
        """The first of the times that lies in the night of the law."""
        start, end = ctx.limit(self.night_from, day), ctx.limit(self.night_to, day)
        for fact in times if start and end else ():
            hour = _hour(fact)
            if start and end and hour is not None and not end.value <= hour < start.value:
                span = f"{start.value} 时至次日 {end.value} 时"
                text = f"{paper.name}载明的时间 {fact.value} 在夜间（{span}），没有紧急情况的记载"
                return fail(text, [fact.place], subject="夜间")
        return None

    def rule(self) -> str:
        return (
            f"{listed(self.papers)}的{listed(self.times)}不得在夜间"
            f"（参数“{self.night_from}”至“{self.night_to}”）和法定节假日"
        )


def _hour(fact: Fact) -> float | None:
    """The hour of a time fact ('2025-03-11 09:15'); None for a day without a time."""
    clock = str(fact.value)[11:16]
    if len(clock) < len("00:00"):
        return None
    return int(clock[:2]) + int(clock[3:]) / 60
