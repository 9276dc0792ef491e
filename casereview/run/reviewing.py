"""Settling what is open: finding by finding at the desk, or by a sheet that came back. Both end in
the one act of ruling.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casereview.chinese.wordlists import read_lists
from casereview.errors import UsageError
from casereview.record.drafts import Drafts
from casereview.rounds.history import History
from casereview.rounds.rulings import Ruling
from casereview.rounds.settling import FAULT, GOOD, UNFIT, Pending, Said
from casereview.run.decisions import (
    Actor,
    Ruled,
    RulingOrder,
    opinion,
    own,
    rule_and_look,
    rule_each,
    take_back,
)
from casereview.settings import rules_folder, shipped_rules

PHRASES = Path("评查台") / "理由.yaml"
WAIVE = "免予整改"
BY_KEY, BY_SHEET = "逐项核对案卷后认定", "核对案卷后在复核表上认定"  # where no note was written


def order_of(p: Pending, said: Said, run: int, otherwise: str) -> RulingOrder:
    """The ruling that something said of a finding amounts to. ``otherwise``: the reason where no
    note was written.
    """
    return RulingOrder(
        p.finding.identity,
        said.action(p.finding.status),
        said.why or otherwise,
        points=said.points,
        at=_colons(said.at),
        run=run,
        says="" if said.says == p.sentence else said.says,
    )


def _colons(at: str) -> str:
    """文件：页：原文 as Chinese keyboards write it."""
    return at if ":" in at else at.replace("：", ":", 2)


def say(
    history: History, run: int, p: Pending, said: Said, actor: Actor, settle: bool = False
) -> History:
    """Rule on one finding as something is said of it; what was drafted of it is forgotten. Returns
    the runs as they stand then. ``history``: as the person sees it; ``settle``: it decides between
    differing opinions. Raises UsageError; then nothing was recorded.
    """
    order = replace(order_of(p, said, run, BY_KEY), finding=p.line.number, settle=settle)
    _, now = rule_and_look([order], history, actor)
    Drafts(history.store).keep(actor.name, p.finding.identity, {})
    return now


def waive(
    history: History, run: int, p: Pending, why: str, until: str, signer: str, actor: Actor
) -> History:
    """Waive that a fault is put right until a day (ISO), as ``signer`` allowed. Otherwise as
    ``say``.
    """
    order = RulingOrder(p.line.number, WAIVE, why, until=until, signer=signer, run=run)
    _, now = rule_and_look([order], history, actor)
    Drafts(history.store).keep(actor.name, p.finding.identity, {})
    return now


def last_said(history: History, run: int, case: str, name: str) -> Ruling | None:
    """The newest opinion of a person on a case that still can be taken back; None where there is
    none.
    """
    placed = history.placed(run)[0]
    newest = [
        own_of[-1]
        for (of, _), every in placed.items()
        if of == case
        and (own_of := sorted((r for r in every if r.by == name), key=lambda r: (r.at, r.uid)))
        and own_of[-1].action != "withdraw"
    ]
    return max(newest, key=lambda r: (r.at, r.uid), default=None)


def stands(history: History, run: int, p: Pending, name: str) -> bool:
    """True where a person said something of a finding and did not take it back."""
    said = own(history, run, (p.result.case, p.finding.check), name)
    return bool(said) and said[-1].action != "withdraw"


def opinions(history: History, run: int, p: Pending, name: str) -> tuple[Ruling, ...]:
    """What was said of a finding, oldest first: of a case that two people review blind, only what
    the person said.
    """
    said = history.said_of(run, p.result.case, p.finding.check)
    sealed = history.panel_state(run).sealed(p.result.case)
    seen = (r for r in said if not sealed or r.by == name)
    return tuple(sorted(seen, key=lambda r: (r.at, r.uid)))


class Walk:
    """One person going through what waits, one finding after the other. What is said is recorded at
    once, so that nothing is lost when the terminal is closed; a slip is taken back.
    """

    def __init__(
        self, history: History, run: int, rows: Sequence[Pending], actor: Callable[[], Actor]
    ):
        self.history, self.run, self.rows, self.actor = history, run, rows, actor
        self.past: list[bool] = []  # for each that was passed: whether something was said

    @property
    def current(self) -> Pending | None:
        """What waits next; None at the end."""
        return self.rows[len(self.past)] if len(self.past) < len(self.rows) else None

    @property
    def settled(self) -> int:
        """How many something was said of."""
        return sum(self.past)

    def say(self, said: Said) -> Ruled:
        """Rule on the one that waits, and go on. Raises UsageError; then nothing was recorded."""
        p = self._open()
        (done,) = rule_each([order_of(p, said, self.run, BY_KEY)], self.history, self.actor())
        self.past.append(True)
        self.history = self.history.anew(p.result.case)
        return done

    def skip(self) -> None:
        """Leave it open, and go on."""
        self._open()
        self.past.append(False)

    def undo(self) -> Ruled | None:
        """Go back by one, and take back what was said of it (None when it was skipped). Raises
        UsageError at the beginning.
        """
        if not self.past:
            raise UsageError("前面没有可以撤回的。")
        p, back = self.rows[len(self.past) - 1], None
        if self.past[-1]:
            back = take_back(p.finding.identity, self.run, self.history, self.actor())
            self.history = self.history.anew(p.result.case)
        self.past.pop()
        return back

    def _open(self) -> Pending:
        if self.current is None:
            raise UsageError("没有待定的项目了。")
        return self.current


@dataclass(frozen=True)
class Taken:
    """What became of a sheet: rulings recorded, and how many rows said what stood there before."""

    ruled: tuple[Ruled, ...]
    known: int


def take_sheet(
    history: History, run: int, said: Sequence[tuple[Pending, Said]], actor: Actor
) -> Taken:
    """Record what a sheet says, all or nothing; what the person said before in the same words is
    not said again. Raises UsageError naming every bad row.
    """
    orders = [(order_of(p, s, run, BY_SHEET), p, s.where) for p, s in said]
    bad = []
    new = []
    for order, p, where in orders:
        try:
            body = opinion(history, run, p.result, p.finding, order, actor)
        except UsageError as e:
            bad.append(f"{where}：{e}")
            continue
        if not _said_before(history, run, p, body, actor.name):
            new.append(order)
    if bad:
        raise UsageError("复核表有问题，一行也没有导入：\n" + "\n".join(bad))
    return Taken(rule_each(new, history, actor), len(orders) - len(new))


def _said_before(
    history: History, run: int, p: Pending, body: dict[str, object], name: str
) -> bool:
    """True when the last word of the person on a finding is this one, or when there is nothing to
    withdraw.
    """
    before = own(history, run, (p.result.case, p.finding.check), name)
    if not before:
        return body["action"] == "withdraw"
    last = before[-1]
    asked = ("action", "why", "points", "says", "evidence")
    same = all(getattr(last, k) == body.get(k, "") for k in asked)
    return same and (body.get("place") is None) == (last.place is None)


def phrases() -> Mapping[str, tuple[str, ...]]:
    """Reasons that are offered, by the verdict they go with. Raises RulesRefused."""
    own = rules_folder() / PHRASES
    path = own if own.is_file() else shipped_rules() / PHRASES
    return read_lists(path, (GOOD, FAULT, UNFIT))
