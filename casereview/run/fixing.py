"""What a person puts right about one case: how it was split into papers, which procedure it
followed. Kept beside the store, used by every later run; only that case is judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from casereview.errors import UsageError
from casereview.model import Document
from casereview.papers.corrections import (
    NONE,
    Corrections,
    Part,
    Said,
    load_corrections,
    parse_correction,
    parse_part,
    save_corrections,
)
from casereview.reading.intake import CaseRef
from casereview.record.result import CaseResult, Run, RunOptions
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rules.rulebook import rule_set
from casereview.run.campaign import houses_of, refs_of, still_there, task_of
from casereview.run.decisions import Actor
from casereview.run.engine import Engine
from casereview.run.unit_doubts import confirmed_of, doubt_units

Change = Callable[[Corrections], Corrections]


@dataclass(frozen=True)
class SplitOrder:
    """Put right how a case was split. ``corrections``: as typed, 文件.pdf:3-5=处罚决定书, all the
    papers of a file; ``papers``: the same as nouns; ``reset``: forget all corrections of the split.
    """

    case: str
    corrections: tuple[str, ...] = ()
    reset: bool = False
    run: int = 0
    papers: tuple[Document, ...] = ()


@dataclass(frozen=True)
class ProcedureOrder:
    """Say which procedure a case followed, by its id; '' takes back what was said."""

    case: str
    procedure: str = ""
    run: int = 0


@dataclass(frozen=True)
class _Case:
    """A case of a run as it was found: the run in which it was scored, its folder, its result."""

    store: Store
    number: int
    shown: str
    run: int
    ref: CaseRef
    result: CaseResult
    asked: RunOptions


def kinds_for(row: Run) -> tuple[str, ...]:
    """The kinds of paper that a correction may name in a run, in the order of the vocabulary."""
    asked = row.asked
    return tuple(rule_set(asked.checklist, asked.procedure).vocabulary.kinds)


def correct_split(store: Store, order: SplitOrder, engine: Engine) -> CaseResult:
    """Keep the corrections beside the store and judge this case anew, as the next revision of its
    result. Raises UsageError.
    """
    case = _found(store, order.case, order.run)
    kinds = set(rule_set(case.asked.checklist, case.asked.procedure).vocabulary.kinds)
    documents = [*(parse_correction(text, kinds) for text in order.corrections), *order.papers]
    _refuse_pages(documents, case)

    def change(fixed: Corrections) -> Corrections:
        """Those of a file replace the earlier ones of that file."""
        files = {d.file for d in documents}
        kept = () if order.reset else (d for d in fixed.documents if d.file not in files)
        return replace(fixed, documents=(*kept, *documents))

    return _judged_again(case, change, engine)


def set_procedure(store: Store, order: ProcedureOrder, actor: Actor, engine: Engine) -> CaseResult:
    """Keep the procedure of a case by a person's word (or take it back) and judge this case anew.
    Raises UsageError.
    """
    case = _found(store, order.case, order.run)
    if case.asked.checklist or case.asked.procedure:
        raise UsageError(
            "这次评查是用 --checklist 或者 --procedure 指定标准的，不按案卷的程序；"
            "请不带这两个选项重新评查，再确定一个案卷的程序。"
        )
    said = None
    if order.procedure:
        said = Said(order.procedure, actor.today.isoformat(), actor.name)
    elif not load_corrections(store.path).get(case.ref.key, NONE).said:
        raise UsageError(f"没有人指定过 {case.shown} 的程序，不用撤回。")
    return _judged_again(case, lambda fixed: replace(fixed, said=said), engine)


@dataclass(frozen=True)
class PartsOrder:
    """Say which pages of a file are which case, as typed (全卷.pdf:1-12), all the cases of the
    file; none takes back what was said.
    """

    case: str
    parts: tuple[str, ...] = ()
    run: int = 0


def set_parts(store: Store, order: PartsOrder) -> tuple[str, int]:
    """Keep where the cases of one file lie; from the next run on each is a case of its own. Returns
    the key of the whole and how many cases are in it. Raises UsageError.
    """
    case = _found(store, order.case, order.run)
    parts = tuple(sorted(map(parse_part, order.parts), key=lambda p: (p[0], p[1])))
    _refuse_overlap(parts, case.result)
    every = load_corrections(store.path)
    whole = case.ref.place
    fixed = every.get(whole, NONE)
    if not parts and not fixed.parts:
        raise UsageError(f"没有人把 {whole} 分成几个案卷，不用撤回。")
    save_corrections(store.path, {**every, whole: replace(fixed, parts=parts)})
    return whole, len(parts) or 1


def _refuse_overlap(parts: Sequence[Part], result: CaseResult) -> None:
    """Parts are of files of the case and do not overlap. Raises UsageError."""
    files = {f.file for f in result.files}
    for file, _, _ in parts:
        if file not in files:
            raise UsageError(f"案卷里没有文件“{file}”，有：{'、'.join(sorted(files)[:12])}")
    for one, other in pairwise(parts):
        if one[0] == other[0] and other[1] <= one[2]:
            raise UsageError(f"第{other[1]}页分给了两个案卷，请写成不重叠的页码。")


def said_of(store: Store, case: str, run: int = 0) -> Said | None:
    """What a person said of the procedure of a case; None where nobody did. Raises UsageError."""
    found = _found(store, case, run)
    return load_corrections(store.path).get(found.ref.key, NONE).said


def _found(store: Store, name: str, run: int) -> _Case:
    """The case that a person names, in its folder. Raises UsageError."""
    history = History(store)
    number = run or history.current()
    shown = history.case_named(name, number)
    source, key = history.source(number, shown)
    row = store.run_row(source)
    result = next(store.results(source, [key]))
    ref = still_there(row, key, refs_of(row, store.path))
    return _Case(store, number, shown, source, ref, result, row.asked)


def _judged_again(case: _Case, change: Change, engine: Engine) -> CaseResult:
    """Keep a change of the corrections of a case, and judge it by them. Raises UsageError."""
    every: Mapping[str, Corrections] = load_corrections(case.store.path)
    fixed = change(every.get(case.ref.key, NONE))
    save_corrections(case.store.path, {**every, case.ref.key: fixed})
    rules = rule_set(case.asked.checklist, case.asked.procedure)
    houses = houses_of(case.store.path, [case.ref], rules)
    task = task_of(case.ref, case.asked, {case.ref.key: fixed}, houses)
    result = case.result
    for end in engine.run([task], lambda name, step: None):
        if end.result is None:
            raise UsageError(f"重新评查 {case.ref.key} 失败（{end.fault}）；更正已保存。")
        case.store.save_case(case.run, end.result)
        doubt_units(case.store, case.run, confirmed_of(houses), {case.ref.unit})
        [result] = case.store.results(case.run, [case.ref.key])
    return replace(result, run=case.number, case=case.shown)


def _refuse_pages(documents: list[Document], case: _Case) -> None:
    """Corrections may only name files and pages that the case has. Raises UsageError."""
    pages = {f.file: (1, max(1, f.pages)) for f in case.result.files}
    if part := case.ref.part:
        pages[part[0]] = part[1:]
    for d in documents:
        if d.file not in pages:
            raise UsageError(f"案卷里没有文件“{d.file}”，有：{'、'.join(sorted(pages)[:12])}")
        first, last = pages[d.file]
        if not first <= d.page_from <= d.page_to <= last:
            raise UsageError(
                f"“{d.file}”是第 {first}-{last} 页，没有第 {d.page_from}-{d.page_to} 页"
            )
