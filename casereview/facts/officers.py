"""Officers that a record names, with their certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from casereview.chinese import DATE, NAME, has_gaps, is_name, without_spaces
from casereview.chinese.names import is_compound
from casereview.facts.approvals import groups_of
from casereview.facts.signature import NOT_NAMES
from casereview.model import PICTURE, Place
from casereview.model.nouns import noun
from casereview.papers.once import once
from casereview.papers.paper import Found, Paper

_CERT = re.compile(
    rf"(?P<name>{NAME})(?<!行政)(?<!执法)(?<!执)(?<!证)[（(，,：:\s]*"
    r"(?:的?(?:行政)?执法(?:证件?|人员)?(?:编?号码?)?(?:为|是)?[：:]?"
    r"|证件?(?:编?号码?)(?:为|是)?[：:]?|证[：:]|编号[：:]?)?"
    r"[（(\s]*(?P<no>[A-Z\d\u4e00-\u9fff]{0,4}?[A-Z]{0,3}[-—]?\d{5,20}[A-Z]?)[)）]?"
)
_UNNUMBERED = re.compile(r"(?:(?:行政)?执法)?证件?编?号码?[：:]?")  # its number stands elsewhere
_CERT_WORDS = re.compile(  # what stands between a name and the number of the certificate
    r"(?:的|行政|执法|检查|监督|人员|工作|证件|证书|证|编号|编码|号码|代码|工号|号|码|为|是"
    r"|[Nn][Oo]\.?|[（(）)，,、；;：:])+$"
)
_NUMBER = re.compile(r"[A-Z]*\d{5,20}")
# no part of a longer number, of a telephone with its area, of a code of a firm, of an address
_LOOSE_NUMBER = re.compile(
    r"(?<![\dA-Za-z.])(?<!\d[-—])(?<!电话)(?<!电话：)[A-Z]{0,3}\d{5,17}(?![\dA-Za-z.年]|号(?!码))"
)
_PHONE = re.compile(r"1[3-9]\d{9}")
_BETWEEN = re.compile(r"[、，,；;]")
_SENTENCE = re.compile(r"[^。；\n]*[。；]")
LATE = 0.6  # share of a record after which officers sign
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]")


@noun(frozen=True)
class Officer:
    """An officer named in a record, with certificate number ('' when none) and place."""

    name: str
    number: str
    place: Place


@once
def officers(paper: Paper) -> list[Officer]:
    """Officers of a record: from the field that names them (the fullest one), with numbers where
    given.
    """
    who = _fullest(paper)
    numbers = _numbers_apart(paper, who)
    return [
        replace(o, number=o.number or numbers.get(o.name, "") or _number_near(paper, o.name))
        for o in who
    ]


def _fullest(paper: Paper) -> list[Officer]:
    """The officers of the field that names most of them; or of all fields where each line names one
    (执法人员：甲 证号：1 / 执法人员：乙 证号：2).
    """
    best: list[Officer] = []
    single: dict[str, Officer] = {}
    group = groups_of(paper.vocab)["执法人员"]
    names = _labels(paper, "执法人员", "执法人员")
    for found in paper.fields(*names, like=group.like, mean=group.mean):
        got = _named(found)
        if len(_names(got)) == 1:
            single.setdefault(got[0].name, got[0])
        if _fuller(got, best):
            best = got
    return list(single.values()) if len(single) > len(_names(best)) else best


def _fuller(got: list[Officer], best: list[Officer]) -> bool:
    """True when a field names more officers, or as many with more numbers."""
    numbered = sum(bool(o.number) for o in got) > sum(bool(o.number) for o in best)
    return len(_names(got)) > len(_names(best)) or (numbered and len(got) >= len(best))


def _names(who: list[Officer]) -> set[str]:
    return {o.name for o in who}


def _numbers_apart(paper: Paper, who: list[Officer]) -> dict[str, str]:
    """Numbers from a field of their own, where it has one for each officer and none stands beside a
    name.
    """
    if any(_number_near(paper, o.name) for o in who):
        return {}
    out: dict[str, str] = {}
    for label in _labels(paper, "执法证号栏", "执法证号"):
        fields = [_NUMBER.findall(found.without_spaces) for found in paper.fields(label)]
        for numbers in fields:
            if len(numbers) == len(who):
                out = dict(zip((o.name for o in who), numbers, strict=True))
        out = out or _one_each(who, fields)
    return out


def _one_each(who: list[Officer], fields: list[list[str]]) -> dict[str, str]:
    """Numbers of fields that hold one each, where there are as many as officers."""
    single = list(dict.fromkeys(numbers[0] for numbers in fields if len(numbers) == 1))
    if len(single) != len(who) or len(who) < 2:
        return {}
    return dict(zip((o.name for o in who), single, strict=True))


def _labels(paper: Paper, group: str, fact: str) -> tuple[str, ...]:
    """The labels of a group, and those under which the unit itself said that the fact stands."""
    told = paper.vocab.house.labels_of(paper.doc.kind, fact)
    return (*groups_of(paper.vocab)[group].names, *told)


def _named(found: Found) -> list[Officer]:
    """The officers that one field names, with their numbers where they stand beside the names;
    read without its gaps, or with them where that shows more (扎西·旺堆 证号：1 陈敏 证号：2).
    """
    value = found.value.replace(PICTURE, " ")
    if not has_gaps(value, 1):  # both are the same
        return _in(without_spaces(value), found)
    close, apart = _in(_joined(value), found), _in(" ".join(value.split()), found)
    return apart if _fuller(apart, close) and len(_names(apart)) > len(_names(close)) else close


def _in(text: str, found: Found) -> list[Officer]:
    """The officers in one reading of a field."""
    beside = ((m["name"], m["no"]) for m in _CERT.finditer(text))
    read = [(n, no) for n, no in beside if not NOT_NAMES.search(n)]
    numbered = max(read, list(_between_numbers(text)), key=lambda who: len(dict(who)))
    got = [Officer(n, no, found.place) for n, no in numbered]
    bare = _BRACKETS.sub("", _UNNUMBERED.sub("、", _CERT.sub("、", text)) if got else text)
    stop = DATE.search(bare) if not got else None
    have = _names(got)
    plain = (n for n in _listed(bare[: stop.start()] if stop else bare) if n not in have)
    return got + [Officer(n, "", found.place) for n in plain]


def _between_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Names with the number that follows each, whatever words for the certificate stand between."""
    at = 0
    for m in _NUMBER.finditer(text):
        name = _CERT_WORDS.sub("", text[at : m.start()]).strip("、，,；;。（）()：: ")
        at = m.end()
        if is_name(name) and not NOT_NAMES.search(name):
            yield name, m[0]


