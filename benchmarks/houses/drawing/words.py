"""The vocabulary: a folder of YAML files for each part, and choices that depend only on a seed.

`data/common` holds what parts share (laws, offices, layouts) and sentences that a part may replace
by its own; `data/<part>` holds what only this part may use.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
SHARED = "common"
LAST = 10**9
# Part -> seeds that belong to it. The parts that are mended on use the low seeds.
LOOKED = (1, 999)
SEEDS = {
    "development": LOOKED,
    "second": LOOKED,
    "third": LOOKED,
    "fourth": LOOKED,
    "fifth": LOOKED,
    "sixth": LOOKED,
    "examination": (1000, LAST),
}
PARTS = tuple(SEEDS)
UNREAD = "examination"
# Counts the vocabularies that were the examination part: it grows when that part retires.
EDITION = 6


@cache
def written(folder: str, name: str) -> dict[str, Any]:
    """One file of one folder of the vocabulary; empty where the folder has none."""
    path = DATA / folder / f"{name}.yaml"
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    return loaded


@cache
def table(name: str, part: str) -> dict[str, Any]:
    """One file of the vocabulary as this part has it: its own entries before the shared ones."""
    return {**written(SHARED, name), **written(part, name)}


class Words:
    """Chooses from the vocabulary: the same seed and key give the same choice, in any order."""

    def __init__(self, part: str, seed: str):
        if part not in PARTS:
            raise ValueError(f"part must be one of {PARTS}")
        self.part, self.seed = part, seed

    def dice(self, key: str) -> random.Random:
        """A random generator of its own for one key."""
        return random.Random(f"{self.part}/{self.seed}/{key}")

    def table(self, file: str) -> dict[str, Any]:
        """All that this part may use of one file."""
        return table(file, self.part)

    def options(self, file: str, key: str) -> list[Any]:
        """All choices of this part for one element."""
        return list(self.table(file)[key])

    def pick(self, file: str, key: str, salt: str = "") -> Any:
        """The choice that this seed makes for one element."""
        return self.dice(f"{file}.{key}.{salt}").choice(self.options(file, key))

    def chance(self, key: str, share: float) -> bool:
        """True for a share of all seeds."""
        return self.dice(f"chance.{key}").random() < share
