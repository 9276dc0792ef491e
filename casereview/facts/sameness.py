"""Whether two facts say the same: names, numbers, sums, days, articles, agencies, each in its own
way. A difference that may be a slip of recognition is told apart from one that is plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from casereview.chinese import id_check, is_resident_id, key, number_key, same_party
from casereview.facts.citations import provisions_in
from casereview.model import HIDDEN, Fact

RELATED = 70  # likeness from which two document numbers are two writings of one
SURE_NAME = 7  # characters of an agency's name from which one slip leaves no doubt whose it is
MOST_HIDDEN = 3  # characters that the star of a seal hides at one place
SHORTEST = 4  # characters from which a name that contains another counts as that other


class Likeness(StrEnum):
    """What comparing two facts gave. ``ALIKE``: different, but as two readings of one may be."""

    SAME = "相同"
    ALIKE = "相近"
    DIFFERENT = "不同"
    UNLIKE_KIND = "不能比"


Compare = Callable[[str, str], Likeness]


@dataclass(frozen=True)
class Comparison:
    """One way to compare. ``wrong``: what is wrong with one value alone ('' when nothing is);
    ``shown``: how a value is quoted in a finding.
    """

    compare: Compare
    wrong: Callable[[str], str] = lambda value: ""
    shown: Callable[[str], str] = lambda value: value
    alone: bool = False


def values_of(fact: Fact) -> list[str]:
    """The values of a fact, each as text."""
    every = fact.value if isinstance(fact.value, list) else [fact.value]
    return [f"《{v['law']}》{v['article']}" if isinstance(v, dict) else str(v) for v in every]


def _texts(a: str, b: str) -> Likeness:
    return _by_ratio(key(a), key(b), 80)


def _by_ratio(a: str, b: str, line: int) -> Likeness:
    if a == b:
        return Likeness.SAME
    return Likeness.ALIKE if fuzz.ratio(a, b) >= line else Likeness.DIFFERENT


_NOTE = re.compile(
    r"[（(](?:经营者|法定代表人|负责人|个体|委托|代理|系|以下|统一|身份|公民|当事人)[^（）()]*[)）]"
)


def party_key(name: str) -> str:
    """A name without notes such as (经营者：某某) or (法定代表人); brackets inside the name stay,
    in one shape.
    """
    return re.sub(r"[，,、。；;].*$", "", key(_NOTE.sub("", name))).strip("()：:·")


def _names(a: str, b: str) -> Likeness:
    """A name that is the beginning of the other is the same with a remark; a masked one is the
    same when the surname fits; owner and trade name of a sole trader are one party.
    """
    if same_party(a, b):
        return Likeness.SAME
    x, y = party_key(a), party_key(b)
    short, long = sorted((x, y), key=len)
    remark = long[len(short) : len(short) + 1] in ("(", ",")
    if x == y or (long.startswith(short) and (remark or len(short) >= SHORTEST)):
        return Likeness.SAME
    if _masks(x, y) or _masks(y, x):
        return Likeness.SAME
    return Likeness.ALIKE if _may_be_misread(x, y) else Likeness.DIFFERENT


def _may_be_misread(a: str, b: str) -> bool:
    """True when two strings differ as two readings of one do: a few characters taken for others,
    one lost or too many; recognition does not put in whole words.
    """
    slips = Levenshtein.distance(a, b)
    return slips <= (max(1, len(a) // 5) if len(a) == len(b) else 1)


def _masks(a: str, b: str) -> bool:
    """True when ``a`` is ``b`` with characters hidden: 李某, 李*, 华晟××公司."""
    kept = re.sub(r"[某*xX×＊]+", "", a)
    return kept != a and bool(kept) and b.startswith(kept[0])


def _numbers(a: str, b: str) -> Likeness:
    x, y = number_key(a), number_key(b)
    if x and y and (x.endswith(y) or y.endswith(x)):
        return Likeness.SAME
    likeness = _by_ratio(x, y, 85)
    return likeness if _figures_alike(x, y) else Likeness.DIFFERENT


def _sums(a: str, b: str) -> Likeness:
    try:
        x, y = Decimal(a), Decimal(b)
    except InvalidOperation:
        return Likeness.UNLIKE_KIND
    if x == y:
        return Likeness.SAME
    alike = Levenshtein.distance(a, b) <= 1 and _figures_alike(a, b)
    return Likeness.ALIKE if alike else Likeness.DIFFERENT


# figures that recognition takes for each other
_LOOKALIKE = tuple(map(set, ("0689", "38", "35", "56", "17", "14", "27", "49")))


def _figures_alike(a: str, b: str) -> bool:
    """False where a figure stands for one that it does not look like: that is no misreading."""
    for op in Levenshtein.editops(a, b):
        x, y = a[op.src_pos : op.src_pos + 1], b[op.dest_pos : op.dest_pos + 1]
        both = op.tag == "replace" and x.isdigit() and y.isdigit()
        if both and not any({x, y} <= group for group in _LOOKALIKE):
            return False
    return True


def _days(a: str, b: str) -> Likeness:
    x, y = a[:10], b[:10]
    if x == y:
        return Likeness.SAME
    return Likeness.ALIKE if Levenshtein.distance(x, y) <= 1 else Likeness.DIFFERENT


def code(text: str) -> str:
    """A credit code or ID in capitals; the letters O and I do not occur in either and are misread
    or mistyped figures.
    """
    return key(text).upper().replace("O", "0").replace("I", "1")


def _is_whole(number: str) -> bool:
    return bool(re.fullmatch(r"[0-9A-Z]{18}", number))


def _codes(a: str, b: str) -> Likeness:
    """Whole numbers of one kind only; two that have little in common belong to two people."""
    x, y = code(a), code(b)
    if not _is_whole(x) or not _is_whole(y) or is_resident_id(x) != is_resident_id(y):
        return Likeness.UNLIKE_KIND
    if x == y:
        return Likeness.SAME
    if id_check(x) and id_check(y):
        return Likeness.DIFFERENT if fuzz.ratio(x, y) >= 70 else Likeness.UNLIKE_KIND
    return Likeness.ALIKE


def _bad_code(number: str) -> str:
    return "校验位不符" if id_check(code(number)) is False else ""


def _hidden_code(number: str) -> str:
    n = code(number)
    return f"{n[:6]}******{n[-4:]}"


def _agencies(a: str, b: str) -> Likeness:
    """A name with the place before it, or with an office behind it, is the same agency; so is one
    of which a seal hides a little.
    """
    x, y = key(a), key(b)
    if _fits(x, y) or _fits(y, x):
        return Likeness.SAME
    short, long = sorted((x, y), key=len)
    if long.endswith(short) or long.startswith(short):
        return Likeness.SAME
    return Likeness.ALIKE if HIDDEN in x + y else _by_ratio(x, y, 70)


def _fits(name: str, whole: str) -> bool:
    """True when ``name`` is ``whole`` where no seal hides it, and enough of it is seen."""
    parts = name.split(HIDDEN)
    if len(parts) == 1 or HIDDEN in whole or sum(map(len, parts)) < SURE_NAME:
        return False
    between = f".{{1,{MOST_HIDDEN}}}"
    return re.fullmatch(between.join(map(re.escape, parts)), whole) is not None


HEAD = 2  # characters by which a name is known to begin
LEVELS = "省市县区旗州乡镇"


def head_lost(a: Fact, b: Fact) -> bool:
    """True for names of which one begins inside the other: a seal took the head of it on a
    recognised page, and what is left may be misread as well.
    """
    pairs = ((key(x), key(y)) for x in values_of(a) for y in values_of(b))
    return any(x.find(y[:HEAD]) > 0 or y.find(x[:HEAD]) > 0 for x, y in pairs)


def one_slip(how: str, a: Fact, b: Fact) -> bool:
    """True for names of agencies that differ by one character lost or taken for another when they
    were recognised below a seal; one that names another level (县, 市) is another agency.
    """
    if how != "机关":
        return False
    return any(_slipped(key(x), key(y)) for x in values_of(a) for y in values_of(b))


def _slipped(a: str, b: str) -> bool:
    edits = list(Levenshtein.editops(a, b))
    if len(edits) != 1 or min(len(a), len(b)) < SURE_NAME:
        return False
    (op,) = edits
    changed = (a[op.src_pos : op.src_pos + 1], b[op.dest_pos : op.dest_pos + 1])
    return op.tag != "replace" or not all(c in LEVELS for c in changed)


def _articles(a: str, b: str) -> Likeness:
    """Same law and same article; paragraphs and items may be written or left out."""
    return Likeness.SAME if a == b else Likeness.DIFFERENT


def _provisions(a: Fact, b: Fact) -> Likeness:
    """All articles of the one are among those of the other."""
    x, y = provisions_in(a), provisions_in(b)
    if not x or not y:
        return Likeness.UNLIKE_KIND
    inside = all(any(p.same_as(q) for q in y) for p in x)
    around = all(any(p.same_as(q) for q in x) for p in y)
    return Likeness.SAME if inside or around else Likeness.DIFFERENT


COMPARISONS: Mapping[str, Comparison] = {
    "文字": Comparison(_texts),
    "名称": Comparison(_names),
    "证照号码": Comparison(_codes, _bad_code, _hidden_code, alone=True),
    "文号": Comparison(_numbers),
    "金额": Comparison(_sums, shown=lambda value: f"{value}元"),
    "日期": Comparison(_days),
    "机关": Comparison(_agencies),
    "条文": Comparison(_articles),
}


def compare(how: str, a: Fact, b: Fact) -> Likeness:
    """The best likeness between any value of one fact and any of the other."""
    if how == "条文":
        return _provisions(a, b)
    order = (Likeness.SAME, Likeness.ALIKE, Likeness.DIFFERENT, Likeness.UNLIKE_KIND)
    got = {COMPARISONS[how].compare(x, y) for x in values_of(a) for y in values_of(b)}
    return next((likeness for likeness in order if likeness in got), Likeness.UNLIKE_KIND)


def unrelated(how: str, a: Fact, b: Fact) -> bool:
    """True when a receipt that gives ``b`` may speak of something else than ``a``: of whoever
    received it for the party, or of another paper that it serves too.
    """
    if how == "名称":
        return compare(how, a, b) is Likeness.DIFFERENT
    if how == "文号":
        near = (
            fuzz.ratio(number_key(x), number_key(y)) for x in values_of(a) for y in values_of(b)
        )
        return max(near, default=0) < RELATED
    return False
