"""Who is punished, as the head of a decision or notice says it: names, numbers, address, and the
paper's own number. Labels are groups of the registry (``文书/_栏目.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese import DOC_NUMBER, EIGHTEEN, find_numbers, id_check, without_spaces
from casereview.facts import head
from casereview.facts.approvals import groups_of
from casereview.facts.officers import officers
from casereview.facts.run_on import run_on_fields
from casereview.model import Fact, Place
from casereview.papers.paper import Paper

HEAD = 900  # characters that a head may have
NEAR = 40  # characters by which a label may stand behind the end of the head
NUMBER_IN = 400  # characters in which the paper's own number stands
TITLE = 30  # characters of a title that come before any body
LETTER = 500  # characters in which a letter is addressed
_BODY = re.compile(
    r"当事人|被处罚|单位名称|案由|案件名称|经查|根据|依据|你单位|\n[^\n]{2,40}[：:]\n"
)
_FACTS = re.compile(r"经查|查明|根据|违法事实|\n一、|我局|本机关|本局|涉嫌")
_OPENING = re.compile(r"\n*([^\n：:，。]{2,30})，(?:地址|住址|住所|性别|男|女)")
_ADDRESSED = re.compile(r"(?:^|\n)([^\n：:，。]{2,45})[：:](?=\n)")
_NO_ADDRESSEE = re.compile(
    r"(?:书|表|号|证|码|址|地|住所|姓名|名称|日期|时间|事由|当事人|如下|处罚人|情况|内容)$"
)
_ANY_NAME = re.compile(r"[\u3400-\u9fff·]{2,}(?:（[\u3400-\u9fff]{2,10}）)?[\u3400-\u9fff·]{2,}")
_SIGNED = re.compile(r"^[^：:]{0,12}(?:签名|签字|签章|签收|盖章)[^：:]{0,8}[：:]")
_ANSWER = re.compile(r"(?:没有|没什么|无异议|无意见|不|同意|认可|属实|清楚)")
_CODE = re.compile(r"(?:营业执照)?([0-9A-Za-z*X×]{8,20}(?:-[0-9A-Za-z])?)")
_OF_ANOTHER = re.compile(r"执法|代理|代表|负责人|经办|联系")
OF_WHOM = 14  # characters before a number that tell whose it is
_MORE = re.compile(r"[；;]|(?:，|,)?(?:邮编|电话|联系)")


def doc_number(paper: Paper) -> Fact | None:
    """The paper's own number: in the head, before the body names others."""
    text = paper.running_text.without_spaces
    body = _BODY.search(text)
    limit = max(body.start() if body else NUMBER_IN, TITLE)
    found = next(find_numbers(text[: min(limit, NUMBER_IN)]), None)
    if found is None:
        return None
    value, start, end = found
    return Fact(value, value, paper.running_text.place(start, end))


def parties(paper: Paper) -> Fact | None:
    """Names of the parties punished, from the labelled head; else the addressee line."""
    names: dict[str, Place] = {}
    for name, place in _labelled(paper):
        names.setdefault(name, place)
    for read in (_run_on, head.named, head.told):
        for name, place in () if names else read(paper):
            names.setdefault(name, place)
    if names:
        return Fact(list(names), "、".join(names), next(iter(names.values())))
    got = addressee(paper)
    return Fact([got[0]], got[0], got[1], 0.9) if got else None


def _labelled(paper: Paper) -> Iterator[tuple[str, Place]]:
    """Names at the labels of a party: the first, and others that are labelled so in the text."""
    text = paper.running_text.without_spaces
    ends = _FACTS.search(text)
    limit = ends.start() if ends and ends.start() > TITLE else HEAD
    first = True
    for at, name, place in _head_first(paper, limit + NEAR):
        again = any(f"当事人{colon}{name}" in text for colon in "：:")
        if first or (at <= limit + NEAR and again):
            yield name, place
            first = False


