"""What forms carry: signatures, and officers with their certificates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.chinese import (
    DATE,
    DAY_SLOT,
    HAN,
    NAME,
    PartyKind,
    close_dots,
    find_dates,
    is_name,
    party_kind,
    without_spaces,
)
from casereview.model import PICTURE, Place
from casereview.papers.paper import Found, Paper

ROLE = (
    r"(?:承办人员?|办案人员?|经办人员?|执法人员|调查人员?|负责人"
    r"|签名|签字|签章|盖章|审核人员?|审批人|批准人|申请人|日期|意见)"
)
_NOT_NAMES = re.compile(
    r"同意|意见|签名|签字|签章|盖章|负责|承办|办案|经办|日期"
    r"|时间|^拟|建议|审批|审核|报请|情况|属实|执法|证号|编号|号码|证件"
    r"|以上|当事人|本人|^无|见证|代理|法定|代表|人员|身份"
    r"|机关|单位|公章|指印|^[年月日]|年月|月日|[当次某即]日"
    r"|已阅|^附|详见|拒绝|注明|[0-9]"
)
_NOT_WRITTEN = re.compile(r"代收|家属|门卫|收发|同住|收讫|送达|文书|决定|规定|处罚|行政|案件")
REFUSED = re.compile(
    r"拒绝(?:在[^。]{0,12})?(?:签名|签字|签收|签章|盖章)|拒签|拒收|无法签[名字]|不(?:予|愿)签[名字]"
)


@dataclass(frozen=True)
class Signature:
    """What stands in a place for signing: hand-drawn pictures, typed names, the date written there,
    and a note of refusal.

    ``sure`` False: read from an image, so that handwriting shows that somebody signed but neither
    who nor how many.
    """

    marks: int
    names: tuple[str, ...]
    date: dt.date | None
    refused: bool
    text: str
    place: Place
    sure: bool = True

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
    last = max(text.rfind("。"), text.rfind("；"))
    tail = (
        text[last + 1 :]
        if last >= 0 and (PICTURE in text[last:] or without_spaces(text[last + 1 :]))
        else text
    )
    text = close_dots(tail if re.search(r"[，。；]", text) else text)
    marks = text.count(PICTURE)
    dates = list(find_dates(without_spaces(text), short=True))
    bare = DAY_SLOT.sub(" ", DATE.sub(" ", text.replace(PICTURE, " ")))
    bare = re.sub(r"[（(][^（）()]*[)）]", " ", bare)
    bare = re.sub(rf"{ROLE}\s*[：:]|\d+", " ", bare)
    names = tuple(
        dict.fromkeys(n for n in _split_names(bare) if is_name(n) and not _NOT_NAMES.search(n))
    )
    for run in _split_names(bare) if recognised else ():
        if (
            4 <= len(run) <= 12
            and re.fullmatch(f"[{HAN}]+", run)
            and not _NOT_NAMES.search(run)
            and run not in names
        ):
            marks = max(
                marks, len(names) + (2 if len(run) <= 6 else 3)
            )  # names written without a gap, as recognition gives them
    if not recognised and not names and not marks:
        marks = sum(_long_name(run) for run in _split_names(bare))
    if recognised and not names and re.search(rf"[{HAN}A-Za-z]", re.sub(_NOT_NAMES, "", bare)):
        marks = max(marks, 1)  # something is written there that is no printed word of the form
    return Signature(
        marks,
        names,
        dates[-1][0] if dates else None,
        bool(REFUSED.search(without_spaces(text))),
        text,
        place,
        not recognised,
    )


def _long_name(run: str) -> int:
    """How many people a run of four characters and more may stand for where people sign: names
    without dots (阿依古丽), or two names without a gap.
    """
    if not re.fullmatch(rf"[{HAN}]{{4,10}}", run) or _NOT_NAMES.search(run):
        return 0
    if _NOT_WRITTEN.search(run) or party_kind(run) not in (PartyKind.PERSON, PartyKind.UNKNOWN):
        return 0
    halves = [(run[:n], run[n:]) for n in (2, 3)]
    two = any(all(party_kind(h) is PartyKind.PERSON for h in pair) for pair in halves)
    return 2 if two else 1


def _split_names(text: str) -> list[str]:
    """Split a list of names; a lone character belongs to its neighbour ('石 怡子' is one person,
    '夏英 王丽源' two).
    """
    out: list[str] = []
    for part in re.split(r"[、，,；;/。：:\n]+|\s{2,}", text):
        pieces = part.split()
        if any(len(p) == 1 for p in pieces) and len("".join(pieces)) <= 4:
            pieces = ["".join(pieces)]
        out += pieces
    return out


def signatures(paper: Paper, *labels: str, like: str = "") -> list[Signature]:
    """Every signing place at one of ``labels`` (each also tried with 签名/签字 after it) or of the
    shape ``like``, in form cells and in text.
    """
    out = []
    every = [
        lb + tail
        for lb in labels
        for tail in (
            "",
            "签名",
            "签字",
            "签章",
            "（签名）",
            "（签字）",
            "签名或者盖章",
            "签名或盖章",
            "（签名或者盖章）",
            "（盖章）",
        )
    ]
    for found in paper.fields(*dict.fromkeys(every), like=like):
        out.append(signature(found.value, found.place, found.place.page in paper.recognised))
    return out


@dataclass(frozen=True)
class Officer:
    """An officer named in a record, with certificate number ('' when none) and place."""

    name: str
    number: str
    place: Place


_CERT = re.compile(
    rf"(?P<name>{NAME})"
    r"[（(，,：:\s]*(?:的?(?:行政)?执法(?:证件?|人员)?(?:编?号码?)?(?:为|是)?[：:]?|证件?(?:编?号码?)(?:为|是)?[：:]?|证[："
    r":]|编号[：:]?)?[（(\s]*(?P<no>[A-Z\d\u4e00-\u9fff]{0,4}?[A-Z]{0,3}[-—]?\d{5,20}[A-Z]?)[)）]?"
)
OFFICER_LABELS = (
    "检查人员及执法证号",
    "检查人及执法证号",
    "执法人员及执法证号",
    "询问人及执法证号",
    "复查人员及执法证号",
    "检查（勘验）人员及执法证号",
    "执法人员",
    "检查人员",
    "检查人",
    "询问人",
    "勘验人",
    "勘验人员",
    "调查人员",
    "调查人",
    "核查人员",
    "复查人员",
    "执法人员姓名及证号",
    "执法人员姓名及执法证号",
    "检查（勘验）人",
    "检查人及证件号",
    "执法人员及证号",
    "询问人及证号",
    "检查人员及证号",
    "办案人员",
    "调查（询问）人",
    "询问（调查）人",
)


def officers(paper: Paper) -> list[Officer]:
    """Officers of a record: from the field that names them (the fullest one), with numbers where
    given.
    """
    best: list[Officer] = []
    single: dict[
        str, Officer
    ] = {}  # one officer a line: 执法人员：甲 证号：1 / 执法人员：乙 证号：2
    for found in paper.fields(*OFFICER_LABELS):
        got = _named(found)
        if len({o.name for o in got}) == 1:
            single.setdefault(got[0].name, got[0])
        if len({o.name for o in got}) > len({o.name for o in best}) or (
            sum(bool(o.number) for o in got) > sum(bool(o.number) for o in best)
            and len(got) >= len(best)
        ):
            best = got
    if len(single) > len({o.name for o in best}):
        best = list(single.values())
    numbers = {}
    for label in ("执法证号", "执法证件号", "证件号码", "执法证件编号", "证号", "执法证编号"):
        for found in paper.fields(label):
            nums = re.findall(r"[A-Z]*\d{5,20}", found.without_spaces)
            if len(nums) == len(best) and not any(_number_near(paper, o.name) for o in best):
                numbers = dict(zip((o.name for o in best), nums, strict=True))
    return [
        Officer(o.name, o.number or numbers.get(o.name, "") or _number_near(paper, o.name), o.place)
        for o in best
    ]


def _named(found: Found) -> list[Officer]:
    """The officers that one field names, with their numbers where they stand beside the names."""
    text = found.without_spaces.replace(PICTURE, "")
    got = [
        Officer(m["name"], m["no"], found.place)
        for m in _CERT.finditer(text)
        if not _NOT_NAMES.search(m["name"])
    ]
    bare = re.sub(r"[（(][^（）()]*[)）]", "", text)
    if not got:
        stop = DATE.search(bare)
        bare = bare[: stop.start()] if stop else bare
        return [
            Officer(n, "", found.place)
            for n in re.split(r"[、，,；;]", bare)
            if is_name(n) and not _NOT_NAMES.search(n)
        ]
    have = {o.name for o in got}
    return got + [
        Officer(n, "", found.place)
        for n in re.split(r"[、，,；;]", bare)
        if is_name(n) and n not in have and not _NOT_NAMES.search(n)
    ]


def _number_near(paper: Paper, name: str) -> str:
    """A long number that follows the name anywhere in the record, whatever the words between."""
    m = re.search(
        rf"{name}[^。；;、\n]{{0,16}}?(?<![\d年月])([A-Z]{{0,3}}\d{{6,20}})",
        paper.running_text.without_spaces,
    )
    return m[1] if m else ""


def names_in(text: str) -> list[str]:
    """Personal names listed in a field, posts in brackets removed."""
    bare = re.sub(r"[（(][^（）()]*[)）]", "", without_spaces(text).replace(PICTURE, ""))
    found = DATE.search(bare)
    bare = bare[: found.start()] if found else bare
    return [n for n in re.split(r"[、，,；;\s]", bare) if is_name(n) and not _NOT_NAMES.search(n)]


def roles(paper: Paper, *labels: str) -> Iterator[tuple[str, Place]]:
    """Every name listed at one of ``labels``, with its place."""
    seen = set()
    for found in paper.fields(*labels):
        for n in names_in(found.value):
            if n not in seen:
                seen.add(n)
                yield n, found.place


_LOOSE_NUMBER = re.compile(r"(?<![\dA-Za-z.])[A-Z]{0,3}\d{5,17}(?![\d.年])")
_PHONE = re.compile(r"1[3-9]\d{9}")


def loose_numbers(paper: Paper, named: list[Officer]) -> list[str]:
    """Long numbers of a record that belong to no officer who was read with his: certificate numbers
    may be among them, in a column or a sentence that was not understood.
    """
    have = {o.number for o in named}
    every = _LOOSE_NUMBER.findall(paper.running_text.without_spaces)
    return [n for n in every if n not in have and not _PHONE.fullmatch(n)]
