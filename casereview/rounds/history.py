"""Runs out of the store as people see them: rulings placed, double review respected, two runs
compared.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from casereview.errors import UsageError
from casereview.record.edition import Edition
from casereview.record.entries import PanelAssigned, PanelSubmitted
from casereview.record.identity import is_unit_key
from casereview.record.journal import Event, Journal
from casereview.record.result import CaseResult, FindingResult, Result, UnitResult
from casereview.record.store import Store
from casereview.rounds.change import Side
from casereview.rounds.compare import Comparison, compare
from casereview.rounds.effective import PanelState, Placed, Seen, effective_results, place_rulings
from casereview.rounds.rulings import LAPSED, Ruling, ruling_of

SHORTEST = 6  # digits by which a finding may be named


class History:
    """Everything about the runs of a store that follows from what it holds; nothing here writes.
    ``audit``: waivers do not count; ``viewer``: who looks.
    """

    def __init__(self, store: Store, audit: bool = False, viewer: str = ""):
        self.store, self.audit, self.viewer = store, audit, viewer
        self.journal = Journal(store)
        self._raw: dict[int, list[CaseResult]] = {}
        self._placed: dict[int, tuple[Placed, list[Ruling]]] = {}
        self._effective: dict[int, list[CaseResult]] = {}
        self._compared: dict[tuple[int, int, int], Comparison] = {}

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """Checklists as they were applied, by digest."""
        return self.store.editions()

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Every ruling, in the order in which they count."""
        return [ruling_of(e) for e in self.journal.read("ruling")]

    @cached_property
    def _panels(self) -> dict[int, PanelState]:
        """The double reviews, by run."""
        reviewers: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
        for given in self.journal.entries(PanelAssigned):
            reviewers[given.body.run][given.body.case] = given.body.reviewers
        handed: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
        for entry in self.journal.entries(PanelSubmitted):
            cases = handed[entry.body.run]
            cases[entry.body.case] = cases.get(entry.body.case, frozenset()) | {entry.by}
        return {run: PanelState(cases, handed[run]) for run, cases in reviewers.items()}

    def raw(self, run: int) -> list[CaseResult]:
        """The tool's own results; [] for a run that is not in this store."""
        if run not in self._raw:
            self._raw[run] = list(self.store.results(run))
        return self._raw[run]

    def placed(self, run: int) -> tuple[Placed, list[Ruling]]:
        """The rulings on each finding of a run, and those that found none."""
        if run not in self._placed:
            of_cases = [r for r in self.rulings if not r.of_unit]
            self._placed[run] = place_rulings(self.raw(run), of_cases, self.raw)
        return self._placed[run]

    def results(self, run: int) -> list[CaseResult]:
        """Results with the rulings beside them."""
        if run not in self._effective:
            seen = Seen(self.as_of(run), self.audit, self.panel_state(run), self.viewer)
            self._effective[run] = effective_results(
                self.raw(run), self.editions, self.placed(run)[0], seen
            )
        return self._effective[run]

    def units(self, run: int) -> list[UnitResult]:
        """The lists of the three systems of a run, with the rulings beside them."""
        raw = self.store.unit_results(run)
        known = {f.identity for u in raw for f in u.findings}
        of_units = [r for r in self.rulings if r.identity in known or r.of_unit]
        placed, _ = place_rulings(raw, of_units, lambda n: [])
        return effective_results(raw, self.editions, placed, Seen(self.as_of(run), self.audit))

    def as_of(self, run: int) -> str:
        """The day of a run. Raises UsageError for an unknown one."""
        return self.store.run_row(run).as_of

    def panel_state(self, run: int) -> PanelState:
        """Who reviews what in a run, and who has handed in."""
        return self._panels.get(run, PanelState())

    def side(self, run: int) -> Side:
        """A run for comparing."""
        return Side(run, self.results(run), self.editions, self.store.run_row(run).tool)

    def complete(self) -> list[int]:
        """Runs that hold cases, oldest first."""
        return [r.id for r in self.store.runs() if self.raw(r.id)]

    def compare(self, before: int, after: int, via: int = 0) -> Comparison:
        """Two runs side by side. Raises UsageError."""
        known = (before, after, via)
        if known not in self._compared:
            for run in (before, after, *([via] if via else [])):
                if not self.raw(run):
                    self.store.run_row(run)
                    raise UsageError(f"第 {run} 次评查没有案卷结果。")
            past = [self.side(r) for r in self.complete() if r < min(before, after) and r != via]
            self._compared[known] = compare(
                self.side(before), self.side(after), past, self.side(via) if via else None
            )
        return self._compared[known]

    def earlier(self, run: int) -> int | None:
        """The newest run before ``run`` that shares a case with it; None when there is none."""
        mine = {r.case_key for r in self.raw(run)}
        return next(
            (
                n
                for n in reversed(self.complete())
                if n < run and mine & {r.case_key for r in self.raw(n)}
            ),
            None,
        )

    def lapsed(self, run: int) -> list[tuple[CaseResult, FindingResult]]:
        """Findings of a run whose waiver has run out."""
        return [(r, f) for r in self.results(run) for f in r.findings if f.state == LAPSED]

    def find(self, name: str, run: int) -> tuple[Result, FindingResult]:
        """A finding by the first digits of its identity (six or more), as 案卷名#编号 or as
        单位:名称#编号. Raises UsageError.
        """
        if "#" in name:
            case, _, check = name.rpartition("#")
            result = self._unit(case, run) if is_unit_key(case) else self.case(case, run)
            f = result.finding(check)
            if f is None:
                raise UsageError(f"案卷 {result.case} 没有检查项“{check}”。")
            return result, f
        every: list[Result] = [*self.results(run), *self.units(run)]
        hits = [
            (r, f)
            for r in every
            for f in r.findings
            if len(name) >= SHORTEST and f.identity.startswith(name)
        ]
        if len(hits) != 1:
            raise UsageError(
                f"标识“{name}”对应 {len(hits)} 项结论。请用 casereview show 案卷"
                " 查看标识（至少写六位），或者写成 案卷名#检查项编号。"
            )
        return hits[0]

    def case(self, name: str, run: int) -> CaseResult:
        """The case of a run that is named, with its rulings. Raises UsageError."""
        key = self.store.find(run, name).case
        return next(r for r in self.results(run) if r.case == key)

    def _unit(self, name: str, run: int) -> UnitResult:
        every = self.units(run)
        result = next((u for u in every if u.case == name), None)
        if result is None:
            raise UsageError(
                f"第 {run} 次评查没有“{name}”的三项制度结果，"
                f"有：{'、'.join(u.case for u in every) or '（无）'}"
            )
        return result

    def events(self, *kinds: str) -> list[Event]:
        """Journal entries of these kinds."""
        return self.journal.read(*kinds)
