"""Erase what was read of a case: from the store, from the cache, from what lies beside the store.
Scores, verdicts and the chain of the journal stay (个人信息保护法 19, 47).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import UsageError
from casereview.papers.corrections import load_corrections, save_corrections
from casereview.reading import cache
from casereview.record.canonical_json import canonical
from casereview.record.entries import CaseErased
from casereview.record.erasing import (
    Left,
    Stored,
    runs_of,
    stored_cases,
    stored_entries,
    stored_units,
    write_over,
)
from casereview.record.journal import SALT, Journal
from casereview.record.store import Store
from casereview.rounds.erased import Erasure, erasure_of, left_of_case
from casereview.rounds.history import History
from casereview.run import stamps, unit_level
from casereview.run.decisions import Actor
from casereview.run.judged_again import JUDGED
from casereview.run.kept_cases import READ

COPIES = "*.schema*.bak"  # made by ourselves before a migration


@dataclass(frozen=True)
class Erased:
    """What was done: ``called`` since, in how many runs it stood, how many entries of the journal
    were written over, and the copies of the store that were deleted.
    """

    called: str
    runs: int
    entries: int
    copies: tuple[str, ...]


def erase_case(store: Store, name: str, why: str, actor: Actor, run: int = 0) -> Erased:
    """Erase a case of a run in all runs. Raises UsageError, NotUnique, StoreUnusable."""
    if not why.strip():
        raise UsageError("删除要写明理由：--why，例如 --why 留存期限届满。删除以后不能恢复。")
    history = History(store)
    number = run or history.current()
    key = history.case_named(name, number)
    [found] = history.roll(number).named([key])
    source_run, stored_key = history.source(number, key)
    rows = stored_cases(store, found.case_key, {key, stored_key})
    gone = erasure_of((r.result for r in rows), len(Journal(store).entries(CaseErased)))
    left = _left(store, rows, gone)
    said = CaseErased(case_key=found.case_key, called=gone.called, why=why)
    write_over(store, left, said, actor.at, actor.name)
    _beside(store.path, gone)
    runs = runs_of(store, rows)
    return Erased(gone.called, len(runs), len(left.entries), _copies(store.path))


def _left(store: Store, rows: list[Stored], gone: Erasure) -> Left:
    """Everything that changes."""
    units = {}
    for row, text in stored_units(store).items():
        now = canonical(gone.left_of(json.loads(text)))
        if now != text:
            units[row] = now
    entries = {}
    for uid, event in stored_entries(store).items():
        mine = gone.concerns(event.body)
        now_body = gone.left_of(event.body, mine)
        if mine or now_body != event.body:
            entries[uid] = {k: v for k, v in now_body.items() if k != SALT}
    roots = {}
    for r in store.runs():
        if any(s in r.root for s in gone.secret):
            roots[r.id] = str(Path(r.root).parent)
    return Left({r.row: left_of_case(r.result, gone) for r in rows}, units, entries, roots)


def _beside(db: Path, gone: Erasure) -> None:
    """Forget the corrections of the case, and every recognised page and remembered result: they do
    not say whose they were, and are worked out again when they are wanted.
    """
    every = load_corrections(db)
    if kept := {k: v for k, v in every.items() if k not in gone.keys}:
        save_corrections(db, kept)
    elif every:
        save_corrections(db, {})
    for shelf in (cache.SHELF, READ, JUDGED, unit_level.SHELF, stamps.SHELF):
        shelf.clear()


def _copies(db: Path) -> tuple[str, ...]:
    """Delete the copies that a migration left beside the store."""
    copies = sorted(db.parent.glob(db.name + COPIES[1:]))
    for copy in copies:
        copy.unlink()
    return tuple(c.name for c in copies)


def past_keeping(history: History, today: str) -> list[tuple[int, str, str]]:
    """(run, case, campaign) of every case whose campaign says that it is kept no longer."""
    known = {e.body.called for e in history.journal.entries(CaseErased)}
    out = []
    for campaign in history.campaigns.every:
        until = campaign.said.keep_until
        if until and until < today:
            for round_ in campaign.rounds:
                cases = history.roll(round_.number).names() if round_.number else []
                out += [(round_.number, case, campaign.name) for case in cases]
    return [row for row in out if row[1] not in known]
