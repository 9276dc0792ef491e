"""The words by which personal data is known: ``用语/个人信息.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from casereview.errors import RulesRefused
from casereview.settings import rules_folder, shipped_rules
from casereview.yamlfile import LineDict, load_yaml

WORDS = Path("用语") / "个人信息.yaml"
KEYS = (
    "人的栏目",
    "紧接姓名的称谓",
    "称谓后不是姓名",
    "姓名之后",
    "执法人员要素",
    "当事人一侧要素",
    "不是姓名",
    "住址栏目",
    "场所栏目",
    "场所用词",
    "编号栏目",
)


@lru_cache(maxsize=4)
def _read(folder: Path) -> dict[str, tuple[str, ...]]:
    own = folder / WORDS
    path = own if own.is_file() else shipped_rules() / WORDS
    data = load_yaml(path)
    data = data if isinstance(data, LineDict) else LineDict(1)
    bad = [
        f"{path}：第 {data.line(k)} 行：不认识的键“{k}”，可以写 {'、'.join(KEYS)}"
        for k in data
        if k not in KEYS
    ]
    bad += [f"{path}：缺少“{k}”" for k in KEYS if not isinstance(data.get(k), list)]
    if bad:
        raise RulesRefused(bad)
    return {k: tuple(w for row in data[k] for w in str(row).split()) for k in KEYS}


def words(name: str) -> tuple[str, ...]:
    """One list of the rules folder in use, the longest word first."""
    return tuple(sorted(_read(rules_folder())[name], key=len, reverse=True))


def either(name: str) -> str:
    """One list as alternatives of a pattern."""
    return "|".join(words(name))