def _joined(value: str) -> str:
    """A field without spaces, but for a comma between whole names that only a gap parts."""
    out, last = "", ""
    for piece in value.split():
        out += "、" if _is_whole(last) and _is_whole(piece) else ""
        out, last = out + piece, piece
    return out


def _is_whole(piece: str) -> bool:
    """True for a name that is more than a surname."""
    return len(piece) > 1 and is_name(piece) and not (len(piece) == 2 and is_compound(piece))


def _listed(text: str) -> Iterator[str]:
    """Names between commas; none where most that stands there is something else: a sentence."""
    parts = [part for part in _BETWEEN.split(text) if part]
    names = [n for n in parts if is_name(n) and not NOT_NAMES.search(n)]
    return iter(names if len(names) * 2 >= len(parts) else ())


def _number_near(paper: Paper, name: str) -> str:
    """A long number that follows the name anywhere in the record, whatever the words between, also
    on the line after 证号：; the first of several numbers may be another's.
    """
    m = re.search(
        rf"{name}[^。；;、\n]{{0,16}}?(?:[号码][：:]?\n)?(?<![\d年月])([A-Z]{{0,3}}\d{{6,20}})"
        r"(?![、，,/]?[A-Z]{0,3}\d)",
        paper.running_text.without_spaces,
    )
    return m[1] if m else ""


def known_officers(papers: Iterable[Paper]) -> frozenset[str]:
    """The names of all officers whom some papers name."""
    return frozenset(o.name for paper in papers for o in officers(paper))


def named_late(paper: Paper, known: frozenset[str]) -> frozenset[str]:
    """Which of the ``known`` officers the last part of a paper names outside of sentences, where
    people sign.
    """
    text = paper.running_text.without_spaces
    end = _SENTENCE.sub("", text[int(len(text) * LATE) :])
    return frozenset(name for name in known if name in end)


def loose_numbers(paper: Paper, named: list[Officer]) -> list[str]:
    """Long numbers of a record that belong to no officer who was read with his: certificate numbers
    may be among them, in a column or a sentence that was not understood.
    """
    have = {o.number for o in named}
    every = _LOOSE_NUMBER.findall(paper.running_text.without_spaces)
    return [n for n in every if n not in have and not _PHONE.fullmatch(n)]
