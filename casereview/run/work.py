"""Many cases: what a worker does with one, and how a run is led, resumed and recorded."""

from __future__ import annotations

import datetime as dt
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from casereview import __version__
from casereview.errors import ReadFailure
from casereview.facts.casefile import CaseFile, assemble
from casereview.judging.review import review
from casereview.judging.score import ledger_of
from casereview.model import OUTCOMES, Document, SourceFile
from casereview.reading import ocr
from casereview.reading.door import read_source
from casereview.reading.intake import CaseRef, bytes_of, files_of, unit_papers
from casereview.record.canonical_json import canonical
from casereview.record.edition import edition_digest
from casereview.record.export import export_case
from casereview.record.result import CaseResult, Run, UnitResult
from casereview.rules.rulebook import Rules, RuleSet, rule_set
from casereview.run.engine import Pool, Work
from casereview.run.unit_level import has_papers, read_papers, score_unit


@dataclass(frozen=True)
class Task:
    """One case to score, with a reviewer's corrections of its split."""

    ref: CaseRef
    corrections: tuple[Document, ...] = ()


@dataclass(frozen=True)
class UnitTask:
    """The papers of one unit to read."""

    batch: str
    unit: str
    folder: Path


def read_case(
    ref: CaseRef,
    rules: Rules | RuleSet,
    skip: dict[str, str] | None = None,
    corrections: tuple[Document, ...] = (),
    tell: Callable[[str, int], None] = lambda n, s: None,
) -> CaseFile:
    """Read every file of a case. ``skip``: files that ended a worker before, with their outcome.
    ``tell`` hears each file before it is read.
    """
    skip = skip or {}
    sources = []
    for f in files_of(ref):
        outcome = f.skip or skip.get(f.rel, "")
        if outcome:
            sources.append(
                SourceFile(
                    f.rel,
                    "",
                    0,
                    "unknown" if f.skip else _format(f.rel),
                    outcome,
                    "" if f.skip else OUTCOMES[outcome],
                )
            )
            continue
        try:
            data = bytes_of(f)
        except ReadFailure as e:
            sources.append(SourceFile(f.rel, "", 0, _format(f.rel), e.outcome, e.detail))
            continue
        tell(f.rel, len(data))
        ocr.listen(partial(tell, f.rel, len(data)))
        sources.append(read_source(f.rel, data, None if f.zip_member else f.disk))
    tell("", 0)
    return assemble(ref, sources, rules.vocabulary, unit_papers(ref.unit_dir), list(corrections))


def _format(rel: str) -> str:
    from casereview.reading.safe_open import kind_of

    return kind_of(rel, b"")


def score_case(
    task: Task,
    rules: Rules | RuleSet,
    skip: dict[str, str] | None = None,
    tell: Callable[[str, int], None] = lambda n, s: None,
) -> CaseResult:
    """Read, judge and score one case."""
    case = read_case(task.ref, rules, skip, task.corrections, tell)
    chosen, why = rules.for_case(case)
    findings = review(case, chosen.checklist, chosen.law)
    return export_case(
        case,
        chosen.checklist,
        findings,
        ledger_of(chosen.checklist, findings),
        why,
        edition_digest(chosen),
    )


def worker(checklist: str, procedure: str) -> Work:
    """Set up a worker process: load the rules once."""
    rules = rule_set(checklist, procedure)
    return lambda task, skip, tell: (
        read_papers(task.folder, skip, tell)
        if isinstance(task, UnitTask)
        else score_case(task, rules, skip, tell)
    )


def score_many(
    tasks: list[Task],
    checklist: str,
    procedure: str,
    workers: int,
    on_file: Callable[[Task, str], None] = lambda t, f: None,
) -> Iterator[tuple[Task, CaseResult | None, str]]:
    """Score cases in supervised workers, as they finish. ``checklist``, ``procedure``: as for
    ``rule_set``.
    """
    yield from Pool(workers, worker, (checklist, procedure)).run(tasks, on_file)


def score_units(
    refs: list[CaseRef],
    results: list[CaseResult],
    as_of: str,
    workers: int,
    earlier: dict[str, dict[str, int]] | None = None,
) -> Iterator[UnitResult]:
    """Every unit of the run against the list of the three systems. Papers are read in supervised
    workers. ``earlier``: unit -> counts of the faults of the last round.
    """
    folders = {(r.batch, r.unit): r.unit_dir for r in refs if r.unit_dir}
    tasks = [UnitTask(b, u, f) for (b, u), f in sorted(folders.items()) if has_papers(f)]
    papers = (
        {(t.batch, t.unit): got for t, got, _ in Pool(workers, worker, ("", "")).run(tasks)}
        if tasks
        else {}
    )
    day = dt.date.fromisoformat(as_of)
    for (batch, unit), folder in sorted(folders.items()):
        yield score_unit(
            batch,
            unit,
            folder,
            papers.get((batch, unit)),
            [r for r in results if (r["batch"], r["unit"]) == (batch, unit)],
            day,
            (earlier or {}).get(unit),
        )


def environment() -> str:
    """Versions that matter for the same bytes, as canonical JSON (RELIABILITY 4.5)."""
    names = (
        "pdfplumber",
        "pdfminer.six",
        "pypdfium2",
        "lxml",
        "openpyxl",
        "pillow",
        "rapidfuzz",
        "chinesecalendar",
        "pymediainfo",
        "sqlite-utils",
    )
    return canonical(
        {
            "python": platform.python_version(),
            "system": sys.platform,
            "machine": platform.machine(),
            **{n: version(n) for n in names},
        }
    )


def run_row(root: Path, rules: Rules | RuleSet, started: str, as_of: str, options: str) -> Run:
    """The header of a run: all it takes to get the same bytes again."""
    one = rules.checklist if isinstance(rules, Rules) else None
    return Run(
        root=str(root),
        started=started,
        as_of=as_of,
        checklist=one.id if one else "",
        checklist_version=one.version if one else "",
        checklist_sha256=rules.sha256,
        rules=canonical(dict(rules.digests)),
        tool=__version__,
        environment=environment(),
        options=options,
    )
