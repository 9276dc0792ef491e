"""The index of laws as a sheet that a person extends: merging rows, and a year's renewal of the
whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from casereview.chinese import decode
from casereview.chinese.laws import short_title, title_key
from casereview.errors import RulesRefused
from casereview.law.statutes import READ, day_of

COLUMNS = (
    "title",
    "short_titles",
    "level",
    "adopted",
    "in_force_from",
    "ended",
    "last_article",
    "articles",
    "verified",
    "known_until",
)
DAYS = ("adopted", "in_force_from", "ended", "known_until")
OTHER_NAMES = {"adopted": "version"}  # columns as other indexes call them
MARKS = ("", READ, "K")
Row = dict[str, str]


def merged(
    have: Path, more: Path, *, whole: bool = False, known: Mapping[str, str] | None = None
) -> tuple[str, int, int]:
    """The index with the rows of another CSV: (text, added, replaced). A row with the same title
    and first day replaces; with ``whole`` every version of a title in ``more`` is replaced.
    ``known``: level -> the day up to which ``more`` knows its newest versions. Raises RulesRefused
    with every bad row.
    """
    rows, bad = _checked(have)
    fresh, worse = _checked(more)
    if bad + worse:
        raise RulesRefused(bad + worse)
    _complete(fresh, known or {})
    before = {_identity(row): row for row in rows}
    if whole:
        renewed = {title_key(row["title"]) for row in fresh}
        rows = [row for row in rows if title_key(row["title"]) not in renewed]
    out = {_identity(row): row for row in rows} | {_identity(row): row for row in fresh}
    added = sum(_identity(row) not in before for row in fresh)
    replaced = sum(before.get(_identity(row), row) != row for row in fresh)
    return _text(list(out.values())), added, replaced


def _checked(path: Path) -> tuple[list[Row], list[str]]:
    """The rows of an index with every complaint about them."""
    rows, bad = [], []
    for row, where in _rows(path):
        bad += _complaints(row, where)
        rows.append(row)
    return rows, bad


def _complete(rows: list[Row], known: Mapping[str, str]) -> None:
    """Leave out what a row need not say, and say up to when the newest version is known."""
    for row in rows:
        own = short_title(row["title"])
        shorts = [s for s in row["short_titles"].split("|") if s and short_title(s) != own]
        row["short_titles"] = "|".join(shorts)
        row["articles"] = "" if row["articles"] == row["last_article"] else row["articles"]
        day = known.get(row["level"], "")
        if day and not row["known_until"] and not row["ended"]:
            row["known_until"] = max(day, row["in_force_from"])


def _text(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _identity(row: Row) -> tuple[str, str]:
    return title_key(row["title"]), row["in_force_from"]


def _rows(path: Path) -> Iterator[tuple[Row, str]]:
    """Every row of a CSV with the place where it stands."""
    for n, r in enumerate(csv.DictReader(io.StringIO(decode(path.read_bytes()))), 2):
        yield {c: _cell(r, c) for c in COLUMNS}, f"{path}：第 {n} 行"


def _cell(row: Row, column: str) -> str:
    return (row.get(column) or row.get(OTHER_NAMES.get(column, "")) or "").strip()


def _complaints(row: Row, where: str) -> list[str]:
    """What is wrong with one row."""
    bad = [] if row["title"] else [f"{where} title 列：没有法律名称"]
    for c in DAYS:
        if row[c] and day_of(row[c]) is None:
            bad.append(f"{where} {c} 列：“{row[c]}”不是日期，请写成 2026-08-15")
    if not row["last_article"].isdigit():
        bad.append(f"{where} last_article 列：“{row['last_article']}”不是条数，不知道的写 0")
    if row["articles"] and not row["articles"].isdigit():
        bad.append(f"{where} articles 列：“{row['articles']}”不是条的个数，与末条相同的不写")
    if row["verified"] not in MARKS:
        bad.append(f"{where} verified 列：“{row['verified']}”不认识，读过原文写 V，没有读到的写 K")
    return bad
