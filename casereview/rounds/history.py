"""Runs out of the store as people see them: rulings placed, double review respected, two runs
compared.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from casereview.errors import UsageError
from casereview.record.identity import unit_key
from casereview.record.journal import Event, Journal
from casereview.record.store import Store
from casereview.rounds.compare import Comparison, Side, compare
from casereview.rounds.effective import PanelState, Target, effective_results, place_rulings
from casereview.rounds.pairing import Result
from casereview.rounds.rulings import LAPSED, Ruling, ruling_of


class History:
    """Everything about the runs of a store that follows from what it holds; nothing here writes.
    ``audit``: waivers do not count; ``viewer``: who looks.
    """

    def __init__(self, store: Store, audit: bool = False, viewer: str = ""):
        self.store, self.audit, self.viewer = store, audit, viewer
        self.journal = Journal(store)
        self._raw: dict[int, list[Result]] = {}
        self._placed: dict[int, tuple[dict[Target, list[Ruling]], list[Ruling]]] = {}
        self._judged: dict[int, list[Result]] = {}
        self._compared: dict[tuple[int, int, int], Comparison] = {}

    @cached_property
    def editions(self) -> dict[str, dict[str, Any]]:
        """Checklists as they were applied."""
        return self.store.editions()

    @cached_property
    def rulings(self) -> list[Ruling]:
        """Every ruling, in the order in which they count."""
        return [ruling_of(e) for e in self.journal.read("ruling")]

    def raw(self, run: int) -> list[Result]:
        """The tool's own results; [] for a run that is not in this store."""
        if run not in self._raw:
            self._raw[run] = list(self.store.results(run))
        return self._raw[run]

    def placed(self, run: int) -> tuple[dict[Target, list[Ruling]], list[Ruling]]:
        """The rulings on each finding of a run, and those that found none."""
        if run not in self._placed:
            self._placed[run] = place_rulings(
                self.raw(run),
                [r for r in self.rulings if not r.case_key.startswith(unit_key(""))],
                self.raw,
            )
        return self._placed[run]

    def results(self, run: int) -> list[Result]:
        """Results with the rulings beside them."""
        if run not in self._judged:
            self._judged[run] = effective_results(
                self.raw(run),
                self.editions,
                self.placed(run)[0],
                self.as_of(run),
                audit=self.audit,
                panel=self.panel_state(run),
                viewer=self.viewer,
            )
        return self._judged[run]

    def units(self, run: int) -> list[Result]:
        """The lists of the three systems of a run, with the rulings beside them. Their ``case`` is
        单位:名称.
        """
        raw = self.store.unit_results(run)
        known = {f["identity"] for u in raw for f in u["findings"]}
        placed, _ = place_rulings(
            raw,
            [r for r in self.rulings if r.identity in known or r.case_key.startswith(unit_key(""))],
            lambda n: [],
        )
        return effective_results(raw, self.editions, placed, self.as_of(run), audit=self.audit)

    def as_of(self, run: int) -> str:
        """The day of a run. Raises UsageError for an unknown one."""
        return self.store.run_row(run).as_of

    def panel_state(self, run: int) -> PanelState:
        """Who reviews what in a run, and who has handed in."""
        reviewers = {
            e.body["case"]: tuple(e.body["reviewers"])
            for e in self.journal.read("panel.assign")
            if e.body["run"] == run
        }
        handed: dict[str, set[str]] = {}
        for e in self.journal.read("panel.submit"):
            if e.body["run"] == run:
                handed.setdefault(e.body["case"], set()).add(e.actor)
        return PanelState(reviewers, {c: frozenset(names) for c, names in handed.items()})

    def side(self, run: int) -> Side:
        """A run for comparing."""
        return Side(run, self.results(run), self.editions)

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
        mine = {r["case_key"] for r in self.raw(run)}
        return next(
            (
                r
                for r in reversed(self.complete())
                if r < run and mine & {x["case_key"] for x in self.raw(r)}
            ),
            None,
        )

    def lapsed(self, run: int) -> list[tuple[Result, dict[str, Any]]]:
        """Findings of a run whose waiver has run out."""
        return [
            (r, f)
            for r in self.results(run)
            for f in r["findings"]
            if (f["ruling"] or {}).get("state") == LAPSED
        ]

    def find(self, name: str, run: int) -> tuple[Result, dict[str, Any]]:
        """A finding by the first digits of its identity (six or more), as 案卷名#编号 or as
        单位:名称#编号. Raises UsageError.
        """
        if "#" in name:
            case, _, check = name.rpartition("#")
            if case.startswith(unit_key("")):
                result = next((u for u in self.units(run) if u["case"] == case), None)
                if result is None:
                    raise UsageError(
                        f"第 {run} 次评查没有“{case}”的三项制度结果，"
                        f"有：{'、'.join(u['case'] for u in self.units(run)) or '（无）'}"
                    )
                key = case
            else:
                key = self.store.find(run, case)["case"]
                result = next(r for r in self.results(run) if r["case"] == key)
            f = next((f for f in result["findings"] if f["check"] == check), None)
            if f is None:
                raise UsageError(f"案卷 {key} 没有检查项“{check}”。")
            return result, f
        hits = [
            (r, f)
            for r in [*self.results(run), *self.units(run)]
            for f in r["findings"]
            if len(name) >= 6 and f["identity"].startswith(name)
        ]
        if len(hits) != 1:
            raise UsageError(
                f"标识“{name}”对应 {len(hits)} 项结论。请用 casereview show 案卷"
                " 查看标识（至少写六位），或者写成 案卷名#检查项编号。"
            )
        return hits[0]

    def events(self, *kinds: str) -> list[Event]:
        """Journal entries of these kinds."""
        return self.journal.read(*kinds)
