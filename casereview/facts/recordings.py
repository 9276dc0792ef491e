"""Recordings and photos of a case: the files themselves, and what its lists say of them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from casereview.chinese import find_dates, key, without_spaces
from casereview.facts.casefile import CaseFile
from casereview.facts.readers import labels_of
from casereview.model import Place
from casereview.papers.paper import Paper

LIST = "音像资料清单"
FILE_NAMES = "音像文件名"  # the group of labels at the head of the column of file names
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,4}$")
_FILE = re.compile(
    r"[\w\u4e00-\u9fff（）()\-]{2,40}\.(?:mp4|avi|mov|wmv|mkv|3gp|mts|mp3|wav|m4a|amr|jpe?g|png)",
    re.I,
)
_NO_FILE = re.compile(r"[\d、.]+|以下空白|无|[/／—-]+")


@dataclass(frozen=True)
class Recording:
    """A recording or photo of the case: its path, and the day it was made (None: not told)."""

    path: str
    made: dt.date | None
    created: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def named(self) -> bool:
        """True when somebody named it in words."""
        return any("\u4e00" <= c <= "\u9fff" for c in self.name)


@dataclass(frozen=True)
class Listed:
    """A row of a list of recordings: the name, all that the row says, its day, its place. ``file``:
    the name is that of a file, not a title in words.
    """

    name: str
    text: str
    day: dt.date | None
    place: Place

    @property
    def file(self) -> bool:
        """True when it names a file, not a disk or a subject."""
        return bool(_SUFFIX.search(self.name) or re.search(r"\d{6,}", self.name))


def recordings(case: CaseFile) -> list[Recording]:
    """Video and audio files."""
    return [_recording(s.path, s.media) for s in case.sources if s.format == "media"]


def with_time(case: CaseFile) -> list[Recording]:
    """Recordings and photos that could be opened and may tell when they were made."""
    return [
        _recording(s.path, s.media)
        for s in case.sources
        if s.media is not None and s.outcome == "readable"
    ]


def _recording(path: str, media: object) -> Recording:
    created = str(getattr(media, "created", "") or "")
    hit = next(find_dates(created), None)
    return Recording(path, hit[0] if hit else None, created)


def stem(path: str) -> str:
    """The name of a file without folder and suffix, to compare with what a list says."""
    return key(_SUFFIX.sub("", path.rsplit("/", 1)[-1]))


def listed_recordings(case: CaseFile) -> list[Listed]:
    """Every recording that the lists of the case name, in tables and in sentences."""
    return [row for p in case.readable(LIST) for row in (_rows(p) or _sentences(p))]


def list_text(case: CaseFile) -> str:
    """All that the lists say, to look for a name in."""
    texts = (p.running_text.without_spaces for p in case.readable(LIST))
    return key("".join(t.replace("\n", "") for t in texts))


def _rows(paper: Paper) -> list[Listed]:
    heads = {key(n) for n in labels_of(paper, FILE_NAMES).names}
    out: list[Listed] = []
    column = None
    for page, cells, boxes in paper.running_text.rows():
        hit = next((i for i, c in enumerate(cells) if key(c) in heads), None)
        if hit is not None:
            column = hit
            continue
        if column is None or column >= len(cells) or len(cells) <= 2:
            continue
        name = without_spaces(cells[column])
        if name and not _NO_FILE.fullmatch(name):
            text = "".join(without_spaces(c) for c in cells)
            place = Place(paper.running_text.file, page, boxes[column], name)
            out.append(Listed(name, text, _day(text), place))
    return out


def _sentences(paper: Paper) -> list[Listed]:
    text = paper.running_text.without_spaces
    out = []
    for m in _FILE.finditer(text):
        end = min((i for c in "。；\n" if (i := text.find(c, m.end())) >= 0), default=len(text))
        start = max(text.rfind(c, 0, m.start()) for c in "。；\n") + 1
        said = text[start:end]
        place = paper.running_text.place(m.start(), m.end())
        out.append(Listed(m.group(0), said, _day(said), place))
    return out


def _day(text: str) -> dt.date | None:
    hit = next(find_dates(text), None)
    return hit[0] if hit else None
