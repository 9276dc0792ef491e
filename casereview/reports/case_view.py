"""The view of one case: its items as people read them, what it scored, its days and its record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from casereview.judging.score import OPEN
from casereview.model import FAIL, NA, PASS
from casereview.reports.timeline import Limit, Step
from casereview.reports.words import number, ranged, status_word
from casereview.rounds.full_record import StageRecord

SHOWN = 3  # places of a finding on paper


@dataclass(frozen=True)
class Row:
    """One item as people read it. ``tool``: the status that the program gave, ``status``: that
    after the rulings; ``veto``: the item is one; ``way``: how it costs points, where it does not
    simply cost all of them; ``fault``: what is wrong ('' where it does not fail), ``sort``: what
    faults of the item are called together.
    """

    check: str
    identity: str
    stage: str
    name: str
    system: str
    tool: str
    status: str
    points: Decimal
    deducted: Decimal
    message: str
    working: tuple[str, ...]
    places: tuple[str, ...]
    quotes: tuple[str, ...]
    basis: tuple[str, ...]
    advice: str
    curable: bool
    veto: bool
    ruling: str
    way: str = ""
    fault: str = ""
    sort: str = ""

    @property
    def failed(self) -> bool:
        """True for a fault."""
        return self.status == FAIL

    @property
    def open(self) -> bool:
        """True when nobody has decided it yet."""
        return self.status in OPEN

    @property
    def decided(self) -> bool:
        """True when it counts in the score."""
        return self.status in (PASS, FAIL)

    @property
    def word(self) -> str:
        """The status in words."""
        return status_word(self.status)

    @property
    def vetoed(self) -> bool:
        """True for a fault that decides the grade."""
        return self.veto and self.failed

    @property
    def told(self) -> str:
        """What was found: of a fault its name before the facts."""
        return "：".join(filter(None, (self.fault, self.message)))

    @property
    def got(self) -> str:
        """The points that it brought."""
        if self.decided:
            return number(self.points - self.deducted)
        return "不涉及" if self.status == NA else "待定"

    @property
    def taken(self) -> str:
        """The points that it cost; '' when it is no fault."""
        return number(self.deducted) if self.failed else ""

    @property
    def cure(self) -> str:
        """Whether it can be put right, in words."""
        return "可补正" if self.curable else "不可补正"

    @property
    def weight(self) -> str:
        """Whether it decides the grade, in words."""
        return "否决" if self.vetoed else "一般"

    @property
    def remedy(self) -> str:
        """How it is put right; '' when it is no fault."""
        return self.advice if self.failed else ""

    @property
    def articles(self) -> str:
        """What it rests on, in one line."""
        return "；".join(self.basis)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Places with what stands there."""
        pairs = zip(self.places, self.quotes, strict=True)
        return tuple(place + (f"「{quote}」" if quote else "") for place, quote in pairs)

    @property
    def where(self) -> str:
        """The first places with what stands there, a line each."""
        return "\n".join(self.evidence[:SHOWN])

    @property
    def found_at(self) -> str:
        """Where to look: of what is in order, only the first place."""
        return "".join(self.places[:1]) if self.status in (PASS, NA) else self.where

    @property
    def pages(self) -> str:
        """Every place once."""
        return "；".join(dict.fromkeys(self.places))


@dataclass(frozen=True)
class CaseView:
    """One case file. ``in_order``: stages without a fault, with how many decided items;
    ``party_called``: what stands in the place of the party is called.
    """

    unit: str
    batch: str
    path: str
    name: str
    number: str
    party: str
    procedure: str
    standard: str
    filed: str
    decided: str
    closed: str
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str
    vetoes: tuple[str, ...]
    commended: bool
    reviewers: tuple[str, ...]
    working: tuple[str, ...]
    rows: tuple[Row, ...]
    unread: tuple[str, ...]
    notes: tuple[str, ...]
    steps: tuple[Step, ...]
    limits: tuple[Limit, ...]
    record: tuple[StageRecord, ...]
    in_order: tuple[tuple[str, int], ...]
    outcomes: tuple[str, ...] = ()
    party_called: str = ""

    @cached_property
    def faults(self) -> list[Row]:
        """Items that fail after the rulings."""
        return [r for r in self.rows if r.failed]

    @property
    def grave(self) -> list[Row]:
        """Faults that decide the grade."""
        return [r for r in self.faults if r.vetoed]

    @cached_property
    def open(self) -> list[Row]:
        """Items that nobody has decided yet."""
        return [r for r in self.rows if r.open]

    @property
    def decided_count(self) -> int:
        """How many items count in the score."""
        return sum(r.decided for r in self.rows)

    @property
    def taken(self) -> Decimal:
        """The points that the faults cost."""
        return sum((r.deducted for r in self.faults), Decimal(0))

    @property
    def span(self) -> str:
        """The score if all that is open failed, and if it passed."""
        return f"{number(self.low)}～{number(self.high)}"

    @property
    def called(self) -> str:
        """Its number, else the name of its folder."""
        return self.number or self.name

    @property
    def counted(self) -> str:
        """How many items there are of which verdict."""
        n = Counter(r.word for r in self.rows)
        said = "，".join(f"{word}{k}项" for word, k in n.most_common())
        grave = f"（其中否决{len(self.grave)}项）" if self.grave else ""
        return f"共{len(self.rows)}项：{said}{grave}"

    @property
    def concerned(self) -> list[Row]:
        """Items that concern the case: all but those that do not apply."""
        return [r for r in self.rows if r.status != NA]

    @property
    def apart(self) -> list[str]:
        """Names of the items that do not apply."""
        return [r.name for r in self.rows if r.status == NA]

    @property
    def merits(self) -> list[str]:
        """What was done well, in one sentence; nothing where no stage is in order."""
        if not self.in_order:
            return []
        stages, items = "、".join(s for s, _ in self.in_order), sum(n for _, n in self.in_order)
        return [f"{stages}环节已判定的{items}项均合格"]


@dataclass(frozen=True)
class SystemsView:
    """A unit against the list of the three systems. ``score``: None where under half was judged."""

    standard: str
    as_of: str
    cases: int
    score: Decimal | None
    low: Decimal | None
    high: Decimal | None
    grade: str
    rows: tuple[Row, ...]
    working: tuple[str, ...]

    @property
    def says(self) -> str:
        """The score with the range in which it may move: '88.2（58～100）'."""
        return ranged(self.score, self.low, self.high, self.grade)

    @cached_property
    def faults(self) -> list[Row]:
        """Items that fail after the rulings."""
        return [r for r in self.rows if r.failed]


@dataclass(frozen=True)
class Told:
    """A fault with its case, as the unit is told of it."""

    case: CaseView
    row: Row
