"""Where worker processes come from. To start one anew takes as long as a dozen cases, so that on
Linux they are copies of one process that has everything imported, no rules and a single thread;
elsewhere each starts from nothing.
"""

from __future__ import annotations

import multiprocessing as mp
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from casereview import settings


def start_method(platform: str) -> str:
    """How processes start on a system, as Python names it."""
    return "forkserver" if platform == "linux" else "spawn"


_CONTEXT: Any = mp.get_context(start_method(sys.platform))
_READY = "casereview.run.imported"  # what the process that is copied imports
# a process that is copied may have one thread; each worker has one processor anyway
_ONE_THREAD = "OPENBLAS_NUM_THREADS", "1"

Serve = Callable[[Connection, Connection], None]


def born(serve: Serve) -> tuple[BaseProcess, Connection, Connection]:
    """A new process in which ``serve`` answers the other end of a pipe and tells at another how far
    it is, with this end of both; it sees the environment as it is now.
    """
    here, there = _CONTEXT.Pipe()
    hears, tells = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_live, args=(serve, there, tells, settings.environment()))
    process.daemon = True
    if start_method(sys.platform) == "forkserver":
        _ready()
    process.start()
    for end in (there, tells):
        end.close()
    return process, here, hears


def _live(serve: Serve, pipe: Connection, tells: Connection, environment: dict[str, str]) -> None:
    """What a process does from its first moment."""
    settings.adopt(environment)
    serve(pipe, tells)


def _ready() -> None:
    """What a process is copied from is there, once."""
    from multiprocessing.forkserver import ensure_running

    _CONTEXT.set_forkserver_preload([_READY])
    with settings.told(*_ONE_THREAD):
        ensure_running()
