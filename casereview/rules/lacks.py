"""What papers lack, one by one, and the verdict on all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casereview.model import Place, Verdict
from casereview.papers.paper import Paper
from casereview.rules.verdicts import fail, kinds_of, review

MANY = 3  # so many elements silent in one paper are suspected


@dataclass(frozen=True)
class Lack:
    """What a paper lacks, where it should stand, whether that is sure, and whether it is plain
    (``model.Verdict``).
    """

    paper: Paper
    what: str
    place: Place
    sure: bool = True
    plain: bool = False


def verdict_on(
    lacks: Sequence[Lack], unread: Iterable[Paper], good: Verdict, silent: bool = False
) -> Verdict:
    """What is surely lacking fails; else the first doubt opens the item, else the first paper that
    could not be read; else ``good``. ``silent``: it rests on what papers do not say.
    """
    sure = [lack for lack in lacks if lack.sure]
    if sure:
        text = "；".join(f"{lack.paper.name}{lack.what}" for lack in sure)
        subject = kinds_of(lack.paper for lack in sure)
        places = [lack.place for lack in sure]
        plain = all(lack.plain for lack in sure)
        return fail(text, places, subject=subject, silent=silent, count=len(sure), plain=plain)
    if lacks:
        return review(f"{lacks[0].paper.name}{lacks[0].what}", [lacks[0].place])
    return unreadable(unread) or good


def hardly_understood(silent: int, asked: int) -> bool:
    """True when a paper is silent on most of what is asked of it: more likely it was not understood
    than that it says nothing.
    """
    return silent >= max(MANY, asked // 2 + 1)


def wordless(paper: Paper, words: Sequence[str]) -> bool:
    """True where a typed paper has none of some words, and there are any."""
    text = paper.running_text.without_spaces
    return bool(words) and not paper.recognised and not any(word in text for word in words)


def unreadable(papers: Iterable[Paper]) -> Verdict | None:
    """The verdict where a paper could not be read; None where all were."""
    first = next(iter(papers), None)
    return review(f"{first.name}未能识别文字，请人工查看", [first.top()]) if first else None
