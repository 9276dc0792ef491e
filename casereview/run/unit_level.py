"""A unit against the list of the three systems: its papers, its lists, and the rates over its cases
in this run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from casereview.errors import ReadFailure
from casereview.judging.review import finding_of
from casereview.judging.score import ledger_of
from casereview.reading import ocr
from casereview.reading.door import read_source
from casereview.reading.intake import UNIT_PAPERS, CaseRef, bytes_of, files_of, unit_papers
from casereview.record.edition import card_digest
from casereview.record.identity import evidence_digest, identity, unit_key
from casereview.rules.rulebook import Rules, load_rules
from casereview.rules.unit_context import UnitContext, UnitPaper, unit_paper

CHECKLIST = "三项制度-单位"
SCHEMA = "casereview.unit/1"


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
    cases: list[dict[str, Any]],
    as_of: dt.date,
    earlier: dict[str, int] | None = None,
    rules: Rules | None = None,
) -> dict[str, Any]:
    """The export object of a unit. ``cases``: results of its cases in this run; ``earlier``: counts
    of the last round's correctable faults.
    """
    rules = rules or load_rules(CHECKLIST)
    ctx = UnitContext(unit, papers, unit_papers(unit_dir), cases, rules.law, as_of, earlier or {})
    findings = [finding_of(c, ctx) for c in rules.checklist.checks]  # type: ignore[arg-type]
    ledger = ledger_of(rules.checklist, findings)
    rows = {r.check: r for r in ledger.rows}
    return {
        "schema": SCHEMA,
        "batch": batch,
        "unit": unit,
        "cases": len(cases),
        "as_of": as_of.isoformat(),
        "checklist": {
            "id": rules.checklist.id,
            "version": rules.checklist.version,
            "sha256": rules.checklist.sha256,
            "card": card_digest(rules),
        },
        "score": _number(ledger.score),
        "score_low": _number(ledger.low),
        "score_high": _number(ledger.high),
        "grade": ledger.grade,
        "working": ledger.working(),
        "findings": [
            {
                "check": f.check,
                "status": f.verdict.status,
                "points": str(rows[f.check].points),
                "deducted": str(rows[f.check].deducted),
                "veto": rows[f.check].veto,
                "message": f.verdict.message,
                "subject": f.verdict.subject,
                "parameters": dict(f.parameters),
                "identity": identity(unit_key(unit), f),
                "evidence_digest": evidence_digest(f),
                "working": list(f.verdict.working),
                "evidence": [p.as_dict() for p in f.verdict.places],
            }
            for f in findings
        ],
    }


def _number(v: Decimal | None) -> float | None:
    return None if v is None else float(v)