def _head_first(paper: Paper, limit: int) -> list[tuple[int, str, Place]]:
    """(where it stands, name, place) of every name at a label of a party that asks for no
    signature; those before ``limit`` come first.
    """
    text, labels = paper.running_text.without_spaces, groups_of(paper.vocab)["当事人栏"]
    fields = paper.fields(*labels.names, like=labels.like, mean=labels.mean)
    named = [(f, head.clean_name(f.value)) for f in fields if not _SIGNED.search(f.place.quote)]
    said = [(f, name) for f, name in named if name and not _ANSWER.match(name)]
    found = [(text.find(without_spaces(f.value)[:8]), name, f.place) for f, name in said]
    return sorted(found, key=lambda one: one[0] > limit)


def _run_on(paper: Paper) -> Iterator[tuple[str, Place]]:
    """The first name in a cell that writes label and value without anything between."""
    labels = groups_of(paper.vocab)["当事人栏"].names
    for label, found in run_on_fields(paper):
        if label in labels and (name := head.clean_name(found.value)):
            yield name, found.place
            return


def addressee(paper: Paper) -> tuple[str, Place] | None:
    """'某某公司：' on a line of its own near the top, or a name before 地址 at the very start."""
    text = paper.running_text.without_spaces
    m = _OPENING.match(text)
    if m and head.clean_name(m[1]):
        return head.clean_name(m[1]), paper.running_text.place(m.start(1), m.end(1))
    for m in _ADDRESSED.finditer(text[:LETTER]):
        name = head.clean_name(m[1]) or _by_position(m[1])
        other = _NO_ADDRESSEE.search(m[1]) or DOC_NUMBER.search(m[1])
        if name and not other and not paper.vocab.is_label(m[1]):
            return name, paper.running_text.place(m.start(1), m.end(1))
    return None


def _by_position(line: str) -> str:
    """Who is addressed by a line of its own: a name of whatever ending (某某货运信息部);
    '' for what holds other marks.
    """
    return line if _ANY_NAME.fullmatch(line) else ""


def id_numbers(paper: Paper) -> Fact | None:
    """Identity or registration numbers of the parties as written."""
    numbers = _labelled_numbers(paper) or dict(_self_certified(paper))
    if not numbers:
        return None
    return Fact(list(numbers), "、".join(numbers), next(iter(numbers.values())))


def _labelled_numbers(paper: Paper) -> dict[str, Place]:
    """Numbers at the labels of such, but those of officers."""
    labels = groups_of(paper.vocab)["证照号码栏"]
    run_on = (found for label, found in run_on_fields(paper) if labels.match(label))
    fields = paper.fields(*labels.names, like=labels.like, mean=labels.mean)
    numbers: dict[str, Place] = {}
    for found in (*fields, *run_on):
        m = _CODE.match(found.without_spaces)
        if m and re.search(r"\d", m[1]):
            numbers.setdefault(m[1], found.place)
    of_officers = {o.number for o in officers(paper)} if numbers else set()
    return {n: at for n, at in numbers.items() if n not in of_officers}


def _self_certified(paper: Paper) -> Iterator[tuple[str, Place]]:
    """The first number of the head, whatever its label, whose check digit makes it the number of a
    person or a firm (GB 11643, GB 32100), but one of an officer.
    """
    text = paper.running_text.without_spaces
    for m in EIGHTEEN.finditer(text[:HEAD]):
        label = text[max(0, m.start() - OF_WHOM) : m.start()]
        if id_check(m[0]) and not _OF_ANOTHER.search(label):
            yield m[0], paper.running_text.place(m.start(), m.end())
            return


def address(paper: Paper) -> Fact | None:
    """The party's address."""
    labels = groups_of(paper.vocab)["地址栏"]
    found = paper.field(
        *labels.names, like=labels.like, accept=r"[\u4e00-\u9fff]{2}", mean=labels.mean
    )
    if not found:
        got = head.address(paper)
        return Fact(got[0], got[0], got[1]) if got else None
    value = _MORE.split(found.without_spaces)[0].strip("，。,")
    return Fact(value, value, found.place) if value else None
