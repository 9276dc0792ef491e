"""What the answer in a form says: yes, no, or nothing that can be told."""

from __future__ import annotations

import re

from casereview.chinese import without_spaces
from casereview.model import PICTURE

_TICKS = "√☑■✓✔☒"
_BOXES = "□☐○◯"
_OPTIONS = re.compile(rf"[{_TICKS}{_BOXES}]")
_TICKED = re.compile(rf"[{_TICKS}][、.]?([^{_TICKS}{_BOXES}，。；、\s]+)")
# an answer that begins with a word of denial; 无异议 is an opinion, not a denial
_NO = re.compile(r"(?:否|无|没|不|未|免|非|暂无|暂未)(?!异议|意见)")
_STRUCK = re.compile(r"[/／\\—\-－_]+")


_BOX = 60  # characters before an option in which its box may stand
_LONGEST = 12  # characters of one of several options that stand in a row
_OPTION = 40  # characters that a line of options may have
_ENDED = re.compile(r"[。；;：:，]|\d")
_IN_OPTION = rf"[^{_TICKS}{_BOXES}{PICTURE}。；;：:]"
_OPEN_ROW = re.compile(
    rf"(?<![{_TICKS}{PICTURE}])(?<![{_TICKS}{PICTURE}]\n)"
    rf"(?:[□☐]{_IN_OPTION}{{1,{_LONGEST}}}){{2,}}(?![{_TICKS}{_BOXES}{PICTURE}])"
)
_OPEN = re.compile(rf"[□☐][^{_TICKS}{_BOXES}。；;\n]*")


def only_ticked(text: str) -> str:
    """``text`` with the options whose box is empty blanked, where any other box is ticked; offsets
    stay.
    """
    ticked = any(box in text for box in _TICKS)
    return _OPEN.sub(_blank, text) if ticked else text


def without_open_rows(text: str) -> str:
    """``text`` with the rows of options blanked of which none is ticked: they say nothing; offsets
    stay. A row with a picture in it may be ticked by hand.
    """
    return _OPEN_ROW.sub(_blank, text)


def without_lost_boxes(text: str) -> str:
    """``text`` with lines blanked that stand beside a ticked option and have neither a box nor an
    end: options whose empty box was not recognised.
    """
    lines = text.split("\n")
    ticked = [any(box in line for box in _TICKS) for line in lines]
    for n, line in enumerate(lines):
        beside = any(ticked[max(0, n - 1) : n + 2])
        if beside and not ticked[n] and len(line) <= _OPTION and not _ENDED.search(line):
            lines[n] = "＿" * len(line)
    return "\n".join(lines)


def chosen(text: str) -> str:
    """The ticked of the options of a field (☑巡查□投诉 -> 巡查); the field where it has none."""
    options = _OPTIONS.match(text) and _TICKED.findall(text)
    return "、".join(options) if options else text


def _blank(m: re.Match[str]) -> str:
    return "＿" * len(m.group(0))


def answer_of(text: str) -> bool | None:
    """The answer written in a field that asks whether something is so. A struck-out field and a
    ticked 否 say no; boxes of which none is ticked say nothing.
    """
    bare = without_spaces(text)
    ticked = _TICKED.search(bare)
    if ticked is not None:
        return _NO.match(ticked[1]) is None
    if not bare or any(box in bare for box in _BOXES):
        return None
    return not (_STRUCK.fullmatch(bare) or _NO.match(bare))


def is_struck(text: str) -> bool:
    """True for a field that is struck through (／) and says nothing."""
    return _STRUCK.fullmatch(without_spaces(text)) is not None


def begins_with_box(text: str) -> bool:
    """True for an option of a form with its box before it, ticked or not: it is no value."""
    return text[:1] in tuple(_TICKS + _BOXES)


_SENTENCES = re.compile(r"[。；;\n]")


def is_unticked(text: str, at: int) -> bool:
    """True when what stands at ``at`` is an option whose own box is empty."""
    before = _SENTENCES.split(text[max(0, at - _BOX) : at])[-1]
    marks = [c for c in before if c in _TICKS + _BOXES]
    return bool(marks) and marks[-1] in _BOXES


def is_lost_option(text: str, at: int) -> bool:
    """True when what stands at ``at``, not first, is in a row of options of which an empty box was
    recognised and no ticked one: its own box is lost (同意退回补正☐提请讨论).
    """
    begin = max((m.end() for m in _SENTENCES.finditer(text, 0, at)), default=0)
    row = _SENTENCES.split(text[begin:])[0]
    return at > begin and any(b in row for b in _BOXES) and not any(t in text for t in _TICKS)
