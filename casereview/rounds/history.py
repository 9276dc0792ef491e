"""Runs out of the store as people see them: rulings placed, double review respected, two runs
compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, partial

from casereview.errors import NotUnique, UsageError
from casereview.record.edition import Edition
from casereview.record.entries import PanelAssigned, PanelSubmitted
from casereview.record.heads import CaseHead, Tally, tally_of
from casereview.record.identity import is_unit_key
from casereview.record.journal import Event, Journal
from casereview.record.result import CaseResult, FindingResult, Result, UnitResult
from casereview.record.store import Store
from casereview.rounds.campaigns import Campaigns
from casereview.rounds.cases import Looked
from casereview.rounds.change import Side
from casereview.rounds.compare import Comparison, compare
from casereview.rounds.composed import Source, composed_units
from casereview.rounds.effective import (
    PanelState,
    Placed,
    Seen,
    Target,
    effective_results,
    place_rulings,
)
from casereview.rounds.pairing import Pairing, pair_cases
from casereview.rounds.roll import Roll, RunCases, called_so, ruled_head
from casereview.rounds.rulings import LAPSED, Ruling, ruling_of

SHORTEST = 6  # digits by which a finding may be named
OF_UNIT = "单"  # before the number of a finding of a unit


class History:
    """Everything about the runs of a store that follows from what it holds; nothing here writes.
    ``audit``: waivers do not count; ``viewer``: who looks.
    """

    def __init__(self, store: Store, audit: bool = False, viewer: str = ""):
        self.store, self.audit, self.viewer = store, audit, viewer
        self.journal = Journal(store)
        self._rolls: dict[int, Roll] = {}
        self._raw: dict[int, list[CaseResult]] = {}
        self._ruled: dict[int, dict[str, CaseResult]] = {}  # the tool's results of those ruled on
        self._placed: dict[int, tuple[Placed, list[Ruling]]] = {}
        self._touched: dict[int, dict[str, CaseResult]] = {}
        self._heads: dict[int, list[CaseHead]] = {}
        self._effective: dict[int, list[CaseResult]] = {}
        self._units: dict[int, list[UnitResult]] = {}
        self._unit_placed: dict[int, Placed] = {}
        self._stood: dict[int, dict[str, CaseResult]] = {}  # what nobody spoke of since
        self._paired: dict[tuple[int, int], Pairing[CaseHead]] = {}
        self._compared: dict[tuple[int, int, int], Comparison] = {}
        self._flagged: set[tuple[int, int, int]] = set()

    def anew(self, *cases: str) -> History:
        """The same runs after somebody said something of findings of ``cases``: what was read of
        cases is kept, and so is how the others stand.
        """
        again = self.seen_by(self.viewer)
        again._stood = {
            run: {case: r for case, r in rows.items() if case not in cases}
            for run, rows in self._touched.items()
        }
        return again

    def seen_by(self, viewer: str) -> History:
        """The same runs as somebody else sees them; what was read is kept."""
        again = History(self.store, self.audit, viewer)
        again._rolls, again._raw, again._ruled = self._rolls, self._raw, self._ruled
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

    def roll(self, run: int) -> Roll:
        """The cases of a run, of a round those of all its runs, as the tool left them."""
        parts = tuple(sorted(self.parts(run)))
        if run not in self._rolls or self._rolls[run].parts != parts:
            self._rolls[run] = Roll(self.store, run, parts)
        return self._rolls[run]

    def raw(self, run: int) -> list[CaseResult]:
        """The tool's own results, of a round those of all its runs; [] for a run that is not in
        this store.
        """
        if run not in self._raw:
            self._raw[run] = list(self.roll(run).results())
        return self._raw[run]

    def source(self, run: int, case: str) -> Source:
        """The run in which a case was scored, and what it is called there."""
        return self.roll(run).source(case)

    def placed(self, run: int) -> tuple[Placed, list[Ruling]]:
        """The rulings on each finding of a run, and those that found none."""
        if run not in self._placed:
            of_cases = [r for r in self.rulings if not r.of_unit]
            known = self._tool_results(run, {r.case_key for r in of_cases})
            placed, lost = place_rulings(known, of_cases, lambda u: self._followed(u, run))
            self._placed[run] = placed, [u for u in lost if u.run in self.campaigns.here]
        return self._placed[run]

    def _tool_results(self, run: int, keys: set[str]) -> list[CaseResult]:
        """The tool's results of the cases that are known by these keys; what was read is kept."""
        if not keys:
            return []
        wanted = [h.case for h in self.roll(run).with_key(keys)]
        return self._read_ruled(run, wanted)

    def _read_ruled(self, run: int, cases: Sequence[str]) -> list[CaseResult]:
        kept = self._ruled.setdefault(run, {})
        missing = [c for c in cases if c not in kept]
        kept |= {r.case: r for r in self.roll(run).results(missing)} if missing else {}
        return [kept[c] for c in cases]

    def _followed(self, u: Ruling, run: int) -> Target | None:
        """The item in the partner of the case that was ruled on, in the run on which it was."""
        partner = self.pairing(u.run, run).after(u.case)
        if partner is None:
            return None
        [brief] = self.roll(run).briefs([partner.case])
        return (partner.case, u.check) if brief.finding(u.check) else None

    def pairing(self, before: int, after: int) -> Pairing[CaseHead]:
        """Which case of one run is which of another."""
        if (before, after) not in self._paired:
            one, two = self.roll(before), self.roll(after)
            self._paired[before, after] = pair_cases(one.heads, two.heads, one.results, two.results)
        return self._paired[before, after]

    def touched(self, run: int) -> dict[str, CaseResult]:
        """The cases of a run of which people said something, with their rulings."""
        if run not in self._touched:
            placed = self.placed(run)[0]
            stood = self._stood.get(run, {})
            cases = sorted({case for case, _ in placed})
            said_of = self._read_ruled(run, [c for c in cases if c not in stood])
            seen = self._seen(run)
            now = {r.case: r for r in effective_results(said_of, self.editions, placed, seen)}
            self._touched[run] = {c: stood.get(c) or now[c] for c in cases}
        return self._touched[run]

    def _seen(self, run: int) -> Seen:
        return Seen(self.as_of(run), self.audit, self.panel_state(run), self.viewer)

    def heads(self, run: int) -> list[CaseHead]:
        """Every case of a run without its findings, as it stands after the rulings."""
        if run not in self._heads:
            self._heads[run] = self._ruled_heads(run, self.roll(run).heads)
        return self._heads[run]

    def page(self, run: int, limit: int, skip: int) -> list[CaseHead]:
        """``limit`` of them after the first ``skip``."""
        return self._ruled_heads(run, self.roll(run).page(limit, skip))

    def _ruled_heads(self, run: int, every: list[CaseHead]) -> list[CaseHead]:
        touched = self.touched(run)
        if not touched:
            return every
        return [ruled_head(h, touched[h.case]) if h.case in touched else h for h in every]

    def tallies(self, run: int) -> list[Tally]:
        """The cases of a run as the ranking counts them, after the rulings."""
        roll, touched = self.roll(run), self.touched(run)
        moved = [(h, ruled_head(h, touched[h.case])) for h in roll.named(touched)]
        of_moved = (t for was, now in moved for t in (tally_of(was, -1), tally_of(now)))
        return [*roll.tallies(), *of_moved]

    def briefs(self, run: int, cases: Collection[str] | None = None) -> Iterator[Looked]:
        """Cases of a run (all, or these) with their findings after the rulings, one after the
        other, by what they are called; read whole only where people said something.
        """
        touched = self.touched(run)
        for b in self.roll(run).briefs(cases):
            yield touched.get(b.case) or b

    def failed(self, run: int) -> dict[str, set[str]]:
        """unit -> the items that failed in one of its cases, after the rulings."""
        roll, touched = self.roll(run), self.touched(run)
        out: dict[str, set[str]] = defaultdict(set)
        for unit, check in roll.failed(set(touched)):
            out[unit].add(check)
        for r in touched.values():
            out[r.unit] |= {f.check for f in r.findings if f.failed}
        return out

    def stream(self, run: int, cases: Collection[str] | None = None) -> Iterator[CaseResult]:
        """Cases of a run (all, or these) read whole, with the rulings beside them, one after the
        other.
        """
        touched, seen = self.touched(run), self._seen(run)
        for r in self.roll(run).results(cases):
            if r.case in touched:
                yield touched[r.case]
            else:
                yield from effective_results([r], self.editions, {}, seen)

    def unit_names(self, run: int) -> list[str]:
        """The units that have cases in a run."""
        return sorted({t.unit for t in self.roll(run).tallies()})

    def of_unit(self, run: int, unit: str) -> list[CaseResult]:
        """The cases of one unit, read whole, with the rulings beside them."""
        return list(self.stream(run, [h.case for h in self.heads(run) if h.unit == unit]))

    def results(self, run: int) -> list[CaseResult]:
        """All of them at once: of a run that is small, or where every case is wanted again and
        again.
        """
        if run not in self._effective:
            touched, seen = self.touched(run), self._seen(run)
            bare = [r for r in self.raw(run) if r.case not in touched]
            now = {r.case: r for r in effective_results(bare, self.editions, {}, seen)}
            self._effective[run] = [touched.get(r.case) or now[r.case] for r in self.raw(run)]
        return self._effective[run]

    def units(self, run: int) -> list[UnitResult]:
        """The lists of the three systems of a run, with the rulings beside them."""
        if run not in self._units:
            stored = [self.store.unit_results(n) for n in sorted(self.parts(run))]
            raw = composed_units(run, stored)
            known = {f.identity for u in raw for f in u.findings}
            of_units = [r for r in self.rulings if r.identity in known or r.of_unit]
            placed, _ = place_rulings(raw, of_units, lambda u: None)
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
        roll = self.roll(run)
        tools = {n: self.store.run_row(n).tool for n in roll.parts}
        several = len(set(tools.values())) > 1
        by_case = {h.case: tools[roll.source(h.case)[0]] for h in roll.heads} if several else {}
        cases = RunCases(roll, partial(self.briefs, run), self.touched(run).keys())
        return Side(run, cases, self.editions, tools[run], by_case)

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

    def compare(self, before: int, after: int, via: int = 0, flags: bool = False) -> Comparison:
        """Two runs side by side. ``flags``: with the fixes that look wrong. Raises UsageError."""
        known = (before, after, via)
        reviewed = self.as_of(before) if flags else ""
        if known not in self._compared or (flags and known not in self._flagged):
            for run in (before, after, *([via] if via else [])):
                if not self.roll(run).count:
                    self.store.run_row(run)
                    raise UsageError(f"第 {run} 次评查没有案卷结果。")
            first = min(before, after)
            past = [self.side(r) for r in self.line(after) if r < first and r != via]
            between = self.side(via) if via else None
            sides = self.side(before), self.side(after)
            self._compared[known] = compare(*sides, past, between, reviewed)
            self._flagged |= {known} if flags else set()
        return self._compared[known]

    def earlier(self, run: int) -> int | None:
        """The newest run before ``run`` that shares a case with it; None when there is none."""
        before = [n for n in reversed(self.line(run)) if n < run]
        mine = self.roll(run).keys() if before else set()
        return next((n for n in before if mine & self.roll(n).keys()), None)

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
        every = self.touched(run).values()
        return [(r, f) for r in every for f in r.findings if f.state == LAPSED]

    def find(self, name: str, run: int) -> tuple[Result, FindingResult]:
        """A finding by its number in the list (案卷号.项号), by the first digits of its identity
        (six or more), as 案卷名#编号 or as 单位:名称#编号. Raises UsageError.
        """
        if m := re.fullmatch(rf"({OF_UNIT}?)(\d{{1,4}})\.(\d{{1,3}})", name):
            return self._numbered(name, run, m)
        if "#" in name:
            case, _, check = name.rpartition("#")
            result = self._unit(case, run) if is_unit_key(case) else self.case(case, run)
            f = result.finding(check)
            if f is None:
                raise UsageError(f"案卷 {result.case} 没有检查项“{check}”。")
            return result, f
        hits: list[tuple[Result, FindingResult]] = []
        if len(name) >= SHORTEST:
            cases = self.roll(run).with_finding(name)
            every: list[Result] = [*self.stream(run, cases), *self.units(run)]
            hits = [(r, f) for r in every for f in r.findings if f.identity.startswith(name)]
        if len(hits) != 1:
            raise UsageError(
                f"标识“{name}”对应 {len(hits)} 项结论。请用 casereview show 案卷"
                " 查看标识（至少写六位），或者写成 案卷名#检查项编号。"
            )
        return hits[0]

    def _numbered(self, name: str, run: int, number: re.Match[str]) -> tuple[Result, FindingResult]:
        """The finding of this number in the list. Raises UsageError."""
        case, item = int(number[2]), int(number[3])
        of_unit = self.units(run)[case - 1 :][:1] if number[1] and case else []
        result = next(iter(of_unit), None) if number[1] else self.at(run, case)
        if result is None or not 1 <= item <= len(result.findings):
            raise UsageError(f"没有 {name} 这一项；号见 casereview list。")
        return result, result.findings[item - 1]

    def at(self, run: int, number: int) -> CaseResult | None:
        """The case of this number in the list, with its rulings; None where there is none."""
        found = self.roll(run).page(1, number - 1) if number > 0 else []
        return next(self.stream(run, [found[0].case])) if found else None

    def case(self, name: str, run: int) -> CaseResult:
        """The case of a run that is named, with its rulings. Raises UsageError, NotUnique."""
        return next(self.stream(run, [self.case_named(name, run)]))

    def case_named(self, name: str, run: int) -> str:
        """The case whose path is ``name``, the one of this number in the list, or the only one that
        ends in it or contains it. Raises UsageError, NotUnique.
        """
        wanted = name.strip("/").replace("\\", "/")
        every = self.roll(run).names()
        exact = any(c == wanted or c.endswith("/" + wanted) for c in every)
        if wanted.isdigit() and 1 <= int(wanted) <= len(every) and not exact:
            return every[int(wanted) - 1]
        hits = called_so(every, wanted)
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
