"""What wordings say of a paper, and where: not as a label that is answered no, nor as an option
that nobody ticked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese.answers import is_lost_option, is_unticked, only_ticked
from casereview.chinese.wording import Hit, wording
from casereview.facts import main_text
from casereview.facts.approvals import Approval, opinions
from casereview.facts.only_asked import only_asked
from casereview.facts.registry import FactSpec, Step
from casereview.model import Place
from casereview.model.nouns import noun
from casereview.papers.paper import Paper

YES_OR_NO = "是非"  # the type of a fact that asks whether something is so
DENIAL = 6  # characters before a statement in which a word may deny it
_CLAUSES, _DENIED = re.compile(r"[，。；：;、\n]"), re.compile(r"未|没有|不|无|并非")
ASKING = ("是否", "有无", "应否", "可否")  # what asks whether something is so does not say it


@noun(frozen=True)
class Passage:
    """What a wording says and where: the words of its first slot, or all of it where it has none.
    ``affirms``: no word of denial stands before it in its clause (未发现存在…问题), and it does not
    ask.
    """

    text: str
    slotted: bool
    place: Place
    affirms: bool = True  # neither denied nor asked


def said(p: Paper, step: Step, spec: FactSpec) -> Iterator[Passage]:
    """Every place where one of the wordings is said: in the boxes named by 限于, where the paper
    has such boxes, else anywhere.
    """
    boxes = opinions(p, spec.within) if spec.boxed else []
    text = "" if boxes else main_text.scoped(p, spec.scope)
    text = only_ticked(text) if spec.type == YES_OR_NO else text
    for line in step.lines:
        yield from _in_opinions(p, boxes, line, spec) if boxes else _in_text(p, text, line)


def _in_opinions(p: Paper, boxes: list[Approval], line: str, spec: FactSpec) -> Iterator[Passage]:
    for box in boxes:
        for hit in wording(line).all(box.opinion):
            if spec.type == YES_OR_NO and _is_open(p, box, hit):
                continue
            passage = box.opinion[hit.start : hit.end]
            yield Passage(passage, False, box.place, _affirms(box.opinion, hit))


def _in_text(p: Paper, text: str, line: str) -> Iterator[Passage]:
    """Where a text of the paper says a wording: not as a label that is answered no, nor as an
    option that is not ticked.
    """
    for hit in wording(line).all(text):
        asked = not hit.slots and only_asked(p, text, hit.start, hit.end)
        if asked or is_unticked(text, hit.start):
            continue
        start, end = hit.slots[0][1:] if hit.slots else (hit.start, hit.end)
        passage = text[start:end].replace("\n", "")
        place = p.running_text.place(start, end)
        yield Passage(passage, bool(hit.slots), place, _affirms(text, hit))


def _is_open(p: Paper, box: Approval, hit: Hit) -> bool:
    """True for an option of an opinion that is not ticked, or whose box a scan lost."""
    lost = box.place.page in p.recognised and is_lost_option(box.opinion, hit.start)
    return lost or is_unticked(box.opinion, hit.start)


def _affirms(text: str, hit: Hit) -> bool:
    """False where a word of denial stands shortly before a hit in the same clause, or where it is a
    question.
    """
    before = _CLAUSES.split(text[max(0, hit.start - DENIAL) : hit.start])[-1]
    asked = before.endswith(ASKING) or any(w in text[hit.start : hit.end] for w in ASKING)
    return not (asked or _DENIED.search(before))
