"""The edition of a checklist from the rules as they are now, with the digests by which a later
run knows what moved (``edition`` says what they mean).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from casereview.kept import Shelf
from casereview.law.parameters import Parameter
from casereview.papers.house import House
from casereview.record.canonical_json import canonical
from casereview.record.edition import Edition, EditionItem, from_json, to_json
from casereview.record.identity import digest
from casereview.rules.checklist import Check
from casereview.rules.compiled import program
from casereview.rules.rulebook import LEARNED, PAPERS, SITUATIONS, Rules, RuleSet, replaced
from casereview.rules.table import KINDS
from casereview.rules.verdicts import VERSIONS

# keys of an item that people read and that decide nothing
_WORDING = {
    "编号",
    "曾用编号",
    "名称",
    "问题",
    "环节",
    "三项制度",
    "依据",
    "整改建议",
    "可补正",
    "取出即改正",
    "不合格情形",
    "不适用或待复核",
    "说明",
    "理由",
}
NO_HOUSE = House()
SHELF = Shelf("editions", 16_000_000)
_PARTS, _FAULT = "各项", "问题"
_JUDGEMENT = "判定"  # the key that names a judgement of the program
_CONDITIONS = ("情形", "非情形")  # the keys that name a condition written elsewhere
_BY_NAME = ("parameters", SITUATIONS)  # data that is compared by the names that an item uses
# what judges by more than papers: days that count, articles in force
_RESTS_ON = {"期限": ("calendar",), "期限届满": ("calendar",), "引用条文": ("statutes.csv",)}


def edition_of(rules: Rules, house: House = NO_HOUSE) -> Edition:
    """The edition of a checklist, as it is applied to the files of a unit that writes as
    ``house`` says; the one that an earlier process made of the same rules.
    """
    kinds = [(name, kind.version) for name, kind in KINDS.items()]
    terms = [p.special for p in _parameters(rules).values()]
    said = repr((*_said(rules, house), terms, kinds, VERSIONS))
    known = digest("edition/kept", program(), said)
    if known not in _EDITIONS:
        kept = SHELF.get(known)
        made = from_json(kept.decode()) if kept else _made(rules, house)
        if kept is None:
            SHELF.put(known, to_json(made).encode())
        _EDITIONS[known] = made
    return _EDITIONS[known]


_EDITIONS: dict[str, Edition] = {}  # of rules by their content
_DIGESTS: dict[tuple[object, ...], str] = {}  # of rules by what a case asks with


def _made(rules: Rules, house: House) -> Edition:
    c = rules.checklist
    edition = Edition(
        id=c.id,
        title=c.title,
        version=c.version,
        procedure=c.procedure,
        sha256=c.sha256,
        scoring=c.scoring,
        items=tuple(item for part in rules.parts for item in _items(part, house)),
        parameters={n: _parameter_digest(p) for n, p in sorted(_parameters(rules).items())},
    )
    return replace(edition, digest=digest("edition/2", to_json(edition)))


def edition_digest(rules: Rules, house: House = NO_HOUSE) -> str:
    """The digest of the edition of a checklist."""
    known = _said(rules, house)
    if known not in _DIGESTS:
        _DIGESTS[known] = edition_of(rules, house).digest
    return _DIGESTS[known]


def editions_of(rules: Rules | RuleSet, houses: Iterable[House] = ()) -> list[Edition]:
    """The edition of every checklist that a run may use, also as each of ``houses`` reads it."""
    used = list(rules.variants) if isinstance(rules, RuleSet) else [rules]
    told = {h.digest: h for h in houses if h.digest}
    return [edition_of(r, h) for h in (NO_HOUSE, *told.values()) for r in used]


def _said(rules: Rules, house: House) -> tuple[object, ...]:
    """What an edition is made of: files, house, and the items that come along."""
    along = tuple(tuple(c.id for c in s.checklist.checks) for s in rules.seconds)
    return rules.sha256, rules.digests, house.digest, along


def _parameters(rules: Rules) -> dict[str, Parameter]:
    """The numbers of the law, as the main standard sees them where several do."""
    return {n: p for part in reversed(rules.parts) for n, p in part.parameters.items()}


def _items(rules: Rules, house: House) -> Iterator[EditionItem]:
    """The items of one standard, on the ground on which it stands."""
    rows = {str(r["编号"]): r for r in rules.layers.tree.get("检查项") or [] if r.get("编号")}
    ground = _Ground(rules, house)
    return (_item(c, rows[c.id], ground) for c in rules.checklist.checks)


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
        spans=c.kind.spans(),
        deduction=c.deduction,
        veto_effect=c.veto_effect,
        fault=c.fault,
    )


def _declared(c: Check, row: dict[str, Any], ground: _Ground) -> str:
    """What an item asks for: everything that stands in its row but the wording, the named
    conditions it refers to, and the day and papers by which the whole checklist judges.
    """
    asked = _asked(row, _WORDING)
    asked |= {"分值": f"{c.points.normalize():f}", "否决": c.veto}
    named = {n: _plain(v) for n, v in ground.situations_of(row).items()}
    return digest(
        "rule/2", canonical(asked), canonical(named), ground.law_day, *sorted(ground.decisions)
    )


def _asked(row: dict[str, Any], wording: Collection[str]) -> dict[str, Any]:
    """A row without its wording, and its parts without the names of their faults."""
    asked = {k: _plain(v) for k, v in row.items() if k not in wording}
    if _PARTS in asked:
        asked[_PARTS] = [_asked(part, {_FAULT}) for part in row[_PARTS]]
    return asked


def _plain(v: Any) -> Any:
    """A value of a YAML row as JSON knows it."""
    if isinstance(v, dict):
        return {str(k): _plain(x) for k, x in v.items()}
    if isinstance(v, list):
        return [_plain(x) for x in v]
    return v if v is None or isinstance(v, bool | int | str) else str(v)


def _parameter_digest(p: Parameter) -> str:
    """All values of a number of the law, with their days and way of counting, and what laws set
    otherwise.
    """
    values = (f"{v.since} {v.until} {v.value} {v.unit} {v.day_kind}" for v in p.values)
    return digest("parameter/1", *values, *(repr(t) for t in p.special))


class _Ground:
    """What the items of one checklist stand on besides their own words."""

    def __init__(self, rules: Rules, house: House):
        self.law_day = rules.checklist.law_day
        self.decisions = rules.checklist.decisions
        rows = replaced(rules.ground.situations, rules.layers.situations)
        self.situations = {name: owner[name] for _, name, owner in rows}
        self.papers: dict[str, str] = {}
        self.shared: dict[str, str] = {}
        self.others: dict[str, str] = {}
        for path in rules.ground.files:
            self._keep(path)
        self._told(house)

    def _told(self, house: House) -> None:
        """What the unit told of its own papers is data by which they are read."""
        for paper in set(house.papers) & self.papers.keys():
            self.papers[paper] = digest(self.papers[paper], house.content(paper))
        if titles := house.content():
            self.shared["题名"] = digest(titles)

    def _keep(self, path: Path) -> None:
        folder = path.parent.name
        if folder == PAPERS and not path.stem.startswith("_"):
            self.papers[path.stem] = _content(path)
        elif folder == "calendar":
            self.others["calendar"] = digest(self.others.get("calendar", ""), _content(path))
        elif path.suffix == ".csv" and folder != PAPERS:
            self.others[path.name] = _content(path)
        elif folder not in _BY_NAME:
            self.shared[path.name] = _content(path)

    def situations_of(self, row: Any) -> dict[str, Any]:
        """The named conditions that a row refers to, and those that they refer to."""
        out: dict[str, Any] = {}
        open_ = [row]
        while open_:
            said = _walk(open_.pop())
            for name in [text for key, text in said if key in _CONDITIONS]:
                if name in self.situations and name not in out:
                    asked = self.situations[name]
                    out[name] = {k: v for k, v in asked.items() if k not in _WORDING}
                    open_.append(out[name])
        return dict(sorted(out.items()))

    def engine(self, row: dict[str, Any]) -> str:
        """The digest of what judges an item and of what it reads. A named judgement says nothing
        of what it looks at, so it rests on everything.
        """
        said = [*_walk(row), *_walk(self.situations_of(row))]
        kinds = [text for key, text in said if key == "种类"]
        judgements = [text for key, text in said if key == _JUDGEMENT]
        papers = self.papers.keys() if judgements else self._named({text for _, text in said})
        rests = {ground for kind in kinds for ground in _RESTS_ON.get(kind, ())}
        return digest(
            "engine/1",
            *sorted(f"{k} {getattr(KINDS.get(k), 'version', 1)}" for k in kinds),
            *sorted(f"{j} {VERSIONS.get(j, 1)}" for j in judgements),
            *_picked(self.shared, self.shared.keys()),
            *_picked(self.papers, papers),
            *_picked(self.others, self.others.keys() if judgements else rests),
        )

    def _named(self, words: set[str]) -> set[str]:
        """The papers that the words of an item name; 决定文书 is whatever concludes the case."""
        said = "\n".join(words)
        named = {paper for paper in self.papers if paper in said}
        if any("决定文书" in word for word in words):
            named |= set(self.decisions) & self.papers.keys()
        return named


def _picked(digests: dict[str, str], names: Collection[str]) -> list[str]:
    """Digests of these names, in their order."""
    return [value for name, value in sorted(digests.items()) if name in names]


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
    """The digest of a data file; in a text comments and empty lines do not count."""
    if path.name.startswith(LEARNED):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    lines = path.read_text("utf-8-sig").splitlines()
    return digest(*(x.rstrip() for x in lines if x.strip() and not x.lstrip().startswith("#")))
