"""To which round of which campaign a run goes, or that it is a trial, and the entry of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.reading.intake import CaseRef
from casereview.record.entries import RunFiled
from casereview.record.journal import Journal, event_of
from casereview.record.store import Store
from casereview.rounds.campaigns import Campaign, Round
from casereview.rounds.history import History


@dataclass(frozen=True)
class Wish:
    """What the person said: the round (as ``Campaigns.round_named`` takes it), or that it is a
    trial; neither leaves it to the folder. ``by``: who.
    """

    round: str = ""
    trial: bool = False
    by: str = ""


@dataclass(frozen=True)
class Destination:
    """Where a run goes (None: it is a trial), and what is told of it."""

    round: Round | None
    says: str


def destination(history: History, wish: Wish, path: Path, refs: Sequence[CaseRef]) -> Destination:
    """Where a run over ``path`` goes. Unasked, only into a round of an open campaign whose own
    folder it is (or lies in), or into one that has no run yet and covers units of these cases.
    Raises UsageError.
    """
    if wish.round and wish.trial:
        raise UsageError("--round 和 --trial 不能一起写")
    if wish.round:
        return _told(history.campaigns.round_named(wish.round))
    if wish.trial:
        return Destination(None, "试评：不属于任何评查活动")
    for campaign in history.campaigns.open:
        if _own_folder(history, campaign.round, path):
            return _told(campaign.round)
    fresh = [c for c in history.campaigns.open if not c.round.runs and _covers(c, refs)]
    if len(fresh) == 1:
        return _told(fresh[0].round)
    return Destination(None, _trial(history.campaigns.open))


def _told(round_: Round) -> Destination:
    more = "；同一案卷只替换自己，其余不变" if round_.runs else ""
    return Destination(round_, f"计入评查活动：{round_.called}{more}")


def _trial(open_: Sequence[Campaign]) -> str:
    """That a run is a trial, and how it would not be."""
    if not open_:
        return "试评：还没有评查活动"
    rounds = "、".join(f"{c.name}/{c.round.name}" for c in open_)
    return f"试评：这个文件夹不是评查活动的文件夹。要计入，加 --round {rounds}"


def _own_folder(history: History, round_: Round, path: Path) -> bool:
    here = Path(os.path.abspath(path))
    roots = [Path(history.store.run_row(run).root) for run in round_.runs]
    return any(here == root or root in here.parents for root in roots)


def _covers(campaign: Campaign, refs: Sequence[CaseRef]) -> bool:
    """True when some of the cases are of units that the campaign names."""
    drawn = campaign.drawn(campaign.round.name)
    units = {*campaign.said.units, *(r.get("单位", "") for r in (drawn.drawn if drawn else ()))}
    return any(r.unit in units for r in refs)


def file_run(store: Store, run: int, round_: Round, by: str, at: str) -> None:
    """Record that a run belongs to a round."""
    body = RunFiled(run=run, campaign=round_.campaign, round=round_.name)
    Journal(store).add([event_of(at, by, body)])
