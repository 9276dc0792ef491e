"""The cases of a round as the list of the three systems asks for them: unit by unit."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from casereview.record.briefs import Brief
from casereview.record.heads import CaseHead
from casereview.rounds.history import History


class RoundCases:
    """The cases of the units in a round, as the tool left them. ``head``: by which it is known."""

    def __init__(self, history: History, head: int):
        self.roll, self.source = history.roll(head), partial(history.source, head)
        self.grounds = {n: history.store.grounds(n) for n in self.roll.parts}
        self.heads: dict[tuple[str, str], list[CaseHead]] = defaultdict(list)
        for h in self.roll.heads:
            self.heads[h.batch, h.unit].append(h)

    def of(self, batch: str, unit: str) -> list[Brief]:
        """The cases of a unit, in brief."""
        return list(self.roll.briefs([h.case for h in self.heads[batch, unit]]))

    def ground(self, batch: str, unit: str) -> tuple[tuple[str, object], ...]:
        """What each of their results rests on, '' where that is not known, and how it stands after
        its unit was looked over.
        """
        every = self.heads[batch, unit]
        return tuple((self._ground(h), h[1:]) for h in every)  # whatever the run

    def _ground(self, head: CaseHead) -> str:
        run, key = self.source(head.case)
        return self.grounds[run].get(key, "")
