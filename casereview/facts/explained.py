"""What on a paper is surely something else than a fact that was not read: short fields of other
labels, whose value is no more than a name, a place, a day or a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese import without_spaces
from casereview.facts.registry import FactSpec
from casereview.facts.strangers import filled_fields, is_closed
from casereview.papers.paper import Paper

_BRACKETS = {"(": "[（(]", ")": "[）)]"}


def without_explained(text: str, paper: Paper, spec: FactSpec, struck: str) -> str:
    """A text of the paper in which fields that are surely something else than the fact are struck
    out, each character by ``struck``.
    """
    for label, value in _other_fields(paper, spec):
        pattern = f"(?:{_loose(label)}[：:]?\\n?)?{_loose(value)}"
        text = re.sub(pattern, lambda m: struck * len(m[0]), text, count=1)
    return text


def _other_fields(paper: Paper, spec: FactSpec) -> Iterator[tuple[str, str]]:
    """(label, value) of such fields."""
    for label, found in filled_fields(paper):
        value = found.without_spaces
        mine = spec.labels.match(label) or spec.labels.mean(label)
        if not mine and paper.vocab.may_be_label(label) and is_closed(value, spec):
            yield label, value


def _loose(text: str) -> str:
    """A pattern of a text whose characters may be parted by the end of a line."""
    bare = without_spaces(text)
    return r"\n?".join(_BRACKETS.get(c) or re.escape(c) for c in bare)
