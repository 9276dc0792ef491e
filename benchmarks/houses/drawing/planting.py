"""Faults and how they are planted into a lawful story.

A fault has the item it breaks, a variant, a condition and the change. `may` names items that a
careful reviewer could also mark for the same fault; a `fail` there is neither right nor wrong.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Story = dict[str, Any]
Change = Callable[[Story, random.Random], None]
Condition = Callable[[Story], bool]


def always(story: Story) -> bool:
    """Fits every story."""
    return True


@dataclass(frozen=True)
class Fault:
    """One way to break one item."""

    check: str
    variant: str
    plant: Change
    fits: Condition = always
    may: tuple[str, ...] = ()


def setting(path: str, value: Any) -> Change:
    """A change that sets one value: 'decision.payment'."""

    def change(story: Story, rng: random.Random) -> None:
        *parents, last = path.split(".")
        at = story
        for key in parents:
            at = at[key]
        if last not in at:
            raise KeyError(path)
        at[last] = value

    return change


@dataclass
class Book:
    """The faults of one procedure."""

    faults: list[Fault] = field(default_factory=list)

    def fault(
        self, check: str, variant: str, fits: Condition = always, may: str = ""
    ) -> Callable[[Change], Change]:
        """Registers a change as a fault."""

        def register(change: Change) -> Change:
            self.faults.append(Fault(check, variant, change, fits, tuple(may.split())))
            return change

        return register

    def simple(
        self,
        check: str,
        variant: str,
        path: str,
        value: Any,
        may: str = "",
        fits: Condition = always,
    ) -> None:
        """A fault that sets one value."""
        self.faults.append(Fault(check, variant, setting(path, value), fits, tuple(may.split())))


def plant(story: Story, pool: list[Fault], how_many: int, rng: random.Random) -> list[Fault]:
    """Plants up to `how_many` faults of different items that do not hide one another."""
    chosen: list[Fault] = []
    pool = pool[:]
    rng.shuffle(pool)
    for f in pool:
        if len(chosen) == how_many:
            break
        hidden = {x for c in chosen for x in (c.check, *c.may)}
        if f.check in hidden or any(c.check in f.may for c in chosen) or not _fits(f, story):
            continue
        if any(_stage(f) == _stage(c) for c in chosen):
            continue
        f.plant(story, rng)
        chosen.append(f)
    return chosen


def _stage(f: Fault) -> str:
    """Ordinary items of one stage change the same papers; two of them would disturb each other."""
    first, second = f.check.split(".")
    return second if first in ("summary", "coercion", "licence", "inspection") else first


def _fits(f: Fault, story: Story) -> bool:
    try:
        return f.fits(story)
    except (TypeError, KeyError, IndexError):
        return False
