"""The foot of a paper: the agency that speaks in it, and the day."""

from __future__ import annotations

import re

from casereview.chinese import find_dates, without_spaces
from casereview.chinese.names import agency_ending
from casereview.model import HIDDEN, PICTURE, Fact, Place
from casereview.papers.paper import Paper

BODY = 0.25  # share of a paper before which no date is that of the foot
FOOT = 260  # characters at the end in which the agency signs
BEFORE = 60  # characters before the date in which its name stands
FOOT_LINES = 5  # lines at the end among which the day stands
ACKNOWLEDGED = 120  # characters at the end in which a receipt is confirmed
_RECEIVED = re.compile(r"收到|收悉|知悉|签收|领取|接收|收讫|已收")
_FROM_RECEIPT = re.compile(r"(?:收到|接到|送达|签收)[^，。]{0,12}(?:之日|日起|之后|后)")
FIRST = 80  # characters of a head
_AFTER_DAY = re.compile(
    r"^(?:[\n。）)】(]|$|（|备注|附|注[：:]|抄送|联系|本(?:文书|决定书)|印发|（?印章|公章|主题词"
    r"|经办|NULL|执法人员|签发|扫描|打印|此件)"
)
_BROKEN_DAY = re.compile(rf"(?=.*年)[〇○零一二三四五六七八九十\d年月日{HIDDEN}]{{4,12}}")
_SEAL = "(?:[（(]?(?:印章|公章|盖章)[)）]?)?"
_OTHERS = re.compile(r"申请|向|由|将|到|本机关|责令")
_DECIDED_BY = re.compile(r"作出处罚决定书?的机关[：:]([\u4e00-\u9fff]{2,30})")


def issued_on(paper: Paper) -> Fact | None:
    """The date under the agency's name: the last full date that stands for itself, not inside a
    sentence.
    """
    text = paper.running_text.without_spaces.replace(PICTURE, "\n").rstrip()
    signed = re.compile(rf"(?:{agency_ending()}|印章|公章|章）|日期[：:]|[。）)：:])$")
    best = None
    for _, start, end in find_dates(text):
        own_line = start == 0 or text[start - 1] == "\n"
        stands = own_line or signed.search(text[max(0, start - 8) : start])
        if stands and start > BODY * len(text) and _AFTER_DAY.match(text[end : end + 12]):
            best = (start, end)
    if not best:
        return None
    place = paper.running_text.place(*best)
    day = next(find_dates(text[best[0] : best[1]]))[0]
    return Fact(day.isoformat(), place.quote, place)


def acknowledged_on(paper: Paper) -> Fact | None:
    """The day on which somebody confirms below the day of a paper that it was received (以上内容已
    知悉并收到文书, a signature, and the day).
    """
    text = paper.running_text.without_spaces
    first = next(find_dates(text), None)
    edge = max(len(text) - ACKNOWLEDGED, first[2] if first else len(text))
    for m in re.finditer(r"[^\n]+", text[edge:]):
        days = list(find_dates(m[0]))
        if days and _RECEIVED.search(m[0]) and not _FROM_RECEIPT.search(m[0]):
            day, start, end = days[-1]
            place = paper.running_text.place(edge + m.start(), edge + m.end())
            return Fact(day.isoformat(), m[0][start:end], place)
    return None


def lost_day(paper: Paper) -> bool:
    """True where one of the last lines is a day of which a seal or the scan took characters
    (二〇 五年二月二十五日).
    """
    return bool(lost_days(paper))


def lost_days(paper: Paper) -> list[str]:
    """What a seal or the scan left of the days among the last lines."""
    last = [line for _, line in paper.running_text.lines if line.cell is None][-FOOT_LINES:]
    texts = (without_spaces(line.text).replace(PICTURE, "") for line in last)
    return [t for t in texts if _BROKEN_DAY.fullmatch(t) and not next(find_dates(t), None)]


def signed_without_day(paper: Paper, last: int) -> bool:
    """True where the last day of a paper, which ends at ``last`` of its running text, is told in a
    sentence, and the agency stands alone on a line below it: whatever day was drawn, sealed over or
    left out there, it is not that one.
    """
    text = paper.running_text.without_spaces
    told = last < len(text) and text[last] not in "\n。；）)，" + PICTURE
    if not told:
        return False
    below = text[last:].replace(PICTURE, "").split("\n")[1:]
    return any(_agency_alone().fullmatch(line) for line in below[-FOOT_LINES:])


def _agency_alone() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff（）()]{{2,40}}{agency_ending()}")


def issuing_agency(paper: Paper) -> Fact | None:
    """The agency under the text: the line above (or before) the last date; else the one that a
    field names, else the agency in the head.
    """
    text = paper.running_text.without_spaces.rstrip().replace(PICTURE, "")
    return _above_day(paper, text) or _named(paper, text) or _before_title(paper, text)


def _above_day(paper: Paper, text: str) -> Fact | None:
    same = len(text) == len(paper.running_text.without_spaces.rstrip())
    name = re.compile(
        rf"(?:^|[\n。；：:）)])([\u4e00-\u9fff（）(){HIDDEN}]{{2,40}}?{agency_ending()}){_SEAL}"
        r"\n*(?:日期[：:])?$"
    )
    for _, start, _ in reversed(list(find_dates(text))):
        if start < max(0, len(text) - FOOT):
            return None
        edge = max(0, start - BEFORE)
        m = name.search(text[edge:start])
        if m and not _OTHERS.search(m[1]):
            at = edge + m.start(1)
            tail = paper.running_text.tail()
            place = paper.running_text.place(at, at + len(m[1])) if same else tail
            return Fact(m[1], m[1], Place(place.file, place.page, place.box, m[1]))
    return None


def _named(paper: Paper, text: str) -> Fact | None:
    m = _DECIDED_BY.search(text)
    return Fact(m[1], m[1], paper.running_text.tail()) if m else None


def _before_title(paper: Paper, text: str) -> Fact | None:
    m = re.match(
        rf"\n*([\u4e00-\u9fff（）]{{3,30}}?{agency_ending()}"
        r"(?:[\u4e00-\u9fff]{2,8}(?:监管局|分局|支队))?)"
        r"(?=\n|[\u4e00-\u9fff]{0,8}?(?:当场|行政)?处罚)",
        text[:FIRST],
    )
    if not m or "处罚" in m[1]:
        return None
    return Fact(m[1], m[1], paper.running_text.place(0, len(m[1])), 0.8)
