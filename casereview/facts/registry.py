"""The registry of facts (要素): which facts each kind of paper has, and how each is read.

It is data: ``checklists/文书/<kind>.yaml``, one file a kind of paper. A fact is written as

    缴款期限:
      类型: 期限                               what the value is (``values.TYPES``)
      读法:                                    steps tried in order; the first that reads wins
        - 语句: [〈期限〉内…缴纳/交至/汇入]       a reader and what it looks for
      线索: [缴/交/汇＋〈期限〉]                 the wide net, besides what the steps give

``范围: 引号外`` reads outside of quotations, ``范围: 主文`` in what is decided. A name in 语句 may
be a
group of wordings of ``文书/_说法.yaml``.
``几份: 最早|最晚|合计`` says how several papers of the kind speak together. A step of
``CASE_STEPS`` reads it from other papers of the case (回证: 送达日期).
Papers that are served have the facts of ``文书/_送达的文书.yaml`` besides their own, and every
paper
those of ``文书/_卷内文书.yaml``; 卷内文书.X asks for such a fact in any paper of the case.

``标签: [..]`` alone is short for one step 栏目. A name in 栏目, 签署人 or 签署日期 may be a group
of labels of ``文书/_栏目.yaml``; a label with 【〔…｛ in it is the shape of labels. ｛人员｝ stands
for the words of a class of ``文书/_词类.yaml``. A kind without facts of its own has those of
``文书/_其他文书.yaml``; ``要素同: 其他文书`` keeps them beside its own, ``要素同: 事先告知书``
takes over those of another kind. ``限于`` names the opinion boxes outside of which a wording says
nothing.

What may not be written is refused with file and line; nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import process

from casereview.chinese.wording import is_shape, spelt_out, wording
from casereview.errors import RulesRefused
from casereview.papers.house import House
from casereview.papers.label_words import CLASSES, load_classes
from casereview.yamlfile import LineDict, load_yaml

TYPES = (
    "文字",
    "日期",
    "时间",
    "金额",
    "期限",
    "文号",
    "号码",
    "机关",
    "人名",
    "人名单",
    "名称",
    "条文",
    "名目",
    "记载",
    "是非",
    "签名",
)
GROUPS = "_栏目.yaml"
OTHERS = "_其他文书.yaml"
SERVED_PAPERS = "_送达的文书.yaml"
EVERY_PAPER = "_卷内文书.yaml"
ANY_PAPER = "卷内文书"
SAYINGS = "_说法.yaml"
SCOPES = ("引号外", "主文")
RECEIPT_STEP = "回证"
CASE_STEPS = (RECEIPT_STEP,)  # read from other papers of the case
JOINT = ("最早", "最晚", "合计")
GENERAL = "其他文书"
SAME = "要素同"
_KEYS = {"类型", "读法", "标签", "线索", "限于", "范围", "说明", "几份", "旁证", "必有"}
_GROUP_KEYS = {"标签", "样式", "含义", "除外"}
WORDED = ("语句", "否定语句", "标题下", "同句")  # readers that look for wordings, not for labels


@dataclass(frozen=True)
class Labels:
    """Labels of a field as houses write them, their shapes (wordings of the whole label), senses
    (words of which a label that means the field has some, in any order: 送达/签收＋日期/时间), and
    shapes that are another field's.
    """

    names: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    senses: tuple[str, ...] = ()

    @cached_property
    def like(self) -> str:
        """The shapes as one pattern for ``Paper.fields``; '' when there is none."""
        return "|".join(f"(?:{wording(s).in_order})" for s in self.shapes)

    def match(self, label: str) -> bool:
        """True for a label that is one of these, by name or by shape."""
        if any(wording(s).is_all(label) for s in self.excludes):
            return False
        return label in self.names or any(wording(s).is_all(label) for s in self.shapes)

    def mean(self, label: str) -> bool:
        """True for a label whose words say that it is this field, whatever their order."""
        return _means(self.senses, label)

    def __add__(self, other: Labels) -> Labels:
        names = tuple(dict.fromkeys(self.names + other.names))
        shapes = tuple(dict.fromkeys(self.shapes + other.shapes))
        excludes = tuple(dict.fromkeys(self.excludes + other.excludes))
        return Labels(names, shapes, excludes, tuple(dict.fromkeys(self.senses + other.senses)))


@lru_cache(maxsize=4000)
def _parts_of(sense: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """甲/乙＋丙－丁 -> ((甲, 乙), (丙,)), (丁,)."""
    said, _, never = sense.partition("－")
    parts = tuple(tuple(part.split("/")) for part in said.split("＋"))
    return parts, tuple(w for w in never.split("/") if w)


@lru_cache(maxsize=16384)
def _means(senses: tuple[str, ...], label: str) -> bool:
    """The same labels stand on the forms of one unit, and are asked by one fact after the other."""
    return any(_has_sense(label, sense) for sense in senses)


def _has_sense(label: str, sense: str) -> bool:
    parts, never = _parts_of(sense)
    said = all(any(word in label for word in part) for part in parts)
    return said and not any(word in label for word in never)


@dataclass(frozen=True)
class Step:
    """One way to read a fact: the reader, and the labels or wordings it looks for. ``source``: the
    fact of another paper that a step of the case reads.
    """

    reader: str
    labels: Labels = Labels()
    lines: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class FactSpec:
    """One registered fact of one kind of paper. ``joint``: how several papers of the kind speak
    together ('' where the first alone speaks); ``never``: what the unit said is not it;
    ``witnesses``: what tells it where its own paper hides it; ``always``: words of which whoever
    states it uses one.
    """

    paper: str
    name: str
    type: str
    steps: tuple[Step, ...]
    clues: tuple[str, ...] = ()
    note: str = ""
    joint: str = ""
    within: Labels = Labels()
    scope: str = ""
    never: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()
    always: tuple[str, ...] = ()

    @cached_property
    def full_name(self) -> str:
        """文书.要素."""
        return f"{self.paper}.{self.name}"

    @cached_property
    def labels(self) -> Labels:
        """Every label at which a step looks for it."""
        out = Labels()
        for step in self.steps:
            out += step.labels
        return out

    @cached_property
    def boxed(self) -> bool:
        """True where it is looked for in some boxes of a form alone."""
        return self.within != Labels()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The wordings of all steps."""
        return tuple(line for step in self.steps for line in step.lines)

    @cached_property
    def from_receipts(self) -> str:
        """The fact of the paper's 送达回证 that gives the value; '' when none does."""
        return next((s.source for s in self.steps if s.reader == RECEIPT_STEP), "")


