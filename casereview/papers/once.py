"""What is found out about a page or a paper once and asked for again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Known = TypeVar("Known")
Beside = TypeVar("Beside")
T = TypeVar("T")


def once(find: Callable[[Known], T]) -> Callable[[Known], T]:
    """``find``, whose answer lies beside what it was asked about as long as that is there; nobody
    may change the answer.
    """
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def known(about: Known) -> T:
        beside = about.__dict__
        if name not in beside:
            beside[name] = find(about)
        found: T = beside[name]
        return found

    return known


def once_by(find: Callable[[Known, Beside], T]) -> Callable[[Known, Beside], T]:
    """The same of what is found out by something else, which can be hashed."""
    name = f"{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def known(about: Known, by: Beside) -> T:
        answers: dict[Beside, T] = about.__dict__.setdefault(name, {})
        if by not in answers:
            answers[by] = find(about, by)
        return answers[by]

    return known
