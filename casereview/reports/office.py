"""What only the office knows of the papers it sends out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from casereview.errors import RulesRefused, UsageError
from casereview.reports.words import cn_date
from casereview.yamlfile import load_yaml

FIELDS = (
    "发文机关",
    "发文字号",
    "印发日期",
    "联系人",
    "联系电话",
    "整改期限",
    "主送",
    "抄送",
    "印发机关",
    "本级政府",
)
OPTIONAL = ("抄送", "印发机关", "本级政府")  # what a paper may do without
_INSTEAD = {"印发机关": "发文机关"}  # who prints it is who issues it, where nothing else is said
_IN_GENERAL = {"本级政府": "本级人民政府"}
_DAYS = ("印发日期", "整改期限")


@dataclass(frozen=True)
class Office:
    """Its name, the number of the paper, the day, whom to ask. What is not given stands in the
    paper as 【…】; in one that goes out (``final``) nothing does. ``with_cases``: the papers on
    every case go with the notice.
    """

    given: dict[str, str]
    final: bool = False
    with_cases: bool = False

    def tag(self, name: str) -> str:
        """The value, or a mark that it must be filled in."""
        known = self.given.get(name) or _IN_GENERAL.get(name)
        if not known and name in _INSTEAD:
            return self.tag(_INSTEAD[name])
        return known or ("" if self.final else f"【{name}】")

    def issued(self, **given: str) -> Office:
        """The same for a paper that goes out: what is known of it counts, nothing is marked."""
        return replace(self, given={**self.given, **given}, final=True)

    @property
    def tags(self) -> dict[str, str]:
        """Every field by its name."""
        return {name: self.tag(name) for name in FIELDS}

    @property
    def open(self) -> list[str]:
        """Fields that nobody gave."""
        return [f for f in FIELDS if not self.given.get(f)]


def load_office(path: Path | None) -> Office:
    """Read 印发信息 (YAML with the keys of FIELDS). Raises UsageError."""
    if path is None:
        return Office({})
    if not path.is_file():
        raise UsageError(f"找不到 {path}")
    try:
        data = load_yaml(path) or {}
    except RulesRefused as e:
        complaints = "\n".join(e.complaints)
        raise UsageError(f"印发信息有误，文书没有写出：\n{complaints}") from e
    bad = [str(k) for k in data if k not in FIELDS]
    if bad:
        raise UsageError(f"{path}：不认识的键“{'、'.join(bad)}”，可以写 {'、'.join(FIELDS)}")
    return Office({k: cn_date(str(v)) if k in _DAYS else str(v) for k, v in data.items() if v})
