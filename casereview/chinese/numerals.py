"""Numerals as people write them: Arabic, Chinese, capital, and mixed in one number."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DIGITS = (
    {c: i for i, c in enumerate("0123456789")}
    | {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {"〇": 0, "○": 0, "◯": 0, "O": 0, "o": 0, "О": 0, "两": 2, "兩": 2, "貳": 2, "弍": 2}
    | {"壱": 1, "弌": 1, "參": 3, "叄": 3, "弎": 3, "陸": 6, "柒": 7, "玖": 9}
)
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4}
_TENS = str.maketrans({"廿": "二十", "卅": "三十", "卌": "四十"})
# every character that a numeral may consist of, for patterns
NUMERAL = "".join(dict.fromkeys([*DIGITS, *UNITS, *"廿卅卌"]))


@lru_cache(maxsize=8192)
def cn_number(text: str) -> int | None:
    """'一百零八', '22', '廿六', '二0二五', '1十2' -> int; None when it is no numeral."""
    text = unicodedata.normalize("NFKC", text).strip().translate(_TENS)
    if not text:
        return None
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = current = 0
    for ch in text:
        if ch in UNITS:
            total += (current or 1) * UNITS[ch]
            current = 0
        elif ch in DIGITS:
            current = DIGITS[ch]
        else:
            return None
    return total + current


def cn_whole(text: str) -> int | None:
    """A whole number with 万 and 亿: '壹万贰仟', '3万5千' (each part may be in figures); None when
    it is none.
    """
    for mark, size in _LARGE.items():
        head, found, rest = text.partition(mark)
        if found:
            high = cn_whole(head)
            low = cn_whole(rest.lstrip("零〇")) if rest.strip("零〇") else 0
            return None if high is None or low is None else high * size + low
    return cn_number(text.lstrip("零〇") or "零")
