"""An item of the standard for who reads it: what it asks, how it is judged, on which articles and
numbers of the law it rests, its examples, and where it failed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from casereview.authoring.fixtures import books, load_book
from casereview.errors import CaseReviewError
from casereview.law.parameters import Parameter
from casereview.law.statutes import Statutes
from casereview.record.edition import Edition, EditionItem
from casereview.record.result import Result
from casereview.rounds.cases import Looked
from casereview.rules.checklist import Check
from casereview.rules.condition_text import parameters_of, said
from casereview.rules.kinds.kind import Of
from casereview.rules.rulebook import Rules, find_checklist, load_rules

DECIDED = ".作出日期"  # of every paper that concludes a case


@dataclass(frozen=True)
class Example:
    """A fixture of the item: what it shows and the verdict it must get."""

    name: str
    verdict: str


@dataclass(frozen=True)
class Term:
    """A value of a number of the law: from when to when, how much, by which source, how well
    known.
    """

    name: str
    days: str
    amount: str
    source: str
    proof: str


@dataclass(frozen=True)
class LawText:
    """A version of a law on which the item rests: from when to when it stands, and how well it is
    known.
    """

    title: str
    days: str
    proof: str


@dataclass(frozen=True)
class ItemCard:
    """An item as it was applied, with what today's rules tell of it; ``current`` False: they no
    longer hold it. ``laws``: the versions of the laws it rests on, the newest first; ``failed``:
    the cases of the round that fail it, by number, unit and name.
    """

    item: EditionItem
    current: bool
    when: str
    how: str
    note: str
    laws: tuple[LawText, ...]
    terms: tuple[Term, ...]
    examples: tuple[Example, ...]
    failed: tuple[tuple[int, str, str], ...]


def item_card(edition: Edition, item: EditionItem, results: Sequence[Looked]) -> ItemCard:
    """The card of one item of an edition. ``results``: the cases of the round."""
    rules = _rules(edition.id)
    check = rules.checklist.get(item.id) if rules else None
    failed = tuple(
        (n, r.unit, r.title)
        for n, r in enumerate(results, 1)
        for f in r.findings
        if f.check == item.id and f.failed
    )
    return ItemCard(
        item,
        check is not None,
        said(check.when) if check else "",
        check.kind.rule() if check else "",
        check.note if check else "",
        tuple(_laws(item, rules.law.statutes)) if rules else (),
        _terms(check, rules.parameters) if check and rules else (),
        tuple(_examples().get(item.id, ())),
        failed,
    )


def laws_beside(
    edition: Edition | None, item: EditionItem | None, r: Result, day: str
) -> list[LawText]:
    """The versions of the laws that an item names which were in force when the case was decided,
    with how well the index knows them. ``day``: that of the review (ISO), where no decision tells
    one.
    """
    rules = _rules(edition.id) if edition and item else None
    if rules is None or item is None:
        return []
    told = (_day(f.value) for name, f in r.facts.items() if name.endswith(DECIDED))
    when = next(filter(None, told), dt.date.fromisoformat(day))
    return list(_laws(item, rules.law.statutes, when))


def _day(value: object) -> dt.date | None:
    """A day as a fact has it; None for what is none."""
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def have_ready(editions: Iterable[Edition]) -> None:
    """Read what the cards of these checklists will want before somebody waits for one."""
    for edition in editions:
        _rules(edition.id)


@lru_cache(maxsize=16)
def _rules(checklist: str) -> Rules | None:
    """Today's checklist of this id; None where there is none."""
    try:
        rules = load_rules(str(find_checklist(checklist)))
    except CaseReviewError:
        return None
    return rules if rules.checklist.id == checklist else None


def _laws(item: EditionItem, statutes: Statutes, day: dt.date | None = None) -> Iterator[LawText]:
    """Every version of the laws that an item names, as the index has them; on a ``day`` those in
    force.
    """
    titles = dict.fromkeys("".join(takewhile(lambda c: not c.isdigit(), b)) for b in item.basis)
    for title in titles:
        for v in reversed(statutes.find(title)):
            if day and not v.stands_on(day):
                continue
            days = f"{v.since or ''} 起" + (f"，至 {v.ended}（不含）" if v.ended else "")
            known = f"，核实到 {v.known_until}" if v.known_until else ""
            yield LawText(v.title, days, ("读过原文" if v.verified else "待核实") + known)


def _terms(check: Check, parameters: dict[str, Parameter]) -> tuple[Term, ...]:
    names = dict.fromkeys((*parameters_of(check.when), *check.kind.names(Of.PARAMETER)))
    return tuple(
        Term(
            name,
            f"{v.since} {f'至 {v.until}' if v.until else '起'}",
            f"{v.value}{v.unit}" + (f"（{v.day_kind}）" if v.day_kind else ""),
            v.source,
            v.proof,
        )
        for name in names
        for v in parameters[name].values
    )


@lru_cache(maxsize=1)
def _examples() -> dict[str, list[Example]]:
    """The fixtures that come along, by item."""
    out: dict[str, list[Example]] = {}
    for path in books():
        for check, cases in load_book(path)["样例"].items():
            out.setdefault(check, []).extend(
                Example(name, str(spec["应为"])) for name, spec in cases.items()
            )
    return out
