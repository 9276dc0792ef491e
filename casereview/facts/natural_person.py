"""Whether the party is a natural person, by its name alone."""

from __future__ import annotations

import re

_NAME = re.compile(r"[\u4e00-\u9fff·某]{2,5}")
_UNIT = re.compile(r"(?:公司|店|部|厂|社|院|所|行|馆|场|中心)$")


def is_person(name: str) -> bool:
    """True for what looks like a person's name and does not end as units end."""
    return bool(_NAME.fullmatch(name)) and not _UNIT.search(name)
