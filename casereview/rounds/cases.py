"""The cases of one side of a comparison: their heads at once, each case when it is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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

    def known(self, cases: Collection[str]) -> Mapping[str, str]:
        """What their results are known by in the store, of those that people see as they stand
        there: one result in two runs is known by the same.
        """

    def loud(self, cases: Collection[str]) -> Iterator[Looked]:
        """Cases of which the result is known, with their faults."""


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

    def known(self, cases: Collection[str]) -> Mapping[str, str]:
        """They lie in no store."""
        return {}

    def loud(self, cases: Collection[str]) -> Iterator[Looked]:
        """None of them is known."""
        return iter(())
