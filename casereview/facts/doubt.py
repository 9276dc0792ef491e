"""What is known of a fact: its value, or why it is not known (DESIGN, promises 2 and 11).

One place decides whether a fact may be called missing. Whoever judges asks here and never looks
whether a page was scanned, a seal lies over a line or a form was filled by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from casereview.chinese import DATE, NUMERAL
from casereview.chinese.wording import Hit, hints_at, wording
from casereview.facts.approvals import Approval, approvals, opinions
from casereview.facts.citations import cited, is_procedural
from casereview.facts.law_words import law_words
from casereview.facts.main_text import wide_scope
from casereview.facts.registry import FactSpec, Labels
from casereview.facts.signature import REFUSED
from casereview.facts.strangers import WORDS, strange_hit
from casereview.model import PICTURE, Box, Fact, Place
from casereview.papers.paper import Found, Paper

SURE_PAGE = 0.9  # mean confidence of recognition from which a page's silence may be trusted
NEAR = 120  # characters around a citation that may say what it is cited for
HEADING = "标题下"  # its lines are headings, not things said
AT_FOOT = ("落款日期", "落款机关")  # what is read at the foot, where the seal lies
TOO_SHORT = 40  # characters: a paper with less was hardly read
_FIGURE = re.compile(rf"[{NUMERAL}年月日]")
LIKELY = 0.88  # how sure a label is that is only similar to the one that was looked for
_STRUCK = "█"
_TITLE = re.compile(r"(?<=《)[^》\n]{2,60}(?=》)")
_ASKS_TITLE = re.compile(r"[《》]|〈条文〉|裁量")  # wordings that look into titles
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
    CONTRADICTED = "与其他文书的日期对不上，可能是识别误差"
    TOO_SHORT = "可读内容太少"
    NOT_STATED = "没有写明"


@dataclass(frozen=True)
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
    blank: Place | None = None
    for found in paper.fields(*spec.labels.names, like=spec.labels.like):
        if PICTURE in found.value:
            return Unknown(spec.name, Doubt.HANDWRITTEN, found.place)
        if _filled(found, spec):
            return Unknown(spec.name, Doubt.NOT_UNDERSTOOD, found.place)
        if not _says_else(found, spec):
            blank = blank or found.place
    if blank is not None:
        why = Doubt.SEALED if covered(paper, blank) else Doubt.NOT_STATED
        return Unknown(spec.name, why, blank, blank=True)
    if candidate := wide_hit(paper, spec):
        return Unknown(spec.name, Doubt.CANDIDATE, candidate)
    if any(step.reader in AT_FOOT for step in spec.steps):
        place = paper.running_text.tail()
        if place.page in paper.recognised:  # a grey copy does not even show the seal
            return Unknown(spec.name, Doubt.SEALED, place)
        return Unknown(spec.name, _silence(paper), place)
    return Unknown(spec.name, _silence(paper), paper.top())


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


def wide_hit(paper: Paper, spec: FactSpec) -> Place | None:
    """The wide net: a sentence or cell that may speak of the fact; of a fact that stands in certain
    boxes only, an opinion in one of them.
    """
    lines = tuple(x for s in spec.steps if s.reader != HEADING for x in s.lines)
    if boxes := _boxes(paper, spec):
        return _in_boxes(boxes, spec, lines)
    text = without_never(wide_scope(paper, spec.scope), spec)
    hit = _hinted(text, lines, spec.clues)
    if hit is not None:
        return paper.running_text.place(hit.start, hit.end)
    own = (WIDE[s.reader](paper) for s in spec.steps if s.reader in WIDE)
    return next((place for place in own if place), None) or _label_anywhere(paper, spec, text)


def _boxes(paper: Paper, spec: FactSpec) -> list[Approval]:
    """The opinion boxes to which a fact is bound, all of them where none bears the label; [] for a
    fact that is bound to none.
    """
    if spec.within == Labels():
        return []
    return opinions(paper, spec.within) or approvals(paper)


def _hinted(text: str, lines: tuple[str, ...], clues: tuple[str, ...]) -> Hit | None:
    """The first sentence that may say one of the wordings. The title of a law or a paper tells
    nothing of the case (the 营业场所 of 《…营业场所管理条例》 is no address): it speaks only to
    wordings that ask for titles or provisions.
    """
    bare = _TITLE.sub(lambda m: _STRUCK * len(m[0]), text)
    of_titles, of_words = _parted(lines)
    clues_of_titles, clues_of_words = _parted(clues)
    return hints_at(bare, of_words, clues_of_words) or hints_at(text, of_titles, clues_of_titles)


def _parted(lines: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Wordings that ask for titles or provisions, and the others."""
    titles = tuple(line for line in lines if _ASKS_TITLE.search(line))
    return titles, tuple(line for line in lines if line not in titles)


def _in_boxes(boxes: list[Approval], spec: FactSpec, lines: tuple[str, ...]) -> Place | None:
    """The first box that may state the fact."""
    left = (replace(b, opinion=without_never(b.opinion, spec, "")) for b in boxes)
    told = (b for b in left if hints_at(b.opinion, lines, spec.clues) or _may_say(b, spec))
    return next((b.place for b in told), None)


def _label_anywhere(paper: Paper, spec: FactSpec, text: str) -> Place | None:
    """A long label of the fact, wherever it stands."""
    long = (n for n in spec.labels.names if n not in spec.never and len(n) >= LONG_LABEL)
    found = ((text.find(label), len(label)) for label in long)
    return next((paper.running_text.place(at, at + n) for at, n in found if at >= 0), None)


def without_never(text: str, spec: FactSpec, struck: str = _STRUCK) -> str:
    """A text in which what the unit said is not the fact is struck out, each character by
    ``struck``.
    """
    for line in spec.never:
        for hit in reversed(list(wording(line).all(text))):
            text = text[: hit.start] + struck * (hit.end - hit.start) + text[hit.end :]
    return text


def _may_say(box: Approval, spec: FactSpec) -> bool:
    """True for an opinion that was not understood and may state what is asked in its own words.
    What stands behind a label of its own (审核范围：…) is no opinion.
    """
    own = [part for part in re.split(r"[。；\n]", box.opinion) if not re.search(r"[：:]", part)]
    return spec.type == "记载" and any(len(part) >= WORDS for part in own)


def _maybe_breach(paper: Paper) -> Place | None:
    return _unclear(paper, "violated", law_words().breach)


def _maybe_ground(paper: Paper) -> Place | None:
    return _unclear(paper, "basis", law_words().ground)


def _unclear(paper: Paper, role: str, words: re.Pattern[str]) -> Place | None:
    """A provision that is not cited in this role but may be meant so: no word says what it is
    cited for, or a word of the role stands in its sentence.
    """
    for cite in cited(paper):
        if cite.articles and cite.role != role and not is_procedural(cite.law):
            if cite.role == "other" or words.search(_around(paper, cite.start, cite.end)):
                return cite.place
    return None


def _around(paper: Paper, start: int, end: int) -> str:
    """The sentence of a citation, without the citation."""
    text = paper.running_text.without_spaces
    before = re.split(r"[。；\n]", text[max(0, start - NEAR) : start])[-1]
    return before + re.split(r"[。；\n]", text[end : end + NEAR])[0]


# the wide nets of readers that look for more than wordings
WIDE: Mapping[str, Callable[[Paper], Place | None]] = {
    "违反条款": _maybe_breach,
    "处罚依据": _maybe_ground,
}


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
