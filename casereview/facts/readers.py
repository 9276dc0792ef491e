"""A paper -> its facts, as the registry says; and facts as values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from casereview.facts.approvals import approvals
from casereview.facts.form_fields import signatures
from casereview.facts.likely import read_by_likeness
from casereview.facts.reading_steps import READERS
from casereview.facts.registry import (
    CASE_STEPS,
    FactSpec,
    Labels,
    Registry,
    in_words_of,
    load_registry,
)
from casereview.facts.signature import Signature
from casereview.model import PICTURE, Fact
from casereview.papers.house import NOTHING, SIGNING, House
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import Vocabulary

Facts = dict[str, Fact]


_KNOWN: dict[Path, Registry] = {}  # by the folder they lie in


def _shipped(folder: Path) -> Registry:
    if folder not in _KNOWN:
        keep_registry(folder, load_registry(folder, READERS))
    return _KNOWN[folder]


def keep_registry(folder: Path, registry: Registry) -> None:
    """Let this be the registry that lies in ``folder``, read before."""
    _KNOWN[folder] = registry


@lru_cache(maxsize=64)
def registry_of(vocabulary: Vocabulary) -> Registry:
    """The registry that lies beside a vocabulary, read once, with what the unit told of its own
    papers. Raises RulesRefused.
    """
    return in_words_of(_shipped(vocabulary.folder), vocabulary.house)


def house_complaints(house: House, vocabulary: Vocabulary) -> list[str]:
    """What a house says of papers and facts that nobody knows, entry by entry."""
    registry, kinds = registry_of(vocabulary), vocabulary.kinds
    out = []
    for e in house.holding:
        where = f"{house.unit}的用语第 {e.number} 条："
        free = not e.fact or e.fact == NOTHING or e.fact.startswith(SIGNING)
        if e.paper and e.paper not in kinds:
            out.append(f"{where}没有文书“{e.paper}”")
        elif e.paper and not free and e.fact not in registry.of(e.paper):
            near = "、".join(registry.near(f"{e.paper}.{e.fact}")[:3])
            out.append(f"{where}{e.paper}没有要素“{e.fact}”，相近的有 {near}")
    return out


def read_facts(paper: Paper) -> Facts:
    """The registered facts of one paper under their short names, those that no step reads by
    likeness; empty when it is unreadable.
    """
    if not paper.doc.readable and not paper.running_text.lines:
        return {}
    read = (
        (name, read_fact(paper, spec) or _read_alike(paper, spec))
        for name, spec in specs_of(paper).items()
    )
    return {name: fact for name, fact in read if fact}


def _read_alike(paper: Paper, spec: FactSpec) -> Fact | None:
    """A fact by likeness, unless its own field is filled by hand: that is its value, not read."""
    fact = read_by_likeness(paper, spec)
    if fact is None:
        return None
    own = paper.fields(*spec.labels.names, like=spec.labels.like)
    return None if any(PICTURE in found.value for found in own) else fact


def specs_of(paper: Paper) -> Mapping[str, FactSpec]:
    """The facts registered for a paper: of its kind, and of the kinds it also serves as."""
    registry = registry_of(paper.vocab)
    own = registry.of(paper.doc.kind)
    if not paper.doc.also:
        return own
    return {**{n: s for kind in paper.doc.also for n, s in registry.of(kind).items()}, **own}


def read_fact(paper: Paper, spec: FactSpec) -> Fact | None:
    """One fact: the first step that reads a value."""
    for step in spec.steps:
        if step.reader in CASE_STEPS:
            continue
        fact = READERS[step.reader](paper, step, spec)
        if fact is not None:
            return fact
    return None


def labels_of(paper: Paper, group: str) -> Labels:
    """A group of labels of the registry (文书/_栏目.yaml)."""
    return registry_of(paper.vocab).groups[group]


def label_names(paper: Paper, names: tuple[str, ...]) -> tuple[str, ...]:
    """Labels, with the names of groups among them replaced by the labels of the group, and with
    those that the unit told for one of these names.
    """
    groups = registry_of(paper.vocab).groups
    every = [x for n in names for x in (groups[n].names if n in groups else (n,))]
    every += [x for n in names for x in paper.vocab.house.labels_of(paper.doc.kind, SIGNING + n)]
    return tuple(dict.fromkeys(every))


def label_shapes(paper: Paper, names: tuple[str, ...]) -> str:
    """The shapes of the groups among labels, as one pattern; '' where they have none."""
    groups = registry_of(paper.vocab).groups
    return "|".join(groups[n].like for n in names if n in groups and groups[n].like)


def signed_at(paper: Paper, group: str) -> list[Signature]:
    """Every signing place at the labels of a group, and of the opinions that are called so."""
    labels = labels_of(paper, group)
    boxes = (b for b in approvals(paper) if labels.match(b.label) or labels.mean(b.label))
    return [
        *signatures(paper, *labels.names, like=labels.like, mean=labels.mean),
        *(box.sign for box in boxes),
    ]


def sure_day(fact: Fact) -> dt.date:
    """The day of a fact that is known to be one. Raises ValueError."""
    day = day_of(fact)
    if day is None:
        raise ValueError(f"{fact.text} is no day")
    return day


def day_of(fact: Fact | None) -> dt.date | None:
    """A date fact as a date."""
    if fact is None or not isinstance(fact.value, str):
        return None
    try:
        return dt.date.fromisoformat(fact.value[:10])
    except ValueError:
        return None
