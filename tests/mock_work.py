"""Jobs that misbehave on order: the accidents that real readers have."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Misbehave:
    """Words: a name to 'read', or a fault to stage while reading the file of that name."""

    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """All the words."""
        return " ".join(self.words)

    def do(self, skip, tell):
        """Read what is not to be skipped."""
        for name in self.words:
            if name in skip:
                continue
            tell(name, 10)
            if name == "hang":
                time.sleep(60)
            elif name == "die":
                os._exit(3)
            elif name == "segfault":
                os.abort()
            elif name == "eat":
                block = []
                while True:
                    block.append(b"x" * 50_000_000)
                    time.sleep(0.01)
        tell("", 0)
        return {"read": [n for n in self.words if n not in skip], "skipped": dict(skip)}


@dataclass(frozen=True)
class Die:
    """Dies every time, before any file."""

    name: str = "x"

    def do(self, skip, tell):
        """Die."""
        os._exit(1)
