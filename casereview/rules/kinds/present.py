"""文书在卷."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import FAIL, Place, Verdict
from casereview.rules.condition import NO, asked
from casereview.rules.kinds.kind import Kind, Of, key, listed, short
from casereview.rules.verdicts import Context, passed, review, says, served_days


@dataclass(frozen=True)
class Present(Kind):
    """文书在卷：至少有一份所列文书在卷；也可以由“见于”的文书里的记载、或者写明的要素代替。写了“所送”的，
    要有送达这些文书的回证，或者受送达人在这些文书上签收。

    有文件未能读取、题名不认识的文书可能就是它、代替它的要素有近似的记载时，待复核。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True, says="其中一种在卷即可")
    served: tuple[str, ...] = key("所送", Of.PAPERS, says="回证所送达的文书")
    or_facts: tuple[str, ...] = key("或有要素", Of.FACTS, says="写明其中一个要素也算")
    or_said: tuple[str, ...] = key("或载明", Of.WORDINGS, says="有这样的记载也算")
    said_in: tuple[str, ...] = key("见于", Of.PAPERS, says="记载可以在哪些文书里")
    near: tuple[str, ...] = key("应邻近", Of.PAPERS, says="缺少时指向卷内哪些文书")

    version = 2

    def judge(self, ctx: Context) -> Verdict:
        if self.served:
            return self._receipt(ctx)
        papers = ctx.case.readable(*ctx.named(self.papers))
        if papers:
            return passed(f"有{papers[0].name}", [papers[0].top()])
        for p in ctx.case.readable(*ctx.named(self.said_in)) if self.or_said else ():
            if says(p, self.or_said):
                return passed(f"{p.name}有相应记载", [p.top()])
        instead, doubts = self._instead(ctx)
        if instead is not None:
            return instead
        unread = ctx.unreadable(*ctx.named(self.said_in)) if self.or_said else []
        if unread:
            return review(f"{unread[0].name}未能识别文字，请人工查看", [unread[0].top()])
        near = self.near or (*ctx.decisions, "立案审批表")
        verdict = ctx.missing(ctx.named(self.papers), f"没有{listed(self.papers)}", *near)
        if verdict.status == FAIL and doubts:
            return review(f"{verdict.message}；{doubts[0][0]}，请人工查看", doubts[0][1])
        return verdict

    def _instead(self, ctx: Context) -> tuple[Verdict | None, list[tuple[str, tuple[Place, ...]]]]:
        """A fact that stands in for the paper, else what leaves it open."""
        doubts = []
        for name in self.or_facts:
            known, open_, gone = asked(ctx, name)
            fact = next((f for f in known if f.value != NO), None)
            if fact is not None:
                return passed(f"写明了{short((name,))}", [fact.place]), []
            places = tuple(u.place for u in open_ if u.place)
            if gone is not None and gone.holds is None:
                doubts.append((gone.why, gone.places))
            elif open_:
                doubts.append((open_[0].sentence(), places))
        return None, doubts

    def _receipt(self, ctx: Context) -> Verdict:
        served = ctx.named(self.served)
        gone = ctx.absent(*served)
        if gone:
            return gone
        receipts = ctx.case.receipts(*served)
        if receipts:
            return passed(f"有{listed(self.served, '或者')}的送达回证", [receipts[0].top()])
        signed = served_days(ctx, *served)
        if signed:
            return passed(f"当事人在{listed(self.served, '或者')}上签收", [signed[0][1]])
        unknown = [r for r in ctx.case.readable(*self.papers) if not r.doc.serves]
        if unknown:
            return review(f"{unknown[0].name}没有读到所送达的文书名称", [unknown[0].top()])
        text = f"没有{listed(self.served, '或者')}的送达回证，文书上也没有当事人签收"
        return ctx.missing(self.papers, text, *served)

    def rule(self) -> str:
        if self.served:
            return f"卷内应当有{listed(self.served, '或者')}的送达回证，或者有当事人在文书上的签收"
        text = f"卷内应当有{listed(self.papers, '或者')}"
        if self.or_said:
            where = listed(self.said_in) if self.said_in else "其他文书"
            text += f"，或者{where}里载明“{listed(self.or_said, '”“')}”"
        if self.or_facts:
            text += f"，或者写明{short(self.or_facts)}"
        return text
