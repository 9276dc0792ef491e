"""The words by which personal data is known: ``用语/个人信息.yaml``."""

from __future__ import annotations

from casereview.chinese import wordlists

KEYS = (
    "人的栏目",
    "紧接姓名的称谓",
    "称谓后不是姓名",
    "姓名之后",
    "执法人员要素",
    "当事人一侧要素",
    "不是姓名",
    "住址栏目",
    "场所栏目",
    "场所用词",
    "编号栏目",
)


def words(name: str) -> tuple[str, ...]:
    """One list of the rules folder in use."""
    return wordlists.word_lists("个人信息.yaml", KEYS)[name]


def either(name: str) -> str:
    """One list as alternatives of a pattern."""
    return wordlists.either(words(name))
