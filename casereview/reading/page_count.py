"""Who hears at which page the reading of a file is."""

from __future__ import annotations

from collections.abc import Callable

Heard = Callable[[int, int], None]  # number of the page that begins, and how many there are
_LISTENERS: list[Heard] = []


def listen(heard: Heard) -> None:
    """Call ``heard`` before each page of the files that are read from now on."""
    _LISTENERS[:] = [heard]


def begins(number: int, of: int) -> None:
    """Tell that page ``number`` of ``of`` begins."""
    for heard in _LISTENERS:
        heard(number, of)
