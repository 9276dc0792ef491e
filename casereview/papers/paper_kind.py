"""One kind of paper as its file (``文书/*.yaml``) describes it: names, words of its title, and what
it says by which it is known where nobody knows its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casereview.chinese.wording import is_shape, wording
from casereview.papers.title_words import Group, TitleWords, words_of
from casereview.yamlfile import LineDict

_KEYS = {
    "文书",
    "别名",
    "特征",
    "排除",
    "要素",
    "要素同",
    "阶段",
    "内部",
    "栏目",
    "内容",
    "内容不含",
    "篇幅",
    "页数",
    "无题名",
    "独立成件可无题名",
    "也题",
    "言明",
    "缺则作",
}

Groups = tuple[Group, ...]
LEAST = 4  # wordings that a text must carry of a group of which it lacks one


@dataclass(frozen=True)
class Kind:
    """One kind of document: alias keys, feature groups (each group needs one word of each of its
    alternatives), words that rule it out, field labels.

    ``columns``: what the columns of its table may be called; ``content``: groups of wordings
    (chinese/wording) by which a paper without a known title shows what it is, in papers of at most
    ``brief`` characters (0: of any length) that carry none of ``never_says``; ``untitled``: such
    papers often bear no title, or one of another hand; ``longest``: more pages than this are
    doubted (0: any number is possible);
    ``alone``: a file that is nothing but such a paper may bear no title; ``shares``: kinds whose
    title, or titles that, it may bear as well; one of the wordings ``tells`` what it is then;
    ``stands_in``: the kind that it is taken for where the case has none.
    """

    name: str
    aliases: tuple[str, ...]
    features: Groups
    excludes: tuple[str, ...]
    fields: dict[str, tuple[str, ...]]
    stage: str
    internal: bool
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    content: tuple[tuple[str, ...], ...] = ()
    brief: int = 0
    untitled: bool = False
    longest: int = 0
    alone: bool = False
    shares: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    stands_in: str = ""

    def shown_in(self, text: str) -> int:
        """How many wordings of one group of ``content`` a text (without spaces) carries, where it
        carries all of the group; else 0.
        """
        return max((n for n, size in self._said_in(text) if n == size), default=0)

    def nearly_shown_in(self, text: str) -> int:
        """The same of a long group of which the text lacks one wording, but the first: that says
        what the paper is about.
        """
        about = [g for g in self.content if wording(g[0]).find(text)]
        nearly = (n for n, size in self._said_in(text, about) if n == size - 1 >= LEAST)
        return max(nearly, default=0)

    def half_shown_in(self, text: str) -> bool:
        """True when a text carries half of one group of ``content``, and two wordings at least."""
        return any(n >= max(2, size / 2) for n, size in self._said_in(text))

    def denials(self, text: str) -> int:
        """How much a text says that such a paper never says."""
        return sum(bool(wording(line).find(text)) for line in self.never_says)

    def _said_in(
        self, text: str, groups: Iterable[tuple[str, ...]] | None = None
    ) -> list[tuple[int, int]]:
        """For each group how many of its wordings a text carries, and how many it has; [] for a
        text that is too long, or says what such a paper never says.
        """
        long = bool(self.brief) and len(text) >= self.brief
        if long or not self.content or self.denials(text):
            return []
        asked = self.content if groups is None else groups
        return [(sum(bool(wording(x).find(text)) for x in g), len(g)) for g in asked]

    def may_be_called(self, title: str, titles: TitleWords) -> bool:
        """False when ``title`` ends in a word for another sort of paper, or, ending in a word for
        some sort, is ruled out by a word. A title whose end nobody knows rules nothing out.
        """
        sort = titles.sort(title)
        if sort is not None and any(x in title for x in self.excludes):
            return False
        return sort is None or sort in {titles.sort(a) for a in (self.name, *self.aliases)}


def kind_of(path: Path, row: LineDict, bad: list[str]) -> Kind:
    """One kind of paper from its file; complaints go to ``bad``."""
    bad += _unknown_keys(path, row)
    name = str(row.get("文书") or "")
    if name != path.stem:
        bad.append(f"{path}：第 {row.line('文书')} 行：“文书”要与文件名相同")
    return Kind(
        name,
        words_of(row.get("别名")),
        _groups(row.get("特征")),
        words_of(row.get("排除")),
        _labels(row.get("要素")),
        str(row.get("阶段") or ""),
        row.get("内部") is True,
        {c: words_of(names) for c, names in (row.get("栏目") or {}).items()},
        tuple(words_of(group) for group in row.get("内容") or ()),
        int(row.get("篇幅") or 0),
        row.get("无题名") is True,
        int(row.get("页数") or 0),
        row.get("独立成件可无题名") is True,
        words_of(row.get("也题")),
        words_of(row.get("言明")),
        words_of(row.get("内容不含")),
        str(row.get("缺则作", "")),
    )


def _unknown_keys(path: Path, row: LineDict) -> Iterator[str]:
    """A complaint for every key that nobody knows."""
    known = "、".join(sorted(_KEYS))
    for k in row:
        if k not in _KEYS:
            yield f"{path}：第 {row.line(k)} 行：不认识的键“{k}”，可以写 {known}"


def _labels(facts: Mapping[str, object] | None) -> dict[str, tuple[str, ...]]:
    """Fact -> its labels."""
    specs = (facts or {}).items()
    return {
        name: tuple(lb for lb in words_of(s.get("标签")) if not is_shape(lb))
        for name, s in specs
        if isinstance(s, LineDict)
    }


def _groups(rows: Iterable[Iterable[object]] | None) -> Groups:
    """``[[甲/乙, 丙]]``: groups of words, each with its alternatives."""
    return tuple(tuple(tuple(str(words).split("/")) for words in group) for group in rows or ())
