"""Another term for the same matter: before a term is called wrong, the right one must stand nowhere
in the paper where it could be meant (DESIGN, promise 11: two nets).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from casereview.chinese import NUMERAL
from casereview.chinese.wording import SLOTS, windows, wording
from casereview.facts.main_text import wide_scope
from casereview.facts.readers import specs_of
from casereview.facts.registry import FactSpec
from casereview.model import Place
from casereview.papers.paper import Paper

NEAR = 60  # characters between a term and its matter, at most
_OF_TERM = "期限"
_TERM = re.compile(rf"(?<![月年{NUMERAL}]){SLOTS['期限']}")  # 五月五日 is a day


def other_term(paper: Paper, spec: FactSpec, right: Callable[[str], bool]) -> Place | None:
    """The first sentence that may speak of ``spec`` and names a term that is ``right``; None where
    no sentence does, or where the fact is no term.
    """
    if spec.type != "期限":
        return None
    text = wide_scope(paper, spec.scope)
    lines = tuple(dict.fromkeys((*spec.lines, *spec.clues)))
    for start, end in _speaking(text, lines):
        if any(right(m[0]) for m in _TERM.finditer(text, start, end)):
            return paper.running_text.place(start, end)
    return _beside(paper, text, spec, right)


def _beside(paper: Paper, text: str, spec: FactSpec, right: Callable[[str], bool]) -> Place | None:
    """The first term that is ``right`` near the name of its matter (复议), in a sentence that does
    not speak of another matter that has a term.
    """
    mine = _matter(spec)
    others = {_matter(s) for s in specs_of(paper).values() if s.type == spec.type} - {mine}
    for start, end in windows(text):
        near = mine in text[max(0, start - NEAR) : end + NEAR]
        other = mine not in text[start:end] and any(o in text[start:end] for o in others)
        hits = _TERM.finditer(text, start, end) if near and not other else ()
        if any(right(m[0]) for m in hits):
            return paper.running_text.place(start, end)
    return None


def _matter(spec: FactSpec) -> str:
    """What a term is of: 复议期限 is of 复议."""
    return spec.name.removesuffix(_OF_TERM)


def _speaking(text: str, lines: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Sentences that carry everything one of the wordings names, in any order."""
    for start, end in windows(text):
        if any(wording(line).near(text[start:end]) for line in lines):
            yield start, end
