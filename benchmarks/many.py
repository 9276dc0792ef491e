"""Stores of as many cases as one likes: the samples again and again under other names, each with a
hundred findings, as fast as the file can be written. Rows are those that the store makes of a
result; only names and digests are put in anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from casereview.judging.score import add_up
from casereview.model import FAIL, PASS
from casereview.reading.intake import find_cases
from casereview.record.applied import edition_of, editions_of
from casereview.record.briefs import sealed, texts_of
from casereview.record.heads import CaseHead, head_of, packed, put, put_brief
from casereview.record.result import CaseResult, FactResult, number, to_json
from casereview.record.store import Store, case_row, file_row, finding_row
from casereview.rules.rulebook import Rules, load_rules
from casereview.run.campaign import run_row
from casereview.run.work import Task, score_case

SAMPLES = Path(__file__).parent.parent / "samples" / "2025年度评查"
DAY = "2026-05-06"
MARK, UNIT = "90817263", "@@UNITNAME"  # the number of a case; the name of a unit
FIRST = 10_000_000  # the number of the first case
AT_ONCE = 2000  # cases in one transaction
PER_UNIT = 200  # cases of a unit


@dataclass(frozen=True)
class Template:
    """A case with marks for what differs: its rows as the store makes them."""

    case: tuple[object, ...]
    names: tuple[str, ...]
    text: str
    brief: tuple[str, str]
    head: CaseHead
    files: tuple[tuple[object, ...], ...]
    findings: tuple[tuple[object, ...], ...]
    file_names: tuple[str, ...]
    finding_names: tuple[str, ...]


def marked(r: CaseResult) -> CaseResult:
    """A result with marks in the place of its names, its numbers and its digests."""

    def of(f: FactResult) -> FactResult:
        return replace(f, value=MARK + str(f.value)) if isinstance(f.value, str) else f

    return replace(
        r,
        unit=UNIT,
        case=f"{UNIT}/{MARK} {r.title}",
        case_key=f"文号:{MARK}",
        title=f"{MARK} {r.title}",
        facts={n: of(f) if n.endswith("文号") else f for n, f in r.facts.items()},
        files=tuple(replace(f, sha256=MARK + f.sha256[8:]) for f in r.files),
        findings=tuple(replace(f, identity=MARK + f.identity[8:]) for f in r.findings),
    )


def template(r: CaseResult) -> Template:
    """The rows of a marked result."""
    case = case_row(r) | {"result": b""}
    files, findings = [file_row(f) for f in r.files], [finding_row(f) for f in r.findings]
    return Template(
        tuple(case.values()),
        tuple(case),
        to_json(r),
        texts_of(r),
        head_of(r),
        tuple(tuple(f.values()) for f in files),
        tuple(tuple(f.values()) for f in findings),
        tuple(files[0]),
        tuple(findings[0]),
    )


def answered(r: CaseResult, rules: Rules) -> CaseResult:
    """The same case after its unit put every fault right that costs points, in other files; every
    tenth item that was in order is a fault now.
    """
    edition = edition_of(rules)
    worse = [f.check for f in r.findings if f.status == PASS and Decimal(f.points)][:1]
    status = {f.check: PASS if f.status == FAIL else f.status for f in r.findings}
    status |= {check: FAIL for check in worse}
    ledger = add_up(edition, status)
    taken = {x.check: str(x.deducted) for x in ledger.rows}
    return replace(
        r,
        score=number(ledger.score),
        score_low=number(ledger.low),
        score_high=number(ledger.high),
        grade=ledger.grade,
        vetoed=bool(ledger.vetoes),
        files=tuple(replace(f, sha256=f.sha256[:-4] + "ffff") for f in r.files),
        findings=tuple(
            replace(
                f,
                status=status[f.check],
                effective=status[f.check],
                deducted=taken[f.check],
                evidence_digest=f.evidence_digest[:-1] + "0",
            )
            for f in r.findings
        ),
    )


def _written(value: object, serial: str, unit: str) -> object:
    if isinstance(value, str):
        return value.replace(MARK, serial).replace(UNIT, unit)
    return value


def fill(
    store: Store, run: int, templates: Sequence[Template], count: int, first: int = 0
) -> Iterator[int]:
    """Write so many cases into a run, the one numbered ``first`` before; yields how many are there
    after each transaction.
    """
    row = store.db.execute("SELECT COALESCE(MAX(id), 0) FROM cases").fetchone()[0]
    with _without_indexes(store):
        for begin in range(0, count, AT_ONCE):
            some = range(begin, min(begin + AT_ONCE, count))
            with store.writing():
                for n in some:
                    row += 1
                    _one(store, run, row, templates[n % len(templates)], first + n)
            yield some[-1] + 1


@contextmanager
def _without_indexes(store: Store) -> Iterator[None]:
    """The indexes of findings and files are made once, when all rows are there."""
    conn = store.db
    indexes = conn.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL"
        " AND tbl_name IN ('findings', 'files')"
    ).fetchall()
    conn.execute("PRAGMA synchronous=OFF")
    conn.execute("PRAGMA foreign_keys=OFF")  # every row of them would ask for its case
    for name, _ in indexes:
        conn.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        for _, sql in indexes:
            conn.execute(sql)
        conn.commit()
        conn.execute("PRAGMA foreign_keys=ON")


def _one(store: Store, run: int, row: int, t: Template, n: int) -> None:
    conn, serial, unit = store.db, f"{FIRST + n}", f"单位{n // PER_UNIT:05d}"

    def put_rows(table: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        marks = ", ".join("?" * len(names))
        columns = ", ".join(f"[{name}]" for name in names)
        conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    case = [_written(v, serial, unit) for v in t.case]
    case[t.names.index("result")] = packed(t.text.replace(MARK, serial).replace(UNIT, unit))
    put_rows("cases", ("id", "run", "revision", *t.names), [(row, run, 1, *case)])
    files = [(row, *(_written(v, serial, unit) for v in f)) for f in t.files]
    put_rows("files", ("case", *t.file_names), files)
    at = t.finding_names.index("identity")
    findings = [
        (row, seq, *f[:at], serial + str(f[at])[8:], *f[at + 1 :])
        for seq, f in enumerate(t.findings, 1)
    ]
    put_rows("findings", ("case", "seq", *t.finding_names), findings)
    head = CaseHead._make(_written(v, serial, unit) for v in t.head)
    brief = [text.replace(MARK, serial).replace(UNIT, unit) for text in t.brief]
    put(conn, [head._replace(run=run, row=row)])
    put_brief(conn, row, sealed(*brief))


def scored(most: int = 99) -> tuple[list[CaseResult], Rules]:
    """The sample cases with their rules."""
    rules = load_rules()
    refs = find_cases(SAMPLES)[:most]
    return [marked(score_case(Task(ref), rules)) for ref in refs], rules


def begun(store: Store, rules: Rules, moment: str) -> int:
    """A new run."""
    store.save_editions(editions_of(rules))
    return store.start_run(run_row(SAMPLES, rules, moment, DAY, "{}"))
