"""The cases of one side of a comparison: their heads at once, each case when it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from casereview.record.briefs import Brief
from casereview.record.result import CaseResult
from casereview.rounds.pairing import Named

Looked = CaseResult | Brief  # a case with its findings, read whole or not


class Cases(Protocol):
    """What comparing asks of the cases of a run."""

    @property
    def heads(self) -> Sequence[Named]:
        """Every case, without its findings."""

    def whole(self, cases: Collection[str]) -> Iterator[CaseResult]:
        """These cases as the tool left them."""

    def briefs(self, cases: Collection[str]) -> Iterator[Looked]:
        """These cases with their findings after the rulings."""

    def row(self, case: str) -> int:
        """What its result is known by in the store; 0 where that is not what people see of it."""

    def loud(self, cases: Collection[str]) -> Iterator[Looked]:
        """Cases that have a row, with their faults."""


@dataclass(frozen=True)
class Given:
    """Cases that are read already."""

    heads: Sequence[CaseResult]

    def whole(self, cases: Collection[str]) -> Iterator[CaseResult]:
        """These of them."""
        wanted = set(cases)
        return (r for r in self.heads if r.case in wanted)

    def briefs(self, cases: Collection[str]) -> Iterator[Looked]:
        """These of them."""
        return self.whole(cases)

    def row(self, case: str) -> int:
        """They lie in no store."""
        return 0

    def loud(self, cases: Collection[str]) -> Iterator[Looked]:
        """None of them has a row."""
        return iter(())
