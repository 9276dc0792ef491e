"""What a text is most like: a linear model over groups of characters, learned from texts whose
class is known (``benchmarks/houses/learn.py``) and kept as whole numbers, so that it answers the
same everywhere.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from casereview.errors import RulesRefused

_DIGITS = re.compile(r"\d")
_SPACES = re.compile(r"\s+")
_SIZES = (2, 3)  # characters of a group in running text
_SIZES_IN_HEAD = (2, 3, 4)
_HEAD, _LINE, _BODY = 3, 40, 900  # lines at the top, characters of one, characters of all


def features_of(text: str) -> set[str]:
    """What a text is known by: groups of characters in its first lines (marked ``t``, with where a
    line begins and ends) and in the whole; figures all alike.
    """
    lines = [bare for line in text.split("\n") if (bare := _bare(line))]
    heads = (f"^{line[:_LINE]}$" for line in lines[:_HEAD])
    found = {"t" + group for head in heads for group in _groups(head, _SIZES_IN_HEAD)}
    return found | set(_groups("\n".join(lines)[:_BODY], _SIZES))


def _bare(line: str) -> str:
    return _DIGITS.sub("0", _SPACES.sub("", line))


def _groups(text: str, sizes: tuple[int, ...]) -> Iterable[str]:
    return (text[i : i + n] for n in sizes for i in range(len(text) - n + 1))


@dataclass(frozen=True)
class Likeness:
    """A learned model. ``weights``: a row of whole numbers a known feature, a column a class;
    ``offsets``: one a class, on the scale of the weights; ``scale``: what a weight of one is worth;
    ``houses``: how many houses a class was learned from.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: np.ndarray
    offsets: np.ndarray
    scale: float
    houses: tuple[int, ...]

    def chances(self, features: set[str]) -> dict[str, float]:
        """Class -> how likely a text with these features is of it; the sum is 1. What a text says
        that the model does not know makes it less sure.
        """
        known = sorted(self.rows[f] for f in features if f in self.rows)
        length = math.sqrt(max(1, len(features)))
        sums = self.weights[known].sum(axis=0, dtype=np.int64).tolist()
        marks = [
            (s / length + o) * self.scale for s, o in zip(sums, self.offsets.tolist(), strict=True)
        ]
        top = max(marks)
        parts = [math.exp(m - top) for m in marks]
        whole = math.fsum(parts)
        return {c: p / whole for c, p in zip(self.classes, parts, strict=True)}

    @classmethod
    def load(cls, path: Path) -> Likeness:
        """Read what ``saved`` wrote. Raises OSError, ValueError, KeyError."""
        with np.load(path, allow_pickle=False) as data:
            names = _names(data["features"])
            return cls(
                tuple(_names(data["classes"])),
                {name: i for i, name in enumerate(names)},
                data["weights"],
                data["offsets"],
                float(data["scale"]),
                tuple(data["houses"].tolist()),
            )

    def saved(self) -> bytes:
        """The model as one file."""
        out = io.BytesIO()
        names = sorted(self.rows, key=lambda name: self.rows[name])
        np.savez_compressed(
            out,
            features=_bytes(names),
            classes=_bytes(self.classes),
            weights=self.weights,
            offsets=self.offsets,
            scale=np.float64(self.scale),
            houses=np.array(self.houses, np.int32),
        )
        return out.getvalue()


@lru_cache(maxsize=8)
def learned(path: Path) -> Likeness | None:
    """The model in a file of a vocabulary, read once; None where there is none. Raises RulesRefused
    for a damaged one.
    """
    if not path.is_file():
        return None
    try:
        return Likeness.load(path)
    except (OSError, ValueError, KeyError, BadZipFile) as e:
        raise RulesRefused([f"{path}：这个文件坏了（{e}），请删掉它，或者换回原来的"]) from e


def _bytes(names: Iterable[str]) -> np.ndarray:
    """Names as one array of bytes, a zero between two."""
    return np.frombuffer("\0".join(names).encode(), np.uint8)


def _names(data: np.ndarray) -> list[str]:
    return data.tobytes().decode().split("\0")
