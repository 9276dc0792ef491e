"""Chinese text to value: dates, times, money, numerals, document numbers, ID numbers. Pure
functions of strings.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from casereview.errors import ReadFailure

_RADICALS = dict(
    zip(
        "⺁⺄⺆⺈⺊⺌⺍⺕⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂乛冂刀卜小小彐心手攴无日月歹母民水水火爪爪丬犬王疋目示示竹糸纟罒罒网网罒羊羊老聿肉臼艹艹艹虎衤覀西见角讠贝车辶辶辶阝钅长长长门阝雨青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=False,
    )
)
DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {"〇": 0, "○": 0, "Ｏ": 0, "O": 0, "两": 2, "廿": 20}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {"貳": 2, "參": 3, "陸": 6, "叄": 3}
)
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HAN = "〇○零一二三四五六七八九十"


def normalise(text: str) -> str:
    """Fold Kangxi and CJK-radical code points, compatibility ideographs and full-width letters and
    digits; keep punctuation.

    Every text engine's output passes through here (TECH 2: NFKC alone misses U+2E80..2EFF such as
    民 见 食 页).
    """
    out = []
    for ch in text:
        code = ord(ch)
        if code < 0x2E80:
            out.append(" " if ch in "\u00a0\u2002\u2003\u2009" else ch)
        elif 0x2E80 <= code <= 0x2EFF:
            out.append(_RADICALS.get(ch, ch))
        elif (
            0x2F00 <= code <= 0x2FDF
            or 0xF900 <= code <= 0xFAFF
            or 0xFF10 <= code <= 0xFF19
            or 0xFF21 <= code <= 0xFF5A
            and ch.isalnum()
        ):
            out.append(unicodedata.normalize("NFKC", ch))
        else:
            out.append(" " if ch == "\u3000" else ch)
    return "".join(out)


def without_spaces(text: str) -> str:
    """``text`` without any white space."""
    return re.sub(r"\s+", "", text)


def key(text: str) -> str:
    """A comparison key for names and numbers: NFKC, no spaces, brackets of all shapes made equal,
    lower case.
    """
    text = unicodedata.normalize("NFKC", text)
    text = text.translate(str.maketrans("〔【［﹝﹙<〈《", "((((((((")).translate(
        str.maketrans("〕】］﹞﹚>〉》", "))))))))")
    )
    return re.sub(r"[\s\u00b7]", "", text.replace("[", "(").replace("]", ")")).lower()


def cn_number(text: str) -> int | None:
    """'一百零八', '22', '廿六' -> int; None when it is no numeral."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isdigit():
        return int(text)
    if text and all(c in DIGITS for c in text) and len(text) > 1:
        return int("".join(str(DIGITS[c]) for c in text))
    total = current = 0
    for ch in text:
        if ch in DIGITS:
            current = DIGITS[ch]
        elif ch in _UNITS:
            total += (current or 1) * _UNITS[ch]
            current = 0
        else:
            return None
    return total + current if text else None


DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[{_HAN}OＯ0]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*(?P<d>\d{{1,2}}|[{_HAN}廿]{{1,3}})\s*日"
    r"|(?<![\d.])(?P<y2>(?:19|20)\d\d)[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?![\d.])"
)


_GLUED = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<dh>\d{2,4})(?=[时点:：])"
)


def unglue(text: str) -> str:
    """'2025.6.39时15分', from which the gap before the hour was lost, with the gap again where only
    one reading is possible.
    """

    def gap(m: re.Match[str]) -> str:
        run = m["dh"]
        fits = [
            i
            for i in (1, 2)
            if 1 <= len(run) - i <= 2 and 1 <= int(run[:i]) <= 31 and int(run[i:]) <= 24
        ]
        return (
            f"{m.group(0)[: len(m.group(0)) - len(run)]}{run[: fits[0]]} {run[fits[0] :]}"
            if len(fits) == 1
            else m.group(0)
        )

    return _GLUED.sub(gap, text)


def find_dates(text: str) -> Iterator[tuple[dt.date, int, int]]:
    """Every complete date of ``text`` with its start and end offsets, in order. Impossible dates
    are left out.
    """
    if _GLUED.search(text):
        loose = unglue(text)
        for day, start, end in _dates(
            loose
        ):  # offsets back in the text as it was: one blank was put in for each date before
            put = sum(
                len(unglue(m.group(0))) - len(m.group(0)) for m in _GLUED.finditer(text[:start])
            )
            yield day, start - put, end - put
        return
    yield from _dates(text)


def _dates(text: str) -> Iterator[tuple[dt.date, int, int]]:
    for m in DATE.finditer(text):
        y, mo, d = (m["y"], m["m"], m["d"]) if m["y"] else (m["y2"], m["m2"], m["d2"])
        try:
            yield (
                dt.date(cn_number(y) or 0, cn_number(mo) or 0, cn_number(d) or 0),
                m.start(),
                m.end(),
            )
        except ValueError:
            continue


def lost_digit(day: dt.date) -> list[dt.date]:
    """Days that read as ``day`` when one digit of month or day is lost: 1月 for 11月, 3日 for 13日."""
    out = []
    for month in (
        day.month,
        *(m for m in (10, 11, 12) if day.month < 10 and str(day.month) in str(m)),
    ):
        for d in (day.day, *(n for n in range(10, 32) if day.day < 10 and str(day.day) in str(n))):
            try:
                out.append(dt.date(day.year, month, d))
            except ValueError:
                continue
    return [d for d in out if d != day]


