"""引用条文."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.facts.citations import Citation, article_number, cited, outside_index
from casereview.law.statutes import Standing, Status
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
            standing, number = self._worst(ctx, cite)
            if standing.status is Status.UNKNOWN:
                unknown += [] if outside_index(cite.law) else [cite]
            elif standing.status is Status.ABSENT:
                text = f"《{cite.law}》共 {standing.articles} 条，没有第 {number} 条"
                return fail(text, [cite.place], subject=cite.law)
            elif standing.status is not Status.EXISTS:
                return review(_of_another_day(cite.law, number, standing, ctx), [cite.place])
        if unknown:
            laws = "》《".join(dict.fromkeys(c.law for c in unknown))
            return review(f"法律索引中没有《{laws}》，请人工核对", [unknown[0].place])
        return passed(f"引用的 {len(cites)} 处条文均在法律索引中", [cites[0].place])

    def _worst(self, ctx: Context, cite: Citation) -> tuple[Standing, int | None]:
        """How the first article stands that does not simply exist, else the last one."""
        found: tuple[Standing, int | None] = (Standing(Status.UNKNOWN), None)
        for article in cite.articles:
            number = article_number(article)
            found = ctx.law.statutes.status(cite.law, number, ctx.law_day()), number
            if found[0].status is not Status.EXISTS:
                break
        return found

    def rule(self) -> str:
        return f"{listed(self.papers)}引用的条文在决定日存在并且有效"


def _of_another_day(law: str, number: int | None, standing: Standing, ctx: Context) -> str:
    """Why an article that stands at another time than the day of the law is open."""
    day = ctx.law_day()
    since = cn_day(standing.since) if standing.since else ""
    decided = f"决定日期 {cn_day(day)}" if day else "没有读到决定日期"
    if standing.status is Status.LATER:
        text = (
            f"《{law}》共 {standing.articles} 条，"
            f"没有第 {number} 条；但索引中的版本自 {since} 起施行"
        )
        return f"{text}，决定时的版本请人工核对"
    if number is not None and number > standing.articles:
        return f"《{law}》自 {since} 起没有第 {number} 条，{decided}；适用哪个版本请人工核对"
    return f"《{law}》自 {since} 起废止，{decided}；从旧兼从轻的请人工判断"
