"""Results that stand: a case that rests on the very same ground in a later run (the same bytes,
rules, program, answers of people) is not written again. Its head in that run names the row of the
result that is there.

A ground is a digest of all that a result rests on (``run.remembered``); one that is damaged or lost
costs time only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from casereview.errors import StoreUnusable
from casereview.record import rows
from casereview.record.heads import COLUMNS, in_parts

# one head of each row: a case that nobody touched for years has one for every run
_ONE = "(SELECT run, key FROM heads WHERE row=g.row LIMIT 1)"
_COPIED = tuple(name for name in COLUMNS if name != "run")


def keep(conn: sqlite3.Connection, row: int, ground: str) -> None:
    """Keep what a stored result rests on ('' for nothing that lasts); part of the transaction at
    hand.
    """
    if ground:
        conn.execute("INSERT OR REPLACE INTO grounds (ground, row) VALUES (?,?)", [ground, row])


def kept(conn: sqlite3.Connection, run: int, sealed: rows.Sealed, ground: str) -> int:
    """Write a case with what it rests on; part of the transaction at hand. Returns its row. Raises
    StoreUnusable where the result by which it goes is here no more.
    """
    base = rows.base_of(conn, sealed.head.key, sealed.base) if sealed.base else 0
    if sealed.base and not base:
        raise StoreUnusable(
            f"{sealed.head.key} 原来的结果在评查期间删除了，再次运行同一命令即继续。"
        )
    row = rows.keep(conn, run, sealed, base)
    keep(conn, row, ground)
    return row


def stand(conn: sqlite3.Connection, run: int, grounds: Mapping[str, str]) -> set[str]:
    """Give a run the heads of results on the same grounds, where they are of the same case; part
    of the transaction at hand. Returns the cases that have one now.
    """
    there = {key for (key,) in conn.execute("SELECT key FROM heads WHERE run=?", [run])}
    found = there & grounds.keys()  # another process scores the same run
    rest = [(ground, case) for case, ground in grounds.items() if case not in found]
    for some in in_parts(rest):
        found |= _given(conn, run, dict(some))
    return found


def _given(conn: sqlite3.Connection, run: int, cases: Mapping[str, str]) -> set[str]:
    """Give a run a head of each result on these grounds, where it is of the case. ``cases``: by
    ground. Returns those that have one now.
    """
    known = conn.execute(f"SELECT g.ground, h.key {_on(cases)}", list(cases)).fetchall()
    own = {ground: case for ground, case in known if case == cases[ground]}
    names = f"h.{', h.'.join(_COPIED)}"
    copied = f"INSERT INTO heads (run, {', '.join(_COPIED)}) SELECT ?, {names} {_on(own)}"
    conn.execute(copied, [run, *own])
    return set(own.values())


def _on(grounds: Collection[str]) -> str:
    marks = ",".join("?" * len(grounds))
    return f"FROM grounds g JOIN heads h ON (h.run, h.key)={_ONE} WHERE g.ground IN ({marks})"


def grounds(conn: sqlite3.Connection, run: int) -> dict[str, str]:
    """What the results of the cases of a run rest on, by case."""
    sql = "SELECT h.key, g.ground FROM heads h JOIN grounds g ON g.row=h.row WHERE h.run=?"
    return dict(conn.execute(sql, [run]).fetchall())


def set_apart(conn: sqlite3.Connection, runs: Sequence[int]) -> None:
    """Write results that stand both in these runs and in others once more, and whole what goes by
    a result on the other side, so that each side holds its own; part of the transaction at hand.
    """
    marks = ",".join("?" * len(runs))
    sql = (
        "SELECT h.run, h.key, h.row FROM heads h JOIN cases c ON c.id=h.row"
        f" WHERE (h.run IN ({marks}))<>(c.run IN ({marks}))"
    )
    for run, key, row in conn.execute(sql, [*runs, *runs]).fetchall():
        conn.execute("DELETE FROM heads WHERE run=? AND key=?", [run, key])
        own = rows.keep(conn, run, rows.seal(rows.whole(conn, row)))
        if run not in runs:  # what goes away leaves its ground to what stays
            conn.execute("UPDATE grounds SET row=? WHERE row=?", [own, row])
    rows.part_from(conn, runs)
    conn.execute("DELETE FROM grounds WHERE row NOT IN (SELECT row FROM heads)")
