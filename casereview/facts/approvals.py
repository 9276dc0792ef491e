"""What approval forms carry: boxes with an opinion, a signature and a date, and which of them is
the head's. The words of the labels are data (``文书/_栏目.yaml``: 意见栏, 负责人意见栏 …).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from casereview.chinese import (
    DATE,
    DOTS,
    HAN,
    PartyKind,
    find_dates,
    key,
    party_kind,
    without_spaces,
)
from casereview.chinese.answers import only_ticked
from casereview.facts.box_net import AT_SIGN, COMPLETES, LONGEST, REMARK, mixed_up, near
from casereview.facts.registry import Labels, load_groups
from casereview.facts.signature import (
    ROLE,
    Signature,
    is_person,
    may_sign,
    signature,
    split_names,
    without_print,
)
from casereview.model import PICTURE, Box, Place
from casereview.papers.once import once
from casereview.papers.paper import Paper
from casereview.papers.vocabulary import Vocabulary

QUOTED = 120  # characters of an opinion that a finding quotes
BELOW = 2  # rows below a box in which its signature or date may stand
HABIT = 2  # boxes that show how a file is signed
FOLLOWING = 4  # lines that may belong to an opinion under a heading
_NO_LABEL = re.compile(rf"[：:。\d{PICTURE}]|未经|擅自")
_SENTENCES = re.compile(r"[。；\n]")
_HAN_ONLY = re.compile(rf"[^{HAN}]")
_BY_HAND = re.compile(r"(?:亲笔|亲自|手写|本人)签")
_FIRST_SENTENCE = re.compile(r"^[^。；]+[。；]")
_OF_DAY, _OF_SIGN = re.compile(rf"(?:日期|时间|年月日){REMARK}"), re.compile(r"[签章]")
_APPROVAL_DAY = re.compile(
    r"[^（）]{0,6}?[审批核签][^（）]{0,3}(?:日期|时间|年月日)|日期|时间|年月日"
)
_ONE_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,8}}[{DOTS}][{HAN}]{{1,8}}")
_COMMA = r"(?<!\d)[，,]|[，,](?!\d{3}(?!\d))"  # but one of thousands
_BREAK = re.compile(rf"(?:[\n。；\s—]|{_COMMA})+|(?=[（(【])")  # where a signature may begin


Row = tuple[int, tuple[str, ...], tuple[Box | None, ...]]
Pair = tuple[str, str, Box | None]  # a label, what stands beside it, and the box of that


@dataclass(frozen=True)
class Approval:
    """A box for an opinion: its label, the opinion, the signature."""

    label: str
    opinion: str
    sign: Signature
    near: frozenset[str] = frozenset()  # what may stand in or beside the box in another form
    drawn: frozenset[str] = frozenset()  # what may stand in the one picture that signs it

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.sign.place

    def lacks(self) -> list[str]:
        """Which of opinion, signature and date is missing."""
        has = {
            "意见": bool(self.opinion),
            "签名": self.sign.signed,
            "日期": self.sign.dated,
        }
        return [word for word, there in has.items() if not there]

    def completed_by(self, below: Approval) -> Approval | None:
        """This opinion with the signature and the day that the box below it holds; None where that
        box has an opinion of its own or brings nothing that this one lacks.
        """
        mine, other = self.sign, below.sign
        brings = {"签名": other.signed or other.refused, "日期": other.dated}
        if below.opinion or not self.opinion or not any(brings.values()):
            return None
        if not all(word in self.lacks() for word, there in brings.items() if there):
            return None
        signer = other if brings["签名"] else mine
        drawn = mine.drawn_day or other.drawn_day
        sign = replace(signer, date=mine.date or other.date, drawn_day=drawn, place=self.place)
        drawn_here = self.drawn | below.drawn
        return replace(self, sign=sign, near=self.near | below.near, drawn=drawn_here)

    def maybe(self, word: str) -> bool:
        """The wide net (DESIGN, promise 11) for what ``lacks`` names."""
        return word in self.near | self.drawn


@lru_cache(maxsize=4)
def _groups(folder: Path) -> Mapping[str, Labels]:
    return load_groups(folder)


def groups_of(vocabulary: Vocabulary) -> Mapping[str, Labels]:
    """The groups of labels that lie beside a vocabulary, read once."""
    return _groups(vocabulary.folder)


@once
def approvals(paper: Paper) -> list[Approval]:
    """Opinion boxes in reading order, from table rows, else from headed paragraphs."""
    return _joined(paper, _in_cells(paper)) or list(_under_headings(paper))


def _joined(paper: Paper, boxes: Iterable[Approval]) -> list[Approval]:
    """Boxes of which one opinion and its signature are rows of their own (审批意见, 审批人,
    审批日期) as one box.
    """
    ends = groups_of(paper.vocab)["意见段落"].names
    out: list[Approval] = []
    for box in boxes:
        asks_opinion = box.label.endswith(ends)
        signs = box if asks_opinion else _signing(paper, box)
        if out and not asks_opinion and (whole := out[-1].completed_by(signs)):
            out[-1] = whole
        elif out and not asks_opinion and COMPLETES.search(box.label):
            out[-1] = replace(out[-1], near=out[-1].near | box.near)  # of which nothing was read
        elif not COMPLETES.search(box.label) or asks_opinion:
            out.append(box)
    return out


def _signing(paper: Paper, box: Approval) -> Approval:
    """A box that asks who signs, with the one word in it as the name that it is where it consents
    to nothing: not every name begins like one.
    """
    groups = groups_of(paper.vocab)
    word, label = box.opinion, box.label
    names = _ONE_NAME.fullmatch(word) and AT_SIGN.search(f"{label}：") and not box.sign.signed
    if not names or any(said in word for said in groups["意见用词"].names) or only_read(paper, box):
        return box
    return replace(box, opinion="", sign=replace(box.sign, names=(word,)))


def _in_cells(paper: Paper) -> Iterator[Approval]:
    """A label with the opinion in the cell beside it, or on the first line of the same cell."""
    wanted = groups_of(paper.vocab)["意见栏"]
    rows = list(paper.running_text.rows())
    follows = False  # the row before belongs to an opinion
    for n, (page, cells, boxes) in enumerate(rows):
        pairs = _pairs(cells, boxes)
        in_row = list(_boxes_in(pairs, wanted, follows))
        follows = bool(in_row)
        for written, value, box in in_row:
            label = without_spaces(written)
            quote = without_spaces(value).replace(PICTURE, "")[:QUOTED] or label
            place = Place(paper.running_text.file, page, box, quote)
            own = {cell for of_box in in_row for cell in of_box[:2]}
            beside = [c for c in cells if c not in own]
            beside += _days_alone(rows, wanted)
            typed = page not in paper.recognised
            below = _below(rows[n + 1 :], wanted, typed=typed)
            yield _approval(paper, label, value, place, "\n".join([*beside, *below]))


def _boxes_in(pairs: list[Pair], wanted: Labels, follows: bool) -> Iterator[Pair]:
    """The pairs of a row that are opinions, or signatures and days of one; a value is no label."""
    n = 0
    while n < len(pairs):
        if _is_box(pairs[n][0], wanted, follows):
            yield pairs[n]
            follows, n = True, n + 1
        n += 1


def _is_box(written: str, wanted: Labels, follows: bool) -> bool:
    """True for the label of an opinion, and for that of its signature or day in a row of its own
    where the row before belongs to an opinion (``follows``).
    """
    label = without_spaces(written)
    if not 2 <= len(label) <= LONGEST or _NO_LABEL.search(label):
        return False
    return wanted.match(label) or (follows and bool(COMPLETES.search(label)))


def _pairs(cells: tuple[str, ...], boxes: tuple[Box | None, ...]) -> list[Pair]:
    """(label, value, box of the value) of a row: cells side by side, or the lines of its one
    cell.
    """
    if len(cells) == 1 and "\n" in cells[0]:
        label, _, value = cells[0].partition("\n")
        return [(label, value, boxes[0])]
    return [(cells[i], cells[i + 1], boxes[i + 1]) for i in range(len(cells) - 1)]


def _below(rows: list[Row], wanted: Labels, *, typed: bool) -> Iterator[str]:
    """The cells below a box up to the next opinion box: where a signature or date may stand in a
    row of its own. What is drawn at the label of a day on a ``typed`` page is a day.
    """
    for _, cells, _ in rows[:BELOW]:
        if any(wanted.match(without_spaces(c)) for c in cells[:1]):
            return
        for label, cell in zip(("", *cells), cells, strict=False):
            day = typed and _asks_day(label)
            yield cell.replace(PICTURE, " ") if day else cell


def _asks_day(label: str) -> bool:
    """True for the label of a day at which nobody signs."""
    bare = without_spaces(label)
    return bool(_OF_DAY.search(bare)) and not _OF_SIGN.search(bare)


def _days_alone(rows: list[Row], wanted: Labels) -> Iterator[str]:
    """Cells above the first opinion of a form that hold a day and nothing else: the day of an
    approval may be a field of its own there.
    """
    for _, cells, _ in rows:
        if wanted.match(without_spaces(cells[0])):
            return
        for label, cell in zip(("", *cells), cells, strict=False):
            if DATE.fullmatch(without_spaces(cell)) and not _of_another(label):
                yield cell


def _of_another(label: str) -> bool:
    """True for a label that says of what its day is (立案日期), unless of an approval."""
    bare = without_spaces(label)
    return bool(_OF_DAY.search(bare)) and not _APPROVAL_DAY.fullmatch(bare)


def _under_headings(paper: Paper) -> Iterator[Approval]:
    """A heading that ends as opinions are called, and the few lines below it."""
    text = paper.running_text.text
    starts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    lines = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    heads = [n for n, line in enumerate(lines) if _heading(paper, line)]
    for n, following in zip(heads, [*heads[1:], len(lines)], strict=False):
        label, value = _heading(paper, lines[n]) or ("", "")
        below = range(n + 1, min(following, n + 1 + FOLLOWING))
        outside = (k for k in below if not _same_side(paper, starts[n], starts[k]))
        last = _end_of_opinion(paper, lines, n + 1, next(outside, below.stop))
        at = paper.running_text.place(starts[n], starts[last - 1] + 1, without_spaces=False)
        quote = without_spaces(at.quote).replace(PICTURE, "")[:QUOTED]
        place = Place(at.file, at.page, at.box, quote)
        yield _approval(paper, label, "".join([value, *lines[n + 1 : last]]), place)


def _same_side(paper: Paper, head: int, below: int) -> bool:
    """False for what stands under a form that an opinion is part of (本文书一式两份)."""
    return paper.running_text.in_form(below) or not paper.running_text.in_form(head)


def _end_of_opinion(paper: Paper, lines: list[str], first: int, last: int) -> int:
    """Where an opinion from line ``first`` on ends, at most at ``last``: behind the line with its
    day, unless a signature stands below that.
    """
    for n in range(first, last):
        below = "".join(lines[n + 1 : last])
        signed = PICTURE in below or _signs(paper, below, whole=False)
        if DATE.fullmatch(without_spaces(lines[n])) and not signed:
            return n + 1
    return last


@lru_cache(maxsize=8)
def _headed(words: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, words))
    return re.compile(
        rf"[ \t]*([^\n：:，。]{{0,16}}(?:{either})(?:[（(][^（）()\n]{{1,8}}[)）])?)"
        r"(?:\s*[：:]|\s{2,}|\s*$)(.*)",
        re.S,
    )


def _heading(paper: Paper, line: str) -> tuple[str, str] | None:
    """The label of an opinion and what follows on its line; '同意承办人意见' is an opinion."""
    groups = groups_of(paper.vocab)
    m = _headed(groups["意见段落"].names).match(line)
    if m is None:
        return None
    label = without_spaces(m[1])
    if key(paper.doc.title).endswith(key(label)) and not m[2].strip():
        return None  # the title of the paper itself
    opens = label.startswith(groups["意见开头"].names)
    return None if opens else (label, m[2])


def _approval(paper: Paper, label: str, value: str, place: Place, around: str = "") -> Approval:
    """The opinion, of a row of options the ticked ones, and what is signed after it. ``around``:
    what stands beside and below the box.
    """
    said, tail = _parted(paper, value)
    text = re.sub(rf"(?:{ROLE}?[：:]|—+)$", "", without_spaces(said))
    opinion = only_ticked(text.replace(PICTURE, "")).strip("＿")
    if re.fullmatch(r"[\d年月日\s]*", DATE.sub("", opinion)):
        opinion = ""
    sign = signature(tail, place, place.page in paper.recognised)
    if _ONE_NAME.fullmatch(opinion) and _only_signs(paper, label):
        sign, opinion = replace(sign, names=(opinion,)), ""
    if sign.marks and place.page not in paper.recognised and _asks_day(label):
        sign = replace(sign, marks=0, drawn_day=True)
        return Approval(label, opinion, sign, frozenset({"日期"}))
    after = _SENTENCES.split(_FIRST_SENTENCE.sub(_unwrapped, said.strip()))[1:]
    beside, drawn = near(paper, [*after, *around.split("\n")], tail, said)
    if place.page in paper.recognised:
        beside |= mixed_up(value)
    return Approval(label, opinion, sign, beside, drawn)


def _unwrapped(sentence: re.Match[str]) -> str:
    """A sentence in one line, but for names that stand alone on a line of it."""
    lines = sentence[0].split("\n")
    names = any(is_person(line.strip("。；")) for line in lines[1:])
    return sentence[0] if names else "".join(lines)


def _only_signs(paper: Paper, label: str) -> bool:
    """True for the label of a signature that asks for no opinion: 负责人决定亲笔签名 asks for the
    hand alone.
    """
    asks = groups_of(paper.vocab)["意见栏"].match(label) and not _BY_HAND.search(label)
    return bool(COMPLETES.search(label)) and not asks


def _parted(paper: Paper, value: str) -> tuple[str, str]:
    """The opinion and what signs it: the beginning of a box with its only day, else its longest
    end, that is no more than names, days, pictures and the words that ask for them.
    """
    days = list(find_dates(value))
    if len(days) == 1:
        first, rest = value[: days[0][2]], value[days[0][2] :]
        if rest.strip("。，； \n") and _signs(paper, first, whole=False):
            return rest, first  # signed above the opinion
    for start in [0, *(m.end() for m in _BREAK.finditer(value))]:
        if value[start:].strip() and _signs(paper, value[start:], whole=start == 0):
            return value[:start], value[start:]
    return value, ""


def _signs(paper: Paper, text: str, *, whole: bool) -> bool:
    """True for text that is no more than a signature. ``whole``: it is all that stands in the box,
    so that what is not surely a name may be a short opinion.
    """
    if _SENTENCES.search(text.replace("\n", " ").strip()[:-1]):
        return False
    words = split_names(without_print(text.replace(PICTURE, " ")))
    opinions_say = groups_of(paper.vocab)["意见用词"].names
    if any(said in word for said in opinions_say for word in words):
        return False
    if not all(may_sign(w) for w in words):
        return False
    if all(party_kind(w) is PartyKind.PERSON for w in words):
        return True
    printed = PICTURE in text or re.search(r"[：:]|\d", text) or DATE.search(without_spaces(text))
    return bool(printed) and not whole


def dated_elsewhere(papers: Iterable[Paper]) -> bool:
    """True where the heads' boxes of these papers, two or more, all have a typed day or two
    pictures, a signature and a day: a box with one picture lacks one of them.
    """
    boxes = [box for p in papers if not p.recognised and (box := leader_approval(p))]
    signed = [box.sign for box in boxes if box.opinion and box.sign.marks]
    return len(signed) >= HABIT and all(s.date or s.marks > 1 for s in signed)


def signed_twice_elsewhere(papers: Iterable[Paper]) -> bool:
    """True where the head's box of one of these papers holds two pictures: who signed, and when."""
    boxes = (leader_approval(p) for p in papers if not p.recognised)
    return any(box is not None and box.opinion and box.sign.marks > 1 for box in boxes)


