"""Receipts and what they serve; several papers of one kind speaking together."""

from __future__ import annotations

from decimal import Decimal

from casereview.chinese import key, without_spaces
from casereview.chinese.wordlists import word_lists
from casereview.facts.registry import FactSpec
from casereview.facts.values import AS_TYPE
from casereview.model import Fact, Place
from casereview.papers.form_shapes import meanings
from casereview.papers.paper import Found, Paper
from casereview.papers.receipts import rows_of

RECEIPT = "送达回证"
SERVED = "送达日期"  # of a receipt, and of every paper that is served
WAYS = "送达方式.yaml"
PROVED_TWICE = 0.5  # how sure a sum is that two sorts of papers tell
OF_RECEIPT = "的" + RECEIPT  # 处罚决定书的送达回证: the receipts that serve the decision


def plain(kind: str) -> str:
    """The kind of paper that a name stands for: X的送达回证 is a 送达回证."""
    return RECEIPT if kind.endswith(OF_RECEIPT) else kind


def serves_of(receipt: Paper) -> tuple[str, ...]:
    """The kinds of paper that a receipt serves; () where it does not say."""
    return receipt.doc.serves


def may_serve(paper: Paper, served: set[str]) -> bool:
    """True for a receipt that serves one of these kinds, or is unread and may."""
    if not served or not paper.doc.is_kind(RECEIPT):
        return False
    named = serves_of(paper)
    return bool(set(named) & served) or not (named or paper.doc.readable)


def in_row(receipt: Paper, kind: str, spec: FactSpec) -> Fact | None:
    """A fact of a receipt with a row for each paper it serves, from the row of a paper of
    ``kind``: the column whose head is a label of the fact.
    """
    keys = {key(name) for name in spec.labels.names}
    for row in rows_of(receipt.running_text, receipt.vocab):
        served = {g.kind for t in row.titles if (g := receipt.vocab.guess(t))}
        for head, cell in row.cells if kind in served else ():
            asked = (key(head), *meanings(key(head)))
            if any(label in keys for label in asked) or spec.labels.match(head):
                quote = without_spaces(cell.text)[:120]
                place = Place(receipt.running_text.file, row.page, cell.box, quote)
                convert = AS_TYPE.get(spec.type)
                fact = convert(Found(cell.text, place)) if convert else None
                if fact is not None:
                    return fact
    return None


def together(told: list[tuple[Paper, Fact]], spec: FactSpec | None) -> Fact:
    """Several papers of one kind as the registry says: the first, the earliest, the latest, or the
    sum.
    """
    facts = [fact for _, fact in told]
    joint = spec.joint if spec and len(facts) > 1 else ""
    if joint == "最早":
        return min(facts, key=lambda f: str(f.value))
    if joint == "最晚":
        return max(facts, key=lambda f: str(f.value))
    if joint == "合计":
        return _sum(told)
    return facts[0]


def _sum(told: list[tuple[Paper, Fact]]) -> Fact:
    """The sum of the papers of every title; where papers of several titles (收据, 银行回单) tell
    the same sum, they prove one payment, but not surely: two penalties may be of one sum.
    """
    sums: dict[str, list[Fact]] = {}
    for paper, fact in told:
        sums.setdefault(key(paper.doc.title), []).append(fact)
    totals = {sum(Decimal(f.value) for f in facts) for facts in sums.values()}
    once = len(sums) > 1 and len(totals) == 1
    counted = next(iter(sums.values())) if once else [fact for _, fact in told]
    total = sum((Decimal(f.value) for f in counted), Decimal(0))
    said = "＋".join(str(f.value) for f in counted)
    return Fact(f"{total:f}", said, counted[-1].place, PROVED_TWICE if once else 1.0)


def is_handed_over(how: Fact) -> bool:
    """True for a paper that was handed to whom it is for (送达方式 begins with 直接, 当场 …)."""
    return str(how.value).startswith(word_lists(WAYS)["当面"])


def is_served_by(how: Fact, way: str) -> bool:
    """True when 送达方式 carries a word of one list of ``用语/送达方式.yaml``."""
    return any(word in str(how.value) for word in word_lists(WAYS)[way])


def is_recording_of_service(path: str) -> bool:
    """True for a recording whose name says that it shows the service."""
    return any(word in path for word in word_lists(WAYS)["送达音像"])
