"""The vocabulary: YAML files of two halves, and choices that depend only on a seed and a key."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
HALVES = ("development", "examination")


@cache
def table(name: str) -> dict[str, Any]:
    """One file of the vocabulary."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return loaded


def half(entry: Any, part: str) -> list[Any]:
    """The choices of one entry that this part may use."""
    if isinstance(entry, dict) and set(entry) == set(HALVES):
        return list(entry[part])
    if isinstance(entry, dict):
        return [key for key, weight in entry.items() for _ in range(weight)]
    return list(entry)


class Words:
    """Chooses from the vocabulary: the same seed and key give the same choice, in any order."""

    def __init__(self, part: str, seed: str):
        if part not in HALVES:
            raise ValueError(f"part must be one of {HALVES}")
        self.part, self.seed = part, seed

    def dice(self, key: str) -> random.Random:
        """A random generator of its own for one key."""
        return random.Random(f"{self.part}/{self.seed}/{key}")

    def options(self, file: str, key: str) -> list[Any]:
        """All choices of this part for one element."""
        return half(table(file)[key], self.part)

    def pick(self, file: str, key: str, salt: str = "") -> Any:
        """The choice that this seed makes for one element."""
        return self.dice(f"{file}.{key}.{salt}").choice(self.options(file, key))

    def chance(self, key: str, share: float) -> bool:
        """True for a share of all seeds."""
        return self.dice(f"chance.{key}").random() < share
