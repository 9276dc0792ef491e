"""What is open in all files of a unit -> questions, most valuable first (DESIGN, promise 13): like
things are put together, so that one look and one answer settle them in every file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from casereview.chinese import key
from casereview.chinese.house_line import Example, house_line
from casereview.facts.candidates import Candidate
from casereview.judging.open_questions import OpenCase, OpenFact, OpenTitle
from casereview.model import Place
from casereview.papers.house import SIGNING, Entry, House
from casereview.record.result import CaseResult
from casereview.rounds.unit_doubt import wrong_with

CHOICES = 9  # one key each
ALIKE = 72  # of 100: sentences that say the same with other values
MANY_FILES = 0.5  # share of the files from which failing together is the reading's doing
DOUBTFUL = 0.5  # what settling a doubtful fault is worth, where an open item is worth 1
NAMED_ALIKE = 0.7
STRANGE, UNLIKE = 0.6, 0.3
NO_PAPER = "其他"
_REALLY = "确实如此，是各卷的问题（选 0：不是，是没有读懂本单位的写法，各卷仍为待复核）"
ANSWER, NAME, OPTION = "答", "标识", "选项"  # columns of the sheet of questions
SKIPPED = ("跳过", "跳", "s", "S")  # what is written there for: do not ask again
Seen = tuple[str, Place]  # case, place


@dataclass(frozen=True)
class Choice:
    """One answer: what is shown, the entry that it becomes, and where it was seen with which
    value in which case.
    """

    text: str
    entry: Entry
    seen: tuple[Seen, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    @property
    def reads(self) -> str:
        """What it would read, of the first files."""
        return "；".join(dict.fromkeys(value for _, value in self.values[:3]))


@dataclass(frozen=True)
class Question:
    """One question. ``name``: what it is known by, so that it is asked once; ``paper``, ``fact``:
    what it is about ('' for a title); ``settles``: how many open items it may settle;
    ``doubtful``: how many faults that may be the reading's doing; ``none``: what it means that no
    choice is right.
    """

    name: str
    text: str
    choices: tuple[Choice, ...]
    cases: tuple[str, ...]
    settles: int
    doubtful: int
    none: Entry
    paper: str = ""
    fact: str = ""
    title: str = ""
    seen: tuple[Seen, ...] = ()
    likely: float = 1.0

    @property
    def value(self) -> float:
        """What one answer is worth, by how likely one of the choices is right (``likely``)."""
        return self.likely * (self.settles + DOUBTFUL * self.doubtful)

    @property
    def example(self) -> str:
        """Where to look first."""
        return seen_at(self.seen[0]) if self.seen else ""

    def own(self, text: str, kinds: Iterable[str]) -> Entry | None:
        """The entry that an answer in a person's own words becomes: the kind of a paper, a wording
        (with a slot or a gap), else a label. None for a kind that is not known.
        """
        if self.title:
            return Entry(title=self.title, paper=text) if text in set(kinds) else None
        if not self.paper:
            return None
        if re.search(r"[…〈【〔]", text):
            return Entry(paper=self.paper, line=text, fact=self.fact)
        return Entry(paper=self.paper, label=text, fact=self.fact)


def seen_at(seen: Seen) -> str:
    """A place for people: case, file, page and quote."""
    case, place = seen
    return f"{case.rpartition('/')[2]} {place.file} 第 {place.page} 页：{place.quote}"


def questions(
    house: House, every: Sequence[OpenCase], results: Sequence[CaseResult] = ()
) -> tuple[Question, ...]:
    """The questions on a unit's files that nobody answered or waved away, most valuable first.
    ``results``: what they came to, with what all of them fail alike.
    """
    known = asked(house)
    doubtful = _in_most(every)
    found = [
        *_of_titles(house.unit, every, doubtful),
        *_of_facts(every, doubtful),
        *_of_all_alike(results),
    ]
    open_ = (q for q in found if q.name not in known and q.value > 0)
    return tuple(sorted(open_, key=lambda q: (-q.value, -len(q.cases), q.name)))


def asked(house: House) -> frozenset[str]:
    """The names of the questions to which an answer holds."""
    return frozenset(_name_of(e) for e in house.holding)


def _name_of(entry: Entry) -> str:
    if entry.skipped:
        return entry.skipped
    if entry.item:
        return alike_name(entry.item, entry.wrong)
    return title_name(entry.title) if entry.title else fact_name(entry.paper, entry.fact)


def title_name(title: str) -> str:
    """What a question on a title is known by."""
    return f"题名：{key(title)}"


def fact_name(paper: str, fact: str) -> str:
    """What a question on a fact is known by."""
    return f"要素：{paper}.{fact}"


def alike_name(item: str, wrong: str) -> str:
    """What a question on what all files fail alike is known by."""
    return f"各卷都是：{item} {wrong}"


def _in_most(every: Sequence[OpenCase]) -> frozenset[str]:
    """Items that fail by silence in most of the files (and more than one): the reading's doing."""
    count = Counter(check for c in every for check in c.fails | c.reviews)
    least = max(2, MANY_FILES * len(every))
    return frozenset(check for check, n in count.items() if n >= least)


