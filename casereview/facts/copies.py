"""Copies among the evidence, and papers handed in twice (words: ``用语/复印件.yaml``)."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from casereview.chinese.wordlists import word_lists
from casereview.papers.paper import Paper

WORDS = "复印件.yaml"
_ASIDE = re.compile(r"[（(][^（）()\n]{1,6}[)）]")
OPENING = 80  # characters of a paper in which it says that it is a copy


def is_copy(paper: Paper) -> bool:
    """True when title, file name or opening say that a paper is a copy."""
    opening = paper.running_text.without_spaces[:OPENING]
    said = paper.doc.title + paper.doc.file.rsplit("/", 1)[-1] + opening
    said = _ASIDE.sub("", said) + said  # 复印（复制）件
    return any(word in said for word in word_lists(WORDS)["名称"])


def likeness(a: Paper, b: Paper) -> float:
    """How alike the texts of two papers are (0..1); 1.0 only for the same text, as of a paper that
    was handed in twice.
    """
    one, other = a.running_text.without_spaces, b.running_text.without_spaces
    if one == other:
        return 1.0
    return min(float(fuzz.ratio(one, other)) / 100, 0.999)
