"""A whole case, read: its files, its papers with their facts, its unit's lists, and the one
function that may say 'missing'.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from casereview.facts.doubt import Answer, Doubt, Unknown, looked, unknown
from casereview.facts.elsewhere import told_elsewhere
from casereview.facts.misread_days import contradicted
from casereview.facts.procedures import procedures
from casereview.facts.readers import Facts, read_facts, registry_of, specs_of
from casereview.facts.registry import ANY_PAPER, FactSpec, Registry
from casereview.facts.serving import (
    OF_RECEIPT,
    RECEIPT,
    SERVED,
    in_row,
    may_serve,
    plain,
    serves_of,
    together,
)
from casereview.model import CUT, Document, Fact, Place, SourceFile, UnitPapers
from casereview.papers.cut_pages import Where, cut_pages
from casereview.papers.doubts import WholeDoubt
from casereview.papers.paper import Paper
from casereview.papers.paper_kind import Kind
from casereview.papers.plain_forms import written_plainly
from casereview.papers.vocabulary import UNKNOWN, Vocabulary
from casereview.papers.whole import may_be, papers_of, photos_listed
from casereview.reading.intake import CaseRef
from casereview.reading.safe_open import holds_nothing

CATALOGUE = "卷内目录"
SHORT = 4  # pages up to which an unread file of a known paper can hold no other
SURE_KIND = 0.8  # how sure the kind of an unread paper must be
_KEPT = ("sources", "papers", "unit", "doubts", "_titles_lost", "_cut")


@dataclass
class CaseFile:
    """Everything known of one case before judging."""

    ref: CaseRef
    sources: list[SourceFile]
    papers: list[Paper]
    unit: UnitPapers = field(default_factory=UnitPapers)
    doubts: tuple[WholeDoubt, ...] = ()
    misread: dict[tuple[int, str], Fact] = field(default_factory=dict)
    told: dict[Place, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the facts now: a paper that cannot be understood counts as unread before anything is
        judged.
        """
        len(self._facts)

    def __del__(self) -> None:
        """What a paper was asked for holds the paper: it goes with the case, and waits for nobody
        who looks for rubbish.
        """
        for paper in self.papers:
            paper.forget()

    def state(self) -> tuple[list[Facts], dict[str, Any]]:
        """The facts of the papers in their order, and all else that was read, to be kept;
        ``of_state`` makes the case of it again.
        """
        at = {id(p): n for n, p in enumerate(self.papers)}
        misread = [(at[paper], name, fact) for (paper, name), fact in self.misread.items()]
        rest = {name: getattr(self, name) for name in _KEPT}
        return [self._facts[id(p)] for p in self.papers], rest | {"misread": misread}

    @classmethod
    def of_state(cls, ref: CaseRef, facts: dict[int, Facts], rest: dict[str, Any]) -> CaseFile:
        """A case as it was read before. ``facts``: by the id of their paper."""
        odd = {(id(rest["papers"][n]), name): fact for n, name, fact in rest["misread"]}
        case = cls.__new__(cls)
        case.__dict__ |= rest | {"ref": ref, "misread": odd, "told": {}, "_facts": facts}
        return case

    @cached_property
    def _of_kinds(self) -> dict[tuple[str, ...], list[Paper]]:
        """The papers that were asked for, by their kinds."""
        return {}

    @cached_property
    def _read(self) -> dict[tuple[str, ...], list[Paper]]:
        """Those of them that could be read."""
        return {}

    @cached_property
    def _unknown(self) -> dict[tuple[int, str], Unknown]:
        """Why facts that were asked for are not known, by paper and name."""
        return {}

    @cached_property
    def _looked(self) -> dict[tuple[int, str], Answer]:
        """The same after the last look."""
        return {}

    @cached_property
    def _hiding(self) -> dict[tuple[str, ...], list[SourceFile]]:
        """What may hide the kinds that were asked for."""
        return {}

    @cached_property
    def _facts(self) -> dict[int, Facts]:
        out: dict[int, Facts] = {}
        for p in self.papers:
            try:
                out[id(p)] = read_facts(p)
            # one odd paper must not take the case along, and what was not understood is not missing
            except Exception as e:
                p.doc = replace(p.doc, readable=False)
                logging.getLogger(__name__).warning("%s: %s", p.doc.kind, type(e).__name__)
                out[id(p)] = {}
        for p, name in contradicted(self.papers, out):
            self.misread[id(p), name] = out[id(p)].pop(name)
        self._take_from_receipts(out)
        return out

    def _take_from_receipts(self, facts: dict[int, Facts]) -> None:
        """Give each served paper what its receipts say of its service; they speak before a
        signature on the paper itself.
        """
        for p in self.papers:
            for name, spec in self._specs(p.doc.kind).items() if p.doc.readable else ():
                if not spec.from_receipts:
                    continue
                got = [
                    (r, f)
                    for r in self.receipts(p.doc.kind)
                    if (f := self._of_receipt(facts[id(r)], r, p.doc.kind, spec.from_receipts))
                ]
                if got:
                    facts[id(p)][name] = together(got, self._specs(RECEIPT)[spec.from_receipts])

    def _of_receipt(self, read: Facts, receipt: Paper, kind: str, name: str) -> Fact | None:
        """What a receipt says of the service of one kind of paper: in the row of that paper, where
        it has a row for each.
        """
        return in_row(receipt, kind, self._specs(RECEIPT)[name]) or read.get(name)

    def _specs(self, kind: str) -> Mapping[str, FactSpec]:
        return registry_of(self.papers[0].vocab).of(kind)

    def facts_of(self, paper: Paper) -> Facts:
        """Facts of one paper of this case."""
        return self._facts[id(paper)]

    def ask(self, paper: Paper, name: str) -> Answer:
        """One registered fact of one paper: its value, or why it is not known. Raises KeyError for
        what is not registered.
        """
        fact = self.facts_of(paper).get(name)
        if fact is not None:
            return fact
        asked = id(paper), name
        if asked not in self._unknown:
            self._unknown[asked] = self._why_unknown(paper, name)
        return self._unknown[asked]

    def _why_unknown(self, paper: Paper, name: str) -> Unknown:
        spec = specs_of(paper)[name]
        if odd := self.misread.get((id(paper), name)):
            return Unknown(name, Doubt.CONTRADICTED, odd.place)
        if spec.from_receipts and (doubt := self._receipt_doubt(paper.doc.kind, name)):
            return doubt
        return unknown(paper, spec)

    def last_look(self, paper: Paper, name: str) -> Answer:
        """As ``ask``, for whoever is about to say that it is missing: what nobody understood on the
        paper and may be it leaves it open.
        """
        asked = id(paper), name
        if asked not in self._looked:
            answer = self.ask(paper, name)
            if not isinstance(answer, Fact):
                answer = looked(paper, specs_of(paper)[name], answer)
            self._looked[asked] = answer
        return self._looked[asked]

    def _receipt_doubt(self, kind: str, name: str) -> Unknown | None:
        """Why a receipt of ``kind`` may yet tell what none of its receipts told."""
        nameless = self._nameless_receipts()
        if nameless:
            return Unknown(name, Doubt.NOT_UNDERSTOOD, nameless[0].top())
        told = self.receipts(kind)
        if told:
            return Unknown(name, Doubt.NOT_UNDERSTOOD, told[0].top())
        return self._hidden(kind + OF_RECEIPT, name)

    def _hidden(self, kind: str, name: str) -> Unknown | None:
        """Why the papers of ``kind`` may say what no readable one says."""
        unread = [p for p in self.all(kind) if not p.doc.readable]
        if unread:
            return Unknown(name, Doubt.PAPER_UNREAD, unread[0].top())
        hiding = self.could_hide(kind)
        return Unknown(name, Doubt.FILE_UNREAD, Place(hiding[0].path, 1)) if hiding else None

    def answer(self, kind: str, name: str) -> Answer:
        """A registered fact of all papers of ``kind`` together: the first that says it, or all as
        the registry joins them (几份); else why it is not known.
        """
        fact = self.fact(kind, name)
        if fact is not None:
            return fact
        doubts = [a for p in self.readable(kind) if isinstance(a := self.ask(p, name), Unknown)]
        if doubts:
            return next((u for u in doubts if not u.missing), doubts[0])
        near = self.anchor(kind)
        absent = Unknown(name, Doubt.PAPER_ABSENT, near[0] if near else None)
        return self._hidden(kind, name) or absent

    @property
    def registry(self) -> Registry:
        """Which facts there are."""
        return registry_of(self.papers[0].vocab)

    def all(self, *kinds: str) -> list[Paper]:
        """Papers of these kinds, in file order; forms that also serve as such come after the proper
        ones. X的送达回证 are the receipts that serve an X, and unread ones that may; 卷内文书 are
        all papers.
        """
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = self._looked_for(kinds)
        return list(self._of_kinds[kinds])

    def _looked_for(self, kinds: tuple[str, ...]) -> list[Paper]:
        if ANY_PAPER in kinds:
            return self.papers
        served = {k.removesuffix(OF_RECEIPT) for k in kinds if k.endswith(OF_RECEIPT)}
        wanted = frozenset(kinds)
        own = [p for p in self.papers if p.doc.kind in wanted]
        others = (p for p in self.papers if p.doc.kind not in wanted)
        return [*own, *(p for p in others if wanted & {*p.doc.also} or may_serve(p, served))]

    def readable(self, *kinds: str) -> list[Paper]:
        """The papers of these kinds that could be read."""
        if kinds not in self._read:
            self._read[kinds] = [p for p in self.all(*kinds) if p.doc.readable]
        return list(self._read[kinds])

    def one(self, *kinds: str) -> Paper | None:
        """The first readable paper of these kinds."""
        return next(iter(self.readable(*kinds)), None)

    def each(self, kind: str, name: str) -> list[tuple[Paper, Fact]]:
        """A fact of every readable paper of ``kind`` that has it; one entry where the registry
        joins them.
        """
        got = self._told(kind, name)
        spec = self._specs(plain(kind)).get(name) if self.papers else None
        if got and spec and spec.joint and kind != RECEIPT:
            return [(got[0][0], together(got, spec))]
        return got

    def fact(self, kind: str, name: str) -> Fact | None:
        """A fact of the readable papers of ``kind``: of the first that has it, or of all of them as
        the registry joins them (几份).
        """
        got = self._told(kind, name)
        spec = self._specs(plain(kind)).get(name) if self.papers else None
        if not got and spec and spec.from_receipts:
            kind, name = kind + OF_RECEIPT, spec.from_receipts
            got = self._told(kind, name)
            spec = self._specs(RECEIPT).get(name)
        return together(got, spec) if got else self._elsewhere(kind, name)

    def _told(self, kind: str, name: str) -> list[tuple[Paper, Fact]]:
        """A fact of every readable paper of ``kind`` that has it."""
        return [(p, f) for p in self.readable(kind) if (f := self.facts_of(p).get(name))]

    def _elsewhere(self, kind: str, name: str) -> Fact | None:
        """A day that the only paper of ``kind`` hides, as other papers tell it."""
        own = [p for p in self.readable(kind) if p.doc.kind == kind]
        return self.told_elsewhere(own[0], name) if len(own) == 1 else None

    def told_elsewhere(self, paper: Paper, name: str) -> Fact | None:
        """A day that a paper hides, as other papers tell it; where they do is kept in ``told``."""
        spec = self._specs(paper.doc.kind).get(name)
        fact = told_elsewhere(paper, spec, self.papers, self._facts) if spec else None
        if fact is not None:
            self.told[fact.place] = f"{paper.doc.kind}.{name}"
        return fact

    def receipts(self, *kinds: str) -> list[Paper]:
        """Readable 送达回证 that serve one of ``kinds``."""
        return [p for p in self.readable(RECEIPT) if set(serves_of(p)) & set(kinds)]

    @property
    def unread(self) -> list[SourceFile]:
        """Files that could not be read in full, but for junk."""
        return [s for s in self.sources if s.outcome not in ("readable", "skipped")]

    @property
    def understood(self) -> bool:
        """True where every file was read, every paper is surely known as one kind, and the case has
        a catalogue against which its papers were checked.
        """
        docs = [p.doc for p in self.papers]
        known = all(d.readable and d.kind != UNKNOWN and d.confidence >= SURE_KIND for d in docs)
        listed = bool(self.readable(CATALOGUE))
        return known and listed and not self.unread and not self.doubts

    def could_hide(self, *kinds: str) -> list[SourceFile]:
        """Files that may hold a paper of ``kinds`` unseen: every file not fully read, except one
        whose every unread part is known as another kind; and one with a page that may have lost
        its title. A file that can hold no paper, being empty or of such a format, tells by its name
        alone which one may have been lost.

        The one function that decides whether 'missing' may be said (DESIGN promise 2).
        """
        if kinds not in self._hiding:
            wanted = tuple(plain(k) for k in kinds)
            unread = self.unread
            self._hiding[kinds] = [
                s
                for s in self.sources
                if (s in unread and self._may_hide(s, wanted)) or s.path in self._titles_lost
            ]
        return list(self._hiding[kinds])

    @cached_property
    def _titles_lost(self) -> set[str]:
        return {s.path for s in self.sources if self._title_lost(s)}

    def _title_lost(self, source: SourceFile) -> bool:
        """True for a file with a cut page that was taken for more of the paper before it, or of
        which nobody knows what it is. What lies on a page hides no title of another.
        """
        docs = [p.doc for p in self.papers if p.doc.file == source.path]
        sure = (d for d in docs if d.kind != UNKNOWN and d.confidence >= SURE_KIND)
        known = {d.page_from for d in sure if not d.looked}
        pages = (p for p in source.pages if p.number not in known)
        return any(p.hides == CUT or self._cut.get((source.path, p.number)) for p in pages)

    @cached_property
    def _cut(self) -> dict[Where, bool]:
        """The pages that show less of their sheet than the others; True where a title is gone."""
        docs = [p.doc for p in self.papers]
        return cut_pages({(s.path, p.number): p for s in self.sources for p in s.pages}, docs)

    def _may_hide(self, source: SourceFile, kinds: tuple[str, ...]) -> bool:
        """True for an unread file that may hold a paper of ``kinds``."""
        docs = [p.doc for p in self.papers if p.doc.file == source.path and not p.doc.readable]
        if holds_nothing(source):
            return any(d.is_kind(*kinds) for d in docs)
        others = all(_is_other(d, kinds) for d in docs)
        known = bool(docs) and len(source.pages) <= SHORT and others
        return source.format != "media" and not known

    def hidden_at(self, place: Place) -> str:
        """Why the paper at a place may say more than was read, a page being covered or cut; ''."""
        first, last = self._extent(place)
        pages = (p for s in self.sources if s.path == place.file for p in s.pages)
        own = [p for p in pages if first <= p.number <= last]
        cut = CUT * any((place.file, p.number) in self._cut for p in own)
        return next((p.hides for p in own if p.hides), cut)

    def _extent(self, place: Place) -> tuple[int, int]:
        """First and last page of the paper on which a place stands."""
        docs = (p.doc for p in self.papers if p.doc.file == place.file)
        own = next((d for d in docs if d.page_from <= place.page <= d.page_to), None)
        return (own.page_from, own.page_to) if own else (place.page, place.page)

    def stand_ins(self, *kinds: str) -> list[Paper]:
        """Readable papers that may be one of ``kinds`` under a name that nobody knows: their kind
        is a guess at best, and they speak of what makes the kind.

        A paper with a strange title must not be called missing because its title is strange (DESIGN
        promise 2).
        """
        wanted = tuple(plain(k) for k in kinds)
        known = [k for name, k in self._vocabulary_kinds() if name in wanted]
        others = (p for p in self.papers if not p.doc.is_kind(*wanted))
        strange = [p for p in others if any(may_be(p, kind) for kind in known)]
        of_receipts = any(k.endswith(OF_RECEIPT) for k in kinds)
        return [*(self._nameless_receipts() if of_receipts else ()), *strange]

    def _nameless_receipts(self) -> list[Paper]:
        """Receipts that do not say what they serve."""
        return [p for p in self.readable(RECEIPT) if not serves_of(p)]

    def _vocabulary_kinds(self) -> Iterable[tuple[str, Kind]]:
        return self.papers[0].vocab.kinds.items() if self.papers else ()

    def doubts_about(self, *kinds: str) -> list[WholeDoubt]:
        """Doubts of the whole reading that a paper of ``kinds`` may be unseen: none of them may be
        called missing (DESIGN promise 12).
        """
        return [d for d in self.doubts if d.about(*(plain(k) for k in kinds))]

    def anchor(self, *kinds: str) -> tuple[Place, ...]:
        """Where an absence was looked for: the catalogue and the papers next to which it should
        stand.
        """
        near = self.readable(CATALOGUE)[:1] + [p for k in kinds for p in self.readable(k)][:2]
        near = near or self.papers[:1]
        return tuple(p.top() for p in near)

    def flat_facts(self, decisions: Iterable[str]) -> dict[str, Fact]:
        """'文书.要素' -> fact, the first paper of a kind speaking for it. For 送达回证 speaks the
        receipt of what the file decides (``decisions``: the kinds that conclude its procedure),
        else that of any paper that concludes one.
        """
        out: dict[str, Fact] = {}
        ordered = [p for p in self.papers if p.doc.kind != RECEIPT] + self._speaking(decisions)
        for p in ordered:
            own = self._specs(p.doc.kind)
            for name, f in self.facts_of(p).items():
                if name in own:
                    out.setdefault(f"{p.doc.kind}.{name}", f)
        for r in self.readable(RECEIPT):
            for name in (f"{kind}.{SERVED}" for kind in serves_of(r)):
                if served := self.facts_of(r).get(SERVED):
                    out.setdefault(name, served)
        return out | self._joined_facts()

    def _speaking(self, decisions: Iterable[str]) -> list[Paper]:
        """The receipts that speak for 送达回证."""
        every = procedures(self.papers[0].vocab.folder) if self.papers else {}
        concluding = [kind for p in every.values() for kind in p.concludes]
        return self.receipts(*decisions) or self.receipts(*concluding)

    def _joined_facts(self) -> dict[str, Fact]:
        """Facts that several papers of a kind tell together."""
        kinds = {p.doc.kind for p in self.papers} - {RECEIPT}
        specs = ((kind, spec) for kind in sorted(kinds) for spec in self._specs(kind).values())
        named = ((f"{kind}.{s.name}", self.fact(kind, s.name)) for kind, s in specs if s.joint)
        return {name: fact for name, fact in named if fact}


def _is_other(doc: Document, kinds: tuple[str, ...]) -> bool:
    """True for a paper that is surely known and none of ``kinds``."""
    known = doc.confidence >= SURE_KIND and doc.kind != UNKNOWN
    return known and not doc.is_kind(*kinds) and ANY_PAPER not in kinds


def assemble(
    ref: CaseRef,
    sources: list[SourceFile],
    vocab: Vocabulary,
    unit: UnitPapers,
    corrections: list[Document] | None = None,
) -> CaseFile:
    """Split the files into documents, tie them together. ``corrections``: documents set by a
    reviewer, which replace those of their files.
    """
    sources = [written_plainly(s, vocab) for s in photos_listed(sources, vocab)]
    read = papers_of(sources, vocab, corrections or [])
    return CaseFile(ref, sources, list(read.papers), unit, read.doubts)
