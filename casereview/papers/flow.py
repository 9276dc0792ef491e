"""Whether a paragraph goes on from one page to the next."""

from __future__ import annotations

import re

from casereview.chinese import without_spaces
from casereview.model import Line, Page


def flows_on(pages: tuple[Page, ...], i: int) -> bool:
    """True when the last paragraph of the page before was cut by the page end."""
    before = _long_lines(pages[i - 1], 6) if i else []
    here = _long_lines(pages[i], 1)
    if not before or not here:
        return False
    last, first = before[-1], here[0]
    if last.box is None or first.box is None or last.cell is not None:
        return False
    ended = re.search(r"[。；：）)]$", last.text.strip())
    width = pages[i].width
    full = last.box[0] < 0.3 * width and last.box[2] > 0.84 * width  # a signature is set right
    heading = first.size > 1.25 * last.size > 0
    return full and not ended and not heading and first.box[0] < 0.2 * width


def _long_lines(page: Page, more_than: int) -> list[Line]:
    """Lines of more characters than ``more_than``."""
    return [line for line in page.lines if len(without_spaces(line.text)) > more_than]
