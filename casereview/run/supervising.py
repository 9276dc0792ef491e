"""Issuing a paper of supervision (督办函, 监督意见书, 监督决定书) to a unit: what it rests on, its
number and its day, recorded once the paper and its receipt are written, or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.privacy.mask import masker
from casereview.record.entries import PaperSent, PapersIssued
from casereview.record.store import Store
from casereview.rounds.consequences import DECISION, SUPERVISION
from casereview.rounds.history import History
from casereview.rounds.outgoing import Make, Outgoing
from casereview.rounds.progress import lacks, objections
from casereview.rounds.register import next_numbers
from casereview.rounds.supervision import KINDS, Grounds, articles, grounds
from casereview.run.decisions import Actor, unmasked
from casereview.run.files import Together, write_file
from casereview.run.issuing import (
    IssueDone,
    Write,
    due_day,
    refusal,
    refuse_without_basis,
    standing_in_the_way,
)


@dataclass(frozen=True)
class SupervisionOrder:
    """Issue a paper of supervision of ``kind`` (its last words are enough) to the unit whose name
    contains ``unit`` into ``folder``. ``says``: the sentence that stands in it: which duty was not
    done, or why the government decides; ``number``: its 文号, '' for the next of the campaign (a
    决定书 has that of the government); ``due``, ``days``, ``again``, ``signer``, ``why``,
    ``unmasked`` as in an ``IssueOrder``.
    """

    folder: Path
    kind: str
    unit: str
    says: str = ""
    number: str = ""
    due: str = ""
    days: int = 15
    again: bool = False
    signer: str = ""
    why: str = ""
    unmasked: bool = False
    run: int = 0


def supervise(
    store: Store, order: SupervisionOrder, actor: Actor, make: Make, write: Write = write_file
) -> IssueDone:
    """Make the paper and its receipt and record that it went out. Raises UsageError with what is
    missing: an article in force, a ground, the sentence, the approval, the number.
    """
    history = History(store)
    run = order.run or history.current()
    kind, unit = _kind(order.kind), _unit(history, run, order.unit)
    _refuse(history, run, unit, kind, order)
    if kind not in articles(actor.today):
        raise UsageError(f"{actor.today} 没有可以引用的条文（{kind}），不能制发。")
    lacking = _lacking(history, run, unit, kind, order)
    found = grounds(history, run, unit, kind, actor.today.isoformat())
    round_ = history.campaigns.rounds[run]
    body = PapersIssued(
        campaign=round_.campaign,
        round=round_.name,
        run=run,
        unit=unit,
        due=due_day(order.due, order.days, actor),
        papers=(PaperSent(kind=kind, number=_number(store, history, run, order)),),
        lacking=lacking,
        signer=order.signer,
        why=order.why,
        again=order.again,
        says=order.says.strip().rstrip("。"),
        findings=tuple(i.identity for i in found.items),
    )
    return _sent(store, order, actor, body, found, make, write)


def _kind(said: str) -> str:
    """The paper that is meant by its name or its last words. Raises UsageError."""
    hits = [k for k in KINDS if k.endswith(said)]
    if len(hits) != 1:
        raise UsageError(f"没有“{said}”这种监督文书，可以写 {'、'.join(k[-3:] for k in KINDS)}。")
    return hits[0]


def _unit(history: History, run: int, said: str) -> str:
    """The only unit whose name contains ``said``. Raises UsageError."""
    units = [u for u in history.unit_names(run) if said in u]
    if len(units) != 1:
        raise UsageError(
            f"监督文书一次发给一个单位，--unit “{said}”对应 {len(units)} 个：{'、'.join(units)}。"
        )
    return units[0]


def _refuse(history: History, run: int, unit: str, kind: str, order: SupervisionOrder) -> None:
    """Raises UsageError for a trial, a second paper, and what only people can say."""
    if run not in history.campaigns.rounds:
        raise UsageError(standing_in_the_way(history, run)[0])
    refuse_without_basis(history, run)
    if missing := _unsaid(kind, order):
        raise UsageError(missing)
    before = [
        e.at[:10]
        for e in history.journal.entries(PapersIssued)
        if e.body.run == run and e.body.unit == unit and kind in {p.kind for p in e.body.papers}
    ]
    if before and not order.again:
        raise UsageError(
            f"{unit}的{kind}已经制发（{before[-1]}）。确需重新制发，加 --again --why 理由。"
        )


def _unsaid(kind: str, order: SupervisionOrder) -> str:
    """What only a person can say and did not; '' where nothing is missing."""
    if kind != SUPERVISION and not order.says.strip():
        return f"{kind}要用 --say 写明事由（哪项职责没有履行、为什么作出决定），写进文书。"
    if kind == DECISION and not (order.signer.strip() and order.number.strip()):
        return "监督决定书由本级人民政府决定并制发：用 --signer 写批准的人，--number 写政府的文号。"
    if (order.again or order.unmasked) and not order.why.strip():
        return "重新制发、不遮蔽，都要用 --why 写明理由。"
    return ""


def _lacking(
    history: History, run: int, unit: str, kind: str, order: SupervisionOrder
) -> tuple[str, ...]:
    """What is not settled of the cases of the unit though a person lets an 意见书 go out; the
    others follow a list that went out. Raises UsageError.
    """
    if kind != SUPERVISION:
        return ()
    found = lacks(history, run, unit, objections(history, run))
    if found and not (order.signer.strip() and order.why.strip()):
        raise UsageError(refusal(found))
    return tuple(found)


def _number(store: Store, history: History, run: int, order: SupervisionOrder) -> str:
    """The number of the paper. Raises UsageError for one that was used."""
    own = order.number.strip()
    if own in store.numbers():
        raise UsageError(f"文号 {own} 已经用过，不能重复。")
    campaign = history.campaigns.of(history.campaigns.rounds[run])
    return own or next(next_numbers(campaign.said.numbering, store.numbers()))


def _sent(
    store: Store,
    order: SupervisionOrder,
    actor: Actor,
    body: PapersIssued,
    found: Grounds,
    make: Make,
    write: Write,
) -> IssueDone:
    """Record and write, all or nothing."""
    event = actor.says(body)
    kept = [unmasked(actor, body.papers[0].kind, body.run, order.why)] if order.unmasked else []
    files = Together(write)
    history = History(store)
    sent = _outgoing(history, order, actor, body, found)

    def send() -> None:
        store.register([(number, event.uid) for number in sent.numbers.values()])
        for path, data in make(History(store), sent):
            files.put(order.folder / path, data)

    try:
        history.journal.add([event, *kept], send)
    except BaseException:
        files.take_back()
        raise
    return IssueDone((sent,), (), body.due, tuple(files.before), body.lacking)


def _outgoing(
    history: History, order: SupervisionOrder, actor: Actor, body: PapersIssued, found: Grounds
) -> Outgoing:
    """What goes to the unit."""
    own = history.of_unit(body.run, body.unit)
    return Outgoing(
        body.run,
        body.unit,
        found.items,
        None if order.unmasked else masker(own),
        body.due,
        {p.kind: p.number for p in body.papers},
        day=actor.today.isoformat(),
        says=body.says,
        earlier=found.earlier,
    )
