"""Numbers that name something: of documents (文号), of people and firms (证照号码)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casereview.chinese.characters import HAN, key, without_spaces
from casereview.chinese.numerals import cn_number

_LB, _RB = "〔【［\\[（(﹝〈<", "〕】］\\]）)﹞〉>"
_HANDIGIT = "〇○零一二三四五六七八九"
# the word of the agency: 芦水罚决字, 皖9902农罚, （嘉）市监药罚字, 农（种子）罚
_WORD = (
    rf"(?:[{HAN}A-Za-z]|[{_LB}][{HAN}A-Za-z]{{1,8}}[{_RB}]"
    rf"|(?<!\d)\d{{1,12}}(?=[{HAN}A-Za-z{_LB}])(?![年月日号时分元条款项人个家次份张页])"
    rf"|(?<=[A-Za-z\d])[-—－](?=[{HAN}A-Za-z])"
    # a line ends inside the word; a title or an agency above the number is no part of it
    rf"|(?<=[{HAN}\d])(?<![书表单录告证页号局厅委府队所])\n(?=[{HAN}]{{1,3}}\s*[{_LB}]))"
)
_SERIAL = (
    r"(?:[Nn][Oo]\.?)?[A-Za-z]{0,4}[-—－.]?\d+(?:[-—－/]\d+)*(?:[-—－]?[A-Za-z]\d*)?"
    r"|[一二三四五六七八九十百〇零]{1,5}"
)
DOC_NUMBER = re.compile(
    rf"(?P<word>{_WORD}{{1,20}}?)\s*[{_LB}]\s*(?P<year>(?:19|20)\d\d|[一二][{_HANDIGIT}]{{3}})"
    rf"\s*年?"
    rf"\s*[{_RB}]\s*(?P<cls>[{HAN}A-Za-z]{{0,4}}?)\s*第?\s*[（(]?\s*(?P<no>{_SERIAL})\s*[）)]?\s*号"
    r"(?P<part>之[一二三四五六七八九十]{1,2})?"
)
_NO, _PADDING = re.compile(r"^no\.?", re.I), re.compile(r"(?<=\D)0+(?=\d)")
_WORDS_OF_NUMBER, _DASHES = re.compile("[第字号年]"), re.compile("[—–―]")
_YEAR = re.compile(rf"[{_LB}]\s*(?:(?:19|20)\d\d|[一二][{_HANDIGIT}]{{3}})")
# the year first: （2024）南环罚第8号, below a title or behind it
_YEAR_FIRST = re.compile(
    rf"(?:(?<![{HAN}A-Za-z\d〕】\]）)])|(?<=[书表单录证》]))[{_LB}]\s*"
    rf"(?P<year>(?:19|20)\d\d|[一二][{_HANDIGIT}]{{3}})\s*年?\s*[{_RB}]\s*"
    rf"(?P<word>[{HAN}A-Za-z\d]{{2,12}}?)(?P<cls>)\s*字?\s*第?\s*(?P<no>{_SERIAL})\s*号"
    r"(?P<part>之[一二三四五六七八九十]{1,2})?"
)
# without brackets: 2024年湖城管罚字第8号
_YEAR_BARE = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)年(?P<word>[{HAN}A-Za-z]{{2,12}}?)(?P<cls>)字\s*第?"
    rf"\s*(?P<no>{_SERIAL})\s*号(?P<part>之[一二三四五六七八九十]{{1,2}})?"
)
# what may stand before a number in one run of text and is no part of it
_BEFORE = re.compile(
    r"^.*(?:书|表|清单|录|报告|公告|凭证|》|文号|编号|字号|案号|作出|依据|根据"
    r"|的(?:通知|决定)|[的为是了见]"
    r"|(?:处罚|许可|受理|扣押|查封|强制措施|执行|拆除)决定"
    r"|(?:通知|告知|审批|受理|接收|收件|呈批|反馈)单)"
    r"(?:[（(〔](?:单位|个人|公民|法人|组织|当场|简易|普通|副本|正本|存根|样)[^）)〕]*[）)〕])?(?"
    r"=.)",
    re.S,
)
_AGENCY = re.compile(
    rf"^.*?(?:局|委员会|政府|厅|队|所|中心|办事处)(?=[{HAN}A-Za-z\d]{{2,}}(?:罚|处|决|立|告|字|"
    rf"改|审|结|催|强|检|责))"
)
_LONG = 12  # a word longer than this, or with so long an agency, starts with the agency's name
_AGENCY_NAME = 7


# a number without brackets, as a form counts them through: 湖交当罚2025000016
COUNTED = re.compile(rf"(?P<word>[{HAN}]{{2,12}})第?(?:19|20)\d\d\d{{3,8}}号?")


def find_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Every document number of ``text`` with its offsets: without the title, the agency or the
    sentence before it, without the brackets around it, and without line breaks.
    """
    bare = [*_YEAR_BARE.finditer(text)] if "字" in text else []
    if not bare and not _YEAR.search(text):  # a number bears a year in brackets
        return
    first = [*_YEAR_FIRST.finditer(text), *bare]
    found = [(m.start(), m.end()) for m in first]
    for m in DOC_NUMBER.finditer(text):
        if not any(m.start() < f.end() and f.start() < m.end() for f in first):
            lead = _lead(m["word"], text[max(0, m.start() - 1) : m.start()])
            found.append((m.start() + lead, m.end()))
    for start, end in sorted(found):
        yield without_spaces(text[start:end]), start, end


