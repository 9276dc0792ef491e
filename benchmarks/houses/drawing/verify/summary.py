"""The verifier of decisions on the spot (行政处罚法 51, 52, 67 to 70; 行政复议法 23)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drawing.days import workdays_between
from drawing.verify.rules import Table, verdict

Story = dict[str, Any]
FIRM, CITIZEN, ON_THE_SPOT = 3000, 200, 100
RECONSIDERED_FIRST = dt.date(2024, 1, 1)


def limit(s: Story) -> int:
    """The most that may be imposed on the spot."""
    return FIRM if s["party"]["kind"] == "单位" else CITIZEN


def late(s: Story, paper: str, term: int) -> bool:
    """A paper that is missing or comes after its term of working days."""
    found = s[paper]
    return not found or workdays_between(s["decision"]["day"], found["day"]) > term


ALL: Table = {
    "summary.authority": lambda s: s["decision"]["agency"] != "own",
    "summary.applicable": lambda s: s["decision"]["fine"] > limit(s),
    "summary.fact-evidence": lambda s: not s["decision"]["act"] or not s["photos"],
    "summary.two-officers": lambda s: len(s["decision"]["signers"]) < 2,
    "summary.officer-certificates": lambda s: (
        not s["decision"]["certificates"] or not s["decision"]["shown"]
    ),
    "summary.informed": lambda s: not s["decision"]["informed"],
    "summary.form-numbered": lambda s: not s["decision"]["numbered"],
    "summary.contents": lambda s: not s["decision"]["remedies"] or not s["decision"]["amount"],
    "summary.basis-valid": lambda s: s["decision"]["violated"] == "beyond",
    "summary.amount-consistent": lambda s: (
        {s["decision"]["capital_of"], s["payment"]["sum"]} != {s["decision"]["fine"]}
    ),
    "summary.reconsideration-first": lambda s: (
        s["decision"]["remedies"]
        and not s["decision"]["first"]
        and s["decision"]["day"] >= RECONSIDERED_FIRST
    ),
    "summary.delivered": lambda s: (
        not s["decision"]["signed"] or s["decision"]["signed_day"] != s["decision"]["day"]
    ),
    "summary.payment-lawful": lambda s: (
        s["decision"]["how"] == "当场收缴" and s["decision"]["fine"] > ON_THE_SPOT
    ),
    "summary.party-identified": lambda s: not s["decision"]["code"],
    "summary.filed": lambda s: late(s, "filed", 5),
    "summary.publicity": lambda s: late(s, "publicity", 7),
    "summary.archive": lambda s: not s["catalogue"],
}


def broken(story: Story) -> set[str]:
    """All items of the summary procedure that this story breaks."""
    return verdict(ALL, story)
