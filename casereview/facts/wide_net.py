"""The wide net of a fact (DESIGN, promise 11): a passage that may state it where its readers read
nothing. What something else explains is no such passage: the address of a meeting is no conclusion,
the number of a firm no number of a paper, and a sentence without a figure gives no number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from casereview.chinese import NUMERAL
from casereview.chinese.answers import without_open_rows
from casereview.chinese.wording import SHORT, Hit, hints_at, wording
from casereview.facts.approvals import Approval, approvals, opinions
from casereview.facts.citations import cited, is_procedural
from casereview.facts.explained import without_explained
from casereview.facts.law_words import law_words
from casereview.facts.main_text import wide_scope
from casereview.facts.only_asked import STRUCK, without_only_asked
from casereview.facts.registry import FactSpec
from casereview.facts.statements import sentence_around, state_others
from casereview.facts.strangers import WORDS, tells_place, type_of, without_other_numbers
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper

NEAR = 120  # characters around a citation that may say what it is cited for
BESIDE = 40  # characters behind a passage in which its figure may stand (the next cell)
HEADING = "标题下"  # its lines are headings, not things said
MOMENTS = ("日期", "时间")  # that somebody signed or received may stand in words alone
LONG_LABEL = 4  # characters from which a label found anywhere is a clue
_REST = re.compile(r"[0-9A-Za-z]*")  # of a number
_TITLE = re.compile(r"(?<=《)[^》\n]{2,60}(?=》)")
_ASKS_TITLE = re.compile(r"[《》]|〈条文〉|裁量")  # wordings that look into titles
MOMENT = 30  # characters of what may tell a day without a word for it
_DAY_WORD = re.compile(r"[日天]|当场|当面|现场|[上下中]午")
_FIGURES: Mapping[str, re.Pattern[str]] = {  # what a passage must hold to give a value of a type
    "号码": re.compile(r"[0-9A-Za-z]{5,}"),
    "文号": re.compile(r"[0-9〔\[]"),
    "金额": re.compile(rf"[{NUMERAL}元]"),
    "期限": re.compile(rf"[{NUMERAL}]"),
    "日期": re.compile(rf"[{NUMERAL}]{{1,4}}[年月日号./-]"),
    "时间": re.compile(rf"[{NUMERAL}]{{1,4}}[年月日号时点分:：./-]"),
    "条文": re.compile(rf"[{NUMERAL}]条"),
}


def wide_hit(paper: Paper, spec: FactSpec) -> Place | None:
    """The wide net: a sentence or cell that may speak of the fact; of a fact that stands in certain
    boxes only, an opinion in one of them.
    """
    lines = tuple(x for s in spec.steps if s.reader != HEADING for x in s.lines)
    if boxes := _boxes(paper, spec):
        return _in_boxes(boxes, spec, lines)
    text = really_said(paper, without_never(wide_scope(paper, spec.scope), spec))
    if place := _passage(paper, spec, text, lines):
        return place
    own = (WIDE[s.reader](paper) for s in spec.steps if s.reader in WIDE)
    return next((place for place in own if place), None) or _label_anywhere(paper, spec, text)


def really_said(paper: Paper, text: str) -> str:
    """A text of the paper without what its form only asks and without rows of options of which none
    is ticked; all of it on recognised pages, which may have lost the answers.
    """
    return text if paper.recognised else without_open_rows(without_only_asked(paper, text))


def _passage(paper: Paper, spec: FactSpec, text: str, lines: tuple[str, ...]) -> Place | None:
    """The first passage that may say one of the wordings and is not explained by something else. On
    a recognised page any passage counts: what it lacks may have been lost.
    """
    hit = _hinted(text, lines, spec.clues)
    explained = False
    while hit is not None:
        place = paper.running_text.place(hit.start, hit.end)
        if place.page in paper.recognised:
            return place
        moment = spec.type in MOMENTS and _may_tell_when(text, hit)
        told = moment or _may_give(paper, text, (hit.start, hit.end), spec)
        told = told and not _is_another(paper, text, hit, spec)
        if explained and told:
            return place
        if explained:
            text = text[: hit.start] + STRUCK * (hit.end - hit.start) + text[hit.end :]
        else:
            text, explained = without_explained(text, paper, spec, STRUCK), True
        hit = _hinted(text, lines, spec.clues)
    return None


def _may_tell_when(text: str, hit: Hit) -> bool:
    """True for a short passage, and for a sentence that speaks of a day in any words."""
    said = sentence_around(text, hit.start, hit.end)
    return len(said) <= MOMENT or _DAY_WORD.search(said) is not None


def _is_another(paper: Paper, text: str, hit: Hit, spec: FactSpec) -> bool:
    """True for a passage that surely states something else, whatever short line stands over it."""
    *above, last = sentence_around(text, hit.start, hit.end).split("\n")
    said = [line for line in above if len(line) > SHORT]
    return state_others(paper.vocab.folder, "\n".join([*said, last]), spec.name)


def _may_give(paper: Paper, text: str, span: tuple[int, int], spec: FactSpec) -> bool:
    """True for a passage of a text that holds a picture, or what a fact of this type holds (a
    figure, the name of a place) in it or, where no full stop ends it, beside it.
    """
    start, end = span
    if PICTURE in text[start:end]:
        return True
    beside = 0 if text[end - 1 : end + 1].find("。") >= 0 else BESIDE
    whole = _REST.match(text, min(end + beside, len(text)))  # no number is cut in two
    said = text[start : whole.end() if whole else None]
    if type_of(spec) == "地点":
        return tells_place(said)
    figure = _FIGURES.get(spec.type)
    return figure is None or bool(figure.search(without_other_numbers(said, paper, spec)))


def _boxes(paper: Paper, spec: FactSpec) -> list[Approval]:
    """The opinion boxes to which a fact is bound, all of them where none bears the label; [] for a
    fact that is bound to none.
    """
    if not spec.boxed:
        return []
    return opinions(paper, spec.within) or approvals(paper)


def _hinted(text: str, lines: tuple[str, ...], clues: tuple[str, ...]) -> Hit | None:
    """The first sentence that may say one of the wordings. The title of a law or a paper tells
    nothing of the case (the 营业场所 of 《…营业场所管理条例》 is no address): it speaks only to
    wordings that ask for titles or provisions.
    """
    bare = _TITLE.sub(lambda m: STRUCK * len(m[0]), text)
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
    """A long label of the fact, wherever it stands; of a fact with a figure one with a figure
    behind it, but on a recognised page.
    """
    long = (n for n in spec.labels.names if n not in spec.never and len(n) >= LONG_LABEL)
    for label in long:
        at = text.find(label)
        if at < 0:
            continue
        end = at + len(label)
        place = paper.running_text.place(at, end)
        if place.page in paper.recognised or _may_give(paper, text, (end, end + BESIDE), spec):
            return place
    return None


def without_never(text: str, spec: FactSpec, struck: str = STRUCK) -> str:
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
