"""The one SQLite file: runs, their cases and what people said. Append-only; only the parent process
writes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import msgspec

from casereview.errors import StoreUnusable, UsageError
from casereview.record import edition, heads, rows, schema, standing
from casereview.record.briefs import Brief, from_brief
from casereview.record.edition import Edition
from casereview.record.faults import sentence
from casereview.record.heads import CaseHead, Tally
from casereview.record.places import is_shared
from casereview.record.result import (
    AnyResult,
    CaseResult,
    Run,
    UnitResult,
    from_json,
    to_json,
)
from casereview.record.rows import Sealed, Told, opened, patch_in, seal, told, unpacked

_WHOLE = "cases c ON c.id=h.row LEFT JOIN cases b ON b.id=nullif(h.base, 0)"
LOOKED_THROUGH = 64_000_000  # bytes up to which every opening looks through the whole store


def _text(v: float | None) -> str | None:
    return None if v is None else f"{v:g}"


def _insert(
    conn: sqlite3.Connection, table: str, row: Mapping[str, object], otherwise: str = ""
) -> int:
    """Put one row into a table. Returns its id."""
    columns = ", ".join(f"[{name}]" for name in row)
    marks = ", ".join("?" * len(row))
    cursor = conn.execute(
        f"INSERT {otherwise} INTO {table} ({columns}) VALUES ({marks})", list(row.values())
    )
    return int(cursor.lastrowid or 0)


def _roll_back(conn: sqlite3.Connection) -> None:
    try:
        conn.rollback()
    except sqlite3.DatabaseError:  # what cannot be taken back now is when the file is next opened
        return


def _copy(conn: sqlite3.Connection, path: Path) -> None:
    """A consistent copy, readable by its owner only, taken and checked by SQLite itself. Raises
    StoreUnusable.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        copy = sqlite3.connect(str(path))
        conn.backup(copy)
        whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        copy.close()
    except (sqlite3.DatabaseError, OSError) as e:
        raise StoreUnusable(f"备份到 {path} 没有完成：{sentence(e)}") from e
    if not whole:
        raise StoreUnusable(f"备份 {path} 没有通过核对，请换一个磁盘再试。")


def _unusable(path: Path, fault: Exception) -> str:
    """Why a file cannot be used as a store, and what to do."""
    if path.is_dir():
        return f"{path} 是文件夹，不是数据库；请写明其中的数据库文件，例如 {path}/casereview.db。"
    return f"{path} 不能使用：{sentence(fault)}"


