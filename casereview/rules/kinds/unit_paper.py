"""单位材料."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.chinese import find_dates
from casereview.chinese import key as folded
from casereview.chinese.wording import says
from casereview.model import FAIL, Place, Verdict
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.unit_context import UnitContext, UnitPaper
from casereview.rules.verdicts import fail, passed, review


@dataclass(frozen=True)
class Handed(Kind):
    """单位材料：单位交来了名称（或者开头）是“材料”之一的文件（或者清单），写有每一项要素，
    并且不过期。

    没有交单位材料、文件未能读取时待复核。
    """

    known_as: tuple[str, ...] = key("材料", Of.WORDINGS, needed=True)
    elements: Groups = key("要素", Of.GROUPS)
    or_rows: str = key("或清单", Of.TEXT, default="")
    fresh_for: str = key("有效天数", Of.PARAMETER, default="")
    yearly_by: str = key("每年期限", Of.PARAMETER, default="")
    openly: bool = key("缺则待复核", Of.FLAG, default=False, says="没有的由人判断，不算不合格")

    def judge(self, ctx: UnitContext) -> Verdict:  # type: ignore[override]
        verdict = self._strictly(ctx)
        if self.openly and verdict.status == FAIL:
            return review(verdict.message, verdict.places, *verdict.working)
        return verdict

    def _strictly(self, ctx: UnitContext) -> Verdict:
        rows = ctx.rows(self.or_rows) if self.or_rows else None
        found = [p for p in ctx.papers or [] if says(p.head, self.known_as)]
        if not found:
            listed_in = rows if not self.fresh_for else None
            return self._in_rows(listed_in) or self._not_found(ctx.papers or [])
        lacking = self._lacking(found)
        return (
            lacking
            or self._dated(ctx, found[0])
            or passed(f"有{found[0].file}", [found[0].place()])
        )

    def _in_rows(self, rows: tuple[dict[str, str], ...] | None) -> Verdict | None:
        """A list that stands for the paper."""
        if not rows:
            return None
        place = Place(f"单位材料/{self.or_rows}.csv", 1, None, "")
        return passed(f"有{self.or_rows}.csv，{len(rows)} 行", [place])

    def _not_found(self, papers: list[UnitPaper]) -> Verdict:
        """None of the papers is known as what is asked; an unread one may be."""
        if not papers:
            return review("单位没有提供单位材料，请人工查看")
        names = "、".join(self.known_as[:3])
        blind = next((p for p in papers if not p.readable), None)
        if blind:
            text = f"可读的单位材料中没有{names}，{blind.file} 未能读取"
            return review(text, [blind.place()])
        text = f"单位材料中没有{names}"
        return fail(text, [papers[0].place()], f"已查看 {len(papers)} 个文件")

    def _lacking(self, found: list[UnitPaper]) -> Verdict | None:
        """The elements that none of the papers found says; an unread one may say them."""
        unread = next((p for p in found if not p.readable), None)
        if unread:
            return review(f"{unread.file} 未能读取，请人工查看", [unread.place()])
        text = folded("".join(p.text + p.file for p in found))
        lacks = [n for n, words in self.elements if not says(text, words)]
        if not lacks:
            return None
        words = f"{found[0].file} 缺{'、'.join(lacks)}"
        return fail(words, [found[0].place()], subject=lacks[0])

    def _dated(self, ctx: UnitContext, p: UnitPaper) -> Verdict | None:
        if not self.fresh_for and not self.yearly_by:
            return None
        days = [d for d, _, _ in find_dates(p.text + p.file) if d <= ctx.as_of]
        if not days:
            return review(f"{p.file} 没有读到日期", [p.place()])
        last = max(days)
        if self.fresh_for and (ctx.as_of - last).days > ctx.limit(self.fresh_for):
            return fail(
                f"{p.file} 最近的日期是 {last}，到评查基准日 {ctx.as_of} 已超过"
                f" {ctx.limit(self.fresh_for)} 日没有更新",
                [p.place()],
                subject="更新",
            )
        if self.yearly_by and last > dt.date(last.year, 1, 1) + dt.timedelta(
            days=int(ctx.limit(self.yearly_by)) - 1
        ):
            return fail(
                f"{p.file} 的日期是 {last}，晚于当年一月三十一日", [p.place()], subject="期限"
            )
        return None

    def rule(self) -> str:
        text = f"单位应当有{listed(self.known_as[:3], '或者')}"
        if self.elements:
            text += f"，写明{listed(tuple(name for name, _ in self.elements))}"
        return text
