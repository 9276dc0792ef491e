"""The cases of a run, or of a round that was scored in several runs, as the tool left them: their
heads, and whichever of them is wanted, read when it is wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TypeVar

from casereview.judging.score import OPEN
from casereview.record.briefs import Brief
from casereview.record.heads import CaseHead, Tally, head_of, in_parts, tally_of
from casereview.record.result import CaseResult, ChecklistUsed
from casereview.record.rows import Told
from casereview.record.store import Store
from casereview.rounds.cases import Looked
from casereview.rounds.composed import Source, composed
from casereview.rounds.rulings import UNSETTLED

R = TypeVar("R", CaseResult, Brief)


class Roll:
    """``run``: by which the round is known; ``parts``: its runs, oldest first."""

    def __init__(self, store: Store, run: int, parts: Sequence[int]):
        self.store, self.run, self.parts = store, run, tuple(parts)
        self.alone = self.parts == (run,)

    @cached_property
    def _composed(self) -> tuple[list[CaseHead], dict[str, Source]]:
        return composed(
            self.run, [(self.store.run_row(n), self.store.heads(n)) for n in self.parts]
        )

    @cached_property
    def heads(self) -> list[CaseHead]:
        """Every case, by what it is called."""
        return self.store.heads(self.run) if self.alone else self._composed[0]

    @cached_property
    def by_name(self) -> dict[str, CaseHead]:
        """The heads by what the cases are called."""
        return {h.case: h for h in self.heads}

    @property
    def count(self) -> int:
        """How many cases."""
        return self.store.count(self.run) if self.alone else len(self.heads)

    def page(self, limit: int, skip: int) -> list[CaseHead]:
        """``limit`` heads after the first ``skip``."""
        if self.alone and "heads" not in self.__dict__:
            return self.store.heads(self.run, limit, skip)
        return self.heads[skip:][: limit if limit >= 0 else None]

    def named(self, cases: Collection[str]) -> list[CaseHead]:
        """The heads of these cases, by what they are called; names of no case are left out."""
        if self.alone and "heads" not in self.__dict__:
            return self.store.heads_of(self.run, "key", cases)
        return [self.by_name[c] for c in sorted(set(cases)) if c in self.by_name]

    def with_key(self, keys: Collection[str]) -> list[CaseHead]:
        """The heads of the cases that are known by one of these."""
        if self.alone and "heads" not in self.__dict__:
            return self.store.heads_of(self.run, "case_key", keys)
        wanted = set(keys)
        return [h for h in self.heads if h.case_key in wanted]

    def with_finding(self, digits: str) -> list[str]:
        """What the cases are called with a finding whose identity begins so."""
        keys = {n: self.store.with_identity(n, digits) for n in self.parts}
        sources = ((h.case, *self.source(h.case)) for h in self.heads)
        return [case for case, run, _ in sources if self.by_name[case].key in keys[run]]

    def told(self) -> Iterator[tuple[CaseHead, list[Told]]]:
        """Every case with its findings as they stand in a table, as the tool left them."""
        for n in self.parts:
            own = {h.key: h for h in self.heads if self.source(h.case)[0] == n}
            for key, findings in self.store.told(n) if own else ():
                if head := own.get(key):
                    yield head, findings

    def failed(self, but: Collection[str]) -> set[tuple[str, str]]:
        """Units with the items that failed in one of their cases, some cases left out."""
        return {(h.unit, c) for h in self.heads if h.case not in but for c in h.failed.split()}

    def names(self) -> list[str]:
        """What the cases are called, in their order."""
        return self.store.keys(self.run) if self.alone else [h.case for h in self.heads]

    def tallies(self) -> list[Tally]:
        """The cases as the ranking counts them."""
        return self.store.tallies(self.run) if self.alone else list(map(tally_of, self.heads))

    def keys(self) -> set[str]:
        """What the cases are known by."""
        return self.store.case_keys(self.run) if self.alone else {h.case_key for h in self.heads}

    def source(self, case: str) -> Source:
        """The run in which a case was scored, and what it is called there."""
        return (self.run, case) if self.alone else self._composed[1].get(case, (self.run, case))

    def results(self, cases: Collection[str] | None = None) -> Iterator[CaseResult]:
        """Cases (all, or these) read whole, by what they are called."""
        return self._read(self.store.results, cases)

    def briefs(self, cases: Collection[str] | None = None) -> Iterator[Brief]:
        """Cases (all, or these) with their findings, by what they are called."""
        return self._read(self.store.briefs, cases)

    def loud(self, cases: Collection[str]) -> Iterator[Brief]:
        """These cases with those findings only that failed or are open."""
        return self._read(partial(self.store.briefs, loud=True), cases)

    def _read(
        self,
        read: Callable[[int, Collection[str] | None], Iterator[R]],
        cases: Collection[str] | None,
    ) -> Iterator[R]:
        if self.alone:
            yield from read(self.run, cases)
            return
        every = self.heads if cases is None else self.named(cases)
        for some in in_parts(every):
            yield from self._some(read, some)

    def _some(
        self, read: Callable[[int, Collection[str] | None], Iterator[R]], some: Sequence[CaseHead]
    ) -> Iterator[R]:
        """Cases out of several runs, in their order."""
        keys: dict[int, list[str]] = defaultdict(list)
        for h in some:
            keys[self.source(h.case)[0]].append(h.key)
        found = {(run, r.case): r for run, own in keys.items() for r in read(run, own)}
        for h in some:
            r = found[self.source(h.case)[0], h.key]
            yield replace(r, run=self.run, case=h.case)


@dataclass(frozen=True)
class RunCases:
    """The cases of a run as comparing looks at them. ``looked``: reads cases with their findings
    after the rulings; ``spoken``: the cases of which people said something.
    """

    roll: Roll
    looked: Callable[[Collection[str]], Iterator[Looked]]
    spoken: Collection[str] = ()

    @property
    def heads(self) -> list[CaseHead]:
        """Every case, without its findings."""
        return self.roll.heads

    def whole(self, cases: Collection[str]) -> Iterator[CaseResult]:
        """These cases as the tool left them."""
        return self.roll.results(cases)

    def briefs(self, cases: Collection[str]) -> Iterator[Looked]:
        """These cases with their findings after the rulings."""
        return self.looked(cases)

    def known(self, cases: Collection[str]) -> dict[str, str]:
        """The digests of their results, where these stand as the tool left them and whole, or else
        their rows.
        """
        heads = [self.roll.by_name[c] for c in cases if c not in self.spoken]
        digests = self.roll.store.known_by({h.row: h.key for h in heads})
        return {h.case: digests.get(h.row) or str(h.row) for h in heads}

    def loud(self, cases: Collection[str]) -> Iterator[Looked]:
        """These cases, of which nobody said anything, with their faults."""
        heads = self.roll.named(cases)
        yield from (_faultless(h) for h in heads if not h.fails)
        yield from self.roll.loud([h.case for h in heads if h.fails])


def _faultless(h: CaseHead) -> Brief:
    """A case without faults as its head tells it, which need not be read."""
    return Brief(
        batch=h.batch,
        unit=h.unit,
        checklist=ChecklistUsed(id="", version="", sha256="", card=h.card),
        score=h.score,
        score_low=h.score_low,
        score_high=h.score_high,
        grade=h.grade,
        case=h.case,
        case_key=h.case_key,
        title=h.title,
        procedure="",
        vetoed=bool(h.vetoed),
        findings=(),
        papers=str(h.row),
        run=h.run,
    )


def ruled_head(h: CaseHead, r: CaseResult) -> CaseHead:
    """A head as it stands after the rulings that lie beside the findings of ``r``."""
    open_ = sum(f.effective in OPEN or f.state in UNSETTLED for f in r.findings)
    now = head_of(r, h.row, h.key)
    return now._replace(open=open_, broken=h.broken, run=h.run, case=h.case)


def called_so(keys: list[str], wanted: str) -> list[str]:
    """The case of this path, else those that end in it or lie in it, else those that contain it."""
    if wanted in keys:
        return [wanted]
    ends = [k for k in keys if k.endswith("/" + wanted) or wanted.endswith("/" + k)]
    return ends or [k for k in keys if wanted in k]
