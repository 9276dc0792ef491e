"""Running text of a document with the way back to the page: search in text, answer with places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from casereview.chinese import without_spaces as blanks_out
from casereview.model import PICTURE, Box, Line, Page, Place

_MARGIN = re.compile(
    r"^(?:第\s*\d+\s*页(?:\s*[共/，,]\s*\d*\s*页?)?|共\s*\d+\s*页|[-—－]?\s*\d{1,3}\s*[-—－]?)$"
)

_CLOSED = tuple("）)。；;")
_MARKED = re.compile(r"[，。；、,;]")
_DONE = re.compile(rf"(?:月\s*[\d一二三四五六七八九十]+\s*[日号]|\d\s*分|{PICTURE})$")
_FULL, _LEFT = 0.84, 0.2  # shares of a page at which a full line ends, and the next one begins
_LARGER = 1.25  # times the type of a text in which its heading is set
_ALONE = 3  # so many labels on lines of their own are a habit of the form
_LABEL_ALONE = re.compile(r"[\u4e00-\u9fff（）()、/]{2,16}[：:]")
_FIRST_POINT = re.compile(r"\s*(?:[1１][．.、](?!\d)|一、|[（(][一1][)）]|①)")
_FIELD = re.compile(
    r"[\u4e00-\u9fff]{2,14}(?:[（(][^（）()]{1,10}[)）][\u4e00-\u9fff]{0,8})?\s*[：:]"
)


@dataclass(frozen=True)
class Span:
    """A match in the running_text: its text and where it stands."""

    text: str
    place: Place
    start: int
    end: int


class RunningText:
    """The lines of some pages of one file. ``text`` keeps gaps as blanks, ``without_spaces`` has
    none; both end paragraphs with a line feed.
    """

    def __init__(self, file: str, pages: Iterable[Page]):
        self.file = file
        self.pages = tuple(pages)
        self.lines: list[tuple[int, Line]] = [
            (p.number, ln) for p in self.pages for ln in p.lines if not _written(ln.text)[2]
        ]
        self.pictures = [(p.number, pic) for p in self.pages for pic in p.pictures]

    @cached_property
    def _build(self) -> tuple[str, list[int], str, list[int]]:
        text, starts, without_spaces, tstarts = [], [], [], []
        n = t = 0
        wide = {p.number: p.width for p in self.pages}
        for (page, ln), (below, nxt) in zip(self.lines, [*self.lines[1:], (0, None)], strict=False):
            joins = (
                nxt is not None
                and nxt.cell == ln.cell
                and (
                    not ln.end
                    or _breaks_a_remark(ln.text, nxt.text)
                    or _runs_over(ln, nxt, wide[page])
                )
                and not _begins_a_field(ln.text, nxt.text)
                and not _is_heading_of(ln, nxt)
                and (ln.cell is None or below == page)
            )
            starts.append(n)
            tstarts.append(t)
            piece, close, _ = _written(ln.text)
            tail = "" if joins else "\n"
            text.append(piece + tail)
            without_spaces.append(close + tail)
            n += len(piece) + len(tail)
            t += len(close) + len(tail)
        return "".join(text), starts, "".join(without_spaces), tstarts

    @property
    def text(self) -> str:
        """Paragraphs with their inner gaps."""
        return self._build[0]

    @property
    def without_spaces(self) -> str:
        """Paragraphs without any white space but the line feed between them."""
        return self._build[2]

    def place(self, start: int, end: int, *, without_spaces: bool = True) -> Place:
        """The place of without_spaces[start:end] (or text[start:end]): page and joined box of its
        lines on the first page, and the quote.
        """
        if not self.lines:
            return Place(self.file, self.pages[0].number if self.pages else 1)
        gapped, gapped_starts, close, close_starts = self._build
        text, starts = (close, close_starts) if without_spaces else (gapped, gapped_starts)
        first = max(0, bisect.bisect_right(starts, start) - 1)
        after = starts[first + 1] if first + 1 < len(starts) else len(text)
        page, line = self.lines[first]
        if max(start, end - 1) < after:  # most stand in one line
            quote = text[start : min(end, after)].replace("\n", "").strip()
            return Place(self.file, page, line.box, quote[:120])
        last = max(0, bisect.bisect_right(starts, end - 1) - 1)
        here = [i for i in range(first, last + 1) if self.lines[i][0] == page]
        stop = starts[here[-1] + 1] if here[-1] + 1 < len(starts) else len(text)
        quote = text[start : min(end, stop)].replace("\n", "").strip()
        return Place(self.file, page, _around(self.lines[i][1].box for i in here), quote[:120])

    def in_form(self, at: int) -> bool:
        """True where ``text[at]`` stands in a cell of a form."""
        starts = self._build[1]
        return self.lines[max(0, bisect.bisect_right(starts, at) - 1)][1].cell is not None

    def pictures_below(self, stop: int) -> int:
        """Where the pictures end that go on from ``text[:stop]``, the end of a line: lines that are
        nothing but pictures, in the same cell, or just below what stands in none; ``stop`` where
        none do.
        """
        gapped, starts, _, _ = self._build
        at = max(0, bisect.bisect_right(starts, stop - 1) - 1)
        last = len(self.lines) - 1
        while at < last and self._goes_on_drawn(at):
            at += 1
            stop = starts[at + 1] - 1 if at < last else len(gapped.rstrip("\n"))
        return stop

    @cached_property
    def labels_alone(self) -> bool:
        """True for a text in which labels stand on lines of their own, their values below."""
        alone = sum(self._heads_value(n) for n in range(len(self.lines) - 1))
        return alone >= _ALONE

    def value_below(self, stop: int) -> int:
        """Where the line ends that is the value of the label that ends at ``text[:stop]``, in a
        text of such labels or as the first point of a list; ``stop`` where the next line is none.
        """
        starts = self._build[1]
        at = max(0, bisect.bisect_right(starts, stop - 1) - 1)
        if at + 1 >= len(self.lines) or not (self.labels_alone or self._heads_list(at)):
            return stop
        if not self._heads_value(at):
            return stop
        end = self.text.find("\n", stop + 1)
        return len(self.text) if end < 0 else end

    def _heads_list(self, at: int) -> bool:
        """True for a line above the first of several points (检查情况：⏎1．…)."""
        return _FIRST_POINT.match(self.lines[at + 1][1].text) is not None

    def _heads_value(self, at: int) -> bool:
        """True for a line that is a label and its colon, above a line of the same place that is no
        field itself.
        """
        (page, line), (below, under) = self.lines[at], self.lines[at + 1]
        label, value = blanks_out(line.text), blanks_out(under.text)
        heads = _LABEL_ALONE.fullmatch(label) is not None and page == below
        return heads and line.cell == under.cell and not _FIELD.match(value)

    def _goes_on_drawn(self, at: int) -> bool:
        """True when the line after the one at ``at`` is nothing but pictures of the same place."""
        (page, line), (below, under) = self.lines[at], self.lines[at + 1]
        if page != below or blanks_out(under.text).strip(PICTURE) or line.cell != under.cell:
            return False
        gap, left = under.box[1] - line.box[3], under.box[0] - line.box[0]
        return line.cell is not None or (gap <= line.size / 2 and left >= 0)

    def top(self) -> Place:
        """The head of the document, for absences: where to start looking."""
        for page, ln in self.lines:
            if len(close := blanks_out(ln.text)) >= 2:
                return Place(self.file, page, ln.box, close[:60])
        return Place(self.file, self.pages[0].number if self.pages else 1)

    def tail(self) -> Place:
        """The last line, where the signature of an agency should stand."""
        for page, ln in reversed(self.lines):
            if len(close := blanks_out(ln.text)) >= 2:
                return Place(self.file, page, ln.box, close[:60])
        return self.top()

    def find(
        self, pattern: str | re.Pattern[str], start: int = 0, end: int | None = None
    ) -> Span | None:
        """First match of ``pattern`` in the without_spaces text."""
        return next(self.all(pattern, start, end), None)

    def all(
        self, pattern: str | re.Pattern[str], start: int = 0, end: int | None = None
    ) -> Iterator[Span]:
        """Every match of ``pattern`` in the without_spaces text."""
        for m in re.compile(pattern).finditer(
            self.without_spaces, start, len(self.without_spaces) if end is None else end
        ):
            yield Span(m.group(0), self.place(m.start(), m.end()), m.start(), m.end())

    def rows(self) -> Iterator[tuple[int, tuple[str, ...], tuple[Box | None, ...]]]:
        """Every table row: page, cell texts with their line feeds, cell boxes."""
        for p in self.pages:
            for table in p.tables:
                for row in table:
                    yield p.number, tuple(c.text for c in row), tuple(c.box for c in row)


@lru_cache(maxsize=8192)
def _written(line: str) -> tuple[str, str, bool]:
    """A line without white space at its ends, without any, and whether it is a number in a margin:
    the same lines are read as pages, as papers, and again without running heads.
    """
    piece = line.strip()
    return piece, blanks_out(piece), _MARGIN.match(piece) is not None


def _begins_a_field(line: str, below: str) -> bool:
    """True when a line is closed (by brackets, a stop, a day or a picture), or is a field without
    any mark in it, and the next begins with a label.
    """
    above = line.strip()
    field = _FIELD.match(above) is not None and not _MARKED.search(above)
    closed = field or above.endswith(_CLOSED) or _DONE.search(above) is not None
    return closed and _FIELD.match(below.strip()) is not None


def _runs_over(line: Line, below: Line, width: float) -> bool:
    """True for a full line of several fields that ends with the colon of one: its value stands on
    the next line.
    """
    text = blanks_out(line.text)
    if line.cell is not None or line.box is None or below.box is None:
        return False
    fields = text.endswith(("：", ":")) and text.count("：") + text.count(":") > 1
    full = line.box[2] > _FULL * width and below.box[0] < _LEFT * width
    return fields and full and _FIELD.match(below.text.strip()) is None


def _is_heading_of(line: Line, below: Line) -> bool:
    """True for a line in much larger type than the next: no sentence goes on so."""
    return line.cell is None and PICTURE not in line.text and line.size > _LARGER * below.size > 0


def _breaks_a_remark(line: str, below: str) -> bool:
    """True when a line ends in the middle of brackets that the next one closes."""
    opened = max(map(line.rfind, "（(")) > max(map(line.rfind, "）)"))
    return opened and re.match(r"[^（）()：:。]*[）)]", below) is not None


def _around(boxes: Iterable[Box | None]) -> Box | None:
    """The box around some boxes; None when there is none."""
    some = [b for b in boxes if b]
    if not some:
        return None
    return (
        min(b[0] for b in some),
        min(b[1] for b in some),
        max(b[2] for b in some),
        max(b[3] for b in some),
    )
