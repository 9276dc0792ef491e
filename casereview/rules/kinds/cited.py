"""引用条文."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.facts.citations import (
    Citation,
    article_number,
    branch_number,
    cited,
    full_names,
    outside_index,
)
from casereview.facts.readers import day_of
from casereview.law.statutes import Asked, Doubt, Standing, Status
from casereview.model import Verdict
from casereview.rules.kinds.kind import Kind, Of, key, listed
from casereview.rules.verdicts import Context, cn_day, fail, passed, review

MOST = 3  # open citations and possible titles that one finding names


@dataclass(frozen=True)
class _Judged:
    """One article as cited, with how it stands."""

    cite: Citation
    law: str
    article: str
    asked: Asked
    standing: Standing

    @property
    def wrong(self) -> bool:
        """True when it does not stand, or may not."""
        return self.standing.status not in (Status.EXISTS, Status.UNKNOWN)


@dataclass(frozen=True)
class Cited(Kind):
    """引用条文：所列文书引用的每一条，在行为日或者决定日有效的版本里要有。

    只有读过原文的版本（V）才能断定没有这一条、已经失效、尚未施行。待核实的版本、没有读到条数的
    版本、晚于法律索引日期的决定、行为在前而决定在后的失效（从旧兼从轻）、同名的地方规定、索引里
    没有的法，待复核。写明版本（2021年修订）的按该版本看。
    """

    version = 2
    papers: tuple[str, ...] = key("文书", Of.PAPERS, needed=True)
    began: tuple[str, ...] = key("行为起", Of.FACTS, says="违法行为开始的日期，先读到的为准")
    acted: tuple[str, ...] = key("行为止", Of.FACTS, says="违法行为终了的日期，先读到的为准")

    def judge(self, ctx: Context) -> Verdict:
        gone = ctx.absent(*ctx.named(self.papers))
        if gone:
            return gone
        paper = ctx.papers(self.papers)[0]
        cites = [c for c in cited(paper) if c.articles]
        if not cites:
            return review("没有读到引用的条文", [paper.top()])
        names = full_names(paper)
        judged = [j for cite in cites for j in self._each(ctx, cite, names)]
        good = passed(f"引用的 {len(cites)} 处条文均在法律索引中", [cites[0].place])
        return _accused(judged) or _open(judged) or _unknown(judged) or good

    def _each(self, ctx: Context, cite: Citation, names: dict[str, str]) -> list[_Judged]:
        """The articles of one citation."""
        law = names.get(cite.law, cite.law)
        out = []
        for article in cite.articles:
            asked = Asked(
                law,
                article_number(article) or 1,
                branch_number(article),
                cite.year,
                self._day(ctx, self.began),
                self._day(ctx, self.acted),
                ctx.law_day(),
            )
            out.append(_Judged(cite, cite.law, article, asked, ctx.law.statutes.stand(asked)))
        return out

    def _day(self, ctx: Context, names: tuple[str, ...]) -> dt.date | None:
        return next((day for n in names if (day := day_of(ctx.fact(n)))), None)

    def rule(self) -> str:
        return f"{listed(self.papers)}引用的条文在行为日或者决定日存在并且有效"


def _accused(judged: list[_Judged]) -> Verdict | None:
    """A citation of what surely does not stand."""
    wrong = [j for j in judged if j.wrong and j.standing.sure]
    return fail(_said(wrong[0]), [wrong[0].cite.place], subject=wrong[0].law) if wrong else None


def _open(judged: list[_Judged]) -> Verdict | None:
    """Citations that may not stand."""
    told = {_said(j): j for j in judged if j.wrong}
    if not told:
        return None
    return review("；".join([*told][:MOST]), [j.cite.place for j in [*told.values()][:MOST]])


def _unknown(judged: list[_Judged]) -> Verdict | None:
    """Laws that the index does not know."""
    missing = [j for j in judged if j.standing.status is Status.UNKNOWN]
    unknown = {j.law: j for j in missing if not outside_index(j.law)}
    if not unknown:
        return None
    text = f"法律索引中没有《{'》《'.join(unknown)}》，请人工核对"
    maybe = [name for j in unknown.values() for name in j.standing.names][:MOST]
    if maybe:
        text += f"（可能是《{'》《'.join(maybe)}》）"
    return review(text, [next(iter(unknown.values())).cite.place])


def _said(j: _Judged) -> str:
    """How a citation stands, and why that is not sure."""
    version, asked = j.standing.version, j.asked
    day = cn_day(j.standing.day) if j.standing.day else "某日"
    decided = f"决定日期 {cn_day(asked.decided)}" if asked.decided else "没有读到决定日期"
    if j.standing.doubt in (Doubt.UNCOUNTED, Doubt.OTHER_VERSION):
        return _not_to_be_told(j, day, decided)
    if j.standing.status is Status.LATER:
        text = f"《{j.law}》自 {day} 起施行，{decided}，其时尚未施行"
    elif j.standing.status is Status.ENDED:
        text = f"《{j.law}》自 {day} 起失效，{decided}"
    else:
        articles = version.articles if version else 0
        much = f"共 {articles} 条，" if articles else ""
        text = f"《{j.law}》{day} 起施行的版本{much}没有{_short(j.article)}，{decided}"
    doubt = j.standing.doubt or (None if j.standing.sure else Doubt.MEMORY)
    return f"{text}；{_why(doubt, j.standing)}" if doubt else text


def _not_to_be_told(j: _Judged, day: str, decided: str) -> str:
    """A citation of a version that the index does not know, or knows without its articles."""
    article = _short(j.article)
    if j.standing.doubt is Doubt.UNCOUNTED:
        return f"《{j.law}》{day} 起施行的版本没有读到条数，{decided}，{article}请人工核对"
    known = "索引里最早的一版" if j.standing.status is Status.LATER else "决定时的版本"
    return f"《{j.law}》{known}自 {day} 起施行，{decided}，{article}适用哪个版本请人工核对"


def _why(doubt: Doubt, standing: Standing) -> str:
    """Why it is not sure, with the day of the index or the names in doubt."""
    version = standing.version
    if doubt is Doubt.AFTER_INDEX and version and version.known_until:
        return f"{doubt.value}（索引截至 {cn_day(version.known_until)}），请人工核对"
    if doubt is Doubt.SAME_NAME:
        return f"{doubt.value}（《{'》《'.join(standing.names[:MOST])}》），请人工核对"
    return doubt.value if doubt.value.endswith(("判断", "核对")) else f"{doubt.value}，请人工核对"


def _short(article: str) -> str:
    """'第一百二十条之一第二款' -> '第 120 条之一'."""
    number, branch = article_number(article), branch_number(article)
    return f"第 {number} 条" + (f"之 {branch}" if branch else "")