@dataclass(frozen=True)
class Registry:
    """Facts by kind of paper. ``groups``: labels that several facts share."""

    facts: Mapping[str, Mapping[str, FactSpec]]
    groups: Mapping[str, Labels] = field(default_factory=dict)

    def of(self, paper: str) -> Mapping[str, FactSpec]:
        """The facts of one kind of paper."""
        return self.facts.get(paper, {})

    def get(self, full_name: str) -> FactSpec | None:
        """The fact '文书.要素'."""
        paper, _, name = full_name.partition(".")
        return self.of(paper).get(name)

    def near(self, full_name: str) -> list[str]:
        """The registered names most like one that is not registered."""
        every = [spec.full_name for facts in self.facts.values() for spec in facts.values()]
        return [hit[0] for hit in process.extract(full_name, every, limit=5)]


class _Reader:
    """Reads the files of one folder, collecting complaints."""

    def __init__(self, folder: Path, readers: Iterable[str]):
        self.folder, self.readers = folder, set(readers)
        self.bad: list[str] = []
        self.groups: dict[str, Labels] = {}
        self.sayings: dict[str, tuple[str, ...]] = {}
        self.classes: dict[str, str] = {}

    def complain(self, path: Path, row: LineDict, key: str, text: str) -> None:
        self.bad.append(f"{path}：第 {row.line(key)} 行：{text}")

    def shared(self) -> dict[str, Labels]:
        """Groups of labels; the name of an earlier group among the labels stands for its labels."""
        self.sayings = {k: _texts(v) for k, v in load_yaml(self.folder / SAYINGS).items()}
        self.classes = load_classes(self.folder)
        path = self.folder / GROUPS
        for name, row in load_yaml(path).items():
            self._known_keys(path, row, _GROUP_KEYS)
            others = [self.groups.get(n) or Labels((), (n,)) for n in _texts(row.get("除外"))]
            shapes = self._spelt_out(path, row, "样式", _texts(row.get("样式")))
            excludes = tuple(s for g in others for s in g.shapes)
            self._lines(path, row, "样式", shapes)
            self._lines(path, row, "除外", excludes)
            given = _texts(row.get("标签"))
            known = [self.groups[n].names if n in self.groups else (n,) for n in given]
            names = tuple(dict.fromkeys(x for k in known for x in k))
            self.groups[name] = Labels(names, shapes, excludes, _texts(row.get("含义")))
        return self.groups

    def _spelt_out(
        self, path: Path, row: LineDict, key: str, texts: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Wordings with the words of a class (文书/_词类.yaml) in place of its name ｛名｝."""
        out = []
        for text in texts:
            try:
                out.append(spelt_out(text, self.classes))
            except KeyError as e:
                self.complain(path, row, key, f"没有词类“{e.args[0]}”，见 {CLASSES}")
        return tuple(out)

    def facts(self, path: Path, paper: str, rows: LineDict) -> dict[str, FactSpec]:
        """The facts that one file declares for ``paper``."""
        return {
            name: self._fact(path, paper, name, rows, row)
            for name, row in rows.items()
            if self._is_mapping(path, rows, name, row)
        }

    def _is_mapping(self, path: Path, rows: LineDict, name: str, row: object) -> bool:
        if not isinstance(row, LineDict):
            self.complain(path, rows, name, f"要素“{name}”下要写 类型、读法 等键")
        return isinstance(row, LineDict)

    def _fact(self, path: Path, paper: str, name: str, rows: LineDict, row: LineDict) -> FactSpec:
        self._known_keys(path, row, _KEYS)
        kind = str(row.get("类型") or ("日期" if name.endswith(("日期", "时间")) else "文字"))
        if kind not in TYPES:
            self.complain(path, row, "类型", f"没有类型“{kind}”，可以写 {'、'.join(TYPES)}")
        steps = tuple(step for one in row.get("读法") or () if (step := self._step(path, row, one)))
        if row.get("标签"):
            labels = self._labels(path, row, "标签", _texts(row["标签"]))
            steps = (Step("栏目", labels), *steps)
        if not steps:
            self.complain(path, rows, name, f"要素“{name}”要写 读法 或者 标签")
        clues = self._said(path, row, "线索", _texts(row.get("线索")))
        scope = self._one_of(path, row, "范围", SCOPES)
        within = self._labels(path, row, "限于", _texts(row.get("限于")))
        note = str(row.get("说明") or "")
        joint = self._one_of(path, row, "几份", JOINT)
        seen = _texts(row.get("旁证"))
        always = _texts(row.get("必有"))
        return FactSpec(
            paper,
            name,
            kind,
            steps,
            clues,
            note,
            joint,
            within,
            scope,
            witnesses=seen,
            always=always,
        )

    def _known_keys(self, path: Path, row: LineDict, known: set[str]) -> None:
        for key in row:
            if key not in known:
                text = f"不认识的键“{key}”，可以写 {'、'.join(sorted(known))}"
                self.complain(path, row, key, text)

    def _one_of(self, path: Path, row: LineDict, key: str, known: tuple[str, ...]) -> str:
        """What stands at a key that may hold only some words; '' where nothing does."""
        word = str(row.get(key) or "")
        if word and word not in known:
            self.complain(path, row, key, f"{key}只能写 {'、'.join(known)}")
        return word

    def _step(self, path: Path, row: LineDict, one: object) -> Step | None:
        reader, given = next(iter(one.items())) if isinstance(one, LineDict) else (str(one), None)
        if reader not in self.readers and reader not in CASE_STEPS:
            near = "、".join(
                hit[0] for hit in process.extract(reader, sorted(self.readers), limit=4)
            )
            self.complain(path, row, "读法", f"没有读法“{reader}”，相近的有 {near}")
            return None
        texts = _texts(given)
        if reader in CASE_STEPS:
            return Step(reader, source="、".join(texts))
        if reader in WORDED:
            return Step(reader, lines=self._said(path, row, "读法", texts))
        return Step(reader, self._labels(path, row, "读法", texts))

    def _labels(self, path: Path, row: LineDict, key: str, names: tuple[str, ...]) -> Labels:
        """Labels, groups of labels by their names, and shapes of labels."""
        out = Labels()
        for name in names:
            if group := self.groups.get(name):
                out += group
            elif is_shape(name):
                shapes = self._spelt_out(path, row, key, (name,))
                self._lines(path, row, key, shapes)
                out += Labels((), shapes)
            else:
                out += Labels((name,))
        return out

    def _said(self, path: Path, row: LineDict, key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Wordings, with the names of groups of wordings replaced by their lines."""
        said = tuple(line for text in texts for line in self.sayings.get(text, (text,)))
        lines = self._spelt_out(path, row, key, said)
        self._lines(path, row, key, lines)
        return lines

    def _lines(self, path: Path, row: LineDict, key: str, lines: tuple[str, ...]) -> None:
        for line in lines:
            try:
                wording(line)
            except ValueError as e:
                self.complain(path, row, key, str(e))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(v) for v in value)
    return () if value is None else (str(value),)


