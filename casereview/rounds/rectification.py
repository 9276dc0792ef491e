"""What units were told to put right, what they answered, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from casereview.errors import UsageError
from casereview.model import FAIL, NA, PASS
from casereview.record.edition import EditionItem, fault_name
from casereview.record.entries import (
    ExplanationDecided,
    ListedFinding,
    ListIssued,
    ObjectionDecided,
    UnitAnswered,
)
from casereview.record.identity import is_unit_key
from casereview.record.journal import Entry
from casereview.record.result import FindingResult, UnitResult
from casereview.rounds.cases import Looked
from casereview.rounds.change import FIXED, NOT_APPLICABLE, RULE, STILL, UNTOLD
from casereview.rounds.history import History
from casereview.rounds.rate import ACCEPTED, TAKEN
from casereview.rounds.rulings import WAIVED

if TYPE_CHECKING:
    from casereview.law.workdays import Calendar

DONE, CANNOT, OBJECTS, UNDERWAY = "已改正", "无法补正", "有异议", "整改中"
ANSWERS = (DONE, CANNOT, OBJECTS, UNDERWAY)
NOT_ISSUED, NOT_ANSWERED, ANSWERED, OBJECTED, UPHELD, EXPLAINING = (
    "未下发",
    "未反馈",
    "已反馈，待回头看",
    "有异议，待处理",
    "异议采纳，不再整改",
    "情况说明，待审查",
)
EXPLAINED = "已说明"
WAITS = "待处理"
PARTY = "处罚决定书.当事人"
OF_UNIT = "本单位落实三项制度"
Told = Looked | UnitResult  # a case or a unit with its findings


@dataclass(frozen=True)
class Answer:
    """What a unit wrote back on one finding."""

    at: str
    word: str
    measure: str = ""
    responsible: str = ""
    done: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A finding on a list: what it says, when it is due, what was answered, where it stands.
    ``item``: what the edition says of it (None when none was kept).
    """

    run: int
    unit: str
    case: str
    check: str
    identity: str
    finding: FindingResult
    item: EditionItem | None
    state: str
    issued: str = ""
    due: str = ""
    answer: Answer | None = None
    objection: str = ""
    explanation: str = ""
    overdue: bool = False
    why: str = ""
    parties: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """What the case is called among its unit's; of a problem of the unit itself, that it is."""
        return OF_UNIT if is_unit_key(self.case) else self.case.rpartition("/")[2]

    @property
    def name(self) -> str:
        """The name of the item; its id where no edition was kept."""
        return self.item.name if self.item else self.check

    @property
    def fault(self) -> str:
        """What the fault is called."""
        return fault_name(self.item, self.check, self.finding.fault)

    @property
    def curable(self) -> bool:
        """True when it can be put right."""
        return bool(self.item and self.item.curable)

    @property
    def basis(self) -> tuple[str, ...]:
        """The articles it rests on."""
        return self.item.basis if self.item else ()

    @property
    def advice(self) -> str:
        """How it is put right."""
        return self.item.advice if self.item else ""


def deadline(day: dt.date, workdays: int, calendar: Calendar) -> dt.date:
    """The last day for an answer. Raises UsageError where the calendar of a year is not known."""
    from casereview.law.workdays import UnknownYear

    try:
        return calendar.nth_workday(day, workdays)
    except UnknownYear as e:
        raise UsageError(
            f"{e}。请用 --due 写明截止日期，或者在 calendar/补充.yaml 填写放假安排。"
        ) from e


def _faults_of_cases(history: History, run: int, unit: str) -> Iterator[tuple[Told, FindingResult]]:
    """(case, finding) of what fails in the cases of a unit and stands at a place."""
    faulty = [h.case for h in history.heads(run) if h.unit == unit and h.fails]
    for r in history.briefs(run, faulty):
        for f in r.findings:
            if f.failed and any(p.quote for p in f.evidence):
                yield r, f


