"""Rows of the catalogue of a bound volume against the pages on which their papers begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casereview.model import SourceFile
from casereview.papers.catalogue import Entry
from casereview.papers.page_numbers import page_labels
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import Guess

BOUND = 8  # pages from which one file is a bound volume
UNNUMBERED = ("卷宗封面", "卷内目录", "备考表")  # not numbered everywhere
SURE_PAPER, SURE_TITLE = 0.8, 0.9  # how sure kinds must be that contradict each other
SHIFTED, MOSTLY = 4, 0.7  # so many rows, and such a share, off by one number: numbered from another


@dataclass(frozen=True)
class MisnumberedRow:
    """A row whose page holds another paper."""

    entry: Entry
    there: Paper


def misnumbered(
    rows: Sequence[Entry], sources: Sequence[SourceFile], papers: Sequence[Paper]
) -> MisnumberedRow | None:
    """The first row of a catalogue that names a wrong page. Where nearly all rows are off by the
    same number, the file is numbered from another page on, and none is wrong.
    """
    read = {p.doc.file for p in papers if p.doc.readable}
    for source in sources:
        if source.path in read and len(source.pages) >= BOUND and source.format == "pdf":
            volume = _Volume(source, papers)
            wrong = [bad for e, g in volume.comparable(rows) if (bad := volume.wrong(e, g))]
            if wrong and not volume.is_shifted(rows):
                return wrong[0]
    return None


class _Volume:
    """One file with printed page numbers, and the papers in it."""

    def __init__(self, source: SourceFile, papers: Sequence[Paper]):
        self.source = source
        self.labels = page_labels(source.pages)
        self.printed = {index: label for label, index in self.labels.items()}
        self.papers = [p for p in papers if p.doc.file == source.path]
        self.all_papers = papers

    def comparable(self, rows: Sequence[Entry]) -> Iterator[tuple[Entry, Guess]]:
        """Rows whose page is there and readable, with the kind of paper that their title names."""
        for e in rows:
            index = self.labels.get(e.page_from or -1)
            guess = self.all_papers[0].vocab.guess(e.title)
            if index is None or guess is None or not self.source.pages[index].readable:
                continue
            if guess.kind not in UNNUMBERED:
                yield e, guess

    def wrong(self, entry: Entry, guess: Guess) -> MisnumberedRow | None:
        """The row with the paper that stands on its page, where that surely is another one and the
        one that is meant is in the file.
        """
        page = self.labels[entry.page_from or -1] + 1
        here = next((p for p in self.papers if p.doc.page_from <= page <= p.doc.page_to), None)
        if here is None or here.doc.is_kind(guess.kind):
            return None
        sure = here.doc.confidence >= SURE_PAPER and guess.confidence >= SURE_TITLE
        there = any(p.doc.is_kind(guess.kind) for p in self.all_papers)
        return MisnumberedRow(entry, here) if sure and there else None

    def is_shifted(self, rows: Sequence[Entry]) -> bool:
        """True when nearly all rows are off by one and the same number."""
        shifts = [n for e, g in self.comparable(rows) if (n := self._shift(e, g)) is not None]
        if len(shifts) < SHIFTED:
            return False
        usual = max(set(shifts), key=shifts.count)
        return usual != 0 and shifts.count(usual) >= MOSTLY * len(shifts)

    def _shift(self, entry: Entry, guess: Guess) -> int | None:
        """How far the nearest paper of the kind that is meant begins from the page of a row."""
        firsts = (p.doc.page_from - 1 for p in self.papers if p.doc.is_kind(guess.kind))
        starts = [self.printed[n] - (entry.page_from or 0) for n in firsts if n in self.printed]
        return min(starts, key=abs, default=None)
