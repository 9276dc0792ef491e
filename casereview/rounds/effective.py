"""A run as people see it: the tool's findings with the rulings beside them, and the score that
follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from casereview.judging.score import add_up
from casereview.model import FAIL
from casereview.record.edition import Edition
from casereview.record.result import (
    AnyResult,
    CaseResult,
    FindingResult,
    Result,
    ToolScore,
    number,
)
from casereview.rounds.rulings import BY_PERSON, HOLDS, Ruling, Standing, counted_as, standing

Target = tuple[str, str]  # case, item
Placed = dict[Target, list[Ruling]]


@dataclass(frozen=True)
class PanelState:
    """Double review of a run: case -> its two reviewers; case -> those who handed in."""

    reviewers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    handed_in: dict[str, frozenset[str]] = field(default_factory=dict)

    def sealed(self, case: str) -> bool:
        """True while two people review the case and have not both handed in."""
        return case in self.reviewers and not set(self.reviewers[case]) <= self.handed_in.get(
            case, frozenset()
        )

    def open_to(self, case: str, name: str) -> bool:
        """True for who may rule on a case: while two people review it only they, and nobody who
        has handed in.
        """
        outside = self.sealed(case) and name not in self.reviewers[case]
        return not outside and name not in self.handed_in.get(case, ())

    def panel(self, case: str) -> tuple[str, ...]:
        """The names of both once they have handed in; () otherwise."""
        return () if case not in self.reviewers or self.sealed(case) else self.reviewers[case]


@dataclass(frozen=True)
class Seen:
    """How rulings are looked at: on which day, by an auditor (waivers do not count), by whom while
    a double review is sealed.
    """

    as_of: str
    audit: bool = False
    panel: PanelState = field(default_factory=PanelState)
    viewer: str = ""


def place_rulings(
    results: Sequence[Result], rulings: list[Ruling], partner: Callable[[Ruling], Target | None]
) -> tuple[Placed, list[Ruling]]:
    """Which finding of ``results`` each ruling speaks of, and the rulings that found none.
    ``partner``: the item of a case whose number changed, by the run on which it was ruled.

    By identity; else by case key and item; else by the partner of the case.
    """
    index = _Index(results, rulings)
    placed: Placed = defaultdict(list)
    lost = []
    for u in rulings:
        hits = index.hits(u)
        if not hits and (found := partner(u)):
            hits = {found}
        if len(hits) == 1:
            placed[next(iter(hits))].append(u)
        else:
            lost.append(u)
    return placed, lost


class _Index:
    """Where rulings may belong, by what they say of their findings; of nothing else."""

    def __init__(self, results: Sequence[Result], rulings: Sequence[Ruling]):
        self.by_identity: dict[str, set[Target]] = {u.identity: set() for u in rulings}
        self.by_item: dict[tuple[str, str], set[Target]] = {}
        for u in rulings:
            self.by_item[u.case_key, u.check] = set()
        keys = {key for key, _ in self.by_item}
        for r in results if rulings else ():
            spoken_of = r.case_key in keys
            for f in r.findings:
                if f.identity in self.by_identity:
                    self.by_identity[f.identity].add((r.case, f.check))
                if spoken_of and (r.case_key, f.check) in self.by_item:
                    self.by_item[r.case_key, f.check].add((r.case, f.check))

    def hits(self, u: Ruling) -> set[Target]:
        """By identity, else by case key and item; of several only the one in the same folder."""
        hits = self.by_identity[u.identity] or self.by_item[u.case_key, u.check]
        return {h for h in hits if h[0] == u.case} if len(hits) > 1 else hits


def effective_results(
    results: Sequence[AnyResult], editions: dict[str, Edition], placed: Placed, seen: Seen
) -> list[AnyResult]:
    """The results with ``ruling`` and ``effective`` on every finding, and score and grade after the
    rulings; the tool's own stay under ``tool``.

    While two people review a case blind, their rulings count for nobody and only the viewer sees
    the own ones.
    """
    return [_ruled(r, editions.get(r.checklist.card), placed, seen) for r in results]


def _ruled(r: AnyResult, edition: Edition | None, placed: Placed, seen: Seen) -> AnyResult:
    """One result with its rulings."""
    tool = ToolScore(
        score=r.score,
        score_low=r.score_low,
        score_high=r.score_high,
        grade=r.grade,
        vetoed=r.vetoed,
    )
    rows: list[FindingResult] = []
    adjusted: dict[str, Decimal] = {}
    touched = False
    for f in r.findings:
        said = placed.get((r.case, f.check))
        s = _standing(r.case, f, said, seen) if said else None
        if s is None:
            rows.append(_alone(f))
            continue
        item = edition.get(f.check) if edition else None
        name = item.name if item else f.check
        rows.append(_beside(f, s, name))
        if s.state == HOLDS:
            touched = touched or s.status != f.status or s.points is not None
            if s.points is not None:
                adjusted[f.check] = s.points
    shown = replace(r, findings=tuple(rows), tool=tool)
    return rescored(shown, edition, adjusted) if touched and edition else shown


def _alone(f: FindingResult) -> FindingResult:
    """A finding of which nobody spoke; itself where nothing was laid beside it yet."""
    bare = f.ruling is None and f.effective == f.status
    return f if bare else replace(f, effective=f.status, ruling=None)


def _standing(case: str, f: FindingResult, said: list[Ruling], seen: Seen) -> Standing | None:
    sealed = seen.panel.sealed(case)
    if sealed and seen.viewer:
        said = [u for u in said if u.by == seen.viewer or u.settle]
    return standing(
        f,
        said,
        seen.as_of,
        audit=seen.audit,
        sealed=sealed and not seen.viewer,
        panel=seen.panel.panel(case),
    )


def _beside(f: FindingResult, s: Standing, name: str) -> FindingResult:
    """A finding (of the item ``name``) with its ruling beside it. Of a fault that a person found,
    or put into words, the sentence that goes out takes the place of the message; the note of the
    person never does.
    """
    row = replace(f, effective=s.status, ruling=s.shown)
    if s.state != HOLDS or s.status != FAIL:
        return row
    given = s.ruling
    found = given.place is not None or f.status != FAIL
    if given.place:
        row = replace(row, evidence=(given.place, *f.evidence))
    if found:
        row = replace(row, fault="")
    return replace(row, message=given.says or (BY_PERSON.format(name) if found else f.message))


def taken_by_tool(findings: Sequence[FindingResult]) -> dict[str, Decimal]:
    """What the tool took for each fault that it found."""
    return {f.check: Decimal(f.deducted) for f in findings if f.status == FAIL}


def mild_ones(findings: Sequence[FindingResult]) -> set[str]:
    """Items whose fault, as the tool found it, vetoes nothing."""
    return {f.check for f in findings if f.status == FAIL and not f.veto}


def rescored(r: AnyResult, edition: Edition, adjusted: Mapping[str, Decimal]) -> AnyResult:
    """A result added up anew after its findings changed. ``adjusted``: points that a person takes
    off, by item.
    """
    statuses = {f.check: counted_as(f.effective) for f in r.findings}
    ledger = add_up(edition, statuses, adjusted, taken_by_tool(r.findings), mild_ones(r.findings))
    taken = {x.check: str(x.deducted) for x in ledger.rows}
    r = replace(
        r,
        findings=tuple(
            f if f.deducted == taken[f.check] else replace(f, deducted=taken[f.check])
            for f in r.findings
        ),
        score=number(ledger.score),
        score_low=number(ledger.low),
        score_high=number(ledger.high),
        grade=ledger.grade,
        working=tuple(ledger.working()),
    )
    if isinstance(r, CaseResult):
        return replace(r, vetoed=bool(ledger.vetoes), vetoes=ledger.vetoes)
    return r
