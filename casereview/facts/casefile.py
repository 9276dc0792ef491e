"""A whole case, read: its files, its papers with their facts, its unit's lists, and the one
function that may say 'missing'.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from casereview.chinese import lost_digit
from casereview.facts.doubt import Answer, unknown
from casereview.facts.readers import Facts, read_facts, registry_of
from casereview.facts.registry import Registry
from casereview.model import Document, Fact, Place, SourceFile, UnitPapers
from casereview.papers.doubts import WholeDoubt
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import Vocabulary
from casereview.papers.whole import may_be, papers_of, photos_listed
from casereview.reading.intake import CaseRef

FAR = dt.timedelta(
    days=45
)  # further than this from every other day of the case, a recognised day is doubted
_ISO = re.compile(r"^\d{4}-\d\d-\d\d")


@dataclass
class CaseFile:
    """Everything known of one case before judging."""

    ref: CaseRef
    sources: list[SourceFile]
    papers: list[Paper]
    unit: UnitPapers = field(default_factory=UnitPapers)
    doubts: tuple[WholeDoubt, ...] = ()

    def __post_init__(self) -> None:
        """Read the facts now: a paper that cannot be understood counts as unread before anything is
        judged.
        """
        len(self._facts)

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
        self._drop_lost_digits(out)
        return out

    def _drop_lost_digits(self, facts: dict[int, Facts]) -> None:
        """Take out days recognised from an image that lie far off all others of the case and would
        lie among them with one digit more (1月 for 11月).
        """
        days = [
            dt.date.fromisoformat(f.value[:10])
            for p in self.papers
            if not p.doc.is_kind("卷宗封面", "卷内目录")
            for f in facts[id(p)].values()
            if isinstance(f.value, str) and _ISO.match(f.value)
        ]
        for p in self.papers if len(days) >= 6 else ():
            for name, f in list(facts[id(p)].items()):
                if (
                    f.place.page in p.recognised
                    and isinstance(f.value, str)
                    and _ISO.match(f.value)
                ):
                    day = dt.date.fromisoformat(f.value[:10])
                    rest = [d for d in days if d != day]
                    if (
                        rest
                        and (day < min(rest) - FAR or day > max(rest) + FAR)
                        and any(min(rest) <= d <= max(rest) for d in lost_digit(day))
                    ):
                        del facts[id(p)][name]

    def facts_of(self, paper: Paper) -> Facts:
        """Facts of one paper of this case."""
        return self._facts[id(paper)]

    def ask(self, paper: Paper, name: str) -> Answer:
        """One registered fact of one paper: its value, or why it is not known. A paper that is
        served has the day of its service from its receipts. Raises KeyError for what is not
        registered.
        """
        fact = self.facts_of(paper).get(name)
        if fact is not None:
            return fact
        return unknown(paper, self.registry.of(paper.doc.kind)[name])

    @property
    def registry(self) -> Registry:
        """Which facts there are."""
        return registry_of(self.papers[0].vocab)

    def all(self, *kinds: str) -> list[Paper]:
        """Papers of these kinds, in file order; forms that also serve as such come after the proper
        ones.
        """
        own = [p for p in self.papers if p.doc.kind in kinds]
        return own + [p for p in self.papers if p not in own and p.doc.is_kind(*kinds)]

    def readable(self, *kinds: str) -> list[Paper]:
        """The papers of these kinds that could be read."""
        return [p for p in self.all(*kinds) if p.doc.readable]

    def one(self, *kinds: str) -> Paper | None:
        """The first readable paper of these kinds."""
        return next(iter(self.readable(*kinds)), None)

    def fact(self, kind: str, name: str) -> Fact | None:
        """The first such fact among the readable papers of ``kind``."""
        return next((f for p in self.readable(kind) if (f := self.facts_of(p).get(name))), None)

    def receipts(self, *kinds: str) -> list[Paper]:
        """Readable 送达回证 that serve one of ``kinds``."""
        return [p for p in self.readable("送达回证") if set(p.doc.serves) & set(kinds)]

    @property
    def unread(self) -> list[SourceFile]:
        """Files that could not be read in full, but for junk."""
        return [s for s in self.sources if s.outcome not in ("readable", "skipped")]

    def could_hide(self, *kinds: str) -> list[SourceFile]:
        """Files that may hold a paper of ``kinds`` unseen: every file not fully read, except one
        whose every unread part is known as another kind.

        The one function that decides whether 'missing' may be said (DESIGN promise 2).
        """
        out = []
        for s in self.unread:
            docs = [p.doc for p in self.papers if p.doc.file == s.path and not p.doc.readable]
            sure = docs and all(
                d.confidence >= 0.8
                and len(s.pages) <= 4
                and not d.is_kind(*kinds)
                and d.kind != "其他"
                for d in docs
            )
            if s.format != "media" and not sure:
                out.append(s)
        return out

    def stand_ins(self, *kinds: str) -> list[Paper]:
        """Readable papers that may be one of ``kinds`` under a name that nobody knows: their kind
        is a guess at best, and they speak of what makes the kind.

        A paper with a strange title must not be called missing because its title is strange (DESIGN
        promise 2).
        """
        known = [p.vocab.kinds[k] for p in self.papers[:1] for k in kinds if k in p.vocab.kinds]
        return [
            p
            for p in self.papers
            if not p.doc.is_kind(*kinds) and any(may_be(p, kind) for kind in known)
        ]

    def doubts_about(self, *kinds: str) -> list[WholeDoubt]:
        """Doubts of the whole reading that a paper of ``kinds`` may be unseen: none of them may be
        called missing (DESIGN promise 12).
        """
        return [d for d in self.doubts if d.about(*kinds)]

    def anchor(self, *kinds: str) -> tuple[Place, ...]:
        """Where an absence was looked for: the catalogue and the papers next to which it should
        stand.
        """
        near = self.readable("卷内目录")[:1] + [p for k in kinds for p in self.readable(k)][:2]
        near = near or self.papers[:1]
        return tuple(p.top() for p in near)

    def flat_facts(self) -> dict[str, Fact]:
        """'文书.要素' -> fact, the first paper of a kind speaking for it; the decision's receipt
        speaks for 送达回证.
        """
        out: dict[str, Fact] = {}
        ordered = [p for p in self.papers if p.doc.kind != "送达回证"] + self.receipts(
            "处罚决定书", "当场处罚决定书", "不予处罚决定书"
        )
        for p in ordered:
            for name, f in self.facts_of(p).items():
                out.setdefault(f"{p.doc.kind}.{name}", f)
        out.update(self._payments())
        for kind in ("事先告知书", "听证告知书", "听证通知书", "催告书", "责令改正通知书"):
            for r in self.receipts(kind):
                if f := self.facts_of(r).get("送达日期"):
                    out.setdefault(f"{kind}.送达日期", f)
        return out

    def _payments(self) -> dict[str, Fact]:
        """Several slips speak together: the sum of all, and the last day."""
        slips = [self.facts_of(p) for p in self.readable("缴款凭证")]
        sums = [f["金额合计"] for f in slips if "金额合计" in f]
        days = [f["缴款日期"] for f in slips if "缴款日期" in f]
        out = {}
        if len(sums) > 1:
            total = sum((Decimal(f.value) for f in sums), Decimal(0))
            out["缴款凭证.金额合计"] = Fact(
                f"{total:f}", "＋".join(f.value for f in sums), sums[-1].place
            )
        if len(days) > 1:
            out["缴款凭证.缴款日期"] = max(days, key=lambda f: f.value)
        return out


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
    sources = photos_listed(sources, vocab)
    read = papers_of(sources, vocab, corrections or [])
    return CaseFile(ref, sources, list(read.papers), unit, read.doubts)
