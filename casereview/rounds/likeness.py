"""How much two cases are alike whose numbers differ: by their files, the numbers on their papers,
the text of their papers, what was read in them. Only cases that share something are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from math import ceil

from casereview.chinese import key, number_key
from casereview.record.identity import NEAR, same_text
from casereview.record.result import CaseResult

FLOOR = 0.6  # what must be shared of files, of papers, of facts
FEWEST = 5  # facts that must be equal
_OCR = ".o"  # at the end of the print of a recognised text


@dataclass(frozen=True)
class Mark:
    """What a case is known by besides its number: digests of its files, numbers on its papers,
    prints of its papers, its parties, and the values of its facts.
    """

    digests: frozenset[str]
    numbers: frozenset[str]
    prints: tuple[str, ...]
    parties: frozenset[str]
    values: dict[str, str]


Alike = Iterator[tuple[str, str, float]]  # a case, one it may be, how much they are alike
Shared = Callable[[dict[str, Mark], dict[str, Mark]], Alike]


def mark_of(r: CaseResult) -> Mark:
    """What a case is known by."""
    values = {n: key("、".join(f.values)) for n, f in r.facts.items()}
    return Mark(
        frozenset(f.sha256 for f in r.files if f.sha256 and f.outcome != "skipped"),
        frozenset(number_key(str(f.value)) for n, f in r.facts.items() if n.endswith("文号")),
        tuple(d.print for d in r.documents if d.print),
        frozenset(v for n, v in values.items() if n.endswith(("当事人", "申请人"))),
        values,
    )


def by_files(left: dict[str, Mark], right: dict[str, Mark]) -> Alike:
    """Cases of which most files are the same."""
    count = Counter(d for m in right.values() for d in m.digests)
    index: dict[str, list[str]] = defaultdict(list)
    for b, m in right.items():
        for d in _rarest(m.digests, count):
            index[d].append(b)
    for a, m in left.items():
        near = {b for d in _rarest(m.digests, count) for b in index.get(d, ())}
        for b in sorted(near):
            share = _share(m.digests, right[b].digests)
            if share >= FLOOR:
                yield a, b, share


def _share(x: frozenset[str], y: frozenset[str]) -> float:
    return len(x & y) / len(x | y) if x and y else 0.0


def _rarest(tokens: Collection[str], count: Counter[str]) -> list[str]:
    """So many of the tokens, those first that few cases have, that two cases which share enough
    share one of these.
    """
    most = len(tokens) - ceil(FLOOR * len(tokens)) + 1
    return sorted(tokens, key=lambda t: (count[t], t))[:most]


def by_numbers(left: dict[str, Mark], right: dict[str, Mark]) -> Alike:
    """Cases with a number in common."""
    yield from _with_common(left, right, lambda m: m.numbers, lambda x, y: 1.0)


def by_facts(left: dict[str, Mark], right: dict[str, Mark]) -> Alike:
    """Cases with a party in common and most facts the same."""
    yield from _with_common(left, right, lambda m: m.parties, _same_facts)


def _with_common(
    left: dict[str, Mark],
    right: dict[str, Mark],
    tokens: Callable[[Mark], Collection[str]],
    likeness: Callable[[Mark, Mark], float],
) -> Alike:
    """Cases with a token in common that are alike enough."""
    index: dict[str, list[str]] = defaultdict(list)
    for b, m in right.items():
        for token in tokens(m):
            index[token].append(b)
    for a, m in left.items():
        for b in sorted({b for token in tokens(m) for b in index.get(token, ())}):
            score = likeness(m, right[b])
            if score >= FLOOR:
                yield a, b, score


def _same_facts(x: Mark, y: Mark) -> float:
    both = x.values.keys() & y.values.keys()
    same = sum(x.values[n] == y.values[n] for n in both)
    return same / len(both) if same >= FEWEST else 0.0


def by_content(left: dict[str, Mark], right: dict[str, Mark]) -> Alike:
    """Cases of which most papers say the same."""
    index = _Prints(right)
    for a, m in left.items():
        some = len(m.prints) - ceil(FLOOR * len(m.prints)) + 1  # one of these is shared
        near = {b for p in m.prints[:some] for b in index.cases(p)}
        for b in sorted(near):
            score = _content(m.prints, right[b].prints)
            if score >= FLOOR:
                yield a, b, score


def _content(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    if not mine or not theirs:
        return 0.0
    return sum(any(same_text(x, y) for y in theirs) for x in mine) / len(mine)


class _Prints:
    """Cases by the prints of their papers."""

    def __init__(self, marks: dict[str, Mark]):
        self.same: dict[str, set[str]] = defaultdict(set)
        self.bits: dict[bool, dict[int, set[str]]] = {
            True: defaultdict(set),
            False: defaultdict(set),
        }
        for case, m in marks.items():
            for p in m.prints:
                self.same[p[:16]].add(case)
                self.bits[p.endswith(_OCR)][int(p[17:33], 16)].add(case)

    def cases(self, print_: str) -> set[str]:
        """The cases with a paper of the same text, or of one that differs as two readings of one
        page do.
        """
        out = set(self.same.get(print_[:16], ()))
        mine = int(print_[17:33], 16)
        # without recognition on either side only the same letters are the same text
        for recognised in (True, False) if print_.endswith(_OCR) else (True,):
            for bits, cases in self.bits[recognised].items():
                if (mine ^ bits).bit_count() <= NEAR:
                    out |= cases
        return out
