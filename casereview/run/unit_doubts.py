"""Looking over all files of a unit once they are scored: what they fail alike is suspected
(``rounds.unit_doubt``), and kept as the next revision of each case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from casereview.model import PASS
from casereview.papers.house import House
from casereview.record.result import CaseResult
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rounds.roll import Roll
from casereview.rounds.unit_doubt import (
    TELLING,
    Alike,
    Group,
    Row,
    doubts,
    is_concerned,
    with_doubts,
)

Confirmed = Mapping[str, Collection[Alike]]  # by unit
Step = tuple[CaseResult, CaseResult]  # a case before and after


def confirmed_of(houses: Mapping[str, House]) -> Confirmed:
    """What people said is really so, of the units that are known."""
    return {unit: house.confirmed for unit, house in houses.items()}


def suspected_items(results: Iterable[CaseResult]) -> dict[str, int]:
    """How many items are suspected in the files of each unit, by name of the unit."""
    items: dict[str, set[str]] = defaultdict(set)
    for r in results:
        items[r.unit] |= {f.check for f in r.findings if f.suspected}
    return {unit: len(found) for unit, found in sorted(items.items()) if found}


def doubt_units(
    store: Store, run: int, confirmed: Confirmed, units: Collection[str] | None = None
) -> list[Step]:
    """Suspect what all files of a unit fail alike, over the round of the run, and judge no longer
    suspected what is not alike any more; only cases that were scored in this run are written.
    ``units``: these alone. Returns the cases that moved.
    """
    if units is not None and not units:
        return []
    history = History(store)
    round_ = history.campaigns.round_of(run)
    roll = history.roll(round_.number if round_ else run)
    groups = _groups(roll, history, units)
    rows = list(_rows(roll, groups))
    found = doubts(rows, confirmed)
    concerned = {row.case for row in rows if is_concerned(row, found)}
    here = sorted(key for source, key in map(roll.source, concerned) if source == run)
    moved = []
    for result in list(store.results(run, here)):
        alike = found.get((result.unit, result.checklist.id), {})
        after = with_doubts(result, alike, history.editions.get(result.checklist.card))
        if after is not result:
            moved.append((result, after))
    store.save_moved(run, moved, store.grounds(run) if moved else {})
    return moved


def units_that_moved(history: History, run: int) -> set[str] | None:
    """The units whose cases are not the very results of the run before, after which they were
    looked over by the same rules and answers; None for all of them.
    """
    round_ = history.campaigns.round_of(run)
    head = round_.number if round_ else run
    before = history.earlier(head)
    rows = history.store.run_row
    if before is None or round_ or rows(before).rules != rows(run).rules:
        return None
    if rows(before).unfinished or history.campaigns.round_of(before):
        return None
    now, then = (_rows_of(history.roll(n)) for n in (head, before))
    return {unit for unit, own in now.items() if then.get(unit) != own}


def _rows_of(roll: Roll) -> dict[str, list[tuple[str, int]]]:
    """The cases of every unit with the rows of their results."""
    out: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for h in roll.heads:
        out[h.unit].append((h.case, h.row))
    return out


def _groups(roll: Roll, history: History, units: Collection[str] | None) -> dict[str, Group]:
    """Unit and checklist of every case, by what it is called."""
    checklists = {digest: edition.id for digest, edition in history.editions.items()}
    wanted = (h for h in roll.heads if units is None or h.unit in units)
    return {h.case: (h.unit, checklists.get(h.card, "")) for h in wanted}


def _rows(roll: Roll, groups: Mapping[str, Group]) -> Iterator[Row]:
    """The findings of the cases of some groups that say something of their unit; that an item was
    met, once a group.
    """
    met: dict[Group, set[str]] = defaultdict(set)
    for r in roll.briefs(groups.keys()):
        group = groups[r.case]
        now = {f.check: f for f in r.findings if f.status == PASS and f.check not in met[group]}
        met[group] |= now.keys()
        told = (f for f in r.findings if f.status != PASS and f.status in TELLING)
        yield from (
            Row(group, r.case, f.check, f.status, f.message, f.plain)
            for f in (*now.values(), *told)
        )
