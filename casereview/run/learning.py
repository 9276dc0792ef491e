"""How a unit writes, asked once (DESIGN, promise 13): what is open in its files becomes questions,
the answers become its house, and the files that they touch are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casereview.chinese import key
from casereview.errors import NotUnique, UsageError
from casereview.judging.open_questions import OpenCase, open_case
from casereview.papers.corrections import Corrections, load_corrections
from casereview.papers.house import Entry, House, houses_folder, load_houses, save_house
from casereview.privacy.mask import masker
from casereview.reading.intake import CaseRef
from casereview.record.applied import editions_of
from casereview.record.result import CaseResult, RunOptions
from casereview.record.store import Store
from casereview.rounds.history import History
from casereview.rounds.questions import (
    ANSWER,
    NAME,
    OPTION,
    SKIPPED,
    Question,
    asked,
    questions,
)
from casereview.rules.rulebook import rule_set
from casereview.run.campaign import refs_of, still_there, task_of
from casereview.run.decisions import Actor
from casereview.run.engine import Engine, Listen, Skip, Tell
from casereview.run.unit_doubts import doubt_units
from casereview.run.work import Task, read_case, rules_of


@dataclass(frozen=True)
class LookTask:
    """One case to look through for what is open."""

    task: Task

    @property
    def name(self) -> str:
        """The key of the case."""
        return self.task.name

    def do(self, skip: Skip, tell: Tell) -> OpenCase:
        """Read it, judge it, and say what nobody understood."""
        task = self.task
        rules = rules_of(task.checklist, task.procedure)
        case = read_case(task.ref, rules, skip, task.corrections.documents, tell, task.house)
        chosen, _ = rules.for_case(case, task.chosen)
        return open_case(case, chosen.checklist, chosen.law)


@dataclass(frozen=True)
class UnitFiles:
    """The files of one unit in a run (or round), and how it writes so far. ``results``, ``refs``:
    as the run has them in which each was scored, by ``runs``.
    """

    unit: str
    run: int
    asked: RunOptions
    results: tuple[CaseResult, ...]
    refs: tuple[CaseRef, ...]
    fixed: Mapping[str, Corrections]
    house: House
    runs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """The questions on a unit's files, most valuable first. ``kinds``: what papers there are."""

    files: UnitFiles
    questions: tuple[Question, ...]
    kinds: frozenset[str]

    @property
    def unit(self) -> str:
        """The unit."""
        return self.files.unit

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "unit": self.unit,
            "run": self.files.run,
            "questions": list(map(_data, self.questions)),
        }


def _data(q: Question) -> dict[str, Any]:
    choices = [{"text": c.text, "reads": c.reads} for c in q.choices]
    return {
        "name": q.name,
        "question": q.text,
        "open_items": q.settles,
        "doubtful_faults": q.doubtful,
        "cases": list(q.cases),
        "example": q.example,
        "choices": choices,
    }


@dataclass(frozen=True)
class Moved:
    """A verdict that moved because of an answer."""

    case: str
    check: str
    before: str
    after: str


@dataclass(frozen=True)
class Learned:
    """What became of answers: the house, the cases judged again, the verdicts that moved;
    ``broken``: cases that could not be judged again.
    """

    house: House
    entries: tuple[Entry, ...]
    cases: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    broken: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "unit": self.house.unit,
            "answers": [{"number": e.number, "says": e.sentence()} for e in self.entries],
            "cases": list(self.cases),
            "moved": [vars(m) for m in self.moved],
            "broken": list(self.broken),
        }


def unit_files(store: Store, unit: str, run: int = 0) -> UnitFiles:
    """The files of a unit of a run, named in full or by a part that only one has. Raises
    UsageError, NotUnique, RulesRefused.
    """
    history = History(store)
    number = run or history.current()
    every = history.raw(number)
    name = _unit_named(unit, sorted({r.unit for r in every}))
    rows = {n: store.run_row(n) for n in history.parts(number)}
    found = {n: refs_of(row, store.path) for n, row in rows.items()}
    own, refs, runs = [], [], {}
    for r in (r for r in every if r.unit == name):
        source, key = history.source(number, r.case)
        own.append(replace(r, case=key))
        refs.append(still_there(rows[source], key, found[source]))
        runs[key] = source
    house = load_houses(houses_folder(store.path)).get(name, House(name))
    asked = store.run_row(number).asked
    fixed = load_corrections(store.path)
    return UnitFiles(name, number, asked, tuple(own), tuple(refs), fixed, house, runs)


