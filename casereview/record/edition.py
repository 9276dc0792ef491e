"""An edition: a checklist as it was applied, kept with every run, so that old runs can be read,
added up and compared when the files have long changed. ``applied`` makes it from the rules.

Each item carries two digests. ``rule`` is over what the item declares: what it asks for, when it
applies, what it costs. ``engine`` is over what else its verdict rests on: the version of its kind
and of the named judgements, and the data by which the papers it names are read. When ``rule``
moved, the item asks for something else; when only ``engine`` moved, it asks for the same, but a
verdict that differs may be the program's doing. Wording, advice and articles do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

import msgspec

from casereview.record.canonical_json import canonical
from casereview.rules.deduction import Deduction
from casereview.rules.kinds.kind import TimeSpan
from casereview.rules.schemes import Scoring


@dataclass(frozen=True, kw_only=True)
class EditionItem:
    """One item. ``by_removal``: put right by taking a paper out of the file, so that its absence
    later is no loss; ``engine``: '' in an edition from a version that did not keep it; ``spans``:
    the days that it limits; ``deduction``, ``veto_effect``: how it costs points, and what failing
    it does to the case; ``fault``: what is wrong where it fails.
    """

    id: str
    name: str
    stage: str
    system: str
    points: Decimal
    veto: bool
    curable: bool
    kind: str
    rule: str
    engine: str = ""
    bonus: bool = False
    gravity: str = ""
    basis: tuple[str, ...] = ()
    advice: str = ""
    fails_when: str = ""
    former: tuple[str, ...] = ()
    by_removal: bool = False
    spans: tuple[TimeSpan, ...] = ()
    deduction: Deduction = Deduction()
    veto_effect: str = ""
    fault: str = ""

    def costs_as(self, other: EditionItem) -> bool:
        """True when both cost the same and weigh the same."""
        return self._weight() == other._weight()

    def _weight(self) -> tuple[object, ...]:
        veto = (self.veto, self.veto_effect)
        return self.points, self.deduction, veto, self.bonus, self.gravity, self.kind


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A checklist as applied. ``parameters``: number of the law -> digest of its values;
    ``digest``: over everything else.
    """

    id: str
    title: str
    version: str
    procedure: str
    sha256: str
    scoring: Scoring
    items: tuple[EditionItem, ...]
    parameters: dict[str, str]
    digest: str = ""

    @property
    def name(self) -> str:
        """Title and version for people."""
        return f"{self.title} {self.version}".strip()

    @property
    def checks(self) -> tuple[EditionItem, ...]:
        """The items, as a checklist calls them."""
        return self.items

    @cached_property
    def by_id(self) -> dict[str, EditionItem]:
        """The items by id."""
        return {i.id: i for i in self.items}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Earlier ids that no item carries now -> the id of today."""
        former = {old: i.id for i in self.items for old in i.former}
        return {old: now for old, now in former.items() if old not in self.by_id}

    def get(self, check: str) -> EditionItem | None:
        """The item with this id."""
        return self.by_id.get(check)


def fault_name(item: EditionItem | None, check: str, own: str = "") -> str:
    """What a fault is called in papers. ``own``: the name that the part which failed carries; an
    item that names no fault is called by its norm as what was not met, one that is not known by its
    id.
    """
    if own or item is None:
        return own or check
    return item.fault or f"不符合“{item.name}”"


def to_json(edition: Edition) -> str:
    """As the store keeps it."""
    return canonical(msgspec.to_builtins(edition))


@lru_cache(maxsize=64)
def from_json(text: str) -> Edition:
    """Read an edition of this or an earlier version: one store holds a few of them, which every
    look at its history asks for. Raises msgspec.ValidationError.
    """
    edition = msgspec.json.decode(text, type=Edition)
    if any(i.engine for i in edition.items):
        return edition
    # before editions said by_removal, the items of one stage were put right that way
    items = tuple(replace(i, by_removal=i.stage == "结案归档") for i in edition.items)
    return replace(edition, items=items)
