"""A house (用语): how one unit writes, as people said it once. An append-only list of entries,
dated and named, in a small YAML file that a lawyer can read and edit, one file a unit; what holds
is always worked out from the list, so a withdrawal is an entry like any other.

An entry says one of these:

    题名 + 文书           a paper of this title is such a paper (其他: none that is known)
    文书 + 栏目 + 要素     the field of this label is that fact (无: none that is registered)
    文书 + 说法 + 要素     this wording says that fact
    文书 + 要素 + 不是     these labels and wordings are not that fact
    检查项 + 情形          what all its files fail alike is really so
    跳过                  a question that nobody wants to be asked again
    撤回                  the number of an entry that no longer holds
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from casereview.chinese import key
from casereview.chinese.wording import wording
from casereview.errors import RulesRefused, UsageError
from casereview.settings import houses_setting
from casereview.writing import replace_file
from casereview.yamlfile import LineDict, load_yaml

NOTHING = "无"  # a field that is no registered fact
SIGNING = "签名："  # before the name of a place for signing, where a fact would stand
_HEAD = (
    "# {unit}的用语：问过一次的题名、栏目名和说法，只用于这个单位的案卷。",
    "# 可以手工修改；不再适用的，写一条“撤回”，或者删去那一条。",
)
_KEYS = {
    "号": "number",
    "日": "on",
    "人": "by",
    "题名": "title",
    "文书": "paper",
    "栏目": "label",
    "说法": "line",
    "要素": "fact",
    "不是": "never",
    "检查项": "item",
    "情形": "wrong",
    "跳过": "skipped",
    "撤回": "withdraws",
    "见": "seen",
}
_SHAPES = (
    {"题名", "文书"},
    {"文书", "栏目", "要素"},
    {"文书", "说法", "要素"},
    {"文书", "要素", "不是"},
    {"检查项", "情形"},
    {"跳过"},
    {"撤回"},
)
_ROWS = ("一二三四", "1234", "①②③④", "甲乙丙丁")
_ALWAYS = {"号", "日", "人"}


@dataclass(frozen=True)
class Entry:
    """One thing that somebody said. ``number`` counts from 1; ``seen``: the passage that was
    looked at; ``skipped``: the question's own name; ``withdraws``: 0 for none; ``item``, ``wrong``:
    an item that all files of the unit fail, and in which words.
    """

    number: int = 0
    on: str = ""
    by: str = ""
    title: str = ""
    paper: str = ""
    label: str = ""
    line: str = ""
    fact: str = ""
    never: tuple[str, ...] = ()
    item: str = ""
    wrong: str = ""
    skipped: str = ""
    withdraws: int = 0
    seen: str = ""

    def sentence(self) -> str:
        """What it says, for people."""
        if self.withdraws:
            return f"撤回第 {self.withdraws} 条"
        if self.skipped:
            return f"不再问：{self.skipped}"
        if self.item:
            return f"检查项 {self.item}：“{self.wrong}”，本单位确实如此"
        if self.title:
            return f"题名“{self.title}”是{self.paper}"
        if self.never:
            return f"{self.paper}的“{'”“'.join(self.never)}”不是{self.fact}"
        if self.label:
            said = "不是登记的要素" if self.fact == NOTHING else f"是{self.fact}"
            return f"{self.paper}的栏目“{self.label}”{said}"
        return f"{self.paper}写“{self.line}”的，是{self.fact}"


@dataclass(frozen=True)
class House:
    """One unit's entries in their order; one without entries changes nothing."""

    unit: str = ""
    entries: tuple[Entry, ...] = ()

    @cached_property
    def holding(self) -> tuple[Entry, ...]:
        """What was said and not withdrawn; a withdrawal may be withdrawn too."""
        gone: set[int] = set()
        for entry in reversed(self.entries):
            if entry.withdraws and entry.number not in gone:
                gone.add(entry.withdraws)
        return tuple(e for e in self.entries if e.number not in gone and not e.withdraws)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Key of a title -> the kind of paper that it names; the last answer counts."""
        return {key(e.title): e.paper for e in self.holding if e.title}

    @cached_property
    def labels(self) -> tuple[tuple[str, str, str], ...]:
        """Paper, fact (无 for none) and label of every field that was told. One label of a row of
        numbered ones (执法人员一, 执法人员二) stands for all of them.
        """
        told = [e for e in self.holding if e.label]
        return tuple((e.paper, e.fact, name) for e in told for name in numbered(e.label))

    def labels_of(self, paper: str, fact: str) -> tuple[str, ...]:
        """The labels under which papers of a kind hold a fact."""
        return tuple(n for p, f, n in self.labels if (p, f) == (paper, fact))

    def fields_of(self, papers: Iterable[str]) -> tuple[str, ...]:
        """Every label that was told of papers of these kinds."""
        kinds = set(papers)
        return tuple(dict.fromkeys(n for p, _, n in self.labels if p in kinds))

    @cached_property
    def lines(self) -> tuple[tuple[str, str, str], ...]:
        """Paper, fact and wording of everything that is said in sentences."""
        return tuple((e.paper, e.fact, e.line) for e in self.holding if e.line)

    @cached_property
    def denials(self) -> tuple[tuple[str, str, str], ...]:
        """Paper, fact and what is not that fact (a label or a wording)."""
        return tuple((e.paper, e.fact, w) for e in self.holding for w in e.never)

    @cached_property
    def confirmed(self) -> frozenset[tuple[str, str]]:
        """Items, and what is wrong, that all its files fail alike and that is really so."""
        return frozenset((e.item, e.wrong) for e in self.holding if e.item)

    @cached_property
    def papers(self) -> tuple[str, ...]:
        """The kinds of paper of whose fields and sentences something was told."""
        return tuple(sorted({e.paper for e in self.holding if e.paper and not e.title}))

    def content(self, paper: str = "") -> str:
        """What holds for one kind of paper, or for titles, as one text ('' for nothing)."""
        mine = [e for e in self.holding if (bool(e.title) if not paper else _is_about(e, paper))]
        bare = sorted({repr(replace(e, number=0, on="", by="", seen="")) for e in mine})
        return "\n".join(bare)

    @property
    def digest(self) -> str:
        """Of all that holds and moves how a file is read; '' where nothing does."""
        return _digest([t for p in ("", *self.papers) if (t := self.content(p))])

    @property
    def digest_of_run(self) -> str:
        """The same with what was confirmed of all its files; '' where nothing moves a verdict."""
        confirmed = [repr(sorted(self.confirmed))] if self.confirmed else []
        return _digest([t for t in (self.digest, *confirmed) if t])

    def told(self, entry: Entry) -> House:
        """With one more entry, numbered on."""
        number = max((e.number for e in self.entries), default=0) + 1
        return replace(self, entries=(*self.entries, replace(entry, number=number)))


def _digest(texts: list[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest() if texts else ""


def numbered(label: str) -> tuple[str, ...]:
    """A label, and where it ends in a numeral the others of its row."""
    for row in _ROWS:
        if label[-1:] in row and len(label) > 2:
            return tuple(label[:-1] + n for n in row)
    return (label,)


def _is_about(entry: Entry, paper: str) -> bool:
    return entry.paper == paper and not entry.title


def replay(unit: str, entries: Iterable[Entry]) -> House:
    """The house that a history makes, said again from the beginning."""
    house = House(unit)
    for entry in entries:
        house = house.told(entry)
    return house


def houses_folder(db: Path) -> Path:
    """Where the houses of a database lie: CASEREVIEW_HOUSES, else beside it."""
    named = houses_setting()
    return Path(named) if named else db.with_name(db.stem + ".houses")


def house_path(folder: Path, unit: str) -> Path:
    """The file of one unit."""
    return folder / (re.sub(r'[\\/:*?"<>|\s]+', "_", unit).strip("._") + ".yaml")


def load_houses(folder: Path) -> dict[str, House]:
    """Every house of a folder by its unit. Raises RulesRefused with every complaint."""
    bad: list[str] = []
    out: dict[str, House] = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        try:
            house = load_house(path)
            out[house.unit] = house
        except RulesRefused as e:
            bad += e.complaints
    if bad:
        raise RulesRefused(bad)
    return out


def load_house(path: Path) -> House:
    """One house from its file. Raises RulesRefused with every complaint."""
    data = load_yaml(path)
    data = data if isinstance(data, LineDict) else LineDict(1)
    bad = [
        f"{path}：第 {data.line(k)} 行：不认识的键“{k}”，可以写 单位、记录"
        for k in data
        if k not in ("单位", "记录")
    ]
    if not data.get("单位"):
        bad.append(f"{path}：缺少“单位”")
    entries = [_entry(path, row, bad) for row in data.get("记录") or ()]
    bad += [f"{path}：{said}" for said in _number_complaints(entries)]
    if bad:
        raise RulesRefused(bad)
    return House(str(data["单位"]), tuple(entries))


def _number_complaints(entries: list[Entry]) -> list[str]:
    """What is wrong with the numbers of entries: each has its own, and withdraws an earlier one."""
    numbers = [e.number for e in entries]
    twice = len(set(numbers)) < len(numbers)
    return ["“号”有重复，每一条要有自己的号"] * twice + [
        f"第 {e.number} 条要撤回的第 {e.withdraws} 条不在前面"
        for n, e in enumerate(entries)
        if e.withdraws and e.withdraws not in numbers[:n]
    ]


def _entry(path: Path, row: object, bad: list[str]) -> Entry:
    """One entry; complaints go to ``bad``."""
    if not isinstance(row, LineDict):
        bad.append(f"{path}：“记录”的每一条要写 号、日、人 等键")
        return Entry()
    where = f"{path}：第 {row.start} 行："
    bad += [where + said for said in _shape_complaints(row)]
    entry = Entry(**{name: _given(row.get(k), name) for k, name in _KEYS.items()})
    if not entry.number:
        bad.append(f"{where}缺少“号”")
    for line in filter(None, (entry.line, *entry.never)):
        try:
            wording(line)
        except ValueError as e:
            bad.append(f"{where}{e}")
    return entry


def _shape_complaints(row: LineDict) -> list[str]:
    """What is wrong with the keys of an entry."""
    strange = "、".join(k for k in row if k not in _KEYS)
    if strange:
        return [f"不认识的键“{strange}”，可以写 {'、'.join(_KEYS)}"]
    said = {k for k, v in row.items() if v not in (None, "", [])} - _ALWAYS - {"见"}
    shapes = "；或者 ".join("、".join(sorted(s)) for s in _SHAPES)
    return [] if said in _SHAPES else [f"一条要写 {shapes}"]


def _given(value: object, attribute: str) -> Any:
    """A value of the file as the entry keeps it."""
    if attribute in ("number", "withdraws"):
        return value if isinstance(value, int) else 0
    if attribute == "never":
        return tuple(map(str, value)) if isinstance(value, list) else ()
    return "" if value is None else str(value)


def save_house(folder: Path, house: House) -> Path:
    """Write a house in one step, readable by its owner only. Returns where. Raises UsageError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = house_path(folder, house.unit)
    try:
        replace_file(path, house_text(house).encode())
    except OSError as e:
        raise UsageError(
            f"写不了 {path}（{e.strerror}），答复没有保存。请关闭打开着它的编辑器，确认磁盘有空间、"
            "可以写入，再做一次。"
        ) from e
    return path


def house_text(house: House) -> str:
    """The file of a house."""
    lines = [line.format(unit=house.unit) for line in _HEAD]
    lines += [f"单位: {_quoted(house.unit)}", "记录:" if house.entries else "记录: []"]
    for entry in house.entries:
        mark = "  - "
        for name, value in _written(entry):
            lines.append(f"{mark}{name}: {value}")
            mark = "    "
    return "\n".join(lines) + "\n"


def _written(entry: Entry) -> Iterable[tuple[str, str]]:
    given = {f.name: getattr(entry, f.name) for f in fields(entry)}
    for name, attribute in _KEYS.items():
        value = given[attribute]
        if not value:
            continue
        if isinstance(value, tuple):
            yield name, f"[{', '.join(map(_quoted, value))}]"
        elif isinstance(value, int) or attribute == "on":
            yield name, str(value)
        else:
            yield name, _quoted(value)


def _quoted(text: str) -> str:
    """A text as YAML takes it: bare where it is plain Chinese, else between quotes."""
    if re.fullmatch(r"[\u3400-\u9fff][\u3400-\u9fff（）、〈〉…/]*", text):
        return text
    bare = "".join(c for c in text if c.isprintable())
    return '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
