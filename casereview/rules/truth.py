"""What a condition is made of, and its answer: yes, no, or cannot be told, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.model import Fact, Place
from casereview.model.nouns import noun
from casereview.rules.verdicts import Context

NO = "否"  # the value of a 是非 fact that is denied
OR = "／"  # between names of which any one will do


@noun(frozen=True)
class Truth:
    """The answer to a condition: True, False, or None when it cannot be told; why, and where."""

    holds: bool | None
    why: str = ""
    places: tuple[Place, ...] = ()

    def __invert__(self) -> Truth:
        return Truth(None if self.holds is None else not self.holds, self.why, self.places)


@dataclass(frozen=True)
class Test:
    """One word of a condition with what stands behind it."""

    word: str
    names: tuple[str, ...] = ()
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    branches: tuple[Condition, ...] = ()
    situation: Situation | None = None

    def option(self, key: str) -> tuple[str, ...]:
        """What stands at one of the keys behind the word."""
        return dict(self.options).get(key, ())


Condition = tuple[Test, ...]


@dataclass(frozen=True)
class Situation:
    """情形: a condition with a name. It holds when one of ``any_of`` and all of ``all_of`` hold;
    when one of ``doubtful`` is met it cannot be told. Where it does not hold, one of ``possible``
    leaves it open.
    """

    name: str
    about: str
    any_of: tuple[Condition, ...] = ()
    all_of: tuple[Condition, ...] = ()
    doubtful: tuple[Condition, ...] = ()
    possible: tuple[Condition, ...] = ()


def of_paper(ctx: Context, name: str) -> tuple[tuple[str, ...], str]:
    """The kinds of paper and the short name of '文书.要素'."""
    kind, _, fact = name.partition(".")
    return ctx.kinds(kind), fact


def named(ctx: Context, names: tuple[str, ...]) -> list[Fact]:
    """Every value of these facts in the readable papers of the case."""
    out = []
    for name in names:
        kinds, fact = of_paper(ctx, name)
        facts = [ctx.case.facts_of(p).get(fact) for p in ctx.case.readable(*kinds)]
        out += [f for f in facts if f is not None]
    return out
