"""What a reader finds in one file."""

from __future__ import annotations

from typing import NamedTuple

from casereview.model import Page


class Contents(NamedTuple):
    """The pages of a file, and the day on which it says that it was made ('' where it does not)."""

    pages: tuple[Page, ...]
    made: str = ""
