"""What an entry of the journal says: one noun for each kind of entry that is read again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

from casereview.model import Place


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A norm or notice on which a campaign rests: its title (without 《》) and its 文号."""

    title: str
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class CampaignOpened:
    """What a review campaign (评查活动) is; said again, the last one counts. ``standard``: the
    checklist; ``units``: whom it covers (() for all); ``numbering``: the 文号 of its papers, with
    an asterisk for the number; ``names_down``: names of reviewers go down to the units;
    ``keep_until``: the day (ISO) after which what was read of its cases is to be erased.
    """

    KIND: ClassVar[str] = "campaign.open"
    name: str
    organiser: str = ""
    period: str = ""
    basis: tuple[Basis, ...] = ()
    standard: str = ""
    units: tuple[str, ...] = ()
    numbering: str = ""
    names_down: bool = False
    closed: bool = False
    keep_until: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundBegun:
    """A round (轮次) of a campaign began: 初评, 复评, 回头看 …"""

    KIND: ClassVar[str] = "campaign.round"
    campaign: str
    name: str


@dataclass(frozen=True, kw_only=True)
class RunFiled:
    """A run belongs to a round; to none ('' for both) when it is a trial again, for ``why``."""

    KIND: ClassVar[str] = "campaign.run"
    run: int
    campaign: str = ""
    round: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class RunNamed:
    """What a run is called."""

    KIND: ClassVar[str] = "run.name"
    run: int
    name: str


@dataclass(frozen=True, kw_only=True)
class RunSetAside:
    """A run counts for nothing any more, and why; ``back``: it counts again."""

    KIND: ClassVar[str] = "run.aside"
    run: int
    why: str
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class FilesDrawn:
    """The list of files to review, by lot with ``seed`` ('' for a list that was given whole):
    rows drawn (with 抽取方式), rows excluded (with 理由), what could not be met. ``round``: '' for
    all rounds of the campaign.
    """

    KIND: ClassVar[str] = "sample"
    seed: str = ""
    drawn: tuple[dict[str, str], ...] = ()
    excluded: tuple[dict[str, str], ...] = ()
    short: tuple[str, ...] = ()
    per_unit: int = 0
    quotas: tuple[str, ...] = ()
    campaign: str = ""
    round: str = ""


@dataclass(frozen=True, kw_only=True)
class DrawnSettled:
    """What a person said of a drawn file: that ``case`` is it, or ('' for case) that it is left
    out, and why.
    """

    KIND: ClassVar[str] = "campaign.drawn"
    campaign: str
    number: str
    case: str = ""
    why: str = ""


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
    """The list of what a unit must put right went out, to be answered by ``due`` (ISO). ``number``:
    its 文号; ``draft``: it was made from a trial; ``again``: why it went out once more.
    """

    KIND: ClassVar[str] = "rectify.issue"
    run: int
    unit: str
    due: str
    findings: tuple[ListedFinding, ...]
    number: str = ""
    draft: bool = False
    again: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperSent:
    """A paper that went out, with its 文号."""

    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class PapersIssued:
    """Papers of a round went out together, to a unit ('': the bulletin), to be answered by ``due``.
    ``lacking``: what was missing or open though ``signer`` let them go out, and ``why``; ``again``:
    they had gone out before. Of a paper of supervision: the sentence that stands in it (``says``)
    and the identities of the findings that it is about.
    """

    KIND: ClassVar[str] = "papers.issue"
    campaign: str
    round: str
    run: int
    unit: str = ""
    due: str = ""
    papers: tuple[PaperSent, ...] = ()
    lacking: tuple[str, ...] = ()
    signer: str = ""
    why: str = ""
    again: bool = False
    says: str = ""
    findings: tuple[str, ...] = ()


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
class ExplanationDecided:
    """Whether the explanation of a unit for what cannot be put right (不可补正) was accepted."""

    KIND: ClassVar[str] = "rectify.explained"
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
class Overwritten:
    """An entry that was written over, by its ``uid``, and the digest of what stands there now."""

    uid: str
    now: str


@dataclass(frozen=True, kw_only=True)
class CaseErased:
    """What was read of a case, and written of it, was erased, for ``why``; ``called``: what the
    case is called since; ``entries``: what was written over in the journal.
    """

    KIND: ClassVar[str] = "erased"
    case_key: str
    called: str
    why: str
    entries: tuple[Overwritten, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunsArchived:
    """Closed campaigns were moved into a store of their own, with their runs. ``file``: what it was
    called; ``head``: the whole hash of the entry with which its journal ends; ``cases``: how many
    went; ``open``: lines of lists that were open, and ``why`` they went all the same.
    """

    KIND: ClassVar[str] = "archive.moved"
    year: str
    file: str
    campaigns: tuple[str, ...]
    runs: tuple[int, ...]
    cases: int
    head: str
    open: int = 0
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ArchiveMade:
    """This store is an archive: it holds these campaigns, of all others only the entries. It is
    looked at and not written to.
    """

    KIND: ClassVar[str] = "archive.holds"
    year: str
    campaigns: tuple[str, ...]
    runs: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class RulingGiven:
    """What a person said of a finding, and on which finding, as it was then. ``why``: the note of
    the person, which stays inside; ``says``: the sentence that goes out in its place ('' for that
    of the program); ``points``: what is taken off (adjust, fail); ``until``, ``signer``: of a
    waiver; ``place``: file, page and quote of a fault that only the person saw; ``settle``: it
    decides between differing opinions.
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
    says: str = ""


class Body(Protocol):
    """What an entry says."""

    KIND: ClassVar[str]


BODIES: dict[str, type[Body]] = {
    noun.KIND: noun
    for noun in (
        CampaignOpened,
        RoundBegun,
        RunFiled,
        RunNamed,
        RunSetAside,
        FilesDrawn,
        DrawnSettled,
        RulingGiven,
        PanelAssigned,
        PanelSubmitted,
        ListIssued,
        PapersIssued,
        UnitAnswered,
        ObjectionDecided,
        ExplanationDecided,
        CaseOutcome,
        Unmasked,
        CaseErased,
        RunsArchived,
        ArchiveMade,
    )
}
