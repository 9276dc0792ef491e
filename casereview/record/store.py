"""The one SQLite file: runs, cases, files, findings. Append-only; only the parent process writes."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import sqlite_utils

from casereview.errors import NotUnique, StoreUnusable, UsageError
from casereview.model import PASS
from casereview.record.canonical_json import canonical
from casereview.record.result import CaseResult, Run, UnitResult, from_json, to_data, to_json
from casereview.record.schema import STEPS, migrate


def _text(v: float | None) -> str | None:
    return None if v is None else f"{v:g}"


class Store:
    """Opened store. Raises StoreUnusable when it is damaged, locked or newer than this program;
    then nothing was written.
    """

    def __init__(self, path: Path, *, create: bool = True):
        self.path = path
        new = not path.exists()
        if new and not create:
            raise UsageError(
                f"找不到数据库 {path}。请先运行 casereview score，或者用 --db 指明数据库。"
            )
        try:
            if new:
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            conn = sqlite3.connect(str(path), timeout=10, isolation_level="DEFERRED")
            self.db = sqlite_utils.Database(conn)
            version = self.db.execute("PRAGMA user_version").fetchone()[0]
            if version > len(STEPS):
                raise StoreUnusable(
                    f"{path} 是由更新版本的 casereview 建立的（第 {version} 版结构），请升级后再用；文件没有改动。"
                )
            if not new and self.db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreUnusable(f"{path} 已损坏，请换用备份；文件没有改动。")
            if version < len(STEPS):
                if not new and version == 0 and self.db.table_names():
                    raise StoreUnusable(f"{path} 不是 casereview 的数据库；文件没有改动。")
                self.db.execute("PRAGMA journal_mode=WAL")
                self.db.execute("PRAGMA secure_delete=ON")
                migrate(self.db)
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.execute("PRAGMA foreign_keys=ON")
        except (sqlite3.DatabaseError, OSError) as e:
            raise StoreUnusable(
                f"数据库 {path} 无法使用：{e}。请确认文件没有被其他程序占用、磁盘有空间、有写入权限。"
            ) from e

    def close(self) -> None:
        """Close the connection."""
        self.db.conn.close()

    def start_run(self, header: Run) -> int:
        """Record a new run and return its number."""
        row = {k: v for k, v in asdict(header).items() if k != "id"}
        run = self.db["runs"].insert({**row, "status": "running"}).last_pk
        self.db.conn.commit()
        return int(run)

    def copy_to(self, path: Path) -> None:
        """A consistent copy, readable by its owner only, taken by SQLite itself. Raises
        StoreUnusable.
        """
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            copy = sqlite3.connect(str(path))
            self.db.conn.backup(copy)
            whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            copy.close()
        except (sqlite3.DatabaseError, OSError) as e:
            raise StoreUnusable(f"备份到 {path} 失败：{e}。") from e
        if not whole:
            raise StoreUnusable(f"备份 {path} 没有通过核对，请换一个磁盘再试。")

    def save_editions(self, cards: list[dict[str, Any]]) -> None:
        """Keep checklists as they are applied; one that is known already stays as it is."""
        self.db.conn.executemany(
            "INSERT OR IGNORE INTO cards (digest, id, version, body) VALUES (?,?,?,?)",
            [(c["digest"], c["id"], c["version"], canonical(c)) for c in cards],
        )
        self.db.conn.commit()

    def editions(self) -> dict[str, dict[str, Any]]:
        """digest -> checklist as it was applied."""
        return {
            d: json.loads(body)
            for d, body in self.db.execute("SELECT digest, body FROM cards").fetchall()
        }

    def run_row(self, run: int) -> Run:
        """The header of a run. Raises UsageError."""
        row = next((r for r in self.runs() if r.id == run), None)
        if row is None:
            raise UsageError(
                f"数据库里没有第 {run} 次评查，"
                f"有：{'、'.join(str(r.id) for r in self.runs()) or '（空）'}"
            )
        return row

    def unfinished(self, root: str, sha256: str, options: str) -> int | None:
        """The last run of the same root, checklist and options, when it was interrupted."""
        row = self.db.execute(
            "SELECT id, status FROM runs WHERE root=? AND checklist_sha256=? AND options=? ORDER BY"
            " id DESC LIMIT 1",
            [root, sha256, options],
        ).fetchone()
        return int(row[0]) if row and row[1] == "running" else None

    def finish_run(self, run: int, when: str) -> None:
        """Mark a run as complete."""
        self.db.execute("UPDATE runs SET status='done', finished=? WHERE id=?", [when, run])
        self.db.conn.commit()

    def done_cases(self, run: int) -> set[str]:
        """Keys of cases already scored in a run."""
        return {
            r[0] for r in self.db.execute("SELECT key FROM cases WHERE run=?", [run]).fetchall()
        }

    def save_case(self, run: int, result: CaseResult) -> int:
        """Write one case in one transaction; a case judged again becomes its next revision. Returns
        the row id.
        """
        conn = self.db.conn
        try:
            if conn.in_transaction:
                conn.commit()
            conn.execute("BEGIN IMMEDIATE")
            rev = conn.execute(
                "SELECT COALESCE(MAX(revision), 0) + 1 FROM cases WHERE run=? AND key=?",
                [run, result.case],
            ).fetchone()[0]
            cur = conn.execute(
                "INSERT INTO cases (run, revision, key, case_key, unit, batch, title, score,"
                " score_low, score_high, grade, vetoed, result) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                [
                    run,
                    rev,
                    result.case,
                    result.case_key,
                    result.unit,
                    result.batch,
                    result.title,
                    _text(result.score),
                    _text(result.score_low),
                    _text(result.score_high),
                    result.grade,
                    int(result.vetoed),
                    to_json(result),
                ],
            )
            case = int(cur.lastrowid or 0)
            conn.executemany(
                "INSERT INTO files ([case], path, sha256, size, format, outcome) VALUES"
                " (?,?,?,?,?,?)",
                [(case, f.file, f.sha256, f.size, f.format, f.outcome) for f in result.files],
            )
            conn.executemany(
                "INSERT INTO findings ([case], seq, check_id, status, points, deducted, veto,"
                " message, identity, evidence_digest, evidence) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                [
                    (
                        case,
                        i,
                        f.check,
                        f.status,
                        f.points,
                        f.deducted,
                        int(f.veto),
                        f.message,
                        f.identity,
                        f.evidence_digest,
                        canonical(to_data(f)["evidence"]) if f.status != PASS else "[]",
                    )
                    for i, f in enumerate(result.findings, 1)
                ],
            )
            conn.commit()
            return case
        except sqlite3.DatabaseError as e:
            conn.rollback()
            raise StoreUnusable(
                f"写入数据库 {self.path} 失败：{e}。已写入的案卷保持完整，排除故障后再次运行即可继续。"
            ) from e

    def save_unit(self, run: int, result: UnitResult) -> None:
        """Write the result of a unit once; a run that is resumed keeps what it has."""
        try:
            self.db.execute(
                "INSERT OR IGNORE INTO unit_results (run, batch, unit, score, grade, result) VALUES"
                " (?,?,?,?,?,?)",
                [
                    run,
                    result.batch,
                    result.unit,
                    _text(result.score),
                    result.grade,
                    to_json(result),
                ],
            )
            self.db.conn.commit()
        except sqlite3.DatabaseError as e:
            raise StoreUnusable(f"写入数据库 {self.path} 失败：{e}。") from e

    def unit_results(self, run: int) -> list[UnitResult]:
        """Results of the units of a run, by batch and name."""
        return [
            from_json(r[0], UnitResult, run)
            for r in self.db.execute(
                "SELECT result FROM unit_results WHERE run=? ORDER BY batch, unit", [run]
            ).fetchall()
        ]

    def runs(self) -> list[Run]:
        """All runs, oldest first."""
        return [Run(**row) for row in self.db.query("SELECT * FROM runs ORDER BY id")]

    def last_run(self) -> int:
        """The newest run that holds a case. Raises UsageError."""
        row = self.db.execute("SELECT MAX(run) FROM cases").fetchone()
        if not row or row[0] is None:
            raise UsageError(f"{self.path} 里还没有评查结果，请先运行 casereview score。")
        return int(row[0])

    def results(self, run: int) -> Iterator[CaseResult]:
        """The latest revision of every case of a run, by key."""
        sql = (
            "SELECT result FROM cases c WHERE run=? AND revision=(SELECT MAX(revision) FROM cases d"
            " WHERE d.run=c.run AND d.key=c.key) ORDER BY key"
        )
        for (text,) in self.db.execute(sql, [run]).fetchall():
            yield from_json(text, CaseResult, run)

    def find(self, run: int, name: str) -> CaseResult:
        """The case whose key is ``name`` or the only one that contains it. Raises UsageError."""
        wanted = name.strip("/").replace("\\", "/")
        every = list(self.results(run))
        hits = (
            [r for r in every if r.case == wanted]
            or [r for r in every if r.case.endswith("/" + wanted) or wanted.endswith("/" + r.case)]
            or [r for r in every if wanted in r.case]
        )
        if len(hits) == 1:
            return hits[0]
        if not hits:
            raise UsageError(
                f"第 {run} 次评查里没有案卷“{name}”。可以用 casereview units 查看全部案卷。"
            )
        raise NotUnique(
            f"“{name}”对应 {len(hits)} 个案卷，请写得更具体：\n"
            + "\n".join("  " + r.case for r in hits[:10])
        )
