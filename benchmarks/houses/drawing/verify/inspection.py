"""The verifier of inspections."""

from __future__ import annotations

from typing import Any

from drawing.days import workdays_between
from drawing.verify.rules import Table, signed_off, verdict

Story = dict[str, Any]


def unplanned(s: Story) -> bool:
    """Not approved before the visit."""
    box = s["approval"]["leader"] if s["approval"] else None
    return not box or not signed_off(box) or box["day"] > s["inspection"]["day"]


def poor_record(s: Story) -> bool:
    """Times, content or a signature missing."""
    r = s["inspection"]
    whole = r["begin"] and r["end"] and r["party_signs"] and r["scene"]
    return not whole or len(r["signers"]) < min(2, len(r["officers"]))


def unannounced(s: Story) -> bool:
    """Neither a notice nor, on the approval, the reason for coming without one."""
    return not s["notice"] and not (s["approval"] and s["reason"])


ALL: Table = {
    "inspection.plan": unplanned,
    "inspection.notified": unannounced,
    "inspection.two-officers": lambda s: (
        len(s["inspection"]["officers"]) < 2 or not s["inspection"]["shown"]
    ),
    "inspection.record-complete": poor_record,
    "inspection.result-informed": lambda s: not s["outcome"] and not s["correction"],
    "inspection.problems-followed": lambda s: s["problem"] and not s["correction"],
    "inspection.published": lambda s: (
        s["random"]
        and (
            not s["publicity"]
            or workdays_between(s["inspection"]["day"], s["publicity"]["day"]) > 20
        )
    ),
    "inspection.rechecked": lambda s: s["correction"] and not s["recheck"],
}


def broken(story: Story) -> set[str]:
    """All items of the inspection list that this story breaks."""
    return verdict(ALL, story)
