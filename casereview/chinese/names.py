"""Who is named: a natural person, a sole trader, a unit or an agency. One answer for every room.

The words (surnames, endings of firms and agencies) are data: ``用语/姓名与机构.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

from casereview.chinese.characters import DOTS, HAN, key, without_spaces
from casereview.chinese.numbers import id_check, is_resident_id
from casereview.chinese.wording import says
from casereview.chinese.wordlists import either, word_lists
from casereview.settings import rules_folder

WORDS = "姓名与机构.yaml"
# characters of a name: rare ones that a local font put into the private area, and ○ for 〇
LETTER = rf"{HAN}\ue000-\uf8ff○"
_DOT = rf"(?:[{DOTS}]|(?<=[{LETTER}])\.(?=[{LETTER}]))"
DOTTED = rf"[{LETTER}]{{1,12}}(?:{_DOT}[{LETTER}]{{1,12}}){{1,4}}"
NAME = rf"(?:{DOTTED}|[{LETTER}]{{2,4}})"
_ANONYMOUS = re.compile(rf"[{LETTER}]{{1,2}}[某×○＊*]{{1,2}}[甲乙丙丁戊\d]?|[甲乙丙丁]某{{1,2}}")
_REMARK = re.compile(
    r"[（(](?:以下|下称|简称|个体工商户|统一社会|公民身份|身份证)[^（）()]*[）)]?$"
)
_LONGEST = 8  # no name of a person without dots is longer
_NOTE = re.compile(r"(?<=.)[（(][^（）()]*[）)]$")


class PartyKind(StrEnum):
    """What a party is; UNKNOWN where neither its name nor what stands beside it tells."""

    PERSON = "自然人"
    TRADER = "个体工商户"
    UNIT = "单位"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class Words:
    """The lists of ``姓名与机构.yaml``, one field a key. Read once they are themselves alone, so
    that what is known of a name by them is remembered beside them.
    """

    单姓: tuple[str, ...]
    复姓: tuple[str, ...]
    单位结尾: tuple[str, ...]
    也作人名末字: tuple[str, ...]
    单位用词: tuple[str, ...]
    机关结尾: tuple[str, ...]
    内设机构结尾: tuple[str, ...]
    收文机关: tuple[str, ...]
    自然人旁证: tuple[str, ...]
    单位旁证: tuple[str, ...]
    个体工商户旁证: tuple[str, ...]
    经营者用词: tuple[str, ...]
    字号用词: tuple[str, ...]
    不是人名: tuple[str, ...] = ()  # not in older copies of the rules

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Surnames of one character."""
        return frozenset("".join(self.单姓))

    @cached_property
    def no_names(self) -> frozenset[str]:
        """Words that are no names, however short."""
        return frozenset(self.不是人名)

    @cached_property
    def compound(self) -> frozenset[str]:
        """Surnames of two characters."""
        return frozenset(self.复姓)

    @cached_property
    def long_endings(self) -> tuple[str, ...]:
        """Endings of units of two characters and more, the longest first."""
        return tuple(sorted((w for w in self.单位结尾 if len(w) > 1), key=len, reverse=True))

    @cached_property
    def short_endings(self) -> frozenset[str]:
        """Endings of units of one character."""
        return frozenset(w for w in self.单位结尾 if len(w) == 1)


@lru_cache(maxsize=4)
def _words_in(_folder: Path) -> Words:
    return Words(**word_lists(WORDS))


def words() -> Words:
    """The lists of the rules folder in use; a folder without them uses those that came along."""
    return _words_in(rules_folder())


def is_compound(text: str) -> bool:
    """True when ``text`` begins with a surname of two characters."""
    return text[:2] in words().compound


_PLAIN_NAME = re.compile(rf"[{LETTER}]{{2,3}}|{DOTTED}")
_LONG_NAME = re.compile(rf"[{LETTER}]{{4}}")
_BESIDE_DOTS = re.compile(rf"(?<=[{LETTER}])[ ]*([{DOTS}])[ ]*(?=[{LETTER}])")
_ANY_LETTER = re.compile(f"[{LETTER}]")
_ALL_LETTERS = re.compile(f"[{LETTER}]+")


