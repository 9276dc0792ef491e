"""What stands on a paper and nobody understood: fields whose label no list knows, names under no
label. While such a thing may hold a fact, the fact is not missing (DESIGN, promise 11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from casereview.chinese import (
    DATE,
    EIGHTEEN,
    HAN,
    NUMERAL,
    find_money,
    find_numbers,
    id_check,
    key,
    says_unit,
    without_spaces,
)
from casereview.facts.approvals import groups_of
from casereview.facts.box_net import DAY_LIKE
from casereview.facts.officers import officers
from casereview.facts.readers import read_fact, registry_of, specs_of
from casereview.facts.registry import FactSpec, Labels
from casereview.facts.signature import is_person, may_sign, signature, split_names, without_print
from casereview.facts.statements import state_others
from casereview.model import PICTURE, Fact, Place
from casereview.papers.once import once_by
from casereview.papers.paper import Found, Paper
from casereview.papers.vocabulary import Vocabulary

CHOICE = "勾选"  # the reader of one of several options
QUOTED = 60  # characters of a strange field that a finding quotes
PEOPLE = ("签名", "人名", "人名单")
TOLD = ("记载", "文字", "名目", "名称", "机关")  # types of what is said in words
FIELD = 40  # characters of the longest value of a field that is no statement
BESIDE_NAMES = 8  # characters beside the names of a field; more are a sentence
WORDS = 4  # characters from which a value may tell something
OF_PARTIES, OF_OFFICERS = "证照号码", "执法证号"  # readers of numbers
LATE = 0.4  # share of a paper after which names may sign it
_OF_PLACE = re.compile(r"(?:地点|地址|住所|场所|处|位置)$")  # names of facts that are places
_PAPER_NUMBER = re.compile(r"[0-9A-Za-z〔〕()（）第字号\-]{5,}")
_PROVISION = re.compile(rf"[{NUMERAL}]条")  # a law without an article is no provision
# types of facts -> those whose values it cannot have: a period or a number is one thing only
_SORTS = {"期限": ("期限",), "号码": ("号码", "文号"), "文号": ("号码", "文号")}
_OF_PAYING = re.compile(  # a sentence on how to pay
    r"[^。；\n]*(?:银行|支行|信用社|专户|财政|缴款|缴纳|缴至|缴入|汇入|存入)[^。；\n]*"
)
_SUM_OR_DAY = re.compile(
    r"[￥¥][\d,.]+|[\d,.]+(?=[元圆])|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
)
_ACCOUNT = re.compile(
    r"(?:[账帐][号户]|卡号|电话|手机|[别款费验票付]码|[票单]号|流水号)"
    r"[^0-9。；]{0,12}[0-9][0-9\- \n]{4,}"
)
_RECEIVES, _ACTS = re.compile(r"[收领接]"), re.compile(r"执法|检查|办案|承办|记录|送达人|清点|收缴")
_LABEL = re.compile(rf"[{HAN}（）()、/]{{2,16}}")
_INLINE = re.compile(
    rf"(?:^|\s{{2,}}|(?<=[；;。]))(?P<label>[{HAN}（）、/]{{2,12}})[：:][ \t]*(?P<value>\S.*)$",
    re.M,
)
_SENTENCES = re.compile(r"[。；\n]")
_SPAN = re.compile(rf"[{NUMERAL}]+个?(?:工作日|日|天|月|年|小时)")
PLACE = re.compile(
    r"[省市县区旗镇乡村路街巷弄][\u4e00-\u9fff\d]|\d+号|[内外旁侧]$"
    r"|(?<!现)(?:店|厂|库|园|院|场|站|楼|室|门口|门前|车间|工地|码头|河段|路段)"
    r"(?:内|外|旁|前|后|处|$)"
)
# names with a place in them that tell where nobody was: of a firm, of a case
_NAMED = re.compile(
    r"[^，。；：:\n]{2,40}?(?:公司|合作社|事务所)(?![内外旁前后门处院厂])"
    r"|[^，。；：:\n]{2,40}案(?=现场|件|涉|中|的|检查|[，。；]|$)"
)
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:科|股|室|队)")  # inside an agency
_ADDRESS = re.compile(r"[路街道巷村镇弄][^，。；]{0,6}\d+号|\d+号[^，。；]{0,12}$")
_TEXT = re.compile(r"[：:。；￥]")  # a field, or the end of a sentence
_LONG_NUMBER = re.compile(r"[0-9A-Za-z]{6,}")


@lru_cache(maxsize=64)
def strange_fields(paper: Paper) -> tuple[tuple[str, Found], ...]:
    """Filled fields of a paper whose label is none that the vocabulary or its registered facts
    know, each under its label.
    """
    own = [spec.labels for spec in specs_of(paper).values()]

    def known(label: str) -> bool:
        bare = re.sub(r"[（(][^（）()]*[)）]", "", label)
        words = {label, bare, without_print(label).strip()} - {""}
        named = {key(w) for w in words} & known_labels(paper.vocab)
        opinion = any(groups_of(paper.vocab)["意见栏"].match(w) for w in words)
        return bool(named) or opinion or any(of.match(w) for of in own for w in words)

    return tuple(
        (label, found)
        for label, found in filled_fields(paper)
        if not known(label) and not _speaks(paper, label)
    )


def _speaks(paper: Paper, label: str) -> bool:
    """True for the name of a person who says what follows (王强：, 王强汇报案情：), and for a
    numbered heading.
    """
    if re.search(rf"[{NUMERAL}]$", label):
        return True
    verbs = registry_of(paper.vocab).groups["发言"].names
    says = (label[n:].startswith(verbs) and is_person(label[:n]) for n in (2, 3, 4))
    return (is_person(label)) or any(says)


@lru_cache(maxsize=64)
def known_labels(vocabulary: Vocabulary) -> frozenset[str]:
    """The keys of every label that any list knows."""
    registry = registry_of(vocabulary)
    specs = (spec for facts in registry.facts.values() for spec in facts.values())
    every = (name for spec in specs for name in spec.labels.names)
    groups = (name for labels in registry.groups.values() for name in labels.names)
    return frozenset(vocabulary.label_keys | {key(name) for name in (*every, *groups)})


def filled_fields(paper: Paper) -> Iterator[tuple[str, Found]]:
    """Every filled field: cells with the cell to their right, and what follows a colon."""
    labels = {label for label, _ in paper.pairs}
    for label, found in paper.pairs:
        value = found.without_spaces
        heads = key(value) in labels and paper.vocab.may_be_label(value)
        known = heads or key(value) in paper.vocab.label_keys
        if _LABEL.fullmatch(label) and value and not known:
            yield label, found
    for m in _INLINE.finditer(paper.running_text.text):
        place = paper.running_text.place(m.start("label"), m.end(), without_spaces=False)
        quote = without_spaces(place.quote).replace(PICTURE, "")[:QUOTED]
        yield m["label"], Found(m["value"], Place(place.file, place.page, place.box, quote))


def strange_hit(paper: Paper, spec: FactSpec) -> Place | None:
    """The first thing on the paper that nobody understood and that may hold the fact. What stands
    in sentences only is not looked for in fields.
    """
    said_only = spec.type in TOLD and spec.labels == Labels()
    for label, found in () if said_only else strange_fields(paper):
        if _is_another(paper, spec, label, found):
            continue
        value = replace(found, value=without_other_numbers(found.value, paper, spec))
        if may_hold(value, type_of(spec)):
            return found.place
    if type_of(spec) in PEOPLE:
        return lone_names(paper)
    return None


def _is_another(paper: Paper, spec: FactSpec, label: str, found: Found) -> bool:
    """True for a strange field that is surely none of the fact: its value is of another sort, it
    says something else, somebody signed there, or the unit said so.
    """
    if label in spec.never or (_signs_only(label, found) and type_of(spec) not in PEOPLE):
        return True
    if paper.vocab.may_be_label(label) and is_closed(found.without_spaces, spec):
        return True
    return not paper.recognised and _states_others(paper, found, spec)


def tells_place(text: str) -> bool:
    """True for a text that names a place, and not only in the name of a firm or a case."""
    return PLACE.search(_NAMED.sub("", text)) is not None


@once_by
def _read_otherwise(paper: Paper, type_: str) -> tuple[tuple[str, str], ...]:
    """(name, as written) of what the rules read on a paper as facts of a type."""
    specs = (spec for spec in specs_of(paper).values() if spec.type == type_)
    read = ((spec.name, read_fact(paper, spec)) for spec in specs)
    told = ((name, [fact.text, *_texts(fact)]) for name, fact in read if fact)
    return tuple((name, text) for name, texts in told for text in texts if text)


def _texts(fact: Fact) -> list[str]:
    """The values of a fact as text."""
    return list(map(str, fact.value if isinstance(fact.value, list) else [fact.value]))


def without_other_numbers(text: str, paper: Paper, spec: FactSpec) -> str:
    """A text without numbers that are surely not the fact: sums, days and sentences on paying where
    a number is asked; what was read as another fact of its sort; those of accounts and telephones;
    those whose check digit makes them the numbers of a person or a firm (GB 11643, GB 32100), but
    where these are asked for; those of certificates of officers, but where those are.
    """
    readers = {step.reader for step in spec.steps}
    if spec.type in ("号码", "文号"):
        text = _SUM_OR_DAY.sub("", _OF_PAYING.sub("", text))
    for type_ in _SORTS.get(spec.type, ()):
        for name, said in _read_otherwise(paper, type_):
            text = text.replace(said, "") if name != spec.name else text
    text = _ACCOUNT.sub("", text)
    if OF_PARTIES not in readers:
        text = EIGHTEEN.sub(lambda m: "" if id_check(m[0]) else m[0], text)
    if OF_OFFICERS not in readers:
        for officer in officers(paper) if any(map(str.isdigit, text)) else ():
            text = text.replace(officer.number, "") if officer.number else text
    return text


def _signs_only(label: str, found: Found) -> bool:
    """True for a picture at the label of a person: he signed there."""
    alone = not found.without_spaces.replace(PICTURE, "")
    return PICTURE in found.value and alone and label.endswith(("人", "员", "者", "签名", "签字"))


def _states_others(paper: Paper, found: Found, spec: FactSpec) -> bool:
    """True for a field of which every sentence that may hold the fact surely states another."""
    pieces = [replace(found, value=s) for s in _SENTENCES.split(found.value)]
    may = [piece.value for piece in pieces if may_hold(piece, type_of(spec))]
    return bool(may) and state_others(paper.vocab.folder, "。".join(may), spec.name)


def is_closed(value: str, spec: FactSpec) -> bool:
    """True for a value that is no more than a day, a number, a place or a name, where the fact is
    nothing of the kind.
    """
    kind = type_of(spec)
    if len(value) > FIELD or PICTURE in value:
        return False
    if not re.search(rf"[{HAN}]", DATE.sub("", value)):
        return kind not in ("日期", "时间", "期限", "金额", "号码", "文号")
    if _PAPER_NUMBER.fullmatch(value):
        return kind not in ("号码", "文号")
    if is_address(value):
        chosen = any(step.reader == CHOICE for step in spec.steps)
        return not _OF_PLACE.search(spec.name) and (kind != "文字" or chosen)
    return _is_name_alone(value, kind)


def _is_name_alone(value: str, kind: str) -> bool:
    """True for a value that only names people, a party or an office, where no name is asked."""
    if kind == "文字" and _OFFICE.fullmatch(value):
        return True
    may_name = {*TOLD, *PEOPLE, "条文"} - {"记载"}
    return kind not in may_name and not re.search(r"\d", value) and only_names(value)


def type_of(spec: FactSpec) -> str:
    """The type of what a field must hold to be the fact: who (拍摄人) and when (拍摄时间) are names
    and days, where (拍摄地点) a place, also where only their being told is asked.
    """
    if spec.type != "记载":
        return spec.type
    asked = {"人": "人名", "人员": "人名", "时间": "日期", "日期": "日期", "地点": "地点"}
    return next((kind for end, kind in asked.items() if spec.name.endswith(end)), spec.type)


def may_hold(found: Found, type_: str) -> bool:
    """True when a value may be of a fact's type."""
    value = found.without_spaces
    if PICTURE in value:  # a picture with no more than its day signs, and says nothing else
        signs = DATE.search(value) and not DATE.sub("", value).replace(PICTURE, "")
        return not signs or type_ in (*PEOPLE, "日期", "时间")
    if type_ in ("日期", "时间"):
        return bool(DAY_LIKE.search(value))
    if type_ in PEOPLE:
        return _names_people(found)
    if type_ == "地点":
        return tells_place(value)
    if type_ in ("金额", "期限", "文号", "号码", "条文"):
        return _has(value, type_)
    bare = re.sub(rf"[^{HAN}]", "", DATE.sub("", value))
    if type_ != "记载" and (len(value) > FIELD or is_address(value)):
        return False
    return len(bare) >= WORDS and not only_names(found.value)


