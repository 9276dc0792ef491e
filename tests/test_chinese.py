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
    find_numbers,
    find_span,
    id_check,
    is_resident_id,
    lost_digit,
    misread,
    normalise,
    number_key,
    party_kind,
    same_party,
)
from casereview.chinese.names import _words_in
from casereview.chinese.wordlists import _of_folder, read_lists
from casereview.errors import RulesRefused
from casereview.settings import shipped_rules

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
    assert id_check("913506996875129416") is True  # a credit code of figures alone
    assert id_check("913506996875129417") is False
    assert not is_resident_id("913506996875129416")
    assert is_resident_id("990202198607041211")
    assert is_resident_id("990202198613041211")  # with an impossible day


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
        ("2025.06.112时", "2025-06-11", "02:00"),  # where the month has two figures, the day has
        ("2025.6.3 9时15分", "2025-06-03", "09:15"),
    ],
)
def test_a_date_glued_to_its_hour(text, day, clock):
    """The gap before the hour is lost when blanks close: one reading is taken, two are not."""
    got = [d.isoformat() for d, s, e in find_dates(text) if text[s:e].startswith("2025")]
    assert got == ([day] if day else [])
    start, _ = find_span(text)
    assert (start.strftime("%H:%M") if start else None) == clock
    assert find_span("2025.6.219时35分至2025.6.2110时09分") == (None, None)


def test_what_a_lost_digit_may_have_been():
    """January may have been October to December, the 3rd the 13th, 23rd, 30th or 31st; a two-digit
    date has lost nothing.
    """
    assert {d.month for d in lost_digit(dt.date(2024, 1, 19))} == {10, 11, 12} and {
        d.day for d in lost_digit(dt.date(2024, 12, 3))
    } == {13, 23, 30, 31}
    assert lost_digit(dt.date(2024, 11, 19)) == [] and lost_digit(dt.date(2024, 5, 20)) == []


def test_one_document_number_written_in_many_ways():
    """字, 第, 年, brackets and padding noughts do not make another number; another year or serial
    does.
    """
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


@pytest.mark.parametrize(
    "text",
    [
        "二0二五年五月十日",
        "二O二五年5月10日",
        "二○二五年五月10号",
        "2O25年5月1O日",
        "2025年5月10号",
        "25年5月10日",
        "二五年五月十号",
        "贰零贰伍年零伍月壹拾日",
        "二千零二十五年五月十日",
        "２０２５．５．１０",
        "2025 / 5 / 10",
        "2025年5月10，上午到场",
        "落款：2025年05月1０日",
    ],
)
def test_one_day_in_many_hands(text):
    """Figures, numerals, capitals, letters for noughts, 号 for 日, two digits of the year."""
    assert [d for d, _, _ in find_dates(normalise(text))] == [dt.date(2025, 5, 10)], text


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025年元月8日", ["2025-01-08"]),
        ("二〇二五年十二月卅一日", ["2025-12-31"]),
        ("二〇二五年五月廿五日至廿六日", ["2025-05-25"]),
        ("98年3月2日出生", ["1998-03-02"]),
        ("自2024.3.1至2024.3.15", ["2024-03-01", "2024-03-15"]),
        ("满25年3月10日的", []),
        ("2025年5月10号楼二层", []),
        ("2025年13月1日、2025年5月40号", []),
        ("罚款2025年度", []),
        ("电话20250510", []),
    ],
)
def test_what_is_a_day_and_what_is_none(text, days):
    """The first month, the thirties, spans; a term, a building, an impossible day are none."""
    assert [d.isoformat() for d, _, _ in find_dates(text)] == days


@given(st.dates(dt.date(2001, 1, 1), dt.date(2039, 12, 31)), st.data())
def test_numerals_may_be_mixed_digit_by_digit(day, data):
    """Each digit of the year in any script is the same year."""
    scripts = ["0123456789", "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○一二三四五六七八九"]
    year = "".join(data.draw(st.sampled_from(scripts))[int(c)] for c in str(day.year))
    text = f"{year}年{day.month}月{day.day}日"
    assert [d for d, _, _ in find_dates(text)] == [day], text


def test_short_forms_are_days_only_where_a_day_is_asked_for():
    """20250510 and 25.5.10 in a field for a date; nowhere else."""
    for text in ("20250510", "25.5.10", "25/05/10", "2025、5、10"):
        assert list(find_dates(text)) == []
        assert [d for d, _, _ in find_dates(text, short=True)] == [dt.date(2025, 5, 10)], text
    both = list(find_dates("2025年5月9日 25.5.10", short=True))
    assert [d for d, _, _ in both] == [dt.date(2025, 5, 9)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025年3月6日上午九时三十分至十一时零五分", "09:30", "11:05"),
        ("2025年3月6日十四时至十五时半", "14:00", "15:30"),
        ("2025年3月6日下午3点一刻至3月6日下午4点", "15:15", "16:00"),
        ("2025年3月6号10:05-11:20", "10:05", "11:20"),
        ("2025年3月6日同一时间", None, None),
    ],
)
def test_hours_in_numerals(text, start, end):
    """Hours in words, quarters, colons; 时间 is no hour."""
    got = [t and t.strftime("%H:%M") for t in find_span(text)]
    assert got == [start, end]


