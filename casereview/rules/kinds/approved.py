"""负责人批准."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.kinds.present import Present
from casereview.rules.verdicts import Context, approved


@dataclass(frozen=True)
class Approved(Kind):
    """负责人批准：审批表的负责人意见栏有意见、签名和日期。

    印章遮挡、栏目没有读到时待复核。没有审批表的，“缺表即不合格”时不合格（“断定须有”的一项都没有时
    待复核），否则不适用。
    """

    version = 2
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    must_exist: bool = key("缺表即不合格", Of.FLAG, default=False)
    proof: tuple[str, ...] = key("断定须有", Of.MIXED, says="有其中一项才断定缺少，否则待复核")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        paper = ctx.case.one(*kinds)
        if paper is not None:
            return approved(ctx, paper, f"{paper.doc.kind}经负责人于{{day}}批准")
        if self.must_exist:
            return Present(self.papers, near=self.near or ctx.decisions, proof=self.proof).judge(
                ctx
            )
        return ctx.absent_or_unread(*kinds)

    def rule(self) -> str:
        return f"{listed(self.papers, '或者')}应当有负责人的意见、签名和日期"