def _unit_named(wanted: str, units: Sequence[str]) -> str:
    hits = [u for u in units if u == wanted] or [u for u in units if wanted and wanted in u]
    if len(hits) > 1:
        raise NotUnique(f"“{wanted}”对应 {len(hits)} 个单位：{'、'.join(hits)}，请写得更具体。")
    if not hits:
        raise UsageError(f"没有单位“{wanted}”，有：{'、'.join(units) or '（无）'}")
    return hits[0]


def ask(files: UnitFiles, engine: Engine, listen: Listen = lambda case, step: None) -> Asking:
    """Look through all files of a unit and put what is open as questions."""
    jobs = [LookTask(t) for t in _tasks(files, files.refs)]
    seen = [end.result for end in engine.run(jobs, listen) if end.result is not None]
    kinds = rule_set(files.asked.checklist, files.asked.procedure).vocabulary.kinds
    every = sorted(seen, key=lambda c: c.case)
    return Asking(files, questions(files.house, every, files.results), frozenset(kinds))


def _tasks(files: UnitFiles, refs: Iterable[CaseRef]) -> Iterator[Task]:
    houses = {files.unit: files.house}
    return (task_of(r, files.asked, files.fixed, houses) for r in refs)


@dataclass
class Session:
    """Somebody at the questions: one at a time, each answer taken back as easily. ``given``: the
    entry of each question that was answered or waved away, in order.
    """

    asking: Asking
    given: list[tuple[Question, Entry]] = field(default_factory=list)

    @property
    def question(self) -> Question | None:
        """The question at hand; None after the last."""
        done = {q.name for q, _ in self.given}
        return next((q for q in self.asking.questions if q.name not in done), None)

    def choose(self, number: int) -> None:
        """The choice of this number (1 …); 0 for none of them. Raises UsageError."""
        q = self._open()
        if not 0 <= number <= len(q.choices):
            raise UsageError(f"没有第 {number} 个选项，可以按 1～{len(q.choices)}、0、s、u、t、q")
        self.given.append((q, q.choices[number - 1].entry if number else q.none))

    def write(self, text: str) -> None:
        """An answer in the person's own words. Raises UsageError."""
        q = self._open()
        entry = q.own(text.strip(), self.asking.kinds) if text.strip() else None
        if entry is None:
            raise UsageError(f"没有文书“{text}”，名称要与 casereview checklist show 里的相同")
        self.given.append((q, replace(entry, seen=q.example)))

    def skip(self) -> None:
        """Never ask this again."""
        q = self._open()
        self.given.append((q, Entry(skipped=q.name)))

    def undo(self) -> bool:
        """Take back the last answer; False where there is none."""
        return bool(self.given and self.given.pop())

    def _open(self) -> Question:
        if self.question is None:
            raise UsageError("没有要回答的问题了")
        return self.question


@dataclass(frozen=True)
class Returned:
    """Answers that came back on a sheet, and what was passed over."""

    entries: tuple[Entry, ...]
    remarks: tuple[str, ...]


def answers_of(asking: Asking, rows: Sequence[Mapping[str, str]]) -> Returned:
    """The answers on a sheet of questions, row by row under its heads. Raises UsageError with
    every complaint; then nothing counts.
    """
    known = {q.name: q for q in asking.questions}
    answered = asked(asking.files.house)
    entries: list[Entry] = []
    remarks: list[str] = []
    bad: list[str] = []
    for n, row in enumerate(rows, 2):
        said, name = row.get(ANSWER, "").strip(), row.get(NAME, "").strip()
        if not said:
            continue
        if name in answered:
            remarks.append(f"第 {n} 行已经答过，没有再记：{name}")
        elif name not in known:
            bad.append(f"第 {n} 行 {NAME} 列：没有这个问题（{name or '空白'}），请用导出的原表填写")
        else:
            _take(known[name], said, row, n, asking.kinds, entries, bad)
    if bad:
        raise UsageError("答复有问题，一条也没有记：\n" + "\n".join(bad))
    return Returned(tuple(entries), tuple(remarks))


