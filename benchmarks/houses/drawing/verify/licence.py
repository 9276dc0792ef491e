"""The verifier of licences (行政许可法 29 to 44, working days after 82)."""

from __future__ import annotations

from typing import Any

from drawing.days import workdays_between
from drawing.verify.rules import Table, signed_off, verdict

Story = dict[str, Any]


def no_application(s: Story) -> bool:
    """No application, or one without signature or list."""
    a = s["application"]
    return not a or not a["signed"] or not a["list"]


def asked_badly(s: Story) -> bool:
    """More asked than once, or after five working days."""
    start = s["application"]["day"] if s["application"] else s["days"]["found"]
    asked = [x["day"] for x in s["amendments"]]
    return len(asked) > 1 or any(workdays_between(start, day) > 5 for day in asked)


def not_accepted(s: Story) -> bool:
    """No notice of acceptance, or one without seal or date."""
    a = s["acceptance"]
    return not a or not a["seal"] or not a["dated"]


def incomplete(d: Story) -> bool:
    """An element of the decision is missing."""
    return not all(d[k] for k in ("basis", "party", "seal", "matter"))


def late(s: Story, day: Any, term: int) -> bool:
    """Nothing, or more working days after the decision than the term."""
    return not day or workdays_between(s["decision"]["day"], day) > term


ALL: Table = {
    "licence.authority": lambda s: s["decision"]["agency"] != "own",
    "licence.application-present": no_application,
    "licence.receipt-issued": lambda s: not s["receipt_slip"] and not s["acceptance"],
    "licence.corrections-once": asked_badly,
    "licence.acceptance-issued": not_accepted,
    "licence.inspection-two": lambda s: min(len(s["check"]["by"]), len(s["check"]["signers"])) < 2,
    "licence.decided-20-days": lambda s: (
        s["acceptance"] and workdays_between(s["acceptance"]["day"], s["decision"]["day"]) > 20
    ),
    "licence.approval-signed": lambda s: not signed_off(s["approval"]["leader"]),
    "licence.decision-complete": lambda s: incomplete(s["decision"]),
    "licence.delivered-10-days": lambda s: late(
        s, s["receipts"][0]["day"] if s["receipts"] else None, 10
    ),
    "licence.published": lambda s: late(s, (s["publicity"] or {}).get("day"), 7),
    "licence.no-fee": lambda s: s["fee"],
    "licence.archive": lambda s: not s["catalogue"],
}


def broken(story: Story) -> set[str]:
    """All items of the licence list that this story breaks."""
    return verdict(ALL, story)
