"""Rules as they were read, kept for the next process under the content of every file they come
from and the version of this program: reading and checking the text anew takes twenty times as long.

An entry is read back by a reader that knows the nouns of this package and nothing else, so that it
can hold data only.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from casereview import __version__
from casereview.kept import Shelf

T = TypeVar("T")
SHELF = Shelf("rules", 48_000_000)
NO_RULES = "样例"  # fixtures lie among the rules and are none
CHECKLISTS = (".", "sectors", "regions", "增项")  # where the checklists of a rules folder lie
_PLAIN = {
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("datetime", "date"),
    ("decimal", "Decimal"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
}
_ROOMS = ("chinese", "facts", "law", "model", "papers", "rules", "yamlfile")  # of those nouns
_PATTERN = ("re", "_compile")
_FOUND: dict[tuple[str, str], Any] = {}  # what was allowed before, by module and name
UNSOUND = (pickle.UnpicklingError, *(AttributeError, ImportError, EOFError, IndexError, KeyError))


class Nouns(pickle.Unpickler):
    """Reads nouns of this package, and what they are made of."""

    def find_class(self, module: str, name: str) -> Any:
        """A noun, or what makes a pattern. Raises UnpicklingError for anything else."""
        found = _FOUND.get((module, name))
        if found is None:
            found = _FOUND[module, name] = self._looked_for(module, name)
        return found

    def _looked_for(self, module: str, name: str) -> Any:
        if (module, name) == _PATTERN:
            return re.compile
        package, *rest = module.split(".")
        noun = package == "casereview" and rest[:1] and rest[0] in _ROOMS and "." not in name
        found = super().find_class(module, name) if noun or (module, name) in _PLAIN else None
        if not isinstance(found, type) or (noun and found.__module__ != module):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


@lru_cache(maxsize=1)
def program() -> str:
    """The version of this program, to the last change of a module."""
    root = Path(__file__).parent.parent
    parts = [__version__, sys.version]
    for folder, _, files in sorted(os.walk(root)):
        for name in sorted(f for f in files if f.endswith(".py")):
            s = os.stat(os.path.join(folder, name))
            parts.append(f"{folder}/{name} {s.st_size} {s.st_mtime_ns}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def content(folder: Path) -> str:
    """The digest of every file of a rules folder."""
    whole = hashlib.sha256(str(folder).encode())
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != NO_RULES)
        for name in sorted(files):
            path = os.path.join(at, name)
            with open(path, "rb") as f:
                whole.update(f"\n{path} {hashlib.sha256(f.read()).hexdigest()}".encode())
    return whole.hexdigest()


def data_content(folder: Path) -> str:
    """The digest of every file of a rules folder that is no checklist, wherever the folder lies."""
    whole = hashlib.sha256()
    for at, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != NO_RULES)
        lies = os.path.relpath(at, folder)
        for name in sorted(files):
            if lies in CHECKLISTS and name.endswith(".yaml"):
                continue
            with open(os.path.join(at, name), "rb") as f:
                whole.update(f"\n{lies}/{name} {hashlib.sha256(f.read()).hexdigest()}".encode())
    return whole.hexdigest()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Much is made meanwhile and all of it is kept: nobody looks for rubbish in it, where half of
    the time would go.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def read_back(data: bytes) -> Any:
    """The nouns of an entry. Raises one of ``UNSOUND``."""
    with undisturbed():
        return Nouns(io.BytesIO(data)).load()


def remembered(
    asked: str, folder: Path, read: Callable[[], T], stands: Callable[[T], bool] = bool
) -> T:
    """What ``read`` gives for ``asked`` of the rules in ``folder``, from an earlier process where
    nothing changed since. ``stands``: False where what the rules need besides the folder changed.
    """
    key = hashlib.sha256(f"{program()}\n{content(folder)}\n{asked}".encode()).hexdigest()
    known = SHELF.get(key)
    if known is not None:
        try:
            found: T = read_back(known)
            if stands(found):
                return found
        except UNSOUND:
            pass  # it is read anew
    made = read()
    SHELF.put(key, pickle.dumps(made, protocol=5))
    SHELF.trim()
    return made
