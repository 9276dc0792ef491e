"""Sums of a decision: the fine, what is confiscated, and sums that are one thing in capitals and
another in figures. Sums that are not the fine (a value, a range of the law) are not taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from casereview.chinese import cn_money, find_money
from casereview.facts.main_text import operative, own_words
from casereview.model import Fact
from casereview.papers.paper import Paper

WINDOW = 60  # characters after 罚款 in which its sum stands
CLOSE = 16  # characters before which a sum must begin where no reckoning leads to it
_FINE = re.compile(
    r"(?P<pre>(?:合计|共计|总计|总额|罚没款)[^。；，]{0,6})?"
    r"(?:罚款(?:金额)?(?:的金额)?(?:为|计)?(?:人民币)?(?:[（(]?大写[）)]?)?[：:]?(?:人民币)?"
    r"|处(?:以)?(?:人民币)?(?=[^。；]{2,40}?罚款))"
)
_LAW_RANGE = re.compile(r"以上[^。；]{0,24}以下|以下的?罚款|倍以[上下]")
_TOTAL = re.compile(r"(?:合计|共计|总计)[^。；]{0,8}$")
_AFTER_SUM = re.compile(r"[。；\n]|罚款|，(?!\d{3})")
_SENTENCE = re.compile(r"[。；\n]")
_FINED = re.compile(
    r"罚款(?:人民币)?(?:[（(]大写[)）])?[：:]?(?P<a>[^。；，\n]{1,40})"
    r"|处(?:以)?(?:人民币)?(?P<b>[^。；，\n]{2,40}?)的?罚款"
)


@dataclass(frozen=True)
class Item:
    """One sum of a fine: its value, where it stands, and whether it is a total."""

    value: Decimal
    start: int
    end: int
    total: bool


def yuan(value: Decimal) -> str:
    """A sum as the export writes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def fine(paper: Paper) -> Fact | None:
    """The fine in yuan (decimal string value): a stated total, else the sum of the items."""
    begin, end = operative(paper)
    text = own_words(paper)
    items = list(_items(text[:end] if end else text, begin))
    if not items:
        return None
    totals = [i for i in items if i.total]
    chosen = totals[-1] if totals else items[0]
    distinct = {i.value: i for i in reversed(items)}
    value = chosen.value if totals else sum(distinct, Decimal(0))
    place = paper.running_text.place(chosen.start, chosen.end)
    return Fact(yuan(value), place.quote, place)


def _items(text: str, begin: int) -> Iterator[Item]:
    last = 0
    for m in _FINE.finditer(text, begin):
        found = _sum_after(text, m)
        if found is None or m.start() < last:
            continue
        value, last = found
        before = text[max(begin, m.start() - 12) : m.start()]
        yield Item(value, m.start(), last, bool(m["pre"] or _TOTAL.search(before)))


def _sum_after(text: str, m: re.Match[str]) -> tuple[Decimal, int] | None:
    """The sum that belongs to a word of fining, and where it ends."""
    first = m.group(0).startswith("处")
    tail = text[m.end() : m.end() + WINDOW]
    stop = (_SENTENCE if first else _AFTER_SUM).search(tail)
    window = tail[: stop.start()] if stop else tail
    equals = max(window.rfind("="), window.rfind("＝"))
    money = [
        (value, a, b)
        for value, _, a, b in find_money(window)
        if a > equals and not re.match(r"以上|以下|至|[／/]", window[b : b + 2])
    ]
    near = WINDOW if re.search(r"即|共计|=|＝|计", window) else CLOSE
    if not money or money[0][1] > near or _LAW_RANGE.search(window[: money[0][2] + 6]):
        return None
    value, _, end = money[0]
    if first and "罚款" not in tail[end : end + 30]:
        return None
    return value, m.end() + end


def confiscated(paper: Paper) -> Fact | None:
    """The confiscated sum (违法所得) in yuan, where the decision states one."""
    begin, end = operative(paper)
    text = own_words(paper)
    taken = re.compile(r"没收(?:当事人)?(?:的)?(?:违法所得|非法所得|非法财物)[^。；\n]{0,16}")
    m = taken.search(text, begin, end)
    if not m:
        return None
    window = re.split(r"[。；\n]|罚款", text[m.start() : min(end, m.start() + WINDOW)])[0]
    money = next(find_money(window), None)
    if money is None:
        return None
    place = paper.running_text.place(m.start(), m.start() + money[3])
    return Fact(yuan(money[0]), place.quote, place)


_CAPITALS = r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2}"
_FIGURES = r"\d[\d,，]*(?:\.\d+)?"
_PAIR = re.compile(
    rf"(?P<a>{_CAPITALS})[整正]?[（(]?(?:人民币|小写[：:]?)?[¥￥]?(?P<b>{_FIGURES})(?P<w>万)?元?"
    rf"|[¥￥]?(?P<b2>{_FIGURES})(?P<w2>万)?元[（(](?:人民币)?(?:大写[：:]?)?(?P<a2>{_CAPITALS})"
)


def unequal_sums(paper: Paper) -> Fact | None:
    """A sum of the operative part that is one thing in capitals and another in figures."""
    begin, end = operative(paper)
    for m in _PAIR.finditer(paper.running_text.without_spaces, begin, end):
        capital = cn_money(m["a"] or m["a2"])
        figures = Decimal(re.sub("[,，]", "", m["b"] or m["b2"]))
        if capital is not None and capital != figures * (10000 if m["w"] or m["w2"] else 1):
            return Fact(m.group(0), m.group(0), paper.running_text.place(m.start(), m.end()))
    return None


def fine_sum(text: str) -> str | None:
    """The sum of a fine in a sentence of an opinion or conclusion, in yuan."""
    m = _FINED.search(text)
    money = next(find_money(m["a"] or m["b"]), None) if m else None
    return yuan(money[0]) if money else None
