"""An engine that answers from an earlier run what rests on nothing that changed since, and leaves
the rest to another one.

A result is kept under the digest of all it rests on: every byte of the case, the lists of its unit,
the rules, what people told of the unit and its split, the program, and what this machine can read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from casereview.kept import Shelf
from casereview.reading import ocr, office
from casereview.reading.cache import SHELF as PAGES
from casereview.reading.intake import size_of, unit_papers
from casereview.record.result import CaseResult, from_json, to_json
from casereview.rules.compiled import content, program
from casereview.rules.rulebook import Rules, RuleSet
from casereview.run.engine import Done, Engine, Listen
from casereview.run.stamps import SHELF as STAMPS
from casereview.run.stamps import Look, content_by_stamp, look
from casereview.run.work import Task
from casereview.settings import cache_setting

SHELF = Shelf("cases", 2_000_000_000)
version = lru_cache(maxsize=8)(metadata.version)
_GIVEN_UP = ("too_slow", "too_large")
_LEFT = "skipped"  # what is no file of a case
Lists = tuple[tuple[str, str], ...]  # names and digests of the lists of a unit


def ground_of(rules: Rules | RuleSet) -> str:
    """The digest of what every case of a run rests on."""
    every = rules.every if isinstance(rules, RuleSet) else (rules,)
    engine = ocr.available()
    able = (engine and f"{engine} {version(engine)} {version('rapidocr')}", office.program())
    return _digest(program(), content(every[0].folder), rules.sha256, rules.digests, able)


def key_of(task: Task, ground: str, seen: Look | None = None, lists: Lists | None = None) -> str:
    """The digest of what the result of a case rests on. ``seen``: what a look at it said just now;
    ``lists``: the digests of the lists of its unit. Raises OSError.
    """
    ref = task.ref
    said = (ref.key, ref.unit, ref.batch, ref.sure, ref.why, task.checklist, task.procedure)
    own = unit_papers(ref.unit_dir).digests if lists is None else lists
    told = (task.corrections, task.house.digest, own)
    return _digest(ground, said, told, content_by_stamp(ref, seen))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Known:
    """What is known of a case before it is read. ``key``: the digest of what its result rests on,
    '' where nothing is remembered, and of a case that cannot be looked at: whoever reads it says
    why; ``size``: bytes it takes.
    """

    key: str
    size: int


@dataclass(frozen=True)
class Remembering:
    """Cases known by ``ground`` from an earlier run at once, the others by ``engine``."""

    engine: Engine
    ground: Callable[[], str]

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
        self, jobs: Iterable[Task], listen: Listen, known: Mapping[str, Known] | None = None
    ) -> Iterator[Done[CaseResult]]:
        """Every case once, as it ends. ``known``: what a look at them said."""
        tasks, rest = list(jobs), list[Task]()
        known = self.look(tasks) if known is None else known
        for task in tasks:
            result = _recalled(known[task.name].key)
            if result is None:
                rest.append(task)
            else:
                yield Done(task, result)
        for done in self.engine.run(rest, listen):
            if done.result is not None and lasts(done.result):
                _remember(known[done.job.name].key, done.result)
            yield done
        for shelf in (SHELF, STAMPS, PAGES) if rest and self.on else ():
            shelf.trim()


def _known(task: Task, ground: str, lists: dict[Path | None, Lists]) -> Known:
    """What is known of one case. ``lists``: of the units so far."""
    folder = task.ref.unit_dir
    try:
        seen = look(task.ref.root)
        if folder not in lists:
            lists[folder] = unit_papers(folder).digests
        return Known(key_of(task, ground, seen, lists[folder]), seen.size)
    except OSError:
        return Known("", size_of(task.ref))


def _recalled(key: str) -> CaseResult | None:
    """What was kept; None where nothing is, or nothing sound."""
    kept = SHELF.get(key) if key else None
    return None if kept is None else from_json(kept.decode(), CaseResult)


def lasts(result: CaseResult) -> bool:
    """False for a result that another day or a stronger machine may not give again: a file was
    given up, or ended a worker (it has no digest then).
    """
    given_up = any(f.outcome in _GIVEN_UP for f in result.files)
    return not given_up and all(f.sha256 or f.outcome == _LEFT for f in result.files)


def _remember(key: str, result: CaseResult) -> None:
    """Keep a result."""
    if key:
        SHELF.put(key, to_json(result).encode())
