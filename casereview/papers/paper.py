"""A document with its running text, and the ways to ask a form for a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Any

from casereview.chinese import has_gaps, key, without_spaces
from casereview.model import PICTURE, Cell, Document, Line, Place, has_pages
from casereview.model.nouns import noun
from casereview.papers.asked import Asked
from casereview.papers.form_shapes import Row, columns_of, form_lines, meanings
from casereview.papers.label_patterns import (
    ANY_LABEL,
    by_stems,
    has_shape,
    keys,
    label_pattern,
    like_any,
    line_of,
    may_be_label,
    shape_of,
    shape_pattern,
    without_remarks,
)
from casereview.papers.running_text import RunningText
from casereview.papers.vocabulary import Vocabulary

SIMILAR = 0.85  # how sure a label is that is only like the one asked
_ANY_GAP = re.compile(r"\s{2,}")
_GAP_BEFORE_LABEL = re.compile(r"\s{2,}(?=[\u4e00-\u9fff（）()]{2,14}[：:])")
_END_COLON = re.compile(r"[：:]$")
_COLON = re.compile(r"[：:]")
_ENDED = re.compile(r"[ \t]*[；;。]")
_DRAWN = f" \t{PICTURE}"  # a value of pictures alone may go on below its line
_WIDE_GAP = re.compile(r"[^\S\n]{2,}")
_GAP_LINE = re.compile(r"(?P<label>[^\s：:]+(?: [^\s：:]+)*?)[ \u3000]{2,}(?P<value>[^\s：:].*)")
_ASIDE = re.compile(r"[（(][^（）()\n]{1,6}[)）]")


Means = Callable[[str], bool]
# what may stand in brackets inside a label or before its colon
_BRACKETED = re.compile(r"[（(][^（）()]{0,14}[)）]")
_BRACKETED_WORDS = re.compile(r"[（(][^（）()：]{0,14}[)）]")
_PLAIN = re.compile(r"[^（）()：:\s]+")


def no_label(label: str) -> bool:
    """No label means what nobody asked for."""
    return False


@noun(frozen=True)
class Found:
    """A field value as written (line feeds between lines), its place, and whether its label was
    only similar.
    """

    value: str
    place: Place
    sure: float = 1.0

    @property
    def without_spaces(self) -> str:
        """The value without white space."""
        return without_spaces(self.value)


def _bare(text: str) -> str:
    """``text`` without white space and pictures."""
    return without_spaces(text).replace(PICTURE, "")


def columns(paper: Paper, label: str) -> Iterator[tuple[str, Found]]:
    """The value of a column of a table, where only one stands below its head."""
    for page in paper.running_text.pages:
        for table in page.tables:
            if (cell := _only_below(table, key(label))) is not None:
                quote = _bare(cell.text)[:120] or label
                place = Place(paper.running_text.file, page.number, cell.box, quote)
                yield key(label), Found(cell.text, place)


def _only_below(table: tuple[tuple[Cell, ...], ...], head: str) -> Cell | None:
    """The only filled cell below a head of a column."""
    spots = (
        (n, i) for n, row in enumerate(table) for i, c in enumerate(row) if key(c.text) == head
    )
    n, i = next(spots, (len(table), 0))
    filled = [row[i] for row in table[n + 1 :] if i < len(row) and without_spaces(row[i].text)]
    return filled[0] if len(filled) == 1 else None


class Paper:
    """A Document, its RunningText and the vocabulary of labels."""

    def __init__(self, doc: Document, running_text: RunningText, vocab: Vocabulary):
        self.doc, self.running_text, self.vocab = doc, running_text, vocab

    @cached_property
    def recognised(self) -> frozenset[int]:
        """Pages whose text was recognised from an image: names written by hand there are not to be
        trusted.
        """
        return frozenset(p.number for p in self.running_text.pages if p.ocr)

    def __repr__(self) -> str:
        return f"<{self.doc.kind} {self.doc.file} {self.doc.page_from}-{self.doc.page_to}>"

    @property
    def name(self) -> str:
        """How the reviewer finds it: kind, file, pages where the file has any."""
        if not has_pages(self.doc.file):
            return f"{self.doc.kind}（{self.doc.file}）"
        pages = (
            f"第{self.doc.page_from}页"
            if self.doc.page_from == self.doc.page_to
            else f"第{self.doc.page_from}-{self.doc.page_to}页"
        )
        return f"{self.doc.kind}（{self.doc.file} {pages}）"

    def top(self) -> Place:
        """The title of the paper, where a reviewer looks first; else its first line."""
        return self._top

    @cached_property
    def _top(self) -> Place:
        title = without_spaces(self.doc.title)
        if len(title) >= 2 and self.running_text.lines:
            span = self.running_text.find(r"\n?".join(re.escape(c) for c in title), 0, 400)
            if span:
                return span.place
        return self.running_text.top()

    @cached_property
    def pairs(self) -> list[tuple[str, Found]]:
        """(label key, value) for every cell and the cell to its right."""
        return [*self._beside(), *self._apart(), *self._below(), *self._told()]

    @cached_property
    def _labelled(self) -> list[tuple[str, str, Found, tuple[int, str]]]:
        """(label key, without remarks in brackets, value, its page and text) of ``pairs``; a value
        that is itself a label is none.
        """
        return [
            (label, without_remarks(label), found, (found.place.page, found.value))
            for label, found in self.pairs
            if not self.vocab.is_label(found.value)
        ]

    @cached_property
    def _label_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The labels of ``_labelled``, with and without remarks, and what they mean besides."""
        names = frozenset(name for label, bare, _, _ in self._labelled for name in (label, bare))
        return names, frozenset(m for label, *_ in self._labelled for m in meanings(label))

    @cached_property
    def _columns(self) -> dict[tuple[int, int], tuple[Row, tuple[Row, ...]]]:
        """(page, number of a table) -> its heads of columns and the rows below them."""
        return {
            (page.number, n): both
            for page in self.running_text.pages
            for n, table in enumerate(page.tables)
            if (both := columns_of(table, self.vocab.is_label))
        }

    def column_cells(self) -> Iterator[tuple[int, str, Cell]]:
        """(page, head, cell) of every cell below the heads of columns."""
        for (page, _), (heads, rows) in self._columns.items():
            for row in rows:
                for head, cell in zip(heads, row, strict=True):
                    yield page, head.text, cell

    def _beside(self) -> Iterator[tuple[str, Found]]:
        """Cells of tables with the cell to their right; values of columns stand below their heads
        and not beside them.
        """
        for page in self.running_text.pages:
            for n, table in enumerate(page.tables):
                heads, _ = self._columns.get((page.number, n), ((), ()))
                for row in table:
                    yield from self._in_row(page.number, row) if row is not heads else ()

    def _in_row(self, page: int, row: tuple[Cell, ...]) -> Iterator[tuple[str, Found]]:
        row = tuple(part for cell in row for part in self._parted(cell))
        for cell, right in zip(row, row[1:], strict=False):
            label = key(_END_COLON.sub("", _bare(cell.text)))
            if label and len(label) <= 26 and may_be_label(label):
                quote = _bare(right.text)[:120] or without_spaces(cell.text)[:60]
                place = Place(self.running_text.file, page, right.box, quote)
                yield label, Found(right.text, place)

    def _parted(self, cell: Cell) -> Iterator[Cell]:
        """The cells that one cell is, where the rule between them was not seen: a known label
        stands between wide gaps inside it.
        """
        parts = _WIDE_GAP.split(cell.text.strip()) if has_gaps(cell.text, 2) else ()
        known = [key(part) in self.vocab.label_keys for part in parts]
        if len(parts) < 3 or not any(known[1:-1]):
            yield cell
            return
        value = ""
        for part, is_label in zip(parts, known, strict=True):
            if is_label:
                yield from (replace(cell, text=text) for text in (value, part) if text)
                value = ""
            else:
                value = f"{value}  {part}" if value else part
        if value:
            yield replace(cell, text=value)

    def _apart(self) -> Iterator[tuple[str, Found]]:
        """Parts of a line with wide gaps between, where one is a label and the next is none."""
        for page, line in self.running_text.lines:
            gaps = line.cell is None and has_gaps(line.text, 1)
            parts = _ANY_GAP.split(line.text.strip()) if gaps else []
            for a, b in zip(parts, parts[1:], strict=False):
                if key(a) in self.vocab.label_keys and key(b) not in self.vocab.label_keys:
                    quote = _bare(line.text)[:120]
                    yield key(a), Found(b, Place(self.running_text.file, page, line.box, quote))

    def _below(self) -> Iterator[tuple[str, Found]]:
        """Heads of columns with the only value below."""
        for (page, _), (heads, rows) in self._columns.items():
            for head, cell in zip(heads, rows[0], strict=True) if len(rows) == 1 else ():
                if value := without_spaces(cell.text):
                    quote = value.replace(PICTURE, "")[:120] or without_spaces(head.text)
                    place = Place(self.running_text.file, page, cell.box, quote)
                    yield key(head.text), Found(cell.text, place)

    @cached_property
    def _said(self) -> str:
        """The text without spaces, and again without remarks in brackets: 检查（勘验）人员."""
        close = self.running_text.without_spaces
        return f"{close}\n{_ASIDE.sub('', close)}"

    @cached_property
    def _form_lines(self) -> list[tuple[int, Line, str]]:
        """(page, line, its text without spaces)."""
        return [(page, ln, without_spaces(ln.text)) for page, ln in form_lines(self.running_text)]

    @cached_property
    def _before_colons(self) -> str:
        """The text without white space, and again without what may stand in brackets in a label: no
        label stands before a colon that does not stand so here.
        """
        close = without_spaces(self.running_text.text).replace(":", "：")
        return "\n".join((close, _BRACKETED.sub("", close), _BRACKETED_WORDS.sub("", close)))

    def _has_colon(self, label: str, tight: str) -> bool:
        """False where a label surely stands nowhere before a colon: then it needs no pattern."""
        return not _PLAIN.fullmatch(label) or f"{tight}：" in self._before_colons

    def _after_gap(self, labels: Iterable[tuple[str, str]]) -> Iterator[Found]:
        """Values that only a gap parts from a label, in a form without lines. ``labels``: each also
        without white space.
        """
        for label, tight in labels:
            for page, line in (
                (n, ln) for n, ln, said in self._form_lines if said.startswith(tight)
            ):
                m = line_of(label).fullmatch(line.text.strip())
                if m and key(m["value"]) not in self.vocab.label_keys:
                    place = Place(self.running_text.file, page, line.box, _bare(line.text)[:120])
                    yield Found(m["value"].strip(), place)

    def _after_gap_like(self, shape: re.Pattern[str]) -> Iterator[Found]:
        """The same of labels of a shape."""
        for page, line, _ in self._form_lines:
            m = _GAP_LINE.fullmatch(line.text.strip())
            if m and shape.fullmatch(without_spaces(m["label"])):
                if not self.vocab.is_label(m["value"]):
                    place = Place(self.running_text.file, page, line.box, _bare(line.text)[:120])
                    yield Found(m["value"].strip(), place)

    def _told(self) -> Iterator[tuple[str, Found]]:
        """Fields whose labels the unit itself named: a line that begins with one, whatever stands
        between label and value, and a column with a single value below its head.
        """
        for label in self.vocab.house.fields_of((self.doc.kind, *self.doc.also)):
            for page, line in self.running_text.lines if len(label) > 1 else ():
                if m := line_of(label).fullmatch(line.text.strip()):
                    quote = _bare(line.text)[:120]
                    place = Place(self.running_text.file, page, line.box, quote)
                    yield key(label), Found(m["value"].strip(), place)
            yield from columns(self, label)

    def field(
        self, *labels: str, like: str = "", accept: str = "", mean: Means = no_label
    ) -> Found | None:
        """The first value standing at one of ``labels``, in a form cell or after a colon.
        ``accept``: a pattern it must contain.
        """
        return next(
            (
                f
                for f in self.fields(*labels, like=like, mean=mean)
                if not accept or re.search(accept, f.without_spaces)
            ),
            None,
        )

    @cached_property
    def _asked(self) -> dict[tuple[tuple[str, ...], str, Means], Asked[Found]]:
        """The fields that were asked for: one fact after the other asks for the same."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """All but what was asked for, where it is kept."""
        return {name: value for name, value in self.__dict__.items() if name != "_asked"}

    def forget(self) -> None:
        """Drop what was asked for; it is looked for anew."""
        self.__dict__.pop("_asked", None)

    def fields(self, *labels: str, like: str = "", mean: Means = no_label) -> Iterator[Found]:
        """Every value standing at one of ``labels``: cells first (exact, then of the shape
        ``like``, then similar), then text; at last at labels of which ``mean`` says that their
        words mean the field.

        ``like`` is a pattern of the whole label without remarks in brackets: houses name the same
        field in many ways.
        """
        asked = labels, like, mean
        if asked not in self._asked:
            self._asked[asked] = Asked(self._fields(labels, like, mean))
        return iter(self._asked[asked])

    def _fields(self, labels: tuple[str, ...], like: str, mean: Means) -> Iterator[Found]:
        yield from self._in_cells(keys(labels), like)
        said = self._said
        groups = (own for stem, own in by_stems(labels) if stem in said)
        there = [(lb, tight) for own in groups for lb, tight in own if tight in said]
        before = (lb for lb, tight in there if self._has_colon(lb, tight))
        longest = sorted(before, key=len, reverse=True)
        yield from chain.from_iterable(
            self._inline(label_pattern(lb, True), True) for lb in longest
        )
        loose = (label_pattern(lb, False) for lb in longest if len(lb) >= 3)
        yield from chain.from_iterable(self._inline(pattern, False) for pattern in loose)
        if like:
            yield from self._inline(shape_pattern(like), True)
        yield from self._after_gap((lb, tight) for lb, tight in there if len(lb) >= 2)
        if like:
            yield from self._after_gap_like(shape_of(like))
        if mean is not no_label:
            yield from self._meaning(mean)

    @cached_property
    def _labels_said(self) -> list[tuple[str, str]]:
        """What stands before colons, as written and as a key without remarks."""
        every = dict.fromkeys(ANY_LABEL.findall(self.running_text.text))
        return [(label, without_remarks(key(label))) for label in every]

    def _meaning(self, mean: Means) -> Iterator[Found]:
        """Values at labels that mean a field by their words."""
        for label, found in self.pairs:
            if mean(without_remarks(label)) and key(found.value) not in self.vocab.label_keys:
                yield replace(found, sure=SIMILAR)
        for label, bare in self._labels_said:
            if mean(bare):
                for found in self._inline(label_pattern(label, True), True):
                    yield replace(found, sure=SIMILAR)

    def _in_cells(self, wanted: frozenset[str], like: str) -> Iterator[Found]:
        """Values beside cells whose label is one of ``wanted`` (keys), of the shape ``like``, or
        similar; each once.
        """
        names, meant = self._label_words
        steps: tuple[tuple[bool, Callable[[str, str], object], float], ...] = (
            (wanted.isdisjoint(names), lambda label, bare: label in wanted or bare in wanted, 1.0),
            (not like, lambda label, bare: has_shape(like, bare) or has_shape(like, label), 1.0),
            (
                wanted.isdisjoint(meant),
                lambda label, bare: not wanted.isdisjoint(meanings(label)),
                SIMILAR,
            ),
            (False, lambda label, bare: like_any(bare, wanted), SIMILAR),
        )
        taken: set[tuple[int, str]] = set()
        for nowhere, matches, sure in steps:
            for label, bare, found, at in () if nowhere else self._labelled:
                if at not in taken and matches(label, bare):
                    taken.add(at)
                    yield found if found.sure == sure else replace(found, sure=sure)

    def _inline(self, pattern: re.Pattern[str], anchored: bool) -> Iterator[Found]:
        text = self.running_text.text
        for m in pattern.finditer(text):
            stop = text.find("\n", m.end())
            stop = len(text) if stop < 0 else stop
            end = stop
            if _COLON.search(text, m.end(), stop):  # else no other label follows
                nxt = self.vocab.cut.search(text, m.end(), stop)
                end = nxt.start() if nxt else stop
                gap = _GAP_BEFORE_LABEL.search(text[m.end() : end])
                end = m.end() + gap.start() if gap else end
            if end == stop:
                end = self._goes_on(m.end(), stop)
            empty = _ENDED.match(text, m.end())  # 日期：；地点：…
            value = "" if empty else text[m.end() : end].strip(" ，,；;。\t")
            place = self.running_text.place(m.start(), max(end, m.end()), without_spaces=False)
            quote = _bare(place.quote)
            if quote != place.quote:
                place = Place(place.file, place.page, place.box, quote)
            yield Found(value, place, 1.0 if anchored else 0.9)

    def _goes_on(self, start: int, stop: int) -> int:
        """Where a value ends of which nothing but pictures stands on the line of its label: they
        may go on below it, or all of it stand there.
        """
        value = self.running_text.text[start:stop]
        end = stop if value.strip(_DRAWN) else self.running_text.pictures_below(stop)
        return end if end > stop or value.strip() else self.running_text.value_below(stop)

    def has(self, pattern: str) -> bool:
        """True when the without_spaces text matches ``pattern``."""
        return self.running_text.find(pattern) is not None
