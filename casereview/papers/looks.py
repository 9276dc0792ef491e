"""What kind of paper a text looks like, learned from drawn papers of many houses, where neither
title nor wording is known.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from casereview.chinese.likeness import Likeness

LEAST_SAID = 60  # characters from which a text has a look
_HOUSES = 20  # a kind learned from so many has a look of its own
_NEVER = 0.01  # a chance so small speaks against a kind
_REMEMBERED = 256  # texts


class Look(NamedTuple):
    """The kind that a text looks like most, and how likely it is (0..1)."""

    kind: str
    chance: float


class Looks:
    """The learned model of kinds of a rules folder; without its file nothing looks like
    anything.
    """

    def __init__(self, path: Path):
        self._path = path

    def chances(self, text: str) -> dict[str, float]:
        """Kind -> how likely a text (lines without spaces) is of it; {} where it says too little to
        tell. Nobody may change the answer.
        """
        return _chances(self._path, text) if len(text) >= LEAST_SAID else {}

    def of(self, text: str) -> Look | None:
        """The kind that a text looks like most; None where it says too little to tell."""
        chances = self.chances(text)
        best = max(chances, key=lambda kind: chances[kind], default=None)
        return Look(best, chances[best]) if best else None

    def against(self, kind: str, text: str) -> bool:
        """True where a text surely does not look like papers of a kind of which many were seen."""
        model = _model(self._path)
        if model is None or len(text) < LEAST_SAID or kind not in model.classes:
            return False
        seen = model.houses[model.classes.index(kind)]
        return seen >= _HOUSES and self.chances(text)[kind] < _NEVER


@lru_cache(maxsize=_REMEMBERED)
def _chances(path: Path, text: str) -> dict[str, float]:
    from casereview.chinese.likeness import features_of

    model = _model(path)
    return model.chances(features_of(text)) if model else {}


def _model(path: Path) -> Likeness | None:
    from casereview.chinese.likeness import learned  # numpy: for those who ask

    return learned(path)
