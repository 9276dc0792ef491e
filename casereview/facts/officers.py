"""Officers that a record names, with their certificates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from casereview.chinese import DATE, NAME, has_gaps, is_name, key, without_spaces
from casereview.chinese.names import is_compound
from casereview.chinese.wordlists import either, word_lists
from casereview.facts.approvals import groups_of
from casereview.facts.signature import NOT_NAMES
from casereview.facts.unit_lists import HIRED
from casereview.facts.unit_lists import WORDS as ROSTER
from casereview.model import PICTURE, Place
from casereview.model.nouns import noun
from casereview.papers.once import once
from casereview.papers.paper import Found, Paper

# with the letters and the province before its figures, in any order: 冀C0930012, HZ农执16-021
_WORD = r"(?![号码为是编])[\u4e00-\u9fff]"
_A_NUMBER = (
    rf"(?:(?:{_WORD}[A-Z]{{1,4}}|[A-Z]{{0,4}})(?:{_WORD}){{0,3}})?"
    r"\d{2,20}(?:[-—]\d{2,8})?(?![\d元])"
)
_CERT = re.compile(
    rf"(?P<name>{NAME})(?<!行政)(?<!执法)(?<!执)(?<!证)[（(，,：:\s]*"
    r"(?:的?(?:行政)?执法(?:证件?|人员)?(?:编?号码?)?(?:为|是)?[：:]?"
    r"|证件?(?:编?号码?)(?:为|是)?[：:]?|证[：:]|编号[：:]?)?"
    r"[（(\s]*(?P<no>[A-Z\d\u4e00-\u9fff]{0,4}?[A-Z]{0,3}[-—]?\d{5,20}(?![\d年])[A-Z]?)[)）]?"
)
# names, then as many numbers, both in order: 甲、乙 执法证号：1、2
_IN_ORDER = re.compile(
    rf"(?P<names>{NAME}(?:[、，,和及与]{NAME})+)(?<!行政)(?<!执法)(?<!执)[（(，,；;]*"
    r"(?:行政)?(?:执法)?证件?(?:编?号码?|编号)(?:分别)?(?:为|是)?[：:]?"
    rf"(?P<numbers>{_A_NUMBER}(?:[、，,和及与/]{_A_NUMBER})+)"
)
_CERTIFIED = re.compile(
    rf"(?P<name>{NAME})[（(](?:行政)?执法证件?(?:编?号码?|编号)?[：:]?(?P<no>{_A_NUMBER})[)）]"
)
# a certificate in brackets behind a name: 秦海涛（HZ农执16-021）; no day, no telephone
_IN_BRACKETS = re.compile(
    rf"(?P<name>{NAME})[（(](?:执法|证号|编号|证)*[：:]?(?!电话|手机|时间|日期)"
    r"(?P<no>(?:[A-Z\u4e00-\u9fff]{1,8}\d{2,12}|\d{5,12})[-—]\d{2,8})[)）]"
)
# 我们是某局执法人员甲、乙，证件号码为1、2
_INTRODUCED = re.compile(
    rf"(?:我们?|本人)(?:两人|二人)?是[^。；\n]{{0,40}}?(?:人员|执法员|监督员)"
    rf"(?P<names>{NAME}(?:[、，,和及与]{NAME})*)[，,；;（(](?:这是[^，,。]{{0,12}}[，,])?"
    r"(?:我们的|执法|行政)*证件?(?:编?号码?|编号)?(?:分别)?(?:为|是|[：:])*"
    rf"(?P<numbers>{_A_NUMBER}(?:[、，,和及与/]{_A_NUMBER})*)"
)
# a line of names with numbers under a label that asks for both: …及执法证号：⏎甲（1）乙（2）
_EACH = rf"{NAME}[（(]{_A_NUMBER}[)）]"
_UNDER_LABEL = re.compile(
    rf"证件?编?号码?[)）]?[：:]\n(?P<line>{_EACH}(?:[、，,]?{_EACH})*)(?=\n|$)"
)
QUESTIONING = "询问笔录"
_CERTIFICATE = re.compile(_A_NUMBER)
_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新")
_LONG_NAME = 3  # characters of all but few names
_END_OF_OFFICER = "员"  # 监督人员, 执法员
_UNNUMBERED = re.compile(r"(?:(?:行政)?执法)?证件?编?号码?[：:]?")  # its number stands elsewhere
_CERT_WORDS = re.compile(  # what stands between a name and the number of the certificate
    r"(?:的|行政|执法|检查|监督|人员|工作|证件|证书|证|编号|编码|号码|代码|工号|号|码|为|是"
    r"|[Nn][Oo]\.?|[（(）)，,、；;：:])+$"
)
_NUMBER = re.compile(r"[A-Z]*\d{5,20}(?:[-—]\d{2,8})?(?![\d年])")
_LISTED_NUMBER = re.compile(r"[A-Z]*\d{5,20}(?:[-—]\d{2,8})?|\d{2,6}[-—]\d{2,8}")
# no part of a longer number, of a telephone with its area, of a code of a firm, of an address
_LOOSE_NUMBER = re.compile(
    r"(?<![\dA-Za-z.])(?<!\d[-—])(?<!电话)(?<!电话：)[A-Z]{0,3}\d{5,17}(?![\dA-Za-z.年]|号(?!码))"
)
_LANDLINE = re.compile(r"^0\d{2,3}[-—]?\d{7,8}$")
_PHONE = re.compile(r"1[3-9]\d{9}")
_NO_FIGURE = re.compile(r"\D")
_BETWEEN, _AND = re.compile(r"[、，,；;]"), re.compile(r"[、，,和及与/]")
_SENTENCE = re.compile(r"[^。；\n]*[。；]")
LATE = 0.6  # share of a record after which officers sign
_BRACKETS, _BRACKETED = re.compile(r"[（(][^（）()]*[)）]"), re.compile(r"[（(]")


@noun(frozen=True)
class Officer:
    """An officer named in a record, with certificate number ('' when none) and place."""

    name: str
    number: str
    place: Place


def _bare(name: str) -> str:
    """A name without the end of the word before it: 监督人员|员普文华."""
    rest = name[1:]
    return rest if name[0] == _END_OF_OFFICER and len(rest) > 1 and is_name(rest) else name


def _ends_in(long: Officer, short: Officer) -> bool:
    """True for an officer read with a letter of the words before his name: 员孙小明."""
    same = bool(long.number) and long.number == short.number
    return same and long.name != short.name and long.name.endswith(short.name)


def same_number(one: str, other: str) -> bool:
    """True for two ways of writing a number of a certificate: with or without the letters and words
    before its figures.
    """
    return _NO_FIGURE.sub("", one) == _NO_FIGURE.sub("", other)


@once
def officers(paper: Paper) -> list[Officer]:
    """Officers of a record: from the field that names them (the fullest one), with numbers where
    given.
    """
    told = next(filter(None, (read(paper) for read in _TELLING)), [])
    who = _with_introduced(_with_recorder(paper, _fullest(paper)), told)
    who = [o for o in who if not any(_ends_in(o, other) for other in who)]
    numbers = _numbers_apart(paper, who)
    return [
        replace(o, number=o.number or numbers.get(o.name, "") or _number_near(paper, o.name))
        for o in who
    ]


def _with_introduced(who: list[Officer], introduced: list[Officer]) -> list[Officer]:
    """Officers with the numbers that they told when they introduced themselves, and those who are
    named nowhere else.
    """
    told = {o.name: o.number for o in introduced}
    known = [replace(o, number=o.number or told.get(o.name, "")) for o in who]
    return known + [o for o in introduced if o.name not in _names(who)]


def _certified(paper: Paper) -> list[Officer]:
    """Officers whose certificate is named in brackets right behind the name, wherever they stand:
    执法人员签名：甲（执法证号1） 乙（执法证号2）.
    """
    text = paper.running_text.without_spaces
    found = (m for m in _CERTIFIED.finditer(text) if not NOT_NAMES.search(m["name"]))
    place = paper.running_text.place
    return [Officer(_bare(m["name"]), m["no"], place(m.start(), m.end())) for m in found]


def _under_label(paper: Paper) -> list[Officer]:
    """Officers of the line below a label that asks for names and numbers and holds none."""
    m = _UNDER_LABEL.search(paper.running_text.without_spaces)
    if m is None:
        return []
    place = paper.running_text.place(m.start("line"), m.end("line"))
    return [Officer(name, no, place) for name, no in _beside(_CERT, m["line"])]


def _in_rows(paper: Paper) -> list[Officer]:
    """Officers of rows that hold a name, the label of its number and the number, whatever label
    stands before them or spans the rows.
    """
    labels = set(map(key, _labels(paper, "执法证号栏", "执法证号")))
    found: dict[str, Officer] = {}
    for page, cells, boxes in paper.running_text.rows():
        texts = [without_spaces(cell) for cell in cells]
        for at, (name, label, no) in enumerate(zip(texts, texts[1:], texts[2:], strict=False)):
            named = is_name(name) and not NOT_NAMES.search(name)
            if named and key(label) in labels and _CERTIFICATE.fullmatch(no):
                place = Place(paper.running_text.file, page, boxes[at], name)
                found.setdefault(name, Officer(name, no, place))
    return list(found.values())


def _introduced(paper: Paper) -> list[Officer]:
    """Officers who tell their names and numbers in one sentence, as many of one as of the other."""
    text = paper.running_text.without_spaces
    for m in _INTRODUCED.finditer(text):
        names = [n for n in _AND.split(m["names"]) if is_name(n) and not NOT_NAMES.search(n)]
        numbers = _AND.split(m["numbers"])
        if len(names) == len(numbers):
            place = paper.running_text.place(m.start("names"), m.end("numbers"))
            return [Officer(n, no, place) for n, no in zip(names, numbers, strict=True)]
    return []


# ways of telling names and numbers together, the first of which that finds any is believed
_TELLING = (_introduced, _certified, _under_label, _in_rows)


def _with_recorder(paper: Paper, who: list[Officer]) -> list[Officer]:
    """One officer, with another who writes it down: who asks and who writes question together
    (行政处罚法 42). On other records the recorder is an officer where his number is told; where
    more are named, or nobody, he may be anyone.
    """
    if len(_names(who)) != 1:
        return who
    asked = paper.doc.kind == QUESTIONING
    recorder = groups_of(paper.vocab)["记录人栏"]
    for found in paper.fields(*recorder.names, like=recorder.like):
        other = [o for o in _named(found)[:1] if o.name not in _names(who)]
        return who + [o for o in other if asked or o.number]
    return who


def _fullest(paper: Paper) -> list[Officer]:
    """The officers of the field that names most of them; or of all fields where each line names one
    (执法人员：甲 证号：1 / 执法人员：乙 证号：2).
    """
    best: list[Officer] = []
    single: dict[str, Officer] = {}
    group = groups_of(paper.vocab)["执法人员"]
    names = _labels(paper, "执法人员", "执法人员")
    for found in paper.fields(*names, like=group.like, mean=group.mean):
        got = _named(found)
        if len(_names(got)) == 1:
            single.setdefault(got[0].name, got[0])
        if _fuller(got, best):
            best = got
    return list(single.values()) if len(single) > len(_names(best)) else best


def _fuller(got: list[Officer], best: list[Officer]) -> bool:
    """True when a field names more officers, or as many with more numbers."""
    numbered = sum(bool(o.number) for o in got) > sum(bool(o.number) for o in best)
    return len(_names(got)) > len(_names(best)) or (numbered and len(got) >= len(best))


def _names(who: list[Officer]) -> set[str]:
    return {o.name for o in who}


def _numbers_apart(paper: Paper, who: list[Officer]) -> dict[str, str]:
    """Numbers from a field of their own, where it has one for each officer and none stands beside a
    name.
    """
    if any(_number_near(paper, o.name) for o in who):
        return {}
    out: dict[str, str] = {}
    for label in _labels(paper, "执法证号栏", "执法证号"):
        fields = [_LISTED_NUMBER.findall(found.without_spaces) for found in paper.fields(label)]
        for numbers in fields:
            if len(numbers) == len(who):
                out = dict(zip((o.name for o in who), numbers, strict=True))
        out = out or _one_each(who, fields)
    return out


def _one_each(who: list[Officer], fields: list[list[str]]) -> dict[str, str]:
    """Numbers of fields that hold one each, where there are as many as officers."""
    single = list(dict.fromkeys(numbers[0] for numbers in fields if len(numbers) == 1))
    if len(single) != len(who) or len(who) < 2:
        return {}
    return dict(zip((o.name for o in who), single, strict=True))


def _labels(paper: Paper, group: str, fact: str) -> tuple[str, ...]:
    """The labels of a group, and those under which the unit itself said that the fact stands."""
    told = paper.vocab.house.labels_of(paper.doc.kind, fact)
    return (*groups_of(paper.vocab)[group].names, *told)


def _named(found: Found) -> list[Officer]:
    """The officers that one field names, with their numbers where they stand beside the names;
    read without its gaps, or with them where that shows more (扎西·旺堆 证号：1 陈敏 证号：2).
    """
    value = found.value.replace(PICTURE, " ")
    if not has_gaps(value, 1):  # both are the same
        return _in(without_spaces(value), found)
    close, apart = _in(_joined(value), found), _in(" ".join(value.split()), found)
    return apart if _fuller(apart, close) and len(_names(apart)) > len(_names(close)) else close


@lru_cache(maxsize=8)
def _assistant(words: tuple[str, ...]) -> re.Pattern[str]:
    """A name with a remark that he is no officer: 甲（消防文员）."""
    return re.compile(rf"{NAME}[（(][^（）()]{{0,8}}(?:{either(words)})[^（）()]{{0,6}}[)）]")


def _in(text: str, found: Found) -> list[Officer]:
    """The officers in one reading of a field."""
    if "（" in text or "(" in text:
        text = _assistant(word_lists(ROSTER)[HIRED]).sub("、", text)
    beside = (_beside(shape, text) for shape in (_CERT, _IN_BRACKETS, _CERTIFIED))
    readings = [*beside, list(_between_numbers(text))]
    numbered = _in_order(text) or max(readings, key=lambda who: len(dict(who)))
    got = [Officer(n, no, found.place) for n, no in _without_province(numbered)]
    rest = _CERTIFIED.sub("、", _IN_ORDER.sub("、", text))
    bare = _BRACKETS.sub("", _UNNUMBERED.sub("、", _CERT.sub("、", rest)) if got else text)
    stop = DATE.search(bare) if not got else None
    have = _names(got)
    plain = (n for n in _listed(bare[: stop.start()] if stop else bare) if n not in have)
    return got + [Officer(n, "", found.place) for n in plain]


def _without_province(numbered: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names and numbers, the province with which all numbers begin taken from the ends of the names
    that it was read with: 吴秋月|闽1359020123.
    """
    ends = {name[-1] for name, _ in numbered}
    if len(ends) != 1 or not ends <= _PROVINCES or not all(is_name(n[:-1]) for n, _ in numbered):
        return numbered
    several = len(numbered) > 1 or any(len(n) > _LONG_NAME for n, _ in numbered)
    return [(n[:-1], n[-1] + no) for n, no in numbered] if several else numbered


