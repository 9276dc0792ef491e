"""What stands in a place for signing: names, marks, the day; whatever the words around them.

People sign in many shapes: 王强, 王 强（签字）, 审批人：王强 时间：2024-3-5, （王强 3月5日）. What
forms print is taken away (labels with a colon, notes in brackets, days, ornaments); names are what
then remains.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from casereview.chinese import (
    DATE,
    DAY_SLOT,
    HAN,
    PartyKind,
    close_dots,
    find_dates,
    is_name,
    party_kind,
    without_spaces,
)
from casereview.chinese.names import Words, words
from casereview.model import PICTURE, Place

ROLE = (
    r"(?:承办人员?|办案人员?|经办人员?|执法人员|调查人员?|负责人"
    r"|签名|签字|签章|盖章|审核人员?|审批人|批准人|申请人|日期|时间|意见)"
)
NOT_NAMES = re.compile(
    r"同意|意见|签名|签字|签章|盖章|负责|承办|办案|经办|日期"
    r"|时间|^拟|建议|审批|审核|报请|情况|属实|执法|证号|编号|编码|号码|代码|工号|证件|证书|法证"
    r"|电话|手机|热线|传真|邮编|邮箱|投诉|举报|监督|咨询|联系|以上|当事人|本人|^无|^[是否有]+$"
    r"|见证|代理|法定|代表|人员|身份"
    r"|机关|单位|公章|[您你我他她]|指印|^[年月日]|年月|月日|[当次某即]日"
    r"|^经(?:初|调|审|核|研|检|查|现|本|办)|已阅|^附|详见|拒绝|注明|[0-9]"
)
_NOT_WRITTEN = re.compile(r"代收|家属|门卫|收发|同住|收讫|送达|文书|决定|规定|处罚|行政|案件")
REFUSED = re.compile(
    r"(?:拒绝|拒不|不予|不愿|不肯|不愿意|不同意|未予|坚持不|无法)(?:在[^。]{0,12})?"
    r"(?:签名|签字|签收|签章|盖章|接收|收下|领取)|拒签|拒收"
)
_SPREAD = re.compile(r"(?<=签)[^\S\n]+(?=[名字章])|(?<=日)[^\S\n]+(?=期)|(?<=时)[^\S\n]+(?=间)")
_NOTE = re.compile(r"[（(]([^（）()]*)[)）]")
_LABEL = re.compile(rf"(?<![{HAN}])[{HAN}、/]{{1,14}}\s*[：:]")
_OF_WHAT = r"(?:申请|填表|填写|填报|签署|提交|承诺|办理|登记)?"  # before the label of a day
_PART_DAY = re.compile(
    r"[\d一二三四五六七八九十〇○]{1,4}\s*[年月日号]|\d+\s*[-/.．]\s*\d+(?:\s*[-/.．]\s*\d+)?"
    r"|(?:[上下中]午|晚上?|凌晨)?\s*\d{1,2}\s*[时点:：]\s*(?:\d{1,2}\s*分?|整|半)?"
    r"|[一二三四五六七八九十零〇]{1,3}[时点][一二三四五六七八九十零〇]{1,3}分"
)
_ORNAMENT = re.compile(r"[【】\[\]〔〕《》<>＜＞_＿~～—–―\-*＊✓√☑■|｜/／\\…]+")
_DAY_DRAWN = re.compile(rf"(?:日\s*期|时\s*间)\s*[：:]\s*((?:{PICTURE}[^\S\n]*)+)")
# one label for who signed and when: 签名/日期：, 签字签章日期：
SIGN_AND_DAY = re.compile(r"签[^：:\n]{0,8}(?:日\s*期|时\s*间)\s*[：:]\s*$")
_PART_OF_DAY = re.compile(r"\d\s*月\s*\d{1,2}\s*日?|\d\s*年\s*\d{1,2}\s*月")
_ROLE_LABEL = re.compile(rf"{ROLE}\s*[：:]")
_DIGITS = re.compile(rf"\d+(?:[{HAN}](?=\d|\s*(?:\n|$)))?")  # with what counts them: 8幢942室
_APART, _STOPS = re.compile(r"[、，,；;/。：:\n]+|\s{2,}"), re.compile(r"[，。；]")
_ENDS = re.compile(r"[。；]")
_BEFORE_REMARK = re.compile(  # a name, and what he confirms
    rf"\s*([{HAN}·]{{2,8}})\s+[^。；]*(?:属实|无误|看过|看了|相符|一致|宣读|异议)[^。；]*[。；]"
)
LONG = 40  # characters of a text of sentences in which no name stands for itself
_TITLE = re.compile(r"(?<=..)(?:同志|局长|主任|科长|队长)$")


@dataclass(frozen=True)
class Signature:
    """What stands in a place for signing: hand-drawn pictures, typed names, the date written there,
    and a note of refusal.

    ``sure`` False: read from an image, so that handwriting shows that somebody signed but neither
    who nor how many. ``drawn_day``: a day is written there by hand and was not read.
    """

    marks: int
    names: tuple[str, ...]
    date: dt.date | None
    refused: bool
    text: str
    place: Place
    sure: bool = True
    drawn_day: bool = False

    @property
    def dated(self) -> bool:
        """True when a day stands there, read or not."""
        return self.date is not None or self.drawn_day

    @property
    def count(self) -> int:
        """How many people signed, as far as marks or names show."""
        return max(self.marks, len(self.names))

    @property
    def signed(self) -> bool:
        """True when anybody signed."""
        return self.count > 0


def signature(text: str, place: Place, recognised: bool = False) -> Signature:
    """Read the content of a signing place; of an opinion only what follows its last sentence can be
    a signature.
    """
    return _signature(words(), text, place, recognised)


@lru_cache(maxsize=4096)
def _signature(_lists: Words, text: str, place: Place, recognised: bool) -> Signature:
    text = close_dots(_after_opinion(text))
    dates = list(find_dates(without_spaces(text), short=True))
    day_drawn = _DAY_DRAWN.search(text)
    of_day = day_drawn[1].count(PICTURE) if day_drawn else 0
    if day_drawn and SIGN_AND_DAY.search(text[: day_drawn.start(1)]):
        of_day = 0 if dates else min(of_day, 1)  # who signed, and when, unless the day is typed
    marks = text.count(PICTURE) - of_day
    tokens = split_names(without_print(text.replace(PICTURE, " ")))
    names = tuple(dict.fromkeys(n for n in tokens if may_sign(n)))
    return Signature(
        _marks_beside(tokens, names, marks, recognised),
        names,
        dates[-1][0] if dates else None,
        bool(REFUSED.search(without_spaces(text))),
        text,
        place,
        not recognised,
        bool(day_drawn) or (recognised and not dates and bool(_PART_OF_DAY.search(text))),
    )


def _marks_beside(tokens: Sequence[str], names: Sequence[str], marks: int, recognised: bool) -> int:
    """How many signatures a place shows that has so many ``marks``: words that may be long names;
    on a recognised page runs that may be unspaced names beside those that were read, and one where
    anything stands that is no printed word of the form.
    """
    rest = [t for t in tokens if t not in names and re.search(rf"[{HAN}]", t)]
    if not recognised:
        return marks if names or marks else sum(map(_long_name, rest))
    bare = re.sub(NOT_NAMES, "", " ".join(tokens))
    other = not names and re.search(rf"[{HAN}A-Za-z]", bare)
    return max([marks, int(bool(other)), *(len(names) + n for n in map(_unspaced, rest))])


def _after_opinion(text: str) -> str:
    """What follows the last sentence of an opinion; all of it where nothing follows, and where a
    picture or a name signs before a remark (a picture, 记录属实。, and the day). Sentences that go
    to the end of a long text are signed by nobody.
    """
    if not _STOPS.search(text) or text.lstrip().startswith(PICTURE):
        return text
    last = max(text.rfind("。"), text.rfind("；"))
    follows = text[last + 1 :]
    if first := _BEFORE_REMARK.match(text):
        return f"{first[1]} {follows}"
    if last >= 0 and (PICTURE in text[last:] or without_spaces(follows)):
        return follows
    sentences = PICTURE not in text and len(_ENDS.findall(text)) > 1 and len(text) > LONG
    return "" if sentences else text


def without_print(text: str) -> str:
    """``text`` without what the form prints: days, labels, notes of what to do, ornaments. A note
    that holds a name or a day is opened.
    """
    return _without_print(words(), text)


@lru_cache(maxsize=4096)
def _without_print(_lists: Words, text: str) -> str:
    bare = _NOTE.sub(_opened, _SPREAD.sub("", text))
    bare = DAY_SLOT.sub(" ", DATE.sub(" ", bare))
    bare = _ROLE_LABEL.sub(" ", _LABEL.sub(_name_before, bare))
    bare = _PART_DAY.sub(" ", bare)
    return _DIGITS.sub(" ", _ORNAMENT.sub(" ", bare))


def _opened(note: re.Match[str]) -> str:
    """A note in brackets without them where it holds a signature (王强 2024.3.5), else nothing."""
    dated = DATE.search(without_spaces(note[1])) or _PART_DAY.search(note[1])
    return f" {note[1]} " if dated or is_person(note[1]) else " "


def _name_before(label: re.Match[str]) -> str:
    """The name that stands before a label without a gap: 王强日期："""
    before = re.sub(rf"{_OF_WHAT}{ROLE}\s*[：:]$", "", label[0])
    return f" {before} " if before != label[0] and is_person(before) else " "


def is_person(text: str) -> bool:
    """True for what is surely a person's name."""
    word = without_spaces(text)
    return bool(word) and may_sign(word) and party_kind(word) is PartyKind.PERSON


