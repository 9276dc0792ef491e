"""The words around citations of laws (``文书/_引用法律.yaml``): what between 《》 is no law, which laws
order procedure only, what makes a citation a breach or a ground, nicknames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.errors import RulesRefused
from casereview.settings import rules_folder
from casereview.yamlfile import LineDict, load_yaml

FILE = Path("文书") / "_引用法律.yaml"
_KEYS = (
    *("不是法律", "程序法律", "索引不收", "违反用词", "依据用词", "指代用词"),
    "简称",
)


def any_of(words: Iterable[str]) -> str:
    """A pattern of alternatives, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


@dataclass(frozen=True)
class LawWords:
    """The lists of the file as patterns; ``nicknames``: short name -> full name."""

    no_law: re.Pattern[str]
    procedural: re.Pattern[str]
    not_indexed: re.Pattern[str]
    breach: tuple[str, ...]
    ground: tuple[str, ...]
    pointing: tuple[str, ...]
    nicknames: tuple[tuple[str, str], ...]

    @property
    def role_word(self) -> re.Pattern[str]:
        """A word of breach or ground."""
        return re.compile(any_of((*self.breach, *self.ground)))

    @property
    def said_after(self) -> re.Pattern[str]:
        """A breach of what was cited before: 违背了这一要求."""
        return re.compile(rf"(?:{any_of(self.breach)})了?(?:{any_of(self.pointing)})")


@lru_cache(maxsize=4)
def _read(folder: Path) -> LawWords:
    path = folder / FILE
    data = load_yaml(path)
    data = data if isinstance(data, LineDict) else LineDict(1)
    bad = [f"{path}：第 {data.line(k)} 行：不认识的键“{k}”" for k in data if k not in _KEYS]
    bad += [f"{path}：缺少“{k}”" for k in _KEYS if k not in data]
    if bad:
        raise RulesRefused(bad)
    lists = {k: tuple(w for row in data[k] for w in str(row).split()) for k in _KEYS[:-1]}
    return LawWords(
        *(re.compile(any_of(lists[k])) for k in _KEYS[:3]),
        *(lists[k] for k in _KEYS[3:6]),
        tuple((str(a), str(b)) for a, b in data["简称"].items()),
    )


def law_words() -> LawWords:
    """The lists of the rules folder in use. Raises RulesRefused."""
    return _read(rules_folder())
