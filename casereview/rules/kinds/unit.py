"""Kinds of check on a unit: its own papers (单位材料), its lists, and rates over its cases in this
batch.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from casereview.chinese import find_dates, key
from casereview.model import FAIL, PASS, REVIEW, Place, SourceFile, UnitPapers, Verdict
from casereview.rules.kinds.paper import Kind, wording
from casereview.rules.verdicts import Law, fail, na, passed, review


@dataclass(frozen=True)
class UnitPaper:
    """One file of 单位材料, as text."""

    file: str
    text: str
    readable: bool

    @property
    def head(self) -> str:
        """Name and opening, by which a paper is known."""
        return key(self.file.rsplit("/", 1)[-1] + self.text[:240])

    def place(self) -> Place:
        """Where a reviewer looks: the file, its first words."""
        return Place(self.file, 1, None, re.sub(r"\s", "", self.text)[:40])


def unit_paper(source: SourceFile) -> UnitPaper:
    """A read file as a paper of the unit."""
    text = "\n".join(ln.text for p in source.pages for ln in p.lines)
    return UnitPaper(
        f"单位材料/{source.path}", text[:60_000], source.outcome == "readable" and bool(text)
    )


@dataclass
class UnitContext:
    """A unit before the list of the three systems: papers (None when it handed in none), lists, the
    results of its cases, the day of the review.
    """

    unit: str
    papers: list[UnitPaper] | None
    lists: UnitPapers
    cases: list[dict[str, Any]]
    law: Law
    as_of: dt.date
    earlier: dict[str, int] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> tuple[dict[str, str], ...] | None:
        """Rows of a CSV list of the unit; None when it was not handed in."""
        known = {
            "officers": self.lists.officers,
            "reviewers": self.lists.reviewers,
            "authority": self.lists.authority,
        }
        return known[name] if name in known else self.lists.lists.get(name)

    def limit(self, name: str) -> Decimal:
        """A parameter on the day of the review."""
        value = self.law.parameters[name].on(self.as_of)
        self.used[name] = value.amount() if value else ""
        return value.value if value else Decimal(0)


@dataclass(frozen=True)
class Handed(Kind):
    """单位材料: the unit handed in a paper known by one of ``材料`` (or the CSV ``或清单``) that
    carries every element of ``要素``, no older than ``不早于`` days (a parameter).
    """

    材料: tuple[str, ...]
    要素: tuple[tuple[str, tuple[str, ...]], ...] = ()
    或清单: str = ""
    有效天数: str = ""
    每年期限: str = ""
    keys = ("材料", "要素", "或清单", "有效天数", "每年期限")
    needs = ("材料",)

    def judge(self, ctx: UnitContext) -> Verdict:  # type: ignore[override]
        rows = ctx.rows(self.或清单) if self.或清单 else None
        found = [p for p in ctx.papers or [] if any(wording(w).search(p.head) for w in self.材料)]
        if not found and rows and not self.有效天数:
            return passed(
                f"有{self.或清单}.csv，{len(rows)} 行",
                [Place(f"单位材料/{self.或清单}.csv", 1, None, "")],
            )
        if not ctx.papers:
            return review("单位没有提供单位材料，请人工查看")
        if not found:
            blind = [p for p in ctx.papers if not p.readable]
            if blind:
                return review(
                    f"可读的单位材料中没有{'、'.join(self.材料[:3])}，{blind[0].file} 未能读取",
                    [blind[0].place()],
                )
            return fail(
                f"单位材料中没有{'、'.join(self.材料[:3])}",
                [ctx.papers[0].place()],
                f"已查看 {len(ctx.papers)} 个文件",
            )
        unreadable = next((p for p in found if not p.readable), None)
        if unreadable:
            return review(f"{unreadable.file} 未能读取，请人工查看", [unreadable.place()])
        text = key("".join(p.text + p.file for p in found))
        lacks = [n for n, words in self.要素 if not any(wording(w).search(text) for w in words)]
        if lacks:
            return fail(
                f"{found[0].file} 缺{'、'.join(lacks)}", [found[0].place()], subject=lacks[0]
            )
        return self._dated(ctx, found[0]) or passed(f"有{found[0].file}", [found[0].place()])

    def _dated(self, ctx: UnitContext, p: UnitPaper) -> Verdict | None:
        if not self.有效天数 and not self.每年期限:
            return None
        days = [d for d, _, _ in find_dates(p.text + p.file) if d <= ctx.as_of]
        if not days:
            return review(f"{p.file} 没有读到日期", [p.place()])
        last = max(days)
        if self.有效天数 and (ctx.as_of - last).days > ctx.limit(self.有效天数):
            return fail(
                f"{p.file} 最近的日期是 {last}，到评查基准日 {ctx.as_of} 已超过"
                f" {ctx.limit(self.有效天数)} 日没有更新",
                [p.place()],
                subject="更新",
            )
        if self.每年期限 and last > dt.date(last.year, 1, 1) + dt.timedelta(
            days=int(ctx.limit(self.每年期限)) - 1
        ):
            return fail(
                f"{p.file} 的日期是 {last}，晚于当年一月三十一日", [p.place()], subject="期限"
            )
        return None


@dataclass(frozen=True)
class Rate(Kind):
    """比率: of the cases to which one of ``项目`` applies, the share where all of them pass is at
    least the parameter ``不低于`` (percent). Open cases leave it open.
    """

    项目: tuple[str, ...]
    不低于: str
    仅重大: bool = False
    keys = ("项目", "不低于", "仅重大")
    needs = ("项目", "不低于")

    def judge(self, ctx: UnitContext) -> Verdict:  # type: ignore[override]
        good, bad, open_ = [], [], []
        for case in ctx.cases:
            by = {f["check"]: f for f in case["findings"]}
            if self.仅重大 and not any(
                by.get(i, {}).get("status") in (PASS, FAIL)
                for i in ("deliberation.present", "legal-review.present")
            ):
                continue
            words = [by[i]["status"] for i in self.项目 if i in by]
            if FAIL in words:
                bad.append(
                    (case, next(by[i] for i in self.项目 if i in by and by[i]["status"] == FAIL))
                )
            elif REVIEW in words:
                open_.append(case)
            elif PASS in words:
                good.append(case)
        n = len(good) + len(bad)
        if not n and not open_:
            return na("本批案卷没有适用的")
        need = ctx.limit(self.不低于)
        rate = Decimal(100 * len(good)) / n if n else Decimal(0)
        text = (
            f"适用 {n + len(open_)} 卷，合格 {len(good)} 卷，不合格 {len(bad)} 卷，待定"
            f" {len(open_)} 卷"
        )
        best = Decimal(100 * (len(good) + len(open_))) / (n + len(open_))
        if best < need:
            places = [
                Place(c["case"], e.page, None, e.quote)
                for c, f in bad
                for e in f["evidence"][:1]
            ]
            return fail(
                f"{text}，比率 {rate:.1f}%，低于 {need}%",
                places or [Place(bad[0][0]["case"], 1, None, "")],
                *(f"{c['case']}：{f['message']}" for c, f in bad),
            )
        if open_ and rate < need or open_ and not n:
            return review(f"{text}，有待定案卷，不能算定")
        if open_:
            return review(f"{text}，已判定的均合格，待定案卷请先复核")
        return passed(f"{text}，比率 {rate:.1f}%", [Place(good[0]["case"], 1, None, "")])