def _take(
    q: Question,
    said: str,
    row: Mapping[str, str],
    n: int,
    kinds: frozenset[str],
    entries: list[Entry],
    bad: list[str],
) -> None:
    """One answered row: an entry, or a complaint."""
    number = said.removesuffix(".0")
    if said in SKIPPED:
        entries.append(Entry(skipped=q.name))
    elif number == "0":
        entries.append(q.none)
    elif number.isdigit():
        shown = row.get(f"{OPTION}{number}", "").partition("\n")[0]
        chosen = next((c for c in q.choices if shown and c.text == shown), None)
        if chosen is None:
            bad.append(f"第 {n} 行 {ANSWER} 列：没有选项 {number}")
        else:
            entries.append(chosen.entry)
    elif own := q.own(said, kinds):
        entries.append(replace(own, seen=q.example))
    else:
        bad.append(f"第 {n} 行 {ANSWER} 列：没有文书“{said}”，请写选项的号，或者文书的全称")


def keep(
    store: Store, files: UnitFiles, entries: Sequence[Entry], actor: Actor, engine: Engine
) -> Learned:
    """Write answers (or withdrawals) into the house of a unit, dated and named, and judge the
    files again that they touch. Personal data in what was looked at is hidden in the house. Raises
    UsageError, RulesRefused.
    """
    house, mask = files.house, masker(files.results)
    for entry in entries:
        said = replace(entry, by=actor.name, on=actor.today.isoformat(), seen=mask(entry.seen))
        house = house.told(said)
    new = house.entries[len(files.house.entries) :]
    if not new:
        return Learned(house, ())
    save_house(houses_folder(store.path), house)
    about = [e for e in _meant(house, new) if not e.skipped]
    return _judged_again(store, replace(files, house=house), new, about, engine)


def _meant(house: House, new: Iterable[Entry]) -> Iterator[Entry]:
    """Entries, and in place of a withdrawal what it withdraws in the end."""
    by_number = {e.number: e for e in house.entries}
    for entry in new:
        while entry.withdraws and entry.withdraws in by_number:
            entry = by_number[entry.withdraws]
        yield entry


def withdraw(store: Store, files: UnitFiles, number: int, actor: Actor, engine: Engine) -> Learned:
    """Withdraw one answer and judge the files again that it touched. Raises UsageError."""
    holding = {e.number for e in files.house.holding}
    if number not in holding:
        held = "、".join(str(n) for n in sorted(holding)) or "（无）"
        raise UsageError(f"{files.unit}没有有效的第 {number} 条答复，有：{held}")
    return keep(store, files, [Entry(withdraws=number)], actor, engine)


def touched(entry: Entry, result: CaseResult) -> bool:
    """True when an answer may move a verdict of a case: it has such a paper or such a title."""
    if entry.item:
        return False  # the files are not read in another way
    if entry.title:
        return any(key(entry.title) in key(d.title) for d in result.documents)
    return any(d.is_kind(entry.paper) for d in result.documents)


def _judged_again(
    store: Store,
    files: UnitFiles,
    new: Sequence[Entry],
    about: Sequence[Entry],
    engine: Engine,
) -> Learned:
    """Judge and store the cases that answers touch, each as the next revision of its result."""
    before = {r.case: r for r in files.results if any(touched(e, r) for e in about)}
    rules = rule_set(files.asked.checklist, files.asked.procedure)
    store.save_editions(editions_of(rules, [files.house]))
    refs = [r for r in files.refs if r.key in before]
    after: dict[str, CaseResult] = {}
    broken = []
    for end in engine.run(list(_tasks(files, refs)), lambda case, step: None):
        if end.result is None:
            broken.append(end.job.name)
        else:
            store.save_case(files.runs[end.result.case], end.result)
            after[end.result.case] = end.result
    confirmed = {files.unit: files.house.confirmed}
    for run in sorted(set(files.runs.values())):
        for was, now in doubt_units(store, run, confirmed, {files.unit}):
            before.setdefault(now.case, was)
            after[now.case] = now
    moved = [m for case in sorted(after) for m in moves(before[case], after[case])]
    return Learned(
        files.house, tuple(new), tuple(sorted(after)), tuple(moved), tuple(sorted(broken))
    )


def moves(before: CaseResult, after: CaseResult) -> Iterator[Moved]:
    """The verdicts of the tool that differ between two results of a case."""
    old = {f.check: f.status for f in before.findings}
    new = {f.check: f.status for f in after.findings}
    for check in dict.fromkeys([*old, *new]):
        if old.get(check, "") != new.get(check, ""):
            yield Moved(after.case, check, old.get(check, ""), new.get(check, ""))
