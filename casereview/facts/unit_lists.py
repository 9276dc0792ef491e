"""The lists that a unit hands in (单位材料), row by row: what a column says, whatever it is called
(words: ``用语/单位材料.yaml``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from casereview.chinese import find_dates, key
from casereview.chinese.laws import short_title
from casereview.chinese.wordlists import word_lists

WORDS = "单位材料.yaml"
HIRED = "聘用借用"
_BETWEEN_ACTS = re.compile(r"[、，,；;]")
Row = Mapping[str, str]
ALIKE, WITHIN = 75, 88  # likeness of a whole name, and of a part of it
LEAST_ACT = 6  # characters of an act that tell it from others
WORD = 2  # characters of a word that stands for another


def is_hired(row: Row) -> bool:
    """True for a person of the list of officers who is hired, borrowed or an auxiliary."""
    return _carries(row.get("身份", ""), HIRED)


def is_outside_counsel(row: Row) -> bool:
    """True for a reviewer who is counsel from outside, and no lawyer of the agency."""
    said = " ".join(row.values())
    return _carries(said, "外聘顾问") and not _carries(said, "本机关律师")


def _carries(text: str, words: str) -> bool:
    return any(word in text for word in word_lists(WORDS)[words])


def day_in(text: str) -> dt.date | None:
    """The day that a cell of a list gives; None where it gives none."""
    return next((day for day, _, _ in find_dates(text)), None)


def year_in(text: str) -> int | None:
    """The year with which a cell of a list begins; None where it begins with none."""
    m = re.match(r"\s*(\d{4})", text)
    return int(m[1]) if m else None


def in_force(row: Row, day: dt.date) -> bool:
    """False where the certificate of a person began later than ``day`` or ended before."""
    begin, end = day_in(row.get("有效期起", "")), day_in(row.get("有效期止", ""))
    return not (begin and day < begin) and not (end and day > end)


def listed_matter(rows: tuple[Row, ...], cause: str, also: tuple[str, ...] = ()) -> str:
    """The matter of a list of the unit (its first column that does not merely count) that a case of
    this cause is, else the cell that names what every such case is (``also``); '' where none is
    seen to be.
    """
    cells = [[c for c in row.values() if c and not c.isdigit()] for row in rows]
    hits = (row[0] for row in cells if row and _alike(key(row[0]), key(cause)))
    named = (c for row in cells for c in row if any(word in c for word in also))
    return next(hits, "") or next(named, "")


def _alike(matter: str, cause: str) -> bool:
    """True when one of two keys is in the other; no cause is like nothing."""
    return bool(cause) and (matter in cause or cause in matter)


def _another_word(one: str, other: str) -> bool:
    """True where a word of one text stands in the place of another word of the other."""
    changes = Levenshtein.opcodes(one, other)
    return any(
        c.tag == "replace" and min(c.src_end - c.src_start, c.dest_end - c.dest_start) >= WORD
        for c in changes
    )


@dataclass(frozen=True)
class Power:
    """A row of the list of powers (权责清单): the matter and its ground."""

    matter: str
    ground: str

    def is_for(self, cause: str) -> bool:
        """True when its matter is what a case is about: no word of it stands for another
        (普通货物运输, 危险货物运输).
        """
        mine, theirs = self._keys(cause)
        return self.is_near(cause) and not _another_word(mine, theirs)

    def is_near(self, cause: str) -> bool:
        """True when its matter reads much like what a case is about."""
        mine, theirs = self._keys(cause)
        alike = fuzz.ratio(mine, theirs) >= ALIKE or fuzz.partial_ratio(mine, theirs) >= WITHIN
        return bool(theirs) and alike

    def covers(self, act: str) -> bool:
        """True when its matter names an act among others (安装、使用、检测…不符合标准): every
        character of the act stands in it in the same order.
        """
        mine, theirs = self._keys(act)
        letters = iter(mine)
        return len(theirs) >= LEAST_ACT and all(letter in letters for letter in theirs)

    def _keys(self, cause: str) -> tuple[str, str]:
        words = word_lists(WORDS)
        return key(_bare(self.matter, words["事项开头"], words["事项结尾"])), key(bare_cause(cause))

    def rests_on(self, law: str, articles: tuple[str, ...]) -> bool:
        """True when its ground names the law and the first of the articles."""
        if not articles or short_title(law) not in key(self.ground):
            return False
        return articles[0].partition("条")[0] + "条" in self.ground


def powers(rows: tuple[Row, ...]) -> list[Power]:
    """The rows of a list of powers."""
    words = word_lists(WORDS)
    return [Power(_cell(r, words["事项栏"]), _cell(r, words["依据栏"])) for r in rows]


def acts_of(cause: str) -> list[str]:
    """The acts that the cause of a case names one after the other."""
    return [act for act in _BETWEEN_ACTS.split(bare_cause(cause)) if act]


def bare_cause(cause: str) -> str:
    """The cause of a case (案由) without what stands around the matter."""
    words = word_lists(WORDS)
    return _bare(cause, words["案由开头"], words["案由结尾"])


def _cell(row: Row, names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _bare(text: str, heads: tuple[str, ...], tails: tuple[str, ...]) -> str:
    """``text`` without one of the words before it and one of those after it, the longest first."""
    head = next((w for w in heads if text.startswith(w)), "")
    text = text.removeprefix(head)
    tail = next((w for w in sorted(tails, key=len, reverse=True) if text.endswith(w)), "")
    return text.removesuffix(tail)
