"""Running heads and feet: lines that recur at like height over the pages of a file, whatever their
digits. They stay in the pages; titles are sought without them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from casereview.chinese import key
from casereview.model import PICTURE, Line, Page, SourceFile
from casereview.papers.once import once_by
from casereview.papers.page_numbers import is_page_number
from casereview.papers.titles import normal_size
from casereview.papers.vocabulary import Vocabulary

_TOP, _BOTTOM = 0.2, 0.88
_OUTER = 6  # so many lines at each end of a page may be heads and feet
_FIRST = 2  # so many lines at the head of a page without places may be heads
_LIKE = 85
_HEIGHT = 0.025
_LARGE = 1.15  # type of a title
_OFTEN = 3
_SIGNED = re.compile(rf"{PICTURE}|\d日")
_EDGE = 0.075  # nearer to the edge no text of a paper is set

Where = tuple[str, int]


@dataclass(frozen=True)
class RunningHeads:
    """For each (file, page number) the indices of lines that are running heads or feet;
    ``printed``: those that a whole file bears and that carry no value and no name.
    """

    lines: dict[Where, frozenset[int]] = field(default_factory=dict)
    printed: dict[Where, frozenset[int]] = field(default_factory=dict)

    def without(self, file: str, page: Page) -> Page:
        """``page`` without its running heads and feet."""
        return _drop(page, self.lines.get((file, page.number)))

    def running(self, file: str, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        """The pages of one paper as its text runs: heads, feet and the numbers of pages are no part
        of what is said.
        """
        return tuple(_drop(p, self._unsaid(file, p)) for p in pages)

    def _unsaid(self, file: str, page: Page) -> frozenset[int]:
        numbers = (i for i, line in enumerate(page.lines) if is_page_number(line, page))
        return self.printed.get((file, page.number), frozenset()).union(numbers)


def _drop(page: Page, lines: frozenset[int] | None) -> Page:
    return _without(page, lines) if lines else page


@once_by
def _without(page: Page, lines: frozenset[int]) -> Page:
    """The page without these of its lines."""
    return replace(page, lines=tuple(ln for i, ln in enumerate(page.lines) if i not in lines))


@dataclass(frozen=True)
class _Seen:
    """A line in a margin."""

    file: str
    page: int
    index: int
    words: str
    height: float
    top: bool
    title: bool
    value: bool
    placed: bool


def running_heads(sources: Iterable[SourceFile], vocab: Vocabulary) -> RunningHeads:
    """Find them over the pages of each long file, and over all short files of a case together."""
    together: dict[str, list[_Seen]] = defaultdict(list)
    pages: dict[str, int] = defaultdict(int)
    for s in sources:
        group = s.path if len(s.pages) > _OFTEN else ""
        pages[group] += len(s.pages)
        for page in s.pages:
            together[group] += _candidates(s.path, page, vocab)
    recurring: list[_Seen] = []
    printed: list[_Seen] = []
    for group, seen in together.items():
        for same in _clusters(seen):
            often = len({(s.file, s.page) for s in same})
            if _recurs(same, often, pages[group]):
                recurring += same
                if often >= 0.6 * pages[group] and not any(s.value for s in same):
                    printed += same
    return RunningHeads(_by_page(recurring), _by_page(printed))


def _by_page(seen: list[_Seen]) -> dict[Where, frozenset[int]]:
    out: dict[Where, set[int]] = defaultdict(set)
    for line in seen:
        out[line.file, line.page].add(line.index)
    return {where: frozenset(lines) for where, lines in out.items()}


def _candidates(file: str, page: Page, vocab: Vocabulary) -> Iterator[_Seen]:
    """Lines at the ends of a page, outside forms and not in the type of a title."""
    normal = normal_size(page)
    for i, line in _outer(page):
        height = (line.box[1] + line.box[3]) / 2 / page.height if line.box else 0.0
        if _TOP < height < _BOTTOM or _in_title_type(line, normal):
            continue
        words = "".join(filter(_says, key(line.text)))
        if len(words) < 2:
            continue
        guess = vocab.guess(line.text)
        title = guess is not None and not guess.alike
        value = vocab.agencies.is_name(words) or _is_value(line, height)
        yield _Seen(
            file, page.number, i, words, height, height <= _TOP, title, value, line.box is not None
        )


def _says(c: str) -> bool:
    """True for a character of a word; figures and marks change from page to page."""
    return c.isalnum() and not c.isdecimal()


def _outer(page: Page) -> Iterator[tuple[int, Line]]:
    """The first and the last lines of a page, outside of forms, with where they stand; of a page
    on which nobody knows where anything stands (Word) the very first.
    """
    placed = any(line.box for line in page.lines)
    last = len(page.lines) - _OUTER
    for i, line in enumerate(page.lines):
        outer = i < _OUTER or i >= last if placed else i < _FIRST
        if outer and line.cell is None and (line.box is not None or not placed):
            yield i, line


def _is_value(line: Line, height: float) -> bool:
    """True for a line that signs a paper, or one inside the page that says something of a label."""
    inside = _EDGE < height < 1 - _EDGE
    return bool((inside and re.search("[：:]", line.text)) or _SIGNED.search(line.text))


def _in_title_type(line: Line, normal: float) -> bool:
    return bool(normal) and line.size >= _LARGE * normal


def _clusters(seen: list[_Seen]) -> list[list[_Seen]]:
    """Lines of like words at like height."""
    out: list[list[_Seen]] = []
    for line in sorted(seen, key=lambda s: (s.top, s.words, s.height)):
        for group in out:
            first = group[0]
            if (
                first.top == line.top
                and abs(group[-1].height - line.height) <= _HEIGHT
                and fuzz.ratio(first.words, line.words) >= _LIKE
            ):
                group.append(line)
                break
        else:
            out.append([line])
    return out


def _recurs(same: list[_Seen], often: int, pages: int) -> bool:
    """On three pages or more, or on most; of lines without places on most; what names a paper only
    where it stands on nearly all.
    """
    if same[0].title:
        return often > _OFTEN and often >= 0.8 * pages
    if not same[0].placed:
        return often >= _OFTEN and often > pages / 2
    return often >= _OFTEN or (often > 1 and often > pages / 2)
