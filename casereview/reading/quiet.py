"""What libraries say on the screen while they read foreign files is kept from it: it frightens, and
it may carry the text of a case.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_ERRORS = 2  # the descriptor to which C libraries write past Python


@contextmanager
def quiet() -> Iterator[None]:
    """No warning of Python and nothing from C reaches the screen meanwhile."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            kept = os.dup(_ERRORS)
        except OSError:  # there is no screen
            yield
            return
        try:
            _point(os.devnull)
            yield
        finally:
            os.dup2(kept, _ERRORS)
            os.close(kept)


def _point(path: str) -> None:
    away = os.open(path, os.O_WRONLY)
    os.dup2(away, _ERRORS)
    os.close(away)
