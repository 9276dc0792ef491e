"""Chinese text in lines of a given width. Light to import."""

from __future__ import annotations

import re

_CLOSING, _OPENING = "，。；：、？！）】》〕」”’…", "（【《〔「“‘"  # begin no line; end none
_WORD = r"[!-~]+(?:～[!-~]+)?"  # also a range of numbers
_PIECE = re.compile(rf"[ \u3000]+|[{_OPENING}]*(?:{_WORD}|[^ \u3000])[{_CLOSING}]*")


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns (a Chinese character is two): broken between Chinese
    characters and at blanks, never before a closing mark, nor inside a word that fits a line.
    """
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        *full, piece = chop_cells(piece, width)
        lines += full
        line += piece if line or piece.strip() else ""
    return [*lines, line.rstrip()] if line.strip() else lines


def longest(text: str) -> int:
    """Columns of the widest piece that no line breaks."""
    from rich.cells import cell_len

    return max((cell_len(piece) for piece in _PIECE.findall(text)), default=0)


def joined(paragraph: str) -> str:
    """A paragraph as one line: where Chinese ends or begins a line no blank is put in."""
    no_blank = re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])", "", paragraph)
    return re.sub(r"\s*\n\s*", " ", no_blank)
