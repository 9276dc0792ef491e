"""The schema of the store, step by step. A released step never changes what it leaves behind; a new
one is added below.

All pending steps and the record of them are one transaction: a crash in the middle leaves the
store as it was. ``PRAGMA user_version`` tells programs that do not know a step that the store is
newer than they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from casereview.errors import StoreUnusable
from casereview.record.rows import renew, whole

if TYPE_CHECKING:  # a third of a second to import, and only a store that is behind needs it
    import sqlite_utils

APPEND_ONLY = "评查结果只增不改"
STEPS: list[Callable[[sqlite_utils.Database], None]] = []  # in the order they are taken


def _step(make: Callable[[sqlite_utils.Database], None]) -> Callable[[sqlite_utils.Database], None]:
    """One step more."""
    STEPS.append(make)
    return make


def _append_only(db: sqlite_utils.Database, table: str, says: str) -> None:
    """Refuse every change of a row that stands."""
    for verb in ("UPDATE", "DELETE"):
        db.conn.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )


@_step
def results(db: sqlite_utils.Database) -> None:
    """Schema 1: runs, cases, files, findings."""
    _runs(db)
    _cases(db)
    _findings(db)
    for table in ("cases", "findings", "files"):
        _append_only(db, table, APPEND_ONLY)


def _runs(db: sqlite_utils.Database) -> None:
    db.table("runs").create(
        {
            "id": int,
            "root": str,
            "started": str,
            "finished": str,
            "as_of": str,
            "checklist": str,
            "checklist_version": str,
            "checklist_sha256": str,
            "rules": str,
            "tool": str,
            "environment": str,
            "options": str,
            "status": str,
        },
        pk="id",
        if_not_exists=True,
    )


def _cases(db: sqlite_utils.Database) -> None:
    cases = db.table("cases").create(
        {
            "id": int,
            "run": int,
            "revision": int,
            "key": str,
            "case_key": str,
            "unit": str,
            "batch": str,
            "title": str,
            "score": str,
            "score_low": str,
            "score_high": str,
            "grade": str,
            "vetoed": int,
            "result": str,
        },
        pk="id",
        foreign_keys=[("run", "runs", "id")],
        if_not_exists=True,
    )
    cases.create_index(["run", "key", "revision"], unique=True, if_not_exists=True)
    cases.create_index(["unit"], if_not_exists=True)
    files = db.table("files").create(
        {"case": int, "path": str, "sha256": str, "size": int, "format": str, "outcome": str},
        foreign_keys=[("case", "cases", "id")],
        if_not_exists=True,
    )
    files.create_index(["case"], if_not_exists=True)


def _findings(db: sqlite_utils.Database) -> None:
    findings = db.table("findings").create(
        {
            "id": int,
            "case": int,
            "seq": int,
            "check_id": str,
            "status": str,
            "points": str,
            "deducted": str,
            "veto": int,
            "message": str,
            "identity": str,
            "evidence_digest": str,
            "evidence": str,
        },
        pk="id",
        foreign_keys=[("case", "cases", "id")],
        if_not_exists=True,
    )
    findings.create_index(["case"], if_not_exists=True)
    findings.create_index(["check_id", "status"], if_not_exists=True)


@_step
def units(db: sqlite_utils.Database) -> None:
    """Schema 2: results of units."""
    table = db.table("unit_results").create(
        {
            "id": int,
            "run": int,
            "batch": str,
            "unit": str,
            "score": str,
            "grade": str,
            "result": str,
        },
        pk="id",
        foreign_keys=[("run", "runs", "id")],
        if_not_exists=True,
    )
    table.create_index(["run", "batch", "unit"], unique=True, if_not_exists=True)
    _append_only(db, "unit_results", APPEND_ONLY)


@_step
def rounds(db: sqlite_utils.Database) -> None:
    """Schema 3: editions (``cards``) and the journal."""
    db.table("cards").create(
        {"digest": str, "id": str, "version": str, "body": str}, pk="digest", if_not_exists=True
    )
    events = db.table("events").create(
        {
            "seq": int,
            "uid": str,
            "at": str,
            "actor": str,
            "kind": str,
            "body": str,
            "prev": str,
            "hash": str,
        },
        pk="seq",
        if_not_exists=True,
    )
    events.create_index(["uid"], unique=True, if_not_exists=True)
    events.create_index(["kind"], if_not_exists=True)
    _append_only(db, "events", "复核意见和整改记录只增不改")
    _append_only(db, "cards", "用过的标准只增不改")


@_step
def campaigns(db: sqlite_utils.Database) -> None:
    """Schema 4: how many cases a run found, and the register of document numbers (文号): each
    names one paper, by the journal entry (``event``) with which it went out.
    """
    runs = db.table("runs")
    if "cases" not in runs.columns_dict:
        runs.add_column("cases", int)
    db.table("numbers").create({"number": str, "event": str}, pk="number", if_not_exists=True)
    _append_only(db, "numbers", "用过的文号只增不改")


@_step
def drafts(db: sqlite_utils.Database) -> None:
    """Schema 5: what a person began to write about a finding and has not said yet."""
    db.table("drafts").create(
        {"who": str, "identity": str, "body": str}, pk=("who", "identity"), if_not_exists=True
    )


@_step
def summaries(db: sqlite_utils.Database) -> None:
    """Schema 6: the head and the brief of the last revision of every case, which follow from the
    results (schema 8 makes those of the results that are there).
    """
    texts = "case_key unit batch title card grade numbers"
    counts = "row vetoed fails review manual error open ruled broken read unread"
    columns = (
        *(f"{name} TEXT NOT NULL" for name in texts.split()),
        *(f"{name} INTEGER NOT NULL" for name in counts.split()),
        *(f"{name} REAL" for name in ("score", "score_low", "score_high")),
    )
    db.conn.execute(
        "CREATE TABLE IF NOT EXISTS heads (run INTEGER NOT NULL REFERENCES runs(id), key TEXT NOT"
        f" NULL, {', '.join(columns)}, PRIMARY KEY (run, key)) WITHOUT ROWID"
    )
    table = db.table("heads")
    table.create_index(["run", "case_key"], if_not_exists=True)
    table.create_index(["row"], if_not_exists=True)
    db.table("briefs").create({"row": int, "body": bytes}, pk="row", if_not_exists=True)


@_step
def grounds(db: sqlite_utils.Database) -> None:
    """Schema 7: what stored results rest on (``record.standing``). From here on the head of a case
    may name the row of an earlier run, where the same was found again.
    """
    db.conn.execute(
        "CREATE TABLE IF NOT EXISTS grounds (ground TEXT NOT NULL PRIMARY KEY, row INTEGER NOT"
        " NULL) WITHOUT ROWID"
    )
    db.table("grounds").create_index(["row"], if_not_exists=True)


@_step
def patches(db: sqlite_utils.Database) -> None:
    """Schema 8: a case may stand as what it says otherwise than another row (``base``), which is
    known by its digest; findings and files are read from results and briefs, not from tables of
    their own. Heads and briefs are made again of all results.
    """
    conn, cases = db.conn, db.table("cases")
    if "base" not in cases.columns_dict:
        conn.execute("ALTER TABLE cases ADD COLUMN base INTEGER")
        conn.execute("ALTER TABLE cases ADD COLUMN digest TEXT NOT NULL DEFAULT ''")
    if "base" not in db.table("heads").columns_dict:
        conn.execute("ALTER TABLE heads ADD COLUMN base INTEGER NOT NULL DEFAULT 0")
        conn.execute("ALTER TABLE heads ADD COLUMN failed TEXT NOT NULL DEFAULT ''")
    cases.create_index(["key", "digest"], if_not_exists=True)
    conn.execute("CREATE INDEX IF NOT EXISTS idx_heads_base ON heads (base) WHERE base>0")
    for table in ("findings", "files"):
        conn.execute(f"DROP TABLE IF EXISTS {table}")
    _made_again(conn)


def _made_again(conn: sqlite3.Connection) -> None:
    """The head and the brief of the last revision of every case. Raises StoreUnusable."""
    conn.execute(
        "INSERT INTO heads (run, key, row, case_key, unit, batch, title, card, grade, numbers,"
        " vetoed, fails, review, manual, error, open, ruled, broken, read, unread) SELECT run, key,"
        " id, '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM cases c WHERE"
        " revision=(SELECT MAX(revision) FROM cases d WHERE d.run=c.run AND d.key=c.key)"
        " ON CONFLICT DO NOTHING"
    )
    for row, run in conn.execute("SELECT row, MIN(run) FROM heads GROUP BY row").fetchall():
        grounds = conn.execute("SELECT ground, row FROM grounds WHERE row=?", [row]).fetchall()
        try:
            renew(conn, row, whole(conn, row))
        except (msgspec.DecodeError, ValueError) as e:
            said = f"第 {run} 次评查的结果读不出来：{e}。数据库没有升级，请换用备份。"
            raise StoreUnusable(said) from e
        conn.executemany("INSERT INTO grounds (ground, row) VALUES (?,?)", grounds)


LATEST = 8  # the number of the last step
TABLES = {
    *("runs", "cases", "unit_results", "cards", "events", "numbers", "drafts", "heads", "briefs"),
    *("grounds", "files", "findings"),  # the last two of earlier schemas
}


_RECORD = "_sqlite_migrations"  # where the library keeps which steps were taken


def version_of(conn: sqlite3.Connection) -> int:
    """The number of the last step that a store has taken; 0 of an empty one."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def tables_of(conn: sqlite3.Connection) -> list[str]:
    """The tables of a store."""
    rows = conn.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    return [name for (name,) in rows]


def is_foreign(conn: sqlite3.Connection) -> bool:
    """True when the file holds tables that no step makes: it belongs to another program."""
    own = {*TABLES, _RECORD}
    return any(t not in own and not t.startswith("sqlite_") for t in tables_of(conn))


def migrate(conn: sqlite3.Connection) -> None:
    """Bring a store up to date, all or nothing.

    Older programs kept the number only, so their stores take the steps again: each step makes only
    what is not there, and completes what a crash of an older program left half done.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    steps = Migrations("casereview")
    for make in STEPS:
        steps()(make)
    conn.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(Database(conn))
        conn.execute(f"PRAGMA user_version = {LATEST}")
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise
