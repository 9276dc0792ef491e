"""Where the title of a paper may stand on a page, how it may be written, and what a paper is whose
title nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casereview.chinese import without_spaces
from casereview.model import Line, Page
from casereview.papers.once import once, once_by
from casereview.papers.vocabulary import ANYTHING, UNKNOWN, Guess, Vocabulary

# a sentence, a label with its value, a numbered paragraph: no title
STOP = re.compile(r"[。；！？，]|[：:]$|^\d|[：:].{3,}|^[（(]?[一二三四五六七八九十][、）)]")
_LOOKED_AT, _AT_MOST = 14, 7
_LONG, _TITLE = 34, 40
_JOINED = 4  # a title may be spread over so many lines
SURE = 0.95
_HAN = "\u3400-\u9fff\U00020000-\U0003ffff〇"
_OTHER_SCRIPT = re.compile(rf"[^\W\d_{_HAN}]")
_NOT_TITLE = re.compile(rf"[^{_HAN}（）()《》“”、]")
_ANY_HAN, _STOPS = re.compile(rf"[{_HAN}]"), re.compile(r"[。；，]")
_OF_A_MARGIN = re.compile(r"[第共页\d\-—/]+")
_REMARKS = re.compile(r"(?:[（(][^（）()]*[)）])+")  # behind a title: （当场）
_YEAR_OF_NUMBER = re.compile(r"[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]")


@dataclass(frozen=True)
class Title:
    """A title as it stands, and the kind of paper that it names."""

    text: str
    guess: Guess
    size: float = 0.0

    @property
    def kind(self) -> str:
        """The kind of paper."""
        return self.guess.kind

    @property
    def sure(self) -> float:
        """How sure the kind is."""
        return self.guess.confidence


@once
def title_lines(page: Page) -> list[Line]:
    """Lines at the top of a page that may be a title: above the first sentence and the first form
    cell, or alone in the first row of the form.
    """
    out: list[Line] = []
    for line in _put_together(page.lines[:_LOOKED_AT]):
        text = without_spaces(line.text)
        if line.cell is not None and not _alone_in_first_row(line, page):
            break
        if not _ANY_HAN.search(text) or _OF_A_MARGIN.fullmatch(text):
            continue
        if len(text) > _LONG and not _STOPS.search(text):
            continue  # a head or an address: too long for a title, and no sentence
        out.append(line)
        if len(text) > _LONG or text.endswith(("。", "：", ":", "，")):
            break
    return out[:_AT_MOST]


def _put_together(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Characters set far apart, side by side or one below the other, as one line."""
    pending: list[Line] = []
    for line in lines:
        single = len(without_spaces(line.text)) <= 2 and line.cell is None and line.box is not None
        if pending and not (single and _same_row_or_column(pending[-1], line)):
            yield from _joined(pending)
            pending = []
        if single:
            pending.append(line)
        else:
            yield line
    yield from _joined(pending)


def _same_row_or_column(a: Line, b: Line) -> bool:
    if a.box is None or b.box is None:
        return False
    tall, wide = max(a.size, b.size, 1), max(a.box[2] - a.box[0], b.box[2] - b.box[0], 1)
    return abs(a.box[1] - b.box[1]) < 0.5 * tall or abs(a.box[0] - b.box[0]) < 0.5 * wide


def _joined(pieces: list[Line]) -> Iterator[Line]:
    if len(pieces) < 3:
        yield from pieces
        return
    boxes = [p.box for p in pieces if p.box]
    box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    yield replace(pieces[0], text="".join(p.text for p in pieces), box=box)


def _alone_in_first_row(line: Line, page: Page) -> bool:
    if line.cell is None or line.cell[:2] != (0, 0) or not page.tables or not page.tables[0]:
        return False
    return sum(bool(without_spaces(c.text)) for c in page.tables[0][0]) == 1


@once_by
def known_title(page: Page, vocab: Vocabulary) -> Title | None:
    """The best known title at the top of a page, on one line or several. What stands above a much
    larger title is a head and not the title.
    """
    best: Title | None = None
    ends: dict[int, str] = {}
    for n, lines, guess in _named_titles(page, vocab):
        if ends.get(n, guess.kind) != guess.kind:
            continue
        if _is_broken(lines, guess, vocab):
            ends[n + 1] = guess.kind
        if _better(guess, lines[0].size, best):
            best = Title(_text(lines), guess, lines[0].size)
    return agrees(best, page, vocab) if best else None


def _named_titles(page: Page, vocab: Vocabulary) -> Iterator[tuple[int, list[Line], Guess]]:
    """Lines at the top of a page that together name a kind of paper, and which of the lines that
    may be a title begins them.
    """
    lines = title_lines(page)
    normal = normal_size(page)
    for n in range(len(lines)):
        for joined in _starting_at(lines[n:]):
            text = _text(joined)
            if not _may_be_title(joined[0], text, page, normal):
                continue
            if guess := _guess(text, vocab, _blurred(joined[0], page, normal)):
                yield n, joined, guess


def _text(lines: list[Line]) -> str:
    return without_spaces("".join(line.text for line in lines))


