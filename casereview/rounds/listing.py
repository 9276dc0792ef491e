"""Findings of all cases of a round as one list, each with a short number (案卷号.项号) by which
every command knows it; and what of the list a person asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from casereview.errors import UsageError
from casereview.judging.score import OPEN
from casereview.model import FAIL, STATUS_WORDS
from casereview.record.briefs import QUIET
from casereview.record.edition import EditionItem, fault_name
from casereview.record.heads import MANY, CaseHead
from casereview.record.result import FindingResult, UnitResult
from casereview.rounds.cases import Looked
from casereview.rounds.history import OF_UNIT, History
from casereview.rounds.rulings import CHANGED, SPLIT, WAIVED

WORDS = {**{word: status for status, word in STATUS_WORDS.items()}, "免予整改": WAIVED}


@dataclass(frozen=True)
class Asked:
    """Which lines are wanted; nothing said: faults and what is open. ``unit``, ``case``, ``item``,
    ``stage``, ``reviewer``: parts of names; ``verdict``: as people write it; ``level``: of cases
    (case), of how units keep the three systems (unit), '' of both.
    """

    unit: str = ""
    case: str = ""
    item: str = ""
    stage: str = ""
    verdict: str = ""
    reviewer: str = ""
    veto: bool = False
    open: bool = False
    ruled: bool = False
    level: str = ""


@dataclass(frozen=True)
class Line:
    """One finding. ``state``, ``by``: of what people said of it; ``fault``: what is wrong, '' of
    what is no fault.
    """

    number: str
    unit: str
    case: str
    check: str
    name: str
    stage: str
    status: str
    deducted: str
    veto: bool
    state: str
    by: str
    message: str
    identity: str
    fault: str = ""

    @property
    def unsettled(self) -> bool:
        """True where nobody decided, people differ, or the evidence changed since."""
        return self.status in OPEN or self.state in (SPLIT, CHANGED)

    @property
    def word(self) -> str:
        """The verdict as people write it."""
        return "免予整改" if self.status == WAIVED else STATUS_WORDS.get(self.status, self.status)

    def as_dict(self) -> dict[str, Any]:
        """For --json."""
        return asdict(self)


def lines(history: History, run: int, asked: Asked) -> list[Line]:
    """The lines that are wanted, case by case in the order of the checklist. Raises UsageError for
    a verdict that is none.
    """
    return list(each_line(history, run, asked))


def each_line(history: History, run: int, asked: Asked) -> Iterator[Line]:
    """The same one after the other; no more cases are read than the lines that are taken need.
    Raises UsageError.
    """
    if asked.verdict and asked.verdict not in WORDS:
        raise UsageError(f"没有结论“{asked.verdict}”，可以写 {'、'.join(WORDS)}")
    return (x for x in _lines_near(history, run, asked) if _wanted(x, asked))


def _lines_near(history: History, run: int, asked: Asked) -> Iterator[Line]:
    """The findings of all cases and units in which a wanted line may be."""
    quiet = WORDS.get(asked.verdict) in QUIET
    for number, h in _heads(history, run) if asked.level != "unit" else ():
        named = asked.unit in h.unit and asked.case in h.case
        if named and (quiet or h.fails or h.open or h.ruled):
            read = history.stream if quiet else history.briefs
            yield from lines_of(history, str(number), next(iter(read(run, [h.case]))))
    for number, u in enumerate(history.units(run), 1):
        yield from lines_of(history, f"{OF_UNIT}{number}", u)


def _heads(history: History, run: int) -> Iterator[tuple[int, CaseHead]]:
    """The cases of a run with their numbers in the list, some at a time."""
    number = 0
    while some := history.page(run, MANY, number):
        for h in some:
            number += 1
            yield number, h


def every_line(history: History, run: int) -> Iterator[Line]:
    """Every finding of the cases of a run, then every one of its units."""
    for n, r in enumerate(history.stream(run), 1):
        yield from lines_of(history, str(n), r)
    for n, u in enumerate(history.units(run), 1):
        yield from lines_of(history, f"{OF_UNIT}{n}", u)


def lines_of(history: History, number: str, r: Looked | UnitResult) -> Iterator[Line]:
    """Every finding of the case or unit of this number in the list."""
    edition = history.editions.get(r.checklist.card)
    for m, f in enumerate(r.findings, 1):
        yield _line(f"{number}.{m}", r, f, edition.get(f.check) if edition else None)


def _line(number: str, r: Looked | UnitResult, f: FindingResult, item: EditionItem | None) -> Line:
    return Line(
        number=number,
        unit=r.unit,
        case=r.case,
        check=f.check,
        name=item.name if item else f.check,
        stage=item.stage if item else "",
        status=f.effective,
        deducted=f.deducted,
        veto=f.veto,
        state=f.state,
        by=f.ruling.by if f.ruling else "",
        message=f.message,
        identity=f.identity,
        fault=fault_name(item, f.check, f.fault) if f.failed else "",
    )


def _wanted(x: Line, a: Asked) -> bool:
    """True for a line that every part of what is asked allows."""
    parts = ((a.unit, x.unit), (a.case, x.case), (a.stage, x.stage), (a.reviewer, x.by))
    called = a.item in x.name or a.item in x.fault or a.item == x.check
    named = called and all(part in whole for part, whole in parts)
    named = named and a.level in ("", "unit" if x.number.startswith(OF_UNIT) else "case")
    return named and _in_state(x, a)


def _in_state(x: Line, a: Asked) -> bool:
    """True for a line in the state that is asked for."""
    asked = (
        (a.verdict, x.status == WORDS.get(a.verdict)),
        (a.veto, x.veto and x.status == FAIL),
        (a.open, x.unsettled),
        (a.ruled or a.reviewer, bool(x.state)),
    )
    if not any(wanted for wanted, _ in asked):
        return x.status == FAIL or x.unsettled
    return all(holds for wanted, holds in asked if wanted)
