"""Campaigns (评查活动), their rounds (轮次) and the runs in them, as the journal has them. A run
belongs to one round or is a trial (试评); what was set aside counts for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from casereview.errors import NotUnique, UsageError
from casereview.record.entries import (
    ArchiveMade,
    CampaignOpened,
    DrawnSettled,
    FilesDrawn,
    RoundBegun,
    RunFiled,
    RunNamed,
    RunsArchived,
    RunSetAside,
)
from casereview.record.journal import Journal

FIRST = "初评"  # what the round is called with which a campaign begins
Filing = tuple[str, str]  # campaign, round


@dataclass(frozen=True)
class Round:
    """A round of a campaign. ``runs``: the one that was filed first gives the round its number and
    stands first; the newer replaces the cases that it holds.
    """

    campaign: str
    name: str
    runs: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        """The run by which entries of the journal mean this round; 0 before the first."""
        return self.runs[0] if self.runs else 0

    @property
    def called(self) -> str:
        """Campaign and round, as people are told."""
        return f"{self.campaign}·{self.name}"


@dataclass(frozen=True)
class Campaign:
    """A campaign with its rounds, oldest first, its lists of drawn files by round ('' for all),
    and what people settled of drawn files, by number. ``archive``: the file into which it was
    moved.
    """

    said: CampaignOpened
    rounds: tuple[Round, ...]
    lists: dict[str, FilesDrawn]
    settled: dict[str, DrawnSettled]
    archive: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.said.name

    @property
    def round(self) -> Round:
        """The round at hand: the last that began."""
        return self.rounds[-1]

    @property
    def scored(self) -> Round | None:
        """The last round that holds a run."""
        return next((r for r in reversed(self.rounds) if r.runs), None)

    def drawn(self, round_: str) -> FilesDrawn | None:
        """The list of a round: its own, else that of the campaign; None where nothing was drawn."""
        return self.lists.get(round_) or self.lists.get("")


class Campaigns:
    """All campaigns of a store, oldest first. ``names``, ``aside`` (why): of runs."""

    def __init__(self, journal: Journal):
        moved = [e.body for e in journal.entries(RunsArchived)]
        gone = {run for body in moved for run in body.runs}
        self.here = {r.id for r in journal.store.runs()} - gone
        archived = {name: body.file for body in moved for name in body.campaigns}
        held = [name for e in journal.entries(ArchiveMade) for name in e.body.campaigns]
        self.names = {e.body.run: e.body.name for e in journal.entries(RunNamed)}
        self.aside = _aside(journal)
        self._filed = _filed(journal)
        rounds: dict[str, dict[str, Round]] = defaultdict(dict)
        for begun in journal.entries(RoundBegun):
            own = Round(begun.body.campaign, begun.body.name)
            runs = tuple(self._runs((own.campaign, own.name)))
            rounds[own.campaign].setdefault(own.name, replace(own, runs=runs))
        lists: dict[str, dict[str, FilesDrawn]] = defaultdict(dict)
        for drawn in journal.entries(FilesDrawn):
            lists[drawn.body.campaign][drawn.body.round] = drawn.body
        settled: dict[str, dict[str, DrawnSettled]] = defaultdict(dict)
        for word in journal.entries(DrawnSettled):
            settled[word.body.campaign][word.body.number] = word.body
        said = {e.body.name: e.body for e in journal.entries(CampaignOpened)}
        self.every = tuple(
            Campaign(
                body,
                tuple(rounds[name].values()),
                lists[name],
                settled[name],
                "" if held else archived.get(name, ""),
            )
            for name, body in said.items()
            if name in held or not held
        )
        self.rounds = {r.number: r for own in rounds.values() for r in own.values() if r.runs}

    def _runs(self, filing: Filing) -> list[int]:
        return [run for run, where in self._filed.items() if where == filing and self.counts(run)]

    def counts(self, run: int) -> bool:
        """False for a run that was set aside, and for one that is in another file."""
        return run in self.here and run not in self.aside

    def round_of(self, run: int) -> Round | None:
        """The round to which a run belongs; None for a trial and for what was set aside."""
        return next((r for r in self.rounds.values() if run in r.runs), None)

    def of(self, round_: Round) -> Campaign:
        """The campaign of a round."""
        return next(c for c in self.every if c.name == round_.campaign)

    def heads(self) -> list[int]:
        """The numbers of the rounds, oldest first."""
        return sorted(self.rounds)

    @property
    def open(self) -> list[Campaign]:
        """Campaigns that are not closed."""
        return [c for c in self.every if not c.said.closed]

    def named(self, name: str) -> Campaign:
        """The campaign of this name (or the only one that contains it); the only open one when
        nothing is named. Raises UsageError, NotUnique.
        """
        every = self.every if name else self.open
        hits = [c for c in every if c.name == name] or [c for c in every if name in c.name]
        if len(hits) == 1:
            return hits[0]
        known = "、".join(c.name for c in self.every)
        if not self.every:
            raise UsageError("还没有评查活动。建立一个：casereview campaign new 名称 台账.xlsx")
        if not hits:
            said = f"没有评查活动“{name}”" if name else "评查活动都已经结束"
            raise UsageError(f"{said}，有：{known}")
        raise NotUnique(f"有 {len(hits)} 个评查活动，请写明是哪一个：{known}")

    def round_named(self, text: str) -> Round:
        """'轮次', '活动' or '活动/轮次' -> the round. Raises UsageError, NotUnique."""
        campaign, slash, name = text.rpartition("/")
        hits = self._rounds_of([self.named(campaign)] if slash else self.open, name)
        if not hits and not slash:
            hits = [c.scored or c.round for c in self.every if c.name == text]
        if len(hits) == 1:
            return hits[0]
        every = self._rounds_of(self.every)
        known = "、".join(f"{r.campaign}/{r.name}" for r in every) or "（还没有评查活动）"
        if not hits:
            raise UsageError(f"没有轮次“{text}”，有：{known}；也可以写第几次评查，例如 1")
        raise NotUnique(f"“{text}”对应 {len(hits)} 个轮次，请写成 活动/轮次：{known}")

    @staticmethod
    def _rounds_of(campaigns: Iterable[Campaign], name: str = "") -> list[Round]:
        return [r for c in campaigns for r in c.rounds if name in ("", r.name)]


def _aside(journal: Journal) -> dict[int, str]:
    """The runs that were set aside, with why."""
    out: dict[int, str] = {}
    for e in journal.entries(RunSetAside):
        out.pop(e.body.run, None)
        if not e.body.back:
            out[e.body.run] = e.body.why
    return out


def _filed(journal: Journal) -> dict[int, Filing]:
    """run -> campaign and round, in the order of filing; what was taken out again is not there."""
    out: dict[int, Filing] = {}
    for e in journal.entries(RunFiled):
        where = (e.body.campaign, e.body.round)
        if out.get(e.body.run) != where:
            out.pop(e.body.run, None)
            if e.body.campaign:
                out[e.body.run] = where
    return out
