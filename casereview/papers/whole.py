"""All files of a case -> its papers, read in the way that fits its own catalogue best, with what
remains suspicious.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace

from casereview.chinese import key, without_spaces
from casereview.model import Document, SourceFile
from casereview.papers.catalogue import CATALOGUE, Entry, entries_of
from casereview.papers.doubts import (
    MERGED,
    WholeDoubt,
    has_room,
    not_found,
    passed_over,
    too_long,
)
from casereview.papers.listed import unfound
from casereview.papers.paper import Paper
from casereview.papers.paper_kind import Kind
from casereview.papers.receipts import RECEIPT, may_be_served, served_here
from casereview.papers.running_heads import RunningHeads, running_heads
from casereview.papers.running_text import RunningText
from casereview.papers.split import split
from casereview.papers.titles import text_of
from casereview.papers.vocabulary import ANYTHING, UNKNOWN, Vocabulary

_EVIDENCE = ("证据材料", "现场照片")  # what a photo may be anyway
RECORDINGS = "音像资料清单"
_SHEET = 0.9  # from here on a picture is a paper that was photographed
_GUESS = 0.96  # less sure than this, a kind may be another
_KNOWN_OTHER = 0.8  # from here on it is known what a paper without a kind of its own is
_WORDLESS = 60  # so few characters tell nothing


@dataclass(frozen=True)
class Split:
    """The papers of a case, and the doubts of the whole about them."""

    papers: tuple[Paper, ...]
    doubts: tuple[WholeDoubt, ...] = ()


def papers_of(
    sources: list[SourceFile], vocab: Vocabulary, corrections: Iterable[Document] = ()
) -> Split:
    """The papers of a case. ``corrections``: documents set by a reviewer, which replace those of
    their files and are not doubted. Where every page was read and none is suspected, what the
    catalogue lists and nobody found is not in the file.
    """
    heads = running_heads(sources, vocab)
    fixed = _by_file(corrections)
    papers: list[Paper] = []
    doubts: list[WholeDoubt] = []
    for source in sources:
        docs = fixed.get(source.path) or _best(source, vocab, heads)
        if source.path not in fixed:
            pages = tuple(heads.without(source.path, p) for p in source.pages)
            doubts += [*too_long(docs, pages, vocab), *passed_over(docs, pages, vocab)]
        papers += _papers(source, docs, vocab, heads)
    papers = _standing_in([_serving(p, papers) for p in papers], vocab, fixed)
    rows, docs = _rows(papers), [p.doc for p in papers]
    found = [s for s in sources if s.path not in fixed]
    room = bool(doubts) or _any_room(found, docs, rows, vocab)
    doubts += not_found(rows, docs, room, vocab)
    return Split(tuple(papers), tuple(doubts))


def _by_file(docs: Iterable[Document]) -> dict[str, list[Document]]:
    out: dict[str, list[Document]] = {}
    for doc in docs:
        out.setdefault(doc.file, []).append(doc)
    return out


def _papers(
    source: SourceFile, docs: list[Document], vocab: Vocabulary, heads: RunningHeads
) -> Iterator[Paper]:
    """The documents of a file with their text, without running heads."""
    for doc in docs:
        own = tuple(p for p in source.pages if doc.page_from <= p.number <= doc.page_to)
        pages = heads.running(source.path, own)
        yield Paper(doc, RunningText(source.path, pages), vocab)


def _serving(paper: Paper, papers: list[Paper]) -> Paper:
    """A receipt that did not say what it serves in words that anybody knows, with the papers of
    the case that it names by their own titles and that no other receipt serves (a slip of the post
    lies beside the receipt); any other paper as it is.
    """
    doc = paper.doc
    if doc.kind != RECEIPT or doc.serves or not doc.readable:
        return paper
    named = served_here(key(paper.running_text.without_spaces), _titles_served(papers))
    served = {kind for p in papers for kind in p.doc.serves}
    serves = tuple(kind for kind in named if kind not in served)
    if not serves:
        return paper
    return Paper(replace(doc, serves=serves), paper.running_text, paper.vocab)


def _standing_in(papers: list[Paper], vocab: Vocabulary, fixed: Container[str]) -> list[Paper]:
    """The papers, those that stand in for a kind of which the case has none as that kind (a list of
    what was checked, without a record of the check), but in files ``fixed`` by a reviewer.
    """
    there = {kind for p in papers for kind in (p.doc.kind, *p.doc.also)}
    out = []
    for p in papers:
        kind = vocab.kinds[p.doc.kind].stands_in if p.doc.kind in vocab.kinds else ""
        alone = kind and kind not in there and p.doc.file not in fixed
        out.append(Paper(replace(p.doc, kind=kind), p.running_text, p.vocab) if alone else p)
    return out


def _titles_served(papers: list[Paper]) -> Iterator[tuple[str, list[str]]]:
    """The kinds of papers that may be served, with the forms of their titles."""
    for p in papers:
        if p.doc.readable and may_be_served(p.doc.kind, p.vocab):
            yield p.doc.kind, p.vocab.title_forms(p.doc.title)


def _rows(papers: list[Paper]) -> list[Entry]:
    """The rows of every catalogue of a case."""
    listed = [p for p in papers if p.doc.kind == CATALOGUE]
    return [e for p in listed for e in entries_of(p.running_text, p.vocab)]


def _any_room(
    sources: list[SourceFile], docs: list[Document], rows: list[Entry], vocab: Vocabulary
) -> bool:
    """True when some page of some file was not read, or may be of another paper than thought."""
    if not all(d.readable for d in docs):
        return True
    return any(
        has_room([d for d in docs if d.file == s.path], s.pages, rows, vocab) for s in sources
    )


def _best(source: SourceFile, vocab: Vocabulary, heads: RunningHeads) -> list[Document]:
    """The documents of a file: titles lead; where the file's own catalogue then lists papers that
    were not found, or a paper is too long, the catalogue leads, and the better of the two is kept.
    """
    docs = split(source, vocab, heads=heads)
    rows = catalogue_of(source, docs, vocab) if len(source.pages) >= MERGED else []
    if not rows:
        return docs
    docs = split(source, vocab, rows, heads)
    if not _faults(docs, rows, source, vocab):
        return docs
    led = split(source, vocab, rows, heads, face_value=True)
    return min((docs, led), key=lambda d: _faults(d, rows, source, vocab))


def _faults(docs: list[Document], rows: list[Entry], source: SourceFile, vocab: Vocabulary) -> int:
    """How much speaks against a split: listed papers not found, papers too long."""
    kinds = Counter(k for d in docs for k in (d.kind, *d.also))
    return len([*unfound(rows, kinds, vocab)]) + len(too_long(docs, source.pages, vocab))


def catalogue_of(source: SourceFile, documents: list[Document], vocab: Vocabulary) -> list[Entry]:
    """Entries of the 卷内目录 found in ``source``."""
    out: list[Entry] = []
    for d in documents:
        if d.kind == CATALOGUE and d.file == source.path:
            pages = source.pages[d.page_from - 1 : d.page_to]
            out += entries_of(RunningText(source.path, pages), vocab)
    return out


def photographed(sources: list[SourceFile], vocab: Vocabulary) -> list[SourceFile]:
    """Pictures in places for photos that show a paper of a known title are that paper, whatever
    their file is called; all others are photos.
    """
    return [_paper_or_photo(s, vocab) if s.format == "photo" and s.pages else s for s in sources]


def _paper_or_photo(source: SourceFile, vocab: Vocabulary) -> SourceFile:
    if source.outcome != "readable":
        return source
    shown = replace(source, format="image")
    first = split(shown, vocab)[0]
    known = first.confidence >= _SHEET and first.kind not in (UNKNOWN, *_EVIDENCE)
    return shown if known else replace(source, pages=())


def photos_listed(sources: list[SourceFile], vocab: Vocabulary) -> list[SourceFile]:
    """Loose pictures that a 音像资料清单 of the case lists are photos, not pages of documents."""
    sources = photographed(sources, vocab)
    loose = [s for s in sources if s.format == "photo" and s.outcome == "scanned"]
    if not loose:
        return sources
    text = "".join(_lists([s for s in sources if s not in loose], vocab)).replace("\n", "")
    listed = {s.path for s in loose if s.path.rsplit("/", 1)[-1].rsplit(".", 1)[0] in text}
    return [
        replace(s, outcome="readable", detail="", pages=()) if s.path in listed else s
        for s in sources
    ]


def _lists(sources: list[SourceFile], vocab: Vocabulary) -> Iterator[str]:
    """The text of every list of recordings."""
    for s in sources:
        if s.pages and any(d.kind == RECORDINGS for d in split(s, vocab)):
            yield RunningText(s.path, s.pages).without_spaces


def _is_known(doc: Document) -> bool:
    """True for a paper whose kind is more than a guess, or of which it is known that it is of no
    kind that is asked for.
    """
    if doc.kind == UNKNOWN:
        return doc.confidence >= _KNOWN_OTHER
    return doc.confidence >= _GUESS or not doc.guessed


def may_be(paper: Paper, kind: Kind) -> bool:
    """True when a readable paper may be one of ``kind`` under a name that nobody knows: its own
    kind is a guess at best, its title does not speak against it, and it speaks of what makes the
    kind. A picture without words may be any paper that is often enclosed as one.
    """
    doc, text = paper.doc, paper.running_text.without_spaces
    if not doc.readable or doc.is_kind(kind.name):
        return False
    if doc.kind in ANYTHING and kind.untitled and paper.running_text.pictures:
        return len(text) < _WORDLESS
    title = without_spaces(doc.title)
    called = kind.untitled or kind.may_be_called(title, paper.vocab.titles)
    if _is_known(doc) or not called:
        return False
    if _looks_otherwise(paper, kind):
        return False
    told = _speaks_of(kind, title + "\n" + text)
    return told or (doc.kind == UNKNOWN and kind.half_shown_in(text))


def _looks_otherwise(paper: Paper, kind: Kind) -> bool:
    """True where every page surely does not look like ``kind``. What was recognised speaks against
    nothing, nor does a page that says too little: another paper may lie there.
    """
    looks = paper.vocab.looks
    pages = paper.running_text.pages
    return not paper.recognised and all(looks.against(kind.name, text_of(p)) for p in pages)


def _speaks_of(kind: Kind, text: str) -> bool:
    """True when a text carries a word that makes the kind."""
    return any(word in text for group in kind.features for word in group[0])
