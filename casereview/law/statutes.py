"""Which law stood when, and how many articles it has. Facts from the flk.npc.gov.cn catalogue as of
2025-04, in ``statutes.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from pathlib import Path

from casereview.chinese import decode, key
from casereview.errors import RulesRefused


@dataclass(frozen=True)
class Statute:
    """One version of a law. ``ended``: the day it ceased to be in force, where known."""

    title: str
    since: dt.date | None
    articles: int
    ended: dt.date | None = None


def short_title(title: str) -> str:
    """'《中华人民共和国水法》（2016修正）' -> the comparison key of '水法'."""
    title = re.sub(r"[（(][^（）()]*(?:修正|修订|年)[^（）()]*[)）]", "", title)
    return key(re.sub(r"[《》]", "", title)).removeprefix("中华人民共和国")


class Statutes:
    """An index of laws by short title."""

    def __init__(self, rows: list[Statute]):
        self._by: dict[str, list[Statute]] = {}
        for r in rows:
            self._by.setdefault(short_title(r.title), []).append(r)

    @classmethod
    def load(cls, path: Path) -> Statutes:
        """Read ``statutes.csv`` (title, in_force_from, last_article, ended)."""
        rows = []
        with path.open(encoding="utf-8-sig", newline="") as f:
            for r in csv.DictReader(f):
                rows.append(
                    Statute(
                        r["title"],
                        _day(r["in_force_from"]),
                        int(r["last_article"] or 0),
                        _day(r.get("ended") or ""),
                    )
                )
        return cls(rows)

    def find(self, title: str) -> list[Statute]:
        """Every known version of the law named ``title``; empty when it is not in the index."""
        return self._by.get(short_title(title), [])

    def __len__(self) -> int:
        return sum(len(v) for v in self._by.values())


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


COLUMNS = ("title", "in_force_from", "last_article", "ended")


def merged(have: Path, more: Path) -> tuple[str, int, int]:
    """The index with the rows of another CSV: (text, added, replaced). A row with the same title
    and first day replaces. Raises RulesRefused with every bad row.
    """
    rows: list[dict[str, str]] = []
    where_is: dict[tuple[str, str], int] = {}
    bad: list[str] = []
    added = replaced = 0
    for path in (have, more):
        text = decode(path.read_bytes())
        for n, r in enumerate(csv.DictReader(io.StringIO(text)), 2):
            row = {c: (r.get(c) or "").strip() for c in COLUMNS}
            where = f"{path}：第 {n} 行"
            if not row["title"]:
                bad.append(f"{where} title 列：没有法律名称")
            bad += [
                f"{where} {c} 列：“{row[c]}”不是日期，请写成 2026-08-15"
                for c in ("in_force_from", "ended")
                if row[c] and _day(row[c]) is None
            ]
            if not row["last_article"].isdigit():
                bad.append(
                    f"{where} last_article 列：“{row['last_article']}”不是条数，不知道的写 0"
                )
            at = where_is.get((row["title"], row["in_force_from"]))
            if path == more and at is not None:
                replaced += rows[at] != row
                rows[at] = row
                continue
            added += path == more
            where_is.setdefault((row["title"], row["in_force_from"]), len(rows))
            rows.append(row)
    if bad:
        raise RulesRefused(bad)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue(), added, replaced
