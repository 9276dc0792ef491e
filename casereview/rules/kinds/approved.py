"""负责人批准."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, approved


@dataclass(frozen=True)
class Approved(Kind):
    """负责人批准：审批表的负责人意见栏有意见、签名和日期。

    印章遮挡、栏目没有读到时待复核。没有审批表的，“缺表即不合格”时不合格，否则不适用。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    must_exist: bool = key("缺表即不合格", Of.FLAG, default=False)

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        paper = ctx.case.one(*kinds)
        if paper is not None:
            return approved(ctx, paper, f"{paper.doc.kind}经负责人于{{day}}批准")
        if self.must_exist:
            return ctx.missing(kinds, f"没有{listed(kinds)}", *ctx.decisions)
        return ctx.absent_or_unread(*kinds)

    def rule(self) -> str:
        return f"{listed(self.papers, '或者')}应当有负责人的意见、签名和日期"