def to_issue(history: History, run: int, unit: str) -> list[tuple[Told, FindingResult]]:
    """(case, finding) of all that a unit must be told in a run: what fails after the rulings and
    stands at a place; then what fails of the unit itself against the list of the three systems.
    """
    own = (u for u in history.units(run) if u.unit == unit)
    of_unit = ((u, f) for u in own for f in u.findings if f.failed)
    return [*_faults_of_cases(history, run, unit), *of_unit]


def list_of(history: History, run: int, unit: str, due: str) -> ListIssued:
    """The entry that the list of a unit went out."""
    told = to_issue(history, run, unit)
    return ListIssued(
        run=run,
        unit=unit,
        due=due,
        findings=tuple(
            ListedFinding(case=r.case, check=f.check, identity=f.identity) for r, f in told
        ),
    )


def items(history: History, today: str, unit: str = "") -> list[Item]:
    """Every finding of the last list issued for each unit and run, with its state on ``today``.
    Answers count from the first time that the list went out.
    """
    lists = {(e.body.run, e.body.unit): e for e in _sent(history)}
    first = {(e.body.run, e.body.unit): e.at for e in reversed(_sent(history))}
    answers = _by_identity(history.journal.entries(UnitAnswered))
    decisions = _by_identity(history.journal.entries(ObjectionDecided))
    explained = _by_identity(history.journal.entries(ExplanationDecided))
    out = []
    for (run, name), issued in sorted(lists.items()):
        if unit not in name:
            continue
        became = _became(history, run)
        for row, item in _listed(history, issued.body):
            since = first[run, name]
            said = [e for e in answers[row.identity] if e.at >= since]
            ruled = [e for e in decisions[row.identity] if e.at >= since]
            answered = replace(
                item,
                issued=issued.at[:10],
                due=issued.body.due,
                answer=_answer(said[-1]) if said else None,
                objection=_objection(said, ruled),
                explanation=_explanation(item, said, explained[row.identity]),
            )
            out.append(_followed(answered, became.get((row.case, row.check)), today))
    return out


def _sent(history: History) -> list[Entry[ListIssued]]:
    """The lists that went out, oldest first; rehearsals only as long as their run is a trial."""
    known = history.campaigns
    every = [e for e in history.journal.entries(ListIssued) if e.body.run in known.here]
    return [e for e in every if not (e.body.draft and e.body.run in known.rounds)]


def _listed(history: History, issued: ListIssued) -> list[tuple[ListedFinding, Item]]:
    """The lines of a list whose findings are still in the store."""
    cases = {row.case for row in issued.findings}
    every: list[Told] = [*history.briefs(issued.run, cases), *history.units(issued.run)]
    results = {r.case: r for r in every}
    out = []
    for row in issued.findings:
        r = results.get(row.case)
        f = r.finding(row.check) if r else None
        if r and f:
            out.append((row, replace(item_of(history, r, f), identity=row.identity)))
    return out


def waiting(history: History, run: int, unit: str = "") -> list[Item]:
    """What would go out if the lists of a run were issued now, for units without one."""
    done = {e.body.unit for e in _sent(history) if e.body.run == run}
    units = {h.unit for h in history.heads(run) if unit in h.unit}
    return [
        item_of(history, r, f)
        for name in sorted(units - done)
        for r, f in to_issue(history, run, name)
    ]


def item_of(history: History, r: Told, f: FindingResult) -> Item:
    """A finding as it stands on a list that did not go out yet."""
    edition = history.editions.get(r.checklist.card)
    party = r.facts.get(PARTY)
    return Item(
        run=r.run,
        unit=r.unit,
        case=r.case,
        check=f.check,
        identity=f.identity,
        finding=f,
        item=edition.get(f.check) if edition else None,
        state=NOT_ISSUED,
        parties=party.values if party else (),
    )


def _answer(said: Entry[UnitAnswered]) -> Answer:
    a = said.body
    return Answer(said.at, a.word, a.measure, a.responsible, a.done, a.note)


