"""The verifier of files that end without a penalty: the ordinary items that remain, and its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drawing.verify import ordinary

Story = dict[str, Any]
GROUPS = (ordinary.subject, ordinary.filing, ordinary.evidence, ordinary.report, ordinary.archive)
REMOVED = {"subject.party-id-consistent"}


def broken(story: Story) -> set[str]:
    """All items that this story breaks."""
    found = {item for group in GROUPS for item in group(story)} - REMOVED
    codes = {story["party"]["code"], story["decision"]["code"]}
    if len(codes) > 1 or not all(ordinary.right_number(c) for c in codes):
        found.add("subject.party-id-consistent")
    return found | set(_own(story))


def _own(s: Story) -> Iterator[str]:
    d = s["decision"]
    if not d["basis_stated"]:
        yield "nopenalty.basis"
    if not s["education"]:
        yield "nopenalty.education"
    if s["correction"] and not s["recheck"]:
        yield "nopenalty.corrected"
    r = d["remedies"]
    if not r or (r["recon_term"], r["suit_term"]) != ("六十日", "六个月"):
        yield "nopenalty.remedies"
    if not any(x["of"] == "decision" for x in s["receipts"]):
        yield "service.receipt-present"
    if not s["closing"] or not s["closing"]["leader"]["name"]:
        yield "closing.present"
    if not d["dated"]:
        yield "decision.seal-date"
