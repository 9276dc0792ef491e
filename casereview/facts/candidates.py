"""What on a paper may be a fact that was not read: filled fields under any label, and sentences
with a value of its type; each with the place where a person can look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from casereview.chinese import HAN, is_name, key, without_spaces
from casereview.chinese.house_line import Example
from casereview.chinese.names import agency_ending
from casereview.chinese.wording import SLOTS, windows, wording
from casereview.facts.form_fields import names_in
from casereview.facts.main_text import scoped
from casereview.facts.registry import FactSpec, Labels
from casereview.facts.signature import signature
from casereview.facts.strangers import filled_fields, may_hold, strange_fields
from casereview.facts.values import AS_TYPE, as_text
from casereview.model import PICTURE, Place
from casereview.papers.house import numbered
from casereview.papers.paper import Found, Paper, columns

SIGNED = "签名"  # somebody signed by hand
MOST = 24  # candidates of one fact on one paper
QUOTED = 120
_SLOT = {t: t for t in ("日期", "期限", "金额", "文号", "机关", "条文")}
_TOLD = ("记载",)  # types whose value is the passage itself
_NAMES = ("签名", "人名", "人名单")
_ENDS = re.compile(r"[。；;！？]")
_LOOSE = re.compile(  # a word, or single characters set apart, and what a gap parts from it
    rf"(?P<label>[{HAN}（）()]{{2,10}}|[{HAN}](?:[ \u3000]+[{HAN}]){{1,5}})"
    r"[ \u3000]+(?P<value>\S.*)"
)
_ONE = rf"[{HAN}]{{2,24}}?{agency_ending()}"
_AGENCY = re.compile(rf"{_ONE}(?:(?:或者|或|、){_ONE})*")
_BEFORE_NAME = re.compile(r".*(?:[以向由对将到至于是为请按或、]|日内)")


@dataclass(frozen=True)
class Candidate:
    """Something that may be a fact: under a ``label``, or in a sentence (``example``, with the slot
    of its value). ``value``: as it would be read; ``strange``: no list knows the label.
    """

    value: str
    place: Place
    label: str = ""
    example: Example | None = None
    slot: str = ""
    strange: bool = False


def candidates(paper: Paper, spec: FactSpec) -> list[Candidate]:
    """What may be a fact on a paper: fields first, then sentences."""
    found = [*_in_rows(_fields(paper, spec)), *_sentences(paper, spec)]
    told = {c.label or (c.example.text if c.example else ""): c for c in reversed(found)}
    return [c for c in found if c is told[c.label or (c.example.text if c.example else "")]][:MOST]


def _in_rows(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Fields with numbered labels (执法人员一, 执法人员二) as one, under the first of them."""
    rows: dict[str, list[Candidate]] = {}
    for c in found:
        rows.setdefault(numbered(c.label)[0], []).append(c)
    for row in rows.values():
        if len({c.label for c in row}) > 1:
            yield replace(row[0], value="、".join(dict.fromkeys(c.value for c in row)))
        else:
            yield from row


def _fields(paper: Paper, spec: FactSpec) -> Iterator[Candidate]:
    strange = {label for label, _ in strange_fields(paper)}
    heads = {h for h in _heads(paper, 3) if not is_name(h)}
    for label, found in every_field(paper):
        if label in spec.never or found.without_spaces in heads:
            continue
        if not _fits(found, spec):
            continue
        value = _value(found, spec)
        if value:
            yield Candidate(value, found.place, label, strange=label in strange)


@lru_cache(maxsize=64)
def every_field(paper: Paper) -> tuple[tuple[str, Found], ...]:
    """Every filled field of a paper, also those that only a gap parts from their label, and columns
    with a single value.
    """
    out = list(filled_fields(paper))
    seen = {key(label) for label, _ in out}
    file = paper.running_text.file
    for page, line in paper.running_text.lines:
        m = _LOOSE.fullmatch(line.text.strip()) if line.cell is None else None
        if m and len(label := without_spaces(m["label"])) > 1 and key(label) not in seen:
            label, value = _longer(paper, label, m["value"])
            place = Place(file, page, line.box, without_spaces(line.text)[:QUOTED])
            out.append((label, Found(value, place)))
    for label in _heads(paper, 2):
        if key(label) not in seen:
            out += [(label, found) for _, found in columns(paper, label)]
    return tuple(out)


