"""Where the title of a paper may stand on a page, and what it is when nobody knows it."""

from __future__ import annotations

import re

from casereview.chinese import without_spaces
from casereview.model import Line, Page
from casereview.papers.vocabulary import UNKNOWN, Guess, Vocabulary

# a sentence, a label with its value, a numbered paragraph: no title
STOP = re.compile(r"[。；！？，]|[：:]$|^\d|[：:].{3,}|^[（(]?[一二三四五六七八九十][、）)]")
_LOOKED_AT, _AT_MOST = 10, 6
_LONG = 34


def title_lines(page: Page) -> list[Line]:
    """Lines at the top of a page that may be a title: above the first form cell or sentence."""
    out = []
    for line in page.lines[:_LOOKED_AT]:
        text = without_spaces(line.text)
        if line.cell is not None:
            break
        if re.fullmatch(r"[第共页\d\-—/\s]+|", text):
            continue
        out.append(line)
        if len(text) > _LONG or text.endswith(("。", "：", ":", "，")):
            break
    return out[:_AT_MOST]


def known_title(page: Page, vocab: Vocabulary) -> tuple[Guess, str] | None:
    """The best known title at the top of a page, on one line or two."""
    lines = title_lines(page)
    normal = normal_size(page)
    best: tuple[Guess, str] | None = None
    for n, line in enumerate(lines):
        for take in (1, 2) if n + 1 < len(lines) else (1,):
            text = without_spaces("".join(x.text for x in lines[n : n + take]))
            if not _may_be_title(line, text, page, normal):
                continue
            guess = vocab.guess(text)
            if guess and (best is None or guess.confidence > best[0].confidence + 0.02):
                best = (guess, text)
        if best and best[0].confidence >= 0.95:
            break
    return best


def _may_be_title(line: Line, text: str, page: Page, normal: float) -> bool:
    """Neither a sentence nor small, and in the middle unless large."""
    if not 2 <= len(text) <= 40 or STOP.search(text):
        return False
    if line.box is None:
        return True
    if normal and line.size < 0.9 * normal:
        return False
    return _off_centre(line, page) <= 0.13 * page.width or line.size >= 1.15 * normal


def _off_centre(line: Line, page: Page) -> float:
    return abs((line.box[0] + line.box[2]) / 2 - page.width / 2) if line.box else 0.0


def normal_size(page: Page) -> float:
    """The size of most type on a page; 0 where it is unknown."""
    sizes = sorted(line.size for line in page.lines if line.size)
    return sizes[len(sizes) // 2] if sizes else 0


def large_heading(page: Page, vocab: Vocabulary) -> str:
    """A short, centred line in larger type at the top of a page; '' when there is none."""
    normal = normal_size(page)
    for line in title_lines(page)[:3]:
        text = without_spaces(line.text)
        if (
            3 <= len(text) <= 30
            and not vocab.agencies.is_name(text)
            and not STOP.search(text)
            and _off_centre(line, page) < 0.1 * page.width
            and line.size > 1.12 * normal
        ):
            return text
    return ""


def opening_line(page: Page, vocab: Vocabulary) -> str:
    """The first line that may be a title where no type is larger than the rest; '' when there is
    none.
    """
    for line in title_lines(page)[:3]:
        text = without_spaces(line.text)
        if (
            3 <= len(text) <= 24
            and not STOP.search(text)
            and not vocab.agencies.is_name(text)
            and not re.search(r"〔|\d", text)
        ):
            return text
    return ""


def untitled(page: Page, vocab: Vocabulary, heading: str) -> tuple[Guess, str]:
    """A page that starts a paper without a known title: by what it says, else unknown."""
    text = "".join(without_spaces(line.text) for line in page.lines)
    title = heading or large_heading(page, vocab) or opening_line(page, vocab)
    kind = next(vocab.by_content(text, untitled_only=True), None)
    if kind:
        return Guess(kind.name, 0.75, f"“{title}”不是已知的文书名称，内容是{kind.name}"), title
    return Guess(UNKNOWN, 0.4, f"“{title}”不是已知的文书名称"), title
