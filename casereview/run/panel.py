"""Before and beside the reading: which files are drawn, who reviews them, who has handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.record.entries import FilesDrawn, PanelAssigned, PanelSubmitted
from casereview.record.journal import Journal
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rounds.panel import Reviewer, assign
from casereview.rounds.rulings import Ruling
from casereview.rounds.sampling import Draw, Quota, draw
from casereview.run.decisions import Actor
from casereview.run.files import read_table
from casereview.run.ledger import read_ledger


@dataclass(frozen=True)
class DrawOrder:
    """Draw files by lot from a list. ``quotas``: 程序:简易程序=1; ``pulled``: numbers taken on
    purpose; ``excluded``: 案号=理由, as typed.
    """

    ledger: Path
    seed: str
    per_unit: int = 3
    quotas: tuple[str, ...] = ()
    pulled: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def draw_files(
    store: Store, order: DrawOrder, actor: Actor, campaign: str = "", round_: str = ""
) -> Draw:
    """Draw, and keep the list with what was left out and why, for a round of a campaign ('' for
    none, and for all rounds). Raises UsageError.
    """
    quotas = tuple(map(_quota, order.quotas))
    lacking = [q for q in order.excluded if not q.partition("=")[2]]
    if lacking:
        raise UsageError(f"--exclude {lacking[0]} 应当写成 案号=理由")
    excluded = dict(q.partition("=")[::2] for q in order.excluded)
    rows = read_ledger(order.ledger)
    got = draw(rows, order.seed, order.per_unit, quotas, order.pulled, excluded)
    said = FilesDrawn(
        seed=got.seed,
        drawn=got.drawn,
        excluded=got.excluded,
        short=got.short,
        per_unit=order.per_unit,
        quotas=order.quotas,
        campaign=campaign,
        round=round_,
    )
    Journal(store).add([actor.says(said)])
    return got


def _quota(text: str) -> Quota:
    column, _, rest = text.partition(":")
    value, _, n = rest.rpartition("=")
    if not (column and value and n.isdigit()):
        raise UsageError(f"--quota {text} 应当写成 程序:简易程序=1")
    return Quota(column, value, int(n))


def reviewers_in(path: Path) -> list[Reviewer]:
    """The reviewers of a list with 姓名, 单位, 回避单位. Raises UsageError."""
    rows = read_table(path)
    if not rows or "姓名" not in rows[0]:
        raise UsageError(f"{path} 要有列：姓名,单位,回避单位（回避单位用顿号隔开）")
    return [
        Reviewer(r["姓名"], r.get("单位", ""), _names(r.get("回避单位", "")))
        for r in rows
        if r["姓名"]
    ]


def _names(text: str) -> tuple[str, ...]:
    return tuple(x for x in text.split("、") if x)


@dataclass(frozen=True)
class Assigned:
    """case -> its reviewers, in a run."""

    run: int
    pairs: dict[str, tuple[str, ...]]


def assign_panel(store: Store, reviewers: Path, seed: str, actor: Actor, run: int = 0) -> Assigned:
    """Give every case of a run two reviewers by lot, once. Raises UsageError."""
    if not seed:
        raise UsageError("请写 --seed 种子；同样的种子得到同样的分派。")
    history = History(store)
    number = run or history.current()
    if history.panel_state(number).reviewers:
        raise UsageError(f"第 {number} 次评查已经分派过，不能重新分派；需要时另做一次评查。")
    cases = history.roll(number).heads
    pairs = assign(cases, reviewers_in(reviewers), seed)
    keys = {r.case: r.case_key for r in cases}
    history.journal.add(
        [
            actor.says(
                PanelAssigned(
                    run=number, case=case, case_key=keys[case], reviewers=names, seed=seed
                )
            )
            for case, names in pairs.items()
        ]
    )
    return Assigned(number, pairs)


@dataclass(frozen=True)
class HandedIn:
    """How many cases were handed in now, and how many had been before."""

    now: int
    before: int


def hand_in(store: Store, cases: Sequence[str], actor: Actor, run: int = 0) -> HandedIn:
    """Hand in the reviews of these cases (of all that are the person's when none is named); then
    they cannot be changed any more. Raises UsageError for cases of others.
    """
    history = History(store)
    number = run or history.current()
    panel = history.panel_state(number)
    chosen = _chosen(history, number, cases, actor.name)
    keys = {h.case: h.case_key for h in history.roll(number).heads}
    fresh = [c for c in chosen if actor.name not in panel.handed_in.get(c, ())]
    history.journal.add(
        [actor.says(PanelSubmitted(run=number, case=c, case_key=keys[c])) for c in fresh]
    )
    return HandedIn(len(fresh), len(chosen) - len(fresh))


def unwritten(store: Store, cases: Sequence[str], name: str, run: int) -> list[str]:
    """Of the cases that a person would hand in those of which the person said nothing. Raises
    UsageError for cases of others.
    """
    history = History(store, viewer=name)
    said = {case for (case, _), own in history.placed(run)[0].items() if _by(own, name)}
    handed = history.panel_state(run).handed_in
    chosen = _chosen(history, run, cases, name)
    return [c for c in chosen if c not in said and name not in handed.get(c, ())]


def _by(said: Sequence[Ruling], name: str) -> bool:
    return any(r.by == name for r in said)


def _chosen(history: History, run: int, cases: Sequence[str], name: str) -> list[str]:
    """The cases that are named, else all that were given to this person. Raises UsageError."""
    given = history.panel_state(run).reviewers
    mine = [case for case, names in given.items() if name in names]
    chosen = [history.case_named(c, run) for c in cases] or mine
    wrong = [c for c in chosen if c not in mine]
    if wrong or not chosen:
        raise UsageError(f"没有分派给 {name}：{'、'.join(wrong) or '任何案卷'}")
    return chosen
