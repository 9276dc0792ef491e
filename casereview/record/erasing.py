"""The one place where rows that stand are written over: a person's right to be forgotten goes
before 「只增不改」 (个人信息保护法 47). The chain of the journal still verifies: an entry
says what was written over and by what.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from casereview.errors import StoreUnusable
from casereview.record import rows
from casereview.record.canonical_json import canonical
from casereview.record.entries import CaseErased, Overwritten
from casereview.record.faults import sentence
from casereview.record.guards import taken_down
from casereview.record.identity import digest
from casereview.record.journal import Event, Journal, event_of
from casereview.record.result import CaseResult
from casereview.record.store import Store

TABLES = ("cases", "unit_results", "events")


@dataclass(frozen=True)
class Stored:
    """A result of a case where it stands."""

    row: int
    run: int
    result: CaseResult


def stored_cases(store: Store, case_key: str, keys: Iterable[str] = ()) -> list[Stored]:
    """Every revision of a case in every run, by what it is known by (or called), oldest first."""
    marks = [case_key, *keys]
    sql = "SELECT id, run FROM cases WHERE case_key=? OR key IN (%s) ORDER BY id"
    found = store.db.execute(sql % ",".join("?" * len(marks[1:])), marks).fetchall()
    return [Stored(row, run, rows.whole(store.db, row)) for row, run in found]


def runs_of(store: Store, stored: Sequence[Stored]) -> set[int]:
    """The runs in which results stand, also those that refer to one of an earlier run."""
    runs = {r.run for r in stored}
    for r in stored:
        runs |= {n for (n,) in store.db.execute("SELECT run FROM heads WHERE row=?", [r.row])}
    return runs


def stored_units(store: Store) -> dict[int, str]:
    """Row -> result of every unit, as JSON."""
    return dict(store.db.execute("SELECT id, result FROM unit_results").fetchall())


def stored_entries(store: Store) -> dict[str, Event]:
    """uid as stored -> entry of the journal, in the order of the chain."""
    sql = "SELECT uid, at, actor, kind, body FROM events ORDER BY seq"
    return {
        uid: Event(at, by, kind, msgspec.json.decode(body))
        for uid, at, by, kind, body in store.db.execute(sql).fetchall()
    }


@dataclass(frozen=True)
class Left:
    """What stands in the place of what was there: results by row, units by row, contents of entries
    by uid, and folders of runs.
    """

    cases: Mapping[int, CaseResult]
    units: Mapping[int, str]
    entries: Mapping[str, dict[str, Any]]
    roots: Mapping[int, str]


def write_over(store: Store, left: Left, said: CaseErased, at: str, by: str) -> None:
    """Write over all of it and record that, in one transaction, then take every trace from the
    file. Raises StoreUnusable; then nothing changed.
    """
    overwritten = tuple(
        Overwritten(uid=uid, now=digest(canonical(body))) for uid, body in left.entries.items()
    )
    entry = event_of(at, by, replace(said, entries=overwritten))
    conn = store.db
    Journal(store).add([entry], lambda: _overwrite(conn, left))
    wipe(store)


def _overwrite(conn: sqlite3.Connection, left: Left) -> None:
    """All of it, while the guards of these tables are down."""
    with taken_down(conn, TABLES):
        for row, result in left.cases.items():
            rows.write_over(conn, row, result)
        for row, result in left.cases.items():
            rows.renew(conn, row, result)
        for row, text in left.units.items():
            conn.execute("UPDATE unit_results SET result=? WHERE id=?", [text, row])
        for uid, body in left.entries.items():
            conn.execute("UPDATE events SET body=? WHERE uid=?", [canonical(body), uid])
        for run, root in left.roots.items():
            conn.execute("UPDATE runs SET root=? WHERE id=?", [root, run])


def wipe(store: Store) -> None:
    """Take what was written over from the file and from the log beside it. Raises StoreUnusable."""
    conn = store.db
    try:
        conn.execute("PRAGMA secure_delete=ON")
        conn.execute("VACUUM")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as e:
        raise StoreUnusable(
            f"内容已经删除，但 {store.path} 里还可能有残留：{sentence(e)}"
            "做好以后再删除任何一个案卷，残留随之清除。"
        ) from e
