"""Places of a form that were to be filled and were not: signs of a template that stayed (words:
``用语/空白占位.yaml``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from casereview.chinese import DATE, without_spaces
from casereview.chinese.wordlists import either, word_lists
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper

WORDS = "空白占位.yaml"
QUOTED = 80  # characters of the line that a finding quotes
_HAN = r"[\u4e00-\u9fff]"
_STARTS, _STOPS = r"(?:^|(?<=[：:，。；、（(\s]))", r"(?=$|[。，；、）)\s])"
_NOBODY = re.compile(rf"{_STARTS}{_HAN}{{1,6}}[人员]×{{2,}}{_STOPS}", re.M)


def blank_left(paper: Paper) -> Place | None:
    """The first place that was left blank, with its line as quote; None in papers that are not
    asked.
    """
    words = word_lists(WORDS)
    groups = ("叉号前", "叉号后", "括号内", "占位用词")
    return _first(paper, _shape(*(words.get(g, ()) for g in groups)))


def may_be_blank(paper: Paper) -> Place | None:
    """The first word for a person with nothing but crosses behind it (保管人××): nobody was entered
    there, or a name is hidden. None in papers that are not asked.
    """
    return _first(paper, _NOBODY) if "××" in paper.running_text.text else None


def _first(paper: Paper, shape: re.Pattern[str]) -> Place | None:
    """The first passage of a shape that hides nobody's data."""
    words = word_lists(WORDS)
    if paper.doc.kind in words["不看的文书"]:
        return None
    text = paper.running_text
    hidden = _hidden(words.get("隐去的栏目", ()))
    found = shape.finditer(text.text.replace(PICTURE, "＃"))
    m = next((m for m in found if not hidden.search(m.string, 0, m.end())), None)
    if m is None:
        return None
    place = text.place(m.start(), m.end(), without_spaces=False)
    blank = without_spaces(m[0])
    on_page = (without_spaces(line.text) for page, line in text.lines if page == place.page)
    quote = next((line for line in on_page if blank in line), "")[:QUOTED] or blank
    return Place(place.file, place.page, place.box, quote)


@lru_cache(maxsize=4)
def _hidden(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Crosses in a field of somebody's data: they may hide it, and are then no blank."""
    return re.compile(
        rf"(?:{either(labels)})[^：:，。；\n]{{0,6}}[：:]?\s*×+$" if labels else r"(?!)"
    )


@lru_cache(maxsize=4)
def _shape(
    labels: tuple[str, ...],
    crossed: tuple[str, ...],
    inside: tuple[str, ...],
    instead: tuple[str, ...],
) -> re.Pattern[str]:
    """What was left: the labels before crosses, the words behind them, within brackets, and in
    place of others.
    """
    return re.compile(
        rf"[×X]{{2,}}(?:{either(crossed)})"
        rf"|(?:[共第约]|共计)×{{2,}}(?={_HAN})"
        rf"|{_STARTS}×{{2,}}{_STOPS}"
        rf"|{_STARTS}{_HAN}{{0,4}}(?:{either(labels)})×{{2,}}{_STOPS}"
        r"|[【\[][\s_]*[】\]]"
        rf"|【(?:{either(inside)})[^】]{{0,12}}】"
        rf"|{either(instead)}|（填写[^）]{{0,12}}）"
        r"|_{3,}(?:年|月|日|元|号)"
        r"|(?<!\d)\s*年\s{1,}月\s{1,}日"
        r"|(?:(?<![\d\u4e00-\u9fff〇○/、／])年月日|(?<=[于至自在：:，,])\s+年\s*月\s*日)"
        rf"(?!期|[时分]*[）)]|[：:\s]*(?:{DATE.pattern}))"
        r"|(?:19|20)\d\d\s*年\s+月\s*\d*\s*日"
        r"|(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s+日"
        r"|〔\s*〕\s*第?\s*号|\[\s*\]\s*第?\s*号",
        re.M,
    )