def _lead(word: str, before: str) -> int:
    """How many characters at the start of a matched word belong to what stands before it."""
    cut = 1 if before.isdigit() and word[:1] in "年月日号" else 0
    for pattern in (_BEFORE, _AGENCY):
        m = pattern.match(word[cut:])
        if m and (pattern is _BEFORE or len(word) - cut > _LONG or m.end() >= _AGENCY_NAME):
            cut += m.end()
    return cut


def number_key(number: str) -> str:
    """A document number for comparing: without the words and brackets that people add or leave out,
    and without padding noughts. Letters, region codes and hyphens stay: they tell agencies apart.
    """
    bare = without_spaces(number)
    shapes = (DOC_NUMBER, _YEAR_FIRST, _YEAR_BARE)
    m = next((found for shape in shapes if (found := shape.fullmatch(bare))), None)
    if m:
        year, serial = (str(cn_number(g)) if g[0] > "\u3000" else g for g in (m["year"], m["no"]))
        serial = _NO.sub("", serial)
        number = f"{m['word']}〔{year}〕{m['cls']}{serial}号{m['part'] or ''}"
    bare = _WORDS_OF_NUMBER.sub("", _DASHES.sub("-", key(number)))
    return _PADDING.sub("", bare).replace("(", "").replace(")", "")


# six figures for the place, the day of birth, three figures and the check digit
_RESIDENT = re.compile(r"\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_COMPANIES = "9"  # begins the codes of firms, and the numbers of foreign residents
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
# the number of a person or a firm: id_check tells whether it is one
EIGHTEEN = re.compile(r"(?<![0-9A-Za-z])[0-9A-HJ-NPQRTUWXYx]{18}(?![0-9A-Za-z])")


def id_check(number: str) -> bool | None:
    """Check digit of a resident ID (GB 11643) or a unified social credit code (GB 32100), which
    may be of figures alone; of a number that may be either, whichever holds. None: neither, or
    masked.
    """
    number = number.strip().upper()
    if _RESIDENT.fullmatch(number):
        firm = number[0] == _COMPANIES and _credit_check(number)
        return firm or _resident_check(number)
    return _credit_check(number) if _CREDIT_CODE.fullmatch(number) else None


def is_resident_id(number: str) -> bool:
    """True for the number of a person, right or wrong: figures, with a day of birth or no credit
    code of nothing but figures.
    """
    number = number.strip().upper()
    if _RESIDENT.fullmatch(number):
        return True
    return re.fullmatch(r"\d{17}[\dX]", number) is not None and not _credit_check(number)


def _resident_check(number: str) -> bool:
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(a) * w for a, w in zip(number, weights, strict=False))
    return "10X98765432"[total % 11] == number[17]


def _credit_check(number: str) -> bool:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
    return alphabet[(31 - total % 31) % 31] == number[17]
