"""What a decision rests on: the provision that was violated and the provision that punishes."""

from __future__ import annotations

from casereview.facts.citations import Citation, cited, is_procedural
from casereview.facts.main_text import operative
from casereview.papers.paper import Paper


def violated(paper: Paper) -> Citation | None:
    """The first provision said to be violated."""
    return next((c for c in cited(paper) if c.role == "violated" and c.articles), None)


def basis(paper: Paper) -> Citation | None:
    """The provision the penalty rests on: the last one cited as a ground before what is decided.
    None where that law is named without an article anywhere.
    """
    begin, end = operative(paper)
    every = _material(paper, end)
    grounds = [c for c in every if c.role == "basis"]
    last = next((c for c in reversed(grounds) if c.start <= max(begin, end)), None)
    if last and not _has_articles(every, last.law):
        return None
    told = [c for c in grounds if c.articles]
    before = [c for c in told if c.start <= begin]
    return next(reversed(before or told), None)


def _has_articles(every: list[Citation], law: str) -> bool:
    """True when a law is cited with an article anywhere."""
    return any(c.articles for c in every if c.law == law)


def _material(paper: Paper, end: int) -> list[Citation]:
    """Citations of laws that do not only order the procedure, before ``end`` (0: anywhere)."""
    limit = end or len(paper.running_text.without_spaces)
    return [c for c in cited(paper) if c.start < limit and not is_procedural(c.law)]
