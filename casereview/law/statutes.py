"""Which version of a law stood when, and how many articles it had: ``statutes.csv`` of the rules
folder, one row a version. Facts alone, no text.

What is not read in the source (``verified`` other than V), has no count, or may have changed after
the index was made never makes a statement sure: a check may fail only by what is ``sure``.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from casereview.chinese.laws import title_key, without_places

BOTH = 2  # sides of a version nobody counted
HALF = 2  # of the articles of one side alone, so much it surely has
READ = "V"  # the mark of a row whose day and count were read in the source
NATIONAL = ("法律", "行政法规", "监察法规")  # levels of which the index has every version
STATUTE = "法律"


@dataclass(frozen=True)
class Version:
    """One version of a law. ``adopted``: the day it was passed or made public; ``ended``: the first
    day on which it no longer stood; ``articles``: its last article, 0 where nobody counted;
    ``count``: its articles with those numbered 之一; ``known_until``: the last day of which the
    index knows that nothing followed.
    """

    title: str
    since: dt.date | None
    articles: int
    ended: dt.date | None = None
    level: str = ""
    adopted: dt.date | None = None
    verified: bool = False
    known_until: dt.date | None = None
    count: int = 0
    short_titles: tuple[str, ...] = ()

    def stands_on(self, day: dt.date) -> bool:
        """True when this version was in force on ``day``."""
        return _since(self) <= day < (self.ended or dt.date.max)

    def has(self, article: int) -> bool | None:
        """True when it has that article; None where nobody counted."""
        return article <= self.articles if self.articles else None


def _since(version: Version) -> dt.date:
    return version.since or dt.date.min


def _until(version: Version, after: Version | None) -> Version:
    """A version that stands until the next one does, if not shorter."""
    if after is None or (version.ended and version.ended <= _since(after)):
        return version
    return replace(version, ended=after.since)


class Status(StrEnum):
    """How an article stands for a decision."""

    EXISTS = "有效"
    ABSENT = "没有这一条"
    ENDED = "已经失效"
    LATER = "尚未施行"
    UNKNOWN = "索引没有收录"


class Doubt(StrEnum):
    """Why a status is not sure."""

    MEMORY = "该版本的施行日或者条数待核实"
    UNCOUNTED = "当时的版本没有读到条数"
    AFTER_INDEX = "决定晚于法律索引的日期，其后可能有新的版本"
    ACT_BEFORE = "违法行为在前，从旧兼从轻的请人工判断"
    ACT_UNKNOWN = "没有读到违法行为的日期，适用哪个版本请人工核对"
    NO_DAY = "没有读到决定日期"
    OTHER_VERSION = "其他版本有这一条，适用哪个版本请人工核对"
    NAMED_VERSION = "写明的版本与索引对不上"
    REPLACED = "写明的版本其时已经被修改"
    BRANCH = "索引没有收录“之一”各条"
    SAME_NAME = "其他机关有同名的规定"


@dataclass(frozen=True)
class Standing:
    """A status, the version it is of, and ``doubt`` where it is not sure. ``names``: titles that
    may be meant, where the law is not in the index or others bear the same name.
    """

    status: Status
    version: Version | None = None
    doubt: Doubt | None = None
    names: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """True when a check may rest a 不合格 on it."""
        return self.doubt is None and self.version is not None and self.version.verified

    @property
    def day(self) -> dt.date | None:
        """The day from which the law ended or begins."""
        if self.version is None:
            return None
        return self.version.ended if self.status is Status.ENDED else self.version.since


@dataclass(frozen=True)
class Asked:
    """An article as cited: of the law named ``title``, in the version of ``year`` where one is
    named; ``branch``: the number behind 之. The act lasted from ``began`` to ``acted``.
    """

    title: str
    article: int = 1
    branch: int = 0
    year: int | None = None
    began: dt.date | None = None
    acted: dt.date | None = None
    decided: dt.date | None = None

    @property
    def act(self) -> dt.date | None:
        """The first day of the act that is known."""
        return self.began or self.acted


@dataclass(frozen=True)
class _Rows:
    """The versions of a sheet, row by row."""

    path: Path

    def __iter__(self) -> Iterator[Version]:
        with self.path.open(encoding="utf-8-sig", newline="") as f:
            yield from map(version_of, csv.DictReader(f))


class Statutes:
    """An index of laws by the names in which people write them, read when one is asked for."""

    def __init__(self, versions: Iterable[Version]):
        self._versions = versions

    @classmethod
    def load(cls, path: Path) -> Statutes:
        """The index that ``statutes.csv`` holds."""
        return cls(_Rows(path))

    @cached_property
    def _by(self) -> dict[str, list[Version]]:
        out: dict[str, list[Version]] = {}
        for v in self._versions:
            out.setdefault(title_key(v.title), []).append(v)
        return out

    @cached_property
    def _named(self) -> dict[str, str]:
        """Short title -> title, both as keys."""
        every = ((k, short) for k, of in self._by.items() for v in of for short in v.short_titles)
        return {title_key(short): k for k, short in every}

    def __getstate__(self) -> dict[str, Any]:
        """What it is made of; what was worked out is left."""
        return {"_versions": self._versions}

    def __len__(self) -> int:
        return len(self._by)

    @property
    def versions(self) -> int:
        """How many versions it knows."""
        return sum(len(v) for v in self._by.values())

    def known_until(self, level: str) -> dt.date | None:
        """The last day of which every law of that level is known as it stands."""
        days = [v.known_until for of in self._by.values() for v in of if v.level == level]
        return min((d for d in days if d), default=None)

    def find(self, title: str) -> list[Version]:
        """Every known version of the law that people call ``title``, the oldest first; empty when
        it is not in the index.
        """
        k = title_key(title)
        found = self._by.get(k) or self._by.get(self._named.get(k, ""), [])
        every = sorted(found, key=_since)
        return [_until(v, after) for v, after in zip_longest(every, every[1:])]

    def level(self, title: str) -> str:
        """法律, 行政法规 …; '' for what is not in the index."""
        return next((v.level for v in reversed(self.find(title))), "")

    def titles(self, part: str) -> list[str]:
        """Titles that hold ``part``."""
        k = title_key(part)
        return [of[0].title for name, of in self._by.items() if k and k in name]

    def same_name(self, title: str) -> list[list[Version]]:
        """Regulations of places that are called ``title`` behind the name of the place."""
        k = title_key(title)
        return [of for name, of in self._regional.get(k, []) if name != k]

    @cached_property
    def _regional(self) -> dict[str, list[tuple[str, list[Version]]]]:
        """Title without its place -> the regulations of places that bear it."""
        out: dict[str, list[tuple[str, list[Version]]]] = {}
        for name, of in self._by.items():
            for tail in without_places(name) if of[0].level not in NATIONAL else ():
                out.setdefault(tail, []).append((name, of))
        return out

    def stand(self, asked: Asked) -> Standing:
        """How an article stands for a decision, by the versions in force from the act to the day
        of the decision (行政处罚法 37: 从旧兼从轻).
        """
        versions = self.find(asked.title)
        if not versions:
            names = tuple(of[0].title for of in self.same_name(asked.title))
            return Standing(Status.UNKNOWN, names=names)
        standing = _stand(versions, asked)
        return self._meant(standing, asked) if standing.status is Status.ABSENT else standing

    def _meant(self, standing: Standing, asked: Asked) -> Standing:
        """An absence, open where a regulation of the same name of another place has the article."""
        if not standing.sure or asked.decided is None:
            return standing
        others = [of for of in self.same_name(asked.title) if any(v.has(asked.article) for v in of)]
        names = tuple(of[0].title for of in others)
        return (
            Standing(standing.status, standing.version, Doubt.SAME_NAME, names)
            if names
            else (standing)
        )


def _stand(versions: list[Version], asked: Asked) -> Standing:
    """How an article stands, of a law whose versions are known."""
    if asked.decided is None:
        has = any(v.has(asked.article) is not False for v in versions)
        return Standing(Status.EXISTS if has else Status.ABSENT, versions[-1], Doubt.NO_DAY)
    if asked.year is None:
        return _of_the_days(versions, asked, asked.decided)
    year = asked.year
    named = [v for v in versions if year in {d.year for d in (v.adopted, v.since) if d}]
    if len(named) != 1:
        standing = _of_the_days(versions, asked, asked.decided)
        found = standing.status is Status.EXISTS
        return standing if found else _open(standing, Doubt.NAMED_VERSION)
    return _of_one(named[0], asked, asked.decided)


def _open(standing: Standing, doubt: Doubt) -> Standing:
    return Standing(standing.status, standing.version, standing.doubt or doubt)


def _of_one(version: Version, asked: Asked, decided: dt.date) -> Standing:
    """An article of the version that the paper names."""
    if decided < _since(version):
        return Standing(Status.LATER, version)
    has = version.has(asked.article)
    if has is False:
        return Standing(Status.ABSENT, version)
    if has is None:
        return Standing(Status.ABSENT, version, Doubt.UNCOUNTED)
    over = version.ended is not None and version.ended <= decided
    if over and not (asked.act and version.stands_on(asked.act)):
        return Standing(Status.ENDED, version, Doubt.REPLACED)
    return _branch(version, asked)


def _of_the_days(versions: list[Version], asked: Asked, decided: dt.date) -> Standing:
    """An article by the versions in force between the act and the decision."""
    first, last = versions[0], versions[-1]
    if decided < _since(first):
        every = first.level in NATIONAL
        return Standing(Status.LATER, first, None if every else Doubt.OTHER_VERSION)
    now = next((v for v in reversed(versions) if _since(v) <= decided), last)
    if now.ended and now.ended <= decided:
        return Standing(Status.ENDED, now, _ended_doubt(now.ended, asked))
    has = now.has(asked.article)
    if has:
        return _branch(now, asked)
    if has is None:
        return _uncounted(versions, now, asked)
    return _lacking(versions, now, asked, decided)


def _ended_doubt(ended: dt.date, asked: Asked) -> Doubt | None:
    """Why the end of a law does not settle that it may not be cited."""
    if asked.acted is None or asked.began is None:
        return Doubt.ACT_UNKNOWN
    return Doubt.ACT_BEFORE if asked.began < ended else None


def _branch(version: Version, asked: Asked) -> Standing:
    """An article that exists; the one numbered 之一 only where the version has such."""
    known = not asked.branch or version.count > version.articles
    return Standing(
        Status.EXISTS if known else Status.ABSENT, version, None if known else (Doubt.BRANCH)
    )


def _uncounted(versions: list[Version], now: Version, asked: Asked) -> Standing:
    """A version nobody counted: what the counted ones before and after it have, it has too, and
    where only one side is counted, what stands in the first half of that.
    """
    beside = _beside(versions, now)
    reach = asked.article if len(beside) == BOTH else asked.article * HALF
    if beside and all(v.has(reach) for v in beside):
        return Standing(Status.EXISTS, now)
    return Standing(Status.ABSENT, now, Doubt.UNCOUNTED)


def _beside(versions: list[Version], at: Version) -> list[Version]:
    """The counted versions right before and right after one."""
    counted = [v for v in versions if v.articles]
    before = [v for v in counted if _since(v) < _since(at)][-1:]
    return before + [v for v in counted if _since(v) > _since(at)][:1]


def _may_have(version: Version, versions: list[Version], asked: Asked) -> bool:
    """True when a version that may be that of the act has the article. Of an act on an unknown day
    a version nobody counted lacks what those beside it lack.
    """
    has = version.has(asked.article)
    if has is None and asked.act is None:
        beside = _beside(versions, version)
        return len(beside) < BOTH or any(v.has(asked.article) for v in beside)
    return has is not False


def _lacking(versions: list[Version], now: Version, asked: Asked, decided: dt.date) -> Standing:
    """An article that the version in force at the decision lacks."""
    at_the_act = _earlier(versions, now, asked.act)
    if asked.act and any(v.has(asked.article) for v in at_the_act if v.stands_on(asked.act)):
        return _branch(now, asked)
    doubt = _doubt_of_the_act(versions, at_the_act, asked)
    if doubt is None and not now.verified:
        doubt = Doubt.MEMORY
    return Standing(Status.ABSENT, now, doubt or _next_doubt(versions, now, asked, decided))


def _earlier(versions: list[Version], now: Version, act: dt.date | None) -> list[Version]:
    """Versions before ``now`` that may be those of the act: all, where its day is not known."""
    before = [v for v in versions if _since(v) < _since(now)]
    return [v for v in before if act is None or (v.ended or dt.date.max) > act]


def _doubt_of_the_act(
    versions: list[Version], at_the_act: list[Version], asked: Asked
) -> Doubt | None:
    """Why a version between act and decision may have the article after all."""
    if any(_may_have(v, versions, asked) for v in at_the_act):
        return Doubt.OTHER_VERSION if asked.act else Doubt.ACT_UNKNOWN
    if asked.act and not all(v.verified for v in at_the_act):
        return Doubt.MEMORY
    return None


def _next_doubt(
    versions: list[Version], now: Version, asked: Asked, decided: dt.date
) -> Doubt | None:
    """Why another version than ``now`` may have stood on the day after all."""
    following = next((v for v in versions if _since(v) > _since(now)), None)
    if following is None:
        if now.ended is None and (now.known_until is None or decided > now.known_until):
            return Doubt.AFTER_INDEX
        return None
    passed = following.adopted is not None and following.adopted <= decided
    if passed and not following.verified and following.has(asked.article) is not False:
        return Doubt.MEMORY
    return None


def version_of(row: dict[str, str]) -> Version:
    """A row of the index; columns that a sheet does not have are empty."""
    articles = int(row["last_article"] or 0)
    return Version(
        row["title"],
        day_of(row["in_force_from"]),
        articles,
        day_of(row.get("ended") or ""),
        row.get("level") or "",
        day_of(row.get("adopted") or ""),
        row.get("verified") == READ,
        day_of(row.get("known_until") or ""),
        int(row.get("articles") or 0) or articles,
        tuple(s for s in (row.get("short_titles") or "").split("|") if s),
    )


@lru_cache(maxsize=5000)
def day_of(text: str) -> dt.date | None:
    """An ISO day; None for anything else."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
