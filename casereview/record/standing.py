"""Results that stand: a case that rests on the very same ground in a later run (the same bytes,
rules, program, answers of people) is not written again. Its head in that run names the row of the
result that is there.

A ground is a digest of all that a result rests on (``run.remembered``); one that is damaged or lost
costs time only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from casereview.errors import StoreUnusable
from casereview.record import rows
from casereview.record.heads import CaseHead, in_parts, put

# one head of each row: a case that nobody touched for years has one for every run
_ONE = "(SELECT run, key FROM heads WHERE row=g.row LIMIT 1)"
_NAMES = ", ".join("h.key" if name == "case" else f"h.{name}" for name in CaseHead._fields)
_COPIED = ", ".join(f"[{name}]" for name in ("key", "case_key", "unit", "batch", "title"))
_SCORED = ", ".join(f"[{name}]" for name in ("score", "score_low", "score_high", "grade", "vetoed"))


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
    for some in in_parts([row for row in grounds.items() if row[0] not in found]):
        heads = {h.key: h for h in _known(conn, some)}
        put(conn, (h._replace(run=run) for h in heads.values()))
        found |= heads.keys()
    return found


def _known(conn: sqlite3.Connection, some: Sequence[tuple[str, str]]) -> Iterator[CaseHead]:
    """A head of each result on one of these grounds."""
    asked = {ground: case for case, ground in some}
    sql = (
        f"SELECT g.ground, {_NAMES} FROM grounds g JOIN heads h ON (h.run, h.key)={_ONE}"
        f" WHERE g.ground IN ({','.join('?' * len(asked))})"
    )
    for ground, *row in conn.execute(sql, list(asked)):
        head = CaseHead._make(row)
        if head.key == asked[ground]:
            yield head


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
