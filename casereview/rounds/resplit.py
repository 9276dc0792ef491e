"""What a correction of the split changed: the verdicts of one case before and after it was judged
again.
"""

from __future__ import annotations

from dataclasses import dataclass

from casereview.record.edition import Edition
from casereview.record.result import CaseResult


@dataclass(frozen=True)
class VerdictMoved:
    """One item whose verdict is another ('' where the item was not judged)."""

    check: str
    name: str
    before: str
    after: str


def verdicts_moved(
    before: CaseResult, after: CaseResult, edition: Edition | None
) -> tuple[VerdictMoved, ...]:
    """The items that now have another verdict, in the order of the checklist."""
    was = {f.check: f.effective for f in before.findings}
    out = []
    for f in after.findings:
        if was.get(f.check, "") != f.effective:
            item = edition.get(f.check) if edition else None
            name = item.name if item else f.check
            out.append(VerdictMoved(f.check, name, was.get(f.check, ""), f.effective))
    return tuple(out)