def _objection(
    said: Sequence[Entry[UnitAnswered]], ruled: Sequence[Entry[ObjectionDecided]]
) -> str:
    """What was decided on the objection of the unit; '' when it made none."""
    if ruled:
        return ruled[-1].body.outcome
    return WAITS if said and said[-1].body.word == OBJECTS else ""


def _explanation(
    item: Item, said: Sequence[Entry[UnitAnswered]], ruled: Sequence[Entry[ExplanationDecided]]
) -> str:
    """What was decided on the explanation for what cannot be put right; '' when there is none."""
    if not said or item.curable or said[-1].body.word != CANNOT:
        return ""
    since = [e for e in ruled if e.at >= said[-1].at]
    return since[-1].body.outcome if since else WAITS


@dataclass(frozen=True)
class Became:
    """What became of a line in a later round, in a word, and what the word rests on."""

    word: str
    why: str = ""


def _followed(i: Item, change: Became | None, today: str) -> Item:
    """A line of a list that went out, with its state. ``change``: its end in a later run."""
    settled = _settled(i)
    state = settled or (change.word if change else _state(i))
    late = state in (NOT_ANSWERED, STILL) or (
        state == ANSWERED and i.answer is not None and i.answer.word == UNDERWAY
    )
    why = change.why if change else ""
    if change and settled:
        why = f"{change.word}：{why}" if why else change.word
    return replace(i, state=state, overdue=late and today > i.due, why=why)


def _settled(i: Item) -> str:
    """Where a line stands whatever the next round says of it; '' when that depends on it."""
    if i.objection == ACCEPTED:
        return UPHELD
    if i.objection == WAITS:
        return OBJECTED
    return EXPLAINED if i.explanation == TAKEN else ""


def _state(i: Item) -> str:
    """Where a line stands before anybody looked again."""
    if i.explanation == WAITS:
        return EXPLAINING
    return ANSWERED if i.answer else NOT_ANSWERED


Said = TypeVar("Said", UnitAnswered, ObjectionDecided, ExplanationDecided)


def _by_identity(entries: list[Entry[Said]]) -> dict[str, list[Entry[Said]]]:
    out: dict[str, list[Entry[Said]]] = defaultdict(list)
    for e in entries:
        out[e.body.identity].append(e)
    return out


def _became(history: History, run: int) -> dict[tuple[str, str], Became]:
    """(case, item) of a run -> its end in the newest later run that holds the case."""
    out: dict[tuple[str, str], Became] = {}
    for later in [r for r in history.line(run) if r > run]:
        c = history.compare(run, later)
        met = {a.case for a, _, _ in c.pairing.pairs}
        out |= {
            (x.case_from, x.check): Became(x.word, x.why)
            for x in c.changes
            if x.case_from in met and x.status_from in (FAIL, WAIVED)
        }
        out |= _of_units(history, run, later)
    return out


def _of_units(history: History, run: int, later: int) -> dict[tuple[str, str], Became]:
    """(unit, item) of a run -> what became of a problem of the unit itself in a later run."""
    now = {u.case: u for u in history.units(later)}
    ends = {
        (u.case, f.check): _end(now[u.case], f.check, u.checklist.card)
        for u in history.units(run)
        if u.case in now
        for f in u.findings
        if f.failed
    }
    return {key: end for key, end in ends.items() if end}


_ENDS = {PASS: FIXED, FAIL: STILL, WAIVED: STILL, NA: NOT_APPLICABLE}


def _end(u: UnitResult, check: str, card: str) -> Became | None:
    """What became of a problem of a unit itself that was judged by the edition ``card``; None where
    the item is no longer asked.
    """
    f = u.finding(check)
    if f is None:
        return None
    word = _ENDS.get(f.effective, UNTOLD)
    return Became(RULE if word == FIXED and u.checklist.card != card else word)
