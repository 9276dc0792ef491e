"""A result as the rows of the store: the case, its head and its brief. A result stands whole, or as
what it says otherwise than a whole one of the same case in the same store (``patches``).
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from casereview.record import patches
from casereview.record.briefs import LEVEL, brief_of
from casereview.record.guards import taken_down
from casereview.record.heads import CaseHead, head_of, heads_of, in_parts, put
from casereview.record.patches import Patch, patch_of
from casereview.record.result import CaseResult, from_json, to_json

_SCORES = ("score", "score_low", "score_high")
_TEXTS = ("key", "case_key", "unit", "batch", "title")


@dataclass(frozen=True)
class Sealed:
    """A result ready to be written, without the run. ``result``: itself, or what it says otherwise
    than the one whose digest is ``base``; ``digest``: what it is known by where it is whole;
    ``brief``: of one that is whole.
    """

    head: CaseHead
    result: bytes
    digest: str = ""
    brief: bytes = b""
    base: str = ""


def packed(text: str) -> bytes:
    """A text as the store keeps it."""
    return zlib.compress(text.encode(), LEVEL)


def unpacked(kept: str | bytes) -> str:
    """What was packed; a text of an earlier version as it is. Raises ValueError."""
    if isinstance(kept, str):
        return kept
    try:
        return zlib.decompress(kept).decode()
    except zlib.error as e:
        raise ValueError(str(e)) from e


def seal(r: CaseResult) -> Sealed:
    """A whole result."""
    text = to_json(r)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Sealed(head_of(r), packed(text), digest, brief_of(r))


def seal_patch(head: CaseHead, patch: Patch, base: str) -> Sealed:
    """A result that is another with what a patch says. ``base``: the digest of that other."""
    return Sealed(head, packed(patches.to_json(patch)), base=base)


@lru_cache(maxsize=512)
def patch_in(kept: bytes) -> Patch:
    """A patch as it was kept. Raises msgspec.DecodeError, ValueError."""
    return patches.from_json(unpacked(kept))


def opened(result: bytes | str, base: bytes | str | None) -> CaseResult:
    """A result as it was written. ``base``: by which it goes, None where it is whole. Raises
    msgspec.DecodeError, ValueError.
    """
    if base is None:
        return from_json(unpacked(result), CaseResult)
    patch = patch_in(result)
    return patches.patched(from_json(unpacked(base), CaseResult), patch)


class Told(msgspec.Struct, gc=False):
    """A finding of which only what stands in a table is read."""

    check: str = ""
    status: str = ""
    points: str = ""
    deducted: str = ""
    veto: bool = False
    message: str = ""
    identity: str = ""


class _Told(msgspec.Struct):
    findings: list[Told] = []


def _told(kept: bytes | str) -> list[Told]:
    return msgspec.json.decode(unpacked(kept), type=_Told).findings


def has_identity(kept: bytes | str, digits: str) -> bool:
    """True where a finding of a result, as it is kept, has an identity that begins so. Raises
    msgspec.DecodeError, ValueError.
    """
    return any(f.identity.startswith(digits) for f in _told(kept))


def told(result: bytes | str, base: bytes | str | None) -> list[Told]:
    """The findings of a result that was written, as ``opened``."""
    if base is None:
        return _told(result)
    moved = {f.check: f for f in _told(result)}
    lines = patch_in(result).lines
    every = [moved.get(f.check, f) for f in _told(base)]
    for f in every:
        f.points, f.deducted, f.veto = lines.get(f.check, (f.points, f.deducted, f.veto))
    return every


def whole(conn: sqlite3.Connection, row: int) -> CaseResult:
    """The result that stands in a row. Raises msgspec.DecodeError, ValueError."""
    sql = "SELECT c.result, b.result FROM cases c LEFT JOIN cases b ON b.id=c.base WHERE c.id=?"
    return opened(*conn.execute(sql, [row]).fetchone())


def case_row(s: Sealed, base: int = 0) -> dict[str, object]:
    """A case as its table has it. ``base``: the row by which it goes, 0 for none."""
    h = s.head
    return {
        **{name: getattr(h, name) for name in _TEXTS},
        **{n: None if (v := getattr(h, n)) is None else f"{v:g}" for n in _SCORES},
        "grade": h.grade,
        "vetoed": h.vetoed,
        "result": s.result,
        "base": base or None,
        "digest": s.digest,
    }


def insert(conn: sqlite3.Connection, run: int, s: Sealed, base: int = 0) -> int:
    """Write a case as the next revision in a run, without its head; part of the transaction at
    hand. Returns its row.
    """
    found = conn.execute("SELECT MAX(revision) FROM cases WHERE run=? AND key=?", [run, s.head.key])
    row = {"run": run, "revision": (found.fetchone()[0] or 0) + 1, **case_row(s, base)}
    names, marks = ", ".join(f"[{n}]" for n in row), ", ".join("?" * len(row))
    cursor = conn.execute(f"INSERT INTO cases ({names}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def keep(conn: sqlite3.Connection, run: int, s: Sealed, base: int = 0) -> int:
    """Write a case with its head and brief in the place of those of its earlier revision; part of
    the transaction at hand. ``base``: as for ``insert``. Returns its row.
    """
    row = insert(conn, run, s, base)
    key = s.head.key
    old = conn.execute("SELECT row, base FROM heads WHERE run=? AND key=?", [run, key]).fetchone()
    conn.execute("DELETE FROM heads WHERE run=? AND key=?", [run, key])
    put(conn, [s.head._replace(run=run, row=row, base=base)])
    if base:
        _with_brief(conn, base)
    else:
        put_brief(conn, row, s.brief)
    if old:
        tidy(conn, old)
    return row


def keep_moved(conn: sqlite3.Connection, run: int, before: CaseResult, after: CaseResult) -> int:
    """Write a case of which some findings moved as the next revision: what moved, where a patch can
    say it; part of the transaction at hand. Returns its row.
    """
    patch = patch_of(before, after)
    if patch is None:
        return keep(conn, run, seal(after))
    [old] = heads_of(conn, run, "key", [after.case])
    if old.base:
        [[kept]] = conn.execute("SELECT result FROM cases WHERE id=?", [old.row])
        patch = patch_in(kept).then(patch)
    return keep(conn, run, seal_patch(head_of(after), patch, ""), old.base or old.row)


def put_brief(conn: sqlite3.Connection, row: int, brief: bytes) -> None:
    """Write a brief that is not there; part of the transaction at hand."""
    conn.execute("INSERT INTO briefs (row, body) VALUES (?,?)", [row, brief])


def _with_brief(conn: sqlite3.Connection, row: int) -> None:
    """Give the result of a row its brief, where it has none since nothing was based on it."""
    if not conn.execute("SELECT 1 FROM briefs WHERE row=?", [row]).fetchone():
        put_brief(conn, row, brief_of(whole(conn, row)))


def tidy(conn: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Forget briefs and grounds of these rows where no head needs them any more."""
    for row in filter(None, rows):
        used = "SELECT 1 FROM heads WHERE {}=? LIMIT 1"
        if conn.execute(used.format("row"), [row]).fetchone():
            continue
        conn.execute("DELETE FROM grounds WHERE row=?", [row])
        if not conn.execute(f"{used.format('base')}", [row]).fetchone():
            conn.execute("DELETE FROM briefs WHERE row=?", [row])


