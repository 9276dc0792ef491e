"""The one way to write JSON that must be the same bytes again (promise 4)."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_FAST = msgspec.json.Encoder(order="deterministic")
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
