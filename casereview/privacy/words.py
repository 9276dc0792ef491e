"""The words by which personal data is known: ``用语/个人信息.yaml``."""

from __future__ import annotations

from casereview.chinese import wordlists


def words(name: str) -> tuple[str, ...]:
    """One list of the rules folder in use."""
    return wordlists.word_lists("个人信息.yaml")[name]


def either(name: str) -> str:
    """One list as alternatives of a pattern."""
    return wordlists.either(words(name))
