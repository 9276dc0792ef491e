"""May a text layer be believed? A layer that says nothing in Chinese is held against what the
engine sees on the page.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import islice

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
_LOST = re.compile("[\ufffd\ue000-\uf8ff]+")
_FOREIGN = re.compile("[\u0080-\u024f](?<![·×÷°±§])")  # the second is asked of few
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_COMMON_ROWS = bytes(range(0xB0, 0xD8))  # where GB 2312 has its 3,755 common characters
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
    lost = _count(_LOST, text)
    if lost > 0.2 * len(text) or (len(text) >= 20 and _count(_FOREIGN, text) > 0.25 * len(text)):
        return True
    chinese = _chinese(text)
    return len(chinese) >= 40 and _common(chinese) < 0.6 * len(chinese)


def _count(sort: re.Pattern[str], text: str) -> int:
    """How many characters of a text are of a sort."""
    return len("".join(sort.findall(text)))


@lru_cache(maxsize=2)
def _chinese(text: str) -> str:
    return "".join(_CHINESE.findall(text))


def _common(chinese: str) -> int:
    """How many of these characters are among the common ones of GB 2312."""
    rows = chinese.encode("gb2312", "ignore")[::2]
    return len(rows) - len(rows.translate(None, delete=_COMMON_ROWS))


def is_mute(text: str) -> bool:
    """True for a text of some length without Chinese words: none of its characters is Chinese, or
    they are not those that words are made of.
    """
    if len(text) < _ENOUGH:
        return False
    chinese = _chinese(text)
    if len(chinese) < 0.05 * len(text):
        return True
    if len(chinese) < _ENOUGH:
        return False
    enough = math.ceil(_SHARE * len(chinese))  # of which most pages have so many in a few lines
    return len(list(islice(filter(_FREQUENT.__contains__, chinese), enough))) < enough


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
