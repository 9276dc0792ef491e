"""Who is let in: a link that opens one browser once, and the cookie that it is exchanged for. All
of it lives in memory and ends with the program.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass

from casereview.errors import UsageError
from casereview.rounds.resplit import VerdictMoved

COOKIE = "desk"
Resplit = tuple[float | None, float | None, tuple[VerdictMoved, ...]]
LONGEST_NAME = 30


@dataclass
class Session:
    """One browser. ``name``: whose desk it is, '' until the person said. Shown once on the next
    page: ``note``, what is told; ``link``, what opens another browser; ``moved``, the score before
    the last ruling; ``resplit``, scores and verdicts around a correction of a split. ``drafts``:
    papers that the person looks at before they go out, by name.
    """

    name: str = ""
    note: str = ""
    link: str = ""
    moved: str = ""
    resplit: Resplit | None = None
    drafts: tuple[tuple[str, bytes], ...] = ()

    def told(self) -> str:
        """The note, which is told once."""
        said, self.note = self.note, ""
        return said


class Sessions:
    """The open links and the browsers that were let in."""

    def __init__(self) -> None:
        self._links: dict[str, str] = {}
        self._open: dict[str, Session] = {}

    def link(self, name: str = "") -> str:
        """A new token that opens one browser once. ``name``: whose desk it will be, where known."""
        token = secrets.token_urlsafe(32)
        self._links[_digest(token)] = name
        return token

    def enter(self, token: str) -> str | None:
        """The value of the cookie for a token; None for one that is not known or was used."""
        name = self._links.pop(_digest(token), None)
        if name is None:
            return None
        value = secrets.token_urlsafe(32)
        self._open[_digest(value)] = Session(name)
        return value

    def of(self, cookie: str) -> Session | None:
        """The browser with this cookie."""
        return self._open.get(_digest(cookie)) if cookie else None


def _digest(text: str) -> str:
    """What is kept of a secret: compared by a hash, nothing is told by how long it takes."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def name_said(text: str) -> str:
    """The name of a person as typed. Raises UsageError."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(f"请写评查员的姓名，不超过 {LONGEST_NAME} 个字；它会记入每一条意见。")
    if any(unicodedata.category(c).startswith("C") for c in name):
        raise UsageError("姓名里有看不见的字符，请重新输入。")
    return name
