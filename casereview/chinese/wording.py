"""A wording as a lawyer writes it, and the two nets that are made of it (DESIGN, promise 11).

One line of a registry, for example 「〈期限〉内…向〈机关〉【申请/提起】行政复议」, says:

    …          up to forty characters of the same sentence
    A/B        either word; 【A/B】 the same inside a longer run
    〔A〕       may be there or not
    〈期限〉     a typed slot: 期限 日期 时间 金额 数 条文 文号 机关 法院 人名 词 句末
    A＋B       both words in the same sentence, in any order (clues only)
    ｛人员｝      any word of a class (文书/_词类.yaml); ``spelt_out`` puts them in
    A－B/C     A without B and C (at the end of a line): of a line with gaps or slots, in the
               clauses that it goes through; of a line of one word, in its sentence

The *narrow* net is the line read in order: its hit gives the value. The *wide* net is made of the
same line without its order: the words that carry meaning and the slots, somewhere in one sentence
or one cell. Only where the wide net is empty too may anything be called missing.

Texts are running texts without spaces, paragraphs ended by a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from casereview.model.nouns import noun

_NUMERAL = "〇○零一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰\\d"
_CAPITALS = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿〇一二三四五六七八九十百千两"
_DAY = rf"(?:(?:19|20)?\d\d|[{_NUMERAL}Oo]{{2,4}})年[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}[日号]"

SLOTS: dict[str, str] = {
    "期限": rf"[{_NUMERAL}]{{1,4}}个?(?:工作日|自然日|日|天|月|年|小时)",
    "日期": rf"(?:{_DAY}|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.](?:3[01]|[12]\d|0?[1-9]))",
    "时间": rf"[{_NUMERAL}]{{1,3}}[时点:：](?:[{_NUMERAL}]{{1,3}}分?|半|整)?",
    "金额": rf"(?:[\d,，.]+(?:万|亿)?[元圆]|[{_CAPITALS}]+[元圆])",
    "数": rf"[{_NUMERAL}]+",
    "条文": rf"(?:《[^》\n]{{2,60}}》|本法)[^。；\n]{{0,30}}?第?[{_NUMERAL}]+条",
    "文号": r"[^\s，。；：\n]{1,18}[〔\[（(【﹝](?:19"
    r"|20)\d\d年?[〕\])）】﹞][^\s，。；\n]{0,4}\d+号",
    "法院": r"[^，。；：\n]{0,40}?(?:人民法院|法院)",
    "机关": r"[^，。；：\n]{2,60}?",
    "人名": r"[\u3400-\u9fff·•．・‧\U00020000-\U0003ffff]{2,15}?",
    "词": r"[^，。；：\n]{1,40}?",
    "句末": r"(?=[，。；、）)\n]|$)",
}
_TELLING = {
    "期限",
    "日期",
    "时间",
    "金额",
    "条文",
    "文号",
    "法院",
}  # slots that mean something alone
_CLASS = re.compile(r"｛([^｝]*)｝")
_SHAPED = re.compile(r"[【〔…〈｛]")  # what a wording has and a plain label has not
LISTED = re.compile(r"[、，和及与或]")  # what parts the things that a name lists
END = "句末"  # what stands before it must end a clause there, in the wide net too
_GAP = r"[^。；]{0,40}?"
_IDLE = set("的之内在于向应当可将被由从自以及和与或并等对为是其该本此若如")
_FORMS = {
    "（": "[（(]",
    "）": "[）)]",
    "：": "[：:]",
    "，": "[，,]",
    "、": "[、，,]",
    "；": "[；;]",
    "“": '[“"「]',
    "”": '[”"」]',
}
_TOKEN = re.compile(
    r"…+|〈(?P<slot>[^〉]+)〉|〔(?P<may>[^〕]*)〕|【(?P<any>[^】]*)】|(?P<text>[^…〈〔【]+)"
)
_BREAK = re.compile(r"[。；;！？\n]")
_CLAUSE = re.compile(r"[，,。；;！？\n]")
SHORT = 30  # a line no longer than this may be the heading of what follows it


@noun(frozen=True)
class Hit:
    """Where a wording stands in a text: from, to, and what its slots hold (name -> from, to)."""

    start: int
    end: int
    slots: tuple[tuple[str, int, int], ...] = ()

    def slot(self, name: str) -> tuple[int, int] | None:
        """Where the first slot of this name stands."""
        return next(((a, b) for n, a, b in self.slots if n == name), None)


@dataclass(frozen=True)
class Wording:
    """One line: its narrow pattern, the units of its wide net (patterns, in any order), and what
    must not be said with it. Each is compiled when it is first looked for: of most lines only the
    narrow one ever is.
    """

    line: str
    in_order: str
    names: tuple[str, ...]
    apart: tuple[str, ...]
    but: str = ""
    must: tuple[tuple[str, ...], ...] = ()  # words of each of which a text that says it has one

    @cached_property
    def narrow(self) -> re.Pattern[str]:
        """The pattern of the narrow net."""
        return re.compile(self.in_order)

    @cached_property
    def units(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of the wide net."""
        return tuple(map(re.compile, self.apart))

    @cached_property
    def without(self) -> re.Pattern[str] | None:
        """What must not be said with it."""
        return re.compile(self.but) if self.but else None

    def find(self, text: str, start: int = 0) -> Hit | None:
        """The first place where ``text`` says it in this order."""
        return next(self._hits(text, start), None) if self._may_stand_in(text) else None

    def all(self, text: str, start: int = 0) -> Iterator[Hit]:
        """Every place where ``text`` says it in this order, each as short as it can be: of two
        periods before one word, the one next to it belongs to it.
        """
        return self._hits(text, start) if self._may_stand_in(text) else iter(())

    def is_all(self, text: str) -> bool:
        """True where ``text`` says it in this order, and nothing besides."""
        return self._may_stand_in(text) and self.narrow.fullmatch(text) is not None

    def _may_stand_in(self, text: str) -> bool:
        """False where a word that must be said is not: most lines are ruled out so, before their
        pattern is tried or even made.
        """
        flat = _flat(text) if "\n" in text else text
        for words in self.must:
            for word in words:
                if word in flat:
                    break
            else:
                return False
        return True

    def _hits(self, text: str, start: int) -> Iterator[Hit]:
        for m in map(self._closest, self.narrow.finditer(text, start)):
            if self.without and self.without.search(self._around(text, m.start(), m.end())):
                continue
            slots = tuple(
                (name, m.start(f"s{n}"), m.end(f"s{n}")) for n, name in enumerate(self.names)
            )
            yield Hit(m.start(), m.end(), slots)

    def _around(self, text: str, start: int, end: int) -> str:
        """The clauses of a hit of several parts, the sentence of a single word."""
        several = "…" in self.line or bool(self.names)
        edge = _CLAUSE if several else _BREAK
        before = [m.end() for m in edge.finditer(text, 0, start)]
        after = edge.search(text, end)
        return text[before[-1] if before else 0 : after.start() if after else len(text)]

    def _closest(self, m: re.Match[str]) -> re.Match[str]:
        """The latest match that ends where ``m`` ends and does not begin inside its first slot."""
        while True:
            slot_first = self.names and m.start("s0") == m.start()
            begin = m.end("s0") if slot_first else m.start() + 1
            later = self.narrow.search(m.string, begin, m.end())
            if later is None or later.end() != m.end():
                return m
            m = later

    def near(self, text: str) -> Hit | None:
        """The first sentence or cell of ``text`` that carries all units, in any order."""
        if not self.apart or not all(unit.search(text) for unit in self.units):
            return None
        for a, b in windows(text):
            if all(unit.search(text, a, b) for unit in self.units) and not (
                self.without and self.without.search(text, a, b)
            ):
                return Hit(a, b)
        return None


