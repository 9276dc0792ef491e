"""A run as a table for programs that reckon over many of them (DuckDB, Spark, pandas): one Parquet
file, a row each case or each finding, after the rulings, written a group of rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from casereview.errors import UsageError
from casereview.record.heads import CaseHead
from casereview.record.result import CaseResult
from casereview.rounds.history import History
from casereview.writing import in_place_of

GROUP = 100_000  # rows that are held at a time
TEXT, NUMBER, COUNT, YES = "string", "double", "int32", "bool"
Column = tuple[str, str]  # its name and kind
Rows = Iterator[tuple[object, ...]]
CASES: tuple[Column, ...] = (
    *((name, TEXT) for name in ("batch", "unit", "case", "case_key", "title", "checklist")),
    *((name, NUMBER) for name in ("score", "score_low", "score_high")),
    ("grade", TEXT),
    ("vetoed", YES),
    *((name, COUNT) for name in ("fails", "review", "manual", "error", "open", "ruled", "unread")),
)
FINDINGS: tuple[Column, ...] = (
    *((name, TEXT) for name in ("batch", "unit", "case", "case_key", "check", "status", "tool")),
    *((name, NUMBER) for name in ("points", "deducted")),
    ("veto", YES),
    *((name, TEXT) for name in ("message", "identity", "ruling", "by")),
)
PERSONAL = {"case", "title", "message", "by"}  # columns in which names of persons may stand


def write_cases(history: History, run: int, path: Path, masked: bool) -> int:
    """A row each case. ``masked``: without the columns in which names may stand. Returns how many
    rows. Raises UsageError.
    """
    return _write(path, run, CASES, _cases(history, run), masked)


def write_findings(history: History, run: int, path: Path, masked: bool) -> int:
    """A row each finding of the cases. Raises UsageError."""
    return _write(path, run, FINDINGS, _findings(history, run), masked)


def _cases(history: History, run: int) -> Rows:
    titles = {digest: e.name for digest, e in history.editions.items()}
    return (_case(h, titles.get(h.card, "")) for h in history.heads(run))


def _case(h: CaseHead, checklist: str) -> tuple[object, ...]:
    named = (h.batch, h.unit, h.case, h.case_key, h.title, checklist)
    counts = (h.fails, h.review, h.manual, h.error, h.open, h.ruled, h.unread)
    return (*named, h.score, h.score_low, h.score_high, h.grade, bool(h.vetoed), *counts)


def _findings(history: History, run: int) -> Rows:
    """Of cases of which nobody spoke as the store has them, of the others after the rulings."""
    touched = history.touched(run)
    for h, findings in history.roll(run).told():
        named = h.batch, h.unit, h.case, h.case_key
        for f in findings if h.case not in touched else ():
            points = float(f.points), float(f.deducted), f.veto
            yield (*named, f.check, f.status, f.status, *points, f.message, f.identity, "", "")
    for r in touched.values():
        yield from _ruled(r)


def _ruled(r: CaseResult) -> Rows:
    for f in r.findings:
        by = f.ruling.by if f.ruling else ""
        yield (
            *(r.batch, r.unit, r.case, r.case_key, f.check, f.effective, f.status),
            *(float(f.points), float(f.deducted), f.veto, f.message, f.identity, f.state, by),
        )


def _write(path: Path, run: int, columns: Sequence[Column], rows: Rows, masked: bool) -> int:
    arrow, parquet = _library(), import_module("pyarrow.parquet")
    kept = [n for n, (name, _) in enumerate(columns) if not (masked and name in PERSONAL)]
    schema = arrow.schema(
        [
            ("run", "int32"),
            *((columns[n][0], getattr(arrow, _MAKERS[columns[n][1]])()) for n in kept),
        ]
    )
    count = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_place_of(path) as temp, parquet.ParquetWriter(temp, schema) as out:
            for some in _groups(rows):
                held = list(zip(*some, strict=True))
                out.write_table(
                    arrow.table([[run] * len(some), *(held[n] for n in kept)], schema=schema)
                )
                count += len(some)
    except OSError as e:
        raise UsageError(f"写不了 {path}（{e.strerror or e}）；原来的文件没有动。") from e
    return count


_MAKERS = {TEXT: "string", NUMBER: "float64", COUNT: "int32", YES: "bool_"}


def _groups(rows: Iterable[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    left = iter(rows)
    while some := list(islice(left, GROUP)):
        yield some


def _library() -> Any:
    """pyarrow, where it is installed. Raises UsageError."""
    try:
        return import_module("pyarrow")
    except ImportError as e:
        raise UsageError(
            "没有安装 Parquet 组件，请运行 python -m pip install 'casereview[parquet]'。"
        ) from e