def _longer(paper: Paper, label: str, value: str) -> tuple[str, str]:
    """A label with the word behind the next gap, where only both are a known one (立案 时间)."""
    word, _, rest = value.partition(" ")
    both = label + word
    labels = paper.vocab.label_keys
    return (both, rest.strip()) if rest and key(both) in labels else (label, value)


def _heads(paper: Paper, least: int) -> Iterator[str]:
    """Short cells that stand above a cell, in rows of so many cells at least: they may name what is
    below.
    """
    for page in paper.running_text.pages:
        for table in page.tables:
            for row in table[:-1]:
                for cell in row if len(row) >= least else ():
                    text = without_spaces(cell.text)
                    if re.fullmatch(rf"[{HAN}（）()、/]{{2,14}}", text):
                        yield text


def _fits(found: Found, spec: FactSpec) -> bool:
    """True when a value may be the fact: of what is told in a few words, anything with a word."""
    if spec.type in ("文字", "名目", "名称"):
        return bool(re.search(rf"[{HAN}]", found.value))
    if spec.type == "机关":
        return bool(re.search(agency_ending(), found.without_spaces))
    return may_hold(found, spec.type)


def _value(found: Found, spec: FactSpec) -> str:
    """What the field would give for the fact; '' for nothing."""
    if spec.type in _NAMES:
        names = names_in(found.value) or signature(found.value, found.place).names
        mark = SIGNED if spec.type == "签名" and PICTURE in found.value else ""
        return "、".join(names) or mark
    convert = AS_TYPE.get(spec.type)
    fact = convert(found) if convert else None
    if convert:
        return _shown(fact.value) if fact else ""
    return found.without_spaces.replace(PICTURE, "")[:QUOTED]


def _shown(value: object) -> str:
    """A value as text; several with a mark between."""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _sentences(paper: Paper, spec: FactSpec) -> Iterator[Candidate]:
    text = scoped(paper, spec.scope)
    if slot := _SLOT.get(spec.type, ""):
        yield from _with_value(paper, spec, text, slot)
    elif spec.type in _TOLD:
        yield from _passages(paper, spec, text)


def _with_value(paper: Paper, spec: FactSpec, text: str, slot: str) -> Iterator[Candidate]:
    """Every value of a type with the sentence around it."""
    convert = AS_TYPE.get(spec.type, as_text)
    for start, end in _values(text, slot):
        begin = max((m.end() for m in _ENDS.finditer(text, 0, start)), default=0)
        stop = _ENDS.search(text, end)
        sentence = text[begin : stop.start() if stop else len(text)]
        if any(wording(line).find(sentence) for line in spec.never):
            continue
        place = paper.running_text.place(start, end)
        around = paper.running_text.place(
            max(begin, start - 40), min(end + 40, begin + len(sentence))
        )
        fact = convert(Found(text[start:end], place))
        if fact is not None:
            example = Example(sentence, start - begin, end - begin)
            shown = Place(place.file, place.page, place.box, around.quote)
            yield Candidate(_shown(fact.value), shown, example=example, slot=slot)


def _values(text: str, slot: str) -> Iterator[tuple[int, int]]:
    if slot != "机关":
        yield from (m.span() for m in re.finditer(SLOTS[slot], text))
        return
    for m in _AGENCY.finditer(text):
        lead = _BEFORE_NAME.match(re.split("或|、", m[0])[0])
        yield m.start() + (lead.end() if lead else 0), m.end()


def _passages(paper: Paper, spec: FactSpec, text: str) -> Iterator[Candidate]:
    """Sentences that the wide net of the fact catches."""
    lines = [*spec.clues, *(x for s in spec.steps for x in s.lines if s.labels == Labels())]
    nets = [wording(line) for line in lines]
    for a, b in windows(text):
        part = text[a:b]
        if any(net.apart and net.near(part) for net in nets):
            if not any(wording(line).find(part) for line in spec.never):
                place = paper.running_text.place(a, b)
                yield Candidate(place.quote, place, example=Example(part.rstrip("\n")))
