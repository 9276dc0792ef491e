"""引用条文."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.facts.citations import Citation, article_number, cited, outside_index
from casereview.law.statutes import Statute
from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, cn_day, fail, passed, review


@dataclass(frozen=True)
class Cited(Kind):
    """引用条文：所列文书引用的每一条，在法律索引里都有，并且在决定日有效。

    索引里没有的法、决定日以前已经废止（从旧兼从轻）、决定日还没有施行的版本，待复核。
    """

    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return gone
        paper = ctx.papers(self.papers)[0]
        cites = [c for c in cited(paper) if c.articles]
        if not cites:
            return review("没有读到引用的条文", [paper.top()])
        unknown = []
        for cite in cites:
            versions = ctx.law.statutes.find(cite.law)
            if any(v.articles for v in versions):
                wrong = _wrong(cite, versions, ctx.law_day())
                if wrong:
                    return wrong
            elif not outside_index(cite.law):
                unknown.append(cite)
        if unknown:
            laws = "》《".join(dict.fromkeys(c.law for c in unknown))
            return review(f"法律索引中没有《{laws}》，请人工核对", [unknown[0].place])
        return passed(f"引用的 {len(cites)} 处条文均在法律索引中", [cites[0].place])

    def rule(self) -> str:
        return f"{listed(self.papers)}引用的条文在决定日存在并且有效"


def _wrong(cite: Citation, versions: list[Statute], day: dt.date | None) -> Verdict | None:
    """What is wrong with one citation of a law that the index has, on the day of the law."""
    ended = [v.ended for v in versions if v.ended]
    if day and ended and len(ended) == len(versions) and day >= max(ended):
        text = f"《{cite.law}》自 {cn_day(max(ended))} 起废止，决定日期 {cn_day(day)}"
        return review(f"{text}；从旧兼从轻的请人工判断", [cite.place])
    most = max(v.articles for v in versions)
    beyond = [n for a in cite.articles if (n := article_number(a)) and n > most]
    if not beyond:
        return None
    text = f"《{cite.law}》共 {most} 条，没有第 {beyond[0]} 条"
    later = [v.since for v in versions if v.since and day and v.since > day]
    if later and len(later) == len(versions):
        since = cn_day(min(later))
        text = f"{text}；但索引中的版本自 {since} 起施行，决定时的版本请人工核对"
        return review(text, [cite.place])
    return fail(text, [cite.place], subject=cite.law)
