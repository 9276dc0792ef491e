"""The wide net of a box for an opinion (DESIGN, promise 11): which of opinion, signature and day
may stand in it or beside it in another form.
"""

from __future__ import annotations

import re

from casereview.chinese import DATE, NUMERAL, key, without_spaces
from casereview.facts.signature import SIGN_AND_DAY, is_person, without_print
from casereview.model import PICTURE
from casereview.papers.paper import Paper

LONGEST = 20  # characters of the label of an opinion
REMARK = r"(?:[（(][^（）()]{1,6}[)）])?$"  # behind a label: 签名（亲笔）
COMPLETES = re.compile(rf"(?:签名|签字|签章|日期|时间|年月日){REMARK}")  # of the opinion above it
# what recognition makes of a name and a day written over print: 2沈0秀2兰4年6月21日, 签日名期：：,
# 同（意陶某证。2025年5月13日）
_MIXED_UP = re.compile(
    r"\d(?![年月日号时分])[\u4e00-\u9fff]\d(?![年月日号时分])[\u4e00-\u9fff]"
    r"|：：|（[^（）]*。[^（）]*年[^（）]*）"
)
AT_SIGN = re.compile(r"[签章][名字章]?[）)]?[：:]$")
_ALL = frozenset({"意见", "签名", "日期"})
_WORDS = re.compile(r"[\u3400-\u9fff√☑■✓]")
DAY_LIKE = re.compile(rf"[{NUMERAL}]{{1,4}}[年月日./-]")
_AT_DAY = re.compile(r"(?:日期|时间)[：:]$")


def near(
    paper: Paper, pieces: list[str], tail: str, said: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Which of opinion, signature and day may stand in what follows an opinion, beside the box or
    below it; and in the one picture that signs it, where there is no other. Labels of forms are
    none of them.
    """
    every = [x for x in (*pieces, tail) if key(x) and not _is_printed(paper, x)]
    pictures = sum(x.count(PICTURE) for x in every)
    if pictures == 1 and PICTURE in tail:
        typed = [x.replace(PICTURE, "") for x in every]
        return _written(paper, typed, tail.replace(PICTURE, ""), said), _drawn_in(tail)
    if pictures:
        return _ALL, frozenset()
    return _written(paper, every, tail, said), frozenset()


def mixed_up(value: str) -> frozenset[str]:
    """Which of them may stand in a box of a recognised page whose words are mixed up; a signature
    and a day where it begins with a name.
    """
    if _MIXED_UP.search(value):
        return _ALL
    first = value.split(maxsplit=1)
    return _ALL - {"意见"} if len(first) > 1 and is_person(first[0]) else frozenset()


def _drawn_in(tail: str) -> frozenset[str]:
    """What the one picture of a box may show, by the label before which it stands."""
    before = without_spaces(tail[: tail.index(PICTURE)])
    if SIGN_AND_DAY.search(before) or AT_SIGN.search(before):
        return _ALL - {"意见"}
    return frozenset({"日期"}) if _AT_DAY.search(before) else _ALL


def _written(paper: Paper, every: list[str], tail: str, said: str) -> frozenset[str]:
    """Which of them may stand in what is typed."""
    worded = [x for x in every if _WORDS.search(without_print(x))]
    dated = any(DAY_LIKE.search(without_spaces(x)) for x in (*every, said))
    there = {"日期": dated, "签名": bool(worded), "意见": any(x != tail for x in worded)}
    return frozenset(word for word, so in there.items() if so)


def _is_printed(paper: Paper, cell: str) -> bool:
    """True for a label, also a part of one of a signature or a day (人签名)."""
    label = key(cell)
    return label in paper.vocab.label_keys or (
        len(label) <= LONGEST and bool(COMPLETES.search(label)) and not DATE.search(label)
    )
