"""An edition: a checklist as it was applied, kept with every run, so that old runs can be read,
added up and compared when the files have long changed.

Each item carries two digests. ``rule`` is over what the item declares: what it asks for, when it
applies, what it costs. ``engine`` is over what else its verdict rests on: the version of its kind
and of the named judgements, and the data by which the papers it names are read. When ``rule``
moved, the item asks for something else; when only ``engine`` moved, it asks for the same, but a
verdict that differs may be the program's doing. Wording, advice and articles do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from casereview.law.parameters import Parameter
from casereview.record.canonical_json import canonical
from casereview.record.identity import digest
from casereview.record.result import Subscripts
from casereview.rules.checklist import Check
from casereview.rules.rulebook import PAPERS, Rules, RuleSet
from casereview.rules.schemes import Scoring
from casereview.rules.table import KINDS, PREDICATES

# keys of an item that people read and that decide nothing
_WORDING = {
    "编号",
    "曾用编号",
    "名称",
    "环节",
    "三项制度",
    "依据",
    "整改建议",
    "可补正",
    "取出即改正",
    "不合格情形",
    "不适用或待复核",
    "理由",
}
_JUDGEMENT = "判定"  # the key that names a judgement of the program
_RESTS_ON = {"期限": ("calendar",), "引用条文": ("statutes.csv",)}


@dataclass(frozen=True, kw_only=True)
class EditionItem(Subscripts):
    """One item. ``by_removal``: put right by taking a paper out of the file, so that its absence
    later is no loss; ``engine``: '' in an edition from a version that did not keep it.
    """

    id: str
    name: str
    stage: str
    system: str
    points: Decimal
    veto: bool
    curable: bool
    kind: str
    rule: str
    engine: str = ""
    bonus: bool = False
    gravity: str = ""
    basis: tuple[str, ...] = ()
    advice: str = ""
    fails_when: str = ""
    former: tuple[str, ...] = ()
    by_removal: bool = False

    def costs_as(self, other: EditionItem) -> bool:
        """True when both cost the same and weigh the same."""
        return (self.points, self.veto, self.bonus, self.gravity, self.kind) == (
            other.points,
            other.veto,
            other.bonus,
            other.gravity,
            other.kind,
        )


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A checklist as applied. ``parameters``: number of the law -> digest of its values;
    ``digest``: over everything else.
    """

    id: str
    title: str
    version: str
    procedure: str
    sha256: str
    scoring: Scoring
    items: tuple[EditionItem, ...]
    parameters: dict[str, str]
    digest: str = ""

    @property
    def name(self) -> str:
        """Title and version for people."""
        return f"{self.title} {self.version}".strip()

    @property
    def checks(self) -> tuple[EditionItem, ...]:
        """The items, as a checklist calls them."""
        return self.items

    @cached_property
    def by_id(self) -> dict[str, EditionItem]:
        """The items by id."""
        return {i.id: i for i in self.items}

    def get(self, check: str) -> EditionItem | None:
        """The item with this id."""
        return self.by_id.get(check)


def to_json(edition: Edition) -> str:
    """As the store keeps it."""
    return canonical(msgspec.to_builtins(edition))


def from_json(text: str) -> Edition:
    """Read an edition of this or an earlier version. Raises msgspec.ValidationError."""
    edition = msgspec.json.decode(text, type=Edition)
    if any(i.engine for i in edition.items):
        return edition
    # before editions said by_removal, the items of one stage were put right that way
    items = tuple(replace(i, by_removal=i.stage == "结案归档") for i in edition.items)
    return replace(edition, items=items)


def edition_of(rules: Rules) -> Edition:
    """The edition of a checklist."""
    c = rules.checklist
    rows = {str(r["编号"]): r for r in rules.layers.tree.get("检查项") or [] if r.get("编号")}
    ground = _Ground(rules)
    edition = Edition(
        id=c.id,
        title=c.title,
        version=c.version,
        procedure=c.procedure,
        sha256=c.sha256,
        scoring=c.scoring,
        items=tuple(_item(x, rows[x.id], ground) for x in c.checks),
        parameters={n: _parameter_digest(p) for n, p in sorted(rules.parameters.items())},
    )
    return replace(edition, digest=digest("edition/2", to_json(edition)))


_DIGESTS: dict[tuple[object, ...], str] = {}  # of rules by their content: worked out once


def edition_digest(rules: Rules) -> str:
    """The digest of the edition of a checklist."""
    known = (rules.sha256, rules.digests)
    if known not in _DIGESTS:
        _DIGESTS[known] = edition_of(rules).digest
    return _DIGESTS[known]


