"""Who hears how a run goes. Light to import, so that every face can stand ready at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casereview.run.engine import Step


class Listener:
    """Hears how a run goes. Each method may stay as it is: silent."""

    def found(self, cases: int, units: int, standard: str) -> None:
        """The tree was understood."""

    def placed(self, lines: tuple[str, ...]) -> None:
        """What was taken for which unit of which batch, a sentence each."""

    def also_at_work(self) -> None:
        """Another process scores the same folder into the same store."""

    def doubtful(self, lines: tuple[str, ...]) -> None:
        """It is not plain where these folders belong (not empty): a sentence each."""

    def unverified(self, limits: tuple[str, ...]) -> None:
        """These thresholds of hearings were never confirmed for this county (not empty)."""

    def belongs(self, says: str, official: bool) -> None:
        """To which round of a campaign the run goes (``official``), or that it is a trial."""

    def resumed(self, run: int, cases: int) -> None:
        """An interrupted run goes on; so many cases are done."""

    def begins(self, sizes: Mapping[str, int], done: Collection[str]) -> None:
        """Scoring begins. ``sizes``: bytes of all cases; ``done``: those that were scored before a
        run was interrupted.
        """

    def opens(self, case: str, step: Step) -> None:
        """A file or page of a case is being read."""

    def scored(self, case: str, pages: int) -> None:
        """A case was scored and stored."""

    def broken(self, case: str, fault: str) -> None:
        """A case could not be scored; the others are not touched by it."""

    def alike(self, items: Mapping[str, int]) -> None:
        """All files of these units fail so many items in the same words (not empty): suspected."""
