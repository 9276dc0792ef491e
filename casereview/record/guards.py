"""The guards that keep rows that stand from being changed, taken down for the two acts that may."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def taken_down(conn: sqlite3.Connection, tables: Sequence[str]) -> Iterator[None]:
    """The guards of these tables are down inside, and up again after it; part of the transaction at
    hand.
    """
    guards = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND tbl_name IN"
        f" ({','.join('?' * len(tables))})",
        list(tables),
    ).fetchall()
    for name, _ in guards:
        conn.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in guards:
        conn.execute(sql)
