"""Lists of words kept as data under ``用语/`` of the rules folder: read once a folder, refused with
every complaint, and taken from what came along where a folder has no such file. A file of one's own
has the lists of the file that came along, no others.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from casereview.errors import RulesRefused
from casereview.settings import rules_folder, shipped_rules
from casereview.yamlfile import LineDict, load_yaml

FOLDER = "用语"
Lists = MappingProxyType[str, tuple[str, ...]]


def read_lists(path: Path, names: tuple[str, ...]) -> Lists:
    """The lists of one file; an entry may hold several words between blanks. Raises RulesRefused
    for a name that is not known or missing.
    """
    data = _rows(path)
    known = "、".join(names)
    bad = [
        f"{path}：第 {data.line(k)} 行：不认识的键“{k}”，可以写 {known}"
        for k in data
        if k not in names
    ]
    bad += [f"{path}：缺少“{n}”" for n in names if not isinstance(data.get(n), list)]
    if bad:
        raise RulesRefused(bad)
    return MappingProxyType(
        {n: tuple(w for row in data[n] for w in str(row).split()) for n in names}
    )


def _rows(path: Path) -> LineDict:
    data = load_yaml(path)
    return data if isinstance(data, LineDict) else LineDict(1)


@lru_cache(maxsize=32)
def _of_folder(folder: Path, file: str) -> Lists:
    own, shipped = folder / FOLDER / file, shipped_rules() / FOLDER / file
    return read_lists(own if own.is_file() else shipped, tuple(_rows(shipped)))


def word_lists(file: str) -> Lists:
    """The lists of ``file`` in the rules folder in use. Raises RulesRefused."""
    return _of_folder(rules_folder(), file)


def either(words: tuple[str, ...]) -> str:
    """Words as alternatives of a pattern, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
