"""Which papers and facts of a case were asked for, not understood, and left an item open: what a
person could settle by one look, with the passages to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casereview.facts.candidates import Candidate, candidates
from casereview.facts.casefile import CaseFile
from casereview.facts.doubt import unknown
from casereview.facts.readers import Facts, label_names, label_shapes, specs_of
from casereview.facts.registry import FactSpec, Labels, Step
from casereview.facts.serving import RECEIPT, SERVED, plain
from casereview.facts.signing import signing_places
from casereview.judging.plausibility import doubted
from casereview.judging.review import finding_of
from casereview.model import FAIL, REVIEW, Finding, Place, is_absence, subject_kinds
from casereview.papers.doubts import WholeDoubt
from casereview.papers.house import SIGNING
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import UNKNOWN
from casereview.rules.checklist import Checklist
from casereview.rules.kinds.several import Several
from casereview.rules.kinds.signed import Signed
from casereview.rules.table import Context, Law

SURE = 0.75  # less sure than this, the kind of a paper is a guess
_YES_OR_NO = "是非"


@dataclass(frozen=True)
class OpenFact:
    """A fact that one paper of a case does not give: the items it left open (``reviews``) or makes
    fail by silence (``fails``), and what may be it.
    """

    paper: str
    name: str
    type: str
    place: Place
    reviews: frozenset[str]
    fails: frozenset[str]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class OpenTitle:
    """A paper whose kind is unknown or a guess. ``wanted``: kinds it may be by what was missed."""

    title: str
    kind: str
    place: Place
    reviews: frozenset[str]
    fails: frozenset[str]
    wanted: tuple[str, ...]


@dataclass(frozen=True)
class OpenCase:
    """What is open in one case. ``items``: every item left open, or failing by silence."""

    case: str
    facts: tuple[OpenFact, ...] = ()
    titles: tuple[OpenTitle, ...] = ()
    reviews: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()


@dataclass
class _Asked:
    """What one item asked for in vain."""

    facts: set[tuple[int, str]] = field(default_factory=set)
    papers: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    doubts: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """Forget it, for the next item."""
        self.facts.clear()
        self.papers.clear()
        self.doubts.clear()


class _Heard(dict):  # type: ignore[type-arg]
    """The facts of a paper, noting those that were asked for and are not there."""

    def __init__(self, facts: Facts, paper: int, asked: _Asked):
        super().__init__(facts)
        self.paper, self.asked = paper, asked

    def get(self, name: str, default: object = None) -> object:
        """As of a dict."""
        if name not in self:
            self.asked.facts.add((self.paper, name))
        return super().get(name, default)


class _Listening(CaseFile):
    """A case that notes what is asked of it in vain."""

    asked: _Asked

    @classmethod
    def to(cls, case: CaseFile) -> _Listening:
        """The same case, nothing read again."""
        out = cls.__new__(cls)
        out.__dict__.update(case.__dict__)
        out.asked = _Asked()
        return out

    def facts_of(self, paper: Paper) -> Facts:
        """Facts of one paper; what is not there is noted."""
        return _Heard(super().facts_of(paper), id(paper), self.asked)

    def stand_ins(self, *kinds: str) -> list[Paper]:
        """Papers that may be one of ``kinds``, noted."""
        out = super().stand_ins(*kinds)
        for paper in out:
            self.asked.papers[id(paper)] |= {plain(k) for k in kinds}
        return out

    def doubts_about(self, *kinds: str) -> list[WholeDoubt]:
        """Doubts about ``kinds``, noted."""
        out = super().doubts_about(*kinds)
        if out:
            self.asked.doubts |= {plain(k) for k in kinds}
        return out


class _Weights:
    """Which items hang on what."""

    def __init__(self) -> None:
        self.reviews: dict[object, set[str]] = defaultdict(set)
        self.fails: dict[object, set[str]] = defaultdict(set)
        self.kinds: dict[int, list[str]] = defaultdict(list)

    def add(self, what: object, finding: Finding) -> None:
        """One item more hangs on it."""
        held = self.reviews if finding.verdict.status == REVIEW else self.fails
        held[what].add(finding.check)


def open_case(case: CaseFile, checklist: Checklist, law: Law) -> OpenCase:
    """What is open in a case after every item was judged."""
    listening = _Listening.to(case)
    ctx = Context(listening, law)
    weights, findings = _Weights(), []
    asked: dict[str, tuple[set[tuple[int, str]], dict[int, set[str]], set[str]]] = {}
    for check in checklist.checks:
        listening.asked.clear()
        finding = finding_of(check, ctx)
        findings.append(finding)
        of = listening.asked
        asked[check.id] = set(of.facts), {k: set(v) for k, v in of.papers.items()}, set(of.doubts)
    doubtful = [f for f in doubted(findings, understood=case.understood) if _is_open(f)]
    signing = list(_unsigned(case, checklist, ctx, doubtful))
    for finding in doubtful:
        facts, papers, doubts = asked[finding.check]
        _weigh(case, weights, finding, facts or _at_places(case, finding))
        _weigh_papers(case, weights, finding, papers, doubts)
    return OpenCase(
        case.ref.key,
        (*_facts(case, weights), *signing),
        tuple(_titles(case, weights)),
        frozenset(f.check for f in doubtful if f.verdict.status == REVIEW),
        frozenset(f.check for f in doubtful if f.verdict.status == FAIL),
    )


def _is_open(finding: Finding) -> bool:
    """待复核, or a fault that rests on silence or absence."""
    v = finding.verdict
    return v.status == REVIEW or (v.status == FAIL and (v.silent or is_absence(v.subject)))


def _at_places(case: CaseFile, finding: Finding) -> set[tuple[int, str]]:
    """Facts unknown on the papers that an open finding points at: what it asked for may have been
    read past the registry.
    """
    if finding.verdict.status != REVIEW:
        return set()
    return {
        (id(p), name)
        for p in _papers_at(case, finding.verdict.places)
        for name, spec in specs_of(p).items()
        if spec.type in ("人名单", "号码", "签名") and name not in case.facts_of(p)
    }


def _papers_at(case: CaseFile, places: Iterable[Place]) -> Iterator[Paper]:
    for place in places:
        for p in case.papers:
            if p.doc.file == place.file and p.doc.page_from <= place.page <= p.doc.page_to:
                yield p


def _weigh(
    case: CaseFile, weights: _Weights, finding: Finding, facts: set[tuple[int, str]]
) -> None:
    """Count a finding for the facts that were asked for; a day of service for the receipts."""
    by_id = {id(p): p for p in case.papers}
    for number, name in facts:
        paper = by_id[number]
        spec = specs_of(paper).get(name)
        if spec is None or not paper.doc.readable:
            continue
        if spec.from_receipts:
            for receipt in case.receipts(paper.doc.kind):
                if SERVED not in case.facts_of(receipt):
                    weights.add((id(receipt), spec.from_receipts), finding)
        weights.add((number, name), finding)


def _weigh_papers(
    case: CaseFile,
    weights: _Weights,
    finding: Finding,
    papers: dict[int, set[str]],
    doubts: set[str],
) -> None:
    """Count a finding for papers that may be what it missed."""
    for number, kinds in papers.items():
        weights.add(number, finding)
        weights.kinds[number] += sorted(kinds)
    gone = subject_kinds(finding.verdict.subject) if is_absence(finding.verdict.subject) else set()
    for p in case.papers if doubts or gone else ():
        if _is_guess(p):
            weights.add(id(p), finding)
            weights.kinds[id(p)] += sorted(doubts | set(map(plain, gone)))


def _is_guess(paper: Paper) -> bool:
    doc = paper.doc
    known = paper.vocab.told(doc.title) is not None
    return not known and (doc.kind == UNKNOWN or doc.guessed or doc.confidence < SURE)


def _facts(case: CaseFile, weights: _Weights) -> Iterator[OpenFact]:
    """The facts on which items hang and for which there is something to look at."""
    for p in case.papers:
        for name, spec in specs_of(p).items():
            what = (id(p), name)
            if not (weights.reviews[what] or weights.fails[what]) or spec.type == _YES_OR_NO:
                continue
            if found := candidates(p, spec):
                yield _open_fact(p, spec, weights, found)


def _open_fact(paper: Paper, spec: FactSpec, weights: _Weights, found: list[Candidate]) -> OpenFact:
    what = (id(paper), spec.name)
    place = unknown(paper, spec).place or paper.top()
    reviews, fails = frozenset(weights.reviews[what]), frozenset(weights.fails[what])
    return OpenFact(spec.paper, spec.name, spec.type, place, reviews, fails, tuple(found))


def _unsigned(
    case: CaseFile, checklist: Checklist, ctx: Context, doubtful: Iterable[Finding]
) -> Iterator[OpenFact]:
    """Places for signing that were not found on papers of open items, under the first name by
    which the item calls them.
    """
    kinds = {c.id: c.kind for c in checklist.checks}
    for finding in doubtful:
        kind = kinds[finding.check]
        parts = [p.kind for p in kind.parts] if isinstance(kind, Several) else [kind]
        for part in parts if finding.verdict.status == REVIEW else ():
            if isinstance(part, Signed):
                yield from _not_signed(case, ctx, part, finding.check)


def _not_signed(case: CaseFile, ctx: Context, kind: Signed, check: str) -> Iterator[OpenFact]:
    for p in case.readable(*ctx.named(kind.papers)):
        for _, names in kind.roles:
            labels, shapes = label_names(p, names), label_shapes(p, names)
            if any(s.signed for s in signing_places(p, labels, shapes)):
                continue
            spec = FactSpec(p.doc.kind, SIGNING + names[0], "签名", (Step("签名", Labels(names)),))
            if found := tuple(candidates(p, spec)):
                tail, nothing = p.running_text.tail(), frozenset[str]()
                one = frozenset({check})
                yield OpenFact(spec.paper, spec.name, spec.type, tail, one, nothing, found)


def _titles(case: CaseFile, weights: _Weights) -> Iterator[OpenTitle]:
    for p in case.papers:
        reviews, fails = weights.reviews[id(p)], weights.fails[id(p)]
        if p.doc.title and p.doc.kind != RECEIPT and (reviews or fails) and _is_guess(p):
            wanted = tuple(dict.fromkeys(weights.kinds[id(p)]))
            yield OpenTitle(
                p.doc.title, p.doc.kind, p.top(), frozenset(reviews), frozenset(fails), wanted
            )
