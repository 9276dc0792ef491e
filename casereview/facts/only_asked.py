"""Words that a form only asks: those of a label whose field is answered no, struck through or left
empty (拒收事由：无). Answers are no labels.
"""

from __future__ import annotations

import re

from casereview.chinese import key
from casereview.chinese.answers import chosen
from casereview.papers.once import once_by
from casereview.papers.paper import Paper

STRUCK = "█"  # stands for what was struck out of a text

# that it is not so, and no more: 没有问题 is an opinion on what the label asks
_DENIED = re.compile(
    r"(?:暂无|无|没有|否|非)|不(?:涉及|适用|存在|需要|需|是)|未(?:发生|提出|涉及)"
    r"|[/／\\—\-－_]+"
)
_RIGHTS = re.compile(r"回避|陈述|申辩|听证|复议|诉讼")  # whoever says no to one was told of it
_FIELD = re.compile(r"(?P<l>[^\n：:。；，]{2,20})[：:](?P<v>[^\n。；：:]{1,8})(?=[\n。；]|$)")
_COLON, _STOPS = re.compile(r"[：:]"), re.compile(r"[，。；;]")
_NEXT = re.compile(r"[。；;]|[\u4e00-\u9fff（）()]{2,14}[：:]")  # ends an answer


def only_asked(paper: Paper, text: str, start: int, end: int) -> bool:
    """True where ``text[start:end]`` (a text of the paper without spaces, a line feed after each
    paragraph) is part of such a label.
    """
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    colon = _COLON.search(line, end - begin)
    if _RIGHTS.search(line[: colon.start()] if colon else line):
        return False
    if colon is None:
        values = [found.without_spaces for label, found in paper.pairs if label == key(line)]
        return bool(values) and all(map(_denies, values))
    if _STOPS.search(line[: colon.start()]):
        return False
    return _denies(_NEXT.split(line[colon.end() :])[0])


@once_by
def without_only_asked(paper: Paper, text: str) -> str:
    """A text of the paper in which such labels are struck out, each character by ``STRUCK``."""
    for label, found in paper.pairs:
        if _denies(found.without_spaces) and not _RIGHTS.search(label):
            text = text.replace(label, STRUCK * len(label), 1)
    return _FIELD.sub(_without_label, text)


def _without_label(field: re.Match[str]) -> str:
    asked = _denies(field["v"]) and not _RIGHTS.search(field["l"])
    return STRUCK * len(field["l"]) + field[0][len(field["l"]) :] if asked else field[0]


def _denies(value: str) -> bool:
    """True for no answer, and for one that says no and nothing else."""
    return not value or _DENIED.fullmatch(chosen(value).strip("。，、")) is not None
