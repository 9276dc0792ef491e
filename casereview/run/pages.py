"""The pages of scored cases for the eye. A file is known by what the store says of it, never by a
path from outside; it is drawn or read in a process that can be ended (promise 8), and what was
drawn is kept in memory up to a bound.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from casereview.errors import ReadFailure, UsageError
from casereview.model import OUTCOMES
from casereview.reading.door import read_source
from casereview.reading.intake import CaseRef, FileRef, bytes_of, files_of
from casereview.reading.page_image import Drawn, draw_pdf, draw_picture
from casereview.reading.text_blocks import TextPage, text_page
from casereview.record.result import CaseResult, FileResult
from casereview.rounds.history import History
from casereview.run.campaign import refs_of, still_there
from casereview.run.engine import Prompt, Skip, Tell

SECONDS = 20.0  # how long a page may take
MOST_BYTES = 120_000_000  # of pictures that are kept
MOST_TEXTS = 24
DIED = "damaged"  # the outcome word of a process that ended over a file
CHANGED = "文件在评查以后改动过，下面是现在的内容；位置可能对不上。"
DRAWN = ("pdf", "photo", "image")
# what a browser plays; nothing else is given as it is
PLAYED = {
    "mp4": "video/mp4",
    "mov": "video/mp4",
    "3gp": "video/3gpp",
    "mpg": "video/mpeg",
    "mkv": "video/x-matroska",
    "avi": "video/x-msvideo",
    "wmv": "video/x-ms-wmv",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
}


@dataclass(frozen=True)
class Kept:
    """A file of a scored case: where its bytes are, and what the store knows of it."""

    ref: FileRef
    known: FileResult

    @property
    def drawn(self) -> bool:
        """True where its pages can be drawn; others are shown as text."""
        return self.known.format in DRAWN

    @property
    def heard(self) -> bool:
        """True for a recording."""
        return self.known.format == "media"

    @property
    def media_type(self) -> str:
        """What a recording is played as; '' for what is none or cannot be played."""
        suffix = self.known.file.rpartition(".")[2].lower()
        return PLAYED.get(suffix, "") if self.heard else ""

    @property
    def played(self) -> str:
        """'audio', 'video', or '' for neither."""
        return self.media_type.partition("/")[0]


@dataclass(frozen=True)
class Seen:
    """What is shown of a file: a page as a picture, or all pages as text; ``note``: what a person
    should know (that it cannot be shown, that it changed).
    """

    drawn: Drawn | None = None
    texts: tuple[TextPage, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class PageJob:
    """Draw one page of a file, so many pixels wide."""

    file: Kept
    page: int
    wide: int

    @property
    def name(self) -> str:
        """The file and page."""
        return f"{self.file.ref.rel} {self.page}"

    def do(self, skip: Skip, tell: Tell) -> Seen:
        """Draw it; what cannot be drawn says why."""
        try:
            data = bytes_of(self.file.ref)
            known = self.file.known
            if known.format == "pdf":
                drawn = draw_pdf(data, self.page, self.wide)
            else:
                drawn = draw_picture(data, self.page, self.wide, known.format == "image")
        except ReadFailure as e:
            return Seen(note=e.detail or OUTCOMES[e.outcome])
        return Seen(drawn, note=_changed(data, self.file))


@dataclass(frozen=True)
class TextJob:
    """Read all pages of a file as text."""

    file: Kept

    @property
    def name(self) -> str:
        """The file."""
        return self.file.ref.rel

    def do(self, skip: Skip, tell: Tell) -> Seen:
        """Read it; what cannot be read says why."""
        try:
            data = bytes_of(self.file.ref)
        except ReadFailure as e:
            return Seen(note=e.detail or OUTCOMES[e.outcome])
        tell(self.file.ref.rel, len(data))  # reading may take longer than drawing
        source = read_source(self.file.ref.rel, data)
        note = "" if source.pages else source.detail or OUTCOMES[source.outcome]
        texts = tuple(map(text_page, source.pages))
        return Seen(texts=texts, note=note or _changed(data, self.file))


@dataclass(frozen=True)
class _Nothing:
    """Be there."""

    name: str = ""

    def do(self, skip: Skip, tell: Tell) -> None:
        """Nothing."""


def text_of(name: str, data: bytes) -> tuple[TextPage, ...]:
    """A paper of our own making as text, to be looked at before it goes out."""
    return tuple(map(text_page, read_source(name, data).pages))


def _changed(data: bytes, file: Kept) -> str:
    return "" if hashlib.sha256(data).hexdigest() == file.known.sha256 else CHANGED


class Cases:
    """Where the files of scored cases lie now. Folders are walked once a run, and again when a case
    is not found.
    """

    def __init__(self) -> None:
        self._refs: dict[int, dict[str, CaseRef]] = {}
        self._files: dict[tuple[int, str], dict[str, FileRef]] = {}

    def file(self, history: History, r: CaseResult, index: int) -> Kept:
        """The file of a case by its place in the store's record of it (from 0). Raises
        UsageError.
        """
        if not 0 <= index < len(r.files):
            raise UsageError(f"案卷 {r.case} 没有第 {index + 1} 个文件。")
        known = r.files[index]
        ref = self._of(history, r).get(known.file)
        if ref is None or ref.disk is None:
            raise UsageError(f"“{known.file}”已不在案卷文件夹里，或者从来没有打开过。")
        return Kept(ref, known)

    def _of(self, history: History, r: CaseResult) -> dict[str, FileRef]:
        run, key = history.source(r.run, r.case)
        if (run, key) not in self._files:
            row = history.store.run_row(run)
            if key not in self._refs.get(run, {}):
                self._refs[run] = refs_of(row, history.store.path)
            ref = still_there(row, key, self._refs[run])
            self._files[run, key] = {f.rel: f for f in files_of(ref)}
        return self._files[run, key]

    def forget(self) -> None:
        """Look at the folders again when they are asked for."""
        self._refs.clear()
        self._files.clear()


K = TypeVar("K")
M = TypeVar("M", PageJob, TextJob)


@dataclass
class _Bounded(Generic[K]):
    """What was shown last, up to a bound."""

    most: int
    held: int = 0
    kept: OrderedDict[K, tuple[Seen, int]] = field(default_factory=OrderedDict)

    def get(self, key: K) -> Seen | None:
        found = self.kept.get(key)
        if found:
            self.kept.move_to_end(key)
        return found[0] if found else None

    def put(self, key: K, seen: Seen, size: int) -> None:
        self.kept[key] = seen, size
        self.held += size
        while self.held > self.most and len(self.kept) > 1:
            _, (_, gone) = self.kept.popitem(last=False)
            self.held -= gone


class PageRoom:
    """Draws and reads pages and keeps what it made last. ``standby``: who does it; ``most``: bytes
    of pictures that are kept.
    """

    def __init__(self, standby: Prompt, most: int = MOST_BYTES) -> None:
        self._at_work = Lock()
        self._standby = standby
        self._pages: _Bounded[PageJob] = _Bounded(most)
        self._texts: _Bounded[TextJob] = _Bounded(MOST_TEXTS)

    def warm(self) -> None:
        """Have it ready before the first page is asked for."""
        with self._at_work:
            self._standby.ask(_Nothing())

    def page(self, file: Kept, page: int, wide: int) -> Seen:
        """A page as a picture."""
        job = PageJob(file, page, wide)
        return self._made(job, self._pages, lambda seen: len(seen.drawn.image) if seen.drawn else 1)

    def text(self, file: Kept) -> Seen:
        """A file as text."""
        return self._made(TextJob(file), self._texts, lambda seen: 1)

    def _made(self, job: M, kept: _Bounded[M], size: Callable[[Seen], int]) -> Seen:
        with self._at_work:
            if (seen := kept.get(job)) is not None:
                return seen
            done = self._standby.ask(job)
            seen = done.result or Seen(note=f"不能显示：{OUTCOMES.get(done.fault, done.fault)}")
            if done.fault != DIED:  # that may have had another cause: it is tried again
                kept.put(job, seen, size(seen))
            return seen

    def close(self) -> None:
        """End what stands ready."""
        self._standby.close()
