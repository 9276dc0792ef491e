"""The verifier of inspections."""

from __future__ import annotations

from typing import Any

Story = dict[str, Any]


def broken(s: Story) -> set[str]:
    """All items of the inspection list that this story breaks."""
    visit, found = s["inspection"], set()
    boss = s["approval"]["leader"] if s["approval"] else None
    if not boss or not boss["name"] or boss["day"] > visit["day"]:
        found.add("inspection.plan")
    if not s["notice"] and not s["reason"]:
        found.add("inspection.notified")
    if len(visit["officers"]) < 2 or not visit["shown"]:
        found.add("inspection.two-officers")
    whole = visit["begin"] and visit["end"] and visit["party_signs"] and visit["scene"]
    if not whole or len(visit["signers"]) < min(2, len(visit["officers"])):
        found.add("inspection.record-complete")
    if not s["outcome"] and not s["correction"]:
        found.add("inspection.result-informed")
    if s["problem"] and not s["correction"]:
        found.add("inspection.problems-followed")
    if s["correction"] and not s["recheck"]:
        found.add("inspection.rechecked")
    return found