def is_name(text: str) -> bool:
    """True for what may be a person's name where a person is asked to sign: two or three
    characters, four with a compound surname, or parts with dots between; no word of a form (适当).
    """
    return text not in words().no_names and bool(
        _PLAIN_NAME.fullmatch(text)
        or _ANONYMOUS.fullmatch(text)
        or (_LONG_NAME.fullmatch(text) and is_compound(text))
    )


def close_dots(text: str) -> str:
    """``text`` without blanks around the dots of names: '艾力 · 买买提' is one name."""
    return _BESIDE_DOTS.sub(r"\1", text)


def surname(name: str) -> str:
    """The part of a name that is kept when the rest is hidden."""
    return name[:2] if is_compound(name) and len(name) > 2 else name[:1]


def party_kind(name: str, context: str = "") -> PartyKind:
    """What the party called ``name`` is. ``context``: what stands beside it (labels, numbers, the
    head of the paper); it decides where the name alone may be either.
    """
    return _party_kind(words(), name, context)


@lru_cache(maxsize=8192)
def _party_kind(_lists: Words, name: str, context: str) -> PartyKind:
    flat = without_spaces(name)
    pair = owner_and_trade(flat) or owner_and_trade(_REMARK.sub("", flat))
    if pair:
        return PartyKind.UNIT if "公司" in pair.trade else PartyKind.TRADER
    bare = _NOTE.sub("", flat)
    shape, sure = _by_shape(bare)
    beside = _by_context(context + flat[len(bare) :])
    if shape is PartyKind.UNIT:
        return beside if beside is PartyKind.TRADER else shape
    if shape is PartyKind.PERSON:
        return shape if sure or beside is not PartyKind.UNIT else PartyKind.UNKNOWN
    return beside


def _by_shape(name: str) -> tuple[PartyKind, bool]:
    """What the name alone tells, and whether that is beyond doubt."""
    if not _ANY_LETTER.search(name):
        return PartyKind.UNKNOWN, False
    if _ANONYMOUS.fullmatch(name):
        return PartyKind.PERSON, True
    if says_unit(name):
        return PartyKind.UNIT, True
    if re.fullmatch(DOTTED, name):
        w = words()
        firm = name[-1] in w.short_endings and name[-1] not in w.也作人名末字
        return (PartyKind.UNKNOWN, False) if firm else (PartyKind.PERSON, True)
    if len(name) > _LONGEST:
        return PartyKind.UNIT, False
    if _ALL_LETTERS.fullmatch(name):
        return _by_length(name)
    return PartyKind.UNKNOWN, False


def says_unit(name: str) -> bool:
    """True when a word in the name makes a unit of it, whatever the rest."""
    w = words()
    return (
        any(x in name for x in w.单位用词)
        or any(name.endswith(e) and len(name) - len(e) >= 2 for e in w.long_endings)
        or is_agency(name)
    )


def _by_length(name: str) -> tuple[PartyKind, bool]:
    """A name in plain characters without a word that makes a unit: by surname, length and last
    character (李建行 is a person, 顺达行 is a unit, 李家店 may be either).
    """
    w = words()
    size = len(surname(name)) if name[0] in w.surnames or is_compound(name) else 0
    personal = bool(size) and len(name) - size in (1, 2)
    two_surnames = len(name) == 4 and size == 1 and name[1] in w.surnames
    if name[-1] not in w.short_endings:
        likely = personal or two_surnames
        return (PartyKind.PERSON if likely else PartyKind.UNKNOWN), personal
    if personal:
        fits = name[-1] in w.也作人名末字
        return (PartyKind.PERSON if fits else PartyKind.UNKNOWN), False
    return (PartyKind.UNKNOWN, False) if two_surnames else (PartyKind.UNIT, True)


_CODES = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])")


