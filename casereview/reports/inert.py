"""Foreign text made inert (promise 10). Light to import: every command stands on it."""

from __future__ import annotations

_UNSEEN = [
    *range(0x00, 0x09),
    *range(0x0B, 0x20),
    *range(0x7F, 0xA0),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0xFEFF,
]
_INERT: dict[int, str] = {**dict.fromkeys(_UNSEEN, "␀"), ord("\n"): " "}


def clean(text: str) -> str:
    """Foreign text made inert for a terminal: no control characters, no direction marks for a
    terminal.
    """
    return str(text).translate(_INERT)
