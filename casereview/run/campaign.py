"""What a person does with a folder of cases: score it, keep a copy of the store.

A run is recorded case by case, so that an interrupted one goes on where it stopped.
"""

from __future__ import annotations

import os
import platform
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from casereview import __version__
from casereview.errors import CaseReviewError, ExitCode, NothingReadable, RulesRefused, UsageError
from casereview.facts.readers import house_complaints
from casereview.papers.corrections import NONE, Corrections, Part, load_corrections
from casereview.papers.house import House, houses_folder, load_houses
from casereview.reading.intake import CaseRef, doubtful_cases, find_cases, in_parts, size_of
from casereview.record.applied import NO_HOUSE, edition_of, editions_of
from casereview.record.busy import marked
from casereview.record.canonical_json import canonical
from casereview.record.heads import CaseHead
from casereview.record.result import CaseResult, FindingResult, Run, RunOptions
from casereview.record.store import Store
from casereview.rounds.change import STATES
from casereview.rounds.history import History
from casereview.rounds.rate import rates
from casereview.rounds.rulings import CHANGED
from casereview.rules.rulebook import Rules, RuleSet, load_rules, rule_set
from casereview.rules.schemes import UNQUALIFIED
from casereview.run.destination import Destination, Wish, destination, file_run
from casereview.run.ended import Ended
from casereview.run.engine import Done, Engine
from casereview.run.listener import Listener
from casereview.run.remembered import Known, Remembering, ground_of, reading_of
from casereview.run.round_cases import RoundCases
from casereview.run.saving import Save, saving
from casereview.run.unit_doubts import confirmed_of, doubt_units, suspected_items, units_that_moved
from casereview.run.unit_level import CHECKLIST, Told, score_units
from casereview.run.work import Task

