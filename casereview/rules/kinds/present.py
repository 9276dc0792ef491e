"""文书在卷."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, fail, passed, review, says


@dataclass(frozen=True)
class Present(Kind):
    """文书在卷：至少有一份所列文书在卷；也可以由“见于”的文书里的记载代替。

    有文件未能读取、题名不认识的文书可能就是它时，待复核。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True, says="其中一种在卷即可")
    or_said: tuple[str, ...] = key("或载明", Of.WORDINGS, says="有这样的记载也算")
    said_in: tuple[str, ...] = key("见于", Of.PAPERS, says="记载可以在哪些文书里")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")
    at_most: int = key("不多于", Of.INTEGER, default=0, says="份数")

    def judge(self, ctx: Context) -> Verdict:
        papers = ctx.case.readable(*ctx.named(self.papers))
        if self.at_most and len(papers) > self.at_most:
            text = f"{listed(self.papers)}有 {len(papers)} 份，多于 {self.at_most} 份"
            return fail(text, [p.top() for p in papers], subject="份数")
        if papers:
            return passed(f"有{papers[0].name}", [papers[0].top()])
        for p in ctx.case.readable(*ctx.named(self.said_in)) if self.or_said else ():
            if says(p, self.or_said):
                return passed(f"{p.name}有相应记载", [p.top()])
        unread = ctx.unreadable(*ctx.named(self.said_in)) if self.or_said else []
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        near = self.near or (*ctx.decisions, "立案审批表")
        return ctx.missing(ctx.named(self.papers), f"没有{listed(self.papers)}", *near)

    def rule(self) -> str:
        text = f"卷内应当有{listed(self.papers, '或者')}"
        if self.at_most:
            text += f"，不多于 {self.at_most} 份"
        if self.or_said:
            where = listed(self.said_in) if self.said_in else "其他文书"
            text += f"，或者{where}里载明“{listed(self.or_said, '”“')}”"
        return text