@dataclass(frozen=True)
class _Worth:
    """What hangs on one question: open items and doubtful faults, each of a case."""

    reviews: frozenset[tuple[str, str]]
    fails: frozenset[tuple[str, str]]


def _worth(rows: Sequence[tuple[str, OpenFact | OpenTitle]], doubtful: frozenset[str]) -> _Worth:
    reviews = frozenset((case, check) for case, x in rows for check in x.reviews)
    fails = frozenset((case, check) for case, x in rows for check in x.fails & doubtful)
    return _Worth(reviews, fails)


def bare_title(title: str, unit: str) -> str:
    """A title without the unit before it and the number in brackets behind it."""
    bare = re.sub(r"[（(][^（）()]*\d[^（）()]*[)）]", "", title)
    return bare.removeprefix(unit) or title


def _of_titles(
    unit: str, every: Sequence[OpenCase], doubtful: frozenset[str]
) -> Iterator[Question]:
    groups: dict[str, list[tuple[str, OpenTitle]]] = defaultdict(list)
    for c in every:
        for t in c.titles:
            groups[title_name(bare_title(t.title, unit))].append((c.case, t))
    for name, rows in groups.items():
        title, worth = bare_title(rows[0][1].title, unit), _worth(rows, doubtful)
        votes = Counter(kind for _, t in rows for kind in t.wanted)
        votes.update(t.kind for _, t in rows if t.kind != NO_PAPER)
        kinds = [kind for kind, _ in votes.most_common(CHOICES)]
        seen = tuple((case, t.place) for case, t in rows)
        yield Question(
            name,
            f"题名是“{title}”的，是哪一种文书？",
            tuple(Choice(kind, Entry(title=title, paper=kind)) for kind in kinds),
            tuple(sorted({case for case, _ in rows})),
            len(worth.reviews),
            len(worth.fails),
            Entry(title=title, paper=NO_PAPER, seen=seen_at(seen[0])),
            title=title,
            seen=seen,
        )


def _of_all_alike(results: Sequence[CaseResult]) -> Iterator[Question]:
    """Whether it is really so, of each item that all files of the unit fail in the same words."""
    groups: dict[tuple[str, str], list[Seen]] = defaultdict(list)
    for r in results:
        for f in r.findings:
            if f.suspected:
                places = f.evidence or (Place("", 0),)
                groups[f.check, wrong_with(f.suspected.message)].append((r.case, places[0]))
    for (item, wrong), seen in groups.items():
        name = alike_name(item, wrong)
        yield Question(
            name,
            f"本单位 {len(seen)} 卷都是“{wrong}”（检查项 {item}），确实如此吗？",
            (Choice(_REALLY, Entry(item=item, wrong=wrong, seen=seen_at(seen[0])), tuple(seen)),),
            tuple(sorted(case for case, _ in seen)),
            len(seen),
            0,
            Entry(skipped=name),
            seen=tuple(seen),
            likely=DOUBTFUL,
        )


def _of_facts(every: Sequence[OpenCase], doubtful: frozenset[str]) -> Iterator[Question]:
    groups: dict[str, list[tuple[str, OpenFact]]] = defaultdict(list)
    for c in every:
        for f in c.facts:
            groups[fact_name(f.paper, f.name)].append((c.case, f))
    for name, rows in groups.items():
        fact, worth = rows[0][1], _worth(rows, doubtful)
        choices, likely = _choices(fact, rows)
        if not choices:
            continue
        seen = tuple((case, f.place) for case, f in rows)
        yield Question(
            name,
            _asks_where(fact),
            tuple(choices),
            tuple(sorted({case for case, _ in rows})),
            len(worth.reviews),
            len(worth.fails),
            _none_of(fact, choices, seen),
            paper=fact.paper,
            fact=fact.name,
            seen=seen,
            likely=likely,
        )


