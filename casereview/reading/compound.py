"""OLE compound files, in which Office kept its papers until 2007 and keeps those under a password
until today: what one holds, whatever it is called.
"""

from __future__ import annotations

import io
import struct

import olefile

MAGIC = b"\xd0\xcf\x11\xe0"
_LOCKED_WORD = 0x0100  # the bit fEncrypted of the FIB [MS-DOC] 2.5.2
_FILEPASS = 0x002F  # the record before what is encrypted [MS-XLS] 2.4.117
_BOOKS = ("Workbook", "Book")
_RECORDS = 8  # records of a workbook among which a password stands


def inside(data: bytes) -> tuple[str, bool]:
    """('doc', 'xls', 'ppt' or '' for what is none of these, is it under a password)."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return _held(ole)
    except (OSError, ValueError, IndexError, struct.error):
        return "", False


def _held(ole: olefile.OleFileIO) -> tuple[str, bool]:
    if ole.exists("EncryptedPackage"):
        return "", True
    if ole.exists("WordDocument"):
        head = ole.openstream("WordDocument").read(12)
        return "doc", len(head) == 12 and bool(head[11] << 8 & _LOCKED_WORD)
    for name in _BOOKS:
        if ole.exists(name):
            return "xls", _has_password(ole.openstream(name).read(4096))
    return ("ppt" if ole.exists("PowerPoint Document") else ""), False


def _has_password(book: bytes) -> bool:
    at = 0
    for _ in range(_RECORDS):
        if at + 4 > len(book):
            return False
        kind, size = struct.unpack_from("<2H", book, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False
