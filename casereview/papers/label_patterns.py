"""How labels of fields are looked for: before a colon in running text, as the whole of a line, by
their shape, and which of many can be ruled out before anything is searched.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from casereview.chinese import key, without_spaces
from casereview.model import PICTURE

# where a label may begin: at the head of a line, behind a mark or a number in brackets
_HEADS = ("^", r"[\s；;，,。、：:．.]", r"[一二三四五六七八九十\d][)）]")
AT_HEAD = "(?:" + "|".join(f"(?<={before})" for before in _HEADS) + ")"
# a label that begins behind one of these is the end of another (受送达人, 陪同检查人员, 合同编号)
_NOT_BEHIND = "[受被未不非同]"
ANY_LABEL = re.compile(
    rf"{AT_HEAD}([\u4e00-\u9fff][\u4e00-\u9fff（）()/、]{{1,19}})[ ]*[：:]",
    re.M,
)
_FIGURES = re.compile(r"[\d.,]+")
_COUNTED = re.compile(r"^[两二2][名位个人](?=..)")
_REMARKS = re.compile(r"\([^()]*\)")


def _alike(label: str, wanted: str) -> bool:
    """Labels written a little differently; 受送达人 is not 送达人, whatever their likeness."""
    return (
        len(wanted) >= 4
        and (label[:1] in "受被未不非") == (wanted[:1] in "受被未不非")
        and fuzz.ratio(label, wanted) >= 86
    )


@lru_cache(maxsize=4000)
def keys(labels: tuple[str, ...]) -> frozenset[str]:
    """The keys of labels."""
    return frozenset(map(key, labels))


@lru_cache(maxsize=4000)
def by_stems(labels: tuple[str, ...]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Labels in their order, each also without white space, by the one with which those that
    follow it begin: where that stands nowhere, none of them does.
    """
    out: list[tuple[str, list[tuple[str, str]]]] = []
    for label in labels:
        tight = without_spaces(label)
        if not out or not tight.startswith(out[-1][0]):
            out.append((tight, []))
        out[-1][1].append((label, tight))
    return tuple((stem, tuple(own)) for stem, own in out)


@lru_cache(maxsize=20_000)
def like_any(label: str, wanted: frozenset[str]) -> bool:
    """True when a label is written a little differently from one of those that are wanted."""
    return any(_alike(label, w) for w in wanted)


@lru_cache(maxsize=4000)
def label_pattern(label: str, anchored: bool) -> re.Pattern[str]:
    """A label before a colon. What must stand before it is looked for behind its first character:
    the search leaps from one such character to the next.
    """
    first = re.escape(label[:1])
    heads = "|".join(f"(?<={before}{first})" for before in _HEADS)
    head = f"(?:{heads})" if anchored else f"(?<!{_NOT_BEHIND}{first})"
    loose = r"[ ]*(?:[（(][^（）()\n]{1,6}[)）][ ]*)?".join(("", *map(re.escape, label[1:])))
    pattern = rf"{first}{head}{loose}\s*(?:[（(][^（）()\n]{{1,14}}[)）])?\s*[：:][ \t]*"
    return re.compile(pattern, re.M)


@lru_cache(maxsize=16_384)
def has_shape(like: str, label: str) -> bool:
    """True for a label of a shape: the same labels stand on the forms of one unit, and are asked by
    one fact after the other.
    """
    return shape_of(like).fullmatch(label) is not None


@lru_cache(maxsize=400)
def shape_of(like: str) -> re.Pattern[str]:
    """The pattern of a whole label."""
    return re.compile(like)


@lru_cache(maxsize=400)
def shape_pattern(like: str) -> re.Pattern[str]:
    """Labels of a shape before a colon, with the small gaps that recognition leaves in words."""
    like = like.replace(r"\n?", r"[ \u3000]{0,2}")
    return re.compile(
        rf"{AT_HEAD}(?:{like})\s*(?:[（(][^（）()\n]{{1,14}}[)）])?\s*[：:][ \t]*",
        re.M,
    )


def may_be_label(label: str) -> bool:
    """False for figures, for a sentence, and for what goes on behind its colon (of a key)."""
    marked = "：" in label or ":" in label or "。" in label
    return not marked and _FIGURES.fullmatch(label) is None


def without_remarks(label: str) -> str:
    """A label (a key) without what stands in brackets, and without how many it asks for (两名执法
    人员).
    """
    bare = _REMARKS.sub("", label) if "(" in label else label
    return _COUNTED.sub("", bare) if bare[:1] in "两二2" else bare


@lru_cache(maxsize=400)
def line_of(label: str) -> re.Pattern[str]:
    """A whole line that begins with a label; ``value`` is what follows it."""
    loose = r"[ \u3000]*".join(re.escape(c) for c in label)
    return re.compile(rf"{loose}(?:\s*[：:]\s*|\s+|(?=[\d{PICTURE}]))(?P<value>\S.*)")
