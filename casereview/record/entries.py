"""What an entry of the journal says: one noun for each kind of entry that is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from casereview.model import Place


@dataclass(frozen=True, kw_only=True)
class PanelAssigned:
    """A case went to its two reviewers, by lot with ``seed``."""

    KIND: ClassVar[str] = "panel.assign"
    run: int
    case: str
    case_key: str = ""
    reviewers: tuple[str, ...]
    seed: str = ""


@dataclass(frozen=True, kw_only=True)
class PanelSubmitted:
    """A reviewer handed in what they think of a case."""

    KIND: ClassVar[str] = "panel.submit"
    run: int
    case: str
    case_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ListedFinding:
    """A line of a list that went out."""

    case: str
    check: str
    identity: str


@dataclass(frozen=True, kw_only=True)
class ListIssued:
    """The list of what a unit must put right went out, to be answered by ``due`` (ISO)."""

    KIND: ClassVar[str] = "rectify.issue"
    run: int
    unit: str
    due: str
    findings: tuple[ListedFinding, ...]


@dataclass(frozen=True, kw_only=True)
class UnitAnswered:
    """What a unit wrote back on one finding."""

    KIND: ClassVar[str] = "rectify.answer"
    identity: str
    case: str
    check: str
    unit: str
    run: int
    word: str
    measure: str = ""
    responsible: str = ""
    done: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided:
    """What was decided on an objection of a unit."""

    KIND: ClassVar[str] = "rectify.decision"
    identity: str
    case: str
    check: str
    unit: str
    run: int
    outcome: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CaseOutcome:
    """How reconsideration or litigation of a case ended."""

    KIND: ClassVar[str] = "outcome"
    case: str
    case_key: str
    unit: str
    outcome: str
    forum: str
    date: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Unmasked:
    """Somebody wrote papers with personal data in them, and why."""

    KIND: ClassVar[str] = "unmasked"
    what: str
    run: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RulingGiven:
    """What a person said of a finding, and on which finding, as it was then. ``points``: what is
    taken off (adjust, fail); ``until``, ``signer``: of a waiver; ``place``: file, page and quote of
    a fault that only the person saw; ``settle``: it decides between differing opinions.
    """

    KIND: ClassVar[str] = "ruling"
    action: str
    why: str
    run: int
    unit: str
    case: str
    case_key: str
    check: str
    identity: str
    evidence: str
    status: str
    points: str = ""
    until: str = ""
    signer: str = ""
    settle: bool = False
    place: Place | None = None


class Body(Protocol):
    """What an entry says."""

    KIND: ClassVar[str]


BODIES: dict[str, type[Body]] = {
    noun.KIND: noun
    for noun in (
        RulingGiven,
        PanelAssigned,
        PanelSubmitted,
        ListIssued,
        UnitAnswered,
        ObjectionDecided,
        CaseOutcome,
        Unmasked,
    )
}
