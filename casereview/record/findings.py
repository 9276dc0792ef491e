"""The findings of the cases of a run as the tool left them, asked of their table: for counts and
tables over many cases, none of which is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from casereview.model import FAIL

_OF_RUN = 'FROM heads h JOIN findings f ON f."case"=h.row WHERE h.run=?'
# row of the case, item, status, points, points taken, veto, message, identity
Told = tuple[int, str, str, str, str, int, str, str]


def findings(
    conn: sqlite3.Connection, run: int, units: Collection[str] | None = None
) -> Iterator[Told]:
    """Every finding, case by case; ``units``: of their cases alone."""
    own = sorted(units or ())
    which = "" if units is None else f" AND h.unit IN ({','.join('?' * len(own))})"
    sql = (
        "SELECT h.row, f.check_id, f.status, f.points, f.deducted, f.veto, f.message, f.identity"
        f" {_OF_RUN}{which} ORDER BY h.key, f.id"
    )
    yield from conn.execute(sql, [run, *own])


def faults(conn: sqlite3.Connection, run: int) -> Iterator[tuple[int, str]]:
    """The row of a case and an item that failed in it, each."""
    sql = f"SELECT h.row, f.check_id {_OF_RUN} AND h.fails>0 AND f.status=?"
    yield from conn.execute(sql, [run, FAIL])


def kinds_of_faults(conn: sqlite3.Connection, run: int) -> set[tuple[str, str]]:
    """Units with the items that failed in one of their cases."""
    sql = f"SELECT DISTINCT h.unit, f.check_id {_OF_RUN} AND h.fails>0 AND f.status=?"
    return set(conn.execute(sql, [run, FAIL]))


def rows_with(conn: sqlite3.Connection, run: int, digits: str) -> set[int]:
    """The rows of the cases with a finding whose identity begins so."""
    sql = f"SELECT DISTINCT h.row {_OF_RUN} AND f.identity>=? AND f.identity<?"
    return {row for (row,) in conn.execute(sql, [run, digits, digits + "g"])}


def message(conn: sqlite3.Connection, row: int, check: str) -> str:
    """What the tool said of an item of the case that stands in this row."""
    sql = 'SELECT message FROM findings WHERE "case"=? AND check_id=?'
    found = conn.execute(sql, [row, check]).fetchone()
    return str(found[0]) if found else ""
