"""The head of a decision or notice: who is punished, and where they live, however the labels are
put together (被处罚单位名称, （公司名称）：, 当事人姓名或者名称, 登记地址).

The words are data: ``用语/文书首部.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.chinese import PartyKind, Trader, owner_and_trade, party_kind, without_spaces
from casereview.chinese.answers import begins_with_box
from casereview.chinese.wordlists import either, word_lists
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper
from casereview.settings import rules_folder

_LONGEST = 45  # characters of a name
_REACH = 900  # characters that a head may have
_NO_NAME = re.compile(
    r"违法|行为|处罚|进行|调查|根据|检查|^你|本机关|^[/／\-—无]+$|^[\d年月日./-]+$"
    r"|^(?:个人|单位|公民|自然人|法人|企业|个体工商户|其他组织)$"  # what sort of party
)
_SEX = re.compile(r"(?<=[\s，,])[男女](?=[\s，,]|$)")  # of a person, apart from the name
_CODE_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff）)])(?:\d{15}|\d{17}[\dXx]|9[0-9A-Z]{17})$")
_ONE_NAME = (  # with what stands in brackets inside it
    r"[^\n，,：:。；;（(]{2,40}(?:[（(][^（）()\n：:，]{2,10}[）)][^\n，,：:。；;（(]{2,30})?"
)
_END_OF_VALUE = re.compile(r"\s{2,}|[；;]|$")


@dataclass(frozen=True)
class _Shapes:
    """Patterns made of the word lists."""

    party: re.Pattern[str]
    address: re.Pattern[str]
    lives: re.Pattern[str]
    after_name: re.Pattern[str]
    note: re.Pattern[str]
    part_of_name: re.Pattern[str]
    ends: re.Pattern[str]
    told: re.Pattern[str]


@lru_cache(maxsize=4)
def _shapes(_folder: Path) -> _Shapes:
    w = {name: either(words) for name, words in word_lists("文书首部.yaml").items()}
    who, what = f"(?:{w['当事人称谓']})", f"(?:{w['名称用词']})"
    more = rf"(?:(?:或者?|和|及|与|、|/|／|（|\()*(?:{who}|{what})[）)]?)"
    party = (
        rf"(?:{who}(?:[（(](?!负责人|法定代表|代表人)[^（）()\n]{{1,14}}[）)])?"
        rf"的?{what}?{more}{{0,3}}|{w['单独的名称栏目']})"
    )
    place = rf"(?:{w['地址修饰词']})?(?:{w['地址词尾']})(?:[（(、/或者及和][^：:\n]{{1,16}})?"
    return _Shapes(
        re.compile(_label(party), re.M),
        re.compile(_label(place), re.M),
        re.compile(r"[，,；;]\s*(?:现|家)?住(?:址|所)?(?:在|于|[：:])?(?P<v>[^，,；;。\n]{5,60})"),
        re.compile(rf"[，。；;,]|{w['名称之后']}|(?<=.)[：:]"),
        re.compile(rf"[（(](?:{w['括注说明']}).*$|[（(][^（）()]*$"),
        re.compile(rf"[（(](?:{w['名称内括注']})[）)]$"),
        re.compile(rf"(?<=\n)[^\n]{{0,20}}(?:{w['首部之后']})"),
        re.compile(
            rf"^[ \t]*(?:(?:本案)?{who}(?:系|为|是)?|兹有)?[ \t]*(?P<name>{_ONE_NAME})"
            rf"[，,（(]+(?:{w['名称之后']}|{w['句中说明']})"
            rf"|^[ \t]*致[：: \t]*(?P<addressed>{_ONE_NAME})[：:]?\n",
            re.M,
        ),
    )


def _label(shape: str) -> str:
    """A label at the start of a line or behind a gap: with a colon, a gap, or a line of its own;
    also in brackets, and with gaps between its characters.
    """
    return (
        r"(?:^|(?<=[\s；;，,。、）)】]))[ \t\d.、一二三四五六七八九（(【]*?"
        rf"(?P<label>[（(【]?{shape}[）)】]?)"
        r"(?P<sep>[ \t]*[：:][ \t]*\n?|[ \t]+|[ \t]*\n)(?P<v>[^\n]*)"
    )


def named(paper: Paper) -> Iterator[tuple[str, Place]]:
    """Names of parties in the head, in order, with their places."""
    for value, place, sure in _labelled(paper, "party"):
        name = clean_name(_END_OF_VALUE.split(value, maxsplit=1)[0])
        if not name or (not sure and party_kind(name) is PartyKind.UNKNOWN):
            continue
        yield name, place


def told(paper: Paper) -> Iterator[tuple[str, Place]]:
    """The party of a head that is written as a sentence (当事人某某公司，统一社会信用代码…): a name
    with what is said of it behind it, or whom 致 names alone.
    """
    text = _head(paper)
    for m in _shapes(rules_folder()).told.finditer(text):
        which = "name" if m["name"] else "addressed"
        name = clean_name(m[which])
        if name and party_kind(name) is not PartyKind.UNKNOWN:
            place = paper.running_text.place(m.start(which), m.end(which), without_spaces=False)
            yield name, place
            return


def traders(paper: Paper) -> list[Trader]:
    """Owners and trade names that the head writes together."""
    values = (_END_OF_VALUE.split(v, maxsplit=1)[0] for v, _, _ in _labelled(paper, "party"))
    pairs = (owner_and_trade(re.split(r"[。；;]", v)[0].strip("，,")) for v in values)
    return [p for p in pairs if p]


def address(paper: Paper) -> tuple[str, Place] | None:
    """The address in the head: behind a label, or as 住某某县某某路."""
    for value, place, _ in _labelled(paper, "address"):
        text = without_spaces(_END_OF_VALUE.split(value, maxsplit=1)[0])
        text = re.split(r"，?,?(?:邮编|电话|联系)", text)[0].strip("，。,")
        if re.search(r"[\u4e00-\u9fff]{2}", text):
            return text, place
    text = _head(paper)
    m = _shapes(rules_folder()).lives.search(text)
    if not m:
        return None
    place = paper.running_text.place(m.start("v"), m.end("v"), without_spaces=False)
    return without_spaces(m["v"]), place


def _head(paper: Paper) -> str:
    """The text before the facts of the case, with its gaps."""
    text = paper.running_text.text[:_REACH]
    end = _shapes(rules_folder()).ends.search(text, 30)
    return text[: end.start()] if end else text


def _labelled(paper: Paper, what: str) -> Iterator[tuple[str, Place, bool]]:
    """(value, place, was there a colon) at every label of one shape."""
    pattern: re.Pattern[str] = getattr(_shapes(rules_folder()), what)
    for m in pattern.finditer(_head(paper)):
        value = m["v"].replace(PICTURE, "").strip()
        if value:
            place = paper.running_text.place(m.start("label"), m.end("v"), without_spaces=False)
            yield value, place, bool(re.search("[：:]", m["sep"]))


# a label inside the field of a party: 名称（姓名）：, 当事人：
_OWN_LABEL = re.compile(
    r"^[（(]?[\u4e00-\u9fff]{0,6}(?:姓名|名称|单位|个人|当事人|被处罚人|字号)"
    r"(?:[（(][\u4e00-\u9fff]{1,6}[）)])?[）)]?[：:]"
)


def clean_name(text: str) -> str:
    """A party's name without its label and without what is said of it; '' when it is none.
    Brackets that belong to the name stay: (普通合伙), (栖霞岭). Of owner and trade name the one
    that is written first.
    """
    shapes = _shapes(rules_folder())
    t = _CODE_BEHIND.sub("", without_spaces(_SEX.split(text)[0]).replace(PICTURE, ""))
    if begins_with_box(t):
        return ""
    t = _OWN_LABEL.sub("", t)
    pair = owner_and_trade(re.split(r"[。；;\n]", t)[0].strip("，,"))
    if pair:
        return pair.trade if pair.trade and t.startswith(pair.trade) else pair.owner
    t = shapes.after_name.split(shapes.note.sub("", t), maxsplit=1)[0]
    t = re.sub(r"[（(][^（）()]*$", "", t).strip("：:，,。 ")
    if not shapes.part_of_name.search(t):
        t = re.sub(r"(?<=.)[（(](?:[\u4e00-\u9fff]某{0,2}[甲乙]?|个体工商户)[）)]$", "", t)
    if not 1 <= len(t) <= _LONGEST:
        return ""
    return "" if _NO_NAME.search(t) and party_kind(t) is not PartyKind.UNIT else t
