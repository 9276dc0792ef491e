"""Folders as they are found -> which of them are cases, how sure and why.

What makes a case is its own cover, filing and decision. Folders that lack them and complete each
other are parts of one case, whatever they are called.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path

from casereview.reading.first_look import first_words
from casereview.reading.safe_open import NO_PAPER, READ_SUFFIXES, is_junk
from casereview.settings import rules_folder
from casereview.yamlfile import load_yaml

UNIT_PAPERS = "单位材料"
DATA = Path("文书") / "_案卷结构.yaml"
_WHOLE_CASE = {".pdf", ".docx", ".doc", ".wps", ".ofd"}
_LOOKED_INTO = {".pdf", ".docx"}
_LOOKS = 3  # so many files of a folder are opened where names say nothing
_ENOUGH = 2.0
_NUMBER = re.compile(r"[〔\[【（(](?:19|20)\d\d|第?\d+号|.{4,}案$")
_N = r"[一二三四五六七八九十\d]+"
_VOLUME = re.compile(rf"第?{_N}(?:[卷册]|部分|分卷)|[上中下][卷册]|[卷册]{_N}")
# a title ends so, or its number follows
_TITLE = re.compile(r"[表书卷录单面皮册批告](?:$|[^，。；：:]{0,8}[〔\[])")
_SERIAL = re.compile(r"^\s*[（(]?(\d{1,2})[)）.、\-_\s]*")


@dataclass(frozen=True)
class Found:
    """A folder, zip or file that is a case; how sure (0..1), and why where it is not plain."""

    root: Path
    sure: float = 1.0
    why: str = ""


@dataclass(frozen=True)
class _Words:
    """What names of files and folders say (``文书/_案卷结构.yaml``)."""

    roles: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    once: tuple[str, ...]
    parts: tuple[str, ...]
    units: tuple[str, ...]
    known: dict[str, str] = field(default_factory=dict, compare=False)  # roles of names so far

    def role(self, name: str) -> str:
        """What the name or title of a paper shows: cover, filing, decision …; '' for others."""
        if name not in self.known:
            self.known[name] = self._role(name)
        return self.known[name]

    def role_of_line(self, line: str) -> str:
        """The role that a line of text shows as a title: a field (立案事由) shows none."""
        return self.role(line) if _TITLE.search(re.sub(r"[（(].*?[）)]", "", line)) else ""

    def _role(self, name: str) -> str:
        bare = re.sub(r"[（(][^（）()]*[）)]", "", name)
        for role, (has, lacks) in self.roles.items():
            if any(w in bare for w in has) and not any(w in bare for w in lacks):
                return role
        return ""

    def is_part(self, name: str) -> bool:
        """True for folder names that people use inside a case, such as 正卷, 02调查取证."""
        bare = re.sub(r"^[\d.、\-_\s（）()]+", "", name)
        if not bare or len(bare) > 10 or bare == UNIT_PAPERS:
            return False
        outside = bare.endswith(self.units) or _NUMBER.search(bare)
        return not outside and any(w in bare for w in self.parts)


@lru_cache(maxsize=4)
def _words(folder: Path) -> _Words:
    data = load_yaml(folder / DATA)
    roles = {
        role: (tuple(row["有"]), tuple(row.get("没有") or ())) for role, row in data["文件"].items()
    }
    return _Words(roles, tuple(data["一案一份"]), tuple(data["部分"]), tuple(data["单位结尾"]))


_of_names = lru_cache(maxsize=4096)  # the files of one case are called like those of another


@_of_names
def _ending(name: str) -> str:
    """'.pdf' of a name."""
    return os.path.splitext(name)[1].lower()


@_of_names
def _stem(name: str) -> str:
    """A name without its ending."""
    return os.path.splitext(name)[0]


@_of_names
def _sort(name: str) -> str:
    """What a file of this name is: a zip, a paper, of a kind that is not read ('unknown'), or ''
    for what is none of a case.
    """
    suffix = _ending(name)
    if is_junk(name):
        return ""
    if suffix == ".zip":
        return "zip"
    if suffix in READ_SUFFIXES:
        return "paper"
    return "" if name.lower().endswith(NO_PAPER) else "unknown"


class _Folder:
    """A folder, read once: its papers, zips and sub-folders, and what they show."""

    def __init__(self, path: Path, words: _Words):
        self.path, self.words = path, words
        self.papers: list[str] = []  # names
        self.zips: list[Path] = []
        self.dirs: list[_Folder] = []
        self.unknown = 0  # files of a kind that is not read, which may all the same be a case
        self.looked: set[str] = set()
        self.is_unit = False  # it holds the unit's own papers
        with os.scandir(path) as found:
            entries = sorted(found, key=attrgetter("name"))
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                self._take(entry.name)
            elif not entry.is_dir(follow_symlinks=False):
                continue
            elif entry.name == UNIT_PAPERS:
                self.is_unit = True
            else:
                self.dirs.append(_Folder(path / entry.name, words))

    def _take(self, name: str) -> None:
        """One file that lies in it."""
        sort = _sort(name)
        if sort == "paper":
            self.papers.append(name)
        elif sort == "zip":
            self.zips.append(self.path / name)
        self.unknown += sort == "unknown"

    @property
    def name(self) -> str:
        return self.path.name

    @cached_property
    def holds_anything(self) -> bool:
        """False for an empty folder."""
        return bool(self.papers or self.zips) or any(d.holds_anything for d in self.dirs)

    @property
    def unreadable(self) -> list[Path]:
        """Folders below in which nothing can be read though there is something: each is listed as
        a case, with what cannot be read, rather than left out in silence.
        """
        if self.holds_anything or self.is_unit:
            return []
        return [self.path] if self.unknown else [p for d in self.dirs for p in d.unreadable]

    @property
    def full(self) -> list[_Folder]:
        """Sub-folders that hold anything."""
        return [d for d in self.dirs if d.holds_anything]

    @property
    def roles(self) -> set[str]:
        """What the names of all papers below show, and what was seen inside."""
        return (self.named | self.looked).union(*(d.roles for d in self.dirs))

    @cached_property
    def named(self) -> set[str]:
        """What the names of the papers in it show."""
        return {self.words.role(_stem(name)) for name in self.papers} - {""}

    @property
    def once(self) -> set[str]:
        """Papers below of which a case has but one."""
        return self.roles & set(self.words.once)

    def look_inside(self) -> None:
        """Open the first pages of a few files, where names say nothing."""
        if self.roles:
            return
        for name in [p for p in self.papers if _ending(p) in _LOOKED_INTO][:_LOOKS]:
            lines = first_words(self.path / name)
            self.looked |= {self.words.role_of_line(line) for line in lines} - {""}
        for folder in self.dirs[:_LOOKS]:
            folder.look_inside()

    @cached_property
    def may_be_part(self) -> bool:
        """A part of a case holds papers or recordings, and in folders of its own but more such
        parts.
        """
        return not self.is_unit and all(
            d.may_be_part and (d.words.is_part(d.name) or not d.full) for d in self.full
        )

    @property
    def stands_alone(self) -> bool:
        """True when a folder shows a case of its own: what a case has once, and more of a case."""
        return bool(self.once) and len(self.roles) > 1


def cases_below(path: Path, level: str = "", one_file_per_case: bool = False) -> list[Found]:
    """Every case at or below a folder. ``level``: what the folder is by the user's word (batch,
    unit or ''); ``one_file_per_case``: a unit scans each case into one file.
    """
    folder = _Folder(path, _words(rules_folder()))
    if level == "unit":
        return _children(folder, one_file_per_case)
    if level == "batch":
        below = [f for d in folder.full for f in _children(d, one_file_per_case)]
        return [Found(z) for z in folder.zips] + below
    return _cases(folder, one_file_per_case)


def _children(unit: _Folder, one_file: bool) -> list[Found]:
    """The cases of a folder that is known to be a unit: its zips and sub-folders."""
    found = [Found(z) for z in unit.zips]
    if one_file:
        found = _single_files(unit) + found
    for d in unit.full:
        found += _cases(d, one_file) if one_file else [Found(d.path)]
    return found + _unreadable(unit)


def _cases(folder: _Folder, one_file: bool) -> list[Found]:
    zips = [Found(z) for z in folder.zips]
    if folder.papers and one_file:
        return _single_files(folder) + zips
    if folder.papers:
        return _with_papers(folder)
    if folder.full and not zips:
        parts = _as_parts(folder)
        if parts is not None:
            return [parts]
    below = [f for d in folder.full for f in _cases(d, one_file)]
    return zips + below + _unreadable(folder)


def _unreadable(folder: _Folder) -> list[Found]:
    """What beside the cases of a folder, or as all that it holds, cannot be read."""
    if not folder.holds_anything:
        return [Found(p) for p in folder.unreadable]
    return [Found(p) for d in folder.dirs for p in d.unreadable]


def _single_files(folder: _Folder) -> list[Found]:
    return [Found(folder.path / p) for p in folder.papers if _ending(p) in _WHOLE_CASE]


def _with_papers(folder: _Folder) -> list[Found]:
    """A folder that directly holds papers is a case, and its sub-folders belong to it; unless
    several of them are cases of their own and its own papers show nothing of a case.
    """
    alone = [d for d in folder.full if d.stands_alone]
    if len(alone) < 2 or folder.named:
        return [Found(folder.path)]
    why = f"“{folder.name}”里直接放着文件，但 {len(alone)} 个子文件夹各有立案或者决定，各是一个案卷"
    below = [f for d in folder.full for f in _cases(d, one_file=False)]
    return [Found(f.root, min(f.sure, 0.8), f.why or why) for f in below]


def _as_parts(folder: _Folder) -> Found | None:
    """The folder as one case in parts; None where its sub-folders are cases, or hold them."""
    parts = folder.full
    if folder.is_unit:
        return None
    if all(folder.words.is_part(d.name) for d in parts):
        return Found(folder.path)
    if len(parts) < 2 or not all(d.may_be_part for d in parts):
        return None
    weight, why = _weighed(folder, parts)
    if weight < _ENOUGH and not folder.roles:
        for d in parts:
            d.look_inside()
        weight, why = _weighed(folder, parts)
    if weight < _ENOUGH:
        return None
    return Found(
        folder.path, min(0.95, 0.5 + 0.1 * weight), f"{len(parts)} 个子文件夹{why}，是一个案卷"
    )


def _weighed(folder: _Folder, parts: list[_Folder]) -> tuple[float, str]:
    """How much speaks for sub-folders being parts of one case, and what does."""
    volumes = all(_VOLUME.fullmatch(d.name) for d in parts)
    if _tell_of_two_cases(folder, parts, volumes):
        return 0.0, ""
    inner = sum(folder.words.is_part(d.name) for d in parts)
    like_cases = sum(_like_a_case(d.name, folder.words) for d in parts)
    marks = (
        (2.0, _complete_each_other(parts), "互相补足（立案、决定等分在各处）"),
        (2.0, volumes, "是分卷"),
        (1.0, _recurs(folder), "的名称在相邻案卷里也有"),
        (0.5, _counted(parts), "按顺序编号"),
        (1.0, _named_as_case(folder.name, folder.words), "的上级文件夹写着文号或者当事人"),
        (1.0, 2 * inner >= len(parts), "多数是案卷内部常用的名称"),
        (-2.0, 2 * like_cases >= len(parts), ""),
    )
    weight = sum(w for w, seen, _ in marks if seen)
    return weight, "、".join(reason for _, seen, reason in marks if seen and reason)


def _tell_of_two_cases(folder: _Folder, parts: list[_Folder], volumes: bool) -> bool:
    """True when what a case has once lies in two of them, or when two are cases by themselves."""
    twice = any(sum(role in d.once for d in parts) > 1 for role in folder.words.once)
    return twice or (sum(d.stands_alone for d in parts) > 1 and not volumes)


def _complete_each_other(parts: Iterable[_Folder]) -> bool:
    """True when papers that make a case lie in different folders, none of which has them all."""
    showing = [d.roles for d in parts if d.roles]
    together = set().union(*showing)
    once = set().union(*(d.once for d in parts))
    return len(showing) > 1 and len(together) > 2 and bool(once) and together not in showing


def _recurs(folder: _Folder) -> bool:
    """True when a folder beside this one has sub-folders of the same names."""
    names = {_bare(d.name) for d in folder.full}
    for beside in sorted(folder.path.parent.iterdir()):
        if beside == folder.path or beside.is_symlink() or not beside.is_dir():
            continue
        theirs = {_bare(d.name) for d in beside.iterdir() if d.is_dir()}
        if len(names & theirs) >= max(2, 0.6 * min(len(names), len(theirs))):
            return True
    return False


def _bare(name: str) -> str:
    return _SERIAL.sub("", name)


def _counted(parts: list[_Folder]) -> bool:
    """True when names begin with numbers that go up by one."""
    numbers = [int(m[1]) for d in parts if (m := _SERIAL.match(d.name))]
    steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
    return len(numbers) == len(parts) > 2 and all(s == 1 for s in steps)


def _named_as_case(name: str, words: _Words) -> bool:
    """A name that no unit has: the number of a case, or what was done and a party in brackets."""
    party = re.search(r".[（(]([^（）()]{2,})[)）]$", name)
    return bool(_NUMBER.search(name)) or bool(party and party[1].endswith(words.units))


def _like_a_case(name: str, words: _Words) -> bool:
    """A name with a number of a case or the name of a party."""
    bare = _bare(name)
    return bool(_NUMBER.search(name)) or (bare.endswith(words.units) and not words.is_part(name))
