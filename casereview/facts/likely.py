"""The learned second reader: which value on a paper is most likely a fact that its readers did not
read, by likeness with labelled papers of many houses. What was learned is a table of whole numbers
(``文书/_习得要素.csv``, from ``benchmarks/houses/learn_values.py``): the same paper always gives
the same answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from casereview.chinese.wording import wording
from casereview.facts.mentions import Mention, mentions
from casereview.facts.registry import FactSpec
from casereview.model import LEARNED, Fact, Place
from casereview.papers.once import once_by
from casereview.papers.paper import Paper

TABLE = "_习得要素.csv"
HEAD = "要素"  # begins the row that a fact begins with
OF_KIND = "k="  # the feature that names the kind of paper
LISTING = ("当事人", "证照号码")  # readers whose value is a list
ONE = 100  # a weight of 1 in the table: so much more is e times as likely
NEVER = -300  # below this a value is none, whatever reads it
PERHAPS = 0  # from here on a value is worth a look
CLEAR = 100  # by so much the best value must beat the next
SURE = 0.7  # how sure a value is that was read by likeness
BEFORE, AFTER = 10, 6  # characters on both sides that are looked at
_FIFTH, _MOST, _LONGEST = 5, 4, 6
_TELLING = 12  # characters of a value in words that are looked at
_PLAIN = str.maketrans("", "", "（）()、/:：· \u3000")


@dataclass(frozen=True)
class Learned:
    """What was learned of one fact of some kinds of papers. ``type``: of the values that may be it;
    ``base`` and ``weights`` (by feature) add up to how likely one is; ``sure``: from here on.
    """

    kinds: tuple[str, ...]
    name: str
    type: str
    base: int
    sure: int
    weights: Mapping[str, int] = field(default_factory=dict)

    def score(self, features: Iterable[str], kind: str) -> int:
        """How likely a mention with these features, on a paper of this kind, is the fact."""
        own = self.base + self.weights.get(OF_KIND + kind, 0)
        return own + sum(self.weights.get(f, 0) for f in features)


@dataclass(frozen=True)
class Likely:
    """The most likely mention of a fact, how likely it is, and whether that is enough, also beside
    the next value.
    """

    mention: Mention
    score: int
    sure: bool


@once_by
def features(paper: Paper, type_: str) -> tuple[tuple[str, ...], ...]:
    """The named features of every mention of a type, each once, in the order of ``mentions``."""
    return tuple(features_at(paper, (type_, n)) for n, _ in enumerate(mentions(paper, type_)))


@once_by
def features_at(paper: Paper, which: tuple[str, int]) -> tuple[str, ...]:
    """Those of one of them. ``which``: its type, and the how manieth it is."""
    type_, n = which
    every, text = mentions(paper, type_), paper.running_text.without_spaces
    order = _order(every[n], n, len(every), _values(paper, type_), len(text))
    parts = _label(every[n]), _around(every[n], text), order, _value(every[n])
    return tuple(dict.fromkeys(chain.from_iterable(parts)))


@once_by
def _values(paper: Paper, type_: str) -> list[str]:
    """The values that are mentioned, in their order."""
    return sorted({str(m.value) for m in mentions(paper, type_)})


def _grams(sign: str, text: str, *sizes: int) -> Iterator[str]:
    for n in sizes:
        for k in range(len(text) - n + 1):
            yield sign + text[k : k + n]


def _label(m: Mention) -> Iterator[str]:
    """The label and the head of the column."""
    bare = m.part.label.translate(_PLAIN)
    if bare:
        yield f"L={bare}"
        yield from _grams("L", f"^{bare}$", 1, 2, 3)
    yield from _grams("H", m.part.above, 2)


def _around(m: Mention, text: str) -> Iterator[str]:
    """What stands before and behind it: inside its part, and on the same line."""
    before = text[max(m.part.start, m.start - BEFORE) : m.start]
    after = text[m.end : m.end + AFTER].split("\n")[0]
    yield "in" if m.start > m.part.start else "at"
    for k, c in enumerate(reversed(before)):
        yield f"b{k // 3}{c}"
    yield from _grams("B", before, 2)
    for k, c in enumerate(after):
        yield f"a{k // 2}{c}"
    yield from _grams("A", after, 2)


def _order(m: Mention, n: int, every: int, values: list[str], size: int) -> Iterator[str]:
    """Where it is on the paper, and the how manieth of its type."""
    yield f"p{m.start * _FIFTH // max(size, 1)}"
    yield f"n{min(len(values), _MOST)}"
    yield f"i{min(n, _MOST)}"
    yield f"e{min(every - 1 - n, _MOST)}"
    yield "whole" if m.part.whole else "field" if m.part.label else "text"
    yield f"z{min((m.part.end - m.part.start) // 8, _LONGEST)}"
    if m.type in ("日期", "起", "止"):
        yield "least" if str(m.value) == values[0] else "later"
        yield "most" if str(m.value) == values[-1] else "earlier"


def _value(m: Mention) -> Iterator[str]:
    """What the value itself tells: how many people, which words."""
    if m.type == "人名单":
        yield f"m{min(len(m.value), _MOST)}"
    if m.type == "文字":
        yield from _grams("V", f"^{m.value[:_TELLING]}$", 2)
        yield f"V#{len(m.value) // 3}"


def most_likely(paper: Paper, spec: FactSpec) -> Likely | None:
    """The most likely value of a fact on a paper; None where nothing was learned of the fact, or
    nothing may be it.
    """
    learned = learned_of(paper.vocab.folder).get((spec.paper, spec.name))
    scored = _scored(paper, spec, learned) if learned else []
    if learned is None or not scored:
        return None
    score, best = max(scored, key=lambda one: one[0])
    second = max((s for s, m in scored if m.value != best.value), default=score - CLEAR)
    return Likely(best, score, score - second >= CLEAR and score >= learned.sure)


def _scored(paper: Paper, spec: FactSpec, learned: Learned) -> list[tuple[int, Mention]]:
    """Every mention that may be a fact, with how likely it is."""
    every = zip(mentions(paper, learned.type), features(paper, learned.type), strict=True)
    return [(learned.score(f, spec.paper), m) for m, f in every if not _denied(m, spec)]


def _denied(m: Mention, spec: FactSpec) -> bool:
    """True where the unit said that this is not the fact."""
    said = (wording(line).find(m.part.text) for line in spec.never)
    return m.part.label in spec.never or any(said)


def read_by_likeness(paper: Paper, spec: FactSpec) -> Fact | None:
    """The value of a fact where it is sure; of pages that were recognised none is."""
    found = most_likely(paper, spec)
    if found is None or not found.sure:
        return None
    place = _place(paper, found.mention)
    if place.page in paper.recognised:
        return None
    value = found.mention.value
    text = "、".join(value) if isinstance(value, list) else str(value)
    return Fact(_as_read(value, spec), text, place, SURE, LEARNED)


def contested(paper: Paper, spec: FactSpec, fact: Fact) -> str:
    """Another value of the paper that is surely the fact, where the one that a rule read surely is
    not by its likeness; ''.
    """
    learned = learned_of(paper.vocab.folder).get((spec.paper, spec.name))
    if learned is None or fact.origin:
        return ""
    own = [
        learned.score(features_at(paper, (learned.type, n)), spec.paper)
        for n, m in enumerate(mentions(paper, learned.type))
        if _same(_as_read(m.value, spec), fact.value) and not _denied(m, spec)
    ]
    if not own or max(own) >= NEVER:  # as nearly always: the others need no look
        return ""
    found = most_likely(paper, spec)
    return str(found.mention.value) if found and found.sure else ""


def _same(one: Any, other: Any) -> bool:
    """True for values that mean the same, in whatever order or type."""
    return _plain(one) == _plain(other)


def _plain(value: Any) -> list[str]:
    every = value if isinstance(value, list) else [value]
    return sorted(re.sub(r"\s|\.0+$", "", str(v)) for v in every)


def _as_read(value: Any, spec: FactSpec) -> Any:
    """A value as the readers of the fact give it: one person, or a list of one."""
    if spec.type == "人名" and isinstance(value, list):
        return value[0]
    listed = any(step.reader in LISTING for step in spec.steps)
    return [value] if listed and not isinstance(value, list) else value


def likely_hit(paper: Paper, spec: FactSpec) -> Place | None:
    """Where a fact may stand that was not read."""
    found = most_likely(paper, spec)
    return _place(paper, found.mention) if found and found.score >= PERHAPS else None


def _place(paper: Paper, m: Mention) -> Place:
    return paper.running_text.place(m.start, m.end)


@lru_cache(maxsize=4)
def learned_of(folder: Path) -> Mapping[tuple[str, str], Learned]:
    """What was learned, by kind of paper and name of the fact; nothing where the folder has no such
    table. Raises OSError, ValueError for a table that is none.
    """
    path = folder / TABLE
    return dict(_by_kind(read_table(path.read_text("utf-8")))) if path.is_file() else {}


def _by_kind(every: Iterable[Learned]) -> Iterator[tuple[tuple[str, str], Learned]]:
    for learned in every:
        for kind in learned.kinds:
            yield (kind, learned.name), learned


def read_table(text: str) -> list[Learned]:
    """A table: of each fact a row (要素, kinds, name, type, base, sure), then its features in rows
    of a weight and all that have it. Raises ValueError.
    """
    out: list[Learned] = []
    weights: dict[str, int] = {}
    for row in csv.reader(io.StringIO(text)):
        if row[0] == HEAD:
            weights = {}
            kinds, name, type_, base, sure = row[1:]
            out.append(Learned(tuple(kinds.split()), name, type_, int(base), int(sure), weights))
        else:
            weights.update(dict.fromkeys(row[1:], int(row[0])))
    return out


def write_table(every: Iterable[Learned]) -> str:
    """The same as text."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    for one in every:
        rows.writerow([HEAD, " ".join(one.kinds), one.name, one.type, one.base, one.sure])
        by_weight: dict[int, list[str]] = {}
        for feature, weight in sorted(one.weights.items()):
            by_weight.setdefault(weight, []).append(feature)
        rows.writerows([weight, *by_weight[weight]] for weight in sorted(by_weight))
    return out.getvalue()
