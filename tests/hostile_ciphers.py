"""Files under a password, written by hand: a PDF by the standard security handler (revision 2) and
an OLE compound file as Office writes one around an encrypted package.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
_ID = b"0123456789abcdef"
_SECTOR = 512


def _rc4(key: bytes, data: bytes) -> bytes:
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) % 256
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + s[i]) % 256
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) % 256])
    return bytes(out)


def encrypted_pdf(password: str, content: bytes) -> bytes:
    """A one-page PDF that only ``password`` opens ('' for one under the owner's alone)."""
    from hostile_files import pdf

    user = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(b"owner" + _PADDING[:27]).digest()[:5], user)
    allowed = struct.pack("<l", -4)
    key = hashlib.md5(user + owner + allowed + _ID).digest()[:5]
    mine = hashlib.md5(key + struct.pack("<L", 4)[:3] + b"\0\0").digest()[:10]
    data = _rc4(mine, content)
    body = f"<</Length {len(data)}>>stream\n".encode() + data + b"\nendstream"
    lock = (
        f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{owner.hex()}>"
        f"/U<{_rc4(key, _PADDING).hex()}>>>/ID[<{_ID.hex()}><{_ID.hex()}>]"
    )
    return pdf({4: body}, lock)


def compound_file(names: Sequence[str], data: bytes = b"\0" * 4096) -> bytes:
    """An OLE compound file with one stream a name, all on the same sectors."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    sectors = len(data) // _SECTOR
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<L", 0) + struct.pack("<L", free) * 108
    chain = [fat, end, *range(3, 2 + sectors), end]
    table = b"".join(struct.pack("<L", n) for n in chain + [free] * (128 - len(chain)))
    entries = [_entry("Root Entry", 5, child=1, start=end, size=0)]
    for n, name in enumerate(names, 1):
        after = n + 1 if n < len(names) else free
        entries.append(_entry(name, 2, right=after, start=2, size=len(data)))
    entries += [bytes(128)] * (4 - len(entries))
    return head + table + b"".join(entries) + data


def _entry(
    name: str,
    kind: int,
    right: int = 0xFFFFFFFF,
    child: int = 0xFFFFFFFF,
    start: int = 0,
    size: int = 0,
) -> bytes:
    """One line of the directory."""
    wide = name.encode("utf-16-le")
    out = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    return (
        out
        + struct.pack("<3L", 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<LQ", start, size)
    )
