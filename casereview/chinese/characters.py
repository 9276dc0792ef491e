"""Characters: code points that mean the same made one, and texts made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from casereview.errors import ReadFailure

# What a Chinese character is, inside a character class: 〇, Extension A, the common block,
# compatibility ideographs, and Extension B to H beyond the first plane.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
# What stands between the parts of a name, as keyboards and fonts vary it.
DOTS = "\u00b7\u2022\uff0e\u30fb\u2027\u2219\u22c5\uff65\u2024\ufe52\u02d9\u318d\u2e31\u2e33"

_RADICALS = dict(
    zip(
        "⺁⺄⺆⺈⺊⺌⺍⺕⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺹⺻⺼"
        "⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰"
        "⻳",
        "厂乛冂刀卜小小彐心手攴无日月歹母民水水火爪爪丬犬王疋目示示竹糸纟罒罒网网罒羊羊老聿肉"
        "臼艹艹艹虎衤覀西见角讠贝车辶辶辶阝钅长长长门阝雨青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齿龙"
        "龟",
        strict=False,
    )
)
_BLANKS = "\u00a0\u2002\u2003\u2009\u202f"
_ALIKE = dict(
    zip("〔【［﹝﹙<〈《〕】］﹞﹚>〉》[]○◯", "((((((((" + "))))))))" + "()〇〇", strict=True)
)
_OF_A_DAY = {"年、月、日": "年月日"}  # a label in which marks part the words
_FULL_STOP = re.compile(rf"\.(?<=[{HAN}]\.)(?=[{HAN}])")  # as a dot between parts of a name
_NOTHING = dict.fromkeys(DOTS, "")


def normalise(text: str) -> str:
    """Fold Kangxi and CJK-radical code points, compatibility ideographs and full-width letters and
    digits; keep punctuation.

    Every text engine's output passes through here (TECH 2: NFKC alone misses U+2E80..2EFF such as
    民 见 食 页).
    """
    return "".join(map(_folded, text))


def _folded(ch: str) -> str:
    code = ord(ch)
    if code < 0x2E80:
        return " " if ch in _BLANKS else ch
    if code <= 0x2EFF:
        return _RADICALS.get(ch, ch)
    if _compatible(code) or (0xFF21 <= code <= 0xFF5A and ch.isalnum()):
        return unicodedata.normalize("NFKC", ch)
    return " " if ch == "\u3000" else ch


def _compatible(code: int) -> bool:
    """Kangxi radicals, compatibility ideographs of both planes, full-width digits."""
    return (
        0x2F00 <= code <= 0x2FDF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF10 <= code <= 0xFF19
        or 0x2F800 <= code <= 0x2FA1F
    )


def without_spaces(text: str) -> str:
    """``text`` without any white space."""
    return "".join(text.split())


def has_gaps(text: str, least: int) -> bool:
    """True where white space parts a text in so many places at ``least``: most texts have none, and
    need not be cut at it.
    """
    return len(text.split(None, least)) > least


def key(text: str) -> str:
    """A comparison key for names and numbers: NFKC, no spaces, no dots between the parts of a name,
    brackets of all shapes made equal, one shape of 〇, lower case.
    """
    return _known_key(text) if len(text) <= _SHORT else _key(text)


def _key(text: str) -> str:
    text = each_replaced(each_replaced(unicodedata.normalize("NFKC", text), _ALIKE), _OF_A_DAY)
    text = _FULL_STOP.sub("", text) if "." in text else text
    return without_spaces(each_replaced(text, _NOTHING)).lower()


def each_replaced(text: str, forms: Mapping[str, str]) -> str:
    """``text`` with other characters for some: most of them stand nowhere in it, and to see that is
    quicker than to look every character up.
    """
    for form, plain in forms.items():
        if form in text:
            text = text.replace(form, plain)
    return text


_SHORT = 40  # labels, titles, cells: the same ones again and again
_known_key = lru_cache(maxsize=65536)(_key)


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 (with BOM) or GB18030. Raises ReadFailure."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadFailure("damaged", "文字编码无法识别，请另存为 UTF-8")
