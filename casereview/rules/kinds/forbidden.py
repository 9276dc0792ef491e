"""不得载明."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casereview.chinese import key as folded
from casereview.model import NA, Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.truth import NO
from casereview.rules.verdicts import (
    Context,
    fail,
    kinds_of,
    passed,
    review,
    says,
    unread_papers,
)

Found = list[tuple[Paper, str, Fact]]
SURE = 0.9  # a fact less sure than this is shown to a person


@dataclass(frozen=True)
class Forbidden(Kind):
    """不得载明：所列文书里没有这些要素；读到一项就不合格。

    “存疑”的要素、读得不确定的、扫描页上读到的（“识别也算”的除外，本单位名称后面接着别的字的
    除外：识别不会添出几个字来），卷内有“或有说明”的记载的，待复核；
    文书不在卷的不适用。
    """

    version: ClassVar[int] = 4
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    facts: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True)
    doubtful: tuple[str, ...] = key("存疑", Of.PAPER_FACTS, says="读到这些的待复核")
    as_read: bool = key(
        "识别也算", Of.FLAG, default=False, says="扫描页上读到的也算（号码本身可以校验的）"
    )
    but_unit: bool = key("本单位除外", Of.FLAG, default=False, says="写的就是本单位名称的不算")
    fine_without: bool = key(
        "没有文书即合格", Of.FLAG, default=False, says="所列文书不在卷的，合格而不是不适用"
    )
    or_explained: tuple[str, ...] = key(
        "或有说明", Of.WORDINGS, says="卷内有这样的记载的，由人判断是否正当"
    )

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return self._without_papers(ctx, gone)
        papers = ctx.papers(self.papers)
        sure, doubtful = self._found(ctx, papers)
        if sure:
            return self._told(ctx, sure)
        if doubtful:
            text = f"{_words(doubtful)}，请人工判断"
            return review(text, [f.place for _, _, f in doubtful])
        if unread := ctx.unread(self.papers):
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        return passed(f"没有{listed(self.facts)}", [p.top() for p in papers[:3]])

    def _without_papers(self, ctx: Context, gone: Verdict) -> Verdict:
        if gone.status != NA or not self.fine_without:
            return gone
        if unread_papers(ctx.case):
            return review(f"{gone.message}，但有文件未能完整读取")
        return passed(gone.message, ctx.case.anchor(*ctx.decisions))

    def _found(self, ctx: Context, papers: list[Paper]) -> tuple[Found, Found]:
        """What was read of it, surely and in doubt."""
        sure: Found = []
        doubtful: Found = []
        for p in papers:
            for name in (*self.facts, *self.doubtful):
                fact = ctx.case.ask(p, name)
                if isinstance(fact, Fact) and self._counts(ctx, fact):
                    doubt = name in self.doubtful or self._unsure(ctx, fact)
                    (doubtful if doubt else sure).append((p, name, fact))
        return sure, doubtful

    def _counts(self, ctx: Context, fact: Fact) -> bool:
        """A fact that is denied is not there; the unit's own name is no inner office."""
        own = self.but_unit and folded(str(fact.value)) == folded(ctx.case.ref.unit)
        return fact.value != NO and not own

    def _unsure(self, ctx: Context, fact: Fact) -> bool:
        read = self.as_read or not ctx.scanned(fact.place) or self._goes_on(ctx, fact)
        return fact.confidence < SURE or not read

    def _goes_on(self, ctx: Context, fact: Fact) -> bool:
        """True for the unit's own name with more behind it: recognition adds no words."""
        written, unit = folded(str(fact.value)), folded(ctx.case.ref.unit)
        return self.but_unit and written.startswith(unit) and len(written) > len(unit) + 1

    def _told(self, ctx: Context, found: Found) -> Verdict:
        places = [f.place for _, _, f in found]
        readable = (p for p in ctx.case.papers if p.doc.readable)
        if self.or_explained and any(says(p, self.or_explained) for p in readable):
            return review(f"{_words(found)}；卷内有说明，是否正当请人工判断", places)
        subject = kinds_of(p for p, _, _ in found)
        return fail(_words(found), places, subject=subject, count=len(found))

    def rule(self) -> str:
        text = f"{listed(self.papers)}不得有{listed(self.facts)}"
        return f"{text}；有{listed(self.doubtful)}的待复核" if self.doubtful else text


def _words(found: Found) -> str:
    return "；".join(f"{p.name}有{name}：“{f.text[:60]}”" for p, name, f in found)
