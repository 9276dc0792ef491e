"""The procedures that can be drawn: what makes their stories, faults, papers and facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from drawing.case import Case
from drawing.house import House
from drawing.paper import Paper
from drawing.planting import Fault

Story = dict[str, Any]
NAMES = ("ordinary", "summary", "nopenalty", "coercion", "inspection", "licence")


@dataclass(frozen=True)
class Procedure:
    """All that drawing a case of one procedure needs."""

    label: str
    draw: Callable[[House, dict[str, Any], int], Story]
    faults: list[Fault]
    broken: Callable[[Story], set[str]]
    papers: Callable[[House, Story], tuple[Case, list[Paper]]]
    facts: Callable[[Case], dict[str, Any]]
    cover: str = "封面列"
    cover_title: str = "卷宗封面"
    always: tuple[str, ...] = ()


@cache
def procedure(name: str) -> Procedure:
    """One procedure by its name."""
    from drawing import coercion, inspection, licence, nopenalty, ordinary, summary

    made: Procedure = {
        "ordinary": ordinary,
        "summary": summary,
        "nopenalty": nopenalty,
        "coercion": coercion,
        "inspection": inspection,
        "licence": licence,
    }[name].PROCEDURE
    return made
