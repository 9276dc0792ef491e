"""The view of a run: what Word, Excel, the page and the terminal say is said here, once, in typed
nouns (those of one case in ``case_view``). Every figure is counted here and nowhere else; texts are
inert, and masked where they leave the office. ``gather`` builds it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from casereview.judging.score import UNDECIDED
from casereview.reports.case_view import CaseView, Row, SystemsView, Told
from casereview.reports.words import NOTHING, mean, rounded, share
from casereview.rounds.change import AGAIN, NEW
from casereview.rounds.compare import Comparison
from casereview.rounds.movement import Movement
from casereview.rounds.rate import Rate, total
from casereview.rules.schemes import EXCELLENT, GOOD, QUALIFIED, UNQUALIFIED

TOLD = 8  # kinds of faults that are told of, where not more of them decide a grade
WIDEST = 3
GRADES = (EXCELLENT, GOOD, QUALIFIED, UNQUALIFIED, UNDECIDED)  # those that templates may name


def grade_line(grades: dict[str, int]) -> str:
    """'优秀 3 卷（75%），…' of the grades that occur."""
    of = sum(grades.values())
    return "，".join(f"{g} {n} 卷（{share(n, of)}）" for g, n in grades.items() if n)


@dataclass(frozen=True)
class StageCount:
    """How many faults stand in one stage, out of all."""

    stage: str
    faults: int
    of: int

    @property
    def share(self) -> str:
        """Their share."""
        return share(self.faults, self.of)


@dataclass(frozen=True)
class UnitView:
    """One unit with its cases. ``due``: the papers that go down to it."""

    name: str
    batch: str
    rank: int | None
    mean: Decimal | None
    grades: dict[str, int]
    cases: tuple[CaseView, ...]
    systems: SystemsView | None
    due: frozenset[str]

    @cached_property
    def faults(self) -> list[Told]:
        """Everything the unit must be told."""
        return [Told(c, r) for c in self.cases for r in c.faults]

    @property
    def curable(self) -> int:
        """How many faults can be put right."""
        return sum(t.row.curable for t in self.faults)

    @property
    def incurable(self) -> int:
        """How many cannot."""
        return len(self.faults) - self.curable

    @cached_property
    def vetoed(self) -> list[CaseView]:
        """Cases with a fault that decides the grade."""
        return [c for c in self.cases if c.vetoes]

    @property
    def open_count(self) -> int:
        """How many items nobody has decided yet."""
        return sum(len(c.open) for c in self.cases)

    @cached_property
    def stages(self) -> list[StageCount]:
        """Faults by stage, most first."""
        n = Counter(t.row.stage for t in self.faults)
        return [StageCount(stage, k, len(self.faults)) for stage, k in n.most_common()]

    @cached_property
    def procedures(self) -> Counter[str]:
        """How many cases of which procedure."""
        return Counter(c.procedure for c in self.cases)

    @property
    def systems_score(self) -> Decimal | None:
        """The score on the list of the three systems."""
        return self.systems.score if self.systems else None

    @property
    def systems_says(self) -> str:
        """The same with the range in which it may move; '—' where no list was kept."""
        return self.systems.says if self.systems else NOTHING

    @property
    def systems_faults(self) -> list[Row]:
        """What fails on the list of the three systems."""
        return self.systems.faults if self.systems else []

    @property
    def listed(self) -> int:
        """How many lines its list has: the faults of its cases and its own."""
        return len(self.faults) + len(self.systems_faults)


@dataclass(frozen=True)
class Fault:
    """A fault over the campaign: how many cases and units have it, and where to see it. ``item``:
    the item that it fails.
    """

    check: str
    name: str
    item: str
    stage: str
    system: str
    cases: int
    units: int
    veto: bool
    examples: tuple[str, ...]

    @property
    def weight(self) -> str:
        """Whether it decides the grade, in words."""
        return "否决" if self.veto else "一般"


@dataclass(frozen=True)
class SystemTotals:
    """One of the three systems over the campaign: items and verdicts."""

    name: str
    items: int
    passed: int
    failed: int
    open: int
    cases: int
    worst: tuple[str, ...]

    @property
    def rate(self) -> Decimal | None:
        """Share in order of what was decided, in percent."""
        decided = self.passed + self.failed
        return rounded(Decimal(100 * self.passed) / decided) if decided else None


@dataclass(frozen=True)
class Since:
    """What became of a run in the next: of which findings, and why the score moved."""

    run: int
    counts: dict[str, int]
    movement: Movement | None
    due: Rate

    @property
    def line(self) -> str:
        """What became of the faults of the round before, and what is new."""
        new = "，".join(f"{k} {self.counts[k]} 个" for k in (NEW, AGAIN) if self.counts[k])
        return self.due.parts + (f"；{new}" if new else "")

    @property
    def rate(self) -> str:
        """The rate with its denominator."""
        return self.due.short


@dataclass(frozen=True)
class UnitMean:
    """The mean of a unit over the cases that both runs scored."""

    unit: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class CampaignView:
    """A run or round as a whole. ``called``: its campaign and ``round``; ``says``: the same with
    how many of how many cases; ``draft``: what stands on every page of a paper that was not issued
    ('' on one that was); ``rates``: of the units, of the round before; ``organiser``, ``period``:
    of the campaign; ``day``: on which the papers are made (ISO), which says what law they cite.
    """

    title: str
    run: int
    as_of: str
    head: str
    standards: tuple[str, ...]
    basis: tuple[str, ...]
    units: tuple[UnitView, ...]
    faults: tuple[Fault, ...]
    systems: tuple[SystemTotals, ...]
    ladder: tuple[str, ...]
    before: Comparison | None = None
    rates: dict[str, Rate] = field(default_factory=dict)
    masked: bool = True
    called: str = ""
    round: str = ""
    says: str = ""
    draft: str = ""
    organiser: str = ""
    period: str = ""
    day: str = ""

    @cached_property
    def cases(self) -> list[CaseView]:
        """All cases, by unit in the order of the ranking."""
        return [c for u in self.units for c in u.cases]

    @cached_property
    def grades(self) -> dict[str, int]:
        """How many cases have which grade."""
        n = Counter(c.grade for c in self.cases)
        return {g: n[g] for g in self.ladder}

    @property
    def best(self) -> str:
        """The name of the highest grade."""
        return self.ladder[0]

    @property
    def worst(self) -> str:
        """The name of the lowest grade."""
        return self.ladder[-2]

    @property
    def scores(self) -> list[Decimal]:
        """The scores of all cases that have one."""
        return [c.score for c in self.cases if c.score is not None]

    @property
    def mean(self) -> Decimal | None:
        """The mean of the cases that have a score and a grade."""
        return mean([c.score for c in self.cases if c.score is not None and c.grade != UNDECIDED])

    @cached_property
    def stages(self) -> list[StageCount]:
        """Faults by stage, most first."""
        n = Counter(r.stage for c in self.cases for r in c.faults)
        rows = sorted(n.items(), key=lambda x: (-x[1], x[0]))
        return [StageCount(stage, k, self.fault_count) for stage, k in rows]

    @cached_property
    def fault_count(self) -> int:
        """All faults of all cases."""
        return sum(len(c.faults) for c in self.cases)

    @cached_property
    def telling(self) -> list[Fault]:
        """Kinds of faults to tell of: every one that decides a grade, then those of most cases."""
        grave = [f for f in self.faults if f.veto]
        others = [f for f in self.faults if not f.veto]
        return grave + others[: max(TOLD - len(grave), 0)]

    @property
    def widespread(self) -> list[Fault]:
        """The kinds of faults that most cases have, of those that more than one has."""
        return [f for f in self.faults if f.cases > 1][:WIDEST]

    @property
    def told_how(self) -> str:
        """The sentence before the faults that are told of: how many kinds there are."""
        every, several = len(self.faults), sum(f.cases > 1 for f in self.faults)
        grave = sum(f.veto for f in self.faults)
        said = [f"问题共{every}类", f"其中否决项{grave}类" if grave else ""]
        said.append(f"涉及两个以上案卷的{several}类" if several else "每类各涉及1个案卷")
        listed = len(self.telling)
        more = (
            f"以下列出{listed}类{'，否决项全部列出' if grave else ''}：" if listed < every else ""
        )
        return "，".join(filter(None, said)) + "。" + (more or "分述如下：")

    @property
    def open_count(self) -> int:
        """All items that nobody has decided yet."""
        return sum(len(c.open) for c in self.cases)

    @property
    def unread_count(self) -> int:
        """All files that could not be read in full."""
        return sum(len(c.unread) for c in self.cases)

    @cached_property
    def vetoed(self) -> list[CaseView]:
        """Cases with a fault that decides the grade."""
        return [c for c in self.cases if c.vetoes]

    @property
    def commended(self) -> list[CaseView]:
        """The best cases, best first."""
        best = [c for c in self.cases if c.commended]
        return sorted(best, key=lambda c: (-(c.score or 0), c.unit, c.name))

    @property
    def procedure_line(self) -> str:
        """How many cases of which procedure."""
        n = Counter(c.procedure for c in self.cases)
        return "，".join(f"{p} {k} 卷" for p, k in n.most_common())

    @property
    def since(self) -> Since | None:
        """What became of the run before; None when there is none."""
        if self.before is None:
            return None
        rate = total(self.rates.values())
        return Since(self.before.before, self.before.counts, self.before.score, rate)

    @property
    def heat(self) -> tuple[list[str], list[tuple[str, list[int]]]]:
        """Units by stage: the stages, and for each unit how many faults in each."""
        heads = [s.stage for s in self.stages]
        rows = []
        for u in self.units:
            n = Counter(t.row.stage for t in u.faults)
            rows.append((u.name, [n[stage] for stage in heads]))
        return heads, rows

    @property
    def means(self) -> list[UnitMean]:
        """Means of the units before and after, over the cases that both runs scored."""
        if self.before is None:
            return []
        out = []
        for u in self.units:
            own = [m for c in u.cases if (m := self.before.cases.get(c.path))]
            was, now = mean([m.start for m in own]), mean([m.to for m in own])
            if was is not None and now is not None:
                out.append(UnitMean(u.name, was, now))
        return out
