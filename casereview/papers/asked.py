"""What is looked for once, as far as somebody goes through it, and then known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Asked(Generic[T]):
    """What a search gives, one after the other; it can be gone through again and again, and goes on
    only where nobody came before.
    """

    def __init__(self, search: Iterator[T]):
        self._known: list[T] = []
        self._search = search
        self._broke: Exception | None = None

    def __iter__(self) -> Iterator[T]:
        for n in count():
            if n == len(self._known) and not self._goes_on():
                return
            yield self._known[n]

    def _goes_on(self) -> bool:
        """True when there is one more. Raises what the search raises, whoever asks again."""
        if self._broke is not None:
            raise self._broke
        try:
            self._known.append(next(self._search))
        except StopIteration:
            return False
        except Exception as e:
            self._broke = e
            raise
        return True
