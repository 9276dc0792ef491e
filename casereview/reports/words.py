"""How things are written for people, whatever the medium."""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean(text: str) -> str:
    """Foreign text made inert for a terminal: no control characters, no direction marks (promise
    10).
    """
    return _UNSEEN.sub("␀", str(text)).replace("\n", " ")
