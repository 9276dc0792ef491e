"""载明: the kind that most items of a standard are."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.facts.doubt import Unknown
from casereview.model import Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.asked import asked, asked_rule
from casereview.rules.kinds.kind import Kind, Of, Pairs, key, listed
from casereview.rules.verdicts import Context, fail, kinds_of, na, passed, review


@dataclass(frozen=True)
class Stated(Kind):
    """载明：所列文书写明每一个要素；“应为”的要素与当日的参数相同。

    一个要素，窄网没有读到、宽网也没有线索，才是没有写明；宽网有线索、该栏是手写、被印章遮挡、
    扫描不清的，待复核，并指出可能的地方。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    facts: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True, says="都要写明")
    expected: Pairs = key("应为", Of.FACT_LIMITS)
    together: bool = key("合并", Of.FLAG, default=False, says="几份文书合在一起写明即可")
    any_of: bool = key("任一", Of.FLAG, default=False, says="写明其中一个要素即可")
    only_with: tuple[str, ...] = key("限于", Of.PAPER_FACTS, says="只问写有其中一个要素的文书")
    at_least: int = key("至少", Of.INTEGER, default=0, says="写明其中几个要素即可")
    told_in: tuple[str, ...] = key(
        "或见于", Of.PAPERS, says="没有文字的图片，由在卷的这些文书说明也可以"
    )

    version = 2

    @property
    def needed(self) -> int:
        """How many of the facts must be stated."""
        return 1 if self.any_of else self.at_least or len(self.facts)

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        papers = asked(ctx, kinds, self.only_with, ())
        if self.told_in and ctx.case.readable(*self.told_in):
            papers = [p for p in papers if p.running_text.lines]
        if not papers:
            return self._unread(ctx, kinds) or na(f"{listed(self.papers)}不需要说明")
        lacks: list[tuple[Paper, list[Unknown]]] = []
        for group in [papers] if self.together else [[p] for p in papers]:
            unknown = self._unknown(ctx, group)
            if unknown:
                lacks.append((group[0], unknown))
        return (
            self._lacking(lacks)
            or self._unread(ctx, kinds)
            or self._wrong(ctx, papers)
            or passed(f"载明{listed(self.facts)}", self._places(ctx, papers))
        )

    def _unknown(self, ctx: Context, papers: list[Paper]) -> list[Unknown]:
        out = []
        for name in self.facts:
            answers = [ctx.case.ask(p, name) for p in papers]
            if not any(isinstance(a, Fact) for a in answers):
                unknown = [a for a in answers if isinstance(a, Unknown)]
                out.append(next((a for a in unknown if not a.missing), unknown[0]))
        return out if len(self.facts) - len(out) < self.needed else []

    def _lacking(self, lacks: list[tuple[Paper, list[Unknown]]]) -> Verdict | None:
        if not lacks:
            return None
        missing = [(p, sure) for p, every in lacks if (sure := self._surely(every))]
        if missing:
            text = "；".join(
                f"{p.name}没有写明{listed(tuple(u.name for u in us))}" for p, us in missing
            )
            places = [_look(p, u) for p, us in missing for u in us]
            return fail(text, list(dict.fromkeys(places)), subject=kinds_of(p for p, _ in missing))
        paper, every = lacks[0]
        doubts = [u for u in every if not u.missing]
        text = "；".join(u.sentence() for u in doubts)
        return review(f"{paper.name}：{text}，请人工查看", [_look(paper, u) for u in doubts])

    def _surely(self, every: list[Unknown]) -> list[Unknown]:
        """Those that may be called missing; none where the others could still be enough."""
        missing = [u for u in every if u.missing]
        return missing if len(self.facts) - len(missing) < self.needed else []

    def _unread(self, ctx: Context, kinds: tuple[str, ...]) -> Verdict | None:
        unread = ctx.unreadable(*kinds)
        if not unread:
            return None
        return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])

    def _wrong(self, ctx: Context, papers: list[Paper]) -> Verdict | None:
        for name, parameter in self.expected:
            limit = ctx.limit(parameter)
            for p in papers:
                fact = ctx.case.ask(p, name)
                if not isinstance(fact, Fact):
                    continue
                if limit is None:
                    return review(f"没有该日有效的参数“{parameter}”", [fact.place])
                if not limit.equals(str(fact.value)):
                    text = f"{p.name}{name}写为“{fact.text}”，应为{limit.sentence()}"
                    if not limit.verified:
                        return review(text, [fact.place])
                    return fail(text, [fact.place], subject=name)
        return None

    def _places(self, ctx: Context, papers: list[Paper]) -> list[Place]:
        found = [ctx.case.ask(p, n) for p in papers[:3] for n in self.facts]
        return [f.place for f in found if isinstance(f, Fact)][:6]

    def rule(self) -> str:
        few = self.needed < len(self.facts)
        joint = "之一" if self.any_of else f"中的至少{self.needed}项" if few else ""
        which = asked_rule(self.only_with, ())
        text = f"{which}{listed(self.papers)}应当写明{listed(self.facts)}{joint}"
        for name, parameter in self.expected:
            text += f"；{name}应为参数“{parameter}”"
        return text


def _look(paper: Paper, unknown: Unknown) -> Place:
    return unknown.place or paper.top()