def may_sign(word: str) -> bool:
    """True for a word that may be a person's name where a person is asked to sign."""
    return is_name(word) and not NOT_NAMES.search(word)


def _unspaced(run: str) -> int:
    """How many names may be written without a gap in a run, as recognition gives them."""
    if not re.fullmatch(rf"[{HAN}]{{4,12}}", run) or NOT_NAMES.search(run):
        return 0
    return 2 if len(run) <= 6 else 3


def _long_name(run: str) -> int:
    """How many people a run of four characters and more may stand for where people sign: names
    without dots (阿依古丽), or two names without a gap.
    """
    if not re.fullmatch(rf"[{HAN}]{{4,10}}", run) or NOT_NAMES.search(run):
        return 0
    if _NOT_WRITTEN.search(run) or party_kind(run) not in (PartyKind.PERSON, PartyKind.UNKNOWN):
        return 0
    halves = [(run[:n], run[n:]) for n in (2, 3)]
    two = any(all(party_kind(h) is PartyKind.PERSON for h in pair) for pair in halves)
    return 2 if two else 1


def _with_lone(pieces: list[str]) -> list[str]:
    """Pieces of which a lone character is joined to two before it, or to those after it where none
    stands before (戴玉 新 尹俊 -> 戴玉新, 尹俊).
    """
    out: list[str] = []
    for piece in pieces:
        alone = bool(out) and (len(out[-1]) == 1 or (len(piece) == 1 and len(out[-1]) == 2))
        if alone and len(out[-1]) + len(piece) <= 3:
            out[-1] += piece
        else:
            out.append(piece)
    return out


def split_names(text: str) -> list[str]:
    """Split a list of names; a lone character belongs to its neighbour ('石 怡子' is one person,
    '夏英 王丽源' two). What somebody is called after the name (同志) is left out.
    """
    out: list[str] = []
    for part in _APART.split(text):
        pieces = part.split()
        if any(len(p) == 1 for p in pieces) and len("".join(pieces)) <= 4:
            pieces = ["".join(pieces)]
        pieces = _with_lone(pieces)
        out += (_TITLE.sub("", p) for p in pieces)
    return out
