"""Where a merged file holds what its catalogue lists: rows -> pages, and how far to trust them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from casereview.chinese import without_spaces
from casereview.model import Page
from casereview.papers.catalogue import Entry
from casereview.papers.once import once_a_page
from casereview.papers.page_numbers import page_labels, printed_labels
from casereview.papers.titles import STOP, title_lines
from casereview.papers.vocabulary import Guess, Vocabulary

TRUSTED = 0.6  # so many of the titles that a catalogue lists must stand where it says
_SHORTEST = 6  # pages from which a file may have a catalogue of its own
_SOME = 4  # fewer rows than these prove nothing
_BEARS = 70
_TOP = 4  # lines


@dataclass(frozen=True)
class Listed:
    """A row of the catalogue on the page where it says the paper begins; ``last``: index of the
    page where it ends by the catalogue, ``borne``: the page bears the title.
    """

    title: str
    guess: Guess | None
    last: int
    borne: bool


@dataclass(frozen=True)
class Listing:
    """The catalogue of a merged file laid over its pages; ``trust``: share of the listed titles
    that stand where it says (0 where nothing can be said).
    """

    pages: dict[int, Listed]
    trust: float = 0.0

    def within(self, index: int) -> Listed | None:
        """The row whose pages go on over ``index``."""
        for first, row in self.pages.items():
            if first < index <= row.last:
                return row
        return None


NOTHING = Listing({})


@dataclass(frozen=True)
class _At:
    """A row of the catalogue, the kind it names, and the page that its number means."""

    entry: Entry
    guess: Guess | None
    index: int
    titled: bool  # such papers bear their title
    borne: bool  # the page bears it


def listing(
    pages: tuple[Page, ...], catalogue: list[Entry], vocab: Vocabulary, face_value: bool = False
) -> Listing:
    """Lay ``catalogue`` over ``pages`` (without running heads). ``face_value``: believe its page
    numbers also where a page does not bear the title.
    """
    if not catalogue or len(pages) < _SHORTEST:
        return NOTHING
    labels, first = _labels(pages, catalogue, vocab)
    rows = list(_rows(pages, catalogue, vocab, labels))
    trust = _trust(rows, pages)
    believed = trust is not None and (trust >= TRUSTED or face_value)
    out: dict[int, Listed] = {}
    for row in rows:
        if _stands(row, pages, believed, row.index in out, row.index < first):
            last = labels.get(row.entry.page_to or 0, row.index)
            out[row.index] = Listed(row.entry.title, _as_listed(row), last, row.borne)
    return Listing(out, trust or 0.0)


def _trust(rows: list[_At], pages: tuple[Page, ...]) -> float | None:
    """The share of the rows whose page bears their title, of those that can be told; None where
    they are too few.
    """
    titled = [r for r in rows if r.titled and pages[r.index].readable]
    return sum(r.borne for r in titled) / len(titled) if len(titled) >= _SOME else None


def _rows(
    pages: tuple[Page, ...], catalogue: list[Entry], vocab: Vocabulary, labels: dict[int, int]
) -> Iterator[_At]:
    for entry in catalogue:
        if entry.page_from and entry.page_from in labels:
            index = labels[entry.page_from]
            borne = not pages[index].readable or bears(pages[index], entry.title)
            guess = vocab.guess(entry.title)
            yield _At(entry, guess, index, _titled(guess, vocab), borne)


def _stands(
    row: _At, pages: tuple[Page, ...], believed: bool, taken: bool, unnumbered: bool
) -> bool:
    """True when a listed paper may begin on the page of its number. Where the page does not bear
    its title it is a page of another paper and the number is wrong, or the title is hidden.
    """
    if row.borne:
        return True
    if row.titled:
        return believed and not taken and not _elsewhere(pages, row.entry, row.index)
    return not taken and not unnumbered


def _labels(
    pages: tuple[Page, ...], catalogue: list[Entry], vocab: Vocabulary
) -> tuple[dict[int, int], int]:
    """Page number of the catalogue -> index in the file, as printed in the margins; where none are
    printed, or they are others, as most titles say. And the first page that is numbered.
    """
    printed = page_labels(pages)
    listed = [(e.page_from, e.title) for e in catalogue if e.page_from]
    titled = [(n, title) for n, title in listed if _titled(vocab.guess(title), vocab)]
    offset, often = _usual_offset(pages, titled)
    agree = sum(n in printed and bears(pages[printed[n]], title) for n, title in listed)
    if often < _SOME or often <= agree:
        return printed, min(printed_labels(pages).values(), default=0)
    moved = {n: n + offset for n in range(1, len(pages) + 1) if 0 <= n + offset < len(pages)}
    return moved, min(moved.values(), default=0)


def _usual_offset(pages: tuple[Page, ...], titled: list[tuple[int, str]]) -> tuple[int, int]:
    """By how much most titles stand behind the page of their number, and how many do."""
    offsets = Counter(i - n for n, title in titled for i in _bearing(pages, title))
    return offsets.most_common(1)[0] if offsets else (0, 0)


def _titled(guess: Guess | None, vocab: Vocabulary) -> bool:
    return guess is not None and not vocab.kinds[guess.kind].untitled


def _elsewhere(pages: tuple[Page, ...], entry: Entry, index: int) -> bool:
    """True when another page bears the title of a row: its number is wrong."""
    return any(i != index for i in _bearing(pages, entry.title))


def _bearing(pages: tuple[Page, ...], title: str) -> Iterator[int]:
    """The pages that bear a title."""
    return (i for i, page in enumerate(pages) if bears(page, title))


def _as_listed(row: _At) -> Guess | None:
    if row.guess is None:
        return None
    why = f"卷内目录第 {row.entry.page_from} 页“{row.entry.title}”"
    if row.borne or not row.titled:
        return Guess(row.guess.kind, round(0.9 * row.guess.confidence, 3), why)
    return Guess(row.guess.kind, 0.6, f"{why}，该页没有读到标题", alike=True)


@once_a_page
def _top(page: Page) -> str:
    lines = (without_spaces(line.text) for line in title_lines(page)[:_TOP])
    return "".join(text for text in lines if not STOP.search(text))


def bears(page: Page, title: str) -> bool:
    """True when a page carries a title at its top; what stands behind a label is no title."""
    top = _top(page)
    return len(top) > 1 and fuzz.partial_ratio(title[:12], top) >= _BEARS


def unfound(catalogue: list[Entry], kinds: Counter[str], vocab: Vocabulary) -> Iterator[Entry]:
    """Rows whose kind of paper is known and not among ``kinds``, counted."""
    left = Counter(kinds)
    for entry in catalogue:
        guess = vocab.guess(entry.title)
        if not _titled(guess, vocab) or guess is None:
            continue
        if left[guess.kind] > 0:
            left[guess.kind] -= 1
        else:
            yield entry