def test_what_may_have_been_read_as_a_day():
    """One digit taken for another or lost: of year, month or day."""
    days = misread(dt.date(2025, 8, 10))
    assert {dt.date(2025, 5, 10), dt.date(2025, 8, 16), dt.date(2024, 8, 10)} <= set(days)
    assert dt.date(2035, 8, 10) in days  # 二〇二五 where a seal left a stroke
    assert dt.date(2025, 8, 10) not in days and dt.date(2025, 5, 11) not in days


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("叁万零伍佰元零伍角", "30500.5"),
        ("叁万零伍佰圆伍角陆分", "30500.56"),
        ("壹仟元零叁分", "1000.03"),
        ("叁元零角伍分", "3.05"),
        ("伍角整", "0.5"),
        ("30,500元5角", "30500.5"),
        ("30500元零5角6分", "30500.56"),
        ("肆萬圓整", "40000"),
        ("3万5千元", "35000"),
        ("1万2千3百元", "12300"),
        ("3万零500元", "30500"),
        ("5百万元", "5000000"),
        ("RMB30500.50", "30500.50"),
    ],
)
def test_sums_with_coins_and_mixed_words(text, yuan):
    """角 and 分 with or without 零, old characters, figures with 万 and 千 between."""
    assert next(find_money(text))[0] == Decimal(yuan)


def test_what_is_no_sum_or_two_sums():
    """'3万5' may be 35000 or 30005, so it is none; minutes are no coins."""
    assert list(find_money("3万5元")) == []
    assert [m[0] for m in find_money("罚款5元5分钟内缴清")] == [Decimal(5)]
    assert [m[0] for m in find_money("5000美元、8000元")] == [Decimal(8000)]


@given(st.integers(1, 9_999_999), st.integers(0, 9), st.integers(0, 9))
def test_capitals_with_coins_read_back(yuan, jiao, fen):
    """Every amount with 角 and 分 in capitals is read as itself, however the nought is written."""
    text = capital(yuan).removesuffix("整")
    text += ("零" if yuan % 10 == 0 and jiao else "") + (f"{_D[jiao]}角" if jiao else "")
    text += (("零" if not jiao else "") + f"{_D[fen]}分") if fen else ""
    want = Decimal(yuan) + Decimal(jiao) / 10 + Decimal(fen) / 100
    assert cn_money(text) == want and next(find_money(text))[0] == want, text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("行政处罚决定书\n皖0406农罚〔2025〕5号", "皖0406农罚〔2025〕5号"),
        ("行政处罚决定书（栖农罚〔2025〕5号）", "栖农罚〔2025〕5号"),
        ("行政处罚决定书（个人）栖农罚〔2025〕5号", "栖农罚〔2025〕5号"),
        ("栖农罚〔2025〕A-17号", "栖农罚〔2025〕A-17号"),
        ("沪浦市监罚字[2025]第000123-B号", "沪浦市监罚字[2025]第000123-B号"),
        ("栖水罚决字（2025）\n12号", "栖水罚决字（2025）12号"),
        ("栖水\n罚决〔2025〕12号", "栖水罚决〔2025〕12号"),
        ("县交通运输局2025年5月10日栖交罚〔2025〕8号", "栖交罚〔2025〕8号"),
        ("依据本局作出的栖交罚〔2025〕8号", "栖交罚〔2025〕8号"),
        ("《行政处罚决定书》文号：栖交罚〔二〇二五〕八号", "栖交罚〔二〇二五〕八号"),
        ("栖霞岭县综合行政执法局栖综执罚〔2025〕8号", "栖综执罚〔2025〕8号"),
        ("立案审批表\n（2025）栖环立第008号", "（2025）栖环立第008号"),
        ("行政处罚决定书（2025）栖环罚字第8号", "（2025）栖环罚字第8号"),
        ("《告知书》（（2025）栖环告第8号）于3月送达", "（2025）栖环告第8号"),
        ("行政处罚决定书\n2025年栖城管罚字第8号", "2025年栖城管罚字第8号"),
    ],
)
def test_a_number_without_what_stands_before_it(text, number):
    """Province letter and region code, letters, hyphens, brackets around it, line breaks within."""
    assert [v for v, _, _ in find_numbers(text)] == [number]


