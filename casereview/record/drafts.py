"""What a person began to write about a finding and has not said yet: kept at once, so that a closed
tab or a crash costs nothing, and gone when it is said.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from casereview.errors import StoreUnusable
from casereview.record.canonical_json import canonical
from casereview.record.store import Store

Draft = Mapping[str, str]  # field of the form -> what stands in it


class Drafts:
    """The drafts in an open store, by person and identity of the finding."""

    def __init__(self, store: Store):
        self.store = store

    def keep(self, who: str, identity: str, draft: Draft) -> None:
        """Keep what stands in the form now; one with nothing in it is forgotten. Raises
        StoreUnusable.
        """
        written = {k: v for k, v in draft.items() if v.strip()}
        conn = self.store.db
        try:
            if written:
                row = [who, identity, canonical(written)]
                conn.execute("INSERT OR REPLACE INTO drafts VALUES (?,?,?)", row)
            else:
                conn.execute("DELETE FROM drafts WHERE who=? AND identity=?", [who, identity])
            conn.commit()
        except sqlite3.DatabaseError as e:
            conn.rollback()
            raise StoreUnusable(f"草稿没有写进 {self.store.path}：{e}。请先复制出来再试。") from e

    def of(self, who: str, identity: str) -> dict[str, str]:
        """What the person wrote so far; {} for nothing."""
        row = self.store.db.execute(
            "SELECT body FROM drafts WHERE who=? AND identity=?", [who, identity]
        ).fetchone()
        return {str(k): str(v) for k, v in json.loads(row[0]).items()} if row else {}
