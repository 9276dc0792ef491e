"""Chinese text to value; knows no case. Pure functions of strings; what a name is may be looked up
in the word lists of the rules folder (``names``).

    characters  code points that mean the same made one; keys for comparing
    numerals    一百零八, 二0二五
    dates       days and spans of time
    money       sums in figures and capitals
    numbers     文号, 证照号码
    names       person, sole trader, unit or agency

Each is loaded when one of its words is asked for: most commands look only at numbers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for those who read types; a word is looked up below
    from casereview.chinese.characters import DOTS, HAN, decode, key, normalise, without_spaces
    from casereview.chinese.dates import (
        DATE,
        DAY_SLOT,
        find_dates,
        find_span,
        lost_digit,
        misread,
        times_in,
        unglue,
    )
    from casereview.chinese.money import MONEY, cn_money, find_money
    from casereview.chinese.names import (
        NAME,
        PartyKind,
        Trader,
        close_dots,
        is_name,
        owner_and_trade,
        party_keys,
        party_kind,
        same_party,
        says_unit,
    )
    from casereview.chinese.numbers import DOC_NUMBER, find_numbers, id_check, number_key
    from casereview.chinese.numerals import NUMERAL, cn_number, cn_whole

_HOMES = {
    "characters": "DOTS HAN decode key normalise without_spaces",
    "dates": "DATE DAY_SLOT find_dates find_span lost_digit misread times_in unglue",
    "money": "MONEY cn_money find_money",
    "names": "NAME PartyKind Trader close_dots is_name owner_and_trade party_keys party_kind"
    " same_party says_unit",
    "numbers": "DOC_NUMBER find_numbers id_check number_key",
    "numerals": "NUMERAL cn_number cn_whole",
}
_HOME = {word: module for module, words in _HOMES.items() for word in words.split()}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