_version = lru_cache(maxsize=32)(version)
Houses = Mapping[str, House]  # by unit
NO_HOUSES: Houses = {}
Clock = Callable[[], str]  # this moment, ISO, UTC
LEVELS = ("", "batch", "unit", "case")
HEARING = "听证门槛_"
_LIBRARIES = (
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


@dataclass(frozen=True)
class Order:
    """Score what lies at ``path`` into the store ``db``. ``as_of``: the day of the review (ISO);
    ``wish``: into which round, and who says so.
    """

    path: Path
    db: Path
    as_of: str
    options: RunOptions = RunOptions()
    wish: Wish = Wish()


@dataclass(frozen=True)
class Scored:
    """A run at its end. ``round``: the run by which its round is known (itself for a trial);
    ``results`` of this run with the rulings; ``before``: the earlier run it is compared
    with, and what became of the findings since; ``lapsed``: findings whose waiver ran out;
    ``waiting``: rulings whose evidence changed; ``broken``: cases that could not be scored;
    ``lowest``: what the lowest grade is called by the checklists that were used.
    """

    run: int
    results: tuple[CaseHead, ...]
    before: int | None
    changed: dict[str, int]
    lapsed: tuple[tuple[CaseResult, FindingResult], ...]
    waiting: int
    broken: int
    lowest: frozenset[str] = frozenset({UNQUALIFIED})
    round: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        keys = ("case", "unit", "score", "score_low", "score_high", "grade", "vetoed")
        rows = [{k: getattr(r, k) for k in keys} | {"vetoed": bool(r.vetoed)} for r in self.results]
        return {"run": self.run, "cases": len(rows), "results": rows}

    def exit_code(self, fail_under: float) -> ExitCode:
        """What the run says to whoever started it (DESIGN 3.2). ``fail_under``: a lower score of
        any case is a failure.
        """
        if self.broken or any(r.broken or r.unread for r in self.results):
            return ExitCode.PARTLY_UNREAD
        if any(r.grade in self.lowest or _below(r, fail_under) for r in self.results):
            return ExitCode.SOME_FAILED
        return ExitCode.DONE


def _below(r: CaseHead, line: float) -> bool:
    return r.score is not None and r.score < line


class Interrupted(CaseReviewError):
    """The run was stopped by the person who started it; what was scored is kept."""

    exit_code = ExitCode.INTERRUPTED

    def __init__(self, run: int, cases: int):
        super().__init__(f"已中断。第 {run} 次评查已保存 {cases} 个案卷，再次运行同一命令即继续。")


def score_folder(order: Order, engine: Engine, clock: Clock, listener: Listener) -> Scored:
    """Score every case of a folder and its units, and lay the rulings beside the findings.

    Raises UsageError, RulesRefused, StoreUnusable, NothingReadable (no case, or no file that can
    be read), Interrupted.
    """
    asked = order.options
    if asked.level not in LEVELS:
        raise UsageError("--level 只能是 batch、unit 或 case")
    rules = rule_set(asked.checklist, asked.procedure)
    found = find_cases(order.path, asked.level, asked.one_file)
    refs = in_parts(found, _parts_of(order.db))
    listener.found(len(refs), len({(r.batch, r.unit) for r in refs}), rules.title)
    listener.placed(_units(refs))
    if lines := doubtful_cases(refs):
        listener.doubtful(tuple(lines))
    if limits := unverified_limits(rules):
        listener.unverified(limits)
    store = Store(order.db)
    try:
        with marked(order.db, Path(os.path.abspath(order.path))) as alone:
            if not alone:
                listener.also_at_work()
            return _scored(store, order, rules, refs, engine, clock, listener)
    finally:
        store.close()


def _units(refs: Sequence[CaseRef]) -> tuple[str, ...]:
    """Every unit with how many cases it has, and its batch where there are several."""
    several = len({r.batch for r in refs}) > 1
    named = Counter(f"{r.batch}/{r.unit}" if several else r.unit for r in refs)
    return tuple(f"{name} {n} 卷" for name, n in named.items())


def _scored(
    store: Store,
    order: Order,
    rules: Rules | RuleSet,
    refs: list[CaseRef],
    engine: Engine,
    clock: Clock,
    listener: Listener,
) -> Scored:
    """Score the cases that were found into a store that is open."""
    houses = houses_of(order.db, refs, rules)
    goes = destination(History(store), order.wish, order.path, refs)
    run = _open_run(store, order, rules, houses, len(refs), clock, listener)
    _file(store, run, order, goes, clock, listener)
    known = Remembering(engine, cache(lambda: ground_of(rules)), lambda: reading_of(rules))
    broken = _score_cases(store, run, order, refs, houses, known, listener)
    _refuse_unreadable(store, run, order.path)
    history = History(store)
    units = units_that_moved(history, run)
    if moved := doubt_units(store, run, confirmed_of(houses), units):
        listener.alike(suspected_items(after for _, after in moved))
        history = History(store)
    _score_units(history, run, order, refs, known)
    store.finish_run(run, clock())
    return _outcome(history, run, broken)


def houses_of(db: Path, refs: Iterable[CaseRef], rules: Rules | RuleSet) -> Houses:
    """How the units of some cases write, as people told; units of which nothing was told are left
    out. Raises RulesRefused with every complaint.
    """
    units = {r.unit for r in refs}
    every = load_houses(houses_folder(db))
    if bad := [c for h in every.values() for c in house_complaints(h, rules.vocabulary)]:
        raise RulesRefused(bad)
    return {unit: house for unit, house in every.items() if unit in units and house.digest_of_run}


def _open_run(
    store: Store,
    order: Order,
    rules: Rules | RuleSet,
    houses: Houses,
    cases: int,
    clock: Clock,
    listener: Listener,
) -> int:
    """The number of the run: an interrupted one of the same folder and rules, else a new one.
    ``cases``: how many it found.
    """
    root = Path(os.path.abspath(order.path))
    options = order.options.to_json()
    own = run_row(root, rules, clock(), order.as_of, options, houses)
    header = replace(own, cases=cases)
    last = store.unfinished(header)
    if last is not None and History(store).campaigns.counts(last):
        store.found_cases(last, cases)
        listener.resumed(last, len(store.done_cases(last)))
        return last
    store.save_editions([*editions_of(rules, houses.values()), edition_of(load_rules(CHECKLIST))])
    return store.start_run(header)


def _score_cases(
    store: Store,
    run: int,
    order: Order,
    refs: list[CaseRef],
    houses: Houses,
    engine: Remembering,
    listener: Listener,
) -> int:
    """Score and store what is not done yet. Returns how many cases could not be scored."""
    done = store.done_cases(run)
    fixed = load_corrections(order.db)
    tasks = [task_of(r, order.options, fixed, houses) for r in refs if r.key not in done]
    known = engine.look(tasks)
    sizes = {r.key: size_of(r) for r in refs if r.key in done}
    listener.begins(sizes | {case: k.size for case, k in known.items()}, done)
    try:
        rest = _changed(store, run, tasks, known, listener)
        bases = store.whole_digests(t.name for t in rest)
        every = engine.run(rest, listener.opens, known, bases)
        with saving(store, run) as save:
            return sum(not _stored(save, end, known, listener) for end in every)
    except KeyboardInterrupt:
        raise Interrupted(run, len(store.done_cases(run))) from None


def _changed(
    store: Store, run: int, tasks: list[Task], known: Mapping[str, Known], listener: Listener
) -> list[Task]:
    """The cases of which the store has no result yet on the same ground; the others stand."""
    standing = store.stand(run, {case: k.key for case, k in known.items() if k.key})
    for case in sorted(standing):
        listener.scored(case, 0)
    return [t for t in tasks if t.name not in standing]


def _stored(save: Save, end: Done[Ended], known: Mapping[str, Known], listener: Listener) -> bool:
    """Store a case at its end; False where it could not be scored."""
    name, result = end.job.name, end.result
    if result is None:
        listener.broken(name, end.fault)
        return False
    save(result.sealed, known[name].key if result.lasts else "")
    listener.scored(name, result.pages)
    return True


def task_of(
    ref: CaseRef, asked: RunOptions, fixed: Mapping[str, Corrections], houses: Houses
) -> Task:
    """One case to score as a run was asked. ``fixed``: what people put right, by case."""
    corrections = fixed.get(ref.key, NONE)
    return Task(ref, corrections, asked.checklist, asked.procedure, houses.get(ref.unit, NO_HOUSE))


def _refuse_unreadable(store: Store, run: int, path: Path) -> None:
    """A run in which no file at all could be read is none. Raises NothingReadable."""
    if store.read_something(run):
        return
    said = f"{path} 里没有一个文件能够读取。"
    for result in store.results(run):
        if result.unread:
            first = result.unread[0]
            said += f"例如：{first.file}：{first.reason}"
        break
    raise NothingReadable(said)


def _file(
    store: Store,
    run: int,
    order: Order,
    goes: Destination,
    clock: Clock,
    listener: Listener,
) -> None:
    """Put a run where it goes; one that is taken up again stays where it is unless the person says
    otherwise.
    """
    filed = History(store).campaigns.round_of(run)
    if goes.round and (filed is None or order.wish.round):
        file_run(store, run, goes.round, order.wish.by or "casereview", clock())
    elif filed:
        goes = Destination(filed, f"计入评查活动：{filed.called}")
    listener.belongs(goes.says, goes.round is not None)


def _head(history: History, run: int) -> int:
    """The run by which the round of a run is known; a trial is its own."""
    round_ = history.campaigns.round_of(run)
    return round_.number if round_ else run


def _score_units(
    history: History, run: int, order: Order, refs: list[CaseRef], known: Remembering
) -> None:
    """Score the units by the list of the three systems, over all their cases in the round."""
    head = _head(history, run)
    before = history.earlier(head)
    if order.options.level == "case":
        return
    seen = rates(history, before, head) if before else {}
    earlier = {unit: {"应整改": r.due, "已整改": r.done} for unit, r in seen.items()}
    cases = RoundCases(history, head)
    ground = known.ground() if known.on else ""
    told = Told(cases, history.as_of(run), earlier, ground)
    history.store.save_units(run, score_units(refs, told, known.engine))


def _outcome(history: History, run: int, broken: int) -> Scored:
    """What a run came to: its own cases as they stand in the round."""
    head = _head(history, run)
    before = history.earlier(head)
    results = tuple(h for h in history.heads(head) if history.source(head, h.case)[0] == run)
    own = {h.case for h in results}
    used = filter(None, (history.editions.get(card) for card in {h.card for h in results}))
    return Scored(
        run,
        results,
        before,
        _since(history, before, head, own) if before else {},
        tuple(history.lapsed(head)),
        sum(
            f.state == CHANGED
            for r in history.touched(head).values()
            if r.case in own
            for f in r.findings
        ),
        broken,
        frozenset({UNQUALIFIED, *(edition.scoring.lowest for edition in used)}),
        head,
    )


def _since(history: History, before: int, head: int, own: Collection[str]) -> dict[str, int]:
    """What became of the findings of these cases; of cases that were not looked at again nothing is
    said.
    """
    changes = [c.change for c in history.compare(before, head).changes if c.case_to in own]
    return {state: changes.count(state) for state in STATES}


def unverified_limits(rules: Rules | RuleSet) -> tuple[str, ...]:
    """Thresholds of hearings that nobody has confirmed for this county: 'name amount 元'."""
    one = next(iter(rules.by.values())) if isinstance(rules, RuleSet) else rules
    return tuple(
        f"{name.removeprefix(HEARING)} {p.values[-1].value} 元"
        for name, p in one.parameters.items()
        if name.startswith(HEARING) and not p.values[-1].verified
    )


def _parts_of(db: Path) -> dict[str, tuple[Part, ...]]:
    """Where cases lie in files that hold several, as people said."""
    return {key: fixed.parts for key, fixed in load_corrections(db).items() if fixed.parts}


def refs_of(row: Run, db: Path) -> dict[str, CaseRef]:
    """The cases that lie in the folder of a run, by key; whole files that hold several of them
    too.
    """
    refs = find_cases(Path(row.root), row.asked.level, row.asked.one_file)
    return {ref.key: ref for ref in (*refs, *in_parts(refs, _parts_of(db)))}


def still_there(row: Run, case: str, refs: Mapping[str, CaseRef]) -> CaseRef:
    """The case in the folder that was scored (``refs_of``). Raises UsageError."""
    ref = refs.get(case)
    if ref is None:
        raise UsageError(f"案卷 {case} 已不在 {row.root}，不能重新评查。")
    return ref


def backup(store: Store, to: Path) -> int:
    """A checked copy of the store, also while it is in use. Returns how many runs it holds. Raises
    UsageError, StoreUnusable.
    """
    if to.exists():
        raise UsageError(f"{to} 已经存在，没有覆盖；请换一个文件名。")
    store.copy_to(to)
    return len(Store(to, create=False).runs())


def environment() -> str:
    """Versions that matter for the same bytes, as canonical JSON (RELIABILITY 4.5)."""
    return canonical(
        {
            "python": platform.python_version(),
            "system": sys.platform,
            "machine": platform.machine(),
            **{n: _version(n) for n in _LIBRARIES},
        }
    )


def run_row(
    root: Path,
    rules: Rules | RuleSet,
    started: str,
    as_of: str,
    options: str,
    houses: Houses = NO_HOUSES,
) -> Run:
    """The header of a run: all it takes to get the same bytes again."""
    one = rules.checklist if isinstance(rules, Rules) else None
    return Run(
        root=str(root),
        started=started,
        as_of=as_of,
        checklist=one.id if one else "",
        checklist_version=one.version if one else "",
        checklist_sha256=rules.sha256,
        rules=canonical(
            {**dict(rules.digests), **{f"用语/{u}": h.digest_of_run for u, h in houses.items()}}
        ),
        tool=__version__,
        environment=environment(),
        options=options,
    )