def test_numbers_of_two_agencies_never_meet():
    """A region code, a letter of the class, a place in brackets or a part number tell them apart;
    the year in numerals, NO. and padding do not.
    """
    apart = [
        "皖0401农罚〔2025〕5号",
        "皖0402农罚〔2025〕5号",
        "皖农罚〔2025〕5号",
        "农罚〔2025〕5号",
        "农罚〔2025〕A5号",
        "农罚〔2025〕5-A号",
        "（甲）农罚〔2025〕5号",
        "农罚〔2025〕5号之一",
        "农罚〔2025〕5号之二",
    ]
    assert len({number_key(n) for n in apart}) == len(apart)
    same = [
        "农罚〔2025〕5号",
        "农罚字[二〇二五]第005号",
        "农罚（2025）NO.5号",
        "农罚〔2025〕\n五号",
    ]
    assert len({number_key(n) for n in same}) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("李建行", "自然人"),
        ("周学院", "自然人"),
        ("张爱社", "自然人"),
        ("欧阳文馆", "自然人"),
        ("郑海城", "自然人"),
        ("司马光", "自然人"),
        ("苏〇梅", "自然人"),
        ("丁䶮", "自然人"),
        ("郭𬱖", "自然人"),
        ("古丽·买买提", "自然人"),
        ("古丽•买买提", "自然人"),
        ("古丽．买买提", "自然人"),
        ("古丽・买买提・艾山", "自然人"),
        ("古丽‧买买提‧艾山‧吐尔逊", "自然人"),
        ("王某某", "自然人"),
        ("赵某（男）", "自然人"),
        ("云岫酒店", "单位"),
        ("顺达车行", "单位"),
        ("临河县水务局", "单位"),
        ("石桥镇老李粮油店", "单位"),
        ("华晟（双桥沟）商贸有限公司", "单位"),
        ("阿里·艾山农机专业合作社", "单位"),
        ("李家店", "unknown"),
        ("扎西多吉", "unknown"),
        ("金色年华", "unknown"),
        ("方小禾（石桥镇小禾种子店经营者）", "个体工商户"),
        ("石桥镇小禾种子店（经营者：方小禾）", "个体工商户"),
        ("石桥镇小禾种子店经营者方小禾", "个体工商户"),
        ("方小禾（石桥镇小禾种子店）", "个体工商户"),
        ("方小禾（字号：小禾种子店）", "个体工商户"),
        ("方小禾（个体工商户）", "个体工商户"),
    ],
)
def test_who_is_named(name, kind):
    """Person, sole trader, unit, or not to be told by the name alone."""
    assert party_kind(name) == kind


def test_what_stands_beside_a_name_decides():
    """Labels and numbers beside a name that may be either; a plain name is not talked away."""
    assert party_kind("扎西多吉", "性别：男，身份证号码") == "自然人"
    assert party_kind("金色年华", "统一社会信用代码 法定代表人：方某") == "单位"
    assert party_kind("金色年华", "92990202MA0B1N2M3R") == "个体工商户"
    assert party_kind("金色年华", "法定代表人：方某，性别：男") == "unknown"
    assert party_kind("李建行", "法定代表人") == "unknown"
    assert party_kind("司马光", "法定代表人") == "自然人"


def test_owner_and_trade_name_are_one_party():
    """However they are written together, each alone is the same party; two owners are two."""
    both = ("方小禾（石桥镇小禾种子店经营者）", "石桥镇小禾种子店（负责人：方小禾）")
    for a in both:
        assert same_party(a, "方小禾") and same_party("石桥镇小禾种子店", a)
        assert not same_party(a, "方大禾") and not same_party(a, "石桥镇大禾种子店")
    assert same_party("古丽·买买提", "古丽•买买提") and not same_party("方小禾", "方大禾")


def test_word_lists_are_refused_with_every_fault(tmp_path):
    """A list that nobody knows and one that is missing are both told, with file and line."""
    path = tmp_path / "词.yaml"
    path.write_text("甲: [一 二, 三]\n丙: []\n", "utf-8")
    with pytest.raises(RulesRefused) as refused:
        read_lists(path, ("甲", "乙"))
    assert len(refused.value.complaints) == 2 and "第 2 行" in refused.value.complaints[0]
    path.write_text("甲: [一 二, 三]\n乙: []\n", "utf-8")
    assert read_lists(path, ("甲", "乙"))["甲"] == ("一", "二", "三")


def test_a_rules_folder_without_word_lists_uses_those_that_came_along(tmp_path, monkeypatch):
    """An older folder of one's own still tells persons from units."""
    monkeypatch.setenv("CASEREVIEW_RULES", str(tmp_path))
    assert party_kind("李建行") == "自然人"
    (tmp_path / "用语").mkdir()
    shipped = (shipped_rules() / "用语" / "姓名与机构.yaml").read_text("utf-8")
    own = shipped.replace("也作人名末字: [行, ", "也作人名末字: [")
    (tmp_path / "用语" / "姓名与机构.yaml").write_text(own, "utf-8")
    _of_folder.cache_clear()
    _words_in.cache_clear()
    try:
        assert party_kind("李建行") == "unknown"
    finally:
        monkeypatch.delenv("CASEREVIEW_RULES")
        _of_folder.cache_clear()
        _words_in.cache_clear()
