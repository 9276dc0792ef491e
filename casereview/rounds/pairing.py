"""Which case of one run is which case of another: by document number, party and content, never by
folder name alone.

The rungs are tried from strong to weak; a case is paired only when it is the best match of its
partner and no second comes near. What stays open
between several is unclaimed and left to a person (RELIABILITY 4.2: ambiguity fails closed).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casereview.chinese import key, number_key
from casereview.record.identity import same_text
from casereview.record.result import CaseResult

MARGIN = 0.1


@dataclass(frozen=True)
class Pairing:
    """``pairs``: (before, after, how they were matched); ``unclaimed``: (before, the cases it may
    be).
    """

    pairs: tuple[tuple[CaseResult, CaseResult, str], ...]
    gone: tuple[CaseResult, ...]
    added: tuple[CaseResult, ...]
    unclaimed: tuple[tuple[CaseResult, tuple[str, ...]], ...]

    def after(self, case: str) -> CaseResult | None:
        """The partner of a case of the run before."""
        return next((b for a, b, _ in self.pairs if a.case == case), None)

    def before(self, case: str) -> CaseResult | None:
        """The partner of a case of the run after."""
        return next((a for a, b, _ in self.pairs if b.case == case), None)


def pair_cases(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Pairing:
    """Match the cases of two runs."""
    left = {r.case: r for r in before}
    right = {r.case: r for r in after}
    pairs: list[tuple[CaseResult, CaseResult, str]] = []
    open_: dict[str, tuple[str, ...]] = {}
    for how, likeness, floor in _RUNGS:
        found, several = _best(left, right, likeness, floor)
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


def _unclaimed(
    left: dict[str, CaseResult], right: dict[str, CaseResult], open_: dict[str, tuple[str, ...]]
) -> list[tuple[CaseResult, tuple[str, ...]]]:
    """Cases that may be one of several which are still there; they leave ``left``."""
    out = []
    for a, names in sorted(open_.items()):
        still = tuple(c for c in names if c in right)
        if a in left and still:
            out.append((left.pop(a), still))
    return out


Scores = dict[str, list[tuple[float, str]]]  # case -> its possible partners, best first


def _best(
    left: dict[str, CaseResult],
    right: dict[str, CaseResult],
    likeness: Callable[[CaseResult, CaseResult], float],
    floor: float,
) -> tuple[list[tuple[str, str]], dict[str, tuple[str, ...]]]:
    """Pairs that are each other's best and alone in it, and those that may be several; ties go to
    the same unit and path, else they stay open.
    """
    mine: Scores = defaultdict(list)
    theirs: Scores = defaultdict(list)
    for a, x in left.items():
        for b, y in right.items():
            score = likeness(x, y)
            if score >= floor:
                mine[a].append((score + _label(x, y), b))
                theirs[b].append((score + _label(x, y), a))
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


def _label(a: CaseResult, b: CaseResult) -> float:
    """What the names of folders are worth when all else is equal."""
    return 0.3 * (a.unit == b.unit) + 0.2 * (a.title == b.title) + 0.2 * (a.case == b.case)


def _same_key(a: CaseResult, b: CaseResult) -> float:
    return float(a.case_key == b.case_key)


def _digests(r: CaseResult) -> set[str]:
    return {f.sha256 for f in r.files if f.sha256 and f.outcome != "skipped"}


def _same_files(a: CaseResult, b: CaseResult) -> float:
    return _share(_digests(a), _digests(b))


def _share(x: set[str], y: set[str]) -> float:
    return len(x & y) / len(x | y) if x and y else 0.0


def numbers(r: CaseResult) -> set[str]:
    """The document numbers that the papers of a case carry."""
    return {number_key(str(f.value)) for n, f in r.facts.items() if n.endswith("文号")}


def _numbers(a: CaseResult, b: CaseResult) -> float:
    return float(bool(numbers(a) & numbers(b)))


def _content(a: CaseResult, b: CaseResult) -> float:
    mine, theirs = ([d.print for d in r.documents if d.print] for r in (a, b))
    if not mine or not theirs:
        return 0.0
    return sum(any(same_text(x, y) for y in theirs) for x in mine) / len(mine)


def _values(r: CaseResult) -> dict[str, str]:
    return {n: key("、".join(f.values)) for n, f in r.facts.items()}


def _facts(a: CaseResult, b: CaseResult) -> float:
    mine, theirs = _values(a), _values(b)
    parties = [
        {v for n, v in x.items() if n.endswith(("当事人", "申请人"))} for x in (mine, theirs)
    ]
    both = mine.keys() & theirs.keys()
    same = sum(mine[n] == theirs[n] for n in both)
    return same / len(both) if parties[0] & parties[1] and same >= 5 else 0.0


_RUNGS: tuple[tuple[str, Callable[[CaseResult, CaseResult], float], float], ...] = (
    ("文号相同", _same_key, 1.0),
    ("文件相同", _same_files, 0.6),
    ("卷内文号相同", _numbers, 1.0),
    ("内容相同", _content, 0.6),
    ("当事人和要素相同", _facts, 0.6),
)
