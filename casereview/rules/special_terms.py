"""Terms of suit and review that a law which the paper cites sets otherwise than the general ones
(行政诉讼法 46, 行政复议法 20; ``特别期限.csv``).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from casereview.chinese.laws import title_key
from casereview.facts.citations import article_number, cited, full_names
from casereview.law.parameters import SpecialTerm
from casereview.model import Fact, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import Context, review


@dataclass(frozen=True)
class Meant:
    """A special term of a law that a paper cites. ``holds``: the paper cites its very article, or
    tells of what it is limited to.
    """

    term: SpecialTerm
    holds: bool


def meant(ctx: Context, paper: Paper, parameter: str) -> list[Meant]:
    """The terms that the laws cited in ``paper`` set otherwise than ``parameter``."""
    special = ctx.law.parameters[parameter].special
    if not special:
        return []
    names = full_names(paper)
    articles: dict[str, set[int]] = {}
    for cite in cited(paper):
        numbers = {n for a in cite.articles if (n := article_number(a))}
        articles.setdefault(title_key(names.get(cite.law, cite.law)), set()).update(numbers)
    text = paper.running_text.without_spaces
    return [
        Meant(t, t.article in articles[t.key] or not t.words or any(w in text for w in t.words))
        for t in special
        if t.key in articles
    ]


def fitting(every: list[Meant], fact: Fact) -> list[Meant]:
    """Those that set what is written."""
    return [m for m in every if m.term.equals(str(fact.value))]


def told_otherwise(
    fitting: list[Meant], day: dt.date, name: str, fact: Fact, general: str
) -> Verdict | None:
    """What a term that some law sets, and not the general one, is worth: nothing to say where that
    law goes before, else 待复核.
    """
    sure = [m for m in fitting if m.holds and m.term.prevails and m.term.stands_on(day)]
    if sure:
        return None
    best = next((m for m in fitting if m.term.stands_on(day)), fitting[0])
    why = f"一般为{general}；所引法律、法规有{best.term.sentence()}的规定"
    return review(f"{name}写为“{fact.text}”，{why}，是否适用请人工核对", [fact.place])


def told_generally(every: list[Meant], day: dt.date, name: str, fact: Fact) -> Verdict | None:
    """待复核 where the general term is written and a law that goes before sets another."""
    other = [m for m in every if m.holds and m.term.prevails and m.term.stands_on(day)]
    if not other or any(m.term.equals(str(fact.value)) for m in other):
        return None
    text = f"{name}写为“{fact.text}”，所引法律另有{other[0].term.sentence()}的规定"
    return review(f"{text}，适用哪个期限请人工核对", [fact.place])
