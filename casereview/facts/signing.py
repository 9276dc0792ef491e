"""Where a paper is signed: at labels in cells and after colons, and in the closing part of a record
(words: ``用语/笔录签名.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from casereview.chinese import without_spaces
from casereview.chinese.wording import says
from casereview.chinese.wordlists import either, word_lists
from casereview.facts.approvals import groups_of
from casereview.facts.signature import Signature, signature
from casereview.facts.signers import NEXT_LABEL, QUOTED, Side, places_of
from casereview.model import PICTURE, Place
from casereview.papers.paper import Paper

RECORD_WORDS = "笔录签名.yaml"
LATE = 0.5  # share of a paper after which a label that does not ask for a signature counts
PARTY_LATE = 0.35  # share of a record after which the party signs
OFFICERS_LATE = 0.2  # share of a record before which no label of officers is looked for
_ASKS = re.compile(r"签|盖章|签收|确认")
_SLOT = (
    r"(?:[（(][^（）()\n]{1,14}[)）])?(?:或者?|及|和|、"
    r"|代表|[\u4e00-\u9fff]){0,10}?(?:签名|签字|签章|盖章|签收"
    r"|确认)?(?:或者?盖章)?(?:[（(][^（）()\n]{1,10}[)）])?"
)
_LEFT_OUT = re.compile(
    r"(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff：:（）])"
    r"|(?<=[\u4e00-\u9fff])(?:（(?![^（）]*[签章])[\u4e00-\u9fff、/]{1,6}）)"
    r"(?=[\u4e00-\u9fff]{1,6}(?:[（(][^（）()\n]{1,14}[)）])?[：:])"
)
_CONFIRMED = re.compile(
    r"(?:属实|一致|无误|相符|没有出入)[。，！]?[ \t]*(?:签[名字][：:])?"
    r"(?P<v>[^\n。：:]{2,40})(?=\n|$)"
)
_SAID = re.compile(r"[。？！?!]\s*$")  # how an answer ends, and no signature
_LooseText = tuple[str, list[int]]  # text without the gaps inside labels, and where it stood


def signing_places(p: Paper, labels: tuple[str, ...], like: str = "") -> list[Signature]:
    """Places for signing at one of ``labels`` or of the shape ``like``, in cells and after colons.

    Where a label asks for a signature (…签名、…盖章、…签收), only such places count:
    「当事人：某某」 at the head of a form is no signature.
    Without one, what stands in the second half of the paper counts.
    """
    wanted = _place_of(labels, like)
    every = [*_in_cells(p, wanted), *_after_colons(p, wanted)]
    asked = [sign for label, _, sign in every if _ASKS.search(label)]
    return asked or [sign for _, late, sign in every if late]


@lru_cache(maxsize=400)
def _place_of(labels: tuple[str, ...], like: str) -> re.Pattern[str]:
    """Labels, or those of a shape, with what may follow them where somebody signs."""
    names = "|".join(
        [*map(re.escape, sorted(labels, key=len, reverse=True)), *filter(None, [like])]
    )
    return re.compile(rf"(?<![受被未不非])(?P<l>(?:{names}){_SLOT})")


def _in_cells(p: Paper, wanted: re.Pattern[str]) -> Iterator[tuple[str, bool, Signature]]:
    """(label, does it stand late in the paper, what is signed) of cells beside a label."""
    rows = list(p.running_text.rows())
    heads = {head for _, head, _ in p.column_cells()}
    for i, (page, cells, boxes) in enumerate(rows):
        for written, value, box in zip(cells, cells[1:], boxes[1:], strict=False):
            label = without_spaces(written)
            if {written, value} <= heads:
                continue
            if label and wanted.fullmatch(re.sub(r"[：:]$", "", label)):
                quote = without_spaces(value).replace(PICTURE, "")[:QUOTED] or label
                place = Place(p.running_text.file, page, box, quote)
                sign = signature(value, place, page in p.recognised)
                yield label, i >= len(rows) * LATE, sign
    for page, head, cell in p.column_cells():
        label = re.sub(r"[：:]$", "", without_spaces(head))
        if wanted.fullmatch(label):
            quote = without_spaces(cell.text).replace(PICTURE, "")[:QUOTED] or label
            place = Place(p.running_text.file, page, cell.box, quote)
            yield label, True, signature(cell.text, place, page in p.recognised)


def _after_colons(p: Paper, wanted: re.Pattern[str]) -> Iterator[tuple[str, bool, Signature]]:
    """The same of what follows a label and a colon."""
    loose, spots = _loosened(p.running_text.text)
    for m in re.finditer(rf"{wanted.pattern}\s*[：:](?P<v>[^\n]*)", loose):
        value = _value(p.running_text.text, spots[m.start("v")], spots[m.end("v")])
        late = m.start() >= LATE * len(loose)
        label = m["l"].lstrip()
        yield label, late, _signed_at(p, label, value, spots[m.end("l") - len(label)])


def _value(text: str, start: int, end: int) -> str:
    """What stands behind a label; where that is nothing, the line below it with a picture and no
    label of its own (以上笔录已阅。当事人意见：⏎以上属实。 and a picture).
    """
    value = text[start:end]
    below = "" if value.strip() else text[end + 1 :].partition("\n")[0]
    return below if PICTURE in below and "：" not in below else value


@lru_cache(maxsize=64)
def _loosened(text: str) -> _LooseText:
    """``text`` without the gaps between the characters of labels (签 名：) and the remarks inside
    them (被检查（勘验）人：), and where each of its characters stood; names behind a label are told
    apart by their gaps.
    """
    left_out = _LEFT_OUT.finditer(text)
    edges = [0, *(n for m in left_out for n in m.span()), len(text)]
    kept = list(zip(edges[::2], edges[1::2], strict=True))
    spots = [n for a, b in kept for n in range(a, b)]
    return "".join(text[a:b] for a, b in kept), [*spots, len(text)]


def _signed_at(p: Paper, label: str, value: str, at: int) -> Signature:
    """What is signed in ``value``, up to the next label; ``at``: where its label stands in the
    text, below 0 where it was not found there.
    """
    place, close = p.running_text.tail(), without_spaces(label)
    if at >= 0:
        place = p.running_text.place(at, at + len(label), without_spaces=False)
    elif (spaced := p.running_text.without_spaces.rfind(close)) >= 0:
        place = p.running_text.place(spaced, spaced + len(close))
    return signature(NEXT_LABEL.split(value)[0], place, place.page in p.recognised)


def officer_places(p: Paper) -> list[Signature]:
    """Signing places of officers at the end of a record: the last of each label; those that ask for
    a signature where any does.
    """
    words = word_lists(RECORD_WORDS)
    shape = re.compile(
        rf"(?P<l>(?:被)?(?:{either(words['执法人员'])}){{1,3}}(?:（[^）]{{1,6}}）)?(?:人员?|成?员)"
        r"(?:[（(][^（）()\n]{1,12}[)）]|或者?|及|和|、|[\u4e00-\u9fff]){0,16}?"
        r"(?:签名|签字|签章|盖章|确认)?(?:或者?盖章)?[)）]?)"
        rf"\s*[：:](?P<v>[^\n]*(?:\n(?=\s*{PICTURE})[^\n]*)?)"
    )
    found: dict[str, Signature] = {}
    text = p.running_text.text
    loose, spots = _loosened(text)
    for m in shape.finditer(loose):
        label = m["l"]
        if not label.startswith("被") and not says(label, words["执法人员没有签名的栏目"]):
            value = text[spots[m.start("v")] : spots[m.end("v")]]
            at = text.find(without_spaces(label)[:4], int(len(text) * OFFICERS_LATE))
            found[label] = _signed_at(p, label, value, at)
    signing = [sign for label, sign in found.items() if "签" in label]
    return signing or places_of(p, Side.ACTING) or list(found.values())


def party_places(p: Paper) -> list[Signature]:
    """Signing places of the party in the closing part of a record: those that are signed, dated or
    empty, for a place with other words is a field.
    """
    words = word_lists(RECORD_WORDS)
    before, alone = either(words["当事人一侧"]), either(words["当事人"])
    acted_on = rf"[被受](?:{either(words['执法人员'])}){{1,3}}"  # 被调查询问人
    kinds = "单位|人员?|对象|者|主体|方|企业|场所"
    who = rf"(?:{before}|{acted_on})(?:（[^）]{{1,12}}）)?(?:{kinds})|{alone}"
    text, spots = _loosened(p.running_text.text)
    place = re.compile(rf"(?P<l>(?:{who})[^\n：:。，]{{0,20}}?)[：:](?P<v>[^\n]*)")
    out = []
    for m in place.finditer(text, int(len(text) * PARTY_LATE)):
        if not says(m["l"], words["当事人没有签名的栏目"]):
            value = p.running_text.text[spots[m.start("v")] : spots[m.end("v")]]
            if "签" not in m["l"] and _SAID.search(value):
                continue
            at = p.running_text.text.rfind(m["l"][:5])
            out.append(_signed_at(p, m["l"], value, at))
    return [s for s in out if s.signed or s.date or not without_spaces(s.text)]


def closing_signatures(p: Paper) -> list[Signature]:
    """Who signed behind the words by which somebody confirms a record (以上笔录已看，属实。), with
    the day, at no label.
    """
    text = p.running_text.text
    late = int(len(text) * PARTY_LATE)
    tail = p.running_text.tail()
    found = (signature(m["v"], tail) for m in _CONFIRMED.finditer(text, late))
    return [sign for sign in found if sign.signed and sign.date]


def recorder_places(p: Paper) -> list[Signature]:
    """Signing places of whoever wrote a record."""
    recorder = groups_of(p.vocab)["记录人栏"]
    return [s for s in signing_places(p, recorder.names, recorder.like) if s.signed]