def _by_context(text: str) -> PartyKind:
    """What labels and numbers beside a name tell; UNKNOWN where they tell two things."""
    w = words()
    flat = without_spaces(text)
    codes = {"ID" if is_resident_id(c) else c[:2] for c in _CODES.findall(flat) if _real(c)}

    def told(code: set[str], labels: tuple[str, ...]) -> bool:
        return bool(codes & code) or any(x in flat for x in labels)

    if told({"92"}, w.个体工商户旁证):
        return PartyKind.TRADER
    person, unit = told({"ID"}, w.自然人旁证), told({"91", "93"}, w.单位旁证)
    if person == unit:
        return PartyKind.UNKNOWN
    return PartyKind.PERSON if person else PartyKind.UNIT


def _real(code: str) -> bool:
    """True unless it is a run of figures that is no identity number."""
    return not code.isdigit() or bool(id_check(code))


@dataclass(frozen=True)
class Trader:
    """The two names of one sole trader; '' where only one is told."""

    owner: str
    trade: str


@lru_cache(maxsize=4)
def _trader_patterns(folder: Path) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Ways to write owner and trade name together, and whether a word says which is which."""
    w = _words_in(folder)
    who, sign = either(w.经营者用词), either(w.字号用词)
    owner, trade = rf"(?P<owner>{NAME})", rf"(?P<trade>[{LETTER}A-Za-z\d（）()]{{3,40}}?)"
    told = (
        rf"{owner}[（(]个体工商户[，,、：:]?(?:{sign})?[：:]?(?P<trade>[^（）()]*)[）)]",
        rf"{owner}[（(，,、]*(?:系|即|为|是)?{trade}(?:的|之)?(?:{who})[）)]?",
        rf"{owner}[（(，,、]*(?:{sign})(?:为|是)?[：:]?[“\"]?{trade}[”\"]?[）)]?",
        rf"{trade}[（(，,、]*(?:{who})(?:姓名)?(?:为|是)?[：:]?{owner}[）)]?",
    )
    bare = (rf"{owner}[（(]{trade}[）)]", rf"{trade}[（(]{owner}[）)]")
    return tuple((re.compile(p), p in told) for p in (*told, *bare))


def owner_and_trade(text: str) -> Trader | None:
    """Owner and trade name where one party is written with both: '佟一禾（丰穗种业经营部经营者）',
    '丰穗种业经营部（经营者：佟一禾）'; None elsewhere.
    """
    flat = without_spaces(text)
    for pattern, told in _trader_patterns(rules_folder()):
        m = pattern.fullmatch(flat)
        if not m or _by_shape(m["owner"])[0] is not PartyKind.PERSON:
            continue
        trade = _by_shape(m["trade"])[0]
        if trade is PartyKind.UNIT or (told and trade is not PartyKind.PERSON):
            return Trader(m["owner"], m["trade"])
    return None


def party_keys(name: str) -> frozenset[str]:
    """Comparison keys of every name that one party is written with."""
    pair = owner_and_trade(name)
    bare = _REMARK.sub("", without_spaces(name))
    every: Iterable[str] = (pair.owner, pair.trade) if pair else (bare,)
    return frozenset(key(n) for n in every if n)


def same_party(a: str, b: str) -> bool:
    """True when two writings name one party: equal names, or one of them with owner and trade
    name of which the other is one.
    """
    return bool(party_keys(a) & party_keys(b))


def is_agency(name: str) -> bool:
    """True for the name of an agency, not of an office inside one."""
    w = words()
    return (
        len(name) > 4
        and not name.endswith(w.内设机构结尾)
        and name.endswith(tuple(e for e in w.机关结尾 if len(e) > 1 or e in "局厅委"))
    )


def is_addressed_agency(name: str) -> bool:
    """True for a name to which papers between agencies are addressed."""
    return says(name, words().收文机关) is not None


def agency_ending() -> str:
    """A pattern of the endings of agencies, the longest first."""
    return f"(?:{either(words().机关结尾)})"
