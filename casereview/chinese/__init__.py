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
    from casereview.chinese.characters import (
        DOTS as DOTS,
    )
    from casereview.chinese.characters import (
        HAN as HAN,
    )
    from casereview.chinese.characters import (
        decode as decode,
    )
    from casereview.chinese.characters import (
        has_gaps as has_gaps,
    )
    from casereview.chinese.characters import (
        key as key,
    )
    from casereview.chinese.characters import (
        normalise as normalise,
    )
    from casereview.chinese.characters import (
        without_spaces as without_spaces,
    )
    from casereview.chinese.dates import (
        DATE as DATE,
    )
    from casereview.chinese.dates import (
        DAY_SLOT as DAY_SLOT,
    )
    from casereview.chinese.dates import (
        close_gaps as close_gaps,
    )
    from casereview.chinese.dates import (
        find_dates as find_dates,
    )
    from casereview.chinese.dates import (
        find_span as find_span,
    )
    from casereview.chinese.dates import (
        has_figure_alone as has_figure_alone,
    )
    from casereview.chinese.dates import (
        lost_digit as lost_digit,
    )
    from casereview.chinese.dates import (
        misread as misread,
    )
    from casereview.chinese.dates import (
        times_in as times_in,
    )
    from casereview.chinese.dates import (
        unglue as unglue,
    )
    from casereview.chinese.money import (
        MONEY as MONEY,
    )
    from casereview.chinese.money import (
        cn_money as cn_money,
    )
    from casereview.chinese.money import (
        find_money as find_money,
    )
    from casereview.chinese.names import (
        NAME as NAME,
    )
    from casereview.chinese.names import (
        PartyKind as PartyKind,
    )
    from casereview.chinese.names import (
        Trader as Trader,
    )
    from casereview.chinese.names import (
        close_dots as close_dots,
    )
    from casereview.chinese.names import (
        is_name as is_name,
    )
    from casereview.chinese.names import (
        owner_and_trade as owner_and_trade,
    )
    from casereview.chinese.names import (
        party_keys as party_keys,
    )
    from casereview.chinese.names import (
        party_kind as party_kind,
    )
    from casereview.chinese.names import (
        same_party as same_party,
    )
    from casereview.chinese.names import (
        says_unit as says_unit,
    )
    from casereview.chinese.numbers import (
        DOC_NUMBER as DOC_NUMBER,
    )
    from casereview.chinese.numbers import (
        EIGHTEEN as EIGHTEEN,
    )
    from casereview.chinese.numbers import (
        find_numbers as find_numbers,
    )
    from casereview.chinese.numbers import (
        id_check as id_check,
    )
    from casereview.chinese.numbers import (
        is_resident_id as is_resident_id,
    )
    from casereview.chinese.numbers import (
        number_key as number_key,
    )
    from casereview.chinese.numerals import (
        NUMERAL as NUMERAL,
    )
    from casereview.chinese.numerals import (
        cn_number as cn_number,
    )
    from casereview.chinese.numerals import (
        cn_whole as cn_whole,
    )

_HOMES = {
    "characters": "DOTS HAN decode has_gaps key normalise without_spaces",
    "dates": "DATE DAY_SLOT close_gaps find_dates find_span has_figure_alone lost_digit misread"
    " times_in unglue",
    "money": "MONEY cn_money find_money",
    "names": "NAME PartyKind Trader close_dots is_name owner_and_trade party_keys party_kind"
    " same_party says_unit",
    "numbers": "DOC_NUMBER EIGHTEEN find_numbers id_check is_resident_id number_key",
    "numerals": "NUMERAL cn_number cn_whole",
}
_HOME = {word: module for module, words in _HOMES.items() for word in words.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