def _in_order(text: str) -> list[tuple[str, str]]:
    """Names that are followed by as many numbers; [] where the text has no such lists."""
    m = _IN_ORDER.search(text)
    names, numbers = (_AND.split(m["names"]), _AND.split(m["numbers"])) if m else ([], [])
    alike = len(names) == len(numbers) and all(is_name(n) for n in names)
    return list(zip(names, numbers, strict=True)) if alike else []


def _beside(shape: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Names with the number that a shape finds beside each."""
    found = ((m["name"], m["no"]) for m in shape.finditer(text) if not _LANDLINE.search(m["no"]))
    return [(_bare(name), no) for name, no in found if not NOT_NAMES.search(name)]


def _between_numbers(text: str) -> Iterator[tuple[str, str]]:
    """Names with the number that follows each, whatever words for the certificate stand between."""
    at = 0
    for m in _NUMBER.finditer(text):
        name = _CERT_WORDS.sub("", text[at : m.start()]).strip("、，,；;。（）()：: ")
        at = m.end()
        if is_name(name) and not NOT_NAMES.search(name):
            yield name, m[0]


def _joined(value: str) -> str:
    """A field without spaces, but for a comma between whole names that only a gap parts."""
    out, last = "", ""
    for piece in value.split():
        out += "、" if _is_whole(last) and _is_whole(_BRACKETED.split(piece)[0]) else ""
        out, last = out + piece, piece
    return out


def _is_whole(piece: str) -> bool:
    """True for a name that is more than a surname."""
    return len(piece) > 1 and is_name(piece) and not (len(piece) == 2 and is_compound(piece))


def _listed(text: str) -> Iterator[str]:
    """Names between commas; none where most that stands there is something else: a sentence."""
    parts = [part for part in _BETWEEN.split(text) if part]
    names = [n for n in parts if is_name(n) and not NOT_NAMES.search(n)]
    return iter(names if len(names) * 2 >= len(parts) else ())


def _number_near(paper: Paper, name: str) -> str:
    """A long number that follows the name anywhere in the record, whatever the words between, also
    on the line after 证号：; the first of several numbers may be another's.
    """
    m = re.search(
        rf"{name}[^。；;、\n]{{0,16}}?(?:[号码][：:]?\n)?(?<![\d年月])([A-Z]{{0,3}}\d{{6,20}})"
        r"(?!年|[、，,/和及与]?[\u4e00-\u9fff]{0,2}[A-Z]{0,3}\d)",
        paper.running_text.without_spaces,
    )
    return m[1] if m else ""


def known_officers(papers: Iterable[Paper]) -> frozenset[str]:
    """The names of all officers whom some papers name."""
    return frozenset(o.name for paper in papers for o in officers(paper))


def named_late(paper: Paper, known: frozenset[str]) -> frozenset[str]:
    """Which of the ``known`` officers the last part of a paper names outside of sentences, where
    people sign.
    """
    text = paper.running_text.without_spaces
    end = _SENTENCE.sub("", text[int(len(text) * LATE) :])
    return frozenset(name for name in known if name in end)


def loose_numbers(paper: Paper, named: list[Officer]) -> list[str]:
    """Long numbers of a record that belong to no officer who was read with his: certificate numbers
    may be among them, in a column or a sentence that was not understood.
    """
    have = {o.number for o in named}
    every = _LOOSE_NUMBER.findall(paper.running_text.without_spaces)
    return [n for n in every if n not in have and not _PHONE.fullmatch(n)]
