"""附带程序 of a checklist: which items of the standard of another procedure a file also gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from casereview.facts.procedures import DATA, PAPERS, procedures
from casereview.rules.truth import Condition
from casereview.yamlfile import LineDict

KEY = "附带程序"
_KEYS = {"程序", "当", "项目", "计分"}


@dataclass(frozen=True)
class Brought:
    """A file that also went through another procedure is judged by ``items`` of the standard of
    that one too. ``counted``: they cost points; else they are shown and cost none.
    """

    procedure: str
    when: Condition
    items: tuple[str, ...]
    counted: bool = False


class Reading(Protocol):
    """What reading needs of whoever reads the checklist."""

    def complain(self, row: LineDict, key: str, text: str) -> None:
        """One complaint at the line of a key."""

    def when(self, row: LineDict) -> Condition:
        """The condition of a row."""


def read_brought(data: LineDict, reading: Reading) -> tuple[Brought, ...]:
    """What a checklist brings along; complaints go to ``reading``."""
    rows = data.get(KEY) or []
    made = [_brought(data, row, reading) for row in (rows if isinstance(rows, list) else [rows])]
    return tuple(b for b in made if b)


def _brought(data: LineDict, row: object, reading: Reading) -> Brought | None:
    if not isinstance(row, LineDict) or set(row) - _KEYS or not isinstance(row.get("项目"), list):
        text = f"{KEY}要写成一组：程序、当、项目（一列编号）、计分（true 或 false）"
        reading.complain(data, KEY, text)
        return None
    name, known = str(row.get("程序") or ""), procedures()
    if name not in known:
        text = f"没有程序“{name}”，可以写 {'、'.join(known)}（{PAPERS}/{DATA}）"
        reading.complain(row, "程序", text)
    items = tuple(str(item) for item in row["项目"])
    return Brought(name, reading.when(row), items, row.get("计分") is True)
