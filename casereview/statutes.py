"""Which law stood when, and how many articles it has. Facts from the flk.npc.gov.cn catalogue as of 2025-04, in ``statutes.csv``."""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from casereview.chinese import key


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
                rows.append(Statute(r["title"], _day(r["in_force_from"]), int(r["last_article"] or 0), _day(r.get("ended") or "")))
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
