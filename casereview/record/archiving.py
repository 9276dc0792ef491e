"""Runs in a store file of their own: copied, compared row by row, and only then taken out of the
store at hand, in one transaction with the entry of the journal that says so. The journal itself
goes along whole and stays whole: both chains verify, and what was printed on papers is found in
both.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from casereview.errors import StoreUnusable
from casereview.record.entries import ArchiveMade, RunsArchived
from casereview.record.erasing import wipe
from casereview.record.faults import sentence
from casereview.record.guards import taken_down
from casereview.record.journal import Journal, event_of
from casereview.record.standing import set_apart
from casereview.record.store import Store

# table -> the rows of it that go along; the order in which they are copied
MOVED = {
    "runs": "id IN ({runs})",
    "cases": "run IN ({runs})",
    "unit_results": "run IN ({runs})",
    "briefs": (
        "row IN (SELECT row FROM {db}.heads WHERE run IN ({runs}) UNION"
        " SELECT base FROM {db}.heads WHERE run IN ({runs}))"
    ),
    "heads": "run IN ({runs})",
}
COPIED = ("cards", "events", "numbers")  # what goes along whole and stays
# in this order taken out; the headers of the runs stay, so that no number is given twice
_TAKEN = ("briefs", "heads", "unit_results", "cases")
_KEYED = {"heads": ("run", "key")}  # tables without row numbers, and by what rows are known


def copy_runs(
    store: Store, runs: Sequence[int], path: Path, said: ArchiveMade, at: str, by: str
) -> dict[str, int]:
    """A store at ``path`` with these runs and the whole journal, compared row by row with what it
    was copied from. Returns rows by table. Raises StoreUnusable; then there is no such file.
    """
    temp = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        archive = Store(temp)
        archive.close()
        with store.writing() as conn:
            set_apart(conn, runs)
        with _beside(store, temp) as conn:
            for table in (*COPIED, *MOVED):
                _copy(conn, table, runs)
            conn.commit()
            rows = {table: _compared(conn, table, runs) for table in (*COPIED, *MOVED)}
        archive = Store(temp)
        _whole(archive)
        Journal(archive).add([event_of(at, by, said)])
        archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        archive.close()
        os.replace(temp, path)
    except (sqlite3.DatabaseError, OSError) as e:
        raise StoreUnusable(f"归档到 {path} 没有完成：{sentence(e)}原来的数据库没有改动。") from e
    finally:
        for left in (temp, *(temp.with_name(temp.name + end) for end in ("-wal", "-shm"))):
            left.unlink(missing_ok=True)
    return rows


def take_out(store: Store, runs: Sequence[int], said: RunsArchived, at: str, by: str) -> None:
    """Take these runs out and record where they are, in one transaction, then give the room back.
    Raises StoreUnusable; then nothing changed.
    """
    conn = store.db
    Journal(store).add([event_of(at, by, said)], lambda: _delete(conn, runs))
    wipe(store)


def _delete(conn: sqlite3.Connection, runs: Sequence[int]) -> None:
    with taken_down(conn, _TAKEN):
        own = f"SELECT row FROM heads WHERE run IN ({_listed(runs)})"
        conn.execute(f"DELETE FROM grounds WHERE row IN ({own})")
        for table in _TAKEN:
            conn.execute(f"DELETE FROM {table} WHERE {_which(table, 'main', runs)}")


def _which(table: str, db: str, runs: Sequence[int]) -> str:
    """The rows of a table that go along."""
    if table in COPIED:
        return "1"
    return MOVED[table].format(db=db, runs=_listed(runs))


def _listed(runs: Sequence[int]) -> str:
    return ",".join(map(str, map(int, runs)))


@contextmanager
def _beside(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    """The store at hand with another attached as ``archive``."""
    conn = store.db
    if conn.in_transaction:
        conn.commit()
    conn.execute("ATTACH DATABASE ? AS archive", [str(path)])
    try:
        conn.execute("PRAGMA archive.synchronous=FULL")
        yield conn
    finally:
        conn.rollback()
        conn.execute("DETACH DATABASE archive")


def _columns(conn: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table, its row number first where it has one of its own."""
    rows = conn.execute(f"PRAGMA main.table_info({table})").fetchall()
    names = [f'"{name}"' for _, name, *_ in rows]
    keyed = table in _KEYED or any(kind == "INTEGER" and key for _, _, kind, _, _, key in rows)
    return names if keyed else ["rowid", *names]


def _copy(conn: sqlite3.Connection, table: str, runs: Sequence[int]) -> None:
    columns = ", ".join(_columns(conn, table))
    conn.execute(
        f"INSERT INTO archive.{table} ({columns}) SELECT {columns} FROM main.{table}"
        f" WHERE {_which(table, 'main', runs)}"
    )


def _compared(conn: sqlite3.Connection, table: str, runs: Sequence[int]) -> int:
    """How many rows stand in both, each the same in every column. Raises StoreUnusable."""
    columns = _columns(conn, table)
    keys = _KEYED.get(table, ("rowid",))
    met = " AND ".join(f"b.{k}=a.{k}" for k in keys)
    same = " AND ".join(f"b.{c} IS a.{c}" for c in columns)
    own = "*" if table in _KEYED else "rowid, *"
    mine = f"(SELECT {own} FROM main.{table} WHERE {_which(table, 'main', runs)})"
    both = f"{mine} a JOIN archive.{table} b ON {met} AND {same}"
    counts = [
        int(conn.execute(f"SELECT COUNT(*) FROM {rows}").fetchone()[0])
        for rows in (mine, f"archive.{table}", both)
    ]
    if len(set(counts)) > 1:
        raise StoreUnusable(
            f"归档的内容与原来的对不上（{table}：{'、'.join(map(str, counts))}），没有归档；"
            "原来的数据库没有改动。"
        )
    return counts[0]


def _whole(archive: Store) -> None:
    """Raises StoreUnusable for an archive that SQLite or the chain finds fault with."""
    if not archive.sound() or Journal(archive).broken():
        raise StoreUnusable("归档的文件没有通过核对，没有归档；请换一个磁盘再试。")
