"""A unit against the list of the three systems: its papers, its lists, and the rates over its cases
in this run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from casereview.errors import ReadFailure
from casereview.judging.review import finding_of
from casereview.judging.score import ledger_of
from casereview.reading import ocr
from casereview.reading.case_tree import UNIT_PAPERS
from casereview.reading.door import read_source
from casereview.reading.intake import CaseRef, FileRef, bytes_of, files_of, unit_papers
from casereview.record.applied import edition_digest
from casereview.record.export import checklist_used, findings_of
from casereview.record.identity import unit_key
from casereview.record.result import UNIT_SCHEMA, CaseResult, UnitResult, number
from casereview.rules.rulebook import Rules, load_rules
from casereview.rules.unit_context import UnitContext, UnitPaper, unit_paper
from casereview.run.engine import Engine, Skip, Tell

CHECKLIST = "三项制度-单位"


def has_papers(unit_dir: Path) -> bool:
    """True when the unit handed in something besides lists."""
    return bool(_papers_in(unit_dir))


def _papers_in(unit_dir: Path) -> list[FileRef]:
    """The files of 单位材料 but the lists."""
    folder = unit_dir / UNIT_PAPERS
    if not folder.is_dir():
        return []
    files = files_of(CaseRef(UNIT_PAPERS, unit_dir.name, folder))
    return [f for f in files if not f.skip and not f.rel.lower().endswith(".csv")]


@dataclass(frozen=True)
class UnitTask:
    """The papers of one unit to read."""

    batch: str
    unit: str
    folder: Path

    @property
    def name(self) -> str:
        """Batch and unit."""
        return f"{self.batch}/{self.unit}"

    def do(self, skip: Skip, tell: Tell) -> list[UnitPaper]:
        """Every paper that the unit handed in."""
        papers = [_read(f, f.rel in skip, tell) for f in _papers_in(self.folder)]
        tell("", 0)
        return papers


def _read(f: FileRef, ended: bool, tell: Tell) -> UnitPaper:
    """One paper of a unit. ``ended``: it ended a worker before and is not opened again."""
    if not ended:
        try:
            data = bytes_of(f)
            tell(f.rel, len(data))
            ocr.listen(partial(tell, f.rel, len(data)))
            return unit_paper(read_source(f.rel, data))
        except ReadFailure:
            pass
    return UnitPaper(f"{UNIT_PAPERS}/{f.rel}", "", False)


CasesOf = Callable[[str, str], list[CaseResult]]  # by batch and unit
Earlier = Mapping[str, dict[str, int]]  # unit -> counts of the last round's correctable faults


def score_units(
    refs: list[CaseRef], cases: CasesOf, as_of: str, engine: Engine, earlier: Earlier
) -> Iterator[UnitResult]:
    """Every unit of a run against the list of the three systems, in the order of their names.
    ``cases``: reads the cases of one unit in the run.
    """
    folders = {(r.batch, r.unit): r.unit_dir for r in refs if r.unit_dir}
    tasks = [UnitTask(b, u, f) for (b, u), f in sorted(folders.items()) if has_papers(f)]
    papers = {done.job.name: done.result for done in engine.run(tasks, lambda unit, file: None)}
    day = dt.date.fromisoformat(as_of)
    for (batch, unit), folder in sorted(folders.items()):
        own = cases(batch, unit)
        handed_in = papers.get(UnitTask(batch, unit, folder).name)
        yield score_unit(batch, unit, folder, handed_in, own, day, earlier.get(unit))


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
