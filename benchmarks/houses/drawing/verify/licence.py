"""The verifier of licences (行政许可法 29 to 44, working days after 82)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drawing.days import workdays_between

Story = dict[str, Any]


def broken(story: Story) -> set[str]:
    """All items of the licence list that this story breaks."""
    return {*_request(story), *_decision(story), *_after(story)}


def _request(s: Story) -> Iterator[str]:
    a, asked = s["application"], s["amendments"]
    if not a or not a["signed"] or not a["list"]:
        yield "licence.application-present"
    if not s["receipt_slip"]:
        yield "licence.receipt-issued"
    start = a["day"] if a else s["days"]["found"]
    if len(asked) > 1 or any(workdays_between(start, x["day"]) > 5 for x in asked):
        yield "licence.corrections-once"
    if not s["acceptance"] or not s["acceptance"]["seal"] or not s["acceptance"]["dated"]:
        yield "licence.acceptance-issued"
    if len(s["check"]["by"]) < 2 or len(s["check"]["signers"]) < 2:
        yield "licence.inspection-two"


def _decision(s: Story) -> Iterator[str]:
    d, box = s["decision"], s["approval"]["leader"]
    if d["agency"] != "own":
        yield "licence.authority"
    if s["acceptance"] and workdays_between(s["acceptance"]["day"], d["day"]) > 20:
        yield "licence.decided-20-days"
    if not (box["opinion"] and box["name"] and box["day"]):
        yield "licence.approval-signed"
    if not (d["basis"] and d["party"] and d["seal"] and d["matter"]):
        yield "licence.decision-complete"


def _after(s: Story) -> Iterator[str]:
    d = s["decision"]
    if not s["receipts"] or workdays_between(d["day"], s["receipts"][0]["day"]) > 10:
        yield "licence.delivered-10-days"
    if not s["publicity"] or workdays_between(d["day"], s["publicity"]["day"]) > 7:
        yield "licence.published"
    if s["fee"]:
        yield "licence.no-fee"
    if not s["catalogue"]:
        yield "licence.archive"
