"""要素齐全."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from casereview.chinese.wording import LISTED
from casereview.facts.doubt import Unknown, looked, unknown
from casereview.facts.registry import FactSpec, Step
from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.kinds.kind import Groups, Kind, Of, key, listed
from casereview.rules.lacks import MANY, unreadable, wordless
from casereview.rules.verdicts import Context, fail, kinds_of, passed, review, says


@dataclass(frozen=True)
class Elements(Kind):
    """要素齐全：每份文书对每一项要素，至少有一种说法。要素没有登记、只看有没有某种说法时用它；
    登记了的要素用“载明”；名称与这种文书登记的要素相同的，读到了也算有。说法的词、要素名称列举的
    几样在同一句里出现、次序不同的，有“线索”里的说法的，扫描不清的，待复核。
    """

    version: ClassVar[int] = 7
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    elements: Groups = key("要素", Of.GROUPS, needed=True)
    clues: Groups = key("线索", Of.GROUPS, says="要素: [可能就是的说法]，没有读到而有的，待复核")
    always: Groups = key("必有", Of.GROUPS, says="要素: [写到它总要用的词]，都没有的不疑心没读懂")
    openly: bool = key("缺则待复核", Of.FLAG, default=False, says="没有写明的由人判断，不算不合格")
    together: bool = key("合并", Of.FLAG, default=False, says="几份文书合在一起齐全即可")

    def judge(self, ctx: Context) -> Verdict:
        kinds = ctx.named(self.papers)
        gone = ctx.absent(*kinds)
        if gone:
            return gone
        papers, unread = ctx.case.readable(*kinds), ctx.unreadable(*kinds)
        lacks = self._lacks(ctx, papers)
        bad = [(g, sure) for g, out in lacks if (sure := [u for u in out if u.missing])]
        if bad and not (self.together and unread):
            return self._lacking(bad)
        if lacks:
            return _open(*lacks[0])
        return unreadable(unread) or passed("要素齐全", [p.top() for p in papers[:3]])

    def _lacks(self, ctx: Context, papers: list[Paper]) -> list[tuple[list[Paper], list[Unknown]]]:
        """Papers, each alone or all together, with what none of them says."""
        groups = [papers] if self.together else [[p] for p in papers]
        return [(group, out) for group in groups if (out := self._without(ctx, group))]

    def _without(self, ctx: Context, papers: list[Paper]) -> list[Unknown]:
        """What none of the papers says, nor has among its facts, each with the doubt of the paper
        that leaves it open.
        """
        out = []
        for name, lines in self.elements:
            if any(says(p, lines) or name in ctx.case.facts_of(p) for p in papers):
                continue
            got = [_told(p, self._spec(p, name, lines)) for p in papers]
            out.append(next((u for u in got if not u.missing), got[0]))
        return out

    def _spec(self, paper: Paper, name: str, lines: tuple[str, ...]) -> FactSpec:
        """An element as a fact that is not registered: its wordings are known; its clues, and what
        its name lists (事实、理由、依据), are its wide net.
        """
        parts = [part for part in LISTED.split(name) if part]
        listed_parts = ("＋".join("/".join(_stems(part)) for part in parts),) if parts[1:] else ()
        clues = (*dict(self.clues).get(name, ()), *listed_parts)
        return FactSpec(paper.doc.kind, name, "记载", (Step("语句", lines=lines),), clues=clues)

    def _lacking(self, bad: list[tuple[list[Paper], list[Unknown]]]) -> Verdict:
        words = [f"{_names(g)}缺{listed(tuple(u.name for u in out))}" for g, out in bad]
        places: list[Place] = [p.top() for g, _ in bad for p in g[:3]]
        subject = bad[0][1][0].name if self.together else kinds_of(g[0] for g, _ in bad)
        lacking = sum(len(out) for _, out in bad)
        most = max(len(out) for _, out in bad)
        if self.openly:
            return review(f"{'；'.join(words)}，请人工判断", places)
        if most == len(self.elements) > MANY:  # nothing at all of much that is asked
            return review(f"{'；'.join(words)}；缺这样多，多半是写法没有读懂，请看原文", places)
        text, plain = "；".join(words), self._plainly(bad)
        return fail(text, places, subject=subject, silent=True, count=lacking, plain=plain)

    def _plainly(self, bad: list[tuple[list[Paper], list[Unknown]]]) -> bool:
        """True where typed papers have none of the words of which whoever states it uses one."""
        words = dict(self.always)
        lacked = ((p, words.get(u.name, ())) for group, out in bad for u in out for p in group)
        return all(wordless(paper, said) for paper, said in lacked)

    def rule(self) -> str:
        return f"{listed(self.papers)}应当有{listed(tuple(name for name, _ in self.elements))}"


def _stems(part: str) -> list[str]:
    """The words of two characters that one part of a name may be made of: 告知, 知事, 事实."""
    return [part[n : n + 2] for n in range(len(part) - 1)] or [part]


def _told(paper: Paper, spec: FactSpec) -> Unknown:
    """Why the paper does not say it, after a last look at what nobody understood."""
    return looked(paper, spec, unknown(paper, spec))


def _open(papers: list[Paper], lacks: list[Unknown]) -> Verdict:
    """What leaves papers open."""
    places = [u.place or papers[0].top() for u in lacks]
    words = "；".join(u.sentence() for u in lacks)
    return review(f"{papers[0].name}：{words}，请人工查看", places)


def _names(papers: list[Paper]) -> str:
    return listed(tuple(p.name for p in papers[:3]))
