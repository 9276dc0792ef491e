"""Sums of a decision: the fine, what is confiscated, and sums that are one thing in capitals and
another in figures. Sums that are not the fine (a value, a range of the law) are not taken for it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from casereview.chinese import cn_money, find_money
from casereview.chinese.wording import wording
from casereview.facts.fines import fines_in, total_of
from casereview.facts.loose_ink import covered, no_slip
from casereview.facts.main_text import kind_wordings, operative, own_words
from casereview.facts.values import yuan
from casereview.model import Fact
from casereview.papers.paper import Paper

TAKEN = 45  # characters after the word for gains in which their sum stands
GAINS = "没收违法所得"
UNSURE = 0.5  # how sure a sum is that the paper itself writes in two ways
_NEXT_PENALTY = re.compile(r"[。；\n]|罚款|处(?![分理])")
_CAPITALS = r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆](?:[零壹贰叁肆伍陆柒捌玖][角分]){0,2}"
_FIGURES = r"\d[\d,，]*(?:\.\d+)?"
# what stands between a sum in capitals and the same in figures: 1,200元，大写为…
_BETWEEN = r"(?:[，,（()）：:即计为是¥￥\n]|人民币|[大小]写|金额|数额)*"
_PAIR = re.compile(
    rf"(?P<a>{_CAPITALS})[整正]?合?{_BETWEEN}(?P<b>{_FIGURES})(?P<w>万)?元?"
    rf"|(?P<b2>{_FIGURES})(?P<w2>万)?元整?{_BETWEEN}(?P<a2>{_CAPITALS})"
)


def fine(paper: Paper) -> Fact | None:
    """The fine in yuan (decimal string value): a stated total, else the sum of the items; unsure
    where capitals and figures of the decision differ.
    """
    begin, end = operative(paper)
    text = own_words(paper)
    items = list(fines_in(text[:end] if end else text, begin))
    if not items:
        return None
    total = total_of(items)
    chosen = total or items[0]
    distinct = dict.fromkeys(i.value for i in items)
    value = total.value if total else sum(distinct, Decimal(0))
    place = paper.running_text.place(chosen.start, chosen.end)
    sure = UNSURE if unequal_sums(paper) else 1.0
    return Fact(yuan(value), place.quote, place, sure)


def confiscated(paper: Paper) -> Fact | None:
    """The confiscated sum (违法所得) in yuan, where the decision states one."""
    begin, end = operative(paper)
    text = own_words(paper)[:end]
    hits = [hit for line in kind_wordings(GAINS) for hit in wording(line).all(text, begin)]
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        after = _NEXT_PENALTY.split(text[hit.end : hit.end + TAKEN])[0]
        offset, money = hit.end, next(find_money(after), None)
        if money is None:
            offset, money = hit.start, next(find_money(text[hit.start : hit.end]), None)
        if money is not None:
            place = paper.running_text.place(hit.start, offset + money[3])
            return Fact(yuan(money[0]), place.quote, place)
    return None


def unequal_sums(paper: Paper) -> Fact | None:
    """A sum of the operative part, of all of it where none was found, that is one thing in capitals
    and another in figures. On a recognised page it is unsure where one figure misread would do.
    """
    begin, end = operative(paper)
    text = paper.running_text.without_spaces
    for m in _PAIR.finditer(text, begin, end or len(text)):
        capital = cn_money(m["a"] or m["a2"])
        figures = Decimal(re.sub("[,，]", "", m["b"] or m["b2"]))
        figures *= 10000 if m["w"] or m["w2"] else 1
        if capital is not None and capital != figures:
            place = paper.running_text.place(m.start(), m.end())
            read = place.page not in paper.recognised or not covered(paper, place)
            sure = read and no_slip([paper], yuan(capital), yuan(figures))
            return Fact(m.group(0), m.group(0), place, 1.0 if sure else UNSURE)
    return None


def fine_sum(text: str) -> str | None:
    """The sum of a fine in a sentence of an opinion or conclusion, in yuan."""
    every = list(fines_in(text))
    fined = total_of(every) or next(iter(every), None)
    return yuan(fined.value) if fined else None
