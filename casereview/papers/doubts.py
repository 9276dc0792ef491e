"""Doubt of the whole: a reading of a case checked against itself before anything is judged. What
may lie unseen in suspected pages, or is listed in the case's own catalogue, is not missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from casereview.chinese import without_spaces
from casereview.model import Document, Page
from casereview.papers.catalogue import CATALOGUE, Entry
from casereview.papers.flow import flows_on
from casereview.papers.page_numbers import own_numbers
from casereview.papers.split import marked
from casereview.papers.titles import STOP, title_lines
from casereview.papers.vocabulary import UNKNOWN, Vocabulary

MERGED = 6  # a file of so many pages may hold a whole case
_KNOWN = 0.75  # less sure than this, a paper may be of another kind


@dataclass(frozen=True)
class WholeDoubt:
    """Pages that may hold papers which nobody saw, and why. ``kinds``: which; () means any."""

    file: str
    page_from: int
    page_to: int
    reason: str
    kinds: tuple[str, ...] = ()

    def about(self, *kinds: str) -> bool:
        """True when a paper of ``kinds`` may lie there."""
        return not self.kinds or bool(set(kinds) & set(self.kinds))


def too_long(
    docs: Iterable[Document], pages: tuple[Page, ...], vocab: Vocabulary
) -> list[WholeDoubt]:
    """Papers of one file with more pages than such a paper has, unless their own numbers count on:
    they may have swallowed others.
    """
    own = own_numbers(pages)
    out = []
    for doc in docs:
        longest = vocab.kinds[doc.kind].longest
        first, last = doc.page_from + longest, doc.page_to
        counted = all(own.get(i) == own.get(i - 1, 0) + 1 for i in range(first - 1, last))
        if longest and last >= first and not counted:
            reason = f"{doc.kind}有 {last - doc.page_from + 1} 页，可能混有其他文书"
            out.append(WholeDoubt(doc.file, first, last, reason))
    return out


def passed_over(
    docs: Iterable[Document], pages: tuple[Page, ...], vocab: Vocabulary
) -> Iterator[WholeDoubt]:
    """Pages inside a paper at the top of which the title of another stands, small or at the side:
    it was taken for a mention.
    """
    for doc in docs:
        for page in pages[doc.page_from : doc.page_to]:
            for line in title_lines(page)[:3]:
                text = without_spaces(line.text)
                guess = None if STOP.search(text) else vocab.guess(text)
                if guess and not guess.alike and guess.kind not in (doc.kind, UNKNOWN):
                    reason = f"第 {page.number} 页上端有“{text}”，可能是另一份文书"
                    yield WholeDoubt(doc.file, page.number, page.number, reason, (guess.kind,))
                    break


def not_found(
    catalogue: Iterable[Entry], docs: list[Document], room: bool, vocab: Vocabulary
) -> Iterator[WholeDoubt]:
    """Kinds that the case's own catalogue lists and that no paper was taken for. ``room``: there
    are pages that may be something else; where every page is surely known, what is listed and not
    found is not there.
    """
    found = {k for d in docs for k in (d.kind, *d.also)} | {UNKNOWN, CATALOGUE}
    for entry in catalogue if room else ():
        guess = vocab.guess(entry.title)
        if guess and guess.kind not in found:
            found.add(guess.kind)
            place = entry.place
            reason = f"目录第 {entry.number or '?'} 项列有“{entry.title}”，没有认出是哪一份"
            yield WholeDoubt(place.file, place.page, place.page, reason, (guess.kind,))


def has_room(
    docs: Collection[Document], pages: tuple[Page, ...], rows: list[Entry], vocab: Vocabulary
) -> bool:
    """True when some page of a file may be of another paper than was thought: its kind is a guess
    or unknown, or in a file of many papers nothing says that it goes on with the one before.
    """
    if any(_is_unsure(d, vocab) for d in docs):
        return True
    if len(pages) < MERGED:
        return False
    own, lengths = own_numbers(pages), _listed_lengths(rows)
    unlisted = (
        d for d in docs if d.kind != CATALOGUE and d.page_to - d.page_from + 1 not in lengths
    )
    later = (i for d in unlisted for i in range(d.page_from, d.page_to))
    return not all(_goes_on(pages, i, own) for i in later)


def _listed_lengths(rows: list[Entry]) -> set[int]:
    """How many pages the catalogue gives to its papers."""
    return {e.page_to - e.page_from + 1 for e in rows if e.page_from and e.page_to}


def _is_unsure(doc: Document, vocab: Vocabulary) -> bool:
    """True for a guess, and for a paper of no known kind unless its own unit said that it is
    none.
    """
    strange = doc.kind == UNKNOWN and vocab.told(doc.title) is None
    return strange or doc.guessed or doc.confidence < _KNOWN


def _goes_on(pages: tuple[Page, ...], i: int, own: dict[int, int]) -> bool:
    """True when something says that a page goes on with the one before: its own number, a mark, a
    paragraph cut by the page end.
    """
    counted = own.get(i, 0) > 1 and own.get(i) == own.get(i - 1, 0) + 1
    return counted or bool(marked(pages[i])) or flows_on(pages, i)
