"""What is known of a fact: its value, or why it is not known (DESIGN, promises 2 and 11).

One place decides whether a fact may be called missing. Whoever judges asks here and never looks
whether a page was scanned, a seal lies over a line or a form was filled by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casereview.chinese import DATE
from casereview.chinese.wording import hints_at
from casereview.facts.approvals import opinions
from casereview.facts.registry import FactSpec, Labels
from casereview.model import PICTURE, Box, Fact, Place
from casereview.papers.paper import Found, Paper

SURE_PAGE = 0.9  # mean confidence of recognition from which a page's silence may be trusted
TOO_SHORT = 40  # characters: a paper with less was hardly read
LIKELY = 0.88  # how sure a label is that is only similar to the one that was looked for
LONG_LABEL = 4  # characters from which a label found anywhere is a clue


class Doubt(StrEnum):
    """Why a fact is not known. Only ``NOT_STATED`` lets anybody say that it is missing."""

    PAPER_ABSENT = "文书不在卷"
    FILE_UNREAD = "文件未能读取"
    PAPER_UNREAD = "文书未能识别文字"
    HANDWRITTEN = "该栏是手写或者图片，没有读出"
    NOT_UNDERSTOOD = "该栏有内容，没有读懂"
    CANDIDATE = "有近似的记载"
    SEALED = "被印章遮挡"
    RECOGNISED = "扫描页识别不清"
    TOO_SHORT = "可读内容太少"
    NOT_STATED = "没有写明"


@dataclass(frozen=True)
class Unknown:
    """A fact that is not known: which, why, and where a person should look."""

    name: str
    why: Doubt
    place: Place | None = None

    @property
    def missing(self) -> bool:
        """True when both nets are empty on a page that was read: it may be called missing."""
        return self.why is Doubt.NOT_STATED

    def sentence(self) -> str:
        """For the reviewer: what was not found and why that proves nothing."""
        quote = f"：“{self.place.quote}”" if self.place and self.place.quote else ""
        return f"{self.name}{self.why}{quote if self.why is Doubt.CANDIDATE else ''}"


Answer = Fact | Unknown


def unknown(paper: Paper, spec: FactSpec) -> Unknown:
    """Why ``paper`` gives no value for ``spec``, after its steps read none."""
    if not paper.doc.readable:
        return Unknown(spec.name, Doubt.PAPER_UNREAD, paper.top())
    blank: Place | None = None
    for found in paper.fields(*spec.labels.names, like=spec.labels.like):
        if PICTURE in found.value:
            return Unknown(spec.name, Doubt.HANDWRITTEN, found.place)
        if _filled(found, spec):
            return Unknown(spec.name, Doubt.NOT_UNDERSTOOD, found.place)
        blank = blank or found.place
    if blank is not None:
        why = Doubt.SEALED if covered(paper, blank) else Doubt.NOT_STATED
        return Unknown(spec.name, why, blank)
    if candidate := wide_hit(paper, spec):
        return Unknown(spec.name, Doubt.CANDIDATE, candidate)
    return Unknown(spec.name, _silence(paper), paper.top())


def _filled(found: Found, spec: FactSpec) -> bool:
    """True when something is written in the field; a date alone is no signature."""
    if spec.type == "签名":
        return found.sure > LIKELY and bool(DATE.sub("", found.without_spaces))
    return bool(found.without_spaces)


def _silence(paper: Paper) -> Doubt:
    """What it means that neither net caught anything."""
    if len(paper.running_text.without_spaces) < TOO_SHORT and _may_hold_more(paper):
        return Doubt.TOO_SHORT
    pages = [p for p in paper.running_text.pages if p.ocr]
    if any(p.confidence < SURE_PAGE for p in pages):
        return Doubt.RECOGNISED
    return Doubt.NOT_STATED


def _may_hold_more(paper: Paper) -> bool:
    """True when a paper was recognised or carries pictures: its text may not be all of it. A few
    typed lines are a short letter.
    """
    return bool(paper.recognised or paper.running_text.pictures)


def wide_hit(paper: Paper, spec: FactSpec) -> Place | None:
    """The wide net: a sentence or cell that may speak of the fact; of a fact that stands in certain
    boxes only, an opinion in one of them.
    """
    boxes = opinions(paper, spec.within) if spec.within != Labels() else []
    if boxes:
        told = [b for b in boxes if hints_at(b.opinion, spec.lines, spec.clues)]
        return told[0].place if told else None
    text = paper.running_text.without_spaces
    hit = hints_at(text, spec.lines, spec.clues)
    if hit is not None:
        return paper.running_text.place(hit.start, hit.end)
    for label in spec.labels.names:
        at = text.find(label) if len(label) >= LONG_LABEL else -1
        if at >= 0:
            return paper.running_text.place(at, at + len(label))
    return None


def covered(paper: Paper, place: Place, margin: float = 12.0) -> bool:
    """True when a seal lies at the height of ``place`` on a recognised page: what it hides is not
    missing. ``margin``: points above and below.
    """
    for page in paper.running_text.pages:
        if page.ocr and page.number == place.page:
            for picture in page.pictures:
                if picture.red and picture.box and _same_height(place.box, picture.box, margin):
                    return True
    return False


def _same_height(line: Box | None, seal: Box, margin: float) -> bool:
    return line is None or (line[1] - margin < seal[3] and seal[1] < line[3] + margin)
