"""Where double review of a run stands: who has handed in, where two people differ, who is the
third, and how far people agree.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from casereview.errors import UsageError
from casereview.judging.score import Ledger
from casereview.record.entries import PanelAssigned
from casereview.record.result import CaseResult
from casereview.rounds.history import History
from casereview.rounds.panel import (
    Agreement,
    Reviewer,
    Triggers,
    agreement,
    position,
    reasons,
    third,
)

THIRD, DIFFER, AGREE = "须第三人", "有分歧", "一致"


@dataclass(frozen=True)
class PanelCase:
    """One case under double review: how far it is; once both handed in, what they came to, where
    they differ (``split``, item ids), why a third person is needed, and who that is.
    """

    case: str
    reviewers: tuple[str, ...]
    state: str
    scores: tuple[float | None, ...] = ()
    why: tuple[str, ...] = ()
    third: str = ""
    split: tuple[str, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {k: v for k, v in asdict(self).items() if v is not None}


@dataclass(frozen=True)
class PanelStatus:
    """Double review of a run: its cases, and how far people agree, item by item."""

    cases: tuple[PanelCase, ...]
    agreement: list[Agreement]


Statuses = dict[str, str]  # item -> status as one reviewer sees it


@dataclass(frozen=True)
class _Panel:
    """Double review of one run. ``people``: from whom a third person is drawn."""

    history: History
    run: int
    triggers: Triggers
    people: list[Reviewer]

    def position(self, r: CaseResult, name: str) -> tuple[Statuses, Ledger]:
        """How one reviewer sees a case."""
        placed = self.history.placed(self.run)[0]
        said = {check: x for (case, check), x in placed.items() if case == r.case}
        edition = self.history.editions[r.checklist.card]
        return position(r, edition, said, name, self.history.as_of(self.run))

    def seed(self, case: str) -> str:
        """The seed with which the reviewers of a case were drawn."""
        given = [e.body for e in self.history.journal.entries(PanelAssigned)]
        return next(b.seed for b in reversed(given) if (b.run, b.case) == (self.run, case))

    def both(self, r: CaseResult, pair: tuple[str, ...]) -> tuple[PanelCase, Statuses, Statuses]:
        """A case that both have handed in, and how each of them sees it."""
        (first, a), (second, b) = (self.position(r, name) for name in pair)
        split = tuple(i for i in first if first[i] != second[i])
        why = tuple(reasons(a, b, self.triggers))
        state = THIRD if why else DIFFER if split else AGREE
        scores = tuple(None if x.score is None else float(x.score) for x in (a, b))
        asked = self.people if why else []
        chosen = third(r, asked, self.seed(r.case), pair)
        return PanelCase(r.case, pair, state, scores, why, chosen, split), first, second


def panel_status(
    history: History, number: int, triggers: Triggers, people: list[Reviewer]
) -> PanelStatus:
    """Where double review of a run stands. ``people``: from whom a third person is drawn. Raises
    UsageError when the run has none.
    """
    state = history.panel_state(number)
    if not state.reviewers:
        raise UsageError(f"第 {number} 次评查没有分派双人评查；先用 casereview panel assign。")
    panel = _Panel(history, number, triggers, people)
    rows: list[PanelCase] = []
    views: list[tuple[Statuses, Statuses]] = []
    for r in history.raw(number):
        pair = state.reviewers.get(r.case, ())
        if pair and state.sealed(r.case):
            handed_in = len(state.handed_in.get(r.case, ()))
            rows.append(PanelCase(r.case, pair, f"已提交 {handed_in}/2"))
        elif pair:
            row, first, second = panel.both(r, pair)
            rows.append(row)
            views.append((first, second))
    return PanelStatus(tuple(rows), agreement(views))
