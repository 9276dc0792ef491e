"""May a text layer be believed? A layer that says nothing in Chinese is held against what the
engine sees on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from casereview.model import Page
from casereview.reading import ocr

MUTE = "文字层读不成话，已按图像识别"
UNBELIEVED = "文字层读不成话"
_ENOUGH = 25  # characters from which a text can be judged
# the characters that prose, forms and addresses of administration are made of
_FREQUENT = set(
    "的一是不了在有人这为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产"
    "种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使"
    "点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你"
    "明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果"
    "料象员位入常文总次品式活设及管特件长求老头资边流路级少图山统接知较将组见计别手角期根论运农指几"
    "九区强放决西被干做必战先回则任取据处罚款局号书县市镇村执证单位名称姓址当通违规案审查报告送达签"
)
_OURS = set("·×÷°±§")  # of the signs beyond ASCII
_COMMON_ROWS = range(0xB0, 0xD8)  # where GB 2312 has its 3,755 common characters
_SHARE = 0.12  # of its characters that Chinese prose has among them at least
_ALIKE = 0.5  # of the characters that two readings of one page share


def is_garbage(text: str) -> bool:
    """True for a text layer that no longer says what the page shows: lost characters, bytes read in
    the wrong code page, or rare characters by a wrong map.

    Chinese prose uses the 3,755 common characters of GB 2312 for more than nine in ten; a wrong
    character map scatters over 20,000.
    """
    if not text:
        return False
    seen = _sorts(text)
    foreign = len(text) >= 20 and seen.foreign > 0.25 * len(text)
    if foreign or seen.lost > 0.2 * len(text):
        return True
    return seen.chinese >= 40 and seen.common < 0.6 * seen.chinese


class _Sorts(NamedTuple):
    """Of which sorts a character is, or how many of a text are: lost, of another alphabet, Chinese;
    of the Chinese, common by GB 2312 and frequent in prose.
    """

    lost: int
    foreign: int
    chinese: int
    common: int
    frequent: int


class _Known(dict[str, _Sorts]):
    """Characters with their sorts, each looked at once."""

    def __missing__(self, c: str) -> _Sorts:
        chinese = "\u4e00" <= c <= "\u9fff"
        row = c.encode("gb2312", "ignore")[:1] if chinese else b""
        found = self[c] = _Sorts(
            c == "\ufffd" or "\ue000" <= c <= "\uf8ff",
            "\u0080" <= c <= "\u024f" and c not in _OURS,
            chinese,
            bool(row) and row[0] in _COMMON_ROWS,
            chinese and c in _FREQUENT,
        )
        return found


_sorts_of = _Known().__getitem__


@lru_cache(maxsize=2)
def _sorts(text: str) -> _Sorts:
    """How many characters of a text are of each sort."""
    times = Counter(map(_sorts_of, text))
    every = (tuple(n * of for of in sorts) for sorts, n in times.items())
    return _Sorts(*map(sum, zip(*every, strict=True))) if times else _NONE


_NONE = _Sorts(0, 0, 0, 0, 0)


def is_mute(text: str) -> bool:
    """True for a text of some length without Chinese words: none of its characters is Chinese, or
    they are not those that words are made of.
    """
    if len(text) < _ENOUGH:
        return False
    seen = _sorts(text)
    if seen.chinese < 0.05 * len(text):
        return True
    return seen.chinese >= _ENOUGH and seen.frequent < _SHARE * seen.chinese


def believable(read: Page, recognise: Callable[[], Page]) -> Page:
    """The page by its mute text layer, or what the engine recognises where that is Chinese and
    something else.
    """
    if not ocr.available():
        return doubted(read)
    layer, seen = _text(read), recognise()
    text = _text(seen)
    says_more = seen.readable and len(text) >= _ENOUGH and not is_mute(text)
    return seen if says_more and _alike(layer, text) < _ALIKE else read


def doubted(read: Page) -> Page:
    """A page by its mute text layer that nothing can be held against: believed only when it is
    plainly foreign or figures.
    """
    layer = _text(read)
    plain = sum(c.isascii() for c in layer) > 0.9 * len(layer) and _has_words(layer)
    return read if plain else replace(read, lines=(), tables=(), readable=False, reason=UNBELIEVED)


def _has_words(text: str) -> bool:
    """True for figures and for words of an alphabet: vowels stand among the consonants."""
    letters = [c for c in text.lower() if c.isalpha()]
    vowels = sum(c in "aeiou" for c in letters)
    return len(letters) < 0.3 * len(text) or 0.25 <= vowels / len(letters) <= 0.55


def _text(page: Page) -> str:
    return "".join("".join(ln.text.split()) for ln in page.lines)


def _alike(a: str, b: str) -> float:
    """The share of characters that two texts have in common."""
    both = Counter(a) & Counter(b)
    return sum(both.values()) / max(1, max(len(a), len(b)))
