"""What carries out the work of a run: processes on this machine (``local``), a cluster later. A job
knows all that it needs, so that it can be sent anywhere; whoever carries it out owes it an end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)
Skip = Mapping[str, str]  # files that ended a worker before -> outcome word of ``model.OUTCOMES``


class Step(NamedTuple):
    """How far a job is: the file that is read ('' after all), its bytes, and where it is counted
    its page of so many.
    """

    file: str
    size: int
    page: int = 0
    of: int = 0


Tell = Callable[..., Any]  # hears the parts of a ``Step``, before each file and each page


class Job(Protocol[R_co]):
    """One piece of work. ``name`` is for people."""

    @property
    def name(self) -> str:
        """What the work is about."""

    def do(self, skip: Skip, tell: Tell) -> R_co:
        """Do it, without the files of ``skip``; ``tell`` hears of every file that is opened."""


@dataclass(frozen=True)
class Done(Generic[R]):
    """A job at its end: its result, or the outcome word (``fault``) why there is none."""

    job: Job[R]
    result: R | None
    fault: str = ""


Listen = Callable[[str, Step], None]  # hears the name of a job and how far it is


class Engine(Protocol):
    """Carries out jobs."""

    def run(self, jobs: Iterable[Job[R]], listen: Listen) -> Iterator[Done[R]]:
        """Every job once, as it ends, in any order; ``listen`` hears of every step."""


class Prompt(Protocol):
    """Carries out one job at once, for somebody who waits."""

    def ask(self, job: Job[R]) -> Done[R]:
        """Do it now."""

    def close(self) -> None:
        """End what stands ready."""
