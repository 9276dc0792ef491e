"""What people decide about findings, and what goes out because of it: each a function from an order
to its outcome, for the terminal and for every other face.

Everything is an entry of the journal. An order names what it is about as a person types it; the
outcome names what was found and what follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from casereview.errors import UsageError
from casereview.model import Place
from casereview.record.entries import (
    Body,
    CaseOutcome,
    ExplanationDecided,
    ObjectionDecided,
    UnitAnswered,
    Unmasked,
)
from casereview.record.identity import is_unit_key
from casereview.record.journal import Event, Journal, dump, event_of, load
from casereview.record.result import FindingResult, Result, UnitResult, to_data
from casereview.record.store import Store
from casereview.rounds.effective import PanelState
from casereview.rounds.history import History
from casereview.rounds.rate import ACCEPTED, NOT_TAKEN, REJECTED, TAKEN
from casereview.rounds.rectification import Item, items
from casereview.rounds.rulings import HOLDS, SPLIT, Ruling, body_of, said_again
from casereview.rounds.settling import act

OUTCOMES = ("维持", "撤销", "变更", "确认违法", "撤回")
BY_HAND = "（人工认定）"  # stands for the quote that nobody gave
FORUMS = ("行政复议", "行政诉讼")
WITHDRAWN = "已撤回"
SLIP = "按错，撤回"
Target = tuple[str, str]  # case, item


@dataclass(frozen=True)
class Actor:
    """Who decides, at which moment (ISO, UTC) and on which day here."""

    name: str
    at: str
    today: dt.date

    def says(self, body: Body) -> Event:
        """An entry of the journal."""
        return event_of(self.at, self.name, body)


@dataclass(frozen=True)
class RulingOrder:
    """Say of a finding what ``action`` names (``rulings.ACTIONS``, or a word of ``settling.act``).
    ``finding``: first digits of its identity, or 案卷名#编号;
    ``points``: what is taken off; ``until``, ``signer``: of a waiver; ``at``: 文件:页:原文 of a
    fault that only the person saw; ``settle``: it decides between differing opinions. ``why`` stays
    inside; ``says`` is the sentence that goes out.
    """

    finding: str
    action: str
    why: str
    points: str = ""
    until: str = ""
    signer: str = ""
    at: str = ""
    settle: bool = False
    run: int = 0
    says: str = ""


@dataclass(frozen=True)
class Ruled:
    """A finding after a ruling on it, with the score of its case. ``others``: what other people
    said of it before, as far as the person may see it.
    """

    case: str
    finding: FindingResult
    action: str
    score: float | None
    grade: str
    others: tuple[Ruling, ...] = ()

    @property
    def state(self) -> str:
        """How the ruling stands."""
        return self.finding.state or WITHDRAWN

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        shown = to_data(self.finding)
        kept = {k: shown[k] for k in ("check", "identity", "ruling", "effective")}
        return {**kept, "case": self.case, "score": self.score, "grade": self.grade}


def rule(store: Store, order: RulingOrder, actor: Actor) -> Ruled:
    """Record an opinion on a finding; a withdrawal and a waiver are opinions too. Raises UsageError
    when it has no reason, does not fit the finding, or when the person may not rule on this case.
    """
    return rule_on([order.finding], store, order, actor)[0]


def rule_on(
    findings: Sequence[str], store: Store, order: RulingOrder, actor: Actor
) -> tuple[Ruled, ...]:
    """Record the same opinion on several findings, all or none. Raises UsageError as ``rule``."""
    every = [replace(order, finding=name) for name in findings]
    return rule_each(every, History(store, viewer=actor.name), actor)


def rule_each(orders: Sequence[RulingOrder], history: History, actor: Actor) -> tuple[Ruled, ...]:
    """Record opinions on findings of one run, all or none. ``history``: as the person sees it.
    Raises UsageError as ``rule``.
    """
    return rule_and_look(orders, history, actor)[0]


def rule_and_look(
    orders: Sequence[RulingOrder], history: History, actor: Actor
) -> tuple[tuple[Ruled, ...], History]:
    """The same, with the runs as they stand afterwards."""
    if not orders:
        return (), history
    number = orders[0].run or history.current()
    found = [history.find(order.finding, number) for order in orders]
    orders = [
        replace(order, action=act(order.action, f.status, order.points))
        for order, (_, f) in zip(orders, found, strict=True)
    ]
    events = [
        Event(actor.at, actor.name, "ruling", opinion(history, number, r, f, order, actor))
        for (r, f), order in zip(found, orders, strict=True)
    ]
    said = [((r.case, f.check), order) for (r, f), order in zip(found, orders, strict=True)]
    cases = {case for (case, _), _ in said}
    history.journal.add(events, lambda: _refuse_untaken(history.anew(*cases), number, said))
    now = history.anew(*cases)
    done = tuple(
        _ruled(now, number, target, order.action, _others(history, number, target, actor.name))
        for target, order in said
    )
    return done, now


def take_back(finding: str, run: int, history: History, actor: Actor) -> Ruled:
    """Take back the last opinion of a person on a finding: what the same person said before holds
    again, on the evidence of then; where there was nothing, it is withdrawn. Raises UsageError.
    """
    result, f = history.find(finding, run)
    _may_rule(history.panel_state(run), result.case, actor.name)
    target = result.case, f.check
    said = own(history, run, target, actor.name)
    if not said or said[-1].action == "withdraw":
        raise UsageError(f"{actor.name} 对 {result.case} {f.check} 没有可以撤回的意见。")
    if said[:-1] and said[-2].action != "withdraw":
        body = said_again(said[-2])
    else:
        body = body_of(f, result, run, "withdraw", SLIP)
    history.journal.add([Event(actor.at, actor.name, "ruling", body)])
    return _ruled(history.anew(result.case), run, target, body["action"], ())


def own(history: History, run: int, target: Target, name: str) -> list[Ruling]:
    """What a person said of a finding, oldest first."""
    return sorted((r for r in history.said_of(run, *target) if r.by == name), key=lambda r: r.order)


def opinion(
    history: History,
    run: int,
    result: Result,
    finding: FindingResult,
    order: RulingOrder,
    actor: Actor,
) -> dict[str, Any]:
    """The opinion on one finding, as the journal keeps it. Raises UsageError."""
    if not order.why.strip():
        raise UsageError("请用 --why 写明理由。")
    if order.action == "waive" and order.until and order.until < actor.today.isoformat():
        raise UsageError(f"--until {order.until} 已经过去；免予整改要写今后的日期。")
    if not order.settle:
        _may_rule(history.panel_state(run), result.case, actor.name)
    edition = history.editions.get(result.checklist.card)
    return body_of(
        finding,
        result,
        run,
        order.action,
        order.why.strip(),
        item=edition.get(finding.check) if edition else None,
        points=order.points,
        until=order.until,
        signer=order.signer,
        settle=order.settle,
        says=order.says.strip(),
        place=_place(order.at, result) if order.at else None,
    )


def _others(history: History, run: int, target: Target, name: str) -> tuple[Ruling, ...]:
    """What other people said of a finding before, as far as the person may see it."""
    if history.panel_state(run).sealed(target[0]):
        return ()
    return tuple(r for r in history.said_of(run, *target) if r.by != name)


def _refuse_untaken(history: History, run: int, said: Sequence[tuple[Target, RulingOrder]]) -> None:
    """Points that the arithmetic does not take are not recorded. Raises UsageError."""
    for target, order in said:
        if not order.points:
            continue
        now = _ruled(history, run, target, order.action, ())
        taken, asked = Decimal(now.finding.deducted), Decimal(order.points)
        if now.state == HOLDS and taken != asked:
            raise UsageError(
                f"{'#'.join(target)}：这一项按计分办法只扣 {taken.normalize():f} 分，没有记录扣"
                f" {order.points} 分；请按实际写 --points，或者不写。"
            )


def _may_rule(panel: PanelState, case: str, name: str) -> None:
    """While two people review a case, only they rule on it, and only until they hand in. Raises
    UsageError.
    """
    if panel.open_to(case, name):
        return
    if name in panel.handed_in.get(case, ()):
        raise UsageError(f"{name} 对案卷 {case} 的评查已经提交，不能再改；由组长用 --settle 裁定。")
    raise UsageError(f"案卷 {case} 正在双人评查，分派给了 {'、'.join(panel.reviewers[case])}。")


def _ruled(
    history: History, run: int, target: Target, action: str, others: tuple[Ruling, ...]
) -> Ruled:
    """The finding as it stands now."""
    case, check = target
    of_unit = is_unit_key(case)
    every: Iterable[Result] = history.units(run) if of_unit else history.stream(run, [case])
    shown = next(r for r in every if r.case == case)
    finding = next(f for f in shown.findings if f.check == check)
    return Ruled(case, finding, action, shown.score, shown.grade, others)


def _place(at: str, result: Result) -> Place:
    """'文件:页:原文' -> a place in the case. Raises UsageError."""
    file, _, rest = at.partition(":")
    page, _, quote = rest.partition(":")
    if isinstance(result, UnitResult):  # its papers are not kept: what the person says stands
        return Place(file, int(page) if page.isdigit() else 1, None, quote or BY_HAND)
    known = {f.file: max(1, f.pages) for f in result.files}
    file = _file_named(file, known)
    if not page.isdigit() or not 1 <= int(page) <= known[file]:
        raise UsageError(f"“{file}”共 {known[file]} 页，--at 要写成 文件:页，例如 {file}:1")
    return Place(file, int(page), None, quote or BY_HAND)


def _file_named(name: str, known: Iterable[str]) -> str:
    """The only file of a case with this name or this part of it. Raises UsageError."""
    if name in known:
        return name
    hits = [k for k in known if k.rpartition("/")[2] == name or name in k]
    if len(hits) != 1:
        raise UsageError(f"案卷里没有文件“{name}”，有：{'、'.join(sorted(known)[:12])}")
    return hits[0]


@dataclass(frozen=True)
class Rulings:
    """Rulings with how each stands; ``lost``: those that found no finding in the run."""

    rows: tuple[tuple[Ruling, str], ...]
    lost: tuple[Ruling, ...]


def rulings_of(store: Store, run: int, viewer: str) -> Rulings:
    """All rulings in the order in which they were made; of cases that two people still review blind
    only those of ``viewer``.
    """
    history = History(store, viewer=viewer)
    placed, lost = history.placed(run)
    state = {
        (r.case, f.check): f.state or WITHDRAWN
        for r in history.touched(run).values()
        for f in r.findings
    }
    panel = history.panel_state(run)
    rows = [
        (ruling, state[target])
        for target, said in placed.items()
        for ruling in said
        if not panel.sealed(target[0]) or ruling.by == viewer
    ]
    return Rulings(tuple(sorted(rows, key=lambda x: x[0].order)), tuple(lost))


def export_rulings(store: Store, by: str) -> tuple[str, int]:
    """Rulings (of one person, or of all who may be seen) as a file for another PC, and how many.
    Raises UsageError when there are none.
    """
    history = History(store)
    sealed = _sealed(history)
    events = [
        e
        for e in history.events("ruling", "panel.submit")
        if (not by or e.actor == by) and (e.actor == by or e.uid not in sealed)
    ]
    if not events:
        raise UsageError(f"{by or '数据库里'}还没有复核意见，没有导出。")
    return dump(events), len(events)


def _sealed(history: History) -> set[str]:
    """The rulings on cases that two people still review blind, by uid."""
    out: set[str] = set()
    for run in history.line(0):
        panel = history.panel_state(run)
        for (case, _), said in history.placed(run)[0].items():
            if panel.sealed(case):
                out |= {ruling.uid for ruling in said}
    return out


@dataclass(frozen=True)
class Imported:
    """``read`` entries, of which ``new`` were not known; ``split``: findings on which people now
    differ; ``lost``: how many rulings found no finding in the run.
    """

    read: int
    new: int
    split: tuple[Target, ...]
    lost: int


def import_rulings(store: Store, files: Sequence[Path], run: int) -> Imported:
    """Add the rulings of others; nothing is doubled, nobody's is overwritten. Raises UsageError
    when a file cannot be read; then nothing was added.
    """
    events = [e for path in files for e in _events_in(path)]
    new = Journal(store).add(events)
    history = History(store)
    number = run or history.current()
    touched = history.touched(number).values()
    split = tuple((r.case, f.check) for r in touched for f in r.findings if f.state == SPLIT)
    return Imported(len(events), new, split, len(history.placed(number)[1]))


def _events_in(path: Path) -> list[Event]:
    try:
        return load(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as e:
        raise UsageError(f"读不了 {path}，没有导入。") from e


def unmasked(actor: Actor, what: str, run: int, why: str) -> Event:
    """The entry that papers went out with personal data in them. Raises UsageError without a
    reason.
    """
    if not why.strip():
        raise UsageError("--unmasked 要用 --why 写明理由；这次不遮蔽会记录在案。")
    return actor.says(Unmasked(what=what, run=run, why=why))


def record_unmasked(store: Store, what: str, run: int, why: str, actor: Actor) -> None:
    """Record it before the papers are made."""
    Journal(store).add([unmasked(actor, what, run, why)])


def listed(store: Store, today: dt.date) -> dict[str, Item]:
    """Identity -> finding on a list that was issued, for reading answers."""
    return {i.identity: i for i in items(History(store), today.isoformat())}


def take_answers(store: Store, answers: Sequence[tuple[Item, dict[str, str]]], actor: Actor) -> int:
    """Record what units wrote back; an answer that is known already is not recorded again. Returns
    how many were new.
    """
    events = [
        actor.says(
            UnitAnswered(
                identity=item.identity,
                case=item.case,
                check=item.check,
                unit=item.unit,
                run=item.run,
                **said,
            )
        )
        for item, said in answers
        if not (item.answer and {k: getattr(item.answer, k) for k in said} == said)
    ]
    return Journal(store).add(events)


@dataclass(frozen=True)
class ObjectionOrder:
    """Decide on what a unit wrote: on its objection (``outcome`` 采纳 or 不采纳), or on its
    explanation for what cannot be put right (接受 or 不接受).
    """

    finding: str
    outcome: str
    why: str
    run: int = 0


def decide_objection(store: Store, order: ObjectionOrder, actor: Actor) -> Target:
    """Record the decision on an objection or an explanation that was made; an accepted objection
    also overrules the finding, and that settles it. Returns case and item. Raises UsageError.
    """
    if order.outcome not in (ACCEPTED, REJECTED, TAKEN, NOT_TAKEN) or not order.why.strip():
        raise UsageError(
            "处理异议要写 采纳 或 不采纳，审查情况说明写 接受 或 不接受，并用 --why 写明理由。"
        )
    history = History(store)
    number = order.run or history.current()
    result, finding = history.find(order.finding, number)
    told = _told(history, finding.identity, actor)
    body = {"identity": finding.identity, "case": result.case, "check": finding.check}
    body |= {"unit": result.unit, "outcome": order.outcome, "why": order.why}
    if order.outcome in (TAKEN, NOT_TAKEN):
        if not told.explanation:
            raise UsageError(
                f"{result.case} {told.fault}：单位没有就不可补正的问题作情况说明"
                f"（{_answered(told)}），没有可以审查的。"
            )
        history.journal.add([actor.says(ExplanationDecided(**body, run=told.run))])
        return result.case, finding.check
    if not told.objection:
        raise UsageError(
            f"{result.case} {told.fault}：单位没有提出异议（{_answered(told)}），没有可以处理的。"
        )
    events = [actor.says(ObjectionDecided(**body, run=told.run))]
    if order.outcome == ACCEPTED:
        why = f"异议成立：{order.why}"
        ruling = body_of(finding, result, number, "overrule", why, settle=True)
        events.append(Event(actor.at, actor.name, "ruling", ruling))
    history.journal.add(events)
    return result.case, finding.check


def _told(history: History, identity: str, actor: Actor) -> Item:
    """The newest line of a list that speaks of a finding. Raises UsageError."""
    rows = [i for i in items(history, actor.today.isoformat()) if i.identity == identity]
    if not rows:
        raise UsageError("这个问题还没有下发，单位没有反馈，没有可以处理的异议或者情况说明。")
    return max(rows, key=lambda i: i.run)


def _answered(i: Item) -> str:
    return f"反馈是“{i.answer.word}”" if i.answer else "还没有反馈"


@dataclass(frozen=True)
class OutcomeOrder:
    """What became of a case in reconsideration or in court (``forum``), on the day ``date``."""

    case: str
    outcome: str
    forum: str
    date: str
    why: str = ""
    run: int = 0


def record_outcome(store: Store, order: OutcomeOrder, actor: Actor) -> str:
    """Record it. Returns the case. Raises UsageError."""
    if order.outcome not in OUTCOMES or order.forum not in FORUMS:
        raise UsageError(f"结果只能是 {'、'.join(OUTCOMES)}；--forum 只能是 {'、'.join(FORUMS)}")
    if dt.date.fromisoformat(order.date) > actor.today:
        raise UsageError(f"--date {order.date} 晚于今天")
    history = History(store)
    r = history.case(order.case, order.run or history.current())
    said = CaseOutcome(
        case=r.case,
        case_key=r.case_key,
        unit=r.unit,
        outcome=order.outcome,
        forum=order.forum,
        date=order.date,
        why=order.why,
    )
    history.journal.add([actor.says(said)])
    return r.case
