"""Where natural persons are named in running text, and what stands in the place of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.chinese import DOTS, PartyKind, owner_and_trade, party_kind
from casereview.chinese.names import LETTER, surname
from casereview.privacy.words import either, words
from casereview.settings import rules_folder

_PLAIN = rf"[{LETTER}]{{2,4}}"
# parts with dots between, each as short as what follows allows
_PARTS = rf"[{LETTER}]{{1,12}}?(?:[{DOTS}.][{LETTER}]{{1,12}}?){{1,4}}?"
_ANY = rf"(?:{_PARTS}|{_PLAIN}?|[{LETTER}]{{5,10}}?)"
_SPOKEN = re.compile(rf"(?P<n>{_PARTS}|{_PLAIN})[，,、（(]\s*(?:男|女)(?=[，,、。；）)\s]|性)")
_AGE = re.compile(
    rf"(?P<n>{_PARTS}|{_PLAIN})[，,（(][^\n。；]{{0,16}}?(?:现年|年龄|年仅)?[：:]?"
    r"\s*(?P<a>\d{1,2})\s*(?:周岁|岁)"
)
_MINOR = re.compile(
    rf"未成年人(?:当事人)?[：:\s（(]{{0,2}}(?P<n>{_PARTS}|{_PLAIN})"
    r"(?=[，,。；、（(）)\s]|的|于|在|$)"
)
# 华晟（双桥沟）商贸有限公司 is no person
_FIRM_GOES_ON = rf"(?![（(][^）)\n]{{1,8}}[）)][{LETTER}]{{2,}})"
_LONGEST = 12


@dataclass(frozen=True)
class _Shapes:
    """The patterns that depend on the word lists."""

    labelled: re.Pattern[str]
    adjoining: re.Pattern[str]


@lru_cache(maxsize=4)
def _shapes(_folder: Path) -> _Shapes:
    tail = rf"{_FIRM_GOES_ON}(?=$|[\s，,。；;、（(）)”\"’\d男女系]|{either('姓名之后')})"
    note = r"(?:[（(][^）)]{0,12}[）)])?"
    labelled = (
        rf"(?:{either('人的栏目')})(?:姓名|名称)?{note}(?P<sep>[：:\s]{{1,3}}|为|是|均为[“\"])"
        rf"(?P<n>{_ANY}){tail}"
    )
    adjoining = (
        rf"(?:{either('紧接姓名的称谓')})(?!{either('称谓后不是姓名')})"
        rf"(?P<n>{_PARTS}|{_PLAIN}?){tail}"
    )
    return _Shapes(re.compile(labelled), re.compile(adjoining))


def is_person(name: str) -> bool:
    """True for what reads as the name of a natural person, not of a firm or an office."""
    return "某" not in name and party_kind(name) is PartyKind.PERSON


def may_be_person(name: str) -> bool:
    """True for what may be a person's name where one is asked for: in doubt it is hidden."""
    if "某" in name or not 2 <= len(name) <= 5 * _LONGEST:
        return False
    kind = party_kind(name)
    if kind is not PartyKind.UNKNOWN:
        return kind is PartyKind.PERSON
    plain = re.fullmatch(rf"[{LETTER}{DOTS}.]{{3,{_LONGEST}}}", name)
    return bool(plain) and not any(w in name for w in words("不是姓名"))


def owner_of(name: str) -> str:
    """The owner where a party is written with owner and trade name, else the name itself."""
    pair = owner_and_trade(name)
    return pair.owner if pair else name


def people_in(text: str) -> set[str]:
    """Names of natural persons that stand behind a label, or before 男 or 女."""
    shapes = _shapes(rules_folder())
    out = {m["n"] for m in _SPOKEN.finditer(text) if is_person(m["n"])}
    out |= {m["n"] for m in shapes.adjoining.finditer(text) if is_person(m["n"])}
    for m in shapes.labelled.finditer(text):
        sure = m["sep"].strip() in ("：", ":")
        if is_person(m["n"]) or (sure and may_be_person(m["n"])):
            out.add(m["n"])
    return out


def minors_in(text: str) -> set[str]:
    """Names of minors: called so, or of an age below eighteen."""
    out = {m["n"] for m in _MINOR.finditer(text) if is_person(m["n"])}
    return out | {m["n"] for m in _AGE.finditer(text) if int(m["a"]) < 18 and is_person(m["n"])}


def stand_ins(people: Iterable[str], minors: set[str]) -> dict[str, str]:
    """Name without dots and gaps -> what stands in its place; a second person of one surname gets
    a number.
    """
    young = {plain(n) for n in minors}
    out: dict[str, str] = {}
    seen: dict[str, int] = {}
    for n in sorted({plain(n) for n in people}):
        s = "未成年人" if n in young else surname(n) + "某"
        seen[s] = seen.get(s, 0) + 1
        out[n] = s + ("" if seen[s] == 1 else str(seen[s]))
    return out


def anywhere(names: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds these names however their dots and gaps are written; None for none.
    The longest names are tried first.
    """
    every = sorted(set(names), key=lambda n: (-len(n), n))
    if not every:
        return None
    return re.compile("(?:" + "|".join(map(_loosely, every)) + ")" + _FIRM_GOES_ON)


def _loosely(name: str) -> str:
    parts = re.split(rf"[{DOTS}.]", name)
    between = rf"\s?[{DOTS}.]?\s?" if len(parts) > 1 else ""
    return between.join(r"[ \u3000]?".join(map(re.escape, p)) for p in parts)


def plain(name: str) -> str:
    """A name without dots and gaps, to know it again."""
    return re.sub(rf"[{DOTS}.\s]", "", name)
