"""A judged case as the noun that is stored and exported: decimal strings, no clock, no absolute
path (DESIGN 3.3, promise 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from casereview.facts.casefile import CaseFile
from casereview.facts.page_notes import notes_of
from casereview.judging.score import Ledger
from casereview.model import FAIL, OUTCOMES, Box, Finding, Place, SourceFile
from casereview.record.identity import case_key, evidence_digest, identity, prints_of, text_print
from casereview.record.result import (
    CASE_SCHEMA,
    CaseResult,
    ChecklistUsed,
    DocumentResult,
    FactResult,
    FileResult,
    FindingResult,
    PageNote,
    UnreadFile,
    number,
)
from casereview.record.spots import spot_of
from casereview.rules.checklist import Checklist


def documents_of(case: CaseFile) -> tuple[DocumentResult, ...]:
    """The papers of a case."""
    return tuple(
        DocumentResult(
            file=d.file,
            page_from=d.page_from,
            page_to=d.page_to,
            kind=d.kind,
            also=d.also,
            title=d.title,
            serves="、".join(d.serves),
            confidence=round(d.confidence, 3),
            why=d.why,
            readable=d.readable,
            print=text_print(p.running_text.without_spaces, bool(p.recognised)),
        )
        for p in case.papers
        for d in (p.doc,)
    )


def unread_of(case: CaseFile) -> tuple[UnreadFile, ...]:
    """Files not fully read, with the reason a person can act on."""
    return tuple(
        UnreadFile(file=s.path, outcome=s.outcome, reason=_reason(s))
        for s in case.sources
        if s.outcome not in ("readable", "skipped")
    )


def _reason(s: SourceFile) -> str:
    said = OUTCOMES[s.outcome]
    return said + (f"（{s.detail}）" if s.detail and s.detail != said else "")


def page_notes_of(case: CaseFile) -> tuple[PageNote, ...]:
    """Pages that were read but that a person should look at."""
    return tuple(PageNote(file=p.file, page=p.page, note=text) for p, text in notes_of(case))


def facts_of(case: CaseFile, decisions: Iterable[str]) -> dict[str, FactResult]:
    """Facts by 文书.要素. ``decisions``: the kinds of paper that conclude its procedure."""
    out = {}
    for name, f in sorted(case.flat_facts(decisions).items()):
        place = _rounded(f.place)
        out[name] = FactResult(
            value=f.value,
            text=f.text,
            file=place.file,
            page=place.page,
            box=place.box,
            confidence=f.confidence,
        )
    return out


def files_of(case: CaseFile) -> tuple[FileResult, ...]:
    """The files of a case with what they are known by."""
    return tuple(
        FileResult(
            file=s.path,
            sha256=s.sha256,
            size=s.size,
            format=s.format,
            outcome=s.outcome,
            pages=len(s.pages),
            seconds=s.media.seconds if s.media else None,
            created=s.media.created if s.media else "",
            made=s.made,
            prints=tuple(prints_of(s)),
        )
        for s in case.sources
    )


def _rounded(p: Place, spot: str | None = None) -> Place:
    """A place with its box to a tenth of a point, as it is exported. ``spot``: instead of its
    own.
    """
    box = _box(p.box) if p.box else None
    return Place(p.file, p.page, box, p.quote, p.spot if spot is None else spot)


def _box(box: Box) -> Box:
    x0, top, x1, bottom = box
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


def _placed_in(case: CaseFile) -> Callable[[Place], Place]:
    """Writes a place of a case as it is exported, with its spot in a file without pages."""
    sources = {s.path: s for s in case.sources}
    return lambda p: _rounded(p, spot_of(sources.get(p.file), p))


def findings_of(
    key: str,
    findings: Iterable[Finding],
    ledger: Ledger,
    placed: Callable[[Place], Place] = _rounded,
) -> tuple[FindingResult, ...]:
    """Findings beside their lines of the ledger. ``key``: what the case or unit is known by;
    ``placed``: how a place is written.
    """
    rows = {r.check: r for r in ledger.rows}
    return tuple(
        FindingResult(
            check=f.check,
            status=f.verdict.status,
            points=str(rows[f.check].points),
            deducted=str(rows[f.check].deducted),
            veto=rows[f.check].veto,
            message=f.verdict.message,
            working=f.verdict.working,
            subject=f.verdict.subject,
            parameters=dict(f.parameters),
            identity=identity(key, f),
            evidence_digest=evidence_digest(f),
            evidence=tuple(map(placed, f.verdict.places)),
            fault=f.verdict.fault if f.verdict.status == FAIL else "",
            plain=f.verdict.plain and f.verdict.status == FAIL,
        )
        for f in findings
    )


def findings_on(
    case: CaseFile, key: str, findings: Iterable[Finding], ledger: Ledger
) -> tuple[FindingResult, ...]:
    """Findings on a case beside their lines of the ledger. ``key``: what the case is known by."""
    return findings_of(key, findings, ledger, _placed_in(case))


def checklist_used(checklist: Checklist, card: str) -> ChecklistUsed:
    """Which checklist judged. ``card``: digest of its edition."""
    return ChecklistUsed(
        id=checklist.id, version=checklist.version, sha256=checklist.sha256, card=card
    )


def scored(ledger: Ledger) -> dict[str, Any]:
    """What a result says of its ledger, under the names of its fields."""
    return {
        "score": number(ledger.score),
        "score_low": number(ledger.low),
        "score_high": number(ledger.high),
        "grade": ledger.grade,
        "vetoed": bool(ledger.vetoes),
        "vetoes": ledger.vetoes,
        "working": tuple(ledger.working()),
    }


def export_case(
    case: CaseFile,
    checklist: Checklist,
    findings: list[Finding],
    ledger: Ledger,
    why: str = "",
    card: str = "",
) -> CaseResult:
    """The whole result but for the number of the run. ``card``: digest of the checklist as it was
    applied.
    """
    key = case_key(case, checklist.procedure)
    return CaseResult(
        schema=CASE_SCHEMA,
        unit=case.ref.unit,
        batch=case.ref.batch,
        case=case.ref.key,
        case_key=key,
        title=case.ref.title,
        procedure=checklist.procedure,
        procedure_why=why,
        checklist=checklist_used(checklist, card),
        **scored(ledger),
        documents=documents_of(case),
        facts=facts_of(case, checklist.decisions),
        unread=unread_of(case),
        page_notes=page_notes_of(case),
        unit_lists=tuple(case.unit.digests),
        files=files_of(case),
        findings=findings_on(case, key, findings, ledger),
    )
