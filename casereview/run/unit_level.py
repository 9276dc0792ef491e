"""A unit against the list of the three systems: its papers, its lists, and the rates over its cases
in this run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from casereview.errors import ReadFailure
from casereview.judging.review import finding_of
from casereview.judging.score import ledger_of
from casereview.kept import Shelf
from casereview.model import CaseSeen
from casereview.reading import ocr
from casereview.reading.case_tree import UNIT_PAPERS
from casereview.reading.door import read_source
from casereview.reading.intake import CaseRef, FileRef, bytes_of, files_of, unit_papers
from casereview.record.applied import edition_digest
from casereview.record.export import checklist_used, findings_of
from casereview.record.identity import digest, unit_key
from casereview.record.result import (
    UNIT_SCHEMA,
    UnitResult,
    from_json,
    number,
    to_json,
)
from casereview.rules.rulebook import Rules, load_rules
from casereview.rules.unit_context import UnitContext, UnitPaper, unit_paper
from casereview.run.engine import Engine, Skip, Tell
from casereview.run.stamps import content_by_stamp

CHECKLIST = "三项制度-单位"
SHELF = Shelf("units", 64_000_000)


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


class Cases(Protocol):
    """The cases of units in a run."""

    def of(self, batch: str, unit: str) -> Sequence[CaseSeen]:
        """The cases of one unit, read."""

    def ground(self, batch: str, unit: str) -> tuple[tuple[str, object], ...]:
        """What each of their results rests on, '' where it is not known, and how it stands."""


@dataclass(frozen=True)
class Told:
    """What the units of a run are judged by besides their own papers. ``as_of``: the day (ISO);
    ``earlier``: of each unit the counts of the last round's correctable faults; ``ground``: the
    digest of what every case of the run rests on, '' where nothing is remembered.
    """

    cases: Cases
    as_of: str
    earlier: Mapping[str, dict[str, int]]
    ground: str = ""

    def key(self, task: UnitTask) -> str:
        """The digest of all that the result of a unit rests on; '' where that cannot be told."""
        batch, unit, own = task.batch, task.unit, self.cases.ground(task.batch, task.unit)
        if not self.ground or not all(ground for ground, _ in own):
            return ""
        rules = load_rules(CHECKLIST)
        said = (batch, unit, self.as_of, self.earlier.get(unit), rules.sha256, rules.digests)
        try:
            return digest(self.ground, repr(said), repr(own), _content(unit, task.folder))
        except OSError:
            return ""


def _content(unit: str, folder: Path) -> str:
    """The digest of everything in 单位材料. Raises OSError."""
    papers = folder / UNIT_PAPERS
    return content_by_stamp(CaseRef(UNIT_PAPERS, unit, papers)) if papers.is_dir() else ""


def score_units(refs: list[CaseRef], told: Told, engine: Engine) -> Iterator[UnitResult]:
    """Every unit of a run against the list of the three systems, in the order of their names; those
    of which nothing changed since an earlier run as they were.
    """
    every = _tasks(refs)
    keys = {task.name: told.key(task) for task in every}
    known = {name: _recalled(key) for name, key in keys.items()}
    rest = [task for task in every if known[task.name] is None]
    papers = _papers(rest, engine)
    for task in every:
        yield known[task.name] or _scored(task, told, papers, keys[task.name])
    if any(keys[task.name] for task in rest):
        SHELF.trim()


def _tasks(refs: list[CaseRef]) -> list[UnitTask]:
    """The units of some cases, in the order of their names."""
    folders = {(r.batch, r.unit): r.unit_dir for r in refs if r.unit_dir}
    return [UnitTask(*unit, folder) for unit, folder in sorted(folders.items())]


def _papers(tasks: list[UnitTask], engine: Engine) -> dict[str, list[UnitPaper] | None]:
    """What units handed in, by the name of the task; None where a worker ended over it."""
    asked = [task for task in tasks if has_papers(task.folder)]
    return {done.job.name: done.result for done in engine.run(asked, lambda unit, file: None)}


def _scored(
    task: UnitTask, told: Told, papers: Mapping[str, list[UnitPaper] | None], key: str
) -> UnitResult:
    """The result of one unit, kept for another run where every paper was read. ``papers``: what
    was read, None where a worker ended over it.
    """
    batch, unit, own = task.batch, task.unit, papers.get(task.name)
    cases, day = told.cases.of(batch, unit), dt.date.fromisoformat(told.as_of)
    result = score_unit(batch, unit, task.folder, own, cases, day, told.earlier.get(unit))
    read = task.name not in papers or (own is not None and all(p.readable for p in own))
    if key and read:
        SHELF.put(key, to_json(result).encode())
    return result


def _recalled(key: str) -> UnitResult | None:
    """What was kept; None where nothing is, or nothing sound."""
    kept = SHELF.get(key) if key else None
    return None if kept is None else from_json(kept.decode(), UnitResult)


def score_unit(
    batch: str,
    unit: str,
    unit_dir: Path | None,
    papers: list[UnitPaper] | None,
    cases: Sequence[CaseSeen],
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
