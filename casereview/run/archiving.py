"""Put the closed campaigns of a year into a store of their own, so that the store at hand stays
small and what is over stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.record.archiving import copy_runs, take_out
from casereview.record.entries import ArchiveMade, RunsArchived
from casereview.record.journal import ARCHIVE
from casereview.record.store import Store
from casereview.rounds.campaigns import Campaign
from casereview.rounds.change import STILL
from casereview.rounds.history import History
from casereview.rounds.rectification import EXPLAINING, NOT_ANSWERED, OBJECTED, Item, items
from casereview.run.decisions import Actor

OPEN = (NOT_ANSWERED, OBJECTED, EXPLAINING, STILL)
NAMED = 5  # of what stands in the way


@dataclass(frozen=True)
class ArchiveOrder:
    """Archive the closed campaigns of ``year`` into ``path``. ``keep``: copy, take nothing out;
    ``open_lists``: also while lines of lists are open, for ``why``.
    """

    year: str
    path: Path
    keep: bool = False
    open_lists: bool = False
    why: str = ""


@dataclass(frozen=True)
class Archived:
    """What went: campaigns, runs, cases; ``open``: lines of lists that were open; ``left``:
    campaigns of the year that are not closed and stay.
    """

    campaigns: tuple[str, ...]
    runs: tuple[int, ...]
    cases: int
    open: int
    left: tuple[str, ...]


def archive_year(store: Store, order: ArchiveOrder, actor: Actor) -> Archived:
    """Copy, compare, and then take out. Raises UsageError, StoreUnusable; then nothing changed."""
    history = History(store)
    if history.journal.is_archive():
        raise UsageError(ARCHIVE)
    if order.path.exists():
        raise UsageError(f"{order.path} 已经存在，没有覆盖；请换一个文件名。")
    closed, left = _of_year(history, order.year)
    runs = tuple(sorted(n for c in closed for r in c.rounds for n in r.runs))
    _refuse_unfinished(history, runs)
    waiting = _open_lines(history, runs, actor)
    _refuse_open(waiting, order)
    names = tuple(c.name for c in closed)
    cases = sum(store.count(n) for n in runs)
    head = history.journal.head(full=True)
    made = ArchiveMade(year=order.year, campaigns=names, runs=runs)
    copy_runs(store, runs, order.path, made, actor.at, actor.name)
    if not order.keep:
        said = RunsArchived(
            year=order.year,
            file=order.path.name,
            campaigns=names,
            runs=runs,
            cases=cases,
            head=head,
            open=len(waiting),
            why=order.why,
        )
        take_out(store, runs, said, actor.at, actor.name)
    return Archived(names, runs, cases, len(waiting), tuple(c.name for c in left))


def _of_year(history: History, year: str) -> tuple[list[Campaign], list[Campaign]]:
    """The campaigns whose last run was in a year: closed ones, and those that are not. Raises
    UsageError where none is closed.
    """
    own = [c for c in history.campaigns.every if _year(history, c) == year]
    closed = [c for c in own if c.said.closed]
    left = [c for c in own if not c.said.closed]
    if not closed:
        raise UsageError(_why_none(history, year, left))
    return closed, left


def _why_none(history: History, year: str, left: list[Campaign]) -> str:
    """Why no campaign of a year is closed, and what to do. ``left``: those that are still open."""
    if left:
        names = "、".join(c.name for c in left)
        close = f"casereview campaign set --campaign {left[0].name} --closed"
        return f"{year} 年的评查活动还没有结束：{names}。先结束：{close}"
    known = sorted({y for c in history.campaigns.every if (y := _year(history, c))})
    return f"没有 {year} 年的评查活动，有：{'、'.join(known) or '（无）'}"


def _year(history: History, campaign: Campaign) -> str:
    """The year of the last run of a campaign; '' without one."""
    runs = [n for r in campaign.rounds for n in r.runs]
    return max((history.store.run_row(n).as_of[:4] for n in runs), default="")


def _refuse_unfinished(history: History, runs: Sequence[int]) -> None:
    """Raises UsageError for a run that was interrupted."""
    broken = [n for n in runs if history.store.run_row(n).unfinished]
    if broken:
        raise UsageError(
            f"第 {'、'.join(map(str, broken))} 次评查没有做完，不能归档；"
            "做完它，或者搁置：casereview runs aside"
        )


def _open_lines(history: History, runs: Sequence[int], actor: Actor) -> list[Item]:
    """Lines of lists of these runs that were not answered, wait for a decision, or were not put
    right when somebody looked again.
    """
    every = items(history, actor.today.isoformat())
    return [i for i in every if i.run in runs and (i.state in OPEN or i.overdue)]


def _refuse_open(waiting: Sequence[Item], order: ArchiveOrder) -> None:
    """Raises UsageError while lists are open, unless a person says that it shall be so, and why."""
    if not waiting:
        return
    if not order.open_lists:
        some = "；".join(f"{i.unit} {i.folder} {i.fault}：{i.state}" for i in waiting[:NAMED])
        more = f" 等 {len(waiting)} 项" if len(waiting) > NAMED else ""
        raise UsageError(
            f"整改还没有办完，没有归档：{some}{more}。办完再归档，或者加 --open-lists --why 理由。"
        )
    if not order.why.strip():
        raise UsageError("整改没有办完就归档，要写明理由：--why")
