"""What waits for a person, each with all that is needed to say what it is; and what was said of it,
whether by a key at the desk or in a row of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from casereview.errors import UsageError
from casereview.model import FAIL, Place
from casereview.record.edition import EditionItem
from casereview.record.result import FindingResult, Result
from casereview.rounds.history import OF_UNIT, History
from casereview.rounds.listing import Asked, Line, every_line, lines, lines_of
from casereview.rounds.rulings import BY_PERSON

GOOD, FAULT, UNFIT, BACK = "合格", "不合格", "不适用", "撤回"
VERDICTS = {GOOD: "pass", FAULT: "fail", UNFIT: "na", BACK: "withdraw"}
ACTS = {  # other words for an act of ruling
    "确认": "confirm",
    "维持": "confirm",
    "否定": "overrule",
    "改分": "adjust",
    "免予整改": "waive",
    "免予": "waive",
}
_OF_A_FAULT = {GOOD: "overrule", FAULT: "confirm"}  # what the words mean where the tool failed it
_SHORT = 8  # digits of the evidence in a key


@dataclass(frozen=True)
class Pending:
    """A finding that waits: its line in the list, its case, itself, and what the edition says of
    the item (None when none was kept).
    """

    line: Line
    result: Result
    finding: FindingResult
    item: EditionItem | None

    @property
    def key(self) -> str:
        """What it is known by on a sheet: which finding, resting on what, so that what was said of
        other evidence is not taken for it.
        """
        return f"{self.finding.identity}.{self.finding.evidence_digest[:_SHORT]}"

    @property
    def sentence(self) -> str:
        """The sentence that goes out when it is a fault and nobody writes another."""
        f = self.finding
        return f.message if f.status == FAIL else BY_PERSON.format(self.line.name)

    @property
    def quoted(self) -> tuple[Place, ...]:
        """Where it stands: places with a quote before those without."""
        return tuple(sorted(self.finding.evidence, key=lambda p: not p.quote))

    @property
    def lacks_place(self) -> bool:
        """True when a fault cannot be told without saying where it is."""
        f = self.finding
        return f.status != FAIL and not any(p.quote for p in f.evidence)

    @property
    def way(self) -> str:
        """How many points it may cost, in words, where a person has to choose; '' elsewhere."""
        if self.item is None or self.finding.status == FAIL or not self.item.deduction.chosen:
            return ""
        return self.item.deduction.sentence(self.item.points)


@dataclass(frozen=True)
class Said:
    """What a person says of a finding. ``word``: of VERDICTS; ``why`` stays inside, ``says`` goes
    out; ``at``: 文件:页:原文; ``where``: the row of the sheet on which it stands.
    """

    word: str
    why: str = ""
    points: str = ""
    at: str = ""
    says: str = ""
    where: str = ""

    def action(self, status: str) -> str:
        """The act of ruling that the word means on a finding of this status of the tool."""
        if status != FAIL:
            return VERDICTS[self.word]
        if self.word == FAULT and self.points:
            return "adjust"
        return _OF_A_FAULT.get(self.word, VERDICTS[self.word])


def act(word: str, status: str, points: str = "") -> str:
    """The act of ruling that a word means on a finding of this status of the tool; an act itself
    (``rulings.ACTIONS``) stays what it is, and so does a word that means none.
    """
    if word in VERDICTS:
        return Said(word, points=points).action(status)
    return ACTS.get(word, word)


@dataclass(frozen=True)
class ToSettle:
    """What waits for one person, and how much more is in other hands: assigned to others, or handed
    in already.
    """

    rows: tuple[Pending, ...]
    others: int


def to_settle(history: History, run: int, asked: Asked, name: str) -> ToSettle:
    """What of a run waits for the person ``name``: what is open, unless the state of it is asked
    for. Raises UsageError.
    """
    stated = asked.verdict or asked.veto or asked.ruled or asked.reviewer
    found = list(_pending(history, run, lines(history, run, asked if stated else opened(asked))))
    panel = history.panel_state(run)
    mine = tuple(p for p in found if panel.open_to(p.result.case, name))
    return ToSettle(mine, len(found) - len(mine))


def opened(asked: Asked) -> Asked:
    """The same, of what is open."""
    return replace(asked, open=True)


def every_one(history: History, run: int) -> dict[str, Pending]:
    """Every finding of the cases and units of a run by its identity."""
    every = _pending(history, run, every_line(history, run))
    return {p.finding.identity: p for p in every}


def of_case(history: History, run: int, number: int) -> tuple[Pending, ...]:
    """Every finding of the case of this number in the list, in the order of the checklist. Raises
    UsageError.
    """
    result = history.at(run, number)
    if result is None:
        count = history.roll(run).count
        raise UsageError(f"第 {run} 次评查没有第 {number} 号案卷，共 {count} 卷。")
    return tuple(_pending_of(history, result, lines_of(history, str(number), result)))


def of_unit(history: History, run: int, unit: str) -> tuple[Pending, ...]:
    """Every finding of the list of the three systems of a unit; none where it has no such list."""
    own = [(n, u) for n, u in enumerate(history.units(run), 1) if u.unit == unit]
    return tuple(
        p
        for n, u in own[-1:]
        for p in _pending(history, run, lines_of(history, f"{OF_UNIT}{n}", u))
    )


def next_open(every: Sequence[Pending], after: int) -> int:
    """The number of the next finding of a case that waits behind this one, from the beginning when
    there is none; 0 when nothing waits.
    """
    waiting = [n for n, p in enumerate(every, 1) if p.line.unsettled and n != after]
    return next((n for n in waiting if n > after), waiting[0] if waiting else 0)


def _pending(history: History, run: int, rows: Iterable[Line]) -> Iterator[Pending]:
    """``rows`` case by case."""
    units = {u.case: u for u in history.units(run)}
    for case, own in groupby(rows, key=lambda x: x.case):
        r = units[case] if case in units else next(history.stream(run, [case]))
        yield from _pending_of(history, r, own)


def _pending_of(history: History, r: Result, rows: Iterable[Line]) -> Iterator[Pending]:
    """Lines of one case or unit."""
    edition = history.editions.get(r.checklist.card)
    for x in rows:
        f = r.finding(x.check)
        if f is not None:
            yield Pending(x, r, f, edition.get(x.check) if edition else None)
