"""Places for signing whose label no list knows, told by whom the label speaks of: one who acts
(询问执法员签名), or one who is acted on or asks (应询人签名, 受检企业签收).

Words: ``用语/笔录签名.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from casereview.chinese import without_spaces
from casereview.chinese.wordlists import word_lists
from casereview.facts.signature import Signature, signature
from casereview.model import PICTURE, Place
from casereview.papers.once import once
from casereview.papers.paper import Paper

WORDS = "笔录签名.yaml"
QUOTED = 60  # characters of a signing place that a finding quotes
_LATE = 0.3  # share of a paper after which its signatures stand
_AFTER_COLON = re.compile(
    r"(?P<l>(?:[\u4e00-\u9fff（）()、/]|[^\S\n]+(?=[（(签])){2,26})(?<=[\u4e00-\u9fff)）])"
    r"\s*[：:](?P<v>[^\n]*)"
)
_ASKS = re.compile(r"签|捺印|捺指印|盖章|署名|画押")
NEXT_LABEL = re.compile(r"\s{1,}(?=[\u4e00-\u9fff（）]{2,14}[：:])")
_REMARK = re.compile(r"[（(][^（）()]*[)）]")
_OF_DAY = re.compile(r"[^签章人员者]+(?:日期|时间)")  # 送达（签收）日期, not 送达人签名及日期


class Side(Enum):
    """Whose place it is."""

    ACTING = "施方"
    OTHER = "受方"


def side_of(label: str) -> Side | None:
    """Whose place for signing a label names; None for somebody else's (见证人), and where it does
    not say.
    """
    words = word_lists(WORDS)
    bare = _REMARK.sub("", without_spaces(label))
    if bare.endswith(("问", "答", *words["不问谁的结尾"])) or _OF_DAY.fullmatch(bare):
        return None
    if bare.startswith(words["受方开头"]):
        return None if _holds(bare, words["别的人"]) and "负责" not in bare else Side.OTHER
    if _holds(bare, words["受方"]):
        return Side.OTHER
    if _holds(bare, words["别的人"]):
        return None
    return Side.ACTING if _holds(bare, words["施方"]) else None


def side_of_role(role: str) -> Side | None:
    """Which side a role of a standard is."""
    words = word_lists(WORDS)
    if role in words["受方角色"]:
        return Side.OTHER
    return Side.ACTING if role in words["施方角色"] else None


def places_of(paper: Paper, side: Side) -> list[Signature]:
    """Where one side signs a paper, by labels that ask for a signature; without such labels, where
    nothing but names stands behind a label of that side.
    """
    own = [(label, sign) for label, sign in _places(paper) if side_of(label) is side]
    asked = [sign for label, sign in own if _ASKS.search(label)]
    return asked or [sign for _, sign in own if sign.names and _only_names(sign)]


def signed_labels(paper: Paper) -> dict[str, Side]:
    """The labels, as they are printed, at which either side signed a paper -> whose they are."""
    signed = ((label, side_of(label)) for label, sign in _places(paper) if sign.signed)
    return {without_spaces(label): side for label, side in signed if side is not None}


def _holds(label: str, words: tuple[str, ...]) -> bool:
    return any(word in label for word in words)


def _only_names(sign: Signature) -> bool:
    """True where a place holds names and nothing else but a day."""
    rest = without_spaces(sign.text)
    for name in sign.names:
        rest = rest.replace(name, "")
    return not re.search(r"[\u4e00-\u9fff]", re.sub(r"[年月日、，,]", "", rest))


@once
def _places(paper: Paper) -> list[tuple[str, Signature]]:
    """(label, what stands there) of everything late on a paper that may be a place for signing."""
    return [*_in_cells(paper), *_after_colons(paper)]


def _in_cells(paper: Paper) -> Iterator[tuple[str, Signature]]:
    for page, cells, boxes in paper.running_text.rows():
        for written, value, box in zip(cells, cells[1:], boxes[1:], strict=False):
            label = re.sub(r"[：:]$", "", without_spaces(written))
            if 2 <= len(label) <= 20 and side_of(label):
                quote = without_spaces(value).replace(PICTURE, "")[:QUOTED] or label
                place = Place(paper.running_text.file, page, box, quote)
                yield label, signature(value, place, page in paper.recognised)


def _after_colons(paper: Paper) -> Iterator[tuple[str, Signature]]:
    text = paper.running_text.text
    for m in _AFTER_COLON.finditer(text, int(len(text) * _LATE)):
        if side_of(m["l"]):
            place = paper.running_text.place(m.start("l"), m.end("l"), without_spaces=False)
            value = NEXT_LABEL.split(m["v"])[0]
            yield m["l"], signature(value, place, place.page in paper.recognised)
