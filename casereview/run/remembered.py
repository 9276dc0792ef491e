"""An engine that answers from an earlier run what rests on nothing that changed since, and leaves
the rest to another one.

A result is kept under the digest of all it rests on: every byte of the case, the lists of its unit,
the rules, what people told of the unit and its split, the program, and what this machine can read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from casereview.kept import Shelf
from casereview.reading import ocr, office
from casereview.reading.cache import SHELF as PAGES
from casereview.reading.intake import unit_papers
from casereview.record.result import CaseResult, from_json, to_json
from casereview.rules.compiled import content, program
from casereview.rules.rulebook import Rules, RuleSet
from casereview.run.engine import Done, Engine, Listen
from casereview.run.stamps import SHELF as STAMPS
from casereview.run.stamps import content_by_stamp
from casereview.run.work import Task
from casereview.settings import cache_setting

SHELF = Shelf("cases", 2_000_000_000)
_GIVEN_UP = ("too_slow", "too_large")
_LEFT = "skipped"  # what is no file of a case


def ground_of(rules: Rules | RuleSet) -> str:
    """The digest of what every case of a run rests on."""
    every = rules.every if isinstance(rules, RuleSet) else (rules,)
    engine = ocr.available()
    able = (engine and f"{engine} {version(engine)} {version('rapidocr')}", office.program())
    return _digest(program(), content(every[0].folder), rules.sha256, rules.digests, able)


def key_of(task: Task, ground: str) -> str:
    """The digest of what the result of a case rests on. Raises OSError."""
    ref = task.ref
    said = (ref.key, ref.unit, ref.batch, ref.sure, ref.why, task.checklist, task.procedure)
    told = (task.corrections, task.house.digest, unit_papers(ref.unit_dir).digests)
    return _digest(ground, said, told, content_by_stamp(ref))


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Remembering:
    """Cases known by ``ground`` from an earlier run at once, the others by ``engine``."""

    engine: Engine
    ground: Callable[[], str]

    def run(self, jobs: Iterable[Task], listen: Listen) -> Iterator[Done[CaseResult]]:
        """Every case once, as it ends."""
        if cache_setting() == "off":
            yield from self.engine.run(jobs, listen)
            return
        ground, keys, rest = self.ground(), dict[str, str](), list[Task]()
        for task in jobs:
            keys[task.name] = _key(task, ground)
            known = _recalled(keys[task.name])
            if known is None:
                rest.append(task)
            else:
                yield Done(task, known)
        for done in self.engine.run(rest, listen):
            if done.result is not None:
                _remember(keys[done.job.name], done.result)
            yield done
        for shelf in (SHELF, STAMPS, PAGES) if rest else ():
            shelf.trim()


def _key(task: Task, ground: str) -> str:
    """'' for a case that cannot be looked at: whoever reads it says why."""
    try:
        return key_of(task, ground)
    except OSError:
        return ""


def _recalled(key: str) -> CaseResult | None:
    """What was kept; None where nothing is, or nothing sound."""
    kept = SHELF.get(key) if key else None
    return None if kept is None else from_json(kept.decode(), CaseResult)


def _remember(key: str, result: CaseResult) -> None:
    """Keep a result, but one that another day or a stronger machine may not give again: a file was
    given up, or ended a worker (it has no digest then).
    """
    given_up = any(f.outcome in _GIVEN_UP for f in result.files)
    if key and not given_up and all(f.sha256 or f.outcome == _LEFT for f in result.files):
        SHELF.put(key, to_json(result).encode())
