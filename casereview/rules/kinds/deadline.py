"""期限."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from casereview.facts.readers import day_of
from casereview.law.parameters import Value
from casereview.law.workdays import add_months, workdays_after
from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.kinds.order import both
from casereview.rules.verdicts import Context, cn_day, fail, passed, review


@dataclass(frozen=True)
class Deadline(Kind):
    """期限：从一日到另一日不超过（不少于）参数规定的期限，日类按参数。

    开始的当日不计入（民事诉讼法85）；不少于的，首尾两日都不计入，恰差一日的待复核。有“延长”文书的
    加上延长期限，有“扣除”文书的超过也待复核。
    """

    start: tuple[str, ...] = key("从", Of.FACTS, needed=True)
    end: tuple[str, ...] = key("到", Of.FACTS, needed=True)
    at_most: str = key("不超过", Of.PARAMETER, default="")
    at_least: str = key("不少于", Of.PARAMETER, default="")
    extended_by: tuple[str, ...] = key("延长", Of.PAPERS)
    extension: str = key("延长期限", Of.PARAMETER, default="")
    suspended_by: tuple[str, ...] = key("扣除", Of.PAPERS)

    @classmethod
    def refuses(cls, given: dict[str, Any]) -> str:
        one = bool(given.get("at_most")) != bool(given.get("at_least"))
        return "" if one else "期限要写 不超过 或者 不少于 中的一个"

    def judge(self, ctx: Context) -> Verdict:
        got = both(ctx, self.start, self.end)
        if isinstance(got, Verdict):
            return got
        (first, a), (second, b) = got
        start, end = day_of(a), day_of(b)
        name = self.at_most or self.at_least
        limit = ctx.limit(name, start)
        if limit is None:
            return review(f"{cn_day(start)} 没有有效的参数“{name}”", [a.place])
        span = f"{first} {cn_day(start)}，{second} {cn_day(end)}"
        if self.at_least and limit.unit.endswith("月"):
            last = add_months(start, int(limit.value))
            text = f"{span}，{limit.sentence()}至 {cn_day(last)} 届满"
            places = [b.place, a.place]
            return passed(text, places) if end > last else fail(text + "，尚未届满", places)
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
        if self.at_least:
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
        extended = self.extended_by and ctx.case.readable(*self.extended_by)
        more = ctx.limit(self.extension, start) if self.extension else None
        if extended and more:
            allowed, why = allowed + more.value, f"{why}加延长的{more.sentence()}"
        if n <= allowed:
            return passed(text, [b.place])
        held = [
            p for p in ctx.case.all(*self.suspended_by, *(() if extended else self.extended_by))
        ]
        if held:
            return review(
                f"{text}，超过{why}；有{held[0].name}，应扣除或者延长的时间请人工核对",
                [b.place, held[0].top()],
            )
        if self.extended_by and not extended and (hiding := ctx.case.could_hide(*self.extended_by)):
            return review(
                f"{text}，超过{why}；但 {hiding[0].path} 未能完整读取，可能有延长手续", [b.place]
            )
        return fail(f"{text}，超过{why}", [b.place, a.place])

    def rule(self) -> str:
        words = f"不超过参数“{self.at_most}”" if self.at_most else f"不少于参数“{self.at_least}”"
        text = f"从{short(self.start)}到{short(self.end)}应当{words}"
        if self.extended_by:
            text += f"；有{listed(self.extended_by)}的，加“{self.extension}”"
        if self.suspended_by:
            text += f"；扣除{listed(self.suspended_by)}的期间"
        return text


def _count(start: dt.date, end: dt.date, limit: Value) -> int:
    return workdays_after(start, end) if limit.working else (end - start).days
