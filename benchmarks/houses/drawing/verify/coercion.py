"""The verifier of coercion (行政强制法 16 to 28, 34 to 54)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from drawing.days import is_workday, workdays_between

Story = dict[str, Any]


def broken(story: Story) -> set[str]:
    """All items of the coercion list that this story breaks."""
    found = set(_file(story))
    if story["way"] == "扣押":
        found |= {*_measure(story), *_time(story)}
    else:
        found |= set(_enforcement(story))
    return found


def _receipt(s: Story, of: str) -> Story | None:
    return next((r for r in s["receipts"] if r["of"] == of), None)


def _measure(s: Story) -> Iterator[str]:
    d, scene = s["decision"], s["scene"]
    if d["agency"] != "own":
        yield "coercion.authority"
    if s["approval"]["leader"]["day"] > d["day"] or not s["approval"]["leader"]["name"]:
        yield "coercion.approved-first"
    if len(scene["officers"]) < 2 or not scene["shown"]:
        yield "coercion.two-officers"
    if not scene["informed"]:
        yield "coercion.informed"
    if not scene["heard"]:
        yield "coercion.defence-heard"
    if not scene["begin"] or not scene["end"] or not scene["party_signs"]:
        yield "coercion.scene-record"
    if not (d["reason"] and d["goods"] and d["remedies"] and d["seal"]):
        yield "coercion.decision-complete"
    if not s["list"] or not (s["list"]["party"] and s["list"]["officers"] and s["list"]["goods"]):
        yield "coercion.list-complete"
    served = _receipt(s, "decision")
    if not served or served["day"] != d["day"]:
        yield "coercion.delivered"
    if not s["recordings"]:
        yield "coercion.av-recorded"


def _time(s: Story) -> Iterator[str]:
    d, e = s["decision"], s["extension"]
    if (d["end"] - d["begin"]).days + 1 > 30:
        yield "coercion.within-30-days"
    if e and (e["leader"]["day"] > d["end"] or not e["told"]):
        yield "coercion.extension-lawful"
    limit = e["end"] if e else d["end"]
    if not s["release"] or not s["release"]["signed"] or s["release"]["day"] > limit:
        yield "coercion.released-or-disposed"


def _enforcement(s: Story) -> Iterator[str]:
    urge, urged = s["urge"], _receipt(s, "urge")
    if not urged or not (urge["term"] and urge["manner"] and urge["sum"] and urge["rights"]):
        yield "coercion.demand-complete"
    if s["defence"] and not s["defence_review"]:
        yield "coercion.defence-after-demand"
    if s["way"] == "法院":
        a = s["application"]
        waited = workdays_between(urged["day"], a["day"]) if urged else 99
        if waited <= 10 or (a["day"] - a["suit_ends"]).days > 92:
            yield "coercion.court-application"
        return
    d, x = s["decision"], s["execution"]
    if not (d["reason"] and d["remedies"] and d["seal"]) or not _receipt(s, "decision"):
        yield "coercion.execution-decision"
    if x["begin"] >= "22:00" or x["begin"] < "06:00" or not is_workday(x["day"]):
        yield "coercion.not-at-night"
    if not s["announcement"] or x["day"] <= s["suit_ends"]:
        yield "coercion.demolition-announced"


def _file(s: Story) -> Iterator[str]:
    p = s["publicity"]
    decided = s["decision"]["day"] if s.get("decision") else s["application"]["day"]
    if not p or workdays_between(min(decided, p["day"]), p["day"]) > 20:
        yield "coercion.published"
    if not s["catalogue"]:
        yield "coercion.archive"
