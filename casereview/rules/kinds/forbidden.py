"""不得载明."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.chinese import key as folded
from casereview.model import NA, Fact, Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.condition import NO
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review, says

SURE = 0.9  # a fact less sure than this is shown to a person


@dataclass(frozen=True)
class Forbidden(Kind):
    """不得载明：所列文书里不得有这些要素（公示不得有完整的身份证号，决定不得以内设机构名义落款）。

    读得不确定的、有“或有说明”的记载的，待复核；文书不在卷的不适用。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    facts: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True, says="一个也不得有")
    but_unit: bool = key("本单位除外", Of.FLAG, default=False, says="写的就是本单位名称的不算")
    fine_without: bool = key(
        "没有文书即合格", Of.FLAG, default=False, says="所列文书不在卷的，合格而不是不适用"
    )
    or_explained: tuple[str, ...] = key(
        "或有说明", Of.WORDINGS, says="卷内有这样的记载的，由人判断是否正当"
    )

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone and gone.status == NA and self.fine_without:
            if ctx.case.unread:
                return review(f"{gone.message}，但有文件未能完整读取")
            return passed(gone.message, ctx.case.anchor(*ctx.decisions))
        if gone:
            return gone
        found = [
            (p, name, fact)
            for p in ctx.case.readable(*kinds)
            for name in self.facts
            if (fact := ctx.case.facts_of(p).get(name)) and self._counts(ctx, fact)
        ]
        if found:
            return self._verdict(ctx, found)
        unread = ctx.unreadable(*kinds)
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        papers = ctx.case.readable(*kinds)
        return passed(f"没有发现{listed(self.facts)}", [p.top() for p in papers[:3]])

    def _counts(self, ctx: Context, fact: Fact) -> bool:
        """A fact that is denied is not there; the unit's own name is no inner office."""
        own = self.but_unit and folded(str(fact.value)) == folded(ctx.case.ref.unit)
        return fact.value != NO and not own

    def _verdict(self, ctx: Context, found: list[tuple[Paper, str, Fact]]) -> Verdict:
        text = "；".join(f"{p.name}有{name}“{fact.place.quote}”" for p, name, fact in found)
        places: list[Place] = [fact.place for _, _, fact in found]
        if self._explained(ctx):
            return review(f"{text}；卷内有说明，是否正当请人工判断", places)
        if all(fact.confidence < SURE for _, _, fact in found):
            return review(f"{text}，请人工核对", places)
        return fail(text, places, subject="、".join(sorted({name for _, name, _ in found})))

    def _explained(self, ctx: Context) -> bool:
        readable = (p for p in ctx.case.papers if p.doc.readable)
        return bool(self.or_explained) and any(says(p, self.or_explained) for p in readable)

    def rule(self) -> str:
        return f"{listed(self.papers)}不得有{listed(self.facts)}"
