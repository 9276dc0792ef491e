"""What follows from a run: which papers go down to a unit, which files are commended, what a case
did well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from casereview.model import FAIL, PASS
from casereview.record.edition import Edition
from casereview.record.result import CaseResult, UnitResult
from casereview.rules.schemes import EXCELLENT

LIST, NOTICE, RECEIPT, SUPERVISION = "整改清单", "整改通知书", "整改回执", "行政执法监督意见书"
URGE, DECISION, RETURN = "行政执法监督督办函", "行政执法监督决定书", "行政执法监督文书回执"
BULLETIN, OPINION, SCORES = "评查情况通报", "个案评查意见书", "评查打分表"
ENOUGH = 3  # decided items from which a stage is said to be in order


def papers_due(cases: Sequence[CaseResult], systems: UnitResult | None) -> frozenset[str]:
    """The papers that a unit is to get. Told of faults: list, notice and receipt; where a file
    carries a veto, a 监督意见书, since that touches legality; faults in the three systems alone go
    on the list.
    """
    faults = any(f.failed for r in cases for f in r.findings)
    due = {LIST, NOTICE, RECEIPT} if faults else set()
    if systems and any(f.failed for f in systems.findings):
        due.add(LIST)
    if any(r.vetoes for r in cases):
        due.add(SUPERVISION)
    return frozenset(due)


def commended(r: CaseResult, edition: Edition | None) -> bool:
    """True for a file that goes on the list of the best: of the highest grade."""
    return r.grade == (edition.scoring.names[0] if edition else EXCELLENT)


def stages_in_order(r: CaseResult, edition: Edition | None) -> tuple[tuple[str, int], ...]:
    """Stages in which every decided item is in order, with how many there are."""
    by: dict[str, list[str]] = defaultdict(list)
    for f in r.findings:
        item = edition.get(f.check) if edition else None
        if f.effective in (PASS, FAIL):
            by[item.stage if item else ""].append(f.effective)
    return tuple(
        (stage, len(words))
        for stage, words in by.items()
        if len(words) >= ENOUGH and FAIL not in words
    )