def first_date(text: str) -> dt.date | None:
    """The first complete date in ``text`` or None."""
    return next((d for d, _, _ in find_dates(text)), None)


_CLOCK = r"(\d{1,2})\s*[时点:：]\s*(?:(\d{1,2})\s*分?|(半)|整)?"
_TIME = re.compile(rf"(?P<p>上午|下午|晚上?|凌晨)?\s*{_CLOCK}")


def find_span(text: str) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Start and end of '2023年9月6日10时05分至11时03分' (either may be None). Both days may be
    written out.
    """
    text = unglue(text)
    found: list[dt.datetime] = []
    day: dt.date | None = None
    dates = list(find_dates(text))
    for m in _TIME.finditer(text):
        if any(s <= m.start() < e for _, s, e in dates):
            continue
        before = [d for d, s, _ in dates if s < m.start()]
        day = before[-1] if before else day
        if day is None:
            continue
        h, mi = int(m[2]), int(m[3] or (30 if m[4] else 0))
        if m["p"] in ("下午", "晚", "晚上") and h < 12:
            h += 12
        if h < 24 and mi < 60:
            found.append(dt.datetime(day.year, day.month, day.day, h, mi))
    if not found:
        return None, None
    if len(found) == 1:
        split = re.search(
            r"至|到|—|~|～|-{1,2}(?=\s*\d{1,2}\s*[时:])", text[dates[-1][2] :] if dates else text
        )
        first = _TIME.search(text, dates[-1][2] if dates else 0)
        if split and first and (dates[-1][2] if dates else 0) + split.start() < first.start():
            return None, found[0]
        return found[0], None
    return found[0], found[1]


def cn_money(text: str) -> Decimal | None:
    """A capital amount '壹万贰仟叁佰肆拾伍元陆角柒分' or '五百元' in yuan; None when it is none."""
    text = without_spaces(text).removeprefix("人民币").rstrip("整正")
    m = re.fullmatch(
        r"(?:(?P<y>[^元圆角分]+)[元圆])?(?:零?(?P<j>[^元圆角分])角)?(?:零?(?P<f>[^元圆角分])分)?",
        text,
    )
    if not m or not text:
        return None
    total = Decimal(0)
    if m["y"]:
        whole = 0
        rest = m["y"]
        for mark, size in (("亿", 10**8), ("万", 10**4)):
            if mark in rest:
                head, rest = rest.split(mark, 1)
                n = cn_number(head)
                if n is None:
                    return None
                whole += n * size
        if rest:
            n = cn_number(rest.lstrip("零〇") or "零")
            if n is None:
                return None
            whole += n
        total += whole
    for g, unit in (("j", "0.1"), ("f", "0.01")):
        if m[g]:
            n = cn_number(m[g])
            if n is None:
                return None
            total += n * Decimal(unit)
    return total


_NUM = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d+)?"
_CAP = "零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿两貳參"
MONEY = re.compile(
    rf"[¥￥]\s*(?P<sym>{_NUM})(?P<symw>万)?元?|(?P<num>{_NUM})\s*(?P<w>[万千亿])?\s*(?:余|多)?元|(?P<cap>[{_CAP}]+[元圆](?:[{_CAP}]角)?(?:[{_CAP}]分)?)[整正]?"
)


def find_money(text: str) -> Iterator[tuple[Decimal, bool, int, int]]:
    """Every sum of money: (yuan, written in capitals?, start, end)."""
    for m in MONEY.finditer(text):
        if m["cap"]:
            value = cn_money(m["cap"])
            if value is not None:
                yield (
                    value,
                    bool(re.search("[壹贰叁肆伍陆柒捌玖拾佰仟]", m["cap"])),
                    m.start(),
                    m.end(),
                )
            continue
        number = Decimal(re.sub("[,，]", "", m["sym"] or m["num"]))
        scale = {"万": 10**4, "千": 10**3, "亿": 10**8}.get(m["symw"] or m["w"] or "", 1)
        yield number * scale, False, m.start(), m.end()


_LB, _RB = "〔【［\\[（(﹝〈<", "〕】］\\]）)﹞〉>"
DOC_NUMBER = re.compile(
    rf"(?P<word>[\u4e00-\u9fffA-Za-z（）()]{{1,18}}?)\s*[{_LB}]\s*(?P<year>(?:19|20)\d\d)\s*年?[{_RB}]\s*(?P<cls>[\u4e00-\u9fffA-Za-z]{{0,4}}?)第?\s*(?P<no>\d+(?:[-—－]\d+)*)\s*号"
)


def number_key(number: str) -> str:
    """A document number for comparing: without the words and brackets that people add or leave out,
    and without padding noughts.
    """
    return re.sub(
        r"[()]", "", re.sub(r"(?<=\D)0+(?=\d)", "", re.sub(r"[第字号年]", "", key(number)))
    )


def id_check(number: str) -> bool | None:
    """Check digit of a resident ID (GB 11643) or a unified social credit code (GB 32100). None:
    neither, or masked.
    """
    number = number.strip().upper()
    if re.fullmatch(r"\d{17}[\dX]", number):
        weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        return (
            "10X98765432"[sum(int(a) * w for a, w in zip(number, weights, strict=False)) % 11]
            == number[17]
        )
    if re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", number):
        alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(number[:17]))
        return alphabet[(31 - total % 31) % 31] == number[17]
    return None


def decode(data: bytes) -> str:
    """Text in UTF-8, UTF-16 (with BOM) or GB18030. Raises ReadFailure."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadFailure("damaged", "文字编码无法识别，请另存为 UTF-8")