def editions_of(rules: Rules | RuleSet) -> list[Edition]:
    """The edition of every checklist that a run may use."""
    return [edition_of(r) for r in (rules.by.values() if isinstance(rules, RuleSet) else [rules])]


def _item(c: Check, row: dict[str, Any], ground: _Ground) -> EditionItem:
    return EditionItem(
        id=c.id,
        name=c.name,
        stage=c.stage,
        system=c.system,
        points=c.points,
        veto=c.veto,
        curable=c.curable,
        kind=c.kind_name,
        rule=_declared(c, row, ground),
        engine=ground.engine(row),
        bonus=c.bonus,
        gravity=c.gravity,
        basis=c.basis,
        advice=c.advice,
        fails_when=c.fails_when,
        former=c.former,
        by_removal=c.by_removal,
    )


def _declared(c: Check, row: dict[str, Any], ground: _Ground) -> str:
    """What an item asks for: everything that stands in its row but the wording, and the day and
    papers by which the whole checklist judges.
    """
    asked = {k: _plain(v) for k, v in row.items() if k not in _WORDING}
    asked |= {"分值": f"{c.points.normalize():f}", "否决": c.veto}
    return digest("rule/2", canonical(asked), ground.law_day, *ground.decisions)


def _plain(v: Any) -> Any:
    """A value of a YAML row as JSON knows it."""
    if isinstance(v, dict):
        return {str(k): _plain(x) for k, x in v.items()}
    if isinstance(v, list):
        return [_plain(x) for x in v]
    return v if v is None or isinstance(v, bool | int | str) else str(v)


def _parameter_digest(p: Parameter) -> str:
    """All values of a number of the law, with their days and way of counting."""
    return digest(
        "parameter/1", *(f"{v.since} {v.until} {v.value} {v.unit} {v.day_kind}" for v in p.values)
    )


class _Ground:
    """What the items of one checklist stand on besides their own words."""

    def __init__(self, rules: Rules):
        self.law_day = rules.checklist.law_day
        self.decisions = rules.checklist.decisions
        self.papers: dict[str, str] = {}
        self.shared: dict[str, str] = {}
        self.others: dict[str, str] = {}
        for path in rules.ground.files:
            self._keep(path)

    def _keep(self, path: Path) -> None:
        folder = path.parent.name
        if folder == PAPERS and not path.stem.startswith("_"):
            self.papers[path.stem] = _content(path)
        elif folder == "calendar":
            self.others["calendar"] = digest(self.others.get("calendar", ""), _content(path))
        elif path.suffix == ".csv":
            self.others[path.name] = _content(path)
        elif folder != "parameters":  # those are compared by the numbers that were used
            self.shared[path.name] = _content(path)

    def engine(self, row: dict[str, Any]) -> str:
        """The digest of what judges an item and of what it reads. A named judgement says nothing
        of what it looks at, so it rests on everything.
        """
        versions, words = [], set()
        for key, value in _walk(row):
            if key == "种类":
                versions.append(f"{value} {getattr(KINDS.get(value), 'version', 1)}")
            elif key == _JUDGEMENT:
                versions.append(f"{value} {getattr(PREDICATES.get(value), 'version', 1)}")
            words.add(value.partition(".")[0])
        every = any(key == _JUDGEMENT for key, _ in _walk(row))
        named = self.papers.keys() if every else self._named(words)
        rests = {n for key, v in _walk(row) if key == "种类" for n in _RESTS_ON.get(v, ())}
        return digest(
            "engine/1",
            *sorted(versions),
            *(v for _, v in sorted(self.shared.items())),
            *(self.papers[p] for p in sorted(named)),
            *(v for n, v in sorted(self.others.items()) if every or n in rests),
        )

    def _named(self, words: set[str]) -> set[str]:
        """The papers that the words of an item name; 决定文书 is whatever concludes the case."""
        parts = {p for w in words for p in w.replace("：", "／").split("／")}
        if "决定文书" in parts:
            parts |= set(self.decisions)
        return parts & self.papers.keys()


def _walk(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a row with the key it stands under."""
    if isinstance(value, dict):
        for k, v in value.items():
            if k not in _WORDING:
                yield "", str(k)
                yield from _walk(v, str(k))
    elif isinstance(value, list):
        for v in value:
            yield from _walk(v, key)
    elif isinstance(value, str):
        yield key, value


def _content(path: Path) -> str:
    """The digest of a data file; comments and empty lines do not count."""
    lines = path.read_text("utf-8-sig").splitlines()
    return digest(*(x.rstrip() for x in lines if x.strip() and not x.lstrip().startswith("#")))
