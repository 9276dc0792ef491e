"""A worker that misbehaves on order: the accidents that real readers have."""

from __future__ import annotations

import os
import time


def setup():
    """Tasks are words: 'ok', or a fault to stage while 'reading' the file of that name."""

    def work(task, skip, tell):
        for name in task:
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
        return {"read": [n for n in task if n not in skip], "skipped": dict(skip)}

    return work


def dying():
    """Dies on every task, before any file."""

    def work(task, skip, tell):
        os._exit(1)

    return work
