"""The office that signs at the foot of a paper."""

from __future__ import annotations

import re

from casereview.chinese import DATE, without_spaces
from casereview.chinese.names import agency_ending
from casereview.chinese.wordlists import word_lists
from casereview.model import Fact, Line, Place
from casereview.papers.paper import Paper

HEAD_LINES, FOOT_LINES = 3, 6
LONGEST = 34  # characters of a signing line
UNSURE = 0.5  # an office that a law may empower, or a recognised one without its agency
_FILE = "落款机构.yaml"
_INNER = re.compile(
    r"(?:局|厅|委员会|政府|办事处|中心|委)[\u4e00-\u9fff]{0,10}?"
    r"(?:大队|中队|支队|科|股|室|处|所|分局|窗口)$"
)
_OF_A_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}[县区市旗镇乡][\u4e00-\u9fff]{2,12}[科股]$")
_OF_A_BRIGADE = re.compile(r"(?:大队|支队|总队)[\u4e00-\u9fff]{0,8}(?:中队|科|股|室)$")
_OF_ENFORCEMENT = re.compile(
    r"(?:执法|监察|稽查|监管|管理|巡查)[^局委厅所]{0,6}(?:中队|股|科|室|组)$"
)
_OFFICE = re.compile(r"..(?:科|股|室|组|窗口|班|(?<![大支总])队)$")  # that no law lets sign
_EMPOWERED = re.compile(r"(?:所|分局|支队|总队)$")


def head_agency(p: Paper) -> Fact | None:
    """文头机关: a line of its own in the head, or before the title."""
    name = re.compile(
        rf"^([\u4e00-\u9fff（）]{{3,30}}?{agency_ending()})(?=$|[\u4e00-\u9fff（）()／/]{{3,30}}$)"
    )
    for page, line in p.running_text.lines[:HEAD_LINES]:
        m = name.match(without_spaces(line.text))
        if m and line.cell is None:
            return Fact(m[1], m[1], Place(p.running_text.file, page, line.box, m[1]))
    return None


def _is_inner(text: str, signs: bool) -> bool:
    """True for the name of an office inside an agency. ``signs``: it stands beside a day."""
    if text.endswith(word_lists(_FILE)["不是内设机构"]):
        return False
    shapes = (_INNER, _OF_A_PLACE, _OF_A_BRIGADE, _OF_ENFORCEMENT, *((_OFFICE,) if signs else ()))
    return any(shape.search(text) for shape in shapes)


def _beside_day(lines: list[Line], n: int) -> bool:
    """True for a line with nothing but a day above or below it."""
    beside = [*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]]
    return any(DATE.fullmatch(without_spaces(line.text)) for line in beside)


def inner_office(p: Paper) -> Fact | None:
    """内设机构落款: the line at the foot by which an office inside an agency signs (某某局某某科,
    某某局执法大队, 某某县某某股, 某某大队某某中队, 某某行政执法三中队; beside the day any office).
    Branch offices that a law may empower are not sure, nor are recognised names without the agency
    before the office.
    """
    foot = p.running_text.lines[-FOOT_LINES:]
    for n, (page, line) in enumerate(foot):
        text = without_spaces(line.text)
        if len(text) > LONGEST or not re.fullmatch(r"[\u4e00-\u9fff]+", text):
            continue
        signs = line.cell is None and _beside_day([ln for _, ln in foot], n)
        if _is_inner(text, signs):
            place = Place(p.running_text.file, page, line.box, text)
            doubted = _EMPOWERED.search(text) or text.endswith(word_lists(_FILE)["可能有授权"])
            plain = page not in p.recognised or _INNER.search(text)
            sure = plain and not doubted
            return Fact(text, text, place, 1.0 if sure else UNSURE)
    return None
