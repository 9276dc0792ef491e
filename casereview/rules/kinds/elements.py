"""要素齐全."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.verdicts import Context, each, fail, may_say, passed, review, says


@dataclass(frozen=True)
class Elements(Kind):
    """要素齐全：每份文书对每一项要素，至少有一种说法。要素没有登记、只看有没有某种说法时用它；
    登记了的要素用“载明”。说法的词在同一句里出现、次序不同的，待复核。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    elements: Groups = key("要素", Of.GROUPS, needed=True)
    together: bool = key("合并", Of.FLAG, default=False, says="几份文书合在一起齐全即可")

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        papers, unread = ctx.case.readable(*kinds), ctx.unreadable(*kinds)
        near = self._near(papers)
        if near is not None:
            return near
        if not self.together:
            return each(papers, self._lacks, "要素齐全", unread)
        out = self._without(papers)
        if out and unread:
            text = f"可读文书没有{listed(out)}，{unread[0].name}未能识别文字"
            return review(text, [unread[0].top()])
        if out:
            names = listed(tuple(p.name for p in papers[:3]))
            return fail(
                f"{names}均没有{listed(out)}",
                [p.top() for p in papers[:3]],
                subject=out[0],
                silent=True,
            )
        return passed("要素齐全", [p.top() for p in papers[:3]])

    def _without(self, papers: list[Paper]) -> tuple[str, ...]:
        return tuple(
            name for name, lines in self.elements if not any(says(p, lines) for p in papers)
        )

    def _lacks(self, paper: Paper) -> str:
        out = self._without([paper])
        return f"缺{listed(out)}" if out else ""

    def _near(self, papers: list[Paper]) -> Verdict | None:
        """What the wide net alone caught is shown to a person."""
        for group in [papers] if self.together else [[p] for p in papers]:
            out = self._without(group)
            for p in group:
                places = [at for name in out if (at := may_say(p, dict(self.elements)[name]))]
                if places:
                    return review(f"{p.name}的{listed(out)}有近似的记载，请人工查看", places)
        return None

    def rule(self) -> str:
        return f"{listed(self.papers)}应当有{listed(tuple(name for name, _ in self.elements))}"
