"""A unit against the list of the three systems: its papers, its lists, and the rates over its cases
in this run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path

from casereview.errors import ReadFailure
from casereview.judging.review import finding_of
from casereview.judging.score import ledger_of
from casereview.reading import ocr
from casereview.reading.door import read_source
from casereview.reading.intake import UNIT_PAPERS, CaseRef, bytes_of, files_of, unit_papers
from casereview.record.edition import edition_digest
from casereview.record.export import checklist_used, findings_of, number
from casereview.record.identity import unit_key
from casereview.record.result import UNIT_SCHEMA, CaseResult, UnitResult
from casereview.rules.rulebook import Rules, load_rules
from casereview.rules.unit_context import UnitContext, UnitPaper, unit_paper

CHECKLIST = "三项制度-单位"


def has_papers(unit_dir: Path) -> bool:
    """True when the unit handed in something besides lists."""
    folder = unit_dir / UNIT_PAPERS
    return folder.is_dir() and any(
        not f.skip and not f.rel.lower().endswith(".csv")
        for f in files_of(CaseRef(UNIT_PAPERS, unit_dir.name, folder))
    )


def read_papers(
    unit_dir: Path,
    skip: dict[str, str] | None = None,
    tell: Callable[[str, int], None] = lambda n, s: None,
) -> list[UnitPaper]:
    """Every file of 单位材料 but the lists. ``skip``: files that ended a worker before; ``tell``
    hears each file before it is read.
    """
    out = []
    for f in files_of(CaseRef(UNIT_PAPERS, unit_dir.name, unit_dir / UNIT_PAPERS)):
        if f.skip or f.rel.lower().endswith(".csv"):
            continue
        if f.rel in (skip or {}):
            out.append(UnitPaper(f"{UNIT_PAPERS}/{f.rel}", "", False))
            continue
        try:
            data = bytes_of(f)
            tell(f.rel, len(data))
            ocr.listen(partial(tell, f.rel, len(data)))
            out.append(unit_paper(read_source(f.rel, data)))
        except ReadFailure:
            out.append(UnitPaper(f"{UNIT_PAPERS}/{f.rel}", "", False))
    tell("", 0)
    return out


def score_unit(
    batch: str,
    unit: str,
    unit_dir: Path | None,
    papers: list[UnitPaper] | None,
    cases: list[CaseResult],
    as_of: dt.date,
    earlier: dict[str, int] | None = None,
    rules: Rules | None = None,
) -> UnitResult:
    """The result of a unit. ``cases``: results of its cases in this run; ``earlier``: counts
    of the last round's correctable faults.
    """
    rules = rules or load_rules(CHECKLIST)
    ctx = UnitContext(unit, papers, unit_papers(unit_dir), cases, rules.law, as_of, earlier or {})
    findings = [finding_of(c, ctx) for c in rules.checklist.checks]  # type: ignore[arg-type]
    ledger = ledger_of(rules.checklist, findings)
    return UnitResult(
        schema=UNIT_SCHEMA,
        batch=batch,
        unit=unit,
        cases=len(cases),
        as_of=as_of.isoformat(),
        checklist=checklist_used(rules.checklist, edition_digest(rules)),
        score=number(ledger.score),
        score_low=number(ledger.low),
        score_high=number(ledger.high),
        grade=ledger.grade,
        working=tuple(ledger.working()),
        findings=findings_of(unit_key(unit), findings, ledger),
    )
