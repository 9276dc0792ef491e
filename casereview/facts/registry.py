"""The registry of facts (要素): which facts each kind of paper has, and how each is read.

It is data: ``checklists/文书/<kind>.yaml``, one file a kind of paper. A fact is written as

    缴款期限:
      类型: 期限                               what the value is (``values.TYPES``)
      读法:                                    steps tried in order; the first that reads a value wins
        - 语句: [〈期限〉内…缴纳/交至/汇入]       a reader and what it looks for
      线索: [缴/交/汇＋〈期限〉]                 the wide net, besides what the steps give

``标签: [..]`` alone is short for one step 栏目. A name in 栏目, 签署人 or 签署日期 may be a group of
labels of ``文书/_栏目.yaml``. A kind that registers no facts of its own has those of
``文书/_其他文书.yaml``.

What may not be written is refused with file and line; nothing is dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import process

from casereview.chinese.wording import wording
from casereview.errors import RulesRefused
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
    "签名",
)
GROUPS = "_栏目.yaml"
OTHERS = "_其他文书.yaml"
_KEYS = {"类型", "读法", "标签", "线索", "说明"}


@dataclass(frozen=True)
class Labels:
    """Labels of a field as houses write them, and their shapes (wordings of the whole label)."""

    names: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()

    @property
    def like(self) -> str:
        """The shapes as one pattern for ``Paper.fields``; '' when there is none."""
        return "|".join(f"(?:{wording(s).narrow.pattern})" for s in self.shapes)

    def __add__(self, other: Labels) -> Labels:
        names = tuple(dict.fromkeys(self.names + other.names))
        return Labels(names, tuple(dict.fromkeys(self.shapes + other.shapes)))


@dataclass(frozen=True)
class Step:
    """One way to read a fact: the reader, and the labels or wordings it looks for."""

    reader: str
    labels: Labels = Labels()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactSpec:
    """One registered fact of one kind of paper."""

    paper: str
    name: str
    type: str
    steps: tuple[Step, ...]
    clues: tuple[str, ...] = ()
    note: str = ""

    @property
    def full_name(self) -> str:
        """文书.要素."""
        return f"{self.paper}.{self.name}"

    @property
    def labels(self) -> Labels:
        """Every label at which a step looks for it."""
        out = Labels()
        for step in self.steps:
            out += step.labels
        return out

    @property
    def lines(self) -> tuple[str, ...]:
        """The wordings of all steps."""
        return tuple(line for step in self.steps for line in step.lines)


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

    def complain(self, path: Path, row: LineDict, key: str, text: str) -> None:
        self.bad.append(f"{path}：第 {row.line(key)} 行：{text}")

    def shared(self) -> dict[str, Labels]:
        """Groups of labels."""
        path = self.folder / GROUPS
        for name, row in load_yaml(path).items():
            shapes = _texts(row.get("样式"))
            self._lines(path, row, "样式", shapes)
            self.groups[name] = Labels(_texts(row.get("标签")), shapes)
        return self.groups

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
        for key in row:
            if key not in _KEYS:
                known = "、".join(sorted(_KEYS))
                self.complain(path, row, key, f"不认识的键“{key}”，可以写 {known}")
        kind = str(row.get("类型") or ("日期" if name.endswith(("日期", "时间")) else "文字"))
        if kind not in TYPES:
            self.complain(path, row, "类型", f"没有类型“{kind}”，可以写 {'、'.join(TYPES)}")
        steps = tuple(step for one in row.get("读法") or () if (step := self._step(path, row, one)))
        if row.get("标签"):
            steps = (Step("栏目", self._labels(_texts(row["标签"]))), *steps)
        if not steps:
            self.complain(path, rows, name, f"要素“{name}”要写 读法 或者 标签")
        clues = _texts(row.get("线索"))
        self._lines(path, row, "线索", clues)
        return FactSpec(paper, name, kind, steps, clues, str(row.get("说明") or ""))

    def _step(self, path: Path, row: LineDict, one: object) -> Step | None:
        reader, given = next(iter(one.items())) if isinstance(one, LineDict) else (str(one), None)
        if reader not in self.readers:
            near = "、".join(
                hit[0] for hit in process.extract(reader, sorted(self.readers), limit=4)
            )
            self.complain(path, row, "读法", f"没有读法“{reader}”，相近的有 {near}")
            return None
        texts = _texts(given)
        if reader in ("语句", "段落"):
            self._lines(path, row, "读法", texts)
            return Step(reader, lines=texts)
        return Step(reader, self._labels(texts))

    def _labels(self, names: tuple[str, ...]) -> Labels:
        out = Labels()
        for name in names:
            out += self.groups.get(name) or Labels((name,))
        return out

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


def load_registry(folder: Path, readers: Iterable[str]) -> Registry:
    """Read every file of ``文书/``. ``readers``: names that may stand in 读法. Raises RulesRefused
    with every complaint.
    """
    reader = _Reader(folder, readers)
    groups = reader.shared()
    facts: dict[str, dict[str, FactSpec]] = {}
    bare = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem.startswith("_"):
            continue
        rows = load_yaml(path).get("要素")
        if rows:
            facts[path.stem] = reader.facts(path, path.stem, rows)
        else:
            bare.append(path.stem)
    path = folder / OTHERS
    for row in load_yaml(path)["各类"]:
        ends = _texts(row.get("名称结尾"))
        for kind in bare:
            if not ends or kind.endswith(ends):
                facts.setdefault(kind, {}).update(reader.facts(path, kind, row["要素"]))
    if reader.bad:
        raise RulesRefused(list(dict.fromkeys(reader.bad)))
    return Registry(facts, groups)
