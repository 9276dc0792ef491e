"""Papers of supervision (行政执法监督条例): on what each may rest, and which article it is made by.

督办函 (27): a duty that is not done, here what a unit was told to put right and did not by the day
set. 意见书 (28): what was found to be unlawful or plainly wrong, here faults that decide the grade.
决定书 (29): a grave matter, or what a 督办函 or 意见书 asked for and was not done; the government
decides, on the proposal of the bureau. The 条例 sets no days for an answer: the paper does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.errors import UsageError
from casereview.law.parameters import Parameter, load_parameters
from casereview.record.entries import PapersIssued
from casereview.record.journal import Entry
from casereview.record.result import CaseResult
from casereview.rounds.consequences import DECISION, SUPERVISION, URGE
from casereview.rounds.history import History
from casereview.rounds.rectification import Item, item_of, items
from casereview.settings import rules_folder

KINDS = (URGE, SUPERVISION, DECISION)
FILE = "parameters/执法监督.yaml"
OBJECTION = "异议"
_PARAMETER = {
    URGE: "督办函条文",
    SUPERVISION: "监督意见书条文",
    DECISION: "监督决定书条文",
    OBJECTION: "监督异议条文",
}


@dataclass(frozen=True)
class Grounds:
    """What a paper of supervision rests on: findings with where they stand, and the papers before
    it that were not followed.
    """

    items: tuple[Item, ...]
    earlier: tuple[Entry[PapersIssued], ...] = ()


def articles(day: dt.date) -> dict[str, int]:
    """The article by which each kind of paper is made on ``day``, and the one on objections; none
    that is not in force or not verified (待核实).
    """
    parameters = _parameters(rules_folder() / FILE)
    found = {kind: p.on(day) for kind, name in _PARAMETER.items() if (p := parameters.get(name))}
    return {kind: int(v.value) for kind, v in found.items() if v and v.verified}


@lru_cache(maxsize=4)
def _parameters(path: Path) -> dict[str, Parameter]:
    return load_parameters(path) if path.is_file() else {}


def grounds(history: History, run: int, unit: str, kind: str, today: str) -> Grounds:
    """What a paper of supervision to a unit may rest on, on ``today`` (ISO). Raises UsageError
    where there is nothing.
    """
    if kind == SUPERVISION:
        return Grounds(_some(_grave(history, run, unit), f"{unit}没有存在否决项的案卷"))
    late = _late(history, run, unit, today)
    if kind == URGE:
        return Grounds(_some(late, f"{unit}没有逾期未整改的问题"))
    earlier = _unheeded(history, run, unit, today)
    if earlier:
        return Grounds(_some(late, f"{unit}没有逾期未纠正的问题"), earlier)
    return Grounds(
        _some(
            _grave(history, run, unit),
            f"{unit}没有逾期未执行的督办函、意见书，也没有存在否决项的案卷",
        )
    )


def _some(found: list[Item], otherwise: str) -> tuple[Item, ...]:
    if not found:
        raise UsageError(f"{otherwise}，不需要制发。")
    return tuple(found)


def _grave(history: History, run: int, unit: str) -> list[Item]:
    """Faults of the round that decide the grade of their case."""
    own = history.of_unit(run, unit)
    return [item_of(history, r, f) for r in own for f in r.findings if _decides(r, f.check)]


def _decides(r: CaseResult, check: str) -> bool:
    f = r.finding(check)
    return f is not None and f.failed and check in r.vetoes


def _late(history: History, run: int, unit: str, today: str) -> list[Item]:
    """What stood on the lists of the campaign and was not put right by the day set."""
    own = _rounds(history, run)
    return [i for i in items(history, today, unit) if i.unit == unit and i.run in own and i.overdue]


def _unheeded(history: History, run: int, unit: str, today: str) -> tuple[Entry[PapersIssued], ...]:
    """督办函 and 意见书 to the unit in the campaign whose day has passed, oldest first."""
    own = _rounds(history, run)
    return tuple(
        e
        for e in history.journal.entries(PapersIssued)
        if e.body.unit == unit and e.body.run in own and e.body.due < today and asked_by(e.body)
    )


def asked_by(body: PapersIssued) -> list[tuple[str, str]]:
    """The papers of an issue that a 决定书 may follow: kind and number."""
    return [(p.kind, p.number) for p in body.papers if p.kind in (URGE, SUPERVISION)]


def _rounds(history: History, run: int) -> set[int]:
    """The runs that give their numbers to the rounds of the campaign."""
    round_ = history.campaigns.rounds.get(run)
    return {r.number for r in history.campaigns.of(round_).rounds if r.runs} if round_ else {run}
