"""The ordinary penalty procedure."""

from __future__ import annotations

from typing import Any

from drawing.facts import ordinary_facts
from drawing.faults import ALWAYS, FAULTS
from drawing.house import House
from drawing.penalty import papers_of
from drawing.procedure import Procedure
from drawing.story import draw_story
from drawing.verify.ordinary import broken


def draw(house: House, violation: dict[str, Any], n: int) -> dict[str, Any]:
    """A lawful story."""
    return draw_story(house.words, house.unit, violation, n, house)


PROCEDURE = Procedure("ordinary", draw, FAULTS, broken, papers_of, ordinary_facts, always=ALWAYS)
