"""One JSON object per case, canonical: sorted keys, decimal strings, no clock, no absolute path (DESIGN 3.3, promise 4)."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import Any

from casereview.casefile import CaseFile
from casereview.checklist import Checklist
from casereview.chinese import key
from casereview.model import OUTCOMES, Finding
from casereview.quality import notes_of
from casereview.score import Ledger

SCHEMA = "casereview.case/1"


def canonical(value: Any) -> str:
    """JSON with sorted keys, one space less, Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _num(v: Decimal | None) -> float | None:
    return None if v is None else float(v)


def case_key(case: CaseFile) -> str:
    """What a case is known by across rounds: 文号 of the decision, else of the filing form, else the digests of its files."""
    for kind, name in (("处罚决定书", "文号"), ("不予处罚决定书", "文号"), ("当场处罚决定书", "文号"), ("许可决定书", "文号"), ("不予许可决定书", "文号"), ("强制执行决定书", "文号"),
                       ("查封扣押决定书", "文号"), ("立案审批表", "文号"), ("受理通知书", "文号"), ("检查通知书", "文号")):
        f = case.fact(kind, name)
        if f:
            return "文号:" + re.sub(r"[第字号]", "", key(str(f.value)))
    return "文件:" + _digest(*sorted(s.sha256 for s in case.sources))


def identity(case: CaseFile, finding: Finding) -> str:
    """fk/1: case, check, subject; free of place, file name, page and wording (promise 6)."""
    return _digest("fk/1", case_key(case), finding.check, finding.verdict.subject or "absence")


def evidence_digest(finding: Finding) -> str:
    """ed/1: status and normalised quotes."""
    return _digest("ed/1", finding.verdict.status, *sorted(key(p.quote) for p in finding.verdict.places))


def documents_of(case: CaseFile) -> list[dict[str, Any]]:
    """Documents in export form."""
    return [{"file": d.file, "page_from": d.page_from, "page_to": d.page_to, "kind": d.kind, "also": list(d.also), "title": d.title, "serves": d.serves,
             "confidence": round(d.confidence, 3), "why": d.why, "readable": d.readable} for d in (p.doc for p in case.papers)]


def unread_of(case: CaseFile) -> list[dict[str, Any]]:
    """Files not fully read, with the reason a person can act on."""
    return [{"file": s.path, "outcome": s.outcome, "reason": OUTCOMES[s.outcome] + (f"（{s.detail}）" if s.detail and s.detail != OUTCOMES[s.outcome] else "")}
            for s in case.sources if s.outcome not in ("readable", "skipped")]


def page_notes_of(case: CaseFile) -> list[dict[str, Any]]:
    """Pages that were read but that a person should look at."""
    return [{"file": p.file, "page": p.page, "note": text} for p, text in notes_of(case)]


def facts_of(case: CaseFile) -> dict[str, Any]:
    """Facts in export form."""
    return {n: f.as_dict() for n, f in sorted(case.flat_facts().items())}


def export_case(case: CaseFile, checklist: Checklist, findings: list[Finding], ledger: Ledger, why: str = "") -> dict[str, Any]:
    """The whole object but for the number of the run."""
    rows = {r.check: r for r in ledger.rows}
    return {
        "schema": SCHEMA, "unit": case.ref.unit, "batch": case.ref.batch, "case": case.ref.key, "case_key": case_key(case), "title": case.ref.title, "procedure": checklist.procedure, "procedure_why": why,
        "checklist": {"id": checklist.id, "version": checklist.version, "sha256": checklist.sha256},
        "score": _num(ledger.score), "score_low": _num(ledger.low), "score_high": _num(ledger.high), "grade": ledger.grade, "vetoed": bool(ledger.vetoes), "vetoes": list(ledger.vetoes),
        "working": ledger.working(), "documents": documents_of(case), "facts": facts_of(case), "unread": unread_of(case),
        "page_notes": page_notes_of(case),
        "files": [{"file": s.path, "sha256": s.sha256, "size": s.size, "format": s.format, "outcome": s.outcome, "pages": len(s.pages),
                   "seconds": s.media.seconds if s.media else None, "created": s.media.created if s.media else ""} for s in case.sources],
        "findings": [{
            "check": f.check, "status": f.verdict.status, "points": str(rows[f.check].points), "deducted": str(rows[f.check].deducted), "veto": rows[f.check].veto,
            "message": f.verdict.message, "working": list(f.verdict.working), "identity": identity(case, f), "evidence_digest": evidence_digest(f), "ruling": None,
            "evidence": [p.as_dict() for p in f.verdict.places]} for f in findings],
    }
