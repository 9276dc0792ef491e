"""Jobs that misbehave on order: the accidents that real readers have."""

from __future__ import annotations

import os
import signal
import sys
import threading
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


@dataclass(frozen=True)
class Look:
    """Tells of the process in which it is done: what a variable of the environment says, whether
    Ctrl-C is heard, how many threads it had, whether a module was there.
    """

    variable: str
    module: str

    @property
    def name(self) -> str:
        """The variable."""
        return self.variable

    def do(self, skip, tell):
        """Look."""
        deaf = signal.getsignal(signal.SIGINT) == signal.SIG_IGN
        there = self.module in sys.modules
        return os.environ.get(self.variable), deaf, threading.active_count(), there


@dataclass(frozen=True)
class Count:
    """Tells of so many pages of a file, as fast as it can."""

    pages: int
    name = "pages"

    def do(self, skip, tell):
        """Count."""
        tell("a.pdf", 10)
        for n in range(1, self.pages + 1):
            tell("a.pdf", 10, n, self.pages)
        tell("", 0)
        return self.pages
