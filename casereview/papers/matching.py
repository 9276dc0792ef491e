"""Rows of a catalogue and the papers they mean, matched all at once: the likest pairs first,
whatever their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from casereview.chinese import key, without_spaces
from casereview.papers.catalogue import Entry
from casereview.papers.paper import Paper
from casereview.papers.receipts import RECEIPT
from casereview.papers.vocabulary import ANYTHING, Guess, Vocabulary

ALIKE, KIND, PERHAPS = 88.0, 80.0, 60.0
_CONTAINED = 96.0
_SEVERAL = "现场照片"  # one sheet of photos may be listed in several rows


@dataclass(frozen=True)
class Matched:
    """A row of the catalogue, and the paper that it means; None where none was found."""

    entry: Entry
    paper: Paper | None


def match(rows: list[Entry], papers: list[Paper]) -> list[Matched]:
    """Each row with the paper that it means; a paper is meant by one row."""
    if not papers:
        return [Matched(e, None) for e in rows]
    vocab = papers[0].vocab
    written = [(paper, _written(paper)) for paper in papers]
    pairs = sorted(
        (-score, abs(n - m), n, m)
        for n, row in enumerate(rows)
        for m, score in _scores(row, written, vocab)
    )
    of_row: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, m in pairs:
        if n not in of_row and m not in taken:
            of_row[n] = m
            if papers[m].doc.kind != _SEVERAL:
                taken.add(m)
    return [Matched(e, papers[of_row[n]] if n in of_row else None) for n, e in enumerate(rows)]


def _scores(
    row: Entry, papers: list[tuple[Paper, tuple[str, str, str]]], vocab: Vocabulary
) -> Iterator[tuple[int, float]]:
    """Papers that a row may mean, with how likely: by likeness of names, by kind, and for what has
    no kind by a weaker likeness.
    """
    guess = vocab.guess(row.title)
    served = _served(row.title, vocab) if guess and guess.kind == RECEIPT else None
    plain = guess is None or guess.kind in ANYTHING
    title = key(row.title)
    for m, (paper, written) in enumerate(papers):
        same = guess is not None and not plain and paper.doc.is_kind(guess.kind)
        if same and served and _serves_other(paper, served):
            yield m, PERHAPS
        elif score := _score(_alike(title, written), same, plain):
            yield m, score


def _serves_other(paper: Paper, served: Guess) -> bool:
    """True for a receipt that says what it serves, and that is something else."""
    return bool(paper.doc.serves) and served.kind not in paper.doc.serves


def _score(alike: float, same: bool, plain: bool) -> float:
    """How likely a row means a paper; 0 where it does not. ``same``: the kind is the same;
    ``plain``: the row has none.
    """
    if alike >= ALIKE:
        return alike + same
    if same:
        return KIND + alike / 100
    return alike if plain and alike >= PERHAPS else 0.0


def _served(title: str, vocab: Vocabulary) -> Guess | None:
    """The paper that a listed receipt serves, from what follows in its title."""
    rest = re.sub(r"^.*?回[证执]", "", title)
    return vocab.guess(re.sub(r"[（()）]", "", rest)) if rest else None


def _written(paper: Paper) -> tuple[str, str, str]:
    """The title, the file name and the first lines of a paper, as keys; of a sheet on which
    evidence is pasted what it names in the place of its title.
    """
    name = re.sub(r"^[\d.、\-_\s]+|\.[A-Za-z]{2,5}$", "", paper.doc.file.rsplit("/", 1)[-1])
    head = "".join(without_spaces(ln.text) for _, ln in paper.running_text.lines[:3])
    labels = paper.vocab.kinds["证据材料"].fields.get("所贴证据", ())
    pasted = paper.field(*labels) if paper.doc.kind in ANYTHING else None
    return key(pasted.value if pasted else paper.doc.title), key(name), key(head)[:60]


def _alike(title: str, written: tuple[str, str, str]) -> float:
    """How like a row's title is to what is written on a paper and on its file."""
    called, file, head = written
    if len(title) >= 5 and (title in called or title in file or title in head):
        return _CONTAINED
    return max(fuzz.ratio(title, called), fuzz.ratio(title, file))
