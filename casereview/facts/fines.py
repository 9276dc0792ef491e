"""Sums of fines in a sentence: what is fined, not what the fine is reckoned from.

'处货值金额2000元二点五倍的罚款，计人民币5000元' fines 5000 yuan; the 2000 are arithmetic. Where no
result is written, it is reckoned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from casereview.chinese import NUMERAL, cn_number, find_money

_HERE = re.compile(
    r"(?P<pre>(?:合计|共计|总计|总额|罚没款|合并)[^。；，]{0,6})?"
    r"(?:罚款[，,]?(?:金额|数额)?(?:的金额)?(?:为|计)?(?:人民币)?(?:[（(]?大写[）)]?)?[：:]?"
    r"(?:人民币)?"
    r"|处(?!罚|理|分)(?:以)?(?:人民币)?(?=[^。；]{2,60}?罚款))"
)
_RANGE = re.compile(r"以上[^。；]{0,24}以下|以下的?罚款|倍以[上下]")
_TIMES = re.compile(
    rf"^[，,]?(?:整|正)?[）)]?(?:为基数)?(?:的|之|按)?\s*(?:"
    rf"(?P<n>[{NUMERAL}]+(?:[点.．][{NUMERAL}]+)?)倍"
    rf"|百分之(?P<pc>[{NUMERAL}]+(?:[点.．][{NUMERAL}]+)?)|(?P<p>\d+(?:\.\d+)?)[%％]"
    r"|[×xX*＊](?P<x>\d+(?:\.\d+)?)(?:倍|[%％])?)"
)
_OF_A_RANGE = re.compile(r"以上|以下|至|[／/]")
_CUT = re.compile(r"[,，]\s*$")  # the line ends inside a sum: ￥3,
Money = tuple[Decimal, bool, int, int]  # yuan, in capitals, start, end
_REACH = 80  # characters after the word in which the sum stands
_NEAR, _AFTER_RESULT = 16, 70  # how far it may be, alone and behind a word for a result
_RESULT = re.compile(r"即|计|=|＝")


@dataclass(frozen=True)
class Fine:
    """One sum that is fined, with its offsets. ``total``: it is called a total."""

    value: Decimal
    start: int
    end: int
    total: bool = False


def total_of(fines: list[Fine]) -> Fine | None:
    """The fine that is called a total, or is the sum of the two or more before it; None where none
    is.
    """
    named = [f for f in fines if f.total]
    sums = (f for n, f in enumerate(fines) if n > 1 and f.value == sum(x.value for x in fines[:n]))
    return named[-1] if named else next(sums, None)


def fines_in(text: str, begin: int = 0) -> Iterator[Fine]:
    """Every fine of ``text`` from ``begin`` on, in order; sums of the law's own range are none."""
    last = begin
    for m in _HERE.finditer(text, begin):
        if m.start() < last:
            continue
        found = _sum_after(text, m)
        if found is None:
            continue
        value, end = found
        before = text[max(begin, m.start() - 12) : m.start()]
        total = bool(m["pre"]) or bool(re.search(r"(?:合计|共计|总计|合并)[^。；]{0,8}$", before))
        yield Fine(value, m.start(), end, total)
        last = end


def _sum_after(text: str, m: re.Match[str]) -> tuple[Decimal, int] | None:
    """The sum that a word of fining introduces, and where it ends."""
    punished = "处" in m.group(0)
    tail = text[m.end() : m.end() + _REACH]
    window = _window(tail, punished)
    bases, results = _bases_and_results(window)
    if not results:
        return _reckoned(bases[0], window, m.end()) if bases else None
    value, _, at, end = results[0]
    if _CUT.match(window[end:]):
        return None
    near = _AFTER_RESULT if bases or _RESULT.search(window) else _NEAR
    if at > near or _RANGE.search(window[: end + 6]):
        return None
    fined = not punished or "罚款" in tail[: end + 30]
    return (value, m.end() + end) if fined else None


def _bases_and_results(window: str) -> tuple[list[Money], list[Money]]:
    """Sums that are multiplied, and sums that stand for themselves (after the last = if any)."""
    sums = [s for s in find_money(window) if not _OF_A_RANGE.match(window[s[3] :])]
    bases = [s for s in sums if _TIMES.match(window[s[3] :])]
    equals = max(window.rfind("="), window.rfind("＝"))
    results = [s for s in sums if s not in bases and s[2] > equals]
    return (bases if results or equals < 0 else []), results


def _window(tail: str, punished: bool) -> str:
    """The part of a sentence in which the sum of one fine stands."""
    whole = re.split(r"[。；\n]", tail, maxsplit=1)[0]
    if punished:
        return whole
    stop = re.search(r"(?<!的)罚款|，(?!\d{3})", whole)
    part = whole[: stop.start()] if stop else whole
    return whole if stop and stop.group(0) == "，" and _base_only(part) else part


def _base_only(window: str) -> bool:
    """True when all sums before a comma are multiplied: the result stands behind it."""
    sums = list(find_money(window))
    return bool(sums) and all(_TIMES.match(window[s[3] :]) for s in sums)


def _reckoned(base: Money, window: str, offset: int) -> tuple[Decimal, int] | None:
    """Base times factor, where the sentence gives no result; a range of the law gives none."""
    value, _, _, end = base
    m = _TIMES.match(window[end:])
    if m is None or _RANGE.search(window):
        return None
    share = m["pc"] or m["p"]
    factor = _factor(m["n"] or m["x"] or share)
    if factor is None:
        return None
    return value * (factor / 100 if share else factor), offset + end + m.end()


def _factor(written: str) -> Decimal | None:
    """'2.5', '二点五', '五' -> a number."""
    whole, _, part = re.sub(r"[点．]", ".", written).partition(".")
    digits = [cn_number(whole), *(cn_number(c) for c in part)]
    if any(d is None for d in digits):
        return None
    try:
        return Decimal(f"{digits[0]}.{''.join(str(d) for d in digits[1:]) or '0'}")
    except InvalidOperation:
        return None
