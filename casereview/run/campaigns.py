"""What an organiser does with campaigns and runs: open one, begin a round, put a run where it
belongs, set one aside, settle a drawn file. Everything is an entry of the journal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from casereview.errors import UsageError
from casereview.record.entries import (
    Basis,
    CampaignOpened,
    DrawnSettled,
    FilesDrawn,
    ListIssued,
    PanelAssigned,
    RoundBegun,
    RunFiled,
    RunNamed,
    RunSetAside,
)
from casereview.record.store import Store
from casereview.rounds.campaigns import FIRST, Campaign, Round
from casereview.rounds.history import History
from casereview.rounds.sampling import HOW, NUMBER, PLACE, UNIT
from casereview.run.decisions import Actor
from casereview.run.ledger import read_ledger
from casereview.run.panel import DrawOrder, draw_files

PLACE_OF_NUMBER = "*"  # in the pattern of document numbers
GIVEN = "全部列入"  # how a file came on a list that was not drawn by lot


@dataclass(frozen=True)
class CampaignOrder:
    """What is said of a campaign; None leaves a field as it is. ``basis``: as typed, 《办法》 文号
    each.
    """

    organiser: str | None = None
    period: str | None = None
    basis: tuple[str, ...] | None = None
    standard: str | None = None
    units: tuple[str, ...] | None = None
    numbering: str | None = None
    names_down: bool | None = None
    closed: bool | None = None
    keep_until: str | None = None


def open_campaign(
    store: Store, name: str, order: CampaignOrder, actor: Actor, run: int = 0, round_: str = FIRST
) -> Campaign:
    """Open a campaign with its first round. ``run``: a trial that becomes the first run of it (0:
    none). Raises UsageError.
    """
    known = History(store).campaigns
    if not name.strip() or "/" in name:
        raise UsageError("评查活动要有名称，名称里不能有“/”。")
    if any(c.name == name for c in known.every):
        raise UsageError(f"已经有评查活动“{name}”。改它的内容用 casereview campaign set。")
    events = [
        actor.says(_said(CampaignOpened(name=name), order)),
        actor.says(RoundBegun(campaign=name, name=round_)),
    ]
    if run:
        _refuse_filing(store, run)
        events.append(actor.says(RunFiled(run=run, campaign=name, round=round_)))
    History(store).journal.add(events)
    return History(store).campaigns.named(name)


def change_campaign(store: Store, name: str, order: CampaignOrder, actor: Actor) -> Campaign:
    """Say anew what a campaign is. Raises UsageError."""
    history = History(store)
    campaign = history.campaigns.named(name)
    history.journal.add([actor.says(_said(campaign.said, order))])
    return History(store).campaigns.named(campaign.name)


def _said(old: CampaignOpened, order: CampaignOrder) -> CampaignOpened:
    given = {k: v for k, v in vars(order).items() if v is not None and k != "basis"}
    if order.numbering and order.numbering.count(PLACE_OF_NUMBER) != 1:
        raise UsageError("文号写成 某司法评〔2026〕*号，用一个 * 表示顺序号。")
    basis = old.basis if order.basis is None else tuple(map(_basis, order.basis))
    return replace(old, **given, basis=basis)


def _basis(text: str) -> Basis:
    """'《办法》 文号' -> title and number. Raises UsageError."""
    m = re.fullmatch(r"\s*《(.+?)》\s*[（(]?(.*?)[）)]?\s*", text)
    if m is None:
        raise UsageError(
            f"依据写成《文件名》文号，例如《某省案卷评查办法》某政办〔2024〕5号，不是“{text}”"
        )
    return Basis(title=m[1], number=m[2])


def begin_round(store: Store, name: str, actor: Actor, campaign: str = "") -> Round:
    """Begin the next round of a campaign. Raises UsageError."""
    history = History(store)
    own = history.campaigns.named(campaign)
    if not name.strip() or "/" in name:
        raise UsageError("轮次要有名称，例如 复评、回头看；名称里不能有“/”。")
    if any(r.name == name for r in own.rounds):
        raise UsageError(f"评查活动“{own.name}”已经有轮次“{name}”。")
    history.journal.add([actor.says(RoundBegun(campaign=own.name, name=name))])
    return History(store).campaigns.named(own.name).round


@dataclass(frozen=True)
class ListOrder:
    """The list of files of a campaign: drawn by lot, or ('' for ``draw.seed``) the whole ledger.
    ``round``: for this round alone ('' for all).
    """

    draw: DrawOrder
    campaign: str = ""
    round: str = ""


def give_list(store: Store, order: ListOrder, actor: Actor) -> FilesDrawn:
    """Keep the list of a campaign, by lot where there is a seed. Raises UsageError."""
    history = History(store)
    own = history.campaigns.named(order.campaign)
    if order.round and order.round not in {r.name for r in own.rounds}:
        raise UsageError(f"评查活动“{own.name}”没有轮次“{order.round}”。")
    if order.draw.seed:
        draw_files(store, order.draw, actor, own.name, order.round)
    else:
        history.journal.add([actor.says(_whole(order.draw.ledger, own.name, order.round))])
    return History(store).campaigns.named(own.name).lists[order.round]


def _whole(ledger: Path, campaign: str, round_: str) -> FilesDrawn:
    """Every file of a ledger as the list. Raises UsageError."""
    rows = read_ledger(ledger)
    lacking = [r for r in rows if not r.get(NUMBER) or not r.get(UNIT)]
    if lacking or not rows:
        where = "、".join(f"第 {r['台账行']} 行" for r in lacking[:8])
        raise UsageError(f"案卷台账缺单位或者案号：{where or '台账是空的'}")
    listed = tuple({PLACE: str(n), **r, HOW: GIVEN} for n, r in enumerate(rows, 1))
    return FilesDrawn(drawn=listed, campaign=campaign, round=round_)


def settle_drawn(
    store: Store, number: str, case: str, why: str, actor: Actor, campaign: str = ""
) -> DrawnSettled:
    """Say of a drawn file which case it is, or ('' for ``case``) that it is left out. Raises
    UsageError.
    """
    history = History(store)
    own = history.campaigns.named(campaign)
    number = _drawn_named(own, number)
    if not case and not why.strip():
        raise UsageError("排除一卷要用 --why 写明理由。")
    if case and own.scored is None:
        raise UsageError(f"评查活动“{own.name}”还没有评查案卷。")
    if case and own.scored:
        case = history.case_named(case, own.scored.number)
    body = DrawnSettled(campaign=own.name, number=number, case=case, why=why.strip())
    history.journal.add([actor.says(body)])
    return body


def _drawn_named(own: Campaign, number: str) -> str:
    """The file of a list that is meant, by its number or part of it. Raises UsageError."""
    listed = own.drawn(own.round.name)
    known = [r[NUMBER] for r in listed.drawn] if listed else []
    hits = [n for n in known if n == number] or [n for n in known if number in n]
    if len(hits) != 1:
        raise UsageError(f"抽取名单里“{number}”对应 {len(hits)} 卷，有：{'、'.join(known[:8])}")
    return hits[0]


def file_into(store: Store, run: int, round_: str, actor: Actor) -> Round:
    """Put a trial into a round. Raises UsageError."""
    history = History(store)
    found = history.campaigns.round_named(round_)
    _refuse_filing(store, run)
    body = RunFiled(run=run, campaign=found.campaign, round=found.name)
    history.journal.add([actor.says(body)])
    return found


def _refuse_filing(store: Store, run: int) -> None:
    """Raises UsageError when a run is in a round already or counts for nothing."""
    known = History(store).campaigns
    store.run_row(run)
    if run not in store.scored_runs():
        raise UsageError(f"第 {run} 次评查没有案卷结果。")
    if (round_ := known.round_of(run)) is not None:
        raise UsageError(f"第 {run} 次评查已经在{round_.called}里。")
    if run in known.aside:
        raise UsageError(f"第 {run} 次评查已经搁置，先恢复：casereview runs restore {run}")


def make_trial(store: Store, run: int, why: str, actor: Actor) -> None:
    """Take a run out of its round. Raises UsageError when papers rest on it."""
    history = History(store)
    if history.campaigns.round_of(run) is None:
        raise UsageError(f"第 {run} 次评查本来就是试评。")
    _refuse_moving(history, run, why)
    history.journal.add([actor.says(RunFiled(run=run, why=why))])


def set_aside(store: Store, run: int, why: str, actor: Actor, back: bool = False) -> None:
    """Set a run aside (or take it ``back``), for a reason. Raises UsageError."""
    history = History(store)
    store.run_row(run)
    aside = run in history.campaigns.aside
    if aside == (not back):
        raise UsageError(f"第 {run} 次评查{'已经搁置' if aside else '没有搁置'}。")
    if not back:
        _refuse_moving(history, run, why)
    history.journal.add([actor.says(RunSetAside(run=run, why=why, back=back))])


def _refuse_moving(history: History, run: int, why: str) -> None:
    """Raises UsageError without a reason, or when something that went out rests on the run."""
    if not why.strip():
        raise UsageError("请用 --why 写明理由。")
    sent = [e.body for e in history.journal.entries(ListIssued) if e.body.run == run]
    if any(not b.draft for b in sent):
        raise UsageError(f"第 {run} 次评查已经下发过清单，不能移出；需要时另做一次评查。")
    if any(e.body.run == run for e in history.journal.entries(PanelAssigned)):
        raise UsageError(f"第 {run} 次评查已经分派双人评查，不能移出。")


def name_run(store: Store, run: int, name: str, actor: Actor) -> None:
    """Give a run a name. Raises UsageError."""
    store.run_row(run)
    History(store).journal.add([actor.says(RunNamed(run=run, name=name.strip()))])
