"""What forms carry: signatures, and officers with their certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.chinese import DATE, NAME, is_name, without_spaces
from casereview.facts.signature import NOT_NAMES, Signature, signature
from casereview.model import PICTURE, Place
from casereview.papers.paper import Found, Paper


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
        if not NOT_NAMES.search(m["name"])
    ]
    bare = re.sub(r"[（(][^（）()]*[)）]", "", text)
    if not got:
        stop = DATE.search(bare)
        bare = bare[: stop.start()] if stop else bare
        return [
            Officer(n, "", found.place)
            for n in re.split(r"[、，,；;]", bare)
            if is_name(n) and not NOT_NAMES.search(n)
        ]
    have = {o.name for o in got}
    return got + [
        Officer(n, "", found.place)
        for n in re.split(r"[、，,；;]", bare)
        if is_name(n) and n not in have and not NOT_NAMES.search(n)
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
    return [n for n in re.split(r"[、，,；;\s]", bare) if is_name(n) and not NOT_NAMES.search(n)]


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