def _asks_where(fact: OpenFact) -> str:
    if fact.name.startswith(SIGNING):
        return f"{fact.paper}的“{fact.name.removeprefix(SIGNING)}”签在哪里？"
    return f"{fact.paper}的“{fact.name}”（{fact.type}）写在哪里？"


def _none_of(fact: OpenFact, choices: Sequence[Choice], seen: Sequence[Seen]) -> Entry:
    """That no choice is the fact."""
    never = tuple(c.entry.label or c.entry.line for c in choices)
    return Entry(paper=fact.paper, fact=fact.name, never=never, seen=seen_at(seen[0]))


def _choices(fact: OpenFact, rows: Sequence[tuple[str, OpenFact]]) -> tuple[list[Choice], float]:
    """What may be the fact, like things put together, the likeliest first; and how likely one of
    them is.
    """
    labels: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
    sentences: list[list[tuple[str, Candidate]]] = []
    for case, f in rows:
        for c in f.candidates:
            if c.label:
                labels[key(c.label)].append((case, c))
            else:
                _put_with_like(sentences, case, c)
    ranked = [(group, _field_choice(fact, group)) for group in labels.values()]
    for group in sentences:
        if choice := _sentence_choice(fact, group):
            ranked.append((group, choice))
    ranked.sort(key=lambda x: (-_rank(fact, x[0]), x[1].text))
    likely = max((_likely(fact, group) for group, _ in ranked), default=0.0)
    return [choice for _, choice in ranked[:CHOICES]], likely


def _put_with_like(groups: list[list[tuple[str, Candidate]]], case: str, c: Candidate) -> None:
    for group in groups:
        first = group[0][1]
        if first.slot == c.slot and fuzz.ratio(_bare(first), _bare(c)) >= ALIKE:
            group.append((case, c))
            return
    groups.append([(case, c)])


def _bare(c: Candidate) -> str:
    """A sentence around its value, without figures."""
    e = c.example or Example("")
    text = f"{e.before}〈{c.slot}〉{e.after}" if c.slot else e.text
    return re.sub(r"[\d\s]", "", text)


def _rank(fact: OpenFact, group: Sequence[tuple[str, Candidate]]) -> float:
    """How likely a group is the fact: seen in many files, in a strange field, called alike."""
    first = group[0][1]
    files = len({case for case, _ in group})
    return files + 1.5 * first.strange + 3 * _alike(fact, first) + 0.5 * bool(first.label)


def _alike(fact: OpenFact, c: Candidate) -> float:
    """How like the fact's name is to what names a candidate (0..1)."""
    name = fact.name.removeprefix(SIGNING)
    return fuzz.partial_ratio(name, c.label or _bare(c)) / 100


def _likely(fact: OpenFact, group: Sequence[tuple[str, Candidate]]) -> float:
    """How likely a group is the fact: called alike, or in a field that nobody knows."""
    first = group[0][1]
    if _alike(fact, first) >= NAMED_ALIKE:
        return 1.0
    return STRANGE if first.strange else UNLIKE


def _field_choice(fact: OpenFact, group: Sequence[tuple[str, Candidate]]) -> Choice:
    label = group[0][1].label
    entry = Entry(paper=fact.paper, label=label, fact=fact.name)
    return _chosen(f"栏目“{label}”", entry, group)


def _sentence_choice(fact: OpenFact, group: Sequence[tuple[str, Candidate]]) -> Choice | None:
    """A wording that reads the value in every sentence of the group, or in the first one."""
    examples = [c.example for _, c in group if c.example]
    slot = group[0][1].slot
    line = house_line(examples, slot) or house_line(examples[:1], slot)
    if not line:
        return None
    return _chosen(f"写“{line}”", Entry(paper=fact.paper, line=line, fact=fact.name), group)


def _chosen(text: str, entry: Entry, group: Sequence[tuple[str, Candidate]]) -> Choice:
    seen = tuple((case, c.place) for case, c in group)
    values = tuple((case, c.value) for case, c in group)
    return Choice(text, replace(entry, seen=seen_at(seen[0])), seen, values)