def _names_people(found: Found) -> bool:
    """True for a field that names people and says little besides."""
    names = signature(found.value, found.place).names
    rest = re.sub(rf"[^{HAN}]", "", found.without_spaces)
    for name in names:
        rest = rest.replace(without_spaces(name), "")
    return bool(names) and len(rest) <= BESIDE_NAMES


def is_address(value: str) -> bool:
    """True for a value with the number of a house on its road."""
    return _ADDRESS.search(value) is not None


def only_names(value: str) -> bool:
    """True for a value that is no more than whom it names: people, or one party."""
    flat = without_spaces(value)
    if says_unit(flat) and not re.search("[，。；]", flat):
        return True
    return all(may_sign(word) for word in split_names(without_print(value)))


def _has(value: str, type_: str) -> bool:
    """True when a value holds a sum, a span, a number or a provision."""
    tests = {
        "金额": lambda: next(find_money(value), None) is not None,
        "期限": lambda: _SPAN.search(value) is not None,
        "文号": lambda: next(find_numbers(value), None) is not None,
        "号码": lambda: _LONG_NUMBER.search(value) is not None,
        "条文": lambda: _PROVISION.search(value) is not None,
    }
    return bool(tests[type_]())


def strange_signature(paper: Paper) -> Place | None:
    """Where somebody other than an officer may have signed for what he got, at a label that nobody
    knows.
    """
    fields = (found for label, found in strange_fields(paper) if _is_of_receiver(label))
    return next((found.place for found in fields if may_hold(found, "签名")), None)


def _is_of_receiver(label: str) -> bool:
    return bool(_RECEIVES.search(label)) and not _ACTS.search(label)


@lru_cache(maxsize=64)
def lone_names(paper: Paper) -> Place | None:
    """Where names stand alone in the later part of a paper, in no field and below no label:
    somebody signed there, and nobody knows as what.
    """
    lines = [(page, line) for page, line in paper.running_text.lines if key(line.text)]
    late = lines[int(len(lines) * LATE) :]
    for (_, above), (page, line) in pairwise(late):
        if line.cell is None and not _asks(above.text) and not _TEXT.search(line.text):
            place = Place(
                paper.running_text.file, page, line.box, without_spaces(line.text)[:QUOTED]
            )
            words = split_names(without_print(line.text))
            names = signature(line.text, place).names
            if names and len(names) == len(words) and all(map(is_person, names)):
                return place
    return None


def _asks(line: str) -> bool:
    """True for a line that asks for what stands behind it or below it."""
    return bool(re.search(r"[：:]", line))