def load_groups(folder: Path) -> dict[str, Labels]:
    """The groups of labels alone (``文书/_栏目.yaml``). Raises RulesRefused."""
    reader = _Reader(folder, ())
    groups = reader.shared()
    if reader.bad:
        raise RulesRefused(reader.bad)
    return groups


Declared = dict[str, dict[str, FactSpec]]


def load_registry(folder: Path, readers: Iterable[str]) -> Registry:
    """Read every file of ``文书/``. ``readers``: names that may stand in 读法. Raises RulesRefused
    with every complaint.
    """
    reader = _Reader(folder, readers)
    groups = reader.shared()
    files = {p.stem: p for p in sorted(folder.glob("*.yaml")) if not p.stem.startswith("_")}
    rows = {kind: load_yaml(path) for kind, path in files.items()}
    facts: Declared = {
        kind: reader.facts(files[kind], kind, row.get("要素") or LineDict(1))
        for kind, row in rows.items()
    }
    of_any = {k for k, row in rows.items() if row.get(SAME, "" if facts[k] else GENERAL) == GENERAL}
    _add(reader, OTHERS, facts, of_any)
    for kind, row in rows.items():
        other = str(row.get(SAME) or GENERAL)
        if other in facts:
            facts[kind] = _taken(facts[other], kind) | facts[kind]
        elif other != GENERAL:
            reader.complain(files[kind], row, SAME, f"没有文书“{other}”")
    _add(reader, SERVED_PAPERS, facts, set(facts))
    facts[ANY_PAPER] = {}
    _add(reader, EVERY_PAPER, facts, set(facts))
    if reader.bad:
        raise RulesRefused(list(dict.fromkeys(reader.bad)))
    return Registry(facts, groups)


