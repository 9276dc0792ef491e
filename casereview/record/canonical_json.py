"""The one way to write JSON that must be the same bytes again (promise 4)."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> str:
    """JSON with sorted keys, one space less, Chinese unescaped."""
    return _ENCODER.encode(value)
