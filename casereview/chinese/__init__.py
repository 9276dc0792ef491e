"""Chinese text to value; knows no case. Pure functions of strings; what a name is may be looked up
in the word lists of the rules folder (``names``).

    characters  code points that mean the same made one; keys for comparing
    numerals    一百零八, 二0二五
    dates       days and spans of time
    money       sums in figures and capitals
    numbers     文号, 证照号码
    names       person, sole trader, unit or agency
"""

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

__all__ = [
    "DATE",
    "DAY_SLOT",
    "DOC_NUMBER",
    "DOTS",
    "HAN",
    "MONEY",
    "NAME",
    "NUMERAL",
    "PartyKind",
    "Trader",
    "close_dots",
    "cn_money",
    "cn_number",
    "cn_whole",
    "decode",
    "find_dates",
    "find_money",
    "find_numbers",
    "find_span",
    "id_check",
    "is_name",
    "key",
    "lost_digit",
    "misread",
    "normalise",
    "number_key",
    "owner_and_trade",
    "party_keys",
    "party_kind",
    "same_party",
    "says_unit",
    "times_in",
    "unglue",
    "without_spaces",
]
