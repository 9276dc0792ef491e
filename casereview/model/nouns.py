"""Nouns of which a case makes hundreds. For whoever checks types they are frozen dataclasses; when
the program runs, nothing is asked at every field whether it may be set, which takes two thirds of
what it costs to make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["noun"]

if TYPE_CHECKING:
    from dataclasses import dataclass as noun
else:

    def noun(*, frozen, **others):
        """A dataclass that is compared and hashed by its fields; nobody sets one of them later."""
        return dataclass(unsafe_hash=frozen, **others)
