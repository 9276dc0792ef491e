"""Where a merged file holds what its catalogue lists: rows -> pages, and how far to trust them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from casereview.chinese import without_spaces
from casereview.model import Page
from casereview.papers.catalogue import Entry
from casereview.papers.page_numbers import page_labels, printed_labels
from casereview.papers.vocabulary import Guess, Vocabulary

TRUSTED = 0.6  # so many of the titles that a catalogue lists must stand where it says
_SOME = 4  # fewer rows than these prove nothing
_BEARS = 70


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


def listing(
    pages: tuple[Page, ...], catalogue: list[Entry], vocab: Vocabulary, face_value: bool = False
) -> Listing:
    """Lay ``catalogue`` over ``pages`` (without running heads). ``face_value``: believe its page
    numbers also where a page does not bear the title.
    """
    if not catalogue or len(pages) < 6:
        return NOTHING
    labels, first = _labels(pages, catalogue, vocab)
    rows = [
        (e, vocab.guess(e.title), labels[e.page_from])
        for e in catalogue
        if e.page_from and e.page_from in labels
    ]
    titled = [(e, i) for e, g, i in rows if _titled(g, vocab) and pages[i].readable]
    trust = sum(bears(pages[i], e.title) for e, i in titled) / len(titled) if titled else 0.0
    believed = len(titled) >= _SOME and (trust >= TRUSTED or face_value)
    out: dict[int, Listed] = {}
    for e, guess, i in rows:
        borne = not pages[i].readable or bears(pages[i], e.title)
        if not borne and _titled(guess, vocab):
            # such papers bear their title; a page without it is a page of another paper, or its
            # title is hidden
            if not believed or i in out or _elsewhere(pages, e, i):
                continue
        elif not borne and (i in out or i < first):
            continue
        last = labels.get(e.page_to or 0, i)
        plain = borne or not _titled(guess, vocab)
        out[i] = Listed(e.title, _as_listed(e, guess, plain), last, borne)
    return Listing(out, trust if len(titled) >= _SOME else 0.0)


def _labels(
    pages: tuple[Page, ...], catalogue: list[Entry], vocab: Vocabulary
) -> tuple[dict[int, int], int]:
    """Page number of the catalogue -> index in the file, as printed in the margins; where none are
    printed, or they are others, as most titles say. And the first page that is numbered.
    """
    printed = page_labels(pages)
    offsets = Counter(
        i - e.page_from
        for e in catalogue
        if e.page_from and _titled(vocab.guess(e.title), vocab)
        for i, page in enumerate(pages)
        if bears(page, e.title)
    )
    offset, often = offsets.most_common(1)[0] if offsets else (0, 0)
    agree = sum(
        bears(pages[printed[e.page_from]], e.title)
        for e in catalogue
        if e.page_from and e.page_from in printed
    )
    if often >= _SOME and often > agree:
        by_titles = {
            n: n + offset for n in range(1, len(pages) + 1) if 0 <= n + offset < len(pages)
        }
        return by_titles, min(by_titles.values(), default=0)
    return printed, min(printed_labels(pages).values(), default=0)


def _titled(guess: Guess | None, vocab: Vocabulary) -> bool:
    return guess is not None and not vocab.kinds[guess.kind].untitled


def _elsewhere(pages: tuple[Page, ...], entry: Entry, index: int) -> bool:
    """True when another page bears the title of a row: its number is wrong."""
    return any(bears(p, entry.title) for i, p in enumerate(pages) if i != index)


def _as_listed(entry: Entry, guess: Guess | None, plain: bool) -> Guess | None:
    if guess is None:
        return None
    why = f"卷内目录第 {entry.page_from} 页“{entry.title}”"
    if plain:
        return Guess(guess.kind, round(0.9 * guess.confidence, 3), why)
    return Guess(guess.kind, 0.6, f"{why}，该页没有读到标题", alike=True)


def bears(page: Page, title: str) -> bool:
    """True when the first lines of a page carry a title."""
    top = "".join(without_spaces(line.text) for line in page.lines[:4])
    return fuzz.partial_ratio(title[:12], top) >= _BEARS


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