class Store:
    """Opened store. Raises StoreUnusable when it is damaged, locked or newer than this program;
    then nothing was written. A store of an older schema is brought up to date; a copy of it stays
    beside it (``.schema2.bak``).
    """

    def __init__(self, path: Path, *, create: bool = True):
        self.path = path
        self.shared = is_shared(path)
        new = not path.exists()
        if new and not create:
            raise UsageError(
                f"找不到数据库 {path}。请先运行 casereview score，或者用 --db 指明数据库。"
            )
        try:
            if new:
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self.db = sqlite3.connect(str(path), timeout=10, isolation_level="DEFERRED")
            self._open(new)
        except (sqlite3.DatabaseError, OSError) as e:
            raise StoreUnusable(_unusable(path, e)) from e

    def _open(self, new: bool) -> None:
        """Refuse what is not ours to use, and bring the rest up to date."""
        version = schema.version_of(self.db)
        if version > schema.LATEST:
            raise StoreUnusable(
                f"{self.path} 是由更新版本的 casereview 建立的（第 {version} 版结构），"
                "请升级后再用；文件没有改动。"
            )
        small = not new and self.path.stat().st_size <= LOOKED_THROUGH
        if small and not self.sound():
            raise StoreUnusable(f"{self.path} 已损坏，请换用备份；文件没有改动。")
        if version < schema.LATEST:
            self._migrate(version)
        if self.shared:
            self.db.execute("PRAGMA journal_mode=DELETE")
        self.db.execute("PRAGMA recursive_triggers=ON")  # a REPLACE deletes: the triggers must hear
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("PRAGMA foreign_keys=ON")

    def sound(self) -> bool:
        """True when SQLite finds no damage anywhere; takes a second for every gigabyte or so."""
        return bool(self.db.execute("PRAGMA quick_check").fetchone()[0] == "ok")

    def disagreeing(self) -> int:
        """How many cases have no head, or one that says otherwise than the case, or go by a result
        that is not there.
        """
        same = " AND ".join(f"h.{c} IS c.{c}" for c in ("unit", "title", "grade", "vetoed"))
        sql = (
            "SELECT COUNT(*) FROM (SELECT run, key, MAX(revision) AS revision FROM cases"
            " GROUP BY run, key) AS last JOIN cases c USING (run, key, revision) LEFT JOIN heads h"
            f" ON h.row=c.id AND h.run=c.run WHERE h.row IS NULL OR NOT ({same})"
        )
        lost = (
            "SELECT COUNT(*) FROM heads h LEFT JOIN cases c ON c.id=h.row LEFT JOIN cases b ON"
            " b.id=c.base WHERE c.id IS NULL OR ifnull(c.base, 0)<>h.base"
            " OR (h.base AND (b.id IS NULL OR b.base IS NOT NULL))"
        )
        return sum(int(self.db.execute(s).fetchone()[0]) for s in (sql, lost))

    def _migrate(self, version: int) -> None:
        if version == 0 and schema.is_foreign(self.db):
            raise StoreUnusable(f"{self.path} 不是 casereview 的数据库；文件没有改动。")
        kept = self.path.with_name(f"{self.path.name}.schema{version}.bak")
        if schema.tables_of(self.db) and not kept.exists():
            _copy(self.db, kept)
        self.db.execute(f"PRAGMA journal_mode={'DELETE' if self.shared else 'WAL'}")
        self.db.execute("PRAGMA secure_delete=ON")
        schema.migrate(self.db)

    def close(self) -> None:
        """Close the connection."""
        self.db.close()

    def stamp(self) -> int:
        """A number that differs once another program has written to the store."""
        return int(self.db.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def writing(self, stays: str = "已有的内容保持完整。") -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or, with a sentence that ends in ``stays``, nothing. Raises
        StoreUnusable.
        """
        conn = self.db
        try:
            if conn.in_transaction:
                conn.commit()
            conn.execute("BEGIN IMMEDIATE")
            yield conn
            conn.commit()
        except sqlite3.DatabaseError as e:
            _roll_back(conn)
            raise StoreUnusable(f"没有写入 {self.path}：{sentence(e)}{stays}") from e
        except BaseException:
            _roll_back(conn)
            raise

    def start_run(self, header: Run) -> int:
        """Record a new run and return its number. Raises StoreUnusable, UsageError (an archive)."""
        if self.db.execute("SELECT 1 FROM events WHERE kind='archive.holds'").fetchone():
            raise UsageError("这是归档的数据库，只能查看；请评查到别的数据库（--db）。")
        row = asdict(replace(header, status="running"))
        row.pop("id")
        with self.writing() as conn:
            return _insert(conn, "runs", row)

    def copy_to(self, path: Path) -> None:
        """A checked copy, also while the store is in use. Raises StoreUnusable."""
        _copy(self.db, path)

    def save_editions(self, editions: list[Edition]) -> None:
        """Keep checklists as they are applied; one that is known already stays as it is."""
        known = {digest for (digest,) in self.db.execute("SELECT digest FROM cards")}
        fresh = [e for e in editions if e.digest not in known]
        if fresh:
            with self.writing() as conn:
                conn.executemany(
                    "INSERT OR IGNORE INTO cards (digest, id, version, body) VALUES (?,?,?,?)",
                    [(e.digest, e.id, e.version, edition.to_json(e)) for e in fresh],
                )

    def editions(self) -> dict[str, Edition]:
        """digest -> checklist as it was applied. Raises StoreUnusable."""
        rows = self.db.execute("SELECT digest, body FROM cards").fetchall()
        try:
            return {digest: edition.from_json(body) for digest, body in rows}
        except msgspec.DecodeError as e:
            raise StoreUnusable(f"{self.path} 里留存的标准读不出来：{e}。") from e

    def _read(self, kept: str | bytes, kind: type[AnyResult], run: int) -> AnyResult:
        """One stored result. Raises StoreUnusable."""
        with self._reading(run):
            return from_json(unpacked(kept), kind, run)

    @contextmanager
    def _reading(self, run: int) -> Iterator[None]:
        """What cannot be read is told with its run."""
        try:
            yield
        except (msgspec.DecodeError, ValueError) as e:
            raise StoreUnusable(f"{self.path} 第 {run} 次评查的结果读不出来：{e}。") from e

    def run_row(self, run: int) -> Run:
        """The header of a run. Raises UsageError."""
        row = next(self._run_rows("WHERE id=?", run), None)
        if row is None:
            raise UsageError(
                f"数据库里没有第 {run} 次评查，"
                f"有：{'、'.join(str(r.id) for r in self.runs()) or '（空）'}"
            )
        return row

    def unfinished(self, header: Run) -> int | None:
        """The last run of the same root, rules, program and options, when it was interrupted."""
        row = self.db.execute(
            "SELECT id FROM runs WHERE root=? AND checklist_sha256=? AND rules=? AND tool=?"
            " AND options=? ORDER BY id DESC LIMIT 1",
            [header.root, header.checklist_sha256, header.rules, header.tool, header.options],
        ).fetchone()
        return int(row[0]) if row and self.run_row(row[0]).unfinished else None

    def found_cases(self, run: int, cases: int) -> None:
        """Keep how many cases a run found, also when it is taken up again."""
        with self.writing() as conn:
            conn.execute("UPDATE runs SET cases=? WHERE id=?", [cases, run])

    def finish_run(self, run: int, when: str) -> None:
        """Mark a run as complete."""
        with self.writing() as conn:
            conn.execute("UPDATE runs SET status='done', finished=? WHERE id=?", [when, run])

    def done_cases(self, run: int) -> set[str]:
        """Keys of cases already scored in a run."""
        return set(self.keys(run))

    def keys(self, run: int) -> list[str]:
        """Keys of the cases of a run, in their order."""
        rows = self.db.execute("SELECT key FROM heads WHERE run=? ORDER BY key", [run])
        return [key for (key,) in rows]

    def count(self, run: int) -> int:
        """How many cases a run holds."""
        rows = self.db.execute("SELECT COUNT(*) FROM heads WHERE run=?", [run])
        return int(rows.fetchone()[0])

    def stand(self, run: int, grounds: Mapping[str, str]) -> set[str]:
        """Let a run refer to the results that this store has already on the same ground. Returns
        the cases of which there is one. ``grounds``: by case. Raises StoreUnusable.
        """
        with self.writing("已写入的案卷保持完整，再次运行同一命令即继续。") as conn:
            return standing.stand(conn, run, grounds)

    def grounds(self, run: int) -> dict[str, str]:
        """What the results of the cases of a run rest on, of those of which it is known."""
        return standing.grounds(self.db, run)

    def save_case(self, run: int, result: CaseResult, ground: str = "") -> int:
        """Write one case in one transaction, with its head and brief; a case judged again becomes
        its next revision. ``ground``: the digest of all it rests on, '' where another day may come
        to another result. Returns the row id. Raises StoreUnusable.
        """
        [row] = self.save_sealed(run, [(seal(result), ground)])
        return row

    def save_sealed(self, run: int, some: Iterable[tuple[Sealed, str]]) -> list[int]:
        """The same of several cases that are sealed already. Raises StoreUnusable, also where what
        a case goes by is here no more.
        """
        with self._writing_cases() as conn:
            return [standing.kept(conn, run, sealed, ground) for sealed, ground in some]

    def _writing_cases(self) -> AbstractContextManager[sqlite3.Connection]:
        return self.writing("已写入的案卷保持完整，再次运行同一命令即继续。")

    def save_moved(
        self, run: int, moved: Iterable[tuple[CaseResult, CaseResult]], grounds: Mapping[str, str]
    ) -> None:
        """Write cases of a run whose findings moved, each as it stood and as it is now: what moved,
        where a patch can say it. Raises StoreUnusable.
        """
        with self._writing_cases() as conn:
            for before, after in moved:
                now = replace(after, run=0)
                row = rows.keep_moved(conn, run, replace(before, run=0), now)
                standing.keep(conn, row, grounds.get(now.case, ""))

    def whole_digests(self, keys: Iterable[str]) -> dict[str, str]:
        """The digest of the newest result that stands whole in the store, by case."""
        return dict(rows.digests(self.db, keys))

    def known_by(self, keys: Mapping[int, str]) -> dict[int, str]:
        """The digest of the result of each row that stands whole in the store. ``keys``: the case
        of each row.
        """
        return rows.known_by(self.db, keys)

    def save_units(self, run: int, results: Iterable[UnitResult]) -> None:
        """Write the results of units once; a run that is resumed keeps what it has."""
        rows = [
            {
                "run": run,
                "batch": result.batch,
                "unit": result.unit,
                "score": _text(result.score),
                "grade": result.grade,
                "result": to_json(result),
            }
            for result in results
        ]
        with self.writing() as conn:
            for row in rows:
                _insert(conn, "unit_results", row, "OR IGNORE")

    def unit_results(self, run: int) -> list[UnitResult]:
        """Results of the units of a run, by batch and name."""
        return [
            self._read(r[0], UnitResult, run)
            for r in self.db.execute(
                "SELECT result FROM unit_results WHERE run=? ORDER BY batch, unit", [run]
            ).fetchall()
        ]

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        return list(self._run_rows("ORDER BY id"))

    def _run_rows(self, which: str, *values: int) -> Iterator[Run]:
        cursor = self.db.execute(f"SELECT * FROM runs {which}", values)
        names = [column for column, *_ in cursor.description]
        return (Run(**dict(zip(names, row, strict=True))) for row in cursor.fetchall())

    def numbers(self) -> list[str]:
        """The document numbers (文号) that were given to papers."""
        return [number for (number,) in self.db.execute("SELECT number FROM numbers").fetchall()]

    def register(self, numbers: Sequence[tuple[str, str]]) -> None:
        """Give numbers to papers, each with the entry of the journal by which they go out; part of
        the transaction at hand. Raises UsageError for one that is taken.
        """
        try:
            self.db.executemany("INSERT INTO numbers (number, event) VALUES (?,?)", numbers)
        except sqlite3.IntegrityError as e:
            raise UsageError("文号已经用过，没有印发；请再试一次。") from e

    def scored_runs(self) -> set[int]:
        """The runs that hold a case."""
        sql = "SELECT id FROM runs WHERE EXISTS (SELECT 1 FROM heads WHERE run=runs.id)"
        return {run for (run,) in self.db.execute(sql)}

    def last_run(self) -> int:
        """The newest run that holds a case. Raises UsageError."""
        row = self.db.execute("SELECT MAX(run) FROM heads").fetchone()
        if not row or row[0] is None:
            raise UsageError(f"{self.path} 里还没有评查结果，请先运行 casereview score。")
        return int(row[0])

    def heads(self, run: int, limit: int = -1, skip: int = 0) -> list[CaseHead]:
        """The heads of the cases of a run, by key; ``limit`` of them after the first ``skip``."""
        return heads.heads(self.db, run, limit, skip)

    def heads_of(self, run: int, column: str, values: Iterable[str]) -> list[CaseHead]:
        """The heads of a run with one of these values in a column: key, case_key or unit."""
        return heads.heads_of(self.db, run, column, values)

    def read_something(self, run: int) -> bool:
        """True when something was read of a file of a case of a run."""
        sql = "SELECT EXISTS (SELECT 1 FROM heads WHERE run=? AND read>0)"
        return bool(self.db.execute(sql, [run]).fetchone()[0])

    def case_keys(self, run: int) -> set[str]:
        """What the cases of a run are known by."""
        rows = self.db.execute("SELECT DISTINCT case_key FROM heads WHERE run=?", [run])
        return {key for (key,) in rows}

    def tallies(self, run: int) -> list[Tally]:
        """The cases of a run as the ranking counts them."""
        return heads.tallies(self.db, run)

    def results(self, run: int, keys: Iterable[str] | None = None) -> Iterator[CaseResult]:
        """The latest revision of every case of a run, or of those named, by key; one after the
        other. Raises StoreUnusable.
        """
        for kept, base in self._kept("c.result, b.result", _WHOLE, run, keys):
            with self._reading(run):
                result = replace(opened(kept, base), run=run)
            yield result

    def told(self, run: int) -> Iterator[tuple[str, list[Told]]]:
        """The findings of every case of a run as they stand in a table, by key. Raises
        StoreUnusable.
        """
        for key, kept, base in self._kept("h.key, c.result, b.result", _WHOLE, run, None):
            with self._reading(run):
                findings = told(kept, base)
            yield key, findings

    def with_identity(self, run: int, digits: str) -> set[str]:
        """The keys of the cases of a run that have, or go by a result that has, a finding whose
        identity begins so. Raises StoreUnusable.
        """
        kept = self._kept("h.key, c.result", "cases c ON c.id IN (h.row, h.base)", run, None)
        with self._reading(run):
            return {key for key, own in kept if rows.has_identity(own, digits)}

    def briefs(
        self, run: int, keys: Iterable[str] | None = None, loud: bool = False
    ) -> Iterator[Brief]:
        """The same without what only a look at the case itself needs. ``loud``: with those findings
        only that failed or are open.
        """
        joined = (
            "briefs b ON b.row=iif(h.base, h.base, h.row)"
            " LEFT JOIN cases c ON c.id=iif(h.base, h.row, NULL)"
        )
        with self._reading(run):
            for kept, moved in self._kept("b.body, c.result", joined, run, keys):
                yield from_brief(kept, run, loud, patch_in(moved) if moved else None)

    def _kept(
        self, columns: str, joined: str, run: int, keys: Iterable[str] | None
    ) -> Iterator[tuple[Any, ...]]:
        sql = f"SELECT {columns} FROM heads h JOIN {joined} WHERE h.run=?"
        if keys is None:
            yield from self.db.execute(f"{sql} ORDER BY h.key", [run])
            return
        for some in heads.in_parts(sorted(set(keys))):
            named = f"{sql} AND h.key IN ({','.join('?' * len(some))}) ORDER BY h.key"
            yield from self.db.execute(named, [run, *some]).fetchall()
