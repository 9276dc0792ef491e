"""Which case of one run is which case of another: by document number, party and content, never by
folder name alone.

The rungs are tried from strong to weak; a case is paired only when it is the best match of its
partner and no second comes near. What stays open
between several is unclaimed and left to a person (RELIABILITY 4.2: ambiguity fails closed).

Only cases that share something are laid side by side, and only what the first rung leaves is read:
two runs of twenty thousand cases are paired in a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from casereview.record.result import CaseResult
from casereview.rounds.likeness import (
    Mark,
    Shared,
    by_content,
    by_facts,
    by_files,
    by_numbers,
    mark_of,
)

MARGIN = 0.1


class Named(Protocol):
    """A case as far as pairing by number needs it: read whole, or its head."""

    @property
    def case(self) -> str:
        """What it is called."""

    @property
    def case_key(self) -> str:
        """What it is known by across rounds."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def title(self) -> str:
        """The name of its folder."""


N = TypeVar("N", bound=Named)
Read = Callable[[Sequence[str]], Iterable[CaseResult]]  # cases by what they are called


@dataclass(frozen=True)
class Pairing(Generic[N]):
    """``pairs``: (before, after, how they were matched); ``unclaimed``: (before, the cases it may
    be).
    """

    pairs: tuple[tuple[N, N, str], ...]
    gone: tuple[N, ...]
    added: tuple[N, ...]
    unclaimed: tuple[tuple[N, tuple[str, ...]], ...]

    @cached_property
    def _after(self) -> dict[str, N]:
        return {a.case: b for a, b, _ in self.pairs}

    @cached_property
    def _before(self) -> dict[str, N]:
        return {b.case: a for a, b, _ in self.pairs}

    def after(self, case: str) -> N | None:
        """The partner of a case of the run before."""
        return self._after.get(case)

    def before(self, case: str) -> N | None:
        """The partner of a case of the run after."""
        return self._before.get(case)


def pair_cases(
    before: Sequence[N],
    after: Sequence[N],
    read_before: Read | None = None,
    read_after: Read | None = None,
) -> Pairing[N]:
    """Match the cases of two runs. ``read_before``, ``read_after``: reads cases of a run of which
    only the heads are given.
    """
    left = {r.case: r for r in before}
    right = {r.case: r for r in after}
    pairs: list[tuple[N, N, str]] = []
    open_: dict[str, tuple[str, ...]] = {}
    marks = _Marks(left, read_before), _Marks(right, read_after)
    for how, alike in _RUNGS:
        if not left or not right:
            break
        found, several = _best(left, right, alike(left, right, *marks))
        open_ |= several
        for a, b in found:
            pairs.append((left.pop(a), right.pop(b), how))
            open_.pop(a, None)
    unclaimed = _unclaimed(left, right, open_)
    claimed = {c for _, names in unclaimed for c in names}
    return Pairing(
        tuple(sorted(pairs, key=lambda p: p[1].case)),
        tuple(left.values()),
        tuple(r for c, r in right.items() if c not in claimed),
        tuple(unclaimed),
    )


class _Marks(Generic[N]):
    """What the cases of one side that are still open are known by; read once, when the first rung
    asks that needs it. ``cases``: those that are open.
    """

    def __init__(self, cases: dict[str, N], read: Read | None):
        self.cases, self.read = cases, read

    @cached_property
    def _every(self) -> dict[str, Mark]:
        if self.read:
            rows: Iterable[object] = self.read(list(self.cases))
        else:
            rows = self.cases.values()
        return {r.case: mark_of(r) for r in rows if isinstance(r, CaseResult)}

    def open(self) -> dict[str, Mark]:
        """Those of the cases that are still open."""
        return {c: self._every[c] for c in self.cases}


def _unclaimed(
    left: dict[str, N], right: dict[str, N], open_: dict[str, tuple[str, ...]]
) -> list[tuple[N, tuple[str, ...]]]:
    """Cases that may be one of several which are still there; they leave ``left``."""
    out = []
    for a, names in sorted(open_.items()):
        still = tuple(c for c in names if c in right)
        if a in left and still:
            out.append((left.pop(a), still))
    return out


Scores = dict[str, list[tuple[float, str]]]  # case -> its possible partners, best first


def _best(
    left: dict[str, N], right: dict[str, N], alike: Iterable[tuple[str, str, float]]
) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]]]:
    """Pairs that are each other's best and alone in it, and those that may be several; ties go to
    the same unit and path, else they stay open. ``alike``: cases that may be partners, and how
    much they are alike.
    """
    mine: Scores = defaultdict(list)
    theirs: Scores = defaultdict(list)
    for a, b, likeness in alike:
        score = likeness + _label(left[a], right[b])
        mine[a].append((score, b))
        theirs[b].append((score, a))
    for rows in (*mine.values(), *theirs.values()):
        rows.sort(reverse=True)
    pairs, several = [], {}
    for a, partners in sorted(mine.items()):
        best = partners[0][1]
        alone = _alone(partners) and _alone(theirs[best])
        if alone and theirs[best][0][1] == a:
            pairs.append((a, best))
        elif not alone:
            top = partners[0][0]
            several[a] = tuple(sorted(b for score, b in partners if top - score < MARGIN))
    return pairs, several


def _alone(partners: list[tuple[float, str]]) -> bool:
    """True when no second comes near the best."""
    return len(partners) < 2 or partners[0][0] - partners[1][0] >= MARGIN


def _label(a: Named, b: Named) -> float:
    """What the names of folders are worth when all else is equal."""
    return 0.3 * (a.unit == b.unit) + 0.2 * (a.title == b.title) + 0.2 * (a.case == b.case)


def _same_key(
    left: dict[str, N], right: dict[str, N], mine: _Marks[N], theirs: _Marks[N]
) -> Iterator[tuple[str, str, float]]:
    by_key: dict[str, list[str]] = defaultdict(list)
    for b, r in right.items():
        by_key[r.case_key].append(b)
    for a, r in left.items():
        for b in by_key.get(r.case_key, ()):
            yield a, b, 1.0


def _by_marks(shared: Shared) -> Callable[..., Iterator[tuple[str, str, float]]]:
    """A rung for which cases are read."""

    def rung(
        left: dict[str, N], right: dict[str, N], mine: _Marks[N], theirs: _Marks[N]
    ) -> Iterator[tuple[str, str, float]]:
        return shared(mine.open(), theirs.open())

    return rung


_RUNGS: tuple[tuple[str, Callable[..., Iterator[tuple[str, str, float]]]], ...] = (
    ("文号相同", _same_key),
    ("文件相同", _by_marks(by_files)),
    ("卷内文号相同", _by_marks(by_numbers)),
    ("内容相同", _by_marks(by_content)),
    ("当事人和要素相同", _by_marks(by_facts)),
)