def _is_broken(lines: list[Line], guess: Guess, vocab: Vocabulary) -> bool:
    """True for one title that two lines of one size share: the second names no paper of its own
    (…局对违法行为不予 / 行政处罚决定书).
    """
    if len(lines) != 2 or guess.alike:
        return False
    above, below = lines
    if above.box is None or below.box is None or above.cell or below.cell:
        return False
    tall = max(above.size, below.size)
    near = below.box[1] - above.box[3] < tall and min(above.size, below.size) > 0.9 * tall
    return near and not vocab.last_ending(without_spaces(above.text))


def _starting_at(lines: list[Line]) -> Iterator[list[Line]]:
    """A line alone, with the next, and with more where all are of one size."""
    yield lines[:1]
    if len(lines) > 1:
        yield lines[:2]
    for take in range(3, min(_JOINED, len(lines)) + 1):
        sizes = [line.size for line in lines[:take]]
        if any(line.cell for line in lines[:take]) or min(sizes) < 0.75 * max(sizes):
            return
        yield lines[:take]


def _better(guess: Guess, size: float, best: Title | None) -> bool:
    if best is None:
        return True
    if size > 1.25 * best.size > 0 and guess.confidence >= best.sure - 0.1:
        return True
    return best.sure < SURE and guess.confidence > best.sure + 0.02


def _guess(text: str, vocab: Vocabulary, blurred: bool) -> Guess | None:
    """The kind that a title names, also where it is in two languages, under a form number or
    before its document number.
    """
    guesses = [g for form in _forms(text, vocab) if (g := vocab.guess(form))]
    if not guesses and blurred:
        return vocab.guess_blurred(text)
    return max(guesses, key=lambda g: g.confidence, default=None)


def _forms(text: str, vocab: Vocabulary) -> Iterator[str]:
    yield text
    bare = _NOT_TITLE.sub("", text) if _OTHER_SCRIPT.search(text) else text
    if bare != text and len(bare) >= 2:
        yield bare
    number = _YEAR_OF_NUMBER.search(bare)
    if number and (cut := vocab.last_ending(bare[: number.start()])):
        remark = _REMARKS.match(bare, cut)
        yield bare[: remark.end() if remark else cut]


def _may_be_title(line: Line, text: str, page: Page, normal: float) -> bool:
    """Neither a sentence nor small, and in the middle unless large."""
    if not 2 <= len(text) <= _TITLE or STOP.search(text):
        return False
    if line.box is None or line.cell is not None:
        return True
    if normal and line.size < 0.9 * normal:
        return False
    return _off_centre(line, page) <= 0.13 * page.width or line.size >= 1.15 * normal


def _blurred(line: Line, page: Page, normal: float) -> bool:
    """A line in the type of a title, recognised from an image or under a stamp."""
    if line.box is None or line.size < 1.12 * normal or _off_centre(line, page) > 0.1 * page.width:
        return False
    return page.ocr or any(
        pic.box and pic.box[1] < line.box[3] and line.box[1] < pic.box[3] for pic in page.pictures
    )


def _off_centre(line: Line, page: Page) -> float:
    return page.off_centre(line.box) if line.box else 0.0


@once
def normal_size(page: Page) -> float:
    """The size of most type on a page; 0 where it is unknown."""
    sizes = sorted(line.size for line in page.lines if line.size)
    return sizes[len(sizes) // 2] if sizes else 0


def large_heading(page: Page, vocab: Vocabulary) -> str:
    """A short, centred line in larger type at the top of a page; '' when there is none."""
    normal = normal_size(page)
    for line in title_lines(page)[:4]:
        text = without_spaces(line.text)
        if (
            3 <= len(text) <= 30
            and not vocab.no_title(text)
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
            and not vocab.no_title(text)
            and not re.search(r"〔|\d", text)
        ):
            return text
    return ""


def untitled(page: Page, vocab: Vocabulary, heading: str) -> tuple[Guess, str]:
    """A page that starts a paper without a known title: by what it says, else unknown."""
    title = heading or large_heading(page, vocab) or opening_line(page, vocab)
    if told := vocab.told(title):
        return told, title
    unknown = Guess(UNKNOWN, 0.4, f"“{title}”不是已知的文书名称")
    return vocab.by_content(text_of(page), title) or unknown, title


@once
def text_of(page: Page) -> str:
    """The text of a page without spaces, a line feed after each line."""
    return "\n".join(without_spaces(line.text) for line in page.lines)


def _said(title: Title, text: str, vocab: Vocabulary) -> Guess | None:
    """What a page says of a title that is vague: of one whose words name another sort of paper
    (a plan) what it looks like counts for nothing.
    """
    if title.kind == UNKNOWN and not title.guess.alike:
        return vocab.by_wordings(text, title.text) if title.sure < 1 else None
    vague = title.guess.alike or (title.kind in ANYTHING and title.sure < 1)
    return vocab.by_content(text, title.text) if vague else None


def agrees(title: Title, page: Page, vocab: Vocabulary) -> Title:
    """A title that is only like a known one, or says no more than that the paper is a copy, yields
    to what the page says; one known by some words in it to what the page surely looks like.
    """
    text = text_of(page)
    said = _said(title, text, vocab)
    if said is None and title.sure < 1 and title.kind not in ANYTHING:
        said = vocab.outlooked(title.kind, text, title.text)
    return title if said is None or said.kind == title.kind else Title(title.text, said, title.size)
