"""The verifier of decisions on the spot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from drawing.days import workdays_between

Story = dict[str, Any]
LIMIT = {"单位": 3000}
CITIZEN = 200
ON_THE_SPOT = 100


def broken(story: Story) -> set[str]:
    """All items of the summary procedure that this story breaks."""
    return {*_decision(story), *_file(story)}


def _decision(s: Story) -> Iterator[str]:
    d = s["decision"]
    if d["agency"] != "own":
        yield "summary.authority"
    if d["fine"] > LIMIT.get(s["party"]["kind"], CITIZEN):
        yield "summary.applicable"
    if not d["act"] or not s["photos"]:
        yield "summary.fact-evidence"
    if len(d["signers"]) < 2:
        yield "summary.two-officers"
    if not d["certificates"] or not d["shown"]:
        yield "summary.officer-certificates"
    if not d["informed"]:
        yield "summary.informed"
    if not d["numbered"]:
        yield "summary.form-numbered"
    if not (d["remedies"] and d["amount"]):
        yield "summary.contents"
    if d["violated"] == "beyond":
        yield "summary.basis-valid"
    if {d["capital_of"], s["payment"]["sum"]} != {d["fine"]}:
        yield "summary.amount-consistent"
    if d["remedies"] and not d["first"] and d["day"] >= dt.date(2024, 1, 1):
        yield "summary.reconsideration-first"
    if not d["signed"] or d["signed_day"] != d["day"]:
        yield "summary.delivered"
    if d["how"] == "当场收缴" and d["fine"] > ON_THE_SPOT:
        yield "summary.payment-lawful"
    if not d["code"]:
        yield "summary.party-identified"


def _file(s: Story) -> Iterator[str]:
    day = s["decision"]["day"]
    if not s["filed"] or workdays_between(day, s["filed"]["day"]) > 5:
        yield "summary.filed"
    if not s["publicity"] or workdays_between(day, s["publicity"]["day"]) > 7:
        yield "summary.publicity"
    if not s["catalogue"]:
        yield "summary.archive"
