"""A value that is the only one of its type in the sentences about one matter: whatever the order
of the words, 六十日 in a sentence on reconsideration is its term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese.names import agency_ending
from casereview.chinese.wording import SLOTS, wording
from casereview.facts import main_text
from casereview.facts.registry import FactSpec, Step
from casereview.facts.values import AS_TYPE
from casereview.model import Fact
from casereview.papers.paper import Found, Paper

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
_NAME = rf"(?:(?!向)[\u4e00-\u9fff]){{2,24}}?(?:{agency_ending()}|政府|法院)"
_AGENCY = rf"(?:(?<=[向为以由请])|(?<=[^收]到)){_NAME}(?:(?:或者|或|、){_NAME})?"
_VALUES = {"期限": SLOTS["期限"], "机关": _AGENCY}


def only_in_sentence(p: Paper, step: Step, spec: FactSpec) -> Fact | None:
    """同句: the only value of the fact's type in the sentences that one of the wordings finds;
    where a sentence has several, in its clauses. None where two values remain.
    """
    text = main_text.scoped(p, spec.scope)
    for pieces in (_SENTENCE, _CLAUSE):
        found = [hit for line in step.lines for hit in _in_pieces(pieces, text, line, spec.type)]
        if len({text[a:b] for a, b in found}) == 1:
            (a, b), convert = found[0], AS_TYPE[spec.type]
            return convert(Found(text[a:b], p.running_text.place(a, b)))
    return None


def _in_pieces(
    pieces: re.Pattern[str], text: str, line: str, kind: str
) -> Iterator[tuple[int, int]]:
    """Where values of a type stand in the sentences or clauses that a wording finds."""
    for piece in pieces.finditer(text):
        if wording(line).find(piece[0]):
            for m in re.finditer(_VALUES[kind], piece[0]):
                yield piece.start() + m.start(), piece.start() + m.end()
