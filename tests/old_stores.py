"""Stores as earlier versions of the program wrote them: their tables, their rows, their number.

The steps are those of schema 1, 2 and 3 as they were released; the rows lack what those versions
did not know yet.
"""

from __future__ import annotations

import copy
import json
import sqlite3
from pathlib import Path
from typing import Any

import sqlite_utils

RESULTS = "评查结果只增不改"
# what each version did not write yet
NOT_IN_1 = {
    "case": ("unit_lists", "page_notes", "procedure_why"),
    "checklist": ("card",),
    "documents": ("print",),
    "files": ("prints", "made"),
    "findings": ("subject", "parameters"),
}
NOT_IN_2 = {**NOT_IN_1, "case": ("unit_lists",)}


def _append_only(db: sqlite_utils.Database, table: str, says: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT"
            f" RAISE(ABORT, '{says}'); END"
        )


def _columns(words: str) -> dict[str, type]:
    """'id:int name' -> column types; text where nothing is said."""
    kinds = {"int": int, "": str}
    return {w.partition(":")[0]: kinds[w.partition(":")[2]] for w in words.split()}


def first(db: sqlite_utils.Database) -> None:
    """Schema 1."""
    runs = (
        "id:int root started finished as_of checklist checklist_version checklist_sha256 rules tool"
        " environment options status"
    )
    db["runs"].create(_columns(runs), pk="id")
    cases = (
        "id:int run:int revision:int key case_key unit batch title score score_low score_high grade"
        " vetoed:int result"
    )
    db["cases"].create(_columns(cases), pk="id", foreign_keys=[("run", "runs", "id")])
    db["cases"].create_index(["run", "key", "revision"], unique=True)
    db["cases"].create_index(["unit"])
    files = "case:int path sha256 size:int format outcome"
    db["files"].create(_columns(files), foreign_keys=[("case", "cases", "id")])
    db["files"].create_index(["case"])
    findings = (
        "id:int case:int seq:int check_id status points deducted veto:int message identity"
        " evidence_digest evidence"
    )
    db["findings"].create(_columns(findings), pk="id", foreign_keys=[("case", "cases", "id")])
    db["findings"].create_index(["case"])
    db["findings"].create_index(["check_id", "status"])
    for table in ("cases", "findings", "files"):
        _append_only(db, table, RESULTS)


def units(db: sqlite_utils.Database) -> None:
    """Schema 2."""
    rows = "id:int run:int batch unit score grade result"
    db["unit_results"].create(_columns(rows), pk="id", foreign_keys=[("run", "runs", "id")])
    db["unit_results"].create_index(["run", "batch", "unit"], unique=True)
    _append_only(db, "unit_results", RESULTS)


def rounds(db: sqlite_utils.Database) -> None:
    """Schema 3."""
    db["cards"].create(_columns("digest id version body"), pk="digest")
    db["events"].create(_columns("seq:int uid at actor kind body prev hash"), pk="seq")
    db["events"].create_index(["uid"], unique=True)
    db["events"].create_index(["kind"])
    _append_only(db, "events", "复核意见和整改记录只增不改")
    _append_only(db, "cards", "用过的标准只增不改")


STEPS = (first, units, rounds)


def text(value: Any) -> str:
    """Canonical JSON as every version wrote it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_of(version: int, result: dict[str, Any]) -> dict[str, Any]:
    """A result as that version wrote it."""
    result = copy.deepcopy(result)
    gone = {1: NOT_IN_1, 2: NOT_IN_2}.get(version, {})
    for name in gone.get("case", ()):
        result.pop(name)
    for name in gone.get("checklist", ()):
        result["checklist"].pop(name)
    for part in ("documents", "files", "findings"):
        for row in result[part]:
            for name in gone.get(part, ()):
                row.pop(name)
    return result


def write(
    path: Path,
    version: int,
    results: list[dict[str, Any]],
    units: list[dict[str, Any]] = (),  # type: ignore[assignment]  # never changed
    cards: list[dict[str, Any]] = (),  # type: ignore[assignment]
) -> None:
    """A finished run of these cases in a store of that version."""
    db = sqlite_utils.Database(sqlite3.connect(path))
    db.execute("PRAGMA journal_mode=WAL")
    for n, step in enumerate(STEPS[:version], 1):
        step(db)
        db.execute(f"PRAGMA user_version = {n}")
    run = {"id": 1, "root": "/案卷", "started": "2025-06-01T00:00:00Z", "as_of": "2025-06-01"}
    run |= {"finished": "2025-06-01T00:01:00Z", "checklist": "", "checklist_version": ""}
    run |= {"checklist_sha256": "0" * 64, "rules": "{}", "tool": "0.1.0", "environment": "{}"}
    run |= {"options": '{"level": "", "one_file": false}', "status": "done"}
    db["runs"].insert(run)
    for r in results:
        _case(db, as_of(version, r))
    for u in units if version > 1 else []:
        row = {"run": 1, "batch": u["batch"], "unit": u["unit"], "score": None}
        db["unit_results"].insert({**row, "grade": u["grade"], "result": text(u)})
    for c in cards if version > 2 else []:
        row = {"digest": c["digest"], "id": c["id"], "version": c["version"]}
        db["cards"].insert({**row, "body": text(c)})
    db.conn.commit()
    db.close()


def _case(db: sqlite_utils.Database, r: dict[str, Any]) -> None:
    row = {k: r[k] for k in ("case_key", "unit", "batch", "title", "grade")}
    row |= {k: f"{r[k]:g}" for k in ("score", "score_low", "score_high")}
    row |= {"run": 1, "revision": 1, "key": r["case"], "vetoed": int(r["vetoed"])}
    case = db["cases"].insert({**row, "result": text(r)}, pk="id").last_pk
    names = ("sha256", "size", "format", "outcome")
    db["files"].insert_all(
        {"case": case, "path": f["file"], **{k: f[k] for k in names}} for f in r["files"]
    )
    names = ("status", "points", "deducted", "message", "identity", "evidence_digest")
    db["findings"].insert_all(
        {
            "case": case,
            "seq": n,
            "check_id": f["check"],
            "veto": int(f["veto"]),
            "evidence": text(f["evidence"]) if f["status"] != "pass" else "[]",
            **{k: f[k] for k in names},
        }
        for n, f in enumerate(r["findings"], 1)
    )


def card_of(edition: dict[str, Any]) -> dict[str, Any]:
    """An edition as schema 3 first kept it: nothing of the engine, the rule by its own digest."""
    items = []
    for item in edition["items"]:
        item = {**item, "rule": item["rule"][::-1]}
        item.pop("engine")
        item.pop("by_removal")
        items.append(item)
    return {**edition, "items": items, "digest": "digest of version 3"}
