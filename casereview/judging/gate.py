"""Promise 1 at the gate: place or silence. Every verdict on a case passes here, whatever judged
it.
"""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz

from casereview.chinese import has_figure_alone, without_spaces
from casereview.facts.casefile import CaseFile
from casereview.facts.likely import contested
from casereview.facts.loose_ink import covered
from casereview.facts.readers import specs_of
from casereview.model import FAIL, INFERRED, LEARNED, PICTURE, REVIEW, Fact, Place, Verdict
from casereview.papers.paper import Paper

HOW = {LEARNED: "是按相近的样式读出的", INFERRED: "是从条文的先后推断的"}
LIKE, SPOILED = 75, 2  # likeness of a name to what a seal left of it, and characters it may add
NO_PLACE = "（没有可以引用的原文位置，请人工判断）"


def held(verdict: Verdict, case: CaseFile) -> Verdict:
    """A fail keeps only places whose quote stands on that page; without a quoted one it is open,
    where it rests on a day that only another paper tells or a value that was read by likeness, and
    on a paper part of which is hidden. Days that one typed page tells all by itself contradict each
    other whatever the other papers say; where one of them belongs to another paper is said.
    """
    if verdict.status != FAIL:
        return verdict
    if why := _unsure(verdict, case):
        return replace(verdict, status=REVIEW, message=f"{verdict.message}（{why}，请核对原件）")
    told = _told(verdict, case)
    said = f"{verdict.message}（{told}取自同一页）" if told else verdict.message
    kept = tuple(p for p in verdict.places if stands(p, case))
    if any(p.quote for p in kept):
        return replace(verdict, message=said, places=kept)
    return replace(verdict, status=REVIEW, message=said + NO_PLACE)


def _told(verdict: Verdict, case: CaseFile) -> str:
    """The first fact under a verdict that only another paper tells; ''."""
    return next((case.told[p] for p in verdict.places if p in case.told), "")


def _on_one_page(verdict: Verdict, case: CaseFile) -> bool:
    """True where two places or more of a verdict stand on one page, and that is typed."""
    pages = {(p.file, p.page) for p in verdict.places}
    if len(pages) != 1 or len(verdict.places) == 1:
        return False
    file, page = pages.pop()
    return not any(p.doc.file == file and page in p.recognised for p in case.papers)


def _unsure(verdict: Verdict, case: CaseFile) -> str:
    """Why what a verdict rests on is not as sure as the page itself; ''."""
    if (told := _told(verdict, case)) and not _on_one_page(verdict, case):
        return f"{told}在原件上没有读出，取自别处"
    if guessed := _not_by_rule(verdict, case) or _likelier_elsewhere(verdict, case):
        return guessed
    if _under_seal(verdict, case):
        return "日期上盖有印章，可能少认了一位数"
    hidden = next((why for p in verdict.places if (why := case.hidden_at(p))), "")
    return f"所在的页{hidden}" if hidden else ""


def _under_seal(verdict: Verdict, case: CaseFile) -> bool:
    """True for a verdict on a recognised day with a figure alone (7月2日) under a seal that spoiled
    the name of the agency beside it: another figure may be hidden too.
    """
    days = [p for p in verdict.places if has_figure_alone(p.quote)]
    return any(
        place.file == paper.doc.file
        and place.page in paper.recognised
        and covered(paper, place)
        and _spoiled(paper, place.page, case.ref.unit)
        for place in days
        for paper in case.papers
    )


def _spoiled(paper: Paper, page: int, unit: str) -> bool:
    """True where a line under a seal is nearly the name of the unit, and not quite."""
    lines = (without_spaces(line.text) for n, line in paper.running_text.lines if n == page)
    near = (t for t in lines if len(t) <= len(unit) + SPOILED and fuzz.ratio(t, unit) >= LIKE)
    return any(unit not in t and t not in unit for t in near)


def _not_by_rule(verdict: Verdict, case: CaseFile) -> str:
    """How the first fact under a verdict that no rule read was come by; ''."""
    every = ((p, name, fact) for p in case.papers for name, fact in case.facts_of(p).items())
    told = (f"{p.doc.kind}.{name}{HOW[f.origin]}" for p, name, f in every if _rests_on(verdict, f))
    return next(told, "")


def _likelier_elsewhere(verdict: Verdict, case: CaseFile) -> str:
    """The first fact under a verdict for which another value of its paper surely stands; ''."""
    pages = {p.page for p in verdict.places}
    for paper in case.papers:
        for name, fact in case.facts_of(paper).items():
            if fact.place.page in pages and fact.place in verdict.places:
                other = contested(paper, specs_of(paper)[name], fact)
                if other:
                    return f"{paper.doc.kind}.{name}也可能是“{other}”"
    return ""


def _rests_on(verdict: Verdict, fact: Fact) -> bool:
    """True for a fact that no rule read at one of the places of a verdict; what the order of
    articles tells counts where papers are compared: an article that no law has is none in any part.
    """
    if fact.origin == INFERRED and len(verdict.places) == 1:
        return False
    return bool(fact.origin) and fact.place in verdict.places


def stands(place: Place, case: CaseFile) -> bool:
    """True when the quote is on that page of that file (white space apart). Recordings and photos
    are quoted by name or time.
    """
    source = next((s for s in case.sources if s.path == place.file), None)
    if source is None:
        return False
    if source.media is not None:
        return True
    page = next((p for p in source.pages if p.number == place.page), None)
    if page is None:
        return False
    if not place.quote:
        return True
    text = "".join(ln.text for ln in page.lines)
    return _tight(place.quote, PICTURE + "…") in _tight(text, PICTURE)


def _tight(text: str, without: str) -> str:
    return without_spaces(text).translate(dict.fromkeys(map(ord, without)))
