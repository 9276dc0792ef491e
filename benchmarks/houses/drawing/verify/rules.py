"""How verifiers are written: a table of item and the condition under which it is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Story = dict[str, Any]
Table = dict[str, Callable[[Story], Any]]


def verdict(table: Table, story: Story) -> set[str]:
    """The items of a table that a story breaks."""
    return {item for item, wrong in table.items() if wrong(story)}


def receipt(s: Story, of: str) -> Story | None:
    """The receipt of one paper."""
    return next((r for r in s["receipts"] if r["of"] == of), None)


def signed_off(box: Story) -> bool:
    """A box with opinion, signature and date."""
    return bool(box["opinion"] and box["name"] and box["day"])


def told_properly(remedies: Story | None) -> bool:
    """Both remedies with organ and lawful term (行政复议法 20, 行政诉讼法 46)."""
    if not remedies or not remedies["recon"] or not remedies["court"]:
        return False
    return (remedies["recon_term"], remedies["suit_term"]) == ("六十日", "六个月")
