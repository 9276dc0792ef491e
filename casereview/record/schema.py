"""The schema, step by step. A step is never edited once it was released; a new one is added below."""

from __future__ import annotations

import sqlite_utils


def _first(db: sqlite_utils.Database) -> None:
    db["runs"].create(
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
    )
    db["cases"].create(
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
    )
    db["cases"].create_index(["run", "key", "revision"], unique=True)
    db["cases"].create_index(["unit"])
    db["files"].create(
        {"case": int, "path": str, "sha256": str, "size": int, "format": str, "outcome": str},
        foreign_keys=[("case", "cases", "id")],
    )
    db["files"].create_index(["case"])
    db["findings"].create(
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
    )
    db["findings"].create_index(["case"])
    db["findings"].create_index(["check_id", "status"])
    for table in ("cases", "findings", "files"):
        for verb in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT"
                " RAISE(ABORT, '评查结果只增不改'); END"
            )


def _units(db: sqlite_utils.Database) -> None:
    db["unit_results"].create(
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
    )
    db["unit_results"].create_index(["run", "batch", "unit"], unique=True)
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER unit_results_no_{verb.lower()} BEFORE {verb} ON unit_results BEGIN"
            " SELECT RAISE(ABORT, '评查结果只增不改'); END"
        )


def _rounds(db: sqlite_utils.Database) -> None:
    db["cards"].create({"digest": str, "id": str, "version": str, "body": str}, pk="digest")
    db["events"].create(
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
    )
    db["events"].create_index(["uid"], unique=True)
    db["events"].create_index(["kind"])
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events BEGIN SELECT"
            " RAISE(ABORT, '复核意见和整改记录只增不改'); END"
        )
        db.execute(
            f"CREATE TRIGGER cards_no_{verb.lower()} BEFORE {verb} ON cards BEGIN SELECT"
            " RAISE(ABORT, '用过的标准只增不改'); END"
        )


STEPS = (_first, _units, _rounds)


def migrate(db: sqlite_utils.Database) -> None:
    """Bring an older store up to date, each step in one transaction."""
    have = db.execute("PRAGMA user_version").fetchone()[0]
    for n, step in enumerate(STEPS[have:], have + 1):
        step(db)
        db.execute(f"PRAGMA user_version = {n}")
        db.conn.commit()
