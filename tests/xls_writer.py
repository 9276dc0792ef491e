"""Workbooks as WPS saves them in the older format (XLS, ET): records in a compound file."""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
PLAIN, DAY = 0, 1  # cell formats: anything, a day
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Span = tuple[int, int, int, int]  # first row, last row, first column, last column


def xls(sheets: Mapping[str, Sequence[Sequence[object]]], merged: Sequence[Span] = ()) -> bytes:
    """A workbook; ``merged`` holds in its first sheet."""
    bodies = [_sheet(rows, () if n else merged) for n, rows in enumerate(sheets.values())]
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    start += _record(0x0042, struct.pack("<H", 1200))
    for format_ in (0, 14):
        start += _record(0x00E0, struct.pack("<HH16x", 0, format_))
    names = [_text(title, "<BB") for title in sheets]
    offset = len(start) + sum(4 + 6 + len(n) for n in names) + 4
    for title, body in zip(names, bodies, strict=True):
        start += _record(0x0085, struct.pack("<IBB", offset, 0, 0) + title)
        offset += len(body)
    return _compound(start + _record(0x000A, b"") + b"".join(bodies))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(value: str, head: str) -> bytes:
    return struct.pack(head, len(value), 1) + value.encode("utf-16-le")


def _sheet(rows: Sequence[Sequence[object]], merged: Sequence[Span]) -> bytes:
    out = _record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            out += _cell(r, c, value)
    if merged:
        spans = b"".join(struct.pack("<HHHH", *span) for span in merged)
        out += _record(0x00E5, struct.pack("<H", len(merged)) + spans)
    return out + _record(0x000A, b"")


def _cell(r: int, c: int, value: object) -> bytes:
    at = struct.pack("<HH", r, c)
    if value is None:
        return b""
    if isinstance(value, dt.date):
        days = (value - dt.date(1899, 12, 30)).days
        return _record(0x0203, at + struct.pack("<Hd", DAY, days))
    if isinstance(value, int):
        return _record(0x0203, at + struct.pack("<Hd", PLAIN, value))
    return _record(0x0204, at + struct.pack("<H", PLAIN) + _text(str(value), "<HB"))


def _compound(stream: bytes) -> bytes:
    """A compound file with the one stream ``Workbook``."""
    stream = stream.ljust(max(8 * SECTOR, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    chain = [FAT, END, *(n + 3 for n in range(count - 1)), END]
    assert len(chain) <= SECTOR // 4
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    entries = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIII4xIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    return head + fat + entries.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = (name + "\0").encode("utf-16-le")
    return (
        written.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(written), kind, 1, FREE, FREE, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
