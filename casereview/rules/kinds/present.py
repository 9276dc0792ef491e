"""文书在卷."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casereview.chinese.wording import hints_at, telling
from casereview.facts.doubt import Doubt, Unknown
from casereview.facts.wide_net import really_said
from casereview.model import Fact, Place, Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import Context, fail, passed, review, says


@dataclass(frozen=True)
class Present(Kind):
    """文书在卷：至少有一份所列文书在卷；也可以由“见于”的文书里的记载、“或有要素”的要素代替。

    有文件未能读取、题名不认识的文书可能就是它时，待复核；“断定须有”的一项都没有时，有“存疑”的
    记载时，待复核。
    """

    version: ClassVar[int] = 7
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True, says="其中一种在卷即可")
    or_said: tuple[str, ...] = key("或载明", Of.WORDINGS, says="有这样的记载也算")
    said_in: tuple[str, ...] = key("见于", Of.PAPERS, says="记载可以在哪些文书里")
    or_known: tuple[str, ...] = key("或有要素", Of.FACTS, says="读到其中一个要素也算")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")
    at_most: int = key("不多于", Of.INTEGER, default=0, says="份数")
    proof: tuple[str, ...] = key("断定须有", Of.MIXED, says="有其中一项才断定缺少，否则待复核")

    openly: bool = key("缺则待复核", Of.FLAG, default=False, says="缺少由人判断，不算不合格")
    doubtful: tuple[str, ...] = key("存疑", Of.FACTS, says="缺少而有这些记载的待复核")

    def judge(self, ctx: Context) -> Verdict:
        papers = ctx.case.readable(*ctx.named(self.papers))
        if self.at_most and len(papers) > self.at_most:
            return fail(
                f"{listed(self.papers)}有 {len(papers)} 份，多于 {self.at_most} 份",
                [p.top() for p in papers],
                subject="份数",
            )
        if papers:
            return passed(f"有{papers[0].name}", [papers[0].top()])
        return self._instead(ctx) or self._missing(ctx)

    def _instead(self, ctx: Context) -> Verdict | None:
        """What stands for the paper, or excuses that it is not there."""
        for p in ctx.case.readable(*ctx.named(self.said_in)) if self.or_said else ():
            if says(p, self.or_said):
                return passed(f"{p.name}有相应记载", [p.top()])
        return self._known_instead(ctx)

    def _unproved(self, ctx: Context, text: str, near: tuple[str, ...]) -> Verdict:
        """Neither the paper nor what would show that it had to be there."""
        gone = ctx.absent(*ctx.named(self.papers))
        if gone and gone.status == "review":
            return gone
        return review(f"{text}，也没有{short(self.proof)}，请人工核对", ctx.case.anchor(*near))

    def _missing(self, ctx: Context) -> Verdict:
        unread = ctx.unreadable(*ctx.named(self.said_in)) if self.or_said else []
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        near = self.near or (*ctx.decisions, "立案审批表")
        text = f"没有{listed(self.papers)}"
        if self.or_said and (maybe := self._maybe_said(ctx)):
            return review(f"{text}；有近似的记载：“{maybe.quote[:60]}”，请人工查看", [maybe])
        if self.proof and not ctx.has_one(self.proof):
            return self._unproved(ctx, text, near)
        told = next(((n, f) for n in self.doubtful if (f := ctx.fact(n))), None)
        if told:
            said = f"{told[0].replace('.', '的')}：“{told[1].text[:40]}”"
            return review(f"{text}；{said}，请人工判断", [told[1].place])
        if self.openly:
            return review(f"{text}，请人工核对", ctx.case.anchor(*near))
        return ctx.missing(ctx.named(self.papers), text, *near)

    def _maybe_said(self, ctx: Context) -> Place | None:
        """A sentence that may say what would stand for the paper, in words of any order."""
        for p in ctx.case.readable(*ctx.named(self.said_in)):
            text = really_said(p, p.running_text.without_spaces)
            hit = hints_at(text, telling(self.or_said))
            if hit is not None:
                return p.running_text.place(hit.start, hit.end)
        return None

    def _known_instead(self, ctx: Context) -> Verdict | None:
        """A fact that stands for the paper; where one may be there, the item is open."""
        answers = [(name, ctx.answer(name)) for name in self.or_known]
        for name, answer in answers:
            if isinstance(answer, Fact):
                return passed(f"{name.replace('.', '的')}：{answer.text[:40]}", [answer.place])
        open_ = [a for _, a in answers if isinstance(a, Unknown) and not a.missing]
        doubt = next((a for a in open_ if a.why is not Doubt.PAPER_ABSENT), None)
        if doubt is None:
            return None
        text = f"没有{listed(self.papers)}；{doubt.sentence()}"
        return review(text, [doubt.place] if doubt.place else [])

    def rule(self) -> str:
        text = f"卷内应当有{listed(self.papers, '或者')}"
        if self.openly:
            text += "，没有的待复核"
        if self.at_most:
            text += f"，不多于 {self.at_most} 份"
        if self.or_said:
            where = listed(self.said_in) if self.said_in else "其他文书"
            text += f"，或者{where}里载明“{listed(self.or_said, '”“')}”"
        if self.or_known:
            text += f"，或者有{short(self.or_known)}"
        return text
