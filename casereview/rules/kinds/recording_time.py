"""音像时间."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.chinese.wording import says
from casereview.facts.readers import day_of
from casereview.facts.recordings import (
    Recording,
    listed_recordings,
    stem,
    with_time,
)
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.verdicts import Context, cn_day, fail, na, passed, review

Days = dict[dt.date, Place]
REPEATS = ("卷宗封面", "卷内目录", "音像资料清单")  # tell days of other papers


@dataclass(frozen=True)
class Clash:
    """A recording made on another day than it should be, and the nearest day it could be."""

    file: Recording
    made: dt.date
    near: dt.date


@dataclass(frozen=True)
class RecordingTime(Kind):
    """音像时间：音像文件（照片）生成的日期，与它所记录的文书的日期（或者清单写明的日期）是同一日。
    文件名提到某一环节的，与那一环节的文书比。

    没有生成时间、有笔录的日期没有读到的，待复核；没有音像文件的不适用。
    """

    version = 3
    facts: tuple[str, ...] = key("要素", Of.FACTS, needed=True, says="文书的日期")
    named: Groups = key("文件名提到", Of.GROUPS, says="文书: [词]")

    def judge(self, ctx: Context) -> Verdict:
        files = with_time(ctx.case)
        if not files:
            return na("卷内没有音像文件")
        days = self._days(ctx)
        told = self._told(ctx, files)
        dated = [f for f in files if f.made is not None]
        clashes = [c for f in dated if (c := self._clash(f, days, told))]
        if clashes:
            return self._clashing(ctx, clashes[0], days)
        if not dated or (not days and not told):
            return review("音像文件没有生成时间，或者没有读到笔录日期")
        rest = len(files) - len(dated)
        more = f"，{rest} 个没有元数据" if rest else ""
        return passed(f"{len(dated)} 个音像文件的日期与笔录吻合{more}")

    def _days(self, ctx: Context) -> dict[str, Days]:
        """Kind of paper -> its days and where they stand."""
        out: dict[str, Days] = {}
        for name in self.facts:
            kind, _, fact = name.partition(".")
            for paper in ctx.case.readable(*ctx.kinds(kind)):
                got = ctx.case.facts_of(paper).get(fact)
                day = day_of(got)
                if got is not None and day is not None:
                    out.setdefault(kind, {}).setdefault(day, got.place)
        return out

    def _told(self, ctx: Context, files: list[Recording]) -> dict[str, dt.date]:
        """Path -> the day that a list tells for the file."""
        rows = listed_recordings(ctx.case)
        by = {stem(row.name): row.day for row in rows if row.day is not None}
        return {f.path: day for f in files if (day := by.get(stem(f.path)))}

    def _clash(
        self, file: Recording, days: dict[str, Days], told: dict[str, dt.date]
    ) -> Clash | None:
        every = {d for found in days.values() for d in found}
        made, expected = file.made, told.get(file.path)
        own = self._own_days(file, days)
        if made is None or made in every or (expected == made and not own):
            return None
        near = {expected} if expected and expected != made else own or every
        return Clash(file, made, min(near, key=lambda d: abs((d - made).days))) if near else None

    def _own_days(self, file: Recording, days: dict[str, Days]) -> set[dt.date]:
        """The days of the papers whose stage the name of a file mentions."""
        kinds = [kind for kind, words in self.named if says(file.name, words)]
        return {d for kind in kinds for d in days.get(kind, {})}

    def _clashing(self, ctx: Context, clash: Clash, days: dict[str, Days]) -> Verdict:
        places = [Place(clash.file.path, 1, None, clash.file.created)]
        stands = next((found[clash.near] for found in days.values() if clash.near in found), None)
        if stands is not None:
            places.append(stands)
        text = f"{clash.file.name} 生成于 {cn_day(clash.made)}"
        if self._undated(ctx) or not days:
            return review(f"{text}，没有读到全部笔录日期", places)
        other = None if self._own_days(clash.file, days) else _dated(ctx, clash.made)
        if other is not None:
            places.append(other.top())
            return review(f"{text}，与{other.name}同一日，可能记录的是那一环节，请核对", places)
        near = f"与对应笔录（清单）的 {cn_day(clash.near)} 不是同一日"
        return fail(f"{text}，{near}", places, subject="音像资料")

    def _undated(self, ctx: Context) -> bool:
        """True when a paper whose day matters was not read or tells none."""
        kinds = tuple(dict.fromkeys(n.partition(".")[0] for n in self.facts))
        if ctx.unreadable(*kinds):
            return True
        records = tuple(kind for kind, _ in self.named)
        return any(
            not any(
                day_of(ctx.case.facts_of(p).get(n.partition(".")[2]))
                for n in self.facts
                if n.partition(".")[0] == p.doc.kind
            )
            for p in ctx.case.readable(*records)
        )

    def rule(self) -> str:
        kinds = tuple(dict.fromkeys(n.partition(".")[0] for n in self.facts))
        return f"音像文件生成的日期应当与{listed(kinds)}的日期是同一日"


def _dated(ctx: Context, day: dt.date) -> Paper | None:
    """A paper of the case, whatever its kind, that tells this day as one of its own."""
    papers = (p for p in ctx.case.papers if p.doc.readable and p.doc.kind not in REPEATS)
    return next(
        (p for p in papers if any(day_of(f) == day for f in ctx.case.facts_of(p).values())), None
    )
