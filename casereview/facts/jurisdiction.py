"""To which government an agency belongs, by its name (行政复议法 24-28). The words are data:
``用语/复议机关.yaml``.
"""

from __future__ import annotations

from casereview.chinese import key
from casereview.chinese.laws import places_of
from casereview.chinese.wordlists import word_lists

_FILE = "复议机关.yaml"
_GOVERNMENT = "政府"


def _carries(name: str, list_: str) -> bool:
    return any(word in name for word in word_lists(_FILE)[list_])


def is_government(name: str) -> bool:
    """True for a government, or a committee with its powers."""
    return _carries(name, _GOVERNMENT)


def may_ask_above(names: str) -> bool:
    """True for agencies whose decisions the agency above them reviews (27, 28)."""
    return _carries(names, "可以是上一级主管部门")


def is_local_department(name: str) -> bool:
    """True for what surely is a department of a local government, no branch of one and nothing
    under the lead of the agency above: the government of its own level reviews it (24).
    """
    return _carries(name, "地方政府部门") and not _carries(name, "由人核对")


def is_town(name: str) -> bool:
    """True for a town, a township or the office of a street."""
    return any(name.endswith(word) for word in word_lists(_FILE)["乡镇"])


def is_county_government(name: str) -> bool:
    """True for the government of a county or district; a city may be of any level."""
    places = places_of(name)
    ends = name.endswith(word_lists(_FILE)[_GOVERNMENT][0]) and not is_town(name)
    return bool(ends and places and places[-1].endswith(word_lists(_FILE)["县级"]))


def must_ask_above(name: str) -> bool:
    """True for agencies whose decisions no local government reviews (27)."""
    return _carries(name, "只能是上一级主管部门")


def is_itself(agency: str, reviewer: str) -> bool:
    """True when both names are those of one agency, whatever stands before the shorter."""
    a, b = key(agency), key(reviewer)
    return bool(a and b) and (a == b or (is_town(b) and (a.endswith(b) or b.endswith(a))))


def above_its_level(agency: str, government: str) -> bool:
    """True when ``government`` surely is not that of the level of ``agency``: the agency names a
    county or district last, the government a city, prefecture or province.
    """
    own, told = places_of(agency), places_of(government)
    if not own or not told or any(_carries(n, "功能区") for n in (agency, government)):
        return False
    if _carries(agency, "由人核对") and not is_town(agency) and told[-1] in own:
        return False  # a branch of a department of the city, whose government reviews it too
    words = word_lists(_FILE)
    county = own[-1].endswith(words["县级"])
    return county and told[-1].endswith(words["县级以上"])
