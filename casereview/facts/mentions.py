"""Every value that a paper mentions, with the label it stands at and what stands around it. Nothing
here says what a value means: ``likely`` learned that from labelled papers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from casereview.chinese import (
    DATE,
    EIGHTEEN,
    HAN,
    find_dates,
    find_money,
    find_numbers,
    find_span,
    without_spaces,
)
from casereview.chinese.answers import without_open_rows
from casereview.chinese.names import agency_ending
from casereview.facts.form_fields import names_in
from casereview.facts.signature import is_person
from casereview.facts.values import yuan
from casereview.model import PICTURE
from casereview.model.nouns import noun
from casereview.papers.once import once, once_by
from casereview.papers.paper import Paper

WORDY = 40  # characters of the longest value that is told in words
NAMED = 60  # characters of the longest field that only lists people
TIMED = 120  # characters of the longest field that tells a span of time
LONGEST = 200  # characters of the longest paragraph that names officers with their numbers
SHORT = 12  # characters of a field in which 25.5.10 is a day
_MARKS = " \u3000，,；;。"
_INNER = re.compile(rf"(?P<label>[{HAN}][{HAN}（）()/、·]{{1,19}})[ \u3000]*[：:]")
_GAP = re.compile(
    rf"(?P<label>[{HAN}（）()]{{2,14}}|[{HAN}](?:[ \u3000]+[{HAN}]){{1,6}})[ \u3000]+(?=\S)"
)
_LABEL = re.compile(rf"[{HAN}（）()/、·]{{2,20}}[：:]?")
_SPEAKER = re.compile(
    rf"[〔【（(\[]?(?:[{HAN}]{{0,6}}[问答])(?:[（(][^（）()]*[)）])?[〕】）)\]：:]+"
    rf"|(?P<name>[{HAN}·]{{2,12}})[：:].*。"
)
_YEARS = re.compile(r"\d{1,3}年")
_CERT = re.compile(r"(?<![\dA-Za-z.])[A-Z]{0,3}\d{6,17}(?![\d.年A-Za-z])")
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_NO_LABEL = re.compile(rf"[{HAN}·•．・‧]++(?![：:])")  # a word that is no label
_BARE_SUM = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?![\d.])")
_BEFORE_NAME = re.compile(r".*(?:[以向由对将到至于是为请按或、]|日内)")
_CLOCK = re.compile(r"[时点]|\d[:：]\d")


@noun(frozen=True)
class Part:
    """A stretch of a paper under one label: a cell, what follows a colon, a paragraph. ``text``: as
    written with its gaps; ``start``, ``end``: in the text without spaces; ``whole``: it is all of
    its paragraph; ``above``: the head of its column.
    """

    label: str
    text: str
    start: int
    end: int
    whole: bool = True
    above: str = ""


@noun(frozen=True)
class Mention:
    """A value of a type from ``start`` to ``end`` of the text without spaces, in a part of the
    paper.
    """

    type: str
    value: Any
    start: int
    end: int
    part: Part


Value = tuple[Any, int, int]  # a value, and where it stands in its part


@once_by
def mentions(paper: Paper, type_: str) -> tuple[Mention, ...]:
    """Every mention of one type on a paper, in order. Raises KeyError for a type that is none of
    ``TYPES``.
    """
    text = paper.running_text.without_spaces
    find = _FIND[type_]
    out = [
        Mention(type_, value, part.start + a, part.start + b, part)
        for part in parts_of(paper)
        for value, a, b in find(part, text[part.start : part.end])
    ]
    if type_ in ("人名单", "号码单"):
        out += [m for m in _of_officers(paper) if m.type == type_]
    return tuple(out)


@once
def parts_of(paper: Paper) -> tuple[Part, ...]:
    """The parts of a paper in order, but those that are no more than a label somebody knows, and
    what people say.
    """
    beside = {without_spaces(found.value): label for label, found in paper.pairs}
    heads = {without_spaces(cell.text): head for _, head, cell in paper.column_cells()}
    out: list[Part] = []
    above = ""
    for gapped, close, at in _paragraphs(paper):
        label = beside.get(close, above)
        if not (paper.vocab.is_label(close) or _said(close)):
            out += _parted(gapped, at, label, without_spaces(heads.get(close, "")))
        above = close.rstrip("：:") if _LABEL.fullmatch(close) else ""
    return tuple(out)


def _paragraphs(paper: Paper) -> Iterator[tuple[str, str, int]]:
    """Each paragraph with its gaps, without them, and where it begins."""
    text, at = paper.running_text, 0
    for gapped, close in zip(text.text.split("\n"), text.without_spaces.split("\n"), strict=False):
        yield gapped, close, at
        at += len(close) + 1


def _parted(gapped: str, at: int, above: str, head: str) -> Iterator[Part]:
    """One paragraph, cut where a label with a colon begins, or where a gap parts its first word."""
    begins = [(m.start(), m.end(), m["label"]) for m in _INNER.finditer(gapped)]
    if not begins and not _lists_people(gapped) and (m := _GAP.match(gapped)):
        begins = [(0, m.end(), m["label"])]
    stops = [start for start, _, _ in begins] + [len(gapped)]
    spans = [(0, stops[0], above)]
    spans += [(end, stop, label) for (_, end, label), stop in zip(begins, stops[1:], strict=True)]
    if len(begins) == 1 and begins[0][1] == len(gapped):  # somebody is addressed
        spans = [(0, len(gapped), "")]
    for start, stop, label in spans:
        piece = gapped[start:stop].strip(_MARKS)
        if piece:
            inner = gapped[start:stop]
            lead = len(inner) - len(inner.lstrip(_MARKS))
            begin = at + len(without_spaces(gapped[: start + lead]))
            end = begin + len(without_spaces(piece))
            yield Part(without_spaces(label), piece, begin, end, not begins, head)


def _said(close: str) -> bool:
    """True for a paragraph of question and answer, or that somebody named says: 答：…, 〔问〕…,
    被询问人答：…, 王强：…。
    """
    m = _SPEAKER.match(close)
    return m is not None and (not m["name"] or is_person(m["name"]))


def _lists_people(gapped: str) -> bool:
    """True for a paragraph that is nothing but two names or more."""
    names = names_in(gapped)
    return len(names) > 1 and len("".join(names)) >= len(re.sub(r"[\s、，,；;]", "", gapped))


def _days(part: Part, close: str) -> Iterator[Value]:
    short = bool(part.label) and len(close) <= SHORT
    for day, a, b in find_dates(close, short=short):
        yield day.isoformat(), a, b


def _beginnings(part: Part, close: str) -> Iterator[Value]:
    yield from _moment(part, close, 0)


def _endings(part: Part, close: str) -> Iterator[Value]:
    yield from _moment(part, close, 1)


def _moment(part: Part, close: str, which: int) -> Iterator[Value]:
    """The beginning or the end of a span of time."""
    if len(close) <= TIMED and _CLOCK.search(close):
        span = find_span(part.text)
        when = (span if any(span) else find_span(close))[which]
        if when:
            yield when.strftime("%Y-%m-%d %H:%M"), 0, len(close)


def _sums(part: Part, close: str) -> Iterator[Value]:
    found = [(yuan(value), a, b) for value, _, a, b in find_money(close)]
    yield from found
    for m in _BARE_SUM.finditer(close) if not found else ():
        yield yuan(Decimal(m[0].replace(",", ""))), m.start(), m.end()


def _paper_numbers(part: Part, close: str) -> Iterator[Value]:
    yield from find_numbers(close)


def _codes(part: Part, close: str) -> Iterator[Value]:
    for m in EIGHTEEN.finditer(close):
        yield m[0], m.start(), m.end()


def _people(part: Part, close: str) -> Iterator[Value]:
    if len(close) <= NAMED:
        names = names_in(part.text)
        if any(map(is_person, names)):
            yield names, 0, len(close)


def _certificates(part: Part, close: str) -> Iterator[Value]:
    """They are read of whole paragraphs."""
    yield from ()


def _agencies(part: Part, close: str) -> Iterator[Value]:
    for m in _agency_names().finditer(close):
        lead = _BEFORE_NAME.match(re.split("或|、", m[0])[0])
        start = m.start() + (lead.end() if lead else 0)
        yield close[start : m.end()], start, m.end()


@lru_cache(maxsize=4)
def _any_agency(ending: str) -> re.Pattern[str]:
    one = rf"[{HAN}]{{2,24}}?{ending}"
    return re.compile(rf"{one}(?:(?:或者|或|、){one})*|[{HAN}]{{2,30}}?法院")


def _agency_names() -> re.Pattern[str]:
    return _any_agency(agency_ending())


def _words(part: Part, close: str) -> Iterator[Value]:
    """A short part as a whole."""
    if not without_open_rows(close).strip("＿"):
        return  # options of which none is ticked
    told = 2 <= len(close) <= WORDY and re.search(rf"[{HAN}]", DATE.sub("", close))
    if told or _YEARS.fullmatch(close):
        yield close.replace(PICTURE, "").rstrip("：:"), 0, len(close)


_FIND: Mapping[str, Callable[[Part, str], Iterator[Value]]] = {
    "日期": _days,
    "起": _beginnings,
    "止": _endings,
    "金额": _sums,
    "文号": _paper_numbers,
    "号码": _codes,
    "人名单": _people,
    "号码单": _certificates,
    "机关": _agencies,
    "文字": _words,
}
TYPES = tuple(_FIND)


@once
def _of_officers(paper: Paper) -> tuple[Mention, ...]:
    """People with the numbers of their certificates, and these numbers, of each run of paragraphs
    under one label that have some.
    """
    runs: list[tuple[str, int, int, list[str]]] = []  # label, start, end, what stands there
    for gapped, close, at in _paragraphs(paper):
        m = _INNER.match(gapped)
        label, value = (m["label"], gapped[m.end() :]) if m else ("", gapped)
        if _said(close) or not _numbers(value):
            continue
        if runs and runs[-1][0] == label:
            _, start, _, values = runs.pop()
            runs.append((label, start, at + len(close), [*values, value]))
        else:
            runs.append((label, at, at + len(close), [value]))
    return tuple(m for run in runs for m in _of_run(*run))


def _of_run(label: str, start: int, end: int, values: list[str]) -> Iterator[Mention]:
    """The numbers of one run, and the people before them."""
    whole = " ".join(values)
    numbers = list(dict.fromkeys(n for value in values for n in _numbers(value)))
    people, first = _holders(whole, numbers)
    labels = [m["label"] for m in _INNER.finditer(whole, 0, first)]
    part = Part(labels[-1] if labels else label, whole, start, end, not label)
    yield Mention("号码单", numbers, start, end, part)
    if people:
        yield Mention("人名单", people, start, end, part)


def _holders(text: str, numbers: list[str]) -> tuple[list[str], int]:
    """Who holds these numbers, and where the first of them is named: of each number the last person
    before it; where two numbers have none between them, all people named.
    """
    words = ((m[0].lstrip("、"), m.start()) for m in _NO_LABEL.finditer(text))
    named = [(word, at) for word, at in words if is_person(word)]
    held: list[tuple[str, int]] = []
    begin = 0
    for number in numbers:
        at = text.find(number, begin)
        held += [one for one in named if begin <= one[1] < at][-1:]
        begin = max(at, begin)
    holders = held if len(held) == len(numbers) else named
    return list(dict.fromkeys(word for word, _ in holders)), holders[0][1] if holders else 0


def _numbers(text: str) -> list[str]:
    """The numbers in a text that may be of certificates."""
    if len(text) > LONGEST:
        return []
    return [n for n in dict.fromkeys(_CERT.findall(text)) if not _PHONE.fullmatch(n)]
