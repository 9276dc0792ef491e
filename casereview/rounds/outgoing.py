"""What goes down to a unit, or up, in one act: the material from which its papers are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casereview.privacy.mask import Mask
from casereview.record.entries import PapersIssued
from casereview.record.journal import Entry
from casereview.rounds.consequences import OPINION
from casereview.rounds.history import History
from casereview.rounds.rectification import Item


@dataclass(frozen=True)
class Outgoing:
    """What goes down to one unit (or up, ``unit`` ''): its list, the number of each paper by kind,
    the last day, what hides personal data; ``draft`` of a trial: a rehearsal without numbers;
    ``day``: on which it is made (ISO). Of a paper of supervision: the sentence that stands in it,
    and the papers that were not followed.
    """

    run: int
    unit: str
    items: tuple[Item, ...]
    mask: Mask | None
    due: str
    numbers: dict[str, str] = field(default_factory=dict)
    draft: bool = False
    day: str = ""
    says: str = ""
    earlier: tuple[Entry[PapersIssued], ...] = ()


Papers = Iterable[tuple[str, bytes]]  # path below the folder, content
Make = Callable[[History, Outgoing], Papers]


def opinion_on(case: str) -> str:
    """What the 意见书 on a case is called in the register."""
    return f"{OPINION} {case}"
