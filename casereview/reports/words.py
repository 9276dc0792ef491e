"""How things are written for people, whatever the medium."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from casereview.model import STATUS_WORDS, Place, has_pages
from casereview.record.result import FindingResult, RulingShown
from casereview.reports.inert import clean
from casereview.rounds.rulings import ACTIONS, WAIVED

_DIGITS = "零一二三四五六七八九十"
NOTHING = "—"
_DOUBT, _BEFORE = "待核实", "，、；"
_BLANK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")
_NAMED = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")  # 文书.要素
_OF = "的"
_REPORT, _ENDS = "，据", "）；"  # the report by which a norm is known, in a remark
_SUFFIX = range(2, 6)  # letters of the suffix of a file


def status_word(status: str) -> str:
    """A status in words; '' for none."""
    return "免予整改" if status == WAIVED else STATUS_WORDS.get(status, status)


def place_line(p: Place) -> str:
    """'文件 第3页'; of Word and workbooks, which have no pages, '文件 第5段'."""
    where = f"第{p.page}页" if has_pages(p.file) else p.spot
    return f"{clean(p.file)} {where}".rstrip()


def proved(text: str) -> str:
    """A sentence that goes out: what the program itself doubts (待核实) and by which report it
    knows a norm are left out of it, and facts are called as people call them.
    """
    text = _without(text, lambda remark: _DOUBT in remark)
    for mark in _BEFORE:
        text = text.replace(mark + _DOUBT, "")
    return _NAMED.sub(_OF, _unreported(text.replace(_DOUBT, "")))


def _unreported(text: str) -> str:
    """A text whose remarks do not tell by which report a norm is known."""
    first, *more = text.split(_REPORT)
    for part in more:
        end = min((part.find(c) for c in _ENDS if c in part), default=-1)
        first += part[end:] if 0 <= end and "（" in first else _REPORT + part
    return first


def solid(text: str) -> str:
    """A sentence set as in official papers: no blanks round numbers and letters among Chinese."""
    return _BLANK.sub("", text)


def without_files(text: str) -> str:
    """A sentence for who does not hold the case: without the names of its files and without remarks
    that list what was looked at.
    """
    return _without(text, lambda remark: _names_a_file(remark) or "；" in remark)


def _without(text: str, unwanted: Callable[[str], bool]) -> str:
    """A text without the remarks in brackets that are not wanted; what holds one stays."""
    open_ = [""]
    for c in text:
        if c == "（":
            open_.append("")
        elif c == "）" and len(open_) > 1:
            remark = open_.pop()
            open_[-1] += "" if unwanted(remark) else f"（{remark}）"
        else:
            open_[-1] += c
    return "（".join(open_)


def _names_a_file(remark: str) -> bool:
    """True of '20 结案报告.docx' and '立案.pdf 第1页'."""
    suffix, _, rest = remark.rpartition(".")[2].partition(" ")
    named = suffix.isascii() and suffix.isalnum() and not suffix.isdigit()
    return "." in remark and named and len(suffix) in _SUFFIX and rest[:1] in ("", "第")


def ruling_line(f: FindingResult) -> str:
    """What people said of a finding, in one line; '' when nobody did."""
    u = f.ruling
    if u is None:
        return ""
    if not u.action:
        return u.state
    said = f"{ACTIONS[u.action]}{_terms(u)}（{u.by}，{u.at[:10]}：{u.why}）·{u.state}"
    return clean(said)


def public_line(f: FindingResult, names: bool) -> str:
    """What people said of a finding, as it goes out: never why, and who only where ``names``."""
    u = f.ruling
    if u is None or not u.action:
        return u.state if u else ""
    who = f"（{u.by}，{u.at[:10]}）" if names else ""
    points = f"，扣 {u.points} 分" if u.points else ""
    until = f"，至 {u.until}" if u.until else ""
    return clean(f"{ACTIONS[u.action]}{points}{until}{who}·{u.state}")


def _terms(u: RulingShown) -> str:
    if u.points:
        return f"，扣 {u.points} 分"
    return f"，{u.signer}批准至 {u.until}" if u.until else ""


def lapsed_line(case: str, f: FindingResult) -> str:
    """That the waiver of a finding ran out."""
    signer, until = (f.ruling.signer, f.ruling.until) if f.ruling else ("", "")
    return f"免予整改已到期：{case} {f.check}（{signer}批准，至 {until}），恢复为不合格"


def rounded(v: Decimal, digits: str = "0.1") -> Decimal:
    """To one place, halves up."""
    return v.quantize(Decimal(digits), ROUND_HALF_UP)


def mean(values: list[Decimal]) -> Decimal | None:
    """The mean to one place; None of nothing."""
    return rounded(sum(values, Decimal(0)) / len(values)) if values else None


def share(n: int, of: int) -> str:
    """'12.5%', '—' of nothing."""
    return f"{rounded(Decimal(100 * n) / of)}%" if of else NOTHING


def number(v: Decimal | None) -> str:
    """A score or points without needless noughts; '—' for none."""
    return NOTHING if v is None else f"{v.normalize():f}"


def ranged(score: Decimal | None, low: Decimal | None, high: Decimal | None, undecided: str) -> str:
    """A score with the range in which it may move; ``undecided``: what stands where there is none
    yet.
    """
    span = "" if low is None or low == high else f"（{number(low)}～{number(high)}）"
    return (undecided if score is None else number(score)) + span


def signed(v: Decimal) -> str:
    """A movement with its sign."""
    return f"{v:+}"


def cn_date(iso: str) -> str:
    """'2026年5月6日' of an ISO day; anything else as it is."""
    parts = iso[:10].split("-")
    if len(parts) != 3 or not all(p.isdigit() for p in parts):
        return iso
    year, month, day = parts
    return f"{year}年{int(month)}月{int(day)}日"


def ordinal(n: int) -> str:
    """一, 二 … 十, 十一 … 九十九; larger ones in figures."""
    tens, ones = divmod(n, 10)
    if n > 99:
        return str(n)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones or not tens else "")