@lru_cache(maxsize=512)
def _flat(text: str) -> str:
    """A text without its line ends, which may part the characters of a word."""
    return text.replace("\n", "")


def windows(text: str) -> Iterator[tuple[int, int]]:
    """Sentences and lines of ``text``; a short line also together with the line that follows it,
    for a heading or a label speaks of what stands below or beside it.
    """
    edges = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
    spans = [(a, b) for a, b in zip(edges, edges[1:], strict=False) if b - a > 1]
    for n, (a, b) in enumerate(spans):
        yield a, b
        heading = b - a <= SHORT and text[b - 1] == "\n"
        if heading and n + 1 < len(spans):
            yield a, spans[n + 1][1]


def is_shape(label: str) -> bool:
    """True for what describes labels (【甲/乙】时间) and is none itself."""
    return _SHAPED.search(label) is not None


def spelt_out(line: str, classes: Mapping[str, str]) -> str:
    """``line`` with the words of a class (甲/乙) in place of its name ｛名｝. Raises KeyError with
    the name of a class that is not among ``classes``.
    """
    return _CLASS.sub(lambda m: classes[m[1]], line)


@lru_cache(maxsize=8000)
def wording(line: str) -> Wording:
    """Compile a line. Raises ValueError with a sentence when a slot is unknown or brackets are
    not closed.
    """
    said, *without = line.split("－")
    made = _Pieces(literal="＋" in line)
    for part in said.split("＋"):
        end = 0
        for m in _TOKEN.finditer(part):
            if m.start() != end:
                break
            end = m.end()
            made.take(m)
        if end < len(part):
            raise ValueError(f"“{line}”里的括号没有成对")
        made.pieces.append(_GAP)
    return Wording(
        line,
        r"\n?".join(made.pieces[:-1]),
        tuple(made.names),
        tuple(dict.fromkeys(made.units)),
        "|".join(_either(words) for words in without),
        tuple(sorted(dict.fromkeys(made.words), key=_how_common)),
    )


