"""One case over all rounds, whatever its folder was called: what it scored, what changed, what
became of it in reconsideration and in court.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from casereview.errors import NotUnique, UsageError
from casereview.model import FAIL, REVIEW
from casereview.record.entries import CaseOutcome
from casereview.record.journal import Entry
from casereview.record.result import CaseResult
from casereview.rounds.history import History
from casereview.rounds.pairing import pair_cases
from casereview.rounds.ranking import counts


@dataclass(frozen=True)
class Visit:
    """The case in one run. ``changes``: how many findings came to which end since the last."""

    run: int
    as_of: str
    case: str
    score: float | None
    grade: str
    fails: int
    open: int
    changes: dict[str, int]


@dataclass(frozen=True)
class CaseHistory:
    """Its visits, oldest first, and what reviews of the decision came to."""

    visits: tuple[Visit, ...]
    outcomes: tuple[Entry[CaseOutcome], ...]

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        ends = [{"at": e.at, "by": e.by, **asdict(e.body)} for e in self.outcomes]
        return {"rounds": [asdict(v) for v in self.visits], "outcomes": ends}


def history_of(history: History, name: str) -> CaseHistory:
    """Follow a case from the newest run that holds it back to the first. Raises UsageError."""
    newest = _newest(history, name)
    chain = [newest]
    for run in reversed([r for r in history.complete() if r < newest.run]):
        roll = history.roll(run)
        earlier = pair_cases(roll.heads, [chain[-1]], roll.results).before(chain[-1].case)
        if earlier is not None:
            chain.append(history.case(earlier.case, run))
    chain.reverse()
    visits = [_visit(history, r, chain[n - 1] if n else None) for n, r in enumerate(chain)]
    outcomes = history.journal.entries(CaseOutcome)
    return CaseHistory(
        tuple(visits), tuple(e for e in outcomes if e.body.case_key == newest.case_key)
    )


def _newest(history: History, name: str) -> CaseResult:
    """The case in the newest run that holds one of this name. Raises UsageError."""
    for run in reversed(history.complete()):
        try:
            return history.case(name, run)
        except NotUnique:
            raise
        except UsageError:
            continue
    raise UsageError(f"各次评查里都没有案卷“{name}”。可以用 casereview units 查看全部案卷。")


def _visit(history: History, r: CaseResult, before: CaseResult | None) -> Visit:
    n = counts(r)
    ends: Counter[str] = Counter()
    if before is not None:
        changes = history.compare(before.run, r.run).changes
        ends = Counter(c.change for c in changes if c.case_to == r.case)
    as_of = history.as_of(r.run)
    return Visit(r.run, as_of, r.case, r.score, r.grade, n[FAIL], n[REVIEW], dict(ends))