def renew(conn: sqlite3.Connection, row: int, r: CaseResult) -> None:
    """Make what is kept of a stored result again, in every run in which it stands; part of the
    transaction at hand.
    """
    runs = conn.execute("SELECT run FROM heads WHERE row=?", [row]).fetchall()
    for table in ("heads", "briefs", "grounds"):
        conn.execute(f"DELETE FROM {table} WHERE row=?", [row])
    if runs:
        head = head_of(r)._replace(row=row)
        put(conn, (head._replace(run=run) for (run,) in runs))
        put_brief(conn, row, brief_of(r))


def write_over(conn: sqlite3.Connection, row: int, r: CaseResult) -> None:
    """Write a whole result into a row that stands; part of the transaction at hand, while the
    guards are down.
    """
    given = case_row(seal(r))
    names = ", ".join(f"[{n}]=?" for n in given)
    conn.execute(f"UPDATE cases SET {names} WHERE id=?", [*given.values(), row])


def part_from(conn: sqlite3.Connection, runs: Sequence[int]) -> None:
    """Write whole what goes by a row on the other side: one of these runs by one of the others, or
    the other way round. It says the same; part of the transaction at hand.
    """
    marks = ",".join("?" * len(runs))
    sql = (
        "SELECT c.id FROM cases c JOIN cases b ON b.id=c.base"
        f" WHERE (c.run IN ({marks}))<>(b.run IN ({marks}))"
    )
    rows = [row for (row,) in conn.execute(sql, [*runs, *runs]).fetchall()]
    with taken_down(conn, ("cases",)):
        for row in rows:
            result = whole(conn, row)
            write_over(conn, row, result)
            if conn.execute("SELECT 1 FROM heads WHERE row=? LIMIT 1", [row]).fetchone():
                conn.execute("UPDATE heads SET base=0 WHERE row=?", [row])
                put_brief(conn, row, brief_of(result))
    conn.execute(
        "DELETE FROM briefs WHERE row NOT IN (SELECT row FROM heads UNION SELECT base FROM heads)"
    )


def base_of(conn: sqlite3.Connection, key: str, digest: str) -> int:
    """The row of the whole result of a case that is known by a digest; 0 where there is none."""
    sql = "SELECT id FROM cases WHERE key=? AND digest=? AND digest<>'' LIMIT 1"
    found = conn.execute(sql, [key, digest]).fetchone()
    return int(found[0]) if found else 0


def digests(conn: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Cases with the digest of each of their whole results, oldest first."""
    for some in in_parts(list(keys)):
        marks = ",".join("?" * len(some))
        sql = f"SELECT key, digest FROM cases WHERE digest<>'' AND key IN ({marks}) ORDER BY id"
        yield from conn.execute(sql, list(some))


def known_by(conn: sqlite3.Connection, keys: Mapping[int, str]) -> dict[int, str]:
    """Rows of whole results with the digest that each is known by. ``keys``: the case of each row,
    by which it is found without reading the row itself.
    """
    out: dict[int, str] = {}
    for some in in_parts(list(set(keys.values()))):
        marks = ",".join("?" * len(some))
        sql = f"SELECT id, digest FROM cases WHERE digest<>'' AND key IN ({marks})"
        out |= {row: digest for row, digest in conn.execute(sql, list(some)) if row in keys}
    return out
