"""A paper as primitive blocks that every printer can set, and the marks inside its text.

Blocks: ("title", [lines]) ("para", text) ("line", text) ("right", text) ("center", text)
("head", text) ("table", rows, widths) ("issue", agency, date, sealed) ("photo", seed)
("gap", points) ("page",) ("stamp", text). In text, `⟦name⟧` is a signature: typed or a picture, as
the house has it. The last cell of a row that has too few takes the columns that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

SIGNATURE = re.compile("⟦(.*?)⟧")
Block = tuple[Any, ...]
UP = "⟰"  # a cell that is one with the cell above it


@dataclass
class Paper:
    """One paper: its kind as labelled, the title as printed, the blocks, and furniture."""

    kind: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    stage: int = 0
    also: list[str] = field(default_factory=list)
    number: str = ""
    day: str = ""
    head: str = ""
    head_at: str = "页眉"
    foot: str = ""
    listed: bool = True
    signed: bool = False
    turned: int = 0

    def add(self, kind: str, *values: Any) -> None:
        """One more block."""
        self.blocks.append((kind, *values))

    def rename(self, agency: str, other: str) -> None:
        """Another agency in the title."""
        for i, block in enumerate(self.blocks):
            if block[0] == "title":
                self.blocks[i] = ("title", [x.replace(agency, other) for x in block[1]])


def sign(name: str) -> str:
    """The mark of a signature; nothing for nobody."""
    return f"⟦{name}⟧" if name else ""


def plain(text: str) -> str:
    """The text with signatures as typed names."""
    return SIGNATURE.sub(r"\1", text)