def in_words_of(registry: Registry, house: House) -> Registry:
    """The registry with what one unit told of its papers: it is read first where it stands."""
    facts = {kind: dict(specs) for kind, specs in registry.facts.items()}
    groups = dict(registry.groups)
    for paper, name, label in reversed(house.labels):
        if spec := facts.get(paper, {}).get(name):
            groups |= _group_with(groups, spec, label)
            step = Step(_reader_of(spec), Labels((label,)))
            facts[paper][name] = replace(spec, steps=(step, *spec.steps))
    for paper, name, line in reversed(house.lines):
        if spec := facts.get(paper, {}).get(name):
            facts[paper][name] = replace(
                spec, steps=(Step(WORDED[0], Labels(), (line,)), *spec.steps)
            )
    for paper, name, words in house.denials:
        if spec := facts.get(paper, {}).get(name):
            facts[paper][name] = replace(spec, never=(*spec.never, words))
    return Registry(facts, groups)


def _reader_of(spec: FactSpec) -> str:
    """How a fact is read at a label: as at its other labels, else as its type asks."""
    at_labels = (s.reader for s in spec.steps if s.labels != Labels())
    by_type = {"签名": "签名", "人名": "签署人", "人名单": "签署人"}
    return next(at_labels, by_type.get(spec.type, "栏目"))


def _group_with(groups: Mapping[str, Labels], spec: FactSpec, label: str) -> dict[str, Labels]:
    """The groups of labels at which a fact stands, with one label more: others ask by the group."""
    mine = set(spec.labels.names)
    return {
        name: group + Labels((label,))
        for name, group in groups.items()
        if group.names and set(group.names) <= mine
    }


def _taken(facts: Mapping[str, FactSpec], kind: str) -> dict[str, FactSpec]:
    """The facts of one kind of paper as those of another."""
    return {name: replace(spec, paper=kind) for name, spec in facts.items()}


def _add(reader: _Reader, name: str, facts: Declared, kinds: set[str]) -> None:
    """Give ``kinds`` the facts of one shared file; what a kind says itself comes first."""
    path = reader.folder / name
    for row in load_yaml(path)["各类"]:
        ends = _texts(row.get("名称结尾"))
        for kind in sorted(kinds):
            if not ends or kind.endswith(ends):
                for fact, spec in reader.facts(path, kind, row["要素"]).items():
                    facts[kind].setdefault(fact, spec)
