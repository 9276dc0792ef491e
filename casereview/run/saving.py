"""Cases of a run written as they end: each at once where they come slowly, as many together as end
within a moment where they come fast. What waits is written when the run ends or is stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from casereview.record.rows import Sealed
from casereview.record.store import Store

MOMENT = 0.2  # seconds since cases were last written within which the next wait
Save = Callable[[Sealed, str], None]  # a case, and what it rests on


@contextmanager
def saving(store: Store, run: int) -> Iterator[Save]:
    """Writes cases into a run. Raises StoreUnusable."""
    waiting: list[tuple[Sealed, str]] = []
    last = time.monotonic()

    def write() -> None:
        nonlocal last
        some = waiting.copy()
        waiting.clear()
        if some:
            store.save_sealed(run, some)
        last = time.monotonic()

    def save(sealed: Sealed, ground: str) -> None:
        waiting.append((sealed, ground))
        if time.monotonic() - last >= MOMENT:
            write()

    try:
        yield save
    finally:
        write()
