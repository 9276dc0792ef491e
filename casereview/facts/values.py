"""What stands in a field or behind a wording as a value of the fact's type."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from casereview.chinese import (
    close_gaps,
    cn_number,
    find_dates,
    find_money,
    find_numbers,
    find_span,
    without_spaces,
)
from casereview.chinese.answers import answer_of, chosen
from casereview.chinese.numbers import COUNTED
from casereview.facts import head
from casereview.model import PICTURE, Fact, Place
from casereview.papers.paper import Found


def dated(day: dt.date | None, text: str, place: Place) -> Fact | None:
    """A day as a fact."""
    return Fact(day.isoformat(), text or day.isoformat(), place) if day else None


def yuan(value: Decimal) -> str:
    """A sum as the export writes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def numbers_in(text: str) -> list[str]:
    """Document numbers in a field, without the name of the paper before them; else the whole
    field, where it is a number counted through on forms.
    """
    bare = without_spaces(text)
    return [value for value, _, _ in find_numbers(bare)] or (
        [bare] if COUNTED.fullmatch(bare) else []
    )


def as_text(found: Found) -> Fact | None:
    value = chosen(found.without_spaces.replace(PICTURE, "")).strip("，。；：:")
    return Fact(value, value, found.place) if value else None


def _as_day(found: Found) -> Fact | None:
    text = close_gaps(found.value)
    hit = next(find_dates(text, short=True), None)
    return dated(hit[0], text[hit[1] : hit[2]], found.place) if hit else None


def _as_moment(found: Found) -> Fact | None:
    a, _ = find_span(close_gaps(found.value))
    return moment(a, found) if a else None


def moment(when: dt.datetime, found: Found) -> Fact:
    return Fact(when.strftime("%Y-%m-%d %H:%M"), found.without_spaces, found.place)


def _as_money(found: Found) -> Fact | None:
    sums = [m[0] for m in find_money(found.without_spaces)]
    if not sums:
        bare = re.findall(r"\d[\d,]*\.\d\d", found.without_spaces)
        sums = [Decimal(x.replace(",", "")) for x in bare]
    return Fact(yuan(max(sums)), str(max(sums)), found.place) if sums else None


def _as_number(found: Found) -> Fact | None:
    got = numbers_in(found.value)
    return Fact(got[0] if len(got) == 1 else got, "、".join(got), found.place) if got else None


def _as_name(found: Found) -> Fact | None:
    name = head.clean_name(re.split(r"[（(]统一", found.value)[0])
    return Fact(name, name, found.place) if name else None


def _as_code(found: Found) -> Fact | None:
    m = re.search(r"[0-9A-Za-z*×]{5,20}", found.without_spaces)
    return Fact(m[0], m[0], found.place) if m else None


def _as_period(found: Found) -> Fact | None:
    """'五个工作日' -> '5个工作日', '三十日' -> '30日', '六个月' -> '6个月'."""
    m = re.fullmatch(r"(.+?)(个?工作日|个?自然日|日|天|个?月|年|个?小时)", found.without_spaces)
    number = cn_number(m[1]) if m else None
    if m is None or number is None:
        return None
    unit = {"天": "日", "月": "个月", "工作日": "个工作日", "自然日": "日"}.get(m[2], m[2])
    return Fact(f"{number}{unit}", found.without_spaces, found.place)


def _as_answer(found: Found) -> Fact | None:
    answer = answer_of(found.value)
    if answer is None:
        return None
    return Fact("是" if answer else "否", found.without_spaces, found.place)


_NO_AGENCY = re.compile(r"(?:申请书|申请|起诉状|材料|书面)$")  # what is handed in, to nobody


def _as_agency(found: Found) -> Fact | None:
    """One agency, or several between which the text leaves a choice (甲或者乙)."""
    bare = re.sub(r"[（(][^（）()]*[)）]", "", found.without_spaces)
    names = [re.sub(r"^(?:先|依法|向)+|依法$", "", n) for n in re.split(r"或者|或|、", bare)]
    names = [n for n in names if n and not _NO_AGENCY.search(n)]
    if not names:
        return None
    return Fact(names[0] if len(names) == 1 else names, found.without_spaces, found.place)


AS_TYPE: Mapping[str, Callable[[Found], Fact | None]] = {
    "日期": _as_day,
    "时间": _as_moment,
    "金额": _as_money,
    "文号": _as_number,
    "号码": _as_code,
    "名称": _as_name,
    "期限": _as_period,
    "机关": _as_agency,
    "是非": _as_answer,
}
