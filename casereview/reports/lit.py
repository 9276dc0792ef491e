"""Where a quote stands in a text, so that it can be lit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casereview.model import PICTURE

_SHORTEST = 2  # characters from which a line inside a quote belongs to it
Run = tuple[str, bool]  # a piece of the text, and whether it is quoted


def lit(text: str, quotes: Iterable[str]) -> list[Run]:
    """The text in pieces, those that are quoted marked. Blanks do not count; a text that lies
    wholly inside a quote is quoted.
    """
    at = [i for i, c in enumerate(text) if _counts(c)]
    bare = "".join(text[i] for i in at)
    on = [False] * len(text)
    for quote in quotes:
        wanted = "".join(c for c in quote if _counts(c))
        for start, end in _found(bare, wanted):
            on[at[start] : at[end - 1] + 1] = [True] * (at[end - 1] + 1 - at[start])
    return _pieces(text, on)


def _counts(c: str) -> bool:
    return not c.isspace() and c not in PICTURE + "…"


def _found(bare: str, wanted: str) -> list[tuple[int, int]]:
    if not wanted or not bare:
        return []
    start = bare.find(wanted)
    if start >= 0:
        return [(start, start + len(wanted))]
    return [(0, len(bare))] if len(bare) >= _SHORTEST and bare in wanted else []


def _pieces(text: str, on: Sequence[bool]) -> list[Run]:
    out: list[Run] = []
    for c, marked in zip(text, on, strict=True):
        if out and out[-1][1] == marked:
            out[-1] = out[-1][0] + c, marked
        else:
            out.append((c, marked))
    return out
