"""不得载明."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.chinese import key as folded
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, kinds_of, passed, review

Found = list[tuple[Paper, str, Fact]]


@dataclass(frozen=True)
class Forbidden(Kind):
    """不得载明：所列文书里没有这些要素；读到一项就不合格，“存疑”的要素和扫描页上读到的待复核。"""

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    facts: tuple[str, ...] = key("要素", Of.PAPER_FACTS, needed=True)
    doubtful: tuple[str, ...] = key("存疑", Of.PAPER_FACTS, says="读到这些的待复核")
    but_unit: bool = key("本单位除外", Of.FLAG, default=False, says="写的是本单位名称的不算")

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return gone
        papers = ctx.papers(self.papers)
        sure, doubtful = self._found(ctx, papers)
        if sure:
            subject = kinds_of(p for p, _, _ in sure)
            return fail(_told(sure), [f.place for _, _, f in sure], subject=subject)
        if doubtful:
            text = f"{_told(doubtful)}，请人工判断"
            return review(text, [f.place for _, _, f in doubtful])
        if unread := ctx.unread(self.papers):
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        return passed(f"没有{listed(self.facts)}", [p.top() for p in papers[:3]])

    def _found(self, ctx: Context, papers: list[Paper]) -> tuple[Found, Found]:
        """What was read of it, surely and in doubt."""
        sure: Found = []
        doubtful: Found = []
        for p in papers:
            for name in (*self.facts, *self.doubtful):
                fact = ctx.case.ask(p, name)
                if self.but_unit and isinstance(fact, Fact) and self._is_unit(ctx, fact):
                    continue
                if isinstance(fact, Fact):
                    doubt = name in self.doubtful or ctx.scanned(fact.place)
                    (doubtful if doubt else sure).append((p, name, fact))
        return sure, doubtful

    def _is_unit(self, ctx: Context, fact: Fact) -> bool:
        return folded(str(fact.value)) == folded(ctx.case.ref.unit)

    def rule(self) -> str:
        text = f"{listed(self.papers)}不得有{listed(self.facts)}"
        return f"{text}；有{listed(self.doubtful)}的待复核" if self.doubtful else text


def _told(found: Found) -> str:
    return "；".join(f"{p.name}有{name}：“{f.text[:60]}”" for p, name, f in found)
