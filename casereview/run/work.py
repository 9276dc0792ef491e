"""One case: read, judged and scored from its bytes and the rules alone. Nothing here knows of a
run, a store or a clock. ``unit_level`` does the same for a unit.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path

from casereview.errors import ExitCode, ReadFailure, UsageError
from casereview.facts.casefile import CaseFile, assemble
from casereview.facts.procedure import Chosen, recognise
from casereview.facts.procedures import procedure_of
from casereview.judging.plausibility import open_where_doubtful, reason_of
from casereview.judging.review import review
from casereview.judging.score import ledger_of
from casereview.model import OUTCOMES, Document, SourceFile
from casereview.papers.corrections import NONE, Corrections
from casereview.papers.house import House
from casereview.reading import ocr, page_count
from casereview.reading.door import read_source
from casereview.reading.intake import (
    CaseRef,
    FileRef,
    bytes_of,
    files_of,
    find_cases,
    unit_papers,
)
from casereview.reading.safe_open import kind_of
from casereview.record.applied import NO_HOUSE, edition_digest
from casereview.record.export import documents_of, export_case, facts_of, unread_of
from casereview.record.identity import digest
from casereview.record.result import (
    CaseResult,
    DocumentResult,
    FactResult,
    UnreadFile,
)
from casereview.rules.rulebook import Rules, RuleSet, load_rules, rule_set
from casereview.run.container import asked, no_single_case
from casereview.run.ended import Ended, ended, lasts
from casereview.run.engine import Skip, Tell
from casereview.run.judged_again import bench_of, judged_again, keep_judged
from casereview.run.kept_cases import keep_read, read_before

_ALL: Skip = {}
_RUBBISH = 20_000, 10, 50  # how many new nouns go by before rubbish is looked for


def _deaf(*step: str | int) -> None:
    """Nobody listens."""


@lru_cache(maxsize=4)
def rules_of(checklist: str, procedure: str) -> Rules | RuleSet:
    """The rules of a run, loaded once in each process."""
    rules = rule_set(checklist, procedure)
    gc.freeze()  # they stay: whoever looks for rubbish need not go through them each time,
    gc.set_threshold(*_RUBBISH)  # nor at every few hundred of the many small nouns of a case
    return rules


@dataclass(frozen=True)
class Task:
    """One case to score, with what reviewers put right about it and how its unit writes.
    ``checklist``, ``procedure``: as for ``rule_set``; ``memory``: the digest of all that its
    reading rests on, '' where nothing is remembered.
    """

    ref: CaseRef
    corrections: Corrections = NONE
    checklist: str = ""
    procedure: str = ""
    house: House = NO_HOUSE
    memory: str = ""

    @property
    def name(self) -> str:
        """The key of the case."""
        return self.ref.key

    @property
    def chosen(self) -> Chosen | None:
        """The procedure that a person said it followed."""
        said = self.corrections.said
        return Chosen(said.procedure, said.why) if said else None

    def do(self, skip: Skip, tell: Tell) -> CaseResult:
        """Read, judge and score it."""
        return score_case(self, rules_of(self.checklist, self.procedure), skip, tell)


@dataclass(frozen=True)
class Sealing:
    """One case to score and seal for a store. ``base``: the digest of the result of the case that
    the store has at hand, '' for none.
    """

    task: Task
    base: str = ""

    @property
    def name(self) -> str:
        """The key of the case."""
        return self.task.name

    def do(self, skip: Skip, tell: Tell) -> Ended:
        """Read, judge, score and seal it."""
        rules = rules_of(self.task.checklist, self.task.procedure)
        end = _scored(self.task, rules, skip, tell, self.base)
        return end if isinstance(end, Ended) else ended(end)


def one_case(path: Path) -> CaseRef:
    """The only case at a path. Raises UsageError when there are more, NothingReadable."""
    refs = find_cases(path)
    if len(refs) > 1:
        raise UsageError(f"{path} 里有 {len(refs)} 个案卷，请指明其中一个，例如 {refs[0].root}")
    return refs[0]


@dataclass(frozen=True)
class Reading:
    """A case as it was read, without a judgement."""

    documents: tuple[DocumentResult, ...]
    facts: dict[str, FactResult]
    unread: tuple[UnreadFile, ...]
    exit_code: ExitCode


def read_only(path: Path) -> Reading:
    """Read the only case at a path. Raises UsageError, NothingReadable."""
    case = read_case(one_case(path), load_rules())
    code = ExitCode.DONE
    if case.unread:
        nothing = all(not s.pages and not s.media for s in case.sources)
        code = ExitCode.NOTHING_READABLE if nothing else ExitCode.PARTLY_UNREAD
    decisions = procedure_of(recognise(case).procedure).concludes
    return Reading(documents_of(case), facts_of(case, decisions), unread_of(case), code)


def read_case(
    ref: CaseRef,
    rules: Rules | RuleSet,
    skip: Skip = _ALL,
    corrections: tuple[Document, ...] = (),
    tell: Tell = _deaf,
    house: House = NO_HOUSE,
) -> CaseFile:
    """Read every file of a case. ``skip``: files that ended a worker before, with their outcome.
    ``tell`` hears each file before it is read; ``house``: how the unit writes.
    """
    sources = [_own(ref, _source(f, skip.get(f.rel, ""), tell)) for f in files_of(ref)]
    tell("", 0)
    vocabulary = rules.vocabulary.of(house)
    return assemble(ref, sources, vocabulary, unit_papers(ref.unit_dir), list(corrections))


def _own(ref: CaseRef, source: SourceFile) -> SourceFile:
    """A file with the pages of this case alone, where several cases lie in it."""
    if ref.part is None or ref.part[0] != source.path:
        return source
    _, first, last = ref.part
    return replace(source, pages=tuple(p for p in source.pages if first <= p.number <= last))


def _source(f: FileRef, ended: str, tell: Tell) -> SourceFile:
    """One file as read, or with the outcome that says why not."""
    if f.skip:
        return SourceFile(f.rel, "", 0, "unknown", f.skip, "")
    if ended:
        return SourceFile(f.rel, "", 0, kind_of(f.rel, b""), ended, OUTCOMES[ended])
    try:
        data = bytes_of(f)
    except ReadFailure as e:
        return SourceFile(f.rel, "", 0, kind_of(f.rel, b""), e.outcome, e.detail)
    tell(f.rel, len(data))
    ocr.listen(partial(tell, f.rel, len(data)))
    page_count.listen(partial(tell, f.rel, len(data)))
    return read_source(f.rel, data, None if f.zip_member else f.disk)


def score_case(
    task: Task, rules: Rules | RuleSet, skip: Skip = _ALL, tell: Tell = _deaf
) -> CaseResult:
    """Read, judge and score one case; what was read and found before is not again."""
    end = _scored(task, rules, skip, tell, "")
    return end.result if isinstance(end, Ended) else end


def _scored(
    task: Task, rules: Rules | RuleSet, skip: Skip, tell: Tell, base: str
) -> CaseResult | Ended:
    """The same; sealed where it is remembered in that form. ``base``: as for ``Sealing``."""
    memory = "" if skip else task.memory
    vocabulary = rules.vocabulary.of(task.house)

    def known() -> CaseFile | None:
        return read_before(memory, task.ref, vocabulary)

    judged = digest(memory, task.checklist, task.procedure) if memory else ""
    if memory and (again := judged_again(judged, rules, task.house, known, base)):
        return again
    case = known() if memory else None
    if case is None:
        case = read_case(task.ref, rules, skip, task.corrections.documents, tell, task.house)
        memory = memory if lasts(case.sources) else ""
        if memory:
            keep_read(memory, case)
    return _judged(case, rules, task.house, task.chosen, judged if memory else "")


def judge_case(
    case: CaseFile,
    rules: Rules | RuleSet,
    house: House = NO_HOUSE,
    said: Chosen | None = None,
) -> CaseResult:
    """Judge and score a case that was read, by the rules of the procedure that it followed.
    ``said``: that procedure by a person's word.
    """
    end = _judged(case, rules, house, said, "")
    return end.result if isinstance(end, Ended) else end


def _judged(
    case: CaseFile, rules: Rules | RuleSet, house: House, said: Chosen | None, memory: str
) -> CaseResult | Ended:
    """The same. ``memory``: under which it is kept as judged, '' for nowhere."""
    chosen, procedure = rules.for_case(case, said)
    seconds = ((s.checklist, s.law) for s in chosen.seconds)
    bench = bench_of(case)
    found = review(bench, chosen.checklist, chosen.law, *seconds)
    findings = open_where_doubtful(found, procedure)
    doubt = no_single_case(case)
    if doubt:
        findings = asked(findings, doubt)
    ledger, card = ledger_of(chosen.book, findings), edition_digest(chosen, house)
    why = reason_of(procedure)
    result = export_case(case, chosen.checklist, findings, ledger, why, card)
    if memory and procedure.rival is None:
        return keep_judged(memory, rules, chosen, bench, doubt, result, findings)
    return result
