"""A run as people see it: the tool's findings with the rulings beside them, and the score that
follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from casereview.judging.score import add_up
from casereview.model import FAIL, PASS
from casereview.record.edition import Card, checklist_of
from casereview.record.export import number
from casereview.record.result import CaseResult, ToolScore
from casereview.rounds.pairing import Pairing, Result, pair_cases
from casereview.rounds.rulings import HOLDS, WAIVED, Ruling, shown_of, standing

Target = tuple[str, str]  # case, item


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

    def panel(self, case: str) -> tuple[str, ...]:
        """The names of both once they have handed in; () otherwise."""
        return () if case not in self.reviewers or self.sealed(case) else self.reviewers[case]


def place_rulings(
    results: list[Result], rulings: list[Ruling], of_run: Callable[[int], list[Result]]
) -> tuple[dict[Target, list[Ruling]], list[Ruling]]:
    """Which finding of ``results`` each ruling speaks of, and the rulings that found none.
    ``of_run``: results of an earlier run, to follow a case whose number changed.

    By identity; else by case key and item; else by the partner of the case in the run on which it
    was ruled.
    """
    exact: dict[str, set[Target]] = defaultdict(set)
    item: dict[tuple[str, str], set[Target]] = defaultdict(set)
    for r in results:
        for f in r["findings"]:
            exact[f["identity"]].add((r["case"], f["check"]))
            item[r["case_key"], f["check"]].add((r["case"], f["check"]))
    pairings: dict[int, Pairing] = {}
    placed: dict[Target, list[Ruling]] = defaultdict(list)
    lost = []
    for u in rulings:
        hits = exact.get(u.identity) or item.get((u.case_key, u.check)) or set()
        if len(hits) > 1:
            hits = {h for h in hits if h[0] == u.case}
        if not hits:
            if u.run not in pairings:
                pairings[u.run] = pair_cases(of_run(u.run), results)
            partner = pairings[u.run].after(u.case)
            hits = (
                {(partner["case"], u.check)}
                if partner and any(f["check"] == u.check for f in partner["findings"])
                else set()
            )
        if len(hits) == 1:
            placed[next(iter(hits))].append(u)
        else:
            lost.append(u)
    return placed, lost


def effective_results(
    results: list[Result],
    cards: dict[str, Card],
    placed: dict[Target, list[Ruling]],
    as_of: str,
    *,
    audit: bool = False,
    panel: PanelState | None = None,
    viewer: str = "",
) -> list[Result]:
    """The results with ``ruling`` and ``effective`` on every finding, and score and grade after the
    rulings; the tool's own stay under ``tool``.

    While two people review a case blind, their rulings count for nobody and only ``viewer`` sees
    the own ones.
    """
    return [
        _judge(
            r,
            cards.get(r["checklist"].get("card", "")),
            placed,
            as_of,
            audit,
            panel or PanelState(),
            viewer,
        )
        for r in results
    ]


def _judge(
    r: Result,
    card: Card | None,
    placed: dict[Target, list[Ruling]],
    as_of: str,
    audit: bool,
    panel: PanelState,
    viewer: str,
) -> Result:
    rows, moved = [], {}
    touched = False
    sealed = panel.sealed(r["case"])
    for f in r["findings"]:
        said = placed.get((r["case"], f["check"]), [])
        if sealed and viewer:
            said = [u for u in said if u.by == viewer or u.settle]
        s = standing(
            f, said, as_of, audit=audit, sealed=sealed and not viewer, panel=panel.panel(r["case"])
        )
        row = replace(f, effective=s.status if s else f.status, ruling=shown_of(s) if s else None)
        if s and s.state == HOLDS:
            touched = touched or s.status != f.status or s.points is not None
            if s.points is not None:
                moved[f.check] = s.points
            if s.ruling.place and s.status == FAIL:
                row = replace(row, evidence=(s.ruling.place, *f.evidence), message=s.ruling.why)
        rows.append(row)
    tool = ToolScore(
        score=r.score,
        score_low=r.score_low,
        score_high=r.score_high,
        grade=r.grade,
        vetoed=r.vetoed,
    )
    out = replace(r, findings=tuple(rows), tool=tool)
    if not touched or card is None:
        return out
    ledger = add_up(
        checklist_of(card),
        {f.check: PASS if f.effective == WAIVED else f.effective for f in rows},
        moved,
    )
    taken = {x.check: str(x.deducted) for x in ledger.rows}
    out = replace(
        out,
        findings=tuple(replace(f, deducted=taken[f.check]) for f in rows),
        score=number(ledger.score),
        score_low=number(ledger.low),
        score_high=number(ledger.high),
        grade=ledger.grade,
        working=tuple(ledger.working()),
    )
    if isinstance(out, CaseResult):
        return replace(out, vetoed=bool(ledger.vetoes), vetoes=ledger.vetoes)
    return out
