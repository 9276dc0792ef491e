"""What the desk has at hand: the store and how each person sees it, the pages, work under way. The
store is touched by one thread alone; every screen and act runs there, one after the other.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

from casereview.desk.sessions import Session, Sessions
from casereview.desk.watched import Work
from casereview.errors import CaseReviewError
from casereview.record.store import Store
from casereview.reports.item_card import have_ready
from casereview.reports.office import Office
from casereview.rounds.case_list import CaseLine, case_lines
from casereview.rounds.history import History
from casereview.run.decisions import Actor
from casereview.run.engine import Engine, Prompt
from casereview.run.pages import Cases, Kept, PageRoom

WIDE = 1300  # pixels of a page that is read
MOST_AHEAD = 3  # pages that may wait to be drawn before they are wanted
T = TypeVar("T")


@dataclass(frozen=True)
class Outbox:
    """Where papers that go out are written (``folder`` None: 印发 beside the store), what the
    office says of itself in them, its own templates, and in how many working days answers are due.
    """

    folder: Path | None = None
    office: Office = field(default_factory=lambda: Office({}))
    templates: Path | None = None
    days: int = 15


@dataclass(frozen=True)
class Setting:
    """How a desk was opened. ``db``: its store; ``folders``: where folders of cases may be taken
    from; ``moment``: now (ISO, UTC), ``day``: today; ``engine`` makes what scores, ``prompt`` what
    draws single pages; ``outbox``: for papers that go out.
    """

    db: Path
    folders: tuple[Path, ...]
    moment: Callable[[], str]
    day: Callable[[], dt.date]
    engine: Callable[[], Engine]
    prompt: Callable[[], Prompt]
    outbox: Outbox = Outbox()

    @property
    def papers(self) -> Path:
        """Where papers that go out are written."""
        return self.outbox.folder or self.db.parent / "印发"


@dataclass(frozen=True)
class Ask:
    """One request as a screen gets it: who asks, what the address and the form say. ``host``: the
    address of the desk; ``files``: what was handed in, by field: name and bytes.
    """

    session: Session
    path: Mapping[str, int | str]
    query: Mapping[str, str]
    host: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Whose desk it is."""
        return self.session.name

    def number(self, key: str) -> int:
        """A number out of the address."""
        return int(self.path[key])

    def digit(self, key: str, otherwise: int = 0) -> int:
        """A number that may stand behind the question mark."""
        text = self.query.get(key, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


class Desk:
    """An open desk."""

    def __init__(self, setting: Setting, sessions: Sessions):
        self.setting, self.sessions = setting, sessions
        self.cases, self.work = Cases(), Work()
        self.issuing = Lock()  # a second click finds what the first one issued
        self.room = PageRoom(setting.prompt())
        self._store: Store | None = None
        self._stamp, self._ahead = 0, 0
        self._seen: dict[str, History] = {}
        self._lines: dict[tuple[str, int], tuple[History, list[CaseLine]]] = {}
        self._thread = ThreadPoolExecutor(1, "store")
        self._reader = ThreadPoolExecutor(1, "pages")

    async def run(self, act: Callable[[], T]) -> T:
        """Do something with the store."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)

    async def apart(self, act: Callable[[], T]) -> T:
        """Do something that takes long and opens the store for itself."""
        return await asyncio.to_thread(act)

    async def read(self, act: Callable[[], T]) -> T:
        """Draw or read a page."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, act)

    def warm(self) -> None:
        """Have ready what the first page will want: the process that draws, the round at hand."""
        self._reader.submit(self.room.warm)
        self._thread.submit(self._read_round)

    def _read_round(self) -> None:
        history = self.history("")
        with suppress(CaseReviewError):  # no round yet, or several: then it is read when asked for
            history.heads(history.current())
            self._reader.submit(have_ready, history.editions.values())

    def ready(self, file: Kept, page: int) -> None:
        """Draw a page that will be wanted next, unless enough is to be drawn already."""
        if file.drawn and self._ahead < MOST_AHEAD:
            self._ahead += 1
            self._reader.submit(self._draw_ahead, file, page)

    def _draw_ahead(self, file: Kept, page: int) -> None:
        self._ahead -= 1
        self.room.page(file, page, WIDE)

    @property
    def store(self) -> Store:
        """The open store."""
        if self._store is None:
            self._store = Store(self.setting.db)
            self._stamp = self._store.stamp()
        return self._store

    def history(self, name: str) -> History:
        """The runs as a person sees them, anew where another program wrote to the store."""
        if (stamp := self.store.stamp()) != self._stamp:
            self._stamp = stamp
            self.anew()
        if name not in self._seen:
            known = next(iter(self._seen.values()), None)
            fresh = known.seen_by(name) if known else History(self.store, viewer=name)
            self._seen[name] = fresh
        return self._seen[name]

    def lines(self, history: History, run: int) -> list[CaseLine]:
        """The list of cases, counted anew only where something was said since."""
        of, rows = self._lines.get((history.viewer, run), (None, []))
        if of is not history:
            rows = case_lines(history, run)
            self._lines[history.viewer, run] = history, rows
        return rows

    def anew(self, *cases: str, now: History | None = None) -> None:
        """Look again after somebody said something: of ``cases`` alone, of all when none is
        named. ``now``: how the runs stand for who said it, where that is known.
        """
        if cases:
            self._seen = {name: h.anew(*cases) for name, h in self._seen.items()}
            if now:
                self._seen[now.viewer] = now
        else:
            self._seen = {}
            self.cases.forget()

    def actor(self, name: str) -> Actor:
        """The person, now."""
        return Actor(name, self.setting.moment(), self.setting.day())

    def close(self) -> None:
        """End what runs beside the desk."""
        self.work.cancel()
        self._thread.shutdown(cancel_futures=True)
        self._reader.shutdown(cancel_futures=True)
        self.room.close()