def leader_approval(paper: Paper) -> Approval | None:
    """The box of the head of the agency: by its label, else the last opinion box of the form. A
    label that only names him (主要负责人) with a name beside it may be the party's.
    """
    boxes = approvals(paper)
    if named := _of_the_head(paper, boxes):
        return named[-1]
    if len(boxes) >= 2:
        return boxes[-1]
    if boxes and not groups_of(paper.vocab)["承办审核意见栏"].match(boxes[0].label):
        return boxes[0]
    return None


def _of_the_head(paper: Paper, boxes: list[Approval]) -> list[Approval]:
    """The boxes that are the head's by their label: those that ask for an opinion or hold one, else
    those that only name him and are dated.
    """
    groups = groups_of(paper.vocab)
    named = [box for box in boxes if groups["负责人意见栏"].match(box.label)]
    ends = groups["意见段落"].names
    asked = [b for b in named if b.opinion or any(word in b.label for word in ends)]
    return asked or [b for b in named if b.sign.dated]


def only_read(paper: Paper, box: Approval) -> bool:
    """True for an opinion that says that somebody read the form (已阅), and nothing of consent."""
    groups = groups_of(paper.vocab)
    first = re.split(r"[。，,；;（(：:\s]", box.opinion.strip())[0]
    letters = set(_HAN_ONLY.sub("", box.opinion))
    if letters and letters <= set(groups["阅知用字"].names):
        return True
    consents = any(word in box.opinion for word in groups["意见用词"].names)
    return first in groups["阅知用词"].names and not consents


def head_approval(paper: Paper) -> Approval | None:
    """The box that is surely the head's by its label, where somebody signed it."""
    wanted = groups_of(paper.vocab)["负责人意见栏"]
    signed = [box for box in approvals(paper) if wanted.match(box.label) and box.sign.signed]
    return signed[-1] if signed else None


def opinions(paper: Paper, labels: Labels) -> list[Approval]:
    """The opinion boxes whose label is one of ``labels``."""
    return [box for box in approvals(paper) if labels.match(box.label)]
