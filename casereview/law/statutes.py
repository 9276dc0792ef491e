"""Which law stood when, and how many articles it has. Facts from the flk.npc.gov.cn catalogue as of
2025-04, in ``statutes.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from casereview.chinese import decode
from casereview.chinese.laws import short_title
from casereview.errors import RulesRefused


@dataclass(frozen=True)
class Statute:
    """One version of a law. ``ended``: the day it ceased to be in force, where known."""

    title: str
    since: dt.date | None
    articles: int
    ended: dt.date | None = None


class Status(StrEnum):
    """How an article stands on a day."""

    EXISTS = "有效"
    ABSENT = "没有这一条"
    ENDED = "已经失效"
    LATER = "尚未施行"
    UNKNOWN = "索引没有收录"


@dataclass(frozen=True)
class Standing:
    """A status with the number of articles of the law and the day from which it ended or begins."""

    status: Status
    articles: int = 0
    since: dt.date | None = None


def _on_the_day(versions: list[Statute], article: int, day: dt.date, most: int) -> Standing:
    """An article against the version in force on a day. What only another version has is ended or
    later, never absent: the index may lack the version that was in force.
    """
    dated = sorted((v for v in versions if v.since), key=_since)
    past = [v for v in dated if _since(v) <= day]
    future = dated[len(past) :]
    if article > most:
        unborn = len(future) == len(versions)
        since = future[0].since if unborn else None
        return Standing(Status.LATER if unborn else Status.ABSENT, most, since)
    if not past or article <= past[-1].articles or len(dated) < len(versions):
        return Standing(Status.EXISTS, most)
    return _of_another_version(past[-1], future, article)


def _of_another_version(now: Statute, future: list[Statute], article: int) -> Standing:
    """An article that the version in force lacks and an earlier or later one has."""
    later = [v for v in future if v.articles >= article]
    if later:
        return Standing(Status.LATER, now.articles, later[0].since)
    return Standing(Status.ENDED, now.articles, now.since)


def _since(version: Statute) -> dt.date:
    return version.since or dt.date.min


def _ended(version: Statute) -> dt.date:
    return version.ended or dt.date.max


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

    def status(self, title: str, article: int | None, day: dt.date | None) -> Standing:
        """How the article of the law named ``title`` stood on ``day`` (or ever, without a day), as
        far as the index knows.
        """
        versions = [v for v in self.find(title) if v.articles]
        if not versions:
            return Standing(Status.UNKNOWN)
        most = max(v.articles for v in versions)
        if day is None:
            return Standing(Status.ABSENT if (article or 0) > most else Status.EXISTS, most)
        ended = max(_ended(v) for v in versions)
        if day >= ended:
            return Standing(Status.ENDED, versions[-1].articles, ended)
        return _on_the_day(versions, article or 1, day, most)

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
    bad: list[str] = []
    for row, where in _rows(have):
        bad += _complaints(row, where)
        rows.append(row)
    at = {_identity(row): n for n, row in reversed(list(enumerate(rows)))}
    added = replaced = 0
    for row, where in _rows(more):
        bad += _complaints(row, where)
        known = at.get(_identity(row))
        if known is None:
            added += 1
            at[_identity(row)] = len(rows)
            rows.append(row)
        else:
            replaced += rows[known] != row
            rows[known] = row
    if bad:
        raise RulesRefused(bad)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue(), added, replaced


def _identity(row: dict[str, str]) -> tuple[str, str]:
    return row["title"], row["in_force_from"]


def _rows(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Every row of a CSV with the place where it stands."""
    for n, r in enumerate(csv.DictReader(io.StringIO(decode(path.read_bytes()))), 2):
        yield {c: (r.get(c) or "").strip() for c in COLUMNS}, f"{path}：第 {n} 行"


def _complaints(row: dict[str, str], where: str) -> list[str]:
    """What is wrong with one row."""
    bad = [] if row["title"] else [f"{where} title 列：没有法律名称"]
    for c in ("in_force_from", "ended"):
        if row[c] and _day(row[c]) is None:
            bad.append(f"{where} {c} 列：“{row[c]}”不是日期，请写成 2026-08-15")
    if not row["last_article"].isdigit():
        bad.append(f"{where} last_article 列：“{row['last_article']}”不是条数，不知道的写 0")
    return bad
