"""Overlays: national -> sector -> region -> county -> this campaign. Each says only what it
changes, and why; nothing is copied.

An overlay is a YAML with ``基于`` (another checklist or overlay), ``改动`` (id -> new values, 缺省
to take a key
away, and a reason), ``停用`` (id -> reason), ``增加`` (whole items),
``计分`` (keys to replace), ``参数`` and ``情形`` (whole parameters and named conditions to
replace), ``并入`` (other overlays, laid on before it whatever they stand on), ``适用单位`` (the
agencies whose cases get it unasked).
Loading gives the effective
checklist as one tree, each row knowing its file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casereview.errors import RulesRefused
from casereview.yamlfile import LineDict, load_yaml

_OVERLAY = {
    "基于",
    "并入",
    "编号",
    "清单",
    "版本",
    "程序",
    "层级",
    "说明",
    "缺省",
    "适用单位",
    "定律日",
    "决定文书",
    "附带程序",
    "计分",
    "改动",
    "停用",
    "增加",
    "参数",
    "情形",
}
_FIXED = ("编号", "种类")
_HEAD = ("编号", "清单", "版本", "程序", "缺省", "定律日", "决定文书", "附带程序")
DEEPEST = 8  # so many checklists may stand on each other
UNSET = "缺省"  # the value by which a change takes a key away


@dataclass(frozen=True)
class Units:
    """适用单位: words of the names of the agencies whose cases get an overlay unasked, words of
    names that do not (除外), and the laws one of which the decision must name (引用; none: any).
    """

    words: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()

    def told(self, names: Iterable[str]) -> tuple[str, str] | None:
        """(name, word) by which one of ``names`` is such an agency; None where none is, or one is
        excepted.
        """
        every = [name for name in names if name]
        if any(word in name for name in every for word in self.but):
            return None
        return next(((n, w) for n in every for w in self.words if w in n), None)


@dataclass
class Layered:
    """The effective tree of a checklist, the files it came from (base first), the items switched
    off with their reasons, parameters it replaces, and the units that its top layer names.
    """

    tree: LineDict
    files: list[Path]
    origin: dict[str, Path] = field(default_factory=dict)
    off: dict[str, tuple[str, Path]] = field(default_factory=dict)
    changed: dict[str, tuple[str, Path]] = field(default_factory=dict)
    parameters: list[tuple[str, LineDict, Path]] = field(default_factory=list)
    situations: list[tuple[Path, str, LineDict]] = field(default_factory=list)
    units: Units = Units()


def load_layers(path: Path, find: Any, depth: int = 0) -> Layered:
    """Read a checklist or an overlay with all it stands on. ``find``: name -> path. Raises
    RulesRefused with every complaint.
    """
    data = load_yaml(path)
    if not isinstance(data, LineDict):
        raise RulesRefused([f"{path}：不是检查清单"])
    if "基于" not in data:
        return Layered(data, [path], {name: path for name in _rows_of(data)})
    if depth > DEEPEST:
        line = data.line("基于")
        raise RulesRefused([f"{path}：第 {line} 行：“基于”套了八层以上，是不是互相引用？"])
    base = load_layers(find(str(data["基于"])), find, depth + 1)
    bad = _strange_keys(data, path)
    for name in _names(data, "并入"):
        _join(data, path, base, find(name), bad)
    _lay_on(data, path, base, bad)
    _set_head(data, base.tree)
    base.units = _units(data, path, bad)
    if bad:
        raise RulesRefused(bad)
    base.files.append(path)
    return base


def _lay_on(data: LineDict, path: Path, base: Layered, bad: list[str]) -> None:
    """What an overlay changes, switches off, adds and replaces."""
    _change(data, path, base, bad)
    _switch_off(data, path, base, bad)
    _add(data, path, base, bad)
    for name, row in _mapping(data, "参数").items():
        base.parameters.append((name, row, path))
    for name in (situations := _mapping(data, "情形")):
        base.situations.append((path, str(name), situations))


def _join(data: LineDict, path: Path, base: Layered, more: Path, bad: list[str]) -> None:
    """Lay another overlay on, whatever it stands on; it must be for the same procedure."""
    other = load_yaml(more)
    usual = str(base.tree.get("程序") or "")
    if not isinstance(other, LineDict) or "基于" not in other:
        bad.append(f"{path}：第 {data.line('并入')} 行：{more.name} 不是叠加清单")
    elif str(other.get("程序") or usual) != usual:
        text = f"{more.name} 用于程序 {other['程序']}，这里是 {usual}"
        bad.append(f"{path}：第 {data.line('并入')} 行：{text}")
    elif more not in base.files:
        bad += _strange_keys(other, more)
        _lay_on(other, more, base, bad)
        base.files.append(more)


def _names(data: LineDict, key: str) -> list[str]:
    """The names behind a key, one or a list."""
    value = data.get(key) or []
    return [str(v) for v in (value if isinstance(value, list) else [value])]


def _units(data: LineDict, path: Path, bad: list[str]) -> Units:
    """The agencies that an overlay is for: a list of words, or 名称 with 除外 and 引用."""
    value = data.get("适用单位")
    if value is None:
        return Units()
    row = value if isinstance(value, dict) else {"名称": value}
    keys = ("名称", "除外", "引用")
    lists = [row.get(k, []) for k in keys]
    written = all(isinstance(v, list) and all(isinstance(w, str) and w for w in v) for v in lists)
    if not written or not lists[0] or set(row) - set(keys):
        text = "适用单位要写成 [公安局, 派出所]，或者 {名称: [词], 除外: [词], 引用: [法律]}"
        bad.append(f"{path}：第 {data.line('适用单位')} 行：{text}")
        return Units()
    return Units(*(tuple(v) for v in lists))


def _mapping(data: LineDict, key: str) -> LineDict:
    """The mapping under a key; an empty one where there is none."""
    value = data.get(key)
    return value if isinstance(value, LineDict) else LineDict(1)


def _set_head(data: LineDict, tree: LineDict) -> None:
    """What an overlay says of the checklist as a whole. A checklist that stands on a default one is
    no default itself.
    """
    for k in _HEAD:
        if k in data:
            tree[k] = data[k]
            tree.lines[k] = data.line(k)
    if "缺省" not in data:
        tree.pop("缺省", None)
    scoring = _mapping(data, "计分")
    if scoring and not isinstance(tree.get("计分"), LineDict):
        tree["计分"] = LineDict(1)
    for k, v in scoring.items():
        tree["计分"][k] = v
        tree["计分"].lines[k] = scoring.line(k)


def _strange_keys(data: LineDict, path: Path) -> list[str]:
    """Complaints of keys that an overlay does not know."""
    known = "、".join(sorted(_OVERLAY))
    strange = [k for k in data if k not in _OVERLAY]
    return [f"{path}：第 {data.line(k)} 行：不认识的键“{k}”，可以写 {known}" for k in strange]


def _rows_of(tree: LineDict) -> dict[str, LineDict]:
    """The items of a checklist by their ids."""
    rows = (r for r in tree.get("检查项") or [] if isinstance(r, LineDict))
    return {str(r["编号"]): r for r in rows if r.get("编号")}


def _rows(base: Layered) -> dict[str, LineDict]:
    return _rows_of(base.tree)


def _unknown(path: Path, line: int, name: str, rows: dict[str, LineDict]) -> str:
    from rapidfuzz import process

    near = [m[0] for m in process.extract(name, list(rows), limit=3)]
    return f"{path}：第 {line} 行：下层清单没有检查项“{name}”，相近的有 {'、'.join(near)}"


def _change(data: LineDict, path: Path, base: Layered, bad: list[str]) -> None:
    rows = _rows(base)
    for name, new in (data.get("改动") or {}).items():
        line = data["改动"].line(name)
        if name not in rows:
            bad.append(_unknown(path, line, name, rows))
        elif not isinstance(new, LineDict) or not new.get("理由"):
            bad.append(f"{path}：第 {line} 行：改动“{name}”要写新的值和 理由")
        else:
            for k, v in new.items():
                if k in _FIXED:
                    bad.append(
                        f"{path}：第 {new.line(k)} 行："
                        f"不能改“{k}”；要换一种判法，请停用原项，另用新编号增加一项"
                    )
                elif v == UNSET:
                    rows[name].pop(k, None)
                elif k != "理由":
                    rows[name][k] = v
                    rows[name].lines[k] = new.line(k)
            base.changed[name] = (str(new["理由"]), path)
            base.origin[name] = path


def _switch_off(data: LineDict, path: Path, base: Layered, bad: list[str]) -> None:
    rows = _rows(base)
    for name, why in (data.get("停用") or {}).items():
        if name not in rows:
            bad.append(_unknown(path, data["停用"].line(name), name, rows))
        elif not why:
            bad.append(f"{path}：第 {data['停用'].line(name)} 行：停用“{name}”要写理由")
        else:
            base.off[name] = (str(why), path)
            base.tree["检查项"] = [r for r in base.tree["检查项"] if r.get("编号") != name]


def _add(data: LineDict, path: Path, base: Layered, bad: list[str]) -> None:
    for row in data.get("增加") or []:
        if not isinstance(row, LineDict) or not row.get("编号"):
            bad.append(f"{path}：“增加”里每一项都要有编号")
        elif row["编号"] in _rows(base):
            bad.append(f"{path}：第 {row.start} 行：编号“{row['编号']}”已有，请用“改动”")
        else:
            base.tree["检查项"] = [*base.tree["检查项"], row]
            base.origin[str(row["编号"])] = path
