"""时间不重叠."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from casereview.facts.copies import likeness
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review

_ONE = 0.97  # likeness of texts from which two papers may be one, read twice


@dataclass(frozen=True)
class Span:
    """Who was where, from when to when, as one paper says."""

    paper: Paper
    people: frozenset[str]
    start: Fact
    end: Fact


@dataclass(frozen=True)
class ApartInTime(Kind):
    """时间不重叠：同一个人不得在重叠的时间出现在两份文书里；首尾相接的不算。

    没有读到起止时间或者人员的文书不比，有未能识别的文书的待复核；同一份交了两次的不算。
    """

    version: ClassVar[int] = 2

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    people: str = key("人员", Of.TEXT, needed=True, says="要素的名称")
    start: str = key("起", Of.TEXT, default="开始时间")
    end: str = key("止", Of.TEXT, default="结束时间")

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        spans = [s for p in ctx.case.readable(*kinds) if (s := self._span(ctx, p))]
        for a, b in combinations(spans, 2):
            both = a.people & b.people
            alike = likeness(a.paper, b.paper)
            if alike == 1.0:
                continue
            if both and a.start.value < b.end.value and b.start.value < a.end.value:
                who = "、".join(sorted(both))
                times = f"{a.start.value}—{a.end.value[11:]} 与 {b.start.value}—{b.end.value[11:]}"
                text = f"{who}在 {times} 同时出现在{a.paper.name}和{b.paper.name}"
                places = [a.start.place, b.start.place]
                if alike >= _ONE:
                    return review(f"{text}；两份几乎相同，可能是同一份交了两次，请核对", places)
                return fail(text, places, subject=who)
        unread = ctx.unreadable(*kinds)
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        return passed("没有时间重叠")

    def _span(self, ctx: Context, paper: Paper) -> Span | None:
        facts = ctx.case.facts_of(paper)
        start, end, people = (facts.get(n) for n in (self.start, self.end, self.people))
        if start is None or end is None or people is None or start.value > end.value:
            return None
        names = people.value if isinstance(people.value, list) else [people.value]
        return Span(paper, frozenset(map(str, names)), start, end)

    def rule(self) -> str:
        return f"{listed(self.papers)}里同一{self.people}的时间不得重叠"
