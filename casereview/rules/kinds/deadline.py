"""期限."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casereview.facts.doubt import Unknown
from casereview.facts.readers import day_of, sure_day
from casereview.law.parameters import Value
from casereview.law.workdays import Calendar, add_months
from casereview.model import FAIL, Fact, Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, TimeSpan, key, listed, short
from casereview.rules.kinds.order import Named, both, first_day
from casereview.rules.verdicts import Context, cn_day, fail, passed, plainly_read, review


@dataclass(frozen=True)
class Span:
    """From one day to another: the days, their facts, and the sentence that tells them."""

    start: dt.date
    end: dt.date
    first: Fact
    last: Fact
    text: str

    @property
    def places(self) -> list[Place]:
        """Where both days stand, the last first."""
        return [self.last.place, self.first.place]

    @property
    def plain(self) -> bool:
        """True where both days were read in their own words."""
        return plainly_read(self.first, self.last)


@dataclass(frozen=True)
class Deadline(Kind):
    """期限：从一日到另一日不超过（不少于）参数规定的期限，日类按参数。

    开始的当日不计入；“顺延”的，期满日是节假日时到节假日后的第一日（民事诉讼法85）。不少于的，首尾
    两日都不计入，恰差一日的待复核；“届满后”的，到期满的次日才够。“先经过”的，
    从那个期限届满之日起算。
    超过而有“或有文书”的合格；有“延长”文书的，加上延长期限，没有写延长期限的合格；有“扣除”文书、
    “存疑”要素的待复核。“延长记载”的要素是卷内批准延长的话，同“延长”文书一样；
    “延长天数”的要素是延长文书自己写的期限，超过它的待复核。待核实的期限只能待复核。
    起点没有读到时，从“最早从”的日期算，没有超过的合格，超过的待复核。
    """

    version = 3
    start: tuple[str, ...] = key("从", Of.FACTS, needed=True)
    end: tuple[str, ...] = key("到", Of.FACTS, needed=True)
    at_most: str = key("不超过", Of.PARAMETER, default="")
    at_least: str = key("不少于", Of.PARAMETER, default="")
    after: bool = key("届满后", Of.FLAG, default=False, says="期满的次日起才够")
    rolls: bool = key("顺延", Of.FLAG, default=False, says="期满日是节假日的顺延")
    both_days: bool = key("首尾计入", Of.FLAG, default=False, says="不少于的，起止两日都算")
    first_passed: str = key("先经过", Of.PARAMETER, default="", says="这个期限届满后起算")
    earliest: tuple[str, ...] = key("最早从", Of.FACTS, says="起点没有读到时用")
    or_papers: tuple[str, ...] = key("或有文书", Of.PAPERS, says="有这些文书的合格")
    extended_by: tuple[str, ...] = key("延长", Of.PAPERS)
    extension: str = key("延长期限", Of.PARAMETER, default="")
    extended_in: tuple[str, ...] = key("延长记载", Of.FACTS, says="卷内有批准延长的记载")
    extended_to: tuple[str, ...] = key("延长天数", Of.FACTS, says="延长文书写明的期限")
    suspended_by: tuple[str, ...] = key("扣除", Of.PAPERS)
    doubtful: tuple[str, ...] = key("存疑", Of.FACTS, says="超过（不足）而有这些记载的待复核")
    soonest: bool = key("取最早", Of.FLAG, default=False, says="到的几个日期取最早的一个")

    @classmethod
    def refuses(cls, given: dict[str, Any]) -> str:
        one = bool(given.get("at_most")) != bool(given.get("at_least"))
        return "" if one else "期限要写 不超过 或者 不少于 中的一个"

    def spans(self) -> tuple[TimeSpan, ...]:
        return (TimeSpan(self.start, self.end, self.at_most or self.at_least),)

    def judge(self, ctx: Context) -> Verdict:
        instead = ctx.case.readable(*ctx.named(self.or_papers))
        if instead:
            return passed(f"有{instead[0].name}", [instead[0].top()])
        guessed = first_day(ctx, self.start) is None and first_day(ctx, self.earliest)
        got = both(ctx, self.earliest if guessed else self.start, self._ends(ctx))
        if isinstance(got, Verdict):
            return got
        span = _span(*got)
        name = self.at_most or self.at_least
        limit = ctx.limit(name, span.start)
        if limit is None:
            return review(f"{cn_day(span.start)} 没有有效的参数“{name}”", [span.first.place])
        if self.at_least:
            return self._at_least(ctx, span, limit)
        verdict = self._in_time(ctx, span, limit)
        if guessed and verdict.status == FAIL:
            text = f"没有读到{short(self.start)}；{verdict.message}"
            return review(text, verdict.places)
        return verdict

    def _ends(self, ctx: Context) -> tuple[str, ...]:
        """The names of the last days, the earliest first where that is asked for."""
        if not self.soonest:
            return self.end
        days = {n: day for n in self.end if (day := day_of(ctx.fact(n)))}
        return tuple(sorted(self.end, key=lambda n: days.get(n, dt.date.max)))

    def _in_time(self, ctx: Context, span: Span, limit: Value) -> Verdict:
        start, why = span.start, limit.sentence()
        if self.first_passed:
            first = ctx.limit(self.first_passed, span.start)
            if first is None:
                return review(f"没有有效的参数“{self.first_passed}”", [span.first.place])
            start, why = self._begins(ctx, start, first), f"{first.amount()}届满后的{why}"
        if self._within(ctx, start, span.end, limit):
            return passed(f"{span.text}，未超过{why}", [span.last.place])
        extended = self._extended(ctx)
        more = ctx.limit(self.extension, start) if self.extension else None
        if extended is None:
            return self._passed_by(ctx, span, start, (limit,), why)
        if more is None:
            return self._as_extended(ctx, span, start, limit, *extended)
        why = f"{why}加延长的{more.sentence()}"
        if self._within(ctx, start, span.end, limit, more):
            return passed(f"{span.text}，未超过{why}", [span.last.place])
        return self._passed_by(ctx, span, start, (limit, more), why)

    def _passed_by(
        self, ctx: Context, span: Span, start: dt.date, limits: tuple[Value, ...], why: str
    ) -> Verdict:
        """The period was passed; a number that nobody verified only opens the item."""
        text = f"{span.text}，超过{why}（至 {cn_day(self._last(ctx, start, *limits))}）"
        if excused := self._excused(ctx, text, span):
            return excused
        if all(v.verified for v in limits):
            return fail(text, span.places, plain=span.plain)
        return review(text, span.places)

    def _at_least(self, ctx: Context, span: Span, limit: Value) -> Verdict:
        """Whether enough time passed; too short is open where the number was not verified, or a
        paper says why (存疑).
        """
        verdict = self._long_enough(ctx, span, limit)
        if verdict.status != FAIL:
            return verdict
        if not limit.verified:
            return review(verdict.message, verdict.places)
        excused = self._excused(ctx, verdict.message, span) if self.doubtful else None
        return excused or verdict

    def _unsure(self, ctx: Context) -> Unknown | None:
        """A record of an extension that may be there."""
        answers = [ctx.answer(name) for name in self.extended_in]
        return next((a for a in answers if isinstance(a, Unknown) and not a.missing), None)

    def _extended(self, ctx: Context) -> tuple[str, Place] | None:
        """What grants an extension: a paper, or what a paper of the file says."""
        papers = ctx.case.readable(*self.extended_by)
        if papers:
            return papers[0].name, papers[0].top()
        told = next((f for n in self.extended_in if (f := ctx.fact(n))), None)
        return (f"记载“{told.text[:40]}”", told.place) if told else None

    def _as_extended(
        self, ctx: Context, span: Span, start: dt.date, limit: Value, name: str, place: Place
    ) -> Verdict:
        """The law does not bound the extension; what it grants itself does, where that is read."""
        granted = [d for n in self.extended_to for _, f in ctx.every(n) if (d := _days(f))]
        until = _last(ctx.calendar, start, limit) + dt.timedelta(sum(granted))
        if granted and span.end > until:
            text = f"{span.text}，{name}延长 {sum(granted)} 日，至 {cn_day(until)}"
            return review(f"{text}，决定在其后，请人工核对", [span.last.place, place])
        return passed(f"{span.text}，有{name}", [place])

    def _begins(self, ctx: Context, start: dt.date, first: Value) -> dt.date:
        """The last day of the period that passes before this one begins."""
        last = _last(ctx.calendar, start, first)
        return ctx.calendar.last_day(last, 0, working=False) if self.rolls else last

    def _last(
        self, ctx: Context, start: dt.date, limit: Value, more: Value | None = None
    ) -> dt.date:
        last = _last(ctx.calendar, start, limit, more)
        return ctx.calendar.last_day(last, 0, working=False) if self.rolls else last

    def _within(
        self, ctx: Context, start: dt.date, end: dt.date, limit: Value, more: Value | None = None
    ) -> bool:
        """True when ``end`` is no later than the last day; the calendar of holidays is asked only
        where it decides.
        """
        soonest = _last(ctx.calendar, start, limit, more)
        return end <= soonest or end <= self._last(ctx, start, limit, more)

    def _excused(self, ctx: Context, text: str, span: Span) -> Verdict | None:
        """What may explain that the period was passed, or hide the paper that would."""
        extended = self._extended(ctx)
        held = ctx.case.all(*self.suspended_by, *(() if extended else self.extended_by))
        if held:
            text = f"{text}；有{held[0].name}，应扣除或者延长的时间请人工核对"
            return review(text, [span.last.place, held[0].top()])
        told = [(n, f) for n in self.doubtful if (f := ctx.fact(n))]
        if told:
            text = f"{text}；{told[0][0].replace('.', '的')}：“{told[0][1].text[:40]}”，请人工核对"
            return review(text, [span.last.place, told[0][1].place])
        if not extended and (unsure := self._unsure(ctx)):
            return review(f"{text}；{unsure.sentence()}，请人工核对", [span.last.place])
        wanted = (*self.or_papers, *(() if extended else self.extended_by))
        hiding = ctx.case.could_hide(*wanted) if wanted else []
        if hiding:
            text = f"{text}；但 {hiding[0].path} 未能完整读取，可能有{listed(wanted, '或者')}"
            return review(text, [span.last.place])
        return None

    def _long_enough(self, ctx: Context, span: Span, limit: Value) -> Verdict:
        why = limit.sentence()
        if self.after:
            last = _last(ctx.calendar, span.start, limit)
            text = f"{span.text}，{limit.amount()}于 {cn_day(last)} 届满"
            if span.end > last:
                return passed(text, [span.last.place])
            return fail(f"{text}，不足{why}", span.places, plain=span.plain)
        inner = _count(ctx.calendar, span.start, span.end - dt.timedelta(days=1), limit)
        between = inner + 2 if self.both_days else inner
        said = "连起止日共" if self.both_days else "间隔"
        if between >= limit.value:
            return passed(f"{span.text}，{said} {between} 日", [span.last.place])
        if between == limit.value - 1:
            text = f"{span.text}，期间恰差一日，起止日是否计入请人工判断（{why}）"
            return review(text, span.places)
        text = f"{span.text}，{said} {between} 日，不足{why}"
        return fail(text, span.places, plain=span.plain)

    def rule(self) -> str:
        words = f"不超过参数“{self.at_most}”" if self.at_most else f"不少于参数“{self.at_least}”"
        begin = f"经过“{self.first_passed}”以后" if self.first_passed else ""
        first = "中最早的一个" if self.soonest else ""
        text = f"从{short(self.start)}{begin}到{short(self.end)}{first}应当{words}"
        if self.or_papers:
            text = f"有{listed(self.or_papers, '、')}，或者{text}"
        if self.extended_by and self.extension:
            text += f"；有{listed(self.extended_by)}的，加“{self.extension}”"
        elif self.extended_by:
            text += f"；有{listed(self.extended_by)}的除外"
        if self.suspended_by:
            text += f"；扣除{listed(self.suspended_by)}的期间"
        return text


def _days(fact: Fact) -> int:
    """The days of a period that a paper states; 0 where it states no days."""
    text = str(fact.value)
    number = "".join(c for c in text if c.isdigit())
    return int(number) if number and text.endswith("日") else 0


def _span(first: Named, second: Named) -> Span:
    (name, a), (other, b) = first, second
    start, end = sure_day(a), sure_day(b)
    return Span(start, end, a, b, f"{name} {cn_day(start)}，{other} {cn_day(end)}")


def _count(calendar: Calendar, start: dt.date, end: dt.date, limit: Value) -> int:
    return calendar.workdays_after(start, end) if limit.working else (end - start).days


def _last(calendar: Calendar, start: dt.date, limit: Value, more: Value | None = None) -> dt.date:
    """The last day of a period that begins after ``start``, and of the one added to it."""
    for part in (limit, more) if more else (limit,):
        n = int(part.value)
        if part.unit.endswith(("月", "年")):
            start = add_months(start, n * (12 if part.unit.endswith("年") else 1))
        elif part.unit == "小时":
            start += dt.timedelta(hours=n)  # whole days: the hour of the first day is not known
        else:
            start = calendar.nth_workday(start, n) if part.working else start + dt.timedelta(n)
    return start
