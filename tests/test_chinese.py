"""Reading dates, money, numbers and numerals."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.chinese import (
    DOC_NUMBER,
    cn_money,
    cn_number,
    find_dates,
    find_money,
    find_span,
    id_check,
    normalise,
)

_D = "零壹贰叁肆伍陆柒捌玖"


def capital(n: int) -> str:
    """A whole number of yuan below 10^8 in capitals (an oracle of its own)."""

    def under(k: int) -> str:
        out, zero = "", False
        for unit, size in (("仟", 1000), ("佰", 100), ("拾", 10), ("", 1)):
            digit, k = divmod(k, size)
            if digit:
                out += ("零" if zero and out else "") + _D[digit] + unit
                zero = False
            else:
                zero = True
        return out

    high, low = divmod(n, 10000)
    text = (under(high) + "万" if high else "") + (
        ("零" if high and low and low < 1000 else "") + under(low) if low else ""
    )
    return text + "元整"


@given(st.integers(1, 99_999_999))
def test_capital_amounts_read_back(n):
    """Every amount written in capitals is read as itself."""
    assert cn_money(capital(n)) == n


@given(st.dates(dt.date(2000, 1, 1), dt.date(2039, 12, 31)))
def test_dates_in_every_form_read_back(day):
    """Arabic, Chinese and dashed forms of a date are the same date."""
    digits = "〇一二三四五六七八九"

    def small(n: int) -> str:
        return ("" if n < 10 else "十" if n < 20 else digits[n // 10] + "十") + (
            digits[n % 10] if n % 10 else ""
        )

    han = (
        "".join(digits[int(c)] for c in str(day.year)) + f"年{small(day.month)}月{small(day.day)}日"
    )
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}日",
        han,
        day.isoformat(),
        f"{day.year} 年 {day.month} 月 {day.day} 日",
    ):
        assert [d for d, _, _ in find_dates(text)] == [day], text


def test_impossible_dates_are_left_out():
    """2月30日 is no date."""
    assert list(find_dates("2025年2月30日")) == []


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("22万元", "220000"),
        ("￥64,000元", "64000"),
        ("3.5万元", "35000"),
        ("人民币伍佰元整", "500"),
        ("壹万肆仟柒佰柒拾陆元贰角", "14776.2"),
        ("五百元", "500"),
    ],
)
def test_sums_of_money(text, yuan):
    """Money in figures and capitals."""
    assert next(find_money(text))[0] == Decimal(yuan)


def test_spans_of_time():
    """Start and end of a record; a missing end stays missing."""
    a, b = find_span("2023年9月6日10时05分至11时03分")
    assert (a, b) == (dt.datetime(2023, 9, 6, 10, 5), dt.datetime(2023, 9, 6, 11, 3))
    assert find_span("2023年9月6日10时05分至　时　分")[1] is None
    assert find_span("2024年3月1日下午2时30分至3月1日下午4时")[0] == dt.datetime(2024, 3, 1, 14, 30)


def test_radicals_are_folded():
    """Kangxi radicals and the radical supplement become the plain characters (民 见 食 页 have no
    NFKC mapping).
    """
    assert normalise("⼈⺠⽇⻅⻝⻚１２Ａ") == "人民日见食页12A"


def test_check_digits():
    """Check digits of resident IDs and credit codes; masked numbers are not judged."""
    assert (
        id_check(
            "99020219860704121"
            + "0123456789X"[[id_check("99020219860704121" + c) for c in "0123456789X"].index(True)]
        )
        is True
    )
    assert id_check("3397************57") is None
    assert id_check("91489125MAMKDR1T3M") is False


@pytest.mark.parametrize(
    "text",
    [
        "芦水罚决〔2025〕11号",
        "（嘉）市监药罚字〔2018〕2号",
        "余建罚字[2016]19-1号",
        "万农（农药）罚﹝2017﹞003号",
    ],
)
def test_document_numbers(text):
    """Brackets of every shape, sub-numbers, place words in brackets."""
    assert DOC_NUMBER.search(text)


def test_numerals():
    """Chinese numerals up to thousands, and what is none."""
    assert [cn_number(t) for t in ("一百零八", "二十", "十五", "两", "六十", "abc")] == [
        108,
        20,
        15,
        2,
        60,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2025.6.39时15分", "2025-06-03", "09:15"),
        ("2025-06-0309:15", "2025-06-03", "09:15"),
        ("2025.6.1314时30分", "2025-06-13", "14:30"),
        ("2025.6.112时", None, None),
        ("2025.6.3 9时15分", "2025-06-03", "09:15"),
    ],
)
def test_a_date_glued_to_its_hour(text, day, clock):
    """The gap before the hour is lost when blanks close: one reading is taken, two are not."""
    from casereview.chinese import find_dates, find_span

    got = [d.isoformat() for d, s, e in find_dates(text) if text[s:e].startswith("2025")]
    assert got == ([day] if day else [])
    start, _ = find_span(text)
    assert (start.strftime("%H:%M") if start else None) == clock


def test_what_a_lost_digit_may_have_been():
    """January may have been October to December, the 3rd the 13th, 23rd, 30th or 31st; a two-digit
    date has lost nothing.
    """
    import datetime as dt

    from casereview.chinese import lost_digit

    assert {d.month for d in lost_digit(dt.date(2024, 1, 19))} == {10, 11, 12} and {
        d.day for d in lost_digit(dt.date(2024, 12, 3))
    } == {13, 23, 30, 31}
    assert lost_digit(dt.date(2024, 11, 19)) == [] and lost_digit(dt.date(2024, 5, 20)) == []


def test_one_document_number_written_in_many_ways():
    """字, 第, 年, brackets and padding noughts do not make another number; another year or serial
    does.
    """
    from casereview.chinese import number_key

    same = [
        "芦水罚决〔2025〕11号",
        "芦水罚决字[2025]第011号",
        "（芦）水罚决〔2025年〕第11号",
        "芦水罚决(2025)11号",
    ]
    assert (
        len({number_key(s) for s in same}) == 1
        and len(
            {
                number_key(s)
                for s in (
                    "甲〔2025〕11号",
                    "甲〔2025〕1号",
                    "甲〔2024〕11号",
                    "甲〔2025〕111号",
                    "甲〔2025〕10号",
                    "甲〔2025〕100号",
                )
            }
        )
        == 6
    )
