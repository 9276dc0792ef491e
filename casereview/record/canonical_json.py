"""The one way to write JSON that must be the same bytes again (promise 4)."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_FAST = msgspec.json.Encoder(order="deterministic")
_TEXT = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_VALUE = re.compile(_TEXT + rb'|\[(?:[^]"]|' + _TEXT + rb")*\]")  # or a list of texts and numbers
# very large and very small numbers, which the fast one writes in a way of its own
_LARGE, _SMALL = re.compile(rb"e-?[0-9]+(?:[,\]}]|$)"), b"0.0000"


def canonical(value: Any) -> str:
    """JSON with sorted keys, one space less, Chinese unescaped. Raises TypeError."""
    try:
        text = _FAST.encode(value)
    except (TypeError, UnicodeEncodeError):  # keys that are no text, halves of characters
        return _ENCODER.encode(value)
    odd = _SMALL in text or _LARGE.search(text)
    return _ENCODER.encode(value) if odd else text.decode()


def laid_out(value: Any) -> str:
    """The same for the eye, each part in a line of its own. Raises TypeError."""
    text = canonical(value)
    try:
        return msgspec.json.format(text, indent=1)
    except UnicodeEncodeError:  # halves of characters
        return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def entry(text: bytes, name: str, start: int, end: int) -> bytes:
    """The text or list that an object in canonical JSON has under a name, found without reading
    the others; b"" where it has none. The object stands from ``start`` to ``end`` of ``text``. A
    quote within a text is marked there: behind a sign, in quotes and before a colon stand names.
    """
    named = canonical(name).encode() + b":"
    first = text.startswith(named, start + 1)
    at = start if first else text.find(b"," + named, start, end)
    found = _VALUE.match(text, at + 1 + len(named)) if at >= 0 else None
    return found[0] if found else b""
