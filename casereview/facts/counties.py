"""Counties, districts and cities that a text names."""

from __future__ import annotations

import re

_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,7}?[县市区旗]")


def counties_in(text: str) -> list[str]:
    """The names of counties, districts and cities in an address or the name of an agency."""
    return _COUNTY.findall(text)