def _how_common(words: tuple[str, ...]) -> tuple[int, int]:
    """What is least likely to stand in a text comes first: one long word."""
    return len(words), -min(map(len, words))


class _Pieces:
    """What the tokens of a line give: pieces of the narrow net, names of its slots, units of the
    wide net. ``literal``: the line is a clue, whose words stay as they are.
    """

    def __init__(self, literal: bool):
        self.literal = literal
        self.pieces: list[str] = []
        self.names: list[str] = []
        self.units: list[str] = []
        self.words: list[tuple[str, ...]] = []

    def take(self, token: re.Match[str]) -> None:
        """Add one token. Raises ValueError for an unknown slot."""
        words = token["any"] if token["any"] is not None else token["text"]
        if token["slot"] is not None:
            self._slot(token["slot"])
        elif token["may"] is not None:
            self.pieces.append(f"(?:{_either(token['may'])})?")
        elif words is not None:
            self.pieces.append(f"(?:{_either(words)})")
            one_of = tuple(words.split("/"))
            if all(one_of) and _FORMS.keys().isdisjoint(words):
                self.words.append(one_of)
            self.units += _units(words, self.literal)
        else:
            self.pieces.append(_GAP)

    def _slot(self, name: str) -> None:
        if name not in SLOTS:
            raise ValueError(f"没有〈{name}〉这种空位，可以写 {'、'.join(SLOTS)}")
        self.pieces.append(f"(?P<s{len(self.names)}>{SLOTS[name]})")
        self.names.append(name)
        if name == END and self.units:
            self.units[-1] = f"(?:{self.units[-1]}){SLOTS[name]}"
        if name in _TELLING:
            self.units.append(SLOTS[name])


def _either(words: str) -> str:
    return "|".join(_letters(word) for word in sorted(words.split("/"), key=len, reverse=True))


def _letters(word: str) -> str:
    """A word whose characters may be parted by the end of a line."""
    return r"\n?".join(_FORMS.get(c) or re.escape(c) for c in word)


def _units(words: str, literal: bool) -> list[str]:
    """The unit of one run of text: its alternatives, freed of particles at both ends (核对 stays
    what it is; a run of particles alone tells nothing). ``literal``: as they are, for a clue is
    written word by word.
    """
    if literal:
        return [_either(words)]
    bare = []
    for word in words.split("/"):
        kept = word.strip("".join(_IDLE) + "，。；：、“”（）")
        bare.append(kept if len(kept) >= 2 else word if kept else "")
    return ["|".join(_letters(word) for word in bare)] if all(bare) else []


def says(text: str, lines: tuple[str, ...]) -> Hit | None:
    """The narrow net of several lines: the first that ``text`` says."""
    return next((hit for line in lines if (hit := wording(line).find(text))), None)


def telling(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines whose words each tell something: of 不…通知 the parts alone say nothing."""
    return tuple(x for x in lines if all(map(_is_word, wording(x).apart)))


def _is_word(unit: str) -> bool:
    return all(len(re.sub(r"\\n\?|\\", "", w)) > 1 for w in unit.split("|"))


def hints_at(text: str, lines: tuple[str, ...], clues: tuple[str, ...] = ()) -> Hit | None:
    """The wide net of several lines: the first sentence or cell that may say one of them.

    A line of a single unit has no other order, so it catches here only where it is written as a
    clue.
    """
    wide = [*clues, *(line for line in lines if len(wording(line).apart) > 1)]
    return next((hit for line in wide if (hit := wording(line).near(text))), None)
