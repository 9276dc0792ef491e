"""One JSON object per case, canonical: sorted keys, decimal strings, no clock, no absolute path
(DESIGN 3.3, promise 4).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from casereview.facts.casefile import CaseFile
from casereview.facts.page_notes import notes_of
from casereview.judging.score import Ledger
from casereview.model import OUTCOMES, Finding
from casereview.record.identity import case_key, evidence_digest, identity, prints_of, text_print
from casereview.rules.checklist import Checklist

SCHEMA = "casereview.case/1"


def _num(v: Decimal | None) -> float | None:
    return None if v is None else float(v)


def documents_of(case: CaseFile) -> list[dict[str, Any]]:
    """Documents in export form."""
    return [
        {
            "file": d.file,
            "page_from": d.page_from,
            "page_to": d.page_to,
            "kind": d.kind,
            "also": list(d.also),
            "title": d.title,
            "serves": "、".join(d.serves),
            "confidence": round(d.confidence, 3),
            "why": d.why,
            "readable": d.readable,
            "print": text_print(p.running_text.without_spaces, p.recognised),
        }
        for p in case.papers
        for d in (p.doc,)
    ]


def unread_of(case: CaseFile) -> list[dict[str, Any]]:
    """Files not fully read, with the reason a person can act on."""
    return [
        {
            "file": s.path,
            "outcome": s.outcome,
            "reason": (
                OUTCOMES[s.outcome]
                + (f"（{s.detail}）" if s.detail and s.detail != OUTCOMES[s.outcome] else "")
            ),
        }
        for s in case.sources
        if s.outcome not in ("readable", "skipped")
    ]


def page_notes_of(case: CaseFile) -> list[dict[str, Any]]:
    """Pages that were read but that a person should look at."""
    return [{"file": p.file, "page": p.page, "note": text} for p, text in notes_of(case)]


def facts_of(case: CaseFile) -> dict[str, Any]:
    """Facts in export form."""
    return {n: f.as_dict() for n, f in sorted(case.flat_facts().items())}


def export_case(
    case: CaseFile,
    checklist: Checklist,
    findings: list[Finding],
    ledger: Ledger,
    why: str = "",
    card: str = "",
) -> dict[str, Any]:
    """The whole object but for the number of the run. ``card``: digest of the checklist as it was
    applied.
    """
    rows = {r.check: r for r in ledger.rows}
    known = case_key(case)
    return {
        "schema": SCHEMA,
        "unit": case.ref.unit,
        "batch": case.ref.batch,
        "case": case.ref.key,
        "case_key": known,
        "title": case.ref.title,
        "procedure": checklist.procedure,
        "procedure_why": why,
        "checklist": {
            "id": checklist.id,
            "version": checklist.version,
            "sha256": checklist.sha256,
            "card": card,
        },
        "score": _num(ledger.score),
        "score_low": _num(ledger.low),
        "score_high": _num(ledger.high),
        "grade": ledger.grade,
        "vetoed": bool(ledger.vetoes),
        "vetoes": list(ledger.vetoes),
        "working": ledger.working(),
        "documents": documents_of(case),
        "facts": facts_of(case),
        "unread": unread_of(case),
        "page_notes": page_notes_of(case),
        "unit_lists": [list(x) for x in case.unit.digests],
        "files": [
            {
                "file": s.path,
                "sha256": s.sha256,
                "size": s.size,
                "format": s.format,
                "outcome": s.outcome,
                "pages": len(s.pages),
                "seconds": s.media.seconds if s.media else None,
                "created": s.media.created if s.media else "",
                "made": s.made,
                "prints": prints_of(s),
            }
            for s in case.sources
        ],
        "findings": [
            {
                "check": f.check,
                "status": f.verdict.status,
                "points": str(rows[f.check].points),
                "deducted": str(rows[f.check].deducted),
                "veto": rows[f.check].veto,
                "message": f.verdict.message,
                "working": list(f.verdict.working),
                "subject": f.verdict.subject,
                "parameters": dict(f.parameters),
                "identity": identity(known, f),
                "evidence_digest": evidence_digest(f),
                "ruling": None,
                "evidence": [p.as_dict() for p in f.verdict.places],
            }
            for f in findings
        ],
    }
