"""Recordings of the plainest sort, told without the library of media: one channel of samples as
they were taken (WAVE, PCM), as voice recorders write them. The library tries every parser it has
before it finds the one, which costs more than a page of text.

Whatever is not exactly so is left to the library.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

_PCM = 1
_BYTES = (1, 2, 3)  # of one sample
_RATES = range(4_000, 48_001)  # samples a second
_LONGEST_LIST = 4_000  # bytes of a list that is looked into
_DAY = re.compile(rb"(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)\0*")


def plain_wave(file: BinaryIO) -> tuple[int, str] | None:
    """(milliseconds, the day written in it or '') of a recording; None for what the library must
    tell. The file is left at its beginning.
    """
    try:
        return _told(file)
    except (struct.error, ValueError):
        return None
    finally:
        file.seek(0)


def _told(file: BinaryIO) -> tuple[int, str] | None:
    """The same. Raises ValueError and struct.error for a file of another sort."""
    parts = dict[bytes, bytes | int]()
    for name, size in _parts(file):
        if name in parts:
            raise ValueError(name)
        parts[name] = size if name == b"data" else file.read(size)
    rate, wide = _form(parts.pop(b"fmt "))
    samples, day = int(parts.pop(b"data")), _day(parts.pop(b"LIST", b""))
    thousandths, rest = divmod(1000 * samples, rate * wide)
    if parts or not thousandths or 2 * rest == rate * wide:
        return None
    return thousandths + (2 * rest > rate * wide), day


def _parts(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Name and size of every part, each of which the file stands before. Raises ValueError where
    they are not all of the file.
    """
    whole = file.seek(0, 2)
    file.seek(0)
    riff, size, wave = struct.unpack("<4sI4s", file.read(12))
    if (riff, wave) != (b"RIFF", b"WAVE") or size + 8 != whole:
        raise ValueError(riff)
    at = 12
    while at < whole:
        name, size = struct.unpack("<4sI", file.read(8))
        if name not in (b"fmt ", b"data", b"LIST") or at + 8 + size > whole:
            raise ValueError(name)
        if name != b"data" and size > _LONGEST_LIST:
            raise ValueError(size)
        yield name, size
        at += 8 + size + size % 2
        file.seek(at)
    if at != whole:
        raise ValueError(at)


def _form(form: bytes | int) -> tuple[int, int]:
    """(samples a second, bytes of each). Raises ValueError, struct.error."""
    if not isinstance(form, bytes):
        raise ValueError(form)
    sort, channels, rate, flow, step, bits = struct.unpack("<HHIIHH", form)
    wide = bits // 8
    if (sort, channels) != (_PCM, 1) or wide not in _BYTES or bits % 8 or rate not in _RATES:
        raise ValueError(sort)
    if step != wide or flow != rate * wide:
        raise ValueError(step)
    return rate, wide


def _day(told: bytes | int) -> str:
    """The day in a list that tells nothing but it; '' where there is no list. Raises ValueError."""
    if not told:
        return ""
    found = told if isinstance(told, bytes) else b""
    if found[:8] != b"INFOICRD":
        raise ValueError(found)
    day = _DAY.fullmatch(found[12:])
    if day is None or int.from_bytes(found[8:12], "little") not in (
        len(found) - 12,
        len(found) - 13,
    ):
        raise ValueError(found)
    return day[1].decode("ascii")
