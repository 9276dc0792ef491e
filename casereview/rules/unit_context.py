"""A unit before the list of the three systems (三项制度): its papers, lists and cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from casereview.chinese import key, without_spaces
from casereview.model import CaseSeen, Place, SourceFile, UnitPapers
from casereview.rules.verdicts import Law


@dataclass(frozen=True)
class UnitPaper:
    """One file of 单位材料, as text."""

    file: str
    text: str
    readable: bool

    @property
    def head(self) -> str:
        """Name and opening, by which a paper is known."""
        return key(self.file.rsplit("/", 1)[-1] + self.text[:240])

    def place(self) -> Place:
        """Where a reviewer looks: the file, its first words."""
        return Place(self.file, 1, None, without_spaces(self.text)[:40])


def unit_paper(source: SourceFile) -> UnitPaper:
    """A read file as a paper of the unit."""
    text = "\n".join(ln.text for p in source.pages for ln in p.lines)
    return UnitPaper(
        f"单位材料/{source.path}", text[:60_000], source.outcome == "readable" and bool(text)
    )


@dataclass
class UnitContext:
    """A unit before the list of the three systems: papers (None when it handed in none), lists, the
    results of its cases, the day of the review.
    """

    unit: str
    papers: list[UnitPaper] | None
    lists: UnitPapers
    cases: Sequence[CaseSeen]
    law: Law
    as_of: dt.date
    earlier: dict[str, int] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)

    def rows(self, name: str) -> tuple[dict[str, str], ...] | None:
        """Rows of a CSV list of the unit; None when it was not handed in."""
        known = {
            "officers": self.lists.officers,
            "reviewers": self.lists.reviewers,
            "authority": self.lists.authority,
        }
        return known[name] if name in known else self.lists.lists.get(name)

    def limit(self, name: str) -> Decimal:
        """A parameter on the day of the review."""
        value = self.law.parameters[name].on(self.as_of)
        self.used[name] = value.amount() if value else ""
        return value.value if value else Decimal(0)
