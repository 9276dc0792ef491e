"""What forms carry at their labels: signatures and lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casereview.chinese import DATE, is_name
from casereview.facts.registry import Labels
from casereview.facts.signature import NOT_NAMES, Signature, signature
from casereview.model import PICTURE, Place
from casereview.papers.paper import Means, Paper, no_label

_REMARK, _BETWEEN = re.compile(r"[（(][^（）()]*[)）]"), re.compile(r"[、，,；;]")


@lru_cache(maxsize=4000)
def _signed(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Labels as they stand where somebody signs."""
    tails = (
        "",
        "签名",
        "签字",
        "签章",
        "（签名）",
        "（签字）",
        "签名或者盖章",
        "签名或盖章",
        "（签名或者盖章）",
        "（盖章）",
    )
    return tuple(dict.fromkeys(label + tail for label in labels for tail in tails))


def signatures(
    paper: Paper, *labels: str, like: str = "", mean: Means = no_label
) -> list[Signature]:
    """Every signing place at one of ``labels`` (each also tried with 签名/签字 after it) or of the
    shape ``like``, in form cells and in text; at last at labels that ``mean`` it.
    """
    out = []
    for found in paper.fields(*_signed(labels), like=like, mean=mean):
        out.append(signature(found.value, found.place, found.place.page in paper.recognised))
    return out


def names_in(text: str) -> list[str]:
    """Personal names listed in a field, posts in brackets removed."""
    bare = _REMARK.sub("", text.replace(PICTURE, ""))
    found = DATE.search(bare)
    parts = _BETWEEN.split(bare[: found.start()] if found else bare)
    return [n for part in parts for n in _apart(part) if is_name(n) and not NOT_NAMES.search(n)]


def _apart(part: str) -> list[str]:
    """Names that only gaps part; otherwise one name, whatever gaps are in it (张 三)."""
    pieces = part.split()
    whole = len(pieces) > 1 and all(len(piece) > 1 and is_name(piece) for piece in pieces)
    return pieces if whole else ["".join(pieces)]


def roles(paper: Paper, labels: Labels) -> Iterator[tuple[str, Place]]:
    """Every name listed at one of ``labels``, with its place."""
    seen = set()
    for found in paper.fields(*labels.names, like=labels.like, mean=labels.mean):
        for n in names_in(found.value):
            if n not in seen:
                seen.add(n)
                yield n, found.place
