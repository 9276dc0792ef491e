"""Names of papers and of their fields, as data: ``文书/*.yaml`` read once and made searchable."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from casereview.chinese import key
from casereview.chinese.wording import wording
from casereview.errors import RulesRefused
from casereview.papers.house import House
from casereview.papers.label_words import FieldNames, shared_labels
from casereview.papers.looks import Look, Looks
from casereview.papers.paper_kind import Kind, kind_of
from casereview.papers.title_words import (
    Agencies,
    Group,
    TitleWords,
    forms_of,
    without_number,
    words_of,
)
from casereview.yamlfile import load_yaml

COMMON_LABELS = "_通用标签.yaml"
AGENCIES = "_机构.yaml"
TITLES = "_题名.yaml"
LEARNED = "_习得.npz"
THRESHOLD, BLURRED = 84, 70
_LIKE = 8  # names most like a title that are looked at
_REMEMBERED = 20_000  # titles
SURE_LOOK, LOOK = 0.8, 0.5  # chances from which a look is more than a guess, and a guess
LOOKED = 0.88  # how sure a kind is that a paper surely looks like: no title speaks for it
SURE_BY_TEXT = 0.9  # of a kind that only the text tells from another


@dataclass(frozen=True)
class Guess:
    """A kind proposed for a title, how sure (0..1) and why; ``alike``: the title is only like a
    known one; ``looked``: the paper looks so whatever its title.
    """

    kind: str
    confidence: float
    why: str
    alike: bool = False
    looked: bool = False


_WHOLE_NAME = 4  # characters from which a name at the end of a title names the paper
UNKNOWN = "其他"
ANYTHING = ("证据材料", UNKNOWN)  # kinds that say nothing of what a paper is


class Vocabulary:
    """All kinds, the labels that may stand in any form, and the endings of agency names."""

    def __init__(self, kinds: list[Kind], folder: Path):
        self.folder, self.house = folder, House()
        labels = words_of(load_yaml(folder / COMMON_LABELS).get("标签"))
        self.agencies = Agencies.load(folder / AGENCIES)
        self.titles = TitleWords.load(folder / TITLES)
        self._shared = shared_labels(folder)
        self.kinds = {k.name: k for k in kinds}
        self.looks = Looks(folder / LEARNED)
        self._keys = {key(a): k.name for k in kinds for a in (k.name, *k.aliases)}
        for name, kind in list(self._keys.items()):
            self._keys.setdefault(self.titles.in_plain_words(name), kind)
        every = {lb for k in kinds for names in k.fields.values() for lb in names} | set(labels)
        self._know(every)

    def _know(self, labels: set[str]) -> None:
        """Keep labels."""
        self.labels = tuple(sorted(labels, key=len, reverse=True))
        self._guessed: dict[str, Guess | None] = {}
        self._namesakes: dict[tuple[str, str], tuple[Kind, ...]] = {}
        self.__dict__.pop("cut", None)
        self.label_keys = {key(lb) for lb in self.labels}
        self._fields = FieldNames(self.label_keys, *self._shared)

    @cached_property
    def cut(self) -> re.Pattern[str]:
        """Where a value ends because a label follows."""
        return re.compile(
            r"(?<![（(法])(?:"
            + "|".join(_loose(lb) for lb in self.labels if len(lb) > 1)
            + r")\s*(?:[（(][^（）()]{1,12}[)）])?\s*[：:]"
        )

    def is_label(self, text: str) -> bool:
        """True for a label that some kind of paper, or several, may have."""
        return self._fields.is_label(text)

    def may_be_label(self, text: str) -> bool:
        """True for a label, and for what ends as labels do though nobody knows it."""
        return self._fields.may_be_label(text)

    @classmethod
    def load(cls, folder: Path) -> Vocabulary:
        """Read ``文书/*.yaml`` (one file a kind of paper, the labels of any form, the endings of
        agency names); refuse unknown keys and an alias that names two kinds. Raises RulesRefused
        with every complaint.
        """
        bad: list[str] = []
        kinds: list[Kind] = []
        owners: dict[str, str] = {}
        for path in sorted(folder.glob("*.yaml")):
            if path.stem.startswith("_"):
                continue
            row = load_yaml(path)
            kind = kind_of(path, row, bad)
            for alias in (kind.name, *kind.aliases):
                owner = owners.setdefault(key(alias), kind.name)
                if owner != kind.name:
                    bad.append(f"{path}：第 {row.line('别名')} 行：别名“{alias}”已经属于“{owner}”")
            kinds.append(kind)
        if bad:
            raise RulesRefused(bad)
        return cls(kinds, folder)

    def of(self, house: House) -> Vocabulary:
        """This vocabulary as one unit uses it: the shipped one where nothing was told."""
        return _of_house(self, house) if house.holding else self

    def in_words_of(self, house: House) -> Vocabulary:
        """A copy that knows the titles and labels of a house besides its own."""
        own = copy.copy(self)
        own.house = house
        known = {t: k for t, k in house.titles.items() if k in self.kinds}
        own._keys = {**self._keys, **known}
        own._know({*self.labels, *(name for _, _, name in house.labels)})
        return own

    def told(self, title: str) -> Guess | None:
        """The kind that the unit itself calls by this title; None where nobody said."""
        bare = title.removeprefix(self.house.unit) or title
        forms = (*self._forms(title), *self._forms(bare))
        kinds = (self.house.titles.get(form) for form in forms)
        kind = next((k for k in kinds if k in self.kinds), None)
        return Guess(kind, 1.0, f"本单位用语：题名“{title}”是{kind}") if kind else None

    def guess(self, title: str) -> Guess | None:
        """The kind a title names: exact alias, then words that make the kind, then likeness
        (``fuzz.ratio`` on the cleaned title). Worked out once a title.
        """
        if title not in self._guessed:
            if len(self._guessed) >= _REMEMBERED:
                self._guessed.clear()
            self._guessed[title] = self._guess(title)
        return self._guessed[title]

    def no_title(self, line: str) -> bool:
        """True for a line that names who made the paper, or the paper that it is printed on."""
        return self.agencies.is_name(line) or self.titles.is_stationery(line)

    def _guess(self, title: str) -> Guess | None:
        if self.titles.is_stationery(title):
            return None
        title = without_number(title)
        forms = self._forms(title)
        told = self.told(title) if self.house.titles else None
        if sure := told or self._exact(title, forms):
            return sure
        return self._of_its_sign(title, self._by_words(title, forms) or self._alike(title, forms))

    def _of_its_sign(self, title: str, guess: Guess | None) -> Guess | None:
        """A guess, or its opposite where the title refuses and the kind does not, or the other
        way round: 准予受理通知书 is no 不予受理通知书, however like it.
        """
        if guess is None or self.titles.denies(title) == self.titles.denies(guess.kind):
            return guess
        refusal = self.titles.denials[0]
        other = guess.kind.removeprefix(refusal)
        other = other if other != guess.kind else refusal + other
        return replace(guess, kind=other) if other in self.kinds else guess

    def _exact(self, title: str, forms: list[str]) -> Guess | None:
        for form in forms:
            kind = self._keys.get(form)
            if kind is None or self._ruled_out(title, form, kind):
                continue
            inner = re.search(r"\(([^()]{2,12})\)", key(title))
            named = self._keys.get(inner[1], kind) if inner else kind
            if kind == "证据材料" and named != kind:
                return Guess(named, 0.95, f"标题“{title}”")
            return Guess(kind, 1.0, f"标题“{title}”")
        return None

    def _ruled_out(self, title: str, form: str, kind: str) -> bool:
        """True when what a title says in brackets before its end rules out the kind that it names
        without them: 行政（当场）处罚决定书; in brackets at its end where that makes
        it another kind.
        """
        said = re.sub(r"(?:\((?:[^()]|\([^()]*\))*\))+$", "", key(title))
        inner = "".join(re.findall(r"\(([^()]*)\)", said))
        last = key(title)[len(said) :]
        excludes = self.kinds[kind].excludes
        if any(x in last and x not in form for x in excludes) and self._other_kind(title, kind):
            return True
        return any(x in inner and x not in form for x in excludes)

    def _other_kind(self, title: str, kind: str) -> bool:
        """True when a title, with what it says in brackets, has the words of another kind:
        行政处罚决定书（当场）.
        """
        whole = re.sub(r"[()]", "", key(title))
        others = (k for k in self.kinds.values() if k.name != kind)
        allowed = (k for k in others if not any(x in whole for x in k.excludes))
        return any(
            all(any(w in whole for w in words) for words in group)
            for k in allowed
            for group in k.features
        )

    def _by_words(self, title: str, forms: list[str]) -> Guess | None:
        best: Guess | None = None
        for form, kind in ((f, k) for f in forms for k in self._with_words_of(f)):
            for group in self._groups_in(form, kind, title):
                score = 0.80 + 0.15 * _weight(group, form) / max(4, len(form))
                if best is None or score > best.confidence:
                    found = "、".join(next(w for w in words if w in form) for words in group)
                    why = f"标题“{title}”含有“{found}”"
                    best = Guess(kind.name, round(min(score, 0.97), 3), why)
        return best

    def _with_words_of(self, form: str) -> Iterator[Kind]:
        """The kinds that can be named by words of ``form``: of those that it carries, one begins
        a group.
        """
        carried = {word for word in self._first_words if word in form}
        return (k for k in self.kinds.values() if not carried.isdisjoint(self._begins[k.name]))

    @cached_property
    def _begins(self) -> dict[str, frozenset[str]]:
        """Kind -> the words by which its groups begin."""
        return {
            k.name: frozenset(w for group in k.features for w in group[0])
            for k in self.kinds.values()
        }

    @cached_property
    def _first_words(self) -> frozenset[str]:
        """The words by which a group of any kind begins."""
        return frozenset().union(*self._begins.values())

    def _groups_in(self, form: str, kind: Kind, title: str) -> Iterator[Group]:
        """Groups of words of a kind that a title carries in one of its forms."""
        carried = [g for g in kind.features if all(any(w in form for w in words) for words in g)]
        if not carried or any(x in form for x in kind.excludes):
            return
        if not self._ruled_out(title, form, kind.name):
            yield from (g for g in carried if not self.titles.of_another_paper(form, g))

    def _alike(self, title: str, forms: list[str]) -> Guess | None:
        best: Guess | None = None
        for form in forms:
            if len(form) < 4:
                continue
            like = process.extract(
                form, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=THRESHOLD, limit=_LIKE
            )
            hit = next((h for h in like if not self.titles.opposes(form, h[0])), None)
            if hit and (best is None or hit[1] / 100 * 0.95 > best.confidence):
                why = f"标题“{title}”与“{hit[0]}”相似 {hit[1]:.0f}%"
                sure = round(hit[1] / 100 * 0.95, 3)
                best = Guess(self._keys[hit[0]], sure, why, alike=True)
        return best

    def guess_blurred(self, title: str) -> Guess | None:
        """The kind of a title some characters of which are covered or misread; never sure."""
        form = self.agencies.without(key(title))
        if len(form) < 5:
            return None
        hit = process.extractOne(form, self._keys.keys(), scorer=fuzz.ratio, score_cutoff=BLURRED)
        if hit is None:
            return None
        why = f"标题“{title}”不清，与“{hit[0]}”相似 {hit[1]:.0f}%"
        return Guess(self._keys[hit[0]], round(hit[1] / 100 * 0.9, 3), why, alike=True)

    def ends_in_name(self, title: str, kind: str) -> bool:
        """True when a title ends in a whole name of this kind: 行政处罚结案报告."""
        end = key(title)
        return any(
            own == kind and len(name) >= _WHOLE_NAME and end.endswith(name)
            for name, own in self._keys.items()
        )

    def last_ending(self, text: str) -> int:
        """Where the last word that ends titles stops in ``text``; 0 when there is none."""
        return self.titles.last_ending(text)

    def title_forms(self, title: str) -> list[str]:
        """The forms (keys) of the title of a paper: without number, agency, remarks."""
        return self._forms(without_number(title))

    def _forms(self, title: str) -> list[str]:
        return forms_of(title, self.agencies, self.titles)

    def by_content(self, text: str, title: str, whole: bool = False) -> Guess | None:
        """What a paper shows itself to be by what it says, where its ``title`` is not known: the
        kind that it surely looks like, then the kind whose wordings say most, then the kind that it
        looks like at all. ``whole``: ``text`` is a file of its own.
        """
        look = self._look_of(text)
        if look is not None and look.chance >= SURE_LOOK:
            return _by_look(title, look)
        said = self.by_wordings(text, title, whole)
        if said is None and look is not None and look.chance >= LOOK:
            return _by_look(title, look)
        return said

    def outlooked(self, kind: str, text: str, title: str) -> Guess | None:
        """The kind that a text surely looks like where it does not look at all like ``kind``, which
        words of its ``title`` name (听证权利通知书 tells the right to a hearing); else None.
        """
        look = self._look_of(text)
        if look is None or look.chance < SURE_LOOK or not self.looks.against(kind, text):
            return None
        return None if look.kind in ANYTHING else _by_look(title, look)

    def _look_of(self, text: str) -> Look | None:
        """What a text looks like, unless it says what such a paper never says: once where it hardly
        looks so, twice where it surely does.
        """
        look = self.looks.of(text)
        if look is None or look.kind == UNKNOWN:
            return None
        allowed = 1 if look.chance >= SURE_LOOK else 0
        return look if self.kinds[look.kind].denials(text) <= allowed else None

    def by_wordings(self, text: str, title: str, whole: bool = False) -> Guess | None:
        """The kind whose wordings a text says most; None where it says none of them enough."""
        named = "" if self.agencies.is_name(title) else title
        may_be = [k for k in self.kinds.values() if self._may_be(k, named, whole)]
        kind = _most(may_be, lambda k: k.shown_in(text))
        kind = kind or _only(may_be, lambda k: k.nearly_shown_in(text))
        if kind is None:
            return None
        why = f"“{title}”不是已知的文书名称，内容是{kind.name}"
        return Guess(kind.name, 0.75 if kind.untitled else 0.7, why, alike=not kind.untitled)

    def _may_be(self, kind: Kind, named: str, whole: bool) -> bool:
        """True for a kind that may bear the title ``named``, or none."""
        bare = kind.untitled or (kind.alone and whole and not named)
        return bare or kind.may_be_called(named, self.titles)

    def told_apart(self, kind: str, title: str, text: Callable[[], str]) -> Guess | None:
        """What a paper of ``kind`` by its ``title`` is where its text (without spaces) says that
        it is another one that may bear the title of this kind, or this very title; None where it
        says nothing of the sort.
        """
        for other in self._sharing(kind, title):
            said = next((line for line in other.tells if wording(line).find(text())), None)
            if said:
                return Guess(other.name, SURE_BY_TEXT, f"题名是{kind}，正文写明是{other.name}")
        return None

    def _sharing(self, kind: str, title: str) -> tuple[Kind, ...]:
        """The kinds that may bear the title of this kind, or this very title: worked out once a
        title.
        """
        asked = kind, title
        if asked not in self._namesakes:
            if len(self._namesakes) >= _REMEMBERED:
                self._namesakes.clear()
            names = {kind, *self._forms(title)}
            every = (k for k in self.kinds.values() if not names.isdisjoint(k.shares))
            self._namesakes[asked] = tuple(every)
        return self._namesakes[asked]


def _by_look(title: str, look: Look) -> Guess:
    """The kind that a paper of an unknown title looks like: more than a guess where it surely
    does.
    """
    why = f"“{title}”不是已知的文书名称，行文最像{look.kind}"
    sure = look.chance >= SURE_LOOK
    return Guess(look.kind, LOOKED if sure else 0.7, why, alike=not sure, looked=True)


def _most(kinds: list[Kind], shown: Callable[[Kind], int]) -> Kind | None:
    """The first kind that is shown most; None where none is."""
    best = max(kinds, key=shown, default=None)
    return best if best is not None and shown(best) else None


def _only(kinds: list[Kind], shown: Callable[[Kind], int]) -> Kind | None:
    """The kind that is shown more than every other; None where none is."""
    counts = sorted(((shown(k), k.name, k) for k in kinds), key=lambda row: -row[0])[:2]
    alone = len(counts) < 2 or counts[0][0] > counts[1][0]
    return counts[0][2] if counts and counts[0][0] and alone else None


@lru_cache(maxsize=64)
def _of_house(vocabulary: Vocabulary, house: House) -> Vocabulary:
    return vocabulary.in_words_of(house)


def _weight(group: Group, form: str) -> int:
    """How many characters of a form a group of words covers: the longest alternative of each."""
    return sum(max(len(w) for w in words if w in form) for words in group)


def _loose(label: str) -> str:
    return r"\s*".join(re.escape(c) for c in label)
