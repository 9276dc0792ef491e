"""Stores of as many cases as one likes: the samples again and again under other names, each with a
hundred findings, as fast as the file can be written. Rows are those that the store makes of a
result; only names and digests are put in anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from casereview.judging.score import add_up
from casereview.model import FAIL, PASS
from casereview.reading.intake import find_cases
from casereview.record.applied import edition_of, editions_of
from casereview.record.briefs import sealed, texts_of
from casereview.record.heads import CaseHead, head_of
from casereview.record.result import CaseResult, FactResult, number, to_json
from casereview.record.rows import Sealed, keep, packed
from casereview.record.store import Store
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

    text: str
    brief: tuple[str, str]
    head: CaseHead


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
    return Template(to_json(r), texts_of(r), head_of(r))


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
    store.db.execute("PRAGMA synchronous=OFF")
    for begin in range(0, count, AT_ONCE):
        some = range(begin, min(begin + AT_ONCE, count))
        with store.writing():
            for n in some:
                _one(store, run, templates[n % len(templates)], first + n)
        yield some[-1] + 1


def _one(store: Store, run: int, t: Template, n: int) -> None:
    serial, unit = f"{FIRST + n}", f"单位{n // PER_UNIT:05d}"
    head = CaseHead._make(_written(v, serial, unit) for v in t.head)
    text, often, seldom = (
        text.replace(MARK, serial).replace(UNIT, unit) for text in (t.text, *t.brief)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    keep(store.db, run, Sealed(head, packed(text), digest, sealed(often, seldom)))


def scored(most: int = 99) -> tuple[list[CaseResult], Rules]:
    """The sample cases with their rules."""
    rules = load_rules()
    refs = find_cases(SAMPLES)[:most]
    return [marked(score_case(Task(ref), rules)) for ref in refs], rules


def begun(store: Store, rules: Rules, moment: str) -> int:
    """A new run."""
    store.save_editions(editions_of(rules))
    return store.start_run(run_row(SAMPLES, rules, moment, DAY, "{}"))
