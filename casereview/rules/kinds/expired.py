"""期限届满."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.facts.readers import day_of
from casereview.model import Fact, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, short
from casereview.rules.kinds.order import both
from casereview.rules.verdicts import Context, cn_day, fail, na, passed, plainly_read, review

WORKING = "个工作日"


@dataclass(frozen=True)
class End:
    """The last day of a stated period: at the least, and at the most that may be argued."""

    sure: dt.date
    latest: dt.date
    words: str


@dataclass(frozen=True)
class Expired(Kind):
    """期限届满：文书自己写明的期限（给当事人陈述申辩、要求听证的期限）届满以后才可以有后一日。
    开始的当日不计入。

    从的几个日期取后一日以前最晚的一个。写明工作日的按工作日；与“法定”参数同数的按该参数的日类；
    其他的按自然日，可能要按工作日计算的待复核。
    没有读到期限的待复核；文书不在卷、后一日不在前一日之后的不适用。
    """

    start: tuple[str, ...] = key("从", Of.FACTS, needed=True)
    end: tuple[str, ...] = key("到", Of.FACTS, needed=True)
    periods: tuple[str, ...] = key("期限", Of.FACTS, needed=True)
    statutory: str = key("法定", Of.PARAMETER, default="", says="同数的按它计算")
    short: str = key("短期", Of.PARAMETER, default="", says="不超过它的可能按工作日计算")

    def judge(self, ctx: Context) -> Verdict:
        got = both(ctx, self._last_start(ctx), self.end)
        if isinstance(got, Verdict):
            return got
        (_, a), (_, b) = got
        start, day = day_of(a), day_of(b)
        if start is None or day is None or day <= start:
            return na(f"{short(self.end)}不在{short(self.start)}之后（先后顺序另有一项）")
        periods = [f for name in self.periods for _, f in ctx.every(name)]
        ends = [e for f in periods if (e := self._end(ctx, start, f))]
        if not ends:
            return review(f"没有读到{short(self.periods)}", [a.place])
        last = max(ends, key=lambda e: e.sure)
        text = f"{short(self.start)} {cn_day(start)}，{last.words}于 {cn_day(last.sure)} 届满"
        if day <= last.sure:
            early = f"{text}，{cn_day(day)} 即{short(self.end)}"
            until = f"届满日 {last.sure.isoformat()}"
            return fail(early, [a.place, b.place], until, plain=plainly_read(a, b))
        argued = max(ends, key=lambda e: e.latest)
        if day <= argued.latest:
            until = f"{argued.words}按工作日（或者顺延）计算至 {cn_day(argued.latest)}"
            text = f"{short(self.start)} {cn_day(start)}，{until}，{cn_day(day)} {short(self.end)}"
            return review(f"{text}；“日”的计算有争议，请人工判断", [a.place])
        return passed(f"{text}，{cn_day(day)} {short(self.end)}", [a.place])

    def _last_start(self, ctx: Context) -> tuple[str, ...]:
        """The names of the first days, the latest before the second day first."""
        decided = day_of(next((f for n in self.end if (f := ctx.fact(n))), None)) or dt.date.max
        days = {n: day for n in self.start if (day := day_of(ctx.fact(n)))}
        before = [n for n, day in days.items() if day < decided]
        before.sort(key=lambda n: days[n], reverse=True)
        return tuple(dict.fromkeys((*before, *self.start)))

    def _end(self, ctx: Context, start: dt.date, period: Fact) -> End | None:
        number = "".join(c for c in str(period.value) if c.isdigit())
        unit = str(period.value)[len(number) :]
        if not number or unit not in ("日", WORKING):
            return None
        days, words = int(number), f"写明的{period.value}"
        if unit == WORKING or self._working(ctx, start, days):
            end = ctx.calendar.last_day(start, days, working=True)
            return End(end, end, words)
        latest = ctx.calendar.last_day(start, days, working=False)
        brief = ctx.limit(self.short, start) if self.short else None
        if brief is not None and days <= brief.value:
            latest = max(latest, ctx.calendar.last_day(start, days, working=True))
        return End(start + dt.timedelta(days), latest, words)

    def _working(self, ctx: Context, start: dt.date, days: int) -> bool:
        """True when the law gives the same number of working days."""
        limit = ctx.limit(self.statutory, start) if self.statutory else None
        return limit is not None and limit.working and limit.value == days

    def rule(self) -> str:
        return f"{short(self.start)}起，{short(self.periods)}届满以后才可以{short(self.end)}"
