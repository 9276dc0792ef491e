"""The verifier of files that end without a penalty: the ordinary items that remain, and its own."""

from __future__ import annotations

from typing import Any

from drawing.verify import ordinary
from drawing.verify.rules import Table, receipt, signed_off, told_properly, verdict

Story = dict[str, Any]
ALL: Table = {
    **ordinary.SUBJECT,
    **ordinary.FILING,
    **ordinary.EVIDENCE,
    **ordinary.REPORTED,
    **ordinary.ARCHIVE,
    "nopenalty.basis": lambda s: not s["decision"]["basis_stated"],
    "nopenalty.education": lambda s: not s["education"],
    "nopenalty.corrected": lambda s: s["correction"] and not s["recheck"],
    "nopenalty.remedies": lambda s: not told_properly(s["decision"]["remedies"]),
    "service.receipt-present": lambda s: not receipt(s, "decision"),
    "closing.present": lambda s: not s["closing"] or not signed_off(s["closing"]["leader"]),
    "decision.seal-date": lambda s: not s["decision"]["dated"],
}


def broken(story: Story) -> set[str]:
    """All items that this story breaks."""
    return verdict(ALL, story)
