"""The words around citations of laws (``用语/引用法律.yaml``): what between 《》 is no law, which
laws order procedure only, what makes a citation a breach or a ground, nicknames.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casereview.chinese.wording import wording
from casereview.chinese.wordlists import either, word_lists
from casereview.settings import rules_folder

FILE = "引用法律.yaml"


@dataclass(frozen=True)
class LawWords:
    """The lists of the file as patterns; ``nicknames``: short name -> full name."""

    no_law: re.Pattern[str]
    ends_law: re.Pattern[str]
    surely_law: frozenset[str]
    procedural: re.Pattern[str]
    not_indexed: re.Pattern[str]
    breach: re.Pattern[str]
    ground: re.Pattern[str]
    said_after: re.Pattern[str]
    breach_after: re.Pattern[str]
    ground_after: re.Pattern[str]
    before_name: re.Pattern[str]
    nicknames: tuple[tuple[str, str], ...]


@lru_cache(maxsize=4)
def _of_folder(_folder: Path) -> LawWords:
    w = word_lists(FILE)
    breach, pointing = either(w["违反用词"]), either(w["指代用词"])
    pairs = (pair.partition("＝") for pair in w["简称"])
    ends = (*w["法律词尾"], *w["引到条的词尾"])
    return LawWords(
        re.compile(either(w["不是法律"])),
        re.compile(rf"(?:{either(ends)})(?=(?:[（(][^（）()]*[）)])?$)"),
        frozenset(w["法律词尾"]),
        re.compile(either(w["程序法律"])),
        re.compile(either(w["索引不收"])),
        re.compile(breach),
        re.compile(rf"{either(w['依据用词'])}|(?<!对)(?:{either(w['紧接引用的依据用词'])})$"),
        re.compile(rf"(?:{breach})了?(?:{pointing})"),
        re.compile("|".join(wording(line).in_order for line in w["其后说明违反"])),
        re.compile("|".join(wording(line).in_order for line in w["其后说明依据"])),
        re.compile(rf"^.*(?:{either(w['名称之前'])})"),
        tuple((short, full) for short, _, full in pairs),
    )


def law_words() -> LawWords:
    """The lists of the rules folder in use. Raises RulesRefused."""
    return _of_folder(rules_folder())
