"""A case at its end, as small as it can be sent: sealed where it was worked out, so that whoever
writes it into a store has nothing to do but that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casereview.model import SourceFile
from casereview.record.result import CaseResult, FileResult
from casereview.record.rows import Sealed, opened, seal

_GIVEN_UP = ("too_slow", "too_large")
_NO_FILE = "skipped"  # what is no file of a case


@dataclass(frozen=True)
class Ended:
    """``pages``: how many it has; ``lasts``: as the function."""

    sealed: Sealed
    pages: int
    lasts: bool

    @property
    def result(self) -> CaseResult:
        """The result, of one that is sealed whole."""
        return opened(self.sealed.result, None)


def ended(result: CaseResult) -> Ended:
    """A result sealed whole."""
    return Ended(seal(result), sum(f.pages for f in result.files), lasts(result.files))


def lasts(files: Iterable[SourceFile | FileResult]) -> bool:
    """False where another day or a stronger machine may read more: a file was given up, or ended a
    worker (it has no digest then).
    """
    return all(f.outcome not in _GIVEN_UP and (f.sha256 or f.outcome == _NO_FILE) for f in files)
