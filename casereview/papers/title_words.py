"""What the words of a title tell: whose name stands before it, and what sort of paper its last word
makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from casereview.chinese import find_numbers, key
from casereview.yamlfile import load_yaml

Group = tuple[tuple[str, ...], ...]
# 申请材料（申请书）
_WHAT_IT_IS = re.compile(r"(?:材料|资料|文件|文书)\((?=[^()]+\)$)|(?<=[书表单])\)$")


def words_of(words: Iterable[object] | None) -> tuple[str, ...]:
    """The words of a list in a file; () where there is none."""
    return tuple(str(w) for w in words or ())


class Agencies:
    """How names of agencies end, and which of them may stand before a title on its line."""

    def __init__(self, endings: tuple[str, ...], before_title: tuple[str, ...]):
        ordered = sorted(before_title, key=len, reverse=True)
        self._before = re.compile(rf"^.{{0,30}}?(?:{'|'.join(ordered)})(?=.{{2,}})")
        self._whole = re.compile(rf"(?:{'|'.join(sorted(endings, key=len, reverse=True))})$")

    @classmethod
    def load(cls, path: Path) -> Agencies:
        """Read ``_机构.yaml``."""
        data = load_yaml(path)
        return cls(words_of(data["名称结尾"]), words_of(data["题名前的机关"]))

    def without(self, title: str) -> str:
        """``title`` without the agency before it."""
        without = self._before.sub("", title)
        return without if without == title else self.without(without)

    def is_name(self, line: str) -> bool:
        """True for a line that names who made the paper: it is no title."""
        return bool(self._whole.search(line))


class TitleWords:
    """Words that say what a paper is, at the end of its title, by sorts; and marks of a page that
    goes on.
    """

    def __init__(
        self,
        sorts: tuple[tuple[str, ...], ...],
        continued: tuple[str, ...],
        denials: tuple[str, ...],
        opposed: tuple[tuple[str, ...], ...],
        alike: tuple[tuple[str, ...], ...] = (),
        stationery: tuple[str, ...] = (),
    ):
        self._first = {key(word): key(words[0]) for words in alike for word in words}
        longest = sorted(self._first, key=len, reverse=True)
        self._alike = re.compile("|".join(map(re.escape, longest)) or "(?!)")
        self._heads = frozenset(word[0] for word in longest if word)
        self.sorts, self.continued, self.denials = sorts, continued, denials
        self.opposed, self._stationery = opposed, stationery
        self.endings = tuple(word for words in sorts for word in words)
        self._ending = re.compile("|".join(sorted(self.endings, key=len, reverse=True)))

    @classmethod
    def load(cls, path: Path) -> TitleWords:
        """Read ``_题名.yaml``."""
        data = load_yaml(path)
        sorts = tuple(words_of(row) for row in data["结尾"])
        opposed = tuple(words_of(row) for row in data["各是一事"])
        alike = tuple(words_of(row) for row in data["同义"])
        continued, denials = words_of(data["续页"]), words_of(data["否定"])
        return cls(sorts, continued, denials, opposed, alike, words_of(data["用纸"]))

    def in_plain_words(self, title: str) -> str:
        """A title (a key) with the first word of each row of words that mean the same in the place
        of the others.
        """
        if self._heads.isdisjoint(title):  # none of them begins in it
            return title
        return self._alike.sub(lambda m: self._first[m[0]], title)

    def is_stationery(self, title: str) -> bool:
        """True for what is printed on a sheet before anything is written: 卷宗用纸（05）."""
        return bool(self._stationery) and without_brackets(title).endswith(self._stationery)

    def denies(self, title: str) -> bool:
        """True for a title that refuses: 不予受理, 不准予许可."""
        return any(word in title for word in self.denials)

    def opposes(self, title: str, name: str) -> bool:
        """True where a title names another act than ``name``, however like it is: 责令拆除决定书 is
        no 强制拆除决定书.
        """
        for words in self.opposed:
            mine, its = ({w for w in words if w in text} for text in (title, name))
            if mine and its and mine.isdisjoint(its):
                return True
        return False

    def sort(self, title: str) -> int | None:
        """Which sort of paper a title ends in; None where its last word is not known."""
        bare = self.in_plain_words(without_brackets(title))
        return next((i for i, words in enumerate(self.sorts) if bare.endswith(words)), None)

    def last_ending(self, text: str) -> int:
        """Where the last ending stops; 0 when there is none."""
        return max((m.end() for m in self._ending.finditer(text)), default=0)

    def of_another_paper(self, title: str, group: Group) -> bool:
        """True when ``title`` goes on to another ending after the one that ``group`` asks for:
        a screenshot of a decision is no decision.
        """
        bare = without_brackets(title)
        words = [w for alternatives in group for w in alternatives if w in bare]
        asked = [w for w in words if w in self.endings or f"{w}书" in self.endings]
        last = max(self._ending.finditer(bare), key=lambda m: m.end(), default=None)
        if last is None or not asked or any(w in last[0] for w in words):
            return False
        return last.end() > max(bare.rfind(w) + len(w) for w in asked)

    def continues(self, title: str) -> bool:
        """True for the head of a second page: 续页, 附页."""
        return any(title.rstrip("）)").endswith(w) for w in self.continued)


_TWO_IN_ONE = re.compile(r"(?P<first>[\u4e00-\u9fff]+)\((?P<other>[\u4e00-\u9fff]{2,4})\)(?=书)")
_NUMBERING = re.compile(r"^[\d.、\-_]+|(?:\d+页?|[.、\-_])+$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_REMARK = re.compile(r"\((?:[^()]|\([^()]*\))*\)$")  # behind a title, with brackets of its own


def without_brackets(text: str) -> str:
    """``text`` without what stands in brackets."""
    plain = key(text)
    return _IN_BRACKETS.sub("", plain) if "(" in plain else plain


def forms_of(title: str, agencies: Agencies, titles: TitleWords) -> list[str]:
    """A title as written; without the agency, remarks in brackets, numbering; each also in plain
    words.
    """
    base = key(title)
    out: list[str] = []
    for t in (base, without_brackets(base), _REMARK.sub("", base), _WHAT_IT_IS.sub("", base)):
        t = _NUMBERING.sub("", t)
        for u in (t, agencies.without(t)):
            u = u.replace("/", "").replace("／", "")
            out += [u, u.removeprefix("关于")]
    if other := _in_the_other_words(base):
        out += [other, agencies.without(other)]
    plain = map(titles.in_plain_words, out)
    return [form for form in dict.fromkeys((*out, *plain)) if form]


def _in_the_other_words(base: str) -> str:
    """A title that names two papers in one (不予行政处罚告知（决定）书) by the words in brackets,
    in place of those before them; '' where it does not.
    """
    m = _TWO_IN_ONE.search(base)
    if m is None or len(m["first"]) < len(m["other"]):
        return ""
    first = m["first"][: -len(m["other"])]
    return base[: m.start()] + first + m["other"] + base[m.end() :]


def without_number(title: str) -> str:
    """A title without the document number behind it, in brackets or not."""
    spans = list(find_numbers(title))
    if not spans or spans[-1][1] == 0:
        return title
    _, start, end = spans[-1]
    rest = title[:start] + title[end:]
    return re.sub(r"[（(]\s*[)）]", "", rest)
