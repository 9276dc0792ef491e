"""负责人批准."""

from __future__ import annotations

from dataclasses import dataclass, replace

from casereview.facts.approvals import head_approval
from casereview.model import FAIL, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.kinds.present import Present
from casereview.rules.verdicts import Context, approved, review


@dataclass(frozen=True)
class Approved(Kind):
    """负责人批准：审批表的负责人意见栏有意见、签名和日期，不是只写“已阅”；没有审批表的，
    也可以是“或见于”的文书上负责人签署的意见。

    印章遮挡、栏目没有读到时待复核。没有审批表的，“缺表即不合格”时不合格（“断定须有”的一项都没有时
    待复核），否则不适用。
    """

    version = 4
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    elsewhere: tuple[str, ...] = key("或见于", Of.PAPERS, says="负责人在这些文书上签署的也算")
    must_exist: bool = key("缺表即不合格", Of.FLAG, default=False)
    proof: tuple[str, ...] = key("断定须有", Of.MIXED, says="有其中一项才断定缺少，否则待复核")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        paper = ctx.case.one(*kinds) or self._signed_elsewhere(ctx)
        if paper is not None:
            return approved(ctx, paper, f"{paper.doc.kind}经负责人于{{day}}批准")
        if not self.must_exist:
            return ctx.absent_or_unread(*kinds)
        unread = ctx.unreadable(*ctx.named(self.elsewhere))
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        near = self.near or ctx.decisions
        verdict = Present(self.papers, near=near, proof=self.proof).judge(ctx)
        if verdict.status == FAIL and self.elsewhere:
            text = f"{verdict.message}，{listed(self.elsewhere)}上也没有负责人批准"
            return replace(verdict, message=text)
        return verdict

    def _signed_elsewhere(self, ctx: Context) -> Paper | None:
        """A paper of another kind on which the head gave an opinion and signed it."""
        papers = ctx.case.readable(*ctx.named(self.elsewhere)) if self.elsewhere else []
        return next((p for p in papers if head_approval(p) is not None), None)

    def rule(self) -> str:
        text = f"{listed(self.papers, '或者')}应当有负责人的意见、签名和日期"
        return f"{text}，或者{listed(self.elsewhere)}上有" if self.elsewhere else text
