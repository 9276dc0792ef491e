"""The verifier of coercion (行政强制法 16 to 28, 34 to 54)."""

from __future__ import annotations

from typing import Any

from drawing.days import is_workday, workdays_between
from drawing.verify.rules import Table, receipt, signed_off, verdict

Story = dict[str, Any]
NIGHT = ("22:00", "06:00")


def poor_scene(s: Story) -> bool:
    """Times or the party's signature missing."""
    return not all(s["scene"][k] for k in ("begin", "end", "party_signs"))


def poor_list(s: Story) -> bool:
    """No list, or one without goods or a signature."""
    return not s["list"] or not all(s["list"][k] for k in ("party", "officers", "goods"))


def unlawful_extension(s: Story) -> bool:
    """Extended after the end, or nobody told (行政强制法 25)."""
    e = s["extension"]
    return bool(e) and (e["leader"]["day"] > s["decision"]["end"] or not e["told"])


def not_released(s: Story) -> bool:
    """No release with a signature before the term ends (行政强制法 27, 28)."""
    limit = s["extension"]["end"] if s["extension"] else s["decision"]["end"]
    return not s["release"] or not s["release"]["signed"] or s["release"]["day"] > limit


def undelivered(s: Story) -> bool:
    """Handed over at once neither by a receipt nor by the record of the scene (行政强制法 24)."""
    day = s["decision"]["day"]
    at_once = (receipt(s, "decision") or {}).get("day") == day
    return not at_once and not (s["scene"]["handed"] and s["scene"]["day"] == day)


SEIZURE: Table = {
    "coercion.authority": lambda s: s["decision"]["agency"] != "own",
    "coercion.approved-first": lambda s: (
        not signed_off(s["approval"]["leader"])
        or s["approval"]["leader"]["day"] > s["decision"]["day"]
    ),
    "coercion.two-officers": lambda s: len(s["scene"]["officers"]) < 2 or not s["scene"]["shown"],
    "coercion.informed": lambda s: not s["scene"]["informed"],
    "coercion.defence-heard": lambda s: not s["scene"]["heard"],
    "coercion.scene-record": poor_scene,
    "coercion.decision-complete": lambda s: (
        not all(s["decision"][k] for k in ("reason", "goods", "remedies", "seal"))
    ),
    "coercion.list-complete": poor_list,
    "coercion.delivered": undelivered,
    "coercion.av-recorded": lambda s: not s["recordings"],
    "coercion.within-30-days": lambda s: (
        (s["decision"]["end"] - s["decision"]["begin"]).days + 1 > 30
    ),
    "coercion.extension-lawful": unlawful_extension,
    "coercion.released-or-disposed": not_released,
}


def poor_urge(s: Story) -> bool:
    """An element of the urge is missing, or it was not served (行政强制法 35)."""
    urge = s["urge"]
    return not receipt(s, "urge") or not all(urge[k] for k in ("term", "manner", "sum", "rights"))


URGED: Table = {
    "coercion.demand-complete": poor_urge,
    "coercion.defence-after-demand": lambda s: s["defence"] and not s["defence_review"],
}


def unlawful_application(s: Story) -> bool:
    """Within ten working days of the urge, or three months too late (行政强制法 53, 54)."""
    a, urged = s["application"], receipt(s, "urge")
    waited = workdays_between(urged["day"], a["day"]) if urged else 99
    return waited <= 10 or (a["day"] - a["suit_ends"]).days > 92


COURT: Table = {**URGED, "coercion.court-application": unlawful_application}


def poor_order(s: Story) -> bool:
    """The decision to enforce lacks an element or was not served (行政强制法 37)."""
    whole = all(s["decision"][k] for k in ("reason", "remedies", "seal"))
    return not whole or not receipt(s, "decision")


def at_night(s: Story) -> bool:
    """At night or on a holiday (行政强制法 43)."""
    begin = s["execution"]["begin"]
    return begin >= NIGHT[0] or begin < NIGHT[1] or not is_workday(s["execution"]["day"])


DEMOLITION: Table = {
    **URGED,
    "coercion.execution-decision": poor_order,
    "coercion.not-at-night": at_night,
    "coercion.demolition-announced": lambda s: (
        not s["announcement"] or s["execution"]["day"] <= s["suit_ends"]
    ),
}


def unpublished(s: Story) -> bool:
    """Not published within twenty working days."""
    p = s["publicity"]
    decided = (s.get("decision") or s.get("application") or {})["day"]
    return not p or workdays_between(min(decided, p["day"]), p["day"]) > 20


FILE: Table = {
    "coercion.published": unpublished,
    "coercion.archive": lambda s: not s["catalogue"],
}
WAYS = {"扣押": SEIZURE, "法院": COURT, "拆除": DEMOLITION}


def broken(story: Story) -> set[str]:
    """All items of the coercion list that this story breaks."""
    return verdict(FILE, story) | verdict(WAYS[story["way"]], story)
