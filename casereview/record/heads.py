"""What is asked of every case of a run at once, kept beside the results so that no list, ranking or
count reads them: the head of a case, one narrow row, written in the transaction of the result it is
made of, and made again from it alone.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from casereview.chinese import number_key
from casereview.model import ERROR, FAIL, MANUAL, REVIEW
from casereview.record.result import CaseResult

READ = ("readable", "partial", "scanned")  # outcomes of files of which something was read
NUMBER, OF_NUMBER = ".文号", "文号:"
MANY = 500  # marks in one statement
T = TypeVar("T")


class CaseHead(NamedTuple):
    """A case without its findings. ``row``: where its result stands; ``base``: the row of the
    result of which it says what moved, 0 where it stands whole; ``case``: what it is called,
    ``key``: what it is called in the run in which it was scored; ``fails``, ``review``, ``manual``,
    ``error``: items of this status after rulings; ``open``: that nobody decided; ``ruled``: of
    which people said something; ``broken``: on which the tool failed; ``read``: files of which
    something was read; ``unread``: files that were not read whole; ``numbers``: document numbers,
    a line each; ``failed``: the items that failed after rulings, a blank between them.
    """

    run: int
    key: str
    row: int
    base: int
    case: str
    case_key: str
    unit: str
    batch: str
    title: str
    card: str
    score: float | None
    score_low: float | None
    score_high: float | None
    grade: str
    vetoed: int
    fails: int
    review: int
    manual: int
    error: int
    open: int
    ruled: int
    broken: int
    read: int
    unread: int
    numbers: str
    failed: str


COLUMNS = tuple(name for name in CaseHead._fields if name != "case")
_READ = "SELECT " + ", ".join("key" if n == "case" else n for n in CaseHead._fields) + " FROM heads"


def head_of(r: CaseResult, row: int = 0, key: str = "") -> CaseHead:
    """The head of a result, as it stands after rulings where they were laid beside it. ``row``,
    ``key``: where it is stored.
    """
    head = CaseHead(
        run=r.run,
        key=key or r.case,
        row=row,
        base=0,
        case=r.case,
        case_key=r.case_key,
        unit=r.unit,
        batch=r.batch,
        title=r.title,
        card=r.checklist.card,
        score=r.score,
        score_low=r.score_low,
        score_high=r.score_high,
        grade=r.grade,
        vetoed=int(r.vetoed),
        fails=0,
        review=0,
        manual=0,
        error=0,
        open=0,
        ruled=sum(bool(f.state) for f in r.findings),
        broken=sum(f.status == ERROR for f in r.findings),
        read=sum(f.outcome in READ for f in r.files),
        unread=len(r.unread),
        numbers="\n".join(sorted(_numbers(r))),
        failed="",
    )
    return counted(head, [(f.check, f.effective) for f in r.findings])


def counted(head: CaseHead, statuses: Sequence[tuple[str, str]]) -> CaseHead:
    """A head with what the items of its case came to."""
    n = Counter([status for _, status in statuses])
    return head._replace(
        fails=n[FAIL],
        review=n[REVIEW],
        manual=n[MANUAL],
        error=n[ERROR],
        open=n[REVIEW] + n[MANUAL] + n[ERROR],
        failed=" ".join([check for check, status in statuses if status == FAIL]),
    )


def _numbers(r: CaseResult) -> set[str]:
    """The document numbers of a case, for comparing."""
    own = {number_key(v) for n, f in r.facts.items() if n.endswith(NUMBER) for v in f.values}
    known = r.case_key.startswith(OF_NUMBER)
    return own | ({r.case_key.removeprefix(OF_NUMBER)} if known else set())


def put(conn: sqlite3.Connection, rows: Iterable[CaseHead]) -> None:
    """Write heads of cases that have none; part of the transaction at hand."""
    names, marks = ", ".join(COLUMNS), ", ".join("?" * len(COLUMNS))
    values = ([getattr(head, name) for name in COLUMNS] for head in rows)
    conn.executemany(f"INSERT INTO heads ({names}) VALUES ({marks})", values)


def heads(conn: sqlite3.Connection, run: int, limit: int = -1, skip: int = 0) -> list[CaseHead]:
    """The heads of the cases of a run by key; ``limit`` of them after the first ``skip``."""
    sql = f"{_READ} WHERE run=? ORDER BY key LIMIT ? OFFSET ?"
    return list(map(CaseHead._make, conn.execute(sql, [run, limit, skip])))


def heads_of(
    conn: sqlite3.Connection, run: int, column: str, values: Iterable[str]
) -> list[CaseHead]:
    """The heads of a run that have one of these values in a column (key, case_key or unit)."""
    out: list[CaseHead] = []
    for some in in_parts(list(values)):
        sql = f"{_READ} WHERE run=? AND {column} IN ({','.join('?' * len(some))})"
        out += map(CaseHead._make, conn.execute(sql, [run, *some]))
    return sorted(out, key=lambda h: h.key)


def in_parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Values by as many as fit into one statement."""
    for n in range(0, len(values), MANY):
        yield values[n : n + MANY]


class Tally(NamedTuple):
    """Cases of one unit with the same score and grade: how many, and their sums."""

    batch: str
    unit: str
    grade: str
    score: float | None
    cases: int
    fails: int
    review: int
    vetoed: int
    unread: int


def tallies(conn: sqlite3.Connection, run: int) -> list[Tally]:
    """The cases of a run as the ranking counts them."""
    sql = (
        "SELECT batch, unit, grade, score, COUNT(*), SUM(fails), SUM(review), SUM(vetoed),"
        " SUM(unread) FROM heads WHERE run=? GROUP BY batch, unit, grade, score"
    )
    return list(map(Tally._make, conn.execute(sql, [run])))


def tally_of(h: CaseHead, sign: int = 1) -> Tally:
    """One case as the ranking counts it; ``sign`` -1 takes it out."""
    counted = (h.fails, h.review, h.vetoed, h.unread)
    return Tally(h.batch, h.unit, h.grade, h.score, sign, *(sign * n for n in counted))
