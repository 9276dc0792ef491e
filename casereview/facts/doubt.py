"""What is known of a fact: its value, or why it is not known (DESIGN, promises 2 and 11).

One place decides whether a fact may be called missing. Whoever judges asks here and never looks
whether a page was scanned, a seal lies over a line or a form was filled by hand.
"""

from __future__ import annotations

import re
from enum import StrEnum

from casereview.chinese import DATE, NUMERAL
from casereview.chinese.answers import is_struck
from casereview.facts.likely import likely_hit
from casereview.facts.loose_ink import SURE_PAGE, covered
from casereview.facts.registry import FactSpec
from casereview.facts.signature import REFUSED
from casereview.facts.strangers import strange_hit
from casereview.facts.wide_net import wide_hit
from casereview.model import PICTURE, Fact, Place
from casereview.model.nouns import noun
from casereview.papers.paper import Found, Paper

AT_FOOT = ("落款日期", "落款机关")  # what is read at the foot, where the seal lies
TOO_SHORT = 40  # characters: a paper with less was hardly read
_FIGURE = re.compile(rf"[{NUMERAL}年月日]")
_DAY_LABEL = re.compile(r"(?:日期|时间|年月日)(?:[（(][^（）()]*[)）])?$")
_SIGN_LABEL = re.compile(r"签[收名字章]|盖章")
LIKELY = 0.88  # how sure a label is that is only similar to the one that was looked for


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
    CONTRADICTED = "与其他文书的日期对不上，可能是识别误差"
    TOO_SHORT = "可读内容太少"
    NOT_STATED = "没有写明"


@noun(frozen=True)
class Unknown:
    """A fact that is not known: which, why, and where a person should look."""

    name: str
    why: Doubt
    place: Place | None = None
    blank: bool = False

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
    named = _of_the_day(list(paper.fields(*spec.labels.names, like=spec.labels.like)), spec)
    if open_field := _in_field(named, spec):
        return open_field
    if blank := _blank(named, spec):
        why = Doubt.SEALED if covered(paper, blank) else Doubt.NOT_STATED
        return Unknown(spec.name, why, blank, blank=True)
    meant = list(paper.fields(mean=spec.labels.mean))
    if open_field := _in_field(meant, spec):
        return open_field
    if candidate := _candidate(paper, spec):
        return Unknown(spec.name, Doubt.CANDIDATE, candidate)
    if blank := _blank(meant, spec):
        return Unknown(spec.name, Doubt.SEALED if covered(paper, blank) else _silence(paper), blank)
    if any(step.reader in AT_FOOT for step in spec.steps):
        place = paper.running_text.tail()
        if place.page in paper.recognised:  # a grey copy does not even show the seal
            return Unknown(spec.name, Doubt.SEALED, place)
        return Unknown(spec.name, _silence(paper), place)
    return Unknown(spec.name, _silence(paper), paper.top())


def _candidate(paper: Paper, spec: FactSpec) -> Place | None:
    """A passage that may state the fact, by its words or by its likeness."""
    return wide_hit(paper, spec) or likely_hit(paper, spec)


def _of_the_day(fields: list[Found], spec: FactSpec) -> list[Found]:
    """Fields of a day without the places where somebody signed (受送达人签收), at which it often
    stands too, where the form has a field for the day alone and that is empty.
    """
    days = [f for f in fields if _DAY_LABEL.search(f.place.quote)]
    if spec.type not in ("日期", "时间") or all(f.without_spaces for f in days):
        return fields
    return [f for f in fields if f in days or not _signed(f)]


def _signed(found: Found) -> bool:
    """True for pictures alone at a label of signing."""
    pictures = not found.without_spaces.replace(PICTURE, "") and PICTURE in found.value
    return pictures and _SIGN_LABEL.search(found.place.quote) is not None


def _in_field(fields: list[Found], spec: FactSpec) -> Unknown | None:
    """Why a field gives no value though something stands in it; None where none holds anything."""
    for found in fields:
        if PICTURE in found.value:
            return Unknown(spec.name, Doubt.HANDWRITTEN, found.place)
        if _filled(found, spec):
            return Unknown(spec.name, Doubt.NOT_UNDERSTOOD, found.place)
    return None


def _blank(fields: list[Found], spec: FactSpec) -> Place | None:
    """The first field in which nothing stands."""
    return next((found.place for found in fields if not _says_else(found, spec)), None)


def looked(paper: Paper, spec: FactSpec, answer: Unknown) -> Unknown:
    """``answer`` before anybody says that the fact is missing: a field or a name on the paper that
    nobody understood may be it. An empty field of its own is missing whatever else there is.
    """
    if not answer.missing or answer.blank:
        return answer
    strange = strange_hit(paper, spec)
    return Unknown(spec.name, Doubt.CANDIDATE, strange) if strange else answer


def _filled(found: Found, spec: FactSpec) -> bool:
    """True when something is written in the field that may be what is asked: a date alone is no
    signature, words without a figure are no date.
    """
    if is_struck(found.value):
        return False
    if spec.type == "签名":
        return found.sure > LIKELY and bool(DATE.sub("", found.without_spaces))
    if spec.type in ("日期", "时间"):
        return bool(_FIGURE.search(found.without_spaces))
    return bool(found.without_spaces)


def _says_else(found: Found, spec: FactSpec) -> bool:
    """True for a field that holds something else than what is asked (a name where a day is asked, a
    name at a label that is only like that of a signature): it is not empty, and what is asked may
    stand beside it. A noted refusal is an answer.
    """
    written = DATE.sub("", found.without_spaces)
    return spec.type in ("日期", "时间", "签名") and bool(written) and not REFUSED.search(written)


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
