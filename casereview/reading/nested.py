"""Zips inside a case, and zips inside those: what they hold, and the bytes of one member."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.errors import ReadFailure
from casereview.reading.safe_open import MAX_MEMBERS, MAX_UNPACKED, open_zip, read_member

DEPTH = 4  # zips within zips that are opened
Chain = tuple[str, ...]  # names of members, from the outermost zip inwards


def is_zip(name: str) -> bool:
    """True for a name that says zip."""
    return name.lower().endswith(".zip")


def leaves(data: bytes, depth: int = DEPTH) -> Iterator[tuple[Chain, str]]:
    """(chain, outcome word) of every file in a zip, in a fixed order. A member that is a zip itself
    is opened; one that cannot be is named with the reason; '' where a file can be read.
    """
    count = size = 0
    for chain, outcome, weight in _walk(data, depth):
        count, size = count + 1, size + weight
        if count > MAX_MEMBERS or size > MAX_UNPACKED:
            yield chain, "too_large"
            return
        yield chain, outcome


def _walk(data: bytes, depth: int) -> Iterator[tuple[Chain, str, int]]:
    z = open_zip(data)
    for info in sorted(z.infolist(), key=lambda i: i.filename):
        if info.is_dir():
            continue
        if not is_zip(info.filename):
            yield (info.filename,), "", info.file_size
        elif depth == 1:
            yield (info.filename,), "too_large", info.file_size
        else:
            try:
                inner = list(_walk(read_member(z, info.filename), depth - 1))
            except ReadFailure as e:
                yield (info.filename,), e.outcome, info.file_size
                continue
            for chain, outcome, weight in inner:
                yield (info.filename, *chain), outcome, weight


def member(data: bytes, chain: Chain) -> bytes:
    """The bytes of one file in a zip. Raises ReadFailure; KeyError when it is absent."""
    for name in chain:
        data = read_member(open_zip(data), name)
    return data


def shown_names(chains: list[tuple[str, Chain]], taken: set[str]) -> list[str]:
    """What each file is called: its own path in the innermost zip, or with the zips before it where
    two files would have one name. ``chains``: (path of the outermost zip, chain).
    """
    short = [chain[-1] for _, chain in chains]
    return [
        name if short.count(name) == 1 and name not in taken else "/".join((outer, *chain))
        for name, (outer, chain) in zip(short, chains, strict=True)
    ]
