"""The one act of issuing: papers, their numbers, annexes and deadline, recorded together once every
file is written, or not at all.

What the papers look like is the business of whoever calls; here is decided what goes out, to whom,
under which number, and whether it may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casereview.errors import UsageError
from casereview.privacy.mask import masker
from casereview.record.entries import PaperSent, PapersIssued
from casereview.record.journal import Event, Journal
from casereview.record.store import Store
from casereview.rounds.consequences import (
    BULLETIN,
    LIST,
    NOTICE,
    SUPERVISION,
    papers_due,
)
from casereview.rounds.history import History
from casereview.rounds.outgoing import Make, Outgoing, opinion_on
from casereview.rounds.progress import lacks, objections
from casereview.rounds.rectification import deadline, items, list_of
from casereview.rounds.register import next_numbers
from casereview.rounds.supervision import articles
from casereview.rules.rulebook import load_rules
from casereview.run.decisions import Actor, unmasked
from casereview.run.files import Together, write_file

MOST = 20  # reasons that are told one by one


@dataclass(frozen=True)
class IssueOrder:
    """Issue the papers of a round into ``folder``: for units whose name contains ``unit``, or the
    ``bulletin`` for all. Answers are due on ``due`` (ISO), else within ``days`` working days.
    ``cases``: with a score sheet and an 意见书 for every case.
    ``again``: though it went out before; ``signer``: who lets it go out though something is
    missing; both, and ``unmasked``, for the reason ``why``. ``first``: the document number to
    begin with (0: the next).
    """

    folder: Path
    unit: str = ""
    bulletin: bool = False
    cases: bool = False
    due: str = ""
    days: int = 15
    again: bool = False
    signer: str = ""
    why: str = ""
    unmasked: bool = False
    first: int = 0
    run: int = 0


@dataclass(frozen=True)
class IssueDone:
    """What went out with its last day, units that have nothing to put right, every file, and what
    was lacking when a person let it go out all the same.
    """

    sent: tuple[Outgoing, ...]
    nothing: tuple[str, ...]
    due: str
    files: tuple[Path, ...]
    lacking: tuple[str, ...] = ()


Write = Callable[[Path, bytes], None]


def standing_in_the_way(history: History, run: int, unit: str = "") -> list[str]:
    """What stands in the way of issuing, a sentence each; of a trial, that it is one."""
    if run not in history.campaigns.rounds:
        return ["试评不能印发：先转为评查活动，casereview campaign new 名称 --run " + str(run)]
    return lacks(history, run, unit, objections(history, run))


def issue(
    store: Store, order: IssueOrder, actor: Actor, make: Make, write: Write = write_file
) -> IssueDone:
    """Make the papers of a round and record that they went out. Nothing counts as issued before
    every file is written: when one cannot be, nothing is recorded and what was written is taken
    back. Raises UsageError with all that stands in the way.
    """
    history = History(store)
    run = order.run or history.current()
    units = _units(history, run, order)
    lacking = _refuse(history, run, units, order)
    due = due_day(order.due, order.days, actor)
    bodies = [] if order.bulletin else [list_of(history, run, u, due) for u in units]
    told = [b for b in bodies if b.findings]
    numbers = _numbers(store, history, run, [b.unit for b in told], order, actor.today)
    again = order.why if order.again else ""
    events = [actor.says(replace(b, number=numbers[b.unit][NOTICE], again=again)) for b in told]
    events += _entries(history, run, numbers, due, lacking, order, actor)
    if order.unmasked:
        events.append(unmasked(actor, "印发的文书", run, order.why))
    plan = _Plan(store, run, order, due, numbers, actor)
    sent, files = _together(history, events, plan, make, write)
    nothing = tuple(b.unit for b in bodies if not b.findings)
    return IssueDone(sent, nothing, due, files, tuple(lacking))


def _units(history: History, run: int, order: IssueOrder) -> list[str]:
    """The units that are meant. Raises UsageError."""
    units = [u for u in history.unit_names(run) if order.unit in u]
    if not units:
        raise UsageError(f"第 {run} 次评查没有单位“{order.unit}”。")
    return units


def _refuse(history: History, run: int, units: Sequence[str], order: IssueOrder) -> list[str]:
    """What was lacking though a person lets it go out. Raises UsageError."""
    if run not in history.campaigns.rounds:
        raise UsageError(standing_in_the_way(history, run)[0])
    refuse_without_basis(history, run)
    if (order.again or order.signer or order.unmasked) and not order.why.strip():
        raise UsageError("重新印发、批准提前印发、不遮蔽，都要用 --why 写明理由。")
    _refuse_again(history, run, units, order)
    waiting = objections(history, run)
    only = units if order.unit else [""]
    lacking = list(dict.fromkeys(x for u in only for x in lacks(history, run, u, waiting)))
    if lacking and not order.signer.strip():
        raise UsageError(refusal(lacking))
    return lacking


def refuse_without_basis(history: History, run: int) -> None:
    """Raises UsageError where the campaign does not say by which norms it reviews."""
    campaign = history.campaigns.of(history.campaigns.rounds[run])
    if not campaign.said.basis:
        raise UsageError(
            "评查活动还没有写评查依据：casereview campaign set --basis 《评查办法》文号。"
            "程序自己的清单不是依据，不能写进文书。"
        )


def refusal(lacking: Sequence[str]) -> str:
    """Why nothing can be issued yet."""
    lines = [f"  {x}" for x in lacking[:MOST]]
    if len(lacking) > MOST:
        lines.append(f"  ……共 {len(lacking)} 处")
    by_person = "确需现在印发的，由负责人批准：--signer 姓名 --why 理由（记录在案）。"
    return "\n".join(["还不能印发：", *lines, by_person])


def _refuse_again(history: History, run: int, units: Sequence[str], order: IssueOrder) -> None:
    """Raises UsageError when it went out before and nobody said again."""
    sent = {
        e.body.unit: e
        for e in history.journal.entries(PapersIssued)
        if e.body.run == run and e.body.papers[0].kind in (NOTICE, BULLETIN)
    }
    before = [sent[u] for u in ([""] if order.bulletin else units) if u in sent]
    if before and not order.again:
        said = "、".join(
            f"{e.body.unit or '评查情况通报'}（{e.at[:10]}，{e.body.papers[0].number}）"
            for e in before
        )
        raise UsageError(f"已经印发：{said}。确需重新印发，加 --again --why 理由。")


def due_day(due: str, days: int, actor: Actor) -> str:
    """The last day for answers: ``due`` (ISO), else so many working days on. Raises UsageError
    where the calendar of that year is not known.
    """
    return due or deadline(actor.today, days, load_rules().law.calendar).isoformat()


def _numbered(
    history: History, run: int, unit: str, order: IssueOrder, day: dt.date
) -> tuple[str, ...]:
    """The papers of a unit that carry a number of their own; annexes carry that of the notice. No
    监督意见书 before there was an article to make it by.
    """
    cases = history.of_unit(run, unit)
    lawful = SUPERVISION in articles(day) and SUPERVISION in papers_due(cases, None)
    opinions = [opinion_on(r.case) for r in cases] if order.cases else []
    return (NOTICE, *([SUPERVISION] if lawful else []), *opinions)


def _numbers(
    store: Store, history: History, run: int, units: Sequence[str], order: IssueOrder, day: dt.date
) -> dict[str, dict[str, str]]:
    """unit ('' for the bulletin) -> paper -> its number. Raises UsageError."""
    kinds = {u: _numbered(history, run, u, order, day) for u in units}
    if order.bulletin:
        kinds = {"": (BULLETIN,)}
    campaign = history.campaigns.of(history.campaigns.rounds[run])
    coming = next_numbers(campaign.said.numbering, store.numbers(), order.first)
    return {unit: {kind: next(coming) for kind in own} for unit, own in kinds.items()}


def _entries(
    history: History,
    run: int,
    numbers: dict[str, dict[str, str]],
    due: str,
    lacking: Sequence[str],
    order: IssueOrder,
    actor: Actor,
) -> list[Event]:
    """That the papers went out, with what was lacking and who let them go."""
    round_ = history.campaigns.rounds[run]
    return [
        actor.says(
            PapersIssued(
                campaign=round_.campaign,
                round=round_.name,
                run=run,
                unit=unit,
                due="" if order.bulletin else due,
                papers=tuple(PaperSent(kind=k, number=n) for k, n in own.items()),
                lacking=tuple(lacking),
                signer=order.signer if lacking else "",
                why=order.why,
                again=order.again,
            )
        )
        for unit, own in numbers.items()
    ]


@dataclass(frozen=True)
class _Plan:
    """What is about to go out."""

    store: Store
    run: int
    order: IssueOrder
    due: str
    numbers: dict[str, dict[str, str]]
    actor: Actor


def _together(
    history: History, events: list[Event], plan: _Plan, make: Make, write: Write
) -> tuple[tuple[Outgoing, ...], tuple[Path, ...]]:
    """Record and write, all or nothing."""
    sent: list[Outgoing] = []
    files = Together(write)

    def send() -> None:
        fresh = History(plan.store)
        uid = {e.body["unit"]: e.uid for e in events if e.kind == PapersIssued.KIND}
        given = plan.numbers.items()
        numbers = [(n, uid[unit]) for unit, own in given for n in own.values()]
        plan.store.register(numbers)
        for unit, own in plan.numbers.items():
            one = _outgoing(fresh, plan, unit, own)
            sent.append(one)
            for path, data in make(fresh, one):
                files.put(plan.order.folder / path, data)

    try:
        history.journal.add(events, send)
    except BaseException:
        files.take_back()
        raise
    return tuple(sent), tuple(files.before)


def _outgoing(history: History, plan: _Plan, unit: str, numbers: dict[str, str]) -> Outgoing:
    """What goes to one unit, as it stands once the entries are there."""
    today = plan.actor.today.isoformat()
    rows = [i for i in items(history, today, unit) if unit and i.unit == unit and i.run == plan.run]
    own = history.of_unit(plan.run, unit) if unit else history.results(plan.run)
    mask = None if plan.order.unmasked else masker(own)
    return Outgoing(plan.run, unit, tuple(rows), mask, plan.due, numbers, day=today)


@dataclass(frozen=True)
class RehearsalOrder:
    """Make the lists of a trial into ``folder``, to try how they come back: for units whose name
    contains ``unit``; ``due``, ``days``, ``unmasked``, ``why`` as in an ``IssueOrder``.
    """

    folder: Path
    unit: str = ""
    due: str = ""
    days: int = 15
    unmasked: bool = False
    why: str = ""
    run: int = 0


def rehearse(
    store: Store, order: RehearsalOrder, actor: Actor, make: Make, write: Write = write_file
) -> IssueDone:
    """Write the lists of a trial as drafts and keep what stood on them, so that answers can be read
    back. They are not issued: they carry no number, and count for nothing in a campaign. All files
    are written and kept together or not at all. Raises UsageError.
    """
    history = History(store)
    run = order.run or history.current()
    asked = IssueOrder(
        order.folder,
        order.unit,
        due=order.due,
        days=order.days,
        unmasked=order.unmasked,
        why=order.why,
        run=run,
    )
    due = due_day(asked.due, asked.days, actor)
    bodies = [list_of(history, run, u, due) for u in _units(history, run, asked)]
    told = [replace(b, draft=True) for b in bodies if b.findings]
    events = [actor.says(b) for b in told]
    if order.unmasked:
        events.append(unmasked(actor, LIST, run, order.why))
    plan = _Plan(store, run, asked, due, {b.unit: {} for b in told}, actor)
    sent, files = _together(history, events, plan, make, write)
    nothing = tuple(b.unit for b in bodies if not b.findings)
    return IssueDone(sent, nothing, due, files)


def issued(store: Store) -> list[tuple[str, PapersIssued]]:
    """Everything that went out, with when, oldest first."""
    return [(e.at, e.body) for e in Journal(store).entries(PapersIssued)]
