"""Sums of money in yuan, in figures, in capitals, and mixed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from casereview.chinese.characters import without_spaces
from casereview.chinese.numerals import cn_number, cn_whole

_FIGURES = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?"
_CAPITALS = "零〇○一二三四五六七八九十百千壹壱贰叁叄肆伍陆柒捌玖拾佰仟万萬亿億两兩貳參陸"
_FORMAL = "壹壱贰叁叄肆伍陆柒捌玖拾佰仟貳參陸"
_YUAN = "[元圆圓]"
_DIGIT = r"[零〇一二三四五六七八九壹贰叁叄肆伍陆柒捌玖两貳參陸\d]"
_SMALL = rf"(?:零?{_DIGIT}角)?(?:零?{_DIGIT}分(?!钟|之|别|公司|局|队|期))?"
MONEY = re.compile(
    rf"(?:[¥￥]|RMB|CNY)\s*(?P<sym>{_FIGURES})(?P<symw>[万千亿])?{_YUAN}?"
    rf"|(?P<mixed>(?:\d+[万千百]零?){{1,3}}\d*){_YUAN}(?P<mixsmall>{_SMALL})"
    rf"|(?P<num>{_FIGURES})\s*(?P<w>百万|千万|[百千万亿])?\s*(?:余|多)?{_YUAN}(?P<small>{_SMALL})"
    rf"|(?P<cap>[{_CAPITALS}]+{_YUAN}{_SMALL})[整正]?"
    rf"|(?P<coins>[{_FORMAL}]角(?:零?[{_FORMAL}]分)?)[整正]?"
)
_SCALE = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SUM = re.compile(
    rf"(?:(?P<y>[^元圆圓角分]+){_YUAN})?(?:零?(?P<j>[^元圆圓角分])角)?(?:零?(?P<f>[^元圆圓角分])"
    rf"分)?"
)


def cn_money(text: str) -> Decimal | None:
    """'壹万贰仟叁佰肆拾伍元零陆角柒分' or '五百元' in yuan; None when it is no sum in words."""
    text = without_spaces(text).removeprefix("人民币").rstrip("整正")
    m = _SUM.fullmatch(text)
    if not m or not text:
        return None
    whole = cn_whole(m["y"]) if m["y"] else 0
    coins = _coins(m["j"], m["f"])
    return None if whole is None or coins is None else whole + coins


def _coins(jiao: str | None, fen: str | None) -> Decimal | None:
    """角 and 分 as a part of a yuan; None when one of them is no digit."""
    total = Decimal(0)
    for written, unit in ((jiao, "0.1"), (fen, "0.01")):
        if written:
            n = cn_number(written)
            if n is None:
                return None
            total += n * Decimal(unit)
    return total


def find_money(text: str) -> Iterator[tuple[Decimal, bool, int, int]]:
    """Every sum of money: (yuan, written in capitals?, start, end)."""
    for m in MONEY.finditer(text):
        written = m["cap"] or m["coins"] or ""
        value = cn_money(written) if written else _in_figures(m)
        if value is not None:
            yield value, bool(re.search(f"[{_FORMAL}]", written)), m.start(), m.end()


def _in_figures(m: re.Match[str]) -> Decimal | None:
    """The value of a match in figures, with 万, 角 and 分 after it."""
    if m["mixed"]:
        whole = cn_mixed(m["mixed"])
        coins = cn_money(m["mixsmall"]) if m["mixsmall"] else Decimal(0)
        return None if whole is None or coins is None else whole + coins
    number = Decimal(re.sub("[,，]", "", m["sym"] or m["num"]))
    number *= _SCALE.get(m["symw"] or m["w"] or "", 1)
    return number + (cn_money(m["small"]) or 0) if m["small"] else number


def cn_mixed(text: str) -> Decimal | None:
    """'3万5千', '1万2千3百', '3万零500' -> yuan; None where the last figure may mean two things
    ('3万5' is 35000 to some and 30005 to others).
    """
    parts = re.findall(r"(\d+)([万千百]?)", text)
    last = parts[-1]
    if not last[1] and len(last[0]) < 3 and "零" not in text:
        return None
    return sum((Decimal(n) * _SCALE.get(unit, 1) for n, unit in parts), Decimal(0))
