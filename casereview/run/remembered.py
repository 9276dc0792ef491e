"""What a case rests on, told before it is read: a store that has its result on the same ground need
not ask for it again (``record.standing``), and whoever reads it knows under what its reading and
its findings were kept (``judged_again``).

A ground is a digest of everything: every byte of the case, the lists of its unit, the rules, what
people told of the unit and its split, the program, and what this machine can read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from casereview.reading import ocr, office
from casereview.reading.cache import SHELF as PAGES
from casereview.reading.intake import size_of, unit_papers
from casereview.rules.compiled import content, data_content, program
from casereview.rules.rulebook import Rules, RuleSet
from casereview.run.ended import Ended
from casereview.run.engine import Done, Engine, Listen
from casereview.run.judged_again import JUDGED
from casereview.run.kept_cases import READ
from casereview.run.stamps import SHELF as STAMPS
from casereview.run.stamps import Look, content_by_stamp, digest_by_stamp, look
from casereview.run.work import Sealing, Task
from casereview.settings import cache_setting

version = lru_cache(maxsize=8)(metadata.version)
NO_BASES: Mapping[str, str] = {}
Lists = tuple[tuple[str, str], ...]  # names and digests of the lists of a unit


def ground_of(rules: Rules | RuleSet) -> str:
    """The digest of what every case of a run rests on."""
    own = _by_stamp(rules, content)
    return _digest(program(), own, rules.sha256, rules.digests, _able())


def reading_of(rules: Rules | RuleSet) -> str:
    """The digest of what the reading of every case of a run rests on, whatever the checklists."""
    return _digest(program(), _by_stamp(rules, data_content), _able())


def _by_stamp(rules: Rules | RuleSet, read: Callable[[Path], str]) -> str:
    """The digest that ``read`` makes of the folder of the rules."""
    folder = (rules.every[0] if isinstance(rules, RuleSet) else rules).folder
    return digest_by_stamp(folder, read, program())


def _able() -> tuple[str, ...]:
    """What this machine can read."""
    engine = ocr.available()
    recognises = f"{engine} {version(engine)} {version('rapidocr')}" if engine else ""
    return recognises, office.program() or ""


def key_of(task: Task, ground: str) -> str:
    """The digest of what the result of a case rests on. Raises OSError."""
    own = _own(task, look(task.ref.root), unit_papers(task.ref.unit_dir).digests)
    return _digest(ground, task.checklist, task.procedure, own)


def _own(task: Task, seen: Look, lists: Lists) -> str:
    """The digest of what is a case's own: its files, what was told of it and of its unit. ``seen``:
    what a look at it said just now; ``lists``: the digests of the lists of its unit. Raises
    OSError.
    """
    ref = task.ref
    said = (ref.key, ref.unit, ref.batch, ref.sure, ref.why, ref.part)
    told = (task.corrections, task.house.digest, lists)
    return _digest(said, told, content_by_stamp(ref, seen))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Known:
    """What is known of a case before it is read. ``key``: the digest of what its result rests on,
    '' where nothing is remembered, and of a case that cannot be looked at: whoever reads it says
    why; ``own``: of what is its own in that; ``size``: bytes it takes.
    """

    key: str
    size: int
    own: str = ""


@dataclass(frozen=True)
class Remembering:
    """An engine whose cases are told under what to keep their reading. ``ground``, ``reading``: of
    the rules of the run.
    """

    engine: Engine
    ground: Callable[[], str]
    reading: Callable[[], str]

    @property
    def on(self) -> bool:
        """False where nothing is to be remembered."""
        return cache_setting() != "off"

    def look(self, jobs: Iterable[Task]) -> dict[str, Known]:
        """What is known of every case, by its name; one look at each."""
        if not self.on:
            return {task.name: Known("", size_of(task.ref)) for task in jobs}
        ground, lists = self.ground(), dict[Path | None, Lists]()
        return {task.name: _known(task, ground, lists) for task in jobs}

    def run(
        self,
        jobs: Iterable[Task],
        listen: Listen,
        known: Mapping[str, Known] | None = None,
        bases: Mapping[str, str] = NO_BASES,
    ) -> Iterator[Done[Ended]]:
        """Every case once, sealed, as it ends. ``known``: what a look at them said; ``bases``: the
        digests of results that are at hand, by case.
        """
        tasks = list(jobs)
        known = self.look(tasks) if known is None else known
        reading = self.reading() if tasks and self.on else ""
        given = [_with_memory(task, reading, known[task.name]) for task in tasks]
        yield from self.engine.run([Sealing(t, bases.get(t.name, "")) for t in given], listen)
        for shelf in (STAMPS, PAGES, READ, JUDGED) if reading else ():
            shelf.trim()


def _with_memory(task: Task, reading: str, known: Known) -> Task:
    """A case with the digest of what its reading rests on, where that is known."""
    return replace(task, memory=_digest(reading, known.own)) if reading and known.own else task


def _known(task: Task, ground: str, lists: dict[Path | None, Lists]) -> Known:
    """What is known of one case. ``lists``: of the units so far."""
    folder = task.ref.unit_dir
    try:
        seen = look(task.ref.root)
        if folder not in lists:
            lists[folder] = unit_papers(folder).digests
        own = _own(task, seen, lists[folder])
        return Known(_digest(ground, task.checklist, task.procedure, own), seen.size, own)
    except OSError:
        return Known("", size_of(task.ref))
