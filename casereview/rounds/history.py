"""Runs out of the store as people see them: rulings placed, double review respected, two runs
compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from casereview.errors import NotUnique, UsageError
from casereview.record.edition import Edition
from casereview.record.entries import PanelAssigned, PanelSubmitted
from casereview.record.identity import is_unit_key
from casereview.record.journal import Event, Journal
from casereview.record.result import CaseResult, FindingResult, Result, UnitResult
from casereview.record.store import Store
from casereview.rounds.campaigns import Campaigns
from casereview.rounds.change import Side
from casereview.rounds.compare import Comparison, compare
from casereview.rounds.composed import Source, composed, composed_units
from casereview.rounds.effective import PanelState, Placed, Seen, effective_results, place_rulings
from casereview.rounds.rulings import LAPSED, Ruling, ruling_of

SHORTEST = 6  # digits by which a finding may be named
OF_UNIT = "单"  # before the number of a finding of a unit


def _named(keys: list[str], wanted: str) -> list[str]:
    """The case of this path, else those that end in it or lie in it, else those that contain it."""
    if wanted in keys:
        return [wanted]
    ends = [k for k in keys if k.endswith("/" + wanted) or wanted.endswith("/" + k)]
    return ends or [k for k in keys if wanted in k]


class History:
    """Everything about the runs of a store that follows from what it holds; nothing here writes.
    ``audit``: waivers do not count; ``viewer``: who looks.
    """

    def __init__(self, store: Store, audit: bool = False, viewer: str = ""):
        self.store, self.audit, self.viewer = store, audit, viewer
        self.journal = Journal(store)
        self._raw: dict[int, tuple[list[CaseResult], dict[str, Source]]] = {}
        self._placed: dict[int, tuple[Placed, list[Ruling]]] = {}
        self._effective: dict[int, list[CaseResult]] = {}
        self._units: dict[int, list[UnitResult]] = {}
        self._unit_placed: dict[int, Placed] = {}
        self._stood: dict[int, dict[str, CaseResult]] = {}  # what nobody spoke of since
        self._compared: dict[tuple[int, int, int], Comparison] = {}

    def anew(self, *cases: str) -> History:
        """The same runs after somebody said something of findings of ``cases``: what was read of
        cases is kept, and so is how the others stand.
        """
        again = History(self.store, self.audit, self.viewer)
        again._raw = self._raw
        again.editions = self.editions
        again._stood = {
            run: {r.case: r for r in rows if r.case not in cases}
            for run, rows in self._effective.items()
        }
        return again

    def seen_by(self, viewer: str) -> History:
        """The same runs as somebody else sees them; what was read is kept."""
        again = History(self.store, self.audit, viewer)
        again._raw = self._raw
        again.editions = self.editions
        return again

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """Checklists as they were applied, by digest."""
        return self.store.editions()

    @cached_property
    def campaigns(self) -> Campaigns:
        """The campaigns of the store with their rounds."""
        return Campaigns(self.journal)

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

    def parts(self, run: int) -> tuple[int, ...]:
        """The runs of which a run consists: those of the round to which it gives the number, else
        itself.
        """
        round_ = self.campaigns.rounds.get(run)
        return round_.runs if round_ else (run,)

    def raw(self, run: int) -> list[CaseResult]:
        """The tool's own results, of a round those of all its runs; [] for a run that is not in
        this store.
        """
        return self._whole(run)[0]

    def source(self, run: int, case: str) -> Source:
        """The run in which a case was scored, and what it is called there."""
        return self._whole(run)[1].get(case, (run, case))

    def _whole(self, run: int) -> tuple[list[CaseResult], dict[str, Source]]:
        if run not in self._raw:
            parts = self.parts(run)
            if len(parts) == 1:
                self._raw[run] = list(self.store.results(run)), {}
            else:
                every = [
                    (self.store.run_row(n), list(self.store.results(n))) for n in sorted(parts)
                ]
                self._raw[run] = composed(run, every)
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
            stood = self._stood.get(run, {})
            said_of = [r for r in self.raw(run) if r.case not in stood]
            placed = self.placed(run)[0]
            now = {r.case: r for r in effective_results(said_of, self.editions, placed, seen)}
            self._effective[run] = [stood.get(r.case) or now[r.case] for r in self.raw(run)]
        return self._effective[run]

    def units(self, run: int) -> list[UnitResult]:
        """The lists of the three systems of a run, with the rulings beside them."""
        if run not in self._units:
            stored = [self.store.unit_results(n) for n in sorted(self.parts(run))]
            raw = composed_units(run, stored)
            known = {f.identity for u in raw for f in u.findings}
            of_units = [r for r in self.rulings if r.identity in known or r.of_unit]
            placed, _ = place_rulings(raw, of_units, lambda n: [])
            seen = Seen(self.as_of(run), self.audit)
            self._units[run] = effective_results(raw, self.editions, placed, seen)
            self._unit_placed[run] = placed
        return self._units[run]

    def said_of(self, run: int, case: str, check: str) -> list[Ruling]:
        """The rulings on one finding of a run, of a case or of a unit."""
        if is_unit_key(case):
            self.units(run)
            return self._unit_placed[run].get((case, check), [])
        return self.placed(run)[0].get((case, check), [])

    def as_of(self, run: int) -> str:
        """The day of a run, of a round the last. Raises UsageError for an unknown one."""
        return max(self.store.run_row(n).as_of for n in self.parts(run))

    def panel_state(self, run: int) -> PanelState:
        """Who reviews what in a run, and who has handed in."""
        return self._panels.get(run, PanelState())

    def side(self, run: int) -> Side:
        """A run for comparing."""
        tools = {n: self.store.run_row(n).tool for n in self.parts(run)}
        by_case = {case: tools[n] for case, (n, _) in self._whole(run)[1].items()}
        return Side(run, self.results(run), self.editions, tools[run], by_case)

    def complete(self) -> list[int]:
        """The rounds of the campaigns, oldest first; where there are none, the trials that hold
        cases and were not set aside.
        """
        return self.campaigns.heads() or self.trials()

    def trials(self) -> list[int]:
        """Runs that hold cases, belong to no round and count."""
        known = self.campaigns
        scored = sorted(self.store.scored_runs())
        return [n for n in scored if known.counts(n) and not known.round_of(n)]

    def line(self, run: int) -> list[int]:
        """The runs before and after a run in which the same cases may be: rounds for a round,
        rounds and trials for a trial.
        """
        heads = self.campaigns.heads()
        return heads if run in heads else sorted({*heads, *self.trials()})

    def compare(self, before: int, after: int, via: int = 0) -> Comparison:
        """Two runs side by side. Raises UsageError."""
        known = (before, after, via)
        if known not in self._compared:
            for run in (before, after, *([via] if via else [])):
                if not self.raw(run):
                    self.store.run_row(run)
                    raise UsageError(f"第 {run} 次评查没有案卷结果。")
            first = min(before, after)
            past = [self.side(r) for r in self.line(after) if r < first and r != via]
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
                for n in reversed(self.line(run))
                if n < run and mine & {r.case_key for r in self.raw(n)}
            ),
            None,
        )

    def current(self) -> int:
        """The run that is meant when nobody names one: the last round of the open campaign that
        holds cases, else the newest trial. Raises UsageError, NotUnique.
        """
        if not self.campaigns.open:
            trials = self.trials()
            return max([*trials, *self.campaigns.heads()] or [self.store.last_run()])
        campaign = self.campaigns.named("")
        if campaign.scored is None:
            raise UsageError(
                f"评查活动“{campaign.name}”还没有评查案卷：casereview score 文件夹。"
                "要看试评，用 --run 写明第几次（casereview runs 列出各次）。"
            )
        return campaign.scored.number

    def chosen(self, text: str) -> int:
        """The run that is named: its number, or a round ('轮次', '活动/轮次'); the current one
        when nothing is named. Raises UsageError, NotUnique.
        """
        if not text or text == "0":
            return self.current()
        if not text.isdigit():
            round_ = self.campaigns.round_named(text)
            if not round_.runs:
                raise UsageError(f"{round_.called}还没有评查案卷。")
            return round_.number
        return self.store.run_row(int(text)).id

    def lapsed(self, run: int) -> list[tuple[CaseResult, FindingResult]]:
        """Findings of a run whose waiver has run out."""
        return [(r, f) for r in self.results(run) for f in r.findings if f.state == LAPSED]

    def find(self, name: str, run: int) -> tuple[Result, FindingResult]:
        """A finding by its number in the list (案卷号.项号), by the first digits of its identity
        (six or more), as 案卷名#编号 or as 单位:名称#编号. Raises UsageError.
        """
        if m := re.fullmatch(rf"({OF_UNIT}?)(\d{{1,4}})\.(\d{{1,3}})", name):
            return self._numbered(name, self.units(run) if m[1] else self.results(run), m)
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

    @staticmethod
    def _numbered(
        name: str, results: Sequence[Result], number: re.Match[str]
    ) -> tuple[Result, FindingResult]:
        """The finding of this number in the list. Raises UsageError."""
        case, item = int(number[2]), int(number[3])
        if not 1 <= case <= len(results) or not 1 <= item <= len(results[case - 1].findings):
            raise UsageError(f"没有 {name} 这一项；号见 casereview list。")
        return results[case - 1], results[case - 1].findings[item - 1]

    def case(self, name: str, run: int) -> CaseResult:
        """The case of a run that is named, with its rulings. Raises UsageError, NotUnique."""
        key = self.case_named(name, run)
        return next(r for r in self.results(run) if r.case == key)

    def case_named(self, name: str, run: int) -> str:
        """The case whose path is ``name``, the one of this number in the list, or the only one that
        ends in it or contains it. Raises UsageError, NotUnique.
        """
        wanted = name.strip("/").replace("\\", "/")
        every = [r.case for r in self.raw(run)]
        exact = any(c == wanted or c.endswith("/" + wanted) for c in every)
        if wanted.isdigit() and 1 <= int(wanted) <= len(every) and not exact:
            return every[int(wanted) - 1]
        hits = _named(every, wanted)
        if len(hits) == 1:
            return hits[0]
        if not hits:
            raise UsageError(
                f"第 {run} 次评查里没有案卷“{name}”。可以用 casereview units 查看全部案卷。"
            )
        raise NotUnique(
            f"“{name}”对应 {len(hits)} 个案卷，请写得更具体：\n"
            + "\n".join("  " + k for k in hits[:10])
        )

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
